"""Every check of the audit on a few numbers typed by hand: when it speaks, and what it says."""

from fractions import Fraction as F
from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from printed.book import open_book
from printed.consistency import audit
from printed.count_checks import exposures, other_reading
from printed.messages import OWN
from printed.published import as_printed, parse
from printed.rows import estimate_tables
from printed.score_checks import tie_share
from printed.wald import triple_of
from printed.woolf import p_values

COLUMNS = ["table", "row", "group", "statistic", "printed", "note"]


def study(text):
    """Printed numbers, one a line: table, row, group, statistic, text and perhaps a note."""
    cells = [[*line.split(maxsplit=5), ""][:6] for line in text.splitlines() if line]
    frame = pd.DataFrame(cells, columns=COLUMNS)
    return frame.assign(id=frame[COLUMNS[:4]].agg(".".join, axis=1), where="", column="")


def linked(text):
    """Links, one a line: kind, name, rows."""
    lines = [line.split(maxsplit=2) for line in text.strip().splitlines()]
    return pd.DataFrame(lines, columns=["kind", "name", "rows"])


def findings(check, text, links="", **declared):
    """What one check says of a study whose rows all declare the same: verdict, expected, proof."""
    found = audit(study(text).assign(**declared), linked(links)).query("check == @check")
    return list(found[["verdict", "expected", "proof"]].itertuples(index=False, name=None))


# ---------------------------------------------------------------- means and SDs

WHOLE = {"kind": "whole", "n": "10", "convention": "rounded"}


SCORES = """
t population a n 10
t score a mean 50.0
t score a sd 31.60
t age all min 0
t age all max 99
t ess all min 20
t ess all max 80
"""


def test_a_scale_bounds_the_samples_of_its_rows():
    """Between five 20 and five 80, and the next sample, there is no SD of 31.60."""
    ((verdict, expected, _),) = findings("granularity", SCORES, "scale score ess", **WHOLE)
    assert (verdict, expected) == ("impossible", "sd 31.62")
    ((verdict, *_),) = findings("granularity", SCORES, "scale score ess")
    assert verdict == "needs"
    for links in ("", "scale other ess"):
        assert findings("granularity", SCORES, links, **WHOLE)[0][0] == "not_checked"


@pytest.mark.parametrize("bound", ["min", "max"])
def test_a_scale_may_have_one_end(bound):
    lines = [line for line in SCORES.splitlines() if f" {bound} " not in line]
    ((verdict, *_),) = findings("granularity", "\n".join(lines), "scale score ess", **WHOLE)
    assert verdict == "consistent"


PAIR = "t population a n 2\nt score a mean 2.25\nt score a sd 0.35\n"


def test_items_make_finer_steps():
    two = {"kind": "whole", "n": "2"}
    assert findings("granularity", PAIR, **two)[0][0] == "impossible"
    ((verdict, expected, proof),) = findings("granularity", PAIR, items="2", **two)
    assert (verdict, expected) == ("consistent", "")
    assert proof == "n 2, up_or_down: a sample prints these numbers"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "t population a n 1\nt score a mean 2\nt score a sd 0",
            "no numbers printed so could fail",
        ),
        ("t score a mean 2\nt score a sd 0", "no size of this group is printed"),
        ("t population a n 9\nt score a mean 2", "n 9, up_or_down: a sum of 14 prints this mean"),
        ("t population a n 9\nu population a n 8\nv score a mean 2.1", "or several"),
    ],
    ids=["one person", "unknown size", "no power", "sizes of other tables"],
)
def test_what_could_not_fail_is_not_checked(text, said):
    ((verdict, _, proof),) = findings("granularity", text)
    assert verdict == "not_checked" and said in proof


def test_a_size_of_another_table_is_one_reading():
    text = "t population a n 20\nu score a mean 4.18\nu score a sd 1.99"
    whole = {"kind": "whole", "convention": "rounded"}
    (found,) = audit(study(text).assign(**whole)).query("check == 'granularity'").to_dict("records")
    assert found["verdict"] == "needs"
    assert (
        found["readings"] == "only if fewer than 20 answered or of another number of people than 20"
    )
    own = text + "\nu population a n 33"
    assert findings("granularity", own, **whole)[0][0] == "consistent"


def test_the_nearest_mean_goes_with_the_sd_and_the_bounds():
    text = "t score a mean 1.01\nt score a sd 0.60\nt score a min 1\nt score a max 5"
    ((verdict, expected, _),) = findings("granularity", text, kind="whole", n="9")
    near = expected.removeprefix("mean ")
    assert verdict == "impossible" and near == "1.89"
    again = text.replace("1.01", near)
    assert findings("granularity", again, kind="whole", n="9")[0][0] == "consistent"


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ("min 1\nt x a median 12\nt x a max 10", "impossible"),
        ("min 50\nt x a max 40", "impossible"),
        ("q1 2.6\nt x a median 2.4\nt x a q3 3", "impossible"),
        ("min 1\nt x a max 10\nt x a mean 11.6", "impossible"),
        (
            "min 1\nt x a q1 1\nt x a median 1.0\nt x a q3 2\nt x a max 9\nt x a mean 3",
            "consistent",
        ),
        ("median 2.4\nt x a mean 99", "not_checked"),
    ],
)
def test_quartiles_and_ends_rise(numbers, verdict):
    ((found, *_),) = findings("order_of_values", f"t x a {numbers}")
    assert found == verdict


@pytest.mark.parametrize(
    ("sd", "high", "verdict"),
    [("4.9", 9, "impossible"), ("4.2", 9, "consistent"), ("1.0", 4, "impossible")],
)
def test_any_values_keep_to_their_bounds(sd, high, verdict):
    text = f"t x a mean 5.0\nt x a sd {sd}\nt x a min 1\nt x a max {high}"
    assert findings("granularity", text, kind="continuous", n="20")[0][0] == verdict


