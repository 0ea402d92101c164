"""Files that look like respondents' rows are refused, whatever they are called."""

import json
import shutil
import subprocess

import pandas as pd
import pytest
from helpers import LONG_HEADINGS, answers_of, tidy_of, written

from esslib.paths import resolve
from esslib.privacy.guard import main, suspicion


@pytest.fixture
def answers(codebook):
    return answers_of(codebook, {}, {"age_years": "52"})


def notebook(html):
    output = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
    return json.dumps({"cells": [{"cell_type": "code", "source": "", "outputs": [output]}]})


WRITERS = {
    "export.csv": lambda a, c, p: written(a, c).to_csv(p, sep=";"),
    "English labels.csv": lambda a, c, p: written(a, c, label="label_en").to_csv(p),
    "long headings.csv": lambda a, c, p: a.rename(columns=LONG_HEADINGS).to_csv(p, sep="\t"),
    "utf16.txt": lambda a, c, p: written(a, c).to_csv(p, sep="\t", encoding="utf-16"),
    "title above.csv": lambda a, c, p: p.write_text("Résultats\n\n" + a.to_csv(index=False)),
    "export.xlsx": lambda a, c, p: written(a, c).to_excel(p, index=False),
    "two sheets.xlsx": lambda a, c, p: _second_sheet(written(a, c), p),
    "tidy.csv": lambda a, c, p: tidy_of(c, {}).to_csv(p),
    "tidy.parquet": lambda a, c, p: tidy_of(c, {}).to_parquet(p),
    "scored.parquet": lambda a, c, p: pd.DataFrame({"row": [2], "ess_total": [61.5]}).to_parquet(p),
    "shown.ipynb": lambda a, c, p: p.write_text(notebook(written(a, c).to_html())),
    "printed.ipynb": lambda a, c, p: p.write_text(notebook(tidy_of(c, {}).to_string())),
    "page.html": lambda a, c, p: p.write_text(written(a, c).to_html()),
}


def _second_sheet(frame, path):
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"note": ["x"]}).to_excel(book, sheet_name="first")
        frame.to_excel(book, sheet_name="second", index=False)


@pytest.mark.parametrize("name", WRITERS)
def test_rows_of_respondents_are_refused(codebook, answers, tmp_path, name):
    path = tmp_path / name
    WRITERS[name](answers, codebook, path)
    assert suspicion(path, codebook)


def test_a_name_may_say_that_the_rows_are_synthetic(codebook, answers, tmp_path):
    path = tmp_path / "synthetic_export.csv"
    written(answers, codebook).to_csv(path, sep=";")
    assert suspicion(path, codebook) is None


@pytest.mark.parametrize("path", ["data/private/README.md", "build/2027/figures/map.png"])
def test_nothing_from_a_private_folder_passes(codebook, path):
    assert "stay out of git" in suspicion(resolve(path), codebook)


def test_a_figure_of_a_real_cohort_is_refused(codebook, tmp_path):
    path = tmp_path / "map.svg"
    path.write_text('<svg><g id="withheld"/></svg>')
    assert "real cohort" in suspicion(path, codebook)


def test_a_file_that_cannot_be_read_is_refused(codebook, tmp_path):
    path = tmp_path / "survey.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    assert "cannot be read" in suspicion(path, codebook)


@pytest.mark.slow
def test_all_that_git_keeps_passes():
    git = shutil.which("git")
    if git is None or not resolve(".git").exists():
        pytest.skip("no git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=resolve("."), capture_output=True, check=True
    )
    files = [resolve(name) for name in listed.stdout.decode().split("\0") if name]
    assert main([str(path) for path in files if path.is_file()]) == 0


def test_the_command_names_file_and_reason(codebook, answers, tmp_path, capsys):
    path = tmp_path / "survey.csv"
    written(answers, codebook).to_csv(path, sep=";")
    assert main([str(path)]) == 1
    assert "survey.csv looks like respondents' rows" in capsys.readouterr().err


def test_git_ignores_what_is_private():
    git = shutil.which("git")
    if git is None or not resolve(".git").exists():
        pytest.skip("no git checkout")
    private = ["data/private/survey.xlsx", "data/interim/tidy.parquet", "build/x/results/flow.csv"]
    done = subprocess.run(
        [git, "check-ignore", *private], cwd=resolve("."), capture_output=True, check=False
    )
    assert done.stdout.decode().split() == private
