"""How far predictions agree with what is observed."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from esslib.display import lang as language
from esslib.display.figures.style import require, write_numbers

COLUMNS = ("n", "predicted", "observed", "ci_low", "ci_high")


def calibration(ax: Axes, groups: pd.DataFrame, *, lang: str = "fr") -> Axes:
    """Draw the observed share of each group against the predicted one, and the line of equality.

    Parameters
    ----------
    ax : Axes
    groups : DataFrame
        ``calibration.csv``: n, predicted, observed, ci_low, ci_high (shares, 0 to 1).
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(groups, COLUMNS, figure="calibration")
    words = language.read_words(lang)
    shown = groups[list(COLUMNS[1:])] * 100
    ax.plot([0, 100], [0, 100], "--", color="#444444", label=words["calibration.ideal"])
    ax.vlines(shown["predicted"], shown["ci_low"], shown["ci_high"], color="C0", linewidth=1.4)
    seen = words["calibration.seen"].format(n=language.number(groups["n"].mean(), lang=lang))
    ax.plot(shown["predicted"], shown["observed"], "o", color="C0", label=seen)
    ax.set(xlim=(0, 100), ylim=(0, 102))
    ax.set(xlabel=words["calibration.predicted"], ylabel=words["calibration.observed"])
    write_numbers(ax.xaxis, ax.yaxis, lang=lang, percent=True)
    ax.legend(loc="upper left")
    ax.grid()
    return ax


def alt_calibration(groups: pd.DataFrame, *, lang: str = "fr") -> str:
    """Describe `calibration`: predicted and observed share of every group."""
    words = language.read_words(lang)
    pairs = [
        words["alt.calibration.group"].format(
            **{name: language.percent(100 * row[name], lang=lang) for name in COLUMNS[1:]}
        )
        for row in groups.to_dict("records")
    ]
    return words["alt.calibration"].format(n=len(groups), groups=words["alt.separator"].join(pairs))
