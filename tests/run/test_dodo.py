"""The commands that people type: doit, make, papermill, jupyter execute."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from io import StringIO
from types import SimpleNamespace

import pytest

from esslib.paths import resolve

NO_OP_SECONDS = 1.5
HEAVY = {"pandas", "numpy", "papermill", "nbconvert", "nbformat", "matplotlib", "IPython"}


def call(*words, cwd, check=True):
    """Run a command with this checkout's library, and return what it said."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(resolve(".")), str(cwd)])}
    return subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, text=True, check=check
    )


def command(*words, cwd, check=True):
    """Run a command of the environment's Python."""
    return call(sys.executable, "-m", *words, cwd=cwd, check=check)


def processor_seconds():
    """Processor time of the commands so far: unlike the clock's, it ignores other programs."""
    times = os.times()
    return times.children_user + times.children_system


def test_nothing_heavy_is_imported_to_find_out_what_to_do(chained):
    code = "import sys, dodo; list(dodo.task_notebook()); print(*sys.modules, sep='\\n')"
    done = call(sys.executable, "-c", code, cwd=chained.root)
    assert HEAVY.intersection(done.stdout.split()) == set()


def test_tasks_are_listed(chained):
    listed = command(
        "doit", "list", "--all", "--quiet", cwd=chained.root, check=True
    ).stdout.split()
    assert {"notebook:01_clean", "page:02_sum", "index", "manifest"} <= set(listed)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["scal=2", "out=build/x"], "did you mean scale"),
        (["scale=2"], "give out=FOLDER"),
        (["export=none.csv", "out=build/x"], "none.csv, which 01_clean reads, does not exist"),
    ],
)
def test_a_wrong_setting_ends_in_one_line(chained, words, message):
    done = command("doit", *words, cwd=chained.root, check=False)
    assert done.returncode != 0
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_doit_makes_everything_and_then_nothing(chained):
    first = command("doit", cwd=chained.root)
    assert "02_sum" in first.stderr
    assert "3/3" not in first.stderr + first.stdout
    assert first.stdout.splitlines()[-1] == "The report is results/report/index.html"
    assert chained.path("results/report/index.html").is_file()
    assert not list(chained.root.glob(".doit*"))

    before = processor_seconds()
    second = command("doit", cwd=chained.root)
    assert second.stdout == ("Everything is up to date. The report is results/report/index.html\n")
    assert processor_seconds() - before < NO_OP_SECONDS


class Screen(StringIO):
    """What a terminal is sent."""

    def isatty(self):
        return True


def reported(monkeypatch, screen, *, selected=("notebook", "index"), events=()):
    """What doit's reporter writes of a run of three notebooks; `screen` shows the progress."""
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    names = [f"notebook:{number}" for number in range(3)]
    needs = {"notebook": names, "index": names, "notebook:2": ["notebook:1"]}
    tasks = {
        name: SimpleNamespace(name=name, actions=[1], task_dep=needs.get(name, []))
        for name in [*needs, *names]
    }
    dodo, out = runpy.run_path(str(resolve("dodo.py"))), StringIO()
    reporter = dodo["Reporter"](out, {})
    reporter.initialize(tasks, selected)
    for event, name in events:
        getattr(reporter, event)(tasks[name])
    reporter.complete_run()
    return out.getvalue()


RUN = [
    ("skip_uptodate", "notebook:0"),
    ("execute_task", "notebook:1"),
    ("add_success", "notebook:1"),
    ("execute_task", "notebook:2"),
    ("add_success", "notebook:2"),
]


@pytest.mark.parametrize("selected", [("notebook", "index"), ("notebook:2",)], ids=["all", "one"])
def test_a_terminal_shows_how_many_notebooks_are_done(monkeypatch, selected):
    screen = Screen()
    events = RUN if "index" in selected else RUN[1:]
    told = reported(monkeypatch, screen, selected=selected, events=events)
    assert told == ("The report is results/report/index.html\n" if "index" in selected else "")
    shown = re.findall(r"(\d)/(\d) notebooks, (\S+) left", screen.getvalue())
    done = ["1", "2", "3"] if "index" in selected else ["0", "1", "2"]
    assert [*dict.fromkeys(n for n, *_ in shown)] == done
    assert {total for _, total, _ in shown} == {done[-1]}
    assert shown[0][-1] == "?"
    assert re.fullmatch(r"\d\d:\d\d", shown[-1][-1])
    assert screen.getvalue().endswith("\r")  # the line is gone


