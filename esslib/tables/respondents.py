"""Tableau 1: who answered, group by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from esslib import lang as language
from esslib.tables.text import TextTable, Writer, checked, records

COLUMNS = ("section", "level", "group", "n", "n_answered", "percent")
MOMENTS = ("mean", "sd", "median", "q1", "q3")
WHOLE = "population"

Row = list[str]


def tableau_1(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
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
    shown = counts[counts["section"] != WHOLE]
    rows: list[Row] = []
    titles: list[str] = []
    for section, block in shown.groupby("section", sort=False):
        new = list(_block(block, sizes, writer))
        rows += new
        titles += [_title(str(section), block, writer)] * len(new)
    groups = [
        writer.word("group", label=writer.label(str(group)), n=writer.number(size))
        for group, size in sizes.items()
    ]
    headings = [writer.word("characteristic"), *groups]
    return writer.table("tableau_1", rows, headings=headings, sections=titles)


def _block(block: pd.DataFrame, sizes: pd.Series, writer: Writer) -> Iterator[Row]:
    for level, cells in block.groupby("level", sort=False):
        by_group = cells.set_index("group").reindex(sizes.index)
        if by_group["mean"].notna().any():
            yield from _moments(by_group, writer)
        else:
            label = writer.label(f"{block['section'].iloc[0]}.{level}")
            yield [label, *(_count(row, writer) for row in records(by_group))]
    answered = block.groupby("group")["n_answered"].max().reindex(sizes.index)
    if (answered < sizes).any():
        pairs = zip(answered, sizes, strict=True)
        yield [
            writer.word("answered"),
            *(writer.word("of", n=writer.number(n), total=writer.number(of)) for n, of in pairs),
        ]


def _moments(by_group: pd.DataFrame, writer: Writer) -> Iterator[Row]:
    rows = records(by_group)
    spread = [language.mean_sd(row["mean"], row["sd"], lang=writer.lang) for row in rows]
    middle = [writer.estimate(row["median"], row["q1"], row["q3"], decimals=1) for row in rows]
    yield [writer.word("mean_sd"), *spread]
    yield [writer.word("median_quartiles"), *middle]


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
    title = writer.label(section)
    return (
        writer.word("several", label=title) if (totals["n"] > totals["n_answered"]).any() else title
    )
