"""Is it one thing that the items measure? Polychoric correlations, omega, parallel analysis.

The functions take points, one row per person and one column per item, missing where there are
none. Answers on four levels are coarse: reliability is therefore computed from the correlations
of what is thought to lie behind them, and each correlation from everybody who answered both items.
"""

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from ordinalcorr import polychoric
from statsmodels.multivariate.factor import Factor
from statsmodels.stats.correlation_tools import corr_clipped

Floats = NDArray[np.floating]

N_RESAMPLES = 1_000
BATCH_CELLS = 2_000_000  # points held in memory at a time
LEAST_PAIRS = 3  # two persons are perfectly correlated whatever they answer
TOLERANCE = 1e-10
MOST_ITERATIONS = 5_000
LEAST_EIGENVALUE = 1e-8


def polychoric_matrix(points: pd.DataFrame) -> pd.DataFrame:
    """Correlations of the normal variables thought to lie behind the answers.

    Parameters
    ----------
    points : DataFrame
        One row per person, one column per item; missing where there are no points.

    Returns
    -------
    DataFrame
        Items by items, -1 to 1. Missing where fewer than three persons answered both items or
        one of the two does not vary among them.

    Notes
    -----
    Two steps: thresholds from the answers of those who answered both items, then maximum
    likelihood for the correlation. Each pair has its own persons, so the whole need not be the
    correlation matrix of any data (it may have a negative eigenvalue).

    References
    ----------
    Olsson (1979) doi:10.1007/BF02296207.

    Examples
    --------
    >>> frame = pd.DataFrame({"q1": [1, 1, 2, 2, 3, 3, 1], "q2": [1, 2, 1, 3, 2, 3, None]})
    >>> round(float(polychoric_matrix(frame).loc["q1", "q2"]), 3)
    0.561
    """
    result = pd.DataFrame(np.eye(points.shape[1]), points.columns, points.columns)
    values = points.to_numpy(dtype=float)
    for (i, first), (j, second) in combinations(enumerate(points), 2):
        both = values[:, [i, j]]
        both = both[~np.isnan(both).any(axis=1)]
        result.loc[first, second] = result.loc[second, first] = _polychoric(both)
    return result


def one_factor(correlations: pd.DataFrame) -> pd.Series:
    """Loadings of the items on one common factor.

    Parameters
    ----------
    correlations : DataFrame
        Items by items, as `polychoric_matrix` returns them.

    Returns
    -------
    Series
        Loading of every item, their sum positive. All missing where a correlation is missing, the
        iteration does not settle, or an item would share more than all of its variance.

    Notes
    -----
    Iterated principal axes, the least-squares solution; it needs no likelihood and so stands
    small samples. A matrix with an eigenvalue below zero is first replaced by the near
    correlation matrix with its eigenvalues clipped.

    References
    ----------
    Harman & Jones (1966) doi:10.1007/BF02289468.

    Examples
    --------
    >>> rows = [[1, 0.56, 0.48], [0.56, 1, 0.42], [0.48, 0.42, 1]]
    >>> r = pd.DataFrame(rows, list("abc"), list("abc"))
    >>> one_factor(r).round(4).tolist()
    [0.8, 0.7, 0.6]
    """
    missing = pd.Series(np.nan, index=correlations.index, name="loading")
    if correlations.isna().any(axis=None) or len(correlations) < 2:
        return missing
    matrix = corr_clipped(correlations.to_numpy(dtype=float), threshold=LEAST_EIGENVALUE)
    model = Factor(corr=matrix, n_factor=1, method="pa", smc=False)
    loadings = model.fit(maxiter=MOST_ITERATIONS, tol=TOLERANCE).loadings[:, 0]
    shared = loadings**2
    implied = (matrix - np.eye(len(matrix)) + np.diag(shared)) @ loadings
    is_settled = np.allclose(implied, loadings * shared.sum(), atol=1e-6)
    if not is_settled or shared.max() > 1:
        return missing
    return missing.fillna(pd.Series(loadings * np.sign(loadings.sum()), correlations.index))


