"""Numbers and dates as French or English readers expect them: the only writer of numbers.

No other module knows what a decimal comma is.
"""

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MISSING = "\N{EN DASH}"


@dataclass(frozen=True)
class Signs:
    """How a language writes numbers, beyond what follows from its name.

    Attributes
    ----------
    decimal : str
        Sign before the decimals.
    percent : str
        Sign after a percentage, with the space before it.
    between : str
        What parts the ends of an interval.
    region : str
        Language tag of documents, with the country whose spelling is checked.
    first : str
        The first day of a month.
    is_guarded : bool
        Whether no-break spaces stand before ``: ; ! ? %`` and within quotation marks.
    """

    decimal: str
    percent: str
    between: str
    region: str
    first: str = "1"
    is_guarded: bool = False

    @property
    def cells(self) -> str:
        """What spreadsheet programs expect between the cells of a CSV."""
        return ";" if self.decimal == "," else ","


SIGNS = {
    "fr": Signs(",", f"{NO_BREAK}%", f"{NO_BREAK};{NO_BREAK}", "fr-FR", "1er", is_guarded=True),
    "en": Signs(".", "%", f",{NO_BREAK}", "en-GB"),
}
LANGUAGES = tuple(SIGNS)
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_BREAKABLE = re.compile(r"(?<=«) | (?=[:;!?%»])")
_HYPHEN = re.compile(r"(?<![\w.,-])-(?=\d)")


def check_language(lang: str) -> str:
    """Return `lang` when it is known.

    Raises
    ------
    ValueError
        `SIGNS` has no row for the language.
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
    return number(value, decimals=decimals, lang=lang) + SIGNS[lang].percent


def interval(low: float, high: float, *, decimals: int = 2, lang: str = "fr") -> str:
    """Write an interval: ``[0,53 ; 3,48]`` in French, ``[0.53, 3.48]`` in English."""
    ends = [number(end, decimals=decimals, lang=lang) for end in (low, high)]
    return f"[{SIGNS[lang].between.join(ends)}]"


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
    return (
        re.sub(rf"\b1(?=\b)(?={NO_BREAK})", SIGNS[lang].first, text, count=1)
        if day.day == 1
        else text
    )


def localised(text: str, *, lang: str = "fr") -> str:
    """Write the numbers in a text that has decimal points and hyphens: the language's own signs.

    Examples
    --------
    >>> localised("-0.70 to 1.5"), localised("p-1", lang="en")
    ('−0,70 to 1,5', 'p-1')
    """
    own = _POINT.sub(SIGNS[check_language(lang)].decimal, text)
    return _HYPHEN.sub(MINUS, own)


def reprinted(text: str, *, lang: str = "fr") -> str:
    """Write one printed number, given as `printed.published.parse` normalises it.

    Examples
    --------
    >>> reprinted("-0.70"), reprinted("<0.001").replace(NO_BREAK, " ")
    ('−0,70', '< 0,001')
    """
    size = text.lstrip("<>=")
    sign = text[: len(text) - len(size)]
    return f"{sign}{NO_BREAK * bool(sign)}{localised(size, lang=lang)}"


def typeset(text: str, *, lang: str = "fr") -> str:
    """Put the no-break spaces that French typography asks for around ``: ; ! ? % « »``."""
    return _BREAKABLE.sub(NO_BREAK, text) if SIGNS[check_language(lang)].is_guarded else text


def fixed(value: float, decimals: int) -> str:
    """Write a number with so many decimals for programs; `localised` writes it for people."""
    return f"{value:.{decimals}f}"


def significant(value: float, digits: int) -> str:
    """Write a number with at most so many significant digits for programs, like `fixed`."""
    return f"{value:.{digits}g}"
