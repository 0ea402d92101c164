"""The smallest slip of the pen that would mend a row: a hypothesis, never a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from printed.published import Printed, parse

Numbers = Mapping[str, Printed]


def single_slips(text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, other text) for every single slip that could have given `text`.

    Kinds: `point` (the decimal point lost or moved); `sign`; `digit` (one replaced); `lost` (one
    dropped at the end); `added`; `swapped` (two neighbours).

    >>> ("digit", "0.99") in set(single_slips("2.99")), ("lost", "0.79") in set(single_slips("0.7"))
    (True, True)
    """
    size = text.removeprefix("-")
    sign = text[: len(text) - len(size)]
    digits = size.replace(".", "")
    yield from (("point", f"{sign}{digits[:at]}.{digits[at:]}") for at in range(1, len(digits)))
    if "." in size:
        yield "point", sign + (digits.lstrip("0") or "0")
    yield "sign", size if sign else f"-{size}"
    for at, old in enumerate(size):
        if old.isdigit():
            yield from (
                ("digit", f"{sign}{size[:at]}{new}{size[at + 1 :]}") for new in "0123456789"
            )
    point = "" if "." in size else "."
    yield from (("lost", f"{text}{point}{digit}") for digit in "0123456789")
    for at in range(len(size)):
        yield "added", f"{sign}{size[:at]}{size[at + 1 :]}"
        yield "swapped", f"{sign}{size[:at]}{size[at : at + 2][::-1]}{size[at + 2 :]}"


def mended(
    numbers: Numbers, names: Iterable[str], is_fine: Callable[[Numbers], bool]
) -> list[tuple[str, str, str]]:
    """Return (name, kind, text) for each single slip in one of `names` that makes the row fine.

    The mended text has no more decimals than the most precise of these numbers.
    """
    found: dict[tuple[str, str], str] = {}
    names = list(names)
    decimals = max(numbers[name].decimals for name in names)
    for name in names:
        for kind, text in single_slips(numbers[name].text):
            key = (name, text)
            is_new = text != numbers[name].text and key not in found
            if is_new and _is_number(text, decimals):
                changed = {**numbers, name: parse(text)}
                if is_fine(changed):
                    found[key] = kind
    return [(name, kind, text) for (name, text), kind in found.items()]


def _is_number(text: str, decimals: int) -> bool:
    try:
        number = parse(text)
    except ValueError:
        return False
    return number.text == text and number.decimals <= decimals
