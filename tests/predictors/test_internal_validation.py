"""Variance inflation, calibration, optimism and risk differences against R, and their limits."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from esslib.predictors import SeparationError, multivariate, risk_differences
from esslib.predictors.internal_validation import calibration, optimism, variance_inflation

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "predictors_data.csv")
COVARIATES = ["a", "b", "c", "d"]
OPTIONS = {"outcome": "y", "covariates": COVARIATES}


def reference(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"predictors_{name}.csv")


def assert_equals_r(result: pd.DataFrame, expected: pd.DataFrame, rel: float = 1e-6) -> None:
    pd.testing.assert_frame_equal(result, expected, check_dtype=False, rtol=rel, atol=1e-12)


class Drawn:
    """Stands for a generator whose draws are already written down."""

    def integers(self, low, high, size):
        draws = reference("resamples").to_numpy()
        assert (low, high, size) == (0, draws.shape[1], draws.shape)
        return draws


def test_risk_differences_equal_newcombe_in_r():
    names = {"rd_ci_low": "ci_low", "rd_ci_high": "ci_high"}
    expected = reference("bivariate").drop(columns=["ci_low", "ci_high"]).rename(columns=names)
    result = risk_differences(DATA, outcome="y", exposures=[*COVARIATES, "z"])
    assert_equals_r(result, expected[result.columns], rel=1e-10)


def test_variance_inflation_equals_r():
    expected = reference("multivariate")[["covariate", "vif"]]
    assert_equals_r(variance_inflation(DATA, **OPTIONS), expected, rel=1e-10)


def test_optimism_on_written_draws_equals_r():
    n_resamples = len(reference("resamples"))
    result = optimism(DATA, **OPTIONS, rng=Drawn(), n_resamples=n_resamples)
    assert result["n_used"].eq(n_resamples).all()
    assert_equals_r(result.drop(columns="n_used"), reference("optimism"))


def test_calibration_equals_r():
    result = calibration(DATA, **OPTIONS)
    assert_equals_r(result, reference("calibration"))
    assert result["n"].sum() == DATA[["y", *COVARIATES]].dropna().shape[0]


def noise(n: int, k: int, seed: int = 4) -> pd.DataFrame:
    """An outcome that has nothing to do with its covariates."""
    rng = np.random.default_rng(seed)
    columns = {f"x{i}": rng.integers(0, 2, n) for i in range(k)}
    return pd.DataFrame({"y": rng.integers(0, 2, n), **columns})


def test_correction_brings_noise_back_to_chance():
    frame = noise(300, 8)
    result = optimism(
        frame, outcome="y", covariates=list(frame.columns[1:]), rng=np.random.default_rng(0)
    ).set_index("statistic")
    assert result.loc["auc", "apparent"] > 0.55
    assert result.loc["auc", "corrected"] == pytest.approx(0.5, abs=0.05)
    assert result.loc["calibration_slope", "corrected"] < 0.6


def test_separated_resamples_are_left_out_and_counted():
    frame = pd.DataFrame({"y": [1] * 10 + [0] * 30, "x": [1, 1] + [0] * 8 + [1] + [0] * 29})
    result = optimism(
        frame, outcome="y", covariates=["x"], rng=np.random.default_rng(1), n_resamples=400
    )
    # x = 1, y = 0 (one row) is missing in (39/40)^40 of the resamples, x = 1, y = 1 in (38/40)^40
    expected = 400 * (1 - (39 / 40) ** 40) * (1 - (38 / 40) ** 40)
    assert result["n_used"].iloc[0] == pytest.approx(expected, abs=60)
    assert np.isfinite(result[["optimism", "corrected"]]).all(axis=None)


def test_seed_decides_the_resamples_and_inputs_stay():
    before = DATA.copy(deep=True)
    runs = [
        optimism(DATA, **OPTIONS, rng=np.random.default_rng(s), n_resamples=60) for s in (1, 1, 2)
    ]
    assert runs[0].equals(runs[1]) and not runs[0].equals(runs[2])
    calibration(DATA, **OPTIONS)
    variance_inflation(DATA, **OPTIONS)
    pd.testing.assert_frame_equal(DATA, before)


def test_batches_change_nothing(monkeypatch):
    def run():
        return optimism(DATA, **OPTIONS, rng=np.random.default_rng(3), n_resamples=50)

    whole = run()
    monkeypatch.setattr("esslib.predictors.internal_validation.BATCH", 7)
    pd.testing.assert_frame_equal(run(), whole, rtol=1e-12)


def test_mean_prediction_is_the_mean_outcome():
    table = calibration(DATA, **OPTIONS)
    predicted, observed = ((table[c] * table["n"]).sum() for c in ("predicted", "observed"))
    assert predicted == pytest.approx(observed)


def test_related_covariates_inflate_the_variance():
    rng = np.random.default_rng(2)
    x = rng.integers(0, 2, 200)
    frame = pd.DataFrame({"y": rng.integers(0, 2, 200), "x": x, "alone": rng.integers(0, 2, 200)})
    frame["copy"] = np.where(rng.random(200) < 0.1, 1 - x, x)
    names = ["x", "copy", "alone"]
    vif = variance_inflation(frame, outcome="y", covariates=names).set_index("covariate")["vif"]
    assert vif["x"] > 2 and vif["alone"] < 1.1
    errors = multivariate(frame, outcome="y", covariates=names).set_index("covariate")["se"]
    assert errors["x"] > 1.3 * errors["alone"]


def test_nobody_exposed_leaves_no_difference():
    frame = pd.DataFrame({"y": [1, 0, 1], "x": [0, 0, 0]})
    assert risk_differences(frame, outcome="y", exposures=["x"]).iloc[0, 1:].isna().all()


@pytest.mark.parametrize("analysis", [optimism, calibration])
def test_separation_is_said(analysis):
    options = {"rng": np.random.default_rng(0)} if analysis is optimism else {}
    with pytest.raises(SeparationError, match="Covariates z separate"):
        analysis(DATA, outcome="y", covariates=["a", "z"], **options)


def test_resamples_that_all_lack_an_estimate_leave_the_corrected_values_missing():
    frame = pd.DataFrame({"y": [1, 0, 1, 0], "x": [1, 1, 0, 0]})
    rng = np.random.default_rng(0)
    found = optimism(frame, outcome="y", covariates=["x"], rng=rng, n_resamples=1)
    assert found["n_used"].tolist() == [0] * 4
    assert found["optimism"].isna().all() and found["corrected"].isna().all()
    assert found["apparent"].tolist() == [0.5, 0.25, 1.0, 0.0]
