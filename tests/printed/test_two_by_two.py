"""Tables behind odds ratios: known tables, enumeration, p by every method, common split."""

from fractions import Fraction as F
from itertools import product
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from printed.published import as_printed, read_published
from printed.two_by_two import CELLS, common_split, p_values, tables

PUBLISHED = Path(__file__).parents[2] / "data" / "published" / "published.csv"
# Secured exposed, secured unexposed, other exposed, other unexposed, of 32 and 49 people.
KNOWN = {
    "male": (17, 15, 26, 23),
    "over_3_correspondent_types": (20, 12, 35, 14),
    "urban": (15, 17, 28, 21),
    "zip_zone": (5, 27, 8, 41),
    "over_30_patients": (12, 20, 15, 34),
    "over_5_home_visits": (14, 18, 9, 40),
    "teleconsultation": (18, 14, 20, 29),
    "over_75_patients": (21, 11, 22, 27),
    "follow_up": (9, 23, 10, 39),
    "weekly_exchanges": (27, 5, 42, 7),
}
cells = st.tuples(*[st.integers(1, 25)] * 4)


@pytest.fixture(scope="module")
def bivariate():
    frame = read_published(PUBLISHED).query("table == 'bivariate' and statistic != 'threshold'")
    wide = frame.pivot(index="row", columns="statistic", values="printed")
    return wide.reindex(frame["row"].unique()).reset_index()


@pytest.fixture(scope="module")
def split(bivariate):
    return common_split(bivariate, range(60, 86))


def printed(table, z=1.96, decimals=2):
    a, b, c, d = table
    centre, reach = log(a * d / (b * c)), z * sqrt(sum(1 / x for x in table))
    values = (F(a * d, b * c), exp(centre - reach), exp(centre + reach))
    return [as_printed(F(value), decimals) for value in values]


@given(cells, st.sampled_from([1.96, 1.959963984540054]))
def test_a_table_is_found_from_its_print(table, z):
    found = tables(*printed(table, z), n=sum(table), n_outcome=table[0] + table[1])
    assert table in set(found[list(CELLS)].itertuples(index=False, name=None))


def test_all_tables_of_a_size_equal_enumeration():
    texts, n = printed((4, 7, 3, 9), decimals=1), 23
    every = (t for t in product(range(1, n), repeat=4) if sum(t) == n)
    expected = {t for t in every if printed(t, decimals=1) == texts}
    found = tables(*texts, n=n, rounding="up")
    is_short = found["z"].str.contains(r"1\.96(?: |$)")
    assert set(found.loc[is_short, list(CELLS)].itertuples(index=False, name=None)) == expected
    assert len(expected) > 4


def test_twin_tables_have_the_same_numbers():
    found = tables("3.46", "1.26", "9.45", n=range(70, 90))
    assert not found.duplicated(list(CELLS)).any()
    assert {t[::-1] for t in found[list(CELLS)].itertuples(index=False, name=None)} == set(
        found[list(CELLS)].itertuples(index=False, name=None)
    )


@given(cells)
def test_p_values_against_scipy(table):
    square = np.array(table).reshape(2, 2)
    found = p_values(table)
    pearson = stats.chi2_contingency(square, correction=False).pvalue
    yates = stats.chi2_contingency(square, correction=True).pvalue
    ratio = stats.chi2_contingency(square, correction=False, lambda_="log-likelihood").pvalue
    assert found["pearson"] == pytest.approx(pearson, abs=1e-12)
    assert found["yates"] == pytest.approx(yates, abs=1e-12)
    assert found["likelihood_ratio"] == pytest.approx(ratio, abs=1e-9)
    assert found["fisher"] == pytest.approx(stats.fisher_exact(square).pvalue, abs=1e-9)
    a, b, c, d = table
    z = log(a * d / (b * c)) / sqrt(sum(1 / x for x in table))
    assert found["wald"] == pytest.approx(2 * stats.norm.sf(abs(z)), abs=1e-12)


@pytest.mark.parametrize("table", [(0, 7, 5, 3), (4, 0, 5, 9), (3, 6, 0, 8), (6, 2, 9, 0)])
def test_p_values_of_a_table_with_an_empty_cell(table):
    square, found = np.array(table).reshape(2, 2), p_values(table)
    for method, options in (("pearson", {}), ("likelihood_ratio", {"lambda_": "log-likelihood"})):
        expected = stats.chi2_contingency(square, correction=False, **options).pvalue
        assert found[method] == pytest.approx(expected)
    assert found["yates"] == pytest.approx(stats.chi2_contingency(square).pvalue)
    assert found["fisher"] == pytest.approx(stats.fisher_exact(square).pvalue)
    assert found["wald"] == 1


