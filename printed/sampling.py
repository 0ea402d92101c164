"""Draw, uniformly, one of the samples that print a mean and an SD.

A table over (value, people, sum) walks to a multiset of n answers with an admissible sum, each
with a chance proportional to exp(tilt * squared distance from the centre). The tilt is chosen so
that the wanted squares are common; rejection then takes out its effect, so that all samples are
equally likely. (Boltzmann sampling, doi:10.1017/S0963548304006315, made exact in people and sum.)
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from printed import squares
from printed.lattice import sample_windows

MAX_CELLS = 25_000_000
BATCH = 96
MAX_BATCHES = 20_000
MAX_LOG = 600.0  # exponents beyond overflow a double

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def sample(
    mean: str, sd: str, n: int, minimum: int, maximum: int, rng: np.random.Generator
) -> Ints:
    """Draw one multiset uniformly among all that `count_samples` counts.

    Returns
    -------
    Sorted array of n whole answers.

    Raises
    ------
    ValueError
        When no sample prints these numbers, or the table would exceed MAX_CELLS cells.

    Examples
    --------
    >>> sample("2.0", "1.0", 3, 1, 3, np.random.default_rng(1))
    array([1, 2, 3])
    """
    grid, windows = sample_windows(mean, sd, n, minimum, maximum, (None, None))
    sampler = _sampler(grid.n, grid.span or 0, tuple(windows.items()))
    return sampler.draw(rng) + grid.origin


class _Sampler:
    """Tables for one pair of printed numbers: draws are tilted walks, then rejection."""

    def __init__(self, n: int, span: int, windows: tuple[tuple[int, range], ...]) -> None:
        self.n, self.span = n, span
        self.sums = np.array([total for total, _ in windows])
        self.bounds = np.array([(q[0], q[-1]) for _, q in windows])
        self.centre = float(self.sums.mean() / n)
        spread = self._spread(self.bounds, self.sums[:, None])
        log_weight, slope, self.tilt = _tilt(n, span, self.centre, float(spread.mean()))
        self.best = float(spread.min() if self.tilt > 0 else spread.max())
        self.take, ways = _walk_table(n, span, int(self.sums.max()), np.exp(log_weight))
        odds = ways[self.sums] * np.exp(-slope * (self.sums - self.sums.mean()))
        self.sum_odds = np.cumsum(odds / odds.sum())

    def _spread(self, square: Ints, total: Ints) -> Floats:
        """Sum of squared distances from the centre."""
        return square - 2 * self.centre * total + self.n * self.centre**2

    def draw(self, rng: np.random.Generator) -> Ints:
        """Draw one sorted sample of steps from the lower bound."""
        for _ in range(MAX_BATCHES):
            which = np.searchsorted(self.sum_odds, rng.random(BATCH), side="right")
            which = np.minimum(which, len(self.sums) - 1)
            is_taken = self._walk(self.sums[which], rng)
            values = self.span - np.cumsum(~is_taken, axis=0)
            square = (values**2 * is_taken).sum(axis=0)
            excess = self.tilt * (self._spread(square, self.sums[which]) - self.best)
            low, high = self.bounds[which].T
            kept = (
                (square >= low)
                & (square <= high)
                & (rng.random(BATCH) < np.exp(np.minimum(-excess, 0)))
            )
            if kept.any():
                one = int(kept.argmax())
                drawn: Ints = values[is_taken[:, one], one]
                return drawn[::-1]
        raise ValueError("no sample drawn: hardly any sample prints these numbers; count them.")

    def _walk(self, sums: Ints, rng: np.random.Generator) -> Flags:
        """At each step take one answer of the current value (True), or go down one value."""
        steps, width = self.n + self.span, self.take.shape[2]
        flat, down = self.take.ravel(), (self.n + 1) * width
        cell = (self.span * (self.n + 1) + self.n) * width + sums
        jump = np.full(len(sums), down - width - self.span)
        chance, move = rng.random((steps, len(sums))), np.empty_like(cell)
        is_taken = np.empty(chance.shape, dtype=bool)
        for step in range(steps):
            taken = np.less(chance[step], flat[cell], out=is_taken[step])
            cell += np.multiply(taken, jump, out=move)
            cell -= down
            jump += 1
            jump -= taken
        return is_taken


@lru_cache(maxsize=4)
def _sampler(n: int, span: int, windows: tuple[tuple[int, range], ...]) -> _Sampler:
    feasible = tuple(
        (total, window)
        for total, window in windows
        if any(squares.attained(n, total, q, span) for q in window)
    )
    if not feasible:
        raise ValueError("no sample of whole answers within the bounds prints these numbers.")
    cells = (span + 1) * (n + 1) * (feasible[-1][0] + 1)
    if cells > MAX_CELLS:
        raise ValueError(f"the table needs {cells} cells, over {MAX_CELLS}; narrow the scale or n.")
    return _Sampler(n, span, feasible)


def _tilt(n: int, span: int, centre: float, spread: float) -> tuple[Floats, float, float]:
    """Log weights a + b v + c (v - centre)**2 whose geometric counts expect n, the sum, the spread.

    Newton's method on the convex dual, steps halved until every weight stays below 1. Only the
    speed of drawing depends on it.
    """
    value = np.arange(span + 1.0)
    features = np.stack([np.ones_like(value), value - centre, (value - centre) ** 2])
    scale = np.array([1.0, max(1.0, span), max(1.0, span) ** 2])
    features, target = features / scale[:, None], np.array([n, 0.0, spread]) / scale
    theta = np.array([np.log(n / (n + span + 1.0)), 0.0, 0.0])
    for _ in range(60):
        expected = 1 / np.expm1(np.minimum(-theta @ features, MAX_LOG))
        curve = (features * (expected * (1 + expected))) @ features.T + 1e-9 * np.eye(3)
        step = np.linalg.solve(curve, target - features @ expected)
        while ((theta + step) @ features).max() >= -1e-6 or abs(step).max() > 20:
            step = step / 2
        theta = theta + step
    slope, tilt = theta[1] / scale[1], theta[2] / scale[2]
    return np.maximum(theta @ features, -MAX_LOG), float(slope), float(tilt)


def _walk_table(n: int, span: int, top: int, weight: Floats) -> tuple[Floats, Floats]:
    """Chances to take an answer of the value, by (value, people left, sum left); ways by sum."""
    take = np.zeros((span + 1, n + 1, top + 1))
    ways = np.zeros((n + 1, top + 1))
    ways[0, 0] = 1
    for value in range(min(span, top) + 1):
        for people in range(1, n + 1):
            taken = np.zeros(top + 1)
            taken[value:] = weight[value] * ways[people - 1, : top + 1 - value]
            ways[people] += taken
            np.divide(taken, ways[people], out=take[value, people], where=ways[people] > 0)
    return take, ways[n]
