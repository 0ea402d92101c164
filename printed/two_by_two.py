"""Odds ratios with an interval and a p are counts in disguise: find every 2x2 table behind them."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log, sqrt
from typing import Any

import pandas as pd

from printed.messages import InputError, say
from printed.published import parse
from printed.splits import CommonSplit, common_split
from printed.woolf import CELLS, P_METHODS, QUANTILES, Table, fitting, p_values, prints_p

__all__ = ["CELLS", "P_METHODS", "CommonSplit", "common_split", "p_values", "tables"]

MAX_N = 100


def tables(
    odds_ratio: str,
    ci_low: str,
    ci_high: str,
    *,
    p: str | None = None,
    n: int | Iterable[int] | None = None,
    n_outcome: int | None = None,
    rounding: str = "up_or_down",
) -> pd.DataFrame:
    """Every integer 2x2 table that prints this odds ratio and Woolf interval.

    Parameters
    ----------
    odds_ratio, ci_low, ci_high, p
        As printed. With `p`, only tables that print it by some method are kept.
    n
        Size of the table, or several; by default all up to MAX_N, since without a bound there
        are infinitely many.
    n_outcome
        People with the outcome.
    rounding
        Convention of all numbers.

    Returns
    -------
    One row per table: CELLS (the odds ratio is first times last over the two between), n,
    n_outcome, odds_ratio, ci_low, ci_high (unrounded), z (which normal quantiles fit), p_pearson,
    p_yates, p_likelihood_ratio, p_wald, p_fisher, p_fits (methods that print `p`).

    Raises
    ------
    ValueError
        Without `n`, no table of up to MAX_N people has this odds ratio and interval: give `n`.

    Examples
    --------
    >>> found = tables("1", "0.41", "2.45", p="0.996", n=81, n_outcome=32)
    >>> found[list(CELLS)].to_numpy().tolist(), found["p_fits"].item()
    ([[17, 15, 26, 23]], 'pearson likelihood_ratio wald')
    """
    sizes = range(4, MAX_N + 1) if n is None else n if isinstance(n, Iterable) else [int(n)]
    printed = {"odds_ratio": odds_ratio, "ci_low": ci_low, "ci_high": ci_high}
    behind = {name: parse(text).interval(rounding) for name, text in printed.items()}
    found = [
        _described(table, quantiles, p, rounding)
        for size in sizes
        for table, quantiles in fitting(behind, size)
    ]
    frame = pd.DataFrame(found, columns=_columns())
    if n is None and frame.empty:
        raise InputError(say("no-table-up-to", n=MAX_N))
    kept = frame["n_outcome"].eq(frame["n_outcome"] if n_outcome is None else n_outcome)
    return frame[kept & (frame["p_fits"].ne("") | (p is None))].reset_index(drop=True)


def _columns() -> list[str]:
    p_names = [f"p_{method}" for method in P_METHODS]
    return [*CELLS, "n", "n_outcome", "odds_ratio", "ci_low", "ci_high", "z", *p_names, "p_fits"]


def _described(table: Table, quantiles: list[str], p: str | None, rounding: str) -> dict[str, Any]:
    """One row of `tables`: a table with its statistics and the methods that print `p`."""
    a, b, c, d = table
    centre, error = log(a * d / (b * c)), sqrt(sum(1 / cell for cell in table))
    z = QUANTILES[quantiles[0]] if quantiles else QUANTILES["1.96"]
    values = p_values(table)
    fits = () if p is None else (m for m in P_METHODS if prints_p(values[m], p, rounding))
    return {
        **dict(zip(CELLS, table, strict=True)),
        "n": sum(table),
        "n_outcome": a + b,
        "odds_ratio": a * d / (b * c),
        "ci_low": exp(centre - z * error),
        "ci_high": exp(centre + z * error),
        "z": " ".join(quantiles),
        **{f"p_{method}": value for method, value in values.items()},
        "p_fits": " ".join(fits),
    }
