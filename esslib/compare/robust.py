"""One difference under several tests, to see whether the answer depends on the test."""

import numpy as np
import pandas as pd

from esslib.compare.effects import brunner_munzel, permutation_tests
from esslib.compare.groups import mann_whitney, welch
from esslib.compare.samples import Floats


def robust_tests(a: Floats, b: Floats, *, rng: np.random.Generator) -> pd.DataFrame:
    """Test the difference of two groups in five ways.

    Parameters
    ----------
    a, b : array
        Values of the two groups, none missing.
    rng : numpy.random.Generator
        Of the permutations (9,999 exchanges of the groups, or all where there are fewer).

    Returns
    -------
    DataFrame
        One row per test: test, statistic (the test's own, larger where a is higher), p_value
        (two-sided).

        - mann_whitney: U of a, as in `compare`;
        - brunner_munzel: as in `brunner_munzel`; groups may differ in spread;
        - welch: t of the means; groups may differ in variance;
        - permutation_difference, permutation_u: difference of the means, and U, against the
          exchanges; no distribution is assumed.

    Notes
    -----
    Missing: welch where a group has one value or neither varies; mann_whitney's p where all
    values are equal; brunner_munzel as said there.

    References
    ----------
    Welch (1947) doi:10.1093/biomet/34.1-2.28; the others in `compare` and `effects`.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> robust_tests(np.array([5, 6, 8.0]), np.array([1, 2, 7.0]), rng=rng).round(4)
                         test  statistic  p_value
    0            mann_whitney      7.000   0.4000
    1          brunner_munzel      1.118   0.3465
    2                   welch      1.460   0.2447
    3  permutation_difference      3.000   0.3000
    4           permutation_u      7.000   0.4000
    """
    ranked = brunner_munzel(a, b).iloc[0]
    rows = [
        ("mann_whitney", *mann_whitney(a, b)),
        ("brunner_munzel", ranked["statistic"], ranked["p_value"]),
        ("welch", *welch(a, b)),
    ]
    exchanged = permutation_tests(a, b, rng=rng)
    columns = ["test", "statistic", "p_value"]
    drawn = exchanged.assign(test="permutation_" + exchanged["statistic"])
    drawn = drawn.assign(statistic=drawn["estimate"])[columns]
    return pd.concat([pd.DataFrame(rows, columns=columns), drawn], ignore_index=True)
