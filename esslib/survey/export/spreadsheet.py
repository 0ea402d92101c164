"""From an XLSX or ODS file to rows of text.

A workbook is a zip of XML parts. Before any of them is read, those are refused that would unpack to
all memory, and those that declare entities or hide behind another encoding.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Any
from xml.parsers import expat

import openpyxl
import pyarrow as pa
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from esslib.survey.export.errors import ExportError
from esslib.survey.export.limits import LIMITS, refuse_beyond

SIGNATURE = b"PK\x03\x04"
# A formula that no spreadsheet program has computed yet has no value to read.
UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+\d+)"[^>]*><(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
ROW = re.compile(rb"<(?:\w+:)?row\b")
# Spreadsheet programs write a line break as this, followed by the line feed.
RETURN = "_x000D_"
TOP = 10  # rows that show how wide a sheet is
CELL_BYTES = 64  # that a cell of an ODS takes while it is read
REPEATED_CELLS = re.compile(rb'number-columns-repeated="(\d{1,12})"')
REPEATED_ROWS = re.compile(rb'^[^>]*number-rows-repeated="(\d{1,12})"')


def read_sheet(data: bytes, name: str) -> tuple[pa.Table, str]:
    """Return a visible sheet as a table of text, and which one: the widest, the first of equals.

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
    kind = "XLSX"
    try:
        refuse_bomb(data, name)
        kind, read = ("ODS", _opendocument) if is_opendocument(data) else (kind, _workbook)
        _refuse_unsafe(data, name)
        return read(data, name)
    except ExportError:
        raise
    except Exception as error:  # both libraries let any kind of exception out of a damaged file
        raise ExportError(
            f"{name} is no readable {kind} workbook ({type(error).__name__}): "
            "open it in a spreadsheet program and save it again"
        ) from error


def is_opendocument(data: bytes) -> bool:
    """Tell whether a packed file is an OpenDocument spreadsheet; no other has such a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "content.xml" in archive.namelist()


def refuse_bomb(data: bytes, name: str) -> None:
    """Refuse a packed file with too many parts, or that unpacks to too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    refuse_beyond("packed parts", len(parts), name=name)
    refuse_beyond("bytes once unpacked", unpacked, name=name)
    refuse_beyond("bytes once unpacked for each byte", unpacked / len(data), name=name)


def _refuse_unsafe(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [
            cell
            for part in archive.infolist()
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


def _workbook(data: bytes, name: str) -> tuple[pa.Table, str]:
    with warnings.catch_warnings():
        # openpyxl warns about styles and validation rules, which do not touch the answers
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for each in sheets:
            each.reset_dimensions()  # what the file says of its size may be wrong
        sheet = max(sheets, key=_width)
        rows = list(_rows(sheet.iter_rows(values_only=True), name))
    return as_table(rows), f"{sheet.title} (1/{len(sheets)})"


def _width(sheet: Any) -> int:
    """Return how many cells the first rows fill: answers are wide, covers and summaries are not."""
    top = sheet.iter_rows(max_row=TOP, max_col=LIMITS["columns"], values_only=True)
    return max((sum(cell is not None for cell in row) for row in top), default=0)


def _opendocument(data: bytes, name: str) -> tuple[pa.Table, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    for table in content.split(b"<table:table ")[1:]:
        refuse_beyond("bytes once unpacked", _repeated(table) * CELL_BYTES, name=name)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    sheets = [book.get_sheet_by_name(each) for each in names]
    sheet = max(sheets, key=lambda each: each.width)
    rows = list(_rows(sheet.to_python(skip_empty_area=False), name))
    return as_table(rows), f"{sheet.name} (1/{len(sheets)})"


def _repeated(table: bytes) -> int:
    """Return how many cells a sheet stands for: few bytes can repeat a cell many times."""
    height = width = pending = 0
    for row in table.split(b"<table:table-row")[1:]:
        cells = sum(int(n) for n in REPEATED_CELLS.findall(row)) + row.count(b"<table:table-cell")
        times = REPEATED_ROWS.search(row)
        pending += int(times[1]) if times else 1
        if b"<text:p" in row or b"office:value" in row:  # blank rows at the end count for nothing
            height, pending, width = height + pending, 0, max(width, cells)
    return height * width


def as_table(rows: Iterable[Sequence[str]]) -> pa.Table:
    """Return rows of text, made equally long, as a table."""
    columns = [pa.array(cells, pa.large_string()) for cells in zip_longest(*rows, fillvalue="")]
    return pa.table(columns, names=list(map(str, range(len(columns)))))


def _rows(cells_of_rows: Iterable[Iterable[Any]], name: str) -> Iterator[list[str]]:
    """Yield the rows as text, watching what they amount to: few bytes can stand for much."""
    width = n_characters = 0
    for number, cells in enumerate(cells_of_rows, start=1):
        texts = [as_cell(cell) for cell in cells]
        width = max(width, len(texts))
        n_characters += sum(map(len, texts))
        refuse_beyond("rows in a sheet", number, name=name)
        refuse_beyond("cells", number * width, name=name)
        refuse_beyond("bytes once unpacked", n_characters, name=name)
        yield texts


def as_cell(value: Any) -> str:
    """Return the text of a cell that a file keeps as text, number, date, or nothing."""
    if value is None or value != value:  # noqa: PLR0124  (not a number)
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace(RETURN, "") if isinstance(value, str) else str(value)
