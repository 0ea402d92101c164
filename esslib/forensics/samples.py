"""Count, exactly, the samples that print a mean and an SD, and draw one of them uniformly.

A sample is a multiset: n whole answers regardless of order. Counting follows CLOSURE's question
(doi:10.31234/osf.io/yjrbg_v1 asks for every sample) but lists nothing: counts of answers are added
value by value from the top, equal states (people, sum, sum of squares) are merged, and the three
lowest values are counted in closed form. Drawing: a table over (value, people, sum) gives samples
with an admissible sum, tilted towards the wanted squares; rejection sets right the tilt.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from esslib.forensics import squares
from esslib.forensics.lattice import Lattice, lattice
from esslib.published import Interval, Printed, parse

MAX_STATES = 30_000_000
MAX_CELLS = 25_000_000
BATCH = 64
MAX_BATCHES = 20_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def count_samples(
    mean: str,
    sd: str,
    n: int,
    minimum: int,
    maximum: int,
    *,
    mean_error: str | float | None = None,
    sd_error: str | float | None = None,
) -> int:
    """Count the distinct multisets of n whole answers that print this mean and SD.

    Parameters
    ----------
    mean, sd
        As printed; SD with divisor n - 1.
    minimum, maximum
        Bounds of an answer.
    mean_error, sd_error
        Greatest distance of the true from the printed value, ends included; by default half a
        unit of the last printed digit.

    Raises
    ------
    ValueError
        As `grimmer`; also when the scale is too wide to count (over MAX_STATES states).

    Examples
    --------
    >>> count_samples("2.7", "1.9", 130, 1, 5)
    5359
    """
    grid, windows = _windows(mean, sd, n, minimum, maximum, (mean_error, sd_error))
    if not windows:
        return 0
    span = grid.span or 0
    state = _upper_counts(grid.n, span, windows)
    return sum(_closed_form(state, grid.n, span, total, q) for total, q in windows.items())


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
    grid, windows = _windows(mean, sd, n, minimum, maximum, (None, None))
    sampler = _sampler(grid.n, grid.span or 0, tuple(windows.items()))
    return sampler.draw(rng) + grid.origin


def _windows(
    mean: str, sd: str, n: int, minimum: int, maximum: int, errors: tuple[str | float | None, ...]
) -> tuple[Lattice, dict[int, range]]:
    """Return, for each admissible sum of steps, the admissible sums of squared steps."""
    grid = lattice(n, 1, minimum, maximum)
    means, sds = (_around(parse(t), error) for t, error in zip((mean, sd), errors, strict=True))
    if n < 2 or sds.high is None or sds.high < 0:
        raise ValueError(f"sd {sd!r} of n={n}: an SD is at least 0 and needs two people.")
    sds = Interval(max(sds.low or Fraction(0), Fraction(0)), sds.high)
    windows = {total: _clipped(grid, total, grid.squares(total, sds)) for total in grid.sums(means)}
    return grid, {total: window for total, window in windows.items() if window}


def _around(printed: Printed, error: str | float | None) -> Interval:
    if error is None:
        return printed.interval()
    reach = Fraction(str(error))
    return Interval(printed.value - reach, printed.value + reach)


def _clipped(grid: Lattice, total: int, window: range) -> range:
    """Sums of squares of the right parity within the window and the attainable bounds."""
    low = max(window.start, squares.least(grid.n, total))
    top = squares.most(grid.n, total, grid.span)
    high = window.stop if top is None else min(window.stop, top + 1)
    return range(low + (low - total) % 2, high, 2)


def _upper_counts(n: int, span: int, windows: dict[int, range]) -> Ints:
    """States after placing all answers of 3 or more: rows people, sum, squares, ways."""
    limits = max(windows), max(window[-1] for window in windows.values())
    state: Ints = np.array([[0], [0], [0], [1]], dtype=_way_type(n, span))
    for value in range(span, 2, -1):
        state = _merged(_with_value(state, value, n, limits))
    return state


def _way_type(n: int, span: int) -> type:
    """Whole numbers of 64 bits while no count can exceed them, else Python's."""
    return np.int64 if comb(n + span, span) < 2**62 else object


