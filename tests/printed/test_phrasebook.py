"""Messages: the words of a language by name, facts as they are given, faults named."""

import math

import numpy as np
import pytest

from printed.numerals import NO_BREAK
from printed.phrasebook import Counted, phrasebook, plain

ENGLISH = """
met = { $n ->
    [0] no row has { $value }
    [one] { $n } row has { $value }
   *[other] { $n } rows have { $value }
}
    .note = a note
two = { $n ->
    [one] { $n } cohort
   *[other] { $n } cohorts
}, { $failed ->
    [0] none failed
   *[other] { $failed } failed
}: { $label }
-score = the score
axis = { -score } ({ met.note })
whole = { two }
comma = { ", " }
way = by truncation
    .code = trunc
list = read { $way }: { $parts }
only-here = x
"""
FRENCH = """
met = { $n ->
    [0] aucune ligne n'a { $value }
    [one] { $n } ligne a { $value }
   *[other] { $n } lignes ont { $value }
}
    .note = « une note » !
two = { $n ->
    [one] { $n } cohorte
   *[other] { $n } cohortes
} ; { $failed ->
    [0] aucun échec
    [one] { $failed } échec
   *[other] { $failed } échecs
} : { $label }
-score = { $case ->
    [de] du score
   *[le] le score
}
axis = { -score } ({ met.note }), { -score(case: "de") }
whole = { two }
comma = { " ; " }
way = par troncature
list = lu { $way } : { $parts }
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "en.ftl").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "fr.ftl").write_text(FRENCH, encoding="utf-8")
    return tmp_path


@pytest.fixture
def french(folder):
    return phrasebook("fr", folder)


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "aucune ligne n'a x ; y"),
        (1, "1 ligne a x ; y"),
        (6912, "6912 lignes ont x ; y"),
        (np.int64(2), "2 lignes ont x ; y"),
        (Counted(1234, "1 234"), "1 234 lignes ont x ; y"),
        (Counted(1.5, "1,5"), "1,5 ligne a x ; y"),
        (Counted(math.nan, "–"), "– lignes ont x ; y"),
        ("–", "– lignes ont x ; y"),
    ],
)
def test_the_value_chooses_and_the_text_is_printed(french, n, text):
    assert french.say("met", n=n, value="x ; y", unused="z") == text


def test_two_counts_and_french_spaces_in_the_words_only(french):
    said = french.say("two", n=1, failed=2, label="a : b")
    assert said == f"1 cohorte{NO_BREAK}; 2 échecs{NO_BREAK}: a : b"
    assert french.say("whole", n=1, failed=2, label="a : b") == said
    note = f"«{NO_BREAK}une note{NO_BREAK}»{NO_BREAK}!"
    assert french.say("axis") == f"le score ({note}), du score"
    assert french.say("comma") == f"{NO_BREAK}; "


def test_a_language_of_its_own(folder):
    said = phrasebook("en", folder).say("two", n=0, failed=0, label="x")
    assert said == "0 cohorts, none failed: x"


def test_facts_of_any_length_and_look(french):
    texts = ("x" * 5000, "{ $n }", "\ue000n\ue001", "", " ", "a\nb", "\\u0041", "\u2068x\u2069")
    for text in texts:
        assert french.say("met", n=1, value=text) == f"1 ligne a {text}"


def test_computed_names(french):
    assert french.say("met-note") == french.say_or("met-note", "x") != "x"
    assert french.say_or("met-other", "x : y") == "x : y"
    assert (
        french.has("met-note")
        and not french.has("met.note")
        and not french.has("-score")
        and not french.has("")
    )
    assert plain("Méthodes 1 d") != plain("Méthodes, 1 d")


def test_files_are_read_once(folder):
    french = phrasebook("fr", folder)
    (folder / "fr.ftl").unlink()
    assert french is phrasebook("fr", folder)
    assert french.say("comma") == f"{NO_BREAK}; "


def test_several_folders(folder, tmp_path_factory):
    own = tmp_path_factory.mktemp("own")
    (own / "fr.ftl").write_text("own = { way }, { -score }", encoding="utf-8")
    assert phrasebook("fr", folder, own).say("own") == "par troncature, le score"
    (own / "fr.ftl").write_text("met-note = x", encoding="utf-8")
    with pytest.raises(ValueError, match=r"fr.ftl: message 'met-note' stands twice; keep one\."):
        phrasebook("fr", own, folder).say("met")


@pytest.mark.parametrize(
    ("name", "facts", "message"),
    [
        ("mett", {}, "fr.ftl: there is no message 'mett'; the nearest is 'met'."),
        ("zzzzzz", {}, "fr.ftl: there is no message 'zzzzzz'; none is near."),
        ("only-here", {}, "fr.ftl: there is no message 'only-here'; none is near."),
        ("met", {"n": 0}, r"fr.ftl, message 'met': facts \['value'\] are missing; given: \['n'\]"),
        ("whole", {"n": 1, "failed": 0}, "message 'whole': label is missing"),
        ("whole", {"n": 1, "label": ""}, "message 'whole': Unknown external: failed"),
        ("met", {"n": 1.5, "value": ""}, "n is 1.5; give a text, a whole number or a Counted"),
        ("met", {"n": 1, "value": None}, "value is None; give a text"),
        ("met", {"n": "1", "value": ""}, "n chooses a plural; give a Counted, not '1'"),
    ],
)
def test_what_cannot_be_said(french, name, facts, message):
    with pytest.raises(ValueError, match=message):
        french.say(name, **facts)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a = b\n\n{ = c\n", "fr.ftl, line 3: "),
        ("a = b\na = c\n", "message 'a' stands twice"),
        ("a = { b }", "message 'a': Unknown message: b"),
        ("a = { -b }", "message 'a': Unknown term: -b"),
        ("a = x { b }\nb = x { a }", "message 'a': Cyclic reference"),
        ("b = c\n", "no message 'a'"),
        ("a =\n    .b = c\n", "no message 'a'"),
    ],
)
def test_faulty_files(tmp_path, source, message):
    (tmp_path / "fr.ftl").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        phrasebook("fr", tmp_path).say("a")


def test_an_unknown_language(tmp_path):
    with pytest.raises(ValueError, match="lang: 'de' is unknown"):
        phrasebook("de", tmp_path)
