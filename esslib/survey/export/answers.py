"""From text to level codes: what each cell of an export says, and by what it is known.

A wording counts only when all of it is explained, by a level's code, its label or its pattern: what
is left over may say the contrary.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from esslib.survey.codebook import Codebook, distinct, fold, map_unique, records

ANSWER_BREAK = re.compile(r"[;|\n]")
# Levels such as "both, alike" or "update (isolation, masks)" hold commas of their own.
WIDE_COMMA = re.compile(r",(?!\s+[^\W\d_A-ZÀ-Þ])(?![^()]*\))")
JOINS = (WIDE_COMMA, re.compile(","), re.compile(r"[/+&]|\s(?:et|and)\s"))
# No answer to a closed question is as long; patterns would take their time over it.
LONGEST = 2_000
MOST_WORDS = 60
NUMBER = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?\s*(?:ans?|years?)?\.?", re.IGNORECASE)
LINE_END = re.compile(r"<\s*(?:br|/p|/li|/div)\b[^<>]*>", re.IGNORECASE)
MARK_UP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
EXAMPLE = re.compile(r"\(\s*(?:par |p\. ?)?ex(?:emples?)?\b[^()]*\)", re.IGNORECASE)
DECIMAL = re.compile(r"\d[.,]\d")
IN_FRONT = re.compile(r"\(?[A-Za-z]{0,3}\d{1,3}(?:\s*[.:)\]]+|\s+[-–—])\s+(?=.*[^\W\d])")
NOT_AVAILABLE = re.compile(r"n[/.]?a\.?", re.IGNORECASE)
EXACT = {"label_en": "label", "label_fr": "label", "code": "code"}


class Said(NamedTuple):
    """What a text says.

    Attributes
    ----------
    level : str
        Codes of levels, parted by "|", or a number; the text itself where it is neither.
    method : str
        How that is known: "code", "label", "pattern", "parts" (several answers), "number", or
        "" where the text is not understood.
    """

    level: str
    method: str


def decode(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Replace each answer by its level code; text that fits no level stays as it is.

    Parameters
    ----------
    answers : DataFrame of text
        As in `Export.answers`.

    Returns
    -------
    DataFrame of text
        Same shape. Cells of multiple-answer questions hold codes parted by "|"; numbers have a
        decimal point and no unit ("41,5 ans" becomes "41.5").

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> codebook = read_codebook(resolve("data/codebook"))
    >>> answers = pd.DataFrame({"zone": ["ZIP ; Urbaine"], "age_years": ["41,5 ans"]})
    >>> decode(answers, codebook).iloc[0].tolist()
    ['zip|urban', '41.5']
    """

    def level_of(name: str) -> Callable[[str], str]:
        said = decoder(codebook, name)
        return lambda text: said(text).level

    return pd.DataFrame(
        {name: map_unique(column, level_of(str(name))) for name, column in answers.items()}
    )


def decoder(codebook: Codebook, name: str) -> Callable[[str], Said]:
    """Return the function that tells what the text of a cell says."""
    kind = codebook.variable(name)["kind"]
    if kind == "text":
        return lambda text: Said(text, "text")
    if kind == "number":
        return _number
    one = level_reader(codebook, name)
    several = _several(one)

    def read(text: str) -> Said:
        plain = _plain(text).strip(";|\n ")
        if len(plain) > LONGEST:
            return Said(text, "")
        if kind == "multiple":
            return several(plain)
        found = None if ANSWER_BREAK.search(plain) else one(plain)
        return found or Said(text.strip(), "")

    return read


def level_reader(codebook: Codebook, name: str) -> Callable[[str], Said | None]:
    """Return the function that finds the one level that a whole wording says, if it says one.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> read = level_reader(read_codebook(resolve("data/codebook")), "devices")
    >>> read("2. TABLETTE"), read("Tablette du cabinet")
    (Said(level='tablet', method='label'), None)
    """
    rows = codebook.level_rows(name)
    exact = {fold(v[text]): Said(v["code"], how) for text, how in EXACT.items() for v in rows}
    patterns = [(v["code"], re.compile(v["match"])) for v in rows]

    def known(text: str) -> Said | None:
        folded = fold(text)
        if folded.isdigit() and text.strip(" .") != folded:
            return None  # a sign such as - or + or a comma makes another number of it
        if folded in exact:
            return exact[folded]
        fits = [code for code, match in patterns if match.fullmatch(folded)]
        return Said(fits[0], "pattern") if len(fits) == 1 and not DECIMAL.search(text) else None

    @lru_cache(1 << 14)
    def read(text: str) -> Said | None:
        shorter = EXAMPLE.sub("", text), IN_FRONT.sub("", text, count=1)
        return next(filter(None, map(known, (text, *shorter))), None)

    return read


