"""Map of the respondents by département."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon

from esslib.display import lang as language
from esslib.display.figures.style import in_order, look, require
from esslib.paths import resolve

OUTLINES = Path(__file__).resolve().parents[3] / "data" / "map" / "hauts_de_france.json"
RADIUS = 1.5  # of one respondent
WIDEST = 13.0  # radius that leaves the outlines in view
ROOMY = 3.0  # radius that holds a number of so many
LETTERS = 3
LIFT = 2.5
Point = tuple[float, float]
Bubble = tuple[float, str]  # radius and number


@dataclass(frozen=True)
class Outlines:
    """Outlines of départements, with the credit that their licence asks for.

    Attributes
    ----------
    credit : str
    rings : mapping
        Code to closed rings of (x, y), y pointing north, in units of the drawing.
    labels : mapping
        Code to the point where a label has most room.
    """

    credit: str
    rings: Mapping[str, list[list[Point]]]
    labels: Mapping[str, Point]


def read_outlines(path: str | Path = OUTLINES) -> Outlines:
    """Read the outlines that ``data/map/make_outlines.py`` wrote (by default the shipped ones)."""
    found = json.loads(resolve(path).read_text(encoding="utf-8"))
    places = found["departements"]
    return Outlines(
        credit=found["credit"],
        rings={code: place["rings"] for code, place in places.items()},
        labels={code: tuple(place["label"]) for code, place in places.items()},
    )


def map_respondents(
    ax: Axes,
    counts: pd.DataFrame,
    *,
    outlines: Outlines,
    labels: Mapping[str, str],
    lang: str = "fr",
) -> Axes:
    """Draw one circle per département and group, its area proportional to the respondents.

    All circles shrink alike where the largest would hide the map.

    Parameters
    ----------
    ax : Axes
    counts : DataFrame
        One row per département and group: departement (code; missing = not stated), group, n.
    outlines : Outlines
    labels : mapping
        Group and département codes to labels, groups first: they are coloured in this order.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing or a département has no outline.
    """
    require(counts, ("departement", "group", "n"), figure="map_respondents")
    stated = counts.dropna(subset=["departement"])
    if strange := sorted(set(stated["departement"]) - set(outlines.rings)):
        raise ValueError(f"map_respondents: no outline for département {', '.join(strange)}.")
    words = language.read_words(lang)
    unit = min(RADIUS, WIDEST / sqrt(max(stated["n"].max(), 1)))
    for code, rings in outlines.rings.items():
        for ring in rings:
            ax.add_patch(Polygon(ring, closed=True, facecolor="#EDEDED", edgecolor="#777777"))
        x, y = outlines.labels[code]
        rows = stated[stated["departement"] == code]
        sizes = rows.groupby("group")["n"].sum()
        circles = {
            look(group, labels)[0]: (
                unit * sqrt(sizes[group]),
                language.number(sizes[group], lang=lang),
            )
            for group in in_order(rows["group"], labels)
        }
        radius = _place(ax, circles, (x, y + LIFT))
        ax.text(x, y + LIFT - radius - 0.6, labels.get(code, code), ha="center", va="top")
    ax.set_aspect("equal")
    ax.margins(0.01)
    ax.autoscale_view()
    ax.axis("off")
    _key(ax, counts, labels, lang)
    unstated = counts["n"].sum() - stated["n"].sum()
    note = words["map.credit"].format(credit=outlines.credit)
    if unstated:
        note = f"{words['map.none'].format(n=language.number(unstated, lang=lang))}\n{note}"
    ax.text(0, -0.02, note, transform=ax.transAxes, fontsize=8, color="#555555", va="top")
    return ax


def _place(ax: Axes, circles: Mapping[str, Bubble], at: Point) -> float:
    """Set circles, by colour, side by side at the label's place; return the largest radius."""
    radii = [radius for radius, _ in circles.values()]
    x = at[0] - sum(radii)
    for place, (colour, bubble) in enumerate(circles.items()):
        x += bubble[0]
        _circle(ax, (x, at[1]), bubble, colour=colour, side="left" if place else "right")
        x += bubble[0]
    return max(radii, default=0.0)


def _circle(ax: Axes, at: Point, bubble: Bubble, *, colour: str, side: str) -> None:
    """Draw a circle and its number: within, above, or beside where it is long (`side` aligns it)."""
    radius, text = bubble
    if not radius:
        return
    ax.add_patch(Circle(at, radius, facecolor=colour, edgecolor="white", zorder=3))
    room = ROOMY * max(1, len(text) / LETTERS)
    x, y = at
    align, stand, ink = "center", "center", "#222222"
    if radius >= room:
        ink = "white" if colour == "C0" else ink
    elif len(text) > LETTERS:
        x, align = (x + radius + 0.4, side) if side == "left" else (x - radius - 0.4, side)
    else:
        y, stand = y + radius + 0.4, "bottom"
    ax.text(x, y, text, ha=align, va=stand, color=ink, zorder=4)


def _key(ax: Axes, counts: pd.DataFrame, labels: Mapping[str, str], lang: str) -> None:
    groups = in_order(counts["group"], labels)
    handles = [
        Line2D([], [], marker="o", ms=8, linestyle="", color=look(group, labels)[0])
        for group in groups
    ]
    totals = counts.groupby("group")["n"].sum()
    names = [
        f"{labels.get(group, group)} ({language.number(totals[group], lang=lang)})"
        for group in groups
    ]
    ax.legend(handles, names, loc="upper left", bbox_to_anchor=(0.62, 1))
