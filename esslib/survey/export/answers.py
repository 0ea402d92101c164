"""From text to level codes: what each cell of an export says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from esslib.survey.codebook import Codebook, fold, map_unique

ANSWER_BREAK = re.compile(r"[;|\n]")
COMMA = re.compile(",")
# Levels such as "both, alike" or "update (isolation, masks)" hold commas of their own.
WIDE_COMMA = re.compile(r",(?!\s+[^\W\d_A-ZÀ-Þ])(?![^()]*\))")
# No answer to a closed question is as long; patterns would take their time over it.
LONGEST = 2_000
NUMBER = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?\s*(?:ans?|years?)?\.?", re.IGNORECASE)


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
    free = set(codebook.names(kind="text"))
    return pd.DataFrame(
        {
            name: column if name in free else map_unique(column, _unless_long(codebook, str(name)))
            for name, column in answers.items()
        }
    )


def _unless_long(codebook: Codebook, name: str) -> Callable[[str], str]:
    one = decoder(codebook, name)
    return lambda text: one(text) if len(text) <= LONGEST else text


def decoder(codebook: Codebook, name: str) -> Callable[[str], str]:
    """Return the function that maps the text of a cell to its level codes, or to a number."""
    kind = codebook.variable(name)["kind"]
    if kind == "number":
        return _number
    rows = codebook.level_rows(name)
    codes = {row["code"] for row in rows}
    exact = {fold(v[text]): v["code"] for text in ("label_en", "label_fr", "code") for v in rows}
    patterns = [(v["code"], re.compile(v["match"])) for v in rows]

    def one(text: str) -> str:
        folded = fold(text)
        if folded in exact:
            return exact[folded]
        fits = [code for code, match in patterns if match.search(folded)]
        return fits[0] if len(fits) == 1 else text.strip()

    def pieces(text: str, comma: re.Pattern[str]) -> list[str]:
        parts = [part for piece in ANSWER_BREAK.split(text) for part in comma.split(piece)]
        return [one(part) for part in parts if part.strip()]

    def several(text: str) -> str:
        found = pieces(text, WIDE_COMMA)
        if not codes.issuperset(found):
            by_comma = pieces(text, COMMA)
            found = by_comma if codes.issuperset(by_comma) else found
        return "|".join(dict.fromkeys(found))

    def single(text: str) -> str:
        return one(text) if len(ANSWER_BREAK.split(text.strip(";|\n "))) == 1 else text.strip()

    return several if kind == "multiple" else single


def _number(text: str) -> str:
    number = NUMBER.fullmatch(text.strip())
    return ".".join(filter(None, number.groups())) if number else text