@pytest.mark.parametrize(
    ("count", "percent", "declared", "verdict", "expected"),
    [
        ("63", "33", {}, "needs", "percent 32"),
        ("63", "33", {"n": "195", "convention": "rounded"}, "impossible", "percent 32"),
        ("63", "32", {}, "consistent", ""),
        ("28", "14.3", {"n": "195", "convention": "truncated"}, "consistent", ""),
        ("0", "0", {}, "consistent", ""),
        ("0", "3", {}, "impossible", "percent 0"),
    ],
)
def test_a_percent_is_that_of_its_count(count, percent, declared, verdict, expected):
    text = f"t population a n 195\nt x.yes a n {count}\nt x.yes a percent {percent}"
    frame = study(text)
    for option, value in declared.items():
        frame[option] = ["", value, value]
    (found,) = audit(frame).query("check == 'percent_of_count'").to_dict("records")
    assert (found["verdict"], found["expected"]) == (verdict, expected)


DIFFERENCE = """
t score a mean 3.0
t score b mean 1.0
t score all difference 2.0
"""


CRUDE_MEANS = {"adjusted": "crude"}


def test_a_difference_keeps_to_its_convention():
    text = DIFFERENCE.replace("b mean 1.0", "b mean -1.0").replace(
        "difference 2.0", "difference 4.2"
    )
    for convention, verdict in (
        ("truncated", "consistent"),
        ("rounded", "impossible"),
        ("", "needs"),
    ):
        ((found, *_),) = findings("difference_of_means", text, convention=convention, **CRUDE_MEANS)
        assert found == verdict


@pytest.mark.parametrize(
    ("printed", "order", "verdict"),
    [
        ("2.0", "", "consistent"),
        ("2.1", "", "consistent"),
        ("-2.0", "", "consistent"),
        ("-2.0", "a-b", "impossible"),
        ("-2.0", "b-a", "consistent"),
        ("2.2", "", "impossible"),
        ("1.7", "", "impossible"),
    ],
)
def test_a_difference_is_that_of_its_means(printed, order, verdict):
    text = DIFFERENCE.replace("difference 2.0", f"difference {printed}")
    ((found, *_),) = findings("difference_of_means", text, order=order, **CRUDE_MEANS)
    assert found == verdict
    ((found, *_),) = findings("difference_of_means", text, order=order)
    assert found == ("consistent" if verdict == "consistent" else "not_checked")


def test_a_difference_of_more_or_fewer_means_is_left_out():
    more = DIFFERENCE + "t score c mean 1.0"
    fewer = DIFFERENCE.replace("t score b mean 1.0", "")
    other = DIFFERENCE.replace("score b", "other b")
    for text in (more, fewer, other):
        assert findings("difference_of_means", text) == []
    everywhere = "t first all difference 1\n" + DIFFERENCE
    everywhere += "u score c mean 1.0\nt other c mean 1.0"
    assert len(findings("difference_of_means", everywhere)) == 1


PARTS = {"first": [1, 2, 4], "second": [5, 7, 8, 10]}
LINKS = "parts all first second\nscale score ess"


def whole_and_parts(decimals, *, shift=0.0, sizes=("first", "second", "all")):
    groups = {**PARTS, "all": PARTS["first"] + PARTS["second"]}
    lines = [f"t population {name} n {len(groups[name])}" for name in sizes]
    for name, values in groups.items():
        numbers = {"mean": np.mean(values), "sd": np.std(values, ddof=1)}
        numbers["sd"] += shift if name == "all" else 0
        lines += [
            f"t score {name} {key} {as_printed(F(float(value)), decimals)}"
            for key, value in numbers.items()
        ]
    return "\n".join(lines)


def test_parts_make_up_their_whole_at_one_split_only():
    ((verdict, expected, proof),) = findings("whole_from_parts", whole_and_parts(6), LINKS)
    assert verdict == "consistent"
    assert expected == "mean 5.3, sd 3.3 with 3 and 4"
    assert proof.startswith("of 6 splits of 7, 1 allow the mean and 1 mean and SD, over all true")


@pytest.mark.parametrize("shift", [-1e-5, 1e-5])
def test_parts_with_another_sd_than_their_whole_are_told(shift):
    text = whole_and_parts(6, shift=shift)
    ((verdict, _, proof),) = findings("whole_from_parts", text, LINKS)
    assert verdict == "needs"
    assert "1 allow the mean and 0 mean and SD" in proof


def test_rows_without_mean_or_sd_are_no_part():
    lone = "t lone first sd 3\nt bare first mean 9\n"
    links = "parts none x y\nscale bare ess\n" + LINKS
    ((verdict, *_),) = findings("whole_from_parts", lone + whole_and_parts(6), links)
    assert verdict == "consistent"


@pytest.mark.parametrize(("sd", "n_fitting"), [("0.93", 0), ("0.94", 9), ("1.08", 3), ("1.09", 0)])
def test_parts_with_one_mean_may_be_split_anywhere(sd, n_fitting):
    """Means of 5 lie up to 1 apart; the whole varies by at least the root of 8/9 of the parts."""
    text = f"t population all n 10\nt score all mean 5\nt score all sd {sd}\n"
    for part in ("first", "second"):
        text += f"t score {part} mean 5\nt score {part} sd 1.00\n"
    ((_, _, proof),) = findings("whole_from_parts", text, LINKS)
    assert proof.startswith(f"of 9 splits of 10, 9 allow the mean and {n_fitting} mean")


def test_parts_of_unknown_size_are_taken_as_halves():
    text = whole_and_parts(6, sizes=("second", "all"))
    ((_, expected, _),) = findings("whole_from_parts", text, LINKS)
    assert expected == "mean 5.3, sd 3.3 with 3 and 4"


@pytest.mark.parametrize(
    "links",
    ["parts all first second", "parts all first\nscale score ess", "parts all x y\nscale score e"],
    ids=["not of a scale", "one part", "unknown parts"],
)
def test_wholes_without_two_scored_parts_are_left_out(links):
    assert findings("whole_from_parts", whole_and_parts(6), links) == []


