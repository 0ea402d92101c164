"""Execution of one notebook through papermill, in a kernel with constant surroundings."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from esslib.lean import UNNEEDED, hidden
from esslib.paths import ROOT_VARIABLE
from esslib.run import kernel
from esslib.run.notebook import RunError
from printed.files import write_atomically
from printed.numerals import fixed, significant

with hidden(*UNNEEDED):
    import papermill
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import NotebookNode
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from tqdm import tqdm
    from traitlets.config import Config

ENGINE = "compendium"
MINUTES_VARIABLE = "ESSLIB_MINUTES"
MINUTES = "20"
START_SECONDS = 120
START_ATTEMPTS = 3
SOCKET_BYTES = 90  # a socket's path, its number at the end, has at most 103 on every system
TRACEBACK_LINES = 8

# One thread per kernel: sums are added in one order, and the kernels share the cores among
# themselves.
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


class OwnKernel(AsyncKernelManager):
    """A kernel of the runner's own Python, whatever the user has installed under the same name."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """Command that starts the kernel."""
        command = [sys.executable, "-m", kernel.__name__, "-f", "{connection_file}"]
        return KernelSpec(argv=command, language="python")


class CompendiumEngine(Engine):  # type: ignore[misc]
    """Papermill engine: own environment, sockets that cannot collide, start-up tried again."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        kept: list[NotebookNode],
        seconds: float,
        **options: Any,
    ) -> None:
        """Run all cells in one new kernel; `kept` receives the notebook, whatever happens to it."""
        kept.append(nb_man.nb)
        started = time.monotonic()
        for attempt in range(1, START_ATTEMPTS + 1):
            with tempfile.TemporaryDirectory(prefix="ess-") as folder:
                client = PapermillNotebookClient(
                    nb_man,
                    config=_connection(folder),
                    kernel_name=kernel_name,
                    kernel_manager_class=OwnKernel,
                    timeout_func=_countdown(seconds),
                    startup_timeout=START_SECONDS,
                    shutdown_kernel="immediate",
                )
                try:
                    client.execute(env=options["environment"], cwd=options["folder"])
                    return
                except RuntimeError:
                    late = time.monotonic() > started + START_SECONDS
                    if late or attempt == START_ATTEMPTS or _last_started(nb_man.nb) is not None:
                        raise


def execute(
    path: Path,
    *,
    parameters: Mapping[str, Any],
    root: Path,
    failed: Path,
    seconds: float | None = None,
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
    seconds : float, optional
        Time limit of the notebook, from its first cell on; the number of minutes in the environment
        variable ``ESSLIB_MINUTES`` when it is not given, 20 without that.

    Returns
    -------
    NotebookNode
        The executed notebook as papermill returns it.

    Raises
    ------
    RunError
        A cell failed, the time was over, or the kernel died. The message shows where.
    """
    limit = _time_limit() if seconds is None else seconds
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
            seconds=limit,
            environment=kernel_environment(root),
            folder=str(root / "notebooks"),
        )
    except Exception as error:
        raise RunError(
            "\n".join([_explanation(error, path.stem, kept, limit), *_keep(kept, failed)])
        ) from error
    failed.unlink(missing_ok=True)
    seconds = time.monotonic() - started
    tqdm.write(
        f"{path.stem:<28}{len(executed.cells):>4} cells {fixed(seconds, 1):>6} s", file=sys.stderr
    )
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


def _time_limit() -> float:
    """Return the seconds that a notebook may take."""
    minutes = os.environ.get(MINUTES_VARIABLE, MINUTES)
    try:
        return 60 * float(minutes)
    except ValueError:
        raise RunError(f"{MINUTES_VARIABLE}={minutes}: expected a number of minutes") from None


def _countdown(seconds: float) -> Callable[[NotebookNode], float]:
    """Return what tells how long the next cell may take; the time runs from the first cell on."""
    end: list[float] = []

    def remaining(_: NotebookNode) -> float:
        end[:] = end or [time.monotonic() + seconds]
        return max(0.1, end[0] - time.monotonic())  # 0 would mean no limit

    return remaining


def _connection(folder: str) -> Config:
    """Sockets in a folder of their own where they can be; TCP ports another kernel can take."""
    possible = sys.platform != "win32" and len(os.fsencode(folder)) < SOCKET_BYTES
    sockets = {"transport": "ipc", "ip": f"{folder}/kernel"} if possible else {}
    return Config({"KernelManager": {"connection_file": f"{folder}/kernel.json", **sockets}})


def _last_started(notebook: NotebookNode) -> int | None:
    """Return the index of the last cell that was begun."""
    begun = [
        i for i, cell in enumerate(notebook.cells) if cell.metadata.papermill.get("start_time")
    ]
    return begun[-1] if begun else None


def _keep(kept: list[NotebookNode], failed: Path) -> list[str]:
    """Write a notebook that failed to where it can be read; return where that is."""
    try:
        for notebook in kept:
            write_atomically(failed, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        return [f"It could not be kept for reading: {error}"]
    return [f"Kept for reading: {failed}"] * len(kept)


def _explanation(error: Exception, name: str, kept: list[NotebookNode], limit: float) -> str:
    """Say where a notebook stopped, in words for the person who started the run."""
    if isinstance(error, PapermillExecutionError):
        trace = _ANSI.sub("", "\n".join(error.traceback)).splitlines()
        said = f"{error.ename}: {error.evalue}".splitlines()
        # of a long list of problems the first lines say what it is and what to do
        lines = trace[-TRACEBACK_LINES:]
        if len(said) >= TRACEBACK_LINES:
            more = len(said) - TRACEBACK_LINES
            lines = said[:TRACEBACK_LINES] + ([f"  ... and {more} more"] if more else [])
        index, code, what = error.cell_index, error.source, "\n".join(lines)
    else:
        last = _last_started(kept[0]) if kept else None
        if last is None:
            return f"{name} could not be started: {type(error).__name__}: {error}"
        index, code, what = last, kept[0].cells[last].source, _cause(error, limit)
    shown = "\n".join(f"    {line}" for line in code.strip().splitlines()[-TRACEBACK_LINES:])
    return f"{name} stopped in cell {index + 1}:\n{shown}\n{what}"


def _cause(error: Exception, limit: float) -> str:
    match error:
        case CellTimeoutError():
            return (
                f"CellTimeoutError: the {significant(limit / 60, 6)} minutes that a notebook may "
                f"take were over; {MINUTES_VARIABLE}=60 would give it an hour"
            )
        case DeadKernelError():
            return "DeadKernelError: the kernel's process ended; often there was too little memory"
    return f"{type(error).__name__}: {error}"
