"""Where a printed table has its headings, labels and numbers, and what each column declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from printed.grids import TableGrid
from printed.headline import ESTIMATES, Declared, declared
from printed.pasted import is_torn
from printed.phrasebook import plain
from printed.shapes import decimal_mark, is_blank, is_not_significant, looks_like_numbers

BESIDE = {"ci", "ci_low", "ci_high", "p_value", "se", "t", "f", "z", "chi2", "df"}
LONE = {"mean": {"sd", "se"}, "coefficient": {"se", "ci", "p_value"}, "f": {"df"}}


@dataclass(frozen=True)
class PrintedColumn:
    """A column of numbers.

    Attributes
    ----------
    heading
        Its headings from top to bottom, as one text.
    says
        What they declare; `rest` names the group.
    group
        `all`, a name, or nothing when no heading tells.
    block
        Name of the estimates that it belongs to, where a table has several kinds beside each other.
    is_doubtful
        Whether it cannot be told which estimates it belongs to.
    """

    heading: str
    says: Declared
    group: str
    block: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True)
class Layout:
    """A grid and where its parts are: first row of data, first column of numbers."""

    grid: TableGrid
    legend: str
    top: int
    left: int
    columns: dict[int, PrintedColumn]
    mark: str

    @property
    def uses_indents(self) -> bool:
        """Whether some label is indented."""
        return any(row[0].strip() and row[0][0] in " \u2003" for row in self.grid.cells[self.top :])

    @property
    def is_torn(self) -> bool:
        """Whether a line of headings could not be placed over the columns."""
        return any(is_torn(row[0]) for row in self.grid.cells[: self.top])

    def own(self, y: int, x: int) -> str:
        """Text of a cell that is not the repeat of a merged one."""
        return "" if (y, x) in self.grid.spread else self.grid.cells[y][x].strip()


def lay_out(grid: TableGrid, *, legend: str = "", mark: str = "") -> Layout:
    """Find headings, labels and columns; the decimal sign is `mark`, or what the numbers show."""
    first = _first_row(grid)
    top = _first_data(grid, first)
    left = _first_number(grid, top)
    width = len(grid.cells[0])
    values = [row[x] for row in grid.cells[top:] for x in range(left, width)]
    captions = [grid.cells[y][0].strip() for y in range(first)]
    stub = " ".join(dict.fromkeys(grid.cells[y][0].strip() for y in range(first, top)))
    columns = {x: _column(grid, first, top, x) for x in range(left, width)}
    said = "\n".join(filter(None, [legend, grid.legend, *captions, stub]))
    found = mark or decimal_mark(text for text in values if looks_like_numbers(text))
    return Layout(grid, said, top, left, _in_blocks(_without_letters(columns)), found)


def _filled(grid: TableGrid, y: int) -> list[int]:
    return [x for x, text in enumerate(grid.cells[y]) if text.strip() and (y, x) not in grid.spread]


def _first_row(grid: TableGrid) -> int:
    """Rows above with nothing but a text on the left are captions."""
    return next((y for y in range(len(grid.cells)) if any(_filled(grid, y))), 0)


def _first_data(grid: TableGrid, first: int) -> int:
    for y in range(first, len(grid.cells)):
        filled = [x for x in _filled(grid, y) if x]
        is_section = not filled and y > first
        if is_section or (filled and not _is_heading(grid, y, filled, y == first)):
            return y
    return len(grid.cells)


def _is_heading(grid: TableGrid, y: int, filled: Sequence[int], is_first: bool) -> bool:
    """Whether a row holds headings: no number, or in the first only years or words such as 2.5 %."""
    texts = [grid.cells[y][x].strip() for x in filled]
    numbers = [text for text in texts if looks_like_numbers(text)]
    if not numbers:
        is_row = not is_first and grid.cells[y][0].strip() and (y, 0) not in grid.spread
        return not (is_row and any(map(_starts_as_number, texts))) and not all(
            is_blank(text) or is_not_significant(text) for text in texts
        )
    is_named = all(declared(text).readings and "%" in text for text in numbers)
    is_bare = not grid.cells[y][0].strip() and all(text.isdigit() for text in numbers)
    return is_first and (is_named or is_bare)


def _starts_as_number(text: str) -> bool:
    return bool(re.match(r"[<>=≤≥]?\s?\W?\d", text)) and not declared(text).readings


def _first_number(grid: TableGrid, top: int) -> int:
    """Columns on the left without any number are labels."""
    width = len(grid.cells[0])
    for x in range(1, width):
        texts = [row[x].strip() for row in grid.cells[top:]]
        if any(looks_like_numbers(text) or is_not_significant(text) for text in texts):
            return x
        if all(is_blank(text) for text in texts):
            return x
    return 1


def _column(grid: TableGrid, first: int, top: int, x: int) -> PrintedColumn:
    texts = list(dict.fromkeys(_heading(grid, y, x, top) for y in range(first, top)))
    texts = [text for text in texts if text]
    levels = [declared(text) for text in texts]
    if len(levels) > 1 and len(texts[0]) == 1 and levels[-1].readings:
        levels[0] = Declared(rest=texts[0])  # M and F over what is printed of them
    rest = " ".join(level.rest for level in levels if level.rest)
    says = Declared(
        next((level.readings for level in reversed(levels) if level.readings), ()),
        rest,
        _last(levels, "n"),
        _last(levels, "level"),
        _last(levels, "adjusted"),
        any(level.is_all for level in levels),
    )
    return PrintedColumn(" | ".join(texts), says, _group(says))


def _heading(grid: TableGrid, y: int, x: int, top: int) -> str:
    """A heading; one left empty above another is taken to go on from the left, but for a total."""
    own, below = grid.cells[y][x].strip(), [grid.cells[k][x].strip() for k in range(y + 1, top)]
    if own or not any(below) or any(declared(text).is_all for text in below):
        return own
    return next((text.strip() for text in reversed(grid.cells[y][1:x]) if text.strip()), "")


def _last(levels: Sequence[Declared], name: str) -> str:
    return next((getattr(level, name) for level in reversed(levels) if getattr(level, name)), "")


def _group(says: Declared) -> str:
    is_everybody = bool(says.readings or says.is_all) and not says.rest
    return "all" if is_everybody or is_beside(says) else plain(says.rest)


def is_beside(says: Declared) -> bool:
    """Whether a column holds estimates, or what stands beside them, of everybody."""
    named = {name for reading in says.readings for name in reading}
    return bool(named) and named <= {*ESTIMATES, *BESIDE}


def _without_letters(columns: dict[int, PrintedColumn]) -> dict[int, PrintedColumn]:
    """Take M, B or F for a name unless the columns that go with this statistic are there."""
    named = {name for c in columns.values() for reading in c.says.readings for name in reading}
    letters = {x: letter for x, c in columns.items() if (letter := _letter(c, named))}
    return {
        x: replace(column, says=replace(column.says, readings=()), group=letters[x])
        if x in letters
        else column
        for x, column in columns.items()
    }


def _letter(column: PrintedColumn, named: set[str]) -> str:
    """The one letter of a heading when it must be a name."""
    last = re.sub(
        r"\W*\bn\s?=.*", "", column.heading.rpartition("| ")[2].strip(), flags=re.IGNORECASE
    )
    alone = column.says.readings[0][0] if len(column.says.readings) == 1 else ""
    is_name = len(last) == 1 and alone in LONE and (column.says.n or not LONE[alone] & named)
    return last if is_name else ""


def _in_blocks(columns: dict[int, PrintedColumn]) -> dict[int, PrintedColumn]:
    """Name each kind of estimates of a table that has several, and the columns beside them."""
    starts = [x for x, c in columns.items() if _estimates(c)]
    if len(starts) < 2:
        return columns
    names = dict(zip(starts, _names([columns[x] for x in starts]), strict=True))
    ends = [*starts[1:], max(columns) + 1]
    out = dict(columns)
    for start, end in zip(starts, ends, strict=True):
        for x in range(start, end):
            if x in columns and is_beside(columns[x].says):
                doubt = x != start and _is_doubtful(columns, starts, start)
                out[x] = replace(columns[x], block=names[start], is_doubtful=doubt)
    return out


def _estimates(column: PrintedColumn) -> bool:
    return any(name in ESTIMATES for reading in column.says.readings for name in reading)


def _names(columns: Sequence[PrintedColumn]) -> Iterator[str]:
    given = [plain(c.says.rest) or c.says.adjusted or c.says.readings[0][0] for c in columns]
    for at, name in enumerate(given):
        yield name if given.count(name) == 1 else f"{name}_{at + 1}"


def _is_doubtful(columns: dict[int, PrintedColumn], starts: Sequence[int], start: int) -> bool:
    """Two kinds of estimates side by side, and then one p: of which?"""
    alone = [a for a, b in pairwise([*starts, max(columns) + 1]) if b - a == 1]
    tops = {columns[x].heading.partition(" | ")[0] for x in starts}
    is_spanned = len(tops) == len(starts) and all(" | " in columns[x].heading for x in starts)
    return bool(alone) and alone != [*starts] and start not in alone and not is_spanned
