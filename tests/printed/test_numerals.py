"""Numbers and dates as people read them."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printed import numerals
from printed.numerals import MINUS, NO_BREAK, typeset

NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "fr", "en"),
    [
        (63.94, 1, "63,9", "63.9"),
        (47.25, 1, "47,3", "47.3"),
        (2.675, 2, "2,68", "2.68"),
        (-1.14, 2, f"{MINUS}1,14", f"{MINUS}1.14"),
        (-0.004, 2, "0,00", "0.00"),
        (12345.6, 1, f"12{NARROW}345,6", "12,345.6"),
        (81, 0, "81", "81"),
        (math.nan, 2, "–", "–"),
        (math.inf, 2, "∞", "∞"),
        (-math.inf, 2, f"{MINUS}∞", f"{MINUS}∞"),
    ],
)
def test_number(value, decimals, fr, en):
    assert numerals.number(value, decimals=decimals) == fr
    assert numerals.number(value, decimals=decimals, lang="en") == en


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0132, "0,013"),
        (0.941, "0,941"),
        (0.001, "0,001"),
        (0.00099, f"<{NO_BREAK}0,001"),
        (0.0, f"<{NO_BREAK}0,001"),
        (0.9996, f">{NO_BREAK}0,999"),
        (1.0, f">{NO_BREAK}0,999"),
        (math.nan, "–"),
    ],
)
def test_p_value(p, text):
    assert numerals.p_value(p) == text


@given(st.floats(0, 1), st.integers(1, 5))
def test_p_value_is_never_zero_or_one(p, decimals):
    bare = numerals.p_value(p, decimals=decimals, lang="en").lstrip("<>" + NO_BREAK)
    assert 0 < float(bare) < 1


@pytest.mark.parametrize("p", [-0.01, 1.01])
def test_p_value_outside_its_range(p):
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        numerals.p_value(p)


def test_p_equation():
    assert numerals.p_equation(0.0001).replace(NO_BREAK, " ") == "p < 0,001"
    assert numerals.p_equation(0.941, lang="en").replace(NO_BREAK, " ") == "p = 0.941"


@pytest.mark.parametrize(
    ("write", "fr", "en"),
    [
        (lambda at: numerals.percent(61.9, lang=at), "62 %", "62%"),
        (
            lambda at: numerals.interval(-0.53, 3.48, lang=at),
            f"[{MINUS}0,53 ; 3,48]",
            f"[{MINUS}0.53, 3.48]",
        ),
        (lambda at: numerals.mean_sd(63.9, 10.5, lang=at), "63,9 ± 10,5", "63.9 ± 10.5"),
        (lambda at: numerals.count_percent(13, 21, lang=at), "13 (62 %)", "13 (62%)"),
        (lambda at: numerals.count_percent(0, 0, lang=at), "0 (–)", "0 (–)"),
        (
            lambda at: numerals.date(dt.date(2023, 2, 2), lang=at),
            "2 février 2023",
            "February 2, 2023",
        ),
        (lambda at: numerals.date(dt.date(2022, 6, 1), lang=at), "1er juin 2022", "June 1, 2022"),
        (lambda at: numerals.date(dt.date(2022, 6, 11), lang=at), "11 juin 2022", "June 11, 2022"),
    ],
)
def test_phrases_do_not_break(write, fr, en):
    for text, expected in ((write("fr"), fr), (write("en"), en)):
        assert text.replace(NO_BREAK, " ") == expected
        assert " " not in text


def test_typeset_guards_french_punctuation_only():
    text = "Réponses : « oui » ; sûr ? 5 %"
    assert typeset(text).replace(NO_BREAK, "_") == "Réponses_: «_oui_»_; sûr_? 5_%"
    assert typeset(text, lang="en") == text


def test_unknown_language():
    with pytest.raises(ValueError, match="'de' is unknown; use one of fr, en"):
        numerals.number(1, lang="de")


@pytest.mark.parametrize(
    ("text", "fr", "en"),
    [
        ("-0.70", f"{MINUS}0,70", f"{MINUS}0.70"),
        ("<0.001", f"<{NO_BREAK}0,001", f"<{NO_BREAK}0.001"),
        (">=5", f">={NO_BREAK}5", f">={NO_BREAK}5"),
        ("81", "81", "81"),
        ("", "", ""),
    ],
)
def test_a_printed_number_is_written_again(text, fr, en):
    assert numerals.reprinted(text, lang="fr") == fr
    assert numerals.reprinted(text, lang="en") == en
