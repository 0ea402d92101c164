"""What an estimate, its interval and its p can be together, whatever the data.

A Wald interval is centre +- z SE, on the log scale for an odds ratio; Woolf's is one. So the
estimate is the midpoint, p follows from estimate and SE, and an interval that holds no effect
goes with p above 1 minus its level. All statements are about intervals of true values, so they
hold for every data set that prints these numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import atan, erfc, exp, inf, log, pi, sqrt, tan
from statistics import NormalDist

from printed.numerals import fixed
from printed.published import Interval, Printed, as_printed

SLACK = 1e-9
RATIOS = ("odds_ratio", "risk_ratio", "hazard_ratio", "rate_ratio")
EFFECTS = (*RATIOS, "coefficient", "difference", "risk_difference", "smd")


@dataclass(frozen=True)
class Range:
    """A closed range of real numbers in floating point; verdicts leave SLACK at its ends."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Whether the ranges share a number."""
        return self.low <= other.high + SLACK and other.low <= self.high + SLACK

    def facts(self, prefix: str = "") -> dict[str, str]:
        """Both ends with four decimals, as facts `low` and `high` of a message."""
        return {f"{prefix}low": fixed(self.low, 4), f"{prefix}high": fixed(self.high, 4)}


@dataclass(frozen=True)
class Triple:
    """An estimate and the ends of its interval, as printed.

    Attributes
    ----------
    estimate, low, high
        The printed numbers.
    is_ratio
        Whether they are exponentials (odds ratios) of what is symmetric.
    rounding
        Convention of the table.
    level
        Level of the interval.
    """

    estimate: Printed
    low: Printed
    high: Printed
    is_ratio: bool
    rounding: str = "up_or_down"
    level: float = 0.95

    def behind(self, name: str) -> Interval:
        """True values behind `estimate`, `low` or `high`."""
        number: Printed = getattr(self, name)
        return number.interval(self.rounding)

    def symmetry(self) -> str:
        """Whether some estimate is exactly the midpoint (geometric for ratios) of some ends.

        `yes`, `no`, or `tie`: only if all three true values lie exactly on rounding ties. Exact:
        sums of fractions, or products against the square of the estimate.
        """
        middle, centre = self._middle(), self.behind("estimate")
        if self.is_ratio:
            centre = _squared(centre)
        assert middle.low is not None and middle.high is not None
        assert centre.low is not None and centre.high is not None
        low, high = max(middle.low, centre.low), min(middle.high, centre.high)
        if low < high:
            return "yes"
        is_tie = low == high and middle.contains(low) and centre.contains(low)
        return "tie" if is_tie else "no"

    def _middle(self) -> Interval:
        """Midpoints of the ends, or products of the ends for ratios."""
        low, high = self.behind("low"), self.behind("high")
        closed = low.low_closed and high.low_closed, low.high_closed and high.high_closed
        assert low.low is not None and high.low is not None
        assert low.high is not None and high.high is not None
        if self.is_ratio:
            return Interval(max(low.low, Fraction(0)) * high.low, low.high * high.high, *closed)
        return Interval((low.low + high.low) / 2, (low.high + high.high) / 2, *closed)

    def midpoint(self) -> Range:
        """Estimates that the printed ends allow."""
        middle = self._middle()
        assert middle.low is not None and middle.high is not None
        if self.is_ratio:
            return Range(sqrt(middle.low), sqrt(middle.high))
        return Range(float(middle.low), float(middle.high))

    def scaled(self, name: str) -> Range:
        """True values behind a number on the scale where intervals are symmetric."""
        behind = self.behind(name)
        assert behind.low is not None and behind.high is not None
        if not self.is_ratio:
            return Range(float(behind.low), float(behind.high))
        return Range(log(behind.low) if behind.low > 0 else -inf, log(behind.high))

    def standard_error(self) -> Range:
        """Standard errors that the printed ends allow."""
        low, high = self.scaled("low"), self.scaled("high")
        z = z_range(self.level)
        least = max(0.0, (high.low - low.high) / (2 * z.high))
        return Range(least, (high.high - low.low) / (2 * z.low))

    def p_value(self) -> Range:
        """Two-sided Wald p values that estimate and interval allow (a superset)."""
        least, most, error = *self._distances(), self.standard_error()
        return Range(_p(most, error.low), _p(least, error.high))

    def t_p_value(self) -> Range:
        """Two-sided p values of a t test with the interval's own degrees of freedom, few or many.

        Of a given ratio of estimate and half-width, p moves from that of one degree of freedom to
        the normal one.
        """
        normal, width = self.p_value(), self.standard_error()
        least, most = self._distances()
        z, cauchy = z_range(self.level), tan(pi * self.level / 2)
        ends = [
            1 - 2 / pi * atan(distance / error * cauchy) if error else float(not distance)
            for distance, error in ((most, width.low * z.low), (least, width.high * z.high))
        ]
        return Range(min(normal.low, *ends), max(normal.high, *ends))

    def mixed_p_value(self, *, is_normal: bool) -> Range:
        """Two-sided p values of a t test beside a normal interval, or of a normal test beside a t one.

        As for `t_p_value`, the degrees of freedom are few or many.
        """
        normal, width = self.p_value(), self.standard_error()
        least, most = self._distances()
        if is_normal:
            ratio = least / width.high if width.high else inf * (least > 0)
            return Range(normal.low, max(normal.high, 1 - 2 / pi * atan(ratio)))
        z, cauchy = z_range(self.level), tan(pi * self.level / 2)
        return Range(_p(most * cauchy, width.low * z.low), normal.high)

    def _distances(self) -> tuple[float, float]:
        """Least and greatest distance of the estimate from no effect."""
        centre = self.scaled("estimate")
        far = abs(centre.low), abs(centre.high)
        return 0.0 if centre.low <= 0 <= centre.high else min(far), max(far)

    def holds_no_effect(self) -> bool:
        """Whether the interval certainly holds 0 (1 for ratios) inside."""
        return self.scaled("low").high < 0 < self.scaled("high").low

    def excludes_no_effect(self) -> bool:
        """Whether the interval certainly leaves out 0 (1 for ratios)."""
        return self.scaled("low").low > 0 or self.scaled("high").high < 0

    def implied(self, name: str) -> str:
        """Print the one of the three numbers that the two others imply, rounded to the nearest.

        Empty when they imply none: a ratio is printed as 0.00.
        """
        three = {"estimate": self.estimate, "low": self.low, "high": self.high}
        values = {key: number.value for key, number in three.items() if key != name}
        if self.is_ratio and min(values.values()) <= 0:
            return ""
        x = {k: Fraction(log(v)) if self.is_ratio else v for k, v in values.items()}
        if name == "estimate":
            value = (x["low"] + x["high"]) / 2
        else:
            value = 2 * x["estimate"] - x["high" if name == "low" else "low"]
        decimals = max(n.decimals for n in (self.estimate, self.low, self.high))
        return as_printed(Fraction(exp(value)) if self.is_ratio else value, decimals)


