"""All printed numbers at a glance: one tile each, by place and by what the audit found."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from esslib.display.figures.style import INK, height, require_columns, wrap
from esslib.voice import Voice

ROW = 24
SIDE = 0.84
BETWEEN = 0.5
# Face and hatch of each status.
LOOKS = {
    "reproduced": ("C4", ""),
    "differs": ("C1", "/////"),
    "needs": ("C2", "....."),
    "impossible": (INK, ""),
}


@height(14)
def fidelity_tiles(ax: Axes, numbers: pd.DataFrame, voice: Voice) -> str:
    """Draw one tile per printed number, grouped by where it stands and ordered by status.

    Takes ``fidelity.csv``. The alternative text counts the numbers of each status, and those
    reproduced in each place.

    Raises
    ------
    ValueError
        A status is not one of LOOKS.
    """
    require_columns(numbers, ("where", "status"), figure="fidelity_tiles")
    if strange := sorted(set(numbers["status"]) - set(LOOKS)):
        raise ValueError(f"fidelity_tiles: unknown status {strange[0]!r}; use {', '.join(LOOKS)}.")
    bottom, names, said = 0.0, {}, []
    for where, rows in numbers.groupby("where", sort=False):
        counts = rows["status"].value_counts().reindex(list(LOOKS), fill_value=0)
        n_lines = _tiles(ax, counts, top=bottom)
        middle = bottom + (n_lines - 1 + SIDE) / 2
        label = voice.place(str(where))
        names[middle] = wrap(label, width=28)
        facts = {"n": counts.iloc[0], "total": len(rows)}
        ax.text(ROW + 0.6, middle, voice.say("fidelity-share", **facts), va="center")
        said.append(voice.say("alt-fidelity-place", where=label, **facts))
        bottom += n_lines + BETWEEN
    ax.text(ROW + 0.6, -0.7, voice.say("fidelity-head"), weight="bold", va="center")
    ax.set_yticks(list(names), list(names.values()))
    ax.set(xlim=(-0.2, ROW), ylim=(bottom - BETWEEN, -0.3))
    ax.tick_params(length=0, labelbottom=False)
    ax.spines[:].set_visible(False)
    totals = numbers["status"].value_counts().reindex(list(LOOKS), fill_value=0)
    _key(ax, totals, voice)
    statuses = ", ".join(f"{n} {voice.say(f'status-{code}')}" for code, n in totals.items())
    places = voice.say("alt-separator").join(said)
    return voice.say("alt-fidelity", total=len(numbers), statuses=statuses, places=places)


def _tiles(ax: Axes, counts: pd.Series, *, top: float) -> int:
    """Draw the tiles of one place, status by status; return their number of rows."""
    start = 0
    for status, (face, hatch) in LOOKS.items():
        places = range(start, start + counts[status])
        tiles = [Rectangle((k % ROW, top + k // ROW), SIDE, SIDE) for k in places]
        ax.add_collection(
            PatchCollection(tiles, facecolor=face, hatch=hatch, edgecolor=INK, linewidth=0.5)
        )
        start += counts[status]
    return (start - 1) // ROW + 1


def _key(ax: Axes, totals: pd.Series, voice: Voice) -> None:
    handles = [
        Rectangle((0, 0), 1, 1, facecolor=face, hatch=hatch, edgecolor=INK, linewidth=0.5)
        for face, hatch in LOOKS.values()
    ]
    names = [
        voice.say("fidelity-key", label=voice.say(f"status-{code}"), n=totals[code])
        for code in LOOKS
    ]
    ax.legend(handles, names, ncols=len(names), loc="lower left", bbox_to_anchor=(0, 1.01))
