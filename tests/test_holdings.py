"""What a study holds: rows at hand or on disk, what the project keeps, who writes what lacks."""

import pandas as pd
import pytest

from esslib.paths import MissingInputError
from esslib.study import open_study
from printed.consistency import read_links

EXPORT = "data/raw/synthetic_export.csv"
TIDY = pd.DataFrame({"excluded_because": [None, "duplicate"], "age_years": [41.0, 52.0]})


@pytest.fixture
def study():
    return open_study(export=EXPORT)


def test_the_project_keeps_what_no_export_holds(study):
    assert study.read("recruitment")["step"].tolist()[0] == "invited"
    assert study.read("published")["id"].is_unique
    assert "n_cohorts" in study.read("instrument_ranges")
    assert open_study(export="data/private/other.csv").read("recruitment").empty


def test_the_export_is_read_under_the_names_of_the_codebook(study):
    survey = study.read("export")
    assert set(study.codebook.items) <= set(survey.answers)


def test_people_are_those_included(study, tmp_path, monkeypatch):
    monkeypatch.setenv("ESSLIB_ROOT", str(tmp_path))
    study.save({"tidy": TIDY})
    assert study.read("people")["age_years"].tolist() == [41.0]


def test_a_name_that_is_unknown_is_refused(study):
    with pytest.raises(ValueError, match="knows no 'group_tests'; it reads export, tidy"):
        study.read("group_tests")


def test_what_one_notebook_reads_it_reads_by_a_function_of_its_own(study):
    assert study.read("links", by=read_links)["kind"].ne("").all()
    assert study.read("notebooks", by=lambda folder: folder.name) == "notebooks"
    with pytest.raises(ValueError, match=r"study\.read\('conclusions'\) needs by="):
        study.read("conclusions")
    with pytest.raises(ValueError, match="by= reads links, conclusions, reporting, notebooks"):
        study.read("tidy", by=pd.read_parquet)


def test_rows_are_kept_and_not_handed_back(study, tmp_path, monkeypatch):
    monkeypatch.setenv("ESSLIB_ROOT", str(tmp_path))
    assert study.save({"tidy": TIDY}) == {}
    assert study.release({"tidy": TIDY}) == {}
    assert study.run(lambda: {"scored": TIDY}, kept=False) == {}


def test_what_has_not_been_written_names_its_notebook(study, tmp_path, monkeypatch):
    monkeypatch.setenv("ESSLIB_ROOT", str(tmp_path))
    with pytest.raises(MissingInputError, match=r"scored\.parquet"):
        study.read("scored")