def _squared(behind: Interval) -> Interval:
    assert behind.low is not None and behind.high is not None
    low = max(behind.low, Fraction(0))
    return Interval(low**2, behind.high**2, behind.low_closed, behind.high_closed)


def _p(distance: float, error: float) -> float:
    return erfc(distance / error / sqrt(2)) if error > 0 else (0.0 if distance else 1.0)


def z_range(level: float) -> Range:
    """Normal quantiles of a level that programs multiply by: the exact one, and its short forms.

    >>> round(z_range(0.95).low, 6), z_range(0.95).high
    (1.959964, 1.96)
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    forms = (z, round(z, 2), round(z, 3))
    return Range(min(forms), max(forms))


def p_range(p: Printed, rounding: str) -> Range:
    """True p values behind a printed one."""
    behind = p.interval(rounding)
    low = 0.0 if behind.low is None else float(behind.low)
    return Range(max(0.0, low), 1.0 if behind.high is None else float(behind.high))


def least_error(n: int, exposed: int | None = None) -> float:
    """Least standard error of a log odds ratio, whatever the outcome and the other covariates.

    A logistic model's information is X'WX with every weight p(1 - p) at most 1/4. So its inverse
    is at least 4 (X'X)^-1, whose entry for a covariate is 4 over the sum of squares that the other
    columns leave of it; that sum is at most the one about its mean, exposed * unexposed / n. Hence
    SE >= 2 sqrt(n / (exposed * unexposed)). Without the number exposed: its product is at most
    n**2 / 4, hence SE >= 4 / sqrt(n); for a 2x2 table this is the inequality of arithmetic and
    harmonic mean.

    >>> round(least_error(81, 69), 4), round(least_error(81), 4)
    (0.6255, 0.4444)
    """
    return 4 / sqrt(n) if exposed is None else 2 * sqrt(n / (exposed * (n - exposed)))


def triple_of(
    numbers: Mapping[str, Printed], rounding: str = "up_or_down", level: float = 0.95
) -> Triple:
    """Build a Triple from numbers named by one of EFFECTS, ci_low, ci_high."""
    name = next(name for name in EFFECTS if name in numbers)
    ends = numbers["ci_low"], numbers["ci_high"]
    return Triple(numbers[name], *ends, name in RATIOS, rounding, level)
