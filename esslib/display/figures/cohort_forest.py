"""Forest plot of one difference in several cohorts, and of their summary."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from esslib.display.figures.style import INK, height, require_columns, wrap, write_numbers
from esslib.display.sentences import cohorts_together
from esslib.voice import Voice

MOST_NAMED = 40  # beyond, lines and names would touch: cohorts in the order of their difference
COLUMNS = ("cohort", "difference", "ci_low", "ci_high")
POOLED = ("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high")


def _height(rows: pd.DataFrame, _: pd.DataFrame) -> float:
    return 3.5 + 0.6 * len(rows) if len(rows) <= MOST_NAMED else 18.0


@height(_height)
def forest_cohorts(ax: Axes, rows: pd.DataFrame, pooled: pd.DataFrame, voice: Voice) -> str:
    """Draw the difference of every cohort, and the random-effects summary below them.

    Takes ``cohorts.csv``, of which cohorts without a difference are left out, and
    ``cohorts_pooled.csv``, whose first row is drawn if it has an interval. Up to 40 cohorts are
    named and keep their order, more are drawn from the lowest difference to the highest. The
    alternative text names the extremes and the summary.
    """
    require_columns(rows, COLUMNS, figure="forest_cohorts")
    require_columns(pooled, POOLED, figure="forest_cohorts")
    shown = rows.dropna(subset="difference")
    is_named = len(shown) <= MOST_NAMED
    if not is_named:
        shown = shown.sort_values("difference", kind="stable")
    _cohorts(ax, shown, is_named=is_named)
    if not is_named:
        ax.set_ylabel(voice.say("forest-by_size", n=voice.number(len(shown))))
    _summary(ax, pooled.iloc[0].to_dict(), len(shown) + 0.03 * len(shown), voice)
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(voice.say("forest-difference_axis"))
    write_numbers(ax.xaxis, voice)
    return voice.say(
        "alt-cohorts",
        n=voice.number(len(shown)),
        low=voice.number(shown["difference"].min(), decimals=1),
        high=voice.number(shown["difference"].max(), decimals=1),
        pooled=cohorts_together(pooled, voice),
    )


def _cohorts(ax: Axes, shown: pd.DataFrame, *, is_named: bool) -> None:
    places = range(len(shown))
    size, width = (6.0, 1.6) if is_named else (1.5, 0.4)
    # thousands of lines in one picture
    options: dict[str, Any] = {"color": "C0", "rasterized": not is_named}
    ax.axvline(0, color="#444444", linewidth=0.9, linestyle="--", zorder=1)
    ax.hlines(places, shown["ci_low"], shown["ci_high"], linewidth=width, zorder=2, **options)
    ax.plot(shown["difference"], places, "s", ms=size, mec="white", mew=0.3, zorder=3, **options)
    labels = [wrap(cohort, width=30) for cohort in shown["cohort"]] if is_named else []
    ax.set_yticks(places if is_named else [], labels)


def _summary(ax: Axes, row: Mapping[Any, Any], place: float, voice: Voice) -> None:
    """Draw the mean as a diamond as wide as its interval, on the line of the prediction."""
    if pd.isna(row["ci_low"]):
        return
    if not pd.isna(row["prediction_low"]):
        ends, label = (
            [row["prediction_low"], row["prediction_high"]],
            voice.say("forest-prediction"),
        )
        ax.plot(ends, [place] * 2, "|-", color=INK, lw=1.2, label=label)
    half = max(0.3, 0.012 * place)
    x = [row["ci_low"], row["estimate"], row["ci_high"], row["estimate"]]
    y = [place, place - half, place, place + half]
    ax.fill(x, y, color="C1", zorder=4, label=voice.say("forest-pooled"))
    ax.axvline(row["estimate"], color="C1", linewidth=0.8, linestyle=":", zorder=1)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
