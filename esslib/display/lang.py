"""Words as French or English readers expect them, beside the numbers of `printed.numerals`.

Every string that a person reads in a table or a figure is made there or comes from
``data/codebook/words.csv``.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from printed.numerals import (
    LANGUAGES,
    MINUS,
    MISSING,
    NO_BREAK,
    check_language,
    count_percent,
    date,
    interval,
    mean_sd,
    number,
    p_equation,
    p_value,
    percent,
)

WORDS = Path(__file__).resolve().parents[2] / "data" / "codebook" / "words.csv"
__all__ = [
    "LANGUAGES",
    "MINUS",
    "MISSING",
    "NO_BREAK",
    "check_language",
    "count_percent",
    "date",
    "interval",
    "mean_sd",
    "number",
    "p_equation",
    "p_value",
    "percent",
    "place",
    "read_words",
    "typeset",
    "verbatim",
]


def typeset(text: str, *, lang: str = "fr") -> str:
    """Put the no-break spaces that French typography asks for around ``: ; ! ? % « »``."""
    if check_language(lang) != "fr":
        return text
    return re.sub(r"(?<=«) | (?=[:;!?%»])", NO_BREAK, text)


def place(text: str, *, lang: str = "fr") -> str:
    """Write a place in the thesis, given in French; one without translation stands for itself.

    Examples
    --------
    >>> place("Méthodes 2 a", lang="en"), place("ailleurs", lang="en")
    ('Methods 2 a', 'ailleurs')
    """
    return read_words(lang).get(f"where.{text}", typeset(text, lang=lang))


def verbatim(text: str) -> str:
    """Write foreign text so that Markdown shows it as it is: every sign of its syntax as an entity.

    Examples
    --------
    >>> verbatim("<b> [x](y)")
    '&#60;b&#62; &#91;x&#93;&#40;y&#41;'
    """
    one_line = " ".join(text.split())
    return re.sub(r"[!-/:-@\[-`{-~]", lambda sign: f"&#{ord(sign[0])};", one_line)


@cache
def read_words(lang: str = "fr", path: Path = WORDS) -> Mapping[str, str]:
    r"""Read the words and sentence templates of one language, key by key.

    A written ``\n`` in the file is a line break; French spacing is added.

    Raises
    ------
    ValueError
        A key stands twice, or a word is empty in the language asked for.
    """
    check_language(lang)
    words: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            key, text = row["key"], row[lang]
            if not text or key in words:
                problem = "stands twice" if text else f"has no word for {lang!r}"
                raise ValueError(f"{path.name}, line {line}: key {key!r} {problem}; mend the file.")
            words[key] = typeset(text.replace("\\n", "\n"), lang=lang)
    return MappingProxyType(words)
