"""Published and simulated tables whose right verdict is known: no fault where there is none.

Facts only, each with its public source; what is simulated is true by construction.
"""

import pandas as pd
import pytest

from printed.consistency import audit
from printed.declared import DECLARED

FAULTS = ("needs", "impossible")


def cells(table, group, row, **numbers):
    return [(table, row, group, statistic, text) for statistic, text in numbers.items()]


def frame(rows, **declared):
    found = pd.DataFrame(rows, columns=["table", "row", "group", "statistic", "printed"])
    return found.assign(id=[f"x{k}" for k in range(len(found))], note="").assign(**declared)


def effects(lines, *, n="", statistic="odds_ratio"):
    """One row a line: name, estimate, ends and perhaps p; with the people of all, if given."""
    rows = cells("text", "all", "population", n=n) if n else []
    for line in lines.strip().splitlines():
        name, *texts = line.split()
        names = (statistic, "ci_low", "ci_high", "p_value")
        rows += cells("t", "all", name, **dict(zip(names, texts, strict=False)))
    return rows


def faults(rows, **declared):
    found = audit(frame(rows, **declared))
    return found[found["verdict"].isin(FAULTS)]


UNIVARIATE = """
age_years 1.083 1.046 1.122 <0.001
women 0.564 0.250 1.273 0.168
temperature 1.091 0.736 1.619 0.664
spo2 0.952 0.884 1.025 0.190
cvd 5.815 1.975 17.117 0.001
egfr 0.958 0.943 0.974 <0.001
crp 1.374 1.041 1.814 0.025
"""
SIMULATED_CRUDE = """
male 2.44 1.17 5.12 0.018
smoker 2.94 1.32 6.57 0.008
urban 0.64 0.30 1.37 0.253
age_per_year 1.05 1.01 1.08 0.006
crp_per_mg 1.03 0.99 1.07 0.102
"""
SIMULATED_ADJUSTED = """
male 3.82 1.58 9.23 0.003
smoker 2.95 1.21 7.16 0.017
urban 0.48 0.20 1.19 0.114
age_per_year 1.06 1.02 1.11 0.002
crp_per_mg 1.05 1.01 1.09 0.023
"""
ADJUSTED = """
ses_medium 1.14 0.75 1.74
ses_low 2.57 1.19 5.58
age_lt19 0.74 0.43 1.25
edu_lt7 1.21 0.58 2.56
preterm 2.95 1.04 8.38
abortion 0.52 0.17 1.63
"""
PROFILE = """
gre 1.0023 1.0001 1.0044 0.038
gpa 2.2345 1.1739 4.3238 0.015
rank2 0.5089 0.2723 0.9448 0.033
rank3 0.2618 0.1316 0.5115 <0.001
rank4 0.2119 0.0907 0.4707 <0.001
"""
LINEAR = "x1 0.93 0.36 1.49 0.004\nx2 0.44 -0.10 0.97 0.102"


@pytest.mark.parametrize(
    "rows",
    [
        effects(UNIVARIATE, n="259"),  # PMC7464087, table 2: continuous covariates
        effects(SIMULATED_CRUDE, n="120"),  # simulated: crude, binary and continuous
        effects(SIMULATED_ADJUSTED, n="120"),  # simulated: adjusted
        effects(ADJUSTED),  # doi:10.1186/1471-2458-5-20, table of adjusted odds ratios
        effects(LINEAR, statistic="coefficient"),  # simulated: 15 people, t intervals
    ],
    ids=["published crude", "crude", "adjusted", "published adjusted", "linear"],
)
def test_sound_effects_have_no_fault_though_nothing_is_declared(rows):
    assert faults(rows).empty


def test_profile_intervals_have_no_fault_once_declared():
    """UCLA's example of a logistic regression in R, confint of a glm."""
    rows = effects(PROFILE, n="400")
    assert faults(rows, interval="profile").empty
    undeclared = faults(rows)
    assert set(undeclared["verdict"]) == {"needs"}
    assert undeclared["readings"].str.contains("if not for a Wald interval").all()
    simulated = effects("x 10.69 3.37 38.75")
    assert faults(simulated, interval="profile").empty
    assert faults(simulated)["verdict"].tolist() == ["needs"]


