"""From the columns that answer one question to one column: options joined, equal columns made one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pandas as pd

from esslib.survey.codebook import Codebook, as_text, fold, map_unique
from esslib.survey.export.answers import decoder
from esslib.survey.export.dialects import LAST_NUMBER, is_no_tick, is_tick, pattern
from esslib.survey.export.headings import Hit, Questionnaire

PART = "|"  # between the answers of one cell
NONE = "\x1e"  # of the options was chosen
SHOWN = 5  # rows of a contradiction
Same = Callable[[str], object]


class Column(NamedTuple):
    """A column of the file, and what it answers.

    Attributes
    ----------
    number : int
        Its place in the file, from 1.
    heading : str
    hit : Hit
    cells : Series of text
    """

    number: int
    heading: str
    hit: Hit
    cells: pd.Series

    def __str__(self) -> str:
        return f"{self.heading!r} ({self.number})"


class Joined(NamedTuple):
    """One question's answers, and the contradictions between its columns."""

    cells: pd.Series
    problems: list[str]


def join(columns: list[Column], book: Questionnaire, codebook: Codebook) -> Joined:
    """Return the answers to one question from all its columns.

    Parameters
    ----------
    columns : list of Column
        Of the whole question, of its options, or both.
    book : Questionnaire
    codebook : Codebook
    """
    name = columns[0].hit.variable
    is_multiple, same = name in book.levels, _same(codebook, name)
    wholes = [column for column in columns if column.hit.level is None]
    by_level = dict.fromkeys(column.hit.level for column in columns if column.hit.level)
    options, problems = [], []
    for level in by_level:
        alike = [column for column in columns if column.hit.level == level]
        found = merged(alike, partial(_level_of, hit=alike[0].hit, book=book))
        options.append(alike[0]._replace(cells=found.cells))
        problems += found.problems
    ticks = [ticked(column, book) for column in options]
    joined = _whole(wholes, same, is_multiple=is_multiple) if wholes else None
    if options and joined:
        is_said = parted([column.cells for column in options]) != ""
        joined = with_summary(joined, ticks, wholes[0], is_said, same)
    elif options:
        joined = Joined(parted([column.cells for column in ticks]), [])
    assert joined is not None
    codes = {*codebook.codes(name)} if is_multiple else set()
    return Joined(_read(joined.cells, codes), problems + joined.problems)


def ticked(column: Column, book: Questionnaire) -> Column:
    """Turn the ticks of an option's column into its level, and a text typed under "Other" too."""
    cells = map_unique(column.cells, lambda text: _level_of(text, column.hit, book))
    return column._replace(cells=cells)


def _level_of(text: str, hit: Hit, book: Questionnaire) -> str:
    if is_no_tick(text):
        return ""
    is_open = hit.level == book.other_level.get(hit.variable)
    return str(hit.level) if is_open or _is_chosen(text, hit, book) else text


def typed_in(column: Column, book: Questionnaire) -> pd.Series:
    """Return the texts typed in the column of the option "Other", which are no mere ticks."""

    def read(text: str) -> str | None:
        return None if is_no_tick(text) or _is_chosen(text, column.hit, book) else text

    return map_unique(column.cells, read)


def _is_chosen(text: str, hit: Hit, book: Questionnaire) -> bool:
    is_own = fold(text) == fold(hit.text) or book.level(hit.variable, text) == hit.level
    return is_tick(text) or is_own


def merged(columns: list[Column], same: Same) -> Joined:
    """Make one column of those that answer the same: equal or blank where the others are not.

    Parameters
    ----------
    columns : list of Column
    same : callable
        Maps texts that say the same to one value.
    """
    first, *others = columns
    problems = []
    cells = first.cells
    for other in others:
        left, right = as_text(cells).fillna(""), as_text(other.cells).fillna("")
        both = (left != "") & (right != "") & (left != right)
        apart = [at for at in both.index[both] if same(left[at]) != same(right[at])]
        if apart:
            pairs = [(left[at], right[at]) for at in apart]
            problems.append(_contradiction([first, other], apart, pairs))
        cells = left.mask(left == "", right).astype("category")
    return Joined(cells, problems)


