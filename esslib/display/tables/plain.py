"""Tables as CSV for a spreadsheet and as LaTeX, from the same text as the HTML."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from esslib.display.tables.page import TextTable
from printed.files import write_atomically
from printed.numerals import MINUS, NO_BREAK, SIGNS

NARROW = "\N{NARROW NO-BREAK SPACE}"  # between the thousands of a French number
NUMBER = re.compile(rf"{MINUS}?\d[\d{NARROW}{NO_BREAK},.]*")
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the last four are the full-width ones
IN_LATEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "[": "{[}",  # after a line break TeX would take it for a length, and the star for its own
    "*": "{*}",
    "\n": " ",
    NO_BREAK: "~",
    NARROW: r"\,",
    MINUS: "$-$",
    "±": r"$\pm$",
    "≠": r"$\neq$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "→": r"$\rightarrow$",
    "←": r"$\leftarrow$",
    "²": "$^2$",
    "✓": r"$\surd$",
    "∞": r"$\infty$",
    "·": r"$\cdot$",
}
LATEX = str.maketrans(IN_LATEX)
SIZES = {False: r"\fontsize{9}{11}", True: r"\fontsize{7}{8.5}"}
GAP = r"\addlinespace[3pt]"


def as_csv(table: TextTable) -> str:
    """Return a table as CSV that a spreadsheet in the table's language opens with one click.

    Rows first, with their block in a column of its own; then, after an empty line, caption, mark
    and notes. French: semicolons and decimal commas. A cell that holds a number and nothing else
    is a number for the spreadsheet; one that would be run as a formula is quoted.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=SIGNS[table.lang].cells, lineterminator="\r\n")
    block = bool(table.sections)
    writer.writerow([""] * block + [_cell(heading) for heading in table.cells.columns])
    for title, rows in table.blocks():
        writer.writerows([_cell(title)] * block + [_cell(cell) for cell in row] for row in rows)
    writer.writerow([])
    writer.writerows([_cell(line)] for line in (table.caption, table.mark, *table.notes) if line)
    return text.getvalue()


def as_latex(table: TextTable) -> str:
    r"""Return a table as LaTeX for a document that loads array, booktabs, longtable and caption.

    As wide as the text, in smaller type when there are many columns; the heads are repeated on
    every page. Signs that pdfLaTeX (with fontenc T1) does not know become commands, so any engine
    sets the table.
    """
    title = f"\\textbf{{{_latex(table.caption)}}}"
    mark = rf" \\ \textit{{{_latex(table.mark)}}}" if table.mark else ""
    heads = [r"\toprule", _latex_row(f"\\textbf{{{_latex(h)}}}" for h in table.cells), r"\midrule"]
    lines = [
        rf"\begingroup{SIZES[table.is_wide]}\selectfont\setlength{{\tabcolsep}}{{3pt}}",
        r"\captionsetup{justification=raggedright,singlelinecheck=off}",
        rf"\begin{{longtable}}{{@{{}}{_latex_columns(table)}@{{}}}}",
        rf"\caption*{{{title}{mark}}} \\",
        *(*heads, r"\endfirsthead", *heads, r"\endhead"),
    ]
    for title, rows in table.blocks():
        if title:
            span = rf"\multicolumn{{{len(table.cells.columns)}}}{{@{{}}p{{\linewidth}}@{{}}}}"
            lines.append(rf"{GAP}{span}{{\textbf{{{_latex(title)}}}}} \\*")
        lines += [_latex_row(map(_latex, row)) for row in rows]
    notes = [rf"\noindent {_latex(note)}\par" for note in table.notes]
    return "\n".join([*lines, r"\bottomrule", r"\end{longtable}", *notes, r"\endgroup", ""])


def write_csv(table: TextTable, path: str | Path) -> Path:
    """Write a table as CSV with the byte order mark that Excel needs, and return the path."""
    return write_atomically(path, as_csv(table).encode("utf-8-sig"))


def write_latex(table: TextTable, path: str | Path) -> Path:
    """Write a table as LaTeX, to be read in with ``\\input``, and return the path."""
    return write_atomically(path, as_latex(table))


def _cell(text: str) -> str:
    if NUMBER.fullmatch(text):
        return re.sub(f"[{NARROW}{NO_BREAK}]", "", text).replace(MINUS, "-")
    return f"'{text}" if text.startswith(FORMULA) else text


def _latex(text: object) -> str:
    return str(text).translate(LATEX)


def _latex_row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def _latex_columns(table: TextTable) -> str:
    """Columns that share the width of the text by what they need."""
    widths, sides = table.widths(), table.sides()
    room = rf"\linewidth-{2 * (len(widths) - 1)}\tabcolsep\relax"
    ragged = {"left": r"\raggedright", "right": r"\raggedleft"}
    return "".join(
        rf">{{{ragged[side]}\arraybackslash}}p{{{width / sum(widths):.4f}\dimexpr{room}}}"
        for width, side in zip(widths, sides, strict=True)
    )
