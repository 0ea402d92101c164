"""Printed numbers: parsing, rounding intervals, reading, and completeness of the shipped file."""

from fractions import Fraction as F
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printed.published import COLUMNS, ROUNDINGS, as_printed, parse, read_published

PUBLISHED = Path(__file__).parents[2] / "data" / "published" / "published.csv"


@pytest.fixture(scope="module")
def published():
    return read_published(PUBLISHED)


@pytest.mark.parametrize(
    ("text", "normal", "value", "decimals", "comparator"),
    [
        ("2.70", "2.70", F(27, 10), 2, "="),
        ("- 0,76", "-0.76", F(-76, 100), 2, "="),
        ("\u22121,5", "-1.5", F(-3, 2), 1, "="),
        ("< 0.001", "<0.001", F(1, 1000), 3, "<"),
        ("\u2264.05", "<=0.05", F(5, 100), 2, "<="),
        ("18 %", "18", F(18), 0, "="),
        ("12", "12", F(12), 0, "="),
    ],
)
def test_parse(text, normal, value, decimals, comparator):
    printed = parse(text)
    assert (printed.text, printed.value) == (normal, value)
    assert (printed.decimals, printed.comparator) == (decimals, comparator)


@pytest.mark.parametrize("text", ["", "n.s.", "1.2.3", "1,234.5", "0.5-0.7", "2.", "1e-5"])
def test_parse_refuses(text):
    with pytest.raises(ValueError, match="is not a printed number"):
        parse(text)


def test_parse_refuses_floats():
    with pytest.raises(TypeError, match="give it as printed"):
        parse(2.7)


@pytest.mark.parametrize(
    ("rounding", "plus", "minus"),
    [
        ("up_or_down", "[0.45, 0.55]", "[-0.55, -0.45]"),
        ("up", "[0.45, 0.55)", "(-0.55, -0.45]"),
        ("down", "(0.45, 0.55]", "[-0.55, -0.45)"),
        ("even", "[0.45, 0.55]", "[-0.55, -0.45]"),
        ("ceiling", "(0.4, 0.5]", "(-0.6, -0.5]"),
        ("floor", "[0.5, 0.6)", "[-0.5, -0.4)"),
        ("ceiling_or_floor", "(0.4, 0.6)", "(-0.6, -0.4)"),
        ("trunc", "[0.5, 0.6)", "(-0.6, -0.5]"),
    ],
)
def test_intervals(rounding, plus, minus):
    assert str(parse("0.5").interval(rounding)) == plus
    assert str(parse("-0.5").interval(rounding)) == minus


def test_even_is_strict_where_a_double_holds_the_tie():
    assert str(parse("0.13").interval("even")) == "(0.125, 0.135]"
    assert str(parse("0.12").interval("even")) == "[0.115, 0.125]"
    assert str(parse("3").interval("even")) == "(2.5, 3.5)"


def test_zero_mirrors():
    assert str(parse("0.0").interval("trunc")) == "(-0.1, 0.1)"
    assert str(parse("0.0").interval("up")) == "(-0.05, 0.05)"
    assert str(parse("0.0").interval("floor")) == "[0, 0.1)"


def test_inequality_is_one_sided():
    below = parse("<0.001").interval()
    assert below.contains(F(1, 2000)) and not below.contains(F(1, 1000))
    with pytest.raises(ValueError, match="unbounded"):
        below.integers(1000)


@given(
    st.fractions(-3, 3, max_denominator=400),
    st.integers(0, 2),
    st.sampled_from(ROUNDINGS),
)
def test_printing_and_intervals_agree(value, decimals, rounding):
    text = as_printed(value, decimals, rounding=rounding)
    assert parse(text).interval(rounding).contains(value)