@pytest.mark.parametrize(("z", "name"), [(1.96, "1.96"), (1.959963984540054, "1.959964")])
def test_the_numbers_of_a_table_are_those_behind_its_print(z, name):
    table = (7, 99, 14, 123)
    a, b, c, d = table
    centre, reach = log(a * d / (b * c)), z * sqrt(sum(1 / x for x in table))
    texts = printed(table, z, decimals=7)
    found = tables(*texts, n=243).iloc[0]
    assert tuple(found[list(CELLS)]) == table
    assert (found["n"], found["n_outcome"], found["z"]) == (243, 106, name)
    numbers = found[["odds_ratio", "ci_low", "ci_high"]].astype(float)
    assert numbers.tolist() == pytest.approx(
        [exp(centre), exp(centre - reach), exp(centre + reach)]
    )
    p = found.filter(like="p_").drop("p_fits").astype(float)
    assert p.tolist() == pytest.approx(list(p_values(table).values()))
    assert found["p_fits"] == ""


def test_tables_are_those_of_the_sizes_outcome_and_p_asked_for():
    texts = printed((17, 15, 26, 23))
    every = tables(*texts)
    assert every["n"].max() <= 100 and len(every) > len(tables(*texts, n=range(60, 90))) > 1
    one = tables(*texts, n=81, n_outcome=32)
    assert one["n"].tolist() == [81] and tables(*texts, n=[81], n_outcome=32).equals(one)
    assert tables(*texts, n=81, n_outcome=31).empty
    assert tables(*texts, p="0.996", n=81, n_outcome=32)["p_fits"].item() == (
        "pearson likelihood_ratio wald"
    )
    assert tables(*texts, p="0.5", n=81).empty
    with pytest.raises(ValueError, match="n is 251; tables are enumerated up to 250"):
        tables(*texts, n=251)
    assert tables("1.00", "0.50", "1.50", n=250).empty


def test_numbers_may_be_printed_as_inequalities():
    table = (17, 15, 26, 23)
    for texts in (("1.00", "<0.5", "2.45"), ("<2", "0.41", ">2"), (">0.5", "0.41", "2.45")):
        found = tables(*texts, n=81, n_outcome=32)
        assert table in set(found[list(CELLS)].itertuples(index=False, name=None))
    assert tables("1.00", "0.0", "2.45", n=81).empty


def test_a_table_that_is_its_own_twin_is_found_once():
    found = tables(*printed((6, 4, 4, 6)), n=20, n_outcome=10)
    assert found[list(CELLS)].to_numpy().tolist().count([6, 4, 4, 6]) == 1


def test_small_tables_are_found_too():
    for table in ((1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1)):
        found = tables(*printed(table, decimals=3))
        assert table in set(found[list(CELLS)].itertuples(index=False, name=None))
        assert found.index.tolist() == list(range(len(found)))


def rows_of(named, **changed):
    """Printed rows of tables, some of their texts changed."""
    rows = []
    for name, table in named.items():
        p = as_printed(F(p_values(table)["pearson"]), 3)
        texts = dict(zip(("odds_ratio", "ci_low", "ci_high"), printed(table), strict=True))
        rows.append({"row": name, **texts, "p_value": p, **changed.get(name, {})})
    return pd.DataFrame(rows)


THREE = {"a": (17, 15, 26, 23), "b": (14, 18, 9, 40), "c": (20, 12, 35, 14)}


def test_a_row_of_another_split_is_told_with_its_splits():
    named = {**THREE, "d": (30, 11, 9, 31)}
    found = common_split(rows_of(named), [81]).rows.set_index("row")
    assert found["status"].tolist() == ["exact"] * 3 + ["none"]
    assert found["n_tables"].tolist() == [1, 1, 1, 0]
    assert found.loc["d", "n_elsewhere"] >= 2
    assert found.loc["d", "reason"].startswith("fits only other splits: [(81, ")
    assert found.loc["a", ["reason", "p_nearest"]].tolist() == ["", "wald 0.9955"]


def test_a_row_of_another_size_says_so():
    named = {**THREE, "d": (60, 21, 19, 55)}
    found = common_split(rows_of(named), [81]).rows.set_index("row")
    assert found.loc["d", "reason"] == "no table of the sizes tried"
    assert found.loc["d", "n_elsewhere"] == 0


def test_a_p_that_no_method_gives_is_set_beside_the_nearest():
    found = common_split(rows_of(THREE, c={"p_value": "0.500"}), range(79, 82)).rows
    last = found.set_index("row").loc["c"]
    assert (last["status"], last["n_tables"], last["p_fits"]) == ("p_differs", 1, "")
    method, value = last["p_nearest"].split()
    p = p_values(THREE["c"])
    assert abs(p[method] - 0.5) == min(abs(value - 0.5) for value in p.values())
    assert float(value) == pytest.approx(p[method], abs=5e-5)
    assert (
        last["reason"].startswith("none of the ") and "tables of 79 to 81 people" in last["reason"]
    )
    assert last["reason"].endswith(f"has p 0.500; here {last['p_nearest']}")


