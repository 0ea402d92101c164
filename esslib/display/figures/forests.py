"""Forest plot of the predictors: estimate, interval and p value of each covariate."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from numpy.typing import NDArray

from esslib.display.figures.style import height, require_columns, wrap
from esslib.voice import Voice
from printed.numerals import MISSING, NO_BREAK, significant

DECADES = (0.01, 0.1, 1, 10, 100)
ODDS_PAD = 1.1
MOST_TICKS = 7
COLUMNS = (10, 150)  # points to the right of the axes: left edge of the estimates, right edge of p
PAD = 0.05
ESTIMATE = ("ci_low", "ci_high", "p_value")


@dataclass(frozen=True)
class Kind:
    """One kind of forest: its analysis, the column of the estimate, the value of no effect."""

    analysis: str
    column: str
    neutral: float


BIVARIATE = Kind("bivariate", "odds_ratio", 1.0)
MULTIVARIATE = Kind("multivariate", "coefficient", 0.0)


@height(lambda rows: 5 + len(rows) / 2)
def forest(ax: Axes, rows: pd.DataFrame, voice: Voice) -> str:
    """Draw estimates with their intervals, and their numbers as columns on the right.

    Takes ``bivariate.csv`` (odds ratios, on a logarithmic axis) or ``multivariate.csv``
    (coefficients, log odds ratios); an estimate above no effect means more often a secured tool.
    Intervals that reach 0 or infinity leave the axis with an arrow. The alternative text names the
    estimates whose interval does not hold the value of no effect.
    """
    kind = BIVARIATE if BIVARIATE.column in rows else MULTIVARIATE
    require_columns(rows, ("covariate", kind.column, *ESTIMATE), figure="forest")
    _scale(ax, rows, kind, voice)
    ax.axvline(kind.neutral, color="#444444", linewidth=0.9, linestyle="--", zorder=1)
    labels = [voice.covariate(code, kind.analysis) for code in rows["covariate"]]
    clear = []
    for place, row in enumerate(rows.to_dict("records")):
        _interval(ax, place, row[kind.column], (row["ci_low"], row["ci_high"]))
        estimate = _estimate(row, kind, voice)
        _columns(ax, place, (estimate, voice.p(row["p_value"])))
        if row["ci_low"] > kind.neutral or row["ci_high"] < kind.neutral:
            clear.append(f"{labels[place]} {estimate}")
    _columns(
        ax,
        -1,
        (voice.say(f"forest-{kind.column}", level=voice.level), voice.say("forest-p")),
        weight="bold",
    )
    ax.set_yticks(range(len(rows)), [wrap(label, width=30) for label in labels])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(voice.say(f"forest-{kind.column}_axis"))
    _directions(ax, voice)
    facts = {
        "neutral": voice.number(kind.neutral),
        "level": voice.level,
        "rows": voice.say("alt-separator").join(clear),
    }
    return voice.say("alt-forest", n=len(rows), n_clear=len(clear), **facts)


def _scale(ax: Axes, rows: pd.DataFrame, kind: Kind, voice: Voice) -> None:
    ends = _finite(rows, kind)
    if kind == BIVARIATE:
        ax.set_xscale("log")
        limits = _odds_limits(ends)
        ax.set_xlim(limits)
        ax.xaxis.set_major_locator(FixedLocator(_odds_ticks(limits)))
        ax.xaxis.set_minor_locator(NullLocator())
    else:
        low, high = ends.min(initial=-1) - PAD, ends.max(initial=1) + PAD
        ax.set_xlim(math.floor(low), math.ceil(high))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _plain(x, voice)))


def _interval(ax: Axes, y: float, estimate: float, ends: tuple[float, float]) -> None:
    """Draw the interval, an arrow at each end that lies beyond the axis, and the estimate."""
    low, high = ax.get_xlim()
    shown = [min(max(end, low), high) for end in ends]
    if not any(map(math.isnan, shown)):
        ax.plot(shown, [y, y], color="C0", linewidth=1.6, zorder=2)
        for end, edge, arrow in ((ends[0], low, "<"), (ends[1], high, ">")):
            if (end < edge) if arrow == "<" else (end > edge):
                ax.plot(edge, y, arrow, color="C0", ms=5, clip_on=False)
    if low <= estimate <= high:
        ax.plot(estimate, y, "s", color="C0", mec="white", mew=0.6, ms=6.5, zorder=3)


def _estimate(row: Mapping[Hashable, Any], kind: Kind, voice: Voice) -> str:
    """Write the estimate of one row with its interval; a dash where there is none."""
    if math.isnan(row[kind.column]):
        return MISSING
    value = voice.number(row[kind.column], decimals=2)
    return f"{value}{NO_BREAK}{voice.interval(row['ci_low'], row['ci_high'])}"


def _columns(ax: Axes, y: float, texts: tuple[str, str], *, weight: str = "normal") -> None:
    """Write one line of the table at the right of the axes, at fixed distances in points."""
    for text, shift, side in zip(texts, COLUMNS, ("left", "right"), strict=True):
        ax.annotate(
            text,
            xy=(1, y),
            xycoords=("axes fraction", "data"),
            xytext=(shift, 0),
            textcoords="offset points",
            ha=side,
            va="center_baseline",
            fontsize=8.5,
            weight=weight,
            annotation_clip=False,
        )


def _directions(ax: Axes, voice: Voice) -> None:
    """Say above the ends of the axis what they mean."""
    for text, end, side in (
        (voice.say("forest-low"), 0, "left"),
        (voice.say("forest-high"), 1, "right"),
    ):
        ax.annotate(
            text,
            xy=(end, 1),
            xycoords="axes fraction",
            xytext=(0, 3),
            textcoords="offset points",
            ha=side,
            fontsize=8,
            color="#555555",
        )


def _finite(rows: pd.DataFrame, kind: Kind) -> NDArray[np.float64]:
    """Estimates and bounds that have a place on an axis."""
    columns = [kind.column, "ci_low", "ci_high"]
    values: NDArray[np.float64] = rows[columns].to_numpy(dtype=float)
    return values[np.isfinite(values)]


def _odds_limits(ends: NDArray[np.float64]) -> tuple[float, float]:
    """Range of every positive finite bound, within what can still be read."""
    ends = ends[ends > 0]
    low, high = ends.min(initial=0.5) / ODDS_PAD, ends.max(initial=2) * ODDS_PAD
    return max(low, DECADES[0]), min(high, DECADES[-1])


def _odds_ticks(limits: tuple[float, float]) -> list[float]:
    """Ticks within the limits: 1, 2, 5 of each decade, or 1 alone where these would be too many."""
    low, high = limits
    fine = [tick * step for tick in DECADES for step in (1, 2, 5) if low <= tick * step <= high]
    return fine if len(fine) <= MOST_TICKS else [tick for tick in DECADES if low <= tick <= high]


def _plain(value: float, voice: Voice) -> str:
    """A tick with as many decimals as it needs."""
    exact = significant(value, 6)
    return voice.number(value, decimals=len(exact.partition(".")[2]))