def test_a_level_is_declared_or_told():
    rows = effects("x 5.60 1.71 18.37 0.017", n="37")
    assert faults(rows, level="90").empty
    ((verdict, readings),) = faults(rows)[["verdict", "readings"]].itertuples(index=False)
    assert verdict == "needs" and readings.startswith("only at 90 % or if not")
    assert not audit(frame(rows))["verdict"].eq("impossible").any()


BASELINE = {
    ("all", "72"): {
        "height": ("1.6", "0.1"),
        "weight": ("73.8", "15.7"),
        "frailty": ("0.2", "0.1"),
    },
    ("prebiotic", "36"): {"height": ("1.6", "0.1"), "weight": ("71.8", "14.0")},
    ("placebo", "36"): {"height": ("1.6", "0.1"), "weight": ("75.8", "17.2")},
}


def test_means_of_metres_and_ratios_are_no_whole_numbers():
    """PROMOTe trial, Nature Communications 2024, table 1."""
    rows = []
    for (group, n), means in BASELINE.items():
        rows += cells("table_1", group, "population", n=n)
        for name, (mean, sd) in means.items():
            rows += cells("table_1", group, name, mean=mean, sd=sd)
    assert faults(rows, kind="continuous").empty
    undeclared = faults(rows)
    assert set(undeclared["verdict"]) == {"needs"}
    assert set(undeclared["readings"]) == {"only of values that are not whole numbers"}


def test_percents_are_those_of_their_counts():
    """Cardiovascular Diabetology 2023, table 1: 63 of 195 are 32 %, 14 of 215 are 7 %."""
    people = {"before": "215", "after": "195"}
    rows = [row for group, n in people.items() for row in cells("t", group, "population", n=n)]
    printed = {
        ("before", "male"): ("80", "37"),
        ("after", "male"): ("71", "36"),
        ("before", "hypertension"): ("134", "62"),
        ("after", "hypertension"): ("63", "33"),
        ("before", "lipid_medication"): ("14", "6"),
    }
    for (group, name), (n, percent) in printed.items():
        rows += cells("t", group, f"{name}.yes", n=n, percent=percent)
    found = faults(rows)
    assert found["printed"].tolist() == ["33 63", "6 14"]
    assert found["expected"].tolist() == ["percent 32", "percent 7"]
    assert "if truncated" in found["readings"].iloc[1]


def test_a_lost_decimal_point_is_named():
    """PMC4382413: 17 [1.2, 2.3] beside five sound rows."""
    rows = effects("a 2.2 1.2 4.0\nb 5.2 1.7 15.5\nc 17 1.2 2.3\nd 9.1 2.0 41.1\ne 3.5 0.2 69.4")
    ((check, verdict, expected),) = faults(rows)[["check", "verdict", "expected"]].itertuples(
        index=False
    )
    assert (check, verdict) == ("interval_symmetry", "impossible")
    assert expected == "odds_ratio 1.7 (point)"


def test_each_study_has_its_own_people():
    rows = []
    for table, n, mean, sd in (("study1", "20", "4.40", "1.90"), ("study2", "33", "4.18", "1.99")):
        rows += cells(table, "control", "population", n=n)
        rows += cells(table, "control", "score", mean=mean, sd=sd)
    assert faults(rows).empty
    assert faults(rows, kind="whole").empty


def test_a_median_outside_its_range_is_impossible():
    rows = cells("t", "a", "population", n="20")
    rows += cells("t", "a", "score", median="12", min="1", max="10")
    rows += cells("t", "a", "age", min="50", max="40", mean="60.0", sd="3.0")
    found = faults(rows)
    assert set(found["verdict"]) == {"impossible"}
    assert found["check"].tolist().count("order_of_values") == 2


def test_a_lone_mean_is_cleared_by_truncation_only_when_that_is_said():
    rows = cells("t", "a", "population", n="18") + cells("t", "a", "score", mean="3.55", sd="1.04")
    scores = frame(rows, **dict.fromkeys(DECLARED, ""))
    is_score = scores["row"].eq("score")
    for convention, verdict in (
        ("", "needs"),
        ("rounded", "impossible"),
        ("truncated", "consistent"),
    ):
        scores.loc[is_score, ["kind", "n", "convention"]] = ["whole", "18", convention]
        found = audit(scores).set_index("check").loc["granularity"]
        assert found["verdict"] == verdict
        assert found["readings"] == ("only if truncated" if verdict == "needs" else "")
