"""`balance` against R, by hand, and where two groups cannot be compared."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import tidy_of, unchanged
from scipy import stats

from esslib.chapters.respondents import balance_groups
from esslib.compare import balance as module
from esslib.compare.balance import balance
from esslib.paths import resolve
from esslib.results import check_result, read_vocabulary
from esslib.survey.cleaning import included

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "balance_data.csv")
EXPECTED = pd.read_csv(REFERENCE / "balance.csv").set_index("variable")


def row_of(a, b) -> pd.Series:
    frame = pd.DataFrame({"x": [*a, *b], "group": ["a"] * len(a) + ["b"] * len(b)})
    with unchanged(frame):
        return balance(frame, value="x", group="group", groups=("a", "b")).iloc[0]


@pytest.mark.parametrize("variable", EXPECTED.index)
def test_balance_equals_r(variable):
    found = balance(DATA, value=variable, group="group", groups=("a", "b")).iloc[0]
    expected = EXPECTED.loc[variable, list(found.index)]
    assert found[["n_missing", "test"]].tolist() == expected[["n_missing", "test"]].tolist()
    numbers = ["standardised_difference", "statistic", "p_value"]
    np.testing.assert_allclose(
        found[numbers].astype(float), expected[numbers].astype(float), rtol=1e-11
    )


@pytest.mark.parametrize("variable", ["even", "rare"])
def test_yes_or_no_has_the_sign_of_its_difference(variable):
    yes = DATA.assign(x=DATA[variable].eq("yes"))
    there = balance(yes, value="x", group="group", groups=("a", "b")).iloc[0]
    back = balance(yes, value="x", group="group", groups=("b", "a")).iloc[0]
    distance = EXPECTED.loc[variable, "standardised_difference"]
    sign = np.sign(np.subtract(*yes.groupby("group")["x"].mean()[["a", "b"]]))
    assert there["standardised_difference"] == pytest.approx(sign * distance)
    assert back["standardised_difference"] == pytest.approx(-sign * distance)
    assert back["p_value"] == pytest.approx(there["p_value"])


def test_two_answers_have_the_exact_test_of_scipy():
    found = row_of([True] * 3 + [False] * 9, [True] * 5 + [False])
    assert found["test"] == "fisher"
    assert found["p_value"] == pytest.approx(stats.fisher_exact([[3, 9], [5, 1]]).pvalue)


def test_too_many_tables_leave_the_chi_square(monkeypatch):
    monkeypatch.setattr(module, "MOST_TABLES", 10)
    found = row_of(list("xxxyz"), list("xyyzz"))
    table = [[3, 1], [1, 2], [1, 2]]
    assert found["test"] == "chi2"
    assert found["statistic"] == pytest.approx(stats.chi2_contingency(table, False).statistic)


@pytest.mark.parametrize(("most", "test"), [(16, "fisher"), (15, "chi2")])
def test_the_tables_of_an_exact_test_are_counted(monkeypatch, most, test):
    """Answers given by 3, 3 and 4 people: with those of one group, 4 times 4 tables."""
    monkeypatch.setattr(module, "MOST_TABLES", most)
    assert row_of(list("xxyz"), list("xyyzzz"))["test"] == test


def test_an_expected_count_of_five_is_enough_for_the_chi_square():
    found = row_of([True] * 4 + [False] * 6, [True] * 6 + [False] * 4)
    assert (found["test"], found["statistic"]) == ("chi2", pytest.approx(0.8))


def test_few_numbers_without_ties_have_the_test_of_many():
    a, b = [1, 2, 4], [3, 5, 6]
    expected = stats.mannwhitneyu(a, b, method="asymptotic")
    found = row_of(a, b)
    assert found[["statistic", "p_value"]].tolist() == [expected.statistic, expected.pvalue]


def test_nullable_numbers_are_compared_as_others_are():
    frame = pd.DataFrame({"x": [1, 2, 4, None, 3, 5, 6], "group": list("aaaabbb")})
    options = {"value": "x", "group": "group", "groups": ("a", "b")}
    nullable = balance(frame.astype({"x": "Int64"}), **options)
    pd.testing.assert_frame_equal(nullable, balance(frame, **options))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([True, True], [False, False]),
        (list("xx"), list("yz")),
        ([2, 2], [1, 1]),
    ],
    ids=["yes and no", "no answer in common", "two numbers"],
)
def test_groups_without_anything_in_common_are_infinitely_far_apart(a, b):
    assert row_of(a, b)["standardised_difference"] == np.inf


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([], [1, 2]),
        ([None], [1, 2]),
        ([4, 4], [4, 4, 4]),
        (list("xx"), list("xxx")),
        ([True], [True]),
    ],
    ids=["empty group", "nobody answered", "one number", "one answer", "only yes"],
)
def test_what_cannot_be_compared_is_blank(a, b):
    found = row_of(a, b)
    assert found["n_missing"] == list(a).count(None)
    assert found.drop("n_missing").isna().all()


def test_one_number_has_a_test_and_no_difference():
    found = row_of([1], [2, 3, 4])
    assert np.isnan(found["standardised_difference"])
    assert found["p_value"] < 1


PEOPLE = [
    {"uses_predice_pro": "yes", "age_years": "40", "gender": "male", "devices": "desktop"},
    {"uses_predice_pro": "yes", "age_years": "50", "gender": None, "devices": None},
    {"age_years": "30", "activity": "mixed_hospital", "devices": "desktop|tablet"},
    {"age_years": "31", "activity": "mixed_liberal", "devices": "tablet"},
    {"age_years": "35", "activity": "liberal", "devices": "tablet"},
]


def test_questions_of_tableau_1_are_compared(codebook):
    people = included(tidy_of(codebook, *PEOPLE))
    with unchanged(people):
        table = balance_groups(people, codebook)
    check_result(table, "tableau_1_tests", read_vocabulary(resolve("data/codebook/results.csv")))
    rows = table.fillna({"test": ""}).set_index(["section", "level"])
    assert rows.index.is_unique
    assert not rows.index.get_level_values("section").isin(["population", "tool"]).any()
    assert rows.loc[("gender", ""), ["n_missing", "test"]].tolist() == [1, "fisher"]
    assert rows.loc[("age_years", ""), ["statistic", "test"]].tolist() == [6, "mann_whitney"]
    # both kinds of mixed practice are one row: 2 liberal beside 2 mixed and 1 liberal
    assert rows.loc[("activity", ""), "p_value"] == pytest.approx(0.4)
    assert rows.loc[("devices", "tablet"), "n_missing"] == 1
    assert rows.loc[("devices", "tablet"), "standardised_difference"] == -np.inf
    assert ("exchange_purposes", "no_answer") not in rows.index


@pytest.mark.parametrize("kept", [0, 1], ids=["nobody", "one user"])
def test_too_few_people_leave_blanks(codebook, kept):
    table = balance_groups(included(tidy_of(codebook, *PEOPLE)).head(kept), codebook)
    assert table[["standardised_difference", "test", "p_value"]].isna().all(axis=None)
