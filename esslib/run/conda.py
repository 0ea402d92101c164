"""``python -m esslib.run.conda`` writes environment.yml with the versions of requirements.lock."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

from esslib.paths import resolve
from printed.files import write_atomically

# Names on conda-forge that differ from those on the Python index.
CONDA_NAMES = {"great-tables": "great_tables", "matplotlib": "matplotlib-base"}
# Not, or not surely, on conda-forge: pip installs them there too.
PIP_ONLY = {"atheris", "axe-playwright-python", "fluent-runtime", "mutmut", "playwright"}
HEADER = """\
# For conda, Windows and Binder: `conda env create -f environment.yml`, then `doit` and `pytest`.
# Made by `make lock` from requirements.lock; a test compares them.
name: esslib
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.11
  - pip
"""


def conda_environment(root: Path) -> str:
    """Return the conda environment of a project: its direct dependencies as its lock pins them.

    Parameters
    ----------
    root : Path
        Folder of ``pyproject.toml`` and ``requirements.lock``.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *chain.from_iterable(groups)]
    split = [re.match(r"([\w.-]+)[^;]*(;.*)?", entry) for entry in wanted]
    markers = {found[1].lower().replace("_", "-"): found[2] or "" for found in split if found}
    pinned = dict(locked(root))
    names = sorted(markers.keys() - PIP_ONLY)
    by_conda = [f"  - {CONDA_NAMES.get(name, name)}={pinned[name]}\n" for name in names]
    names = sorted(markers.keys() & PIP_ONLY)
    by_pip = [f'      - "{name}=={pinned[name]}{markers[name]}"\n' for name in names]
    return "".join([HEADER, *by_conda, "  - pip:\n", *by_pip, "      - -e .\n"])


def locked(root: Path) -> list[tuple[str, str]]:
    """Return names and versions of ``requirements.lock``; a name may stand twice."""
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;]+)", lock, re.MULTILINE)


if __name__ == "__main__":
    write_atomically(resolve("environment.yml"), conda_environment(resolve(".")))
