"""Box plots of a score in two groups (Figures 2 to 4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from esslib.display.figures.style import (
    INK,
    MOST_MARKS,
    POINTED,
    height,
    require_columns,
    thinned,
    write_numbers,
)
from esslib.display.sentences.on_choices import difference, explored
from esslib.voice import Voice

BOX_WIDTH = 0.3
BOX_SHIFT = -0.2
DOT_START = 0.04
DOT_STEP = 0.045
DOTS_END = 0.58
DOT_HEIGHT = 1.3 / 60  # of the axis


@height(11)
def box_plot(
    ax: Axes, scores: pd.DataFrame, summary: pd.DataFrame, test: pd.DataFrame, voice: Voice
) -> str:
    """Draw a box and every respondent's point for each group, with the numbers of the comparison.

    Takes one row per respondent (group, ess_total), and the rows of ``group_summaries.csv`` and
    ``group_tests.csv`` of one contrast. A box spans the quartiles, with the median as a solid line
    and the mean as a dotted one; whiskers reach the extremes. Points stand at their score, side by
    side where they would touch, so that nothing depends on chance or on the order of the rows. Of
    more than five hundred in a group, so many evenly spaced by rank are drawn.

    Raises
    ------
    ValueError
        A column is missing, or `test` has not exactly one row.
    """
    _boxes(ax, scores, voice)
    _numbers(ax, summary, test, voice)
    rows: dict[Any, Any] = summary.set_index("group").to_dict("index")
    groups = [_said(group, rows[group], voice) for group in voice.in_order(rows)]
    said = voice.say("alt-separator").join(groups)
    return voice.say("alt-box", groups=said, test=difference(test, voice))


@height(10)
def explored_boxes(ax: Axes, view: Any, voice: Voice) -> str:
    """Draw a comparison under some choices, and the groups' means under the reading of reference.

    Takes what `esslib.chapters.explore.view_of` returns.
    """
    label = voice.labels.get(view.outcome, voice.say("explore-total"))
    _boxes(ax, view.scores, replace(voice, limits=view.limits))
    low, high = (voice.number(end) for end in view.limits)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_ylabel(voice.say("explore-axis", outcome=label, low=low, high=high))
    if view.test is not None:
        _numbers(ax, view.summary, view.test, voice)
    means = view.reference.set_index("group")["mean"]
    for place, group in enumerate(voice.in_order(means.index)):
        ax.plot(place + BOX_SHIFT - 0.65 * BOX_WIDTH, means[group], clip_on=False, **POINTED)
    ax.set_xlabel(f"{ax.get_xlabel()}\n{voice.say('explore-thesis')}")
    return voice.say("alt-separator").join(explored(view.summary, view.test, voice))


def _boxes(ax: Axes, scores: pd.DataFrame, voice: Voice) -> None:
    require_columns(scores, ("group", "ess_total"), figure="box_plot")
    shown = scores.dropna(subset=["group", "ess_total"])
    groups = voice.in_order(shown["group"])
    low, high = voice.limits
    for place, group in enumerate(groups):
        values = shown.loc[shown["group"] == group, "ess_total"].astype(float).sort_values()
        colour, marker = voice.look(group)
        _box(ax, values, place=place, colour=colour)
        dots = thinned(values)
        across = place + _beside(dots, height=(high - low) * DOT_HEIGHT)
        ax.plot(across, dots, marker, ms=3.6, color=colour, mec=INK, mew=0.4, clip_on=False)
    ax.set(xlim=(-0.5, len(groups) - 0.4), ylim=voice.limits)
    ax.set_ylabel(voice.say("score-axis", low=voice.number(low), high=voice.number(high)))
    ax.set_xticks(range(len(groups)), [voice.label(group) for group in groups])
    write_numbers(ax.yaxis, voice)
    ax.grid(axis="y")
    ax.tick_params(axis="x", length=0)
    ax.set_xlabel(_key(shown["group"].value_counts().max(), voice), fontsize=8, labelpad=8)


def _key(largest: float, voice: Voice) -> str:
    """Say what boxes and points are; `largest` is the size of the largest group."""
    dots = "averaged" if voice.averages else "thinned" if largest > MOST_MARKS else "each"
    return voice.say("box-key", dots=dots, n=voice.number(MOST_MARKS))


def _numbers(ax: Axes, summary: pd.DataFrame, test: pd.DataFrame, voice: Voice) -> None:
    """Write n and mean ± SD under each box, and the difference and its p value above."""
    require_columns(summary, ("group", "n", "mean", "sd"), figure="box_plot")
    require_columns(test, ("difference", "ci_low", "ci_high", "p_value"), figure="box_plot")
    if len(test) != 1:
        raise ValueError(f"box_plot: test has {len(test)} rows; give those of one contrast.")
    rows: dict[Any, Any] = summary.set_index("group").to_dict("index")
    groups = voice.in_order(rows)
    ticks = [
        voice.say(
            "box-tick",
            label=voice.label(group),
            n=voice.number(rows[group]["n"]),
            mean_sd=voice.mean_sd(rows[group]["mean"], rows[group]["sd"]),
        )
        for group in groups
    ]
    ax.set_xticks(range(len(groups)), ticks)
    _bracket(ax, (0, len(groups) - 1), difference(test, voice))


def _said(group: str, row: Mapping[str, float], voice: Voice) -> str:
    return voice.say(
        "alt-box-group",
        label=voice.label(group),
        n=voice.number(row["n"]),
        mean_sd=voice.mean_sd(row["mean"], row["sd"]),
        median=voice.number(row["median"], decimals=1),
        quartiles=voice.interval(row["q1"], row["q3"], decimals=1),
        extremes=voice.interval(row["min"], row["max"], decimals=1),
    )


def _box(ax: Axes, values: pd.Series, *, place: int, colour: str) -> None:
    line = {"color": INK}
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
        boxprops={"facecolor": colour, "alpha": 0.55, "edgecolor": INK},
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


def _bracket(ax: Axes, ends: tuple[float, float], text: str) -> None:
    over = ax.get_xaxis_transform()
    left, right = ends
    ax.plot(
        [left, left, right, right],
        [1.02, 1.04, 1.04, 1.02],
        transform=over,
        clip_on=False,
        color=INK,
        linewidth=0.8,
    )
    ax.text((left + right) / 2, 1.055, text, transform=over, ha="center", va="bottom")