POINTS = """
t score a mean 6
t score a sd 1
t score c mean 9
t lone c sd 1
t score b mean 4
t score b sd 1
t other b mean 7
t other b sd 1
m answer.no all points 1
m answer.yes.fully all points 2
m answers.all all points 9
"""
DIRECTION = "direction answer.yes.fully a\nscale score ess"


@pytest.mark.parametrize(
    ("yes", "mean_of_b", "verdict"),
    [
        ("2", "4", "consistent"),
        ("2", "6", "needs"),
        ("2", "7", "needs"),
        ("0", "4", "needs"),
        ("0", "7", "consistent"),
    ],
)
def test_most_points_go_with_the_higher_mean(yes, mean_of_b, verdict):
    text = POINTS.replace("points 2", f"points {yes}").replace(
        "score b mean 4", f"score b mean {mean_of_b}"
    )
    ((found, expected, proof),) = findings(
        "score_direction", text, "direction none.x a\n" + DIRECTION
    )
    assert (found, expected) == (verdict, f"{yes} 1")
    assert proof.startswith(f"a have 6, b {mean_of_b}; answer.yes.fully bears {yes} of at most ")
    assert f"at most {max(int(yes), 1)} points" in proof


@pytest.mark.parametrize(
    "links",
    [
        "direction answer.perhaps a\nscale score ess",
        "direction answer.yes.fully c\nscale score ess",
        "direction answer.yes.fully b\nscale other ess",
    ],
    ids=["no points", "no mean", "nobody to compare"],
)
def test_a_direction_needs_points_and_two_means(links):
    assert findings("score_direction", POINTS, links) == []


RANKS = """
t population a n 21
t population b n 17
t score a mean 5
t score b mean 5
t score all p_value 0.94
t score a p_value 0.94
u score c mean 5
"""


def test_a_rank_test_names_the_sizes_that_need_ties():
    ((verdict, _, proof),) = findings("rank_test", RANKS, test="rank")
    assert verdict == "consistent"
    assert proof.startswith("with 21 and 17 people, 1.00 of the variance without ties is left; ")
    tied = "sizes of the second group that need many ties: "
    assert tied in proof
    listed = [int(size) for size in proof.partition(tied)[2].split(", ")]
    behind = parse("0.94").interval()
    assert listed == [k for k in range(2, 20) if tie_share(behind, 21, k) < 0.9]


def test_a_rank_p_that_needs_many_ties_is_told():
    few = RANKS.replace("b n 17", "b n 11").replace("0.94", "0.941")
    ((verdict, *_),) = findings("rank_test", few, test="rank")
    assert verdict == "needs"
    ((verdict, _, proof),) = findings("rank_test", few.replace("0.941", "0.3"), test="rank")
    assert verdict == "consistent" and proof.endswith("need many ties: none")


@pytest.mark.parametrize(
    "change",
    [("0.94", "<0.94"), ("t score b mean 5", ""), ("population b n 17", "population c n 17")],
    ids=["inequality", "one mean", "unknown size"],
)
def test_a_rank_test_without_its_numbers_is_left_out(change):
    assert findings("rank_test", RANKS.replace(*change), test="rank") == []
    assert findings("rank_test", RANKS) == []


@pytest.mark.parametrize(("first", "second"), [(3, 4), (5, 5), (6, 2)])
def test_a_rank_test_of_untied_people_needs_no_ties(first, second):
    """Every U, with and without the correction for continuity, as scipy has its p."""
    for u in range(first * second + 1):
        a, b = untied(first, second, u)
        for corrected in (False, True):
            options = {"method": "asymptotic", "use_continuity": corrected}
            p = stats.mannwhitneyu(a, b, **options).pvalue
            behind = parse(as_printed(F(p), 6)).interval()
            assert tie_share(behind, first, second) == 1.0


