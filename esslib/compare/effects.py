"""How large a difference is, and whether it depends on the test: beyond `compare`.

The functions take the values of two groups, as `samples` returns them.
"""

import warnings

import numpy as np
import pandas as pd
from scipy import special, stats
from statsmodels.stats.nonparametric import RankCompareResult, rank_compare_2indep

from esslib.compare.counted import bootstrap_interval, count_values, exchanged
from esslib.compare.samples import Floats

N_RESAMPLES = 9_999
BATCH = 500  # resamples held in memory at a time
DRAWN_SINGLY = 10_000  # values; of larger groups, the counts of distinct values are drawn


def effect_sizes(
    a: Floats, b: Floats, *, rng: np.random.Generator, confidence: float = 0.95
) -> pd.DataFrame:
    """Standardised sizes of a difference, each with two intervals.

    Parameters
    ----------
    a, b : array
        Values of the two groups, none missing.
    rng : numpy.random.Generator
        Of the bootstrap (9,999 resamples, drawn within each group).
    confidence : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        Two rows per size: statistic, method, estimate, ci_low, ci_high.

        - hedges_g: difference of means in pooled standard deviations, corrected for small
          samples; positive where a is higher. Methods `noncentral_t` (normal groups of equal
          variance) and `bootstrap` (bias-corrected and accelerated).
        - cles: probability that a value of a is above one of b, ties counted half. Methods
          `brunner_munzel` and `bootstrap`.
        - rank_biserial: 2 cles - 1, with the intervals of cles turned alike.

    Notes
    -----
    Missing: all of hedges_g where neither group varies or fewer than four values are there; an
    interval that its method cannot give because one group lies wholly above the other, a group
    has one value, or no resample differs. The Brunner-Munzel interval is cut at 0 and 1.

    References
    ----------
    Hedges (1981) doi:10.3102/10769986006002107; Efron (1987) doi:10.1080/01621459.1987.10478410;
    Brunner & Munzel (2000) doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> sizes = effect_sizes(np.array([60, 64, 70.]), np.array([40, 48, 65.]), rng=rng)
    >>> sizes[["statistic", "method", "estimate"]].round(4)
           statistic          method  estimate
    0       hedges_g    noncentral_t    1.1237
    1       hedges_g       bootstrap    1.1237
    2           cles  brunner_munzel    0.7778
    3           cles       bootstrap    0.7778
    4  rank_biserial  brunner_munzel    0.5556
    5  rank_biserial       bootstrap    0.5556
    """
    g, cles = float(_hedges_g(a, b)), float(_cles(a, b))
    rows: list[tuple[object, ...]] = [
        ("hedges_g", "noncentral_t", g, *_noncentral_interval(a, b, confidence)),
        ("hedges_g", "bootstrap", g, *_bootstrap("hedges_g", a, b, rng=rng, level=confidence)),
        ("cles", "brunner_munzel", cles, *_brunner_munzel_interval(a, b, confidence)),
        ("cles", "bootstrap", cles, *_bootstrap("cles", a, b, rng=rng, level=confidence)),
    ]
    columns = ["statistic", "method", "estimate", "ci_low", "ci_high"]
    sizes = pd.DataFrame(rows, columns=columns)
    ranked = sizes[sizes["statistic"] == "cles"].assign(
        statistic="rank_biserial", **{name: lambda t, n=name: 2 * t[n] - 1 for name in columns[2:]}
    )
    return pd.concat([sizes, ranked], ignore_index=True)


def brunner_munzel(a: Floats, b: Floats, *, confidence: float = 0.95) -> pd.DataFrame:
    """Test whether a value of one group is as likely above as below one of the other.

    Unlike Mann-Whitney's, the test stays valid when the groups differ in spread.

    Returns
    -------
    DataFrame
        One row: cles (probability that a value of a is above one of b, ties counted half),
        ci_low, ci_high (cut at 0 and 1), statistic (positive where a is above b), df (Welch),
        p_value (two-sided, t distribution). All but cles is missing where a group has one value
        or the ranks within the groups do not vary.

    References
    ----------
    Brunner & Munzel (2000) doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U.

    Examples
    --------
    >>> row = brunner_munzel(np.array([1, 4, 6.0]), np.array([2, 3, 5.0])).iloc[0]
    >>> round(float(row["cles"]), 4), round(float(row["p_value"]), 4)
    (0.5556, 0.8727)
    """
    low, high = _brunner_munzel_interval(a, b, confidence)
    test = _ranked(a, b)
    row = {
        "cles": float(_cles(a, b)),
        "ci_low": low,
        "ci_high": high,
        "statistic": test.statistic if test else np.nan,
        "df": test.df if test else np.nan,
        "p_value": test.pvalue if test else np.nan,
    }
    return pd.DataFrame([row])


