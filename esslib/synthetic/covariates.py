"""Columns of 0/1 covariates whose logistic regression prints as the published one.

First a few annealed walks side by side (:mod:`.walk`), which find data sets of the right structure;
then, from the best of them, four exchanges at a time (:mod:`.fours`), which bring the remaining
cells home. Steps are counted, never timed, so a seed gives one result.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from esslib.synthetic.equations import Wanted, design_of, solve
from esslib.synthetic.fitted import fitted_cells
from esslib.synthetic.fours import combine_fours
from esslib.synthetic.goals import CellGoals
from esslib.synthetic.margin_table import MarginTable
from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.plan import SearchPlan
from esslib.synthetic.walk import Place, start, walk

__all__ = ["Problem", "search"]

STARTS = 50


@dataclass(frozen=True, eq=False)
class Problem:
    """Margins of the columns, the outcome of each respondent, and what the regression prints."""

    margins: MarginTable
    outcome: NDArray[np.float64]
    goals: CellGoals

    def is_met(self, design: NDArray[np.generic]) -> bool:
        """Tell whether a design's regression prints as the published one where any can."""
        cells = fitted_cells(design, self.outcome)
        return cells is not None and self.goals.are_met(cells)


def search(
    problem: Problem,
    plan: SearchPlan,
    rng: np.random.Generator,
    *,
    progress: Callable[[str, float], None] = lambda stage, misfit: None,
) -> tuple[NDArray[np.int64], float]:
    """Search columns that keep all margins and come as near to the printed regression as possible.

    Parameters
    ----------
    problem
        What is held, and what is sought.
    plan
        How long.
    rng
        Random generator; a seed gives one result.
    progress
        Called with the stage and the best misfit so far, once per step of the plan.

    Returns
    -------
    columns : ndarray
        Respondents × covariates.
    misfit : float
        Sum of the cells' distances from their intervals, from first-order estimates; 0 when
        all cells are met that can be.

    Raises
    ------
    NoSolution
        No start was found whose covariates are not collinear.
    """
    wanted = Wanted.of(problem.outcome, problem.goals)
    streams = rng.spawn(plan.n_walks)
    places = [_start(problem, wanted, stream) for stream in streams]
    met: list[Place] = []
    with ThreadPoolExecutor(plan.n_walks) as pool:
        for block in range(plan.n_blocks):
            step = partial(_block, wanted, problem, plan, block)
            places = list(pool.map(step, places, streams))
            met += places
            best = min(place.best_misfit for place in met)
            progress("walks", best)
            if best == 0:
                break
    shown = partial(progress, "combinations")
    starts = [place.best for place in met or places]
    design = combine_fours(
        starts,
        wanted,
        problem.goals.aims(),
        problem.margins,
        plan,
        is_done=problem.is_met,
        progress=shown,
    )
    if problem.is_met(design):
        return design[:, 1:].astype(np.int64), 0.0
    now = solve(design, wanted)[1]
    misfit = problem.goals.misfit(wanted.beta + now.shift[1:], now.half)
    return design[:, 1:].astype(np.int64), float(misfit)


def _start(problem: Problem, wanted: Wanted, rng: np.random.Generator) -> Place:
    for _ in range(STARTS):
        place = start(design_of(problem.margins.draw(rng)), wanted)
        if np.isfinite(place.misfit):
            return place
    raise NoSolution(
        f"the covariates of {STARTS} random starts are collinear.", targets=["regression"]
    )


def _block(
    wanted: Wanted,
    problem: Problem,
    plan: SearchPlan,
    block: int,
    place: Place,
    rng: np.random.Generator,
) -> Place:
    held = problem.margins.held
    return walk(place, wanted, held, plan.n_proposals, plan.temperature(block), rng)
