"""Analyse a list of cohorts: ``python -m esslib.batch cohorts.csv``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import Client, LocalCluster

from esslib.batch.analyse import Job, code_digest
from esslib.batch.cohort_list import read_cohorts
from esslib.batch.distribute import distribute
from esslib.batch.summary import write_summary
from esslib.paths import resolve
from esslib.run.graph import make_plan
from esslib.run.notebook import RunError
from esslib.survey.export import ExportError
from printed.files import write_atomically

# A worker that died is started anew; on a busy machine that takes longer than Dask's 15 seconds.
RESTART = {"distributed.deploy.lost-worker-timeout": "10 minutes"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a batch; return 1 when a cohort failed, 2 when the list cannot be used."""
    options = _parser().parse_args(arguments)
    out = options.out.resolve()
    try:
        cohorts = read_cohorts(options.cohorts, make_plan(resolve(".")).notebooks)
    except (RunError, ExportError) as error:
        print(f"esslib.batch: {error}", file=sys.stderr)
        return 2
    write_atomically(out / ".gitignore", "*\n")  # a cohort may be a real one
    jobs = [Job(cohort, out, options.tables_only, code_digest()) for cohort in cohorts]
    with cluster(options.scheduler, n_workers=options.workers) as client:
        measured = distribute(jobs, client)
    frame = write_summary(jobs, measured)
    failed = frame[frame["status"] == "failed"]
    for cohort, reason in zip(failed["cohort"], failed["error"], strict=True):
        print(f"{cohort}: {reason}", file=sys.stderr)
    print(f"{len(frame) - len(failed)} of {len(frame)} cohorts done: {out / 'index.html'}")
    return int(len(failed) > 0)


@contextmanager
def cluster(scheduler: str | None, *, n_workers: int) -> Iterator[Client]:
    """Connect to a Dask scheduler, or start processes on this machine."""
    if scheduler:
        with Client(scheduler) as client:
            yield client
        return
    with (
        dask.config.set(RESTART),
        LocalCluster(n_workers=n_workers, threads_per_worker=1, dashboard_address=":0") as local,
        Client(local) as client,
    ):
        yield client


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m esslib.batch", description=__doc__)
    parser.add_argument("cohorts", type=Path, help="columns label, export and any parameter")
    parser.add_argument(
        "--out", type=Path, default=resolve("build/batch"), help="folder of results"
    )
    parser.add_argument(
        "--tables-only", action="store_true", help="result tables without notebooks and pages"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=int, default=os.cpu_count(), help="processes here")
    where.add_argument("--scheduler", help="address of a Dask scheduler, tcp://...")
    return parser


if __name__ == "__main__":
    sys.exit(main())
