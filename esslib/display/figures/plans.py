"""What a next study would see: power and precision against its size."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from esslib.display import lang as language
from esslib.display.figures.style import require, write_numbers

POWER = ("n_total", "power", "power_low", "power_high", "noether")


def power_curve(ax: Axes, curve: pd.DataFrame, *, target: float, lang: str = "fr") -> Axes:
    """Draw simulated power, with its uncertainty, and Noether's formula against the size.

    Parameters
    ----------
    ax : Axes
    curve : DataFrame
        ``power_curve.csv``: n_total, power, power_low, power_high, noether (shares, 0 to 1).
    target : float
        Power to be reached, drawn as a line.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(curve, POWER, figure="power_curve")
    words = language.read_words(lang)
    size = curve["n_total"]
    ax.vlines(size, 100 * curve["power_low"], 100 * curve["power_high"], color="C6", linewidth=2)
    ax.plot(size, 100 * curve["power"], "o", color="C0", ms=5, label=words["plan.simulated"])
    ax.plot(size, 100 * curve["noether"], "--", color="#222222", label=words["plan.noether"])
    _target(ax, 100 * target, words["plan.target"])
    ax.set(ylim=(0, 102), xlabel=words["plan.n_total"], ylabel=words["plan.power"])
    write_numbers(ax.yaxis, lang=lang, percent=True)
    ax.legend(loc="lower right")
    ax.grid(axis="y")
    return ax


def precision_curve(ax: Axes, curve: pd.DataFrame, *, target: float, lang: str = "fr") -> Axes:
    """Draw the expected half width of the difference's interval against the size.

    Parameters
    ----------
    ax : Axes
    curve : DataFrame
        ``power_curve.csv``: n_total, half_width (points).
    target : float
        Half width to be reached, drawn as a line.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(curve, ("n_total", "half_width"), figure="precision_curve")
    words = language.read_words(lang)
    ax.plot(curve["n_total"], curve["half_width"], "o-", color="C0", ms=5)
    _target(ax, target, words["plan.target"])
    ax.set(xlabel=words["plan.n_total"], ylabel=words["plan.half_width"])
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    write_numbers(ax.yaxis, lang=lang)
    ax.grid(axis="y")
    return ax


def _target(ax: Axes, value: float, name: str) -> None:
    ax.axhline(value, color="C1", linewidth=1.4)
    ax.text(0.01, value, name, transform=ax.get_yaxis_transform(), va="bottom")


def alt_power(curve: pd.DataFrame, *, target: float, lang: str = "fr") -> str:
    """Describe `power_curve`: power at both ends, and where it passes the target."""
    reached = curve.loc[curve["power"] >= target, "n_total"]
    return _alt("plan.alt.power", curve, reached, column="power", lang=lang)


def alt_precision(curve: pd.DataFrame, *, target: float, lang: str = "fr") -> str:
    """Describe `precision_curve`: half width at both ends, and where it passes the target."""
    reached = curve.loc[curve["half_width"] <= target, "n_total"]
    return _alt("plan.alt.precision", curve, reached, column="half_width", lang=lang)


def _alt(key: str, curve: pd.DataFrame, reached: pd.Series, *, column: str, lang: str) -> str:
    words = language.read_words(lang)
    ends = curve.sort_values("n_total").iloc[[0, -1]]

    def written(value: float) -> str:
        if column == "power":
            return language.percent(100 * value, lang=lang)
        return language.number(value, decimals=1, lang=lang)

    first, last = (written(value) for value in ends[column])
    n_first, n_last = (language.number(n, lang=lang) for n in ends["n_total"])
    text = words[key].format(first=first, n_first=n_first, last=last, n_last=n_last)
    if reached.empty:
        return text + words["plan.alt.never"]
    return text + words["plan.alt.reached"].format(n=language.number(reached.min(), lang=lang))
