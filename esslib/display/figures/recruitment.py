"""Flow chart of the recruitment (Figure 1), laid out as STROBE asks."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from esslib.display.figures.style import height, require_columns, wrap
from esslib.voice import Voice

# The canvas is 100 wide and as high as there are lines of text.
CENTRE = 50.0
WIDTH = 46.0
SIDE = 77.0
PADDING = 0.5
GAP = 1.5
LETTERS = 40
SIDE_LETTERS = 49
LINE = "#444444"
Boxes = dict[float, str]


@height(13)
def flow_chart(ax: Axes, flow: pd.DataFrame, voice: Voice) -> str:
    """Draw one box per step, exclusions with their reasons at the side, then both groups.

    Takes ``flow.csv`` in order; the alternative text names every step and reason with its count.
    Reasons that exclude nobody are left out; a step that is its own reason has no list of them.
    """
    require_columns(flow, ("step", "group", "n", "excluded_because"), figure="flow_chart")
    bottom, above = 0.0, [CENTRE]
    level = flow["step"].where(flow["group"] == "all", "group")  # one box holds all about a group
    for _, rows in flow.groupby(level, sort=False):
        if rows["excluded_because"].fillna("").ne("").any():
            bottom = _aside(ax, _excluded(rows, voice), bottom)
        else:
            boxes = _boxes(rows, voice)
            bottom = _level(ax, boxes, bottom, above)
            above = list(boxes)
    ax.set(xlim=(-0.5, 100.5), ylim=(bottom + 0.1, -0.1))
    ax.axis("off")
    steps = [
        _step(row["step"], row["n"], voice, of=voice.labels.get(code))
        for row in flow[flow["n"] > 0].fillna({"excluded_because": ""}).to_dict("records")
        for code in [row["excluded_because"] or row["group"]]
    ]
    return voice.say("alt-flow", steps=voice.say("alt-separator").join(steps))


def _step(step: str, n: float, voice: Voice, *, of: str | None = None) -> str:
    """Write a step, of whom where that is given, and its count: ``Inclus : 81``."""
    label = voice.find(f"flow-{step}", step) + (f" ({of})" if of else "")
    return voice.say("flow-line", label=label, n=voice.number(n))


def _excluded(rows: pd.DataFrame, voice: Voice) -> str:
    """Write the exclusions of one step: their sum, then one line per reason that occurred."""
    lines = [_step(rows["step"].iloc[0], rows["n"].sum(min_count=1), voice)]
    named = rows[(rows["n"] > 0) & (rows["excluded_because"] != rows["step"])]
    for reason, n in named[["excluded_because", "n"]].itertuples(index=False):
        line = voice.say("flow-line", label=voice.label(reason), n=voice.number(n))
        lines.append(wrap(f"– {line}", width=SIDE_LETTERS))
    return "\n".join(lines)


def _boxes(rows: pd.DataFrame, voice: Voice) -> Boxes:
    """Texts of the boxes of one level, by the place of their centre."""
    groups = voice.in_order(rows["group"])
    places = [CENTRE] if len(groups) == 1 else [WIDTH / 2, 100 - WIDTH / 2]
    boxes = {}
    for x, group in zip(places, groups, strict=True):
        counts = rows[rows["group"] == group].groupby("step", sort=False)["n"].sum(min_count=1)
        steps = [_step(str(step), n, voice) for step, n in counts.items()]
        boxes[x] = "\n".join([wrap(voice.labels.get(group, ""), width=LETTERS), *steps]).strip()
    return boxes


def _level(ax: Axes, boxes: Boxes, bottom: float, above: list[float]) -> float:
    """Draw boxes under those above, with arrows; return where they end."""
    if not ax.patches:
        return max(_box(ax, x, bottom, text) for x, text in boxes.items())
    top = bottom + GAP
    fork = bottom + GAP / 2
    for start in above:
        ax.plot([start, start], [bottom, fork], color=LINE, linewidth=0.9)
    if list(boxes) != above:
        ends = [*boxes, *above]
        ax.plot([min(ends), max(ends)], [fork, fork], color=LINE, linewidth=0.9)
    for x in boxes:
        _arrow(ax, (x, fork), (x, top))
    return max(_box(ax, x, top, text) for x, text in boxes.items())


def _aside(ax: Axes, text: str, bottom: float) -> float:
    """Draw a box beside the trunk and carry the trunk past it; return where it ends."""
    top = bottom + GAP / 2
    end = _box(ax, SIDE, top, text, side="left")
    _arrow(ax, (CENTRE, (top + end) / 2), (SIDE - WIDTH / 2, (top + end) / 2))
    ax.plot([CENTRE, CENTRE], [bottom, end], color=LINE, linewidth=0.9)
    return end


def _box(ax: Axes, x: float, top: float, text: str, *, side: str = "center") -> float:
    lines = text.count("\n") + 1 + 2 * PADDING
    left = x - WIDTH / 2
    ax.add_patch(Rectangle((left, top), WIDTH, lines, facecolor="white", edgecolor=LINE))
    start = x if side == "center" else left + 1.5
    size = 8.5 if side == "center" else 8  # reasons are long
    ax.text(start, top + lines / 2, text, ha=side, va="center", linespacing=1.35, fontsize=size)
    return top + lines


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    line = {"arrowstyle": "-|>", "color": LINE, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=end, xytext=start, arrowprops=line)
