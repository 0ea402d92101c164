"""Messages: words from a catalogue, numbers and names as the reader knows them, faults named."""

import pytest

from printed.messages import Catalogue, Listed, Name, say
from printed.numerals import NO_BREAK

ENGLISH = """
met = { $n ->
    [one] { $n } row of { $group } has { $value }
   *[other] { $n } rows of { $group } have { $value }
}
    .note = a note
comma = { ", " }
way = by truncation
    .code = trunc
list = read { $way }: { $parts }
"""
FRENCH = """
met = { $n ->
    [one] { $n } ligne de { $group } a { $value }
   *[other] { $n } lignes de { $group } ont { $value }
}
comma = { " et " }
way = par troncature
list = lu { $way } : { $parts }
"""


@pytest.fixture
def catalogue(tmp_path):
    (tmp_path / "en.ftl").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "fr.ftl").write_text(FRENCH, encoding="utf-8")
    return Catalogue(tmp_path)


@pytest.mark.parametrize(
    ("n", "lang", "text"),
    [
        (0, "fr", "0 ligne de utilisateurs a −1,5"),
        (1, "en", "1 row of utilisateurs has −1.5"),
        (2, "fr", "2 lignes de utilisateurs ont −1,5"),
        (1648, "fr", "1648 lignes de utilisateurs ont −1,5"),
        (0, "", "0 rows of users have -1.5"),
    ],
)
def test_a_message_for_its_reader(catalogue, n, lang, text):
    message = say("met", n=n, group=Name("users"), value="-1.5")
    assert catalogue.text(message, lang=lang, labels={"users": "utilisateurs"}) == text


def test_names_without_labels_and_codes_for_programs(catalogue):
    message = say("list", way=say("way"), parts=Listed([Name("users"), say("way"), 3, "0.5"]))
    assert catalogue.text(message) == "read trunc: users, trunc, 3, 0.5"
    assert catalogue.text(message, lang="en") == "read by truncation: users, by truncation, 3, 0.5"
    french = catalogue.text(message, lang="fr", labels={})
    assert french == f"lu par troncature{NO_BREAK}: users et par troncature et 3 et 0,5"


def test_words_for_people_with_a_count(catalogue):
    said = catalogue.say("met", lang="fr", n=12345, group="tous", value="1,5")
    assert said == "12345 lignes de tous ont 1,5"
    assert catalogue.say("met-note", lang="en") == "a note"
    assert catalogue.knows("met-note", lang="en") and not catalogue.knows("met-note", lang="fr")
    assert not catalogue.knows("other", lang="fr")


def test_long_facts_stay_whole(catalogue):
    parts = Listed([str(number) for number in range(3000)])
    text = catalogue.text(say("list", way=say("way"), parts=parts))
    assert text == "read trunc: " + ", ".join(map(str, range(3000)))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"message": "other"}, "fr.ftl: there is no message 'other'"),
        ({"message": "met-note"}, "fr.ftl: there is no message 'met-note'"),
        ({"message": "met", "n": 1, "group": "x"}, "fr.ftl, message 'met': .*value"),
        ({"message": "way", "lang": "de"}, "lang: 'de' is unknown"),
    ],
)
def test_what_cannot_be_said(catalogue, given, message):
    name, lang = given.pop("message"), given.pop("lang", "fr")
    with pytest.raises(ValueError, match=message):
        catalogue.say(name, lang=lang, **given)


@pytest.mark.parametrize(
    ("source", "message"),
    [("a = b\n\n{ = c\n", "fr.ftl, line 3: "), ("a = b\na = c\n", "message 'a' stands twice")],
)
def test_faulty_files(tmp_path, source, message):
    (tmp_path / "fr.ftl").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        Catalogue(tmp_path).say("a", lang="fr")


def test_a_message_without_words(tmp_path):
    (tmp_path / "fr.ftl").write_text("a =\n    .note = c\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"fr\.ftl: there is no message 'a'"):
        Catalogue(tmp_path).say("a", lang="fr")
