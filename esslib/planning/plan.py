"""The plan of a next study: one table of sizes, and its sentences."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language

COLUMNS = (
    *("question", "criterion", "target", "n_first", "n_second", "n_total"),
    *("n_events", "events_per_parameter", "achieved"),
)
COUNTS = ("n_first", "n_second", "n_total", "n_events")


def next_study(comparison: pd.DataFrame, regression: pd.DataFrame) -> pd.DataFrame:
    """Gather the sizes of `comparison_sizes` and `regression_sizes`.

    Returns
    -------
    DataFrame
        Columns of `next_study.csv`; what a criterion does not say is missing.
    """
    parts = [
        frame.assign(question=f"question.{name}").reindex(columns=list(COLUMNS))
        for name, frame in (("comparison", comparison), ("regression", regression))
    ]
    rows = [row for part in parts for row in part.to_dict("records")]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(COUNTS, "Int64"))


def sentences(
    plan: pd.DataFrame,
    *,
    difference: float,
    alpha: float,
    people: Mapping[str, int],
    lang: str = "fr",
) -> list[str]:
    """Say in one sentence each what the power, the precision and the regression need.

    Parameters
    ----------
    plan : DataFrame
        As `next_study` returns it.
    difference : float
        Points that the power was computed for.
    alpha : float
        Two-sided level of the test.
    people : mapping
        Of the present cohort: n, n_events and n_parameters.
    lang : {"fr", "en"}
    """
    rows = {row["criterion"]: row for row in plan.to_dict("records")}
    needed = plan[plan["question"] == "question.regression"]
    largest = rows[needed.sort_values("n_total")["criterion"].iloc[-1]]
    words = language.read_words(lang)
    power = {
        "power": language.percent(100 * rows["simulated_power"]["target"], lang=lang),
        "difference": language.number(difference, decimals=1, lang=lang),
        "alpha": language.percent(100 * alpha, lang=lang),
    }
    width = language.number(rows["half_width"]["target"], decimals=1, lang=lang)
    present = {
        "n_parameters": language.number(people["n_parameters"], lang=lang),
        "epp": language.number(largest["events_per_parameter"], decimals=1, lang=lang),
        "n_now": language.number(people["n"], lang=lang),
        "n_events_now": language.number(people["n_events"], lang=lang),
    }
    return [
        _said(words, "plan.comparison", rows["simulated_power"], power, lang),
        _said(words, "plan.precision", rows["half_width"], {"half_width": width}, lang),
        _said(words, "plan.regression", largest, present, lang),
    ]


def _said(
    words: Mapping[str, str],
    key: str,
    row: Mapping[Hashable, Any],
    values: Mapping[str, str],
    lang: str,
) -> str:
    if pd.isna(row["n_total"]):
        return words["plan.unreachable"]
    sizes = {
        name: language.number(math.nan if pd.isna(row[name]) else row[name], lang=lang)
        for name in COUNTS
    }
    return words[key].format(**sizes, **values)
