"""A comparison under one set of choices, beside what it was under the thesis's reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from esslib.display import lang as language
from esslib.display.figures.boxes import BOX_SHIFT, BOX_WIDTH, words_of_test
from esslib.display.figures.curve import POINT
from esslib.display.figures.style import in_order, require

COLUMNS = ("group", "n", "mean", "sd", "median", "q1", "q3", "min", "max")


def mark_means(
    ax: Axes, summary: pd.DataFrame, *, labels: Mapping[str, str], lang: str = "fr"
) -> Axes:
    """Point out beside each box where the group's mean stood before, as `multiverse` does.

    Parameters
    ----------
    ax : Axes
        As `box_plot` returns it.
    summary : DataFrame
        The earlier rows of ``group_summaries.csv``: group, mean.
    labels : mapping
        As in `box_plot`.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(summary, ("group", "mean"), figure="mark_means")
    means = summary.set_index("group")["mean"]
    for place, group in enumerate(in_order(means.index, labels)):
        ax.plot(place + BOX_SHIFT - 0.65 * BOX_WIDTH, means[group], clip_on=False, **POINT)
    key = language.read_words(lang)["explore.thesis"]
    ax.set_xlabel(f"{ax.get_xlabel()}\n{key}")
    return ax


def name_axis(ax: Axes, outcome: str, *, lang: str = "fr") -> Axes:
    """Name what was measured and its range, in whole points: ``Score total (20 à 80 points)``."""
    low, high = (language.number(end, lang=lang) for end in ax.get_ylim())
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    template = language.read_words(lang)["explore.axis"]
    ax.set_ylabel(template.format(outcome=outcome, low=low, high=high))
    return ax


def told(
    summary: pd.DataFrame,
    test: pd.DataFrame | None,
    *,
    labels: Mapping[str, str],
    lang: str = "fr",
) -> list[str]:
    """Write a sentence on each group, then one on the difference, or why there is none.

    Parameters
    ----------
    summary : DataFrame
        Rows of ``group_summaries.csv`` of one contrast.
    test : DataFrame or None
        Row of ``group_tests.csv`` of the same contrast; none where a group has no value.

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(summary, COLUMNS, figure="told")
    words = language.read_words(lang)
    rows: dict[Any, Any] = summary.set_index("group").to_dict("index")
    sentences = [
        words["explore.group"].format(
            label=labels.get(group, group),
            n=language.number(rows[group]["n"], lang=lang),
            mean_sd=language.mean_sd(rows[group]["mean"], rows[group]["sd"], lang=lang),
            median=language.number(rows[group]["median"], decimals=1, lang=lang),
            quartiles=language.interval(
                rows[group]["q1"], rows[group]["q3"], decimals=1, lang=lang
            ),
        )
        for group in in_order(rows, labels)
    ]
    if test is None:
        return [*sentences, words["explore.no_test"]]
    return [*sentences, words["box.test"].format(**words_of_test(test, lang=lang))]
