"""The table of a next study, to paste into a protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice
from printed.numerals import MISSING

COLUMNS = (
    *("question", "criterion", "target", "n_first", "n_second", "n_total"),
    *("n_events", "achieved"),
)
PERCENT = ("simulated_power", "noether")
DECIMALS = {"half_width": 1, "shrinkage": 1}


def sample_sizes(plan: pd.DataFrame, voice: Voice) -> TextTable:
    """Show the smallest sample that each criterion asks for; takes ``next_study.csv``."""
    shown = checked(plan, COLUMNS, table="next_study")
    rows = [
        [
            voice.label(f"criterion.{row['criterion']}"),
            _target(row, voice),
            _groups(row, voice),
            voice.number(row["n_total"]),
            voice.number(row["n_events"]),
        ]
        for row in rows_of(shown)
    ]
    headings = headed(voice, "criterion", "target", "per_group", "respondents", "events")
    sections = [*map(voice.label, shown["question"])]
    return text_table(voice, "next_study", rows, headings=headings, sections=sections)


def _target(row: Mapping[str, Any], voice: Voice) -> str:
    if row["criterion"] in PERCENT:
        return voice.percent(100 * row["target"])
    value = voice.number(row["target"], decimals=DECIMALS.get(row["criterion"], 2))
    return voice.say(f"table_goal-{row['criterion']}", value=value)


def _groups(row: Mapping[str, Any], voice: Voice) -> str:
    if pd.isna(row["n_first"]):
        return MISSING
    return f"{voice.number(row['n_first'])} + {voice.number(row['n_second'])}"
