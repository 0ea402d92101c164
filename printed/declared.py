"""What a row declares of itself, and the readings in use of what it does not declare.

The options of a row, their values and a source for each stand in ``readings.csv`` beside this file,
with the use of a value that no row declares: `usual` (a number that fits so needs no remark), `known`
(it may be so: nothing is called impossible that fits so), `declared` (only when a row says so).
Numbers (`NUMERIC`) are declared as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pandas as pd

from printed.messages import InputError, Message, Name, say
from printed.numerals import significant

NUMERIC = ("n", "events", "items", "level")
DECLARED = (
    "kind",
    "items",
    "adjusted",
    "model",
    "interval",
    "level",
    "test",
    "n",
    "events",
    "convention",
    "order",
    "tails",
)
CONVENTIONS = {
    "rounded": "up_or_down",
    "truncated": "cut",
    "half_up": "up",
    "half_down": "down",
    "half_even": "even",
    "ceiling": "ceiling",
    "floor": "floor",
}


class Reading(dict[str, str]):
    """One value for each option that a check asks for; declared numbers stand beside them."""

    @property
    def rounding(self) -> str:
        """The convention, as one of `printed.rounding.ROUNDINGS`."""
        return CONVENTIONS[self.get("convention", "rounded")]

    @property
    def level(self) -> float:
        """Level of the interval as a share: 0.95."""
        return float(Fraction(self.get("level", "95")) / 100)

    @property
    def n_items(self) -> int:
        """Whole-number items averaged for each person."""
        return int(self.get("items", "1"))

    def sizes(self) -> range:
        """Numbers of people that may have answered; empty when nothing is known of them."""
        n, answered = int(self.get("n") or 0), self.get("answered", "all")
        ranges = {"all": range(n, n + bool(n)), "fewer": range(n - 1, 0, -1)}
        return ranges.get(answered, range(0))


@cache
def known_readings() -> pd.DataFrame:
    """Return the readings as in the file: option, value, use, source."""
    return pd.read_csv(Path(__file__).with_name("readings.csv"), dtype=str)


@cache
def in_use(option: str) -> tuple[str, ...]:
    """Values of an option that are in use when a row declares none, the most usual first.

    >>> in_use("convention")
    ('rounded', 'truncated')
    """
    frame = known_readings()
    return tuple(frame.loc[frame["option"].eq(option) & frame["use"].ne("declared"), "value"])


@cache
def _is_usual(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some values that are usual; all of them when none is."""
    frame = known_readings()
    usual = set(frame.loc[frame["option"].eq(option) & frame["use"].eq("usual"), "value"])
    return tuple(value for value in values if value in usual) or values


def usual(readings: Sequence[Reading]) -> list[bool]:
    """Whether each of these readings has usual values only, as far as it could have others."""
    values = {name: tuple(dict.fromkeys(r[name] for r in readings)) for name in readings[0]}
    kept = {name: {*_is_usual(name, known)} for name, known in values.items()}
    return [all(reading[name] in kept[name] for name in kept) for reading in readings]


def admissible(
    declared: Mapping[str, str],
    options: Iterable[str],
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Reading]:
    """Every combination of the values that these options may have.

    Parameters
    ----------
    declared
        Values by option; they hold in every reading.
    options
        What the check asks for.
    choices
        Values in use at this place instead of those of the file.
    """
    own = {} if choices is None else choices
    asked = [name for name in dict.fromkeys(options) if name not in declared]
    values = [own.get(name) or in_use(name) for name in asked]
    return [
        Reading({**declared, **dict(zip(asked, each, strict=True))}) for each in product(*values)
    ]


def declaration(option: str, text: str) -> str:
    """Return a declared value in the form of the file; an empty text stays empty.

    Raises
    ------
    InputError
        The value is unknown (its nearest is named), or no such number.

    Examples
    --------
    >>> declaration("level", "0.90"), declaration("kind", "Whole")
    ('90', 'whole')
    """
    value = text.strip().lower().replace(",", ".").removesuffix("%").strip()
    if not value:
        return ""
    if option in NUMERIC:
        return _number(option, value)
    frame = known_readings()
    values = list(frame.loc[frame["option"].eq(option), "value"])
    if value not in values:
        raise InputError(unknown_name(text, values, option))
    return value


def unknown_name(text: str, known: Iterable[str], what: str) -> Message:
    """Say that a name is unknown, which is the nearest, and which there are."""
    names = list(known)
    near = get_close_matches(text.strip().lower(), names, n=1, cutoff=0.5)
    facts = {"what": Name(what), "text": Name(repr(text)), "known": Name(", ".join(names))}
    if near:
        return say("unknown-name-near", near=Name(near[0]), **facts)
    return say("unknown-name", **facts)


def _number(option: str, value: str) -> str:
    try:
        number = Fraction(value)
    except ValueError:
        number = Fraction(-1)
    if option == "level":
        share = number * 100 if number < 1 else number
        is_fine, number = Fraction(50) <= share < 100, share
    else:
        is_fine = number.denominator == 1 and number >= (option != "events")
    if not is_fine:
        raise InputError(say(f"declared-{option}", text=Name(repr(value))))
    return significant(float(number), 6) if option == "level" else str(number)
