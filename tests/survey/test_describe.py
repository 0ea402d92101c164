"""Flow, Tableau 1 and places of seven people, counted by hand."""

import numpy as np
import pandas as pd
import pytest
from helpers import tidy_of, unchanged

from esslib.paths import resolve
from esslib.results import check_result, read_vocabulary
from esslib.survey.cleaning import included
from esslib.survey.describe import flow, places, tableau_1

RECRUITMENT = pd.DataFrame({"step": ["invited"], "n": ["450"], "note": ["derived"]})
VOCABULARY = read_vocabulary(resolve("data/codebook/results.csv"))
PEOPLE = [
    {"uses_predice_pro": "yes", "age_years": "40", "zone": "urban|zip", "postcode": "80000"},
    {"uses_predice_pro": "yes", "age_years": "50", "zone": None, "exchange_purposes": None},
    {"age_years": "30", "patient_mix": "over_75|women|men", "home_visits": "none"},
    {"age_years": "31", "zone": "rural|semi_rural", "postcode": "62000", "gender": "male"},
    {"age_years": "35", "usual_tool": "sms", "postcode": None, "correspondents": "gp_resident"},
    {"age_years": "20", "usual_tool": None},
    {"postcode": "75001"},
]


@pytest.fixture(scope="module")
def tidy(codebook):
    return tidy_of(codebook, *PEOPLE)


@pytest.fixture(scope="module")
def table(codebook, tidy):
    people = included(tidy)
    with unchanged(people):
        return tableau_1(people, codebook)


def test_flow(codebook, tidy):
    with unchanged(tidy, RECRUITMENT):
        steps = flow(tidy, RECRUITMENT, codebook)
    check_result(steps, "flow", VOCABULARY)
    applied = codebook.criteria.query("applied == '1'")["reason"].tolist()
    counts = {(step, group, why): n for step, group, n, why in steps.itertuples(index=False)}
    assert counts == {
        ("invited", "all", ""): 450,
        ("no_response", "all", "no_response"): 443,
        ("responses", "all", ""): 7,
        **{("excluded", "all", reason): 0 for reason in applied},
        ("excluded", "all", "no_tool"): 1,
        ("excluded", "all", "outside_region"): 1,
        ("included", "all", ""): 5,
        ("analysed", "users", ""): 2,
        ("analysed", "non_users", ""): 3,
        ("without_score", "users", ""): 0,
        ("without_score", "non_users", ""): 0,
    }
    assert steps.query("step == 'excluded'")["excluded_because"].tolist() == applied


def test_flow_adds_up(codebook, tidy):
    n = flow(tidy, RECRUITMENT, codebook).groupby("step")["n"].sum()
    assert n["invited"] == n["no_response"] + n["responses"]
    assert n["responses"] == n["excluded"] + n["included"]
    assert n["included"] == n["analysed"]


def test_flow_counts_who_has_no_score(codebook):
    people = [{"ess_q01": None}, {"ess_q02": "not_applicable"}, {"uses_predice_pro": "yes"}]
    steps = flow(tidy_of(codebook, *people), RECRUITMENT[:0], codebook)
    assert steps.query("step == 'without_score'")["n"].tolist() == [0, 1]
    assert "no_response" not in set(steps["step"])


@pytest.mark.parametrize(
    ("section", "level", "users", "non_users"),
    [  # n, number of people who answered
        ("population", "population", (2, 2), (3, 3)),
        ("tool", "phone", (0, 2), (2, 3)),
        ("tool", "sms", (0, 2), (1, 3)),
        ("gender", "male", (0, 2), (1, 3)),
        ("zone", "zip", (1, 1), (2, 3)),
        ("zone", "rural_or_semi_rural", (0, 1), (1, 3)),
        ("home_visits", "none", (0, 2), (1, 3)),
        ("home_visits", "one_or_more", (2, 2), (2, 3)),
        ("patient_mix", "over_75", (0, 2), (1, 3)),
        ("patient_mix", "others", (4, 2), (6, 3)),  # answers, not people
        ("correspondents", "resident", (0, 2), (1, 3)),
        ("exchange_purposes", "no_answer", (1, 2), (0, 3)),
        ("exchange_purposes", "mdt_request", (1, 1), (3, 3)),
    ],
)
def test_counts_of_tableau_1(table, section, level, users, non_users):
    rows = table.set_index(["section", "level", "group"])[["n", "n_answered"]]
    assert tuple(rows.loc[section, level, "users"]) == users
    assert tuple(rows.loc[section, level, "non_users"]) == non_users


def test_tableau_1_keeps_the_contract_and_the_printed_order(codebook, table):
    check_result(table, "tableau_1", VOCABULARY)
    rows = codebook.tableau_1[["section", "level"]]
    expected = rows.loc[rows.index.repeat(2)].reset_index(drop=True)
    pd.testing.assert_frame_equal(table[["section", "level"]].astype("str"), expected)
    assert table["group"].tolist() == ["users", "non_users"] * len(rows)


def test_moments_of_tableau_1(table):
    ages = table[table["section"] == "age_years"].set_index("group")
    users, others = ages.loc["users"], ages.loc["non_users"]
    assert users[["n", "mean", "sd", "median"]].tolist() == [2, 45, pytest.approx(50**0.5), 45]
    assert users[["q1", "q3"]].tolist() == [42.5, 47.5]
    assert others[["n", "mean", "median", "q1", "q3"]].tolist() == [3, 32, 31, 30.5, 33]
    assert others["sd"] == pytest.approx(7**0.5)


def test_percentages_are_of_those_who_answered(table):
    rows = table[table["percent"].notna()]
    np.testing.assert_allclose(rows["percent"], 100 * rows["n"] / rows["n_answered"])
    assert set(table.loc[table["percent"].isna(), "level"]) == {"age_years", "others"}


@pytest.mark.parametrize("kept", [0, 1], ids=["nobody", "one user"])
def test_tableau_1_of_too_few(codebook, tidy, kept):
    table = tableau_1(tidy.head(kept), codebook)
    empty = table[table["group"] == "non_users"]
    assert (empty["n"] == 0).all()
    assert empty[["percent", "mean", "sd", "median", "q1", "q3"]].isna().all(axis=None)
    ages = table[table["section"] == "age_years"].iloc[0]
    assert ages["n"] == kept
    assert np.isnan(ages["sd"])
    assert table[["mean", "sd", "median", "q1", "q3", "percent"]].dtypes.eq("float64").all()


def test_places(codebook, tidy):
    people = included(tidy)
    with unchanged(people):
        counts = places(people, codebook)
    assert list(counts) == ["departement", "group", "n"]
    assert len(counts) == 2 * len(codebook.departements)
    found = counts[counts["n"] > 0].set_index(["departement", "group"])["n"].to_dict()
    # one non-user gave no postcode
    assert found == {
        ("59", "users"): 1,
        ("80", "users"): 1,
        ("59", "non_users"): 1,
        ("62", "non_users"): 1,
    }
