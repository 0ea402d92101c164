"""Answers that meet all counts, by an integer program: for counts that leave hardly any answers.

Respondents whom no count and no covariate tells apart form a *class*; the unknowns are how many of
each class give each answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csc_array

from esslib.synthetic.questions import Chosen, Question

__all__ = ["conflict", "exact_answers"]

Array = NDArray[np.float64]
INFEASIBLE = 2
NOISE = 0.5


@dataclass(frozen=True, eq=False)
class _Class:
    """Respondents that no count tells apart, and the patterns that they may choose."""

    members: NDArray[np.int64]
    patterns: NDArray[np.int64]


def exact_answers(
    question: Question, chances: Array, start: Chosen, rng: np.random.Generator
) -> Chosen | None:
    """Return answers that meet all counts; None when an integer program proves there are none.

    Parameters
    ----------
    question
        Counts and patterns.
    chances
        Log plausibility, respondents × patterns; minus infinity for what may not be chosen.
    start
        Patterns that nearly meet the counts: those near them are tried first, then all.
    rng
        Random generator: it weighs the many solutions and deals the answers out within a class.
    """
    allowed = np.isfinite(chances)
    nearby = np.array([question.near(pattern) for pattern in start])
    for choice in (allowed & nearby, allowed):
        classes = _classes(question, allowed, choice)
        found = _solve(question, chances, classes, rng)
        if found is not None:
            return found
    return None


def conflict(question: Question, chances: Array) -> list[int]:
    """Return the places of a smallest set of counts that cannot be met together.

    Found by leaving out one count after the other for as long as the linear program stays without
    solution; all counts when only the integer program has none.
    """
    allowed = np.isfinite(chances)
    classes = _classes(question, allowed, allowed)
    matrix, wanted, _ = _program(question, classes)
    kept = list(range(len(question.wanted)))
    sizes = list(range(len(kept), len(wanted)))

    def is_feasible(counts: Sequence[int]) -> bool:
        rows = [*counts, *sizes]
        limits = LinearConstraint(matrix[rows], wanted[rows], wanted[rows])
        return bool(milp(np.zeros(matrix.shape[1]), constraints=limits).status != INFEASIBLE)

    if is_feasible(kept):
        return kept
    for place in tuple(kept):
        fewer = [other for other in kept if other != place]
        if not is_feasible(fewer):
            kept = fewer
    return kept


def _classes(
    question: Question, allowed: NDArray[np.bool_], choice: NDArray[np.bool_]
) -> list[_Class]:
    keys = np.hstack([question.counted, allowed])
    _, first, number = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    members = [np.flatnonzero(number.ravel() == place) for place in range(len(first))]
    return [_Class(rows, np.flatnonzero(choice[rows].any(axis=0))) for rows in members]


def _program(
    question: Question, classes: Sequence[_Class]
) -> tuple[csc_array, Array, list[NDArray[np.int64]]]:
    """Return matrix, right-hand side (counts, then sizes of the classes), columns of each class."""
    blocks = []
    for place, one in enumerate(classes):
        size_row = np.zeros((len(classes), len(one.patterns)))
        size_row[place] = 1
        adds = question.adds[:, one.patterns] * question.counted[one.members[0]][:, None]
        blocks.append(np.vstack([adds, size_row]))
    sizes = [len(one.members) for one in classes]
    ends = np.cumsum([len(one.patterns) for one in classes])
    columns = np.split(np.arange(ends[-1]), ends[:-1])
    return csc_array(np.hstack(blocks)), np.concatenate([question.wanted, sizes]), columns


def _solve(
    question: Question, chances: Array, classes: Sequence[_Class], rng: np.random.Generator
) -> Chosen | None:
    matrix, wanted, columns = _program(question, classes)
    plausible = [chances[one.members][:, one.patterns].mean(axis=0) for one in classes]
    objective = NOISE * rng.gumbel(size=matrix.shape[1]) - np.concatenate(plausible)
    found = milp(
        objective,
        constraints=LinearConstraint(matrix, wanted, wanted),
        integrality=np.ones(len(objective)),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        return None
    numbers = np.rint(found.x).astype(np.int64)
    chosen = np.zeros(len(chances), dtype=np.int64)
    for one, part in zip(classes, columns, strict=True):
        dealt = np.repeat(one.patterns, numbers[part])
        chosen[one.members] = rng.permutation(dealt)
    return chosen
