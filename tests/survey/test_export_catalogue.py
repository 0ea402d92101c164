"""Every case of the catalogue has the outcome that it must have; see `tests/catalogue.py`."""

import shutil

import pandas as pd
import pytest
from catalogue import AGE, ANALYSED, CASES, PEOPLE, TOWN, cell, check, csv, xlsx
from helpers import LONG_HEADINGS, answers_of, read_answers, written

from esslib.paths import resolve
from esslib.run.graph import make_plan
from esslib.run.notebook import RunError
from esslib.run.steps import tasks
from esslib.survey.cleaning import clean
from esslib.survey.codebook import records
from esslib.survey.export import ExportError, delimited, limits, read_export


@pytest.mark.parametrize("case", [name for name in CASES if name not in ANALYSED])
def test_reading(case, tmp_path):
    assert check(case, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("case", ANALYSED)
def test_analysis(case, tmp_path):
    assert check(case, tmp_path)


def test_the_catalogue_is_long_enough():
    assert len(CASES) >= 150


@pytest.fixture(scope="module")
def answers(codebook):
    return answers_of(codebook, *PEOPLE)


@pytest.fixture(scope="module")
def good(codebook, answers):
    return written(answers, codebook)


def save(tmp_path, data):
    path = tmp_path / ("export.xlsx" if data.startswith(b"PK") else "export.csv")
    path.write_bytes(data)
    return path


def test_limits_can_be_raised(codebook, good, tmp_path, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "columns", 40)
    path = save(tmp_path, csv(good))
    with pytest.raises(
        ExportError, match=r"46 columns, the limit is 40: .*ESSLIB_EXPORT_LIMITS=2,"
    ):
        read_export(path, codebook)
    monkeypatch.setenv(limits.FACTOR, "2")
    assert len(read_export(path, codebook).answers) == len(PEOPLE)
    monkeypatch.setenv(limits.FACTOR, "many")
    with pytest.raises(ExportError, match="ESSLIB_EXPORT_LIMITS='many': expected a number"):
        read_export(path, codebook)


def test_a_text_that_many_cells_share_counts_for_each(codebook, good, tmp_path, monkeypatch):
    """Workbooks keep a text once: a small one can stand for gigabytes of cells."""
    path = save(tmp_path, xlsx(good.assign(**{TOWN: "x" * 30_000})))
    monkeypatch.setitem(limits.LIMITS, "bytes once unpacked", 100_000)
    with pytest.raises(ExportError, match="bytes once unpacked, the limit is 100,000"):
        read_export(path, codebook)


def test_a_large_file_is_refused_before_it_is_read(codebook, good, tmp_path):
    path = save(tmp_path, csv(good))
    with path.open("r+b") as file:
        file.truncate((4 << 30) + 1)  # a hole, which takes no room
    with pytest.raises(ExportError, match=r"export\.csv has 4,294,967,297 bytes, the limit is"):
        read_export(path, codebook)


# -- a whole run


@pytest.mark.long
@pytest.mark.slow
def test_a_run_on_an_erroneous_export_writes_nothing(project, good):
    """The notebook that reads the export is the compendium's own, and so is the codebook."""
    for name in ("codebook", "locale", "map", "published", "raw"):
        shutil.copytree(resolve("data") / name, project.path("data", name))
    shutil.copy(resolve("notebooks/01_cleaning.ipynb"), project.path("notebooks"))
    export = project.path("data/private/survey.csv")
    export.parent.mkdir()
    export.write_bytes(csv(good.assign(Genre="?", **{AGE: "120", TOWN: "Lens"})))
    plan = make_plan(project.root, out="build/x", settings={"export": "data/private/survey.csv"})
    notebook = next(tasks(plan))
    message = (
        r"(?s)01_cleaning stopped in cell.*ExportError: 8 problem\(s\) in the export; correct them in "
        r"a copy.*rows 2-5, column 'Âge \(années\)': '120' is not valid; expected a number from 18 to 99"
        r".*\n2 problem\(s\) in survey\.csv, all listed in .*survey\.csv\.problems\.csv$"
    )
    with pytest.raises(RunError, match=message):
        notebook.run()
    assert not notebook.is_current()
    written = {name for name in project.files("build/x") if "failed" not in name}
    assert {name for name in written if not name.endswith((".lock", ".gitignore"))} == set()


# -- what is no change to the good export


@pytest.mark.parametrize("place", ["nowhere.csv", "."])
def test_no_such_file(codebook, tmp_path, place):
    with pytest.raises(ExportError, match=r"cannot read .* \(.*\): give the path"):
        read_export(tmp_path / place, codebook)


@pytest.mark.parametrize("name", ["e.xlsx", "e.txt", "e"])
def test_the_content_counts_and_not_the_name(codebook, answers, good, tmp_path, name):
    for data in (csv(good), xlsx(good)):
        path = tmp_path / name
        path.write_bytes(data)
        pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_one_respondent(codebook, answers, good, tmp_path):
    found = read_answers(save(tmp_path, csv(good.head(1))), codebook)
    pd.testing.assert_frame_equal(found, answers.head(1))


def test_duplicated_respondents_are_marked(codebook, good, tmp_path):
    data = csv(pd.concat([good, good.iloc[[1, 1]]]))
    tidy = clean(read_answers(save(tmp_path, data), codebook), codebook)
    assert tidy.index[tidy["excluded_because"] == "duplicate"].tolist() == [6, 7]


@pytest.mark.parametrize("label", ["name", "label_en"])
def test_other_labels(codebook, answers, tmp_path, label):
    path = save(tmp_path, csv(written(answers, codebook, label=label)))
    pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_long_wording(codebook, answers, good, tmp_path):
    long = {row["label_fr"]: LONG_HEADINGS.get(row["name"]) for row in records(codebook.variables)}
    frame = good.rename(columns={short: text for short, text in long.items() if text})
    path = save(tmp_path, csv(frame))
    pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_a_row_without_end_is_refused(codebook, good, tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK", 2000)
    with pytest.raises(ExportError, match="a quotation mark that never closes"):
        read_export(save(tmp_path, csv(cell(good, 3, TOWN, "x" * 10_000))), codebook)