def ordinal_reliability(correlations: pd.DataFrame) -> pd.DataFrame:
    """Ordinal alpha and McDonald's omega of a sum of items.

    Parameters
    ----------
    correlations : DataFrame
        Polychoric, items by items, as `polychoric_matrix` returns them.

    Returns
    -------
    DataFrame
        Rows `alpha_ordinal` (all items measure equally well) and `omega_ordinal` (each has its
        own loading on one factor): statistic, estimate, ci_low, ci_high. The interval is missing:
        neither has a formula for one that holds with pairwise answers.

    Notes
    -----
    Both are about the variables behind the answers, not about the sum of the answers itself, and
    are usually higher than Cronbach's alpha. Missing where a correlation (for omega: the loadings)
    is missing.

    References
    ----------
    Zumbo, Gadermann & Zeisser (2007) doi:10.22237/jmasm/1177992180;
    McDonald (1999), Test Theory, chapter 6.

    Examples
    --------
    >>> rows = [[1, 0.56, 0.48], [0.56, 1, 0.42], [0.48, 0.42, 1]]
    >>> r = pd.DataFrame(rows, list("abc"), list("abc"))
    >>> ordinal_reliability(r)[["statistic", "estimate"]].round(4)
           statistic  estimate
    0  alpha_ordinal    0.7399
    1  omega_ordinal    0.7449
    """
    k = len(correlations)
    total = correlations.to_numpy(dtype=float).sum()
    loadings = one_factor(correlations).to_numpy()
    common = loadings.sum() ** 2
    estimates = {
        "alpha_ordinal": k / (k - 1) * (1 - k / total) if k > 1 else np.nan,
        "omega_ordinal": common / (common + (1 - loadings**2).sum()),
    }
    rows = [{"statistic": name, "estimate": float(value)} for name, value in estimates.items()]
    return pd.DataFrame(rows).assign(ci_low=np.nan, ci_high=np.nan)


def parallel_analysis(
    points: pd.DataFrame,
    *,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
    quantile: float = 0.95,
) -> pd.DataFrame:
    """Ask how many components stand out from what unrelated answers would give.

    Parameters
    ----------
    points : DataFrame
        One row per person, one column per item; missing where there are no points.
    rng : numpy.random.Generator
    n_resamples : int
        Data sets in which each item's answers, gaps included, are shuffled among the persons.
    quantile : float
        Of the shuffled eigenvalues, which a component has to exceed.

    Returns
    -------
    DataFrame
        One row per component, largest first: component (1, 2, ...), eigenvalue (of the Pearson
        correlations), random_mean and random_quantile (of the shuffled data), is_retained (1
        while this and every larger component exceed random_quantile, else 0).

    Notes
    -----
    Shuffling keeps each item's distribution. Correlations use everybody who answered both items;
    where one of the two does not vary among them the correlation counts as 0.

    References
    ----------
    Horn (1965) doi:10.1007/BF02289447; Buja & Eyuboglu (1992) doi:10.1207/s15327906mbr2704_2;
    Glorfeld (1995) doi:10.1177/0013164495055003002.

    Examples
    --------
    >>> trait = np.arange(40)
    >>> frame = pd.DataFrame({f"q{i}": (trait + i * (trait % 3)) // 10 for i in range(4)})
    >>> found = parallel_analysis(frame, rng=np.random.default_rng(1))
    >>> int(found["is_retained"].sum())
    1
    """
    values = points.to_numpy(dtype=float)
    observed = _eigenvalues(values)
    size = max(1, BATCH_CELLS // max(values.size, 1))
    steps = [min(size, n_resamples - start) for start in range(0, n_resamples, size)]
    shuffled = np.concatenate(
        [
            _eigenvalues(rng.permuted(np.broadcast_to(values, (n, *values.shape)), axis=1))
            for n in steps
        ]
    )
    limit = np.quantile(shuffled, quantile, axis=0)
    return pd.DataFrame(
        {
            "component": np.arange(1, observed.size + 1),
            "eigenvalue": observed,
            "random_mean": shuffled.mean(axis=0),
            "random_quantile": limit,
            "is_retained": np.cumprod(observed > limit),
        }
    )


def _polychoric(both: Floats) -> float:
    if len(both) < LEAST_PAIRS or (np.ptp(both, axis=0) == 0).any():
        return np.nan
    return float(polychoric(both[:, 0], both[:, 1]))


def _eigenvalues(values: Floats) -> Floats:
    """Eigenvalues, largest first, of the pairwise correlations of the last two axes."""
    return np.asarray(np.linalg.eigvalsh(_pairwise(values))[..., ::-1])


def _pairwise(values: Floats) -> Floats:
    is_known = ~np.isnan(values)
    known, weight = np.where(is_known, values, 0.0), is_known.astype(float)
    turned, turned_weight = np.swapaxes(known, -1, -2), np.swapaxes(weight, -1, -2)
    n = turned_weight @ weight
    sums = turned @ weight  # of the row's item, over those who answered the column's item too
    squares = n * (turned**2 @ weight) - sums**2
    products = n * (turned @ known) - sums * np.swapaxes(sums, -1, -2)
    spread = np.sqrt(np.maximum(squares * np.swapaxes(squares, -1, -2), 0))
    varies = spread > TOLERANCE
    result = np.where(varies, products / np.where(varies, spread, 1), 0.0)
    diagonal = np.arange(values.shape[-1])
    result[..., diagonal, diagonal] = 1
    return result
