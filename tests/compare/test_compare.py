"""`compare` against R, by hand, and where the data cannot answer."""

from pathlib import Path

import numpy as np
import pandas as pd
import pingouin as pg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from esslib.compare import compare, samples, summarise
from esslib.compare.groups import normal_quantiles, welch

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "compare_data.csv")
EXPECTED = pd.read_csv(REFERENCE / "compare.csv").set_index(["case", "statistic"])["value"]
CASES = list(DATA["case"].unique())

CONTRACT = ["difference", "ci_low", "ci_high", "hodges_lehmann", "u", "p_value"]
CONTRACT += ["rank_biserial", "cles", "hl_ci_low", "hl_ci_high", "difference_of_medians"]

scores = st.lists(st.integers(40, 160).map(lambda half: half / 2), min_size=2, max_size=25)


def frame_of(a, b) -> pd.DataFrame:
    labels = ["a"] * len(a) + ["b"] * len(b)
    return pd.DataFrame({"score": [*a, *b], "group": labels})


def row_of(a, b, **options) -> pd.Series:
    frame = frame_of(a, b)
    return compare(frame, value="score", group="group", groups=("a", "b"), **options).iloc[0]


@pytest.mark.parametrize("case", CASES)
def test_comparison_equals_r(case):
    data = DATA[DATA["case"] == case]
    result = compare(data, value="score", group="group", groups=("a", "b"))
    assert list(result.columns) == CONTRACT
    for column in CONTRACT:
        assert result[column].item() == pytest.approx(EXPECTED[case, column], rel=1e-9), column


@pytest.mark.parametrize("case", CASES)
def test_summary_equals_r(case):
    result = summarise(DATA[DATA["case"] == case], value="score", group="group")
    for name, row in result.set_index("group").iterrows():
        for column, value in row.items():
            expected = EXPECTED[case, f"{name}.{column}"]
            # R and scipy carry Royston's coefficients with different digits
            digits = 1e-6 if column.startswith("shapiro") else 1e-12
            assert value == pytest.approx(expected, rel=digits), column


@pytest.mark.parametrize("case", CASES)
def test_welch_equals_r(case):
    a, b = samples(DATA[DATA["case"] == case], value="score", group="group", groups=("a", "b"))
    expected = [EXPECTED[case, "welch_t"], EXPECTED[case, "welch_p"]]
    assert welch(a, b) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_normal_quantiles_equal_r(case):
    data = DATA[DATA["case"] == case].sample(frac=1, random_state=1)
    result = normal_quantiles(data, value="score", group="group")
    assert list(result.columns) == ["group", "expected", "observed"]
    for name, rows in result.groupby("group"):
        first, second, *_ = rows["expected"]
        assert first == pytest.approx(EXPECTED[case, f"{name}.expected_1"], rel=1e-9)
        assert second == pytest.approx(EXPECTED[case, f"{name}.expected_2"], rel=1e-9)
        assert rows["observed"].tolist() == sorted(data.loc[data["group"] == name, "score"])