def _several(one: Callable[[str], Said | None]) -> Callable[[str], Said]:
    """Return the function that reads a cell of several answers, however they are parted."""

    def read(text: str) -> Said:
        found = [one(piece) for piece in pieces(text, one)]
        if not all(found):
            found = _in_a_row(fold(EXAMPLE.sub("", text)).split(), one)
        said = dict.fromkeys(each for each in found if each)
        if not said:
            return Said(text, "")
        levels = "|".join(dict.fromkeys(each.level for each in said))
        return Said(levels, next(iter(said)).method if len(said) == 1 else "parts")

    return read


def pieces(text: str, one: Callable[[str], Said | None]) -> list[str]:
    """Part a cell into answers: at breaks, and where they are not known at commas, / and the like."""
    found = ANSWER_BREAK.split(text)
    for join in JOINS:
        parts = ([piece] if one(piece) else join.split(piece) for piece in found)
        found = [part for some in parts for part in some if part.strip()]
    return found


def _in_a_row(words: list[str], one: Callable[[str], Said | None]) -> list[Said | None]:
    """Return the levels that a row of words names one after the other, if in one way only."""
    if len(words) > MOST_WORDS:
        return []
    ways: list[set[tuple[Said, ...]]] = [set() for _ in words] + [{()}]
    for start in reversed(range(len(words))):
        for end in range(start + 1, len(words) + 1):
            if ways[end] and (said := one(" ".join(words[start:end]))):
                ways[start] |= {(said, *rest) for rest in ways[end]}
        if len(ways[start]) > MOST_WORDS:
            return []
    is_clear = len({frozenset(said.level for said in way) for way in ways[0]}) == 1
    return list(min(ways[0])) if is_clear else []


def without_blank_marks(
    answers: pd.DataFrame, codebook: Codebook
) -> tuple[pd.DataFrame, list[int]]:
    """Take "NA" for no answer where it cannot be one, and return the rows in which it stands.

    "NA" is how some programs write a blank. It is one where the levels that it could stand for are
    written in full: no tool writes one answer in two ways.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> codebook = read_codebook(resolve("data/codebook"))
    >>> answers = pd.DataFrame({"ess_q01": ["NA", "Non applicable"], "ess_q02": ["NA", None]})
    >>> without_blank_marks(answers, codebook)[0].isna().sum().tolist()
    [1, 2]
    """
    if not any(_is_mark(text) for name in answers for text in distinct(answers[name])[1]):
        return answers, []
    is_in_full = False
    for name in filter(codebook.codes, map(str, answers)):
        said = decoder(codebook, name)
        short = {said(mark).level for mark in ("NA", "N/A") if said(mark).method}
        texts = [text for text in distinct(answers[name])[1] if not _is_mark(text)]
        is_in_full |= any(said(text).level in short for text in texts)
    if not is_in_full:
        return answers, []
    kept = {
        v["name"] for v in records(codebook.variables) if v["kind"] == "text" and not v["other_of"]
    }
    closed = answers[[name for name in answers if name not in kept]]  # a town may be called so
    is_marked = closed.apply(lambda cells: cells.isin([*filter(_is_mark, distinct(cells)[1])]))
    bare = closed.apply(map_unique, function=lambda text: None if _is_mark(text) else text)
    return answers.assign(**bare), answers.index[is_marked.any(axis=1)].tolist()


def _is_mark(text: str) -> bool:
    return bool(NOT_AVAILABLE.fullmatch(text.strip()))


def _plain(text: str) -> str:
    """Return a text without mark-up; its line ends stay."""
    if "<" not in text and "&" not in text:
        return text
    return MARK_UP.sub(" ", LINE_END.sub("\n", html.unescape(text)))


def _number(text: str) -> Said:
    number = NUMBER.fullmatch(text.strip())
    return Said(".".join(filter(None, number.groups())), "number") if number else Said(text, "")