def untied(first, second, u):
    """Two samples without ties whose first is above the second in u pairs."""
    beaten = [second] * (u // second) + [u % second] * (u < first * second)
    beaten = (beaten + [0] * first)[:first]
    return [k + 0.5 + i / 100 for i, k in enumerate(beaten)], list(range(1, second + 1))


@pytest.mark.parametrize(
    ("first", "second", "p"), [(3, 4, "0.30"), (6, 5, "0.450"), (4, 4, "0.02")]
)
def test_the_share_left_by_ties_is_the_greatest_that_prints_the_p(first, second, p):
    """By trial of every share, in steps of a hundredth of a percent."""
    behind = parse(p).interval()
    low, high = float(behind.low), float(behind.high)
    distances = np.arange(first * second + 1) / 2
    shares = np.arange(1, 10_001) / 10_000
    errors = np.sqrt(shares * first * second * (first + second + 1) / 12)
    found = 2 * stats.norm.sf(np.divide.outer(distances, errors))
    fits = shares[((found >= low) & (found <= high)).any(axis=0)]
    assert tie_share(behind, first, second) == pytest.approx(max(fits), abs=2e-4)


def test_a_rank_p_of_one_needs_no_ties_and_one_of_zero_is_never_reached():
    for rounding in ("up_or_down", "floor"):
        assert tie_share(parse("1.00").interval(rounding), 5, 5) == 1.0
    assert tie_share(parse("0.0000000000").interval(), 3, 3) < 0.1


# ---------------------------------------------------------------- counts


LEVELS = """
t population a n 20
t sex.men a n 8
t sex.women a n 12
t population b n 10
t sex.men b n {men}
t sex.women b n 4
"""


@pytest.mark.parametrize(
    ("men", "verdict", "expected", "proof"),
    [
        (5, "consistent", "", "sex of b: sum 9, group 10; 1 without answer"),
        (6, "consistent", "", "sex of b: sum 10, group 10"),
        (7, "needs", "a sum of 10", "sex of b: sum 11, group 10"),
    ],
)
def test_exclusive_levels_add_up_to_at_most_their_group(men, verdict, expected, proof):
    found = findings("levels_add_up", LEVELS.format(men=men))
    assert found == [
        ("consistent", "", "sex of a: sum 20, group 20"),
        (verdict, expected, proof),
    ]


def test_levels_that_fill_no_group_are_not_exclusive():
    text = LEVELS.format(men=5).replace("women a n 12", "women a n 11")
    assert findings("levels_add_up", text) == []
    unknown = LEVELS.format(men=6).replace("t population a n 20", "")
    assert len(findings("levels_add_up", unknown)) == 1


ANSWERS = """
t device.phone z n 3
t device.some a percent 190
t population a n 10
t device.phone a n 9
t device.tablet a n 10
t device.none a n {none}
t device.some a n 19
"""


@pytest.mark.parametrize(
    ("none", "links", "expected"),
    [
        (1, "at_most device 2", ("consistent", "device of a: 20 answers of 10 people; at most 20")),
        (2, "at_most device 2", ("impossible", "device of a: 21 answers of 10 people; at most 20")),
        (
            11,
            "at_most device 4",
            ("needs", "device of a: 30 answers of 10 people; at most 40"),
        ),
        (11, "", ("needs", "device of a: 30 answers of 10 people")),
    ],
)
def test_nobody_gives_more_answers_than_allowed(none, links, expected):
    links += "\nsubtotal device.some device.phone device.tablet"
    ((verdict, _, proof),) = findings("multiple_answers", ANSWERS.format(none=none), links)
    assert (verdict, proof) == (expected[0], expected[1] + " answers allowed" * ("most" in links))


def test_answers_without_a_limit_speak_only_when_a_level_exceeds_its_group():
    text = ANSWERS.format(none=2).replace("some a n 19", "some a n 10")
    assert findings("multiple_answers", text) == []
    nobody_knows = text.replace("population a n 10", "population b n 10")
    assert findings("multiple_answers", nobody_knows, "at_most device 1") == []


@pytest.mark.parametrize(("total", "verdict"), [(19, "consistent"), (18, "impossible")])
def test_a_subtotal_is_the_sum_of_its_parts(total, verdict):
    text = ANSWERS.format(none=0).replace("some a n 19", f"some a n {total}")
    text += "t device.phone b n 5"
    links = "subtotal device.some device.phone device.tablet"
    assert findings("subtotal", text, links) == [(verdict, "19", "the parts add up to 19")]


@pytest.mark.parametrize(("n", "verdict"), [(0, "consistent"), (2, "needs")])
def test_rows_that_a_criterion_excludes_count_nobody(n, verdict):
    text = (
        f"t job.student a percent 9\nt job.student a n 0\nt job.student b n {n}\nt job.nurse a n 9"
    )
    proof = f"students: excluded by the criteria, yet {n} are counted"
    assert findings("criteria", text, "excluded students job.student") == [(verdict, "0", proof)]


GROUPS = """
t people all n 99
t population all percent 100
t population a percent 60
t population all n 30
t population a n 20
t population b n {b}
t job.nurse a n 12
t job.nurse b n 6
t job.other a n 8
"""


@pytest.mark.parametrize(("b", "verdict"), [(10, "consistent"), (11, "needs")])
def test_groups_add_up_to_all(b, verdict):
    text = GROUPS.format(b=b)
    assert findings("group_sizes", text) == [(verdict, "", f"groups add up to {20 + b}")]


@pytest.mark.parametrize(("b", "verdict"), [(18, "impossible"), (10, "consistent")])
def test_parts_add_up_to_their_whole(b, verdict):
    links = "group nurses job.nurse\ngroup others job.other\nparts a nurses others"
    text = GROUPS.format(b=b).replace("job.nurse b n 6", f"job.nurse b n {b - 10}")
    _, found = findings("group_sizes", text, links)
    assert found == (verdict, "", f"{b + 2} + 8 = {b + 10}")


def test_groups_without_a_printed_total_are_left_out():
    text = GROUPS.format(b=10).replace("t population all n 30", "")
    assert findings("group_sizes", text, "parts a nurses others") == []
    only_all = "t population all n 30"
    assert findings("group_sizes", only_all) == []


@pytest.mark.parametrize(
    ("n", "rate", "verdict", "expected", "proof"),
    [
        (81, "18.0", "consistent", "450", "81 people are 18.0 % of 449 to 451 invitations"),
        (1, "50", "consistent", "2", "1 people are 50 % of 2 to 2 invitations"),
        (7, "93.0", "needs", "8", "7 people are 93.0 % of 8 to 7 invitations"),
    ],
)
def test_a_rate_needs_a_whole_number_of_invitations(n, rate, verdict, expected, proof):
    text = f"t population all n {n}\nt response_rate all percent {rate}"
    assert findings("percentages", text) == [(verdict, f"{expected} invitations", proof)]
    assert findings("percentages", text.replace("all n", "a n")) == []


ZONES = """
t zone.zip.old a n 4
t zone.zip.old a percent 29
t zone.zac a n 5
t zone.zac b n 2
t zone.zar b n 2
t zone.any a n 13
"""
ZONED = "subtotal zone.any zone.zac zone.zar\nexposure zip zone.zip.old zone.zac\nexposure nil x.y"


@pytest.mark.parametrize(
    ("wanted", "n", "reading"),
    [
        (4, 14, "zone.zip.old (4)"),
        (11, 14, "zone.zac (7) + zone.zip.old (4)"),
        (5, 14, "zone.zip.old (4) + no answer (1)"),
        (12, 14, "zone.zac (7) + zone.zip.old (4) + no answer (1)"),
        (14, 14, ""),
        (9, 14, ""),
        (1, 10, ""),
    ],
)
def test_levels_that_would_count_the_exposed_are_named(wanted, n, reading):
    book = open_book(study(ZONES), linked(ZONED))
    cells = book.find(row="zone.zip.old", statistic="n")
    assert OWN.text(other_reading(book, cells, wanted, n)) == reading


def test_the_exposed_are_counted_where_labelled_alike():
    book = open_book(study(ZONES), linked(ZONED))
    cells, total = exposures(book, "zip", 11)
    assert ([cell.number.text for cell in cells], total) == (["4", "5", "2"], 11)
    for covariate, n in (("zip", 10), ("nil", 99), ("zac", 99)):
        assert exposures(book, covariate, n) is None


# ---------------------------------------------------------------- rows of predictor tables


def row(name, estimate, low, high, p="", *, table="m"):
    """A row of a table of odds ratios (`c`, crude) or of coefficients (`m`)."""
    statistic = "odds_ratio" if table == "c" else "coefficient"
    numbers = {statistic: estimate, "ci_low": low, "ci_high": high, "p_value": p}
    lines = [f"{table} {name} all {key} {text}" for key, text in numbers.items() if text]
    return "\n".join(lines) + "\n"


WALD = {"interval": "wald", "level": "95", "test": "wald", "convention": "rounded"}
STUDENT = {"interval": "t", "level": "95", "test": "t", "convention": "rounded"}


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (("0.20", "-0.20", "0.60", "0.01"), "impossible"),
        (("0.50", "0.10", "0.90", "0.30"), "impossible"),
        (("-0.50", "-0.90", "-0.10", "0.07"), "impossible"),
        (("0.20", "-0.20", "0.60", "0.24"), "consistent"),
        (("0.50", "0.10", "0.90", "0.02"), "consistent"),
        (("0.50", "0.10", "0.90", "0.001"), "impossible"),
    ],
)
def test_a_t_interval_and_its_p_agree_whatever_the_degrees_of_freedom(texts, verdict):
    ((found, *_),) = findings("p_from_interval", row("x", *texts), **STUDENT)
    assert found == verdict


