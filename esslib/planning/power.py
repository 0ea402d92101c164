"""Power and precision of a comparison of given sizes, simulated and by formula."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.floating]

N_SIMULATIONS = 4_000
BATCH = 1_000  # studies held in memory at a time


def superiority(a: Floats, b: Floats) -> float:
    """Probability that a score of `a` is above one of `b`, ties counted half.

    Examples
    --------
    >>> superiority(np.array([2.0, 3.0]), np.array([1.0, 3.0]))
    0.625
    """
    ranked = np.sort(b)
    below = np.searchsorted(ranked, a, "left") + np.searchsorted(ranked, a, "right")
    return float(below.mean() / (2 * b.size))


def simulated_power(
    a: Floats,
    b: Floats,
    *,
    sizes: tuple[int, int],
    rng: np.random.Generator,
    alpha: float = 0.05,
) -> float:
    """Share of simulated studies in which the Mann-Whitney test is significant.

    Parameters
    ----------
    a, b : array
        Scores from which the two groups are drawn, with replacement.
    sizes : tuple of two
        Persons in each group of the study.
    rng : Generator
    alpha : float
        Two-sided level.

    Notes
    -----
    A draw is the count of each distinct score, so 4,000 studies are two tables of counts, and U
    and its tie correction are sums over their columns. The test is that of the compendium: normal
    approximation with tie and continuity correction, whatever the sizes.

    Examples
    --------
    >>> scores = np.arange(40.0, 60.0)
    >>> rng = np.random.default_rng(1)
    >>> simulated_power(scores + 30, scores, sizes=(20, 20), rng=rng)
    1.0
    """
    values = np.union1d(a, b)
    shares = [_shares(group, values) for group in (a, b)]
    n_significant = 0
    for _ in range(N_SIMULATIONS // BATCH):
        counts = [rng.multinomial(n, p, BATCH) for n, p in zip(sizes, shares, strict=True)]
        n_significant += int((mann_whitney_p(*counts) < alpha).sum())
    return n_significant / N_SIMULATIONS


def mann_whitney_p(counts_a: NDArray[np.integer], counts_b: NDArray[np.integer]) -> Floats:
    """Two-sided Mann-Whitney p of many studies, one per row.

    Parameters
    ----------
    counts_a, counts_b : (studies, values) integers
        How often each value, in rising order, occurs in either group.

    Returns
    -------
    (studies,) floats
        1 where all values of a study are equal.
    """
    n_a, n_b = counts_a.sum(axis=1), counts_b.sum(axis=1)
    total = n_a + n_b
    below = np.cumsum(counts_b, axis=1) - counts_b / 2
    u = (counts_a * below).sum(axis=1)
    tied = (counts_a + counts_b).astype(float)
    ties = (tied**3 - tied).sum(axis=1) / (total * (total - 1))
    spread = np.sqrt(n_a * n_b / 12 * np.maximum(total + 1 - ties, 0))
    distance = np.maximum(np.abs(u - n_a * n_b / 2) - 0.5, 0)
    z = np.divide(distance, spread, out=np.zeros_like(distance), where=spread > 0)
    return np.asarray(2 * stats.norm.sf(z))


def noether_power(probability: float, *, sizes: tuple[int, int], alpha: float = 0.05) -> float:
    """Approximate power of the Mann-Whitney test, by Noether's formula.

    Parameters
    ----------
    probability : float
        Of a first score above a second one, as `superiority` returns it.

    Notes
    -----
    The variance is that under no difference and without ties, so the formula is meant for small
    differences; it serves as a check of `simulated_power`.

    References
    ----------
    Noether (1987) doi:10.1080/01621459.1987.10478478.

    Examples
    --------
    >>> round(noether_power(0.7, sizes=(30, 30)), 3)
    0.765
    """
    total = sum(sizes)
    share = sizes[0] / total
    signal = abs(probability - 0.5) * math.sqrt(12 * share * (1 - share) * total)
    return float(stats.norm.cdf(signal - stats.norm.isf(alpha / 2)))


def expected_half_width(
    a: Floats, b: Floats, *, sizes: tuple[int, int], alpha: float = 0.05
) -> float:
    """Half width of Welch's interval of the difference of means, for groups as variable as these.

    References
    ----------
    Welch (1947) doi:10.1093/biomet/34.1-2.28.
    """
    parts = [group.var(ddof=1) / size for group, size in zip((a, b), sizes, strict=True)]
    spread = sum(parts)
    below = sum(part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True))
    return float(stats.t.isf(alpha / 2, spread**2 / below) * math.sqrt(spread))


def _shares(group: Floats, values: Floats) -> Floats:
    return np.asarray(
        np.bincount(np.searchsorted(values, group), minlength=values.size) / group.size
    )
