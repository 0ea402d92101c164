"""A whole reconstruction: of a small invented study, and what it refuses."""

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from statsmodels.discrete.discrete_model import Logit

from esslib.survey.codebook import Codebook
from esslib.synthetic import NoSolution, Settings, Targets, reconstruct
from esslib.synthetic.checks import by_family, regression_positions, strata_of
from esslib.synthetic.cohort import covariate_margins
from esslib.synthetic.goals import attainable_cells, cell_goals
from esslib.synthetic.margins import count_bounds, exposed, patterns
from esslib.synthetic.numbers import Limits, whole_numbers
from esslib.synthetic.plan import SearchPlan
from esslib.synthetic.scores import Contrast, Group, ScoreTargets
from esslib.synthetic.targets import (
    Count,
    Dichotomy,
    NumberTarget,
    RegressionRow,
    Stratum,
)

ITEMS = ("q1", "q2", "q3", "q4")
BOTH = ("treated", "control")


def frame(text):
    head, *rows = [line.split(",") for line in text.split()]
    return pd.DataFrame(rows, columns=head)


@pytest.fixture(scope="module")
def codebook():
    variables = frame(
        """name,kind,role,level_set,max_answers
        sex,single,characteristic,sex,
        visits,single,characteristic,visits,
        pets,multiple,characteristic,pets,2
        age,number,characteristic,,"""
    )
    items = pd.DataFrame({"name": ITEMS, "kind": "likert", "role": "item", "level_set": "likert"})
    levels = frame(
        """level_set,code
        sex,f
        sex,m
        visits,never
        visits,monthly
        visits,weekly
        pets,cat
        pets,dog
        pets,fish
        likert,no"""
    )
    empty = pd.DataFrame(
        columns=["tool", "reason", "rule", "variable", "value", "group", "applied"]
    )
    book = pd.concat([variables, items], ignore_index=True).fillna("")
    return Codebook(book, levels, *([empty] * (len(fields(Codebook)) - 2)))


MALE = Dichotomy("male", "sex", "any_of", "m")
OFTEN = Dichotomy("often", "visits", "any_of", "weekly")
CAT = Dichotomy("cat", "pets", "any_of", "cat")


def printed():
    """What the regression of one data set with these margins prints."""
    strata = ((1, 11, 8, 6), (0, 9, 12, 4))
    rows = [
        (outcome, place < male, male - both <= place < male - both + often)
        for outcome, male, often, both in strata
        for place in range(18 if outcome else 22)
    ]
    outcome, *columns = np.array(rows, dtype=float).T
    found = Logit(outcome, np.column_stack([np.ones(40), *columns])).fit(disp=False)
    half = 1.96 * found.bse
    return {
        name: tuple(f"{value:.2f}" for value in (beta, beta - width, beta + width))
        for name, beta, width in zip(("male", "often"), found.params[1:], half[1:], strict=True)
    }


PRINTED = printed()


def counts(*rows):
    return tuple(
        Count(f"{v}.{value}.{'+'.join(s)}", s, v, "any_of", value, n) for v, value, s, n in rows
    )


@pytest.fixture(scope="module")
def targets():
    strata = Stratum("treated", 18, 1, "a"), Stratum("control", 22, 0, "b")
    groups = Group("t", ("treated",), "11.2", "2.4"), Group("c", ("control",), "9.1", "2.0")
    score = ScoreTargets(ITEMS, (Contrast("main", groups, "2.1", "<0.05", is_normal=None),), high=4)
    return Targets(
        strata,
        counts(
            ("sex", "m", ("treated",), 11),
            ("sex", "m", ("control",), 9),
            ("visits", "weekly", ("treated",), 8),
            ("visits", "weekly", ("control",), 12),
            ("visits", "never", BOTH, 7),
            ("pets", "dog", BOTH, 17),
        ),
        (
            NumberTarget("age.t", ("treated",), "age", "41.2", "9.1", "40"),
            NumberTarget("age.c", ("control",), "age", "44.5", "10.3", "45"),
        ),
        (
            RegressionRow(MALE, *PRINTED["male"]),
            RegressionRow(OFTEN, *PRINTED["often"]),
        ),
        score,
    )


SHORT = Settings(
    plan=SearchPlan(n_walks=2, n_blocks=20, n_proposals=2_000, n_exchanges=200, n_beam=4)
)


def test_a_second_study_is_rebuilt_and_every_target_met(targets, codebook):
    found = reconstruct(targets, codebook, np.random.default_rng(3), settings=SHORT)
    assert found.checks.loc[~found.checks["met"].astype(bool), "target"].tolist() == []
    assert found.misfit == 0
    assert len(found.people) == 40
    assert found.people["age"].between(*SHORT.ends).all()


def test_a_seed_gives_the_same_people(targets, codebook):
    twice = [
        reconstruct(targets, codebook, np.random.default_rng(5), settings=SHORT).people
        for _ in range(2)
    ]
    pd.testing.assert_frame_equal(*twice)


