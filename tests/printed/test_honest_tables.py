"""Honest tables, made with R and statsmodels and printed as papers do, are not accused.

The sample in ``tests/reference/honest_tables.csv.gz`` is the beginning of what
``benchmarks/false_alarms.py`` makes and counts.
"""

import sys
from pathlib import Path

import pandas as pd
import pytest

from esslib.paths import resolve
from printed.declared import DECLARED

sys.path.insert(0, str(resolve("benchmarks")))
from false_alarms import Verdicts, judge
from printing import Style, printed_table, read_values, tables
from rates import MARKS, block

SAMPLE = Path(__file__).parents[1] / "reference" / "honest_tables.csv.gz"
VALUES = read_values(SAMPLE)
DESIGNS = VALUES["design"].unique().tolist()


@pytest.fixture(scope="module")
def sample():
    found = {}
    for job in tables(VALUES):
        found.setdefault(job[0], []).append(job)
    return found


def accused(found):
    return [(name, row) for name, row in found.faults() if not name.startswith("needs")]


@pytest.mark.parametrize("design", DESIGNS)
def test_honest_tables_are_not_accused(design, sample):
    assert accused(judge(sample[design][0])) == []


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("design", DESIGNS)
def test_no_honest_table_of_the_sample_is_accused(design, sample):
    assert [each for job in sample[design][1:] for each in accused(judge(job))] == []


def test_the_sample_is_of_many_designs():
    assert len(DESIGNS) >= 70
    assert VALUES.groupby("design")["table"].nunique().min() >= 4
    for option in set(DECLARED) - {"convention", "tails"}:
        assert VALUES[option].ne("").any(), option


LINE = {"row": "x", "group": "all", "statistic": "mean", "value": "2.695", "kind": "whole"}


@pytest.mark.parametrize(
    ("convention", "drops", "comma", "text"),
    [
        ("half_even", False, False, "2.69"),
        ("half_up", True, False, "2.7"),
        ("half_up", False, True, "2,70"),
        ("truncated", False, False, "2.69"),
    ],
)
def test_tables_are_printed_in_a_style(convention, drops, comma, text):
    how = Style(convention, 2, 1, 2, 3, True, False, drops, comma)
    row = printed_table(pd.DataFrame([LINE]), how).iloc[0]
    assert row[["printed", "kind", "convention"]].tolist() == [text, "whole", convention]


@pytest.mark.parametrize(
    ("star", "value", "text"),
    [(False, "0.0004", "<0.001"), (False, "0.0123", "0.012"), (True, "0.0123", "<0.050")],
)
def test_small_p_are_printed_as_bounds(star, value, text):
    how = Style("half_even", 2, 1, 2, 3, True, star, False, False)
    assert how.shown("p_value", value, False) == text


def test_an_accusation_is_noticed():
    """A table with an error in it, given as honest, counts in each column."""
    frame = pd.DataFrame({"check": ["c"], "where": ["a b"]})
    wrong, doubted = frame.assign(verdict="impossible"), frame.assign(verdict="needs")
    found = Verdicts("d", frame, wrong, doubted, "unreadable")
    names = {"impossible_declared", "needs_undeclared", "truth_left_out", "refused"}
    assert {name for name, _ in found.faults()} == names


def test_the_manual_tells_the_last_rates():
    text = resolve("printed/README.md").read_text(encoding="utf-8")
    assert MARKS.search(text)[0].split("\n", 1)[1] == f"{block()}<!-- end of rates -->"
