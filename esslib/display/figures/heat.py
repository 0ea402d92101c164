"""Items against classes of tools, as blocks of coloured cells with their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from esslib.display.figures.style import height, wrap
from esslib.voice import Voice
from printed.numerals import MINUS

# Of every block: darkest colour, pale enough to write on; decimals; ends of the colours (None: its
# own).
BLOCKS: dict[str, tuple[str, int, float | None, float | None]] = {
    "mean_points": ("C2", 1, None, None),
    "share_percent": ("C1", 0, 0, None),
    "na_percent": ("C6", 0, 0, 100),
}
BETWEEN = " - "  # between the codes of two classes
TITLES = 64  # points above the cells
NARROWEST = 9  # characters in a line of a column's heading, unless a word is longer
PIECES = re.compile(r" |(?<=-)")  # a heading may break there


@height(13)
def item_heatmap(ax: Axes, blocks: Mapping[str, pd.DataFrame], voice: Voice) -> str:
    """Draw one row per item and, side by side, one block of columns per kind of number.

    Takes any of `mean_points`, `share_percent` and `na_percent`, each a frame with one row per
    item, the same in every block and drawn in this order, and one column per class of tools or
    per difference of two ("a - b"). A missing number leaves its cell empty. The alternative text
    reads the first and the last row.

    Raises
    ------
    ValueError
        A kind of number is unknown, or the blocks have different items.
    """
    whole = _together(blocks, voice)
    for name in blocks:
        if whole[name].notna().to_numpy().any():
            _block(ax, whole, name, voice)
    _ticks(ax, whole, voice)
    _titles(ax, whole.columns.get_level_values(0), voice)
    first, last = (_row(whole, item, voice) for item in whole.index[[0, -1]])
    return voice.say("heat-alt", n=len(whole), first=first, last=last)


def _together(blocks: Mapping[str, pd.DataFrame], voice: Voice) -> pd.DataFrame:
    """Set the blocks side by side, the classes of each in the order of the study."""
    if unknown := set(blocks) - set(BLOCKS):
        raise ValueError(f"item_heatmap: {', '.join(sorted(unknown))} is none of {list(BLOCKS)}.")
    first, *others = blocks.values()
    if not all(first.index.equals(other.index) for other in others):
        raise ValueError("item_heatmap: the blocks have different items; give the same rows.")
    ordered = {name: frame[voice.in_order(map(str, frame))] for name, frame in blocks.items()}
    return pd.concat(ordered, axis="columns")


def _block(ax: Axes, whole: pd.DataFrame, name: str, voice: Voice) -> None:
    import seaborn as sns  # a second, which the other figures need not pay

    colour, decimals, low, high = BLOCKS[name]
    is_other = whole.columns.get_level_values(0) != name
    sns.heatmap(
        whole.mask(pd.DataFrame([is_other] * len(whole), whole.index, whole.columns)),
        ax=ax,
        annot=whole.map(lambda x: voice.number(x, decimals=decimals)),
        fmt="",
        cmap=sns.light_palette(to_hex(colour), as_cmap=True),
        vmin=low,
        vmax=high,
        cbar=False,
        linewidths=0.8,
        annot_kws={"fontsize": 8, "color": "#222222"},
    )


def _ticks(ax: Axes, whole: pd.DataFrame, voice: Voice) -> None:
    classes = [_class(code, voice) for code in whole.columns.get_level_values(1)]
    pieces = [piece for parts in classes for part in parts for piece in PIECES.split(part)]
    width = max(NARROWEST, *map(len, pieces))
    columns = ["\n".join(wrap(part, width=width) for part in parts) for parts in classes]
    rows = [voice.label(item) for item in whole.index]
    look: dict[str, Any] = {"rotation": 0, "fontsize": 8}
    ax.set_xticks([place + 0.5 for place in range(len(columns))], columns, **look)
    ax.set_yticks([place + 0.5 for place in range(len(rows))], rows, **look)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set(xlabel="", ylabel="")


def _titles(ax: Axes, names: pd.Index, voice: Voice) -> None:
    """Part the blocks, and write above each what its numbers are."""
    for name in names.unique():
        places = [place for place, found in enumerate(names) if found == name]
        ax.axvline(places[0], color="white", linewidth=6)
        ax.annotate(
            wrap(voice.say(f"heat-{name}"), width=max(12, 8 * len(places))),
            ((places[0] + places[-1] + 1) / 2, 1),
            (0, TITLES),
            xycoords=ax.get_xaxis_transform(),
            textcoords="offset points",
            ha="center",
            va="bottom",
            weight="bold",
        )


def _class(code: str, voice: Voice) -> list[str]:
    """Label of a class, or of two classes with a minus between them."""
    first, *others = map(voice.label, code.split(BETWEEN))
    return [first, *(part for other in others for part in (MINUS, other))]


def _row(whole: pd.DataFrame, item: str, voice: Voice) -> str:
    """Read the cells of one item aloud, block by block."""
    said = []
    for name in whole.columns.get_level_values(0).unique():
        cells = [
            f"{' '.join(_class(code, voice))} {voice.number(value, decimals=BLOCKS[name][1])}"
            for code, value in whole.loc[item, name].items()
        ]
        said.append(voice.say("alt-pair", label=voice.say(f"heat-{name}"), value=", ".join(cells)))
    cells_said = voice.say("alt-separator").join(said)
    return voice.say("heat-alt-row", item=voice.label(item), cells=cells_said)
