"""What a worker does with one cohort. What has been done already is not done again."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from inspect import signature
from pathlib import Path
from typing import Any

import pandas as pd

from esslib.batch.cohort_list import Cohort
from esslib.chapters.outcomes import outcomes
from esslib.chapters.predictors import predictors
from esslib.chapters.questionnaire import Scoring, questionnaire
from esslib.chapters.respondents import respondents
from esslib.check import write_problems
from esslib.holdings import READING, ROWS
from esslib.paths import resolve, says_synthetic
from esslib.run.graph import Plan, make_plan
from esslib.run.notebook import RunError
from esslib.run.record import Step, digest, digest_files, digest_of
from esslib.run.sources import ROOT, sources_of
from esslib.run.steps import Task, tasks
from esslib.study import CODEBOOK, Study, open_study
from esslib.survey.cleaning import included
from esslib.survey.codebook import read_codebook
from esslib.survey.export import ExportError

FOLDER = "cohorts"
CHAPTERS: dict[
    str, Callable[..., dict[str, pd.DataFrame]]
] = {  # of notebooks whose tables a batch makes without running them
    "01_cleaning": respondents,
    "02_score_construction": questionnaire,
    "04_secondary_outcomes": outcomes,
    "05_predictors": predictors,
}
SOURCES = {
    "flow": "01_cleaning",
    "group_summaries": "04_secondary_outcomes",
    "group_tests": "04_secondary_outcomes",
}


@dataclass(frozen=True)
class Job:
    """One cohort to be analysed.

    Attributes
    ----------
    cohort : Cohort
    out : Path
        Folder of the batch.
    tables_only : bool
        Whether to leave out the notebooks.
    code : str
        `code_digest` of the program that asks.
    """

    cohort: Cohort
    out: Path
    tables_only: bool
    code: str

    @property
    def folder(self) -> Path:
        """Where the cohort's results go."""
        return self.out / FOLDER / self.cohort.label


def analyse(job: Job) -> dict[str, Any]:
    """Bring the results of one cohort up to date, and return its row of ``cohorts.csv``.

    Whatever is wrong with a cohort becomes its `error`: the others go on.
    """
    if job.code != code_digest():
        return failed("the worker runs other code or another Python than the batch; restart it")
    if not job.cohort.export.is_file():
        return failed(
            f"there is no export {job.cohort.export.name} where the list says; mend the path"
        )
    settings = {"export": str(job.cohort.export), **job.cohort.parameters}
    log = job.folder / "results" / ".state" / "batch.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as said, redirect_stdout(said), redirect_stderr(said):
        try:
            plan = make_plan(resolve("."), out=str(job.folder), settings=settings)
            for task in [_tables(plan)] if job.tables_only else tasks(plan):
                if not task.is_current():
                    task.run()
        except ExportError as error:
            book = read_codebook(resolve(CODEBOOK))
            found = write_problems(job.cohort.export, book) or str(error)
            return failed(found.replace(f"{job.cohort.export.parent}{os.sep}", ""))
        except RunError as error:
            return failed(str(error).replace(f"{job.folder}{os.sep}", ""))
        except Exception as error:  # noqa: BLE001  (whatever it is, the others go on)
            return failed(f"{type(error).__name__}: {error}")
    return {"status": "done", **_measured(job)}


def failed(reason: str) -> dict[str, Any]:
    """Return the row of a cohort without results."""
    return {"status": "failed", "error": reason}


@cache
def code_digest() -> str:
    """Return the digest of all that makes a cohort's tables, as this process has loaded it."""
    sources = digest_files(sources_of(["import esslib.batch.analyse"]), base=ROOT)
    return digest_of(sources, digest(resolve("requirements.lock")), platform.python_version())


def _tables(plan: Plan) -> Task:
    """Return the task that writes the tables of the notebooks without running them."""
    used = [notebook for notebook in plan.notebooks if notebook.name in CHAPTERS]
    parameters = {n.name: {**n.defaults, **plan.own_parameters(n)} for n in used}
    read = {path: file for n in used for path, file in plan.inputs(n).items()}
    inputs = {path: file for path, file in read.items() if path not in plan.writers}
    outputs = {
        path: file
        for notebook in used
        for path, file in plan.outputs(notebook).items()
        if path.endswith(".csv") and not path.endswith(".excel.csv")
    }
    record = plan.out / "results" / ".state" / "tables.json"
    step = Step("tables", digest_of(parameters, code_digest()), inputs, outputs, record)
    return Task(step, lambda: _write_tables(plan, step, parameters), ())


def _write_tables(plan: Plan, step: Step, parameters: dict[str, dict[str, Any]]) -> None:
    export = plan.place(str(plan.parameters["export"]))
    study = _study(_codebook_digest())
    study = replace(
        study,
        export=str(export),
        results_dir=plan.out / "results",
        is_synthetic=says_synthetic(export),
        min_count=parameters["01_cleaning"]["min_count"],
    )
    results: dict[str, pd.DataFrame] = {}
    for notebook, chapter in CHAPTERS.items():
        given = _own(chapter, parameters[notebook])
        results |= chapter(*_read(notebook, study, results), study.codebook, **given)
    rows = {name: results.pop(name) for name in ROWS}
    replace(study, rows=rows).save(results)
    study.keep_reading(study.read("export"), step.outputs[READING])
    if missing := [path for path, file in step.outputs.items() if not file.is_file()]:
        raise RunError(f"the notebooks declare {', '.join(missing)}, which no table of a batch is")


def _read(notebook: str, study: Study, results: dict[str, pd.DataFrame]) -> tuple[Any, ...]:
    """Return what a notebook reads."""
    if notebook == "01_cleaning":
        return study.read("export"), study.read("recruitment")
    is_outcomes = notebook == "04_secondary_outcomes"
    return (results["scored"] if is_outcomes else included(results["tidy"]),)


def _own(chapter: Callable[..., Any], parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters that a chapter takes."""
    asked = signature(Scoring if chapter is questionnaire else chapter).parameters
    return {name: parameters[name] for name in asked if name in parameters}


def _measured(job: Job) -> dict[str, Any]:
    """Return what ``cohorts.csv`` says of the first contrast, from the tables as written."""
    study = replace(_study(_codebook_digest()), results_dir=job.folder / "results")
    flow, summaries, tests = (
        study.read_table(name, written_by=source) for name, source in SOURCES.items()
    )
    primary = study.codebook.contrasts["contrast"].iloc[0]
    compared = summaries[summaries["contrast"] == primary].astype({"n": "float64"})
    first, second = compared.to_dict("records")
    test = tests[tests["contrast"] == primary].iloc[0]
    variance = sum(group["sd"] ** 2 / group["n"] for group in (first, second))
    return {
        "n": flow.loc[flow["step"] == "included", "n"].sum(min_count=1),
        **{f"{name}_a": first[name] for name in ("n", "mean")},
        **{f"{name}_b": second[name] for name in ("n", "mean")},
        **test[["difference", "ci_low", "ci_high", "p_value"]],
        "se": variance**0.5,
    }


def _codebook_digest() -> str:
    return digest_of(digest_files(sorted(resolve(CODEBOOK).glob("*.csv")), base=resolve(CODEBOOK)))


@lru_cache(maxsize=1)
def _study(codebook: str) -> Study:
    """Open the study once in each process, and again when the codebook (its digest) has changed."""
    return open_study(export="")
