"""Item statistics and reliability against R (psych), and where the data cannot answer."""

from pathlib import Path

import pandas as pd
import pingouin as pg
import pytest

from esslib.score.instrument import count_answers, item_table, reliability
from esslib.score.scoring import Scale, points

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "items_data.csv")
POINTS = {"agree_fully": 1, "agree": 2, "disagree": 3, "disagree_fully": 4}
SCALE = Scale(items=tuple(DATA.columns.drop("group")), points=POINTS)


def test_item_table_equals_psych():
    expected = pd.read_csv(REFERENCE / "items_statistics.csv")
    result = item_table(DATA, scale=SCALE, direction="literal")
    columns = ["item", "median", "item_total", "alpha_if_dropped"]
    pd.testing.assert_frame_equal(result[columns], expected[columns], check_dtype=False, rtol=1e-10)
    answered = result[[f"n_{code}" for code in POINTS]].sum(axis=1)
    assert answered.tolist() == expected["n"].tolist()


def test_reliability_equals_psych():
    expected = pd.read_csv(REFERENCE / "items_reliability.csv")
    result = reliability(points(DATA, scale=SCALE, direction="literal"))
    expected["statistic"] = ["alpha_complete", "alpha_item_median"]
    alphas = result.iloc[1:3].reset_index(drop=True)
    pd.testing.assert_frame_equal(alphas, expected, rtol=1e-10)


def test_interval_is_pingouins_before_rounding():
    given = points(DATA, scale=SCALE, direction="literal")
    row = reliability(given, confidence=0.9).iloc[1]
    alpha, interval = pg.cronbach_alpha(given.dropna(), ci=0.9)
    assert row["estimate"] == alpha
    assert row[["ci_low", "ci_high"]].round(3).tolist() == interval.tolist()


def test_direction_turns_the_median_only():
    literal, secure = (
        item_table(DATA, scale=SCALE, direction=d) for d in ("literal", "agreement_is_secure")
    )
    pd.testing.assert_frame_equal(literal.drop(columns="median"), secure.drop(columns="median"))
    assert (literal["median"] + secure["median"] == 5).all()


def test_counts_by_group_add_up_to_all():
    by_group = count_answers(DATA, scale=SCALE, by="group")
    total = by_group.drop(columns="group").groupby("item", sort=False).sum().reset_index()
    pd.testing.assert_frame_equal(total, count_answers(DATA, scale=SCALE))
    assert (total.filter(like="n_").sum(axis=1) == total["n"]).all()
    assert by_group["group"].unique().tolist() == ["a", "b", "c"]


@pytest.mark.parametrize(
    "rows",
    [
        [["agree", "agree", "agree"]] * 4,
        [["agree", "disagree", "agree"], ["disagree", "agree", "agree"]],
    ],
    ids=["nothing varies", "two people"],
)
def test_too_little_data_give_missing(rows):
    tidy = pd.DataFrame(rows, columns=["q1", "q2", "q3"])
    scale = Scale(items=("q1", "q2", "q3"), points=POINTS)
    table = item_table(tidy, scale=scale, direction="literal")
    assert table[["item_total", "alpha_if_dropped"]].isna().all(axis=None)
    found = reliability(points(tidy, scale=scale, direction="literal")).set_index("statistic")
    estimates = found.pop("estimate")
    assert estimates.pop("n_complete") == len(rows)
    assert len(estimates) and estimates.isna().all()
    assert found.isna().all(axis=None)


def test_inputs_stay_as_they_were():
    before = DATA.copy(deep=True)
    item_table(DATA, scale=SCALE, direction="literal")
    count_answers(DATA, scale=SCALE, by="group")
    pd.testing.assert_frame_equal(DATA, before)
