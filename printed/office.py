"""Tables of Word and of workbooks.

Office files are archives of XML. Those that unpack to more than `printed.grids.LIMIT` bytes, or have
a document type, through which entities and other files come in, are refused.
"""

from __future__ import annotations

import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from printed.grids import LIMIT, NOTE, Piece, TableGrid, placed, too_large, trimmed
from printed.messages import InputError, Name, say
from printed.numerals import significant

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CAPTION = re.compile(r"tabl", re.IGNORECASE)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one member, never more than LIMIT, whatever its header says."""
    with archive.open(name) as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise too_large(Name(name))
    return data


class _NoDocumentType(ElementTree.TreeBuilder):
    """Refuses a document type: office files have none, and entities come only from there."""

    def doctype(self, name: str, *_: Any) -> None:
        raise InputError(say("document-type", name=Name(name)))


def _tree(data: bytes) -> Any:
    return ElementTree.fromstring(data, ElementTree.XMLParser(target=_NoDocumentType()))


def docx_tables(data: bytes) -> list[TableGrid]:
    """Return the tables of a document, each with its caption above and its note below."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = _tree(_member(archive, "word/document.xml")).find(f"{WORD}body")
    found, before = list[tuple[str, list[list[Piece]]]](), ""
    for node in () if body is None else body:
        if node.tag == f"{WORD}tbl":
            found.append((before, _docx_rows(node)))
            before = ""
        elif text := _docx_text(node).strip():
            if NOTE.match(text) and found and not before:
                found[-1] = (f"{found[-1][0]}\n{text}", found[-1][1])
            before = text if CAPTION.match(text) else ""
    return [placed(at, *table) for at, table in enumerate(found, 1)]


def _docx_rows(table: Any) -> list[list[Piece]]:
    """Rows of a table of Word; a cell merged downwards says so in each row that it takes."""
    rows, above = list[list[Piece]](), dict[int, str]()
    for row in table.findall(f"{WORD}tr"):
        cells, x = list[Piece](), 0
        skipped = row.find(f"{WORD}trPr/{WORD}gridBefore")
        cells += [Piece("")] * (0 if skipped is None else int(skipped.get(f"{WORD}val", 0)))
        for cell in row.findall(f"{WORD}tc"):
            span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
            merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
            width = 1 if span is None else int(span.get(f"{WORD}val", 1))
            text = "\n".join(_docx_text(line) for line in cell.iter(f"{WORD}p"))
            is_below = merge is not None and merge.get(f"{WORD}val") != "restart"
            above[x] = above.get(x, "") if is_below else text
            cells.append(Piece(above[x] if is_below and x == 0 else trimmed(text), width))
            x += width
        rows.append(cells)
    return rows


def _docx_text(paragraph: Any) -> str:
    """Text of a paragraph without what was deleted; its indent, one blank for each 100 twips."""
    indent = paragraph.find(f"{WORD}pPr/{WORD}ind")
    left = indent.get(f"{WORD}left") or indent.get(f"{WORD}start") if indent is not None else "0"
    said = " " * (int(left or 0) // 100)
    for run in paragraph.iter(f"{WORD}r"):
        raised = run.find(f"{WORD}rPr/{WORD}vertAlign")
        text = "".join(_docx_piece(piece) for piece in run)
        is_raised = raised is not None and raised.get(f"{WORD}val") == "superscript"
        said += f"^{text}" if is_raised and text.strip() else text
    return said


def _docx_piece(piece: Any) -> str:
    signs = {"tab": " ", "br": "\n", "noBreakHyphen": "-"}
    tag = piece.tag.removeprefix(WORD)
    return (piece.text or "") if tag == "t" else signs.get(tag, "")


def xlsx_tables(data: bytes) -> list[TableGrid]:
    """Return the visible sheets of a workbook as they show; needs openpyxl."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise InputError(say("needs-openpyxl")) from error
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > LIMIT:
            raise too_large(Name("xlsx"))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                _tree(_member(archive, name))
    book = load_workbook(BytesIO(data), data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [_sheet(at, sheet) for at, sheet in enumerate(sheets, 1)]


def _sheet(at: int, sheet: Any) -> TableGrid:
    rows = [[as_shown(cell) for cell in row] for row in sheet.iter_rows()]
    spread = set[tuple[int, int]]()
    for area in sheet.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        places = [(y, x) for y in range(top - 1, bottom) for x in range(left - 1, right)]
        for y, x in places[1:]:
            rows[y][x] = rows[top - 1][left - 1]
        spread |= {*places[1:]}
    return TableGrid(f"table_{at}", "", tuple(map(tuple, rows)), frozenset(spread))


def as_shown(cell: Any) -> str:
    """Text of a cell of a workbook as its number format shows it: 2.7 at `0.00` is `2.70`.

    A format that is neither General, fixed decimals nor percent leaves the number unread (`?`).
    """
    value, pattern = cell.value, (cell.number_format or "General").split(";")[0]
    if isinstance(value, str):
        return " " * int(cell.alignment.indent or 0) + trimmed(value)
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else f"? {value}"
    if pattern in ("General", "@"):
        return significant(value, 15)
    shape = re.fullmatch(r"(#,##)?0(?:\.(0+))?(%?)", pattern.replace('"', "").replace("\\", ""))
    if shape is None:
        return f"? {value} ({pattern})"
    exact = Decimal(repr(value)) * (100 if shape[3] else 1)
    step = Decimal(1).scaleb(-len(shape[2] or ""))
    return f"{exact.quantize(step, ROUND_HALF_UP)}{shape[3]}"
