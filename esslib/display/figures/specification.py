"""Specification curve: how an estimate moves over all defensible choices."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from esslib.display.figures.style import POINTED, height, require_columns, write_numbers
from esslib.display.sentences import conclusions_held
from esslib.voice import Voice

RESULTS = ["contrast", "estimate", "ci_low", "ci_high", "p_value", "is_reference"]
CURVE_LINES = 9  # the curve is as high as so many lines of choices
FULL = 5  # choices that a curve at most shows
Line = tuple[str, str | None]


def _choices(rows: pd.DataFrame) -> list[str]:
    return list(rows.columns.difference(RESULTS, sort=False))


def _height(rows: pd.DataFrame, *_: pd.DataFrame) -> float:
    return 7 + 2 * (len(_choices(rows)) or FULL)


@height(_height)
def specification_curve(
    ax: Axes,
    specifications: pd.DataFrame,
    verdicts: pd.DataFrame,
    conclusions: pd.DataFrame,
    voice: Voice,
) -> str:
    """Draw the estimates of one contrast in rising order, and below which choices made each.

    Takes what `esslib.multiverse.curves` returns for the contrast (one column per choice, the
    estimate with its interval, is_reference), ``multiverse_verdicts.csv`` and ``conclusions.csv``.
    The alternative text names the range of differences and the reading of reference; of a log odds
    ratio, in how many specifications its conclusion holds.

    Raises
    ------
    ValueError
        The frame holds several contrasts.
    """
    require_columns(specifications, RESULTS, figure="specification_curve")
    if specifications["contrast"].nunique() > 1:
        raise ValueError("specification_curve: the frame holds several contrasts; give one's rows.")
    rows = specifications.sort_values("estimate", kind="stable", ignore_index=True)
    ax.axis("off")
    if rows.empty:
        said = voice.say("multiverse-none")
        ax.text(0.5, 0.5, said, ha="center")
        return said
    lines = _lines(rows)
    share = len(lines) / (len(lines) + CURVE_LINES)
    contrast = rows["contrast"].iloc[0]
    is_predictor = conclusions.set_index("contrast")["kind"].get(contrast) == "predictor"
    curve = ax.inset_axes((0, share, 1, 1 - share))
    _curve(curve, rows, voice)
    points, log_odds = voice.say("multiverse-axis"), voice.say("multiverse-axis-log_odds_ratio")
    curve.set_ylabel(log_odds if is_predictor else points)
    _marks(ax.inset_axes((0, 0, 1, share - 0.02)), rows, lines, voice)
    if is_predictor:
        own = verdicts[verdicts["contrast"] == contrast]
        return "".join(conclusions_held(own, conclusions, voice))
    return _said(rows, voice)


def _said(rows: pd.DataFrame, voice: Voice) -> str:
    estimates, clear = rows["estimate"], (rows["ci_low"] > 0) | (rows["ci_high"] < 0)
    text = voice.say(
        "alt-multiverse",
        n=len(rows),
        low=voice.number(estimates.min(), decimals=1),
        high=voice.number(estimates.max(), decimals=1),
        clear=int(clear.sum()),
    )
    for value in estimates[rows["is_reference"]].iloc[:1]:
        text += voice.say("alt-multiverse-thesis", estimate=voice.number(value, decimals=1))
    return text


def _lines(rows: pd.DataFrame) -> list[Line]:
    """List each column that holds a choice (with None), followed by its values."""
    lines: list[Line] = []
    for name in _choices(rows):
        lines += [(name, None), *((name, value) for value in sorted(set(rows[name])))]
    return lines


def _label(choice: str, value: str | None, voice: Voice) -> str:
    """Words for a choice or for one of its values; the code itself where there are none."""
    if value is None:
        return voice.find(f"choice-{choice}", choice)
    return voice.find(f"choice-{choice}-{value}", value)


def _curve(ax: Axes, rows: pd.DataFrame, voice: Voice) -> None:
    ax.axhline(0, color="#444444", linewidth=0.9, linestyle="--", zorder=1)
    ax.vlines(rows.index, rows["ci_low"], rows["ci_high"], color="C6", linewidth=1.6)
    ax.plot(rows.index, rows["estimate"], "o", color="C0", ms=4)
    label: str | None = voice.say("multiverse-thesis")
    for x, estimate in rows.loc[rows["is_reference"], "estimate"].items():
        ax.plot(x, estimate, linestyle="", label=label, **POINTED)
        label = None
    if label is None:
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1))
    ax.set(xlim=(-0.8, len(rows) - 0.2))
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    write_numbers(ax.yaxis, voice)
    ax.grid(axis="y")


def _marks(ax: Axes, rows: pd.DataFrame, lines: Sequence[Line], voice: Voice) -> None:
    """Mark, line by line, in which specifications each value was chosen."""
    for y, (name, value) in enumerate(lines):
        is_taken = rows[name] == value
        for taken, look in (
            (is_taken, {"marker": "|", "color": "C0", "ms": 8, "mew": 1.8}),
            (is_taken & rows["is_reference"], POINTED),
        ):
            places = np.flatnonzero(taken)
            ax.plot(places, np.full(len(places), y), linestyle="", **look)
    ax.set(xlim=(-0.8, len(rows) - 0.2), ylim=(len(lines) - 0.4, -0.6))
    ax.set_xticks([])
    ax.set_yticks(range(len(lines)), [_label(*line, voice) for line in lines])
    for label, (_, value) in zip(ax.get_yticklabels(), lines, strict=True):
        label.set_fontweight("bold" if value is None else "normal")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
