"""Time the analysis of a country beside the mere reading of its file.

``python benchmarks/country.py`` makes synthetic cohorts of 10^3 to 10^6 respondents by resampling
the shipped one, runs what notebooks 01 to 05 publish on each (reading, cleaning, score,
comparisons, both predictor tables, tables and figures), and prints seconds by stage, peak memory,
the growth with the number of respondents and, for the largest, the ratio to
``pd.read_csv(path, sep=";", dtype=str, engine="pyarrow")``, which uses all processors. They are run
alternately, each in a process of its own; the analysis once in that process, which gives the
stages, and once with the notebooks' work side by side on two. Making the cohorts is in no time, nor
are imports and compiled code, which a run on the shipped cohort has loaded before. Adds a line to
``benchmarks/history_country.csv``.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import run as rebuild

from esslib.paths import resolve
from esslib.run.kernel import UNCOLLECTED

SHIPPED = "data/raw/synthetic_export.csv"
HISTORY = Path(__file__).with_name("history_country.csv")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
REPEATS = 4
SEED = 2022
CHANGED = 1 / 8  # of the cells, which come from another respondent
Seconds = dict[str, list[float]]
Run = dict[str, Any]


def main() -> None:
    """Make, measure, print and record; or do one measurement, when called for it."""
    if len(sys.argv) > 1:
        print(json.dumps(MEASUREMENTS[sys.argv[1]](Path(sys.argv[2]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"synthetic_{n}.csv" for n in SIZES]
        for path in paths:
            in_process("make", path)
        runs = [in_process("analyse", path) for path in paths[:-1]]
        rounds = [
            [in_process(what, paths[-1]) for what in ("read", "analyse", "side_by_side")]
            for _ in range(REPEATS)
        ]
    plain, ours, together = (
        min(each, key=lambda run: run["wall"]) for each in zip(*rounds, strict=True)
    )
    runs.append(ours)
    for name, (wall, processor) in ours["stages"].items():
        print(f"{name:<14}{wall:>9.2f} s {processor:>9.2f} s of processor")
    for n, run in zip(SIZES, runs, strict=True):
        print(f"{n:>10,}  {run['wall']:8.2f} s {run['processor']:8.2f} s  {run['gib']:.2f} GiB")
    row = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": str(os.cpu_count()),
        "respondents": str(SIZES[-1]),
        "read_s": f"{plain['wall']:.2f}",
        "analysis_s": f"{ours['wall']:.2f}",
        "side_by_side_s": f"{together['wall']:.2f}",
        "ratio": f"{together['wall'] / plain['wall']:.2f}",
        "ratio_alone": f"{ours['wall'] / plain['wall']:.2f}",
        "processor_ratio": f"{ours['processor'] / plain['processor']:.2f}",
        "peak_gib": f"{max(ours['gib'], together['gib']):.2f}",
        "exponent": f"{exponent(runs):.2f}",
        "steepest": f"{max(steps(runs)):.2f}",
        "largest_file_kb": f"{ours['largest_file_kb']:.0f}",
    }
    for name, value in row.items():
        print(f"{name:<18}{value:>12}")
    rebuild.add_to_history(row, HISTORY)


def make(path: Path) -> Run:
    """Resample the shipped respondents, some cells from another one, and write an export."""
    n = int(path.stem.split("_")[1])
    shipped = pd.read_csv(
        resolve(SHIPPED), sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )
    rng = np.random.default_rng(SEED)
    rows, others = rng.integers(0, len(shipped), (2, n))
    cells = {
        name: pa.array(shipped[name]).take(np.where(rng.random(n) < CHANGED, others, rows))
        for name in shipped
    }
    cells["N°"] = pa.array(np.arange(1, n + 1)).cast(pa.string())
    options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="none", quoting_header="none")
    pyarrow.csv.write_csv(pa.table(cells), path, options)
    return {"respondents": n}


def in_process(what: str, path: Path) -> Run:
    """Run one measurement in a process of its own, from the folder of the project."""
    words = [sys.executable, str(Path(__file__).resolve()), what, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(resolve(".")), "MPLBACKEND": "agg"}
    done = subprocess.run(
        words, cwd=resolve("."), env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    found: Run = json.loads(done.stdout.splitlines()[-1])
    return found


def read(path: Path) -> Run:
    """Read the file as text, nothing more."""
    pd.read_csv(resolve(SHIPPED), sep=";", dtype=str, engine="pyarrow")
    stages: Seconds = {}
    with stage(stages, "read"):
        pd.read_csv(path, sep=";", dtype=str, engine="pyarrow")
    return summed(stages)


def analyse(path: Path) -> Run:
    """Run the published analysis on a cohort."""
    from published_analysis import publish

    with warm_folder() as folder:
        stages: Seconds = {}
        publish(path, folder, lambda name: stage(stages, name))
        sizes = [p.stat().st_size for p in folder.glob("*/*") if p.is_file()]
    return {**summed(stages), "largest_file_kb": max(sizes) / 1000}


def side_by_side(path: Path) -> Run:
    """Run the published analysis with two processes; their memory is added up."""
    from published_analysis import publish

    with warm_folder() as folder:
        stages: Seconds = {}
        with stage(stages, "all"):
            publish(path, folder, lambda _: stage({}, ""), side_by_side=True)
    return summed(stages)


@contextmanager
def warm_folder() -> Iterator[Path]:
    """Load all code by a run on the shipped cohort; give a folder where results may be written."""
    from published_analysis import publish

    gc.set_threshold(UNCOLLECTED)  # as in the kernels in which notebooks run
    resolve("build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=resolve("build")) as folder:
        publish(resolve(SHIPPED), Path(folder) / "warm", lambda _: stage({}, ""))
        yield Path(folder)


@contextmanager
def stage(stages: Seconds, name: str) -> Iterator[None]:
    """Add the seconds of a block, on the clock and of all processors, under its name."""
    started = time.perf_counter(), time.process_time()
    yield
    ended = time.perf_counter(), time.process_time()
    before = stages.get(name, [0.0, 0.0])
    stages[name] = [b + e - s for b, e, s in zip(before, ended, started, strict=True)]


def summed(stages: Seconds) -> Run:
    """Return the stages, their sums, and the most memory the process and its child ever held."""
    import resource  # not on Windows

    wall, processor = (sum(seconds) for seconds in zip(*stages.values(), strict=True))
    whose = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    gib = sum(resource.getrusage(who).ru_maxrss for who in whose) / 2**20
    return {"stages": stages, "wall": wall, "processor": processor, "gib": gib}


def steps(runs: list[Run]) -> list[float]:
    """Return the exponent of each tenfold step: 1 is linear, n log n gives 1.08 to 1.12."""
    return [float(np.log10(b["processor"] / a["processor"])) for a, b in pairwise(runs)]


def exponent(runs: list[Run]) -> float:
    """Return a of seconds ~ n^a over all sizes."""
    seconds = [run["processor"] for run in runs]
    return float(np.polyfit(np.log(SIZES), np.log(seconds), 1)[0])


MEASUREMENTS: dict[str, Callable[[Path], Run]] = {
    "make": make,
    "read": read,
    "analyse": analyse,
    "side_by_side": side_by_side,
}

if __name__ == "__main__":
    main()