def test_strata_follow_from_group_and_tool():
    strata = (
        Stratum("a", 2, 1, "one", (("sms", 1), ("mail", 1))),
        Stratum("b", 1, 0, "two", (("sms", 1),)),
    )
    people = pd.DataFrame({"group": ["two", "one", "one"], "tool": ["sms", "mail", "sms"]})
    people.index = [4, 5, 9]
    assert strata_of(people, Targets(strata)).to_dict() == {4: "b", 5: "a", 9: "a"}
    with pytest.raises(
        ValueError, match=r"row 5: nobody of group 'two' with tool 'mail' .* mail, sms"
    ):
        strata_of(people.assign(group="two"), Targets(strata))


CHECKS = pd.DataFrame(
    [
        ("bivariate.male.secured_exposed", "7", 7.0, True),
        ("multivariate.male.coefficient", "0.26", 0.26, True),
        ("multivariate.male.ci_low", "-0.90", -0.905, True),
        ("multivariate.male.ci_high", "1.4", 1.46, False),
    ],
    columns=["target", "printed", "achieved", "met"],
)


def test_targets_are_counted_by_family():
    counted = by_family(CHECKS)
    assert counted.to_dict("list") == {
        "family": ["bivariate", "multivariate"], "n": [1, 3], "n_met": [1, 2],
    }  # fmt: skip


def test_positions_run_from_one_end_of_the_printed_interval_to_the_other():
    found = regression_positions(CHECKS)
    assert found["covariate"].tolist() == ["male"] * 3
    assert found["cell"].tolist() == ["coefficient", "ci_low", "ci_high"]
    np.testing.assert_allclose(found["position"], [0, -1, 1.2], atol=1e-9)
    assert found["met"].tolist() == [True, True, False]
    with pytest.raises(ValueError, match=r"'<0\.05' has no interval with two ends"):
        regression_positions(CHECKS.assign(printed="<0.05"))


def test_contradicting_counts_are_named_and_no_others(targets, codebook):
    wrong = counts(("visits", "monthly", BOTH, 30), ("pets", "cat", BOTH, 12))
    one = replace(targets, counts=targets.counts + wrong, regression=())
    with pytest.raises(NoSolution) as error:
        reconstruct(one, codebook, np.random.default_rng(1), settings=SHORT)
    assert error.value.is_proof
    visits = {"visits.weekly.treated", "visits.weekly.control", "visits.never.treated+control"}
    assert "visits.monthly.treated+control" in error.value.targets
    assert set(error.value.targets) - {"visits.monthly.treated+control"} <= visits


def test_bounds_follow_from_other_counts(targets, codebook):
    known = targets.counts_of("pets")
    possible = patterns(codebook, "pets", known)
    ends = count_bounds(possible, known, targets.sizes, of=exposed(possible, CAT), among=BOTH)
    assert ends == (0, 40)
    none_else = (*known, *counts(("pets", "fish", BOTH, 20)))
    low, high = count_bounds(
        possible, none_else, targets.sizes, of=exposed(possible, CAT), among=BOTH
    )
    assert (low, high) == (3, 40)


def test_patterns_leave_out_silence_when_counts_do_not_speak_of_it(codebook, targets):
    assert len(patterns(codebook, "pets")) == 7
    assert len(patterns(codebook, "pets", targets.counts_of("pets"))) == 6
    assert patterns(codebook, "sex")["sex"].isna().sum() == 1


def test_margins_are_exact_where_a_count_says_so(targets, codebook):
    margins = covariate_margins(targets, codebook, ends=(20, 80))
    assert [(m.strata, m.low, m.high) for m in margins["male"]] == [
        (("treated",), 11, 11),
        (("control",), 9, 9),
    ]


@pytest.mark.parametrize(
    ("texts", "n_cells"),
    [
        (("-0.86", "-2.43", "0.69"), {"up_or_down": 2, "trunc": 3}),
        (("0.87", "-0.34", "2.07"), {"up_or_down": 3, "trunc": 2}),
        (("1.49", "1.1", "2.99"), {"up_or_down": 2, "trunc": 2}),
        (("0.52", "-0.67", "1.71"), {"up_or_down": 3, "trunc": 3}),
    ],
)
def test_how_many_cells_of_a_row_can_stand_together(texts, n_cells):
    proof = attainable_cells([RegressionRow(MALE, *texts)])
    assert dict(zip(proof["rounding"], proof["n_cells"], strict=True)) == n_cells


def test_the_printed_p_decides_which_cell_is_given_up():
    row = RegressionRow(MALE, "1.49", "1.1", "2.99", "0.05")
    assert cell_goals([row]).weight.tolist() == [[1, 0, 1]]


def test_numbers_that_nobody_can_have_are_refused():
    target = NumberTarget("age", ("all",), "age", "30.05", "1.00", "30")
    with pytest.raises(NoSolution, match=r"age\.mean, age\.sd, age\.median"):
        whole_numbers(target, Limits(np.full(7, 20), np.full(7, 60)), np.random.default_rng(1))
