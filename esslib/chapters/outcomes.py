"""What is said of the score in the compared groups (notebooks 03 and 04)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from esslib.compare import compare, samples, summarise
from esslib.compare.effects import effect_sizes
from esslib.compare.groups import normal_quantiles
from esslib.compare.multiplicity import adjust_p
from esslib.compare.robust import robust_tests
from esslib.compare.samples import Floats
from esslib.survey.codebook import Codebook, records

Groups = tuple[str, str]
VALUE = {"value": "ess_total", "group": "group"}


def outcomes(
    scored: pd.DataFrame, codebook: Codebook, *, alpha: float, seed: int
) -> dict[str, pd.DataFrame]:
    """Describe, compare, size and retest every contrast that `scored` holds.

    Parameters
    ----------
    scored : DataFrame
        As `esslib.chapters.questionnaire.score_contrasts` returns it.
    codebook : Codebook
        Its contrasts give the order of the rows.
    alpha : float
        Intervals have level 1 - `alpha`.
    seed : int
        Of the bootstrap of `effect_sizes`, and again of the permutations of `robust_tests`.

    Returns
    -------
    dict of DataFrame
        `scores`, the rows given; `group_summaries`, `group_tests`, `effect_sizes` and
        `robust_tests` of ``results.csv``; p_holm of the last adjusts each test's p over the
        contrasts.

    Raises
    ------
    ValueError
        Nobody in one of the groups has a score.
    """
    bootstrap, permutations = (np.random.default_rng(seed) for _ in range(2))
    sized = partial(effect_sizes, rng=bootstrap, confidence=1 - alpha)
    retested = partial(robust_tests, rng=permutations)
    return {
        "scores": scored,
        "group_summaries": group_summaries(scored, codebook),
        "group_tests": group_tests(scored, codebook, alpha=alpha),
        "effect_sizes": _by_contrast(scored, codebook, lambda *of: sized(*_samples(*of))),
        "robust_tests": _holm(_by_contrast(scored, codebook, lambda *of: retested(*_samples(*of)))),
    }


def group_summaries(scored: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Describe the score in both groups of every contrast: ``group_summaries.csv``."""

    def described(rows: pd.DataFrame, pair: Groups) -> pd.DataFrame:
        found = summarise(rows, **VALUE).set_index("group").reindex(pair)
        return found.rename_axis("group").reset_index()

    return _by_contrast(scored, codebook, described)


def group_tests(scored: pd.DataFrame, codebook: Codebook, *, alpha: float = 0.05) -> pd.DataFrame:
    """Compare the score between the groups of every contrast: ``group_tests.csv``.

    Raises
    ------
    ValueError
        Nobody in one of the groups has a score.
    """

    def compared(rows: pd.DataFrame, pair: Groups) -> pd.DataFrame:
        for group in pair:
            if not rows.loc[rows["group"] == group, "ess_total"].notna().any():
                raise ValueError(
                    f"Contrast {rows['contrast'].iloc[0]!r}: nobody with a score is in group "
                    f"{group!r}, so there is nothing to compare. Check the answers that decide "
                    "group and score, or leave the contrast out of contrasts.csv."
                )
        return compare(rows, **VALUE, groups=pair, confidence=1 - alpha)

    return _by_contrast(scored, codebook, compared)


def quantiles(scored: pd.DataFrame) -> pd.DataFrame:
    """Set each score beside its normal quantile, by contrast; see `groups.normal_quantiles`."""
    parts = [
        normal_quantiles(rows, **VALUE).assign(contrast=contrast)
        for contrast, rows in scored.groupby("contrast")
    ]
    nobody = pd.DataFrame({"contrast": [], "group": [], "expected": [], "observed": []})
    return pd.concat(parts, ignore_index=True)[nobody.columns] if parts else nobody


def _by_contrast(
    scored: pd.DataFrame,
    codebook: Codebook,
    analyse: Callable[[pd.DataFrame, Groups], pd.DataFrame],
) -> pd.DataFrame:
    """Analyse the rows and the groups of each contrast; `contrast` is the first column."""
    held = scored["contrast"].unique()  # looking each row up takes longer than all that follows
    pairs = {
        row["contrast"]: (row["group_a"], row["group_b"])
        for row in records(codebook.contrasts[codebook.contrasts["contrast"].isin(held)])
    }
    parts = [
        analyse(scored[scored["contrast"] == contrast], pair).assign(contrast=contrast)
        for contrast, pair in pairs.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    return frame[["contrast", *frame.columns.drop("contrast")]]


def _samples(rows: pd.DataFrame, pair: Groups) -> tuple[Floats, Floats]:
    return samples(rows, **VALUE, groups=pair)


def _holm(retested: pd.DataFrame) -> pd.DataFrame:
    """Adjust the p-values of each test over the contrasts."""
    by_test = retested.groupby("test")["p_value"]
    return retested.assign(
        p_holm=by_test.transform(lambda p: adjust_p(pd.DataFrame({"p_value": p}))["p_holm"])
    )