@given(
    st.fractions(-3, 3, max_denominator=400),
    st.integers(-300, 300),
    st.sampled_from(["up", "down", "even", "ceiling", "floor", "trunc"]),
)
def test_one_way_conventions_print_one_text(value, units, rounding):
    text = as_printed(F(units, 100), 2)
    behind = parse(text).interval(rounding).contains(value)
    prints = as_printed(value, 2, rounding=rounding) == text
    is_doubtful_tie = rounding == "even" and (200 * value) % 2 == 1
    assert behind == prints or (behind and is_doubtful_tie)


@given(st.integers(-300, 300), st.sampled_from(ROUNDINGS), st.integers(1, 60))
def test_integers_are_those_contained(units, rounding, scale):
    interval = parse(as_printed(F(units, 100), 2)).interval(rounding)
    expected = [k for k in range(-400, 401) if interval.contains(F(k, scale))]
    found = interval.integers(scale)
    assert [k for k in found if abs(k) <= 400] == expected


def test_unknown_rounding():
    with pytest.raises(ValueError, match="choose one of up_or_down"):
        parse("1.0").interval("nearest")


def test_every_printed_cell_is_there(published):
    counts = published.groupby("table").size().to_dict()
    lines, groups = {"bivariate": 14, "multivariate": 12}, 2
    cutoffs = 6
    for table, covariates in lines.items():
        assert counts[table] == covariates * 4 + cutoffs
    first = published[published["table"] == "tableau_1"]
    both, tools = first[~first["row"].str.startswith("tool.")], 15
    assert len(first) - len(both) == tools
    assert both.groupby(["row", "statistic"]).size().eq(groups).all()
    assert both["row"].str.partition(".")[0].nunique() == 17


def test_printed_totals_of_the_first_table(published):
    counts = published[published["statistic"].eq("n") & published["printed"].ne("")]
    value = counts.assign(n=counts["printed"].astype(int)).set_index(["row", "group"])["n"]
    assert value["population"].to_dict()["users"] == 21
    tools = value[value.index.get_level_values("row").str.startswith("tool.")]
    assert tools.sum() == value["population", "non_users"]
    others = [r for r in value.index.get_level_values(0).unique() if r.startswith("patient_mix.")]
    parts = [r for r in others if r not in ("patient_mix.over_75", "patient_mix.others")]
    for group in ("users", "non_users"):
        assert (
            value.reindex([(r, group) for r in parts]).sum() == value["patient_mix.others", group]
        )


def test_empty_is_not_zero(published):
    empty = published[published["printed"].eq("")]
    assert sorted(empty["row"]) == ["consultation_length.20_30", "patient_mix.nursing_home"]
    assert published["printed"].eq("0").sum() == 8


def test_trailing_zeros_survive(published):
    text = published.set_index("id")["printed"]
    assert text["bivariate.over_3_correspondent_types.all.p_value"] == "0.400"
    assert text["multivariate.over_5_home_visits.all.p_value"] == "0.10"
    assert text["text.primary.all.p_value"] == "<0.001"


def test_reading_semicolons_and_decimal_commas(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("id;table;row;statistic;printed\na;t;r;mean;- 2,70\n", encoding="utf-8-sig")
    frame = read_published(path)
    assert tuple(frame.columns) == COLUMNS
    assert frame["printed"].tolist() == ["-2.70"] and frame["note"].tolist() == [""]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("id,table,row,statistic\n", r"missing: \['printed'\]"),
        ("id,table,row,statistic,printed,colour\n", r"unknown: \['colour'\]"),
        (
            "id,table,row,statistic,printed\na,t,r,n,1\na,t,r,n,2\n",
            r"repeats or leaves empty \['a'\]",
        ),
        ("id,table,row,statistic,printed\na,t,r,n,x\nb,t,r,n,y\n", "line 2: 'x'.*line 3: 'y'"),
        ("id,table,row,statistic,printed\na,t,r,n,1,5\n", "line 2 has 6 cells"),
    ],
)
def test_reading_names_what_is_wrong(tmp_path, text, message):
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_published(path)
