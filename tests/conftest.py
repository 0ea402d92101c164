"""A small project of tiny notebooks, to test how the compendium runs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from esslib.paths import resolve
from esslib.run.graph import make_plan
from esslib.run.steps import tasks
from esslib.survey.codebook import read_codebook

# A busy machine is no failure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


PARAMETERS = """\
export = "data/raw/synthetic.csv"  # one number per line
results_dir = "results"  # folder of the results
scale = 1.5  # factor
"""
CLEAN = """\
from esslib.paths import prepare, require
numbers = require(export, written_by="00_numbers").read_text().split()
prepare("data/interim/tidy.txt").write_text(" ".join(numbers))"""
SUM = """\
from esslib.paths import prepare, require
numbers = require("data/interim/tidy.txt", written_by="01_clean").read_text().split()
prepare(results_dir + "/tables/sum.csv").write_text(f"{scale * sum(map(int, numbers))}\\n")"""
NUMBERS = (
    'from esslib.paths import prepare\nprepare("data/raw/synthetic.csv").write_text("1\\n2\\n")'
)
PICTURE = 'from IPython.display import SVG, display\ndisplay(SVG("<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>"), metadata={"image/svg+xml": {"alt": "Une somme"}})'


class Project:
    """A folder with notebooks like the compendium's, only smaller."""

    def __init__(self, root: Path):
        self.root = root
        (root / "notebooks").mkdir(parents=True)
        for name in ("requirements.lock", "pyproject.toml", "dodo.py"):
            shutil.copy(resolve(name), root / name)

    def notebook(self, name, *cells, parameters=PARAMETERS, **declared):
        """Write a notebook: text starting with ``#`` is prose, the rest code."""
        stored = [_cell("# " + name, 0)]
        if parameters:
            stored.append(_cell(parameters, 1, tags=["parameters"]))
        stored.extend(_cell(text, number) for number, text in enumerate(cells, start=2))
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"kernelspec": kernel, "ess": {"reads": [], "writes": [], **declared}}
        content = {"cells": stored, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        path = self.root / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def path(self, *parts):
        """Return a path below the root."""
        return self.root.joinpath(*parts)

    def files(self, folder="."):
        """Return the bytes of every file below a folder, the runner's own state apart."""
        base = self.root / folder
        found = (p for p in base.rglob("*") if p.is_file() and ".state" not in p.parts)
        return {p.relative_to(base).as_posix(): p.read_bytes() for p in found}


def _cell(text, number, tags=()):
    prose = text.startswith("# ")
    cell = {"cell_type": "markdown" if prose else "code", "id": f"c{number}", "source": text}
    cell["metadata"] = {"tags": list(tags)} if tags else {}
    return cell if prose else {**cell, "execution_count": None, "outputs": []}


def chain(project):
    """Write three notebooks, each using the one before."""
    project.notebook(
        "00_numbers",
        NUMBERS,
        writes=["data/raw/synthetic.csv"],
        parameters=None,
        shipped_only=True,
    )
    project.notebook("01_clean", CLEAN, reads=["{export}"], writes=["data/interim/tidy.txt"])
    project.notebook(
        "02_sum",
        "# Quelle somme ?",
        SUM,
        "# Et en image :",
        PICTURE,
        reads=["data/interim/tidy.txt"],
        writes=["{results_dir}/tables/sum.csv"],
    )
    return project


@pytest.fixture
def project(tmp_path):
    """An empty project."""
    return Project(tmp_path / "project")


@pytest.fixture
def chained(project):
    """A project of three notebooks."""
    return chain(project)


@pytest.fixture(scope="session")
def codebook():
    """The codebook of the survey."""
    return read_codebook(resolve("data/codebook"))


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The pages of the shipped cohort: of the last run if nothing changed, or else new ones."""
    if all(task.is_current() for task in tasks(make_plan(resolve(".")))):
        return resolve("results/report")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # one for all workers
    for task in tasks(make_plan(resolve("."), out=str(shared / "report"))):
        task.run()
    return shared / "report/results/report"


def pytest_collection_modifyitems(items):
    """Start with what takes longest, so that the others run beside it."""
    items.sort(key=lambda item: {"rebuilt", "report"}.isdisjoint(item.fixturenames))


@pytest.fixture(scope="session")
def rebuilt(tmp_path_factory):
    """The shipped cohort's export, rebuilt from its seed, and what the program said."""
    path = tmp_path_factory.mktemp("cohort") / "rebuilt.csv"
    command = [sys.executable, "-m", "esslib.synthetic", "--out", path]
    done = subprocess.run(command, cwd=resolve("."), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return path.read_bytes(), done.stdout
