"""The tables that have a printed odds ratio and Woolf interval, and the p of a table.

Woolf's interval is exp(log odds ratio +- z sqrt(1/a + 1/b + 1/c + 1/d))
(doi:10.1111/j.1469-1809.1955.tb01348.x). All tables of a size are enumerated; the odds ratio is
compared exactly, the interval's ends in floating point, and with 50 digits wherever they come
within 1e-9 of a rounding end, so no verdict hangs on float error. Cells of 0 have no Woolf
interval and are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from math import comb, erfc, inf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from printed.published import Interval, parse

CELLS = ("outcome_exposed", "outcome_unexposed", "other_exposed", "other_unexposed")
QUANTILES = {"1.96": 1.96, "1.959964": 1.959963984540054}
P_METHODS = ("pearson", "yates", "likelihood_ratio", "wald", "fisher")
NEAR = 1e-9
MAX_SIZE = 250  # people; the number of tables grows with the cube

Table = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class _Pool:
    """Tables of one size with at most half the people in the outcome, by rising log odds ratio.

    The others are their twins, outcome and exposure exchanged, with the same numbers.
    """

    cells: NDArray[np.int16]
    log_odds: NDArray[np.float64]
    error: NDArray[np.float64]


def fitting(behind: Mapping[str, Interval], n: int) -> list[tuple[Table, list[str]]]:
    """Tables of n people whose odds ratio and Woolf interval lie in given intervals.

    `behind` holds the intervals of odds_ratio, ci_low and ci_high. With each table come the
    normal quantiles for which both ends fit.

    Raises
    ------
    ValueError
        Above MAX_SIZE people.
    """
    if n > MAX_SIZE:
        raise ValueError(f"n is {n}; tables are enumerated up to {MAX_SIZE} people.")
    pool, odds = _pool(n), behind["odds_ratio"]
    ends = [_log(odds.low, -inf) - NEAR, _log(odds.high, inf) + NEAR]
    first, last = np.searchsorted(pool.log_odds, ends)
    log_odds, error = pool.log_odds[first:last], pool.error[first:last]
    likely = np.zeros(len(error), dtype=bool)
    for z in QUANTILES.values():
        likely |= _near(log_odds - z * error, behind["ci_low"]) & _near(
            log_odds + z * error, behind["ci_high"]
        )
    candidates = pool.cells[first:last][likely].tolist()
    checked = (((a, b, c, d), _quantiles((a, b, c, d), behind)) for a, b, c, d in candidates)
    found = [(table, quantiles) for table, quantiles in checked if quantiles]
    twins = [((d, c, b, a), z) for (a, b, c, d), z in found if 2 * (a + b) < n]
    return found + twins


def _near(value: NDArray[np.float64], behind: Interval) -> NDArray[np.bool_]:
    low, high = _log(behind.low, -inf) - NEAR, _log(behind.high, inf) + NEAR
    inside: NDArray[np.bool_] = (value >= low) & (value <= high)
    return inside


def _log(end: Fraction | None, unbounded: float) -> float:
    """Log of an end of an interval; minus infinity at or below 0, `unbounded` without one."""
    if end is None:
        return unbounded
    return log(end) if end > 0 else -inf


@lru_cache(maxsize=64)
def _pool(n: int) -> _Pool:
    blocks = [_tables_of(outcome, n - outcome) for outcome in range(2, n // 2 + 1)]
    cells = np.concatenate([np.empty((4, 0), dtype=np.int16), *blocks], axis=1)
    a, b, c, d = cells
    logs, inverses = np.log(np.arange(1, n + 1)), 1 / np.arange(1, n + 1)
    log_odds = logs[a - 1] + logs[d - 1] - logs[b - 1] - logs[c - 1]
    variance = inverses[a - 1] + inverses[b - 1] + inverses[c - 1] + inverses[d - 1]
    order = np.argsort(log_odds)
    return _Pool(cells[:, order].T, log_odds[order], np.sqrt(variance[order]))


def _tables_of(outcome: int, other: int) -> NDArray[np.int16]:
    a, c = (grid.ravel() for grid in np.mgrid[1:outcome, 1:other].astype(np.int16))
    return np.stack([a, outcome - a, c, other - c])


def _quantiles(table: Table, behind: Mapping[str, Interval]) -> list[str]:
    """Quantiles for which a table meets the three intervals, beyond doubt."""
    a, b, c, d = table
    if not behind["odds_ratio"].contains(Fraction(a * d, b * c)):
        return []
    with localcontext() as context:
        context.prec = 50
        centre = (Decimal(a * d) / Decimal(b * c)).ln()
        error = sum((1 / Decimal(cell) for cell in table), Decimal(0)).sqrt()
        ends = {
            name: ((centre - z * error).exp(), (centre + z * error).exp())
            for name, z in ((name, Decimal(repr(z))) for name, z in QUANTILES.items())
        }
    low, high = behind["ci_low"], behind["ci_high"]
    return [name for name, (lo, hi) in ends.items() if _holds(low, lo) and _holds(high, hi)]


def _holds(behind: Interval, value: Decimal) -> bool:
    return behind.contains(Fraction(value))


def prints_p(value: float, p: str, rounding: str) -> bool:
    """Whether a p lies in the interval behind its printed text."""
    return _behind(p, rounding).overlaps(value, value)


@lru_cache(maxsize=256)
def _behind(p: str, rounding: str) -> Interval:
    return parse(p).interval(rounding)


def p_values(table: Table) -> dict[str, float]:
    """Two-sided p of a 2x2 table without empty margins, by each of P_METHODS.

    Pearson's chi-square without and with Yates's correction, the likelihood-ratio chi-square,
    Wald's z of the log odds ratio, and Fisher's test (tables at most as likely as this one).

    >>> round(p_values((17, 15, 26, 23))["pearson"], 3)
    0.996
    """
    return {method: p_of_table(table, method) for method in P_METHODS}


def p_of_table(table: Table, method: str) -> float:
    """One of `p_values`."""
    if method == "fisher":
        return _fisher(table)
    if method == "likelihood_ratio":
        return _upper(_deviance(table))
    a, b, c, d = table
    if method == "wald":
        error = sqrt(sum(1 / cell for cell in table)) if all(table) else inf
        centre = log(a * d / (b * c)) if all(table) else 0.0
        return _upper((centre / error) ** 2)
    n, gap = sum(table), float(abs(a * d - b * c))
    gap = max(0.0, gap - n / 2) if method == "yates" else gap
    return _upper(n * gap**2 / ((a + b) * (c + d) * (a + c) * (b + d)))


def _upper(chi_square: float) -> float:
    """Chance of a greater chi-square with one degree of freedom."""
    return erfc(sqrt(chi_square / 2))


def _deviance(table: Table) -> float:
    a, b, c, d = table
    n = sum(table)
    rows, columns = (a + b, a + b, c + d, c + d), (a + c, b + d, a + c, b + d)
    parts = zip(table, rows, columns, strict=True)
    return max(0.0, 2 * sum(x * log(x * n / (r * k)) for x, r, k in parts if x))


def _fisher(table: Table) -> float:
    a, b, c, _ = table
    return _fisher_of(a + b, a + c, sum(table))[a]


@lru_cache(maxsize=4096)
def _fisher_of(outcome: int, exposed: int, n: int) -> dict[int, float]:
    """Fisher's p by the people with outcome and exposure, of tables with these margins."""
    ways = {
        k: comb(outcome, k) * comb(n - outcome, exposed - k)
        for k in range(max(0, exposed - (n - outcome)), min(outcome, exposed) + 1)
    }
    total, so_far, found = sum(ways.values()), 0, dict[int, float]()
    for _, alike in groupby(sorted(ways, key=ways.__getitem__), key=ways.__getitem__):
        ties = [*alike]
        so_far += sum(ways[k] for k in ties)
        found.update(dict.fromkeys(ties, so_far / total))
    return found
