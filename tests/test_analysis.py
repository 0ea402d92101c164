"""The arrows from tidy answers to result frames, on a cohort small enough to check by hand."""

import numpy as np
import pandas as pd
import pytest

from esslib import analysis
from esslib.codebook import read_codebook
from esslib.paths import resolve
from esslib.scoring import ScoreRules


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
    scored = analysis.score_contrasts(people, codebook, rules=ScoreRules(), definition="methods")

    counts = scored.groupby(["contrast", "group"]).size()
    assert counts["primary", "non_users"] == 3
    assert counts["secondary_1", "secured_other"] == 2
    assert counts["secondary_1", "non_secured"] == 1
    assert counts["secondary_2", "users"] == 2


def test_not_applicable_depends_on_the_compared_group(people, codebook):
    scored = analysis.score_contrasts(people, codebook, rules=ScoreRules(), definition="methods")
    phone = scored[scored["row"] == 4].set_index("contrast")["ess_total"]

    # nineteen full disagreements, and the median of the item among three or (alone) all answers
    assert phone["primary"] == 19 + 2.5
    assert phone["secondary_1"] == 19 + 3


def test_the_definition_of_secured_moves_doctolib_team(people, codebook):
    by_methods, by_regression = (
        analysis.predictor_frame(
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
        analysis,
        "predictor_frame",
        lambda *_, definition, **__: varied if definition == "methods" else separated,
    )

    table = analysis.predictors_by_definition(people, codebook).set_index(
        ["analysis", "definition"]
    )

    assert table["covariate"].tolist() == ["x"] * 4
    assert table.loc[("bivariate", "methods"), "estimate"] == pytest.approx(np.log(4))
    assert table.loc[("multivariate", "methods"), "estimate"] == pytest.approx(np.log(4))
    ends = table.loc[("bivariate", "methods"), ["ci_low", "ci_high"]]
    assert ends.sum() == pytest.approx(2 * np.log(4)), "symmetric on the scale of the logarithm"
    assert table.loc[("bivariate", "regression"), "estimate"] == pytest.approx(np.log(49))
    assert table.loc[("multivariate", "regression")].drop("covariate").isna().all()


def test_tables_hold_the_contrasts_that_were_scored(people, codebook):
    scored = analysis.score_contrasts(people, codebook, rules=ScoreRules(), definition="methods")
    primary = scored[scored["contrast"] == "primary"]

    summary = analysis.summarise_contrasts(primary, codebook)
    test = analysis.compare_contrasts(primary, codebook)

    assert summary["group"].tolist() == ["users", "non_users"]
    assert test["contrast"].tolist() == ["primary"]
    assert test["difference"].iloc[0] == pytest.approx(
        primary.loc[primary["group"] == "users", "ess_total"].mean()
        - primary.loc[primary["group"] == "non_users", "ess_total"].mean()
    )


def test_direction_is_a_mirror(people, codebook):
    secure, literal = (
        analysis.score_contrasts(
            people, codebook, rules=ScoreRules(direction=direction), definition="methods"
        )["ess_total"]
        for direction in ("agreement_is_secure", "literal")
    )

    np.testing.assert_allclose(secure + literal, sum(analysis.scale_of(codebook).limits))
