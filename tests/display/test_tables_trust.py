"""How far the predictors can be trusted: tables, figure and sentences on small typed frames."""

from dataclasses import replace

import matplotlib as mpl
import pandas as pd
import pytest
from helpers import speaking, unchanged
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from esslib.display import figures, tables
from printed.numerals import NO_BREAK

VOICE = speaking(labels={"a": "Âge < 45 ans", "b": "Zone urbaine"}, is_synthetic=True)
ONE_BY_ONE = pd.DataFrame(
    {
        "covariate": ["a", "b"],
        "risk_exposed": [0.61, 0.3],
        "risk_unexposed": [0.31, None],
        "risk_difference": [0.298, None],
        "ci_low": [0.06, None],
        "ci_high": [0.497, None],
        "p_value": [0.013, None],
        "p_holm": [0.026, None],
        "p_bh": [0.0001, None],
    }
)
TOGETHER = pd.DataFrame(
    {
        "covariate": ["a", "b"],
        "coefficient": [1.49, -0.76],
        "ci_low": [-0.005, -1.76],
        "ci_high": [2.988, 0.24],
        "p_value": [0.051, 0.136],
        "firth_coefficient": [1.206, -0.634],
        "firth_ci_low": [-0.078, -1.57],
        "firth_ci_high": [2.654, 0.266],
        "firth_p": [0.066, 0.169],
        "profile_coefficient": [1.49, -0.76],
        "profile_ci_low": [0.064, -1.795],
        "profile_ci_high": [3.105, 0.223],
        "profile_p": [0.04, 0.13],
        "vif": [1.174, 1.037],
    }
)
FIT = pd.DataFrame({"n": [81], "n_events": [49], "events_per_variable": [2.667]})
VALIDATION = pd.DataFrame(
    {
        "statistic": ["auc", "brier", "calibration_slope", "calibration_intercept"],
        "apparent": [0.738, 0.2, 1.0, 0.0],
        "corrected": [0.604, 0.28, 0.444, -0.08],
        "n_used": 977,
        "n_resamples": 1000,
    }
)
EITHER = pd.DataFrame(
    [
        ["bivariate", "methods", "a", 1.05, 0.04, 2.05, 0.038],
        ["bivariate", "regression", "a", 1.24, 0.24, 2.25, 0.013],
        ["multivariate", "methods", "a", 0.94, -0.19, 2.07, 0.103],
        ["multivariate", "regression", "a", 1.18, 0.05, 2.3, 0.041],
    ],
    columns=["analysis", "definition", "covariate", "estimate", "ci_low", "ci_high", "p_value"],
)
OWN_LABELS = {"bivariate": {"a": "Chaque mois"}, "multivariate": {"a": "Chaque semaine"}}
CALIBRATION = pd.DataFrame(
    {
        "n": [17, 16],
        "predicted": [0.196, 0.816],
        "observed": [0.176, 0.812],
        "ci_low": [0.062, 0.57],
        "ci_high": [0.41, 0.934],
    }
)


def plain(text):
    return text.replace(NO_BREAK, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def rows(table):
    return [[plain(cell) for cell in row] for row in table.rows()]


def test_risks_are_percentages_and_differences_points():
    table = tables.association_checks(ONE_BY_ONE, VOICE)
    assert rows(table) == [
        ["Âge < 45 ans", "61 %", "31 %", "30 [6 ; 50]", "0,013", "0,026", "< 0,001"],
        ["Zone urbaine", "30 %", "– %", "– [– ; –]", "–", "–", "–"],
    ]
    assert "synthétiques" in table.mark


def test_three_estimators_stand_side_by_side():
    table = tables.association_checks(TOGETHER, replace(VOICE, alpha=0.1))
    assert rows(table)[0] == [
        "Âge < 45 ans",
        "1,49 [−0,01 ; 2,99], p = 0,051",
        "1,49 [0,06 ; 3,11], p = 0,040",
        "1,21 [−0,08 ; 2,65], p = 0,066",
    ]
    assert plain(table.cells.columns[2]) == "Profil [IC 90 %], p"


def test_each_analysis_keeps_its_own_labels():
    table = tables.either_definition(EITHER, speaking(covariates=OWN_LABELS))
    assert rows(table) == [
        ["Chaque mois", "1,05 [0,04 ; 2,05], p = 0,038", "1,24 [0,24 ; 2,25], p = 0,013"],
        ["Chaque semaine", "0,94 [−0,19 ; 2,07], p = 0,103", "1,18 [0,05 ; 2,30], p = 0,041"],
    ]
    assert table.sections == ("Analyse bivariée", "Analyse multivariée")
    assert "selon les méthodes" in table.cells.columns[1]
    assert "selon le tableau bivarié" in table.cells.columns[2]


def test_trust_shows_apparent_and_corrected():
    table = tables.model_trust(FIT, TOGETHER, VALIDATION, VOICE)
    assert [row[:3] for row in rows(table)] == [
        ["Événements par covariable", "2,7", "–"],
        ["Inflation de la variance", "1,0 à 1,2", "–"],
        ["AUC", "0,74", "0,60"],
        ["Pente de calibration", "1,00", "0,44"],
    ]


@pytest.mark.parametrize(
    ("make", "frames", "column"),
    [
        (tables.association_checks, [ONE_BY_ONE], "p_bh"),
        (tables.association_checks, [TOGETHER], "profile_p"),
        (tables.either_definition, [EITHER], "definition"),
        (tables.model_trust, [FIT, TOGETHER, VALIDATION], "corrected"),
    ],
)
def test_a_missing_column_is_named(make, frames, column):
    *others, last = frames
    with pytest.raises(ValueError, match=f"no column '{column}'"):
        make(*others, last.drop(columns=column), VOICE)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_word_exists_in_both_languages(lang):
    voice = replace(VOICE, lang=lang)
    made = [
        tables.association_checks(ONE_BY_ONE, voice),
        tables.association_checks(TOGETHER, voice),
        tables.either_definition(EITHER, voice),
        tables.model_trust(FIT, TOGETHER, VALIDATION, voice),
    ]
    texts = [cell for table in made for row in table.rows() for cell in row]
    texts += [name for table in made for name in table.cells.columns]
    assert not [text for text in texts if "{" in text]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_calibration_draws_every_group_within_the_figure(lang):
    with mpl.rc_context(), style.context("esslib.display.ess"), unchanged(CALIBRATION):
        figure = Figure(figsize=(6.3, 3.1), layout="constrained")
        FigureCanvasAgg(figure)
        ax = figure.subplots()
        assert figures.calibration_plot(ax, CALIBRATION, speaking(lang))
        figure.canvas.draw()
        covered, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    assert covered.x0 >= 0 and covered.x1 <= width and covered.y0 >= 0 and covered.y1 <= height
    points = next(line for line in ax.lines if line.get_marker() == "o")
    assert points.get_xydata().ravel().tolist() == pytest.approx([19.6, 17.6, 81.6, 81.2])


def test_calibration_needs_its_columns_and_says_what_it_shows():
    with pytest.raises(ValueError, match="calibration_plot: the frame has no column 'ci_high'"):
        figures.calibration_plot(Figure().subplots(), CALIBRATION.drop(columns="ci_high"), VOICE)
    text = plain(figures.calibration_plot(Figure().subplots(), CALIBRATION, VOICE))
    assert "en 2 groupes" in text
    assert "prédit 82 %, observé 81 % (de 57 % à 93 %)" in text
