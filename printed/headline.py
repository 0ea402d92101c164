"""What headings, row labels and legends declare: `moyenne ± écart-type`, `aOR (90% CI)`, `n = 21`.

The words stand in `words.csv`, English and French; one with a capital of up to five letters is
matched as it is (OR, ET, IC), any other whatever its case.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

WORDS = Path(__file__).with_name("words.csv")
QUALIFIERS = ("adjusted", "crude", "all")
# What may follow a statistic in print, after a comma too, and which ones it may follow.
ESTIMATES = (
    *("odds_ratio", "risk_ratio", "hazard_ratio"),
    *("coefficient", "difference", "risk_difference"),
)
SECOND = {
    "sd": ("mean",),
    "se": ("mean", *ESTIMATES),
    "cv": ("mean",),
    "iqr": ("median", "mean", "sd"),
    "range": ("median", "mean", "sd", "iqr"),
    "ci": ("mean", "median", "percent", "sd", *ESTIMATES),
    "percent": ("n",),
}
PAIRS = {("min", "max"): "range", ("q1", "q3"): "iqr", ("ci_low", "ci_high"): "ci"}
LETTERS = {"mean", "coefficient", "t", "f", "z", "p_value"}  # written as one letter too
_LEVEL = r"(?P<level{0}>[1-9]\d(?:[.,]\d+)?)\s?%?"
_CI = r"(?:CIs?|ICs?|confidence intervals?|intervalles? de confiance)"
_LEVELS = re.compile(
    rf"{_LEVEL.format(1)}[\s-]*(?P<a>{_CI})\b|\b(?P<b>{_CI})\s?(?:à|at|de|of|:)?\s?{_LEVEL.format(2)}"
)
_SIZE = re.compile(
    r"[(\[,]?\s*\b[nN]\s?=\s?(?P<n>\d[\d ,.'’\u00a0\u2009\u202f]*\d|\d)(?![^\s)\],;|])\s*[)\]]?"
)
# One letter for each piece: S statistic, X statistic that may follow a comma, W word, the signs.
_DECLARES = re.compile(r"[SX](?:±[SX]|\(±?[SX](?:,[SX])*\)|,X)*")
_AROUND = re.compile(r"(?P<first>S)W{1,4}\((?P<second>X)\)")


@dataclass(frozen=True)
class Declared:
    """What a text declares of the cells that it stands over or beside.

    Attributes
    ----------
    readings
        Statistics in the order of print; several when the text names several ways.
    rest
        What is left: the name of a group or a variable.
    n
        Size after `n =`, digits only.
    level, adjusted
        Of an interval in percent; `adjusted` or `crude`.
    is_all
        Whether it says that everybody is meant.
    """

    readings: tuple[tuple[str, ...], ...] = ()
    rest: str = ""
    n: str = ""
    level: str = ""
    adjusted: str = ""
    is_all: bool = False


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, str]]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    means = {_key(row["word"]): row["means"] for row in rows}
    ranked = sorted((row["word"] for row in rows), key=len, reverse=True)
    words = (
        f"(?:{re.escape(w)})" if w == _key(w) and w != w.lower() else f"(?i:{re.escape(w)})"
        for w in ranked
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w²-])"), means


def _key(word: str) -> str:
    """How a word is looked up: short ones with a capital, and single letters, as they are."""
    return word if len(word) <= 5 and (word != word.lower() or len(word) == 1) else word.lower()


@dataclass(frozen=True)
class _Piece:
    sign: str
    says: str
    start: int
    end: int


def _pieces(text: str) -> Iterator[_Piece]:
    pattern, means = _vocabulary()
    scanner = re.compile(
        rf"(?P<known>{pattern.pattern})|(?P<sign>±|\+/-|[(\[\])])|(?P<comma>\s[–—-]\s|[,;:/|])|(?P<word>[^\s()\[\],;:/|±]+)"
    )
    for found in scanner.finditer(text):
        if found["known"]:
            yield from _known(
                means.get(_key(found["known"]), means.get(found["known"].lower(), "")), found
            )
        elif found["sign"]:
            yield _Piece(
                {"[": "(", "]": ")", "+/-": "±"}.get(found["sign"], found["sign"]),
                "",
                *found.span(),
            )
        else:
            yield _Piece("," if found["comma"] else "W", "", *found.span())


def _known(says: str, found: re.Match[str]) -> Iterator[_Piece]:
    for name in says.split():
        sign = "Q" if name in QUALIFIERS else "X" if name in SECOND else "S"
        yield _Piece(sign, name, *found.span())


def declared(text: str, *, is_legend: bool = False) -> Declared:
    """Read what a heading, a label or (`is_legend`) a caption declares.

    In a legend only forms such as `mean (SD)` count; single words are prose.

    Examples
    --------
    >>> declared("OR ajusté (IC 90 %)")
    Declared(readings=(('odds_ratio', 'ci'),), rest='', n='', level='90', adjusted='adjusted', is_all=False)
    >>> declared("Users (n = 21), mean ± SD").rest
    'Users'
    """
    flat = re.sub(r"\^\S+|[*†‡§¶]+", " ", re.sub(r"\s+", " ", text)).strip()
    sizes = [re.sub(r"\D", "", found["n"]) for found in _SIZE.finditer(flat)]
    levels = {(m["level1"] or m["level2"]).replace(",", ".") for m in _LEVELS.finditer(flat)}
    flat = _LEVELS.sub(lambda m: f" {m['a'] or m['b']} ", _SIZE.sub(" , ", flat))
    pieces = list(_pieces(flat))
    qualifiers = {piece.says for piece in pieces if piece.sign == "Q"}
    kept = [piece for piece in pieces if piece.sign != "Q" or piece.says == "all"]
    found = list(_readings(kept, is_legend))
    if sizes or len(found) > 1:  # M (n = 12) and F, mean (SD) are groups
        found = [(says, group) for says, group in found if not _is_letter(flat, group)]
    taken = {piece for _, group in found for piece in group} | {p for p in pieces if p.sign == "Q"}
    return Declared(
        tuple(dict.fromkeys(reading for reading, _ in found)),
        _rest(flat, pieces, taken),
        sizes[0] if len(sizes) == 1 else "",
        levels.pop() if len(levels) == 1 else "",
        *_qualified(qualifiers),
    )


def _is_letter(text: str, group: list[_Piece]) -> bool:
    is_short = len(group) == 1 and len(text[group[0].start : group[0].end].strip()) == 1
    return is_short and group[0].says in LETTERS - {"p_value"}


def _qualified(said: set[str]) -> tuple[str, bool]:
    adjusted = said & {"adjusted", "crude"}
    return (adjusted.pop() if len(adjusted) == 1 else ""), "all" in said


def _readings(
    pieces: list[_Piece], is_legend: bool
) -> Iterator[tuple[tuple[str, ...], list[_Piece]]]:
    letters = "".join(piece.sign for piece in pieces)
    used = set[int]()
    for found in _AROUND.finditer(letters):
        first, second = pieces[found.start("first")], pieces[found.start("second")]
        if not used & {*range(*found.span())}:
            used |= {*range(*found.span())}
            yield (first.says, second.says), [first, second]
    for found in _DECLARES.finditer(letters):
        group = pieces[found.start() : found.end()]
        says = [piece.says for piece in group if piece.says]
        is_form = len(says) > 1 and (not is_legend or "," not in found[0].split("(")[0])
        before, after = letters[: found.start()][-1:], letters[found.end() :][:1]
        is_whole = not is_legend and before in ("", ",", "(", "Q") and after in ("", ",", ")", "Q")
        is_free = not used & {*range(*found.span())}
        is_word = before == "W" and says[0] in LETTERS and group[0].end == group[0].start + 1
        if is_free and _go_together(says) and (is_whole or (is_form and not is_word)):
            yield _paired(says), group


def _go_together(says: list[str]) -> bool:
    """Whether each statistic may follow the one before it: no percent of a coefficient."""
    return len(set(says)) == len(says) and all(
        before in SECOND.get(after, (before,)) for before, after in pairwise(says)
    )


def _paired(says: list[str]) -> tuple[str, ...]:
    """Join `min`, `max` to a range, and so on."""
    for at, pair in enumerate(pairwise(says)):
        if name := PAIRS.get(pair):
            return (*says[:at], name, *says[at + 2 :])
    return tuple(says)


def _rest(text: str, pieces: list[_Piece], taken: set[_Piece]) -> str:
    """Text without what was understood, its empty brackets and loose signs."""
    for piece in sorted(taken, key=lambda p: p.start, reverse=True):
        text = text[: piece.start] + " " * (piece.end - piece.start) + text[piece.end :]
    text = re.sub(r"[(\[][\s±,;:/]*[)\]]", " ", text)
    return re.sub(r"\s+", " ", text).strip(" ,;:/|±–—-\u00a0")
