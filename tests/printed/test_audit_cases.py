"""Every check of the audit on a few numbers typed by hand: when it speaks, and what it says."""

from fractions import Fraction as F
from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from printed.book import open_book
from printed.consistency import audit
from printed.count_checks import exposures, other_reading
from printed.messages import OWN
from printed.published import as_printed, parse
from printed.rows import estimate_tables
from printed.score_checks import check_means, tie_share
from printed.text_checks import check_text
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


def findings(check, text, links=""):
    """What one check says of a study: verdict, expected, proof."""
    found = audit(study(text), linked(links)).query("check == @check")
    return list(found[["verdict", "expected", "proof"]].itertuples(index=False, name=None))


# ---------------------------------------------------------------- means and SDs


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
    ((verdict, expected, _),) = findings("granularity", SCORES, "scale score ess")
    assert (verdict, expected) == ("impossible", "sd 31.62")
    for links in ("", "scale other ess"):
        assert findings("granularity", SCORES, links)[0][0] == "consistent"


@pytest.mark.parametrize("bound", ["min", "max"])
def test_a_scale_may_have_one_end(bound):
    lines = [line for line in SCORES.splitlines() if f" {bound} " not in line]
    ((verdict, *_),) = findings("granularity", "\n".join(lines), "scale score ess")
    assert verdict == "consistent"


PAIR = "t population a n 2\nt score a mean 2.25\nt score a sd 0.35\n"


def test_items_make_finer_steps():
    assert findings("granularity", PAIR)[0][0] == "impossible"
    ((verdict, expected, proof),) = findings("granularity", PAIR, "items score 2")
    assert (verdict, expected) == ("consistent", "")
    assert proof == "n 2, up_or_down: a sample prints these numbers"


@pytest.mark.parametrize(
    "text",
    [
        "t population a n 1\nt score a mean 2\nt score a sd 0",
        "t score a mean 2\nt score a sd 0",
        "t population a n 9\nt score a mean 2",
        "t population a n 9\nt score a sd 2",
    ],
    ids=["one person", "unknown size", "no sd", "no mean"],
)
def test_what_has_no_sd_of_known_people_is_left_out(text):
    assert findings("granularity", text) == []


def test_numbers_without_a_known_convention_are_rounded_either_way():
    book = open_book(study(DIFFERENCE + PAIR.replace("score", "other")), linked("scale x y"))
    found = [each.row()["proof"] for each in check_means(book, {})]
    assert found[0].startswith("n 2, up_or_down: ") and "1.9 to 2.1" in found[1]


DIFFERENCE = """
t score a mean 3.0
t score b mean 1.0
t score all difference 2.0
"""


def test_a_difference_keeps_to_the_convention_of_its_table():
    text = DIFFERENCE.replace("b mean 1.0", "b mean -1.0").replace(
        "difference 2.0", "difference 4.2"
    )
    book = open_book(study(text))
    for rounding, verdict in (("trunc", "consistent"), ("up_or_down", "impossible")):
        (found,) = (each.row() for each in check_means(book, {"t": rounding}))
        assert found["verdict"] == verdict


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [("2.0", "consistent"), ("2.1", "consistent"), ("2.2", "impossible"), ("1.8", "impossible")],
)
def test_a_difference_is_that_of_its_means(printed, verdict):
    ((*found, proof),) = findings(
        "difference_of_means", DIFFERENCE.replace("difference 2.0", f"difference {printed}")
    )
    assert found == [verdict, "2.0"]
    assert proof == "the means are 1.9 to 2.1 apart"


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


