"""The lock, the conda environment, the declared dependencies and the code agree."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest
import yaml
from packaging.requirements import Requirement

from esslib.paths import resolve
from esslib.run.conda import CONDA_NAMES, PIP_ONLY, conda_environment, locked
from esslib.run.sources import PACKAGES

# The tests import each other's helpers.
OWN = {
    *PACKAGES,
    *(path.stem for folder in ("tests", "benchmarks") for path in resolve(folder).rglob("*.py")),
}


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


ALL = ("cohort", "dev")
# The one part of the library that may need more than everybody installs.
SEARCH = "esslib/synthetic"


def declared(*groups):
    project = tomllib.loads(resolve("pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    assert set(groups) <= set(optional) == set(ALL)
    wanted = [*project["dependencies"], *(entry for group in groups for entry in optional[group])]
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in wanted}


@pytest.fixture(scope="module")
def lock():
    return {normal(name): version for name, version in locked(resolve("."))}


def test_every_locked_package_has_hashes_and_no_address():
    text = resolve("requirements.lock").read_text()
    entries = re.split(r"^(?=[\w.-]+(?:\[[^]]*\])?==)", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_lock_names_the_extras_that_packages_ask_for(lock):
    """Without the extra, pip tries a newer release first, has no hash for it and stops."""
    text = resolve("requirements.lock").read_text()
    asked = {
        (normal(wanted.name), extra)
        for name in lock
        for line in installed_requirements(name)
        for wanted in [Requirement(line)]
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""})
        for extra in wanted.extras
    }
    given = {
        (normal(name), extra)
        for name, extras in re.findall(r"^([\w.-]+)\[([^]]*)\]==", text, re.MULTILINE)
        for extra in extras.split(",")
    }
    assert asked - given == set()
    assert asked


def installed_requirements(name):
    try:
        return requires(name) or []
    except PackageNotFoundError:  # of another system
        return []


def test_lock_holds_every_declared_dependency(lock):
    assert declared(*ALL) - set(lock) == set()


def pip_entries(content):
    return content["dependencies"][-1]["pip"][:-1]


def test_conda_has_the_versions_of_the_lock(lock):
    content = yaml.safe_load(resolve("environment.yml").read_text())
    listed = [entry for entry in content["dependencies"] if isinstance(entry, str) and "=" in entry]
    versions = dict(entry.split("=") for entry in listed)
    del versions["python"]
    direct = declared(*ALL)
    python_names = {conda: python for python, conda in CONDA_NAMES.items()}
    found = {normal(python_names.get(name, name)): version for name, version in versions.items()}
    by_pip = dict(
        re.match(r"([\w.-]+)==([\w.]+)", entry).groups() for entry in pip_entries(content)
    )
    assert set(by_pip) == PIP_ONLY
    assert found | by_pip == {name: lock[name] for name in direct}


def test_conda_file_is_the_one_that_make_lock_writes():
    assert resolve("environment.yml").read_text() == conda_environment(resolve("."))


def test_conda_installs_the_library():
    content = yaml.safe_load(resolve("environment.yml").read_text())
    assert content["dependencies"][-1]["pip"][-1] == "-e ."


def python_sources(folder):
    for path in sorted(resolve(folder).rglob("*.py")):
        yield str(path.relative_to(resolve("."))), path.read_text(encoding="utf-8")
    for path in sorted(resolve(folder).glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] == "code":
                yield path.name, "".join(cell["source"])


def top_level_imports(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize(
    ("folders", "groups"),
    [
        ([*PACKAGES, "notebooks"], ()),
        ([SEARCH], ("cohort",)),
        (["tests", "benchmarks"], ALL),
    ],
)
def test_every_import_is_declared(folders, groups):
    sources = [entry for folder in folders for entry in python_sources(folder)]
    if not groups:
        sources = [(file, code) for file, code in sources if not file.startswith(SEARCH)]
        sources.append(("dodo.py", resolve("dodo.py").read_text()))
    known, distributions = declared(*groups), packages_distributions()
    missing = {
        (file, name)
        for file, code in sources
        for name in top_level_imports(code)
        if name not in sys.stdlib_module_names | OWN
        and known.isdisjoint(map(normal, distributions.get(name, [name])))
    }
    assert missing == set()


def test_notebooks_load_no_compiler():
    """`esslib.synthetic.ranges` uses what needs no search; regressions, numpy alone."""
    code = "import sys, esslib.synthetic, esslib.multiverse; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
