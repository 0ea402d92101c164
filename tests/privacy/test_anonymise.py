"""The copy that can be shared: k-anonymous, and still an export."""

import pytest
from helpers import read_answers

from esslib.paths import resolve
from esslib.privacy.anonymise import DROPPED, anonymise, main
from esslib.privacy.disclosure import risk
from esslib.survey.classes import compared_groups
from esslib.survey.cleaning import clean, included
from esslib.survey.writer import write_export

EXPORT = resolve("data/raw/synthetic_export.csv")
KNOWN = ("age_years", "gender", "departement", "tool", "profession", "activity")


@pytest.fixture(scope="module")
def answers(codebook):
    return read_answers(EXPORT, codebook)


@pytest.mark.parametrize("k", [2, 5, 10])
def test_everybody_is_one_of_k_as_the_pipeline_reads_the_copy(codebook, answers, tmp_path, k):
    copy, _ = anonymise(answers, codebook, k=k)
    again = read_answers(write_export(copy, tmp_path / "copy.csv", codebook), codebook)
    tidy = clean(again, codebook)
    people = included(tidy)

    assert len(people) == len(tidy) == len(copy) > 60
    assert risk(people, min_count=k, sets=[KNOWN])["k"].item() >= k


def test_who_stays_keeps_group_class_and_answers(codebook, answers):
    before = included(clean(answers, codebook))
    copy, changes = anonymise(answers, codebook)
    after = clean(copy, codebook)
    left_out = changes.set_index("change")["n"].filter(like="left out").sum()

    assert len(after) == len(answers) - left_out
    items = codebook.items
    assert {*copy[items].agg("|".join, axis=1)} <= {
        *answers[items].fillna("").agg("|".join, axis=1)
    }
    for contrast in compared_groups(after, codebook, definition="methods").items():
        old = compared_groups(before, codebook, definition="methods")[contrast[0]].value_counts()
        assert (old.sub(contrast[1].value_counts(), fill_value=0) >= 0).all()


def test_no_free_text_no_town_no_exact_postcode(codebook, answers):
    copy, _ = anonymise(answers, codebook)
    labels = {*codebook.tools["label_fr"]}
    assert copy[["town", "usual_messenger_other", "correspondents_other"]].isna().all(axis=None)
    assert {*copy["usual_tool_other"].dropna()} <= labels
    assert copy["postcode"].dropna().str.endswith("000").all()
    assert copy["age_years"].nunique() <= 8
    assert {"town", "usual_tool_other"} <= {*DROPPED}


def test_the_order_of_the_rows_says_nothing(codebook, answers):
    copy, _ = anonymise(answers, codebook)
    turned, _ = anonymise(answers.iloc[::-1], codebook)
    assert copy.equals(turned)


def test_the_command_reports_what_changed(tmp_path, capsys):
    assert main([str(EXPORT), str(tmp_path / "copy.csv"), "--k", "5"]) == 0
    said = capsys.readouterr().out
    assert "postcode cut down to the département 81" in said
    assert "k = 5" in said
    assert main([str(tmp_path / "none.csv"), str(tmp_path / "copy.csv")]) == 1
