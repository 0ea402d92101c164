"""What a chapter makes of tidy answers, on a cohort small enough to check by hand."""

import numpy as np
import pandas as pd
import pytest

from esslib.chapters import predictors
from esslib.chapters.outcomes import group_summaries, group_tests, outcomes, quantiles
from esslib.chapters.questionnaire import score_contrasts
from esslib.paths import resolve
from esslib.score.scoring import scale_of
from esslib.survey.classes import predictor_frame
from esslib.survey.codebook import read_codebook


@pytest.fixture(scope="module")
def codebook():
    return read_codebook(resolve("data/codebook"))


@pytest.fixture
def people(codebook) -> pd.DataFrame:
    """Five respondents: two users, a DoctolibTeam, an MSSanté and a telephone user."""
    answers = ["agree_fully", "agree", "agree", "disagree", "disagree_fully"]
    frame = pd.DataFrame(dict.fromkeys(codebook.items, answers))
    frame.loc[4, "ess_q02"] = "not_applicable"
    return frame.assign(
        group=["users", "users", "non_users", "non_users", "non_users"],
        tool=["predice_pro", "predice_pro", "doctolib_team", "mssante", "phone"],
    ).rename_axis("row")


def test_each_respondent_is_scored_once_per_contrast(people, codebook):
    scored = score_contrasts(people, codebook)

    counts = scored.groupby(["contrast", "group"]).size()
    assert counts["primary", "non_users"] == 3
    assert counts["secondary_1", "secured_other"] == 2
    assert counts["secondary_1", "non_secured"] == 1
    assert counts["secondary_2", "users"] == 2


def test_not_applicable_depends_on_the_compared_group(people, codebook):
    scored = score_contrasts(people, codebook)
    phone = scored[scored["row"] == 4].set_index("contrast")["ess_total"]

    # nineteen full disagreements, and the median of the item among three or (alone) all answers
    assert phone["primary"] == 19 + 2.5
    assert phone["secondary_1"] == 19 + 3


def test_the_definition_of_secured_moves_doctolib_team(people, codebook):
    by_methods, by_regression = (
        predictor_frame(
            people_with_covariates(people, codebook),
            codebook,
            analysis="bivariate",
            definition=definition,
        )["secured"]
        for definition in ("methods", "regression")
    )

    assert by_methods.tolist() == [1, 1, 1, 1, 0]
    assert by_regression.tolist() == [1, 1, 0, 1, 0]


def people_with_covariates(people: pd.DataFrame, codebook) -> pd.DataFrame:
    columns = {}
    for name in codebook.names(role="characteristic"):
        multiple = codebook.variable(name)["kind"] == "multiple"
        for column in codebook.indicators(name) if multiple else [name]:
            columns[column] = pd.Series(True if multiple else 40, index=people.index)
    return people.assign(**columns)


def test_both_tables_are_made_under_either_definition(people, codebook, monkeypatch):
    varied = pd.DataFrame({"x": [1, 1, 0, 1, 0, 0], "secured": [1, 1, 1, 0, 0, 0]})
    separated = varied.assign(x=varied["secured"])
    monkeypatch.setattr(
        predictors,
        "predictor_frame",
        lambda *_, definition, **__: varied if definition == "methods" else separated,
    )

    table = predictors.by_definition(people, codebook).set_index(["analysis", "definition"])

    assert table["covariate"].tolist() == ["x"] * 4
    assert table.loc[("bivariate", "methods"), "estimate"] == pytest.approx(np.log(4))
    assert table.loc[("multivariate", "methods"), "estimate"] == pytest.approx(np.log(4))
    ends = table.loc[("bivariate", "methods"), ["ci_low", "ci_high"]]
    assert ends.sum() == pytest.approx(2 * np.log(4)), "symmetric on the scale of the logarithm"
    assert table.loc[("bivariate", "regression"), "estimate"] == pytest.approx(np.log(49))
    assert table.loc[("multivariate", "regression")].drop("covariate").isna().all()


def test_tables_hold_the_contrasts_that_were_scored(people, codebook):
    scored = score_contrasts(people, codebook)
    primary = scored[scored["contrast"] == "primary"]

    summary = group_summaries(primary, codebook)
    test = group_tests(primary, codebook)

    assert summary["group"].tolist() == ["users", "non_users"]
    assert test["contrast"].tolist() == ["primary"]
    assert test["difference"].iloc[0] == pytest.approx(
        primary.loc[primary["group"] == "users", "ess_total"].mean()
        - primary.loc[primary["group"] == "non_users", "ess_total"].mean()
    )


@pytest.fixture
def three(codebook) -> pd.DataFrame:
    """Scores typed by hand, in three contrasts of two groups."""
    values = {
        ("primary", "users"): [70, 62, 58, 66],
        ("primary", "non_users"): [40, 61, 35, 52, 44],
        ("secondary_1", "secured_other"): [60, 55, 64],
        ("secondary_1", "non_secured"): [40, 38, 57],
        ("secondary_2", "users"): [70, 62, 58, 66],
        ("secondary_2", "secured_other"): [60, 55, 64],
    }
    rows = [(*key, float(score)) for key, scores in values.items() for score in scores]
    return pd.DataFrame(rows, columns=["contrast", "group", "ess_total"])


def test_holm_counts_the_contrasts_of_each_test(three, codebook):
    found = outcomes(three, codebook, alpha=0.05, seed=1)["robust_tests"]

    p = found.set_index(["test", "contrast"])["p_value"].unstack()
    holm = found.set_index(["test", "contrast"])["p_holm"].unstack()
    assert list(holm) == ["primary", "secondary_1", "secondary_2"]
    assert len(holm) == 5
    smallest = p.min(axis="columns")
    np.testing.assert_allclose(holm.min(axis="columns"), (3 * smallest).clip(upper=1))
    np.testing.assert_allclose(
        found.loc[found["test"] == "permutation_difference", "statistic"], [17.6, 44 / 3, 13 / 3]
    )


def test_the_primary_contrast_alone_gets_the_same_sizes(three, codebook):
    alone, among = (
        outcomes(rows, codebook, alpha=0.05, seed=1)["effect_sizes"]
        for rows in (three[three["contrast"] == "primary"], three)
    )

    pd.testing.assert_frame_equal(alone, among[among["contrast"] == "primary"])
    assert list(among) == ["contrast", "statistic", "method", "estimate", "ci_low", "ci_high"]


def test_quantiles_keep_contrasts_and_groups_apart(three):
    found = quantiles(three)

    pair = (found["contrast"] == "secondary_2") & (found["group"] == "users")
    assert found.loc[pair, "observed"].tolist() == [58, 62, 66, 70]
    assert found.loc[pair, "expected"].mean() == pytest.approx(64)


def test_direction_is_a_mirror(people, codebook):
    secure, literal = (
        score_contrasts(people, codebook, score_direction=direction)["ess_total"]
        for direction in ("agreement_is_secure", "literal")
    )

    np.testing.assert_allclose(secure + literal, sum(scale_of(codebook).limits))
