"""Forest plots of the predictors: estimate, interval and p value of each covariate."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from numpy.typing import NDArray

from esslib.display import lang as language
from esslib.display.figures.style import require, wrap

DECADES = (0.01, 0.1, 1, 10, 100)
ODDS_PAD = 1.1
MOST_TICKS = 7
COLUMNS = (10, 150)  # points to the right of the axes: left edge of the estimates, right edge of p
PAD = 0.05
ESTIMATE = ("ci_low", "ci_high", "p_value")


@dataclass(frozen=True)
class Kind:
    """One kind of forest: column of the estimate, value of no effect, word key."""

    column: str
    neutral: float
    word: str


BIVARIATE = Kind("odds_ratio", 1.0, "forest.odds_ratio")
MULTIVARIATE = Kind("coefficient", 0.0, "forest.coefficient")


def forest_bivariate(
    ax: Axes, rows: pd.DataFrame, *, labels: Mapping[str, str], lang: str = "fr"
) -> Axes:
    """Draw odds ratios on a logarithmic axis, with their numbers as columns on the right.

    Parameters
    ----------
    ax : Axes
    rows : DataFrame
        Rows of ``bivariate.csv``: covariate, odds_ratio, ci_low, ci_high, p_value. An odds ratio
        above 1 means more often a secured tool. Intervals that reach 0 or infinity leave the
        axis with an arrow.
    labels : mapping
        Covariate code to label.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(rows, ("covariate", "odds_ratio", *ESTIMATE), figure="forest_bivariate")
    ax.set_xscale("log")
    limits = _odds_limits(rows)
    ax.set_xlim(limits)
    ax.xaxis.set_major_locator(FixedLocator(_odds_ticks(limits)))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _plain(x, lang)))
    return _forest(ax, rows, BIVARIATE, labels=labels, lang=lang)


def forest_multivariate(
    ax: Axes, rows: pd.DataFrame, *, labels: Mapping[str, str], lang: str = "fr"
) -> Axes:
    """Draw regression coefficients on a linear axis, with their numbers on the right.

    Parameters
    ----------
    ax : Axes
    rows : DataFrame
        Rows of ``multivariate.csv``: covariate, coefficient (log odds ratio; positive means more
        often a secured tool), ci_low, ci_high, p_value.
    labels : mapping
        Covariate code to label.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(rows, ("covariate", "coefficient", *ESTIMATE), figure="forest_multivariate")
    ends = _finite(rows, MULTIVARIATE)
    low, high = ends.min(initial=-1) - PAD, ends.max(initial=1) + PAD
    ax.set_xlim(math.floor(low), math.ceil(high))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _plain(x, lang)))
    return _forest(ax, rows, MULTIVARIATE, labels=labels, lang=lang)


def _forest(
    ax: Axes, rows: pd.DataFrame, kind: Kind, *, labels: Mapping[str, str], lang: str
) -> Axes:
    words = language.read_words(lang)
    ax.axvline(kind.neutral, color="#444444", linewidth=0.9, linestyle="--", zorder=1)
    for place, row in enumerate(rows.to_dict("records")):
        _interval(ax, place, row[kind.column], (row["ci_low"], row["ci_high"]))
        _columns(
            ax,
            place,
            (estimate_text(row, kind, lang=lang), language.p_value(row["p_value"], lang=lang)),
        )
    _columns(ax, -1, (words[kind.word], words["forest.p"]), weight="bold")
    names = [wrap(labels.get(code, code), width=30) for code in rows["covariate"]]
    ax.set_yticks(range(len(rows)), names)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(words[f"{kind.word}_axis"])
    _directions(ax, words)
    return ax


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


def kind_of(rows: pd.DataFrame) -> Kind:
    """Tell by its columns which of the two forests a frame belongs to."""
    return BIVARIATE if BIVARIATE.column in rows else MULTIVARIATE


def estimate_text(row: Mapping[Hashable, Any], kind: Kind, *, lang: str) -> str:
    """Write the estimate of one row with its interval; a dash where there is none."""
    if math.isnan(row[kind.column]):
        return language.MISSING
    value = language.number(row[kind.column], decimals=2, lang=lang)
    ends = language.interval(row["ci_low"], row["ci_high"], lang=lang)
    return f"{value}{language.NO_BREAK}{ends}"


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


def _directions(ax: Axes, words: Mapping[str, str]) -> None:
    """Say above the ends of the axis what they mean."""
    for key, end, side in (("forest.low", 0, "left"), ("forest.high", 1, "right")):
        ax.annotate(
            words[key],
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


def _odds_limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Range of every positive finite bound, within what can still be read."""
    ends = _finite(rows, BIVARIATE)
    ends = ends[ends > 0]
    low, high = ends.min(initial=0.5) / ODDS_PAD, ends.max(initial=2) * ODDS_PAD
    return max(low, DECADES[0]), min(high, DECADES[-1])


def _odds_ticks(limits: tuple[float, float]) -> list[float]:
    """Ticks within the limits: 1, 2, 5 of each decade, or 1 alone where these would be too many."""
    low, high = limits
    fine = [tick * step for tick in DECADES for step in (1, 2, 5) if low <= tick * step <= high]
    return fine if len(fine) <= MOST_TICKS else [tick for tick in DECADES if low <= tick <= high]


def _plain(value: float, lang: str) -> str:
    """A tick with as many decimals as it needs."""
    exact = f"{value:.6g}"
    return language.number(value, decimals=len(exact.partition(".")[2]), lang=lang)
