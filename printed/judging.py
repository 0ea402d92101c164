"""Judge printed numbers under every reading in use, and say under which of them they fit.

A check is one function of numbers and a reading. A row that declares what it is has one reading;
for any other every combination of what it may be is tried. `impossible` is said only when no
reading is left; when some are, the finding `needs` them; a check that no numbers could fail is
`not_checked`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from printed.book import Entry, Finding
from printed.declared import Reading, admissible
from printed.messages import Fact, InputError, Listed, Message, Name, say
from printed.published import Printed

Numbers = Mapping[str, Printed]


@dataclass(frozen=True)
class Judged:
    """What a check says of numbers under one reading.

    Attributes
    ----------
    is_fine
        Whether some data print these numbers, so read.
    proof, expected
        Why, and what would be fine.
    can_fail
        Whether any numbers printed so could fail: without that the check has no power.
    """

    is_fine: bool
    proof: Fact = ""
    expected: Fact = ""
    can_fail: bool = True


FREE = Judged(True, say("no-power"), can_fail=False)


@dataclass(frozen=True)
class Check:
    """A check: its name, the options that it depends on, and its function.

    `judge` takes the numbers by statistic and a reading, and must not look at options that are not
    in `options`.
    """

    name: str
    options: tuple[str, ...]
    judge: Callable[[Numbers, Reading], Judged]


def under_readings(
    row: Mapping[str, Entry],
    check: Check,
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> Finding:
    """Judge the cells of a row under each admissible combination of undeclared readings.

    Parameters
    ----------
    row
        Cells by the names that the check gives them, as a rule by statistic. What one of them
        declares holds for all.
    check
        The check.
    choices
        Values in use at this place instead of those of the file (`printed.declared.admissible`); of
        one value: it is known from elsewhere, such as the n of a group.

    Raises
    ------
    InputError
        Cells of one row declare different things.
    """
    declared = declared_by(row.values())
    readings = admissible(declared, check.options, choices)
    numbers = {name: entry.number for name, entry in row.items()}
    judged = [check.judge(numbers, reading) for reading in readings]
    return combined(check.name, list(row.values()), readings, judged)


def declared_by(cells: Iterable[Entry]) -> dict[str, str]:
    """What these cells declare together."""
    found: dict[str, str] = {}
    for cell in cells:
        for option, value in cell.declared.items():
            if found.setdefault(option, value) != value:
                facts = {"id": Name(cell.id), "option": Name(option), "value": Name(value)}
                raise InputError(say("declared-twice", other=Name(found[option]), **facts))
    return found


def combined(
    name: str, cells: Sequence[Entry], readings: Sequence[Reading], judged: Sequence[Judged]
) -> Finding:
    """Combine what a check says under each reading into one finding."""
    fits = [each.is_fine for each in judged]
    if not any(fits):
        return Finding(name, cells, "impossible", judged[0].expected, judged[0].proof)
    if not all(fits):
        first = judged[fits.index(False)]
        only = say("only", readings=Listed(conditions(readings, fits), "or"))
        return Finding(name, cells, "needs", first.expected, first.proof, only)
    telling = next((each for each in judged if each.can_fail), None)
    if telling is None:
        return Finding(name, cells, "not_checked", "", judged[0].proof)
    return Finding(name, cells, "consistent", telling.expected, telling.proof)


def conditions(readings: Sequence[Reading], fits: Sequence[bool]) -> list[Fact]:
    """The shortest conditions under which numbers fit: each is a value, or values that go together.

    A condition is told when every reading that meets it fits, and no shorter one says as much.
    """
    values = {
        option: list(dict.fromkeys(reading[option] for reading in readings))
        for option in readings[0]
    }
    open_ = [option for option in values if len(values[option]) > 1]
    places = {
        tuple(values[option].index(reading[option]) for option in open_): fit
        for reading, fit in zip(readings, fits, strict=True)
    }
    cube = np.zeros([len(values[option]) for option in open_], dtype=bool)
    for place, fit in places.items():
        cube[place] = fit
    found: list[dict[int, int]] = []
    for size in range(1, len(open_) + 1):
        for axes in combinations(range(len(open_)), size):
            for at in product(*(range(cube.shape[axis]) for axis in axes)):
                chosen = dict(zip(axes, at, strict=True))
                is_new = not any(one.items() <= chosen.items() for one in found)
                index = tuple(chosen.get(axis, slice(None)) for axis in range(len(open_)))
                if is_new and cube[index].all():
                    found.append(chosen)
    first = readings[0]
    return [
        Listed([_words(open_[x], values[open_[x]][k], first) for x, k in each.items()], "and")
        for each in found
    ]


def _words(option: str, value: str, reading: Reading) -> Message:
    """A reading in words that complete "only ..."."""
    if option == "level":
        return say("reading-level", level=value)
    facts = {"n": reading["n"]} if option == "answered" else {}
    return say(f"reading-{option}-{value}", **facts)
