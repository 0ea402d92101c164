"""The graph of the compendium, for doit.

``doit`` brings everything up to date; ``doit list --all`` shows the tasks. Another cohort::

    doit export=data/private/survey.xlsx out=build/2027

Any parameter of the notebooks can be set the same way (``lang=en out=build/english``).
What each notebook reads and writes stands in its own metadata; whether a task is up to date is
decided by the content of its files (`esslib.run.record`), so doit's own database stays empty.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from doit import doit_cmd
from doit.exceptions import TaskFailed
from doit.reporter import ConsoleReporter

from esslib.run.graph import make_plan
from esslib.run.notebook import RunError
from esslib.run.progress import Progress
from esslib.run.steps import Task, tasks
from esslib.run.turns import Turns

ROOT = Path(__file__).resolve().parent
CORES = os.cpu_count() or 1
THREADS = 8 * CORES  # most of them wait: whose turn it is, `Turns` says


class Reporter(ConsoleReporter):  # type: ignore[misc]
    """Says how far the run is, what failed, and where the report is."""

    def initialize(self, tasks: Any, selected_tasks: Any) -> None:
        """Start counting what is done."""
        self.executed = 0
        self.needed = _with_needed(tasks, selected_tasks)
        self.progress = Progress(sum(map(_is_notebook, self.needed)), sys.stderr)
        sys.excepthook = _without_trace

    def execute_task(self, task: Any) -> None:
        """Count a task."""
        self.executed += bool(task.actions)
        if _is_notebook(task.name):
            self.progress.start()

    def add_success(self, task: Any) -> None:
        """Count a notebook that has run."""
        if _is_notebook(task.name):
            self.progress.done()

    def skip_uptodate(self, task: Any) -> None:
        """Count a notebook that need not run."""
        if _is_notebook(task.name):
            self.progress.skip()

    def complete_run(self) -> None:
        """Say where the report is, and when there was nothing to do."""
        self.progress.close()
        super().complete_run()
        if not self.failures and not self.runtime_errors:
            said = [] if self.executed else ["Everything is up to date."]
            said += [f"The report is {_report()}"] if "index" in self.needed else []
            self.write("".join([" ".join(said), "\n"] if said else []))

    def write(self, text: str) -> None:
        """Write above the line of progress."""
        self.progress.write(text, self.outstream)


def _is_notebook(name: str) -> bool:
    return name.startswith("notebook:")


def _with_needed(tasks: Any, selected: Iterable[str]) -> set[str]:
    """Return the names of the tasks of a run: those asked for, and those that they need."""
    found: set[str] = set()
    left = [*selected]
    while left:
        name = left.pop()
        left += [] if name in found else tasks[name].task_dep
        found.add(name)
    return found


def _report() -> Path:
    """Return the first page of the report, as seen from the project."""
    index = next(task for task in _tasks() if task.step.name == "index")
    (path,) = index.step.outputs.values()
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def _without_trace(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """Say in a line that a run was stopped on purpose."""
    if issubclass(kind, KeyboardInterrupt):
        print("doit: stopped; the same command goes on from here", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


_TURNS = Turns(CORES)
DOIT_CONFIG = {
    "backend": "sqlite3",
    "dep_file": ":memory:",
    "num_process": THREADS,
    "par_type": "thread",
    "reporter": Reporter,
    "verbosity": 2,
}


def task_notebook() -> Iterator[dict[str, Any]]:
    """Execute the notebooks."""
    yield from _in_group("notebook")


def task_page() -> Iterator[dict[str, Any]]:
    """Make the pages from the executed notebooks."""
    yield from _in_group("page")


def task_index() -> dict[str, Any]:
    """Make the first page of the report."""
    return next(_in_group("index"))


def task_manifest() -> dict[str, Any]:
    """List every input and output with its SHA-256."""
    return next(_in_group("manifest"))


@cache
def _tasks() -> tuple[Task, ...]:
    settings = dict(doit_cmd._CMDLINE_VARS or {})
    try:
        return tuple(tasks(make_plan(ROOT, out=settings.pop("out", None), settings=settings)))
    except RunError as error:
        sys.exit(f"doit: {error}")


def _in_group(group: str) -> Iterator[dict[str, Any]]:
    for task in _tasks():
        kind, _, name = task.step.name.partition(":")
        if kind == group:
            yield {
                "name" if name else "basename": name or kind,
                "actions": [(_carry_out, [task])],
                "uptodate": [task.is_current],
                "task_dep": list(task.after),
                "targets": [str(path) for path in task.step.outputs.values()],
                "io": {"capture": False},
            }


def _carry_out(task: Task) -> TaskFailed | None:
    try:
        with _TURNS.wait(task.urgency):
            task.run()
    except RunError as error:
        return TaskFailed(str(error))
    return None
