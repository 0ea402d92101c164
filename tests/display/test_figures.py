"""Figures: what they write, that they change nothing, and that their bytes are always the same."""

import importlib.util
import re
import runpy
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from helpers import speaking, surroundings
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.patches import Circle
from matplotlib.text import Text
from pandas.testing import assert_frame_equal

from esslib.display import figures
from esslib.display.figures.cells import EDGE
from esslib.display.figures.style import for_screen, mark
from printed.numerals import MINUS, NO_BREAK

ROOT = Path(__file__).parents[2]
LABELS = {
    "users": "Utilisateurs",
    "non_users": "Non-utilisateurs",
    "secured_other": "Autres sécurisés",
    "non_secured": "Non sécurisés",
    "salaried": "Salarié",
    "no_tool": "Sans outil",
    "59": "Nord",
    "62": "Pas-de-Calais",
    "q01": "Accès verrouillé",
    "q02": "Interlocuteur en cas de problème",
    "n_a": "D'accord",
    "n_b": "Plutôt",
    "n_c": "Plutôt pas",
    "n_d": "Pas",
    "n_na": "Sans objet",
}
COVARIATES = {"male": "Sexe masculin", "urban": "Zone urbaine", "zip_zone": "Zone ZIP, ZAC ou ZAR"}
VOICE = speaking(
    labels=LABELS,
    covariates={"bivariate": COVARIATES, "multivariate": COVARIATES},
    groups=("users", "non_users", "secured_other", "non_secured"),
    limits=(20, 80),
)
SYNTHETIC = replace(VOICE, is_synthetic=True)
FLOW = pd.DataFrame(
    [
        ("invited", "all", 1450, None),
        ("no_response", "all", 1441, "no_response"),
        ("responses", "all", 9, None),
        ("excluded", "all", 4, "salaried"),
        ("excluded", "all", 0, "no_tool"),
        ("included", "all", 5, ""),
        ("analysed", "non_users", 3, None),
        ("analysed", "users", 2, None),
        ("without_score", "non_users", 1, None),
        ("without_score", "users", 0, None),
    ],
    columns=["step", "group", "n", "excluded_because"],
)
PLACES = pd.DataFrame(
    {
        "departement": ["59", "59", "62", "62", None],
        "group": ["non_users", "users"] * 2 + ["users"],
        "n": [16, 4, 1, 0, 2],
    }
)
SCORES = pd.DataFrame(
    {
        "group": ["users", "users", "non_users", "non_users", "non_users", None, "users"],
        "ess_total": [80.0, 61.5, 40.0, 40.5, 20.0, 50.0, np.nan],
    }
)
SUMMARY = pd.DataFrame(
    {
        "group": ["non_users", "users"],
        "n": [3, 2],
        "mean": [33.5, 70.75],
        "sd": [11.69, 13.08],
        "median": [40.0, 70.75],
        "q1": [30.0, 66.1],
        "q3": [40.25, 75.4],
        "min": [20.0, 61.5],
        "max": [40.5, 80.0],
        "shapiro_p": [0.0004, 0.32],
    }
)
TEST = pd.DataFrame(
    {"difference": [37.25], "ci_low": [-0.44], "ci_high": [75.0], "p_value": [0.0004]}
)
QUANTILES = pd.DataFrame(
    {
        "group": ["non_users"] * 3 + ["users"] * 2,
        "expected": [16.0, 33.5, 51.0, 61.5, 80.0],
        "observed": [20.0, 40.0, 40.5, 61.5, 80.0],
    }
)
ITEMS = pd.DataFrame(
    [
        ("q01", "users", 1, 1, 1, 1, 0),
        ("q02", "users", 0, 0, 1, 0, 3),
        ("q01", "non_users", 5, 0, 0, 0, 5),
        ("q02", "non_users", 0, 9, 1, 0, 0),
    ],
    columns=["item", "group", "n_a", "n_b", "n_c", "n_d", "n_na"],
)
MEANS = pd.DataFrame(
    {"non_secured": [1.75, 3.4], "users": [3.9, np.nan], "secured_other": [3.2, 3.5]},
    index=["q01", "q02"],
)
BLOCKS = {
    "mean_points": MEANS,
    "share_percent": pd.DataFrame({"users - non_secured": [9.4, -2.0]}, index=MEANS.index),
    "na_percent": MEANS * 10,
}
COMPONENTS = pd.DataFrame(
    {
        "component": [1, 2, 3],
        "eigenvalue": [2.1, 0.95, -0.05],
        "random_quantile": [1.4, 1.0, 0.7],
        "is_retained": [1, 0, 0],
    }
)
BIVARIATE = pd.DataFrame(
    [
        ("male", 1.0, 0.41, 2.45, 0.9996),
        ("urban", 4.46, 1.26, 20.06, 0.0002),
        ("zip_zone", np.inf, 0.9, np.inf, 0.06),
    ],
    columns=["covariate", "odds_ratio", "ci_low", "ci_high", "p_value"],
)
MULTIVARIATE = pd.DataFrame(
    [("male", 0.2, -0.89, 1.41, 0.66), ("urban", -1.14, -2.34, -0.07, 0.049)],
    columns=["covariate", "coefficient", "ci_low", "ci_high", "p_value"],
)
FIDELITY = pd.DataFrame(
    {
        "where": ["Tableau 1"] * 30 + ["Résultats 3"] * 2,
        "status": ["reproduced"] * 20 + ["impossible"] + ["differs"] * 9 + ["reproduced"] * 2,
    }
)
MULTIVERSE = pd.DataFrame(
    {
        "contrast": ["primary"] * 4,
        "na_rule": ["item_median", "item_mean"] * 2,
        "score_direction": ["agreement_is_secure"] * 2 + ["literal"] * 2,
        "estimate": [16.6, 15.0, -16.6, -15.0],
        "ci_low": [10.0, -1.0, -22.0, -21.0],
        "ci_high": [22.0, 30.0, -10.0, 1.0],
        "p_value": [0.001, 0.06, 0.001, 0.06],
        "is_reference": [True, False, False, False],
    }
)
VERDICTS = pd.DataFrame(
    {
        "contrast": ["primary", "urban"],
        "n": [4, 9],
        "n_without_estimate": [0, 1],
        "n_holding": [1, 6],
        "percent": [25.0, 75.0],
        "choice": [None, None],
    }
)
CONCLUSIONS = pd.DataFrame(
    {
        "contrast": ["primary", "urban"],
        "kind": ["contrast", "predictor"],
        "label_fr": ["l'un est plus sûr", "la ville compte"],
        "label_en": ["one is safer", "towns matter"],
    }
)
OF_A_PREDICTOR = MULTIVERSE.assign(contrast="urban")
POSITIONS = pd.DataFrame(
    [
        ("male", "coefficient", 0.5, True),
        ("male", "ci_low", -22.1, False),
        ("male", "ci_high", -0.9, True),
        ("urban", "coefficient", 0.0, True),
        ("urban", "ci_low", 0.0, True),
        ("urban", "ci_high", 1.0, True),
    ],
    columns=["covariate", "cell", "position", "met"],
)


