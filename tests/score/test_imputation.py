"""Matched donors: what is filled, from whom, and how well."""

import numpy as np
import pandas as pd
import pytest

from esslib.score.imputation import N_DONORS, RULES, impute, totals_by_item


def people(n: int, *, seed: int = 0) -> pd.DataFrame:
    """Correlated points 1 to 4 on six items."""
    rng = np.random.default_rng(seed)
    level = rng.normal(2.5, 0.9, (n, 1)) + rng.normal(0, 0.6, (n, 6))
    return pd.DataFrame(np.clip(np.rint(level), 1, 4), columns=[f"q{i}" for i in range(6)])


def with_holes(frame: pd.DataFrame, *, share: float = 0.15, seed: int = 1) -> pd.DataFrame:
    return frame.mask(np.random.default_rng(seed).random(frame.shape) < share)


def matched(frame: pd.DataFrame, **options) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return impute(frame, rule="multiple_imputation", rng=rng, **options)


@pytest.mark.parametrize("rule", RULES)
def test_known_points_are_kept(rule):
    holed = with_holes(people(40))
    filled = impute(holed, rule=rule, rng=np.random.default_rng(3))
    pd.testing.assert_frame_equal(filled.where(holed.notna()), holed)
    assert (rule == "complete_case") == filled.isna().any(axis=None)


def test_donors_are_better_than_the_median():
    full = people(400)
    holed = with_holes(full)
    errors = {
        rule: ((impute(holed, rule=rule, rng=np.random.default_rng(3)) - full) ** 2).mean(axis=None)
        for rule in ("multiple_imputation", "item_median")
    }
    assert errors["multiple_imputation"] < 0.6 * errors["item_median"]


def test_donors_come_from_the_own_group_where_it_has_enough():
    low, high = people(30) * 0 + 1.0, people(N_DONORS - 1) * 0 + 4.0
    frame = pd.concat([low, high], ignore_index=True)
    scope = pd.Series(["low"] * len(low) + ["high"] * len(high))
    frame.iloc[[0, len(low)], 0] = np.nan
    filled = matched(frame, scope=scope)
    assert filled.iloc[0, 0] == 1
    assert 1 < filled.iloc[len(low), 0] <= 4  # too few of its own: also others may lend
    assert matched(frame.iloc[: len(low)])["q0"].tolist() == [1] * len(low)


def test_rows_without_a_group_form_one():
    frame = pd.DataFrame({"q": [1.0, 2, None, 4, None]})
    scope = pd.Series(["a", "a", "a", None, None])
    assert impute(frame, rule="item_mean", scope=scope)["q"].tolist() == [1, 2, 1.5, 4, 4]


def test_a_person_without_any_point_gets_what_others_answer():
    frame = people(50)
    frame.loc[7] = np.nan
    filled = matched(frame).loc[7]
    assert filled.between(1, 4).all()
    assert filled.to_numpy() == pytest.approx(frame.mean().to_numpy(), abs=0.8)


@pytest.mark.parametrize("rule", ["mode", "item_guess"])
def test_unknown_rule_is_named(rule):
    with pytest.raises(ValueError, match=f"rule is '{rule}'; choose one of item_median"):
        impute(people(3), rule=rule)
    with pytest.raises(ValueError, match=f"rule is '{rule}'; choose one of item_median"):
        totals_by_item(people(3).astype(int) - 1, np.arange(1.0, 5), rule=rule)


@pytest.mark.parametrize("rule", [name for name in RULES if RULES[name].statistic is None])
def test_an_item_has_no_value_of_its_own_under_other_rules(rule):
    with pytest.raises(ValueError, match=f"rule is '{rule}', which gives an item no value"):
        totals_by_item(people(3).astype(int) - 1, np.arange(1.0, 5), rule=rule)
