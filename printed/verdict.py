"""What a check of printed numbers returns: a verdict with its witness, or with proof and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from printed import nearest, squares
from printed.lattice import Lattice
from printed.messages import OWN, Fact, Listed, Message, clauses, say
from printed.published import Interval, parse

SHOWN = 12  # sums spelled out in a proof


@dataclass(frozen=True)
class Verdict:
    """Result of one check.

    Attributes
    ----------
    consistent
        Whether at least one sample prints these numbers.
    why
        One clause; `reason` is its text.
    shown
        What was enumerated and which bound is broken, if not consistent; `proof` is its text.
    suspect
        The statistic that `nearest` would replace: ``mean`` or ``sd``; empty when consistent.
    """

    consistent: bool
    why: Message
    shown: Message | Listed | None = None
    suspect: str = ""
    _witness: Callable[[], tuple[Fraction, ...]] = field(default=tuple, repr=False, compare=False)
    _nearest: Callable[[], str] = field(default=str, repr=False, compare=False)

    @property
    def reason(self) -> str:
        """Why, in English."""
        return OWN.text(self.why)

    @property
    def proof(self) -> str:
        """What was enumerated, in English; empty when consistent."""
        return "" if self.shown is None else OWN.text(self.shown)

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
        say("sample-prints"),
        _witness=lambda: grid.values(squares.witness(grid.n, total, square, grid.top(total))),
    )


def no_sum(mean: str, grid: Lattice, rounding: str, sds: Interval | None = None) -> Verdict:
    """The verdict when no sum prints the mean; its nearest one goes with an SD among `sds`."""
    behind, answers = parse(mean).interval(rounding), grid.n * grid.items
    return Verdict(
        False,
        say("no-sum"),
        say("no-sum-in", means=behind.fact(), answers=answers),
        "mean",
        _nearest=lambda: nearest.mean(mean, grid, rounding, sds),
    )


def no_square(sd: str, grid: Lattice, sums: range, behind: Interval, rounding: str) -> Verdict:
    """The verdict when no sum of squares that prints the SD goes with a sum printing the mean."""
    faults = [_fault(grid, total, grid.squares(total, behind)) for total in sums[:SHOWN]]
    details = [detail for _, detail in faults]
    if len(sums) > SHOWN:
        details.append(say("further-sums", n=len(sums) - SHOWN))
    is_one = len({kind for kind, _ in faults}) == 1
    return Verdict(
        False,
        say(faults[0][0] if is_one else "no-sum-allows-sd"),
        say("in-steps", proof=clauses(*details), steps=_steps(grid)),
        "sd",
        _nearest=lambda: nearest.sd(sd, grid, sums, rounding),
    )


def _steps(grid: Lattice) -> Fact:
    """How steps are counted, as a note after a proof; nothing when they are the answers."""
    if (grid.origin, grid.sign, grid.items) == (0, 1, 1):
        return ""
    origin = str(Fraction(grid.origin, grid.items))
    return say("steps-up" if grid.sign > 0 else "steps-down", origin=origin, items=grid.items)


def _fault(grid: Lattice, total: int, wanted: range) -> tuple[str, Message]:
    """Why no sum of squares in `wanted` goes with this sum: the reason's name, and the detail."""
    low, high = squares.least(grid.n, total), squares.most(grid.n, total, grid.top(total))
    asked = {"total": str(total), "first": str(wanted.start), "last": str(wanted.stop - 1)}
    if wanted.stop <= low:
        return "sd-below-least", say("squares-below", **asked, least=low)
    if high is not None and wanted.start > high:
        return "sd-above-greatest", say("squares-above", **asked, greatest=high)
    if not wanted:
        return "no-whole-squares", say("no-squares", total=asked["total"])
    parity = say("even" if total % 2 == 0 else "odd")
    if len(wanted) == 1 and (wanted.start - total) % 2:
        return "wrong-parity", say("squares-parity", **asked, parity=parity)
    within = {"low": str(low), "high": str(high or "")}
    return "no-such-squares", say("squares-searched", **asked, parity=parity, **within)