CALIBRATION = pd.DataFrame(
    {
        "n": [17, 16],
        "predicted": [0.196, 0.816],
        "observed": [0.176, 0.812],
        "ci_low": [0.062, 0.57],
        "ci_high": [0.41, 0.934],
    }
)
CURVE = pd.DataFrame(
    {
        "n_total": [20, 80, 400],
        "power": [0.2, 0.6, 0.99],
        "power_low": [0.18, 0.58, 0.98],
        "power_high": [0.22, 0.62, 1.0],
        "noether": [0.21, 0.61, 0.98],
        "half_width": [9.5, 4.4, 1.9],
    }
)
COHORTS = pd.DataFrame(
    {
        "cohort": ["a", "b"],
        "difference": [16.6, 12.1],
        "ci_low": [11.0, 6.5],
        "ci_high": [22.2, 17.7],
    }
)
POOLED = pd.DataFrame(
    {
        "n_cohorts": [2],
        "estimate": [14.3],
        "ci_low": [8.1],
        "ci_high": [20.5],
        "prediction_low": [4.0],
        "prediction_high": [24.6],
        "i2": [20.0],
        "tau2": [2.0],
        "q": [1.2],
        "q_p": [0.27],
        "method": ["paule_mandel"],
    }
)
# Name: figure, its frames.
DRAWINGS = {
    "flow": (figures.flow_chart, FLOW),
    "map": (figures.map_respondents, PLACES),
    "boxes": (figures.box_plot, SCORES, SUMMARY, TEST),
    "distribution": (figures.distribution, QUANTILES, SUMMARY),
    "likert": (figures.items_likert, ITEMS),
    "scree": (figures.scree, COMPONENTS),
    "heat": (figures.item_heatmap, BLOCKS),
    "bivariate": (figures.forest, BIVARIATE),
    "multivariate": (figures.forest, MULTIVARIATE),
    "fidelity": (figures.fidelity_tiles, FIDELITY),
    "multiverse": (figures.specification_curve, MULTIVERSE, VERDICTS, CONCLUSIONS),
    "cells": (figures.cell_positions, POSITIONS),
    "calibration": (figures.calibration_plot, CALIBRATION),
    "power": (figures.power_by_size, CURVE, 0.8),
    "precision": (figures.precision_by_size, CURVE, 4.0),
    "cohorts": (figures.forest_cohorts, COHORTS, POOLED),
}
# Drawn from a view of rows, not from result frames: tests/chapters/test_explore.py.
OF_VIEWS = {figures.explored_boxes}


