"""Two moves at once: the last, finer part of the search for a printed regression.

Near the goal a single exchange moves coefficients too far. Two exchanges in different columns have
about the sum of both effects, so all pairs (tens of millions) are ranked by one product of
matrices, the most promising are fitted exactly, and one of them is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esslib.forensics.reconstruct.covariates import Problem, Search, design_of
from esslib.forensics.reconstruct.goals import Z
from esslib.forensics.reconstruct.logit import fit, fit_many, flip_shifts
from esslib.forensics.reconstruct.moves import Moves, all_moves

__all__ = ["Polish", "polish"]

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
STILL = 1e-6
BLOCK = 256
LEAST_VARIANCE = 1e-3


@dataclass(frozen=True)
class Polish:
    """Fixed numbers of the polishing.

    Attributes
    ----------
    n_rounds
        Pairs made, at most.
    n_singles
        The smallest single moves, of which all pairs are ranked.
    n_kept, n_exact
        Pairs kept from each block of the ranking, and fitted exactly.
    hot, cold
        First and last temperature, in units of the coefficients.
    """

    n_rounds: int = 200
    n_singles: int = 3000
    n_kept: int = 48
    n_exact: int = 160
    hot: float = 0.006
    cold: float = 0.0003

    def temperature(self, step: int) -> float:
        """Return the temperature of a round."""
        return float(self.hot * (self.cold / self.hot) ** (step / self.n_rounds))


@dataclass(frozen=True)
class _Singles:
    """Single moves with their predicted effect: on terms (d_beta, d_variance), on aims (effect)."""

    moves: Moves
    d_beta: Array
    d_variance: Array
    effect: Array


def polish(
    problem: Problem,
    start: Search,
    settings: Polish,
    rng: np.random.Generator,
    *,
    progress: Callable[[int, float], None] = lambda step, misfit: None,
) -> Search:
    """Bring a search nearer to the printed regression by pairs of moves.

    Returns
    -------
    Search
        The best state met, at worst the start.
    """
    here = best = start
    for step in range(settings.n_rounds):
        if best.misfit == 0:
            break
        temperature = settings.temperature(step)
        here = _one_pair(problem, here, settings, temperature, rng)
        best = min(best, here, key=lambda search: search.misfit)
        progress(step, best.misfit)
    return best


def _one_pair(
    problem: Problem, here: Search, settings: Polish, temperature: float, rng: np.random.Generator
) -> Search:
    singles = _singles(problem, here, settings.n_singles)
    first, second = _ranked_pairs(problem, here, singles, settings.n_kept)
    predicted = _predicted_misfit(problem, here, singles, (first, second))
    noise = temperature * rng.gumbel(size=len(predicted))
    order = np.argsort(np.round(predicted - noise, 9), kind="stable")[: settings.n_exact]
    pairs = first[order], second[order]
    misfit, designs, beta = _exact(problem, here, singles, pairs)
    chosen = int(np.argmin(misfit - temperature * rng.gumbel(size=len(misfit))))
    if misfit[chosen] > here.misfit + temperature * rng.exponential():
        return here
    found = fit(designs[chosen], problem.outcome, beta[chosen])
    if found is None:
        return here
    return Search(designs[chosen][:, 1:].astype(np.int64), found, float(misfit[chosen]))


def _singles(problem: Problem, here: Search, number: int) -> _Singles:
    """Predict all single moves and return the smallest ones, no move at all among them."""
    moves = all_moves(here.columns)
    filled = problem.margins.filled(here.columns)
    moves = moves.keep(problem.margins.allow(filled, here.columns, moves))
    shift = flip_shifts(design_of(here.columns), problem.outcome, here.fit)
    both = (~moves.is_flip)[:, None]
    at, to = (moves.first, moves.column), (moves.second, moves.column)
    d_beta = (shift.beta[at] + both * shift.beta[to])[:, 1:]
    d_variance = (shift.variance[at] + both * shift.variance[to])[:, 1:]
    variance = here.fit.variance[1:]
    d_half = Z * (np.sqrt(np.maximum(variance + d_variance, LEAST_VARIANCE)) - np.sqrt(variance))
    effect = np.concatenate([d_beta, d_half], axis=1)
    size = np.round((effect**2).sum(axis=1), 9)
    order = np.argsort(size, kind="stable")
    order = order[size[order] > STILL][:number]
    return _Singles(moves.keep(order), d_beta[order], d_variance[order], effect[order])


def _ranked_pairs(
    problem: Problem, here: Search, singles: _Singles, kept: int
) -> tuple[Ints, Ints]:
    """Return the pairs, of different columns, that should end nearest to the aims."""
    half = Z * np.sqrt(here.fit.variance[1:])
    gap = np.concatenate([here.fit.beta[1:], half]) - problem.goals.aims()
    effect, column = singles.effect, singles.moves.column
    own = ((effect + 2 * gap) * effect).sum(axis=1)
    first, second = [], []
    for begin in range(0, len(effect), BLOCK):
        block = slice(begin, begin + BLOCK)
        far = own[block, None] + own + 2 * effect[block] @ effect.T
        far[column[block, None] >= column] = np.inf
        best = np.argpartition(far, kept, axis=None)[:kept]
        best = np.sort(best)
        rows, others = np.unravel_index(best, far.shape)
        first.append(rows + begin)
        second.append(others)
    return np.concatenate(first), np.concatenate(second)


def _predicted_misfit(
    problem: Problem, here: Search, singles: _Singles, pairs: tuple[Ints, Ints]
) -> Array:
    first, second = pairs
    beta = here.fit.beta[1:] + singles.d_beta[first] + singles.d_beta[second]
    variance = here.fit.variance[1:] + singles.d_variance[first] + singles.d_variance[second]
    return problem.goals.misfit(beta, np.maximum(variance, LEAST_VARIANCE))


def _exact(
    problem: Problem, here: Search, singles: _Singles, pairs: tuple[Ints, Ints]
) -> tuple[Array, Array, Array]:
    """Fit the pairs; return misfits, designs and coefficients."""
    designs = np.repeat(design_of(here.columns)[None], len(pairs[0]), axis=0)
    every = np.arange(len(designs))
    for which in pairs:
        moves = singles.moves.keep(which)
        designs[every, moves.first, moves.column + 1] = (
            1 - designs[every, moves.first, moves.column + 1]
        )
        there = ~moves.is_flip
        rows, columns = moves.second[there], moves.column[there] + 1
        designs[every[there], rows, columns] = 1 - designs[every[there], rows, columns]
    starts = np.repeat(here.fit.beta[None], len(designs), axis=0)
    beta, variance = fit_many(designs, problem.outcome, starts)
    return problem.goals.misfit(beta[:, 1:], variance[:, 1:]), designs, beta
