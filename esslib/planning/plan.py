"""The plan of a next study: one table of sizes."""

from __future__ import annotations

import pandas as pd

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