def test_every_figure_is_drawn_here():
    makers = {found for found in vars(figures).values() if hasattr(found, "height_cm")}
    assert len(makers) > 10
    assert makers == {figure for figure, *_ in DRAWINGS.values()} | OF_VIEWS


each_drawing = pytest.mark.parametrize("name", DRAWINGS)


@pytest.fixture(autouse=True)
def shipped_style():
    with mpl.rc_context(), style.context("esslib.display.ess"):
        yield


def axes(height=9.0):
    fig = Figure(figsize=figures.figure_size(height))
    FigureCanvasAgg(fig)
    return fig.subplots()


def draw(figure, *frames, **changes):
    """Axes of the height that the figure wants, with the figure, and its alternative text."""
    height = figure.height_cm
    ax = axes(height(*frames) if callable(height) else height)
    return ax, figure(ax, *frames, replace(VOICE, **changes))


def drawn(name, **changes):
    return draw(*DRAWINGS[name], **changes)[0]


def said(figure, *frames, **changes):
    return draw(figure, *frames, **changes)[1].replace(NO_BREAK, " ")


def texts(ax):
    """Every visible text of the figure, line breaks and no-break spaces turned into spaces."""
    ax.figure.canvas.draw()
    found = [text.get_text() for text in ax.figure.findobj(Text) if text.get_visible()]
    return [" ".join(text.replace(NO_BREAK, " ").split()) for text in found if text]


def frames_of(name):
    for given in DRAWINGS[name][1:]:
        yield from given.values() if isinstance(given, dict) else [given]


@each_drawing
def test_a_text_comes_back_and_the_frames_are_unchanged(name):
    tables = [frame for frame in frames_of(name) if isinstance(frame, pd.DataFrame)]
    before = [frame.copy(deep=True) for frame in tables]
    _, alt = draw(*DRAWINGS[name])
    assert alt and "{" not in alt
    for frame, old in zip(tables, before, strict=True):
        assert_frame_equal(frame, old)


@each_drawing
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_clipped_and_all_is_readable(name, lang):
    fig = drawn(name, lang=lang).figure
    mark(fig, replace(SYNTHETIC, lang=lang))
    fig.canvas.draw()
    covered = fig.get_tightbbox()
    width, height = fig.get_size_inches()
    assert covered.x0 >= 0 and covered.x1 <= width
    assert covered.y0 >= 0 and covered.y1 <= height
    shown = [text for text in fig.findobj(Text) if text.get_visible() and text.get_text()]
    assert min(text.get_fontsize() for text in shown) >= 8


@pytest.mark.parametrize("name", sorted(DRAWINGS.keys() - {"heat"}))  # its columns are the classes
def test_a_missing_column_is_named(name):
    figure, frame, *others = DRAWINGS[name]
    column = {
        "likert": "item",
        "fidelity": "where",
        "multiverse": "estimate",
        "power": "noether",
        "cohorts": "difference",
    }.get(name, frame.columns[-1])
    with pytest.raises(ValueError, match=f"the frame has no column '{column}'; it has '"):
        figure(axes(), frame.drop(columns=column), *others, VOICE)


@each_drawing
def test_languages_differ(name):
    fr, en = texts(drawn(name)), texts(drawn(name, lang="en"))
    assert fr != en
    assert not any("{" in text for text in fr + en)


def test_flow_names_the_reasons_that_occurred():
    shown = texts(drawn("flow"))
    assert "Non inclus : 4 – Salarié : 4" in shown
    assert "Invitations envoyées : 1 450" in shown
    assert "Sans réponse : 1 441" in shown
    assert "Non-utilisateurs Analysés : 3 Sans score, faute d'une réponse : 1" in shown
    assert not any("Sans outil" in text for text in shown)


