"""Numbers, dates and words as people read them."""

import datetime as dt
import math
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esslib.display import lang
from esslib.display.lang import MINUS, NO_BREAK

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
    assert lang.number(value, decimals=decimals) == fr
    assert lang.number(value, decimals=decimals, lang="en") == en


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
    assert lang.p_value(p) == text


@given(st.floats(0, 1), st.integers(1, 5))
def test_p_value_is_never_zero_or_one(p, decimals):
    bare = lang.p_value(p, decimals=decimals, lang="en").lstrip("<>" + NO_BREAK)
    assert 0 < float(bare) < 1


@pytest.mark.parametrize("p", [-0.01, 1.01])
def test_p_value_outside_its_range(p):
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        lang.p_value(p)


def test_p_equation():
    assert lang.p_equation(0.0001).replace(NO_BREAK, " ") == "p < 0,001"
    assert lang.p_equation(0.941, lang="en").replace(NO_BREAK, " ") == "p = 0.941"


@pytest.mark.parametrize(
    ("write", "fr", "en"),
    [
        (lambda at: lang.percent(61.9, lang=at), "62 %", "62%"),
        (
            lambda at: lang.interval(-0.53, 3.48, lang=at),
            f"[{MINUS}0,53 ; 3,48]",
            f"[{MINUS}0.53, 3.48]",
        ),
        (lambda at: lang.mean_sd(63.9, 10.5, lang=at), "63,9 ± 10,5", "63.9 ± 10.5"),
        (lambda at: lang.count_percent(13, 21, lang=at), "13 (62 %)", "13 (62%)"),
        (lambda at: lang.count_percent(0, 0, lang=at), "0 (–)", "0 (–)"),
        (lambda at: lang.date(dt.date(2023, 2, 2), lang=at), "2 février 2023", "February 2, 2023"),
        (lambda at: lang.date(dt.date(2022, 6, 1), lang=at), "1er juin 2022", "June 1, 2022"),
        (lambda at: lang.date(dt.date(2022, 6, 11), lang=at), "11 juin 2022", "June 11, 2022"),
    ],
)
def test_phrases_do_not_break(write, fr, en):
    for text, expected in ((write("fr"), fr), (write("en"), en)):
        assert text.replace(NO_BREAK, " ") == expected
        assert " " not in text


def test_typeset_guards_french_punctuation_only():
    text = "Réponses : « oui » ; sûr ? 5 %"
    assert lang.typeset(text).replace(NO_BREAK, "_") == "Réponses_: «_oui_»_; sûr_? 5_%"
    assert lang.typeset(text, lang="en") == text


def test_unknown_language():
    with pytest.raises(ValueError, match="'de' is unknown; use one of fr, en"):
        lang.number(1, lang="de")


def test_words_ask_for_the_same_values_in_both_languages():
    def blanks(text):
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name)

    fr, en = lang.read_words("fr"), lang.read_words("en")
    assert list(fr) == list(en)
    assert [key for key in fr if blanks(fr[key]) != blanks(en[key])] == []
    assert [key for key in fr if fr[key].count("\n") != en[key].count("\n")] == []


@pytest.mark.parametrize(
    ("body", "message"),
    [("a,x,y\na,z,z\n", "line 3: key 'a' stands twice"), ("a,,y\n", "line 2: key 'a' has no word")],
)
def test_faulty_words_are_named(tmp_path, body, message):
    path = tmp_path / "words.csv"
    path.write_text(f"key,fr,en\n{body}", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        lang.read_words("fr", path)


def test_line_breaks_of_words(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("key,fr,en\na,n :\\n{n},n\n", encoding="utf-8")
    assert lang.read_words("fr", path)["a"] == f"n{NO_BREAK}:\n{{n}}"
