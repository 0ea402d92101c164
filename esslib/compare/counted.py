"""Resampling of large groups: how often each distinct value is drawn, instead of every value.

A score takes few distinct values, so a resample of a million respondents is a few hundred numbers,
and has the same distribution as if they had been drawn one by one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from esslib.compare.samples import Floats

BATCH = 200  # resamples held in memory at a time
Counts = NDArray[np.int64]


class Frequencies(NamedTuple):
    """Distinct values of two groups, rising, and how often each stands in either.

    Counts may have a first axis of resamples.
    """

    values: Floats
    a: Counts
    b: Counts


def count_values(a: Floats, b: Floats) -> Frequencies:
    """Count the distinct values of two groups.

    Examples
    --------
    >>> count_values(np.array([1.0, 3.0, 3.0]), np.array([2.0])).a.tolist()
    [1, 0, 2]
    """
    values, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    parts = (np.bincount(part, minlength=values.size) for part in np.split(places, [a.size]))
    return Frequencies(values, *parts)


def mean_difference(given: Frequencies) -> Floats:
    """Return mean of a minus mean of b."""
    means = [counts @ given.values / counts.sum(axis=-1) for counts in given[1:]]
    return np.asarray(means[0] - means[1])


def pooled_sd(given: Frequencies) -> Floats:
    """Return the standard deviation within the groups, pooled."""
    squares = 0.0
    for counts in given[1:]:
        n = counts.sum(axis=-1, keepdims=True)
        mean = (counts @ given.values)[..., None] / n
        squares = squares + (counts * (given.values - mean) ** 2).sum(axis=-1)
    df = given.a.sum(axis=-1) + given.b.sum(axis=-1) - 2
    return np.asarray(np.sqrt(squares / df))


def standardised_difference(given: Frequencies) -> Floats:
    """Return the difference of means in pooled standard deviations."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(mean_difference(given) / pooled_sd(given))


def share_above(given: Frequencies) -> Floats:
    """Return the probability that a value of a is above one of b, ties counted half."""
    below = given.b.cumsum(axis=-1) - given.b / 2
    pairs = given.a.sum(axis=-1) * given.b.sum(axis=-1).astype(float)
    return np.asarray((given.a * below).sum(axis=-1) / pairs)


STATISTICS = {"hedges_g": standardised_difference, "cles": share_above}


def bootstrap_interval(
    given: Frequencies, name: str, *, rng: np.random.Generator, level: float, n_resamples: int
) -> tuple[float, float]:
    """Return the bias-corrected and accelerated interval of one of `STATISTICS`.

    References
    ----------
    Efron (1987) doi:10.1080/01621459.1987.10478410.
    """
    statistic = STATISTICS[name]
    estimate = statistic(given)
    drawn = np.concatenate(
        [
            statistic(Frequencies(given.values, *(_drawn(c, size, rng) for c in given[1:])))
            for size in _batches(n_resamples)
        ]
    )
    bias = special.ndtri(((drawn < estimate).mean() + (drawn <= estimate).mean()) / 2)
    ends = special.ndtri([(1 - level) / 2, (1 + level) / 2]) + bias
    turned = special.ndtr(bias + ends / (1 - _acceleration(given, name) * ends))
    low, high = np.quantile(drawn, turned) if np.isfinite(turned).all() else (np.nan, np.nan)
    return float(low), float(high)


def exchanged(
    given: Frequencies, *, rng: np.random.Generator, n_resamples: int
) -> dict[str, tuple[float, float]]:
    """Return difference of means and U, each with its two-sided p over random exchanges."""
    together, n_a = given.a + given.b, int(given.a.sum())
    parts = []
    for size in _batches(n_resamples):
        a = rng.multivariate_hypergeometric(together, n_a, size=size, method="marginals")
        parts.append(_both(Frequencies(given.values, a, together - a)))
    as_they_are, drawn = _both(given), np.concatenate(parts, axis=-1)
    tails = [
        (compared(drawn, as_they_are[:, None]).sum(axis=-1) + 1) / (n_resamples + 1)
        for compared in (np.less_equal, np.greater_equal)
    ]
    p_values = np.minimum(2 * np.minimum(*tails), 1)
    return {
        name: (float(estimate), float(p))
        for name, estimate, p in zip(("difference", "u"), as_they_are, p_values, strict=True)
    }


def _both(given: Frequencies) -> Floats:
    pairs = given.a.sum(axis=-1) * given.b.sum(axis=-1).astype(float)
    # decimal fractions of binary origin: equal differences must count as equal
    return np.array([mean_difference(given).round(10), (share_above(given) * pairs).round(1)])


def _drawn(counts: Counts, size: int, rng: np.random.Generator) -> Counts:
    return rng.multinomial(counts.sum(), counts / counts.sum(), size)


def _batches(n_resamples: int) -> list[int]:
    return [min(BATCH, n_resamples - start) for start in range(0, n_resamples, BATCH)]


def _acceleration(given: Frequencies, name: str) -> float:
    """Return the skewness of the jackknife: one value left out, once for each distinct value."""
    cubes = squares = 0.0
    for counts, side in ((given.a, "a"), (given.b, "b")):
        n, there = counts.sum(), np.flatnonzero(counts)
        weights = counts[there]
        left = np.array(
            [
                STATISTICS[name](given._replace(**{side: counts - (given.values == value)}))
                for value in given.values[there]
            ]
        )
        influence = (n - 1) * (np.average(left, weights=weights) - left)
        cubes += float(weights @ influence**3) / float(n) ** 3
        squares += float(weights @ influence**2) / float(n) ** 2
    return cubes / (6 * squares**1.5) if squares else np.nan