def test_flow_sets_the_groups_in_the_order_of_the_study():
    ax = drawn("flow")
    left = {text.get_text().split("\n")[0]: text.get_position()[0] for text in ax.texts}
    assert left["Utilisateurs"] < left["Non-utilisateurs"]


def test_map_circles_have_areas_in_proportion():
    ax = drawn("map")
    areas = sorted(patch.get_radius() ** 2 for patch in ax.patches if isinstance(patch, Circle))
    assert np.allclose(np.array(areas) / areas[0], [1, 4, 16])


def test_map_carries_its_credit_and_the_unstated():
    shown = texts(drawn("map"))
    assert "Non précisé : 2 Fond de carte : " + figures.read_outlines().credit in shown
    assert {"Nord", "Pas-de-Calais", "Utilisateurs (6)", "Non-utilisateurs (17)"} <= set(shown)


def test_map_refuses_a_departement_without_outline():
    elsewhere = PLACES.replace({"departement": {"62": "75"}})
    with pytest.raises(ValueError, match="no outline for département 75"):
        figures.map_respondents(axes(), elsewhere, VOICE)


def test_outlines_are_flattened_paths():
    path = ROOT / "data" / "map" / "make_outlines.py"
    spec = importlib.util.spec_from_file_location("make_outlines", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    rings = script.rings_of("m 10,20 4,0 0,4 z m 1,1 2,0 0,2 z")
    assert rings == [[(10, -20), (14, -20), (14, -24)], [(11, -21), (13, -21), (13, -23)]]
    square = [(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0)]
    assert script.roomiest_point(square)[0] == 4
    with pytest.raises(ValueError, match="path commands"):
        script.rings_of("m 0,0 c 1,1 2,2 3,3 z")


def test_boxes_write_their_numbers():
    shown = texts(drawn("boxes"))
    assert (
        f"Différence des moyennes : 37,3 points [{MINUS}0,4 ; 75,0], p < 0,001 (Mann-Whitney)"
        in shown
    )
    assert "Utilisateurs n = 2 moyenne ± écart type : 70,8 ± 13,1" in shown
    assert "Score e-Santé Sécurité (20 à 80 points)" in shown


def test_boxes_show_every_score_once_median_and_mean():
    ax = drawn("boxes")
    assert ax.get_ylim() == (20, 80)
    points = [line.get_ydata() for line in ax.lines if line.get_linestyle() == "None"]
    assert [list(values) for values in points] == [[61.5, 80.0], [20.0, 40.0, 40.5]]
    level = {
        line.get_linestyle(): line.get_ydata()[0] for line in ax.lines if line.get_linewidth() > 1.2
    }
    assert level == {"-": 40.0, ":": pytest.approx(33.5)}


def test_distribution_shows_shares_and_every_score_beside_its_quantile():
    shares, normal = drawn("distribution").child_axes
    steps = [line.get_xydata()[1:].tolist() for line in shares.lines]
    thirds = [[20.0, 100 / 3], [40.0, 200 / 3], [40.5, 100.0]]
    assert steps == [[[61.5, 50.0], [80.0, 100.0]], pytest.approx(np.array(thirds))]
    assert shares.lines[0].get_linestyle() != shares.lines[1].get_linestyle()
    assert shares.get_xlim() == normal.get_ylim() == (20, 80)
    points = [line.get_xydata().tolist() for line in normal.lines if line.get_marker() in "os"]
    assert points == [QUANTILES.iloc[rows, 1:].to_numpy().tolist() for rows in ([3, 4], [0, 1, 2])]
    assert normal.get_xlim()[0] < 16
    assert {"Utilisateurs", "Non-utilisateurs"} <= set(texts(normal))


def test_points_do_not_touch_nor_depend_on_the_row_order():
    def dots(scores):
        ax, _ = draw(figures.box_plot, scores, SUMMARY, TEST)
        lines = [line for line in ax.lines if line.get_linestyle() == "None"]
        return [line.get_xydata() for line in lines]

    crowd = pd.DataFrame(
        {"group": "users", "ess_total": [50.0, 50.5, 50.0, 51.0, 52.0, 70.0] + [60.0] * 30}
    )
    (there,), (back,) = dots(crowd), dots(crowd[::-1])
    assert np.array_equal(there, back)
    assert there[:, 0].max() < 1 - 0.35  # the next box begins here
    same_column = [a[0] == b[0] and abs(a[1] - b[1]) < 1 for a, b in pairwise(there)]
    assert not any(same_column)


def test_groups_keep_colour_and_place_across_figures():
    def look(groups):
        scores = pd.DataFrame({"group": groups, "ess_total": [60.0] * len(groups)})
        ax, _ = draw(figures.box_plot, scores, SUMMARY, TEST)
        lines = [line for line in ax.lines if line.get_linestyle() == "None"]
        return [(line.get_color(), line.get_marker()) for line in lines]

    assert look(["non_users", "users"])[0] == look(["secured_other", "users"])[0] == ("C0", "o")


def test_test_of_several_contrasts_is_refused():
    with pytest.raises(ValueError, match="test has 2 rows; give those of one contrast"):
        draw(figures.box_plot, SCORES, SUMMARY, pd.concat([TEST, TEST]))


def test_likert_bars_add_up_and_end_with_the_answer_apart():
    ax = drawn("likert")
    bars = [(bar.get_y(), bar.get_x(), bar.get_width(), bar.get_hatch()) for bar in ax.patches]
    starts = {round(x, 6) for _, x, _, _ in bars}
    first, second = 0.0, 112.0
    assert {first, second} <= starts
    for start in (first, second):
        ends = [(y, x + w, h) for y, x, w, h in bars if start <= x <= start + 100]
        last = [end for y, end, hatch in ends if hatch == "xxxx"]
        assert last == pytest.approx([start + 100] * 2)


def test_likert_without_groups_is_one_panel():
    one = ITEMS[ITEMS["group"] == "users"].drop(columns="group")
    ax, _ = draw(figures.items_likert, one)
    assert ax.get_xlim() == (0, 100)


def test_heat_has_a_cell_per_number_in_the_order_of_the_study():
    ax = drawn("heat")
    cells = [text.get_text() for text in ax.texts]
    assert cells[:5] == ["3,9", "3,2", "1,8", "3,5", "3,4"]  # a missing number has no cell
    assert [text.get_text().replace("\n", " ") for text in ax.get_xticklabels()][:4] == [
        "Utilisateurs", "Autres sécurisés", "Non sécurisés", f"Utilisateurs {MINUS} Non sécurisés",
    ]  # fmt: skip
    assert [text.get_text() for text in ax.get_yticklabels()] == [LABELS[q] for q in MEANS.index]


def test_heat_leaves_an_empty_block_blank():
    blank = BLOCKS["share_percent"] * np.nan
    ax, _ = draw(figures.item_heatmap, {**BLOCKS, "share_percent": blank})
    assert len([text for text in texts(ax) if "," in text or text.isdigit()]) == 10


@pytest.mark.parametrize(
    ("blocks", "message"),
    [({"median": MEANS}, "median is none of"), ({**BLOCKS, "na_percent": MEANS[:1]}, "same rows")],
)
def test_heat_refuses_blocks_that_do_not_fit(blocks, message):
    with pytest.raises(ValueError, match=message):
        draw(figures.item_heatmap, blocks)


def test_scree_shows_every_eigenvalue_and_fills_those_retained():
    every, retained, random = drawn("scree").lines
    assert every.get_ydata().tolist() == COMPONENTS["eigenvalue"].tolist()
    assert retained.get_xdata().tolist() == [1]
    assert random.get_ydata().tolist() == COMPONENTS["random_quantile"].tolist()
    assert every.axes.get_ylim()[0] <= -0.05


def test_forest_writes_its_columns():
    shown = texts(drawn("bivariate"))
    assert {"OR [IC 95 %]", "1,00 [0,41 ; 2,45]", "> 0,999", "< 0,001"} <= set(shown)
    assert {"0,5", "20", "Zone ZIP, ZAC ou ZAR", "∞ [0,90 ; ∞]"} <= set(shown)
    assert f"{MINUS}1,14 [{MINUS}2,34 ; {MINUS}0,07]" in texts(drawn("multivariate"))


def test_forest_axes():
    odds, coefficients = drawn("bivariate"), drawn("multivariate")
    assert odds.get_xscale() == "log" and coefficients.get_xscale() == "linear"
    assert odds.lines[0].get_xdata()[0] == 1 and coefficients.lines[0].get_xdata()[0] == 0
    low, high = odds.get_xlim()
    assert low <= 0.41 and high >= 20.06


def test_forest_of_a_wide_range_has_few_ticks():
    wide = BIVARIATE.assign(ci_low=[0.03, 1.26, 0.9])
    ax, _ = draw(figures.forest, wide)
    assert list(ax.get_xticks()) == [0.1, 1, 10]


def test_forest_row_without_estimate_is_a_dash():
    gone = BIVARIATE.assign(odds_ratio=[np.nan, 4.46, 1], ci_low=np.nan, ci_high=np.nan)
    ax, _ = draw(figures.forest, gone)
    assert "–" in texts(ax)
    assert [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "s"] == [1, 2]


def test_forest_points_beyond_the_axis_are_arrows():
    ax = drawn("bivariate")
    arrows = [line.get_xydata().tolist() for line in ax.lines if line.get_marker() == ">"]
    assert arrows == [[[ax.get_xlim()[1], 2.0]]]
    squares = [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "s"]
    assert squares == [0, 1]


def test_fidelity_has_one_tile_per_number():
    ax = drawn("fidelity")
    tiles = [len(collection.get_paths()) for collection in ax.collections]
    assert tiles == [20, 9, 0, 1, 2, 0, 0, 0]
    shown = texts(ax)
    assert {"reproduits (22)", "différents (9)", "impossibles (1)", "20 sur 30", "2 sur 2"} <= set(
        shown
    )


def test_fidelity_refuses_an_unknown_status():
    with pytest.raises(ValueError, match="unknown status 'maybe'; use reproduced, differs"):
        draw(figures.fidelity_tiles, FIDELITY.replace({"status": {"differs": "maybe"}}))


def test_multiverse_orders_the_estimates_and_points_out_the_thesis():
    ax = drawn("multiverse")
    curve, choices = ax.child_axes
    (dots,) = [line for line in curve.lines if line.get_marker() == "o"]
    assert list(dots.get_ydata()) == [-16.6, -15.0, 15.0, 16.6]
    pointed = [line.get_xdata()[0] for line in curve.lines if line.get_marker() == "D"]
    assert pointed == [3]
    names = [label.get_text() for label in choices.get_yticklabels()]
    assert names == [
        "Non applicable",
        "moyenne de l'item",
        "médiane de l'item",
        "Sens du score",
        "accord = sécurité",
        "littéral",
    ]


def test_multiverse_takes_one_contrast():
    two = MULTIVERSE.assign(contrast=["primary", "secondary_1"] * 2)
    with pytest.raises(ValueError, match="several contrasts"):
        draw(figures.specification_curve, two, VERDICTS, CONCLUSIONS)


def test_cells_out_of_reach_stand_hollow_on_the_edge():
    ax = drawn("cells")
    hollow = [line for line in ax.lines if line.get_mfc() == "white" and len(line.get_xdata())]
    assert [list(line.get_xdata()) for line in hollow] == [[-EDGE]]
    assert ax.get_xlim()[0] < -EDGE
    solid = [line for line in ax.lines if line.get_mfc() != "white"]
    assert sorted(x for line in solid for x in line.get_xdata())[1:] == [-0.9, 0, 0, 0.5, 1]


def test_choices_without_words_show_their_code():
    ax, _ = draw(figures.specification_curve, MULTIVERSE.assign(cut="odd"), VERDICTS, CONCLUSIONS)
    names = [label.get_text() for label in ax.child_axes[1].get_yticklabels()]
    assert names[-2:] == ["cut", "odd"]


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (
            [figures.flow_chart, FLOW],
            (
                "Réponses reçues : 9 ; Non inclus (Salarié) : 4 ; Inclus : 5 ; "
                "Analysés (Non-utilisateurs) : 3 ; Analysés (Utilisateurs) : 2 ; "
                "Sans score, faute d'une réponse (Non-utilisateurs) : 1."
            ),
        ),
        (
            [figures.map_respondents, PLACES],
            "Nord : Utilisateurs 4, Non-utilisateurs 16 ; Pas-de-Calais : Utilisateurs 0,",
        ),
        (
            [figures.box_plot, SCORES, SUMMARY, TEST],
            (
                "Utilisateurs (n = 2) : moyenne ± écart type 70,8 ± 13,1, médiane 70,8, quartiles "
                "[66,1 ; 75,4], extrêmes [61,5 ; 80,0] ; Non-utilisateurs"
            ),
        ),
        (
            [figures.distribution, QUANTILES, SUMMARY],
            "(test de Shapiro-Wilk) : Utilisateurs, p = 0,320 ; Non-utilisateurs, p < 0,001.",
        ),
        (
            [figures.items_likert, ITEMS],
            (
                "Utilisateurs : accord le plus fréquent pour « Accès verrouillé » (50 %), le plus rare "
                "pour « Interlocuteur en cas de problème » (0 %)"
            ),
        ),
        (
            [figures.scree, COMPONENTS],
            "au-dessus du hasard : 1. La première a une valeur propre de 2,1, contre 1,4 pour",
        ),
        (
            [figures.item_heatmap, BLOCKS],
            (
                "« Accès verrouillé » : Points moyens : Utilisateurs 3,9, Autres sécurisés 3,2, Non "
                f"sécurisés 1,8 ; Part de la différence (%) : Utilisateurs {MINUS} Non sécurisés 9 ;"
            ),
        ),
        (
            [figures.forest, BIVARIATE],
            (
                "3 covariables. Intervalle de confiance à 95 % qui ne contient pas 1 : "
                "Zone urbaine 4,46 [1,26 ; 20,06]."
            ),
        ),
        (
            [figures.forest, MULTIVARIATE.iloc[:1]],
            "1 covariables. Tous les intervalles de confiance à 95 % contiennent 0.",
        ),
        (
            [figures.fidelity_tiles, FIDELITY],
            (
                "32 nombres imprimés, une case chacun : 22 reproduits, 9 différents, 0 sous réserve, 1 impossibles. "
                "Tableau 1 : 20 sur 30 reproduits ;"
            ),
        ),
        (
            [figures.specification_curve, MULTIVERSE, VERDICTS, CONCLUSIONS],
            f"de {MINUS}16,6 à 16,6 points, 2 intervalles sans 0. Lecture de la thèse : 16,6 points.",
        ),
        (
            [figures.specification_curve, OF_A_PREDICTOR, VERDICTS, CONCLUSIONS],
            "La conclusion « la ville compte » tient dans 6 spécifications sur 8 (75 %)",
        ),
        (
            [figures.specification_curve, MULTIVERSE[:0], VERDICTS, CONCLUSIONS],
            "Aucune spécification ne donne d'estimation.",
        ),
        (
            [figures.cell_positions, POSITIONS],
            "5 cases sur 6 à l'intérieur. À l'extérieur : Sexe masculin (borne inférieure).",
        ),
        (
            [figures.cell_positions, POSITIONS[POSITIONS["met"]]],
            "5 cases sur 5 à l'intérieur. À l'extérieur : –.",
        ),
    ],
)
def test_alt_texts_carry_the_numbers(drawing, expected):
    assert expected in said(*drawing)


