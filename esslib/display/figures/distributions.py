"""How the scores of two groups are distributed, and how far from a normal distribution."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from esslib.display.figures.style import INK, height, require_columns, thinned, write_numbers
from esslib.voice import Voice

LINES = "-", (0, (3, 1))


@height(8)
def distribution(ax: Axes, quantiles: pd.DataFrame, summary: pd.DataFrame, voice: Voice) -> str:
    """Draw the share of each group up to every score, and the scores beside normal ones.

    Takes one row per respondent of one contrast, rising within each group (group; expected, the
    score in the same place of a normal distribution; observed, the score), and the rows of
    ``group_summaries.csv``, whose Shapiro-Wilk tests the alternative text names. Of more than five
    hundred respondents in a group, so many evenly spaced by rank are drawn.
    """
    require_columns(quantiles, ("group", "expected", "observed"), figure="distribution")
    import seaborn as sns  # a second, which the other figures need not pay

    shares, normal = ax.inset_axes((0, 0, 0.44, 1)), ax.inset_axes((0.56, 0, 0.44, 1))
    key = []
    for place, group in enumerate(voice.in_order(quantiles["group"])):
        rows = thinned(quantiles[quantiles["group"] == group])
        colour, marker = voice.look(group)
        style = LINES[place % len(LINES)]
        line: dict[str, Any] = {"color": colour, "linestyle": style, "linewidth": 1.6}
        dots: dict[str, Any] = {"marker": marker, "ms": 3.6, "mec": INK, "mew": 0.4}
        sns.ecdfplot(rows, x="observed", stat="percent", ax=shares, **line)
        at = rows["expected"], rows["observed"]
        normal.plot(*at, color=colour, linestyle="", clip_on=False, zorder=3, **dots)
        key.append(Line2D([], [], label=voice.label(group), **line, **dots))
    _axes(shares, normal, voice)
    ax.legend(handles=key, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    ax.axis("off")
    return _said(summary, voice)


def _axes(shares: Axes, normal: Axes, voice: Voice) -> None:
    low, _ = voice.limits
    normal.axline((low, low), slope=1, color="#444444", linewidth=0.9, zorder=1)
    shares.set(xlim=voice.limits, ylim=(0, 100))
    shares.set(xlabel=voice.say("distribution-score"), ylabel=voice.say("distribution-share"))
    normal.set(ylim=voice.limits)  # a normal distribution may reach beyond the scale
    score = voice.say("distribution-score_of", dots="averaged" if voice.averages else "each")
    normal.set(xlabel=voice.say("distribution-expected"), ylabel=score)
    for axis in (shares.xaxis, shares.yaxis, normal.xaxis, normal.yaxis):
        write_numbers(axis, voice)
    shares.grid()
    normal.grid()


def _said(summary: pd.DataFrame, voice: Voice) -> str:
    tests = summary.set_index("group")["shapiro_p"]
    groups = [
        voice.say(
            "alt-distribution-group", label=voice.label(group), p=voice.p_equation(tests[group])
        )
        for group in voice.in_order(tests.index)
    ]
    return voice.say("alt-distribution", groups=voice.say("alt-separator").join(groups))
