"""What remains of the conclusions under every defensible analysis (notebook 07)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from esslib import multiverse
from esslib.survey.codebook import Codebook


def sensitivity(
    people: pd.DataFrame,
    conclusions: pd.DataFrame,
    codebook: Codebook,
    *,
    alpha: float,
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Estimate everything that the thesis concludes under every distinct set of choices.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    conclusions : DataFrame
        As `esslib.multiverse.read_conclusions` returns it.
    codebook : Codebook
    alpha : float
        Intervals have level 1 - `alpha`.
    seed : int
        Of multiple imputation.

    Returns
    -------
    dict of DataFrame
        `multiverse` of ``results.csv``, one row per specification and contrast (or predictor). See
        `contrast_specifications` and `association_specifications` for units and signs.

    References
    ----------
    Steegen et al. (2016) doi:10.1177/1745691616658637; Simonsohn et al. (2020)
    doi:10.1038/s41562-020-0912-z.
    """
    targets = conclusions.loc[conclusions["kind"] == "predictor", "contrast"].tolist()
    rng = np.random.default_rng(seed)
    parts = [
        multiverse.contrast_specifications(people, codebook, rng=rng, alpha=alpha),
        multiverse.association_specifications(people, codebook, targets=targets, alpha=alpha),
    ]
    return {"multiverse": pd.concat(parts, ignore_index=True)}


def judgements(
    specifications: pd.DataFrame, conclusions: pd.DataFrame, *, alpha: float
) -> dict[str, pd.DataFrame]:
    """Judge each conclusion by what may be shown of its specifications; others are left out.

    Parameters
    ----------
    specifications : DataFrame
        `multiverse` of `sensitivity`, as released.
    conclusions, alpha
        As for `sensitivity`.

    Returns
    -------
    dict of DataFrame
        `multiverse_verdicts` of ``results.csv``; `multiverse_shares`, see `multiverse.shares`.
    """
    concluded = specifications[specifications["contrast"].isin(conclusions["contrast"])]
    marked = multiverse.with_holds(concluded, conclusions, alpha=alpha)
    return {
        "multiverse_verdicts": multiverse.verdicts(marked),
        "multiverse_shares": multiverse.shares(marked),
    }
