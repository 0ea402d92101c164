"""Can people have a mean and SD, under one reading: whole numbers, 0 and 1, or any values."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from printed.declared import Reading
from printed.granularity import grim, grimmer
from printed.judging import FREE, Judged, Numbers
from printed.messages import OWN, say
from printed.published import Printed
from printed.verdict import Verdict

SEARCHED = 500  # people; of more, those who answered are not tried one number after the other


def mean_and_sd(numbers: Numbers, reading: Reading) -> Judged:
    """Judge a mean, with its SD and the bounds of its values where given (the check granularity)."""
    if reading["kind"] == "continuous":
        return _continuous(numbers, reading)
    least = 2 if "sd" in numbers else 1
    sizes = [n for n in reading.sizes() if n >= least]
    if not sizes or (sizes[0] > SEARCHED and reading["answered"] == "fewer"):
        return FREE if reading.get("n") else replace(FREE, proof=say("size-unknown"))
    if not _is_ordered(numbers):
        return Judged(False, say("bounds-crossed"))
    found = _whole(numbers, sizes[0], reading)
    rest = (_whole(numbers, n, reading) for n in sizes[1:] if not found.consistent)
    n, shown = next(
        ((k, v) for k, v in zip(sizes[1:], rest, strict=False) if v.consistent), (sizes[0], found)
    )
    convention = OWN.code("rounding", reading.rounding)
    proof = say("granular", n=n, rounding=convention, why=shown.shown or shown.why)
    if not shown.consistent:
        return Judged(False, proof, _nearest(shown))
    return Judged(True, proof, can_fail=_has_power(numbers, sizes[0], reading))


def _whole(numbers: Numbers, n: int, reading: Reading) -> Verdict:
    bounds: dict[str, Any] = (
        {"minimum": "0", "maximum": "1"}
        if reading["kind"] == "binary"
        else {f"{name}imum": str(numbers[name].value) for name in ("min", "max") if name in numbers}
    )
    options = {"items": reading.n_items, "rounding": reading.rounding, **bounds}
    if "sd" not in numbers:
        return grim(numbers["mean"].text, n, **options)
    return grimmer(numbers["mean"].text, numbers["sd"].text, n, **options)


def _is_ordered(numbers: Numbers) -> bool:
    return not {"min", "max"} <= {*numbers} or numbers["min"].value <= numbers["max"].value


def _nearest(found: Verdict) -> Any:
    if not found.nearest:
        return ""
    return say("statistic-is", statistic=OWN.code("statistic", found.suspect), value=found.nearest)


def _has_power(numbers: Numbers, n: int, reading: Reading) -> bool:
    """Whether numbers like these, printed with as many digits, could be such that nothing gives them.

    A mean could when its unit is finer than one part of all answers; an SD when half of it leaves
    less than two sums of squares to a unit; both when the values have bounds.
    """
    answers = n * reading.n_items
    if {"min", "max"} & {*numbers} or reading["kind"] == "binary":
        return True
    if numbers["mean"].unit * answers < 1:
        return True
    sd = numbers.get("sd")
    return sd is not None and (n - 1) * reading.n_items**2 * sd.value * sd.unit < 2


def _continuous(numbers: Numbers, reading: Reading) -> Judged:
    """Any values: the mean lies within its bounds, and no SD is above that of people at the ends."""
    if not {"min", "max"} <= {*numbers}:
        return FREE
    low, high = (_ends(numbers[name], reading)[k] for k, name in enumerate(("min", "max")))
    least, most = _ends(numbers["mean"], reading)
    if low > high:
        return Judged(False, say("bounds-crossed"))
    if most < low or least > high:
        return Judged(False, say("mean-outside"))
    if "sd" not in numbers:
        return Judged(True, say("mean-inside"))
    centre = min(max((low + high) / 2, least), most)
    sizes = reading.sizes()
    n = min((k for k in sizes if k > 1), default=2)
    square = max(Fraction(0), (centre - low) * (high - centre)) * n / (n - 1)
    is_fine = max(Fraction(0), _ends(numbers["sd"], reading)[0]) ** 2 <= square
    return Judged(is_fine, say("mean-inside") if is_fine else say("sd-above-greatest"))


def _ends(number: Printed, reading: Reading) -> tuple[Fraction, Fraction]:
    return number.ends(reading.rounding)
