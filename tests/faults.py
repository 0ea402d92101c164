"""What goes wrong while the compendium runs, and what is left of it: one line per fault.

``python tests/faults.py`` does each fault to a small project of four notebooks, runs the same
command again, and compares every byte with a run that nothing disturbed. ``--project`` kills runs
of the compendium itself too, ``--starts 300`` starts so many kernels. Linux only: it looks for left
processes in ``/proc``; full and read-only disks need the right to mount (root), and say so where it
is missing.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from conftest import PARAMETERS, Project, chain

from esslib.paths import resolve
from esslib.run.notebook import RunError

KILLS = 20
PROJECT_KILLS = 3
AT_A_TIME = 30
WIDTH = 110
SLOW = """\
import time
from esslib.paths import prepare
for letter in "abc":
    prepare(f"figures/{letter}.txt").write_text(letter * 200_000)
    time.sleep(0.2)"""
TELLING = re.compile(r"^\w+Error: |Errno|could not be started|were over|waiting for it|stopped;")
FIGURES = [f"figures/{letter}.txt" for letter in "abc"]
copy_project = runpy.run_path(str(resolve("benchmarks/run.py")))["copy_project"]
HANG = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"


class Compendium(Project):
    """A copy of the compendium itself."""

    def __init__(self, root: Path):
        self.root = copy_project(root)


class Fault(NamedTuple):
    """What is done to a project's run, and what it then says."""

    name: str
    commit: Callable[[Project], str]


# ---------------------------------------------------------------- running


def small(root: Path) -> Project:
    """Write the small project: a chain of three, and one beside it that writes slowly."""
    project = chain(Project(root))
    project.notebook("03_slow", SLOW, parameters=PARAMETERS, writes=FIGURES)
    return project