def test_no_more_answers_are_missing_than_allowed():
    short = (13, 18, 8, 38)  # four people less
    found = common_split(rows_of({**THREE, "d": short}), [81]).rows.set_index("row")
    assert found.loc["d", "status"] == "missing_answers"
    assert tuple(found.loc["d", list(CELLS)].astype(int)) == short
    fewer = common_split(rows_of({**THREE, "d": short}), [81], n_missing=3).rows
    assert fewer.set_index("row").loc["d", "status"] == "none"
    one_less = (14, 18, 8, 40)  # its split is otherwise full
    found = common_split(rows_of({**THREE, "d": one_less}), [81], n_missing=1).rows
    assert found.set_index("row").loc["d", ["status", "n_tables"]].tolist() == [
        "missing_answers",
        1,
    ]
    fits = ["1.96 1.959964", "pearson likelihood_ratio"]
    assert found.set_index("row").loc["d", ["z", "p_fits"]].tolist() == fits
    crowded = (13, 20, 8, 36)  # 33 with the outcome, but the split has 32
    found = common_split(rows_of({**THREE, "d": crowded}), [81]).rows.set_index("row")
    assert found.loc["d", "status"] == "none"


def test_the_best_split_comes_first_and_its_twin_second():
    ranking = common_split(rows_of(THREE, c={"p_value": "0.500"}), [80, 81]).ranking
    assert list(ranking) == ["n", "n_outcome", "n_exact", "n_p_differs"]
    assert ranking.head(2).to_numpy().tolist() == [[81, 32, 2, 1], [81, 49, 2, 1]]
    order = ranking.sort_values(
        ["n_exact", "n_p_differs", "n_outcome", "n"], ascending=[False, False, True, True]
    )
    assert order.equals(ranking) and ranking.index.tolist() == list(range(len(ranking)))


def test_split_of_the_study(split):
    assert (split.n, split.n_outcome) == (81, 32)
    exact = split.rows[split.rows["status"] == "exact"].set_index("row")
    assert set(exact.index) == set(KNOWN)
    found = exact.loc[list(KNOWN), list(CELLS)].astype(int)
    assert list(found.itertuples(index=False, name=None)) == list(KNOWN.values())
    assert exact["p_fits"].str.contains("pearson").sum() == len(KNOWN) - 1
    assert exact.loc["teleconsultation", "p_fits"] == "likelihood_ratio"


def test_failing_rows_say_why(split):
    failing = split.rows[split.rows["status"] != "exact"].set_index("row")
    assert failing.loc["liberal_practice", "status"] == "p_differs"
    skewed = failing.drop(index="liberal_practice")
    assert set(skewed.index) == {"age_under_45", "over_3_devices", "excellent_it_skills"}
    assert skewed["reason"].str.contains("geometric mean").all()


def test_methods_split_fits_fewer_rows(split):
    scores = split.ranking.set_index(["n", "n_outcome"])["n_exact"]
    assert scores[81, 32] == scores[81, 49] > 2 * scores[81, 38]


def test_truncation_does_not_fit(bivariate):
    assert common_split(bivariate, [81], rounding="trunc").ranking["n_exact"].max() <= 1


def test_missing_answers_are_tried():
    rows = []
    for name, table in {"a": (17, 15, 26, 23), "b": (14, 18, 9, 40), "c": (11, 20, 12, 36)}.items():
        p = as_printed(F(p_values(table)["pearson"]), 3)
        odds, low, high = printed(table)
        rows.append({"row": name, "odds_ratio": odds, "ci_low": low, "ci_high": high, "p_value": p})
    found = common_split(pd.DataFrame(rows), range(79, 84)).rows.set_index("row")
    assert found["status"].to_dict() == {"a": "exact", "b": "exact", "c": "missing_answers"}
    assert tuple(found.loc["c", list(CELLS)].astype(int)) == (11, 20, 12, 36)


def test_rows_may_be_named_by_the_index(bivariate, split):
    found = common_split(bivariate.set_index("row"), [81])
    assert found.rows["row"].tolist() == split.rows["row"].tolist()


def test_no_table_is_an_empty_frame():
    found = tables("4.46", "2.99", "20.06", n=81)
    assert found.empty and set(CELLS) < set(found.columns)


def test_an_odds_ratio_on_a_tie_is_decided_exactly():
    """33 / 20 is 1.65; the nearest double is below it, so floats would print 1.6."""
    for text, rounding, is_found in [
        ("1.7", "up", True),
        ("1.6", "up", False),
        ("1.6", "down", True),
    ]:
        found = tables(text, *printed((3, 4, 5, 11), decimals=1)[1:], n=23, rounding=rounding)
        assert (
            (3, 4, 5, 11) in set(found[list(CELLS)].itertuples(index=False, name=None))
        ) == is_found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="p_value"), "columns \\['p_value'\\] are missing"),
        (lambda rows: rows.assign(odds_ratio="99"), "^no row has a 2x2 table of these sizes; try"),
    ],
)
def test_errors(bivariate, change, message):
    with pytest.raises(ValueError, match=message):
        common_split(change(bivariate), [81])
