"""What a printed cell is made of: `63.9 ± 10.5`, `12/35 (34,3 %)`, `1.36 [0.53–3.48]`, `<0.001*`.

Only the form is read here: numbers, and what they stand beside. Which statistic each is, headings
say (`printed.headline`). A text that may be read as two different numbers, such as `1,234`
in a table without other decimals, is `Unclear`, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from printed.numerals import MINUS

MARKS = r"(?:\s*(?:[*†‡§¶#]+|\^[a-zA-Z*†‡§¶#,]+|(?<=\d)[a-e]\b))*"
_SIGN = r"[-+\u2013]?\s?"
_BODY = r"(?:\d{1,3}(?:[ '’\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:[.,·]\d+)*|[.,·]\d+"
_NUMBER = rf"(?:(?:<=|>=|[<>=≤≥])\s*)?{_SIGN}(?:{_BODY})(?:\s?%)?"
_JOINT = r"(?:\s*(?:to|à|and|et|;|/)\s+|\s*;\s*|,\s+|\s+[–—-]\s+|(?<=[\d%])[–—-](?=\S))"
_PAIR = rf"(?P<low>{_NUMBER}){_JOINT}(?P<high>{_NUMBER}|\((?P<boxed>{_NUMBER})\))"
_TOLD = r"(?P<told>(?:±|(?:\d\d(?:[.,]\d)?\s?%\s?)?[^\W\d][^\d()\[\]±]*?(?:\d\d(?:[.,]\d)?\s?%)?[^\d()\[\]±]*?)?)"
_CELL = re.compile(
    rf"(?P<before>(?:[pP]\s*)?)(?P<first>{_NUMBER}){MARKS}"
    rf"(?:\s*(?:±|\+/-|\+-)\s*(?P<plus>{_NUMBER}){MARKS}|\s*(?:/|\bof\b|\bsur\b)\s*(?P<of>\d+){MARKS})?"
    rf"(?:\s*[(\[]\s*{_TOLD}(?:{_PAIR}|(?P<inner>{_NUMBER})){MARKS}\s*[)\]])?{MARKS}"
)
_ENDS = re.compile(rf"[(\[]?\s*{_PAIR}\s*[)\]]?{MARKS}")
_LOOSE = re.compile(rf"(?<![\w.,])(?:{_BODY})(?![\w])")
_COMMA_PAIR = re.compile(r"(?<=\d),(?=[-]?\d)")
_NOTHING = re.compile(r"[-–—.…/\s]*|n/?a|nd|ref\.?(erence)?|réf\.?(érence)?|[†*‡]+", re.IGNORECASE)
_REFERENCE = re.compile(
    r"1(?:[.,]0+)?\s*\(?(?:ref\.?(?:erence)?|réf\.?(?:érence)?)\)?", re.IGNORECASE
)
_SAID = re.compile(r"(?:p\s*)?n\.?s\.?", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_BLANK = re.compile(r"[ '’\u00a0\u2009\u202f]")


class Unclear(ValueError):
    """A cell that can be read in several ways, or in none."""


@dataclass(frozen=True)
class Figure:
    """One number of a cell as text with a decimal point; whether a % stands beside it."""

    text: str
    is_percent: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it could be a count."""
        return self.text.isdigit() and not self.is_percent


@dataclass(frozen=True)
class Shape:
    """The numbers of a cell by their place.

    Attributes
    ----------
    slots
        In the order of print: a Figure, or two for the ends in `(a–b)`.
    spread_at
        Which slot stands behind a ±; -1 for none.
    of
        The number behind a slash: `12/35`.
    told
        Words before the number in brackets (`95% CI`), or `p` before all.
    """

    slots: tuple[Figure | tuple[Figure, Figure], ...]
    spread_at: int = -1
    of: str = ""
    told: str = ""


def decimal_mark(texts: Iterable[str]) -> str:
    """Return the decimal sign of a table: `.`, `,`, both (`.,`) when mixed, or nothing to tell it.

    >>> decimal_mark(["63,9 (10,5)", "1 234"]), decimal_mark(["1,234", "0.05"])
    (',', '.')
    """
    found = set[str]()
    for text in texts:
        for match in _LOOSE.finditer(text):
            body = _BLANK.sub("", match[0])
            is_boxed = text[: match.start()].rstrip()[-1:] in ("(", "[") and "," in body
            signs = [sign for sign in body if sign in ".,·"]
            if is_boxed and text[match.end() :].lstrip()[:1] in (")", "]"):
                continue
            if len(signs) == 1 and not _GROUPED.fullmatch(body):
                found.add("," if signs[0] == "," else ".")
            elif len(signs) == 1 and re.match(r"0\d*[.,]", body):
                found.add(signs[0])
            elif len(set(signs)) == 2 and signs.count(signs[-1]) == 1:
                found.add(signs[-1])
    return "".join(sorted(found, reverse=True)) if len(found) < 2 else ".,"