def start(
    project: Project, *, before: Iterable[str] = (), **variables: str
) -> subprocess.Popen[str]:
    """Start the command that a person would type."""
    path = os.pathsep.join(filter(None, [str(resolve(".")), variables.pop("PYTHONPATH", "")]))
    own = {"PYTHONPATH": path, "TMPDIR": str(temporary(project))}
    return subprocess.Popen(
        [*before, sys.executable, "-m", "doit", "-n", "2"],
        cwd=project.root,
        env={**os.environ, **own, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def said(run: subprocess.Popen[str]) -> str:
    """Wait for a run; return how it ended and its most telling line."""
    output, _ = run.communicate()
    lines = [line.strip() for line in output.splitlines() if line.strip(" .-")]
    telling = [line for line in lines if TELLING.search(line)]
    return f"{run.returncode}: {(telling or lines[-1:] or [''])[0]}"


def left(project: Project) -> list[str]:
    """Name what a run leaves that it should not: files half-written, stages, sockets, kernels."""
    files = [p.name for p in project.root.rglob("*.part")]
    files += [p.name for p in project.root.rglob("stage-*")]
    return files + [f"process {pid}" for pid in kernels(project)] + sockets(project)


def kernels(project: Project) -> list[int]:
    """Return the processes that work for the project."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"ESSLIB_ROOT={project.root}/".encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found


def sockets(project: Project) -> list[str]:
    """Return the folders of sockets; each project has its own folder for temporary files."""
    return [p.name for p in temporary(project).glob("ess-*")]


def temporary(project: Project) -> Path:
    """Return the project's folder for temporary files."""
    folder = project.root.parent / "t" / project.root.name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(project: Project, **variables: str) -> str:
    """Run to the end."""
    return said(start(project, **variables))


# ---------------------------------------------------------------- faults


def killed(seconds: float, number: signal.Signals) -> Callable[[Project], str]:
    """Return the fault of a signal after some seconds."""

    def commit(project: Project) -> str:
        process = start(project)
        time.sleep(seconds)
        process.send_signal(number)
        message = said(process)
        deadline = time.monotonic() + 15
        while (kernels(project) or sockets(project)) and time.monotonic() < deadline:
            time.sleep(0.1)
        survivors = [*map(str, kernels(project)), *sockets(project)]
        return f"{message}; survivors: {', '.join(survivors) or 'none'}"

    return commit


def starting_killed(project: Project) -> str:
    """Kill the first kernel that is seen."""
    process = start(project)
    while not project.path("results/.state/stage-03_slow").exists():
        time.sleep(0.05)
    while not (found := kernels(project)):
        time.sleep(0.05)
    time.sleep(1)
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return said(process)


def two_runs(project: Project) -> str:
    """Start two runs at the same moment."""
    both = [start(project) for _ in range(2)]
    return " | ".join(map(said, both))


def hanging(project: Project) -> str:
    """Let a notebook never end."""
    return with_cell(project, HANG, ESSLIB_MINUTES="0.1")


def kernel_killed(project: Project) -> str:
    """Kill a kernel in the middle of a cell, as the system does when memory is short."""
    return with_cell(project, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")


def with_cell(project: Project, code: str, **variables: str) -> str:
    """Run with another cell in 03_slow, then put the notebook back."""
    path = project.path("notebooks/03_slow.ipynb")
    good = path.read_bytes()
    project.notebook("03_slow", code, writes=FIGURES)
    message = run(project, **variables)
    path.write_bytes(good)
    return message


def no_kernel(statement: str) -> Callable[[Project], str]:
    """Return the fault of a kernel that does `statement` instead of starting."""

    def commit(project: Project) -> str:
        broken = temporary(project) / "broken"
        (broken / "ipykernel").mkdir(parents=True)
        (broken / "ipykernel" / "__init__.py").write_text(statement)
        message = run(project, PYTHONPATH=str(broken))
        shutil.rmtree(broken)
        return message

    return commit


def file_limit(project: Project) -> str:
    """Let no file grow beyond 100 kB: the error of a full disk, without a disk."""
    words = ["bash", "-c", 'ulimit -f 100; exec "$@"', "bash"]
    return said(start(project, before=words))


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Mount a small disk in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def full(kilobytes: int) -> Callable[[Project], str]:
    """Return the fault of a disk with so much room left for results; then it gets more."""

    def commit(project: Project) -> str:
        with mounted(project.path("results"), f"size={kilobytes}k"):
            message = run(project)
            more = ["mount", "-o", "remount,size=50m", project.path("results")]
            subprocess.run(more, check=True)
            run(project)
            shutil.copytree(project.path("results"), project.path("kept"))
        return brought_back(project, "results", message)

    return commit


def read_only(project: Project) -> str:
    """Let nothing be written among the results."""
    with mounted(project.path("results"), "size=1m,ro"):
        return run(project)


def other_disk(project: Project) -> str:
    """Let figures stand on another disk than the rest, and stay there."""
    with mounted(project.path("figures"), "size=10m"):
        message = run(project)
        shutil.copytree(project.path("figures"), project.path("kept"))
    return brought_back(project, "figures", message)


def brought_back(project: Project, folder: str, message: str) -> str:
    """Put what a disk held where it was mounted."""
    shutil.rmtree(project.path(folder))
    project.path("kept").rename(project.path(folder))
    return message


def long_temporary(project: Project) -> str:
    """Let the path of temporary files be longer than a socket's may be."""
    folder = temporary(project) / ("x" * 100)
    folder.mkdir()
    return run(project, TMPDIR=str(folder))


def no_home(project: Project) -> str:
    """Let the user have no home."""
    return run(project, HOME="/nowhere")


def torn(path: str) -> Callable[[Project], str]:
    """Return the fault of a file that lost its second half, as after a power cut."""

    def commit(project: Project) -> str:
        run(project)
        file = project.path(path)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        return f"{path} is torn"

    return commit


FAULTS = (
    Fault("Ctrl-C", killed(4, signal.SIGINT)),
    Fault("terminated", killed(4, signal.SIGTERM)),
    Fault("kernels killed while starting", starting_killed),
    Fault("kernel killed in a cell", kernel_killed),
    Fault("notebook hangs", hanging),
    Fault("kernel dies while starting", no_kernel("import os; os._exit(3)")),
    Fault("kernel never answers", no_kernel("import time; time.sleep(1000)")),
    Fault("two runs at once", two_runs),
    Fault("no home", no_home),
    Fault("long path of temporary files", long_temporary),
    Fault("no file above 100 kB", file_limit),
    *(
        Fault(f"disk full, {room} kB of results", full(room))
        for room in (8, 64, 300, 500, 650, 750)
    ),
    Fault("read-only results", read_only),
    Fault("figures on another disk", other_disk),
    *(
        Fault("torn file", torn(path))
        for path in (
            "figures/b.txt",
            "results/.state/notebook-03_slow.json",
            "results/.state/02_sum.outputs.json",
            "results/report/02_sum.html",
            "results/manifest.json",
        )
    ),
)


# ---------------------------------------------------------------- the table


def main() -> None:
    """Commit every fault and print what came of it; end with 1 when one left a trace."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=Plain)
    words.add_argument("--project", action="store_true", help="kill runs of the compendium too")
    words.add_argument("--starts", type=int, default=0, help="start so many kernels")
    words.add_argument("--only", default="", help="faults whose name has this in it")
    given = words.parse_args()
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # started in the background, it is deaf
    with tempfile.TemporaryDirectory() as folder:
        good = table(Path(folder), small, FAULTS, n_kills=KILLS, only=given.only)
        if given.project:
            good &= table(Path(folder), Compendium, (), n_kills=PROJECT_KILLS, only=given.only)
        if given.starts:
            good &= starts(Path(folder), given.starts)
    sys.exit(not good)


class Plain(argparse.RawDescriptionHelpFormatter):
    """Shows the text above as it is written."""


def kills(seconds: float, count: int) -> list[Fault]:
    """Return faults of `kill -9` at random moments, the same every time."""
    chance = random.Random(7)
    moments = sorted(chance.uniform(0, seconds) for _ in range(count))
    return [Fault(f"kill -9 after {m:.1f} s", killed(m, signal.SIGKILL)) for m in moments]


def table(
    folder: Path,
    make: Callable[[Path], Project],
    faults: Iterable[Fault],
    *,
    n_kills: int,
    only: str,
) -> bool:
    """Print a line for each fault; tell whether all runs ended like the clean one."""
    clean, started = make(folder / f"{make.__name__}-clean"), time.monotonic()
    print(f"{'clean run':<34}{run(clean)}")
    faults = [*faults, *kills(time.monotonic() - started, n_kills)]
    expected, good = clean.files(), True
    for number, fault in enumerate(fault for fault in faults if only in fault.name):
        project = make(folder / f"{make.__name__}-{number}")
        message = fault.commit(project)
        again = run(project)
        same, traces = project.files() == expected, left(project)
        good &= same and not traces
        verdict = "same bytes" if same else f"DIFFERS ({again})"
        print(f"{fault.name:<34}{message[:WIDTH]:<{WIDTH}}  {verdict}", *traces, flush=True)
    return good


def starts(folder: Path, count: int) -> bool:
    """Start kernels, many at a time; tell whether each of them ran its cell."""
    from esslib.run.execute import execute

    path = Project(folder / "starts").notebook("01_starts", "print(1)")

    def one(number: int) -> str:
        root = folder / f"starts/{number}"
        (root / "notebooks").mkdir(parents=True)
        try:
            execute(path, parameters={}, root=root, failed=root / "failed.ipynb")
        except RunError as error:
            return str(error)
        return ""

    started = time.monotonic()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        failures = [message for message in pool.map(one, range(count)) if message]
    seconds = time.monotonic() - started
    print(f"{count} kernels, {AT_A_TIME} at a time: {len(failures)} failed, {seconds:.0f} s")
    print(*failures[:3], sep="\n")
    return not failures


if __name__ == "__main__":
    main()
