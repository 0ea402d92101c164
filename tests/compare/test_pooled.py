"""The summary of several cohorts against R's metafor, and where there is nothing to summarise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import unchanged

from esslib.compare.pooled import METHODS, pool, weights

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "pooled_data.csv")
EXPECTED = (
    pd.read_csv(REFERENCE / "pooled.csv")
    .set_index(["case", "method", "statistic"])["value"]
    .sort_index()
)
CASES = list(DATA["case"].unique())


def columns_of(case):
    rows = DATA[DATA["case"] == case]
    return rows["difference"], rows["variance"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", CASES)
def test_the_summary_is_metafors(case, method):
    differences, variances = columns_of(case)
    with unchanged(differences.to_frame(), variances.to_frame()):
        row = pool(differences, variances).set_index("method").loc[method]
    expected = EXPECTED[case, method].dropna()
    if case == "two":  # one degree of freedom: metafor gives limits of hundreds of points
        assert row[["prediction_low", "prediction_high"]].isna().all()
        expected = expected.drop(["prediction_low", "prediction_high"])
    share = weights(variances, tau2=row["tau2"])
    found = pd.Series({**row, "first_weight": share.iloc[0]}).reindex(expected.index)
    np.testing.assert_allclose(found.astype(float), expected, rtol=1e-6, atol=1e-9)
    assert share.sum() == pytest.approx(100)


def test_a_cohort_without_a_difference_or_spread_is_left_out():
    differences, variances = columns_of("varied")
    more = pd.concat([differences, pd.Series([np.nan, 99.0, 99.0])], ignore_index=True)
    wide = pd.concat([variances, pd.Series([1.0, np.nan, 0.0])], ignore_index=True)
    pd.testing.assert_frame_equal(pool(more, wide), pool(differences, variances))
    assert weights(wide, tau2=1.0).tail(2).isna().all()


@pytest.mark.parametrize(("n", "estimate"), [(0, np.nan), (1, 4.0)])
def test_fewer_than_two_cohorts_have_no_summary(n, estimate):
    values = pd.Series([4.0] * n, dtype="float64")
    found = pool(values, values)
    assert found["n_cohorts"].tolist() == [n, n]
    np.testing.assert_array_equal(found["estimate"], [estimate] * 2)
    assert found.loc[:, "ci_low":].isna().all(axis=None)


def test_a_higher_confidence_widens_both_intervals():
    usual, strict = (
        pool(*columns_of("varied"), confidence=level).iloc[0] for level in (0.95, 0.99)
    )
    assert strict["ci_low"] < usual["ci_low"] and strict["ci_high"] > usual["ci_high"]
    assert strict["prediction_low"] < usual["prediction_low"]


@pytest.mark.parametrize("method", METHODS)
def test_three_equally_sure_cohorts_by_hand(method):
    """Q = 18 on 2 degrees of freedom, so tau2 = 8, the error is the root of 3 and its scale 1."""
    found = pool(pd.Series([0.0, 3.0, 6.0]), pd.Series([1.0] * 3)).set_index("method").loc[method]
    quantile = 4.302653  # t, 0.975, 2 degrees of freedom
    expected = {
        "estimate": 3,
        "ci_low": 3 - quantile * 3**0.5,
        "ci_high": 3 + quantile * 3**0.5,
        "prediction_low": 3 - quantile * 11**0.5,
        "prediction_high": 3 + quantile * 11**0.5,
        "tau2": 8,
        "i2": 100 * 16 / 18,
        "q": 18,
        "q_p": np.exp(-9),
    }
    assert found[list(expected)].to_dict() == pytest.approx(expected, rel=1e-6)


def test_another_unit_changes_the_numbers_by_its_size_only():
    differences, variances = columns_of("varied")
    usual = pool(differences, variances).set_index("method")
    small = pool(differences / 100, variances / 100**2).set_index("method")
    sizes = pd.Series(0.01, index=usual.columns)
    sizes[["n_cohorts", "i2", "q", "q_p"]], sizes["tau2"] = 1, 0.01**2
    np.testing.assert_allclose(small, usual * sizes, rtol=1e-3)
    tau2 = usual.loc["paule_mandel", "tau2"]
    np.testing.assert_allclose(
        weights(variances / 100**2, tau2=tau2 / 100**2), weights(variances, tau2=tau2)
    )


@pytest.mark.parametrize("variances", [[1.0, 1.0, 1.0], [0.1, 50.0, 80.0]])
def test_cohorts_without_any_difference_between_them_have_no_variance(variances):
    found = pool(pd.Series([0.0] * 3), pd.Series(variances))
    assert found[["estimate", "tau2", "i2", "q"]].eq(0).all(axis=None)
    assert found["q_p"].tolist() == [1, 1]
    assert found["ci_high"].tolist() == pytest.approx(
        [4.302653 / np.sqrt(np.sum(1 / np.array(variances)))] * 2, rel=1e-6
    )
