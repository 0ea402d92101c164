"""Estimates with their intervals at the ends of what they can be: ties, zero, no width."""

from math import inf, log

import pytest

from printed.published import parse
from printed.wald import SLACK, Range, p_range, triple_of


def triple(estimate, low, high, *, name="coefficient", **rounding):
    texts = {name: estimate, "ci_low": low, "ci_high": high}
    return triple_of({key: parse(text) for key, text in texts.items()}, **rounding)


@pytest.mark.parametrize("start", [1, 1 + SLACK])
def test_ranges_that_touch_or_miss_by_the_slack_meet(start):
    left, right = Range(0, 1), Range(start, 2)
    assert left.meets(right) and right.meets(left)
    assert not Range(0, 1).meets(Range(1 + 3 * SLACK, 2))


@pytest.mark.parametrize("rounding", ["up_or_down", "up", "down"])
@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("coefficient", ("0.4", "0.0", "1.0")),
        ("coefficient", ("0.6", "0.0", "1.0")),
        ("coefficient", ("0.1", "-0.4", "0.4")),
        ("coefficient", ("-0.1", "-0.4", "0.4")),
        ("odds_ratio", ("0.3", "0.2", "0.2")),
        ("odds_ratio", ("0.2", "0.3", "0.3")),
    ],
)
def test_numbers_that_agree_only_on_a_tie_need_ties_that_go_either_way(name, texts, rounding):
    found = triple(*texts, name=name, rounding=rounding).symmetry()
    assert found == ("tie" if rounding == "up_or_down" else "no")


def test_an_end_that_may_be_zero_has_no_logarithm():
    for low in ("0", "0.0"):
        assert triple("1", low, "9", name="odds_ratio", rounding="floor").scaled("low").low == -inf
    found = triple("3", "2", "5", name="odds_ratio").scaled("low")
    assert (found.low, found.high) == (log(1.5), log(2.5))


def test_an_end_that_may_be_zero_neither_holds_nor_excludes_no_effect():
    """Ceiling prints 0 for (-1, 0], floor for [0, 1)."""
    for texts, rounding in ((("1", "0", "3"), "ceiling"), (("-1", "-3", "0"), "floor")):
        assert not triple(*texts, rounding=rounding).holds_no_effect()
    for texts, rounding in ((("1", "0", "3"), "floor"), (("-1", "-3", "0"), "ceiling")):
        assert not triple(*texts, rounding=rounding).excludes_no_effect()


@pytest.mark.parametrize("texts", [("0.5", "0.2", "0.8"), ("-0.5", "-0.8", "-0.2")])
def test_an_interval_on_one_side_excludes_no_effect(texts):
    assert triple(*texts).excludes_no_effect() and not triple(*texts).holds_no_effect()


def test_an_interval_without_width_gives_the_least_p():
    assert triple("0.5", "0.5", "0.5").p_value().low == 0
    assert triple("0.5", "0.9", "0.1").p_value() == Range(0, 0)
    assert triple("0.0", "0.9", "0.1").p_value() == Range(0, 1)


def test_a_p_printed_as_an_inequality_reaches_to_the_end():
    assert p_range(parse("<0.001"), "up") == Range(0, 0.001)
    assert p_range(parse(">0.9"), "up") == Range(0.9, 1)
    assert p_range(parse("0.00"), "up_or_down").low == 0
