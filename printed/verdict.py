"""What a check of printed numbers returns: a verdict with its witness, or with proof and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from printed import nearest, squares
from printed.lattice import Lattice
from printed.published import Interval, parse

SHOWN = 12  # sums spelled out in a proof


@dataclass(frozen=True)
class Verdict:
    """Result of one check.

    Attributes
    ----------
    consistent
        Whether at least one sample prints these numbers.
    reason
        One clause: why, in words for people.
    proof
        What was enumerated and which bound is broken; empty when consistent.
    suspect
        The statistic that `nearest` would replace: ``mean`` or ``sd``; empty when consistent.
    """

    consistent: bool
    reason: str
    proof: str = ""
    suspect: str = ""
    _witness: Callable[[], tuple[Fraction, ...]] = field(default=tuple, repr=False, compare=False)
    _nearest: Callable[[], str] = field(default=str, repr=False, compare=False)

    @cached_property
    def witness(self) -> tuple[Fraction, ...]:
        """A sorted sample that prints these numbers; empty when there is none."""
        return self._witness()

    @cached_property
    def nearest(self) -> str:
        """Printed value of `suspect` nearest to the given one that would be consistent."""
        return self._nearest()


def possible(grid: Lattice, total: int, square: int) -> Verdict:
    """The verdict when this sum and this sum of squares are attained."""
    return Verdict(
        True,
        "a sample prints these numbers",
        _witness=lambda: grid.values(squares.witness(grid.n, total, square, grid.top(total))),
    )


def no_sum(mean: str, grid: Lattice, rounding: str) -> Verdict:
    """The verdict when no sum prints the mean."""
    behind = parse(mean).interval(rounding)
    return Verdict(
        False,
        "no sum of whole answers prints this mean",
        f"means {behind} times {grid.n * grid.items} answers hold no attainable whole sum",
        "mean",
        _nearest=lambda: nearest.mean(mean, grid, rounding),
    )


def no_square(sd: str, grid: Lattice, sums: range, behind: Interval, rounding: str) -> Verdict:
    """The verdict when no sum of squares that prints the SD goes with a sum that prints the mean."""
    shown = sums[:SHOWN]
    faults = [_fault(grid, total, grid.squares(total, behind)) for total in shown]
    more = f"; and so for {len(sums) - SHOWN} further sums" if len(sums) > SHOWN else ""
    kinds = {kind for kind, _ in faults}
    reason = faults[0][0] if len(kinds) == 1 else "no admissible sum allows this SD"
    return Verdict(
        False,
        reason,
        "; ".join(detail for _, detail in faults) + more + grid.unit,
        "sd",
        _nearest=lambda: nearest.sd(sd, grid, sums, rounding),
    )


def _fault(grid: Lattice, total: int, wanted: range) -> tuple[str, str]:
    """Why no sum of squares in `wanted` goes with this sum: reason and detail."""
    low, high = squares.least(grid.n, total), squares.most(grid.n, total, grid.top(total))
    asked = f"sum {total} needs a sum of squares in {wanted.start}..{wanted.stop - 1}"
    if wanted.stop <= low:
        return "the SD is below the least that these sums allow", f"{asked}, least is {low}"
    if high is not None and wanted.start > high:
        return "the SD is above the greatest within the bounds", f"{asked}, greatest is {high}"
    if not wanted:
        return "no whole sum of squares prints this SD", f"sum {total}: no whole number of squares"
    parity = "even" if total % 2 == 0 else "odd"
    if len(wanted) == 1 and (wanted.start - total) % 2:
        return "the sum of squares has the wrong parity", f"{asked}, must be {parity}"
    return (
        "no sample has such a sum of squares",
        f"{asked}, {parity} and within {low}..{high or ''}: none is attained (complete search)",
    )
