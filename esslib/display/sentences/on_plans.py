"""Sentences on what a next study needs, and on what a report has to say."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from esslib.voice import Voice

SIZES = ("n_first", "n_second", "n_total", "n_events")
STATUSES = ("computed", "located", "absent")


def plan_sizes(
    plan: pd.DataFrame, difference: float, people: Mapping[str, int], voice: Voice
) -> list[str]:
    """Say in one sentence each what the power, the precision and the regression need.

    Takes ``next_study.csv``, the points that the power was computed for, and n, n_events and
    n_parameters of the present cohort.
    """
    rows = {row["criterion"]: row for row in plan.to_dict("records")}
    needed = plan[plan["question"] == "question.regression"]
    largest = rows[needed.sort_values("n_total")["criterion"].iloc[-1]]
    power = {
        "power": voice.percent(100 * rows["simulated_power"]["target"]),
        "difference": voice.number(difference, decimals=1),
        "alpha": voice.percent(100 * voice.alpha),
    }
    width = voice.number(rows["half_width"]["target"], decimals=1)
    present = {
        "n_parameters": voice.number(people["n_parameters"]),
        "epp": voice.number(largest["events_per_parameter"], decimals=1),
        "n_now": voice.number(people["n"]),
        "n_events_now": voice.number(people["n_events"]),
    }
    return [
        _needed("comparison", rows["simulated_power"], power, voice),
        _needed("precision", rows["half_width"], {"half_width": width}, voice),
        _needed("regression", largest, present, voice),
    ]


def cells_attained(proof: pd.DataFrame, positions: pd.DataFrame, voice: Voice) -> str:
    """Say how many cells of a regression any data can meet, and how many the cohort meets.

    Takes rounding and n_cells of each row and convention, and met of each cell.
    """
    most = proof.groupby("rounding")["n_cells"].sum()
    return voice.say(
        "cells-attained",
        n=voice.number(len(positions)),
        rounded=voice.number(most["up_or_down"]),
        truncated=voice.number(most["trunc"]),
        met=voice.number(positions["met"].sum()),
    )


def reporting_status(checklist: pd.DataFrame, voice: Voice) -> str:
    """Say how many items of ``reporting_checklist.csv`` are computed, located and absent."""
    counts = checklist["status"].value_counts()
    facts = {status: voice.number(counts.get(status, 0)) for status in STATUSES}
    return voice.say("reporting-sentence", total=voice.number(len(checklist)), **facts)


def _needed(
    question: str, row: Mapping[Hashable, Any], facts: Mapping[str, str], voice: Voice
) -> str:
    if pd.isna(row["n_total"]):
        return voice.say("plan-unreachable")
    sizes = {name: voice.number(math.nan if pd.isna(row[name]) else row[name]) for name in SIZES}
    return voice.say(f"plan-{question}", **sizes, **facts)
