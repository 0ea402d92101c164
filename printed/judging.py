"""Judge printed numbers under every reading in use, and say under which of them they fit.

A check is one function of numbers and a reading. A row that declares what it is has one reading;
for any other every combination of what it may be is tried. `impossible` is said only when no
reading is left; when only unusual ones are, the finding `needs` them; a check that no numbers could
fail is `not_checked`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from printed.book import Entry, Finding
from printed.declared import Reading, admissible, usual
from printed.messages import Fact, InputError, Listed, Message, Name, say
from printed.published import Printed

Numbers = Mapping[str, Printed]
MANY = 3  # values of one option that are told one by one


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
    declared = declared_by(row.values(), check.options)
    readings = admissible(declared, check.options, choices)
    numbers = {name: entry.number for name, entry in row.items()}
    judged = [check.judge(numbers, reading) for reading in readings]
    return combined(check.name, list(row.values()), readings, judged)


def declared_by(cells: Iterable[Entry], options: Iterable[str]) -> dict[str, str]:
    """What these cells declare together; what they declare apart must be none of these options."""
    found: dict[str, str] = {}
    apart, asked = set[str](), set(options)
    for cell in cells:
        for option, value in cell.declared.items():
            if found.setdefault(option, value) == value:
                continue
            if option in asked:
                facts = {"id": Name(cell.id), "option": Name(option), "value": Name(value)}
                raise InputError(say("declared-twice", other=Name(found[option]), **facts))
            apart.add(option)
    return {option: value for option, value in found.items() if option not in apart}


def combined(
    name: str, cells: Sequence[Entry], readings: Sequence[Reading], judged: Sequence[Judged]
) -> Finding:
    """Combine what a check says under each reading into one finding."""
    fits, at_ease = [each.is_fine for each in judged], usual(readings)
    if not any(fits):
        return Finding(name, cells, "impossible", judged[0].expected, judged[0].proof)
    plain = [one for one, is_usual in zip(judged, at_ease, strict=True) if is_usual and one.is_fine]
    proved = _conventions(readings, fits)
    if not plain:
        first = judged[at_ease.index(True)]
        only = say("only", readings=Listed(conditions(readings, fits), "or"))
        return Finding(name, cells, "needs", first.expected, first.proof, only, proved)
    telling = next((one for one in plain if one.can_fail), plain[0])
    verdict = "consistent" if telling.can_fail else "not_checked"
    expected = telling.expected if telling.can_fail else ""
    return Finding(name, cells, verdict, expected, telling.proof, conventions=proved)


def _conventions(readings: Sequence[Reading], fits: Sequence[bool]) -> frozenset[str]:
    """The conventions under which numbers fit, when there are others under which they do not."""
    tried = [reading.get("convention", "") for reading in readings]
    kept = frozenset(name for name, fit in zip(tried, fits, strict=True) if fit)
    return kept if kept < {*tried} else frozenset()


def conditions(readings: Sequence[Reading], fits: Sequence[bool]) -> list[Fact]:
    """The shortest conditions under which numbers fit: each is a value, or values that go together.

    A condition is told when every reading that meets it fits, and no shorter one says as much. Of an
    option with many such values, those that do not fit are told instead.
    """
    every = {name: list(dict.fromkeys(r[name] for r in readings)) for name in readings[0]}
    values = {name: known for name, known in every.items() if len(known) > 1}
    found = list(_shortest(values, readings, fits))
    single = [next(iter(each)) for each in found if len(each) == 1]
    many = [name for name in values if single.count(name) > MANY]
    told = [
        _together(each, readings[0]) for each in found if len(each) > 1 or not {*each} & {*many}
    ]
    return told + [_otherwise(name, values[name], found, readings[0]) for name in many]


def _shortest(
    values: Mapping[str, list[str]], readings: Sequence[Reading], fits: Sequence[bool]
) -> Iterator[dict[str, str]]:
    cube = np.zeros([len(known) for known in values.values()], dtype=bool)
    for reading, fit in zip(readings, fits, strict=True):
        cube[tuple(known.index(reading[name]) for name, known in values.items())] = fit
    found: list[dict[str, str]] = []
    for size in range(1, len(values) + 1):
        for names in combinations(values, size):
            for texts in product(*(values[name] for name in names)):
                each = dict(zip(names, texts, strict=True))
                at = (v.index(each[k]) if k in each else slice(None) for k, v in values.items())
                is_new = not any(one.items() <= each.items() for one in found)
                if is_new and cube[tuple(at)].all():
                    found.append(each)
                    yield each


def _together(values: Mapping[str, str], reading: Reading) -> Fact:
    return Listed([_words(name, value, reading) for name, value in values.items()], "and")


def _otherwise(
    name: str, values: Sequence[str], found: Sequence[Mapping[str, str]], reading: Reading
) -> Message:
    failing = [value for value in values if {name: value} not in found]
    return say(
        "otherwise", readings=Listed([_words(name, each, reading) for each in failing], "nor")
    )


def _words(option: str, value: str, reading: Reading) -> Message:
    """A reading in words that complete "only ..."."""
    if option == "level":
        return say("reading-level", level=value)
    facts = {"n": reading["n"]} if option == "answered" else {}
    return say(f"reading-{option}-{value}", **facts)
