"""Answers to the items, group by group, as 100 % stacked bars."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from esslib.display.figures.style import height, require_columns, wrap
from esslib.voice import Voice

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


@height(19)
def items_likert(ax: Axes, items: pd.DataFrame, voice: Voice) -> str:
    """Draw one bar per item and group; the last answer is set apart at the right end.

    Takes one row per item (and group, if there are some): item, and the count of each answer from
    full agreement to full disagreement (four), then of "not applicable", in columns that the study
    has labels for. Bars are shares of their sum. The alternative text names the items that each
    group agrees with most and least: the first two answers together.
    """
    require_columns(items, ["item"], figure="items_likert")
    grouped = items if "group" in items else items.assign(group="")
    answers = [name for name in map(str, items) if name.startswith("n_") and name in voice.labels]
    rows = list(dict.fromkeys(items["item"]))
    groups = voice.in_order(grouped["group"])
    said = []
    for place, group in enumerate(groups):
        counts = grouped[grouped["group"] == group].set_index("item").loc[rows, answers]
        total = counts.sum(axis="columns")
        shares = counts.div(total, axis="index").mul(100).fillna(0)
        _panel(ax, shares, place * PANEL, voice)
        ax.text(place * PANEL, -0.75, voice.label(group), weight="bold", va="bottom")
        agreement = 100 * counts[answers[:2]].sum(axis="columns", skipna=False) / total
        said += _said(group, agreement, voice)
    names = [wrap(voice.label(item), width=26) for item in rows]
    ax.set_yticks(range(len(rows)), names, linespacing=1.0)
    ax.set(ylim=(len(rows) - 0.5, -0.7), xlim=(0, len(groups) * PANEL - PANEL + 100))
    _scale(ax, len(groups))
    ax.set_xlabel(voice.say("likert-axis"))
    _key(ax, [voice.label(answer) for answer in answers])
    return voice.say("alt-likert", n=len(rows), groups=voice.say("alt-separator").join(said))


def _said(group: str, agreement: pd.Series, voice: Voice) -> list[str]:
    """Say which items a group agrees with most and least; nothing where nobody answered."""
    known = agreement.dropna()
    if known.empty:
        return []
    most, least = str(known.idxmax()), str(known.idxmin())
    facts = {
        "most": voice.label(most),
        "most_share": voice.percent(known[most]),
        "least": voice.label(least),
        "least_share": voice.percent(known[least]),
    }
    return [voice.say("alt-likert-group", label=voice.label(group), **facts)]


def _panel(ax: Axes, shares: pd.DataFrame, start: float, voice: Voice) -> None:
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
                _share(ax, x + share / 2, y, voice.number(share), colour)
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
