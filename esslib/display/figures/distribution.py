"""How the scores of two groups are distributed, and how far from a normal distribution."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from esslib.display import lang as language
from esslib.display.figures.style import in_order, look, require, thinned, write_numbers

LINES = "-", (0, (3, 1))


def distribution(
    ax: Axes,
    quantiles: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    limits: tuple[float, float],
    averaged: bool = False,
    lang: str = "fr",
) -> Axes:
    """Draw the share of each group up to every score, and the scores beside normal ones.

    Parameters
    ----------
    ax : Axes
        Is emptied and holds both parts side by side.
    quantiles : DataFrame
        One row per respondent of one contrast: group, expected (the score in the same place of a
        normal distribution), observed (the score), in points; rising within each group. Of more
        than five hundred in a group, so many evenly spaced by rank are drawn.
    labels : mapping
        Group code to label, in the order in which groups are coloured.
    limits : tuple of two
        Lowest and highest possible score; the axes of scores show this range.
    averaged : bool
        Whether a score is the mean of several respondents; the axis says so.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> distribution(ax, quantiles, labels=labels, limits=(20, 80))  # doctest: +SKIP
    """
    require(quantiles, ("group", "expected", "observed"), figure="distribution")
    import seaborn as sns  # a second, which the other figures need not pay

    words = language.read_words(lang)
    shares, normal = ax.inset_axes((0, 0, 0.44, 1)), ax.inset_axes((0.56, 0, 0.44, 1))
    key = []
    for place, group in enumerate(in_order(quantiles["group"], labels)):
        rows = thinned(quantiles[quantiles["group"] == group])
        colour, marker = look(group, labels)
        style = LINES[place % len(LINES)]
        line: dict[str, Any] = {"color": colour, "linestyle": style, "linewidth": 1.6}
        dots: dict[str, Any] = {"marker": marker, "ms": 3.6, "mec": "#222222", "mew": 0.4}
        sns.ecdfplot(rows, x="observed", stat="percent", ax=shares, **line)
        at = rows["expected"], rows["observed"]
        normal.plot(*at, color=colour, linestyle="", clip_on=False, zorder=3, **dots)
        key.append(Line2D([], [], label=labels.get(group, group), **line, **dots))
    normal.axline((limits[0], limits[0]), slope=1, color="#444444", linewidth=0.9, zorder=1)
    shares.set(xlim=limits, ylim=(0, 100))
    shares.set(xlabel=words["distribution.score"], ylabel=words["distribution.share"])
    normal.set(ylim=limits)  # a normal distribution may reach beyond the scale
    normal.set(
        xlabel=words["distribution.expected"],
        ylabel=words[f"distribution.{'averaged' if averaged else 'observed'}"],
    )
    for part in (shares, normal):
        write_numbers(part.xaxis, part.yaxis, lang=lang)
        part.grid()
    ax.legend(handles=key, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    ax.axis("off")
    return ax


def alt_distribution(summary: pd.DataFrame, *, labels: Mapping[str, str], lang: str = "fr") -> str:
    """Describe `distribution`: what Shapiro-Wilk says of each group (group, shapiro_p)."""
    words = language.read_words(lang)
    rows = summary.set_index("group")["shapiro_p"]
    groups = [
        words["alt.distribution.group"].format(
            label=labels.get(group, group), p=language.p_equation(rows[group], lang=lang)
        )
        for group in in_order(rows.index, labels)
    ]
    return words["alt.distribution"].format(groups=words["alt.separator"].join(groups))
