"""How plausible an answer is for a person: invention, kept as data, and drawn from.

What printed numbers leave open has to be chosen. `coherence.csv` says what goes together, as sums
of log weights; this module turns it into numbers and draws.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.survey.codebook import SEPARATOR, records
from esslib.survey.rules import meets

__all__ = ["held_levels", "pick", "plausibility"]

Array = NDArray[np.float64]


def plausibility(possible: pd.DataFrame, people: pd.DataFrame, coherence: pd.DataFrame) -> Array:
    """Return the log plausibility of each answer for each person.

    Parameters
    ----------
    possible
        One row per answer, as `margins.patterns` returns them; none for no answer counts 0.
    people
        One row per person: the answers to earlier questions, as tidy columns.
    coherence
        Text columns `level`, `given`, `rule`, `value`, `log_weight`, of one variable: the weight
        is added for answers that hold the level, given that a rule of `esslib.survey.rules` is met
        by an earlier answer of the person or, where `given` is the variable itself, by the answer;
        always where `given` is empty. Not stated is 0.

    Returns
    -------
    ndarray
        Persons × answers.

    Examples
    --------
    >>> possible = pd.DataFrame({"gender": ["female", "male"]})
    >>> people = pd.DataFrame({"age": [30, 50]})
    >>> row = {"level": "female", "given": "age", "rule": "under", "value": "40", "log_weight": "1"}
    >>> plausibility(possible, people, pd.DataFrame([row])).tolist()
    [[1.0, 0.0], [0.0, 0.0]]
    """
    levels = held_levels(possible)
    variable = str(possible.columns[0]).split(SEPARATOR)[0]
    total: Array = np.zeros((len(people), len(possible)))
    # Weights are added one by one: sums within a product of matrices differ between machines.
    for row in records(coherence):
        if row["level"] not in levels:
            raise KeyError(f"coherence: {variable!r} has no level {row['level']!r}")
        held = levels[row["level"]].to_numpy(dtype=float)
        rule = {"variable": row["given"], "rule": row["rule"], "value": row["value"]}
        applies = np.ones(len(people))
        if row["given"] == variable:
            held = held * _met(possible, rule)
        elif row["given"]:
            applies = _met(people, rule)
        total += float(row["log_weight"]) * applies[:, None] * held[None, :]
    return total


def pick(log_weights: Array, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw one column for each row, with chances in proportion to exp(weight)."""
    noise: Array = rng.gumbel(size=log_weights.shape)
    return np.asarray(np.argmax(log_weights + noise, axis=1), dtype=np.int64)


def _met(frame: pd.DataFrame, rule: dict[str, str]) -> Array:
    return meets(frame, **rule).fillna(False).to_numpy(dtype=float)


def held_levels(possible: pd.DataFrame) -> pd.DataFrame:
    """Return which levels each answer holds: answers × levels, named by code."""
    if possible.shape[1] == 1:
        return pd.get_dummies(possible.iloc[:, 0])
    return possible.rename(columns=lambda name: str(name).split(SEPARATOR)[1]).fillna(False)
