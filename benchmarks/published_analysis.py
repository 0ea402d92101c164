"""What notebooks 01 to 05 publish of one cohort, in one function, for `country`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from esslib import predictors
from esslib.chapters.outcomes import group_summaries, group_tests
from esslib.chapters.questionnaire import score_contrasts
from esslib.display import figures, tables
from esslib.score import instrument
from esslib.score.scoring import scale_of
from esslib.study import Study, open_study
from esslib.survey import describe
from esslib.survey.classes import OUTCOME, predictor_frame
from esslib.survey.cleaning import clean, included
from esslib.survey.codebook import Codebook
from esslib.survey.export import decode, read_export, validate

Stage = Callable[[str], AbstractContextManager[None]]
CONTRASTS = {
    "primary": "figure_2_primary",
    "secondary_1": "figure_3_secondary_1",
    "secondary_2": "figure_4_secondary_2",
}


def publish(path: Path, folder: Path, stage: Stage, *, side_by_side: bool = False) -> None:
    """Analyse an export and write every published table and figure to the folder.

    Side by side, as `doit -n 2` runs the notebooks, who answered and the predictors (01, 05) are
    the work of a second process.
    """
    study = open_study(
        export=str(path), results_dir=str(folder), figures_dir=str(folder / "figures")
    )
    with stage("read"):
        survey = read_export(path, study.codebook)
    with stage("clean"):
        codebook = study.codebook
        tidy = clean(validate(decode(survey.answers, codebook), codebook), codebook)
        people = included(tidy)

    def others() -> None:
        respondents(tidy, people, study, stage)
        associations(people, study, stage)

    def own() -> None:
        scores(people, study, stage)
        items(people, study, stage)

    if not side_by_side:
        others()
        own()
        return
    second = get_context("fork").Process(target=others)
    second.start()
    own()
    second.join()
    if second.exitcode:
        raise SystemExit("The second process failed; see above.")


def respondents(tidy: pd.DataFrame, people: pd.DataFrame, study: Study, stage: Stage) -> None:
    """Show who answered (notebook 01)."""
    codebook = study.codebook
    with stage("describe"):
        recruitment = pd.DataFrame({"step": [], "n": []})
        flow = study.save({"flow": describe.flow(tidy, recruitment, codebook)})["flow"]
        tableau_1 = study.save({"tableau_1": describe.tableau_1(people, codebook)})["tableau_1"]
        places = describe.places(people, codebook)
    with stage("show"):
        study.show(tables.characteristics, tableau_1, None)
        study.draw(figures.flow_chart, flow, name="figure_1_flow")
        study.draw(figures.map_respondents, places, name="map_respondents")


def items(people: pd.DataFrame, study: Study, stage: Stage) -> None:
    """Show the answers to the items (notebook 02)."""
    with stage("describe"):
        answers = instrument.count_answers(people, scale=scale_of(study.codebook), by="group")
    with stage("show"):
        study.draw(figures.items_likert, answers, name="items_likert")


def scores(people: pd.DataFrame, study: Study, stage: Stage) -> None:
    """Score and compare (notebooks 03 and 04)."""
    codebook = study.codebook
    with stage("score"):
        scored = score_contrasts(people, codebook)
    with stage("compare"):
        summaries = group_summaries(scored, codebook)
        tests = group_tests(scored, codebook)
        study.save({"group_summaries": summaries})
        study.save({"group_tests": tests})
    with stage("show"):
        study.show(tables.comparison, summaries, tests)
        for contrast, name in CONTRASTS.items():
            rows, summary, test = (f[f["contrast"] == contrast] for f in (scored, summaries, tests))
            study.draw(figures.box_plot, rows, summary, test, name=name)


def associations(people: pd.DataFrame, study: Study, stage: Stage) -> None:
    """Make both predictor tables (notebook 05)."""
    with stage("predict"):
        frame = _predictors(people, study.codebook, "bivariate", "regression")
        names = frame.columns.drop(OUTCOME).tolist()
        crude = predictors.bivariate(frame, outcome=OUTCOME, exposures=names)
        study.save({"bivariate": crude})
        frame = _predictors(people, study.codebook, "multivariate", "methods")
        names = frame.columns.drop(OUTCOME).tolist()
        adjusted = predictors.multivariate(frame, outcome=OUTCOME, covariates=names)
        study.save({"multivariate": adjusted})
    with stage("show"):
        study.show(tables.association, crude)
        study.draw(figures.forest, crude, name="forest_bivariate")
        study.show(tables.association, adjusted)
        study.draw(figures.forest, adjusted, name="forest_multivariate")


def _predictors(
    people: pd.DataFrame, codebook: Codebook, table: str, definition: str
) -> pd.DataFrame:
    return predictor_frame(people, codebook, analysis=table, definition=definition)