def figure(text: str, mark: str) -> Figure:
    """Read one number where `mark` is the decimal sign of its table.

    Raises
    ------
    Unclear
        A sign may part thousands or decimals, or the groups are not of three digits.

    Examples
    --------
    >>> figure("1,234", ".").text, figure("- 0,70 %", ",")
    ('1234', Figure(text='-0.70', is_percent=True))
    """
    bare = re.sub(r"\s?%$", "", _bare(text))
    head = re.match(r"(<=|>=|[<>=≤≥]?)\s*([-+\u2013]?)\s?(.*)", bare)
    assert head is not None
    sign = "-" if head[2] in ("-", "\u2013") else ""
    size = _plain(_BLANK.sub("", head[3]).replace("·", "."), mark)
    comparator = {"=": "", "≤": "<=", "≥": ">="}.get(head[1], head[1])
    return Figure(comparator + sign + size, text.rstrip().endswith("%"))


def _plain(size: str, mark: str) -> str:
    """Digits with a decimal point, thousands joined."""
    signs = [sign for sign in size if sign in ".,"]
    if not signs:
        return size
    whole, _, decimals = size.rpartition(signs[-1])
    if len(set(signs)) == 2 and signs.count(signs[-1]) == 1 and _GROUPED.fullmatch(whole):
        return re.sub(r"\D", "", whole) + "." + decimals
    if len(set(signs)) == 1 and len(signs) > 1 and _GROUPED.fullmatch(size):
        return re.sub(r"\D", "", size)
    if len(signs) > 1:
        raise Unclear(size)
    if not _GROUPED.fullmatch(size) or size.startswith("0") or mark == signs[0]:
        return f"{whole or '0'}.{decimals}"
    if mark == "." and signs[0] == ",":
        return whole + decimals
    raise Unclear(size)


def _bare(text: str) -> str:
    return text.strip().replace(MINUS, "-")


def is_blank(text: str) -> bool:
    """Whether a cell holds no number and says so: empty, a dash, NA, a reference category."""
    return bool(_NOTHING.fullmatch(_bare(text)) or _REFERENCE.fullmatch(_bare(text)))


def is_not_significant(text: str) -> bool:
    """Whether a cell says `ns` instead of a p value."""
    return bool(_SAID.fullmatch(_bare(text)))


def looks_like_numbers(text: str) -> bool:
    """Whether a text has the form of a cell with numbers, whatever they are."""
    return bool(_CELL.fullmatch(_bare(text)) or _ENDS.fullmatch(_bare(text)))


def shape(text: str, mark: str) -> Shape:
    """Read the numbers of a cell.

    Raises
    ------
    Unclear
        The text has no such form, or a number in it can be read in two ways.

    Examples
    --------
    >>> shape("1.36 [0.53–3.48]", ".").slots[1][1].text
    '3.48'
    >>> shape("12/35 (34,3 %)", ",").of
    '35'
    """
    bare = _bare(text)
    if found := _CELL.fullmatch(bare):
        return _of_cell(found, mark)
    if (found := _CELL.fullmatch(_COMMA_PAIR.sub(", ", bare))) and mark == "." and found["high"]:
        return _of_cell(found, mark)  # (45,61) where commas are no decimals
    if found := _ENDS.fullmatch(bare):
        return Shape((_ends(found, mark),))
    raise Unclear(bare)


def _of_cell(found: re.Match[str], mark: str) -> Shape:
    slots: list[Figure | tuple[Figure, Figure]] = [figure(found["first"], mark)]
    told = (found["told"] or "").strip(" :,;=\u00a0")
    spread_at = -1
    if found["plus"]:
        slots.append(figure(found["plus"], mark))
        spread_at = 1
    if found["low"]:
        slots.append(_ends(found, mark))
    elif found["inner"]:
        spread_at = len(slots) if told == "±" else spread_at
        slots.append(_inner(found["inner"], mark))
    is_p = bool(found["before"].strip())
    return Shape(tuple(slots), spread_at, found["of"] or "", "p" if is_p else told.strip("±"))


def _inner(text: str, mark: str) -> Figure | tuple[Figure, Figure]:
    """Read one number in brackets; `(45,61)` is two where commas are no decimals."""
    halves = text.split(",")
    is_pair = mark == "." and len(halves) == 2 and not _GROUPED.fullmatch(text)
    if is_pair and halves[0] and "%" not in text:
        return figure(halves[0], mark), figure(halves[1], mark)
    if mark != "," and "," in text and "%" not in text:
        raise Unclear(text)
    return figure(text, mark)


def _ends(found: re.Match[str], mark: str) -> tuple[Figure, Figure]:
    return figure(found["low"], mark), figure(found["boxed"] or found["high"], mark)