def test_parts_keep_to_the_convention_of_their_whole():
    """Cut off, -2.00 stands for -2.01 to -2.00: with nine people there, the whole has -1.009."""
    numbers = {"t all": ("-1.008", "9"), "u first": ("-2.00", "3"), "u second": ("8.00", "3")}
    lines = [
        f"{place[0]} score {place[2:]} {key} {text}"
        for place, texts in numbers.items()
        for key, text in zip(("mean", "sd"), texts, strict=True)
    ]
    book = open_book(study("t population all n 10\n" + "\n".join(lines)), linked(LINKS))
    for chosen, n_fitting in (({"t": "trunc"}, 1), ({"u": "trunc"}, 0), ({}, 0)):
        every = [each.row() for each in check_means(book, chosen)]
        found = [row for row in every if row["check"] == "whole_from_parts"]
        assert f"splits of 10, {n_fitting} allow the mean" in found[0]["proof"]


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
    ((verdict, _, proof),) = findings("rank_test", RANKS)
    assert verdict == "consistent"
    assert proof.startswith("with 21 and 17 people, 1.00 of the variance without ties is left; ")
    tied = "sizes of the second group that need many ties: "
    assert tied in proof
    listed = [int(size) for size in proof.partition(tied)[2].split(", ")]
    behind = parse("0.94").interval()
    assert listed == [k for k in range(2, 20) if tie_share(behind, 21, k) < 0.9]


def test_a_rank_p_that_needs_many_ties_is_told():
    few = RANKS.replace("b n 17", "b n 11").replace("0.94", "0.941")
    ((verdict, *_),) = findings("rank_test", few)
    assert verdict == "needs"
    ((verdict, _, proof),) = findings("rank_test", few.replace("0.941", "0.3"))
    assert verdict == "consistent" and proof.endswith("need many ties: none")


@pytest.mark.parametrize(
    "change",
    [("0.94", "<0.94"), ("t score b mean 5", ""), ("population b n 17", "population c n 17")],
    ids=["inequality", "one mean", "unknown size"],
)
def test_a_rank_test_without_its_numbers_is_left_out(change):
    assert findings("rank_test", RANKS.replace(*change)) == []


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
            ("impossible", "device of a: 30 answers of 10 people; at most 40"),
        ),
        (11, "", ("impossible", "device of a: 30 answers of 10 people")),
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


@pytest.mark.parametrize(("b", "verdict"), [(10, "consistent"), (11, "impossible")])
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
        (7, "93.0", "impossible", "8", "7 people are 93.0 % of 8 to 7 invitations"),
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


@pytest.mark.parametrize(
    ("texts", "proof"),
    [
        (("0.20", "-0.20", "0.60", "0.01"), "p in 0.0050 to 0.0150; interval from -0.20 to 0.60"),
        (("0.20", "-0.20", "0.60", "0.0"), "p in 0.0000 to 0.0500; interval from -0.20 to 0.60"),
        (("0.50", "0.10", "0.90", "0.30"), "p in 0.2950 to 0.3050; interval from 0.10 to 0.90"),
        (("-0.50", "-0.90", "-0.10", "0.06"), "p in 0.0550 to 0.0650; interval from -0.90 to"),
        (("0.20", "-0.20", "0.60", "0.05"), None),
        (("0.50", "0.10", "0.90", "0.1"), None),
        (("0.50", "0.10", "0.90", "0.05"), None),
        (("0.20", "-0.20", "0.60", "0.32"), None),
        (("0.20", "-0.20", "0.60"), None),
    ],
)
def test_an_interval_and_its_p_agree_on_the_effect(texts, proof):
    found = findings("p_against_interval", row("x", *texts))
    assert len(found) == (proof is not None)
    for *verdict, told in found:
        assert verdict == ["needs", ""] and told.startswith(proof)


@pytest.mark.parametrize(
    ("table", "texts", "verdict", "expected"),
    [
        ("m", ("0.50", "0.10", "0.90", "0.01"), "consistent", ""),
        ("m", ("0.50", "0.10", "0.90", "0.30"), "impossible", "p_value 0.0122 to 0.0166"),
        ("c", ("2.00", "1.20", "3.33", "0.60"), "needs", "p_value 0.0072 to 0.0083"),
    ],
)
def test_a_chi_square_p_may_differ_from_walds(table, texts, verdict, expected):
    ((*found, _),) = findings("p_from_interval", row("x", *texts, table=table))
    assert found == [verdict, expected]


def test_no_log_odds_ratio_of_ten_people_is_so_certain():
    text = row("x", "0.50", "0.40", "0.60") + "t population all n 10"
    ((verdict, _, proof),) = findings("standard_error_bound", text)
    assert verdict == "impossible"
    assert proof == "standard error 0.0485 to 0.0536; no 10 people can give less than 1.2649"
    assert findings("standard_error_bound", text.replace("n 10", "n 9999")) == []


