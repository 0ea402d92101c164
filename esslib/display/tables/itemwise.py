"""The questionnaire: its items, how they fit together, and how classes of tools answer them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice
from printed.numerals import MINUS, MISSING

TOTAL = "ess_total"
PAIR = ("group_a", "group_b")
COMPARED = (
    *("variable", *PAIR, "n_a", "n_b", "mean_a", "mean_b", "difference", "ci_low", "ci_high"),
    *("cliff_delta", "delta_ci_low", "delta_ci_high", "p_holm", "share_percent"),
)
ITEM = ("item", "median", "item_total", "alpha_if_dropped")
RATE = ("item", "tool_class", "na_percent", "na_ci_low", "na_ci_high")
ENDS = ("variable", "n", "n_floor", "n_ceiling")
RANGE = ("statistic", "variable", "groups", "estimate", "n_cohorts", "minimum", "maximum")


def items(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how each item was answered and how it fits the others; takes ``items.csv``."""
    answers = [str(column) for column in frame if str(column).startswith("n_")]
    rows = [
        [
            voice.label(row["item"]),
            *(voice.number(row[answer]) for answer in answers),
            voice.number(row["median"], decimals=1),
            voice.coefficient(row["item_total"]),
            voice.coefficient(row["alpha_if_dropped"]),
        ]
        for row in rows_of(checked(frame, (*ITEM, *answers), table="items"))
    ]
    item, *others = headed(voice, *ITEM)
    return text_table(voice, "items", rows, headings=[item, *map(voice.label, answers), *others])


def reliability_statistics(reliability: pd.DataFrame, voice: Voice) -> TextTable:
    """Show reliability with intervals, and the counts it rests on; takes ``reliability.csv``."""
    columns = ("statistic", "estimate", "ci_low", "ci_high")
    rows = [
        [
            voice.label(f"statistic.{row['statistic']}"),
            _statistic(row, "estimate", voice),
            MISSING if math.isnan(row["ci_low"]) else voice.interval(row["ci_low"], row["ci_high"]),
        ]
        for row in rows_of(checked(reliability, columns, table="reliability"))
    ]
    headings = headed(voice, "statistic", "estimate", "interval")
    return text_table(voice, "reliability", rows, headings=headings)


