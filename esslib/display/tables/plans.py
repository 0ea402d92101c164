"""The table of a next study, to paste into a protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked, records

COLUMNS = (
    *("question", "criterion", "target", "n_first", "n_second", "n_total"),
    *("n_events", "achieved"),
)
PERCENT = ("simulated_power", "noether")
DECIMALS = {"half_width": 1, "shrinkage": 1}


def next_study(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show the smallest sample that each criterion asks for.

    Parameters
    ----------
    frame : DataFrame
        ``next_study.csv``.
    labels : mapping
        Questions to labels.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> next_study(frame, labels={}, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, COLUMNS, table="next_study")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(f"criterion.{row['criterion']}"),
            _target(row, writer),
            _groups(row, writer),
            writer.number(row["n_total"]),
            writer.number(row["n_events"]),
        ]
        for row in records(shown)
    ]
    keys = ("criterion", "target", "per_group", "respondents", "events")
    sections = [writer.label(question) for question in shown["question"]]
    headings = [writer.word(key) for key in keys]
    return writer.table("next_study", rows, headings=headings, sections=sections)


def _target(row: Mapping[str, Any], writer: Writer) -> str:
    if row["criterion"] in PERCENT:
        return language.percent(100 * row["target"], lang=writer.lang)
    decimals = DECIMALS.get(row["criterion"], 2)
    return writer.word(
        f"goal.{row['criterion']}", value=writer.number(row["target"], decimals=decimals)
    )


def _groups(row: Mapping[str, Any], writer: Writer) -> str:
    if pd.isna(row["n_first"]):
        return language.MISSING
    return f"{writer.number(row['n_first'])} + {writer.number(row['n_second'])}"
