"""Verdicts on means and SDs: public cases, brute force, witnesses, counts and draws."""

import csv
from collections import Counter
from fractions import Fraction as F
from itertools import combinations_with_replacement, product
from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from printed import counting, granularity, sampling, squares
from printed.granularity import (
    count_samples,
    debit,
    grim,
    grimmer,
    sample,
    sd_bounds,
)
from printed.nearest import print_root
from printed.published import ROUNDINGS, as_printed, parse

with (Path(__file__).parents[1] / "reference" / "public_cases.csv").open(encoding="utf-8") as file:
    PUBLIC = list(csv.DictReader(file))


def verdict_of(case):
    options = {"rounding": case["rounding"]}
    n, mean, sd = int(case["n"]), case["mean"], case["sd"]
    if case["test"] == "debit":
        return debit(mean, sd, n, **options)
    if case["test"] == "grim":
        return grim(mean, n, items=int(case["items"]), **options)
    bounds = {name: case[name] or None for name in ("minimum", "maximum")}
    return grimmer(mean, sd, n, items=int(case["items"]), **bounds, **options)


def variance(values):
    mean = sum(values) / F(len(values))
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def prints(values, mean, sd, rounding):
    """Independent of the code: does this sample print these numbers?"""
    return moments_print(sum(values) / F(len(values)), variance(values), mean, sd, rounding)


def moments_print(average, spread, mean, sd, rounding):
    behind = parse(sd).interval(rounding)
    return is_root_within(spread, behind) and parse(mean).interval(rounding).contains(average)


@pytest.mark.parametrize(
    "case", PUBLIC, ids=lambda c: f"{c['test']}-{c['mean']}-{c['sd']}-{c['n']}-{c['rounding']}"
)
def test_public_cases(case):
    found = verdict_of(case)
    assert str(found.consistent).lower() == case["verdict"]
    if case["verdict"] != case["published"]:
        assert case["note"] == found.proof
    if found.consistent and case["sd"]:
        assert prints(found.witness, case["mean"], case["sd"], case["rounding"])
    elif found.consistent and int(case["n"]) < 1000:
        behind = parse(case["mean"]).interval(case["rounding"])
        assert behind.contains(sum(found.witness) / F(len(found.witness)))
        assert len(found.witness) == int(case["n"])


def test_public_cases_are_many_and_mostly_agree():
    disputed = [case for case in PUBLIC if case["verdict"] != case["published"]]
    assert len(PUBLIC) > 400
    assert {case["rounding"] for case in disputed} >= {"ceiling", "floor", "trunc"}
    assert len(disputed) < 30 and all(case["published"] == "true" for case in disputed)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "consistent", "reason"),
    [
        ("8.9", "2.81", 25, True, "a sample prints these numbers"),
        ("1.2", "0.3", 57, False, "the SD is below the least that these sums allow"),
        ("5.23", "2.55", 35, False, "the sum of squares has the wrong parity"),
        ("7.22", "5.30", 38, False, "no sum of whole answers prints this mean"),
    ],
)
def test_known_faults_of_other_programs(mean, sd, n, consistent, reason):
    found = grimmer(mean, sd, n)
    assert (found.consistent, found.reason) == (consistent, reason)
    assert bool(found.proof) is bool(found.nearest) is not consistent


