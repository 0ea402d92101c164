"""Which counts a questionnaire variable can have: possible answers, bounds by integer programs.

Everything is said in *patterns*: one pattern is one complete answer to one question (a level, a set
of ticked levels, or no answer). A count adds a weight over respondents, so bounds and
contradictions of counts are integer programs over the number of respondents with each pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import ceil, floor

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from esslib.survey.codebook import Codebook
from esslib.survey.rules import answers, meets
from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.targets import Count, Dichotomy

__all__ = ["count_bounds", "exposed", "patterns", "refuse_counts", "weight"]

INFEASIBLE = 2
IS_MISSING = "missing"
TOLERANCE = 1e-6
ANSWERS_OUTSIDE = "answers_outside"


def patterns(codebook: Codebook, variable: str, counts: Sequence[Count] = ()) -> pd.DataFrame:
    """List every answer that one respondent can give to a question, no answer last.

    No answer to a multiple-answer question is left out when `counts` speak of the question but not
    of silence: who ticks nothing would then have been counted.

    Returns
    -------
    DataFrame
        One row per pattern, in the columns of the tidy frame: the variable itself, or one nullable
        boolean column per level. Several answers go up to `max_answers` where the codebook has it.
    """
    row, codes = codebook.variable(variable), codebook.codes(variable)
    if row["kind"] != "multiple":
        return pd.DataFrame({variable: pd.array([*codes, None], dtype="str")})
    most = int(row["max_answers"] or len(codes))
    sets = [one for size in range(1, most + 1) for one in combinations(range(len(codes)), size)]
    ticks = np.zeros((len(sets) + 1, len(codes)), dtype=bool)
    for place, one in enumerate(sets):
        ticks[place, list(one)] = True
    frame = pd.DataFrame(ticks, columns=codebook.indicators(variable)).astype("boolean")
    if counts and not any(count.rule == IS_MISSING for count in counts):
        return frame.iloc[:-1]
    return frame.where(pd.Series(np.arange(len(frame)) < len(sets)))


def weight(possible: pd.DataFrame, count: Count) -> np.ndarray:
    """Return what each pattern adds to a count: 0 or 1, or the ticks outside some levels."""
    if count.rule == ANSWERS_OUTSIDE:
        ticks = answers(possible, count.variable).drop(columns=count.value.split())
        return ticks.sum(axis=1).to_numpy(dtype=np.int64)
    return exposed(possible, count)


def exposed(possible: pd.DataFrame, rule: Count | Dichotomy) -> np.ndarray:
    """Return 1 for the patterns that meet a rule, 0 for the others."""
    met = meets(possible, variable=rule.variable, rule=rule.rule, value=rule.value)
    return met.fillna(rule.missing_is_exposed).to_numpy(dtype=np.int64)


def count_bounds(
    possible: pd.DataFrame,
    counts: Sequence[Count],
    sizes: Mapping[str, int],
    *,
    of: np.ndarray,
    among: Iterable[str],
) -> tuple[int, int]:
    """Bound the number of exposed respondents by the counts (linear programs, so from outside).

    Parameters
    ----------
    possible
        As `patterns` returns it.
    counts
        Counts of this variable.
    sizes
        Respondents of each stratum.
    of
        Weight of each pattern, as `exposed` returns it.
    among
        The strata in which the exposed are counted.

    Raises
    ------
    NoSolution
        The counts contradict each other.
    """
    among = set(among)
    program = _Program(possible, counts, _merged(counts, sizes, among))
    objective = program.row(of, among)
    low, high = (program.solve(sign * objective, whole=False) for sign in (1, -1))
    if low is None or high is None:
        refuse_counts(possible, counts, sizes)
        raise ArithmeticError("the linear program contradicts the integer program")
    return ceil(low - TOLERANCE), floor(TOLERANCE - high)


def _merged(counts: Sequence[Count], sizes: Mapping[str, int], among: set[str]) -> dict[str, int]:
    """Put strata together that no count tells apart, under the name of the first."""
    merged: dict[tuple[bool, ...], list[str]] = {}
    for name in sizes:
        key = (name in among, *(name in count.strata for count in counts))
        merged.setdefault(key, []).append(name)
    return {names[0]: sum(sizes[name] for name in names) for names in merged.values()}


def refuse_counts(
    possible: pd.DataFrame, counts: Sequence[Count], sizes: Mapping[str, int]
) -> None:
    """Raise NoSolution, with a smallest conflicting set, when no data set has all the counts.

    The set is found by leaving out one count after the other for as long as a conflict remains: it
    is smallest in the sense that any of its members can be met without one of the others.
    """
    left = list(counts)
    if _is_feasible(possible, left, sizes):
        return
    for count in counts:
        fewer = [other for other in left if other is not count]
        if not _is_feasible(possible, fewer, sizes):
            left = fewer
    people = sum(sizes.values())
    raise NoSolution(
        f"no {people} answers to {left[0].variable if left else 'the question'!r} have these counts.",
        targets=[count.id for count in left],
        is_proof=True,
    )


def _is_feasible(possible: pd.DataFrame, counts: Sequence[Count], sizes: Mapping[str, int]) -> bool:
    program = _Program(possible, counts, sizes)
    nothing = np.zeros(len(possible) * len(sizes))
    return all(program.solve(nothing, whole=whole) is not None for whole in (False, True))


class _Program:
    """Integer program over the number of respondents of each stratum with each pattern."""

    def __init__(
        self, possible: pd.DataFrame, counts: Sequence[Count], sizes: Mapping[str, int]
    ) -> None:
        self._strata, n = tuple(sizes), len(possible)
        rows = [self.row(weight(possible, count), set(count.strata)) for count in counts]
        totals = [self.row(np.ones(n), {name}) for name in self._strata]
        wanted = np.array([*(count.n for count in counts), *sizes.values()], dtype=float)
        self._constraint = LinearConstraint(np.vstack([*rows, *totals]), wanted, wanted)

    def row(self, weights: np.ndarray, strata: set[str]) -> np.ndarray:
        """Spread pattern weights over the strata that count."""
        blocks = [weights * float(name in strata) for name in self._strata]
        return np.concatenate(blocks)

    def solve(self, objective: np.ndarray, *, whole: bool) -> float | None:
        """Return the least value of the objective; None when the counts contradict each other."""
        integrality = np.full(len(objective), int(whole))
        found = milp(objective, constraints=self._constraint, integrality=integrality)
        if found.status == INFEASIBLE:
            return None
        if found.fun is None:
            raise ArithmeticError(f"the integer program ended without a result: {found.message}")
        return float(found.fun)