def test_an_alt_text_speaks_the_language_of_the_study():
    assert "2 intervals without 0." in said(*DRAWINGS["multiverse"], lang="en")


def test_a_curve_of_a_predictor_is_on_the_scale_of_its_coefficient():
    ax, _ = draw(figures.specification_curve, OF_A_PREDICTOR, VERDICTS, CONCLUSIONS)
    assert "log odds ratio" in ax.child_axes[0].get_ylabel()


def saved(folder, **options):
    ax = drawn("bivariate")
    return figures.save_figure(ax.figure, folder / "deep" / "forest", VOICE, **options)


def test_saving_writes_what_was_asked_and_nothing_else(tmp_path):
    paths = saved(tmp_path, formats=("svg", "png", "pdf"))
    assert [path.name for path in paths] == ["forest.svg", "forest.png", "forest.pdf"]
    assert sorted((tmp_path / "deep").iterdir()) == sorted(paths)
    marks = b"date", b"matplotlib v", b"Software", b"CreationDate"
    assert [mark for path in paths for mark in marks if mark in path.read_bytes()] == []


def test_png_is_as_wide_as_the_page_at_300_dpi(tmp_path):
    _, png = saved(tmp_path)
    assert mpl.image.imread(png).shape[1] == int(16 / 2.54 * 300)


