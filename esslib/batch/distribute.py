"""Cohorts over the workers of a Dask cluster. A worker that dies loses its cohort of the moment
only: Dask gives it to another, and what others have written stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from distributed import Client, as_completed
from tqdm import tqdm

from esslib.batch.analyse import Job, analyse, failed


def distribute(jobs: Sequence[Job], client: Client) -> list[dict[str, Any]]:
    """Analyse every cohort and return their rows, in the order of the jobs.

    A cohort whose analysis has killed several workers in a row fails, with Dask's message.
    """
    futures = client.map(analyse, jobs, pure=False)
    for _ in tqdm(as_completed(futures), total=len(jobs), unit="cohort"):
        pass
    return [
        failed(str(future.exception())) if future.status == "error" else future.result()
        for future in futures
    ]