@pytest.mark.parametrize(
    ("arguments", "bounds", "reason", "proof"),
    [
        (
            ("5.23", "2.55", 35),
            {},
            "the sum of squares has the wrong parity",
            "sum 183 needs a sum of squares in 1178..1178, must be odd",
        ),
        (
            ("3.37", "2.55", 35),
            {},
            "the sum of squares has the wrong parity",
            "sum 118 needs a sum of squares in 619..619, must be even",
        ),
        (
            ("50.0", "31.60", 10),
            {"minimum": 20, "maximum": 80},
            "no sample has such a sum of squares",
            (
                "sum 300 needs a sum of squares in 17985..17989, even and within 9000..18000: "
                "none is attained (complete search) (counted up from 20 in steps of 1/1)"
            ),
        ),
        (
            ("4.2", "2.28", 5),
            {"minimum": 0, "maximum": 6},
            "no sample has such a sum of squares",
            (
                "sum 21 needs a sum of squares in 109..109, odd and within 89..117: "
                "none is attained (complete search)"
            ),
        ),
        (
            ("3.0", "9.9", 10),
            {"minimum": 1, "maximum": 5},
            "the SD is above the greatest within the bounds",
            (
                "sum 20 needs a sum of squares in 914..931, greatest is 80 "
                "(counted up from 1 in steps of 1/1)"
            ),
        ),
        (
            ("3.0", "9.9", 10),
            {"maximum": 5},
            "the SD is above the greatest within the bounds",
            (
                "sum 20 needs a sum of squares in 914..931, greatest is 400 "
                "(counted down from 5 in steps of 1/1)"
            ),
        ),
        (
            ("3.00", "0.44", 4),
            {},
            "no whole sum of squares prints this SD",
            "sum 12: no whole number of squares",
        ),
    ],
)
def test_a_proof_says_what_was_tried(arguments, bounds, reason, proof):
    found = grimmer(*arguments, **bounds)
    assert (found.consistent, found.suspect) == (False, "sd")
    assert (found.reason, found.proof) == (reason, proof)


def test_a_proof_over_many_sums_spells_out_twelve():
    mixed = grimmer("3", "0.40", 9)
    assert mixed.reason == "no admissible sum allows this SD"
    assert mixed.proof.count("; ") == 8 and "further" not in mixed.proof
    twelve = grimmer("3", "0.01", 12)
    assert twelve.proof.count("; ") == 12 and twelve.proof.endswith("; and so for 1 further sums")
    many = grimmer("2", "0.01", 41, minimum=0, maximum=3)
    assert many.proof.count("sum ") == 2 * 12 and many.proof.endswith("for 29 further sums")


def moments_of(n, items, low, high):
    return {(sum(v) / F(n), variance(v)) for v in samples_of(n, items, low, high)}


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize(
    ("n", "items", "bounds", "reach"),
    [
        (3, 1, {"minimum": 0, "maximum": 4}, (0, 4)),
        (2, 2, {"minimum": -1, "maximum": 1}, (-1, 1)),
        (3, 1, {"minimum": 0}, (0, 11)),
        (3, 1, {"maximum": 4}, (-8, 4)),
    ],
)
def test_nearest_is_the_nearest_of_all(rounding, n, items, bounds, reach):
    moments = moments_of(n, items, *reach)
    behind = {
        t: parse(t).interval(rounding) for t in (as_printed(F(u, 10), 1) for u in range(-20, 60))
    }
    for mean, sd in product(["-0.8", "0.9", "3.6"], ["0.3", "0.9", "2.6"]):
        found = grimmer(mean, sd, n, items=items, rounding=rounding, **bounds)
        if found.consistent:
            assert found.nearest == found.suspect == ""
            continue
        goes = [m for m, v in moments if is_root_within(v, behind[sd])]
        possible, wrong = [t for t in behind if any(map(behind[t].contains, goes))], mean
        if found.suspect == "sd":
            spreads = {v for m, v in moments if behind[mean].contains(m)}
            sizes = (t for t in behind if not t.startswith("-"))
            possible = [t for t in sizes if any(is_root_within(v, behind[t]) for v in spreads)]
            wrong = sd
        if not possible:
            assert found.nearest == ""
            continue
        gaps = [abs(parse(text).value - parse(wrong).value) for text in possible]
        assert abs(parse(found.nearest).value - parse(wrong).value) == min(gaps)


def test_a_tie_may_be_printed_either_way():
    assert grim("3.10", 8, rounding="up_or_down").nearest == "3.12"  # 25 / 8 = 3.125
    assert grim("3.10", 8, rounding="up").nearest == "3.13"


