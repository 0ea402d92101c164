"""The audit in French: every sentence translated, numbers with commas, names as labels."""

import re
from pathlib import Path

import pandas as pd
import pytest

from printed.audit import audit, read_links
from printed.phrases import localised, read_phrases
from printed.published import read_published

FOLDER = Path(__file__).parents[2] / "data" / "published"
ENGLISH = re.compile(
    r"\b(the|of|in|and|with|is|are|has|give|gives|at|by|no|none|to|from|people|rows?|table|tables"
    r"|printed|prints|sum|group|least|most|estimate|interval|other|or|any)\b"
)


@pytest.fixture(scope="module")
def found():
    links = read_links(FOLDER / "links.csv")
    return audit(read_published(FOLDER / "published.csv"), links)


@pytest.fixture(scope="module")
def phrases():
    return read_phrases(FOLDER / "phrases_fr.csv")


def test_no_english_is_left(found, phrases):
    labels = {name: "X" for where in found["where"] for name in where.split(".")}
    french = localised(found, phrases, {"users": "utilisateurs", "non_users": "autres", **labels})
    for column in ("proof", "expected"):
        left = [text for text in french[column] if ENGLISH.search(text)]
        assert left == []
        assert not french[column].str.contains(r"\d\.\d|  ", regex=True).any()


def test_other_columns_and_the_input_stay(found, phrases):
    before = found.copy()
    french = localised(found, phrases, {})
    same = ["check", "where", "printed", "verdict"]
    pd.testing.assert_frame_equal(french[same], found[same])
    pd.testing.assert_frame_equal(found, before)


def test_labels_and_commas(found, phrases):
    labels = {"zone.zac": "ZAC", "users": "utilisateurs", "non_users": "non-utilisateurs"}
    french = localised(found, phrases, labels)
    row = french[french["where"].str.startswith("tableau_1.zone.zip")].iloc[0]
    assert "ZAC (7) + zone.zar (2)" in row["expected"]
    direction = french.loc[french["check"] == "score_direction", "proof"].item()
    assert direction.startswith("utilisateurs : 63,9 ; non-utilisateurs : 47,3")


def test_english_has_no_technical_name_left(found, codebook):
    tables = ("groups", "variables", "tableau_1", "contrasts")
    labels = {k: v for table in tables for k, v in codebook.labels(table, lang="en").items()}
    labels |= dict(
        zip(codebook.covariates["covariate"], codebook.covariates["label_en"], strict=True)
    )
    labels |= {f"ess_points.{code}": code.replace("_", " ") for code in codebook.points}
    english = localised(found, read_phrases(FOLDER / "phrases_en.csv"), labels, lang="en")
    for column in ("proof", "expected"):
        assert [text for text in english[column] if re.search(r"[a-z]_[a-z]", text)] == []
        assert not english[column].str.contains(r"\d,\d|(?<![\w.])-\d", regex=True).any()


def test_an_unknown_sentence_stays(phrases):
    frame = pd.DataFrame({"expected": ["x"], "proof": ["Something else, 1.5"]})
    assert localised(frame, phrases, {})["proof"].item() == "Something else, 1,5"


def test_longer_names_come_first_and_missing_words_stay_text(tmp_path):
    path = tmp_path / "phrases.csv"
    path.write_text("pattern,french\nsum,NA\n1,2\nlast,\n", encoding="utf-8")
    phrases = read_phrases(path)
    assert phrases["french"].tolist() == ["NA", "2", ""]
    labels = {"a": "short", "a-b": "long", "b": "other"}
    frame = pd.DataFrame({"proof": ["sum of a-b, a and b last"]})
    assert localised(frame, phrases, labels)["proof"].item() == "NA of long, short and other "


@pytest.mark.parametrize(
    ("text", "message"),
    [("pattern,french\n(,x\n", "line 2: missing"), ("pattern\nx\n", "has 1 columns")],
)
def test_errors_of_phrases(tmp_path, text, message):
    path = tmp_path / "phrases.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_phrases(path)
