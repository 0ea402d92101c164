"""Files that hold printed tables: CSV, XLSX, DOCX, HTML and pasted text."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

from printed.grids import LIMIT, TableGrid, placed, too_large
from printed.messages import InputError, Name, say
from printed.office import docx_tables, xlsx_tables
from printed.pasted import pasted, squared
from printed.web_tables import html_tables


def read_grids(path: str | Path) -> list[TableGrid]:
    """Read every table of a file; the ending says its kind, any other than those below is text.

    Parameters
    ----------
    path
        `.csv` (comma, semicolon or tab), `.xlsx` (needs openpyxl), `.docx`, `.html`, `.htm`, or
        text with columns parted by tabs, by two or more blanks, or by `|`. Text is UTF-8, UTF-16
        with its mark, or Windows-1252.

    Raises
    ------
    ValueError
        No table is found, the file is damaged or larger than LIMIT, or openpyxl is missing.
    """
    data, name = Path(path).read_bytes(), Name(Path(path).name)
    if len(data) > LIMIT:
        raise too_large(name)
    try:
        found = READERS.get(Path(path).suffix.lower(), _text)(data)
        grids = [grid for grid in found if any(any(row) for row in grid.cells)]
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, csv.Error) as error:
        raise InputError(say("damaged", file=name, error=Name(error))) from error
    if not grids:
        raise InputError(say("no-table", file=name))
    return grids


def decoded(data: bytes) -> str:
    """Decode text: UTF-8, UTF-16 with its mark, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _text(data: bytes) -> list[TableGrid]:
    return [placed(at, *found) for at, found in enumerate(pasted(decoded(data)), 1)]


def _csv(data: bytes) -> list[TableGrid]:
    text = decoded(data)
    lines = text.splitlines()
    separator = max("\t;,", key=lambda sign: sum(line.count(sign) > 0 for line in lines))
    rows = list(csv.reader(StringIO(text), delimiter=separator, strict=True))
    return [placed(1, "", squared([row for row in rows if any(row)]))]


def _html(data: bytes) -> list[TableGrid]:
    charset = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", data[:2000])
    name = charset[1].decode().lower() if charset else ""
    is_western = name in ("windows-1252", "iso-8859-1", "latin1")
    return html_tables(data.decode("cp1252", errors="replace") if is_western else decoded(data))


READERS: dict[str, Callable[[bytes], list[TableGrid]]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".xlsx": xlsx_tables,
    ".xlsm": xlsx_tables,
    ".docx": docx_tables,
    ".htm": _html,
    ".html": _html,
}
