"""A comparison under one set of choices, beside what it was under the thesis's reading."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from esslib.display import lang as language
from esslib.display.figures.boxes import BOX_SHIFT, BOX_WIDTH
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