def permutation_tests(
    a: Floats, b: Floats, *, rng: np.random.Generator, n_resamples: int = N_RESAMPLES
) -> pd.DataFrame:
    """Test two statistics against all exchanges of the groups.

    Parameters
    ----------
    a, b : array
        Values of the two groups, none missing.
    rng : numpy.random.Generator
    n_resamples : int
        Random exchanges; where fewer distinct ones exist, all are taken and p is exact.

    Returns
    -------
    DataFrame
        Rows `difference` (of means) and `u` (Mann-Whitney): statistic, estimate (of the groups
        as they are), p_value (two-sided: twice the smaller tail, at most 1; never 0).

    References
    ----------
    Phipson & Smyth (2010) doi:10.2202/1544-6115.1585.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> permutation_tests(np.array([5, 6, 7.0]), np.array([1, 2, 3.0]), rng=rng)
        statistic  estimate  p_value
    0  difference       4.0      0.1
    1           u       9.0      0.1
    """
    if a.size + b.size > DRAWN_SINGLY:
        found = exchanged(count_values(a, b), rng=rng, n_resamples=n_resamples)
        rows = [{"statistic": s, "estimate": e, "p_value": p} for s, (e, p) in found.items()]
        return pd.DataFrame(rows)
    together = np.concatenate([a, b])
    ranks = stats.rankdata(together)
    least = a.size * (a.size + 1) / 2
    columns = {
        # decimal fractions of binary origin: equal differences must count as equal
        "difference": (together, lambda x, y, axis: (x.mean(axis) - y.mean(axis)).round(10)),
        "u": (ranks, lambda x, y, axis: x.sum(axis) - least),
    }
    rows = []
    for name, (values, statistic) in columns.items():
        test = stats.permutation_test(
            (values[: a.size], values[a.size :]),
            statistic,
            vectorized=True,
            n_resamples=n_resamples,
            batch=BATCH,
            rng=rng,
        )
        rows.append({"statistic": name, "estimate": test.statistic, "p_value": test.pvalue})
    return pd.DataFrame(rows)


def _hedges_g(a: Floats, b: Floats, axis: int = -1) -> Floats:
    n_a, n_b = a.shape[axis], b.shape[axis]
    df = n_a + n_b - 2
    squares = sum(x.var(axis=axis) * n for x, n in ((a, n_a), (b, n_b)))
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = (a.mean(axis=axis) - b.mean(axis=axis)) / np.sqrt(squares / df)
    return np.asarray(_correction(df) * sizes)


def _correction(df: int) -> float:
    if df < 2:
        return np.nan
    return float(np.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / np.sqrt(df / 2))


def _cles(a: Floats, b: Floats, axis: int = -1) -> Floats:
    n_a, n_b = a.shape[axis], b.shape[axis]
    ranks = stats.rankdata(np.concatenate([a, b], axis=axis), axis=axis)
    above = np.take(ranks, range(n_a), axis=axis).sum(axis=axis) - n_a * (n_a + 1) / 2
    return np.asarray(above / (n_a * n_b))


def _noncentral_interval(a: Floats, b: Floats, confidence: float) -> tuple[float, float]:
    g, df = float(_hedges_g(a, b)), a.size + b.size - 2
    if not np.isfinite(g):
        return np.nan, np.nan
    scale = np.sqrt(a.size * b.size / (a.size + b.size))
    t = g / _correction(df) * scale
    limits = special.nctdtrinc(df, [(1 + confidence) / 2, (1 - confidence) / 2], t)
    low, high = limits / scale * _correction(df)
    return float(low), float(high)


def _bootstrap(
    name: str, a: Floats, b: Floats, *, rng: np.random.Generator, level: float
) -> tuple[float, float]:
    if min(a.size, b.size) < 2:
        return np.nan, np.nan
    if a.size + b.size > DRAWN_SINGLY:
        ends = bootstrap_interval(
            count_values(a, b), name, rng=rng, level=level, n_resamples=N_RESAMPLES
        )
        correction = _correction(a.size + b.size - 2) if name == "hedges_g" else 1
        return ends[0] * correction, ends[1] * correction
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # resamples that do not differ: said by a missing interval
        interval = stats.bootstrap(
            (a, b),
            _hedges_g if name == "hedges_g" else _cles,
            n_resamples=N_RESAMPLES,
            batch=BATCH,
            confidence_level=level,
            rng=rng,
        ).confidence_interval
    return float(interval.low), float(interval.high)


def _brunner_munzel_interval(a: Floats, b: Floats, confidence: float) -> tuple[float, float]:
    test = _ranked(a, b)
    if test is None:
        return np.nan, np.nan
    low, high = np.clip(test.conf_int(alpha=1 - confidence), 0, 1)
    return float(low), float(high)


def _ranked(a: Floats, b: Floats) -> RankCompareResult | None:
    if min(a.size, b.size) < 2:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        test = rank_compare_2indep(a, b)
    return test if np.isfinite(test.statistic) else None
