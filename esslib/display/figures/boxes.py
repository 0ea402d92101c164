"""Box plots of a score in two groups (Figures 2 to 4)."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from esslib.display import lang as language
from esslib.display.figures.style import MOST_MARKS, in_order, look, require, thinned, write_numbers

BOX_WIDTH = 0.3
BOX_SHIFT = -0.2
DOT_START = 0.04
DOT_STEP = 0.045
DOTS_END = 0.58
DOT_HEIGHT = 1.3 / 60  # of the axis


def box_plot(
    ax: Axes,
    scores: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    limits: tuple[float, float],
    averaged: bool = False,
    lang: str = "fr",
) -> Axes:
    """Draw a box and every respondent's point for each group.

    Parameters
    ----------
    ax : Axes
    scores : DataFrame
        One row per respondent: group, ess_total (points). Rows without a score are left out.
    labels : mapping
        Group code to label, in the order in which groups stand and are coloured.
    limits : tuple of two
        Lowest and highest possible score; the axis shows this range.
    averaged : bool
        Whether a score is the mean of several respondents; the key says so.
    lang : {"fr", "en"}

    Returns
    -------
    Axes
        The box spans the quartiles, the solid line is the median, the dotted one the mean, and
        whiskers reach the extremes. Points stand at their score; those that would touch are
        set side by side, so that their place does not depend on chance or on the row order. Of
        more than five hundred in a group, so many evenly spaced by rank are drawn.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> box_plot(ax, scored, labels=codebook.labels("groups"), limits=(20, 80))  # doctest: +SKIP
    """
    require(scores, ("group", "ess_total"), figure="box_plot")
    words = language.read_words(lang)
    shown = scores.dropna(subset=["group", "ess_total"])
    groups = in_order(shown["group"], labels)
    for place, group in enumerate(groups):
        values = shown.loc[shown["group"] == group, "ess_total"].astype(float).sort_values()
        colour, marker = look(group, labels)
        _box(ax, values, place=place, colour=colour)
        dots = thinned(values)
        across = place + _beside(dots, height=(limits[1] - limits[0]) * DOT_HEIGHT)
        ax.plot(across, dots, marker, ms=3.6, color=colour, mec="#222222", mew=0.4, clip_on=False)
    ax.set(xlim=(-0.5, len(groups) - 0.4), ylim=limits, ylabel=_axis_label(limits, lang=lang))
    ax.set_xticks(range(len(groups)), [labels.get(group, group) for group in groups])
    write_numbers(ax.yaxis, lang=lang)
    ax.grid(axis="y")
    ax.tick_params(axis="x", length=0)
    is_thinned = bool(shown["group"].value_counts().gt(MOST_MARKS).any())
    key = "box.key_averaged" if averaged else "box.key_thinned" if is_thinned else "box.key"
    said = words[key].format(n=language.number(MOST_MARKS, lang=lang))
    ax.set_xlabel(said, fontsize=8, labelpad=8)
    return ax


def annotate_groups(
    ax: Axes,
    summary: pd.DataFrame,
    test: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    lang: str = "fr",
) -> Axes:
    """Write n and mean ± SD under each box, and the difference and its p value above.

    Parameters
    ----------
    ax : Axes
        As `box_plot` returns it.
    summary : DataFrame
        Rows of ``group_summaries.csv`` of one contrast: group, n, mean, sd.
    test : DataFrame
        Row of ``group_tests.csv`` of the same contrast: difference, ci_low, ci_high, p_value.
    labels, lang
        As in `box_plot`.

    Raises
    ------
    ValueError
        A column is missing, or `test` has not exactly one row.
    """
    require(summary, ("group", "n", "mean", "sd"), figure="annotate_groups")
    require(test, ("difference", "ci_low", "ci_high", "p_value"), figure="annotate_groups")
    if len(test) != 1:
        raise ValueError(f"annotate_groups: test has {len(test)} rows; give those of one contrast.")
    words = language.read_words(lang)
    rows: dict[Any, Any] = summary.set_index("group").to_dict("index")
    groups = in_order(rows, labels)
    ticks = [
        words["box.tick"].format(
            label=labels.get(group, group),
            n=language.number(rows[group]["n"], lang=lang),
            mean_sd=language.mean_sd(rows[group]["mean"], rows[group]["sd"], lang=lang),
        )
        for group in groups
    ]
    ax.set_xticks(range(len(groups)), ticks)
    _bracket(ax, (0, len(groups) - 1), words["box.test"].format(**words_of_test(test, lang=lang)))
    return ax


def words_of_test(test: pd.DataFrame, *, lang: str) -> dict[str, str]:
    """Difference, its interval and the p value of one row of ``group_tests.csv`` as text."""
    row = test.iloc[0]
    return {
        "difference": language.number(row["difference"], decimals=1, lang=lang),
        "interval": language.interval(row["ci_low"], row["ci_high"], decimals=1, lang=lang),
        "p": language.p_equation(row["p_value"], lang=lang),
    }


def _box(ax: Axes, values: pd.Series, *, place: int, colour: str) -> None:
    line = {"color": "#222222"}
    ax.boxplot(
        [values.to_numpy()],
        positions=[place + BOX_SHIFT],
        widths=BOX_WIDTH,
        whis=(0, 100),
        showfliers=False,
        showmeans=True,
        meanline=True,
        patch_artist=True,
        manage_ticks=False,
        boxprops={"facecolor": colour, "alpha": 0.55, "edgecolor": "#222222"},
        medianprops={**line, "linewidth": 2},
        meanprops={**line, "linewidth": 1.5, "linestyle": ":"},
        whiskerprops=line,
        capprops={**line, "clip_on": False},
    )


def _beside(values: pd.Series, *, height: float) -> NDArray[np.float64]:
    """Set each sorted value in the first column in which it touches no earlier one.

    Returns the columns' distances from the group's place; a crowd stands closer together.
    """
    tops: list[float] = []
    columns = []
    for value in values:
        free = (k for k, top in enumerate(tops) if value - top >= height)
        column = next(free, len(tops))
        tops[column : column + 1] = [value]
        columns.append(column)
    step = min(DOT_STEP, (DOTS_END - DOT_START) / max(len(tops) - 1, 1))
    return DOT_START + step * np.array(columns)


def _axis_label(limits: tuple[float, float], *, lang: str) -> str:
    low, high = (language.number(end, lang=lang) for end in limits)
    return language.read_words(lang)["score.axis"].format(low=low, high=high)


def _bracket(ax: Axes, ends: tuple[float, float], text: str) -> None:
    over = ax.get_xaxis_transform()
    left, right = ends
    ax.plot(
        [left, left, right, right],
        [1.02, 1.04, 1.04, 1.02],
        transform=over,
        clip_on=False,
        color="#222222",
        linewidth=0.8,
    )
    ax.text((left + right) / 2, 1.055, text, transform=over, ha="center", va="bottom")