@given(st.floats(-3, 3), st.floats(0.2, 1), st.integers(1, 200), st.sampled_from([0.9, 0.95, 0.99]))
def test_every_t_p_lies_between_those_of_one_and_of_many_degrees(centre, error, df, level):
    half = float(stats.t.ppf((1 + level) / 2, df)) * error
    texts = [as_printed(F(x), 6) for x in (centre, centre - half, centre + half)]
    names = ("coefficient", "ci_low", "ci_high")
    triple = triple_of(dict(zip(names, map(parse, texts), strict=True)), level=level)
    p = 2 * float(stats.t.sf(abs(centre / error), df))
    implied = triple.t_p_value()
    assert implied.low - 1e-4 <= p <= implied.high + 1e-4


@pytest.mark.parametrize(
    ("table", "texts", "verdict", "expected"),
    [
        ("m", ("0.50", "0.10", "0.90", "0.01"), "consistent", ""),
        ("m", ("0.50", "0.10", "0.90", "0.30"), "impossible", "p_value 0.0122 to 0.0166"),
        ("c", ("2.00", "1.20", "3.33", "0.60"), "impossible", "p_value 0.0072 to 0.0083"),
    ],
)
def test_only_a_wald_p_is_that_of_its_interval(table, texts, verdict, expected):
    ((*found, _),) = findings("p_from_interval", row("x", *texts, table=table), **WALD)
    assert found == [verdict, expected]
    ((found, *_),) = findings("p_from_interval", row("x", *texts, table=table))
    assert found == ("consistent" if verdict == "consistent" else "needs")
    other = {**WALD, "test": "lr"}
    assert (
        findings("p_from_interval", row("x", *texts, table=table), **other)[0][0] == "not_checked"
    )


def test_another_level_is_one_reading():
    text = row("x", "5.60", "1.71", "18.37", "0.017", table="c")
    for level, verdict in (("90", "consistent"), ("95", "impossible"), ("99", "impossible")):
        assert findings("p_from_interval", text, **{**WALD, "level": level})[0][0] == verdict
    undeclared = {**WALD, "level": ""}
    (found,) = (
        audit(study(text).assign(**undeclared))
        .query("check == 'p_from_interval'")
        .to_dict("records")
    )
    assert (found["verdict"], found["readings"]) == ("needs", "only at 90 %")


LOGISTIC = {"kind": "binary", "model": "logistic", "n": "10", **WALD}


def test_no_log_odds_ratio_of_ten_people_is_so_certain():
    text = row("x", "0.50", "0.40", "0.60")
    ((verdict, _, proof),) = findings("standard_error_bound", text, **LOGISTIC)
    assert verdict == "impossible"
    assert proof == "standard error 0.0485 to 0.0536; no 10 people can give less than 1.2649"
    for changed in ({"kind": "continuous"}, {"model": "linear"}, {"interval": "robust"}):
        ((verdict, *_),) = findings("standard_error_bound", text, **{**LOGISTIC, **changed})
        assert verdict == "not_checked"
    ((verdict, *_),) = findings("standard_error_bound", text, **{**LOGISTIC, "n": "9999"})
    assert verdict == "consistent"
    assert findings("standard_error_bound", text) == []


@pytest.mark.parametrize("texts", [("3.10", "1.02", "11.40"), ("10.69", "3.37", "38.75")])
def test_a_profile_interval_need_not_be_symmetric(texts):
    for interval, verdict in (("profile", "consistent"), ("wald", "impossible"), ("", "needs")):
        text = row("x", *texts, table="c")
        assert findings("interval_symmetry", text, interval=interval)[0][0] == verdict


def test_every_interval_holds_its_estimate():
    ((verdict, expected, proof),) = findings(
        "interval_symmetry", row("x", "17", "1.2", "2.3", table="c")
    )
    assert (verdict, expected) == ("impossible", "odds_ratio 1.7 (point)")
    assert proof.startswith("geometric mean of the ends lies in")


def test_rows_with_both_ends_are_read():
    lone = "c y all odds_ratio 2\nc y all ci_low 1\nc z all odds_ratio 2\nc z all ci_high 3\n"
    text = row("x", "2.00", "1.20", ">100", table="c") + lone + row("w", *CRUDE, table="c")
    (found,) = estimate_tables(open_book(study(text)))["c"]
    assert (found.covariate, found.triple.symmetry()) == ("w", "yes")


@pytest.mark.parametrize("texts", [("0.50", "<0.10", "0.90"), ("2.00", "1.20", ">100")])
def test_an_interval_with_an_open_end_is_left_out(texts):
    for table in "cm":
        assert findings("interval_symmetry", row("x", *texts, "0.01", table=table)) == []


