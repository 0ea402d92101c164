"""From an XLSX file to rows of text.

A workbook is a zip of XML parts. Before any of them is read, those are refused that would unpack to
all memory, and those that declare entities or hide behind another encoding.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Any
from xml.parsers import expat

import openpyxl
import pyarrow as pa

from esslib.survey.export.errors import ExportError
from esslib.survey.export.limits import refuse_beyond

SIGNATURE = b"PK\x03\x04"
# A formula that no spreadsheet program has computed yet has no value to read.
UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+\d+)"[^>]*><(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
ROW = re.compile(rb"<(?:\w+:)?row\b")
# Spreadsheet programs write a line break as this, followed by the line feed.
RETURN = "_x000D_"


def read_sheet(data: bytes, name: str) -> pa.Table:
    """Return the first visible sheet as a table of text.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file, for messages.

    Raises
    ------
    ExportError
        No readable workbook, one beyond the limits once unpacked, one with document types or
        entities, or formulas without a value.
    """
    try:
        _refuse_unsafe(data, name)
        return _first_visible(data, name)
    except ExportError:
        raise
    except Exception as error:  # openpyxl lets any kind of exception out of a damaged file
        raise ExportError(
            f"{name} is no readable XLSX workbook ({type(error).__name__}): "
            "open it in a spreadsheet program and save it again"
        ) from error


def _refuse_unsafe(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        refuse_beyond("packed parts", len(parts), name=name)
        refuse_beyond("bytes once unpacked", unpacked, name=name)
        refuse_beyond("bytes once unpacked for each byte", unpacked / len(data), name=name)
        found = [
            cell
            for part in parts
            if part.filename.lower().endswith((".xml", ".rels"))
            for cell in _check_part(archive.read(part), name)
        ]
    if found:
        raise ExportError(
            f"{name} holds formulas without a value in {', '.join(found[:10])}: "
            "replace them by their values and save"
        )


def _check_part(xml: bytes, name: str) -> list[str]:
    """Refuse an unsafe part, and return its formulas without a value."""
    if b"\0" in xml or not _is_plain(xml):
        raise ExportError(
            f"{name} declares entities or another encoding than UTF-8, which spreadsheet programs "
            "do not: open it in one that you trust and save it as CSV"
        )
    starts = [0, *(row.start() for row in ROW.finditer(xml)), len(xml)]
    longest = max(after - before for before, after in pairwise(starts))
    if len(starts) > 2:
        refuse_beyond("bytes in one row", longest, name=name)
    return [cell.decode() for cell in UNCOMPUTED.findall(xml)]


def _is_plain(xml: bytes) -> bool:
    """Tell whether a part is UTF-8 and reaches its first element without a document type."""
    seen: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
    parser.XmlDeclHandler = lambda _, encoding, __: seen.append((encoding or "utf-8").lower())
    parser.StartElementHandler = lambda *_: seen.append("element")
    for at in range(0, len(xml), 1024):
        parser.Parse(xml[at : at + 1024])
        if "element" in seen:
            break
    return set(seen[: seen.index("element")]) <= {"utf-8"}


def _first_visible(data: bytes, name: str) -> pa.Table:
    with warnings.catch_warnings():
        # openpyxl warns about styles and validation rules, which do not touch the answers
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = list(_rows(sheet, name))
    columns = [pa.array(cells, pa.large_string()) for cells in zip_longest(*rows, fillvalue="")]
    return pa.table(columns, names=list(map(str, range(len(columns)))))


def _rows(sheet: Any, name: str) -> Iterator[list[str]]:
    """Yield the rows as text, watching what they amount to: few bytes can stand for much."""
    width = n_characters = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        texts = [_text(cell) for cell in cells]
        width = max(width, len(texts))
        n_characters += sum(map(len, texts))
        refuse_beyond("rows in a sheet", number, name=name)
        refuse_beyond("cells", number * width, name=name)
        refuse_beyond("bytes once unpacked", n_characters, name=name)
        yield texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace(RETURN, "") if isinstance(value, str) else str(value)
