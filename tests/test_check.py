"""The check of an export by hand: all problems at once, each text once, on the screen and in a file."""

import pandas as pd
import pytest
from helpers import answers_of, written

from esslib.check import main, problems_file
from esslib.paths import resolve


@pytest.fixture
def good(codebook):
    return written(answers_of(codebook, {}, {"town": "Béthune"}, {"gender": "male"}), codebook)


def save(frame, tmp_path):
    path = tmp_path / "export.csv"
    frame.to_csv(path, sep=";", index=False)
    return path


def test_a_good_export_has_no_problem(good, tmp_path, capsys):
    path = save(good, tmp_path)
    assert main([str(path)]) == 0
    assert "every heading and every answer is understood" in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == ["export.csv"]


def test_headings_and_cells_are_found_at_once(good, tmp_path, capsys):
    frame = good.drop(columns="Aisance informatique").assign(Genre="Feminine", Ville="Lens")
    path = save(frame.assign(**{"Âge (années)": ["41", "7", "7"]}), tmp_path)
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    for part in (
        "no column for it_skill (Aisance informatique)",
        "rows 2-4, column 'Genre': 'Feminine' is not valid; did you mean 'Féminin'?",
        "rows 3-4, column 'Âge (années)': '7' is not valid; expected a number from 18 to 99",
        f"3 problem(s) in export.csv, all listed in {path}.problems.csv",
    ):
        assert part in said
    kept = pd.read_csv(f"{path}.problems.csv", dtype=str, keep_default_na=False)
    assert list(kept) == ["heading", "rows", "n", "value", "expected"]
    assert kept[["heading", "rows", "n", "value"]].values.tolist()[1:] == [
        ["Genre", "2-4", "3", "Feminine"],
        ["Âge (années)", "3-4", "2", "7"],
    ]


def test_what_is_no_table_is_one_problem(tmp_path, capsys):
    path = tmp_path / "export.csv"
    path.write_bytes(b"")
    assert main([str(path)]) == 1
    assert "export.csv is empty" in capsys.readouterr().out


def test_rows_that_are_no_responses_or_are_excluded_are_named(good, tmp_path, capsys):
    frame = pd.concat([good, good.tail(1)])
    assert main([str(save(frame, tmp_path))]) == 0
    assert "duplicate: 1 (rows 5)" in capsys.readouterr().out


def test_problems_never_stand_where_git_looks():
    assert problems_file(resolve("data/raw/synthetic_export.csv")).parent == resolve("build")
    private = resolve("data/private/survey.csv")
    assert problems_file(private).parent in (private.parent, resolve("build"))