@pytest.mark.parametrize("cut", ["", "-Bold", "-Oblique"])
def test_short_fonts_are_dejavu_sans_and_as_made(tmp_path, cut):
    folder, name = ROOT / "esslib/display/figures/dejavu", f"ShortDejaVuSans{cut}.ttf"
    runpy.run_path(str(folder / "make_fonts.py"))["main"](tmp_path)
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    full = Path(mpl.get_data_path(), "fonts/ttf", f"DejaVuSans{cut}.ttf")
    with (folder / name).open("rb") as ours, full.open("rb") as theirs:
        fonts = FT2Font(ours), FT2Font(theirs)
        for sign in map(ord, "AÀéœŒ€ß«»’–—…≥≤²χ→\N{NARROW NO-BREAK SPACE}\N{MINUS SIGN}"):
            widths = [font.load_char(sign, LoadFlags.NO_SCALE).linearHoriAdvance for font in fonts]
            assert widths[0] == widths[1]
            outlines = [font.get_path() for font in fonts]
            assert all(map(np.array_equal, *outlines))


def test_a_pdf_takes_short_fonts_where_they_have_the_letters(tmp_path):
    def fonts(text):
        with style.context("esslib.display.ess"):
            fig = Figure()
            fig.add_subplot().set_title(text)
            pdf, *_ = figures.save_figure(fig, tmp_path / "f", VOICE, formats=["pdf"])
        return set(re.findall(rb"/BaseFont /[A-Z]+\+([\w-]+)", pdf.read_bytes()))

    usual = {b"ShortDejaVuSans", b"ShortDejaVuSans-Oblique"}  # the second below the figure
    assert fonts("Élevé ≥ 5 %") == usual | {b"ShortDejaVuSans-Bold"}
    assert fonts("Київ") == usual | {b"DejaVuSans-Bold"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_synthetic_figures_say_so_once(tmp_path, lang):
    voice = replace(SYNTHETIC, lang=lang)
    ax = drawn("bivariate", lang=lang)
    for _ in range(2):
        figures.save_figure(ax.figure, tmp_path / "figure", voice)
    assert [text.get_text() for text in ax.figure.texts] == [voice.mark]


@pytest.mark.parametrize("min_count", [0, 5])
def test_real_figures_say_whether_counts_are_withheld(tmp_path, min_count):
    ax, voice = drawn("bivariate"), replace(VOICE, min_count=min_count)
    figures.save_figure(ax.figure, tmp_path / "figure", voice)
    assert [text.get_text() for text in ax.figure.texts] == [voice.withheld]
    assert voice.mark == "" and voice.withheld


def test_a_figure_for_the_screen_is_the_same_again_and_half_as_wide(tmp_path):
    fig = drawn("bivariate").figure
    figures.save_figure(fig, tmp_path / "figure", VOICE)
    one, two = for_screen(fig), for_screen(fig)
    assert one == two
    assert mpl.image.imread(BytesIO(one)).shape[1] == int(16 / 2.54 * 150)


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    svg, _ = saved(tmp_path)
    before = svg.read_bytes()

    def fail(self, target, **_):
        Path(target).write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr(Figure, "savefig", fail)
    with pytest.raises(OSError, match="disk full"):
        saved(tmp_path)
    assert svg.read_bytes() == before
    assert len(list(svg.parent.iterdir())) == 2


SAVE = """
import sys
sys.path[:0] = ["tests/display", "tests"]
import test_figures as t
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
style.use("esslib.display.ess")
for name in t.DRAWINGS:
    fig = t.drawn(name).figure
    t.figures.save_figure(fig, f"{sys.argv[1]}/{name}", t.SYNTHETIC)
t.figures.save_figure(fig, f"{sys.argv[1]}/{name}", t.SYNTHETIC, formats=["pdf"])
"""


@pytest.mark.long
@pytest.mark.slow
def test_bytes_depend_on_no_setting_of_the_machine(tmp_path):
    settings = (
        {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Auckland", "LANG": "fr_FR.UTF-8", "LC_ALL": "", "PYTHONHASHSEED": "77"},
    )
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder, setting in zip(folders, settings, strict=True):
        subprocess.run(
            [sys.executable, "-W", "error", "-c", SAVE, str(folder)],
            cwd=ROOT,
            env=surroundings(**setting),
            check=True,
        )
    one, other = (sorted(folder.iterdir()) for folder in folders)
    assert [path.name for path in one] == [path.name for path in other]
    assert len(one) == 2 * len(DRAWINGS) + 1
    assert [
        a.name for a, b in zip(one, other, strict=True) if a.read_bytes() != b.read_bytes()
    ] == []


def test_colours_of_compared_groups_differ_in_grey():
    def grey(colour):
        return float(np.dot(to_rgb(colour), [0.299, 0.587, 0.114]))

    users, non_users, secured, non_secured, agree, disagree, *_ = (
        entry["color"] for entry in mpl.rcParams["axes.prop_cycle"]
    )
    pairs = [(users, non_users), (secured, non_secured), (users, secured), (users, agree)]
    assert min(abs(grey(a) - grey(b)) for a, b in pairs) > 0.15
    assert grey(non_users) < grey(disagree) - 0.15


def test_style_is_found_by_name_alone():
    code = "from matplotlib import style; style.use('esslib.display.ess')"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
