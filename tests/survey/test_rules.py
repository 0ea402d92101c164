"""Rules of the codebook on five people, each truth typed by hand."""

import pandas as pd
import pytest
from helpers import unchanged

from esslib.survey.rules import answers, meets

TIDY = pd.DataFrame(
    {
        "job": pd.Categorical(["gp", "nurse", None, "gp", "other"]),
        "age_years": pd.array([44.9, 45, None, 30, 80], dtype="Float64"),
        "zone__zip": pd.array([True, False, None, False, True], dtype="boolean"),
        "zone__zac": pd.array([True, False, None, True, False], dtype="boolean"),
        "zone__zar": pd.array([True, False, None, False, False], dtype="boolean"),
        "zone_note": ["", "", "", "", ""],
    }
)


@pytest.mark.parametrize(
    ("variable", "rule", "value", "expected"),
    [
        ("job", "any_of", "gp other", [True, False, None, True, True]),
        ("job", "none_of", "gp other", [False, True, None, False, False]),
        ("job", "missing", "", [False, False, True, False, False]),
        ("age_years", "under", "45", [True, False, None, True, False]),
        ("age_years", "missing", "", [False, False, True, False, False]),
        ("zone", "any_of", "zip zar", [True, False, None, False, True]),
        ("zone", "none_of", "zip", [False, True, None, True, False]),
        ("zone", "only", "zip", [False, False, None, False, True]),
        ("zone", "only", "zip zac zar", [True, False, None, True, True]),
        ("zone", "count_over", "1", [True, False, None, False, False]),
        ("zone", "count_over", "0", [True, False, None, True, True]),
        ("zone", "missing", "", [False, False, True, False, False]),
    ],
)
def test_rule(variable, rule, value, expected):
    with unchanged(TIDY):
        result = meets(TIDY, variable=variable, rule=rule, value=value)
    assert result.dtype == "boolean"
    assert [None if pd.isna(met) else bool(met) for met in result] == expected


def test_unknown_rule_is_named():
    with pytest.raises(
        ValueError, match=r"rule 'most_of' of variable 'zone' is unknown; use \['any"
    ):
        meets(TIDY, variable="zone", rule="most_of", value="zip")


def test_unknown_level_of_a_multiple_answer_is_named():
    with pytest.raises(KeyError, match=r"no answer level \['zup'\] among"):
        meets(TIDY, variable="zone", rule="any_of", value="zup")


def test_unknown_variable_is_named():
    with pytest.raises(KeyError, match="no column 'sex' and none that starts 'sex__'"):
        meets(TIDY, variable="sex", rule="missing", value="")


def test_answers_names_indicators_by_level():
    assert list(answers(TIDY, "zone")) == ["zip", "zac", "zar"]
    assert list(answers(TIDY, "job")) == ["job"]
