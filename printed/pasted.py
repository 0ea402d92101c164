"""Pasted text as rows of cells: columns parted by tabs, by bars, or by two or more blanks.

Blanks keep a table only where columns stay in line: a line with an empty cell is read by the place
of its words. What stands in no column, or across several, is kept as one cell that nobody can
read as a number, so that nothing moves into a neighbour's column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from printed.grids import NOTE
from printed.shapes import looks_like_numbers

UNPLACED = "⟨{}⟩"  # a line whose cells cannot be told apart
_PIECE = re.compile(r"[^ ]+(?: [^ ]+)*")  # no-break blanks are part of a number
_RULE = re.compile(r"[\s|:+=_─—–-]*")  # lines drawn between rows

Span = tuple[int, int, str]


def is_torn(text: str) -> bool:
    """Whether a cell holds a whole line, since its cells cannot be told apart."""
    return text.startswith(UNPLACED[0])


def pasted(text: str) -> list[tuple[str, list[list[str]]]]:
    """Return the legend and the rows of the table in a text; nothing when there is none.

    >>> pasted("Table 1\\n\\tUsers\\nAge\\t41.09")
    [('Table 1', [['', 'Users'], ['Age', '41.09']])]
    """
    lines = [line.rstrip(" ") for line in text.splitlines()]
    lines = [line for line in lines if not _RULE.fullmatch(line)]
    rows = _split(lines)
    if not any(map(str.strip, (text for row in rows for text in row[1:]))):
        return []
    several = [k for k, row in enumerate(rows) if any(map(str.strip, row[1:])) or is_torn(row[0])]
    notes = [at for at in range(several[-1] + 1, len(rows)) if NOTE.match(lines[at].strip())]
    legend = [lines[at].strip() for at in (*range(several[0]), *notes)]
    kept = [row for at, row in enumerate(rows) if at >= several[0] and at not in notes]
    return [("\n".join(legend), kept)]


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
    found = [_from_the_edge(spans, found) for spans in found]
    several = [spans for spans in found if len(spans) > 1]
    for skipped in range(_headings(several) + 1 if several else 0):
        columns = _columns(several[skipped:])
        if all(_fits(spans, columns) for spans in several[skipped:]):
            return [_in_columns(line, spans, columns) for line, spans in _zip(lines, found)]
    if all(len(spans) == 2 for spans in several):
        return [
            [_indented(line, s[0][2]), *(t for *_, t in s[1:])] for line, s in _zip(lines, found)
        ]
    return [[UNPLACED.format(line.strip())] for line in lines]


def _from_the_edge(spans: list[Span], rows: Sequence[Sequence[Span]]) -> list[Span]:
    """Let an indented label begin at the edge, where it stands on the left of all numbers."""
    least = min((row[1][0] for row in rows if len(row) > 1), default=0)
    is_label = bool(spans) and spans[0][0] < least
    return [(0, *spans[0][1:]), *spans[1:]] if is_label else spans


def _headings(rows: Sequence[Sequence[Span]]) -> int:
    """How many rows above hold no number: they may stand over several columns."""
    has_number = (any(looks_like_numbers(text) for *_, text in spans[1:]) for spans in rows)
    return next((at for at, found in enumerate(has_number) if found), 0)


def _zip(lines: Sequence[str], found: list[list[Span]]) -> Iterator[tuple[str, list[Span]]]:
    return zip(lines, found, strict=True)


def _indented(line: str, text: str) -> str:
    return " " * (len(line) - len(line.lstrip())) + text


def _columns(rows: Sequence[Sequence[Span]]) -> list[list[int]]:
    """Where words stand: start and end of each column, words one above the other joined."""
    columns: list[list[int]] = []
    for start, end, _ in sorted(span for spans in rows for span in spans):
        if columns and start < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], end)
        else:
            columns.append([start, end])
    return columns


def _over(span: Span, columns: Sequence[Sequence[int]]) -> list[int]:
    return [x for x, (low, high) in enumerate(columns) if span[0] < high and low < span[1]]


def _fits(spans: Sequence[Span], columns: Sequence[Sequence[int]]) -> bool:
    """Whether the words of a line stand in columns of their own."""
    places = [_over(span, columns) for span in spans]
    return len({place[0] for place in places}) == len(places)


def _in_columns(line: str, spans: Sequence[Span], columns: Sequence[Sequence[int]]) -> list[str]:
    """Place the words of a line; a heading over several columns stands over each of them."""
    if len(spans) == 1 and spans[0][0] < columns[0][1]:
        return [_indented(line, spans[0][2])]
    row = [""] * len(columns)
    for span in spans:
        over = _over(span, columns)
        if not over or any(row[x] for x in over):
            return [UNPLACED.format(line.strip())]
        row = [span[2] if x in over else text for x, text in enumerate(row)]
    return [_indented(line, row[0]) if row[0] else "", *row[1:]]
