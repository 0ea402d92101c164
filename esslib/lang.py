"""Numbers, dates and words as French or English readers expect them.

Every string that a person reads in a table or a figure is made here or comes from
``data/codebook/words.csv``; no other module knows what a decimal comma is.
"""

import csv
import datetime as dt
import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("fr", "en")
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MISSING = "\N{EN DASH}"
WORDS = Path(__file__).resolve().parents[1] / "data" / "codebook" / "words.csv"


def check_language(lang: str) -> str:
    """Return `lang` when it is known.

    Raises
    ------
    ValueError
        The language is neither ``"fr"`` nor ``"en"``.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang: {lang!r} is unknown; use one of {', '.join(LANGUAGES)}.")
    return lang


def number(value: float, *, decimals: int = 0, lang: str = "fr") -> str:
    """Write a number with a fixed count of decimals, halves rounded away from zero.

    Missing and infinite values become an en dash and the infinity sign; the minus is U+2212 and
    a value that rounds to zero carries no sign.

    Examples
    --------
    >>> number(-16.64, decimals=1), number(47.25, decimals=1, lang="en")
    ('−16,6', '47.3')
    """
    check_language(lang)
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), pattern, locale=lang)
    return MINUS + text if rounded < 0 else text


def p_value(p: float, *, decimals: int = 3, lang: str = "fr") -> str:
    """Write a p value so that it never reads as 0 or as 1; a missing one is an en dash.

    Raises
    ------
    ValueError
        `p` lies outside [0, 1].

    Examples
    --------
    >>> p_value(0.0132), p_value(0.0004).replace(NO_BREAK, " ")
    ('0,013', '< 0,001')
    """
    if math.isnan(p):
        return number(p, lang=lang)
    if p < 0 or p > 1:
        raise ValueError(f"p: {p!r} is no probability; it must lie between 0 and 1.")
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(str(p))
    if exact < step:
        return f"<{NO_BREAK}{number(float(step), decimals=decimals, lang=lang)}"
    if exact > 1 - step:
        return f">{NO_BREAK}{number(float(1 - step), decimals=decimals, lang=lang)}"
    return number(p, decimals=decimals, lang=lang)


def p_equation(p: float, *, decimals: int = 3, lang: str = "fr") -> str:
    """Write ``p = 0,013`` or ``p < 0,001``."""
    text = p_value(p, decimals=decimals, lang=lang)
    return f"p{NO_BREAK}{text}" if text[0] in "<>" else f"p{NO_BREAK}={NO_BREAK}{text}"


def percent(value: float, *, decimals: int = 0, lang: str = "fr") -> str:
    """Write a percentage given on the scale 0-100: ``18 %`` in French, ``18%`` in English."""
    sign = f"{NO_BREAK}%" if lang == "fr" else "%"
    return number(value, decimals=decimals, lang=lang) + sign


def interval(low: float, high: float, *, decimals: int = 2, lang: str = "fr") -> str:
    """Write an interval: ``[0,53 ; 3,48]`` in French, ``[0.53, 3.48]`` in English."""
    between = f"{NO_BREAK};{NO_BREAK}" if lang == "fr" else f",{NO_BREAK}"
    ends = (number(end, decimals=decimals, lang=lang) for end in (low, high))
    return f"[{between.join(ends)}]"


def mean_sd(mean: float, sd: float, *, decimals: int = 1, lang: str = "fr") -> str:
    """Write ``63,9 ± 10,5``."""
    parts = (number(value, decimals=decimals, lang=lang) for value in (mean, sd))
    return f"{NO_BREAK}±{NO_BREAK}".join(parts)


def count_percent(n: float, total: float, *, decimals: int = 0, lang: str = "fr") -> str:
    """Write ``13 (62 %)``; a total of zero gives the count and a dash, a missing count a dash."""
    if math.isnan(n):
        return MISSING
    share = 100 * n / total if total else math.nan
    text = percent(share, decimals=decimals, lang=lang) if total else MISSING
    return f"{number(n, lang=lang)}{NO_BREAK}({text})"


def date(day: dt.date, *, lang: str = "fr") -> str:
    """Write a date in full: ``1er juin 2022`` in French, ``June 1, 2022`` in English."""
    text = format_date(day, "long", locale=check_language(lang)).replace(" ", NO_BREAK)
    return f"1er{text[1:]}" if lang == "fr" and day.day == 1 else text


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
