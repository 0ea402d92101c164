"""Time a full rebuild against a plain loop of papermill and nbconvert commands.

``python benchmarks/run.py`` works in temporary copies of the project, prints the times and their
ratios, and adds a line to ``benchmarks/history.csv``. Times on other machines differ; ratios tell.
The floor is the longest chain of notebooks, each with the start of its kernel, its imports and its
work, when nothing else runs: no number of cores makes a rebuild faster than that. Rebuild and floor
are measured in turn and the shortest times count: whatever else the machine does only adds to them.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from esslib.paths import ROOT_VARIABLE, resolve
from esslib.run.graph import Plan, make_plan

HISTORY = Path(__file__).with_name("history.csv")
ROUNDS = 3
# A line of the runner's report: notebook, number of cells, seconds.
REPORT = re.compile(r"^(\S+) +\d+ cells +([\d.]+) s$", re.MULTILINE)


def main() -> None:
    """Measure, print and record."""
    with tempfile.TemporaryDirectory() as folder:
        plain = time_plain_loop(copy_project(Path(folder) / "plain"))
        rebuilds, reports = [], []
        for k in range(ROUNDS):
            rebuilt, alone = (copy_project(Path(folder) / f"{kind}{k}") for kind in ("two", "one"))
            rebuilds.append(timed_doit(rebuilt)[0])
            reports.append(timed_doit(alone, "-n", "1", "notebook")[1])
        rebuild, idle = min(rebuilds), min(timed_doit(rebuilt)[0] for _ in range(ROUNDS))
        plan = make_plan(rebuilt)
    runs = [{name: float(seconds) for name, seconds in REPORT.findall(text)} for text in reports]
    chains = [longest_chain(plan, run) for run in runs]
    floor, chain = min(
        (sum(run[name] for name in chain), chain) for run, chain in zip(runs, chains, strict=True)
    )
    row = {
        **stamp(),
        "notebooks": str(len(plan.notebooks)),
        "plain_s": f"{plain:.1f}",
        "rebuild_s": f"{rebuild:.1f}",
        "floor_s": f"{floor:.1f}",
        "idle_s": f"{idle:.2f}",
        "rebuild_to_plain": f"{rebuild / plain:.2f}",
        "rebuild_to_floor": f"{rebuild / floor:.2f}",
    }
    add_to_history(row, HISTORY)
    for name, value in row.items():
        print(f"{name:<18}{value:>12}")
    print(f"{'longest chain':<18}{' > '.join(chain)}")


def copy_project(target: Path) -> Path:
    """Copy the files that git knows or would add, and nothing that a run made."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=resolve("."), check=True, capture_output=True, text=True)
    for name in names.stdout.splitlines():
        if resolve(name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(resolve(name), target / name)
    return target


def time_plain_loop(root: Path) -> float:
    """Return the seconds that papermill and nbconvert commands take, one notebook after another."""
    environment = {**os.environ, ROOT_VARIABLE: str(root)}
    (root / "out").mkdir()
    started = time.perf_counter()
    for path in sorted((root / "notebooks").glob("[0-9]*.ipynb")):
        executed = f"out/{path.name}"
        for words in (
            ["papermill", "--no-progress-bar", f"notebooks/{path.name}", executed],
            ["nbconvert", "--to", "html", "--no-input", executed],
        ):
            python(root, *words, environment=environment)
    return time.perf_counter() - started


def timed_doit(root: Path, *words: str) -> tuple[float, str]:
    """Return the seconds of one `doit`, and what it reported."""
    started = time.perf_counter()
    done = python(root, "doit", *words, environment=os.environ)
    return time.perf_counter() - started, done.stderr


def longest_chain(plan: Plan, seconds: Mapping[str, float]) -> list[str]:
    """Return the notebooks that cannot run side by side and together take longest."""
    chains: dict[str, list[str]] = {}
    for notebook in plan.notebooks:
        before = [chains[name] for name in plan.upstream(notebook)]
        longest = max(before, key=lambda chain: sum(seconds[n] for n in chain), default=[])
        chains[notebook.name] = [*longest, notebook.name]
    return max(chains.values(), key=lambda chain: sum(seconds[n] for n in chain))


def stamp() -> dict[str, str]:
    """Return what every line of a history begins with."""
    date = datetime.now(UTC).date().isoformat()
    return {"date": date, "commit": _commit(), "cores": str(os.cpu_count())}


def add_to_history(row: Mapping[str, str], path: Path) -> None:
    """Append a line, with the heading when the file is new."""
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)


def python(
    root: Path, *words: str, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a module of the environment's Python, and stop when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        env={**environment, "PYTHONPATH": str(root)},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(
        words, cwd=resolve("."), check=True, capture_output=True, text=True
    ).stdout.strip()


if __name__ == "__main__":
    main()
