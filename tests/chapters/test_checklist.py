"""The reporting checklist says nothing that the notebooks and the library do not bear out."""

import json

import pandas as pd
import pytest
from helpers import speaking, unchanged

from esslib.chapters.checklist import (
    COLUMNS,
    CodeCell,
    ReportingError,
    checklist,
    read_cells,
    read_reporting,
)
from esslib.display import sentences, tables
from esslib.paths import resolve
from esslib.results import check_result, read_vocabulary
from printed.phrasebook import plain

PATH = resolve("data/codebook/reporting.csv")
# How many items the guidelines have: STROBE for cross-sectional studies with its sub-items; CROSS.
ITEMS = {"STROBE": 32, "CHERRIES": 30, "CROSS": 40, "COSMIN": 24}
CELLS = [CodeCell("01_a", "Une question", 'study.save({"flow": frame})')]


def row(**changes):
    base = {"guideline": "STROBE", "item": "1", "title_fr": "Titre", "title_en": "Title"}
    return {**base, "status": "computed", "where": "01_a:flow", **changes}


def written(tmp_path, *rows):
    path = tmp_path / "reporting.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def reporting():
    return read_reporting(PATH)


def test_every_item_of_every_guideline_is_judged(reporting):
    assert reporting["guideline"].value_counts(sort=False).to_dict() == ITEMS
    assert (reporting.groupby("guideline")["status"].nunique() == 3).all()


def test_every_place_that_computes_exists(reporting):
    with unchanged(reporting):
        found = checklist(reporting, read_cells(resolve("notebooks")))["reporting_checklist"]
    check_result(found, "reporting_checklist", read_vocabulary(PATH.with_name("results.csv")))
    computed = found[found["status"] == "computed"]["where"]
    from_notebooks = computed[~computed.str.startswith("esslib.")]
    assert from_notebooks.str.fullmatch(r"\d\d_\w+, « .+ » : \w+").all()
    others = found["status"] != "computed"
    assert (found["where"][others] == reporting["where"][others]).all()


def test_notebooks_named_in_passing_exist(reporting):
    names = reporting["where"].str.extractall(r"\b(\d\d_[a-z_]+)")[0]
    assert {name for name in names if not resolve(f"notebooks/{name}.ipynb").exists()} == set()


def test_titles_are_short_and_in_both_languages(reporting):
    assert reporting[["title_fr", "title_en"]].apply(lambda c: c.str.len()).max().max() <= 60
    assert (reporting["title_fr"] != reporting["title_en"]).mean() > 0.9


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row(), row()], r"row 3: STROBE 1 stands twice"),
        ([row(status="met")], r"row 2: STROBE 1 has a status other than computed, located, absent"),
        ([row(status="located", where="")], r"STROBE 1 does not say where"),
        ([row(title_en="")], r"STROBE 1 has no title"),
        ([{"guideline": "STROBE"}], r"columns must be guideline, item"),
    ],
    ids=["twice", "status", "where", "title", "columns"],
)
def test_a_faulty_file_is_refused(tmp_path, rows, message):
    with pytest.raises(ReportingError, match=message):
        read_reporting(written(tmp_path, *rows))


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("01_a:items", "no cell of notebook '01_a' saves 'items'"),
        ("02_b:flow", "no cell of notebook '02_b' saves 'flow'"),
        ("esslib.chapters.checklist.nothing", "no function of that name"),
        ("nothing", "no function of that name"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(where, message):
    with pytest.raises(ReportingError, match=message):
        checklist(pd.DataFrame([row(where=where)]), CELLS)


def test_a_function_may_compute_an_item():
    frame = pd.DataFrame([row(where="esslib.chapters.checklist.checklist")])[COLUMNS]
    found = checklist(frame, [])["reporting_checklist"]
    assert found["where"].item() == "esslib.chapters.checklist.checklist"


def test_a_cell_belongs_to_the_last_heading(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# Titre\n", "\n", "## Question"]},
        {"cell_type": "markdown", "source": ["Une phrase."]},
        {"cell_type": "code", "source": ["study.save(\n", '{"flow": f})']},
    ]
    (tmp_path / "01_a.ipynb").write_text(json.dumps({"cells": cells}))
    (found,) = read_cells(tmp_path)
    assert (found.notebook, found.heading) == ("01_a", "Question")
    assert found.writes("flow") and not found.writes("flo")


FOUND = pd.DataFrame(
    [
        ["STROBE", "1a", "Titre ; résumé", "Title", "absent", ""],
        ["STROBE", "2", "Cadre", "Setting", "located", "Méthodes, 1 : lieux"],
        ["CROSS", "1", "Taux", "Rate", "computed", "01_a, « Qui ? » : flow"],
    ],
    columns=COLUMNS,
)


def test_items_are_counted_by_guideline_and_status():
    table = tables.reporting_counts(FOUND, speaking(is_synthetic=True))
    assert table.rows() == [["STROBE", "0", "1", "1", "2"], ["CROSS", "1", "0", "0", "1"]]
    assert table.mark == ""
    assert sentences.reporting_status(FOUND, speaking()).startswith(
        "Sur 3 items, 1 sont calculés ici, 1 se"
    )


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [("fr", "1a · Titre ; résumé", "01_a, « Qui ? » : flow"), ("en", "1a · Title", "01_a: flow")],
    ids=["fr", "en"],
)
def test_every_item_is_listed_under_its_guideline(lang, first, last):
    table = tables.reporting_checklist(FOUND, speaking(lang))
    rows = [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in table.rows()]
    assert rows[0] == [first, "absent", "–"]
    assert rows[2][2] == last
    assert table.sections == ("STROBE", "STROBE", "CROSS")


def test_every_place_in_the_thesis_has_an_english_name(reporting):
    printed = pd.read_csv(resolve("data/published/published.csv"), dtype=str)["where"]
    judged = reporting.loc[reporting["status"].ne("computed"), "where"]
    named = judged[judged.ne("") & ~judged.str.startswith("esslib.")]
    places = {*printed, *named}
    find = speaking("en").find
    assert [place for place in places if not find(f"where-{plain(place)}")] == []


@pytest.mark.parametrize("make", [tables.reporting_counts, tables.reporting_checklist])
def test_tables_of_the_checklist_need_their_columns(make):
    with pytest.raises(ValueError, match="no column 'status'"):
        make(FOUND.drop(columns="status"), speaking())
