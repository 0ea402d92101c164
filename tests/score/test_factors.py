"""Polychoric correlations, omega and parallel analysis against R (psych) and known models."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import unchanged

from esslib.score.factors import (
    one_factor,
    ordinal_reliability,
    parallel_analysis,
    polychoric_matrix,
)
from esslib.score.scoring import Scale, points

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "items_data.csv")
POINTS = {"agree_fully": 1, "agree": 2, "disagree": 3, "disagree_fully": 4}
SCALE = Scale(items=tuple(DATA.columns.drop("group")), points=POINTS)
GIVEN = points(DATA, scale=SCALE, direction="literal")
# scipy's bounded search, which ordinalcorr uses, stops within 1e-5 of the most likely correlation
SEARCH = 1e-5


def reference(name):
    return pd.read_csv(REFERENCE / f"factors_{name}.csv")


def reference_matrix():
    rows = reference("polychoric")
    matrix = pd.DataFrame(np.eye(len(SCALE.items)), SCALE.items, SCALE.items)
    for first, second, rho in zip(rows["first"], rows["second"], rows["rho"], strict=True):
        matrix.loc[first, second] = matrix.loc[second, first] = rho
    return matrix


def test_polychoric_correlations_are_the_most_likely_ones():
    with unchanged(GIVEN):
        found = polychoric_matrix(GIVEN)
    pd.testing.assert_frame_equal(found, reference_matrix(), rtol=0, atol=SEARCH)
    rows = reference("polychoric")
    # psych searches to 1e-4 only
    assert np.abs(rows["rho"] - rows["psych"]).max() < 1e-4


def test_loadings_and_reliability_equal_psych():
    matrix = reference_matrix()
    loadings = one_factor(matrix)
    np.testing.assert_allclose(loadings, reference("loadings")["loading"], atol=1e-6)
    assert loadings.index.tolist() == list(SCALE.items)
    with unchanged(matrix):
        found = ordinal_reliability(matrix)
    expected = reference("reliability")
    assert found["statistic"].tolist() == expected["statistic"].tolist()
    np.testing.assert_allclose(found["estimate"], expected["estimate"], atol=1e-6)


def test_reliability_of_the_answers_equals_psych():
    found = ordinal_reliability(polychoric_matrix(GIVEN))
    np.testing.assert_allclose(found["estimate"], reference("reliability")["estimate"], atol=SEARCH)


@pytest.mark.parametrize("loadings", [[0.8, 0.7, 0.6], [0.9, 0.5, 0.5, -0.3], [0.2] * 20])
def test_a_one_factor_model_is_found_again(loadings):
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1)
    found = one_factor(pd.DataFrame(matrix))
    np.testing.assert_allclose(found, loadings, atol=1e-6)


def test_alpha_and_omega_agree_when_all_items_measure_alike():
    matrix = np.full((5, 5), 0.4) + 0.6 * np.eye(5)
    found = ordinal_reliability(pd.DataFrame(matrix))["estimate"]
    assert found.tolist() == pytest.approx([2 / 2.6] * 2, abs=1e-6)


def test_an_impossible_matrix_is_clipped_and_an_improper_solution_missing():
    torn = pd.DataFrame([[1, 0.6, 0.5], [0.6, 1, -0.6], [0.5, -0.6, 1]])
    assert np.linalg.eigvalsh(torn)[0] < 0
    heywood = pd.DataFrame([[1, 0.8, 0.8], [0.8, 1, 0.3], [0.8, 0.3, 1]])
    assert np.linalg.eigvalsh(heywood)[0] > 0
    assert one_factor(heywood).isna().all()
    assert not np.isinf(ordinal_reliability(torn)["estimate"]).any()


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"q1": [1, 2, 3, 4.0], "q2": [2.0] * 4}),
        pd.DataFrame({"q1": [1, 2, 3, np.nan], "q2": [np.nan, 3, 1, 2.0]}),
        pd.DataFrame({"q1": [1, 2.0], "q2": [2, 1.0]}),
    ],
    ids=["an item does not vary", "two answered both", "two people"],
)
def test_too_little_data_give_missing(frame):
    matrix = polychoric_matrix(frame)
    assert np.isnan(matrix.loc["q1", "q2"])
    assert ordinal_reliability(matrix)["estimate"].isna().all()


def test_one_item_has_no_reliability():
    alone = polychoric_matrix(pd.DataFrame({"q1": [1, 2, 3.0]}))
    assert ordinal_reliability(alone)["estimate"].isna().all()


def test_turning_every_item_changes_nothing():
    turned = 5 - GIVEN
    straight, mirrored = (polychoric_matrix(frame) for frame in (GIVEN, turned))
    pd.testing.assert_frame_equal(straight, mirrored, rtol=0, atol=2 * SEARCH)


def test_parallel_analysis_equals_r():
    expected = reference("parallel")
    with unchanged(GIVEN):
        found = parallel_analysis(GIVEN, rng=np.random.default_rng(1), n_resamples=4000)
    np.testing.assert_allclose(found["eigenvalue"], expected["eigenvalue"], rtol=1e-10)
    np.testing.assert_allclose(found["eigenvalue"], expected["psych"], rtol=1e-10)
    # two random references: 4,000 shuffles here, 20,000 in R
    np.testing.assert_allclose(found["random_mean"], expected["random_mean"], atol=0.01)
    np.testing.assert_allclose(found["random_quantile"], expected["random_quantile"], atol=0.02)
    assert found["is_retained"].sum() == expected["n_retained"].iloc[0]


def test_parallel_analysis_follows_its_seed_and_not_its_batches(monkeypatch):
    whole = parallel_analysis(GIVEN, rng=np.random.default_rng(7), n_resamples=20)
    monkeypatch.setattr("esslib.score.factors.BATCH_CELLS", 3 * GIVEN.size)
    parts = parallel_analysis(GIVEN, rng=np.random.default_rng(7), n_resamples=20)
    pd.testing.assert_frame_equal(whole, parts)


def test_as_many_components_as_factors_are_retained():
    rng = np.random.default_rng(3)
    traits = rng.standard_normal((300, 2))
    answers = np.repeat(traits, 4, axis=1) + rng.standard_normal((300, 8))
    found = parallel_analysis(pd.DataFrame(answers), rng=rng, n_resamples=200)
    assert found["is_retained"].tolist() == [1, 1, 0, 0, 0, 0, 0, 0]
    noise = pd.DataFrame(rng.standard_normal((300, 8)))
    assert parallel_analysis(noise, rng=rng, n_resamples=200)["is_retained"].sum() <= 1


def test_a_constant_item_has_an_eigenvalue_of_one():
    frame = pd.DataFrame({"q1": [1, 2, 3, 4.0], "q2": [1, 2, 3, 4.0], "q3": [2.0] * 4})
    found = parallel_analysis(frame, rng=np.random.default_rng(1), n_resamples=10)
    assert found["eigenvalue"].tolist() == pytest.approx([2, 1, 0])
