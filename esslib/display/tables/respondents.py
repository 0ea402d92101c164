"""Tableau 1: who answered, group by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked, records

COLUMNS = ("section", "level", "group", "n", "n_answered", "percent")
MOMENTS = ("mean", "sd", "median", "q1", "q3")
BALANCE = ("section", "level", "standardised_difference", "test", "p_value")
ADDED = ("standardised_difference", "p")
WHOLE = "population"
RISK = ("n_classes", "k", "n_unique", "n_below")

Row = tuple[str, list[str]]


def tableau_1(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    balance: pd.DataFrame | None = None,
) -> TextTable:
    """Show the characteristics of the respondents, one column per group.

    Parameters
    ----------
    frame : DataFrame
        ``tableau_1.csv``: section, level, group, n, n_answered, percent (of those who answered;
        missing where several answers are counted), mean, sd, median, q1, q3 (in the unit of the
        variable, for numbers only). The section ``population`` gives the size of the groups.
    labels : mapping
        Section, ``section.level`` and group codes to labels.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}
    balance : DataFrame, optional
        section, level (empty for a whole section), standardised_difference, test (`chi2`,
        `fisher`, `mann_whitney`), p_value: adds two columns and names the tests in a note.

    Returns
    -------
    TextTable
        Sections, levels and groups in the order of the frame. A number takes two rows, mean ± SD
        and median [Q1 ; Q3]. Where some did not answer, a row says how many did.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> tableau_1(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    counts = checked(frame, (*COLUMNS, *MOMENTS), table="tableau_1")
    writer = Writer(labels, synthetic, lang)
    sizes = counts.groupby("group", sort=False)["n_answered"].max()
    blocks = counts[counts["section"] != WHOLE].groupby("section", sort=False)
    lines = [
        _Line(str(section), level, _title(str(section), block, writer), cells)
        for section, block in blocks
        for level, cells in _block(block, sizes, writer)
    ]
    groups = [
        writer.word("group", label=writer.label(str(group)), n=writer.number(size))
        for group, size in sizes.items()
    ]
    table = writer.table(
        "tableau_1",
        [line.cells for line in lines],
        headings=[writer.word("characteristic"), *groups],
        sections=[line.title for line in lines],
    )
    return table if balance is None else _balanced(table, lines, balance, writer)


def risk(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    min_count: int,
    synthetic: bool,
    lang: str = "fr",
) -> TextTable:
    """Show how easily respondents could be told apart, one row per set of characteristics.

    Parameters
    ----------
    frame : DataFrame
        ``risk.csv``: known, n_classes, k, n_unique, n_below, percent_below.
    labels : mapping
        Characteristics to labels.
    min_count : int
        Smallest class of people that counts as safe.
    synthetic, lang
        As in `tableau_1`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    shown = checked(frame, ("known", *RISK, "percent_below"), table="risk")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            ", ".join(map(writer.label, row["known"].split(" x "))),
            *(writer.number(row[name]) for name in RISK),
            language.percent(row["percent_below"], lang=lang),
        ]
        for row in records(shown)
    ]
    headings = [writer.word(f"risk.{name}") for name in ("known", *RISK[:-1])]
    below = [
        writer.word(f"risk.{name}", n=writer.number(min_count)) for name in ("n_below", "share")
    ]
    return writer.table("risk", rows, headings=[*headings, *below])


@dataclass(frozen=True)
class _Line:
    """A row of the table; `level` is empty on rows that only complete another."""

    section: str
    level: str
    title: str
    cells: list[str]


def _block(block: pd.DataFrame, sizes: pd.Series, writer: Writer) -> Iterator[Row]:
    section = block["section"].iloc[0]
    for level, cells in block.groupby("level", sort=False):
        by_group = cells.set_index("group").reindex(sizes.index)
        if by_group["mean"].notna().any():
            yield from _moments(str(level), by_group, writer)
        else:
            shares = [_count(row, writer) for row in records(by_group)]
            yield str(level), [writer.label(f"{section}.{level}"), *shares]
    answered = block.groupby("group")["n_answered"].max().reindex(sizes.index)
    if (answered < sizes).any():
        pairs = zip(answered, sizes, strict=True)
        known = [writer.word("of", n=writer.number(n), total=writer.number(of)) for n, of in pairs]
        yield "", [writer.word("answered"), *known]


def _moments(level: str, by_group: pd.DataFrame, writer: Writer) -> Iterator[Row]:
    rows = records(by_group)
    spread = [language.mean_sd(row["mean"], row["sd"], lang=writer.lang) for row in rows]
    middle = [writer.estimate(row["median"], row["q1"], row["q3"], decimals=1) for row in rows]
    yield level, [writer.word("mean_sd"), *spread]
    yield "", [writer.word("median_quartiles"), *middle]


def _count(row: Mapping[str, Any], writer: Writer) -> str:
    if not row["n"] or pd.isna(row["percent"]):
        return writer.number(row["n"])
    return language.count_percent(int(row["n"]), int(row["n_answered"]), lang=writer.lang)


def _title(section: str, block: pd.DataFrame, writer: Writer) -> str:
    """Title of a block; it says so where the answers outnumber those who answered."""
    shares = block.dropna(subset="percent")
    # a row that counts those who did not answer has a larger base
    asked = shares["n_answered"] == shares.groupby("group")["n_answered"].transform("min")
    totals = shares[asked].groupby("group").agg({"n": "sum", "n_answered": "max"})
    several = (totals["n"] > totals["n_answered"]).any()
    title = writer.label(section)
    return writer.word("several", label=title) if several else title


def _balanced(
    table: TextTable, lines: list[_Line], balance: pd.DataFrame, writer: Writer
) -> TextTable:
    """Add standardised differences and p values, each p with the letter of its test."""
    rows = records(checked(balance.fillna({"level": ""}), BALANCE, table="tableau_1, balance"))
    tests = dict.fromkeys(row["test"] for row in rows if not pd.isna(row["p_value"]))
    signs = dict(zip(tests, ascii_lowercase, strict=False))
    added = pd.DataFrame("", index=table.cells.index, columns=list(ADDED))
    places = _places(lines)
    for row in rows:
        if (place := places.get((row["section"], row["level"]))) is not None:
            added.loc[place] = _compared(row, signs, writer)
    headings = {column: writer.word(column) for column in ADDED}
    names = [
        writer.word("test", sign=sign, name=writer.label(f"test.{test}"))
        for test, sign in signs.items()
    ]
    notes = [
        writer.word("tableau_1.balance"),
        writer.word("tableau_1.tests", tests=", ".join(names)),
    ]
    return replace(
        table,
        cells=pd.concat([table.cells, added.rename(columns=headings)], axis=1),
        notes=(*table.notes, *notes),
    )


def _places(lines: list[_Line]) -> dict[tuple[str, str], int]:
    """Row of each level, and first row of each section."""
    places: dict[tuple[str, str], int] = {}
    for place, line in enumerate(lines):
        places.setdefault((line.section, ""), place)
        places.setdefault((line.section, line.level), place)
    return places


def _compared(row: Mapping[str, Any], signs: Mapping[str, str], writer: Writer) -> list[str]:
    p = writer.p(row["p_value"])
    sign = signs.get(row["test"])
    marked = f"{p}{language.NO_BREAK}{sign}" if sign and not pd.isna(row["p_value"]) else p
    return [writer.number(row["standardised_difference"], decimals=2), marked]
