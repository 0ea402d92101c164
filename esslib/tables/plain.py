"""Tables as CSV for a spreadsheet and as LaTeX, from the same text as the HTML."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

from esslib.lang import MINUS, NO_BREAK
from esslib.tables.files import write_whole
from esslib.tables.page import as_gt
from esslib.tables.text import TextTable

NARROW = "\N{NARROW NO-BREAK SPACE}"  # between the thousands of a French number
SEPARATORS = {"fr": ";", "en": ","}
NUMBER = re.compile(rf"{MINUS}?\d[\d{NARROW}{NO_BREAK},.]*")
FORMULA = (*"=+-@\t\r\n", *"＝＋－＠")  # the last four are full-width signs
LATEX = {
    NO_BREAK: "~",
    NARROW: r"\,",
    MINUS: "$-$",
    "±": r"$\pm$",
    "≠": r"$\neq$",
    "✓": r"$\surd$",
    "∞": r"$\infty$",
    "·": r"$\cdot$",
}


def as_csv(table: TextTable) -> str:
    """Return a table as CSV that a spreadsheet in the table's language opens with one click.

    Rows first, with their block in a column of its own; then, after an empty line, caption, mark
    and notes. French: semicolons and decimal commas. A cell that holds a number and nothing else
    is a number for the spreadsheet; one that would be run as a formula is quoted.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=SEPARATORS[table.lang], lineterminator="\r\n")
    block = bool(table.sections)
    writer.writerow([""] * block + [_cell(heading) for heading in table.cells.columns])
    for title, rows in table.blocks():
        writer.writerows([_cell(title)] * block + [_cell(cell) for cell in row] for row in rows)
    writer.writerow([])
    writer.writerows([_cell(line)] for line in (table.caption, table.mark, *table.notes) if line)
    return text.getvalue()


def as_latex(table: TextTable) -> str:
    r"""Return a table as LaTeX for a document that loads booktabs, longtable and caption.

    Signs that pdfLaTeX does not know become commands, so any engine sets the table.
    """
    gt = as_gt(table).tab_header(table.caption, table.mark or None)
    for note in table.notes:
        gt = gt.tab_source_note(note)
    text = gt.tab_options(table_font_size="12px").as_latex(use_longtable=True)
    for sign, command in LATEX.items():
        text = text.replace(sign, command)
    # at the start of a line they would belong to the command before
    return re.sub(r"^(?=[\[*])", "{}", text, flags=re.MULTILINE) + "\n"


def write_csv(table: TextTable, path: str | Path) -> Path:
    """Write a table as CSV with the byte order mark that Excel needs, and return the path.

    Examples
    --------
    >>> write_csv(table, "results/tables/tableau_1.excel.csv")  # doctest: +SKIP
    PosixPath('results/tables/tableau_1.excel.csv')
    """
    return write_whole(as_csv(table).encode("utf-8-sig"), path)


def write_latex(table: TextTable, path: str | Path) -> Path:
    """Write a table as LaTeX, to be read in with ``\\input``, and return the path.

    Examples
    --------
    >>> write_latex(table, "results/tables/tableau_1.tex")  # doctest: +SKIP
    PosixPath('results/tables/tableau_1.tex')
    """
    return write_whole(as_latex(table).encode("utf-8"), path)


def _cell(text: str) -> str:
    if NUMBER.fullmatch(text):
        return re.sub(f"[{NARROW}{NO_BREAK}]", "", text).replace(MINUS, "-")
    return f"'{text}" if text.startswith(FORMULA) else text
