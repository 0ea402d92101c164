"""Result tables beside the printed numbers."""

import pandas as pd
import pytest

from esslib.chapters.beside import beside, recomputed, stated


@pytest.fixture
def published() -> pd.DataFrame:
    rows = [
        ("tableau_1.age_years.users.mean", "age_years", "users", "mean", "41.09"),
        ("tableau_1.gender.male.users.n", "gender.male", "users", "n", "8"),
        ("tableau_1.zone.zip.users.n", "zone.zip", "users", "n", ""),
        ("text.primary.all.p_value", "primary", "all", "p_value", "<0.001"),
        ("bivariate.male.all.odds_ratio", "male", "all", "odds_ratio", "1"),
        ("bivariate.urban.all.odds_ratio", "urban", "all", "odds_ratio", "0.66"),
    ]
    columns = ["id", "row", "group", "statistic", "printed"]
    return pd.DataFrame(rows, columns=columns).assign(where="somewhere")


@pytest.fixture
def results() -> dict[str, pd.DataFrame]:
    return {
        "tableau_1": pd.DataFrame(
            {
                "section": ["age_years", "gender", "zone"],
                "level": ["age_years", "male", "zip"],
                "group": "users",
                "n": [21, 9, 2],
                "mean": [863 / 21, None, None],
            }
        ),
        "group_tests": pd.DataFrame({"contrast": ["primary"], "p_value": [0.0002]}),
        "bivariate": pd.DataFrame({"covariate": ["male", "urban"], "odds_ratio": [1.0024, 0.6555]}),
    }


def test_every_number_gets_the_id_of_the_printed_one(results):
    ids = recomputed(results).index

    assert "tableau_1.age_years.users.mean" in ids
    assert "tableau_1.gender.male.users.n" in ids
    assert "text.primary.all.p_value" in ids
    assert "tableau_1.gender.male.users.mean" not in ids, "missing numbers are left out"


def test_no_result_frames_give_no_numbers(published):
    assert recomputed({}).empty
    assert beside(published, {}).empty


@pytest.mark.parametrize(
    ("identifier", "shown", "match"),
    [
        ("tableau_1.age_years.users.mean", "41.09", "truncated"),
        ("tableau_1.gender.male.users.n", "9", "differs"),
        ("text.primary.all.p_value", "<0.001", "nearest"),
        ("bivariate.male.all.odds_ratio", "1", "nearest"),
        ("bivariate.urban.all.odds_ratio", "0.66", "nearest"),
    ],
)
def test_a_number_matches_as_rounded_or_as_cut_off(published, results, identifier, shown, match):
    row = beside(published, results).set_index("id").loc[identifier]

    assert (row["shown"], row["match"]) == (shown, match)


def test_an_empty_cell_is_no_printed_number(published, results):
    assert "tableau_1.zone.zip.users.n" not in set(beside(published, results)["id"])


@pytest.mark.parametrize(("invited", "rate"), [([450], 18.0), ([], None)])
def test_the_response_rate_needs_invitations(codebook, invited, rate):
    steps = ["invited"] * len(invited) + ["included"]
    p_values = pd.DataFrame({"covariate": ["a", "b"], "p_value": [0.04, 0.06]})
    results = {
        "flow": pd.DataFrame({"step": steps, "n": [*invited, 81]}),
        "bivariate": p_values,
        "multivariate": p_values,
    }
    numbers = stated(codebook, results, alpha=0.05)
    assert numbers.get("text.response_rate.all.percent") == rate
    assert numbers["text.population.all.n"] == 81
    assert numbers["text.bivariate.significant.all.n"] == 1
    assert numbers["methods.ess_total.all.max"] == 80
