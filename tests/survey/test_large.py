"""Many respondents: the short way gives what the plain one does, and does not grow with them."""

import io
from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from firthmodels.adapters.statsmodels import FirthLogit
from helpers import speaking
from scipy import stats
from statsmodels.stats.outliers_influence import variance_inflation_factor

from esslib import predictors
from esslib.compare import effects, groups
from esslib.compare.counted import (
    STATISTICS,
    _acceleration,
    _batches,
    bootstrap_interval,
    count_values,
    exchanged,
    mean_difference,
    share_above,
    standardised_difference,
)
from esslib.display import figures
from esslib.display.figures.style import MOST_MARKS
from esslib.paths import resolve
from esslib.predictors.fitting import design
from esslib.predictors.internal_validation import _accuracy, optimism, variance_inflation
from esslib.score.instrument import count_answers
from esslib.score.scoring import Scale
from esslib.survey import cleaning
from esslib.survey.cleaning import _duplicated, clean
from esslib.survey.codebook import map_unique
from esslib.survey.export import (
    ExportError,
    decode,
    delimited,
    read_export,
    table,
    threads,
    validate,
)
from esslib.survey.export.table import read_table
from esslib.survey.rules import meets

SEEDS = range(5)
VOICE = speaking(labels={"a": "A", "b": "B"}, groups=("a", "b"), limits=(20, 80))
NUMBERS = ["n", "mean", "sd", "median", "q1", "q3", "min", "max", "shapiro_p"]
SUMMARY = pd.DataFrame([["a", *[1.0] * len(NUMBERS)]], columns=["group", *NUMBERS])
TEST = pd.DataFrame([[1, 0, 2, 0.5]], columns=["difference", "ci_low", "ci_high", "p_value"])


