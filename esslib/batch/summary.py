"""What a batch says of its cohorts together: two tables, a forest plot and a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pandas as pd

from esslib.batch.analyse import FOLDER, Job
from esslib.compare.pooled import pool, weights
from esslib.display import figures, sentences, tables
from esslib.display.shown import FoldedFigure, SavedFigure
from esslib.display.tables import TextTable, as_html
from esslib.paths import resolve
from esslib.run.html import Surroundings, notebook_to_html
from esslib.run.pages import programs
from esslib.run.record import digest
from esslib.study import Study, open_study
from printed.files import write_atomically

MOST_SHOWN = 200


def write_summary(jobs: Sequence[Job], measured: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Write ``tables/cohorts.csv``, ``tables/cohorts_pooled.csv``, the figure and ``index.html``.

    Parameters
    ----------
    jobs : sequence of Job
    measured : sequence of dict
        What `esslib.batch.analyse.analyse` returned for each.

    Returns
    -------
    DataFrame
        ``cohorts.csv``: one row per job, in their order.
    """
    out, synthetic = jobs[0].out, jobs[0].cohort.is_synthetic
    study = replace(
        open_study(export=""),
        results_dir=out,
        figures_dir=out / "figures",
        is_synthetic=synthetic,
    )
    frame = cohort_table(jobs, measured, study.vocabulary)
    variances = frame["se"] ** 2
    pooled = study.save({"cohorts_pooled": pool(frame["difference"], variances)})["cohorts_pooled"]
    share = weights(variances, tau2=pooled["tau2"].fillna(0).iloc[0])
    frame = study.save({"cohorts": frame.assign(weight_percent=share)})["cohorts"]
    write_atomically(out / "index.html", _page(frame, pooled, study, jobs))
    return frame


def cohort_table(
    jobs: Sequence[Job], measured: Sequence[dict[str, Any]], vocabulary: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per cohort with the columns of ``cohorts.csv``, weights still missing."""
    columns = vocabulary[vocabulary["table"] == "cohorts"]
    rows = [{"cohort": j.cohort.label, **m} for j, m in zip(jobs, measured, strict=True)]
    kinds = {"text": "str", "count": "Int64", "number": "float64"}
    frame = pd.DataFrame(rows).reindex(columns=columns["column"])
    return frame.astype(dict(zip(columns["column"], columns["kind"].map(kinds), strict=True)))


def _page(frame: pd.DataFrame, pooled: pd.DataFrame, study: Study, jobs: Sequence[Job]) -> str:
    say, done = study.voice.say, frame[frame["status"] == "done"]
    said = sentences.cohorts_together(pooled, study.voice)
    counted = say("cohorts-done", n=len(done), n_failed=len(frame) - len(done))
    shown: list[str | TextTable | SavedFigure | FoldedFigure] = [
        f"# {say('cohorts-title')}\n\n{counted}\n\n{said}"
    ]
    if len(done):
        shown.append(study.draw(figures.forest_cohorts, done, pooled, name="forest_cohorts"))
        if pooled["tau2"].notna().all():
            shown.append(tables.cohorts_pooled(pooled, study.voice))
        contrast = study.codebook.contrasts.head(1)
        shown.append(tables.cohorts(done.head(MOST_SHOWN), contrast, study.voice))
    if len(done) > MOST_SHOWN:
        shown.append(say("cohorts-shown", shown=MOST_SHOWN, n=len(done), file="tables/cohorts.csv"))
    if len(done) < len(frame):
        shown.append(tables.cohorts_failed(frame, study.voice))
    if not jobs[0].tables_only and len(done):
        links = (
            f"- [{label}]({FOLDER}/{quote(label)}/results/report/index.html)"
            for label in done["cohort"]
        )
        shown.append(f"## {say('cohorts-pages')}\n\n" + "\n".join(links))
    notebook = {
        "cells": [_cell(part, f"part-{number}") for number, part in enumerate(shown)],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    surroundings = Surroundings(
        synthetic=study.is_synthetic,
        versions=programs(resolve(".")),
        lock=digest(resolve("requirements.lock")),
        lang=study.lang,
    )
    return notebook_to_html(notebook, title=say("cohorts-title"), surroundings=surroundings)


def _cell(part: str | TextTable | SavedFigure | FoldedFigure, name: str) -> dict[str, Any]:
    """Return a text as prose, a table or a figure as what a code cell shows."""
    cell = {"id": name, "metadata": {}}
    if isinstance(part, str):
        return {**cell, "cell_type": "markdown", "source": part}
    if isinstance(part, TextTable):
        output = {"data": {"text/html": as_html(part)}, "metadata": {}}
    else:
        output = dict(zip(("data", "metadata"), part._repr_mimebundle_(), strict=True))
    code = {"cell_type": "code", "execution_count": None, "source": ""}
    return {**cell, **code, "outputs": [{**output, "output_type": "display_data"}]}
