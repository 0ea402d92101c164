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
    "curves",
    "read_conclusions",
    "shares",
    "toward_security",
    "verdicts",
    "with_holds",
]


def curves(specifications: pd.DataFrame, conclusions: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return what a specification curve shows of each conclusion.

    Returns
    -------
    dict of DataFrame
        Figure of ``conclusions.csv`` to its specifications: contrast, the choices with more than
        one value, estimate, ci_low, ci_high, p_value, and is_reference, whether the choices are
        those of the thesis.
        The estimate is toward security; the literal direction, a mirror image, and specifications
        without an estimate are left out.
    """
    kept = specifications[specifications["score_direction"] != "literal"]
    kept = kept.dropna(subset="estimate")
    return {
        row["figure"]: _varied(kept[kept["contrast"] == row["contrast"]], row["reading"])
        for row in conclusions.to_dict("records")
    }


def _varied(rows: pd.DataFrame, reading: str) -> pd.DataFrame:
    choices = [name for name in CHOICES if rows[name].nunique() > 1]
    known = dict(part.split("=") for part in reading.split())
    wanted = {name: value for name, value in known.items() if name in choices}
    is_same = (rows[list(wanted)] == pd.Series(wanted, dtype=object)).all(axis="columns")
    shown = rows[["contrast", *choices, "estimate", "ci_low", "ci_high", "p_value"]]
    return shown.assign(is_reference=is_same & bool(wanted)).reset_index(drop=True)
