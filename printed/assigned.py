"""Which statistic each number of a cell is: forms matched with what headings declare."""

from __future__ import annotations

from collections.abc import Sequence

from printed.headline import ESTIMATES, Declared
from printed.messages import OWN, Listed, Message, say
from printed.shapes import Figure, Shape

ENDS = {"ci": ("ci_low", "ci_high"), "iqr": ("q1", "q3"), "range": ("min", "max")}
IMPLIED = {"sd": "mean", "iqr": "median"}
IN_PERCENT = ("percent", "cv", "risk_difference", "sensitivity", "specificity", "ppv", "npv")
Reading = tuple[str, ...]
Assigned = list[tuple[str, Figure]]
# What cells without any heading may be.
CANDIDATES: tuple[Reading, ...] = (
    ("mean", "sd"),
    ("mean", "se"),
    ("median", "iqr"),
    ("median", "range"),
    ("n", "percent"),
    ("odds_ratio", "ci"),
    ("difference", "ci"),
    ("n",),
    ("mean",),
    ("p_value",),
)


def fitted(form: Shape, reading: Reading) -> Assigned | None:
    """Give each number of a cell its statistic; None when the reading does not fit its form.

    >>> from printed.shapes import shape
    >>> fitted(shape("12 (34%)", "."), ("mean", "sd")) is None
    True
    """
    slots = form.slots
    if len(slots) == 1 < len(reading):
        reading = _alone(slots[0], reading)
    if len(slots) != len(reading) or (form.of and reading[0] != "n"):
        return None
    out = Assigned()
    for at, (slot, name) in enumerate(zip(slots, reading, strict=True)):
        if isinstance(slot, tuple) != (name in ENDS) and name != "iqr":
            return None
        if at == form.spread_at and name not in ("sd", "se"):
            return None
        pair = slot if isinstance(slot, tuple) else (slot,)
        out += zip(ENDS[name] if len(pair) == 2 else (name,), pair, strict=True)
    return out if all(_may_be(name, number) for name, number in out) else None


def _alone(slot: Figure | tuple[Figure, Figure], reading: Reading) -> Reading:
    """Which part of a reading a cell with one number holds: the count, or the estimate."""
    if isinstance(slot, tuple) or reading[0] not in ("n", *ESTIMATES):
        return ()
    return ("percent",) if slot.is_percent and "percent" in reading else reading[:1]


def _may_be(name: str, number: Figure) -> bool:
    if number.is_percent and name not in IN_PERCENT and not name.startswith("ci_"):
        return False
    return name != "n" or number.is_whole


def without_size(form: Shape, n: str) -> tuple[Shape, str]:
    """Take `(n = 58)` after a mean for the people it is of; after a percent it is their count."""
    last, first = form.slots[-1], form.slots[0]
    is_size = form.told.lower() == "n" and len(form.slots) > 1 and isinstance(last, Figure)
    if not is_size or (isinstance(first, Figure) and first.is_percent):
        return form, n
    assert isinstance(last, Figure)
    return Shape(form.slots[:-1], form.spread_at), last.text


def all_fits(form: Shape, told: Declared, readings: Sequence[Reading]) -> dict[Reading, Assigned]:
    """Return the readings that fit a cell, by their statistics; words in brackets are believed."""
    last = told.readings[0] if told.readings else ()
    if last:
        named = [r if r[-1:] == last else (*r, *last) for r in readings if len(r) < 3]
        readings = [*named, *([(IMPLIED[last[0]], *last)] if last[0] in IMPLIED else [])]
        readings = [last] if len(form.slots) == 1 else readings
    found = ((reading, fitted(form, reading)) for reading in readings)
    return {tuple(name for name, _ in numbers): numbers for _, numbers in found if numbers}


def ambiguous(fits: dict[Reading, Assigned]) -> Message:
    """Say what a cell may be."""
    named = [Listed([OWN.code("statistic", name) for name in names], "plus") for names in fits]
    return say("ambiguous", readings=Listed(named, "or"))
