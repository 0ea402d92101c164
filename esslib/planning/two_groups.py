"""How many respondents a comparison of two groups needs: power and precision.

Groups are arrays of scores; sizes are persons. The first group is the one whose higher score is
to be shown; `ratio` is the size of the second group over that of the first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from esslib.planning.power import (
    N_SIMULATIONS,
    Floats,
    expected_half_width,
    noether_power,
    simulated_power,
    superiority,
)

LARGEST = 100_000  # persons in the first group beyond which no study is planned


@dataclass(frozen=True)
class Design:
    """What a comparison of two groups shall achieve.

    Attributes
    ----------
    alpha : float
        Two-sided significance level; intervals have level 1 - `alpha`.
    power : float
        Probability of a significant test.
    half_width : float
        Half width of the interval of the difference, points.
    ratio : float
        Size of the second group over that of the first.
    """

    alpha: float = 0.05
    power: float = 0.9
    half_width: float = 3.0
    ratio: float = 1.0

    def sizes(self, n_first: int) -> tuple[int, int]:
        """Return the sizes of both groups, the second rounded up."""
        return n_first, math.ceil(n_first * self.ratio)


def moved(a: Floats, b: Floats, *, difference: float | None) -> Floats:
    """Return the scores of `a`, all moved so that its mean exceeds that of `b` by `difference`.

    The shape stays, so a moved score may pass the end of the scale; ranks do not mind. None
    leaves the scores as they are.

    Examples
    --------
    >>> moved(np.array([50.0, 60.0]), np.array([40.0]), difference=5).tolist()
    [40.0, 50.0]
    """
    if difference is None:
        return a.copy()
    return np.asarray(a - a.mean() + b.mean() + difference)


def power_curve(
    a: Floats,
    b: Floats,
    *,
    n_first: Sequence[int],
    design: Design,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Power and precision for several sizes of the first group.

    Returns
    -------
    DataFrame
        Columns of `power_curve.csv`: n_first, n_second, n_total, power (simulated), power_low,
        power_high (95 % Wilson interval of the simulation), noether, half_width (points).
    """
    probability = superiority(a, b)
    rows = []
    for n in n_first:
        sizes = design.sizes(n)
        power = simulated_power(a, b, sizes=sizes, rng=rng, alpha=design.alpha)
        low, high = stats.binomtest(round(power * N_SIMULATIONS), N_SIMULATIONS).proportion_ci(
            method="wilson"
        )
        row = {"n_first": sizes[0], "n_second": sizes[1], "n_total": sum(sizes), "power": power}
        analytic = noether_power(probability, sizes=sizes, alpha=design.alpha)
        half_width = expected_half_width(a, b, sizes=sizes, alpha=design.alpha)
        rows.append(
            {**row, "power_low": low, "power_high": high, "noether": analytic}
            | {"half_width": half_width}
        )
    return pd.DataFrame(rows)


def comparison_sizes(
    a: Floats, b: Floats, *, design: Design, rng: np.random.Generator
) -> pd.DataFrame:
    """Smallest groups that reach the power, and the precision, of a design.

    Returns
    -------
    DataFrame
        Rows `simulated_power`, `noether` and `half_width` of `next_study.csv`: criterion, target,
        n_first, n_second, n_total, achieved. Sizes are missing where 100,000 persons in the first
        group do not suffice.
    """
    seed = int(rng.integers(2**32))
    probability = superiority(a, b)

    def simulated(n: int) -> float:
        fresh = np.random.default_rng(seed)  # the same luck for every size: the search is stable
        return simulated_power(a, b, sizes=design.sizes(n), rng=fresh, alpha=design.alpha)

    def analytic(n: int) -> float:
        return noether_power(probability, sizes=design.sizes(n), alpha=design.alpha)

    def precision(n: int) -> float:
        return -expected_half_width(a, b, sizes=design.sizes(n), alpha=design.alpha)

    searches = {
        "simulated_power": (simulated, design.power),
        "noether": (analytic, design.power),
        "half_width": (precision, -design.half_width),
    }
    rows = []
    for criterion, (reached, target) in searches.items():
        n = _smallest(reached, target)
        first, second = design.sizes(n) if n else (math.nan, math.nan)
        sizes = {"n_first": first, "n_second": second, "n_total": first + second}
        achieved = abs(reached(n)) if n else math.nan
        rows.append({"criterion": criterion, "target": abs(target), **sizes, "achieved": achieved})
    return pd.DataFrame(rows)


def _smallest(reached: Callable[[int], float], target: float) -> int | None:
    """Smallest size from 2 on that reaches the target, by doubling and halving."""
    high = 2
    while reached(high) < target:
        high *= 2
        if high > LARGEST:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) >= target else (middle, high)
    return high
