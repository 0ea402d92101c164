"""The steps of a run: execute notebooks, make their pages, the index and the manifest.

Heavy libraries are imported by the actions, so that finding out that nothing is to be done is
quick.
"""

from __future__ import annotations

import errno
import json
import platform
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from esslib.run.graph import Plan
from esslib.run.notebook import Notebook, RunError
from esslib.run.pages import (
    CODEBOOK,
    WORDS,
    around_of,
    cells_of,
    export_of,
    index_of,
    key_files,
    made_of,
    results_of,
    said_on_all,
    state_of,
    value_of,
    write_index,
    write_page,
)
from esslib.run.record import (
    Step,
    digest,
    digest_files,
    digest_of,
    digests,
    is_current,
    perform,
    read_record,
)
from esslib.run.sources import ROOT, sources_of
from esslib.run.stage import publish, staged
from printed.files import write_atomically

TEMPLATES = ROOT / "esslib" / "display" / "pages" / "templates"


@dataclass(frozen=True)
class Task:
    """A step with what carries it out.

    Attributes
    ----------
    step : Step
        Files and key.
    action : callable
        Makes the outputs.
    after : tuple of str
        Names of the steps that come before.
    urgency : int
        Cells of the longest chain that begins with it; 0 for what no notebook waits for.
    """

    step: Step
    action: Callable[[], None]
    after: tuple[str, ...]
    urgency: int = 0

    def is_current(self) -> bool:
        """Tell whether nothing is to be done."""
        return is_current(self.step)

    def run(self) -> None:
        """Do the work and record it.

        Raises
        ------
        RunError
            It could not be done; a file that could not be written is among the reasons.
        """
        try:
            perform(self.step, self.action)
        except OSError as error:
            raise RunError(f"{self.step.name} was not finished: {error}{_advice(error)}") from error


def tasks(plan: Plan) -> Iterator[Task]:
    """Yield the tasks of a run, each after those that it needs.

    Parameters
    ----------
    plan : Plan
        Notebooks, parameters and places.
    """
    lock = digest(plan.root / "requirements.lock")
    chains = plan.chains()
    for notebook in plan.notebooks:
        yield replace(_run_task(plan, notebook, lock), urgency=chains[notebook.name])
    yield from (_page_task(plan, notebook, lock) for notebook in plan.notebooks)
    yield _index_task(plan, lock)
    yield _manifest_task(plan, lock)


def _run_task(plan: Plan, notebook: Notebook, lock: str) -> Task:
    parameters = plan.own_parameters(notebook)
    key = digest_of(
        notebook.code,
        parameters,
        digest_files(sources_of([*notebook.code, "import esslib.run.execute"]), base=ROOT),
        lock,
        platform.python_version(),
    )
    outputs = {**plan.outputs(notebook), f"outputs of {notebook.name}": cells_of(plan, notebook)}
    name = f"notebook:{notebook.name}"
    step = Step(name, key, plan.inputs(notebook), outputs, _record(plan, name))
    return Task(
        step, partial(_run, plan, notebook), tuple(f"notebook:{n}" for n in plan.upstream(notebook))
    )


def _run(plan: Plan, notebook: Notebook) -> None:
    """Execute a notebook in its copy of the project, and move what it wrote into place."""
    from tqdm import tqdm

    from esslib.check import write_problems
    from esslib.run.execute import execute
    from esslib.run.executed import error_text, outputs_of
    from esslib.survey.codebook import read_codebook

    keep_out_of_git(plan)
    reads, writes = plan.inputs(notebook), plan.outputs(notebook)
    with staged(state_of(plan) / f"stage-{notebook.name}", reads, writes) as folder:
        try:
            executed = execute(
                notebook.path,
                parameters=plan.own_parameters(notebook),
                root=folder,
                failed=results_of(plan) / "notebooks" / f"{notebook.name}.failed.ipynb",
            )
        except RunError as error:
            if "ExportError: " not in str(error):
                raise
            book = read_codebook(plan.root / CODEBOOK)
            said = [write_problems(file, book) for file in export_of(plan).values()]
            raise RunError("\n".join([str(error), *filter(None, said)])) from error
        if complaint := error_text(executed.cells):
            tqdm.write(f"{notebook.name}: {complaint.rstrip()}")  # beside a line of progress
        outputs = outputs_of(executed.cells, hide=(str(folder), str(plan.root)))
        publish(folder, writes, reads=reads, notebook=notebook.name)
    write_atomically(cells_of(plan, notebook), json.dumps(outputs, indent=1, ensure_ascii=False))


