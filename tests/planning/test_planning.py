"""`planning` against R, published examples and its own formulas; its figures and its table."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from helpers import speaking, unchanged
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from scipy import stats

from esslib import planning
from esslib.chapters.next_study import gathered
from esslib.display import figures, sentences, tables
from esslib.paths import resolve
from esslib.planning.power import mann_whitney_p
from esslib.results import check_result, read_vocabulary
from printed.numerals import MISSING, NO_BREAK

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "planning_data.csv")
EXPECTED = pd.read_csv(REFERENCE / "planning.csv")
A, B = (DATA.loc[DATA["group"] == name, "score"].to_numpy(dtype=float) for name in "ab")
RILEY = ["shrinkage", "optimism", "overall_risk"]
DESIGN = planning.Design(power=0.8, half_width=4)

counts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=12)


def plain(text):
    return text.replace(NO_BREAK, " ")


@pytest.fixture(scope="module")
def curve():
    rng = np.random.default_rng(1)
    return planning.power_curve(A, B, n_first=[10, 40, 90], design=DESIGN, rng=rng)


@pytest.fixture(scope="module")
def plan():
    comparison = planning.comparison_sizes(A, B, design=DESIGN, rng=np.random.default_rng(1))
    model = planning.Model(n_parameters=12, event_fraction=0.395)
    return gathered(comparison, planning.regression_sizes(model))


def computed(row):
    sizes = (row["n_a"], row["n_b"])
    if row["statistic"] in RILEY:
        r2 = {24: 0.288, 12: 0.11}[row["n_a"]]
        model = planning.Model(row["n_a"], row["n_b"] / 1000)
        share = r2 / model.largest_r2
        table = planning.regression_sizes(
            planning.Model(row["n_a"], row["n_b"] / 1000, r2_nagelkerke=share)
        )
        return table.set_index("criterion").loc[row["statistic"], "n_total"]
    probability = planning.superiority(A, B)
    rng = np.random.default_rng(3)
    return {
        "superiority": lambda: probability,
        "noether": lambda: planning.noether_power(probability, sizes=sizes),
        "half_width": lambda: planning.expected_half_width(A, B, sizes=sizes),
        "simulated_power": lambda: planning.simulated_power(A, B, sizes=sizes, rng=rng),
    }[row["statistic"]]()


@pytest.mark.parametrize("row", EXPECTED.to_dict("records"), ids=lambda r: r["statistic"])
def test_statistics_equal_r(row):
    assert computed(row) == pytest.approx(row["value"], rel=row["tolerance"])


@pytest.mark.parametrize(
    ("parameters", "fraction", "r2", "n", "events", "per_parameter"),
    [
        # Riley et al. (2019) doi:10.1002/sim.7992, diagnosis of Chagas disease
        (24, 0.174, 0.288, 662, 116, 4.8),
        # Riley et al. (2020) doi:10.1136/bmj.m441, pre-eclampsia
        (30, 0.05, 0.05, 5249, 263, 8.75),
    ],
)
def test_published_examples(parameters, fraction, r2, n, events, per_parameter):
    largest = planning.Model(parameters, fraction).largest_r2
    model = planning.Model(parameters, fraction, r2_nagelkerke=r2 / largest)
    table = planning.regression_sizes(model)
    row = table.loc[table["n_total"].idxmax()]
    assert (row["n_total"], row["n_events"]) == (n, events)
    assert row["events_per_parameter"] == pytest.approx(per_parameter, abs=0.005)


@settings(deadline=None)
@given(counts)
def test_p_of_counts_equals_scipy(pairs):
    table = np.array(pairs).T
    if 0 in table.sum(axis=1):
        return
    values = np.arange(table.shape[1])
    a, b = (np.repeat(values, row) for row in table)
    p_value = mann_whitney_p(table[:1], table[1:])[0]
    if np.ptp(np.concatenate([a, b])) == 0:
        assert p_value == 1
    else:
        expected = stats.mannwhitneyu(a, b, method="asymptotic").pvalue
        assert p_value == pytest.approx(expected, rel=1e-9)


def test_without_difference_the_power_is_alpha():
    rng = np.random.default_rng(2)
    power = planning.simulated_power(A, A, sizes=(60, 60), rng=rng)
    assert power == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 4000))


def test_noether_agrees_with_the_simulation_where_it_is_meant_to():
    """Small difference, continuous scores, equal groups."""
    normal = stats.norm.ppf((np.arange(400) + 0.5) / 400)
    sizes = (150, 150)
    shifted = normal + 0.3
    power = planning.simulated_power(shifted, normal, sizes=sizes, rng=np.random.default_rng(4))
    analytic = planning.noether_power(planning.superiority(shifted, normal), sizes=sizes)
    assert power == pytest.approx(analytic, abs=0.03)


@pytest.mark.parametrize("difference", [5.0, -3.0, 0.0])
def test_moved_scores_have_the_difference_and_their_shape(difference):
    with unchanged(DATA):
        shifted = planning.moved(A, B, difference=difference)
    assert shifted.mean() - B.mean() == pytest.approx(difference)
    assert shifted.std() == pytest.approx(A.std())
    np.testing.assert_array_equal(planning.moved(A, B, difference=None), A)


@pytest.mark.parametrize("criterion", ["simulated_power", "noether", "half_width"])
def test_sizes_are_the_smallest_that_reach_the_target(plan, criterion):
    row = plan.set_index("criterion").loc[criterion]
    n = int(row["n_first"])
    rng = np.random.default_rng(int(np.random.default_rng(1).integers(2**32)))
    probability = planning.superiority(A, B)

    def reached(n):
        sizes = DESIGN.sizes(n)
        if criterion == "noether":
            return planning.noether_power(probability, sizes=sizes) >= 0.8
        if criterion == "half_width":
            return planning.expected_half_width(A, B, sizes=sizes) <= 4
        return planning.simulated_power(A, B, sizes=sizes, rng=rng) >= 0.8

    assert reached(n)
    assert criterion == "simulated_power" or not reached(n - 1)
    assert row["n_total"] == sum(DESIGN.sizes(n))


def test_unequal_groups_need_more_persons():
    sizes = {
        ratio: planning.comparison_sizes(
            A, B, design=planning.Design(ratio=ratio), rng=np.random.default_rng(1)
        ).set_index("criterion")["n_total"]
        for ratio in (1.0, 3.0)
    }
    assert (sizes[3.0] > sizes[1.0]).all()


def test_no_difference_is_never_found():
    table = planning.comparison_sizes(B, B, design=DESIGN, rng=np.random.default_rng(1))
    found = table.set_index("criterion")["n_total"]
    assert found[["simulated_power", "noether"]].isna().all()
    assert found["half_width"] > 0


def test_tables_fit_the_contract(curve, plan):
    vocabulary = read_vocabulary(resolve("data/codebook/results.csv"))
    check_result(curve, "power_curve", vocabulary)
    check_result(plan, "next_study", vocabulary)
    assert curve["power"].between(curve["power_low"], curve["power_high"]).all()
    assert curve[["power", "noether"]].diff().iloc[1:].gt(0).all(axis=None)


def test_the_same_seed_gives_the_same_curve(curve):
    rng = np.random.default_rng(1)
    again = planning.power_curve(A, B, n_first=[10, 40, 90], design=DESIGN, rng=rng)
    pd.testing.assert_frame_equal(again, curve)


def test_sentences_say_the_plan(plan):
    people = {"n": 81, "n_events": 32, "n_parameters": 12}
    said = sentences.plan_sizes(plan, 5, people, speaking())
    rows = plan.set_index("criterion")
    n = int(rows.loc["simulated_power", "n_first"])
    assert "80 % de chances de voir une différence de 5,0 points" in plain(said[0])
    assert f"{n} répondants dans un groupe et {n} dans l'autre, soit {2 * n}." in plain(said[0])
    largest = int(rows.loc[RILEY, "n_total"].max())
    assert f"demande {largest} répondants" in plain(said[2])
    assert plain(said[2]).endswith("la cohorte en a 81, dont 32.")


def test_a_plan_out_of_reach_says_so(plan):
    lost = plan.assign(n_total=plan["n_total"].mask(plan["criterion"] == "simulated_power"))
    people = {"n": 81, "n_events": 32, "n_parameters": 12}
    said = sentences.plan_sizes(lost, 0, people, speaking())
    assert said[0] == "Aucune taille raisonnable n'atteint cet objectif."


def test_the_table_shows_every_criterion(plan):
    with unchanged(plan):
        table = tables.sample_sizes(plan, speaking(is_synthetic=True))
    (comparison, first), (regression, last) = table.blocks()
    assert comparison == "Différence entre deux groupes"
    assert regression.startswith("Facteurs prédictifs")
    assert plain(first[0][1]) == "80 %"
    assert plain(first[2][1]) == "± 4,0 points"
    assert last[0][2] == MISSING
    assert table.mark


@pytest.fixture
def ax():
    with mpl.rc_context(), style.context("esslib.display.ess"):
        fig = Figure(figsize=figures.figure_size(9))
        FigureCanvasAgg(fig)
        yield fig.subplots()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_power_is_drawn_with_formula_and_target(ax, curve, lang):
    with unchanged(curve):
        assert figures.power_by_size(ax, curve, 0.8, speaking(lang))
    points, formula, target = ax.get_lines()
    assert list(points.get_ydata()) == list(100 * curve["power"])
    assert list(formula.get_ydata()) == list(100 * curve["noether"])
    assert set(target.get_ydata()) == {80}
    ax.figure.canvas.draw()
    assert "80" in [t.get_text()[:2] for t in ax.get_yticklabels()]


def test_precision_is_drawn(ax, curve):
    figures.precision_by_size(ax, curve, 4, speaking())
    assert list(ax.get_lines()[0].get_ydata()) == list(curve["half_width"])
    with pytest.raises(ValueError, match="no column 'half_width'"):
        figures.precision_by_size(ax, curve.drop(columns="half_width"), 4, speaking())


def test_alternative_texts_say_where_the_target_is_reached(ax, curve):
    text = plain(figures.power_by_size(ax, curve, 0.8, speaking()))
    assert text.startswith("Puissance du test de Mann-Whitney : ")
    assert text.endswith(
        f"atteint à partir de {curve.loc[curve['power'] >= 0.8, 'n_total'].min()} répondants."
    )
    assert figures.precision_by_size(ax, curve, 0.1, speaking()).endswith(
        "Aucune des tailles montrées n'atteint l'objectif."
    )