def is_root_within(spread, behind):
    low, high = behind.low, behind.high
    above = low < 0 or spread > low**2 or (spread == low**2 and behind.low_closed)
    return above and (spread < high**2 or (spread == high**2 and behind.high_closed))


def test_debit_keeps_to_0_and_1_and_to_its_rounding():
    """Five of ten: 2, 1, 1, 1 or six 1 and a -1 would have the SD, but are no yes and no."""
    assert not debit("0.50", "0.71", 10).consistent
    assert grimmer("0.50", "0.71", 10, minimum=0).consistent
    assert grimmer("0.50", "0.71", 10, maximum=1).consistent
    assert debit("0.18", "0.40", 16, rounding="trunc").consistent
    assert not debit("0.18", "0.40", 16).consistent


def test_an_sd_of_nothing_prints_as_its_convention_says():
    bounds = {"minimum": 3, "maximum": 3}
    assert grimmer("3", "0.1", 5, rounding="floor", **bounds).consistent is False
    assert grimmer("3", "0.1", 5, rounding="ceiling", **bounds).consistent is False
    assert grimmer("3", "0", 5, rounding="ceiling", **bounds).consistent
    half = ("0.25", "0", 4)  # an SD of exactly one half
    for rounding, verdict in (("up", False), ("down", True), ("up_or_down", True)):
        found = grimmer(*half, minimum=0, maximum=1, rounding=rounding)
        assert found.consistent == verdict


def test_debit_tries_whole_counts():
    found = debit("0.11", "0.31", 40)
    assert not found.consistent and found.suspect == "mean"
    assert found.nearest == ""  # 4 and 5 of 40 have SDs of 0.304 and 0.335
    assert debit("0.11", "0.30", 40).nearest == "0.10"
    assert debit("0.10", "0.30", 40).witness == (F(0),) * 36 + (F(1),) * 4


def samples_of(n, items, low, high):
    steps = range(low * items, high * items + 1)
    return ([F(s, items) for s in chosen] for chosen in combinations_with_replacement(steps, n))


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize(("n", "items", "low", "high"), [(2, 1, 0, 5), (4, 2, -1, 1), (5, 1, 1, 4)])
def test_grimmer_with_bounds_equals_enumeration(rounding, n, items, low, high):
    moments = {(sum(v) / F(n), variance(v)) for v in samples_of(n, items, low, high)}
    for mean_units in range(low * 10, high * 10 + 1, 3):
        for sd_units in range(0, 10 * (high - low), 2):
            mean, sd = as_printed(F(mean_units, 10), 1), as_printed(F(sd_units, 10), 1)
            expected = any(moments_print(*pair, mean, sd, rounding) for pair in moments)
            bounds = {"minimum": low, "maximum": high, "items": items, "rounding": rounding}
            found = grimmer(mean, sd, n, **bounds)
            assert found.consistent == expected, (mean, sd, found)


@given(
    st.lists(st.integers(-8, 8), min_size=2, max_size=30),
    st.integers(1, 3),
    st.integers(0, 3),
    st.sampled_from(ROUNDINGS),
)
def test_no_false_alarm(steps, items, decimals, rounding):
    values = [F(step, items) for step in steps]
    way = rounding.split("_or_")[0]
    mean = as_printed(sum(values) / len(values), decimals, rounding=way)
    sd = print_root(variance(values), decimals, way)
    for bounds in ({}, {"minimum": -8}, {"maximum": 8}, {"minimum": -8, "maximum": 8}):
        found = grimmer(mean, sd, len(values), items=items, rounding=rounding, **bounds)
        assert found.consistent
        assert prints(found.witness, mean, sd, rounding)
    assert grim(mean, len(values), items=items, rounding=rounding).consistent


