"""How an export was read: each text with its level, typed tools and places that nothing locates."""

from helpers import answers_of, written

from esslib.survey.export import read_export
from esslib.survey.how_read import how_read


def reading_of(codebook, tmp_path, *people, **columns):
    path = tmp_path / "e.csv"
    written(answers_of(codebook, *people), codebook).assign(N="1", **columns).to_csv(
        path, sep=";", index=False
    )
    return how_read(read_export(path, codebook), codebook)


def texts(reading, variable):
    rows = reading[(reading["part"] == "answer") & (reading["variable"] == variable)]
    return rows[["text", "level", "method", "n"]].values.tolist()


def test_each_text_is_counted_with_its_level(codebook, tmp_path):
    people = ({}, {"gender": "male"}, {"zone": "rural|zip"})
    reading = reading_of(codebook, tmp_path, *people, Genre=["Féminin", "H", "féminin"])
    assert sorted(texts(reading, "gender")) == [
        ["Féminin", "gender.female", "label", 1],
        ["H", "gender.male", "pattern", 1],
        ["féminin", "gender.female", "label", 1],
    ]
    assert ["Rurale ; ZIP", "zone.rural|zone.zip", "parts", 1] in texts(reading, "zone")
    assert reading.loc[reading["part"] == "left_out", "heading"].tolist() == ["N"]
    file = reading[reading["part"] == "file"].set_index("method")["text"]
    assert file["encoding"] == "UTF-8"
    assert file["separator"] == ";"


def test_a_typed_tool_that_nobody_listed_is_named(codebook, tmp_path):
    typed = [{"usual_tool": "other", "usual_tool_other": text} for text in ("Olvid", "HEALPHI")]
    reading = reading_of(codebook, tmp_path, *typed)
    assert sorted(texts(reading, "usual_tool_other")) == [
        ["HEALPHI", "healphi", "typed", 1],
        ["Olvid", "unlisted", "typed", 1],
    ]


def test_places_that_nothing_locates_are_counted_and_named(codebook, tmp_path):
    places = ("5,9E+04", "2000 Anvers", "2000 Anvers", "59000")
    reading = reading_of(codebook, tmp_path, *({"postcode": each} for each in places))
    notices = reading[reading["part"] == "notice"].set_index("text")["n"]
    assert notices.to_dict() == {"2000 Anvers": 2, "5,9E+04": 1}
    assert set(reading.loc[reading["part"] == "notice", "method"]) == {"not_placed"}
