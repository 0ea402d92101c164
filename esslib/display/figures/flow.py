"""Flow chart of the recruitment (Figure 1), laid out as STROBE asks."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from esslib.display import lang as language
from esslib.display.figures.style import in_order, require, wrap

# The canvas is 100 wide and as high as there are lines of text.
CENTRE = 50.0
WIDTH = 46.0
SIDE = 77.0
PADDING = 0.5
GAP = 1.5
LETTERS = 40
SIDE_LETTERS = 49
INK = "#444444"
Boxes = dict[float, str]


def flow_chart(
    ax: Axes, flow: pd.DataFrame, *, labels: Mapping[str, str], lang: str = "fr"
) -> Axes:
    """Draw one box per step, exclusions with their reasons at the side, then both groups.

    Parameters
    ----------
    ax : Axes
        Wants about 0.45 cm of height per line of text.
    flow : DataFrame
        Rows of ``flow.csv`` in order: step, group (``all`` or a group code), n,
        excluded_because (reason code; empty or missing where the step excludes nobody). Reasons
        that exclude nobody are left out; a step that is its own reason has no list of them.
    labels : mapping
        Group and reason codes to labels; groups stand in this order from left to right.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(flow, ("step", "group", "n", "excluded_because"), figure="flow_chart")
    bottom, above = 0.0, [CENTRE]
    level = flow["step"].where(flow["group"] == "all", "group")  # one box holds all about a group
    for _, rows in flow.groupby(level, sort=False):
        if rows["excluded_because"].fillna("").ne("").any():
            bottom = _aside(ax, excluded_text(rows, labels=labels, lang=lang), bottom)
        else:
            boxes = _boxes(rows, labels=labels, lang=lang)
            bottom = _level(ax, boxes, bottom, above)
            above = list(boxes)
    ax.set(xlim=(-0.5, 100.5), ylim=(bottom + 0.1, -0.1))
    ax.axis("off")
    return ax


def step_text(step: str, n: float, *, of: str | None = None, lang: str) -> str:
    """Write a step, of whom where that is given, and its count: ``Inclus : 81``."""
    words = language.read_words(lang)
    label = words.get(f"flow.{step}", step) + (f" ({of})" if of else "")
    return words["flow.line"].format(label=label, n=language.number(n, lang=lang))


def excluded_text(rows: pd.DataFrame, *, labels: Mapping[str, str], lang: str) -> str:
    """Write the exclusions of one step: their sum, then one line per reason that occurred."""
    line = language.read_words(lang)["flow.line"]
    lines = [step_text(rows["step"].iloc[0], rows["n"].sum(min_count=1), lang=lang)]
    named = rows[(rows["n"] > 0) & (rows["excluded_because"] != rows["step"])]
    for reason, n in named[["excluded_because", "n"]].itertuples(index=False):
        label = labels.get(reason, reason)
        text = f"– {line.format(label=label, n=language.number(n, lang=lang))}"
        lines.append(wrap(text, width=SIDE_LETTERS))
    return "\n".join(lines)


def _boxes(rows: pd.DataFrame, *, labels: Mapping[str, str], lang: str) -> Boxes:
    """Texts of the boxes of one level, by the place of their centre."""
    groups = in_order(rows["group"], labels)
    places = [CENTRE] if len(groups) == 1 else [WIDTH / 2, 100 - WIDTH / 2]
    boxes = {}
    for x, group in zip(places, groups, strict=True):
        counts = rows[rows["group"] == group].groupby("step", sort=False)["n"].sum(min_count=1)
        steps = [step_text(str(step), n, lang=lang) for step, n in counts.items()]
        boxes[x] = "\n".join([wrap(labels.get(group, ""), width=LETTERS), *steps]).strip()
    return boxes


def _level(ax: Axes, boxes: Boxes, bottom: float, above: list[float]) -> float:
    """Draw boxes under those above, with arrows; return where they end."""
    if not ax.patches:
        return max(_box(ax, x, bottom, text) for x, text in boxes.items())
    top = bottom + GAP
    fork = bottom + GAP / 2
    for start in above:
        ax.plot([start, start], [bottom, fork], color=INK, linewidth=0.9)
    if list(boxes) != above:
        ends = [*boxes, *above]
        ax.plot([min(ends), max(ends)], [fork, fork], color=INK, linewidth=0.9)
    for x in boxes:
        _arrow(ax, (x, fork), (x, top))
    return max(_box(ax, x, top, text) for x, text in boxes.items())


def _aside(ax: Axes, text: str, bottom: float) -> float:
    """Draw a box beside the trunk and carry the trunk past it; return where it ends."""
    top = bottom + GAP / 2
    end = _box(ax, SIDE, top, text, side="left")
    _arrow(ax, (CENTRE, (top + end) / 2), (SIDE - WIDTH / 2, (top + end) / 2))
    ax.plot([CENTRE, CENTRE], [bottom, end], color=INK, linewidth=0.9)
    return end


def _box(ax: Axes, x: float, top: float, text: str, *, side: str = "center") -> float:
    height = text.count("\n") + 1 + 2 * PADDING
    left = x - WIDTH / 2
    ax.add_patch(Rectangle((left, top), WIDTH, height, facecolor="white", edgecolor=INK))
    start = x if side == "center" else left + 1.5
    size = 8.5 if side == "center" else 8  # reasons are long
    ax.text(start, top + height / 2, text, ha=side, va="center", linespacing=1.35, fontsize=size)
    return top + height


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    line = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=end, xytext=start, arrowprops=line)
