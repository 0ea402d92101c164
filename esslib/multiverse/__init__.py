"""Every defensible analysis at once: specifications, their estimates, and what they agree on."""

from __future__ import annotations

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

__all__ = [
    "CHOICES",
    "NO_EFFECT",
    "association_specifications",
    "contrast_specifications",
    "read_conclusions",
    "shares",
    "toward_security",
    "varied",
    "verdicts",
    "with_holds",
]


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
