"""Tables of the multiverse: each conclusion, and each choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked, records

VERDICT = ("contrast", "n", "n_without_estimate", "n_holding", "percent", "choice")
ENDS = ("most", "most_percent", "least", "least_percent")
SHARE = ("contrast", "choice", "value", "n", "n_holding", "percent")


def verdicts(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how often each conclusion holds, and the choice that decides it.

    Parameters
    ----------
    frame : DataFrame
        ``multiverse_verdicts.csv``.
    labels : mapping
        Contrasts and covariates to labels.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> verdicts(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    writer = Writer(labels, synthetic, lang)
    rows = []
    for row in records(checked(frame, (*VERDICT, *ENDS), table="verdicts")):
        total = row["n"] - row["n_without_estimate"]
        ends = [_value(row, end, writer) for end in ("most", "least")]
        choice = language.MISSING if pd.isna(row["choice"]) else _word(row["choice"], lang=lang)
        holds = language.count_percent(int(row["n_holding"]), int(total), lang=lang)
        rows.append([writer.label(row["contrast"]), writer.number(total), holds, choice, *ends])
    keys = ("conclusion", "specifications", "holds", "deciding_choice")
    headings = [writer.word(key) for key in (*keys, "most", "least")]
    return writer.table("verdicts", rows, headings=headings)


def shares(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show in how many specifications each conclusion holds, for each value of each choice.

    Parameters
    ----------
    frame : DataFrame
        As `esslib.multiverse.shares` returns it.
    labels, synthetic, lang
        As in `verdicts`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> shares(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, SHARE, table="shares")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            _word(row["choice"], lang=lang),
            _word(row["choice"], row["value"], lang=lang),
            language.count_percent(int(row["n_holding"]), int(row["n"]), lang=lang),
        ]
        for row in records(shown)
    ]
    headings = [writer.word(key) for key in ("choice", "value", "holds")]
    sections = [writer.label(contrast) for contrast in shown["contrast"]]
    return writer.table("shares", rows, headings=headings, sections=sections)


def _word(choice: str, value: str | None = None, *, lang: str) -> str:
    key = f"choice.{choice}" if value is None else f"choice.{choice}.{value}"
    return language.read_words(lang).get(key, value or choice)


def _value(row: Mapping[str, Any], end: str, writer: Writer) -> str:
    if pd.isna(row["choice"]):
        return language.MISSING
    share = language.percent(row[f"{end}_percent"], lang=writer.lang)
    return f"{_word(row['choice'], row[end], lang=writer.lang)} ({share})"
