"""Can these means and SDs come from whole-number answers? Exact verdicts with witness or proof.

Each check takes printed numbers as text, finds the interval of true values behind them under a
rounding convention, and asks whether n whole answers lie in it. Only integers and fractions are
used. References: GRIM doi:10.1177/1948550616673876; GRIMMER, Allard 2018 (the parity of sums of
squares) and Anaya doi:10.7287/peerj.preprints.2400v1; DEBIT, Heathers and Brown 2019
(osf.io/pm825). What differs from published programs: *every* admissible sum is tried, the SD must
reach the least possible one, bounds are honoured, and DEBIT tries whole counts only.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

import pandas as pd

from printed import squares
from printed.counting import count_samples
from printed.lattice import lattice
from printed.messages import InputError, Name, say
from printed.published import Interval, parse
from printed.sampling import sample
from printed.verdict import Verdict, no_square, no_sum, possible

__all__ = [
    "SdBounds",
    "Verdict",
    "count_reasons",
    "count_samples",
    "debit",
    "debit_map",
    "grim",
    "grim_map",
    "grimmer",
    "grimmer_map",
    "sample",
    "sd_bounds",
]


class SdBounds(NamedTuple):
    """Attainable sample SDs (divisor n - 1), in the unit of the scale; nan without a sample."""

    low: float
    high: float


def grim(
    mean: str,
    n: int,
    *,
    items: int = 1,
    minimum: str | float | None = None,
    maximum: str | float | None = None,
    rounding: str = "up_or_down",
) -> Verdict:
    """Check whether n people, each with the average of `items` whole answers, can have this mean.

    Parameters
    ----------
    mean
        As printed, with its trailing zeros.
    n, items
        People, and whole-number items averaged per person: sums are counted in n * items answers.
    minimum, maximum
        Bounds of each person's value; either may be missing.
    rounding
        One of `printed.published.ROUNDINGS`.

    Raises
    ------
    ValueError, TypeError
        For text that is not a number, a mean given as float, or sizes below 1.

    Examples
    --------
    >>> grim("5.19", 28).consistent, grim("5.19", 28).nearest
    (False, '5.18')
    """
    grid = lattice(n, items, minimum, maximum)
    sums = grid.sums(parse(mean).interval(rounding))
    if sums:
        return Verdict(
            True,
            say("sum-prints", total=str(sums[0] * grid.sign + n * grid.origin)),
            _witness=lambda: grid.values(squares.even_spread(n, sums[0])),
        )
    return no_sum(mean, grid, rounding)


def grimmer(
    mean: str,
    sd: str,
    n: int,
    *,
    items: int = 1,
    minimum: str | float | None = None,
    maximum: str | float | None = None,
    rounding: str = "up_or_down",
) -> Verdict:
    """Check whether n averages of `items` whole answers within bounds can have this mean and SD.

    Parameters are those of `grim`; `sd` is the sample SD (divisor n - 1) as printed, and
    `minimum` and `maximum` bound each person's value (either may be missing).

    Raises
    ------
    ValueError, TypeError
        As `grim`; also for n below 2, a negative SD, or a minimum above the maximum.

    Examples
    --------
    >>> grimmer("8.9", "2.81", 25).consistent
    True
    >>> grimmer("1.2", "0.3", 57).reason
    'the SD is below the least that these sums allow'
    """
    grid = lattice(n, items, minimum, maximum)
    mean_behind, sd_behind = parse(mean).interval(rounding), _sd_interval(sd, n, rounding)
    sums = grid.sums(mean_behind)
    if not sums:
        return no_sum(mean, grid, rounding, sd_behind)
    found = grid.pair(sums, sd_behind)
    if found is not None:
        return possible(grid, *found)
    return no_square(sd, grid, sums, sd_behind, rounding)


def debit(mean: str, sd: str, n: int, *, rounding: str = "up_or_down") -> Verdict:
    """Check whether n answers of 0 or 1 can have this mean and SD, by trying each count of ones.

    Raises
    ------
    ValueError, TypeError
        As `grimmer`.

    Examples
    --------
    >>> debit("0.11", "0.31", 40).reason
    'no sum of whole answers prints this mean'
    >>> debit("0.53", "0.50", 1683).consistent
    True
    """
    return grimmer(mean, sd, n, minimum=0, maximum=1, rounding=rounding)


def sd_bounds(
    mean: str, n: int, minimum: str | float, maximum: str | float, *, items: int = 1
) -> SdBounds:
    """Return the least and the greatest SD over all samples within bounds that print this mean.

    Examples
    --------
    >>> low, high = sd_bounds("4.2", 5, 1, 7)
    >>> round(low, 2), round(high, 2)
    (0.45, 3.03)
    """
    grid = lattice(n, items, minimum, maximum)
    sums = grid.sums(parse(mean).interval())
    if not sums or n < 2:
        return SdBounds(float("nan"), float("nan"))
    low = min(grid.variance(s, squares.least(n, s)) for s in sums)
    high = max(grid.variance(s, squares.most(n, s, grid.top(s)) or 0) for s in sums)
    return SdBounds(sqrt(low), sqrt(high))


def _sd_interval(sd: str, n: int, rounding: str) -> Interval:
    printed = parse(sd)
    if n < 2 or printed.value < 0:
        raise InputError(say("no-sd", sd=Name(repr(sd)), n=n))
    behind = printed.interval(rounding)
    if behind.low is not None and behind.low >= 0:
        return behind
    return Interval(Fraction(0), behind.high, True, behind.high_closed)


def grim_map(frame: pd.DataFrame, *, rounding: str = "up_or_down") -> pd.DataFrame:
    """Apply `grim` to each row: columns mean (text), n, and items if there.

    Returns a new frame with columns consistent and reason added; so do the two others.
    """
    return _mapped(frame, grim, ("mean", "n"), ("items",), rounding)


def grimmer_map(frame: pd.DataFrame, *, rounding: str = "up_or_down") -> pd.DataFrame:
    """Apply `grimmer` to each row: mean, sd (text), n, and items, minimum, maximum if there."""
    options = ("items", "minimum", "maximum")
    return _mapped(frame, grimmer, ("mean", "sd", "n"), options, rounding)


def debit_map(frame: pd.DataFrame, *, rounding: str = "up_or_down") -> pd.DataFrame:
    """Apply `debit` to each row: columns mean, sd (text) and n."""
    return _mapped(frame, debit, ("mean", "sd", "n"), (), rounding)


def _mapped(
    frame: pd.DataFrame,
    check: Callable[..., Verdict],
    needed: tuple[str, ...],
    options: tuple[str, ...],
    rounding: str,
) -> pd.DataFrame:
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise ValueError(f"columns {missing} are missing; {check.__name__} needs {needed}.")
    given = [name for name in options if name in frame.columns]
    arguments = zip(*(frame[name] for name in (*needed, *given)), strict=True)
    verdicts = [
        check(
            *row[: len(needed)],
            **dict(zip(given, row[len(needed) :], strict=True)),
            rounding=rounding,
        )
        for row in arguments
    ]
    return frame.assign(
        consistent=[verdict.consistent for verdict in verdicts],
        reason=[verdict.reason for verdict in verdicts],
    )


def count_reasons(mapped: pd.DataFrame) -> pd.DataFrame:
    """Summarise a mapped frame: one row per reason with n and percent of all rows."""
    counts = mapped.groupby(["consistent", "reason"], as_index=False).size()
    counts = counts.rename(columns={"size": "n"})
    return counts.assign(percent=100 * counts["n"] / max(1, len(mapped)))
