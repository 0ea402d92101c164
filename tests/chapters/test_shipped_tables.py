"""The shipped tables of comparisons and predictors, remade from the shipped export."""

import numpy as np
import pandas as pd
import pytest

from esslib import predictors
from esslib.chapters import analysis
from esslib.chapters.beside import recomputed, stated
from esslib.compare.multiplicity import adjust_p
from esslib.paths import resolve
from esslib.results import read_result, read_vocabulary, write_result
from esslib.score.scoring import ScoreRules
from esslib.survey.cleaning import included
from esslib.survey.export import read_export
from printed.audit import fidelity
from printed.published import read_published

TABLES = resolve("results/tables")
SEED = 2022  # of the notebooks


@pytest.fixture(scope="module")
def vocabulary():
    return read_vocabulary(resolve("data/codebook/results.csv"))


@pytest.fixture(scope="module")
def people(codebook):
    export = read_export(resolve("data/raw/synthetic_export.csv"), codebook)
    return included(analysis.tidy_answers(export, codebook))


@pytest.fixture(scope="module")
def scored(people, codebook):
    return analysis.score_contrasts(people, codebook, rules=ScoreRules(), definition="methods")


def exposures_of(people, codebook, kind, definition):
    return analysis.predictor_frame(people, codebook, analysis=kind, definition=definition)


def assert_shipped(frame, name, vocabulary, tmp_path):
    written = write_result(frame, name, tmp_path, vocabulary).read_text(encoding="utf-8")
    shipped = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    assert written.splitlines() == shipped.splitlines()


def test_balance_is_the_shipped_one(people, codebook, vocabulary, tmp_path):
    table = analysis.balance_groups(people, codebook)
    assert_shipped(table, "tableau_1_tests", vocabulary, tmp_path)


def test_summaries_are_the_shipped_ones(scored, codebook, vocabulary, tmp_path):
    table = analysis.summarise_contrasts(scored, codebook)
    assert_shipped(table, "group_summaries", vocabulary, tmp_path)


def test_comparisons_are_the_shipped_ones(scored, codebook, vocabulary, tmp_path):
    table = analysis.compare_contrasts(scored, codebook)
    assert_shipped(table, "group_tests", vocabulary, tmp_path)


def test_effect_sizes_are_the_shipped_ones(scored, codebook, vocabulary, tmp_path):
    table = analysis.size_contrasts(scored, codebook, rng=np.random.default_rng(SEED))
    assert_shipped(table, "effect_sizes", vocabulary, tmp_path)


def test_robust_tests_are_the_shipped_ones(scored, codebook, vocabulary, tmp_path):
    table = analysis.retest_contrasts(scored, codebook, rng=np.random.default_rng(SEED))
    assert_shipped(table, "robust_tests", vocabulary, tmp_path)


def test_crude_predictors_are_the_shipped_ones(people, codebook, vocabulary, tmp_path):
    exposures = exposures_of(people, codebook, "bivariate", "regression")
    asked = {"outcome": "secured", "exposures": exposures.columns.drop("secured").tolist()}
    crude = predictors.bivariate(exposures, **asked)
    risks = predictors.risk_differences(exposures, **asked)
    checks = adjust_p(risks.merge(crude[["covariate", "p_value"]], on="covariate"))
    assert_shipped(crude, "bivariate", vocabulary, tmp_path)
    assert_shipped(checks, "bivariate_checks", vocabulary, tmp_path)


def test_the_judgement_of_the_regression_is_the_shipped_one(people, codebook, vocabulary, tmp_path):
    exposures = exposures_of(people, codebook, "multivariate", "methods")
    rng = np.random.default_rng(SEED)
    found = predictors.judge(exposures, outcome="secured", rng=rng, n_resamples=1000)
    tables = {
        "multivariate": found.multivariate,
        "multivariate_checks": found.checks,
        "model_fit": found.fit,
        "model_validation": found.validation,
        "calibration": found.calibration,
    }
    for name, table in tables.items():
        assert_shipped(table, name, vocabulary, tmp_path)


def test_fidelity_is_the_shipped_one(codebook, vocabulary, tmp_path):
    sources = ("flow", "tableau_1", "group_summaries", "group_tests", "bivariate", "multivariate")
    read = {name: read_result(name, TABLES, vocabulary) for name in sources}
    numbers = pd.concat([recomputed(read), stated(codebook, read, alpha=0.05)])
    audited = read_result("audit", TABLES, vocabulary).fillna("")
    published = read_published(resolve("data/published/published.csv"))
    assert_shipped(fidelity(published, numbers, audited), "fidelity", vocabulary, tmp_path)
