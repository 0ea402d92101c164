"""Yes/no columns as numbers."""

from collections.abc import Sequence

import pandas as pd


def as_binary(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return yes/no columns as 0.0 and 1.0, missing kept.

    Raises
    ------
    ValueError
        For a value other than 0, 1, True, False or missing.

    Examples
    --------
    >>> as_binary(pd.DataFrame({"a": [True, False], "b": [1, None]}), ["a", "b"])
         a    b
    0  1.0  1.0
    1  0.0  NaN
    """
    numbers = frame[list(columns)].astype("Float64").astype(float)
    wrong = numbers.notna() & numbers.ne(0) & numbers.ne(1)
    if wrong.any(axis=None):
        column = wrong.any().idxmax()
        row = wrong[column].idxmax()
        raise ValueError(
            f"Column {column!r}, row {row}: {frame[column][wrong[column]].iloc[0]} is neither 0 "
            "nor 1. Dichotomise the variable first."
        )
    return numbers
