"""Rounding conventions, the exact intervals behind rounded numbers, and printing under them.

Fractions throughout: whether an end of an interval belongs to it decides verdicts, so no float
tolerance can stand in for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from printed.messages import OWN, Message, Name, say
from printed.numerals import significant

ROUNDINGS = (
    "up_or_down",
    "up",
    "down",
    "even",
    "ceiling",
    "floor",
    "ceiling_or_floor",
    "trunc",
    "cut",
)

# Distance to both ends in half units of the last digit, and whether each end is included.
_REACH = {
    "up_or_down": (1, 1, True, True),
    "up": (1, 1, True, False),
    "down": (1, 1, False, True),
    "even": (1, 1, True, True),
    "ceiling": (2, 0, False, True),
    "floor": (0, 2, True, False),
    "ceiling_or_floor": (2, 2, False, False),
    "trunc": (0, 2, True, False),
    "cut": (0, 2, True, False),
}


@dataclass(frozen=True)
class Interval:
    """Exact interval of real numbers; an end of ``None`` is unbounded.

    >>> Interval(Fraction(1), Fraction(2), high_closed=False).contains(2)
    False
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def contains(self, value: Fraction | int) -> bool:
        """Whether the exact number `value` lies in the interval."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below

    def overlaps(self, low: float | Fraction, high: float | Fraction) -> bool:
        """Whether any number of the closed interval [low, high] lies in this one."""
        under = self.high is None or low < self.high or (self.high_closed and low == self.high)
        over = self.low is None or high > self.low or (self.low_closed and high == self.low)
        return under and over

    def integers(self, scale: int = 1) -> range:
        """All integers k for which k / scale (scale > 0) lies in this bounded interval."""
        if self.low is None or self.high is None:
            raise ValueError("integers: the interval is unbounded; give a printed number with '='.")
        low, high = self.low.numerator * scale, self.high.numerator * scale
        first = -(-low // self.low.denominator)
        if not self.low_closed and first * self.low.denominator == low:
            first += 1
        last = high // self.high.denominator
        if not self.high_closed and last * self.high.denominator == high:
            last -= 1
        return range(first, last + 1)

    def mirrored(self) -> Interval:
        """The interval of the numbers with the opposite sign."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_closed, self.low_closed)

    def fact(self) -> Message:
        """The interval as a message, ends with at most ten digits."""
        return say(
            "interval",
            opening=Name("[" if self.low_closed else "("),
            low="-inf" if self.low is None else significant(float(self.low), 10),
            high="inf" if self.high is None else significant(float(self.high), 10),
            closing=Name("]" if self.high_closed else ")"),
        )

    def __str__(self) -> str:
        return OWN.text(self.fact())


def check_rounding(rounding: str) -> None:
    """Raise ValueError unless `rounding` is one of ROUNDINGS."""
    if rounding not in ROUNDINGS:
        raise ValueError(f"rounding is {rounding!r}; choose one of {', '.join(ROUNDINGS)}.")


def bounded(comparator: str, value: Fraction) -> Interval:
    """True values behind a printed inequality such as "< 0.001"."""
    closed = comparator.endswith("=")
    if comparator.startswith("<"):
        return Interval(None, value, high_closed=closed)
    return Interval(value, None, low_closed=closed)


def rounded(value: Fraction, unit: Fraction, rounding: str) -> Interval:
    """True values behind a printed value >= 0 whose last digit counts `unit`, 1 / 10**decimals.

    Around zero a convention that mirrors holds on both sides.
    """
    below, above, low_closed, high_closed = _REACH[rounding]
    double, units = 2 * unit.denominator, 2 * (value / unit).numerator
    if rounding == "cut":
        high_closed = not _is_dyadic(Fraction(units + above, double))
    if value == 0 and rounding not in ("ceiling", "floor"):
        below, low_closed = above, high_closed
    low, high = Fraction(units - below, double), Fraction(units + above, double)
    if rounding == "even" and units % 4:
        low_closed, high_closed = not _is_dyadic(low), not _is_dyadic(high)
    return Interval(low, high, low_closed, high_closed)


def _is_dyadic(value: Fraction) -> bool:
    """Whether a double holds the number exactly, so that a program sees the tie as a tie."""
    return value.denominator & (value.denominator - 1) == 0


def as_printed(value: Fraction | int, decimals: int, *, rounding: str = "up") -> str:
    """Print an exact number with so many decimals under a rounding convention.

    Two-way conventions print their first name: ``up_or_down`` as ``up``, ``ceiling_or_floor`` as
    ``ceiling``.

    Examples
    --------
    >>> as_printed(Fraction(863, 21), 2, rounding="trunc")
    '41.09'
    """
    check_rounding(rounding)
    scaled = Fraction(value) * 10**decimals
    units = _round_units(scaled, rounding.split("_or_")[0])
    digits = str(abs(units)).rjust(decimals + 1, "0")
    whole, part = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    return f"{'-' if units < 0 else ''}{whole}{'.' if decimals else ''}{part}"


def _round_units(scaled: Fraction, rounding: str) -> int:
    if rounding in ("ceiling", "floor"):
        return ceil(scaled) if rounding == "ceiling" else floor(scaled)
    size, sign = abs(scaled), -1 if scaled < 0 else 1
    half = Fraction(1, 2)
    sizes = {
        "trunc": floor(size),
        "cut": floor(size),
        "up": floor(size + half),
        "down": ceil(size - half),
        "even": round(size),
    }
    return sign * sizes[rounding]
