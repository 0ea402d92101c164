"""Where the cells of a rebuilt regression lie among the values that the printed ones stand for."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from esslib.display import lang as language
from esslib.display.figures.style import require, wrap

EDGE = 1.6
# Marker and height of each cell in its row, in the order of the words.
LOOKS = {"ci_low": ("<", 0.22), "coefficient": ("s", 0.0), "ci_high": (">", -0.22)}
COLUMNS = ("covariate", "cell", "position", "met")


def regression_cells(
    ax: Axes, positions: pd.DataFrame, *, labels: Mapping[str, str], lang: str = "fr"
) -> Axes:
    """Draw one row per covariate and one mark per cell, within the band of what is printed.

    Parameters
    ----------
    ax : Axes
    positions : DataFrame
        covariate, cell (coefficient, ci_low, ci_high), position (-1 and 1 are the ends of the
        rounding interval), met. Cells beyond the axis stand on its edge.
    labels : mapping
        Covariate code to label.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    require(positions, COLUMNS, figure="regression_cells")
    words = language.read_words(lang)
    rows = {code: place for place, code in enumerate(dict.fromkeys(positions["covariate"]))}
    ax.axvspan(-1, 1, color="#e4e4e4", linewidth=0, zorder=0, label=words["cells.band"])
    for cell, (marker, offset) in LOOKS.items():
        of_cell = positions[positions["cell"] == cell]
        at = of_cell["position"].clip(-EDGE, EDGE)
        places = of_cell["covariate"].map(rows) - offset
        ax.plot(at, places, marker, color="C0", ms=5.5, clip_on=False, label=words[f"cells.{cell}"])
        missed = ~of_cell["met"].astype(bool)
        ax.plot(at[missed], places[missed], marker, color="C0", ms=5.5, mfc="white", mew=1.3)
    ax.plot([], [], "o", color="C0", mfc="white", mew=1.3, label=words["cells.missed"])
    ax.set_yticks(range(len(rows)), [wrap(labels.get(code, code), width=34) for code in rows])
    ax.set(xlim=(-EDGE - 0.1, EDGE + 0.1), ylim=(len(rows) - 0.4, -0.6))
    ax.set_xticks([-1, 0, 1], [words[f"cells.{end}"] for end in ("low_end", "printed", "high_end")])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.figure.legend(ncols=3, loc="outside upper center")
    return ax


def alt_regression_cells(
    positions: pd.DataFrame, *, labels: Mapping[str, str], lang: str = "fr"
) -> str:
    """Describe `regression_cells`: how many cells are met, and which are not."""
    words = language.read_words(lang)
    missed = positions[~positions["met"].astype(bool)]
    pairs = zip(missed["covariate"], missed["cell"], strict=True)
    named = [f"{labels.get(code, code)} ({words[f'cells.{cell}'].lower()})" for code, cell in pairs]
    return words["alt.cells"].format(
        n=len(positions) - len(missed),
        total=len(positions),
        missed="; ".join(named) or language.MISSING,
    )
