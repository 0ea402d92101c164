"""Chances beyond a value of the curves of tests, without scipy: normal, t, chi-square and F.

Incomplete beta and gamma functions by continued fractions and series (Abramowitz and Stegun
26.5.8, 6.5.29, 6.5.31), to about 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable
from math import erfc, exp, inf, lgamma, log, log1p, sqrt

STEPS = 10_000
SMALL = 1e-300
NEAR = 1e-15


def normal_tails(z: float) -> float:
    """Chance beyond z on both sides.

    >>> round(normal_tails(1.96), 4)
    0.05
    """
    return erfc(abs(z) / sqrt(2))


def t_tails(t: float, df: float) -> float:
    """Chance of t beyond its size on both sides.

    >>> round(t_tails(2.228, 10), 4)
    0.05
    """
    if df == inf:
        return normal_tails(t)
    return _beta(df / (df + t * t), df / 2, 0.5) if t else 1.0


def f_tail(f: float, df1: float, df2: float) -> float:
    """Chance of F above a value.

    >>> round(f_tail(4.846, 2, 27), 4)
    0.0159
    """
    return _beta(df2 / (df2 + df1 * f), df2 / 2, df1 / 2) if f > 0 else 1.0


def chi_square_tail(x: float, df: float) -> float:
    """Chance of chi-square above a value.

    >>> round(chi_square_tail(30.07, 2), 10)
    2.954e-07
    """
    a, x = df / 2, x / 2
    if x <= 0:
        return 1.0
    scale = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for k in range(1, STEPS):
            term *= x / (a + k)
            total += term
            if term < total * NEAR:
                break
        return max(0.0, 1 - scale * total)
    return scale / (x + 1 - a + _fraction(lambda k: (-k * (k - a), x + 2 * k + 1 - a)))


def _beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function."""
    if not 0 < x < 1:
        return min(1.0, max(0.0, x))
    scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - scale / b / (1 + _fraction(_steps(1 - x, b, a)))
    return scale / a / (1 + _fraction(_steps(x, a, b)))


def _steps(x: float, a: float, b: float) -> Callable[[int], tuple[float, float]]:
    def step(k: int) -> tuple[float, float]:
        m, is_odd = divmod(k, 2)
        if is_odd:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0

    return step


def _fraction(step: Callable[[int], tuple[float, float]]) -> float:
    """Value of a continued fraction a1/(b1 + a2/(b2 + ...)), by Lentz's method."""
    value, c, d = SMALL, SMALL, 0.0
    for k in range(1, STEPS):
        a, b = step(k)
        d = 1 / (b + a * d or SMALL)
        c = b + a / c or SMALL
        value *= c * d
        if abs(c * d - 1) < NEAR:
            break
    return value
