"""`predictors` against R, by hand, and where the data cannot answer."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import unchanged
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from esslib.predictors import (
    SeparationError,
    bivariate,
    firth,
    fit_summary,
    fitting,
    internal_validation,
    judge,
    multivariate,
    profile,
    risk_differences,
    two_by_two,
)

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "predictors_data.csv")
COVARIATES = ["a", "b", "c", "d"]
CELLS = ["secured_exposed", "secured_unexposed", "other_exposed", "other_unexposed"]

yes_no = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


def reference(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"predictors_{name}.csv")


def assert_equals_r(result: pd.DataFrame, expected: pd.DataFrame, rel: float = 1e-6) -> None:
    columns = [column for column in result if column in expected]
    pd.testing.assert_frame_equal(
        result[columns], expected[columns], check_dtype=False, rtol=rel, atol=0
    )


def test_bivariate_equals_r():
    result = bivariate(DATA, outcome="y", exposures=[*COVARIATES, "z"])
    assert_equals_r(result, reference("bivariate"), rel=1e-10)
    assert result.shape[1] == 11


def test_multivariate_equals_r():
    result = multivariate(DATA, outcome="y", covariates=COVARIATES)
    assert_equals_r(result, reference("multivariate"))
    assert result.shape[1] == 10


def test_ordinary_profile_equals_r():
    result = profile(DATA, outcome="y", covariates=COVARIATES)
    assert_equals_r(result, reference("multivariate"))
    assert result.columns.str.startswith("profile_").sum() == 4


def test_fit_summary_equals_r():
    assert_equals_r(fit_summary(DATA, outcome="y", covariates=COVARIATES), reference("fit"))


def test_firth_answers_under_separation_as_r_does():
    assert_equals_r(firth(DATA, outcome="y", covariates=["a", "z"]), reference("separated"))


@pytest.mark.parametrize("analysis", [multivariate, profile])
def test_separation_names_the_covariate_and_the_way_out(analysis):
    with pytest.raises(SeparationError, match=r"Covariates z separate .*'y'.*Use `firth`") as error:
        analysis(DATA, outcome="y", covariates=["a", "z"])
    assert error.value.covariates == ("z",)


def judged(covariates, seed=3, n_resamples=30):
    rng = np.random.default_rng(seed)
    with unchanged(DATA):
        return judge(DATA[["y", *covariates]], outcome="y", rng=rng, n_resamples=n_resamples)


def test_a_judgement_gathers_what_its_parts_say():
    found, model = judged(COVARIATES), {"outcome": "y", "covariates": COVARIATES}
    rng = np.random.default_rng(3)
    parts = [
        (found.multivariate, multivariate(DATA, **model)),
        (found.checks.drop(columns="vif"), profile(DATA, **model)),
        (found.checks[["covariate", "vif"]], internal_validation.variance_inflation(DATA, **model)),
        (found.fit, fit_summary(DATA, **model)),
        (
            found.validation.drop(columns="n_resamples"),
            internal_validation.optimism(DATA, **model, rng=rng, n_resamples=30),
        ),
        (found.calibration, internal_validation.calibration(DATA, **model)),
    ]
    for together, alone in parts:
        pd.testing.assert_frame_equal(together, alone, check_dtype=False)
    assert (found.constant, found.separating) == ((), ())
    assert set(found.validation["n_resamples"]) == {30}


@pytest.mark.parametrize("covariates", [COVARIATES, ["a", "z"]])
def test_a_judgement_keeps_to_its_confidence(covariates):
    model = {"outcome": "y", "covariates": covariates, "confidence": 0.8}
    rng = np.random.default_rng(3)
    data = DATA[["y", *covariates]]
    found = judge(data, outcome="y", rng=rng, n_resamples=2, confidence=0.8)
    if found.separating:
        expected = firth(DATA, **model)
    else:
        expected = multivariate(DATA, **model)
        ends = ["profile_ci_low", "profile_ci_high"]
        pd.testing.assert_frame_equal(found.checks[ends], profile(DATA, **model)[ends])
    pd.testing.assert_frame_equal(found.multivariate[expected.columns], expected)


def test_the_rarer_outcome_counts_whichever_it_is():
    turned = DATA.assign(y=1 - DATA["y"])
    model = {"outcome": "y", "covariates": COVARIATES}
    one, other = (fit_summary(data, **model).iloc[0] for data in (DATA, turned))
    assert one["n_events"] == other["n"] - other["n_events"] != other["n_events"]
    assert one["events_per_variable"] == other["events_per_variable"]


def test_a_separated_judgement_keeps_what_has_an_answer():
    found = judged(["a", "z"])
    assert found.separating == ("z",)
    assert (
        found.multivariate[["coefficient", "se", "ci_low", "ci_high", "p_value"]]
        .isna()
        .all(axis=None)
    )
    alone = firth(DATA, outcome="y", covariates=["a", "z"])
    pd.testing.assert_frame_equal(found.multivariate[alone.columns], alone)
    assert found.checks["vif"].notna().all() and found.checks["profile_p"].isna().all()
    assert found.fit["events_per_variable"].notna().item() and found.fit["pseudo_r2"].isna().item()
    assert (found.validation["n_used"] == 0).all() and found.calibration.empty
    assert found.validation["statistic"].tolist() == internal_validation.STATISTICS
    assert found.calibration["n"].dtype == "int64"
    whole = judged(COVARIATES)
    for name in ("multivariate", "checks", "validation", "calibration"):
        assert list(getattr(found, name)) == list(getattr(whole, name))


def test_a_covariate_without_variation_is_left_out_of_a_judgement():
    data = DATA[["y", *COVARIATES]].assign(same=1)[["same", "y", *COVARIATES]]
    found = judge(data, outcome="y", rng=np.random.default_rng(3), n_resamples=30)
    assert found.constant == ("same",)
    first, others = found.multivariate.iloc[0], found.multivariate.iloc[1:]
    assert first["covariate"] == "same" and first.drop("covariate").isna().all()
    pd.testing.assert_frame_equal(others.reset_index(drop=True), judged(COVARIATES).multivariate)


def test_coefficient_of_one_covariate_is_the_log_odds_ratio():
    single = multivariate(DATA, outcome="y", covariates=["a"])
    crude = bivariate(DATA, outcome="y", exposures=["a"])
    for adjusted, unadjusted in (("coefficient", "odds_ratio"), ("ci_low",) * 2, ("ci_high",) * 2):
        assert np.exp(single[adjusted]).item() == pytest.approx(crude[unadjusted].item())


@settings(deadline=None)
@given(yes_no)
def test_a_table_counts_every_complete_pair_once(pairs):
    frame = pd.DataFrame(pairs, columns=["y", "x"])
    table = two_by_two(frame, outcome="y", exposure="x")
    assert table.loc["secured", "exposed"] == sum(y and x for y, x in pairs)
    assert table.to_numpy().sum() == len(pairs)


@settings(deadline=None)
@given(yes_no)
def test_turning_the_exposure_inverts_the_odds_ratio(pairs):
    frame = pd.DataFrame(pairs, columns=["y", "x"])
    assume(frame["x"].nunique() == frame["y"].nunique() == 2)
    there = bivariate(frame, outcome="y", exposures=["x"]).iloc[0]
    back = bivariate(frame.assign(x=~frame["x"]), outcome="y", exposures=["x"]).iloc[0]
    assert there["odds_ratio"] == pytest.approx(1 / back["odds_ratio"])
    assert there["ci_low"] == pytest.approx(1 / back["ci_high"])
    assert there["p_fisher"] == pytest.approx(back["p_fisher"])
    assert there["ci_low"] < there["odds_ratio"] < there["ci_high"]


def test_missing_values_leave_their_own_tables_only():
    frame = pd.DataFrame(
        {"y": pd.array([1, 0, 1, None], "boolean"), "x": [1, None, 0, 1], "w": [1, 0, 1, 0]}
    )
    counts = bivariate(frame, outcome="y", exposures=["x", "w"])[CELLS]
    assert counts.to_numpy().tolist() == [[1, 1, 0, 0], [2, 0, 0, 1]]


def test_answers_that_lack_in_a_column_of_objects_are_missing():
    frame = pd.DataFrame({"y": [1, 0, 1], "x": pd.Series([True, pd.NA, 0], dtype=object)})
    assert bivariate(frame, outcome="y", exposures=["x"])[CELLS].to_numpy().tolist() == [
        [1, 1, 0, 0]
    ]


def test_exposure_that_does_not_vary_keeps_its_counts_and_nothing_else():
    frame = pd.DataFrame({"y": [1, 0, 1], "x": [1, 1, 1]})
    row = bivariate(frame, outcome="y", exposures=["x"]).iloc[0]
    assert row[CELLS].tolist() == [2, 0, 1, 0]
    assert row.drop(["covariate", *CELLS]).isna().all()
    table = bivariate(frame, outcome="y", exposures=["x"])
    risks = risk_differences(frame.assign(x=0), outcome="y", exposures=["x"])
    assert set(table.dtypes.iloc[5:]) == set(risks.dtypes.iloc[1:]) == {np.dtype("float64")}


@pytest.mark.parametrize(
    ("columns", "covariates", "message"),
    [
        ({"x": [1, 0, 2, 1]}, ["x"], r"Column 'x', row 2: 2 is neither 0 nor 1\. Dichotomise the"),
        ({"x": [1, 1, 1, 1]}, ["x"], r"Covariates x: constant"),
        ({"x": [1, 0, 0, 1], "w": [0, 1, 1, 0]}, ["x", "w"], r"Covariates x, w: .*combinations"),
        ({"x": [1, 0, None, None]}, ["x"], r"Outcome 'y' does not vary among the 2 complete"),
    ],
)
def test_data_that_cannot_answer_are_named(columns, covariates, message):
    frame = pd.DataFrame({"y": [1, 1, 0, 0], **columns})
    with pytest.raises(ValueError, match=message):
        multivariate(frame, outcome="y", covariates=covariates)


def test_order_of_rows_is_irrelevant_and_inputs_stay():
    before = DATA.copy(deep=True)
    shuffled = DATA.sample(frac=1, random_state=5)
    for analysis in (multivariate, fit_summary, profile):
        pd.testing.assert_frame_equal(
            analysis(DATA, outcome="y", covariates=COVARIATES),
            analysis(shuffled, outcome="y", covariates=COVARIATES),
            rtol=1e-7,
        )
    pd.testing.assert_frame_equal(DATA, before)


def test_confidence_widens_both_methods():
    narrow, wide = (
        multivariate(DATA, outcome="y", covariates=COVARIATES, confidence=level)
        for level in (0.8, 0.99)
    )
    assert (wide[["ci_low", "firth_ci_low"]] < narrow[["ci_low", "firth_ci_low"]]).all(axis=None)


@pytest.mark.parametrize(
    ("analysis", "method"), [(multivariate, "Maximum likelihood"), (firth, "Profile likelihood")]
)
def test_a_fit_that_does_not_settle_names_its_covariates(monkeypatch, analysis, method):
    monkeypatch.setattr(fitting, "MAX_ITERATIONS", 1)
    said = f"^{method} did not settle within 1 iterations for the covariates a, b, c, d. Leave"
    with pytest.raises(fitting.ConvergenceError, match=said):
        analysis(DATA, outcome="y", covariates=COVARIATES)


def test_a_column_that_leaves_no_row_complete_is_named():
    frame = pd.DataFrame({"y": [1, 0, 1], "x": [1, 0, None], "w": [None, None, 1]})
    with pytest.raises(ValueError, match=r"^None of the 3 rows is complete: 'w' has only 1 values"):
        multivariate(frame, outcome="y", covariates=["x", "w"])


def test_an_empty_cell_adds_one_half_to_all_four():
    frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0, 0], "x": [1, 1, 0, 0, 0, 0, 0]})
    row = bivariate(frame, outcome="y", exposures=["x"]).iloc[0]
    assert row[CELLS].tolist() == [2, 1, 0, 4]
    assert row["odds_ratio"] == pytest.approx(2.5 * 4.5 / (1.5 * 0.5))
    reach = 1.959963984540054 * np.sqrt(1 / 2.5 + 1 / 1.5 + 1 / 0.5 + 1 / 4.5)
    assert np.log(row["ci_high"] / row["odds_ratio"]) == pytest.approx(reach)
    assert row["chi2"] == pytest.approx(7 * 8**2 / (3 * 4 * 2 * 5))


def test_confidence_widens_crude_intervals():
    for analysis in (bivariate, risk_differences):
        narrow, wide = (
            analysis(DATA, outcome="y", exposures=["a"], confidence=level).iloc[0]
            for level in (0.8, 0.99)
        )
        assert wide["ci_low"] < narrow["ci_low"] < narrow["ci_high"] < wide["ci_high"]