def items_by_class(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how each class of tools answered every item; takes ``items_by_class.csv``."""
    answers = [str(column) for column in frame if str(column).startswith("n_")]
    shown = checked(frame, (*RATE, *answers), table="items_by_class")
    rows = [
        [
            voice.label(row["tool_class"]),
            *(voice.number(row[answer]) for answer in answers),
            voice.estimate(row["na_percent"], row["na_ci_low"], row["na_ci_high"], decimals=0),
        ]
        for row in rows_of(shown)
    ]
    tool_class, na = headed(voice, "tool_class", "na_interval")
    headings = [tool_class, *map(voice.label, answers), na]
    sections = [*map(voice.label, shown["item"])]
    return text_table(voice, "items_by_class", rows, headings=headings, sections=sections)


def floor_ceiling(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how many stand at both ends of each item and the score; takes ``floor_ceiling.csv``."""
    rows = [
        [
            voice.label(row["variable"]),
            voice.number(row["n"]),
            *(voice.count_percent(row[end], row["n"]) for end in ENDS[2:]),
        ]
        for row in rows_of(checked(frame, ENDS, table="floor_ceiling"))
    ]
    item, *ends = headed(voice, "item", "floor", "ceiling")
    return text_table(voice, "floor_ceiling", rows, headings=[item, "n", *ends])


def known_groups(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how the score differs between every two classes of tools.

    Takes ``known_groups.csv``, of which it shows the rows of the score.
    """
    shown = checked(frame, COMPARED, table="known_groups")
    rows = [
        [_pair(row, voice), *_compared(row, voice)]
        for row in rows_of(shown[shown["variable"] == TOTAL])
    ]
    headings = [*headed(voice, "compared_classes"), *_compared_headings(voice)]
    return text_table(voice, "known_groups", rows, headings=headings)


def item_differences(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how every item differs between two classes of tools, one block per pair of classes.

    Takes ``known_groups.csv``, of which it shows the rows of the items.
    """
    every = checked(frame, COMPARED, table="item_differences")
    shown = rows_of(every[every["variable"] != TOTAL])
    rows = [
        [
            voice.label(row["variable"]),
            *_compared(row, voice),
            voice.percent(row["share_percent"]),
        ]
        for row in shown
    ]
    item, share = headed(voice, "item", "share")
    headings = [item, *_compared_headings(voice), share]
    sections = [_pair(row, voice) for row in shown]
    return text_table(voice, "item_differences", rows, headings=headings, sections=sections)


def ranges(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show statistics of one synthetic cohort beside their ranges over reconstructed ones.

    One block per statistic, those of the whole scale together.
    """
    shown = rows_of(checked(frame, RANGE, table="ranges"))
    rows = [
        [
            _what(row, voice),
            _statistic(row, "estimate", voice),
            voice.say(
                "table_range_ends",
                low=_statistic(row, "minimum", voice),
                high=_statistic(row, "maximum", voice),
            ),
            voice.number(row["n_cohorts"]),
        ]
        for row in shown
    ]
    headings = headed(voice, "statistic", "this_cohort", "range", "cohorts")
    sections = [_section(row, voice) for row in shown]
    return text_table(voice, "ranges", rows, headings=headings, sections=sections)


def _pair(row: Mapping[str, Any], voice: Voice) -> str:
    return _difference([row[group] for group in PAIR], voice)


def _difference(codes: Sequence[str], voice: Voice) -> str:
    return f" {MINUS} ".join(map(voice.label, codes))


def _compared(row: Mapping[str, Any], voice: Voice) -> list[str]:
    decimals = 1 if row["variable"] == TOTAL else 2
    return [
        *(_mean(row, group, decimals, voice) for group in ("a", "b")),
        voice.estimate(row["difference"], row["ci_low"], row["ci_high"], decimals=decimals),
        voice.estimate(row["cliff_delta"], row["delta_ci_low"], row["delta_ci_high"]),
        voice.p(row["p_holm"]),
    ]


def _mean(row: Mapping[str, Any], group: str, decimals: int, voice: Voice) -> str:
    mean = voice.number(row[f"mean_{group}"], decimals=decimals)
    return voice.say("table_group", label=mean, n=voice.number(row[f"n_{group}"]))


def _compared_headings(voice: Voice) -> list[str]:
    keys = ("mean_first", "mean_second", "difference", "cliff_delta", "adjusted_p")
    return headed(voice, *keys)


def _section(row: Mapping[str, Any], voice: Voice) -> str:
    if not row["variable"] and not row["groups"]:
        return voice.say("table_whole_scale")
    statistic = voice.label(f"statistic.{row['statistic']}")
    if row["variable"] in ("", TOTAL) or not row["groups"]:
        return statistic
    return f"{statistic}, {_groups(row, voice)}"


def _what(row: Mapping[str, Any], voice: Voice) -> str:
    if row["variable"] in ("", TOTAL):
        return _groups(row, voice) or voice.label(
            row["variable"] or f"statistic.{row['statistic']}"
        )
    return voice.label(row["variable"])


def _groups(row: Mapping[str, Any], voice: Voice) -> str:
    return _difference([code for code in row["groups"].split(" - ") if code], voice)


def _statistic(row: Mapping[str, Any], column: str, voice: Voice) -> str:
    """Write a statistic as its name says: a count, a percentage, points, or a coefficient."""
    value, name = row[column], row["statistic"]
    if name.endswith("_percent"):
        return voice.percent(value)
    if name.startswith("n_"):
        return voice.number(value)
    return voice.number(value, decimals=1) if name == "difference" else voice.coefficient(value)