def test_rows_with_both_ends_are_read():
    lone = "c y all odds_ratio 2\nc y all ci_low 1\nc z all odds_ratio 2\nc z all ci_high 3\n"
    text = row("x", "2.00", "1.20", ">100", table="c") + lone + row("w", *CRUDE, table="c")
    (found,) = estimate_tables(open_book(study(text)), {})["c"]
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


@pytest.mark.parametrize(
    ("high", "verdict", "expected", "proof"),
    [
        ("0.90", "consistent", "at most 6 of 6", "not all three of: none"),
        ("0.80", "needs", "at most 5 of 6", "not all three of: y"),
    ],
)
def test_the_cells_that_one_data_set_can_print_are_counted(high, verdict, expected, proof):
    text = row("x", "0.50", "0.10", "0.90") + row("y", "0.50", "0.10", high)
    assert findings("cells_together", text) == [(verdict, expected, proof)]


def test_an_estimate_that_is_the_midpoint_on_ties_only_is_told():
    """Of three rows, two keep the table from being read as truncated."""
    text = row("x", "0.21", "-0.20", "0.61") + row("y", "0.21", "-0.30", "0.71")
    text += row("z", "0.44", "0.00", "0.90")
    *_, (verdict, expected, proof) = findings("interval_symmetry", text)
    assert (verdict, expected) == ("needs", "coefficient 0.45")
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
    ((verdict, expected, proof),) = findings("slip_hypothesis", text)
    assert (verdict, expected) == ("needs", "ci_high 3.33 (digit)")
    assert proof == (
        "1 single slips mend the interval, 0 of them fit p, "
        "1 the row of this covariate in the other table"
    )


def test_a_row_that_no_slip_mends_gets_the_implied_ends():
    ((_, expected, proof),) = findings("slip_hypothesis", row("x", "0.69", "0.18", "9.99"))
    assert expected == "ci_low -8.61 or ci_high 1.20"
    assert proof.startswith("0 single slips mend the interval, 0 of them fit p")


def test_a_slip_says_where_else_its_numbers_stand():
    text = row("x", "0.69", "0.18", "12.20") + row("y", "0.50", "0.18", "12.20")
    found = findings("slip_hypothesis", text)
    assert found[0][2].endswith("; also printed elsewhere: 12.20 (m, y, ci_high)")
    assert found[1][2].endswith("; also printed elsewhere: 12.20 (m, x, ci_high)")


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


@pytest.mark.parametrize(
    ("more", "verdict", "expected", "proof"),
    [
        (crude("d", (12, 20, 15, 34)), "consistent", "", ": 12, 20, 15, 34; p by pearson"),
        (crude("d", (13, 18, 8, 38)), "consistent", "", ": 13, 18, 8, 38; p by pearson, like"),
        (crude("d", (30, 11, 9, 31)), "needs", "", ": none; fits only other splits"),
        (crude("d", (60, 21, 19, 55)), "impossible", "", ": none; no table of the sizes tried"),
        (
            crude("d", (12, 20, 15, 34), "0.500"),
            "impossible",
            "p_value pearson 0.5203",
            ": 12, 20, 15, 34; none of the 4 tables of 81 to 81 people",
        ),
    ],
    ids=["exact", "answers lack", "other split", "other size", "other p"],
)
def test_a_row_is_set_against_the_tables_of_the_common_split(more, verdict, expected, proof):
    *others, last = findings("two_by_two", CROSSED + more)
    assert [found for found, *_ in others] == ["consistent"] * 3
    assert last[:2] == (verdict, expected)
    assert last[2].startswith(f"2x2 table at 32 of 81{proof}")


@pytest.mark.parametrize(
    "more", [crude("d", (12, 20, 15, 34), ""), row("d", "0.50", "0.10", "0.90", "0.01")]
)
def test_rows_that_are_no_print_of_a_table_are_left_out(more):
    text = CROSSED + more.replace("m d", "c d")
    assert [found for found, *_ in findings("two_by_two", text)] == ["consistent"] * 3
    assert len(findings("interval_symmetry", text)) == 4


