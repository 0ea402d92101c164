"""Items against classes of tools, as blocks of coloured cells with their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from esslib.display import lang as language
from esslib.display.figures.style import in_order, wrap

# Of every block: darkest colour, pale enough to write on; decimals; ends of the colours (None: its own).
BLOCKS: dict[str, tuple[str, int, float | None, float | None]] = {
    "mean_points": ("C2", 1, None, None),
    "share_percent": ("C1", 0, 0, None),
    "na_percent": ("C6", 0, 0, 100),
}
MINUS = " - "  # between the codes of two classes
TITLES = 64  # points above the cells
NARROWEST = 9  # characters in a line of a column's heading, unless a word is longer
PIECES = re.compile(r" |(?<=-)")  # a heading may break there


def items_by_class(
    ax: Axes, blocks: Mapping[str, pd.DataFrame], *, labels: Mapping[str, str], lang: str = "fr"
) -> Axes:
    """Draw one row per item and, side by side, one block of columns per kind of number.

    Parameters
    ----------
    ax : Axes
        Wants about 0.45 cm of height per item, and 5 cm more for the headings.
    blocks : mapping
        Any of `mean_points`, `share_percent` and `na_percent` to a frame with one row per item, the
        same in every block and drawn in this order, and one column per class of tools, or per
        difference of two ("a - b"). A missing number leaves its cell empty.
    labels : mapping
        Item and class codes to labels; classes stand in this order.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A kind of number is unknown, or the blocks have different items.
    """
    import seaborn as sns  # a second, which the other figures need not pay

    first, *others = blocks.values()
    if unknown := set(blocks) - set(BLOCKS):
        raise ValueError(f"items_by_class: {', '.join(sorted(unknown))} is none of {list(BLOCKS)}.")
    if not all(first.index.equals(other.index) for other in others):
        raise ValueError("items_by_class: the blocks have different items; give the same rows.")
    whole = pd.DataFrame(
        {
            (name, code): frame[code]
            for name, frame in blocks.items()
            for code in in_order(map(str, frame), labels)
        }
    )
    for name, (colour, decimals, low, high) in BLOCKS.items():
        is_other = whole.columns.get_level_values(0) != name
        if whole.loc[:, ~is_other].isna().all(axis=None):  # no such block, or nothing in it
            continue
        sns.heatmap(
            whole.mask(pd.DataFrame([is_other] * len(whole), whole.index, whole.columns)),
            ax=ax,
            annot=whole.map(lambda x, d=decimals: language.number(x, decimals=d, lang=lang)),
            fmt="",
            cmap=sns.light_palette(to_hex(colour), as_cmap=True),
            vmin=low,
            vmax=high,
            cbar=False,
            linewidths=0.8,
            annot_kws={"fontsize": 8, "color": "#222222"},
        )
    _headings(ax, whole, labels, lang=lang)
    return ax


def alt_items_by_class(
    blocks: Mapping[str, pd.DataFrame], *, labels: Mapping[str, str], lang: str = "fr"
) -> str:
    """Describe `items_by_class`: what the blocks are, and its first and last row."""
    words = language.read_words(lang)
    first = next(iter(blocks.values()))
    rows = [
        words["heat.alt.row"].format(item=labels.get(str(item), str(item)), cells=cells)
        for item in first.index[[0, -1]]
        for cells in [
            words["alt.separator"].join(
                _row_text(name, frame.loc[item], labels, lang=lang)
                for name, frame in blocks.items()
            )
        ]
    ]
    return words["heat.alt"].format(n=len(first), first=rows[0], last=rows[-1])


def _headings(ax: Axes, whole: pd.DataFrame, labels: Mapping[str, str], *, lang: str) -> None:
    words = language.read_words(lang)
    classes = [_class(code, labels) for code in whole.columns.get_level_values(1)]
    pieces = [piece for parts in classes for part in parts for piece in PIECES.split(part)]
    width = max(NARROWEST, *map(len, pieces))
    ax.set_xticks(
        [place + 0.5 for place in range(len(classes))],
        ["\n".join(wrap(part, width=width) for part in parts) for parts in classes],
        rotation=0,
        fontsize=8,
    )
    ax.set_yticks(
        [place + 0.5 for place in range(len(whole))],
        [labels.get(str(item), str(item)) for item in whole.index],
        rotation=0,
        fontsize=8,
    )
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set(xlabel="", ylabel="")
    names = whole.columns.get_level_values(0)
    for name in dict.fromkeys(names):
        places = [place for place, found in enumerate(names) if found == name]
        ax.axvline(places[0], color="white", linewidth=6)
        ax.annotate(
            wrap(words[f"heat.{name}"], width=max(12, 8 * len(places))),
            ((places[0] + places[-1] + 1) / 2, 1),
            (0, TITLES),
            xycoords=ax.get_xaxis_transform(),
            textcoords="offset points",
            ha="center",
            va="bottom",
            weight="bold",
        )


def _class(code: str, labels: Mapping[str, str]) -> list[str]:
    """Label of a class, or of two classes with a minus between them."""
    first, *others = (labels.get(part, part) for part in code.split(MINUS))
    return [first, *(part for other in others for part in (language.MINUS, other))]


def _row_text(name: str, row: pd.Series, labels: Mapping[str, str], *, lang: str) -> str:
    words, decimals = language.read_words(lang), BLOCKS[name][1]
    cells = [
        f"{' '.join(_class(code, labels))} {language.number(row[code], decimals=decimals, lang=lang)}"
        for code in in_order(map(str, row.index), labels)
    ]
    return words["alt.pair"].format(label=words[f"heat.{name}"], value=", ".join(cells))
