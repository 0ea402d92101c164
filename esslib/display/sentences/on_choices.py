"""Sentences on choices of the analysis: one comparison under some, a conclusion under all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.text import checked
from esslib.voice import Voice

GROUP = ("group", "n", "mean", "sd", "median", "q1", "q3")


def conclusions_held(verdicts: pd.DataFrame, conclusions: pd.DataFrame, voice: Voice) -> list[str]:
    """Say in how many specifications each conclusion holds, and what decides.

    Takes ``multiverse_verdicts.csv`` and ``conclusions.csv``.
    """
    labels = conclusions.set_index("contrast")[f"label_{voice.lang}"]
    rows = verdicts.to_dict("records")
    return [_verdict(row, labels[row["contrast"]], voice) for row in rows]


def explored(summary: pd.DataFrame, test: pd.DataFrame | None, voice: Voice) -> list[str]:
    """Write a sentence on each group, then one on the difference, or why there is none.

    Takes rows of ``group_summaries.csv`` of one contrast and the row of ``group_tests.csv``; none
    where a group has no value.
    """
    rows: dict[Any, Any] = (
        checked(summary, GROUP, table="explored").set_index("group").to_dict("index")
    )
    said = [
        voice.say(
            "explore-group",
            label=voice.label(group),
            n=voice.number(rows[group]["n"]),
            mean_sd=voice.mean_sd(rows[group]["mean"], rows[group]["sd"]),
            median=voice.number(rows[group]["median"], decimals=1),
            quartiles=voice.interval(rows[group]["q1"], rows[group]["q3"], decimals=1),
        )
        for group in voice.in_order(rows)
    ]
    return [*said, voice.say("explore-no_test") if test is None else difference(test, voice)]


def difference(test: pd.DataFrame, voice: Voice) -> str:
    """Say the difference of two groups, interval and p; takes a row of ``group_tests.csv``."""
    (row,) = test.to_dict("records")
    return voice.say(
        "box-test",
        difference=voice.number(row["difference"], decimals=1),
        interval=voice.interval(row["ci_low"], row["ci_high"], decimals=1),
        p=voice.p_equation(row["p_value"]),
    )


def _verdict(row: Mapping[Hashable, Any], conclusion: str, voice: Voice) -> str:
    return voice.say(
        "multiverse-verdict",
        conclusion=conclusion,
        n_holding=voice.number(row["n_holding"]),
        n=voice.count(row["n"] - row["n_without_estimate"]),
        percent=_percent(row["percent"], voice),
        decided=_decision(row, voice),
    )


def _decision(row: Mapping[Hashable, Any], voice: Voice) -> str:
    choice = row["choice"]
    if pd.isna(choice):
        return voice.say("multiverse-undecided")
    return voice.say(
        "multiverse-decided",
        choice=voice.say(f"choice-{choice}"),
        most=voice.say(f"choice-{choice}-{row['most']}"),
        most_percent=_percent(row["most_percent"], voice),
        least=voice.say(f"choice-{choice}-{row['least']}"),
        least_percent=_percent(row["least_percent"], voice),
    )


def _percent(value: float, voice: Voice) -> str:
    """Write a percentage so that almost all never reads as all, nor almost none as none."""
    return voice.percent(min(max(value, 1), 99) if 0 < value < 100 else value)
