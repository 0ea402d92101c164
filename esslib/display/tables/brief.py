"""Short tables that go with the text: counts, scores by group, reliability."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked


def counts(
    codes: pd.Series, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how often each code of a column occurs, most frequent first.

    Parameters
    ----------
    codes : Series
        One code per row; missing codes are left out. Its name, or the label of its name, heads
        the first column.
    labels : mapping
        Codes and the name of the column to labels.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}
    """
    writer = Writer(labels, synthetic, lang)
    found = codes.dropna().astype("str").value_counts(sort=False).sort_index()
    ordered = found.sort_values(ascending=False, kind="stable")
    rows = [[writer.label(str(code)), writer.number(n)] for code, n in ordered.items()]
    kind = "matches" if codes.name == "match" else "counts"
    return writer.table(kind, rows, headings=[writer.label(str(codes.name)), "n"])


def score_summary(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show the score of every compared group, one block per contrast.

    Parameters
    ----------
    frame : DataFrame
        ``group_summaries.csv``; points of the score.
    labels : mapping
        Contrast and group codes to labels.
    synthetic, lang
        As in `counts`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    columns = ("contrast", "group", "n", "mean", "sd", "median", "q1", "q3", "min", "max")
    shown = checked(frame, columns, table="score_summary")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(str(row["group"])),
            writer.number(row["n"]),
            language.mean_sd(row["mean"], row["sd"], lang=lang),
            writer.estimate(row["median"], row["q1"], row["q3"], decimals=1),
            language.interval(row["min"], row["max"], decimals=1, lang=lang),
        ]
        for row in shown.to_dict("records")
    ]
    keys = ("mean_sd", "median_quartiles", "range")
    headings = [writer.word("compared"), "n", *(writer.word(key) for key in keys)]
    sections = [writer.label(contrast) for contrast in shown["contrast"]]
    return writer.table("score_summary", rows, headings=headings, sections=sections)


def reliability(frame: pd.DataFrame, *, synthetic: bool, lang: str = "fr") -> TextTable:
    """Show reliability statistics with their intervals, and the counts that they rest on.

    Parameters
    ----------
    frame : DataFrame
        ``reliability.csv``: statistic, estimate, ci_low, ci_high, without unit.
    synthetic, lang
        As in `counts`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    shown = checked(frame, ("statistic", "estimate", "ci_low", "ci_high"), table="reliability")
    writer = Writer({}, synthetic, lang)
    rows = [
        [
            writer.label(f"statistic.{row['statistic']}"),
            _reliability(row, writer),
            _interval(row, writer),
        ]
        for row in shown.to_dict("records")
    ]
    keys = ("statistic", "estimate", "interval")
    return writer.table("reliability", rows, headings=[writer.word(key) for key in keys])


def _reliability(row: Mapping[Hashable, Any], writer: Writer) -> str:
    is_count = str(row["statistic"]).startswith("n_")
    return writer.number(row["estimate"]) if is_count else writer.coefficient(row["estimate"])


def _interval(row: Mapping[Hashable, Any], writer: Writer) -> str:
    if math.isnan(row["ci_low"]):
        return language.MISSING
    return language.interval(row["ci_low"], row["ci_high"], decimals=2, lang=writer.lang)
