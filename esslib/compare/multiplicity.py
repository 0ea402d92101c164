"""P-values of several tests read together."""

import pandas as pd
from pingouin import multicomp  # statsmodels' function empties the garbage at every call: 0.1 s

METHODS = {"p_holm": "holm", "p_bh": "fdr_bh"}


def adjust_p(table: pd.DataFrame, *, p: str = "p_value") -> pd.DataFrame:
    """Adjust the p-values of a result table for the number of tests in it.

    Parameters
    ----------
    table : DataFrame
        One row per test.
    p : str
        Column of p-values; missing ones are no tests and stay missing.

    Returns
    -------
    DataFrame
        The table with p_holm (controls the chance of any false positive) and p_bh
        (Benjamini-Hochberg: controls the expected share of false positives) at its end.

    References
    ----------
    Holm (1979) https://www.jstor.org/stable/4615733;
    Benjamini & Hochberg (1995) doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> adjust_p(pd.DataFrame({"p_value": [0.01, 0.04, None]}))
       p_value  p_holm  p_bh
    0     0.01    0.02  0.02
    1     0.04    0.04  0.04
    2      NaN     NaN   NaN
    """
    values = table[p].to_numpy(dtype=float)
    adjusted = {name: multicomp(values, method=method)[1] for name, method in METHODS.items()}
    return table.assign(**adjusted)
