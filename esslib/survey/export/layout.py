"""Which rows of a file are headings, which are no responses, and what each column is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pandas as pd

from esslib.survey.codebook import as_text
from esslib.survey.export.dialects import pattern
from esslib.survey.export.headings import Hit

MOST = 6  # rows of headings that a tool may write
PART = 0.25  # of the questions of the best row of headings that another row of them knows
LIKELY = 2  # cells of a row that repeat headings, or name questions, by no chance
TOTAL = "(?i)" + re.sub(r"\((?!\?)", "(?:", pattern("total").pattern)
FIRST = 3  # columns in which a row is called a total


class Heading(NamedTuple):
    """The heading of one column.

    Attributes
    ----------
    text : str
        The lowest text that says something.
    group : str
        The text above it, which may stand over several columns.
    others : tuple of str
        Further texts of this column alone.
    """

    text: str
    group: str = ""
    others: tuple[str, ...] = ()


def count_rows(top: list[list[str]], recognise: Callable[..., list[Hit]]) -> int:
    """Return how many rows of headings there are.

    A row is one of headings if it names questions, about as many as the row that names most, or
    says nothing but "Response" or identifiers.

    Parameters
    ----------
    top : list of list of str
        The first rows of the file.
    recognise : callable
        As `recogniser` returns it.
    """
    known = cache(lambda text: tuple(hit.variable for hit in recognise(text)))
    named = [{name for text in row for name in known(text) if len(known(text)) == 1} for row in top]
    most = max(map(len, named))
    enough = max(PART * most, LIKELY)
    last = next((at for at, names in enumerate(named) if len(names) >= enough), 0)
    while last + 1 < len(top) and (len(named[last + 1]) >= enough or _says_nothing(top[last + 1])):
        last += 1
    return last + 1


def _says_nothing(row: list[str]) -> bool:
    return sum(map(_is_empty, row)) >= LIKELY


def _is_empty(text: str) -> bool:
    return any(pattern(use).fullmatch(text) for use in ("empty_heading", "identifier"))


def headings_of(rows: list[list[str]]) -> list[Heading]:
    """Return the heading of each column from the rows of headings.

    A text stands over the columns right of it, up to the next text of its row.
    """
    spread = [_spread(row) for row in rows[:-1]]
    return [
        _heading(list(texts), [row[at] for row in spread])
        for at, texts in enumerate(zip(*rows, strict=True))
    ]


def _spread(row: list[str]) -> list[str]:
    texts: list[str] = []
    for text in row:
        texts.append(text or (texts[-1] if texts else ""))
    return texts


def _heading(own: list[str], above: list[str]) -> Heading:
    own = [text for text in own if not _is_empty(text)]
    text, others = next(((t, own[:at]) for at, t in reversed([*enumerate(own)]) if t), ("", []))
    groups = [group for group in above if group and group != text]
    return Heading(text, groups[-1] if groups else "", tuple(t for t in others if t))


def responses(
    table: pd.DataFrame, headings: list[Heading], hits: dict[int, Hit]
) -> tuple[pd.DataFrame, dict[str, list[int]]]:
    """Return the rows that are responses, and the numbers of those that are none.

    Parameters
    ----------
    table : DataFrame of text
        The rows below the headings, columns numbered.
    headings : list of Heading
    hits : dict
        What each column answers, by its place.

    Returns
    -------
    DataFrame of text
    dict of list of int
        "repeated_headings": rows that say the headings again; "totals".
    """
    nobody = pd.Series(False, table.index)
    asked = [*hits][: 4 * LIKELY]
    again = sum(
        ((table[at] == headings[at].text).astype(int) for at in asked), start=nobody.astype(int)
    )
    beside = [at for at in range(min(FIRST, table.shape[1])) if at not in hits]
    found = {"repeated_headings": again >= LIKELY, "totals": nobody}
    for at in beside:
        is_total = as_text(table[at]).str.contains(TOTAL)
        found["totals"] |= is_total.fillna(False).astype(bool)
    dropped = found["repeated_headings"] | found["totals"]
    rows = {key: table.index[which].tolist() for key, which in found.items()}
    if not dropped.any():
        return table, rows
    return table[~dropped].apply(_without_unused), rows


def _without_unused(cells: pd.Series) -> pd.Series:
    is_coded = isinstance(cells.dtype, pd.CategoricalDtype)
    return cells.cat.remove_unused_categories() if is_coded else cells