@pytest.mark.parametrize(
    ("p_values", "ending"),
    [
        (("0.01", "0.02"), "; their p differ, so at most one row is right"),
        (("0.01", "0.01"), ""),
        (("", "0.01"), ""),
        (("0.01", ""), ""),
        (("", ""), ""),
    ],
)
def test_a_row_that_repeats_another_is_told(p_values, ending):
    rows = [row(name, "0.50", "0.10", "0.90", p) for name, p in zip("xy", p_values, strict=True)]
    text = "".join(rows) + row("z", "0.50", "0.10", "0.91")
    ((verdict, _, proof),) = findings("duplicated_cells", text)
    assert (verdict, proof) == ("needs", f"y repeats x{ending}")


def test_an_estimate_that_is_the_midpoint_on_ties_only_is_possible():
    ((verdict, expected, proof),) = findings(
        "interval_symmetry", row("z", "0.44", "0.00", "0.90"), **WALD
    )
    assert (verdict, expected) == ("consistent", "coefficient 0.45")
    assert proof.endswith("; equal only if all three lie exactly on a tie")


CRUDE = ("2.00", "1.20", "3.33")


@pytest.mark.parametrize(
    ("crude", "adjusted", "verdict", "ending"),
    [
        (CRUDE, ("-0.70", "-1.20", "-0.20"), "needs", "-0.6950; the directions differ"),
        (("0.50", "0.30", "0.83"), ("0.70", "0.20", "1.20"), "needs", "directions differ"),
        (CRUDE, ("0.40", "0.00", "0.80"), "consistent", "coefficient 0.3950 to 0.4050"),
        (CRUDE, ("0.69", "0.10", "1.28"), "consistent", "coefficient 0.6850 to 0.6950"),
        (
            CRUDE,
            ("0.69", "0.18", "1.20"),
            "consistent",
            "0.6950; the same within one unit: estimate, ci_low, ci_high",
        ),
        (
            CRUDE,
            ("0.69", "0.18", "9.99"),
            "needs",
            "; the same within one unit: estimate, ci_low",
        ),
        (
            ("2.00", "1.20", "9.33"),
            ("0.69", "0.18", "1.20"),
            "needs",
            "; the same within one unit: estimate, ci_low",
        ),
    ],
)
def test_a_crude_and_an_adjusted_row_are_compared(crude, adjusted, verdict, ending):
    text = row("y", "0.50", "0.10", "0.90") + row("x", *crude, table="c") + row("x", *adjusted)
    ((*found, proof),) = findings("between_tables", text)
    assert found == [verdict, ""]
    assert proof.startswith("log odds ratio ") and proof.endswith(ending)


def test_a_slip_that_repeats_the_other_table_is_named_first():
    text = row("x", "2.00", "1.20", "9.33", table="c") + row("x", "0.69", "0.18", "1.20")
    (verdict, expected, _), _ = findings("interval_symmetry", text)
    assert (verdict, expected) == ("needs", "ci_high 3.33 (digit)")


def test_a_row_that_no_slip_mends_gets_the_implied_numbers():
    ((_, expected, _),) = findings("interval_symmetry", row("x", "0.69", "0.18", "9.99"))
    assert expected == "coefficient 5.09 or ci_low -8.61 or ci_high 1.20"


def test_a_slip_says_where_else_its_numbers_stand():
    text = row("x", "0.69", "0.18", "12.20") + row("y", "0.50", "0.18", "12.20")
    found = findings("interval_symmetry", text)
    assert found[0][1].endswith("also printed elsewhere: 12.20 (m, y, ci_high)")
    assert found[1][1].endswith("also printed elsewhere: 12.20 (m, x, ci_high)")


# ---------------------------------------------------------------- 2x2 tables


def crude(name, table, p=None):
    """The row that prints a 2x2 table, with Pearson's p unless another is given."""
    a, b, c, d = table
    centre, reach = log(a * d / (b * c)), 1.96 * sqrt(sum(1 / cell for cell in table))
    numbers = [F(a * d, b * c), F(exp(centre - reach)), F(exp(centre + reach))]
    pearson = as_printed(F(p_values(table)["pearson"]), 3)
    texts = [as_printed(number, 2) for number in numbers]
    return row(name, *texts, pearson if p is None else p, table="c")


TABLES = {"a": (17, 15, 26, 23), "b": (14, 18, 9, 40), "c": (20, 12, 35, 14)}
CROSSED = "".join(crude(*pair) for pair in TABLES.items()) + "t population all n 81\n"


TABLE = {"adjusted": "crude", "kind": "binary", "interval": "wald", "convention": "rounded"}


@pytest.mark.parametrize(
    ("table", "p", "declared", "verdict", "expected"),
    [
        ((12, 20, 15, 34), None, {}, "consistent", ""),
        ((12, 20, 15, 34), None, {"test": "chi2", "events": "32"}, "consistent", ""),
        ((12, 20, 15, 34), None, {"test": "chi2", "events": "33"}, "impossible", ""),
        ((12, 20, 15, 34), None, {"test": "chi2_yates"}, "impossible", "p_value yates 0.6878"),
        ((12, 20, 15, 34), "0.500", {}, "impossible", "p_value pearson 0.5203"),
        ((60, 21, 19, 55), None, {}, "impossible", ""),
        ((60, 21, 19, 55), None, {"adjusted": "adjusted"}, "not_checked", ""),
        ((60, 21, 19, 55), None, {"kind": "continuous"}, "not_checked", ""),
        ((60, 21, 19, 55), None, {"interval": "profile"}, "not_checked", ""),
        ((60, 21, 19, 55), None, {"level": "90"}, "not_checked", ""),
        ((60, 21, 19, 55), None, {"test": "rank"}, "not_checked", ""),
    ],
)
def test_a_crude_row_is_the_print_of_some_table(table, p, declared, verdict, expected):
    text = crude("d", table, p)
    ((*found, _),) = findings("two_by_two", text, **{**TABLE, "n": "81", **declared})
    assert found == [verdict, expected]
    undeclared = findings("two_by_two", text + "t population all n 81\n")[0][0]
    assert undeclared == ("consistent" if verdict == "consistent" else undeclared) != "impossible"


