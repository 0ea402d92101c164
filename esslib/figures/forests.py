"""Forest plots of the predictors: estimate, interval and p value of each covariate."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from esslib import lang as language
from esslib.figures.style import require, wrap

ODDS_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
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
    ax.set_xlim(_odds_limits(rows))
    ax.xaxis.set_major_locator(FixedLocator(ODDS_TICKS))
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
    finite = rows[["ci_low", "ci_high"]].replace([np.inf, -np.inf], np.nan)
    ax.set_xlim(math.floor(finite.min().min() - PAD), math.ceil(finite.max().max() + PAD))
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
    _directions(ax, kind, words)
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
    """Write the estimate of one row with its interval."""
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


def _directions(ax: Axes, kind: Kind, words: Mapping[str, str]) -> None:
    """Say above the axis what lies on either side of no effect."""
    for key, pattern, shift, side in (
        ("forest.low", "← {}", -5, "right"),
        ("forest.high", "{} →", 5, "left"),
    ):
        ax.annotate(
            pattern.format(words[key]),
            xy=(kind.neutral, 1),
            xycoords=("data", "axes fraction"),
            xytext=(shift, 3),
            textcoords="offset points",
            ha=side,
            fontsize=8,
            color="#555555",
        )


def _odds_limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Ticks that enclose every positive finite bound."""
    ends = rows[["ci_low", "ci_high"]].to_numpy(dtype=float)
    ends = ends[np.isfinite(ends) & (ends > 0)]
    inner = ODDS_TICKS[1:-1]
    low = max((tick for tick in inner if tick <= ends.min(initial=0.5)), default=inner[0])
    high = min((tick for tick in inner if tick >= ends.max(initial=2)), default=inner[-1])
    return low, high


def _plain(value: float, lang: str) -> str:
    """A tick with as many decimals as it needs."""
    exact = f"{value:.6g}"
    return language.number(value, decimals=len(exact.partition(".")[2]), lang=lang)
