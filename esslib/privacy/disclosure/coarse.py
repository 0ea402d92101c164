"""Means and SDs of few people, so coarse that a thousand sets of scores remain possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from printed.numerals import significant

if TYPE_CHECKING:
    from esslib.privacy.disclosure.decide import Rules

SETS = 1_000  # of whole scores, at least, print what is shown of a group: the tests count them
FOR_MEAN, FOR_SD = 5, 10  # people
MARGIN = 6  # points between a mean and the lowest or highest score
SPREAD = 3  # points of SD
FEW = 4  # so many times `min_count` people; of more, more is shown
DIGITS = 2


def coarsened(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Withhold or shorten mean and SD of small groups.

    Parameters
    ----------
    frame : DataFrame
        n, mean and sd of each group; missing where withheld.
    rules : Rules
        Their `limits` are the lowest and the highest score.

    Returns
    -------
    DataFrame
        The same. Of fewer than FEW times `min_count` people: a mean of at least FOR_MEAN of them,
        away from the ends of the scale; an SD of at least FOR_SD, if it is not next to nothing.
        Both have DIGITS digits.
    """
    low, high = rules.limits
    n, mean, sd = (frame[name].astype("float64") for name in ("n", "mean", "sd"))
    is_large = n >= FEW * rules.min_count
    is_within = mean.between(low + MARGIN, high - MARGIN) & (n >= FOR_MEAN)
    is_wide = is_within & (n >= FOR_SD) & (sd >= SPREAD)
    return frame.assign(
        mean=mean.where(is_large, _short(mean)).where(is_large | is_within),
        sd=sd.where(is_large, _short(sd)).where(is_large | is_wide),
    )


def _short(numbers: pd.Series) -> pd.Series:
    return numbers.map(lambda x: float(significant(x, DIGITS)), "ignore")
