"""Floor and ceiling, answers that do not apply, and differences between groups, against R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import unchanged

from esslib.score.instrument import count_answers
from esslib.score.known_groups import (
    floor_and_ceiling,
    group_differences,
    not_applicable_rates,
)
from esslib.score.scoring import Scale, points

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "items_data.csv", keep_default_na=False).replace("", None)
POINTS = {"agree_fully": 1, "agree": 2, "disagree": 3, "disagree_fully": 4}
SCALE = Scale(items=tuple(DATA.columns.drop("group")), points=POINTS)
GIVEN = points(DATA, scale=SCALE, direction="literal")
LAST = SCALE.items[-1]
BY_LAST = GIVEN[LAST].map({1: "a", 2: "a", 3: "b", 4: "c"})  # groups that differ


def test_group_differences_equal_r():
    expected = pd.read_csv(REFERENCE / "factors_groups.csv")
    others = GIVEN.drop(columns=LAST)
    with unchanged(others):
        found = group_differences(others, BY_LAST, order=("a", "b", "c"))
    assert (found["p_holm"] < 1).sum() > 1
    pd.testing.assert_frame_equal(found[expected.columns], expected, rtol=1e-9)


def test_shares_add_up_and_carry_the_sign():
    frame = pd.DataFrame({"q1": [4, 4, 1, 1.0], "q2": [1, 2, 2, 2.0], "q3": [3, 1, 1, 3.0]})
    groups = pd.Series(["a", "a", "b", "b"])
    found = group_differences(frame, groups, order=("a", "b"))
    assert found["share_percent"].tolist() == pytest.approx([120, -20, 0])
    level = group_differences(frame[["q3"]], groups, order=("a", "b"))
    assert level["share_percent"].isna().all()


def test_the_order_of_the_groups_turns_the_signs():
    first, second = (group_differences(GIVEN, DATA["group"], order=o) for o in ("ab", "ba"))
    for column in ("difference", "cliff_delta"):
        np.testing.assert_allclose(first[column], -second[column])
    np.testing.assert_allclose(first["delta_ci_low"], -second["delta_ci_high"])
    assert (first["delta_ci_low"] <= first["cliff_delta"]).all()
    np.testing.assert_allclose(first["p_holm"], second["p_holm"])
    np.testing.assert_allclose(first["share_percent"], second["share_percent"])


def test_a_group_without_points_has_counts_only():
    frame = pd.DataFrame({"q1": [4, 3, 1, 2.0], "q2": [4, None, None, None], "q3": [2, 3, 2, 2.0]})
    groups = pd.Series(["a", "a", "b", "b"])
    found = group_differences(frame, groups, order=("a", "b", "c")).set_index("variable")
    pair = found[found["group_b"] == "b"]
    assert pair.loc["q2", ["n_a", "n_b"]].tolist() == [1, 0]
    assert pair.loc["q2", "mean_a":].isna().all()
    assert pair["share_percent"].dropna().tolist() == pytest.approx([80, 20])
    assert (found.loc[found["group_b"] == "c", "n_b"] == 0).all()
    assert pair["p_holm"].notna().sum() == 2


def test_not_applicable_rates_equal_r():
    expected = pd.read_csv(REFERENCE / "factors_not_applicable.csv")
    counts = count_answers(DATA, scale=SCALE)
    with unchanged(counts):
        found = not_applicable_rates(counts)
    assert found.columns[: len(counts.columns)].tolist() == counts.columns.tolist()
    pd.testing.assert_frame_equal(found[expected.columns], expected, rtol=1e-9)


def test_nobody_has_no_rate():
    counts = pd.DataFrame({"n": [3], "n_not_applicable": [0], "n_unanswered": [3]})
    assert not_applicable_rates(counts)[["na_percent", "na_ci_low"]].isna().all(axis=None)


def test_floor_and_ceiling_count_the_ends():
    frame = pd.DataFrame({"q1": [1, 1, 4, None], "q2": [2, 3, 3, 2], "q3": [None] * 4}, dtype=float)
    with unchanged(frame):
        found = floor_and_ceiling(frame, low=1, high=4).set_index("variable")
    assert found["n"].tolist() == [3, 4, 0]
    assert found["n_floor"].tolist() == [2, 0, 0]
    assert found["ceiling_percent"].tolist()[:2] == pytest.approx([100 / 3, 0])
    assert np.isnan(found.loc["q3", "floor_percent"])


def test_points_beyond_the_limits_are_refused():
    with pytest.raises(ValueError, match=r"Column 'q1', row 1: 5.* outside 1 to 4"):
        floor_and_ceiling(pd.DataFrame({"q1": [1.0, 5.0]}), low=1, high=4)