@pytest.mark.parametrize("p", ["0.500", "0.700"])
def test_a_p_is_looked_for_among_all_tables_of_the_split(p):
    every = [
        p_values((a, 32 - a, c, 49 - c)) for a in range(33) for c in range(50) if 0 < a + c < 81
    ]
    low, high = (float(end) for end in parse(p).ends())
    fitting = [{m for m, value in found.items() if low <= value <= high} for found in every]
    ((verdict, _, proof),) = findings("p_at_split", CROSSED + crude("d", (12, 20, 15, 34), p))
    n_found = sum(map(bool, fitting))
    assert verdict == ("consistent" if n_found else "needs")
    assert proof.startswith(f"{n_found} of the {len(every)} tables with 32 of 81, whatever the exp")
    named = set(proof.rpartition("(")[2].rstrip(")").split(", "))
    assert named == (set.union(*fitting) or {"no method"})


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
    ((found, expected, proof),) = findings("outcome_definition", CROSSED + COUNTED, links)
    assert (found, expected) == (verdict, "32 with the outcome")
    assert proof.startswith("3 rows are exact with 32 of 81, ") and ending in proof


@pytest.mark.parametrize("links", ["", "outcome m g", "outcome c g", "group g tool.x"])
def test_an_outcome_without_groups_of_known_size_is_left_out(links):
    assert findings("outcome_definition", CROSSED + COUNTED, links) == []


@pytest.mark.parametrize(
    ("level", "verdict", "expected", "ending"),
    [
        ("men", "consistent", "43", "43 exposed, the count of that label 43"),
        ("women", "needs", "43", "label 38; the other level of the covariate"),
    ],
)
def test_the_exposed_are_those_counted(level, verdict, expected, ending):
    text = CROSSED + "t sex.men a n 43\nt sex.women a n 38"
    ((found, told, proof),) = findings("exposed_against_counts", text, f"exposure a sex.{level}")
    assert found == verdict and proof.endswith(ending)
    assert told == expected


def test_a_regression_is_no_more_certain_than_its_exposed_allow():
    adjusted = row("a", "0.50", "0.10", "0.90") + row("b", "0.50", "-0.50", "1.50")
    first, second, _ = findings("standard_error_bound", CROSSED + adjusted)
    assert first[:2] == ("impossible", "") and second[:2] == ("consistent", "")
    assert first[2].endswith(
        "; 43 exposed of 81 give at least 0.4453 whatever the other covariates"
    )


def test_a_regression_may_cut_a_covariate_elsewhere():
    text = CROSSED + row("b", "0.50", "-0.43", "1.43") + "t sex.men a n 41\nt sex.men b n 1"
    ((verdict, expected, _),) = findings("standard_error_bound", text, "exposure b sex.men")
    assert (verdict, expected) == ("needs", "42 exposed (at least 0.4447)")
    few = text.replace("a n 41", "a n 4")
    ((verdict, expected, _),) = findings("standard_error_bound", few, "exposure b sex.men")
    assert (verdict, expected) == ("impossible", "")


# ---------------------------------------------------------------- the text beside the tables


SOUND = row("x", "0.50", "0.10", "0.90", "0.01")


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
            "the printed interval is impossible; estimate and upper end give 0.20 below",
        ),
        (
            ("0.50", "0.10", "1.20", "0.01"),
            (
                "the printed interval is impossible; estimate and upper end give -0.20 below; "
                "that interval holds no effect"
            ),
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
    ("told", "chosen", "verdict"),
    [
        ("0.51", {}, "consistent"),
        ("0.51", {"text": "trunc"}, "needs"),
        ("0.49", {}, "consistent"),
        ("0.49", {"m": "trunc"}, "needs"),
    ],
)
def test_text_and_table_keep_to_their_conventions(told, chosen, verdict):
    """Rounded to the nearest, 0.49, 0.50 and 0.51 touch at a tie; cut off, they do not."""
    book = open_book(study(SOUND + f"text x all coefficient {told}"))
    (found,) = (each.row() for each in check_text(book, estimate_tables(book, {}), chosen))
    assert found["verdict"] == verdict


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
