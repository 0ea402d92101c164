"""Effect sizes, Brunner-Munzel, permutation and adjusted p against R, and their symmetries."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esslib.compare import effects, samples
from esslib.compare.effects import brunner_munzel, effect_sizes, permutation_tests
from esslib.compare.multiplicity import adjust_p
from esslib.compare.robust import robust_tests

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "compare_data.csv")
EXPECTED = pd.read_csv(REFERENCE / "effects.csv").set_index(["case", "statistic"])["value"]
CASES = list(DATA["case"].unique())
EXACT = ["small", "exact"]  # cases few enough for all exchanges

values = st.lists(st.integers(40, 160).map(lambda half: half / 2), min_size=2, max_size=12).map(
    np.array
)


def rng(seed: int = 11) -> np.random.Generator:
    return np.random.default_rng(seed)


def groups_of(case):
    data = DATA[DATA["case"] == case]
    return samples(data, value="score", group="group", groups=("a", "b"))


def sizes_of(a, b, **options) -> pd.DataFrame:
    return effect_sizes(a, b, rng=rng(), **options).set_index(["statistic", "method"])


@pytest.mark.parametrize("case", CASES)
def test_hedges_g_equals_r(case):
    row = sizes_of(*groups_of(case)).loc[("hedges_g", "noncentral_t")]
    expected = [EXPECTED[case, f"g.{column}"] for column in row.index]
    assert row["estimate"] == pytest.approx(expected[0], rel=1e-12)
    assert row.tolist() == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_brunner_munzel_equals_its_formulas(case):
    row = brunner_munzel(*groups_of(case)).iloc[0]
    expected = [EXPECTED[case, f"bm.{column}"] for column in row.index]
    assert row.tolist() == pytest.approx(expected, rel=1e-10)


def test_brunner_munzel_equals_its_publication():
    """Shoulder pain after keyhole surgery: table 3 and section 4 of Brunner & Munzel (2000)."""
    treated = np.array([1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1.0])
    untreated = np.array([3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4.0])
    row = brunner_munzel(untreated, treated).iloc[0]
    assert row["cles"] == pytest.approx(0.789, abs=5e-4)
    assert row["statistic"] == pytest.approx(3.1375, abs=5e-5)
    assert row["p_value"] == pytest.approx(0.0058, abs=5e-5)


@pytest.mark.parametrize("case", CASES)
def test_permutation_equals_the_exact_distribution(case):
    tests = permutation_tests(*groups_of(case), rng=rng()).set_index("statistic")
    for statistic, p in tests["p_value"].items():
        expected = EXPECTED[case, f"permutation.{statistic}"]
        if case in EXACT:
            assert p == pytest.approx(expected, rel=1e-9)
        elif np.isfinite(expected):  # four standard errors of 9,999 exchanges, and their minimum
            error = 4 * np.sqrt(max(expected, 1e-4) / 9_999)
            assert p == pytest.approx(expected, abs=2e-4 + error)


@pytest.mark.parametrize("case", CASES)
def test_each_test_stands_under_its_own_name(case):
    theirs = pd.read_csv(REFERENCE / "compare.csv").set_index(["case", "statistic"])["value"]
    a, b = groups_of(case)
    found = robust_tests(a, b, rng=rng()).set_index("test")
    drawn = permutation_tests(a, b, rng=rng()).set_index("statistic")
    expected = {
        "mann_whitney": (theirs[case, "u"], theirs[case, "p_value"]),
        "brunner_munzel": (EXPECTED[case, "bm.statistic"], EXPECTED[case, "bm.p_value"]),
        "welch": (theirs[case, "welch_t"], theirs[case, "welch_p"]),
        "permutation_difference": (theirs[case, "difference"], drawn.loc["difference", "p_value"]),
        "permutation_u": (theirs[case, "u"], drawn.loc["u", "p_value"]),
    }
    assert list(found.index) == list(expected)
    for test, row in expected.items():
        assert found.loc[test].tolist() == pytest.approx(row, rel=1e-9)


@pytest.mark.parametrize("case", ["ties", "halves"])
def test_bootstrap_agrees_with_the_formula_where_groups_are_large(case):
    sizes = sizes_of(*groups_of(case))
    for statistic, formula in (("hedges_g", "noncentral_t"), ("cles", "brunner_munzel")):
        expected = sizes.loc[(statistic, formula)]
        drawn = sizes.loc[(statistic, "bootstrap")]
        width = expected["ci_high"] - expected["ci_low"]
        assert drawn.tolist() == pytest.approx(expected.tolist(), abs=0.12 * width)


def test_counts_of_values_give_the_sizes_and_tests_of_the_values(monkeypatch):
    """Few values have the largest correction: a fourteenth of the difference."""
    a, b = np.array([5, 7, 8, 9.5, 7, 6]), np.array([1, 2, 6, 5, 3, 2])
    singly, tests = sizes_of(a, b), permutation_tests(a, b, rng=rng())
    monkeypatch.setattr(effects, "DRAWN_SINGLY", 11)
    counted = sizes_of(a, b)
    for statistic in ("hedges_g", "cles"):
        one, other = (sizes.loc[(statistic, "bootstrap")] for sizes in (singly, counted))
        width = one["ci_high"] - one["ci_low"]
        assert other.tolist() == pytest.approx(one.tolist(), abs=0.04 * width)
    found = permutation_tests(a, b, rng=rng())
    pd.testing.assert_frame_equal(found.drop(columns="p_value"), tests.drop(columns="p_value"))
    assert found["p_value"].tolist() == pytest.approx(tests["p_value"].tolist(), abs=0.02)


def test_confidence_widens_every_interval():
    a, b = groups_of("ties")
    narrow, wide = (sizes_of(a, b, confidence=level) for level in (0.8, 0.99))
    assert (wide["ci_low"] < narrow["ci_low"]).all()
    assert (wide["ci_high"] > narrow["ci_high"]).all()


def test_two_values_in_each_group_have_a_size():
    row = sizes_of(np.array([5.0, 7]), np.array([1.0, 2])).loc[("hedges_g", "noncentral_t")]
    assert row["estimate"] == pytest.approx(4.5 / np.sqrt(1.25) / np.sqrt(np.pi))


def test_rank_biserial_is_cles_turned():
    sizes = sizes_of(*groups_of("ties"))
    turned = 2 * sizes.loc["cles"] - 1
    pd.testing.assert_frame_equal(sizes.loc["rank_biserial"], turned)


def test_seed_decides_the_draws():
    a, b = groups_of("halves")
    first, again, other = (effect_sizes(a, b, rng=rng(seed)) for seed in (1, 1, 2))
    assert first.equals(again) and not first.equals(other)
    first, again, other = (permutation_tests(a, b, rng=rng(seed)) for seed in (1, 1, 2))
    assert first.equals(again) and not first.equals(other)


@settings(deadline=None, max_examples=30)
@given(values, values)
def test_swapping_the_groups_turns_brunner_munzel(a, b):
    there, back = brunner_munzel(a, b).iloc[0], brunner_munzel(b, a).iloc[0]
    assert there["cles"] == pytest.approx(1 - back["cles"])
    assert there["statistic"] == pytest.approx(-back["statistic"], nan_ok=True)
    assert there["ci_low"] == pytest.approx(1 - back["ci_high"], nan_ok=True)


def test_separated_and_single_values_give_missing_intervals():
    apart = sizes_of(np.array([7, 8, 9.0]), np.array([1, 2, 3.0]))
    assert apart.loc["cles", "estimate"].eq(1).all()
    assert apart.loc["cles", ["ci_low", "ci_high"]].isna().all(axis=None)
    assert brunner_munzel(np.array([7, 8.0]), np.array([1, 2.0]))["p_value"].isna().all()
    single = sizes_of(np.array([7.0]), np.array([1, 2, 8.0]))
    assert single.drop(("hedges_g", "noncentral_t"))["ci_low"].isna().all()
    constant = sizes_of(np.array([5.0, 5]), np.array([5.0, 5]))
    assert constant.loc["hedges_g", "estimate"].isna().all()


@pytest.mark.parametrize(
    ("p", "holm", "bh"),
    [
        ([0.01, 0.02, 0.03], [0.03, 0.04, 0.04], [0.03, 0.03, 0.03]),
        ([0.04, np.nan, 0.01], [0.04, np.nan, 0.02], [0.04, np.nan, 0.02]),
        ([np.nan], [np.nan], [np.nan]),
    ],
)
def test_adjusted_p_by_hand(p, holm, bh):
    table = adjust_p(pd.DataFrame({"p_value": p}, index=list("xyz")[: len(p)]))
    assert table["p_holm"].tolist() == pytest.approx(holm, nan_ok=True)
    assert table["p_bh"].tolist() == pytest.approx(bh, nan_ok=True)


def test_adjusted_p_of_a_nullable_column_are_plain_floats():
    table = adjust_p(pd.DataFrame({"p_value": pd.array([0.01, None, 0.04], dtype="Float64")}))
    np.testing.assert_allclose(table["p_holm"], [0.02, np.nan, 0.04])
    assert table["p_holm"].dtype == table["p_bh"].dtype == "float64"


def test_adjusted_p_equals_r():
    expected = pd.read_csv(REFERENCE / "predictors_bivariate.csv")
    result = adjust_p(expected[["p_value"]])
    pd.testing.assert_frame_equal(result, expected[["p_value", "p_holm", "p_bh"]], rtol=1e-12)