def _page_task(plan: Plan, notebook: Notebook, lock: str) -> Task:
    inputs = {
        f"notebooks/{notebook.path.name}": notebook.path,
        f"outputs of {notebook.name}": cells_of(plan, notebook),
        **_words(plan),
        **export_of(plan),
    }
    name = f"page:{notebook.name}"
    key = digest_of(_page_key(plan, lock), around_of(plan, notebook))
    step = Step(name, key, inputs, made_of(plan, notebook), _record(plan, name))
    return Task(step, partial(write_page, plan, notebook, lock), (f"notebook:{notebook.name}",))


def _index_task(plan: Plan, lock: str) -> Task:
    asked = {n.name: [n.title, n.question] for n in plan.notebooks}
    code = digest_files(sources_of(["import esslib.run.key_results"]), base=ROOT)
    key = digest_of(_page_key(plan, lock), code, asked, value_of(plan, "alpha"))
    inputs = {
        **key_files(plan),
        **{f"outputs of {n.name}": cells_of(plan, n) for n in plan.notebooks},
        **{f"{CODEBOOK}/{file.name}": file for file in (plan.root / CODEBOOK).glob("*.csv")},
        **_words(plan),
        **export_of(plan),
    }
    step = Step(
        "index", key, inputs, {"results/report/index.html": index_of(plan)}, _record(plan, "index")
    )
    return Task(
        step, partial(write_index, plan, lock), tuple(f"page:{n.name}" for n in plan.notebooks)
    )


def _manifest_task(plan: Plan, lock: str) -> Task:
    before = [f"{kind}:{n.name}" for n in plan.notebooks for kind in ("notebook", "page")] + [
        "index"
    ]
    records = {name: _record(plan, name) for name in before}
    outputs = {"results/manifest.json": results_of(plan) / "manifest.json"}
    key = digest_of(lock, platform.python_version(), plan.parameters)
    step = Step("manifest", key, records, outputs, _record(plan, "manifest"))
    return Task(step, partial(_manifest, plan, list(records.values())), tuple(before))


def _manifest(plan: Plan, records: list[Path]) -> None:
    """Write the digests of the files that the run read or made, and the versions used."""
    read, made = {}, {}
    for record in map(read_record, records):
        read.update(record["inputs"])
        made.update(record["outputs"])
    lock = {"requirements.lock": plan.root / "requirements.lock"}
    content = {
        "inputs": {**_files({k: v for k, v in read.items() if k not in made}), **digests(lock)},
        "outputs": _files(made),
        "parameters": dict(plan.parameters),
        "versions": {"python": platform.python_version(), **_versions(plan.root)},
    }
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    write_atomically(results_of(plan) / "manifest.json", text + "\n")


def _files(listed: dict[str, str]) -> dict[str, str]:
    """Leave out what the runner keeps for itself."""
    return {path: sha for path, sha in listed.items() if not path.startswith("outputs of ")}


def _versions(root: Path) -> dict[str, str]:
    """Return the installed version of each package that the project depends on directly."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = (re.split(r"[^\w.-]", requirement)[0] for requirement in project["dependencies"])
    return {name: version(name) for name in names}


def keep_out_of_git(plan: Plan) -> None:
    """Let git ignore the results of a cohort other than the shipped one: it may be a real one."""
    ignore = plan.out / ".gitignore"
    if plan.out != plan.root and not (ignore.is_file() and ignore.stat().st_size):
        plan.out.mkdir(parents=True, exist_ok=True)
        write_atomically(ignore, "*\n")


def _words(plan: Plan) -> dict[str, Path]:
    return {f"{WORDS}/{file.name}": file for file in (plan.root / WORDS).glob("*.ftl")}


def _page_key(plan: Plan, lock: str) -> str:
    templates = (path for path in TEMPLATES.rglob("*") if path.is_file())
    code = sources_of(["import esslib.run.pages, esslib.run.html, esslib.run.executed"])
    sources = digest_files([*code, *sorted(templates)], base=ROOT)
    return digest_of(sources, said_on_all(plan, lock))


def _advice(error: OSError) -> str:
    """Say what to do about a folder that cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "; make room, then start the same command again"
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return "; give a folder that can be written, with out=FOLDER"
    return ""


def _record(plan: Plan, name: str) -> Path:
    return state_of(plan) / f"{name.replace(':', '-')}.json"