def _contradiction(columns: list[Column], rows: list[int], pairs: list[tuple[str, str]]) -> str:
    shown = ", ".join(
        f"row {row} ({a[:60]!r} and {b[:60]!r})"
        for row, (a, b) in zip(rows[:SHOWN], pairs, strict=False)
    )
    more = f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return (
        f"columns {' and '.join(map(str, columns))} both answer {columns[0].hit.variable} and "
        f"differ in {shown}{more}: correct the cells there, or rename the heading of a column that "
        "asks something else"
    )


def is_ranked(columns: list[Column]) -> bool:
    """Tell whether headings differ by a last number only: first answer, second answer ..."""
    stems = {fold(LAST_NUMBER.sub("", column.heading)) for column in columns}
    return len(stems) == 1 and len({column.heading for column in columns}) == len(columns)


def parted(columns: list[pd.Series]) -> pd.Series:
    """Join the answers of several columns in one cell, parted by "|"."""
    first, *others = (as_text(cells).fillna("") for cells in columns)
    for cells in others:
        first = first + PART + cells
    return first.str.replace(r"\|+", PART, regex=True).str.strip(PART).astype("category")


def _whole(columns: list[Column], same: Same, *, is_multiple: bool) -> Joined:
    """Make one column of those that hold a question's whole answer, or its first, second ... one."""
    if is_multiple and len(columns) > 1 and is_ranked(columns):
        return Joined(parted([column.cells for column in columns]), [])
    return merged(columns, same)


def with_summary(
    summary: Joined, options: list[Column], asked: Column, is_said: pd.Series, same: Same
) -> Joined:
    """Make one column of options and of the summary that some tools write beside them.

    A summary says the same if it is made of the words of the chosen options, whatever parts them.

    Parameters
    ----------
    summary : Joined
        The question's whole answer.
    options : list of Column
        Ticked, as `ticked` returns them.
    asked : Column
        The column of the summary, for messages.
    is_said : Series of bool
        Where the options say anything, if only that none was chosen.
    same : callable
        Maps texts that say the same to one value.
    """
    chosen = parted([column.cells for column in options])
    start = asked.heading
    texts = [
        c.heading.removeprefix(start) if c.heading.startswith(start) else c.hit.text
        for c in options
    ]
    words = {
        str(c.hit.level): Counter(fold(t).split()) for c, t in zip(options, texts, strict=True)
    }
    left, right = as_text(summary.cells).fillna(""), as_text(chosen)
    right = right.mask(is_said & (right == ""), NONE)

    def agree(pair: str) -> str:
        text, codes = pair.split("\x1f")
        said = sum((words.get(code, Counter({code: 1})) for code in codes.split(PART)), Counter())
        is_same = not text or not codes or Counter(fold(text).split()) == said
        return "" if is_same or same(text) == same(codes) else "apart"

    verdicts = map_unique(left + "\x1f" + right, agree)
    apart = verdicts.index[verdicts == "apart"].tolist()
    problems = [*summary.problems]
    if apart:
        pairs = [(left[at], right[at]) for at in apart]
        problems.append(_contradiction([asked, options[0]], apart, pairs))
    right = right.mask(right == NONE, "")
    return Joined(right.mask(right == "", left).astype("category"), problems)


def _read(cells: pd.Series, codes: set[str]) -> pd.Series:
    """Make what says that nothing was answered missing, and part codes that blanks part."""
    silent = pattern("silent")

    def read(text: str) -> str | None:
        if silent.fullmatch(text):
            return None
        return PART.join(text.split()) if codes.issuperset(text.split()) else text

    return map_unique(cells, read)


def _same(codebook: Codebook, name: str) -> Same:
    """Return the function that maps texts that say the same answer to one value."""
    if codebook.variable(name)["kind"] == "text":
        return fold
    decode = decoder(codebook, name)
    return lambda text: frozenset(fold(part) for part in decode(text).level.split(PART))
