"""Tables as Word documents: real tables, with caption, repeated headings and notes."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from esslib.display.tables.page import TextTable
from printed.files import write_atomically
from printed.numerals import SIGNS

# A date from the clock would make every rebuild different; the earliest that a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
TEXT_POINTS, NOTE_POINTS = 9, 8
WHOLE_BLOCK = 12  # rows; a longer block may go on on the next page
A4_CM, MARGIN_CM = (21.0, 29.7), 2.0


def as_docx(table: TextTable) -> bytes:
    """Return a table as a Word document on A4, on its side when there are many columns.

    The same table always gives the same bytes.
    """
    document = new_document()
    _set_up(document, table)
    _caption(document, table)
    _fill(document, table)
    for note in table.notes:
        paragraph = document.add_paragraph(note)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        paragraph.runs[0].font.size = Pt(NOTE_POINTS)
    buffer = BytesIO()
    document.save(buffer)
    return _undated(buffer)


def write_docx(table: TextTable, path: str | Path) -> Path:
    """Write a table as a Word document, whole or not at all, and return the path."""
    return write_atomically(path, as_docx(table))


def _set_up(document: Document, table: TextTable) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = (Cm(side) for side in _page(table))
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN_CM)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(TEXT_POINTS)
    caption = document.styles["Caption"].font
    caption.size, caption.color.rgb = Pt(TEXT_POINTS + 1), RGBColor(0, 0, 0)
    _add(normal.element.get_or_add_rPr(), "w:lang", val=SIGNS[table.lang].region)
    properties = document.core_properties
    properties.title, properties.language = table.caption, SIGNS[table.lang].region
    properties.author = properties.comments = ""
    properties.created = properties.modified = dt.datetime(*EPOCH)


def _page(table: TextTable) -> tuple[float, float]:
    """Width and height of the page in cm."""
    return A4_CM[::-1] if table.is_wide else A4_CM


def _caption(document: Document, table: TextTable) -> None:
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(table.caption).bold = True
    if table.mark:
        mark = paragraph.add_run(f"\n{table.mark}")
        mark.bold, mark.italic = False, True


def _fill(document: Document, table: TextTable) -> None:
    columns, sides = list(table.cells.columns), table.sides()
    made = document.add_table(rows=0, cols=len(columns))
    _describe(made, table)
    _add(_row(made, columns, sides, bold=True)._tr.get_or_add_trPr(), "w:tblHeader")
    _rule(made.rows[0], "top", "bottom")
    for title, rows in table.blocks():
        if title:
            cells = _row(made, [title, *[""] * (len(columns) - 1)], sides, bold=True).cells
            heading = cells[0].merge(cells[-1]).paragraphs[0].paragraph_format
            heading.keep_with_next, heading.space_before = True, Pt(6)
        for place, row in enumerate(rows, start=1):
            cells = _row(made, row, sides).cells
            if title and place < len(rows) <= WHOLE_BLOCK:
                cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    _rule(made.rows[-1], "bottom")


def _row(made: Table, texts: list[str], sides: list[str], *, bold: bool = False) -> Any:
    row = made.add_row()
    _add(row._tr.get_or_add_trPr(), "w:cantSplit")
    for cell, text, side in zip(row.cells, texts, sides, strict=True):
        paragraph = cell.paragraphs[0]
        if text:
            paragraph.add_run(text).bold = bold
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
        if side == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return row


def _describe(made: Table, table: TextTable) -> None:
    """Give the columns their widths, and the table its title for screen readers."""
    made.autofit = False
    widths = table.widths()
    share = (_page(table)[0] - 2 * MARGIN_CM) / sum(widths)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width * share)
    _add(made._tbl.tblPr, "w:tblCaption", val=table.caption)


def _rule(row: Any, *sides: str) -> None:
    for cell in row.cells:
        borders = _add(cell._tc.get_or_add_tcPr(), "w:tcBorders")
        for side in sides:
            _add(borders, f"w:{side}", val="single", sz="8")


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _undated(buffer: BytesIO) -> bytes:
    """Return the same zip with the fixed date on every entry."""
    copy = BytesIO()
    with ZipFile(buffer) as old, ZipFile(copy, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return copy.getvalue()
