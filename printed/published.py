"""Printed numbers: the text on the page and the exact interval of true values behind it.

A printed number is text, because its trailing zeros carry precision. It is parsed once, at this
door, into a :class:`Printed`; everything after works with fractions, so no tolerance is needed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from printed.declared import DECLARED, declaration, unknown_name
from printed.messages import InputError, Listed, Message, Name, say
from printed.rounding import ROUNDINGS, Interval, as_printed, bounded, check_rounding, rounded

__all__ = ["COLUMNS", "ROUNDINGS", "Interval", "Printed", "as_printed", "parse", "read_published"]

PLACE = ("id", "where", "table", "row", "column", "group", "statistic", "printed", "note")
COLUMNS = (*PLACE, *DECLARED)
REQUIRED = ("id", "table", "row", "statistic", "printed")

_NUMBER = re.compile(r"(<=|>=|[<>=≤≥])?([-+\u2212\u2013]?)(\d+|\d*[.,]\d+)%?")
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+|[-+]?[1-9]\d{0,2}(\.\d{3}){2,}")
_ASCII_COMPARATOR = {"": "=", "≤": "<=", "≥": ">="}


@dataclass(frozen=True)
class Printed:
    """A printed number: normalised text, exact value, decimals shown, comparator (``=``, ``<``)."""

    text: str
    value: Fraction
    decimals: int
    comparator: str = "="

    @property
    def unit(self) -> Fraction:
        """One unit of the last printed digit."""
        return Fraction(1, 10**self.decimals)

    def interval(self, rounding: str = "up_or_down") -> Interval:
        """Return the true values that this text can stand for under a rounding convention.

        Parameters
        ----------
        rounding
            ``up`` / ``down`` / ``even``: to the nearest, ties away from zero / towards zero / to
            the even digit; ``up_or_down``: to the nearest, ties either way; ``ceiling``,
            ``floor``: next value above, below; ``ceiling_or_floor``: either; ``trunc``: further
            digits cut off, exactly; ``cut``: as programs do it, for whom 4.1 is a double a little
            less and cut to 4.09. Negative numbers mirror positive ones, but for ceiling and floor.
            A tie that no double holds, such as 5.225, is none for the programs that round to
            even: they may print either neighbour, so ``even`` admits both.

        Raises
        ------
        ValueError
            For an unknown convention.

        Examples
        --------
        >>> print(parse("41.09").interval("trunc"))
        [41.09, 41.1)
        """
        check_rounding(rounding)
        if self.comparator != "=":
            return bounded(self.comparator, self.value)
        if self.value < 0 and rounding not in ("ceiling", "floor"):
            return rounded(-self.value, self.unit, rounding).mirrored()
        return rounded(self.value, self.unit, rounding)

    def ends(self, rounding: str = "up_or_down") -> tuple[Fraction, Fraction]:
        """Return both ends of `interval`.

        Raises
        ------
        ValueError
            For an unknown convention, and for a text such as ``<0.05``, whose interval has one end.

        Examples
        --------
        >>> parse("0.7").ends()
        (Fraction(13, 20), Fraction(3, 4))
        """
        within = self.interval(rounding)
        if within.low is None or within.high is None:
            raise ValueError(f"{self.text!r} has no interval with two ends")
        return within.low, within.high


def parse(text: str) -> Printed:
    """Parse one printed number; decimal comma, blanks, % and a typographic minus are accepted.

    Raises
    ------
    TypeError
        When a float is given: its trailing zeros, so its precision, are lost.
    ValueError
        When the text is not one number.

    Examples
    --------
    >>> parse("- 0,70")
    Printed(text='-0.70', value=Fraction(-7, 10), decimals=2, comparator='=')
    >>> parse("< 0.001").comparator
    '<'
    """
    if not isinstance(text, str):
        raise TypeError(f"printed number {text!r} is not text; give it as printed, e.g. '2.70'.")
    match = _NUMBER.fullmatch(re.sub(r"\s", "", text))
    if match is None:
        raise InputError(say("not-a-number", text=Name(repr(text))))
    sign = "-" if match[2] not in ("", "+") else ""
    number = sign + match[3].replace(",", ".").replace(".", "0.", match[3][0] in ".,")
    comparator = _ASCII_COMPARATOR.get(match[1] or "", match[1])
    decimals = len(number.partition(".")[2])
    shown = number if comparator == "=" else comparator + number
    value = Fraction(int(number.replace(".", "")), 10**decimals)
    return Printed(shown, value, decimals, comparator)


def read_published(path: str | Path) -> pd.DataFrame:
    """Read a table of printed numbers (columns COLUMNS) as text, checked.

    The separator (comma, semicolon, tab) is taken from the heading; a decimal comma becomes a
    point. Of the columns, `id`, `table`, `row`, `statistic`, `printed` must be there.

    Raises
    ------
    ValueError
        Unknown or missing columns, repeated ids, text that is not a number: all that is wrong in
        the first respect that fails, with line numbers.
    """
    text = Path(path).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=_separator(text)))
    if not rows or not rows[0]:
        facts = {"file": Name(Path(path).name), "columns": Name(", ".join(COLUMNS))}
        raise InputError(say("empty-file", **facts))
    _check_columns(rows[0])
    frame = pd.DataFrame(_filled(rows), columns=rows[0], dtype="str")
    frame = frame.reindex(columns=list(COLUMNS), fill_value="")
    _check_ids(frame["id"])
    _each_line(frame, "statistic", _statistic)
    for option in DECLARED:
        frame[option] = _each_line(frame, option, partial(_declared, option))
    return frame.assign(printed=_numbers(frame))


def _declared(option: str, row: Mapping[Any, str]) -> str:
    return declaration(option, row[option])


def _numbers(frame: pd.DataFrame) -> list[str]:
    """The numbers, normalised, each one that its statistic can be."""
    has_commas = any(map(_is_decimal_comma, frame["printed"]))
    texts = _each_line(frame, "printed", lambda row: _normalised(row["printed"], has_commas))
    read = frame.assign(printed=texts)
    ratios = {_place(row) for row in read.to_dict("records") if row["statistic"].endswith("_ratio")}
    return _each_line(read, "printed", lambda row: within(row, _place(row) in ratios))


def _place(row: Mapping[Any, str]) -> tuple[str, ...]:
    return (row["table"], row["row"], row["group"])


@cache
def statistics() -> pd.DataFrame:
    """Return the statistics that a row may print, by name: at_least, at_most, whole (texts)."""
    path = Path(__file__).with_name("statistics.csv")
    return pd.read_csv(path, dtype=str, keep_default_na=False, index_col="statistic")


@cache
def _rules() -> dict[Hashable, Any]:
    return statistics().to_dict("index")


def _statistic(row: Mapping[Any, str]) -> str:
    if row["statistic"] not in _rules():
        raise InputError(unknown_name(row["statistic"], statistics().index, "statistic"))
    return row["statistic"]


def within(row: Mapping[Any, str], is_ratio: bool) -> str:
    """Refuse a number that its statistic cannot be: a negative odds ratio, p above 1, half a person."""
    if not row["printed"]:
        return ""
    is_end = is_ratio and row["statistic"] in ("ci_low", "ci_high")
    rule = _rules()["odds_ratio" if is_end else row["statistic"]]
    value = parse(row["printed"]).value
    facts = {"text": Name(row["printed"]), "statistic": Name(row["statistic"])}
    if rule["whole"] and value.denominator > 1:
        raise InputError(say("must-be-whole", **facts))
    if rule["at_least"] and value < Fraction(rule["at_least"]):
        raise InputError(say("must-be-at-least", least=rule["at_least"], **facts))
    if rule["at_most"] and value > Fraction(rule["at_most"]):
        raise InputError(say("must-be-at-most", most=rule["at_most"], **facts))
    return row["printed"]


def _is_decimal_comma(text: str) -> bool:
    """Whether a comma in a number can only be a decimal comma."""
    return "," in text and not _THOUSANDS.fullmatch(re.sub(r"\s", "", text))


def _separator(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _filled(rows: list[list[str]]) -> Iterator[list[str]]:
    width = len(rows[0])
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != width:
            raise InputError(say("uneven-line", line=line, cells=len(row), width=width))
        yield row


def _check_columns(heading: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in heading]
    unknown = [name for name in heading if name not in COLUMNS]
    if missing or unknown:
        facts = {"missing": missing, "unknown": unknown, "columns": COLUMNS}
        named = {key: Name(value) for key, value in facts.items()}
        raise InputError(say("wrong-columns", **named))


def _check_ids(ids: pd.Series) -> None:
    repeated = sorted(set(ids[ids.duplicated() | (ids == "")]))
    if repeated:
        raise InputError(say("repeated-ids", ids=Name(repeated)))


def _normalised(text: str, has_commas: bool) -> str:
    """Normalise a number; an empty cell stays empty. `has_commas`: commas are decimal in this file."""
    if not text.strip():
        return ""
    bare = re.sub(r"\s", "", text)
    if _THOUSANDS.fullmatch(bare) and not (has_commas and bare.count(",") == 1):
        whole = re.sub(r"[,.]", "", bare)
        raise InputError(
            say(
                "thousands",
                text=Name(repr(text)),
                whole=Name(whole),
                point=Name(bare.replace(",", ".")),
            )
        )
    return parse(text).text


def _each_line(
    frame: pd.DataFrame, column: str, read: Callable[[Mapping[Any, str]], str]
) -> list[str]:
    """Read each line; all that is wrong goes in one error, with line numbers."""
    out, wrong = list[str](), list[Message]()
    for line, row in enumerate(frame.to_dict("records"), start=2):
        try:
            out.append(read(row))
        except InputError as error:
            wrong.append(say("at-line", line=str(line), fault=error.message))
    if wrong:
        faults = Listed(wrong, "space")
        raise InputError(say("wrong-lines", column=Name(column), faults=faults))
    return out
