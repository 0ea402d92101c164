"""Specification curve: how an estimate moves over all defensible choices."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from esslib.display import lang as language
from esslib.display.figures.style import require, write_numbers

RESULT_COLUMNS = ["contrast", "estimate", "ci_low", "ci_high", "p_value"]
CURVE_LINES = 9  # the curve is as high as so many lines of choices
POINT: dict[str, Any] = {"marker": "D", "color": "C1", "mec": "#222222", "ms": 6, "zorder": 4}


def multiverse(
    ax: Axes,
    specifications: pd.DataFrame,
    *,
    reference: Mapping[str, str] | None = None,
    lang: str = "fr",
) -> Axes:
    """Draw the estimates of one contrast in rising order, and below which choices made each.

    Parameters
    ----------
    ax : Axes
        Is emptied and holds both parts; wants about 0.45 cm of height per choice and value, and
        as much as nine of these for the curve.
    specifications : DataFrame
        Rows of ``multiverse.csv`` of one contrast: one column per choice, estimate (points,
        first group minus second), ci_low, ci_high.
    reference : mapping, optional
        Choice to value: the specification to point out.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing, or rows of several contrasts are given.
    """
    require(specifications, ("estimate", "ci_low", "ci_high"), figure="multiverse")
    if "contrast" in specifications and specifications["contrast"].nunique() > 1:
        raise ValueError("multiverse: the frame holds several contrasts; give the rows of one.")
    rows = specifications.sort_values("estimate", kind="stable", ignore_index=True)
    if rows.empty:
        ax.text(0.5, 0.5, language.read_words(lang)["multiverse.none"], ha="center")
        ax.axis("off")
        return ax
    lines = choice_lines(rows)
    share = len(lines) / (len(lines) + CURVE_LINES)
    pointed = matches(rows, reference or {})
    _curve(ax.inset_axes((0, share, 1, 1 - share)), rows, pointed, lang=lang)
    _choices(ax.inset_axes((0, 0, 1, share - 0.02)), rows, lines, pointed, lang=lang)
    ax.axis("off")
    return ax


def choice_lines(specifications: pd.DataFrame) -> list[tuple[str, str | None]]:
    """List each column that holds a choice (with None), followed by its values."""
    lines: list[tuple[str, str | None]] = []
    for name in specifications.columns.difference(RESULT_COLUMNS, sort=False):
        lines += [(name, None), *((name, value) for value in sorted(set(specifications[name])))]
    return lines


def choice_label(choice: str, value: str | None, *, lang: str) -> str:
    """Words for a choice or for one of its values; the code itself where there are none."""
    if value is None:
        return language.read_words(lang).get(f"choice.{choice}", choice)
    return language.read_words(lang).get(f"choice.{choice}.{value}", value)


def matches(rows: pd.DataFrame, reference: Mapping[str, str]) -> list[int]:
    """Places of the rows in which every choice of `reference` was made; none when it is empty."""
    require(rows, reference, figure="multiverse")
    same = (rows[list(reference)] == pd.Series(reference, dtype=object)).all(axis="columns")
    return np.flatnonzero(same).tolist() if reference else []


def _curve(ax: Axes, rows: pd.DataFrame, pointed: list[int], *, lang: str) -> None:
    words = language.read_words(lang)
    ax.axhline(0, color="#444444", linewidth=0.9, linestyle="--", zorder=1)
    ax.vlines(rows.index, rows["ci_low"], rows["ci_high"], color="C6", linewidth=1.6)
    ax.plot(rows.index, rows["estimate"], "o", color="C0", ms=4)
    for x in pointed:
        label = words["multiverse.thesis"] if x == pointed[0] else None
        ax.plot(x, rows["estimate"].iloc[x], linestyle="", label=label, **POINT)
    if pointed:
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1))
    ax.set(xlim=(-0.8, len(rows) - 0.2), ylabel=words["multiverse.axis"])
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    write_numbers(ax.yaxis, lang=lang)
    ax.grid(axis="y")


def _choices(
    ax: Axes,
    rows: pd.DataFrame,
    lines: list[tuple[str, str | None]],
    pointed: list[int],
    *,
    lang: str,
) -> None:
    """Mark, line by line, in which specifications each value was chosen."""
    for y, (name, value) in enumerate(lines):
        taken = np.flatnonzero(rows[name] == value)
        ax.plot(taken, np.full(len(taken), y), "|", color="C0", ms=8, mew=1.8)
        here = [x for x in pointed if value is not None and rows.loc[x, name] == value]
        ax.plot(here, [y] * len(here), linestyle="", **POINT)
    ax.set(xlim=(-0.8, len(rows) - 0.2), ylim=(len(lines) - 0.4, -0.6))
    ax.set_xticks([])
    ax.set_yticks(range(len(lines)), [choice_label(*line, lang=lang) for line in lines])
    for label, (_, value) in zip(ax.get_yticklabels(), lines, strict=True):
        label.set_fontweight("bold" if value is None else "normal")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
