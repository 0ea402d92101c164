"""The shipped tables, remade from the shipped export by the calls of the notebooks."""

from dataclasses import replace

import pandas as pd
import pytest

from esslib.chapters.beside import recomputed, stated
from esslib.chapters.outcomes import outcomes
from esslib.chapters.predictors import predictors
from esslib.chapters.questionnaire import questionnaire, score_contrasts
from esslib.chapters.respondents import respondents
from esslib.chapters.sensitivity import judgements, sensitivity
from esslib.multiverse import read_conclusions
from esslib.paths import resolve
from esslib.privacy.disclosure import decide, release, with_scores
from esslib.results import read_result, read_vocabulary, write_result
from esslib.survey.cleaning import included, tidy_answers
from esslib.survey.export import read_export
from printed.published import read_published
from printed.reproduction import reproduction

TABLES = resolve("results/tables")
SEED = 2022  # of the notebooks
N_RESAMPLES = 1000
SHIPPED = (
    *("tableau_1", "tableau_1_tests", "risk", "items", "reliability", "parallel_analysis"),
    *("floor_ceiling", "known_groups", "items_by_class", "group_summaries", "group_tests"),
    *("effect_sizes", "robust_tests", "bivariate", "bivariate_checks", "multivariate"),
    *("multivariate_checks", "model_fit", "model_validation", "calibration"),
    "predictors_by_definition",
)


@pytest.fixture(scope="module")
def vocabulary():
    return read_vocabulary(resolve("data/codebook/results.csv"))


@pytest.fixture(scope="module")
def survey(codebook):
    return read_export(resolve("data/raw/synthetic_export.csv"), codebook)


@pytest.fixture(scope="module")
def tidy(survey, codebook):
    return tidy_answers(survey, codebook)


@pytest.fixture(scope="module")
def people(tidy):
    return included(tidy)


@pytest.fixture(scope="module")
def scored(people, codebook):
    return score_contrasts(people, codebook, seed=SEED)


def assert_shipped(frame, name, vocabulary, tmp_path):
    written = write_result(frame, name, tmp_path, vocabulary).read_text(encoding="utf-8")
    shipped = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    assert written.splitlines() == shipped.splitlines()


@pytest.fixture(scope="module")
def conclusions():
    return read_conclusions(resolve("data/codebook/conclusions.csv"))


@pytest.fixture(scope="module")
def results(survey, people, scored, codebook):
    """Every frame of the chapters 01, 02, 04 and 05, with the parameters of the notebooks."""
    nobody = pd.DataFrame({"step": [], "n": []})
    definitions = {"secured_definition": "regression", "secured_definition_adjusted": "methods"}
    return {
        **respondents(survey, nobody, codebook, min_count=5),
        **questionnaire(people, codebook, seed=SEED),
        **outcomes(scored, codebook, alpha=0.05, seed=SEED),
        **predictors(
            people, codebook, **definitions, alpha=0.05, seed=SEED, n_resamples=N_RESAMPLES
        ),
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_a_table_of_the_chapters_is_the_shipped_one(results, name, vocabulary, tmp_path):
    assert_shipped(results[name], name, vocabulary, tmp_path)


def test_what_the_contract_does_not_name_is_for_the_notebooks_alone(results, vocabulary):
    shown = {"tools", "places", "answers_by_group", "item_means", "score_summary", "model_gaps"}
    shown |= {"tidy", "scored", "scores"}  # rows
    assert {name for name in results if name not in set(vocabulary["table"])} == shown
    assert set(results) - shown == {*SHIPPED, "flow"}  # which needs the invitations


def test_the_verdicts_are_the_shipped_ones(conclusions, vocabulary, tmp_path):
    saved = read_result("multiverse", TABLES, vocabulary)
    saved = saved.assign(reason=saved["reason"].fillna(""))
    (verdicts, _) = judgements(saved, conclusions, alpha=0.05).values()
    assert_shipped(verdicts, "multiverse_verdicts", vocabulary, tmp_path)


def with_a_fourth_contrast(codebook):
    row = {
        "contrast": "all_three",
        "by": "tool_class",
        "group_a": "users",
        "group_b": "non_secured",
    }
    rows = pd.concat([codebook.contrasts, pd.DataFrame([row])], ignore_index=True)
    return replace(codebook, contrasts=rows.fillna(""))


@pytest.mark.slow
@pytest.mark.long
def test_a_contrast_is_a_row_of_the_codebook_and_nothing_else(tidy, people, codebook, conclusions):
    """Of a real cohort too: it is released by the rules of all contrasts, and not judged."""
    book = with_a_fourth_contrast(codebook)
    scored = score_contrasts(people, book)
    found = outcomes(scored, book, alpha=0.05, seed=1)
    found |= sensitivity(people, conclusions, book, alpha=0.05, seed=1)
    rules = decide(tidy, book, min_count=1)
    rules = with_scores(rules, tidy, book, scored=scored)

    for name, frame in found.items():
        shown = release(frame, name, rules)
        assert shown.loc[shown["contrast"] == "all_three"].notna().any(axis=None)
    judged = judgements(found["multiverse"], conclusions, alpha=0.05)
    assert set(judged["multiverse_verdicts"]["contrast"]) == set(conclusions["contrast"])


def test_fidelity_is_the_shipped_one(codebook, vocabulary, tmp_path):
    sources = ("flow", "tableau_1", "group_summaries", "group_tests", "bivariate", "multivariate")
    read = {name: read_result(name, TABLES, vocabulary) for name in sources}
    numbers = pd.concat([recomputed(read), stated(codebook, read, alpha=0.05)])
    audited = read_result("audit", TABLES, vocabulary).fillna("")
    published = read_published(resolve("data/published/published.csv"))
    assert_shipped(reproduction(published, numbers, audited), "fidelity", vocabulary, tmp_path)