def test_rows_without_p_or_size_are_no_print_of_a_table():
    assert findings("two_by_two", crude("d", (12, 20, 15, 34), "")) == []
    assert findings("two_by_two", crude("d", (12, 20, 15, 34))) == []
    assert findings("two_by_two", crude("d", (12, 20, 15, 34)), n="251")[0][0] == "not_checked"


COUNTED = "t tool.x a n 20\nt tool.y a n 12\nt tool.z a n 6\n"


@pytest.mark.parametrize(
    ("tools", "verdict", "ending"),
    [
        ("tool.x tool.y", "consistent", "3 with the 32 that the groups count; the difference of 0"),
        ("tool.x tool.y tool.z", "needs", "count; the difference of 6 is tool.z"),
        ("tool.x tool.z", "needs", "count; the difference of -6 is no single row"),
        ("tool.x", "needs", "0 with the 20 that the groups count; the difference of -12"),
    ],
)
def test_the_outcome_is_that_of_its_groups(tools, verdict, ending):
    links = f"group g {tools}\noutcome c g"
    ((found, expected, proof),) = findings("outcome_definition", CROSSED + COUNTED, links, **TABLE)
    assert (found, expected) == (verdict, "32 with the outcome")
    assert proof.startswith("3 rows are exact with 32 of 81, ") and ending in proof


@pytest.mark.parametrize("links", ["", "outcome m g", "outcome c g", "group g tool.x"])
def test_an_outcome_without_groups_of_known_size_is_left_out(links):
    assert findings("outcome_definition", CROSSED + COUNTED, links, **TABLE) == []


@pytest.mark.parametrize(
    ("level", "verdict", "expected", "ending"),
    [
        ("men", "consistent", "43", "43 exposed, the count of that label 43"),
        ("women", "needs", "43", "label 38; the other level of the covariate"),
    ],
)
def test_the_exposed_are_those_counted(level, verdict, expected, ending):
    text = CROSSED + "t sex.men a n 43\nt sex.women a n 38"
    ((found, told, proof),) = findings(
        "exposed_against_counts", text, f"exposure a sex.{level}", **TABLE
    )
    assert found == verdict and proof.endswith(ending)
    assert told == expected


def test_a_split_that_chance_may_give_is_none():
    """Two of three rows fit it, or it is not said that the rows are crude."""
    links = "group g tool.x\noutcome c g"
    other = CROSSED.replace(crude("c", TABLES["c"]), crude("c", (60, 21, 19, 55)))
    assert findings("outcome_definition", other + COUNTED, links, **TABLE) == []
    assert findings("outcome_definition", CROSSED + COUNTED, links) == []


# ---------------------------------------------------------------- the text beside the tables


SOUND = row("x", "0.50", "0.10", "0.90", "0.01")


NOT_MIDDLE = "the estimate is not the middle of the printed interval; estimate and upper end give"


def claims(rows, *, alpha=""):
    text = rows + "text x all coefficient 0.50 called significant\ntext y all coefficient 1\n"
    return findings("claimed_significance", text + alpha)


def test_a_claim_that_interval_and_p_bear_out_is_fine():
    assert claims(SOUND) == [("consistent", "", "interval and p are below 0.05")]
    assert claims(SOUND.replace("0.01", "0.05"))[0][0] == "needs"
    assert claims(row("x", "0.50", "0.10", "0.90"))[0][0] == "consistent"
    assert claims(SOUND.replace("m x", "m z")) == []


@pytest.mark.parametrize(
    ("texts", "reasons"),
    [
        (
            ("0.20", "-0.20", "0.60", "0.32"),
            (
                "the interval holds no effect; p 0.32 may be 0.05 or more; "
                "p by estimate and interval is 0.3091 to 0.3453"
            ),
        ),
        (("0.50", "0.10", "0.90", "0.05"), "p 0.05 may be 0.05 or more"),
        (("0.50", "0.10", "0.90", ">0.01"), "p >0.01 may be 0.05 or more"),
        (
            ("0.50", "0.10", "0.80", "0.01"),
            f"{NOT_MIDDLE} 0.20 below",
        ),
        (
            ("0.50", "0.10", "1.20", "0.01"),
            (f"{NOT_MIDDLE} -0.20 below; that interval holds no effect"),
        ),
    ],
)
def test_a_claim_is_set_against_all_that_speaks_against_it(texts, reasons):
    assert claims(row("x", *texts)) == [("needs", "not significant", reasons)]


def test_a_claim_keeps_to_the_level_of_the_methods():
    level = "methods alpha all threshold 1\n"
    reason = "p by estimate and interval is 0.0122 to 0.0166"
    found = claims(row("x", "0.50", "0.10", "0.90", "0.001"), alpha=level)
    assert found == [("needs", "not significant", reason)]


@pytest.mark.parametrize(("low", "held"), [("1.50", False), ("0.90", True)])
def test_a_claimed_odds_ratio_is_compared_with_one(low, held):
    high = {"1.50": "2.50", "0.90": "5.00"}[low]
    text = row("x", "2.00", "1.90", high, "0.01", table="c")
    ((_, _, reason),) = findings(
        "claimed_significance", text + "text x all odds_ratio 2.00 significant"
    )
    assert reason.endswith("that interval holds no effect") == held


@pytest.mark.parametrize(
    ("told", "verdict", "expected"),
    [("0.5", "consistent", ""), ("0.52", "needs", "0.50"), ("0.50", "consistent", "")],
)
def test_the_text_repeats_the_table_perhaps_with_fewer_digits(told, verdict, expected):
    text = SOUND + f"text x all coefficient {told}\ntext w all coefficient 9\ntext x all beta 9"
    found = findings("text_against_table", text)
    assert found == [(verdict, expected, "table: 0.50 (m)")]


