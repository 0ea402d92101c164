"""Execution of one notebook through papermill, in a kernel whose surroundings are always the same."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from esslib.paths import ROOT_VARIABLE
from esslib.run.lean import UNNEEDED, hidden
from esslib.run.notebook import RunError
from esslib.run.record import write_atomically

with hidden(*UNNEEDED):
    import papermill
    from nbformat import NotebookNode
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from tqdm import tqdm
    from traitlets.config import Config

ENGINE = "compendium"
CELL_SECONDS = 600
START_SECONDS = 300
START_ATTEMPTS = 3
TRACEBACK_LINES = 8

# One thread per kernel: sums are added in one order, and the kernels share the cores among themselves.
_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB")
_FIXED = {
    **{f"{library}_NUM_THREADS": "1" for library in _THREADS},
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
    "SOURCE_DATE_EPOCH": "1675296000",  # 2 February 2023, the thesis's date
    "TZ": "UTC",
}
# A personal setting of these would show in the results.
_PERSONAL = {
    *("COLUMNS", "LINES", "LANGUAGE", "MATPLOTLIBRC", "MPLBACKEND"),
    *("PYTHONOPTIMIZE", "PYTHONSTARTUP", "PYTHONWARNINGS"),
}
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class CompendiumEngine(Engine):  # type: ignore[misc]
    """Papermill engine: own environment, sockets that cannot collide, start-up tried again."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        kept: list[NotebookNode],
        cell_seconds: int,
        **options: Any,
    ) -> None:
        """Run all cells in one new kernel; `kept` receives the notebook, whatever happens to it."""
        kept.append(nb_man.nb)
        for attempt in range(1, START_ATTEMPTS + 1):
            with tempfile.TemporaryDirectory(prefix="ess-") as sockets:
                client = PapermillNotebookClient(
                    nb_man,
                    config=_transport(sockets),
                    kernel_name=kernel_name,
                    timeout=cell_seconds,
                    startup_timeout=START_SECONDS,
                    shutdown_kernel="immediate",
                )
                try:
                    client.execute(env=options["environment"], cwd=options["folder"])
                    return
                except (RuntimeError, TimeoutError):
                    if attempt == START_ATTEMPTS or _last_started(nb_man.nb) is not None:
                        raise


def execute(
    path: Path,
    *,
    parameters: Mapping[str, Any],
    root: Path,
    failed: Path,
    cell_seconds: int = CELL_SECONDS,
) -> NotebookNode:
    """Execute a notebook with `root` as its project.

    Parameters
    ----------
    path : Path
        Notebook; it is not changed.
    parameters : Mapping
        Values for the cell after the one tagged ``parameters``.
    root : Path
        Project root as the notebook sees it; it works in ``root/notebooks``.
    failed : Path
        Where the notebook is kept when a cell fails.
    cell_seconds : int
        Time limit of each cell.

    Returns
    -------
    NotebookNode
        The executed notebook as papermill returns it.

    Raises
    ------
    RunError
        A cell failed or took too long, or the kernel died. The message shows where.
    """
    papermill_engines.register(ENGINE, CompendiumEngine)
    started = time.monotonic()
    kept: list[NotebookNode] = []
    try:
        executed: NotebookNode = papermill.execute_notebook(
            path,
            None,
            parameters=dict(parameters),
            engine_name=ENGINE,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            progress_bar={"desc": path.stem, "disable": not sys.stderr.isatty(), "leave": False},
            kept=kept,
            cell_seconds=cell_seconds,
            environment=kernel_environment(root),
            folder=str(root / "notebooks"),
        )
    except Exception as error:
        if kept:
            write_atomically(failed, json.dumps(kept[0], indent=1, ensure_ascii=False) + "\n")
        raise RunError(_explanation(error, path.stem, kept, failed)) from error
    failed.unlink(missing_ok=True)
    seconds = time.monotonic() - started
    tqdm.write(f"{path.stem:<28}{len(executed.cells):>4} cells {seconds:6.1f} s", file=sys.stderr)
    return executed


def kernel_environment(root: Path) -> dict[str, str]:
    """Return the environment of a kernel: the user's, less what could change a result."""
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in _PERSONAL
    }
    library = Path(__file__).resolve().parents[2]
    own = {
        ROOT_VARIABLE: str(root),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(library), os.environ.get("PYTHONPATH")])),
        "IPYTHONDIR": str(root / ".ipython"),
        "MPLCONFIGDIR": str(library / ".cache" / "matplotlib"),
    }
    return {**inherited, **_FIXED, **own}


def _transport(folder: str) -> Config:
    """Sockets in a folder of their own where there are any; TCP ports can be taken by another kernel."""
    if sys.platform == "win32":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


def _last_started(notebook: NotebookNode) -> int | None:
    """Return the index of the last cell that was begun."""
    begun = [
        i for i, cell in enumerate(notebook.cells) if cell.metadata.papermill.get("start_time")
    ]
    return begun[-1] if begun else None


def _explanation(error: Exception, name: str, kept: list[NotebookNode], failed: Path) -> str:
    """Say where a notebook stopped, in words for the person who started the run."""
    if isinstance(error, PapermillExecutionError):
        trace = _ANSI.sub("", "\n".join(error.traceback)).splitlines()
        said = f"{error.ename}: {error.evalue}".splitlines()
        # of a long list of problems the first lines say what it is and what to do
        lines = trace[-TRACEBACK_LINES:] if len(said) < TRACEBACK_LINES else said[:TRACEBACK_LINES]
        index, code, what = error.cell_index, error.source, "\n".join(lines)
    else:
        last = _last_started(kept[0]) if kept else None
        if last is None:
            return f"{name} could not be started: {type(error).__name__}: {error}"
        index, code, what = last, kept[0].cells[last].source, f"{type(error).__name__}: {error}"
    shown = "\n".join(f"    {line}" for line in code.strip().splitlines()[-TRACEBACK_LINES:])
    return f"{name} stopped in cell {index + 1}:\n{shown}\n{what}\nKept for reading: {failed}"
