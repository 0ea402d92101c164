"""Whole numbers, such as ages, with a printed mean, SD and median."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil, floor
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.targets import NumberTarget
from printed.published import parse

__all__ = ["Limits", "attainable_below", "whole_numbers"]

Ints = NDArray[np.int64]
Wide = tuple[int, int]
SWEEPS = 4000
PAIRS = 0.7
WIDEST_PROBE = 6
STEPS = np.array([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5])


@dataclass(frozen=True)
class Limits:
    """Least and greatest value of each respondent, in the order of the respondents."""

    low: Ints
    high: Ints

    @classmethod
    def of(cls, is_below: NDArray[np.bool_], ends: Wide, threshold: int) -> Limits:
        """Limit who is below a threshold, and who is not, within common ends."""
        low, high = ends
        return cls(np.where(is_below, low, threshold), np.where(is_below, threshold - 1, high))


@dataclass(frozen=True)
class _Goal:
    """Sums, sums of squares (times n, about the mean) and median that print as wanted."""

    total: Wide
    spread: Wide
    twice_median: int

    @classmethod
    def of(cls, target: NumberTarget, n: int) -> _Goal:
        mean, scale = parse(target.mean).ends(target.rounding), n * (n - 1)
        total = ceil(mean[0] * n), ceil(mean[1] * n) - 1
        low, high = parse(target.sd).ends(target.rounding)
        spread = floor(low**2 * scale) + 1, ceil(high**2 * scale) - 1
        return cls(total, spread, int(2 * parse(target.median).value))

    def misfit(self, values: Ints) -> NDArray[np.float64]:
        """Distance from the goal; values in the last axis."""
        n, total = values.shape[-1], values.sum(axis=-1)
        spread = n * (values**2).sum(axis=-1) - total**2
        ordered = np.sort(values, axis=-1)
        twice_median = ordered[..., (n - 1) // 2] + ordered[..., n // 2]
        far = _outside(total, self.total) + 2.0 * np.abs(twice_median - self.twice_median)
        misfit: NDArray[np.float64] = far + _outside(spread, self.spread) / (20 * n)
        return misfit


def whole_numbers(target: NumberTarget, limits: Limits, rng: np.random.Generator) -> Ints:
    """Draw whole numbers that print the target's mean, SD and median.

    Parameters
    ----------
    target
        What is printed; mean and SD are held strictly inside their intervals.
    limits
        Ends for each respondent.
    rng
        Random generator; all decisions are made on whole numbers.

    Raises
    ------
    NoSolution
        When none were found in a fixed number of changes.

    Examples
    --------
    >>> target = NumberTarget("age", ("all",), "age", mean="30.0", sd="4.1", median="29")
    >>> limits = Limits(np.full(9, 20), np.full(9, 60))
    >>> found = whole_numbers(target, limits, np.random.default_rng(1))
    >>> int(np.median(found)), round(float(found.mean()), 1)
    (29, 30.0)
    """
    goal = _Goal.of(target, len(limits.low))
    values = _start(target, limits, rng)
    misfit = float(goal.misfit(values))
    for step in range(SWEEPS):
        if misfit == 0:
            return values
        changed = _neighbours(values, limits, rng)
        far = goal.misfit(changed)
        heat = 2.0 * (1 - step / SWEEPS)
        chosen = int(np.argmin(far - heat * rng.gumbel(size=len(far))))
        values, misfit = changed[chosen], float(far[chosen])
    raise NoSolution(
        f"no {len(values)} whole numbers were found with them.",
        targets=[f"{target.id}.{name}" for name in ("mean", "sd", "median")],
    )


def attainable_below(target: NumberTarget, ends: Wide, threshold: int, n: int) -> tuple[int, int]:
    """Return how few and how many of n values below a threshold a search has reached.

    The search starts from the share under a normal curve about the median and goes outwards, at
    most WIDEST_PROBE either way, until it misses.

    Raises
    ------
    NoSolution
        It misses from the start.
    """
    curve = NormalDist(float(parse(target.median).value), float(parse(target.sd).value))
    middle = round(n * curve.cdf(threshold))
    probe = partial(_is_reached, target, ends, threshold)
    if not probe((middle, n)):
        raise NoSolution(f"no {n} whole numbers were found with it.", targets=[target.id])
    low = high = middle
    while middle - low < WIDEST_PROBE and probe((low - 1, n)):
        low -= 1
    while high - middle < WIDEST_PROBE and probe((high + 1, n)):
        high += 1
    return low, high


def _is_reached(target: NumberTarget, ends: Wide, threshold: int, numbers: Wide) -> bool:
    below, n = numbers
    if not 0 <= below <= n:
        return False
    limits = Limits.of(np.arange(n) < below, ends, threshold)
    try:
        whole_numbers(target, limits, np.random.default_rng(below))
    except NoSolution:
        return False
    return True


def _start(target: NumberTarget, limits: Limits, rng: np.random.Generator) -> Ints:
    """Draw from a lognormal curve with the printed median, each value within its limits."""
    mean, sd, median = (float(parse(t).value) for t in (target.mean, target.sd, target.median))
    spread = sd / (mean + sd / 2)
    drawn = median * np.exp(spread * rng.standard_normal(len(limits.low)))
    return np.clip(np.rint(drawn).astype(np.int64), limits.low, limits.high)


def _neighbours(values: Ints, limits: Limits, rng: np.random.Generator) -> Ints:
    """Change one value by a few units, or two in opposite ways; one row per way, staying last."""
    n, k = len(values), len(STEPS)
    first = np.repeat(np.arange(n), k)
    second = rng.integers(0, n, n * k)
    step, is_pair = np.tile(STEPS, n), rng.random(n * k) < PAIRS
    changed = np.repeat(values[None], n * k + 1, axis=0)
    ways = np.arange(n * k)
    np.add.at(changed, (ways, first), step)
    np.add.at(changed, (ways, second), -step * is_pair)
    return changed[((changed >= limits.low) & (changed <= limits.high)).all(axis=1)]


def _outside(values: Ints, within: Wide) -> NDArray[np.float64]:
    low, high = within
    return np.maximum(np.maximum(low - values, values - high), 0).astype(float)
