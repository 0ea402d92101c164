"""How large the differences are, whether they depend on the test, and each told in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
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


def sentences(
    results: Mapping[str, pd.DataFrame],
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> dict[str, str]:
    """Tell each contrast in words, to be pasted into an article.

    Parameters
    ----------
    results : mapping
        The frames `group_summaries`, `group_tests`, `effect_sizes` and `robust_tests`, as in the
        contract; those of tests hold every contrast over which p_holm was adjusted.
    labels : mapping
        Contrast and group codes to labels.
    synthetic : bool
        Whether the text has to say that its data are synthetic.
    lang : {"fr", "en"}
    alpha : float
        The intervals have level 1 - `alpha`.

    Returns
    -------
    dict
        Contrast to text: both groups, the difference, the published test with and without
        Holm's adjustment, and two effect sizes with their bootstrap intervals.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> sentences(results, labels=labels, synthetic=True)["primary"]  # doctest: +SKIP
    """
    writer = Writer(labels, synthetic, lang)
    summaries = checked(results["group_summaries"], SUMMARY, table="group_summaries")
    tests = checked(results["group_tests"], DIFFERENCE, table="group_tests")
    sizes = checked(results["effect_sizes"], SIZE, table="effect_sizes")
    robust = checked(results["robust_tests"], TEST, table="robust_tests")
    told = sizes[sizes["method"] == TOLD]
    adjusted = robust[robust["test"] == PUBLISHED].set_index("contrast")["p_holm"]
    level = writer.level(alpha)
    texts = {}
    for row in records(tests.assign(estimate=tests["difference"])):
        contrast = row["contrast"]
        first, second = records(summaries[summaries["contrast"] == contrast])
        measured = {
            size["statistic"]: _estimate(size, writer, key="size", level=level)
            for size in records(told[told["contrast"] == contrast])
        }
        text = writer.word(
            "sentence",
            contrast=writer.label(contrast),
            first=_group(first, writer),
            second=_group(second, writer),
            difference=_estimate(row, writer, key="difference", level=level, decimals=1),
            p=language.p_equation(row["p_value"], lang=lang),
            p_holm=language.p_equation(adjusted[contrast], lang=lang),
            n_tests=writer.number(adjusted.count()),
            **measured,
        )
        texts[contrast] = writer.marked(text)
    return texts


def _group(row: Mapping[str, Any], writer: Writer) -> str:
    return writer.word(
        "sentence.group",
        label=writer.label(row["group"]),
        n=writer.number(row["n"]),
        mean_sd=language.mean_sd(row["mean"], row["sd"], lang=writer.lang),
        median=writer.estimate(row["median"], row["q1"], row["q3"], decimals=1),
    )


def _estimate(
    row: Mapping[str, Any], writer: Writer, *, key: str, level: str, decimals: int = 2
) -> str:
    interval = language.interval(row["ci_low"], row["ci_high"], decimals=decimals, lang=writer.lang)
    value = writer.number(row["estimate"], decimals=decimals)
    return writer.word(f"sentence.{key}", value=value, level=level, interval=interval)
