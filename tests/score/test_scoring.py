"""The score against R, by hand, and its symmetries."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esslib.score.imputation import impute
from esslib.score.scoring import CHOICES, Scale, ScoreRules, points, scale_of, score

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "items_data.csv")
TOTALS = pd.read_csv(REFERENCE / "items_totals.csv")
ANSWERS = ["agree_fully", "agree", "disagree", "disagree_fully"]
POINTS = dict(zip(ANSWERS, range(1, 5), strict=True))
SMALL = Scale(items=tuple(DATA.columns.drop("group")), points=POINTS)
FULL = Scale(items=tuple(f"ess_q{number:02}" for number in range(1, 21)), points=POINTS)
RULES = [
    ScoreRules(na_rule=r, na_scope=s)
    for r, s in product(*map(CHOICES.get, ["na_rule", "na_scope"]))
]


def codes(with_holes: bool):
    return st.sampled_from([*ANSWERS, "not_applicable", None] if with_holes else ANSWERS)


def cohorts(with_holes: bool = True):
    """Tidy frames of 2 to 9 people; the first answers everything, so no item is without points."""
    first = st.tuples(*[codes(False)] * 20)
    others = st.lists(st.tuples(*[codes(with_holes)] * 20), min_size=1, max_size=8)
    return st.builds(lambda head, tail: tidy_of([head, *tail]), first, others)


def tidy_of(rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(FULL.items), dtype=object)
    dtype = pd.CategoricalDtype([*ANSWERS, "not_applicable"], ordered=True)
    return frame.astype(dtype).assign(group=["a", "b"] * (len(rows) // 2) + ["a"] * (len(rows) % 2))


def total(tidy, rules, scale=FULL) -> pd.Series:
    rng = np.random.default_rng(7)
    return score(tidy, scale=scale, rules=rules, groups=tidy["group"], rng=rng)["ess_total"]


@pytest.mark.parametrize("case", TOTALS.columns)
def test_totals_equal_r(case):
    na_rule, na_scope = case.split(".")
    rules = ScoreRules(score_direction="literal", na_rule=na_rule, na_scope=na_scope)
    np.testing.assert_allclose(total(DATA, rules, SMALL), TOTALS[case], rtol=1e-9)


@settings(deadline=None)
@given(cohorts(with_holes=False))
def test_complete_answers_stay_within_the_limits_whatever_the_rule(tidy):
    expected = 100 - tidy[list(FULL.items)].astype(object).replace(POINTS).sum(axis=1)
    for rules in RULES:
        assert total(tidy, rules).tolist() == expected.tolist()
    assert expected.between(20, 80).all() and FULL.limits == (20, 80)


@settings(deadline=None, max_examples=40)
@given(cohorts(), st.sampled_from(RULES), st.sampled_from(CHOICES["unanswered"]))
def test_totals_stay_within_the_limits_and_directions_mirror(tidy, rules, unanswered):
    secure = total(tidy, replace(rules, unanswered=unanswered))
    literal = total(tidy, replace(rules, unanswered=unanswered, score_direction="literal"))
    assert secure.dropna().between(20, 80).all()
    pd.testing.assert_series_equal(literal, 100 - secure)


@settings(deadline=None, max_examples=40)
@given(cohorts(), st.sampled_from(["item_median", "item_mean"]), st.permutations(ANSWERS))
def test_counted_answers_add_up_to_imputed_points(tidy, rule, order):
    scale = replace(FULL, points={answer: POINTS[answer] for answer in order})
    rules = ScoreRules(score_direction="literal", na_rule=rule, unanswered="as_not_applicable")
    literal = points(tidy, scale=scale, direction="literal")
    filled = impute(literal, rule=rule, scope=tidy["group"])
    np.testing.assert_allclose(total(tidy, rules, scale), filled.sum(axis=1), rtol=1e-12)


def test_donors_come_from_the_compared_group():
    rows = [[first, *["agree"] * 19] for first in ("agree_fully", "disagree_fully")] * 6
    tidy = tidy_of([["not_applicable", *rows[0][1:]], *rows[1:]])
    rules = ScoreRules(na_rule="multiple_imputation", score_direction="literal")
    assert total(tidy, rules)[0] == 1 + 19 * 2  # all others of its group agree fully
    assert total(tidy.assign(group="a"), rules)[0] > 1 + 19 * 2


@pytest.mark.parametrize("rules", RULES[:4], ids=str)
def test_nobody_has_no_score(rules):
    nobody = tidy_of([[None] * 20]).iloc[:0]
    assert total(nobody, rules).tolist() == []


@settings(deadline=None, max_examples=40)
@given(cohorts(), st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant_and_inputs_stay(tidy, rules, random):
    before = tidy.copy(deep=True)
    order = list(tidy.index)
    random.shuffle(order)
    shuffled = total(tidy.loc[order], rules)
    pd.testing.assert_series_equal(shuffled.loc[tidy.index], total(tidy, rules))
    pd.testing.assert_frame_equal(tidy, before)


def test_multiple_imputation_repeats_with_its_seed_only():
    rules = ScoreRules(na_rule="multiple_imputation", na_scope="whole_sample")
    draws = [
        score(DATA, scale=SMALL, rules=rules, rng=np.random.default_rng(seed))["ess_total"]
        for seed in (1, 1, 2)
    ]
    assert draws[0].equals(draws[1]) and not draws[0].equals(draws[2])


def small(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


THREE = Scale(items=("q1", "q2"), points={"yes": 1, "no": 4}, not_applicable="na")
LITERAL = ScoreRules(score_direction="literal", na_scope="whole_sample")


def test_unanswered_is_not_not_applicable():
    tidy = small(q1=["yes", "no", "na", None], q2=["no", "no", "no", "no"])
    result = score(tidy, scale=THREE, rules=LITERAL)
    assert result["ess_total"].tolist()[:3] == [5, 8, 6.5] and np.isnan(result["ess_total"][3])
    assert result["n_not_applicable"].tolist() == [0, 0, 1, 0]
    assert result["n_unanswered"].tolist() == [0, 0, 0, 1]
    assert result["n_not_applicable"].dtype == result["n_unanswered"].dtype == "int64"
    rules = replace(LITERAL, unanswered="as_not_applicable")
    assert score(tidy, scale=THREE, rules=rules)["ess_total"].tolist() == [5, 8, 6.5, 6.5]


def test_people_without_a_total_lend_no_answers_to_the_median():
    tidy = small(q1=["yes", "na", "no", "no"], q2=["no", "no", None, None])
    assert score(tidy, scale=THREE, rules=LITERAL)["ess_total"].tolist()[:2] == [5, 5]


def test_scope_is_the_compared_group_and_falls_back_on_the_sample():
    tidy = small(q1=["yes", "na", "no", "no", "na"], q2=["no"] * 5)
    groups = pd.Series(["a", "a", "b", None, "c"])
    rules = replace(LITERAL, na_scope="compared_group")
    totals = score(tidy, scale=THREE, rules=rules, groups=groups)["ess_total"].tolist()
    assert totals[:3] == [5, 5, 8] and np.isnan(totals[3]) and totals[4] == 8


def test_only_person_mean_and_complete_case_leave_out_who_answered_nothing():
    tidy = small(q1=["yes", "na"], q2=["no", "na"])
    totals = {
        rule: score(tidy, scale=THREE, rules=replace(LITERAL, na_rule=rule))["ess_total"][1]
        for rule in ("item_median", "item_mean", "person_mean", "complete_case")
    }
    assert totals["item_median"] == totals["item_mean"] == 5
    assert np.isnan([totals["person_mean"], totals["complete_case"]]).all()


def test_points_turn_with_the_direction():
    tidy = small(q1=["yes", "no"], q2=["na", None])
    literal, secure = (
        points(tidy, scale=THREE, direction=d) for d in CHOICES["score_direction"][::-1]
    )
    assert literal["q1"].tolist() == [1, 4] and secure["q1"].tolist() == [4, 1]
    assert literal["q2"].isna().all() and secure["q2"].isna().all()


@pytest.mark.parametrize("name", list(CHOICES))
def test_unknown_choice_lists_the_known_ones(name):
    known = ", ".join(CHOICES[name])
    with pytest.raises(ValueError, match=rf"^{name} is 'x'; choose one of {known}\.$"):
        ScoreRules(**{name: "x"})


def test_the_scale_of_the_survey_has_its_twenty_items_and_points(codebook):
    assert scale_of(codebook) == Scale(items=FULL.items, points=POINTS)


@pytest.mark.parametrize(
    ("tidy", "rules", "message"),
    [
        (
            small(q1=["yes", "maybe"], q2=["no", "no"]),
            LITERAL,
            r"^Column 'q1', row 1: answer 'maybe' is none of na, no, yes\. ",
        ),
        (small(q1=["yes", "no"], q2=["na", None]), LITERAL, "Nobody answered q2"),
        (
            small(q1=["yes"], q2=["no"]),
            ScoreRules(),
            r"^na_scope 'compared_group' needs `groups`.* choose na_scope 'whole_sample'\.$",
        ),
        (
            small(q1=["yes"], q2=["no"]),
            replace(LITERAL, na_rule="multiple_imputation"),
            "pass rng=",
        ),
    ],
)
def test_what_cannot_be_scored_is_said(tidy, rules, message):
    with pytest.raises(ValueError, match=message):
        score(tidy, scale=THREE, rules=rules)


def test_groups_of_another_frame_are_refused():
    tidy = small(q1=["yes", "no"], q2=["no", "no"])
    with pytest.raises(
        ValueError, match=r"^`groups` and `tidy` have different indexes: .* one frame\.$"
    ):
        score(tidy, scale=THREE, rules=ScoreRules(), groups=pd.Series(["a", "b"], index=[5, 6]))


def test_nobody_gives_no_totals():
    empty = small(q1=pd.Series(dtype=object), q2=pd.Series(dtype=object))
    for rule in CHOICES["na_rule"]:
        result = score(
            empty, scale=THREE, rules=replace(LITERAL, na_rule=rule), rng=np.random.default_rng(0)
        )
        assert result.empty and "ess_total" in result
