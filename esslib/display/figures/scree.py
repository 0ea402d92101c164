"""Eigenvalues of the items beside those of shuffled answers."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from esslib.display import lang as language
from esslib.display.figures.style import require, write_numbers

COLUMNS = ("component", "eigenvalue", "random_quantile", "is_retained")


def scree(ax: Axes, components: pd.DataFrame, *, lang: str = "fr") -> Axes:
    """Draw how much each component holds, and how much chance alone would give it.

    Parameters
    ----------
    ax : Axes
    components : DataFrame
        ``parallel_analysis.csv``: component, eigenvalue, random_quantile, is_retained (drawn as a
        full marker).
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(components, COLUMNS, figure="scree")
    words = language.read_words(lang)
    retained = components[components["is_retained"] == 1]
    place, eigenvalue = components["component"], components["eigenvalue"]
    look: dict[str, Any] = {"color": "C0", "ms": 5, "clip_on": False, "zorder": 3}
    ax.plot(place, eigenvalue, "o-", mfc="white", label=words["scree.observed"], **look)
    ax.plot(retained["component"], retained["eigenvalue"], "o", **look)
    ax.plot(
        place, components["random_quantile"], "--", color="#222222", label=words["scree.random"]
    )
    ax.set(xlabel=words["scree.component"], ylabel=words["scree.eigenvalue"])
    ax.set_ylim(bottom=min(0, eigenvalue.min()))
    ax.set_xticks(place)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    write_numbers(ax.yaxis, lang=lang)
    ax.legend(loc="upper right")
    ax.grid(axis="y")
    return ax


def alt_scree(components: pd.DataFrame, *, lang: str = "fr") -> str:
    """Describe `scree`: how many components exceed chance, and the first of them."""
    first = components.iloc[0]
    return language.read_words(lang)["scree.alt"].format(
        n=language.number(components["is_retained"].sum(), lang=lang),
        eigenvalue=language.number(first["eigenvalue"], decimals=1, lang=lang),
        random=language.number(first["random_quantile"], decimals=1, lang=lang),
        percent=language.percent(100 * first["eigenvalue"] / len(components), lang=lang),
    )
