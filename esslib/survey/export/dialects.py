"""What survey tools write around headings and ticks, as the data of ``dialects.csv``.

Its columns are what a pattern is for (`use`), the tool that writes it, and the pattern. Patterns of
`other`, `tick` and `no_tick` meet folded text, the others text as it stands in the file.
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import pandas as pd

from esslib.survey.codebook import fold

NUMBERING = re.compile(
    r"^\W*(question\s*)?(q\s?|n\s?°\s?)?\d+([._-]\d+)*[a-z]?(?=[^a-z0-9]|$)[\W_]*", re.IGNORECASE
)
DOTS = re.compile(r"\.{2,}")
LAST_NUMBER = re.compile(r"[\s._-]*\d+$")
WORDS_MADE_ONE = 4  # signs by which a heading without blanks is a sentence and no name


@cache
def pattern(use: str) -> re.Pattern[str]:
    """Return what the tools write for one use, as one pattern without regard to case.

    Examples
    --------
    >>> bool(pattern("total").search("Total : 4"))
    True
    """
    path = Path(__file__).with_name("dialects.csv")
    rows = pd.read_csv(path, dtype=str).query("use == @use")
    return re.compile("|".join(f"(?:{match})" for match in rows["match"]), re.IGNORECASE)


def is_tick(text: str) -> bool:
    """Tell whether a cell of an option's column says that it was chosen."""
    return bool(pattern("tick").fullmatch(fold(text) or text))


def is_no_tick(text: str) -> bool:
    """Tell whether a cell of an option's column says that it was not chosen."""
    return not text or bool(pattern("no_tick").fullmatch(fold(text) or text))


def tidied(heading: str) -> str:
    """Return a heading without mark-up, and with blanks where a program took them away.

    Examples
    --------
    >>> tidied("Q5[SQ01]. <b>Quel âge avez-vous&nbsp;?</b> (une seule réponse possible)*")
    'Quel âge avez-vous ?'
    >>> tidied("Quel.est.votre.âge...Zone.urbaine")
    'Quel est votre âge : Zone urbaine'
    """
    text = html.unescape(heading)
    if not re.search(r"\s", text.strip()):
        if text.count(".") >= WORDS_MADE_ONE or DOTS.search(text):
            text = DOTS.sub(" : ", text).replace(".", " ")
        elif text.count("_") - 2 * text.count("___") >= WORDS_MADE_ONE:
            text = text.replace("_", " ")
    text = pattern("option").sub(": ", pattern("strip").sub("", text))
    return " ".join(text.split()) if "\n" not in text else text.strip()


def is_other(heading: str) -> bool:
    """Tell whether a heading asks for another answer than those offered.

    Examples
    --------
    >>> [is_other(text) for text in ("Autre :", "Autre...1", "Autre médecin", "Précisez")]
    [True, True, False, True]
    """
    bare = LAST_NUMBER.sub("", NUMBERING.sub("", heading))
    return bool(pattern("other").fullmatch(fold(bare)))
