"""Map of the respondents by département."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon

from esslib.display.figures.style import height, require_columns
from esslib.paths import resolve
from esslib.voice import Voice

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


@height(13)
def map_respondents(ax: Axes, counts: pd.DataFrame, voice: Voice) -> str:
    """Draw one circle per département and group, its area proportional to the respondents.

    Takes departement (code; missing where not stated), group and n. All circles shrink alike where
    the largest would hide the map.

    Raises
    ------
    ValueError
        A département has no outline.
    """
    require_columns(counts, ("departement", "group", "n"), figure="map_respondents")
    outlines = read_outlines()
    stated = counts.dropna(subset=["departement"])
    if strange := sorted(set(stated["departement"]) - set(outlines.rings)):
        raise ValueError(f"map_respondents: no outline for département {', '.join(strange)}.")
    unit = min(RADIUS, WIDEST / sqrt(max(stated["n"].max(), 1)))
    for code, rings in outlines.rings.items():
        for ring in rings:
            ax.add_patch(Polygon(ring, closed=True, facecolor="#EDEDED", edgecolor="#777777"))
        x, y = outlines.labels[code]
        sizes = stated[stated["departement"] == code].groupby("group")["n"].sum()
        circles = [
            (voice.look(group)[0], (unit * sqrt(sizes[group]), voice.number(sizes[group])))
            for group in voice.in_order(sizes.index)
        ]
        radius = _place(ax, circles, (x, y + LIFT))
        ax.text(x, y + LIFT - radius - 0.6, voice.label(code), ha="center", va="top")
    ax.set_aspect("equal")
    ax.margins(0.01)
    ax.autoscale_view()
    ax.axis("off")
    _key(ax, counts.groupby("group")["n"].sum(), voice)
    _note(ax, counts["n"].sum() - stated["n"].sum(), outlines.credit, voice)
    return voice.say("alt-map", places=voice.say("alt-separator").join(_said(stated, voice)))


def _said(stated: pd.DataFrame, voice: Voice) -> Iterator[str]:
    """Each département's count by group."""
    for code, rows in stated.groupby("departement"):
        sizes = rows.groupby("group")["n"].sum(min_count=1)
        groups = voice.in_order(sizes.index)
        named = [f"{voice.label(group)} {voice.number(sizes[group])}" for group in groups]
        yield voice.say("alt-pair", label=voice.label(str(code)), value=", ".join(named))


def _note(ax: Axes, unstated: float, credit: str, voice: Voice) -> None:
    note = voice.say("map-credit", credit=credit)
    if unstated:
        note = f"{voice.say('map-none', n=voice.number(unstated))}\n{note}"
    ax.text(0, -0.02, note, transform=ax.transAxes, fontsize=8, color="#555555", va="top")


def _place(ax: Axes, circles: Sequence[tuple[str, Bubble]], at: Point) -> float:
    """Set circles, each with its colour, side by side at a label; return the largest radius."""
    radii = [radius for _, (radius, _) in circles]
    x = at[0] - sum(radii)
    for place, (colour, bubble) in enumerate(circles):
        x += bubble[0]
        _circle(ax, (x, at[1]), bubble, colour=colour, side="left" if place else "right")
        x += bubble[0]
    return max(radii, default=0.0)


def _circle(ax: Axes, at: Point, bubble: Bubble, *, colour: str, side: str) -> None:
    """Draw a circle and its number: within, above, or beside a long one (`side` aligns it)."""
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


def _key(ax: Axes, totals: pd.Series, voice: Voice) -> None:
    groups = voice.in_order(totals.index)
    looks = [voice.look(group)[0] for group in groups]
    handles = [Line2D([], [], marker="o", ms=8, linestyle="", color=colour) for colour in looks]
    names = [f"{voice.label(group)} ({voice.number(totals[group])})" for group in groups]
    ax.legend(handles, names, loc="upper left", bbox_to_anchor=(0.62, 1))
