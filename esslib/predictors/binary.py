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
    numbers = frame[list(columns)].astype("Float64")
    for column in numbers:
        wrong = numbers[column].notna() & ~numbers[column].isin([0, 1])
        if wrong.any():
            raise ValueError(
                f"Column {column!r}, row {wrong.idxmax()}: {frame[column][wrong].iloc[0]} "
                "is neither 0 nor 1. Dichotomise the variable first."
            )
    return numbers.astype(float)
