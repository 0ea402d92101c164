"""Pasted text as rows of cells: columns parted by tabs, by bars, or by two or more blanks.

Blanks keep a table only where columns stay in line: a line with an empty cell is read by the place
of its words. What stands in no column, or across several, is kept as one cell that nobody can
read as a number, so that nothing moves into a neighbour's column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

UNPLACED = "⟨{}⟩"  # a line whose cells cannot be told apart
_PIECE = re.compile(r"[^ ]+(?: [^ ]+)*")  # no-break blanks are part of a number
_RULE = re.compile(r"[\s|:+=_─—–-]*")  # lines drawn between rows

Span = tuple[int, int, str]


def pasted(text: str) -> list[tuple[str, list[list[str]]]]:
    """Return the legend and the rows of the table in a text; nothing when there is none.

    >>> pasted("Table 1\\n\\tUsers\\nAge\\t41.09")
    [('Table 1', [['', 'Users'], ['Age', '41.09']])]
    """
    lines = [line.rstrip() for line in text.splitlines()]
    lines = [line for line in lines if not _RULE.fullmatch(line)]
    rows = _split(lines)
    several = [at for at, row in enumerate(rows) if any(map(str.strip, row[1:]))]
    if not several:
        return []
    first, last = several[0], several[-1]
    around = [*lines[:first], *lines[last + 1 :]]
    return [("\n".join(line.strip() for line in around), rows[first : last + 1])]


def _split(lines: Sequence[str]) -> list[list[str]]:
    for sign in "\t|":
        if sum(sign in line for line in lines) > 1:
            is_bar = sign == "|"
            edged = (line.strip().removeprefix("|").removesuffix("|") for line in lines)
            return squared([line.split(sign) for line in (edged if is_bar else lines)])
    return _by_blanks(lines)


def squared(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Keep the rows whose cells stand under the headings; others become one cell, `UNPLACED`.

    A row with more cells than the headings, or headings with fewer than most rows, come from a
    separator within a cell or from merged cells: whatever follows may have moved.
    """
    filled = [
        max((at for at, text in enumerate(row, 1) if text.strip()), default=0) for row in rows
    ]
    several = [at for at, row in enumerate(rows) if filled[at] > 1]
    if not several:
        return [list(row) for row in rows]
    usual = Counter(filled[at] for at in several[1:]).most_common(1)
    width = max(filled[several[0]], usual[0][0] if usual else 0)
    is_short = len(rows[several[0]]) < width
    return [
        [UNPLACED.format(" ".join(row).strip())]
        if filled[at] > width or (is_short and at == several[0])
        else list(row[:width])
        for at, row in enumerate(rows)
    ]


def _by_blanks(lines: Sequence[str]) -> list[list[str]]:
    found = [[(m.start(), m.end(), m[0]) for m in _PIECE.finditer(line)] for line in lines]
    most = max(map(len, found), default=0)
    if most < 2:
        return [[line] for line in lines]
    whole = [spans for spans in found if len(spans) == most]
    columns = [(min(s[i][0] for s in whole), max(s[i][1] for s in whole)) for i in range(most)]
    is_aligned = all(left[1] <= right[0] for left, right in pairwise(columns))
    return [
        _in_columns(line, spans, columns if is_aligned else [])
        if len(spans) != most
        else [_indented(line, spans[0][2]), *(text for _, _, text in spans[1:])]
        for line, spans in zip(lines, found, strict=True)
    ]


def _indented(line: str, text: str) -> str:
    return " " * (len(line) - len(line.lstrip())) + text


def _in_columns(
    line: str, spans: Sequence[Span], columns: Sequence[Span | tuple[int, int]]
) -> list[str]:
    """Place the words of a line in the columns they stand under."""
    if len(spans) == 1 and spans[0][0] < (columns[0][1] if columns else 40):
        return [_indented(line, spans[0][2])]
    row = [""] * len(columns)
    for start, end, text in spans:
        over = [at for at, (low, high, *_) in enumerate(columns) if start < high and low < end]
        if len(over) != 1 or row[over[0]]:
            return [UNPLACED.format(line.strip())]
        row[over[0]] = text
    return [_indented(line, row[0]) if row[0] else "", *row[1:]]
