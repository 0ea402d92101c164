"""How far scores are from a printed mean, SD, difference or p: whole numbers, fast and exact.

Scores are whole *half points* (twice the score). Every interval is open, so that a value inside it
prints alike under any way of breaking ties. A misfit is 0 inside; 100 is about one unit of the last
printed digit for a mean, SD or difference, one unit of U / 5 for a Mann–Whitney p, and 0.01 of W
for a Shapiro–Wilk test.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import ceil, exp, log, sqrt
from operator import mul
from statistics import NormalDist

from esslib.synthetic.scores import Contrast, Group, ScoreTargets, target_id
from printed.published import Printed, parse
from printed.rounding import Interval

__all__ = ["Term", "sd_window", "shapiro_limit", "shapiro_weights", "terms", "window"]

HALF = 2
PER_DIGIT = 100
PER_U = 20
PER_W = 10_000
WEIGHT_SCALE = 10**6
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Term:
    """One target: its id, what it measures, the groups it reads, misfit of their half points."""

    target: str
    statistic: str
    groups: tuple[Group, ...]
    misfit: Callable[..., int]


def window(printed: Printed, scale: int) -> range:
    """All whole numbers k for which k / scale prints as `printed` under every tie rule."""
    within = printed.interval()
    return Interval(within.low, within.high, False, False).integers(scale)


def sd_window(printed: Printed, n: int) -> range:
    """All values of n Σt² - (Σt)², in half points, whose sample SD prints as `printed`."""
    within = printed.interval()
    low, high = within.low or Fraction(0), within.high or Fraction(0)
    squares = Interval(max(Fraction(0), low) ** 2, high**2, low < 0, False)
    return squares.integers(HALF**2 * n * (n - 1))


def terms(targets: ScoreTargets, sizes: dict[str, int]) -> list[Term]:
    """List the misfits of every printed number; `sizes` holds the respondents by stratum."""
    return list(
        chain.from_iterable(_contrast_terms(each, targets, sizes) for each in targets.contrasts)
    )


def _contrast_terms(contrast: Contrast, targets: ScoreTargets, sizes: dict[str, int]) -> list[Term]:
    counts = [sum(sizes[stratum] for stratum in group.strata) for group in contrast.groups]
    found = []
    for group, n in zip(contrast.groups, counts, strict=True):
        measures = {
            "mean": _mean_misfit(window(parse(group.mean), HALF * n)),
            "sd": _sd_misfit(sd_window(group.printed_sd, n), n),
        }
        if contrast.is_normal is False:
            measures["shapiro_p"] = _shapiro_misfit(n, float(targets.alpha))
        found += [
            Term(target_id(contrast, group, name), name, (group,), misfit)
            for name, misfit in measures.items()
        ]
    both: dict[str, Callable[..., int]] = {}
    if contrast.difference:
        scale = HALF * counts[0] * counts[1]
        both["difference"] = _difference_misfit(window(parse(contrast.difference), scale))
    if contrast.p_value:
        both["p_value"] = _rank_misfit(parse(contrast.p_value), targets.continuity)
    return found + [
        Term(target_id(contrast, None, name), name, contrast.groups, misfit)
        for name, misfit in both.items()
    ]


def _beyond(value: int, inside: range) -> int:
    """Distance of `value` to the window, in hundredths of the window's length."""
    distance = max(inside.start - value, value - inside.stop + 1, 0)
    return -(-PER_DIGIT * distance // max(len(inside), 1))


def _mean_misfit(inside: range) -> Callable[[list[int]], int]:
    return lambda scores: _beyond(sum(scores), inside)


def _sd_misfit(inside: range, n: int) -> Callable[[list[int]], int]:
    return lambda scores: _beyond(n * sum(map(mul, scores, scores)) - sum(scores) ** 2, inside)


def _difference_misfit(inside: range) -> Callable[[list[int], list[int]], int]:
    return lambda a, b: _beyond(len(b) * sum(a) - len(a) * sum(b), inside)


def _shapiro_misfit(n: int, alpha: float) -> Callable[[list[int]], int]:
    weights, limit = shapiro_weights(n), shapiro_limit(n, alpha) - 1 / PER_W

    def misfit(scores: list[int]) -> int:
        spread = n * sum(map(mul, scores, scores)) - sum(scores) ** 2
        linear = sum(map(mul, weights, sorted(scores)))
        statistic = n * linear**2 / (WEIGHT_SCALE**2 * spread) if spread else 1.0
        return max(0, ceil(PER_W * (statistic - limit)))

    return misfit


def shapiro_weights(n: int) -> list[int]:
    """Return Royston's weights of the ordered sample (n > 5), in millionths.

    Source: Royston 1995, Applied Statistics 44, AS R94, doi:10.2307/2986146.

    Raises
    ------
    ValueError
        For fewer than 6 respondents.

    Examples
    --------
    >>> sum(shapiro_weights(20))
    0
    """
    if n < 6:
        raise ValueError(f"Shapiro-Wilk of {n} respondents: more than 5 are needed.")
    scores = [_NORMAL.inv_cdf((i - 0.375) / (n + 0.25)) for i in range(1, n + 1)]
    squares, u = sum(map(mul, scores, scores)), 1 / sqrt(n)
    last = _polynomial(u, 0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056)
    next_to_last = _polynomial(u, 0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633)
    last += scores[-1] / sqrt(squares)
    next_to_last += scores[-2] / sqrt(squares)
    rest = squares - 2 * scores[-1] ** 2 - 2 * scores[-2] ** 2
    shrink = sqrt(rest / (1 - 2 * last**2 - 2 * next_to_last**2))
    upper = [*(s / shrink for s in scores[n // 2 : -2]), next_to_last, last]
    half = [round(WEIGHT_SCALE * weight) for weight in upper]
    return [-weight for weight in reversed(half[n % 2 :])] + half


def shapiro_limit(n: int, alpha: float) -> float:
    """Return the W below which Shapiro–Wilk rejects normality at level `alpha` (n > 5).

    Source: Royston 1995, AS R94, doi:10.2307/2986146.

    Examples
    --------
    >>> round(shapiro_limit(20, 0.05), 3)
    0.904
    """
    z = _NORMAL.inv_cdf(1 - alpha)
    if n <= 11:
        mean = _polynomial(n, 0.5440, -0.39978, 0.025054, -6.714e-4)
        sd = exp(_polynomial(n, 1.3822, -0.77857, 0.062767, -0.0020322))
        return 1 - exp(0.459 * n - 2.273 - exp(-(mean + z * sd)))
    mean = _polynomial(log(n), -1.5861, -0.31082, -0.083751, 0.0038915)
    return 1 - exp(mean + z * exp(_polynomial(log(n), -0.4803, -0.082676, 0.0030302)))


def _polynomial(x: float, *coefficients: float) -> float:
    value = 0.0
    for coefficient in reversed(coefficients):
        value = value * x + coefficient
    return value


def _rank_misfit(p_value: Printed, continuity: bool) -> Callable[[list[int], list[int]], int]:
    """Distance of |U - n₁n₂/2| to the values that give the two-sided p, in twentieths."""
    within = p_value.interval()
    highest_z = _NORMAL.inv_cdf(1 - float(within.low) / 2) if within.low else float("inf")
    lowest_z = _NORMAL.inv_cdf(1 - float(min(within.high or 1, 1)) / 2)
    shift = 0.5 if continuity else 0.0

    def misfit(a: list[int], b: list[int]) -> int:
        distance, sigma = _rank_distance(a, b)
        z_sigma = abs(distance) / 2 - shift
        return ceil(PER_U * max(0.0, lowest_z * sigma - z_sigma, z_sigma - highest_z * sigma))

    return misfit


def _rank_distance(a: Sequence[int], b: Sequence[int]) -> tuple[int, float]:
    """Return 2U - n₁n₂ of `a` against `b`, and the standard deviation of U under ties."""
    ordered, n = sorted(b), len(a) + len(b)
    below = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in a)
    ties = sum(t**3 - t for t in Counter(chain(a, b)).values())
    return below - len(a) * len(b), sqrt(len(a) * len(b) / 12 * (n + 1 - ties / (n * (n - 1))))