def test_normal_quantiles_leave_missing_values_out():
    result = normal_quantiles(frame_of([50, np.nan, 60], [70]), value="score", group="group")
    assert result["observed"].tolist() == [50, 60, 70]
    assert result["expected"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(("a", "b"), [([1.0], [2.0, 3.0]), ([4.0, 4.0], [4.0, 4.0])])
def test_welch_is_missing_where_it_cannot_be(a, b):
    assert np.isnan(welch(np.array(a), np.array(b))).all()


@pytest.mark.parametrize("case", CASES)
def test_mann_whitney_equals_pingouin(case):
    data = DATA[DATA["case"] == case]
    row = compare(data, value="score", group="group", groups=("a", "b")).iloc[0]
    a, b = (data.loc[data["group"] == name, "score"] for name in "ab")
    theirs = pg.mwu(a, b).iloc[0]
    ours = row[["u", "p_value", "rank_biserial", "cles"]].to_list()
    assert ours == pytest.approx(theirs[["U_val", "p_val", "RBC", "CLES"]].to_list())


@settings(deadline=None)
@given(scores, scores)
def test_swapping_the_groups_turns_every_sign(a, b):
    there, back = row_of(a, b), row_of(b, a)
    for column in ("difference", "hodges_lehmann", "rank_biserial", "difference_of_medians"):
        assert there[column] == pytest.approx(-back[column])
    assert there["cles"] == pytest.approx(1 - back["cles"])
    assert there["hl_ci_low"] == -back["hl_ci_high"]
    assert there["p_value"] == pytest.approx(back["p_value"], nan_ok=True)


@settings(deadline=None)
@given(scores, scores, st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant(a, b, random):
    frame = frame_of(a, b)
    order = list(frame.index)
    random.shuffle(order)
    options = {"value": "score", "group": "group", "groups": ("a", "b")}
    pd.testing.assert_frame_equal(compare(frame, **options), compare(frame.loc[order], **options))


@settings(deadline=None)
@given(scores, scores)
def test_hodges_lehmann_is_the_median_of_all_pairs(a, b):
    differences = np.subtract.outer(a, b).ravel()
    row = row_of(a, b)
    assert row["hodges_lehmann"] == np.median(differences)
    assert differences.min() <= row["hl_ci_low"] <= row["hodges_lehmann"] <= row["hl_ci_high"]


tied = st.lists(st.integers(1, 4), min_size=5, max_size=25).map(np.array)


@settings(deadline=None, max_examples=40)
@given(tied, tied)
def test_the_interval_holds_the_shifts_that_are_not_rejected(a, b):
    row, differences = row_of(a, b), np.subtract.outer(a, b)
    for end, outwards in ((row["hl_ci_low"], -0.5), (row["hl_ci_high"], 0.5)):
        outside, inside = (
            stats.mannwhitneyu(a - end - shift, b, method="asymptotic").pvalue
            for shift in (outwards, -outwards)
        )
        assert outside < 0.05 or end in (differences.min(), differences.max())
        assert inside >= 0.05 or row["hl_ci_low"] == row["hl_ci_high"]


def test_two_values_in_each_group_have_an_interval():
    row = row_of([60, 64], [50, 52])
    assert row["ci_low"] < row["difference"] < row["ci_high"]


@pytest.mark.parametrize("dtype", ["Int64", "Float64"])
def test_nullable_scores_are_described_as_others(dtype):
    frame = frame_of([50, 60, 55, 70, None], [40, 45])
    given_frame = frame.astype({"score": dtype})
    for describe in (summarise, normal_quantiles):
        expected = describe(frame, value="score", group="group")
        found = describe(given_frame, value="score", group="group")
        pd.testing.assert_frame_equal(found, expected)


def test_quantiles_leave_out_groups_that_nobody_is_in_and_other_gaps():
    group = pd.Categorical(list("bab"), categories=["b", "a", "unused"])
    frame = pd.DataFrame({"score": [1, 2, 3.0], "g": group, "other": [None, 1, 2]})
    found = normal_quantiles(frame, value="score", group="g")
    assert found["group"].tolist() == ["b", "b", "a"]
    assert found.index.tolist() == [0, 1, 2]


def test_wider_confidence_gives_wider_intervals():
    narrow, wide = (row_of(range(20, 40), range(25, 55), confidence=c) for c in (0.8, 0.99))
    assert wide["ci_low"] < narrow["ci_low"] and wide["hl_ci_low"] < narrow["hl_ci_low"]
    assert wide["ci_high"] > narrow["ci_high"] and wide["hl_ci_high"] > narrow["hl_ci_high"]


def test_constant_and_single_values_give_missing_not_nonsense():
    constant = row_of([50, 50], [50, 50, 50])
    assert constant[["p_value", "ci_low", "ci_high"]].isna().all()
    assert (constant["u"], constant["cles"], constant["difference"]) == (3, 0.5, 0)
    single = row_of([60], [50, 52])
    assert np.isnan(single["ci_low"]) and single["difference"] == 9


def test_group_without_values_names_the_groups_that_have_some():
    frame = pd.DataFrame({"score": [1.0, None], "group": ["users", "others"]})
    with pytest.raises(ValueError, match=r"group 'others' has no value of 'score'.*'users'"):
        compare(frame, value="score", group="group", groups=("users", "others"))


def test_an_empty_group_lists_all_groups_that_are_there():
    frame = pd.DataFrame({"score": [1.0, 2.0, None], "group": ["x", "y", "z"]})
    with pytest.raises(ValueError, match=r"Groups present: 'x', 'y', 'z'\. Name two"):
        samples(frame, value="score", group="group", groups=("z", "x"))


@pytest.mark.parametrize("dtype", ["int64", "Int64", "Float64", "object"])
def test_samples_are_plain_floats_whatever_the_column_holds(dtype):
    frame = pd.DataFrame({"score": pd.Series([60, 40, 48], dtype=dtype), "group": list("abb")})
    a, b = samples(frame, value="score", group="group", groups=("a", "b"))
    assert (a.tolist(), b.tolist()) == ([60.0], [40.0, 48.0])
    assert a.dtype == b.dtype == "float64"


def test_summary_of_small_constant_and_empty_groups():
    frame = pd.DataFrame(
        {
            "score": [1, 2, 3, 5, 5, 5, 5, 7, None],
            "group": list("xxx") + list("yyyy") + ["z", "w"],
        }
    )
    result = summarise(frame, value="score", group="group").set_index("group")
    assert result["n"].to_dict() == {"w": 0, "x": 3, "y": 4, "z": 1}
    assert result["shapiro_p"].isna().all()
    assert np.isnan(result.loc["z", "sd"]) and result.loc["y", "sd"] == 0
    assert result.loc["w", "mean":].isna().all()


def test_summary_follows_the_order_of_categories():
    group = pd.Categorical(["b", "a", "b"], categories=["b", "a", "unused"], ordered=True)
    result = summarise(pd.DataFrame({"score": [1, 2, 3], "g": group}), value="score", group="g")
    assert result["group"].tolist() == ["b", "a"]


def test_many_respondents_with_repeated_scores_stay_cheap():
    rng = np.random.default_rng(3)
    a, b = rng.integers(40, 160, 300_000) / 2, rng.integers(38, 158, 300_000) / 2
    assert row_of(a, b)["hodges_lehmann"] == pytest.approx(1, abs=0.5)


def test_inputs_stay_as_they_were():
    frame = frame_of([1, 2, None, 4], [2, 3])
    before = frame.copy(deep=True)
    compare(frame, value="score", group="group", groups=("a", "b"))
    summarise(frame, value="score", group="group")
    pd.testing.assert_frame_equal(frame, before)
