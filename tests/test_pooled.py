"""The summary of several cohorts against R's metafor, and where there is nothing to summarise."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import unchanged

from esslib.compare.pooled import METHODS, pool, weights

REFERENCE = Path(__file__).parent / "reference"
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