@pytest.mark.parametrize("screen", [StringIO, Screen], ids=["file", "terminal"])
def test_without_a_notebook_to_run_nothing_is_counted(monkeypatch, screen):
    shown = screen()
    told = reported(monkeypatch, shown, events=[("skip_uptodate", f"notebook:{n}") for n in "012"])
    assert told == "Everything is up to date. The report is results/report/index.html\n"
    assert shown.getvalue() == ""


LATE = [RUN[1], RUN[0], *RUN[2:]]  # found up to date while another runs


@pytest.mark.parametrize("events", [RUN, LATE], ids=["run", "late"])
def test_a_file_gets_no_line_of_progress(monkeypatch, events):
    shown = StringIO()
    assert reported(monkeypatch, shown, events=events).startswith("The report is ")
    assert shown.getvalue() == ""


def test_a_notebook_found_up_to_date_late_tells_nothing_about_the_time(monkeypatch):
    screen = Screen()
    reported(monkeypatch, screen, events=LATE)
    shown = re.findall(r"(\d)/3 notebooks, (\S+) left", screen.getvalue())
    assert [(n, left == "?") for n, left in dict.fromkeys(shown)][:2] == [("0", True), ("1", True)]
    assert [*dict.fromkeys(n for n, _ in shown)] == ["0", "1", "2", "3"]


@pytest.mark.slow
def test_a_failure_is_told_once_and_stops_what_depends_on_it(chained):
    chained.notebook("01_clean", "1 / 0", reads=["{export}"], writes=["data/interim/tidy.txt"])
    done = command("doit", cwd=chained.root, check=False)
    assert done.returncode != 0
    assert done.stdout.count("ZeroDivisionError: division by zero") == 1
    assert "stopped in cell 3" in done.stdout
    assert "Traceback (most recent call last):\n  File" not in done.stdout + done.stderr
    assert not chained.path("results/tables/sum.csv").exists()


@pytest.mark.long
@pytest.mark.slow
def test_notebooks_run_alone_from_any_folder(tmp_path):
    """Plain papermill and `jupyter execute`, with paths found from the library."""
    code = "from esslib.paths import require; print(require('requirements.lock', written_by='nobody').name)"
    from conftest import Project

    path = Project(tmp_path / "project").notebook("01_alone", code)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command("papermill", "--no-progress-bar", str(path), "out.ipynb", cwd=elsewhere)
    assert "requirements.lock" in (elsewhere / "out.ipynb").read_text()
    shutil.copy(path, elsewhere / "01_alone.ipynb")
    command("jupyter", "execute", "--inplace", "01_alone.ipynb", cwd=elsewhere)
    assert '"requirements.lock\\n"' in (elsewhere / "01_alone.ipynb").read_text()


def test_make_explains_itself():
    done = call("make", "--no-print-directory", "help", cwd=resolve("."))
    assert done.stderr == ""
    assert [line.split()[0] for line in done.stdout.splitlines()[:2]] == ["all", "test"]


def test_make_sets_up_and_calls_doit():
    commands = call(
        "make", "--no-print-directory", "--dry-run", cwd=resolve(".")
    ).stdout.splitlines()
    assert commands[-1].endswith("-m doit")
    assert [line for line in commands if "://" in line] == []


def test_ci_is_a_script_that_calls_both_makes_of_tests():
    script = resolve(".ci/run")
    assert os.access(script, os.X_OK)
    call("bash", "-n", str(script), cwd=resolve("."))
    assert script.read_text().rstrip().endswith("\nmake test test-all")


def test_every_test_is_in_one_of_two_commands_and_none_in_both():
    said = call(
        "make", "--no-print-directory", "--dry-run", "test", "test-all", cwd=resolve(".")
    ).stdout
    assert re.findall(r"pytest .*-m (.+)$", said, re.MULTILINE) == ['"not long"', "long"]
