"""The rooms of the house: tests beside each, one name for one thing, nothing of the study."""

import runpy
import subprocess
import tomllib

import pytest

from esslib.paths import resolve
from esslib.run.graph import OWN_FOLDERS
from esslib.run.sources import PACKAGES, ROOT

MEASURE = runpy.run_path(str(ROOT / "benchmarks" / "house.py"))
HOUSE = MEASURE["House"](ROOT)
HELPERS = {"fuzz", "reference"}  # folders of tests that serve several rooms
# To be emptied: what of the study stands in the code. A line that is no longer true has to go.
PENDING_STRINGS = {
    "esslib/chapters/beside.py": "ess_total",
    "esslib/chapters/explore.py": "ess_total",
    "esslib/chapters/next_study.py": "ess_total",
    "esslib/chapters/outcomes.py": "ess_total",
    "esslib/display/figures/boxes.py": "ess_total",
    "esslib/display/sentences/on_questionnaire.py": "ess_total",
    "esslib/display/tables/itemwise.py": "ess_total",
    "esslib/multiverse/contrasts.py": "ess_total",
    "esslib/privacy/anonymise.py": """
        activity age_years correspondents_other gender postcode preferred_channel profession town
        uses_predice_pro usual_messenger usual_messenger_other usual_tool usual_tool_other
    """,
    "esslib/privacy/disclosure/decide.py": "ess_total",
    "esslib/privacy/disclosure/doors.py": "activity ess_total gender profession",
    "esslib/privacy/disclosure/risk.py": "activity age_years gender postcode profession",
    "esslib/privacy/guard.py": "ess_total profession",
    "esslib/score/properties.py": "ess_total",
    "esslib/score/scoring.py": "ess_total not_applicable",
    "esslib/survey/cleaning.py": """
        non_users postcode predice_pro preferred_channel town users uses_predice_pro
        usual_messenger usual_messenger_other usual_tool usual_tool_other
    """,
    "esslib/synthetic/channels.py": """
        postcode preferred_channel town uses_predice_pro usual_messenger usual_tool zone
    """,
    "esslib/synthetic/cohort.py": "postcode town zone",
    "esslib/synthetic/excluded.py": "non_users outside postcode town users uses_predice_pro",
    "esslib/synthetic/published_targets.py": "non_secured non_users secured_other users",
}


def folders_of(folder):
    return {path.name for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._"}


def rooms():
    """Folders of `esslib`, and `printed` as a whole."""
    return {f.parent.name for f in (ROOT / "esslib").glob("*/__init__.py")} | {"printed"}


def test_tests_mirror_the_rooms():
    found = folders_of(ROOT / "tests") - HELPERS
    assert found == rooms()
    assert [
        name for name in sorted(found) if not [*(ROOT / "tests" / name).glob("test_*.py")]
    ] == []


def test_what_stands_at_the_top_has_tests():
    names = {file.stem for file in (ROOT / "esslib").glob("*.py")} - {"__init__"}
    assert [name for name in sorted(names) if not (ROOT / f"tests/test_{name}.py").exists()] == []


def test_one_name_is_one_thing():
    """No two files, no two public functions or classes, but a table and a figure of one frame."""
    assert HOUSE.twice == [{}, {}]


def test_the_library_knows_no_study():
    """No key of the codebook, nor the score's column; words of any program: `house.GENERIC`."""
    found = {file: sorted({*strings}) for file, strings in HOUSE.strings().items()}
    assert found == {file: text.split() for file, text in PENDING_STRINGS.items()}


def test_house_notices_twins_and_strings_of_the_study(tmp_path):
    for name, text in {
        "data/codebook/variables.csv": "name,kind\nshoe_size,number\nage,number\nmale,single\n",
        "esslib/display/tables/x.py": "def curve():\n    return 'a.shoe_size', 'age', 'male'\n",
        "esslib/display/figures/y.py": "def curve():\n    '''Of shoe_size.'''\n    return b'a'\n",
        "esslib/survey/x.py": "class Shoe:\n    size = x.assign(ess_total=1)\n\n\ndef main():\n    pass\n",
        "printed/z.py": "class Shoe:\n    pass\n\n\ndef main():\n    pass\n",
        "notebooks/01_a.ipynb": '{"cells": []}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    house = MEASURE["House"](tmp_path)
    assert house.twice == [
        {"x": ["esslib/display/tables/x.py", "esslib/survey/x.py"]},
        {"Shoe": ["esslib/survey/x.py", "printed/z.py"]},
    ]
    assert house.strings() == {
        "esslib/display/tables/x.py": ["shoe_size"],
        "esslib/survey/x.py": ["ess_total"],
    }


def test_every_list_of_packages_is_whole():
    tool = tomllib.loads(resolve("pyproject.toml").read_text())["tool"]
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert {*PACKAGES} == {*MEASURE["PACKAGES"]} == found
    assert {*tool["hatch"]["build"]["targets"]["wheel"]["packages"]} == found
    assert {*tool["mutmut"]["source_paths"]} == found
    assert {*tool["mypy"]["files"]} >= found
    coverage = next(s for s in resolve("Makefile").read_text().splitlines() if "--cov-branch" in s)
    assert [name for name in sorted(found) if f"--cov={name} " not in coverage] == []


def test_lists_of_modules_name_what_is_there():
    mutmut = tomllib.loads(resolve("pyproject.toml").read_text())["tool"]["mutmut"]
    listed = [*mutmut["only_mutate"], *mutmut["do_not_mutate"], *mutmut["also_copy"]]
    chosen = mutmut["pytest_add_cli_args_test_selection"]
    assert [pattern for pattern in (*listed, *chosen) if not [*ROOT.glob(pattern)]] == []


def test_a_run_writes_into_no_folder_of_the_compendium():
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    listing = ["git", "ls-files"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    kept = {name.split("/")[0] for name in done.stdout.splitlines() if "/" in name}
    assert kept | {".git"} == OWN_FOLDERS
