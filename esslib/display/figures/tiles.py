"""All printed numbers at a glance: one tile each, by place and by what the audit found."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from esslib.display import lang as language
from esslib.display.figures.style import require, wrap

PREFIX = "status."
ROW = 24
SIDE = 0.84
BETWEEN = 0.5
# Face and hatch in the order of the status words: reproduced, differs, impossible.
LOOKS = (("C4", ""), ("C1", "/////"), ("#222222", ""))


def fidelity(ax: Axes, numbers: pd.DataFrame, *, lang: str = "fr") -> Axes:
    """Draw one tile per printed number, grouped by where it stands and ordered by status.

    Parameters
    ----------
    ax : Axes
        As wide as the page; wants about 0.45 cm of height per row of tiles.
    numbers : DataFrame
        Rows of ``fidelity.csv``: where, status (reproduced, differs, impossible).
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing or a status is not one of the three.
    """
    require(numbers, ("where", "status"), figure="fidelity")
    words = language.read_words(lang)
    looks = dict(zip(status_codes(words), LOOKS, strict=True))
    if strange := sorted(set(numbers["status"]) - set(looks)):
        raise ValueError(f"fidelity: unknown status {strange[0]!r}; use {', '.join(looks)}.")
    bottom, names = 0.0, {}
    for where, rows in numbers.groupby("where", sort=False):
        counts = rows["status"].value_counts().reindex(list(looks), fill_value=0)
        height = _tiles(ax, counts, top=bottom, looks=looks)
        names[bottom + (height - 1 + SIDE) / 2] = wrap(
            language.place(str(where), lang=lang), width=28
        )
        share = words["fidelity.share"].format(n=counts.iloc[0], total=len(rows))
        ax.text(ROW + 0.6, bottom + (height - 1 + SIDE) / 2, share, va="center")
        bottom += height + BETWEEN
    ax.text(ROW + 0.6, -0.7, words["fidelity.head"], weight="bold", va="center")
    ax.set_yticks(list(names), list(names.values()))
    ax.set(xlim=(-0.2, ROW), ylim=(bottom - BETWEEN, -0.3))
    ax.tick_params(length=0, labelbottom=False)
    ax.spines[:].set_visible(False)
    _key(ax, numbers["status"].value_counts(), looks, words)
    return ax


def status_codes(words: Mapping[str, str]) -> list[str]:
    """Codes of the statuses, in the order of the words."""
    return [key.removeprefix(PREFIX) for key in words if key.startswith(PREFIX)]


def _tiles(ax: Axes, counts: pd.Series, *, top: float, looks: Mapping[str, tuple[str, str]]) -> int:
    """Draw the tiles of one place, status by status; return their number of rows."""
    start = 0
    for status, (face, hatch) in looks.items():
        places = range(start, start + counts[status])
        tiles = [Rectangle((k % ROW, top + k // ROW), SIDE, SIDE) for k in places]
        ax.add_collection(
            PatchCollection(tiles, facecolor=face, hatch=hatch, edgecolor="#222222", linewidth=0.5)
        )
        start += counts[status]
    return (start - 1) // ROW + 1


def _key(
    ax: Axes,
    totals: pd.Series,
    looks: Mapping[str, tuple[str, str]],
    words: Mapping[str, str],
) -> None:
    handles = [
        Rectangle((0, 0), 1, 1, facecolor=face, hatch=hatch, edgecolor="#222222", linewidth=0.5)
        for face, hatch in looks.values()
    ]
    names = [
        words["fidelity.key"].format(label=words[PREFIX + status], n=totals.get(status, 0))
        for status in looks
    ]
    ax.legend(handles, names, ncols=len(looks), loc="lower left", bbox_to_anchor=(0, 1.01))
