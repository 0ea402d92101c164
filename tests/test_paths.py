"""Where files stand, and how they come to stand there whole."""

import os

import pytest

from esslib.paths import MissingInputError, prepare, project_root, require, resolve
from printed.files import replacing, write_atomically


def test_paths_start_at_the_project_wherever_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert resolve("esslib/paths.py").is_file()
    assert resolve(tmp_path) == tmp_path


def test_a_missing_input_names_its_notebook(monkeypatch, tmp_path):
    with pytest.raises(MissingInputError, match=r"none\.csv is missing.*01_cleaning"):
        require("none.csv", written_by="01_cleaning")
    monkeypatch.setenv("ESSLIB_ROOT", str(tmp_path))
    assert project_root() == tmp_path
    with pytest.raises(MissingInputError, match=r"pyproject\.toml is not among the inputs"):
        require("pyproject.toml", written_by="01_cleaning")
    prepare("a/b/c.csv").write_text("x")
    assert require("a/b/c.csv", written_by="01_cleaning").read_text() == "x"


@pytest.mark.parametrize(("old", "new"), [("old", "new \ud800"), (b"old", None)])
def test_an_atomic_write_leaves_the_old_file_when_it_fails(tmp_path, old, new):
    path = write_atomically(tmp_path / "a" / "a.txt", old)
    with pytest.raises((UnicodeEncodeError, TypeError)):
        write_atomically(path, new)
    assert path.read_text() == "old"
    assert [*path.parent.iterdir()] == [path]


def test_what_is_being_written_shows_only_when_it_is_whole(tmp_path):
    path = write_atomically(tmp_path / "a.txt", "old\n")
    with replacing(path) as part:
        part.write_text("new")
        assert path.read_bytes() == b"old\n"
    assert path.read_text() == "new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o022, 0o644)])
def test_who_may_read_a_file_is_left_to_who_runs_the_program(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        path = write_atomically(tmp_path / "a.csv", "1")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == mode
