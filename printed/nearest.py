"""The printed values nearest to an impossible one that whole answers could give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import isqrt

from printed import squares
from printed.lattice import Lattice
from printed.published import Interval, Printed, as_printed, parse

REACH = 100  # sums tried on either side of a mean


def mean(printed: str, grid: Lattice, rounding: str, sds: Interval | None = None) -> str:
    """Nearest printed mean that some sum gives, with an SD among `sds`; empty when there is none.

    At most REACH sums on either side are tried.
    """
    number = parse(printed)
    below = (number.value * grid.n * grid.items).__floor__() - grid.n * grid.origin
    for reach in range(2, REACH, 2):
        totals = {grid.clipped(grid.sign * (below + step)) for step in range(1 - reach, reach + 1)}
        fitting = [t for t in totals if sds is None or grid.pair(range(t, t + 1), sds)]
        if fitting:
            return _closest(number, _texts(map(grid.mean, fitting), number.decimals, rounding))
    return ""


def sd(printed: str, grid: Lattice, sums: range, rounding: str) -> str:
    """Nearest printed SD that some admissible sum allows; empty when there is none."""
    number = parse(printed)
    variances = (
        grid.variance(total, square)
        for total in sums
        for square in _squares_around(grid, total, number.value)
    )
    texts = {text for v in variances for text in _roots(v, number.decimals, rounding)}
    return _closest(number, texts)


def print_root(variance: Fraction, decimals: int, rounding: str = "up") -> str:
    """Print the square root of an exact variance under a rounding convention.

    >>> print_root(Fraction(2), 2)
    '1.41'
    """
    return next(_roots(variance, decimals, rounding))


def _roots(variance: Fraction, decimals: int, rounding: str) -> Iterator[str]:
    """All texts that print the square root: two of them on a tie that goes either way."""
    units = isqrt(int(variance * 100**decimals))
    step = Fraction(1, 10**decimals)
    for root in (units, units + 1):
        text = as_printed(root * step, decimals)
        behind = parse(text).interval(rounding)
        low, high = behind.low, behind.high
        assert low is not None and high is not None
        above = low < 0 or variance > low**2 or (variance == low**2 and behind.low_closed)
        below = variance < high**2 or (variance == high**2 and behind.high_closed)
        if above and below:
            yield text


def _squares_around(grid: Lattice, total: int, sd: Fraction) -> Iterator[int]:
    """The attained sums of squares next to the one that the SD asks for, below and above."""
    asked = sd**2 * (grid.n - 1) * grid.items**2 + Fraction(total * total, grid.n)
    span, low = grid.top(total), squares.least(grid.n, total)
    high = squares.most(grid.n, total, span)
    start = max(low, int(asked) if high is None else min(int(asked), high))
    start -= (start - total) % 2
    limit = start + 8 * (grid.n + (span or 0)) + 64 if high is None else high
    down = (q for q in range(start, low - 1, -2) if squares.attained(grid.n, total, q, span))
    up = (q for q in range(start + 2, limit + 1, 2) if squares.attained(grid.n, total, q, span))
    yield from (q for q in (next(down, None), next(up, None)) if q is not None)


def _texts(values: Iterable[Fraction], decimals: int, rounding: str) -> set[str]:
    ways = {"up_or_down": ("up", "down"), "ceiling_or_floor": ("ceiling", "floor")}
    return {
        as_printed(value, decimals, rounding=way)
        for value in values
        for way in ways.get(rounding, (rounding,))
    }


def _closest(number: Printed, texts: set[str]) -> str:
    return min(texts, key=lambda text: (abs(parse(text).value - number.value), text), default="")
