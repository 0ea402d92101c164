"""How large the differences are, whether they depend on the test, and each told in words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from esslib.display.tables.text import TextTable, Writer, checked, records

SIZE = ("contrast", "statistic", "method", "estimate", "ci_low", "ci_high")
TEST = ("contrast", "test", "statistic", "p_value", "p_holm")
SUMMARY = ("contrast", "group", "n", "mean", "sd", "median", "q1", "q3")
DIFFERENCE = ("contrast", "difference", "ci_low", "ci_high", "p_value")
TOLD = "bootstrap"  # the intervals of the sizes in a sentence: none is cut at the ends
PUBLISHED = "mann_whitney"


def effect_sizes(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> TextTable:
    """Show the size of each difference with its intervals, one block per contrast.

    Parameters
    ----------
    frame : DataFrame
        ``effect_sizes.csv``.
    labels : mapping
        Contrast codes to labels.
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
    >>> effect_sizes(sizes, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, SIZE, table="effect_sizes")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(f"size.{row['statistic']}"),
            writer.label(f"method.{row['method']}"),
            writer.estimate(row["estimate"], row["ci_low"], row["ci_high"]),
        ]
        for row in records(shown)
    ]
    value = writer.word("value_interval", level=writer.level(alpha))
    headings = [writer.word("effect_size"), writer.word("method"), value]
    sections = [writer.label(contrast) for contrast in shown["contrast"]]
    return writer.table("effect_sizes", rows, headings=headings, sections=sections)


def robust_tests(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show what each test says of each difference, one block per contrast.

    Parameters
    ----------
    frame : DataFrame
        ``robust_tests.csv``.
    labels : mapping
        Contrast codes to labels.
    synthetic, lang
        As in `effect_sizes`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> robust_tests(retested, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, TEST, table="robust_tests")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(f"test.{row['test']}"),
            writer.number(row["statistic"], decimals=2),
            writer.p(row["p_value"]),
            writer.p(row["p_holm"]),
        ]
        for row in records(shown)
    ]
    headings = [writer.word(key) for key in ("test_name", "test_statistic", "p", "p_holm")]
    sections = [writer.label(contrast) for contrast in shown["contrast"]]
    return writer.table("robust_tests", rows, headings=headings, sections=sections)
