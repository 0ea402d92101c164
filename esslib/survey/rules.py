"""What a rule of the codebook means on a tidy frame: which respondents meet it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.survey.codebook import SEPARATOR, distinct

Rule = Callable[[pd.DataFrame, list[str]], pd.Series]


def meets(tidy: pd.DataFrame, *, variable: str, rule: str, value: str) -> pd.Series:
    """Return which respondents meet a rule of the codebook.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent; a multiple-answer variable fills the columns `variable__level`.
    variable : str
        Variable of the codebook, or a derived column of the tidy frame.
    rule : str
        `any_of`, `none_of` (levels, any or none of them ticked), `only` (nothing but these
        levels), `count_over` (more levels ticked than), `under` (number below), `missing`.
    value : str
        Levels parted by blanks, or a number.

    Returns
    -------
    Series of boolean
        Missing where the question was not answered (never for rule `missing`).

    Raises
    ------
    ValueError
        The rule is unknown.
    KeyError
        The frame has no such variable, or the variable no such level.

    Examples
    --------
    >>> tidy = pd.DataFrame({"zone__zip": [True, False], "zone__zac": [False, False]})
    >>> meets(tidy, variable="zone", rule="any_of", value="zip zac").tolist()
    [True, False]
    """
    if rule not in RULES:
        raise ValueError(f"rule {rule!r} of variable {variable!r} is unknown; use {list(RULES)}")
    return RULES[rule](answers(tidy, variable), value.split()).astype("boolean")


def answers(tidy: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Return the answers to one question: its column, or its indicators named by level."""
    if variable in tidy:
        return tidy[[variable]]
    stem = variable + SEPARATOR
    columns = [column for column in map(str, tidy) if column.startswith(stem)]
    if not columns:
        raise KeyError(f"the tidy frame has no column {variable!r} and none that starts {stem!r}")
    return tidy[columns].set_axis([column.removeprefix(stem) for column in columns], axis=1)


def _any_of(frame: pd.DataFrame, values: list[str]) -> pd.Series:
    if frame.shape[1] == 1:
        kinds, levels = distinct(frame.iloc[:, 0])
        met = np.append(levels.isin(values), False)  # the last one, -1, is missing
        return _answered(frame, met.take(kinds, mode="wrap"))
    unknown = set(values) - set(frame)
    if unknown:
        raise KeyError(f"no answer level {sorted(unknown)} among {list(frame)}")
    return _answered(frame, np.any(_ticked(frame[values]), axis=1))


def _none_of(frame: pd.DataFrame, values: list[str]) -> pd.Series:
    return ~_any_of(frame, values)


def _only(frame: pd.DataFrame, values: list[str]) -> pd.Series:
    others = [level for level in map(str, frame) if level not in values]
    return _any_of(frame, values) & ~_any_of(frame, others)


def _count_over(frame: pd.DataFrame, values: list[str]) -> pd.Series:
    return _answered(frame, _ticked(frame).sum(axis=1) > int(values[0]))


def _under(frame: pd.DataFrame, values: list[str]) -> pd.Series:
    return frame.iloc[:, 0].lt(float(values[0]))


def _missing(frame: pd.DataFrame, values: list[str]) -> pd.Series:
    return pd.Series(frame.isna().to_numpy().all(axis=1), index=frame.index)


def _ticked(frame: pd.DataFrame) -> NDArray[np.bool_]:
    return frame.to_numpy(dtype=bool, na_value=False)


def _answered(frame: pd.DataFrame, met: NDArray[np.bool_]) -> pd.Series:
    """Return `met`, missing where nothing was ticked because nothing was answered."""
    is_missing = _missing(frame, []).to_numpy()
    return pd.Series(pd.arrays.BooleanArray(met, is_missing), index=frame.index)


RULES: dict[str, Rule] = {
    "any_of": _any_of,
    "none_of": _none_of,
    "only": _only,
    "count_over": _count_over,
    "under": _under,
    "missing": _missing,
}
