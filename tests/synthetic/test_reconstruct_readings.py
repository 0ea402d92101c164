"""The readings that a reconstruction chose, in English and in French."""

import re

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import Table2x2

from esslib.paths import resolve
from esslib.survey.codebook import read_codebook
from esslib.synthetic.published_targets import published_targets
from esslib.synthetic.readings import SAID, describe_choices
from esslib.synthetic.targets import (
    Count,
    Dichotomy,
    NumberTarget,
    RegressionRow,
    Stratum,
    Targets,
)
from esslib.voice import Voice
from printed.messages import say
from printed.published import read_published

BOOK = read_codebook(resolve("data/codebook"))
PRINTED = read_published(resolve("data/published/published.csv"))
STRATA = Stratum("users", 8, group="users"), Stratum("others", 12, group="non_users")
ENGLISH = re.compile(r"\b(the|of|in|no|all|is|are|have|has|did|gave|read|any|left)\b|\d\.\d|_")


def counted(variable, **levels):
    return tuple(
        Count(f"t.{variable}.{level}.others", ("others",), variable, "any_of", level, n)
        for level, n in levels.items()
    )


def described(**parts):
    return describe_choices(Targets(STRATA, **parts), BOOK).set_index("target")


@pytest.mark.parametrize(
    ("counts", "reading"),
    [
        ({"urgent": 4, "not_urgent": 2, "both": 5}, "1 did not answer"),
        ({"urgent": 4, "not_urgent": 5, "both": 5}, "2 gave two answers"),
    ],
)
def test_totals_that_are_not_the_people_asked(counts, reading):
    choices = described(counts=counted("urgency", **counts))
    assert choices.loc["t.urgency.non_users"].tolist() == ["totals", reading]


@pytest.mark.parametrize("counts", [{"urgent": 4, "not_urgent": 3, "both": 5}, {"urgent": 4}])
def test_totals_that_fit_or_are_not_all_printed_need_no_reading(counts):
    assert "totals" not in set(described(counts=counted("urgency", **counts))["kind"])


def test_contradictions_and_truncated_means_are_named():
    age = NumberTarget("age", ("users",), "age_years", "41.09", "8.39", "41", rounding="trunc")
    choices = described(numbers=(age,), readings={"row": say("left-to-regression")})
    assert choices.loc["row"].tolist() == [
        "contradiction",
        "no table of integers prints this row: left to the regression",
    ]
    said = "no 8 whole numbers have a mean that rounds to 41.09: read as trunc"
    assert choices.loc["age.mean"].tolist() == ["rounding", said]


def test_one_covariate_with_two_cuts_is_named_for_both_tables():
    choices = described()
    assert choices.index.tolist() == ["bivariate.weekly_exchanges", "multivariate.weekly_exchanges"]
    assert set(choices["kind"]) == {"two_cuts"}
    levels = [f"exchange_frequency.{level}" for level in ("daily", "several_weekly", "weekly")]
    assert choices["reading"].iloc[1] == f"any_of {', '.join(levels)}"


def test_cells_that_no_interval_has_are_named():
    texts = {"fits": ("0.52", "-0.67", "1.71", ""), "slip": ("1.49", "1.1", "2.99", "0.05")}
    rows = [
        RegressionRow(Dichotomy(name, "gender", "any_of", "male"), *cells)
        for name, cells in texts.items()
    ]
    choices = described(regression=tuple(rows))
    assert choices.index[choices["kind"] == "left_out"].tolist() == ["multivariate.slip.ci_low"]


@pytest.mark.parametrize(
    ("outcome", "secured"),
    [("methods", {"bivariate": 32, "multivariate": 38}), ("regression", {})],
)
def test_tables_with_two_outcomes_say_so(outcome, secured):
    readings = published_targets(PRINTED, BOOK, outcome=outcome).readings
    said = {name: SAID.text(each) for name, each in readings.items() if name.endswith(".outcome")}
    assert said == {
        f"{table}.outcome": f"the tables do not share one outcome: {n} of 81 are secured here"
        for table, n in secured.items()
    }


@pytest.mark.parametrize(
    ("row", "printed", "lowest", "total"),
    [
        ("excellent_it_skills", (4.46, 2.99, 20.06), 6, 15),
        ("liberal_practice", (1.36, 0.53, 3.48), 23, 72),
    ],
)
def test_a_row_without_a_table_takes_the_nearest_one(row, printed, lowest, total):
    """Tableau 1 fixes how many are exposed; nearest to the odds ratio and to one of its bounds."""
    targets = published_targets(PRINTED, BOOK)
    chosen = tuple(count.n for count in targets.counts if count.id.startswith(f"bivariate.{row}."))

    def gap(both):
        a, b = both
        table = Table2x2([[a, 32 - a], [b, 49 - b]])
        found = table.log_oddsratio, *table.log_oddsratio_confint()
        estimate, low, high = np.abs(np.array(found) - np.log(printed))
        return estimate + min(low, high)

    tables = [(a, total - a) for a in range(lowest, 32) if 0 < total - a < 49 and a < 32]
    assert chosen == min(tables, key=gap)
    assert f"nearest has {chosen} exposed" in SAID.text(targets.readings[f"bivariate.{row}"])


def test_a_number_without_a_table_is_left_to_the_regression():
    targets = published_targets(PRINTED, BOOK)
    assert "left to the regression" in SAID.text(targets.readings["bivariate.age_under_45"])
    assert not [count for count in targets.counts if "age_under_45" in count.id]


def test_every_choice_is_said_in_french():
    labels = dict.fromkeys(BOOK.labels("levels"), "X")
    targets = published_targets(PRINTED, BOOK)
    choices = describe_choices(targets, BOOK)
    french = describe_choices(targets, BOOK, voice=Voice("fr", labels=labels))["reading"]
    assert [text for text in french if ENGLISH.search(text)] == []
    assert set(choices["kind"]) == {"contradiction", "rounding", "totals", "two_cuts", "left_out"}
