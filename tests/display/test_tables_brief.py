"""Short tables, and the tables of the audit."""

import pandas as pd
import pytest
from helpers import speaking

from esslib.display import tables
from printed.book import VERDICTS


def voice(**labels):
    return speaking(labels=labels, is_synthetic=True)


def plain(cells):
    return [[text.replace("\N{NO-BREAK SPACE}", " ") for text in row] for row in cells]


def test_counts_come_most_frequent_first():
    codes = pd.Series(["sms", "phone", "phone", None], name="tool")

    table = tables.counts(codes, voice(phone="Téléphone", sms="SMS"))

    assert table.rows() == [["Téléphone", "2"], ["SMS", "1"]]
    assert table.cells.columns.tolist() == ["Outil de communication privilégié", "n"]
    assert "synthétiques" in table.mark


def test_scores_are_shown_by_contrast():
    summary = pd.DataFrame(
        {
            "contrast": "primary",
            "group": ["users", "non_users"],
            "n": [21, 60],
            "mean": [63.94, 47.31],
            "sd": [10.46, 12.0],
            "median": [64.0, 46.5],
            "q1": [58.0, 38.0],
            "q3": [70.5, 55.0],
            "min": [40.0, 22.0],
            "max": [80.0, 71.5],
        }
    )

    table = tables.score_summary(summary, voice(users="Utilisateurs"))

    assert plain(table.rows())[0] == [
        "Utilisateurs", "21", "63,9 ± 10,5", "64,0 [58,0 ; 70,5]", "[40,0 ; 80,0]",
    ]  # fmt: skip
    assert table.sections == ("primary", "primary")


def test_reliability_never_reads_as_one():
    frame = pd.DataFrame(
        {"statistic": ["alpha_complete"], "estimate": [0.998], "ci_low": [0.9], "ci_high": [1.0]}
    )

    (row,) = plain(tables.reliability_statistics(frame, voice()).rows())

    assert row[0].startswith("Alpha")
    assert row[1:] == ["> 0,99", "[0,90 ; 1,00]"]


def test_reliability_without_a_value_is_a_dash_and_counts_are_whole():
    frame = pd.DataFrame(
        {
            "statistic": ["n_complete", "alpha_complete", "omega_ordinal"],
            "estimate": [2.0, None, 0.9],
            "ci_low": None,
            "ci_high": None,
        }
    ).astype({"estimate": float, "ci_low": float, "ci_high": float})

    table = tables.reliability_statistics(frame, voice())

    assert [row[1:] for row in table.rows()] == [["2", "–"], ["–", "–"], ["0,90", "–"]]
    assert any(note.startswith("Un tiret") for note in table.notes)


def test_summary_of_the_audit_counts_verdicts():
    frame = pd.DataFrame(
        {"check": ["two_by_two"], **dict(zip(VERDICTS, [[10], [0], [0], [4]], strict=True))}
    )

    assert tables.audit_summary(frame, voice()).rows() == [
        ["Tableau à quatre cases", "10", "0", "0", "4"]
    ]


@pytest.fixture
def finding() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "check": ["interval_symmetry"],
            "where": ["bivariate.age_under_45.all.odds_ratio bivariate.age_under_45.all.ci_low"],
            "printed": ["0.59 -0.43"],
            "verdict": ["impossible"],
            "readings": [""],
            "expected": ["0.90"],
            "proof": ["<script>"],
        }
    )


def test_findings_name_each_row_once_and_stay_text(finding):
    table = tables.findings(finding, voice(age_under_45="Âge < 45 ans"))

    (row,) = table.rows()
    assert row[:3] == ["Âge < 45 ans", "0,59 · −0,43", "impossible"]
    assert table.sections == ("Intervalle et estimation",)
    assert table.mark == ""  # it is of the print, whatever cohort is analysed
    assert "<script>" not in tables.as_html(table)


def test_findings_need_their_columns(finding):
    with pytest.raises(ValueError, match="proof"):
        tables.findings(finding.drop(columns="proof"), voice())


def test_fidelity_shows_the_recomputed_number_at_the_printed_precision():
    frame = pd.DataFrame(
        {
            "id": ["multivariate.urban.all.coefficient"],
            "printed": ["-0.76"],
            "recomputed": ["-0.7549"],
            "status": ["differs"],
            "reason": [""],
        }
    )

    table = tables.fidelity(frame, voice(urban="Zone urbaine"))

    assert table.rows() == [["Zone urbaine", "Coefficient", "−0,76", "−0,75", "différent"]]
    assert table.sections == ("Analyse multivariée",)


def test_a_row_on_the_points_of_an_answer_bears_the_name_of_the_answer():
    frame = pd.DataFrame(
        {
            "id": ["methods.ess_points.agree.all.points"],
            "printed": ["4"],
            "recomputed": ["1"],
            "status": ["differs"],
            "reason": [""],
        }
    )

    assert tables.fidelity(frame, voice(n_agree="D'accord")).rows()[0][0] == "D'accord"


def test_the_risk_is_told_with_the_smallest_count_of_the_study():
    frame = pd.DataFrame(
        [["age x town", 40, 1, 22, 60, 74.1]],
        columns=["known", "n_classes", "k", "n_unique", "n_below", "percent_below"],
    )

    table = tables.reidentification(frame, speaking("en", labels={"age": "Age"}, min_count=5))

    assert table.rows() == [["Age, town", "40", "1", "22", "60", "74%"]]
    assert table.cells.columns[-2] == "Respondents in a class of fewer than 5"


COHORTS = pd.DataFrame(
    {
        "cohort": ["north", "south", "none"],
        "status": ["done", "done", "failed"],
        "error": ["", "", "empty"],
        "n_a": [21.0, 0.0, None],
        "n_b": [60.0, 9.0, None],
        "mean_a": [63.9, None, None],
        "mean_b": [47.3, 50.0, None],
        "difference": [16.6, None, None],
        "ci_low": [11.0, None, None],
        "ci_high": [22.3, None, None],
        "p_value": [0.0001, None, None],
        "weight_percent": [100.0, None, None],
    }
)


def test_cohorts_stand_under_the_names_of_their_groups():
    contrast = pd.DataFrame({"group_a": ["users"], "group_b": ["non_users"]})
    speaker = voice(users="Utilisateurs")

    table = tables.cohorts(COHORTS.head(2), contrast, speaker)

    assert [heading[:12] for heading in table.cells.columns[1:3]] == [
        "Utilisateurs",
        "non_users, m",
    ]
    assert plain(table.rows())[0][-3:] == ["16,6 [11,0 ; 22,3]", "< 0,001", "100,0 %"]
    assert plain(table.rows())[1][1:] == ["–", "50,0 (9)", "–", "–", "– %"]
    assert tables.cohorts_failed(COHORTS, speaker).rows() == [["none", "empty"]]
