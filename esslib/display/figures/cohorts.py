"""Forest plot of one difference in several cohorts, and of their summary."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from esslib.display import lang as language
from esslib.display.figures.style import require, wrap, write_numbers

MOST_NAMED = 40  # beyond, lines and names would touch: cohorts in the order of their difference
COLUMNS = ("cohort", "difference", "ci_low", "ci_high")
POOLED = ("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high")
INK = "#222222"


def height_cm(n_cohorts: int) -> float:
    """Return the height at which a forest of so many cohorts is legible."""
    return 3.5 + 0.6 * n_cohorts if n_cohorts <= MOST_NAMED else 18.0


def forest_cohorts(ax: Axes, rows: pd.DataFrame, pooled: pd.DataFrame, *, lang: str = "fr") -> Axes:
    """Draw the difference of every cohort, and the random-effects summary below them.

    Parameters
    ----------
    ax : Axes
    rows : DataFrame
        Rows of ``cohorts.csv``: cohort, difference, ci_low, ci_high; those without a difference
        are left out. Up to 40 are named and keep their order, more are drawn from the lowest
        difference to the highest.
    pooled : DataFrame
        ``cohorts_pooled.csv``; the first row is drawn, if it has an interval.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(rows, COLUMNS, figure="forest_cohorts")
    require(pooled, POOLED, figure="forest_cohorts")
    words = language.read_words(lang)
    shown = rows.dropna(subset="difference")
    is_named = len(shown) <= MOST_NAMED
    if not is_named:
        shown = shown.sort_values("difference", kind="stable")
    places = range(len(shown))
    size, width = (6.0, 1.6) if is_named else (1.5, 0.4)
    options: dict[str, Any] = {
        "color": "C0",
        "rasterized": not is_named,
    }  # thousands of lines in one picture
    ax.axvline(0, color="#444444", linewidth=0.9, linestyle="--", zorder=1)
    ax.hlines(places, shown["ci_low"], shown["ci_high"], linewidth=width, zorder=2, **options)
    ax.plot(shown["difference"], places, "s", ms=size, mec="white", mew=0.3, zorder=3, **options)
    labels = [wrap(cohort, width=30) for cohort in shown["cohort"]] if is_named else []
    ax.set_yticks(places if is_named else [], labels)
    if not is_named:
        ax.set_ylabel(words["forest.by_size"].format(n=language.number(len(shown), lang=lang)))
    _summary(ax, pooled.iloc[0].to_dict(), place=len(shown) + 0.03 * len(shown), words=words)
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(words["forest.difference_axis"])
    write_numbers(ax.xaxis, lang=lang)
    return ax


def alt_forest_cohorts(rows: pd.DataFrame, *, said: str, lang: str = "fr") -> str:
    """Describe `forest_cohorts`: how many cohorts, their extremes, and the summary as `said`."""
    shown = rows["difference"].dropna()
    low, high = (language.number(end, decimals=1, lang=lang) for end in (shown.min(), shown.max()))
    n = language.number(len(shown), lang=lang)
    return language.read_words(lang)["alt.cohorts"].format(n=n, low=low, high=high, pooled=said)


def _summary(ax: Axes, row: Mapping[Any, Any], *, place: float, words: Mapping[str, str]) -> None:
    """Draw the mean as a diamond as wide as its interval, on the line of the prediction."""
    if pd.isna(row["ci_low"]):
        return
    if not pd.isna(row["prediction_low"]):
        ends = [row["prediction_low"], row["prediction_high"]]
        ax.plot(ends, [place] * 2, "|-", color=INK, lw=1.2, label=words["forest.prediction"])
    half = max(0.3, 0.012 * place)
    x = [row["ci_low"], row["estimate"], row["ci_high"], row["estimate"]]
    y = [place, place - half, place, place + half]
    ax.fill(x, y, color="C1", zorder=4, label=words["forest.pooled"])
    ax.axvline(row["estimate"], color="C1", linewidth=0.8, linestyle=":", zorder=1)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