def _with_value(state: Ints, value: int, n: int, limits: tuple[int, int]) -> Ints:
    people, total, square, _ = state
    room = np.minimum(n - people, (limits[0] - total) // value)
    room = np.minimum(room, (limits[1] - square) // value**2).astype(np.int64) + 1
    if (size := int(room.sum())) > MAX_STATES:
        raise ValueError(f"{size} states to count, over {MAX_STATES}; narrow the scale or n.")
    start = np.repeat(np.cumsum(room) - room, room)
    times = np.arange(size) - start
    grown = np.repeat(state, room, axis=1)
    grown[:3] += np.stack([times, times * value, times * value**2]).astype(grown.dtype)
    return grown


def _merged(state: Ints) -> Ints:
    """Add up the ways of equal states."""
    keys = state[:3].astype(np.int64)
    order = np.lexsort(keys)
    keys, ways = keys[:, order], state[3, order]
    is_new = np.append(True, (np.diff(keys) != 0).any(axis=0))
    first = np.flatnonzero(is_new)
    return np.vstack([keys[:, first].astype(state.dtype), np.add.reduceat(ways, first)])


def _closed_form(state: Ints, n: int, span: int, total: int, window: range) -> int:
    """Ways to reach one sum and its window of squares with answers 0, 1, 2 for the rest.

    With k people left, sum s and squares q to reach, the counts are (q - s) / 2 twos, 2s - q ones
    and k - s + (q - s) / 2 zeros; each must be at least 0, so q lies between bounds.
    """
    people, rest = n - state[0], total - state[1]
    low = np.maximum(rest, 3 * rest - 2 * people) + state[2]
    high = (2 * rest if span > 1 else rest) + state[2]
    low = np.maximum(low, window[0])
    low = low + (low - total) % 2
    high = np.minimum(high, window[-1])
    high = high - (high - total) % 2
    found = np.where((rest >= 0) & (rest <= (0 if span < 1 else 2 * people)), high - low, -2)
    return int((np.maximum(found // 2 + 1, 0) * state[3]).sum())


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
            kept = (square >= low) & (square <= high) & (rng.random(BATCH) < np.exp(-excess))
            if kept.any():
                one = int(kept.argmax())
                drawn: Ints = values[is_taken[:, one], one]
                return drawn[::-1]
        raise ValueError("no sample drawn: hardly any sample prints these numbers; count them.")

    def _walk(self, sums: Ints, rng: np.random.Generator) -> NDArray[np.bool_]:
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
        expected = 1 / np.expm1(-theta @ features)
        curve = (features * (expected * (1 + expected))) @ features.T + 1e-9 * np.eye(3)
        step = np.linalg.solve(curve, target - features @ expected)
        while ((theta + step) @ features).max() >= -1e-6 or abs(step).max() > 20:
            step = step / 2
        theta = theta + step
    slope, tilt = theta[1] / scale[1], theta[2] / scale[2]
    return theta @ features, float(slope), float(tilt)


def _walk_table(n: int, span: int, top: int, weight: Floats) -> tuple[Floats, Floats]:
    """Chances to take an answer of the value, by (value, people left, sum left), and ways by sum."""
    take = np.zeros((span + 1, n + 1, top + 1))
    ways = np.zeros((n + 1, top + 1))
    ways[0, 0] = 1
    for value in range(span + 1):
        for people in range(1, n + 1):
            taken = np.zeros(top + 1)
            taken[value:] = weight[value] * ways[people - 1, : top + 1 - value]
            ways[people] += taken
            np.divide(taken, ways[people], out=take[value, people], where=ways[people] > 0)
    return take, ways[n]
