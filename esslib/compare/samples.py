"""The values of two groups."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def samples(
    frame: pd.DataFrame, *, value: str, group: str, groups: tuple[object, object]
) -> tuple[Floats, Floats]:
    """Return the values of two groups, missing ones left out.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent.
    value, group : str
        Columns of the number and of the group it belongs to.
    groups : tuple of two
        The groups (a, b), in this order.

    Raises
    ------
    ValueError
        If one of the two groups has no value.

    Examples
    --------
    >>> frame = pd.DataFrame({"score": [60, None, 40], "group": list("aab")})
    >>> samples(frame, value="score", group="group", groups=("a", "b"))
    (array([60.]), array([40.]))
    """
    first, second = (frame.loc[frame[group] == name, value].dropna() for name in groups)
    for name, kept in zip(groups, (first, second), strict=True):
        if kept.empty:
            present = ", ".join(repr(found) for found in frame[group].dropna().unique())
            raise ValueError(
                f"Column {group!r}: group {name!r} has no value of {value!r}. "
                f"Groups present: {present}. Name two that have values."
            )
    return first.to_numpy(dtype=float), second.to_numpy(dtype=float)
