"""Every defensible analysis at once: specifications, their estimates, and what they agree on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from esslib.multiverse.associations import association_specifications
from esslib.multiverse.contrasts import contrast_specifications
from esslib.multiverse.specifications import CHOICES, NO_EFFECT
from esslib.multiverse.verdicts import (
    read_conclusions,
    shares,
    toward_security,
    verdicts,
    with_holds,
)
from esslib.survey.codebook import Codebook

__all__ = [
    "CHOICES",
    "NO_EFFECT",
    "association_specifications",
    "contrast_specifications",
    "multiverse",
    "read_conclusions",
    "shares",
    "toward_security",
    "varied",
    "verdicts",
    "with_holds",
]


def multiverse(
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    conclusions: pd.DataFrame,
    rng: np.random.Generator,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Estimate everything that the thesis concludes under every distinct set of choices.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    conclusions : DataFrame
        As `read_conclusions` returns it.
    rng : Generator
        Seeds multiple imputation.
    alpha : float
        Intervals have level 1 - `alpha`.

    Returns
    -------
    DataFrame
        Columns of `multiverse.csv`, one row per specification and contrast (or predictor). See
        `contrast_specifications` and `association_specifications` for units and signs.

    References
    ----------
    Steegen et al. (2016) doi:10.1177/1745691616658637; Simonsohn et al. (2020)
    doi:10.1038/s41562-020-0912-z.
    """
    targets = conclusions.loc[conclusions["kind"] == "predictor", "contrast"].tolist()
    scores = contrast_specifications(people, codebook, rng=rng, alpha=alpha)
    characteristics = association_specifications(people, codebook, targets=targets, alpha=alpha)
    return pd.concat([scores, characteristics], ignore_index=True)


def varied(specifications: pd.DataFrame, contrast: str) -> pd.DataFrame:
    """Return what a specification curve shows of one contrast.

    Returns
    -------
    DataFrame
        The choices with more than one value, estimate, ci_low, ci_high and p_value, the estimate
        toward security; the literal direction, a mirror image, and specifications without an
        estimate are left out.
    """
    rows = specifications[specifications["contrast"] == contrast].dropna(subset="estimate")
    rows = rows[rows["score_direction"] != "literal"]
    choices = [name for name in CHOICES if rows[name].nunique() > 1]
    return rows[[*choices, "estimate", "ci_low", "ci_high", "p_value"]].reset_index(drop=True)
