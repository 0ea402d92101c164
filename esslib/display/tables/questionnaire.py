"""Tables of the questionnaire: answers by class of tools, ends of the scale, differences, ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked, records

TOTAL = "ess_total"
PAIR = ("group_a", "group_b")
COMPARED = (
    *("variable", *PAIR, "n_a", "n_b", "mean_a", "mean_b", "difference", "ci_low", "ci_high"),
    *("cliff_delta", "delta_ci_low", "delta_ci_high", "p_holm", "share_percent"),
)
RATE = ("item", "tool_class", "na_percent", "na_ci_low", "na_ci_high")
ENDS = ("variable", "n", "n_floor", "n_ceiling")
RANGE = ("statistic", "variable", "groups", "estimate", "n_cohorts", "minimum", "maximum")


def items_by_class(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how each class of tools answered every item, one block per item.

    Parameters
    ----------
    frame : DataFrame
        ``items_by_class.csv``.
    labels : mapping
        Items, classes and the answers' columns (`n_agree_fully` ...) to labels.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> items_by_class(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    answers = [str(column) for column in frame if str(column).startswith("n_")]
    shown = checked(frame, (*RATE, *answers), table="items_by_class")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["tool_class"]),
            *(writer.number(row[answer]) for answer in answers),
            writer.estimate(row["na_percent"], row["na_ci_low"], row["na_ci_high"], decimals=0),
        ]
        for row in records(shown)
    ]
    headings = [writer.word("tool_class"), *map(writer.label, answers), writer.word("na_interval")]
    sections = [writer.label(item) for item in shown["item"]]
    return writer.table("items_by_class", rows, headings=headings, sections=sections)


def floor_ceiling(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how many stand at both ends of every item and of the score.

    Parameters
    ----------
    frame : DataFrame
        ``floor_ceiling.csv``.
    labels, synthetic, lang
        As in `items_by_class`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> floor_ceiling(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["variable"]),
            writer.number(row["n"]),
            *(language.count_percent(row[end], row["n"], lang=lang) for end in ENDS[2:]),
        ]
        for row in records(checked(frame, ENDS, table="floor_ceiling"))
    ]
    headings = [writer.word("item"), "n", writer.word("floor"), writer.word("ceiling")]
    return writer.table("floor_ceiling", rows, headings=headings)


def known_groups(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how the score differs between every two classes of tools.

    Parameters
    ----------
    frame : DataFrame
        ``known_groups.csv``; its rows of the score are shown.
    labels, synthetic, lang
        As in `items_by_class`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> known_groups(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, COMPARED, table="known_groups")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [_pair(row, writer), *_compared(row, writer)]
        for row in records(shown[shown["variable"] == TOTAL])
    ]
    headings = [writer.word("compared_classes"), *_compared_headings(writer)]
    return writer.table("known_groups", rows, headings=headings)


def item_differences(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how every item differs between two classes of tools, one block per pair of classes.

    Parameters
    ----------
    frame : DataFrame
        ``known_groups.csv``; its rows of the items are shown.
    labels, synthetic, lang
        As in `items_by_class`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> item_differences(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    every = checked(frame, COMPARED, table="item_differences")
    shown = records(every[every["variable"] != TOTAL])
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["variable"]),
            *_compared(row, writer),
            language.percent(row["share_percent"], lang=lang),
        ]
        for row in shown
    ]
    headings = [writer.word("item"), *_compared_headings(writer), writer.word("share")]
    sections = [_pair(row, writer) for row in shown]
    return writer.table("item_differences", rows, headings=headings, sections=sections)


def ranges(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show statistics of one synthetic cohort beside their ranges over reconstructed ones.

    Parameters
    ----------
    frame : DataFrame
        As `esslib.chapters.measurement.beside_ranges` returns it; one block per statistic, those of the
        whole scale together.
    labels, synthetic, lang
        As in `items_by_class`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> ranges(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = records(checked(frame, RANGE, table="ranges"))
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            _what(row, writer),
            _value(row, "estimate", writer),
            writer.word(
                "range_ends",
                low=_value(row, "minimum", writer),
                high=_value(row, "maximum", writer),
            ),
            writer.number(row["n_cohorts"]),
        ]
        for row in shown
    ]
    headings = [writer.word(key) for key in ("statistic", "this_cohort", "range", "cohorts")]
    sections = [_section(row, writer) for row in shown]
    return writer.table("ranges", rows, headings=headings, sections=sections)


def _pair(row: Mapping[str, Any], writer: Writer) -> str:
    return _difference([row[group] for group in PAIR], writer)


def _difference(codes: Sequence[str], writer: Writer) -> str:
    return f" {language.MINUS} ".join(map(writer.label, codes))


def _compared(row: Mapping[str, Any], writer: Writer) -> list[str]:
    decimals = 1 if row["variable"] == TOTAL else 2
    return [
        *(_mean(row, group, decimals, writer) for group in ("a", "b")),
        writer.estimate(row["difference"], row["ci_low"], row["ci_high"], decimals=decimals),
        writer.estimate(row["cliff_delta"], row["delta_ci_low"], row["delta_ci_high"]),
        writer.p(row["p_holm"]),
    ]


def _mean(row: Mapping[str, Any], group: str, decimals: int, writer: Writer) -> str:
    mean = writer.number(row[f"mean_{group}"], decimals=decimals)
    return writer.word("group", label=mean, n=writer.number(row[f"n_{group}"]))


def _compared_headings(writer: Writer) -> list[str]:
    level = writer.level(0.05)
    return [
        *(writer.word(key) for key in ("mean_first", "mean_second")),
        writer.word("difference", level=level),
        writer.word("cliff_delta", level=level),
        writer.word("adjusted_p"),
    ]


def _section(row: Mapping[str, Any], writer: Writer) -> str:
    if not row["variable"] and not row["groups"]:
        return writer.word("whole_scale")
    statistic = writer.label(f"statistic.{row['statistic']}")
    if row["variable"] in ("", TOTAL) or not row["groups"]:
        return statistic
    return f"{statistic}, {_groups(row, writer)}"


def _what(row: Mapping[str, Any], writer: Writer) -> str:
    if row["variable"] in ("", TOTAL):
        return _groups(row, writer) or writer.label(
            row["variable"] or f"statistic.{row['statistic']}"
        )
    return writer.label(row["variable"])


def _groups(row: Mapping[str, Any], writer: Writer) -> str:
    return _difference([code for code in row["groups"].split(" - ") if code], writer)


def _value(row: Mapping[str, Any], column: str, writer: Writer) -> str:
    """Write a statistic as its name says: a count, a percentage, points, or a coefficient."""
    value, name = row[column], row["statistic"]
    if name.endswith("_percent"):
        return language.percent(value, lang=writer.lang)
    if name.startswith("n_"):
        return writer.number(value)
    return writer.number(value, decimals=1) if name == "difference" else writer.coefficient(value)