def random_people(seed, n=400):
    """Yes/no columns, some missing, and an outcome that depends on them."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 2, (n, 3)).astype(float)
    x[rng.random(x.shape) < 0.05] = np.nan
    y = (rng.random(n) < 0.3 + 0.3 * (x[:, 0] == 1)).astype(float)
    return pd.DataFrame(x, columns=["p", "q", "r"]).assign(y=y)


def random_scores(seed, sizes=(300, 500)):
    rng = np.random.default_rng(seed)
    return [np.round(rng.normal(50 + 2 * k, 8, n) * 2) / 2 for k, n in enumerate(sizes)]


@pytest.mark.parametrize("seed", SEEDS)
def test_equal_rows_are_found_as_pandas_finds_them(seed, monkeypatch):
    rng = np.random.default_rng(seed)
    columns = {
        f"c{at}": pd.Series(rng.choice(["x", "y", None], 60, p=[0.9, 0.05, 0.05])).astype(kind)
        for at, kind in enumerate(["category", "str"] * 40)  # more levels than one number holds
    }
    columns["b"] = pd.Series(rng.choice([True, False, None], 60)).astype("boolean")
    columns["n"] = pd.Series(rng.choice([1.5, 2.0, np.nan], 60)).astype("Float64")
    frame = pd.DataFrame(columns)
    frame = frame.iloc[rng.integers(0, 60, 90)].reset_index(drop=True)
    assert frame.duplicated().any()
    assert _duplicated(frame).equals(frame.duplicated())
    monkeypatch.setattr(cleaning, "SPREAD", 0)  # many rows share a sum
    assert _duplicated(frame).equals(frame.duplicated())


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_on_several_answers_are_those_of_pandas(seed):
    rng = np.random.default_rng(seed)
    ticked = pd.DataFrame(rng.integers(0, 2, (50, 3)).astype(bool), columns=list("abc"))
    frame = ticked.astype("boolean").mask(pd.Series(rng.random(50) < 0.2), pd.NA)
    tidy = frame.add_prefix("zone__")
    missing = frame.isna().all(axis=1)

    def found(rule, value):
        return meets(tidy, variable="zone", rule=rule, value=value)

    plain = frame[["a", "b"]].any(axis=1).astype("boolean").mask(missing, pd.NA)
    pd.testing.assert_series_equal(found("any_of", "a b"), plain)
    plain = frame.sum(axis=1).gt(1).astype("boolean").mask(missing, pd.NA)
    pd.testing.assert_series_equal(found("count_over", "1"), plain)
    pd.testing.assert_series_equal(found("missing", ""), missing.astype("boolean"))


@pytest.mark.parametrize("seed", SEEDS)
def test_distinct_rows_give_the_regression_of_all_rows(seed):
    people = random_people(seed)
    names = ["p", "q", "r"]
    complete = people.dropna()
    y, x = complete["y"], sm.add_constant(complete[names])
    table = predictors.multivariate(people, outcome="y", covariates=names)
    plain = sm.Logit(y, x).fit(disp=0)
    np.testing.assert_allclose(table["coefficient"], plain.params[names], rtol=1e-6)
    np.testing.assert_allclose(table["se"], plain.bse[names], rtol=1e-6)
    firth = FirthLogit(y, x).fit(gtol=1e-8, xtol=1e-8)
    np.testing.assert_allclose(table["firth_coefficient"], firth.params[1:], rtol=1e-5)
    np.testing.assert_allclose(table["firth_ci_low"], firth.conf_int()[1:, 0], rtol=1e-3)
    np.testing.assert_allclose(table["firth_p"], firth.pvalues[1:], rtol=1e-4)
    fit = predictors.fit_summary(people, outcome="y", covariates=names).iloc[0]
    assert fit["n"] == len(complete)
    assert fit["log_likelihood"] == pytest.approx(plain.llf)
    assert fit["pseudo_r2"] == pytest.approx(plain.prsquared)
    inflation = variance_inflation(people, outcome="y", covariates=names)["vif"]
    expected = [variance_inflation_factor(x, at, standardize=False) for at in (1, 2, 3)]
    np.testing.assert_allclose(inflation, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_weighted_accuracy_is_that_of_the_repeated_rows(seed):
    rng = np.random.default_rng(seed)
    y, log_odds, weights = (
        rng.integers(0, 2, 30),
        rng.normal(size=30).round(1),
        rng.integers(0, 4, 30),
    )
    auc, brier = _accuracy(y, log_odds, weights.astype(float))
    y, log_odds = np.repeat(y, weights), np.repeat(log_odds, weights)
    u = stats.mannwhitneyu(log_odds[y == 1], log_odds[y == 0]).statistic
    assert auc == pytest.approx(u / (y.sum() * (1 - y).sum()))
    assert brier == pytest.approx(np.mean((y - 1 / (1 + np.exp(-log_odds))) ** 2))


def test_optimism_is_the_same_in_law_when_counts_are_drawn(monkeypatch):
    people = random_people(1).dropna()
    given = {"outcome": "y", "covariates": ["p", "q", "r"], "n_resamples": 2000}
    singly = optimism(people, rng=np.random.default_rng(1), **given)
    monkeypatch.setattr("esslib.predictors.internal_validation.DRAWN_SINGLY", 10)
    counted = optimism(people, rng=np.random.default_rng(1), **given)
    assert not singly["optimism"].equals(counted["optimism"])
    np.testing.assert_allclose(counted["apparent"], singly["apparent"])
    np.testing.assert_allclose(counted["optimism"], singly["optimism"], atol=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_give_the_statistics_of_the_values(seed):
    a, b = random_scores(seed)
    given = count_values(a, b)
    assert mean_difference(given) == pytest.approx(a.mean() - b.mean())
    assert share_above(given) == pytest.approx(effects._cles(a, b))
    correction = effects._correction(a.size + b.size - 2)
    assert correction * standardised_difference(given) == pytest.approx(effects._hedges_g(a, b))


@pytest.mark.parametrize("name", ["hedges_g", "cles"])
def test_counted_resamples_give_the_interval_of_scipy(name):
    a, b = random_scores(0, (40, 60))
    given = {"rng": np.random.default_rng(1), "level": 0.95}
    plain = effects._bootstrap(name, a, b, **given)
    counted = bootstrap_interval(count_values(a, b), name, n_resamples=9_999, **given)
    scale = effects._correction(a.size + b.size - 2) if name == "hedges_g" else 1
    width = plain[1] - plain[0]
    np.testing.assert_allclose(np.array(counted) * scale, plain, atol=0.04 * width)


def test_counted_exchanges_give_the_p_of_scipy(monkeypatch):
    a, b = random_scores(0, (40, 60))
    plain = effects.permutation_tests(a, b, rng=np.random.default_rng(1))
    monkeypatch.setattr(effects, "DRAWN_SINGLY", 10)
    counted = effects.permutation_tests(a, b, rng=np.random.default_rng(2))
    np.testing.assert_allclose(counted["estimate"], plain["estimate"])
    np.testing.assert_allclose(counted["p_value"], plain["p_value"], atol=0.02)


SKEWED = np.array([1, 1, 2, 2, 2, 3, 9, 9.0]), np.array([1, 1, 1, 2, 2, 3.0])


@pytest.mark.parametrize("name", STATISTICS)
def test_the_acceleration_is_that_of_leaving_out_each_value(name):
    cubes = squares = 0.0
    for at, values in enumerate(SKEWED):
        left = []
        for without in range(values.size):
            pair = list(SKEWED)
            pair[at] = np.delete(values, without)
            left.append(float(STATISTICS[name](count_values(*pair))))
        influence = (values.size - 1) * (np.mean(left) - left)
        cubes += (influence**3).sum() / values.size**3
        squares += (influence**2).sum() / values.size**2
    assert _acceleration(count_values(*SKEWED), name) == pytest.approx(cubes / 6 / squares**1.5)


def test_equal_values_have_no_acceleration_and_no_interval():
    given = count_values(np.array([1.0, 1]), np.array([2.0, 2]))
    assert np.isnan(_acceleration(given, "cles"))
    options = {"rng": np.random.default_rng(1), "level": 0.95, "n_resamples": 50}
    assert np.isnan(bootstrap_interval(given, "cles", **options)).all()


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_counted_resamples_give_the_interval_of_scipy_where_values_are_few(level):
    options = {"rng": np.random.default_rng(5), "level": level}
    found = bootstrap_interval(count_values(*SKEWED), "cles", n_resamples=9_999, **options)
    expected = effects._bootstrap("cles", *SKEWED, **options)
    assert found == pytest.approx(expected, abs=0.012)


def test_exchanges_count_the_groups_as_they_are():
    apart = count_values(np.arange(20.0, 32), np.arange(12.0))
    found = exchanged(apart, rng=np.random.default_rng(1), n_resamples=9)
    assert found == {"difference": (20, 0.2), "u": (144, 0.2)}
    alike = count_values(np.ones(5), np.ones(4))
    found = exchanged(alike, rng=np.random.default_rng(1), n_resamples=9)
    assert found == {"difference": (0, 1), "u": (10, 1)}


@pytest.mark.parametrize("n", [1, 199, 200, 201, 450])
def test_batches_hold_all_resamples(n):
    assert sum(_batches(n)) == n and max(_batches(n)) <= 200


@pytest.mark.parametrize("seed", SEEDS)
def test_a_searched_shift_is_the_one_among_all_differences(seed, monkeypatch):
    a, b = random_scores(seed, (40, 60))
    b = np.round(b / 3, 10)
    plain = groups._hodges_lehmann(a, b, 0.95)
    monkeypatch.setattr(groups, "MOST_DIFFERENCES", 10)
    np.testing.assert_allclose(groups._hodges_lehmann(a, b, 0.95), plain, atol=2e-10)


def test_large_groups_have_their_effect_sizes_soon():
    a, b = random_scores(0, (300_000, 300_000))
    sizes = effects.effect_sizes(a, b, rng=np.random.default_rng(1))
    intervals = sizes.pivot(index="statistic", columns="method", values="ci_low")
    assert intervals.loc["cles", "bootstrap"] == pytest.approx(
        intervals.loc["cles", "brunner_munzel"], abs=2e-4
    )
    assert intervals.loc["hedges_g", "bootstrap"] == pytest.approx(
        intervals.loc["hedges_g", "noncentral_t"], abs=5e-4
    )


# -- the work follows what is distinct


def test_a_file_is_read_as_its_text(tmp_path):
    rng = np.random.default_rng(1)
    cells = rng.choice(["é", " a ", "", "x y", "1"], (3000, 4))
    cells[:, 0] = "k"
    frame = pd.DataFrame(cells, columns=["k", "l", "m", "k"])
    path = tmp_path / "e.csv"
    path.write_text(frame.to_csv(sep=";", index=False), encoding="utf-8")
    found = read_table(path)
    plain = frame.apply(lambda column: column.str.strip()).astype("str")
    assert (found.astype("str").to_numpy() == plain.to_numpy()).all()
    assert found.columns.tolist() == ["k", "l", "m", "k"]
    assert [len(kind.categories) for kind in found.dtypes] == [1, 5, 5, 5]  # no heading among them


@pytest.fixture
def in_small_pieces(monkeypatch):
    """Files are mapped and parsed as if they were large, in pieces shorter than some rows."""
    monkeypatch.setattr(table, "MAPPED", 0)
    monkeypatch.setattr(threads, "PIECE", 60)
    monkeypatch.setattr(delimited, "WINDOW", 7)


def many_rows(ends="\n"):
    rows = ["h;é;x", *(f"{n};{'é' * (n % 90)}; {n % 7} " for n in range(200)), ";;", "9;9;9"]
    return "".join(row + ends for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.usefixtures("in_small_pieces")
def test_pieces_of_a_file_make_the_whole(tmp_path, encoding, ends):
    path = tmp_path / "e.csv"
    path.write_bytes(many_rows(ends).encode(encoding))
    found = read_table(path)
    rows = [list(map(str.strip, row.split(";"))) for row in many_rows().splitlines()]
    assert found.columns.tolist() == rows[0]
    assert found.astype("str").to_numpy().tolist() == [row for row in rows[1:] if any(row)]
    assert found.index.tolist() == [*range(2, 202), 203]


@pytest.mark.usefixtures("in_small_pieces")
def test_uneven_rows_of_any_piece_keep_their_numbers(tmp_path):
    rows = many_rows().splitlines()
    rows[3] += ";"
    rows[150] = "1"
    (tmp_path / "e.csv").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(ExportError, match=r"row 4 has 4 cells\n  row 151 has 1 cells$"):
        read_table(tmp_path / "e.csv")


def test_many_texts_are_read_and_analysed_as_few_are(codebook, monkeypatch):
    def read():
        survey = read_export(resolve("data/raw/synthetic_export.csv"), codebook)
        return survey.answers, clean(validate(decode(survey.answers, codebook), codebook), codebook)

    few, expected = read()
    monkeypatch.setattr(table, "MOST_TEXTS", 0)
    monkeypatch.setattr(table, "MOST_PER_CELL", 0)
    many, found = read()
    assert few["age_years"].dtype == "category"
    assert many["age_years"].dtype == "str"
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("n", [1_000, 100_000])
def test_each_distinct_answer_is_interpreted_once(n):
    column = pd.Series(["yes", "no", None, "other"] * (n // 4)).astype("category")
    asked = []
    found = map_unique(column, lambda text: asked.append(text) or text[0])
    assert sorted(asked) == ["no", "other", "yes"]
    assert found.astype("str").tolist()[:4] == ["y", "n", np.nan, "o"]


@pytest.mark.parametrize("n", [2_000, 100_000])
def test_a_regression_sees_each_distinct_row_once(n):
    given = design(random_people(0, n), "y", ["p", "q", "r"])
    assert len(given.y) == 2**4
    assert given.weights.sum() == len(given.places) == len(random_people(0, n).dropna())


def test_answers_are_counted_without_taking_whole_groups_again():
    scale = Scale(items=("q1", "q2"), points={"yes": 1, "no": 2})
    people = pd.DataFrame({"q1": ["yes", "no", "no"], "q2": ["no"] * 3, "by": list("aab")})
    found = count_answers(people, scale=scale, by="by")
    assert found[["item", "by", "n", "n_yes"]].to_numpy().tolist() == [
        ["q1", "a", 2, 1],
        ["q1", "b", 1, 0],
        ["q2", "a", 2, 0],
        ["q2", "b", 1, 0],
    ]


def size_of_svg(ax):
    file = io.StringIO()
    ax.figure.savefig(file, format="svg")
    plt.close(ax.figure)
    return len(file.getvalue())


@pytest.mark.parametrize("name", ["box_plot", "distribution"])
def test_figures_of_many_respondents_are_as_small_as_those_of_some(name):
    def drawn(n):
        observed = np.sort(random_scores(0, (n,))[0])
        frame = pd.DataFrame({"group": "a", "observed": observed, "expected": observed})
        _, ax = plt.subplots()
        others = [SUMMARY, TEST] if name == "box_plot" else [SUMMARY]
        getattr(figures, name)(ax, frame.assign(ess_total=observed), *others, VOICE)
        return size_of_svg(ax)

    assert drawn(100 * MOST_MARKS) < 1.2 * drawn(MOST_MARKS)


def test_a_figure_says_that_it_does_not_show_every_respondent():
    def said(n):
        scores = pd.DataFrame({"group": "a", "ess_total": np.linspace(20, 80, n)})
        _, ax = plt.subplots()
        figures.box_plot(ax, scores, SUMMARY, TEST, replace(VOICE, lang="en"))
        plt.close(ax.figure)
        dots = [line for line in ax.lines if line.get_marker() == "o"]
        return ax.get_xlabel(), sum(len(line.get_xdata()) for line in dots)

    key, shown = said(MOST_MARKS)
    assert "one dot per respondent" in key
    assert shown == MOST_MARKS
    key, shown = said(MOST_MARKS + 1)
    assert f"at most {MOST_MARKS} dots per group" in key
    assert shown == MOST_MARKS