@given(st.integers(2, 60), st.integers(0, 600), st.integers(0, 400), st.sampled_from(ROUNDINGS))
def test_nearest_is_consistent(n, mean_units, sd_units, rounding):
    mean, sd = as_printed(F(mean_units, 100), 2), as_printed(F(sd_units, 100), 2)
    bounds = {"minimum": 0, "maximum": 6, "rounding": rounding}
    found = grimmer(mean, sd, n, **bounds)
    assume(not found.consistent and found.nearest)
    if found.suspect == "mean":
        assert grim(found.nearest, n, rounding=rounding).consistent
    else:
        assert grimmer(mean, found.nearest, n, **bounds).consistent


@pytest.mark.parametrize("n", range(1, 7))
def test_unbounded_sums_of_squares_equal_enumeration(n):
    reach = 5
    pairs = {
        (sum(chosen), sum(v * v for v in chosen))
        for chosen in combinations_with_replacement(range(-reach, reach + 1), n)
    }
    for total in range(-n, n + 1):
        for square in range(reach**2):
            assert squares.attained(n, total, square) == ((total, square) in pairs)


@given(st.integers(5, 90), st.sampled_from([4, 6, 60, 300]), st.data())
def test_bounded_witnesses(n, span, data):
    total = data.draw(st.integers(0, n * span))
    low, high = squares.least(n, total), squares.most(n, total, span)
    near_end = data.draw(st.integers(0, 4 * span))
    square = data.draw(st.sampled_from([low + near_end, high - near_end, (low + high) // 2]))
    square -= (square - total) % 2
    if squares.attained(n, total, square, span):
        found = squares.witness(n, total, square, span)
        assert (len(found), sum(found), sum(v * v for v in found)) == (n, total, square)
        assert min(found) >= 0 and max(found) <= span
    else:
        with pytest.raises(ValueError, match="sum of squares"):
            squares.witness(n, total, square, span)


def test_gap_below_the_greatest_sum_of_squares():
    """Between five 0 and five 60, and its neighbour with a 59 and a 1, there is nothing."""
    found = grimmer("50.0", "31.60", 10, minimum=20, maximum=80)
    assert (found.consistent, found.reason) == (False, "no sample has such a sum of squares")
    assert found.nearest == "31.62"


@pytest.mark.parametrize(
    ("arguments", "low", "high"),
    [(("4.2", 5, 1, 7), 0.45, 3.03), (("1.00", 100, 1, 7), 0.0, 0.0)],
)
def test_sd_bounds_published(arguments, low, high):
    assert [round(bound, 2) for bound in sd_bounds(*arguments)] == [low, high]


@pytest.mark.parametrize(("n", "items"), [(3, 1), (4, 2), (5, 1)])
def test_sd_bounds_equal_enumeration(n, items):
    every = list(samples_of(n, items, 0, 2))
    for units in range(21):
        mean = as_printed(F(units, 10), 1)
        inside = [v for v in every if parse(mean).interval().contains(sum(v) / F(n))]
        found = sd_bounds(mean, n, 0, 2, items=items)
        if not inside:
            assert np.isnan(found.low) and np.isnan(found.high)
            continue
        spreads = [float(variance(values)) ** 0.5 for values in inside]
        assert found == pytest.approx((min(spreads), max(spreads)))


@pytest.mark.parametrize(
    ("arguments", "errors", "expected"),
    [
        (("2.7", "1.9", 130, 1, 5), {}, 5359),
        (("3.5", "1.2", 50, 0, 7), {"mean_error": "0.05", "sd_error": 0.005}, 7980),
        (("4.0", "1.0", 50, 1, 7), {}, 7776),
        (("2.5", "1.7", 50, 1, 7), {}, 29521),
        (("5.3", "1.7", 50, 1, 7), {}, 47148),
        (("3.5", "0.0", 30, 1, 5), {}, 0),
    ],
)
def test_published_counts(arguments, errors, expected):
    assert count_samples(*arguments, **errors) == expected


@pytest.mark.parametrize(
    ("low", "high", "n"), [(0, 0, 3), (0, 1, 6), (-1, 1, 5), (1, 5, 5), (0, 6, 4)]
)
def test_counts_equal_enumeration(low, high, n):
    moments = [(sum(v) / F(n), variance(v)) for v in samples_of(n, 1, low, high)]
    for mean_units in range(low * 10, high * 10 + 1, 3):
        for sd_units in range(0, 30, 4):
            mean, sd = as_printed(F(mean_units, 10), 1), as_printed(F(sd_units, 10), 1)
            expected = sum(moments_print(*pair, mean, sd, "up_or_down") for pair in moments)
            assert count_samples(mean, sd, n, low, high) == expected
            assert (expected > 0) == grimmer(mean, sd, n, minimum=low, maximum=high).consistent


def test_all_counts_together_are_all_multisets():
    """SD windows of width 0.1 that share no attainable SD partition the multisets of one sum."""
    texts = [as_printed(F(units, 100), 2) for units in range(300)]
    total = sum(count_samples("3.00", sd, 7, 1, 5) for sd in texts)
    assert total == sum(1 for v in combinations_with_replacement(range(1, 6), 7) if sum(v) == 21)


def test_counts_beyond_64_bits():
    assert comb(400 + 40, 40) > 2**63
    wide, narrow = (count_samples("0.10", "0.30", 400, 0, top) for top in (40, 6))
    assert wide == narrow > 0  # an answer of 7 alone has too great a square


@pytest.mark.parametrize(
    "arguments",
    [("3.0", "1.2", 8, 1, 5), ("3", "1", 5, 1, 5), ("2", "1", 5, 1, 6), ("2", "2", 4, 1, 6)],
)
def test_sample_is_uniform(arguments):
    mean, sd, *size = arguments
    every = [v for v in samples_of(size[0], 1, *size[1:]) if prints(v, mean, sd, "up_or_down")]
    rng = np.random.default_rng(20)
    draws = Counter(tuple(sample(*arguments, rng)) for _ in range(150 * len(every)))
    assert len(draws) == len(every) == count_samples(*arguments)
    statistic = sum((count - 150) ** 2 / 150 for count in draws.values())
    freedom = len(every) - 1
    assert abs(statistic - freedom) < 4 * (2 * freedom) ** 0.5


def test_sample_gives_up_in_words(monkeypatch):
    monkeypatch.setattr(sampling, "MAX_BATCHES", 0)
    with pytest.raises(ValueError, match=r"^no sample drawn: hardly any .* count them\.$"):
        sample("3.0", "1.2", 8, 1, 5, np.random.default_rng(1))


def test_sample_prints_its_numbers_and_follows_its_seed():
    drawn = sample("47.3", "12.0", 60, 20, 80, np.random.default_rng(3))
    assert prints([F(int(value)) for value in drawn], "47.3", "12.0", "up_or_down")
    assert (np.diff(drawn) >= 0).all() and drawn[0] >= 20 and drawn[-1] <= 80
    assert (drawn == sample("47.3", "12.0", 60, 20, 80, np.random.default_rng(3))).all()


def test_sample_at_the_greatest_sd():
    drawn = sample("50.0", "31.6", 10, 20, 80, np.random.default_rng(1))
    assert drawn.tolist() == [20] * 5 + [80] * 5


@pytest.mark.parametrize(
    "arguments",
    [
        ("9", "4", 2, 6, 33),
        ("20.00", "11.31", 2, 8, 35),
        ("5.5", "0.7", 2, 5, 30),
        ("29", "0", 78, -1, 59),
    ],
)
def test_sample_at_odd_ends(arguments):
    """Spans wider than the sum, two people, no spread: no warning, a valid sample."""
    mean, sd, *_ = arguments
    drawn = sample(*arguments, np.random.default_rng(4))
    assert prints([F(int(value)) for value in drawn], mean, sd, "up_or_down")


def test_sample_of_nothing():
    with pytest.raises(ValueError, match="no sample"):
        sample("3.5", "0.0", 30, 1, 5, np.random.default_rng(1))


def test_maps_and_summary():
    frame = pd.DataFrame({"mean": ["5.19", "5.18"], "sd": ["1.50", "1.6"], "n": [28, 28]})
    before = frame.copy()
    mapped = granularity.grimmer_map(frame)
    assert mapped["consistent"].tolist() == [False, True]
    assert granularity.grim_map(frame)["consistent"].tolist() == [False, True]
    assert granularity.count_reasons(mapped)["percent"].tolist() == [50.0, 50.0]
    pd.testing.assert_frame_equal(frame, before)


def test_maps_pass_on_their_options():
    frame = pd.DataFrame({"mean": ["2.25", "2.25", "2.5"], "n": [2, 2, 2], "items": [1, 2, 1]})
    assert granularity.grim_map(frame)["consistent"].tolist() == [False, True, True]
    frame = frame.assign(sd=["0.35", "0.35", "0.7"], minimum=[0, 0, 3], maximum=[9, 9, 9])
    mapped = granularity.grimmer_map(frame)
    assert mapped["consistent"].tolist() == [False, True, False]
    mapped = granularity.grimmer_map(frame.assign(minimum=0, maximum=[9, 9, 2]))
    assert mapped["reason"].tolist() == [
        "no sum of whole answers prints this mean",
        "a sample prints these numbers",
        "no sum of whole answers prints this mean",
    ]
    counts = granularity.count_reasons(mapped)
    assert list(counts) == ["consistent", "reason", "n", "percent"]
    assert counts["n"].tolist() == [2, 1]
    assert counts["percent"].tolist() == pytest.approx([200 / 3, 100 / 3])
    assert granularity.count_reasons(mapped.head(1))["percent"].tolist() == [100]
    assert granularity.count_reasons(mapped.head(0)).empty
    cut = pd.DataFrame({"mean": ["0.18"], "sd": ["0.40"], "n": [16]})
    for check in (granularity.grim_map, granularity.grimmer_map, granularity.debit_map):
        assert check(cut, rounding="trunc")["consistent"].item()
        assert not check(cut)["consistent"].item()


@pytest.mark.parametrize(("n", "greatest"), [(2, 18**0.5), (1, np.nan)])
def test_sd_bounds_need_two_people(n, greatest):
    found = sd_bounds("4.0", n, 1, 7)
    assert found == pytest.approx((0.0 if n > 1 else np.nan, greatest), nan_ok=True)


def test_debit_map():
    frame = pd.DataFrame({"mean": ["0.53", "0.19"], "sd": ["0.50", "0.35"], "n": [1683, 1683]})
    assert granularity.debit_map(frame)["consistent"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: grim("5.19", 0), "n is 0"),
        (lambda: grim("5.19", 20, items=0), "items is 0"),
        (lambda: grim("high", 20), "not a printed number"),
        (lambda: grimmer("5.19", "-1", 20), "at least 0"),
        (lambda: grimmer("5.19", "1.0", 1), "needs two people"),
        (lambda: grimmer("3", "1", 9, minimum=5, maximum=1), "no whole answer between"),
        (lambda: grim("5.19", 20, rounding="nearest"), "choose one of"),
        (lambda: granularity.grim_map(pd.DataFrame({"mean": []})), "are missing"),
        (lambda: sample("50", "20", 900, 0, 100, np.random.default_rng(1)), "table needs"),
    ],
)
def test_errors_say_what_is_wrong(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_counting_stops_when_states_are_too_many(monkeypatch):
    monkeypatch.setattr(counting, "MAX_STATES", 1000)
    with pytest.raises(ValueError, match="states to count, over 1000"):
        count_samples("3.5", "1.2", 50, 0, 7)
