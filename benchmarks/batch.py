"""Time a batch of 200 synthetic cohorts against a loop of papermill, on one and on two workers.

``python benchmarks/batch.py`` draws the cohorts from the shipped synthetic one, prints times,
ratios, memory and what they mean for 700 and for 10,000 cohorts, and adds a line to
``benchmarks/batch_history.csv``. It takes about five minutes on two free cores.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import run as rebuild

from esslib.batch.__main__ import cluster
from esslib.batch.analyse import Job, code_digest
from esslib.batch.cohort_list import Cohort
from esslib.batch.distribute import distribute
from esslib.batch.summary import write_summary
from esslib.paths import ROOT_VARIABLE, resolve
from esslib.run.graph import make_plan
from esslib.survey.cleaning import included, tidy_answers
from esslib.survey.codebook import read_codebook
from esslib.survey.export import read_export

HISTORY = Path(__file__).with_name("batch_history.csv")
SEED = 8
CORES = 16
PLANS = (700, 10_000)  # the CPTS of France, and more than there will be
QUEUED = 10_000


def main() -> None:
    """Measure, print and record."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scheduler = scheduler_megabytes(folder)
        cohorts = draw_cohorts(folder, options.cohorts)
        few, books = cohorts[: options.timed], cohorts[: options.notebooks]
        plain = time_papermill(folder / "plain", cohorts[0])
        one, _ = timed(few, folder / "one", n_workers=1)
        two, worker = timed(few, folder / "two", n_workers=2)
        rest, _ = timed(cohorts, folder / "two", n_workers=2)
        idle, _ = timed(cohorts, folder / "two", n_workers=2)
        books_one, _ = timed(books, folder / "books-one", n_workers=1, tables_only=False)
        books_two, _ = timed(books, folder / "books-two", n_workers=2, tables_only=False)
    whole = two + rest
    row = {
        **rebuild.stamp(),
        "cohorts": str(len(cohorts)),
        "papermill_s_per_cohort": f"{plain:.1f}",
        "tables_s_per_cohort": f"{whole / len(cohorts):.2f}",
        "notebooks_s_per_cohort": f"{books_two / len(books):.1f}",
        "tables_to_papermill": f"{plain * len(cohorts) / whole:.1f}",
        "notebooks_to_papermill": f"{plain * len(books) / books_two:.2f}",
        "tables_efficiency": f"{one / (2 * two):.2f}",
        "notebooks_efficiency": f"{books_one / (2 * books_two):.2f}",
        "idle_s": f"{idle:.1f}",
        "worker_mb": f"{worker:.0f}",
        "scheduler_mb_per_10000": f"{scheduler:.0f}",
    }
    rebuild.add_to_history(row, HISTORY)
    for key, value in row.items():
        print(f"{key:<26}{value:>12}")
    seconds = {"tables": 2 * whole / len(cohorts), "notebooks": 2 * books_two / len(books)}
    print_plan(seconds, worker_mb=worker, scheduler_mb=scheduler)


def draw_cohorts(folder: Path, n_cohorts: int) -> list[Cohort]:
    """Write exports of as many respondents as the shipped one includes, drawn from these."""
    codebook = read_codebook(resolve("data/codebook"))
    export = resolve("data/raw/synthetic_export.csv")
    kept = included(tidy_answers(read_export(export, codebook), codebook)).index
    rows = pd.read_csv(export, sep=";", dtype="str", keep_default_na=False)
    rows = rows.set_axis(rows.index + 2).loc[kept]
    rng = np.random.default_rng(SEED)
    cohorts = []
    for number in range(n_cohorts):
        drawn = rows.iloc[rng.integers(0, len(rows), len(rows))].reset_index(drop=True)
        towns = [f"{town} {place}" for place, town in enumerate(drawn["Ville"])]  # no duplicates
        path = folder / f"synthetic_{number:05d}.csv"
        drawn.assign(Ville=towns).to_csv(path, sep=";", index=False)
        cohorts.append(Cohort(f"cohort {number:05d}", path, {}))
    return cohorts


def timed(
    cohorts: Sequence[Cohort], out: Path, *, n_workers: int, tables_only: bool = True
) -> tuple[float, float]:
    """Return the seconds of a batch, start of the workers included, and megabytes of a worker."""
    started = time.perf_counter()
    jobs = [Job(cohort, out, tables_only, code_digest()) for cohort in cohorts]
    with cluster(None, n_workers=n_workers) as client:
        measured = distribute(jobs, client)
        memory = max(client.run(megabytes).values())
        if failed := [row["error"] for row in measured if row["status"] == "failed"]:
            sys.exit(f"{len(failed)} cohorts failed: {failed[0]}")
        write_summary(jobs, measured)
        seconds = time.perf_counter() - started
    return seconds, memory


def scheduler_megabytes(folder: Path) -> float:
    """Return by how much the process of scheduler and client grows with 10,000 jobs at hand."""
    missing = folder / "synthetic_missing.csv"
    jobs = [Job(Cohort(f"{n}", missing, {}), folder, True, code_digest()) for n in range(QUEUED)]
    with cluster(None, n_workers=2) as client:
        distribute(jobs[:100], client)
        before = megabytes()
        distribute(jobs, client)
    return megabytes() - before


def time_papermill(root: Path, cohort: Cohort) -> float:
    """Return the seconds of papermill and nbconvert over one cohort's notebooks, one by one."""
    rebuild.copy_project(root)
    environment = {**os.environ, ROOT_VARIABLE: str(root)}
    (root / "out").mkdir()
    plan = make_plan(root, out="out", settings={"export": str(cohort.export)})
    started = time.perf_counter()
    for notebook in plan.notebooks:
        executed = f"out/{notebook.path.name}"
        given = ["-p", "export", str(cohort.export)] if "export" in notebook.defaults else []
        papermill = ["papermill", "--no-progress-bar", f"notebooks/{notebook.path.name}", executed]
        for words in ([*papermill, *given], ["nbconvert", "--to", "html", "--no-input", executed]):
            rebuild.python(root, *words, environment=environment)
    return time.perf_counter() - started


def megabytes() -> float:
    """Return the most memory that this process has had (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_plan(core_seconds: Mapping[str, float], *, worker_mb: float, scheduler_mb: float) -> None:
    """Print hours and memory for a country, as the measured core seconds of a cohort have it."""
    print(f"\n{'plan':<20}{'cohorts':>9}{'core hours':>12}{'2 cores, h':>12}", end="")
    print(f"{f'{CORES} cores, h':>13}{'for 1 h':>9}{'scheduler MB':>14}")
    for mode, seconds in core_seconds.items():
        for n in PLANS:
            hours = n * seconds / 3600
            machines = math.ceil(hours / CORES)
            print(f"{mode:<20}{n:>9}{hours:>12.1f}{hours / 2:>12.1f}{hours / CORES:>13.1f}", end="")
            print(f"{machines:>9}{scheduler_mb * n / QUEUED:>14.0f}")
    print(
        f"'for 1 h': machines of {CORES} cores, {CORES * worker_mb / 1024:.1f} GB each for tables"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohorts", type=int, default=200)
    parser.add_argument(
        "--timed", type=int, default=40, help="of these, for one against two workers"
    )
    parser.add_argument("--notebooks", type=int, default=2, help="of these, with notebooks")
    return parser


if __name__ == "__main__":
    main()
