"""Columns of 0/1 covariates whose logistic regression prints as the published one.

Annealing on swaps of two respondents' values in one column, which keep the printed counts: at each
step a thousand moves are judged by their predicted misfit (:mod:`.logit`), one is drawn (Gumbel
noise at the current temperature) and kept unless its exact misfit is too high. Steps are counted,
never timed, so a seed gives one result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from esslib.forensics.reconstruct.errors import NoSolution
from esslib.forensics.reconstruct.goals import CellGoals
from esslib.forensics.reconstruct.logit import Fit, fit, flip_shifts
from esslib.forensics.reconstruct.moves import MarginTable, Moves, draw_moves

__all__ = ["PHASES", "Phase", "Problem", "Search", "anneal", "design_of"]

Array = NDArray[np.float64]
STARTS = 50
STILL = 1e-7
LEAST_VARIANCE = 1e-3


@dataclass(frozen=True)
class Problem:
    """Margins of the columns, the outcome of each respondent, and what the regression prints."""

    margins: MarginTable
    outcome: Array
    goals: CellGoals


@dataclass(frozen=True)
class Phase:
    """One run of annealing: fixed numbers of steps and moves, temperatures, and what counts.

    Temperatures are in units of the coefficients and fall geometrically; `knee` and `slope` as in
    :class:`.goals.CellGoals`. A move is fitted if its predicted misfit is at most `slack` too high.
    """

    n_steps: int = 25_000
    n_moves: int = 1500
    hot: float = 0.03
    cold: float = 0.0004
    knee: float = 0.005
    slope: float = 0.1
    slack: float = 0.02

    def temperature(self, step: int) -> float:
        """Return the temperature of a step."""
        return float(self.hot * (self.cold / self.hot) ** (step / self.n_steps))


PHASES = (Phase(), Phase(n_steps=40_000, hot=0.006, cold=0.0002, knee=0.002, slope=0.05))


@dataclass(frozen=True)
class Search:
    """The columns found (respondents × covariates), their fit, and the misfit left (0: all met)."""

    columns: NDArray[np.int64]
    fit: Fit
    misfit: float


def anneal(
    problem: Problem,
    phases: Sequence[Phase],
    rng: np.random.Generator,
    *,
    progress: Callable[[float], None] = lambda misfit: None,
) -> Search:
    """Search columns that keep all margins and come as near to the printed regression as possible.

    Parameters
    ----------
    problem
        What is held, and what is sought.
    phases
        How long and how; each starts from the best columns of the one before.
    rng
        Random generator; a seed gives one result.
    progress
        Called at each step with the best misfit so far, as the phase counts it.

    Returns
    -------
    Search
        The best columns of the last phase; its misfit counts all distances alike.

    Raises
    ------
    NoSolution
        No start was found whose regression has finite coefficients.
    """
    best: Search | None = None
    for phase, stream in zip(phases, [rng, *rng.spawn(max(len(phases) - 1, 0))], strict=True):
        goals = replace(problem.goals, knee=phase.knee, slope=phase.slope)
        walk = _Walk(replace(problem, goals=goals), stream, best)
        best = _run(walk, phase, progress)
    if best is None:
        raise ValueError("phases is empty; give at least one.")
    misfit = problem.goals.misfit(best.fit.beta[1:], best.fit.variance[1:])
    return replace(best, misfit=float(misfit))


def _run(walk: _Walk, phase: Phase, progress: Callable[[float], None]) -> Search:
    best = walk.here
    for step in range(phase.n_steps):
        if best.misfit == 0:
            break
        walk.step(phase.temperature(step), phase)
        if walk.here.misfit < best.misfit:
            best = walk.here
        progress(best.misfit)
    return best


class _Walk:
    """The state of an annealing: where it is, and what a flip of any cell would do there."""

    def __init__(self, problem: Problem, rng: np.random.Generator, start: Search | None) -> None:
        self._problem, self._rng = problem, rng
        again = start and self._try(start.columns, start.fit.beta)
        self.here = again or self._start()
        self._look_around()

    def _start(self) -> Search:
        for _ in range(STARTS):
            columns = self._problem.margins.draw(self._rng)
            found = self._try(columns, np.zeros(columns.shape[1] + 1))
            if found is not None:
                return found
        raise NoSolution(
            f"each of {STARTS} random starts separates the outcome.", targets=["regression"]
        )

    def _try(self, columns: NDArray[np.int64], start: Array) -> Search | None:
        found = fit(design_of(columns), self._problem.outcome, start)
        if found is None:
            return None
        misfit = self._problem.goals.misfit(found.beta[1:], found.variance[1:])
        return Search(columns, found, float(misfit))

    def _look_around(self) -> None:
        columns, now = self.here.columns, self.here.fit
        self._shift = flip_shifts(design_of(columns), self._problem.outcome, now)
        self._filled = self._problem.margins.filled(columns)

    def _predict(self, moves: Moves) -> tuple[Array, Array]:
        """Return the coefficients and the misfit that each move should lead to."""
        both = (~moves.is_flip)[:, None]
        first, second = (moves.first, moves.column), (moves.second, moves.column)
        d_beta = self._shift.beta[first] + both * self._shift.beta[second]
        d_variance = self._shift.variance[first] + both * self._shift.variance[second]
        beta, variance = self.here.fit.beta + d_beta, self.here.fit.variance + d_variance
        misfit = self._problem.goals.misfit(
            beta[:, 1:], np.maximum(variance[:, 1:], LEAST_VARIANCE)
        )
        # Exchanging the values of two like respondents changes nothing: such moves only cost time.
        misfit[np.abs(d_beta).max(axis=1) < STILL] = np.inf
        return beta, misfit

    def step(self, temperature: float, phase: Phase) -> None:
        """Draw one move at a temperature and make it unless it turns out too bad."""
        drawn = draw_moves(self.here.columns, phase.n_moves, self._rng)
        moves = drawn.keep(self._problem.margins.allow(self._filled, self.here.columns, drawn))
        if not len(moves.column):
            return
        beta, misfit = self._predict(moves)
        chosen = int(np.argmin(misfit - temperature * self._rng.gumbel(size=len(misfit))))
        limit = self.here.misfit + temperature * self._rng.exponential()
        if misfit[chosen] > limit + phase.slack:
            return
        found = self._try(moves.applied(self.here.columns, chosen), beta[chosen])
        if found is not None and found.misfit <= limit:
            self.here = found
            self._look_around()


def design_of(columns: NDArray[np.int64]) -> Array:
    """Return the design of a regression: an intercept, then the columns."""
    return np.column_stack([np.ones(len(columns)), columns])
