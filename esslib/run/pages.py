"""The pages of a run, written from the notebooks as they were last executed.

Heavy libraries are imported by the functions that need them, as in `esslib.run.steps`.
"""

from __future__ import annotations

import json
import platform
import tomllib
from pathlib import Path
from typing import Any

from esslib.paths import says_synthetic
from esslib.run.graph import Plan
from esslib.run.notebook import Notebook
from esslib.run.record import digest
from printed.files import write_atomically

CODEBOOK = "data/codebook"
WORDS = "data/locale"
KEY_TABLES = ("group_summaries", "group_tests", "bivariate_checks", "fidelity", "audit")
ALPHA = 0.05  # where no notebook says otherwise


def write_page(plan: Plan, notebook: Notebook, lock: str) -> None:
    """Write an executed notebook and its page."""
    from esslib.run.executed import merge
    from esslib.run.html import Surroundings, notebook_to_html

    executed, page = made_of(plan, notebook).values()
    merged = merge(notebook, _outputs(plan, notebook))
    write_atomically(
        executed, json.dumps(merged, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    )
    surroundings = Surroundings(
        **said_on_all(plan, lock),
        data=_data(plan),
        notebook=notebook.path.name,
        around=around_of(plan, notebook),
    )
    html = notebook_to_html(merged, title=notebook.title, surroundings=surroundings)
    write_atomically(page, html)


def write_index(plan: Plan, lock: str) -> None:
    """Write the first page."""
    from esslib.run.html import Surroundings, index_to_html
    from esslib.run.key_results import key_results

    cells = (cell for n in plan.notebooks for cell in _outputs(plan, n))
    about = said_on_all(plan, lock)
    results = key_results(
        {Path(path).stem: file for path, file in key_files(plan).items()},
        (output for cell in cells for output in cell["outputs"]),
        codebook_dir=plan.root / CODEBOOK,
        options={
            "alpha": value_of(plan, "alpha", ALPHA),
            "lang": about["lang"],
            "is_synthetic": about["synthetic"],
        },
    )
    pages = {f"{n.name}.html": (n.title, n.question) for n in plan.notebooks}
    surroundings = Surroundings(**about, data=_data(plan))
    write_atomically(index_of(plan), index_to_html(pages, results, surroundings=surroundings))


def said_on_all(plan: Plan, lock: str) -> dict[str, Any]:
    """Return what every page of a run says, the export apart, which may not exist yet."""
    return {
        "synthetic": says_synthetic(value_of(plan, "export", "")),
        "versions": programs(plan.root),
        "lock": lock,
        "lang": value_of(plan, "lang", "fr"),
    }


def programs(root: Path) -> dict[str, str]:
    """Return the programs that make a page, with their versions."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = ".".join(platform.python_version_tuple()[:2])
    return {"esslib": project["version"], "Python": python}


def around_of(plan: Plan, notebook: Notebook) -> dict[str, tuple[str, str]]:
    """Return file name and title of the page before and of the one after."""
    pages = [(f"{n.name}.html", n.title) for n in plan.notebooks]
    place = plan.notebooks.index(notebook)
    found = {"previous": pages[place - 1 : place], "next": pages[place + 1 : place + 2]}
    return {name: page[0] for name, page in found.items() if page}


def value_of(plan: Plan, parameter: str, otherwise: Any = None) -> Any:
    """Return the value that a parameter has in a run; `otherwise` where no notebook has it."""
    defaults = (n.defaults[parameter] for n in plan.notebooks if parameter in n.defaults)
    return plan.parameters.get(parameter, next(defaults, otherwise))


def export_of(plan: Plan) -> dict[str, Path]:
    """Return the survey tool's export, if the notebooks read one: declared path -> file."""
    path = value_of(plan, "export")
    return {path: plan.place(path)} if path else {}


def key_files(plan: Plan) -> dict[str, Path]:
    """Return the result tables behind the first page, as far as the run makes them."""
    paths = (f"results/tables/{name}.csv" for name in KEY_TABLES)
    return {path: plan.place(path) for path in paths if path in plan.writers}


def made_of(plan: Plan, notebook: Notebook) -> dict[str, Path]:
    """Return the executed notebook and its page."""
    names = (f"notebooks/{notebook.name}.ipynb", f"report/{notebook.name}.html")
    return {f"results/{name}": results_of(plan) / name for name in names}


def index_of(plan: Plan) -> Path:
    """Return the first page."""
    return results_of(plan) / "report" / "index.html"


def cells_of(plan: Plan, notebook: Notebook) -> Path:
    """Return the file of what a notebook's cells showed when it was last executed."""
    return state_of(plan) / f"{notebook.name}.outputs.json"


def state_of(plan: Plan) -> Path:
    """Return the folder of what the runner keeps for itself."""
    return results_of(plan) / ".state"


def results_of(plan: Plan) -> Path:
    """Return the folder of the results."""
    return plan.out / "results"


def _outputs(plan: Plan, notebook: Notebook) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(cells_of(plan, notebook).read_text(encoding="utf-8"))
    return cells


def _data(plan: Plan) -> tuple[str, str] | None:
    """Return file name and SHA-256 of the export, if there is one."""
    exports = {path: file for path, file in export_of(plan).items() if file.is_file()}
    files = ((Path(path).name, digest(file)) for path, file in exports.items())
    return next(files, None)
