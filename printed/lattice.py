"""The grid of values that n averages of whole items can take, in whole numbers from its origin."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from printed import squares
from printed.messages import InputError, Name, say
from printed.published import Interval, Printed, parse


@dataclass(frozen=True)
class Lattice:
    """n people, each the average of `items` whole answers, counted in steps of 1 / items.

    Attributes
    ----------
    n, items
        People, and items averaged per person.
    origin, sign
        A person's value is (origin + sign * step) / items.
    span
        Greatest step; None when at most one bound is given.
    is_bounded
        Whether steps start at 0. With one bound, the origin lies there and `sign` points inwards.
    """

    n: int
    items: int
    origin: int
    sign: int
    span: int | None
    is_bounded: bool

    def sums(self, means: Interval) -> range:
        """All sums of steps whose mean lies in the interval and that the bounds allow."""
        plain = means.integers(self.n * self.items)
        shift = self.n * self.origin
        steps = range(plain.start - shift, plain.stop - shift)
        if self.sign < 0:
            steps = range(1 - steps.stop, 1 - steps.start)
        low = max(steps.start, 0) if self.is_bounded else steps.start
        high = steps.stop if self.span is None else min(steps.stop, self.n * self.span + 1)
        return range(low, high)

    def clipped(self, total: int) -> int:
        """The sum of steps nearest to `total` that the bounds allow."""
        low = max(total, 0) if self.is_bounded else total
        return low if self.span is None else min(low, self.n * self.span)

    def top(self, total: int) -> int | None:
        """Greatest step that a sum of steps allows; with a lower bound only, the sum itself."""
        return total if self.span is None and self.is_bounded else self.span

    def squares(self, total: int, sds: Interval) -> range:
        """All sums of squared steps that give an SD in the interval, for this sum of steps."""
        assert sds.low is not None and sds.high is not None
        scale = (self.n - 1) * self.items**2 * self.n
        low, unit = sds.low.numerator**2 * scale, self.n * sds.low.denominator**2
        low += total * total * sds.low.denominator**2
        first = -(-low // unit)
        if not sds.low_closed and first * unit == low:
            first += 1
        high, unit = sds.high.numerator**2 * scale, self.n * sds.high.denominator**2
        high += total * total * sds.high.denominator**2
        last = high // unit
        if not sds.high_closed and last * unit == high:
            last -= 1
        return range(first, last + 1)

    def pair(self, sums: range, sds: Interval) -> tuple[int, int] | None:
        """Return a sum of steps among `sums` and a sum of squares that gives an SD in the interval."""
        found = ((t, squares.find(self.n, t, self.squares(t, sds), self.top(t))) for t in sums)
        return next(((total, square) for total, square in found if square is not None), None)

    def variance(self, total: int, square: int) -> Fraction:
        """Sample variance in the unit of the scale."""
        return Fraction(self.n * square - total * total, self.n * (self.n - 1) * self.items**2)

    def mean(self, total: int) -> Fraction:
        """Mean in the unit of the scale."""
        return Fraction(self.n * self.origin + self.sign * total, self.n * self.items)

    def values(self, steps: tuple[int, ...]) -> tuple[Fraction, ...]:
        """The sorted values of people, in the unit of the scale."""
        return tuple(sorted(Fraction(self.origin + self.sign * s, self.items) for s in steps))


def lattice(
    n: int,
    items: int = 1,
    minimum: str | float | None = None,
    maximum: str | float | None = None,
) -> Lattice:
    """Build the lattice of n people and `items` items within optional bounds.

    Raises
    ------
    ValueError
        When n or items is not a whole number from 1, or no value lies within the bounds.
    """
    for name, size in (("n", n), ("items", items)):
        if size != int(size) or size < 1:
            raise InputError(say("not-whole", name=Name(name), size=Name(repr(size))))
    low = None if minimum is None else ceil(Fraction(str(minimum)) * items)
    high = None if maximum is None else floor(Fraction(str(maximum)) * items)
    if low is not None and high is not None and low > high:
        bounds = {"minimum": Name(minimum), "maximum": Name(maximum)}
        raise InputError(say("nothing-between", **bounds))
    if low is None and high is not None:
        return Lattice(int(n), int(items), high, -1, None, True)
    span = None if low is None or high is None else high - low
    return Lattice(int(n), int(items), low or 0, 1, span, low is not None)


def sample_windows(
    mean: str, sd: str, n: int, minimum: int, maximum: int, errors: tuple[str | float | None, ...]
) -> tuple[Lattice, dict[int, range]]:
    """Return, for each admissible sum of steps, the admissible sums of squared steps.

    `errors` are the greatest distances of true from printed mean and SD; None is half a unit.
    """
    grid = lattice(n, 1, minimum, maximum)
    means, sds = (_around(parse(t), error) for t, error in zip((mean, sd), errors, strict=True))
    if n < 2 or sds.high is None or sds.high < 0:
        raise InputError(say("no-sd", sd=Name(repr(sd)), n=n))
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
