"""What a printed regression row asks for, and how much of it one Wald interval can give.

A Wald interval is the coefficient plus or minus z standard errors. Coefficient and bounds printed
under a rounding convention can therefore stand together only if some value of the coefficient's
interval is the middle of some values of the bounds' intervals; otherwise at most two cells of the
row can be met by any data set whatever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.synthetic.targets import CELLS, RegressionRow

__all__ = ["Aims", "CellGoals", "Z", "attainable_cells", "cell_goals"]

Array = NDArray[np.float64]
Z = 1.96
INSIDE = 0.98
Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Aims:
    """Coefficients and half widths to aim at, one per covariate, and how far off both may be."""

    beta: Array
    half: Array
    beta_reach: Array
    half_reach: Array


@dataclass(frozen=True)
class CellGoals:
    """Intervals that coefficients and bounds should reach: one row per covariate, CELLS across.

    `weight` is 0 for the cells that no data set can meet together with the rest of their row.
    """

    centre: Array
    reach: Array
    weight: Array

    def misfit(self, beta: Array, half: Array) -> Array:
        """Sum how far the cells lie outside their intervals, shrunk a little.

        Parameters
        ----------
        beta, half
            Coefficients without the intercept, and half the widths of their intervals; leading
            axes are kept.
        """
        cells = np.stack([beta, beta - half, beta + half], axis=-1)
        outside = np.maximum(np.abs(cells - self.centre) - INSIDE * self.reach, 0)
        total: Array = (outside * self.weight).sum(axis=(-1, -2))
        return total

    def are_met(self, cells: Array) -> bool:
        """Tell whether all cells that can be met together are: covariates × CELLS."""
        outside = (np.abs(cells - self.centre) > self.reach) & (self.weight > 0)
        return not outside.any()

    def aims(self) -> Aims:
        """Return the middle of the coefficients and half widths that meet all cells of a row."""
        (c, low, high), (rc, r_low, r_high) = self.centre.T, INSIDE * self.reach.T
        middle, r_middle = (low + high) / 2, (r_low + r_high) / 2
        from_, to = np.maximum(c - rc, middle - r_middle), np.minimum(c + rc, middle + r_middle)
        missing = [self.weight[:, cell] == 0 for cell in range(len(CELLS))]
        beta = np.select(missing, [middle, c, c], (from_ + to) / 2)
        r_beta = np.select(missing, [r_middle, rc, rc], (to - from_) / 2)
        half = np.select(
            missing,
            [(high - low) / 2, high - c, c - low],
            (
                np.maximum(high - r_high - beta, beta - low - r_low)
                + np.minimum(high + r_high - beta, beta - low + r_low)
            )
            / 2,
        )
        r_half = np.select(missing, [r_middle, rc + r_high, rc + r_low], r_middle)
        return Aims(beta, half, r_beta, r_half)


def cell_goals(rows: Sequence[RegressionRow], *, rounding: str = "up_or_down") -> CellGoals:
    """Turn printed rows into goals, leaving out of each row the cells it cannot have.

    Of the pairs that can stand in the place of all three, the one that gives the printed p is
    taken; among those, the one that leaves out the coefficient, whose miss is then the smallest.
    """
    kept = [_kept(row, rounding) for row in rows]
    ends = [[row.printed()[cell].ends(rounding) for cell in CELLS] for row in rows]
    low, high = np.array(ends, dtype=float).transpose(2, 0, 1)
    weight = np.array([[float(cell in cells) for cell in CELLS] for cells in kept])
    return CellGoals((low + high) / 2, (high - low) / 2, weight)


def attainable_cells(rows: Sequence[RegressionRow]) -> pd.DataFrame:
    """Prove, row by row, how many cells any Wald interval can meet under each convention.

    Returns
    -------
    DataFrame
        One row per covariate and convention (``up_or_down``, ``trunc``): `covariate`, `rounding`,
        `n_cells` (3 or 2), `coefficient_low`, `coefficient_high`, `middle_low`, `middle_high` (the
        two intervals that must overlap). The sum of `n_cells` bounds what can be met.
    """
    return pd.DataFrame(
        [_attainable(row, rounding) for rounding in ("up_or_down", "trunc") for row in rows]
    )


def _attainable(row: RegressionRow, rounding: str) -> dict[str, object]:
    (low, high), (middle_low, middle_high) = _coefficient_and_middle(row, rounding)
    return {
        "covariate": row.covariate.name,
        "rounding": rounding,
        "n_cells": 3 if max(low, middle_low) < min(high, middle_high) else 2,
        "coefficient_low": float(low),
        "coefficient_high": float(high),
        "middle_low": float(middle_low),
        "middle_high": float(middle_high),
    }


def _coefficient_and_middle(row: RegressionRow, rounding: str) -> tuple[Ends, Ends]:
    printed = row.printed()
    coefficient, low, high = (printed[cell].ends(rounding) for cell in CELLS)
    return coefficient, ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)


def _kept(row: RegressionRow, rounding: str) -> set[str]:
    if _attainable(row, rounding)["n_cells"] == len(CELLS):
        return set(CELLS)
    pairs = [set(pair) for pair in reversed(list(combinations(CELLS, 2)))]
    return min(pairs, key=lambda pair: _p_gap(row, pair))


def _p_gap(row: RegressionRow, pair: set[str]) -> float:
    """Distance from the printed p to the one that two cells imply, in whole printed units."""
    if not row.p_value:
        return 0
    value = {cell: float(printed.value) for cell, printed in row.printed().items()}
    middle = (value["ci_low"] + value["ci_high"]) / 2
    coefficient = value["coefficient"] if "coefficient" in pair else middle
    half = value["ci_high"] - coefficient if "ci_high" in pair else coefficient - value["ci_low"]
    p = 2 * NormalDist().cdf(-abs(coefficient) * Z / half)
    return float(int(abs(p - float(row.p_value)) * 100 + 0.5))
