"""Where the cells of a rebuilt regression lie among the values that the printed ones stand for."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from esslib.display.figures.style import height, require_columns, wrap
from esslib.voice import Voice
from printed.numerals import MISSING

EDGE = 1.6
# Marker and height of each cell in its row, in the order of the words.
LOOKS = {"ci_low": ("<", 0.22), "coefficient": ("s", 0.0), "ci_high": (">", -0.22)}
LOOK: dict[str, Any] = {"color": "C0", "ms": 5.5}
HOLLOW: dict[str, Any] = {"mfc": "white", "mew": 1.3}
COLUMNS = ("covariate", "cell", "position", "met")


@height(12)
def cell_positions(ax: Axes, positions: pd.DataFrame, voice: Voice) -> str:
    """Draw one row per covariate and one mark per cell, within the band of what is printed.

    Takes covariate, cell (coefficient, ci_low, ci_high), position (-1 and 1 are the ends of the
    rounding interval) and met. Cells beyond the axis stand on its edge; the alternative text names
    those that are not met.
    """
    require_columns(positions, COLUMNS, figure="cell_positions")
    codes = list(dict.fromkeys(positions["covariate"]))
    labels = [voice.covariate(code, "multivariate") for code in codes]
    places = {code: place for place, code in enumerate(codes)}
    is_missed = ~positions["met"].astype(bool)
    ax.axvspan(-1, 1, color="#e4e4e4", linewidth=0, zorder=0, label=voice.say("cells-band"))
    for cell, (marker, offset) in LOOKS.items():
        of_cell = positions[positions["cell"] == cell]
        x = of_cell["position"].clip(-EDGE, EDGE)
        y = of_cell["covariate"].map(places) - offset
        ax.plot(x, y, marker, clip_on=False, label=voice.say(f"cells-{cell}"), **LOOK)
        hollow = is_missed[of_cell.index]
        ax.plot(x[hollow], y[hollow], marker, **LOOK, **HOLLOW)
    ax.plot([], [], "o", color="C0", label=voice.say("cells-missed"), **HOLLOW)
    ax.set_yticks(range(len(codes)), [wrap(label, width=34) for label in labels])
    ax.set(xlim=(-EDGE - 0.1, EDGE + 0.1), ylim=(len(codes) - 0.4, -0.6))
    ends = ("low_end", "printed", "high_end")
    ax.set_xticks([-1, 0, 1], [voice.say(f"cells-{end}") for end in ends])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.figure.legend(ncols=3, loc="outside upper center")
    missed = positions.loc[is_missed, ["covariate", "cell"]].itertuples(index=False)
    named = [
        f"{labels[places[code]]} ({voice.say(f'cells-{cell}').lower()})" for code, cell in missed
    ]
    return voice.say(
        "alt-cells",
        n=len(positions) - len(named),
        total=len(positions),
        missed="; ".join(named) or MISSING,
    )
