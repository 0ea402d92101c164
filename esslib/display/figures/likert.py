"""Answers to the items, group by group, as 100 % stacked bars."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from esslib.display import lang as language
from esslib.display.figures.style import in_order, require, wrap

PANEL = 112
BAR = 0.74
NAMED = 8.0
# Colour, hatch, colour of the hatch: plain on the side of agreement, hatched on the side of
# disagreement, so that the two sides stay apart in grey.
LOOKS = (
    ("C0", "", "C0"),
    ("C4", "", "C4"),
    ("C5", "....", "C1"),
    ("C1", "/////", "#7A4E00"),
    ("white", "xxxx", "C6"),
)


def items_likert(
    ax: Axes,
    items: pd.DataFrame,
    *,
    answers: Mapping[str, str],
    labels: Mapping[str, str],
    lang: str = "fr",
) -> Axes:
    """Draw one bar per item and group; the last answer is set apart at the right end.

    Parameters
    ----------
    ax : Axes
    items : DataFrame
        One row per item (and group): item, optionally group, and one column of counts per
        answer.
    answers : mapping
        Column of counts to label, from full agreement to full disagreement (four answers), then
        the answer that stands apart ("not applicable"). Bars are shares of their sum.
    labels : mapping
        Group and item codes to labels. Groups stand side by side in this order, items from top
        to bottom in the order of the frame.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(items, ("item", *answers), figure="items_likert")
    grouped = items if "group" in items else items.assign(group="")
    rows = list(dict.fromkeys(items["item"]))
    groups = in_order(grouped["group"], labels)
    for place, group in enumerate(groups):
        counts = grouped[grouped["group"] == group].set_index("item").loc[rows, list(answers)]
        shares = counts.div(counts.sum(axis="columns"), axis="index").mul(100).fillna(0)
        _panel(ax, shares, start=place * PANEL, lang=lang)
        ax.text(place * PANEL, -0.75, labels.get(group, group), weight="bold", va="bottom")
    ax.set_yticks(
        range(len(rows)), [wrap(labels.get(item, item), width=26) for item in rows], linespacing=1.0
    )
    ax.set(ylim=(len(rows) - 0.5, -0.7), xlim=(0, len(groups) * PANEL - PANEL + 100))
    _scale(ax, len(groups))
    ax.set_xlabel(language.read_words(lang)["likert.axis"])
    _key(ax, list(answers.values()))
    return ax


def _panel(ax: Axes, shares: pd.DataFrame, *, start: float, lang: str) -> None:
    """Stack the scaled answers from the left and set the last one against the right end."""
    places = range(len(shares))
    left = pd.Series(float(start), index=shares.index)
    for column, (colour, hatch, ink) in zip(shares, LOOKS, strict=True):
        width = shares[column]
        look: dict[str, Any] = {
            "color": colour,
            "hatch": hatch,
            "hatchcolor": ink,
            "ec": "#444444",
            "lw": 0.4,
        }
        ax.barh(places, width, BAR, left, **look)
        for y, x, share in zip(places, left, width, strict=True):
            if share >= NAMED:
                _share(ax, x + share / 2, y, language.number(share, lang=lang), colour)
        left = left + width


def _share(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    around = None if colour in ("C0", "C4") else {"fc": "white", "ec": "none", "pad": 0.6}
    ink = "white" if colour == "C0" else "#222222"
    ax.text(x, y, text, ha="center", va="center_baseline", fontsize=8, color=ink, bbox=around)


def _scale(ax: Axes, n_groups: int) -> None:
    marks = (0, 50, 100)
    ticks = [place * PANEL + mark for place in range(n_groups) for mark in marks]
    ax.set_xticks(ticks, [str(mark) for _ in range(n_groups) for mark in marks])
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _key(ax: Axes, names: list[str]) -> None:
    handles = [
        Rectangle((0, 0), 1, 1, fc=colour, hatch=hatch, hatchcolor=ink, ec="#444444", lw=0.4)
        for colour, hatch, ink in LOOKS
    ]
    ax.legend(handles, names, ncols=3, loc="lower right", bbox_to_anchor=(1, 1.03))
