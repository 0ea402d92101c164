"""A table as a grid of text: what stands on the page, whatever file it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from printed.messages import Fact, InputError, say

LIMIT = 50_000_000  # bytes, unpacked
LARGEST = 200_000  # cells of one table
# How a line below a table begins when it tells what the cells are.
NOTE = re.compile(r"(values|data|results|note|(les )?(valeurs|données|résultats))", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class TableGrid:
    """A table as printed.

    Attributes
    ----------
    name
        `table_1`, `table_2`, … by place in the file.
    legend
        Caption and notes.
    cells
        Rows of equal length. Superscripts follow a `^`; blanks before a text are its indent.
    spread
        Places (row, column) that repeat the text of a merged cell to their left or above.
    """

    name: str
    legend: str
    cells: tuple[tuple[str, ...], ...]
    spread: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Piece:
    """A cell before it is placed: its text, and how many columns and rows it takes."""

    text: str
    width: int = 1
    height: int = 1


def placed(at: int, legend: str, rows: Sequence[Sequence[Piece | str]]) -> TableGrid:
    """Give each cell its places; merged cells repeat their text."""
    cells: dict[tuple[int, int], str] = {}
    spread = set[tuple[int, int]]()
    for y, row in enumerate(rows):
        x = 0
        for cell in (c if isinstance(c, Piece) else Piece(c) for c in row):
            while (y, x) in cells:
                x += 1
            places = [(y + j, x + i) for j in range(cell.height) for i in range(cell.width)]
            cells |= dict.fromkeys(places, cell.text)
            spread |= {*places[1:]}
            x += cell.width
    width = max((x for _, x in cells), default=-1) + 1
    table = (tuple(cells.get((y, x), "") for x in range(width)) for y in range(len(rows)))
    return TableGrid(f"table_{at}", legend, tuple(table), frozenset(spread))


def trimmed(text: str) -> str:
    """Make every run of ordinary blanks one, but keep those before the text: its indent.

    >>> trimmed("  Male \\n sex ")
    '  Male sex'
    """
    start = re.match(r"[\s\u2003]*", text)
    indent = start[0].replace("\n", "") if start else ""
    return "" if not text.strip() else " " * len(indent) + BLANKS.sub(" ", text.strip())


def too_large(name: Fact) -> InputError:
    """Return the error for a file, or a part of one, above LIMIT."""
    return InputError(say("too-large", file=name, limit=LIMIT // 1_000_000))
