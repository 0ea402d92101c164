"""Tables of the multiverse: how often each conclusion holds, and which choice decides it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice
from printed.numerals import MISSING

VERDICT = ("contrast", "n", "n_without_estimate", "n_holding", "percent", "choice")
ENDS = ("most", "most_percent", "least", "least_percent")
SHARE = ("contrast", "choice", "value", "n", "n_holding", "percent")


def deciding_choices(verdicts: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how often each conclusion holds, and the choice that decides it.

    Takes ``multiverse_verdicts.csv``.
    """
    rows = []
    for row in rows_of(checked(verdicts, (*VERDICT, *ENDS), table="verdicts")):
        total = row["n"] - row["n_without_estimate"]
        ends = [_end(row, end, voice) for end in ("most", "least")]
        choice = MISSING if pd.isna(row["choice"]) else _choice(row["choice"], voice)
        holds = voice.count_percent(int(row["n_holding"]), int(total))
        rows.append(
            [_conclusion(row["contrast"], voice), voice.number(total), holds, choice, *ends]
        )
    keys = ("conclusion", "specifications", "holds", "deciding_choice", "most", "least")
    return text_table(voice, "verdicts", rows, headings=headed(voice, *keys))


def shares_by_choice(shares: pd.DataFrame, voice: Voice) -> TextTable:
    """Show in how many specifications each conclusion holds, for each value of each choice.

    Takes the frame of `esslib.multiverse.shares`.
    """
    shown = checked(shares, SHARE, table="shares")
    rows = [
        [
            _choice(row["choice"], voice),
            _value(row["choice"], row["value"], voice),
            voice.count_percent(int(row["n_holding"]), int(row["n"])),
        ]
        for row in rows_of(shown)
    ]
    headings = headed(voice, "choice", "value", "holds")
    sections = [_conclusion(contrast, voice) for contrast in shown["contrast"]]
    return text_table(voice, "shares", rows, headings=headings, sections=sections)


def _conclusion(code: str, voice: Voice) -> str:
    """Return the label of a contrast, or of a covariate of the regression."""
    return voice.covariate(code, "multivariate")


def _choice(choice: str, voice: Voice) -> str:
    return voice.find(f"choice-{choice}", choice)


def _value(choice: str, value: str, voice: Voice) -> str:
    return voice.find(f"choice-{choice}-{value}", value)


def _end(row: Mapping[str, Any], end: str, voice: Voice) -> str:
    if pd.isna(row["choice"]):
        return MISSING
    share = voice.percent(row[f"{end}_percent"])
    return f"{_value(row['choice'], row[end], voice)} ({share})"