def test_the_text_may_repeat_either_table():
    text = SOUND + row("x", *CRUDE, "0.02", table="c") + "text x all p_value 0.02"
    assert findings("text_against_table", text) == [("consistent", "", "table: 0.02 (c), 0.01 (m)")]


def test_a_number_and_its_repetition_may_be_inequalities():
    text = SOUND.replace("p_value 0.01", "p_value <0.001") + "text x all p_value {}"
    for told, verdict in (
        ("<0.001", "consistent"),
        ("0.0004", "consistent"),
        ("0.002", "needs"),
    ):
        ((found, *_),) = findings("text_against_table", text.format(told))
        assert found.startswith(verdict)
    above = text.replace("<0.001", ">0.9")
    assert findings("text_against_table", above.format("0.95"))[0][0] == "consistent"


@pytest.mark.parametrize(
    ("told", "text", "table", "verdict"),
    [
        ("0.51", "", "", "consistent"),
        ("0.51", "truncated", "rounded", "needs"),
        ("0.49", "rounded", "rounded", "consistent"),
        ("0.49", "rounded", "truncated", "needs"),
    ],
)
def test_text_and_table_keep_to_their_conventions(told, text, table, verdict):
    """Rounded to the nearest, 0.49, 0.50 and 0.51 touch at a tie; cut off, they do not."""
    frame = study(SOUND + f"text x all coefficient {told}")
    frame["convention"] = np.where(frame["table"].eq("text"), text, table)
    (found,) = audit(frame).query("check == 'text_against_table'")["verdict"]
    assert found == verdict


@pytest.mark.parametrize(("again", "verdict"), [("4", "consistent"), ("4.0", "needs")])
def test_a_group_has_one_mean(again, verdict):
    text = f"""
t score a mean 4
u score a mean {again}
u score b mean 9
t score a sd 1
v other a mean 8
"""
    assert findings("repeated_numbers", text, "scale score ess") == [(verdict, "", "")]
    assert findings("repeated_numbers", text) == []


@pytest.mark.parametrize(
    ("n_rows", "n_significant", "verdicts", "expected"),
    [
        (4, 1, ("consistent", "consistent"), ("4", "1 to 2")),
        (3, 2, ("needs", "needs"), ("4", "1 to 2")),
    ],
)
def test_rows_and_significant_rows_are_counted(n_rows, n_significant, verdicts, expected):
    p_values = {"x": "0.01", "y": "0.05", "z": "0.30", "w": ""}
    text = "".join(row(name, "0.50", "0.10", "0.90", p) for name, p in p_values.items())
    text += f"text m.covariates all n {n_rows}\ntext m.significant all n {n_significant}"
    rows, significant = findings("counted_rows", text)
    assert rows == (verdicts[0], expected[0], "the table has 4 rows")
    proof = "p certainly below 0.05: 1; at the level itself: 1"
    assert significant == (verdicts[1], expected[1], proof)


def test_significant_rows_without_doubt_are_one_number():
    text = SOUND + "text m.significant all n 1"
    ((*found, _),) = findings("counted_rows", text)
    assert found == ["consistent", "1"]


def test_rows_that_a_table_lacks_are_named():
    crude = row("x", *CRUDE, table="c") + row("y", *CRUDE, table="c")
    whole = ("consistent", "", "0 rows of c are not in m")
    lacking = ("needs", "y", "1 rows of c are not in m")
    assert findings("rows_lacking", crude + SOUND, "all_in m c none") == [lacking]
    both = crude + SOUND + SOUND.replace("m x", "m y")
    assert findings("rows_lacking", both, "all_in m c\nall_in none c") == [whole]


# ---------------------------------------------------------------- conventions, and what is left


def scores(*means):
    """Means of whole numbers of 18 people, who all answered."""
    lines = [f"t score{k} a mean {mean}" for k, mean in enumerate(means)]
    return audit(study("\n".join(lines)).assign(kind="whole", n="18"))


def test_a_convention_is_only_what_numbers_prove():
    """64 of 18 are 3.5556; 65 are 3.6111, printed so either way."""
    (found,) = scores("3.55", "3.61").query("check == 'rounding_convention'").to_dict("records")
    assert (found["verdict"], found["expected"]) == ("consistent", "truncated")
    assert found["proof"] == "1 finding only if truncated"
    assert scores("3.61").query("check == 'rounding_convention'").empty


def test_a_table_printed_in_two_ways_is_told():
    (found,) = scores("3.55", "3.56").query("check == 'rounding_convention'").to_dict("records")
    assert (found["verdict"], found["expected"]) == ("needs", "")
    assert found["readings"] == "only if one table is printed in two ways"


def test_every_number_that_no_check_looks_at_is_listed():
    text = "t x a threshold 3.1\nt x a points 2\nu y a mean 2\nv z a threshold 1.0"
    found = audit(study(text)).query("check == 'no_check'")
    assert found["where"].tolist() == ["t.x.a.threshold t.x.a.points", "v.z.a.threshold"]
    assert set(found["verdict"]) == {"not_checked"}


def test_a_mean_difference_is_no_logarithm_of_an_odds_ratio():
    other = row("x", "-0.70", "-1.20", "-0.20").replace("coefficient", "difference")
    assert findings("between_tables", row("x", *CRUDE, table="c") + other) == []
    linear = row("x", *CRUDE, table="c") + row("x", "-0.70", "-1.20", "-0.20")
    assert findings("between_tables", linear, model="linear") == []
    assert findings("between_tables", linear)[0][0] == "needs"


@pytest.mark.parametrize(
    "texts", [("0.00", "0.00", "0.02"), ("0.5", "0.0", "41.2"), ("0.0", "0.0", "0.0")]
)
@pytest.mark.parametrize("declared", [{}, WALD, {"interval": "t", "test": "t"}])
def test_a_ratio_may_be_printed_as_zero(texts, declared):
    text = row("x", *texts, "0.76", table="c") + "t population all n 40\n"
    text += f"text x all odds_ratio {texts[0]} called significant"
    assert not audit(study(text).assign(**declared))["verdict"].eq("impossible").any()
