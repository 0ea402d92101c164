"""Tables of the predictors of a secured tool: one by one, and together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.text import TextTable, Writer, checked, records

COUNTS = ("secured_exposed", "secured_unexposed", "other_exposed", "other_unexposed")
BIVARIATE = ("covariate", *COUNTS, "odds_ratio", "ci_low", "ci_high", "p_value", "p_fisher")
LIKELIHOOD = ("coefficient", "ci_low", "ci_high", "p_value")
FIRTH = ("firth_coefficient", "firth_ci_low", "firth_ci_high", "firth_p")


def bivariate(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> TextTable:
    """Show each covariate's counts, odds ratio and tests, in the order of the frame.

    Parameters
    ----------
    frame : DataFrame
        ``bivariate.csv``: covariate, the four counts of its 2×2 table, odds_ratio (above 1 when
        the exposed have a secured tool more often), ci_low, ci_high, p_value, p_fisher.
    labels : mapping
        Covariate to label.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}
    alpha : float
        The intervals have level 1 - `alpha`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> bivariate(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, BIVARIATE, table="bivariate")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["covariate"]),
            _share(row, "secured", writer),
            _share(row, "other", writer),
            writer.ratio(row["odds_ratio"], row["ci_low"], row["ci_high"]),
            writer.p(row["p_value"]),
            writer.p(row["p_fisher"]),
        ]
        for row in records(shown)
    ]
    headings = [
        *(writer.word(key) for key in ("characteristic", "secured", "other")),
        writer.word("odds_ratio_interval", level=writer.level(alpha)),
        *(writer.word(key) for key in ("chi2_p", "fisher_p")),
    ]
    return writer.table("bivariate", rows, headings=headings)


def multivariate(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> TextTable:
    """Show the logistic regression, by maximum likelihood and Firth's, in the order of the frame.

    Parameters
    ----------
    frame : DataFrame
        ``multivariate.csv``: covariate, coefficient (log odds ratio, positive when the exposed
        have a secured tool more often), ci_low, ci_high, p_value, and the same by Firth.
    labels : mapping
        Covariate to label.
    synthetic, lang
        As in `bivariate`.
    alpha : float
        The intervals have level 1 - `alpha`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> multivariate(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, ("covariate", *LIKELIHOOD, *FIRTH), table="multivariate")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["covariate"]),
            writer.estimate(row["coefficient"], row["ci_low"], row["ci_high"]),
            writer.exponential(row["coefficient"]),
            writer.p(row["p_value"]),
            writer.estimate(row["firth_coefficient"], row["firth_ci_low"], row["firth_ci_high"]),
            writer.p(row["firth_p"]),
        ]
        for row in records(shown)
    ]
    level = writer.level(alpha)
    headings = [
        writer.word("characteristic"),
        writer.word("coefficient", level=level),
        *(writer.word(key) for key in ("odds_ratio", "wald_p")),
        writer.word("firth_coefficient", level=level),
        writer.word("firth_p"),
    ]
    return writer.table("multivariate", rows, headings=headings)


def _share(row: Mapping[str, Any], tool: str, writer: Writer) -> str:
    exposed, unexposed = row[f"{tool}_exposed"], row[f"{tool}_unexposed"]
    n, total = writer.number(exposed), writer.number(exposed + unexposed)
    return writer.word("of", n=n, total=total)
