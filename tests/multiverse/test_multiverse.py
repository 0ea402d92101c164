"""The multiverse: estimators against R, specifications counted by hand, verdicts on typed rows."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import speaking, tidy_of, unchanged
from matplotlib.figure import Figure
from scipy import stats

from esslib import predictors
from esslib.chapters.sensitivity import sensitivity
from esslib.compare import compare
from esslib.display import figures, tables
from esslib.display.sentences import conclusions_held
from esslib.multiverse import (
    CHOICES,
    NO_EFFECT,
    contrast_specifications,
    curves,
    read_conclusions,
    shares,
    toward_security,
    verdicts,
    with_holds,
)
from esslib.multiverse.associations import frequency_cuts, gap_variants
from esslib.multiverse.contrasts import mirrored
from esslib.multiverse.estimators import (
    REGRESSIONS,
    TWO_SAMPLE,
    Sample,
    Unestimable,
    by_brunner_munzel,
    by_mann_whitney,
    by_ols,
    by_ols_hc3,
    check_groups,
)
from esslib.multiverse.logits import log_odds_ratios
from esslib.multiverse.specifications import score_readings, score_rules
from esslib.paths import resolve
from esslib.results import check_result, read_vocabulary
from esslib.score.scoring import ScoreRules, scale_of, score
from esslib.survey.classes import compared_groups
from esslib.survey.codebook import read_codebook
from printed.numerals import NO_BREAK

REFERENCE = Path(__file__).parents[1] / "reference"
DATA = pd.read_csv(REFERENCE / "multiverse_data.csv")
EXPECTED = pd.read_csv(REFERENCE / "multiverse.csv")
LOGISTIC = pd.read_csv(REFERENCE / "predictors_data.csv")
ANSWERS = ["agree_fully", "agree", "disagree", "disagree_fully", "not_applicable"]
TOOLS = ["phone", "sms", "mssante", "doctolib_team", "email_professional", "whatsapp"]
LEVELS = {
    "it_skill": ["good", "excellent", "average"],
    "exchange_frequency": ["daily", "several_weekly", "weekly", "several_monthly", "monthly"],
    "gender": ["female", "male"],
    "age_years": ["31", "44", "52", "63"],
    "zone": ["urban", "urban|zip", "rural"],
    "devices": ["desktop", "desktop|tablet|laptop|personal_phone"],
    "patients_per_day": ["from_20_to_30", "over_30"],
    "home_visits": ["none", "from_5_to_10"],
    "patient_mix": ["adults", "over_75"],
    "consultation_reason": ["both", "follow_up"],
    "correspondents": ["pharmacist", "private_nurse|pharmacist|hospital_doctor|midwife"],
    "teleconsultations": ["none", "from_1_to_5", None],
}


def sample_of(adjustment="none", rows=DATA):
    columns = ["a", "b"] if adjustment == "all" else []
    return Sample(
        rows["score"].to_numpy(dtype=float),
        rows["first"].to_numpy() == 1,
        rows[columns].to_numpy(dtype=float),
    )


def invented(codebook, n=70, seed=5):
    """Return people whose answers are drawn at random, users answering as more secure."""
    rng = np.random.default_rng(seed)
    people = []
    for number in range(n):
        is_user = number % 4 == 0
        items = rng.choice(ANSWERS, 20, p=[0.5, 0.3, 0.1, 0.05, 0.05] if is_user else None)
        choice = {name: levels[rng.integers(len(levels))] for name, levels in LEVELS.items()}
        tool = TOOLS[rng.integers(len(TOOLS))]
        people.append(
            {
                "uses_predice_pro": "yes" if is_user else "no",
                "preferred_channel": "usual_messenger"
                if tool in ("whatsapp", "doctolib_team")
                else "usual_tool",
                "usual_tool": tool if tool not in ("whatsapp", "doctolib_team") else "phone",
                "usual_messenger": tool if tool == "doctolib_team" else "whatsapp",
                **{f"ess_q{item:02d}": answer for item, answer in enumerate(items, start=1)},
                **choice,
            }
        )
    return tidy_of(codebook, *people)


def only_primary(book):
    return dataclasses.replace(book, contrasts=book.contrasts.head(1))


@pytest.fixture(scope="module")
def conclusions():
    return read_conclusions(resolve("data/codebook/conclusions.csv"))


@pytest.fixture(scope="module")
def book():
    return read_codebook(resolve("data/codebook"))


@pytest.fixture(scope="module")
def people(book):
    return invented(book)


@pytest.fixture(scope="module")
def specifications(people, book, conclusions):
    with unchanged(people, conclusions):
        return sensitivity(people, conclusions, book, alpha=0.05, seed=1)["multiverse"]


@pytest.mark.parametrize("row", EXPECTED.to_dict("records"), ids=lambda r: r["test"])
def test_estimators_equal_r(row):
    result = (TWO_SAMPLE | REGRESSIONS)[row["test"]](sample_of(row["adjustment"]), 0.95)
    # MASS takes 0.6745 for the normal quartile and n - 1 where statsmodels takes n
    digits = 5e-3 if row["test"] == "huber" else 1e-9
    for name in ("estimate", "ci_low", "ci_high", "p_value"):
        assert getattr(result, name) == pytest.approx(row[name], rel=digits), name


def test_rank_tests_equal_those_of_compare():
    sample = sample_of()
    a, b = sample.groups
    row = compare(DATA, value="score", group="first", groups=(1, 0)).iloc[0]
    shift = by_mann_whitney(sample, 0.95)
    assert (shift.estimate, shift.p_value) == (row["hodges_lehmann"], row["p_value"])
    p_value = stats.brunnermunzel(a, b).pvalue
    assert by_brunner_munzel(sample, 0.95).p_value == pytest.approx(p_value, rel=1e-9)


def test_limits_of_brunner_munzel_are_shifts_at_which_p_crosses_alpha():
    sample = sample_of()
    found = by_brunner_munzel(sample, 0.95)
    a, b = sample.groups
    for limit, outward in ((found.ci_low, -1), (found.ci_high, 1)):
        inside, outside = (
            stats.brunnermunzel(a - limit + outward * step, b).pvalue for step in (1e-6, -1e-6)
        )
        assert outside < 0.05 <= inside


def test_groups_apart_have_a_finite_interval():
    found = by_brunner_munzel(Sample(np.arange(12.0), np.arange(12) > 5, np.empty((12, 0))), 0.95)
    assert found.p_value == 0
    assert found.ci_low < found.estimate == 6 < found.ci_high


@pytest.mark.parametrize(
    ("scores", "first", "code"),
    [
        (range(9), [1] * 4 + [0] * 5, "too_few"),
        ([5] * 5 + [7] * 5, [1] * 5 + [0] * 5, "no_variance"),
    ],
)
def test_groups_that_cannot_be_compared_say_why(scores, first, code):
    sample = Sample(np.array(scores, float), np.array(first) == 1, np.empty((len(first), 0)))
    with pytest.raises(Unestimable, match=code):
        check_groups(sample)


@pytest.mark.parametrize(
    ("extra", "estimator", "code"),
    [
        (np.ones((58, 1)), by_ols, "collinear"),
        (np.eye(58, 57), by_ols, "too_few"),
        (np.eye(58, 2, -1), by_ols_hc3, "leverage"),
    ],
)
def test_regressions_that_have_no_answer_say_why(extra, estimator, code):
    sample = sample_of()
    with pytest.raises(Unestimable, match=code):
        estimator(Sample(sample.scores, sample.is_first, extra), 0.95)


def test_log_odds_ratios_equal_those_of_predictors():
    names = ["a", "b", "c", "d"]
    complete = LOGISTIC[["y", *names]].dropna()
    found = log_odds_ratios(complete["y"].to_numpy(float), complete[names].to_numpy(float), 0.95)
    table = predictors.multivariate(LOGISTIC, outcome="y", covariates=names).iloc[0]
    profile = predictors.profile(LOGISTIC, outcome="y", covariates=names).iloc[0]
    pairs = {
        "logit_wald": table[["coefficient", "ci_low", "ci_high", "p_value"]],
        "logit_profile": profile.drop("covariate"),
        "logit_firth": table[["firth_coefficient", "firth_ci_low", "firth_ci_high", "firth_p"]],
    }
    for name, expected in pairs.items():
        values = [getattr(found[name], f) for f in ("estimate", "ci_low", "ci_high", "p_value")]
        assert values == pytest.approx(expected.to_numpy(dtype=float).tolist(), rel=1e-5), name


def test_separation_leaves_firth_alone():
    x = np.array([0, 0, 0, 0, 1, 1, 1, 1.0])
    found = log_odds_ratios(np.array([0, 0, 1, 1, 1, 1, 1, 1.0]), x[:, None], 0.95)
    assert (found["logit_wald"], found["logit_profile"]) == ("separated", "separated")
    assert found["logit_firth"].estimate > 0


@pytest.mark.parametrize(
    ("y", "x", "code"), [([1, 1, 1], [0, 1, 0], "no_variance"), ([0, 1, 0], [1, 1, 1], "collinear")]
)
def test_models_without_answer_say_why(y, x, code):
    found = log_odds_ratios(np.array(y, float), np.array(x, float)[:, None], 0.95)
    assert set(found.values()) == {code}


def test_readings_are_distinct_and_counted_by_hand():
    # three rules by item values x two scopes, person mean and complete cases without scope
    assert len(score_readings(has_gaps=False)) == 3 * 2 + 2
    # gaps: two ways for all but complete cases
    assert len(score_readings(has_gaps=True)) == 2 * 7 + 1
    assert score_rules({"na_rule": "person_mean", "na_scope": NO_EFFECT}).na_rule == "person_mean"


def test_readings_of_one_rule_differ_only_where_the_choice_matters(people, book):
    """What is not multiplied gives the same scores; what is multiplied does not."""
    groups = compared_groups(people, book, definition="methods")["primary"]

    def totals(**rules):
        found = score(people, scale=scale_of(book), rules=ScoreRules(**rules), groups=groups)
        return found["ess_total"]

    for rule in ("person_mean", "complete_case"):
        one, other = (totals(na_rule=rule, na_scope=s) for s in ("compared_group", "whole_sample"))
        pd.testing.assert_series_equal(one, other)
    one, other = (totals(na_scope=scope) for scope in ("compared_group", "whole_sample"))
    assert not one.equals(other)


def test_specifications_stand_once_and_fit_the_contract(specifications):
    check_result(
        specifications, "multiverse", read_vocabulary(resolve("data/codebook/results.csv"))
    )
    assert not specifications.duplicated([*CHOICES, "contrast"]).any()
    # 8 readings x 13 tests and adjustments x 2 directions, twice where the definition matters
    counts = specifications["contrast"].value_counts()
    assert counts["primary"] == 8 * 13 * 2
    assert counts["secondary_1"] == counts["secondary_2"] == 2 * counts["primary"]
    assert len(specifications) >= 1000


def test_every_row_has_an_estimate_or_a_reason(specifications):
    missing = specifications["estimate"].isna()
    assert (specifications["reason"].eq("") == ~missing).all()
    assert specifications.loc[~missing, ["ci_low", "ci_high", "p_value"]].notna().all(axis=None)
    assert (specifications["ci_low"] <= specifications["ci_high"])[~missing].all()


def test_the_printed_reading_is_among_the_specifications(specifications, people, book):
    groups = compared_groups(people, book, definition="methods")["primary"]
    scored = score(people, scale=scale_of(book), rules=ScoreRules(), groups=groups).assign(g=groups)
    pair = ("users", "non_users")
    row = compare(scored, value="ess_total", group="g", groups=pair).iloc[0]
    reading = {
        "contrast": "primary",
        "na_rule": "item_median",
        "na_scope": "compared_group",
        "score_direction": "agreement_is_secure",
    }
    found = specifications[(specifications[list(reading)] == pd.Series(reading)).all(axis=1)]
    found = found[found["adjustment"] == "none"].set_index("test")
    assert found.loc["welch", "estimate"] == pytest.approx(row["difference"])
    assert found.loc["mann_whitney", "p_value"] == pytest.approx(row["p_value"])


def test_mirror_rows_are_those_computed_from_literal_scores(people, book, specifications):
    groups = compared_groups(people, book, definition="methods")["primary"]
    rules = ScoreRules(score_direction="literal")
    total = score(people, scale=scale_of(book), rules=rules, groups=groups)["ess_total"]
    rows = specifications[
        (specifications["contrast"] == "primary")
        & (specifications["score_direction"] == "literal")
        & (specifications["na_rule"] == "item_median")
        & (specifications["na_scope"] == "compared_group")
        & (specifications["adjustment"] == "none")
    ].set_index("test")
    sample = Sample(total.to_numpy(), groups.eq("users").to_numpy(), np.empty((len(total), 0)))
    for name, estimator in (TWO_SAMPLE | REGRESSIONS).items():
        direct = estimator(sample, 0.95)
        for field in ("estimate", "ci_low", "ci_high", "p_value"):
            assert rows.loc[name, field] == pytest.approx(getattr(direct, field)), (name, field)


def test_a_mirror_of_a_failure_is_a_failure():
    assert mirrored({"reason": "too_few"}) == {"reason": "too_few", "score_direction": "literal"}


def test_row_order_changes_nothing(people, book, specifications):
    shuffled = people.sample(frac=1, random_state=3)
    again = contrast_specifications(shuffled, only_primary(book), rng=np.random.default_rng(1))
    columns = ["score_direction", "contrast"]
    is_primary = specifications["contrast"] == "primary"
    first = specifications[is_primary].sort_values(columns, kind="stable", ignore_index=True)
    again = again.sort_values(columns, kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(again, first, rtol=1e-8, check_dtype=False)


def test_unanswered_items_double_the_readings(book):
    gap = invented(book).pipe(lambda t: t.assign(ess_q01=t["ess_q01"].mask(t.index == 5)))
    found = contrast_specifications(gap, only_primary(book), rng=np.random.default_rng(1))
    assert (found["contrast"] == "primary").sum() == 15 * 13 * 2
    complete = found[found["na_rule"] == "complete_case"]
    assert set(complete["unanswered"]) == {NO_EFFECT}


def test_cuts_grow_from_the_most_frequent_exchange(people, book):
    cuts = frequency_cuts(people, book)
    assert list(cuts) == ["daily", "several_weekly", "weekly", "several_monthly"]
    counts = [int(column.sum()) for column in cuts.values()]
    assert counts == sorted(counts)
    assert counts[0] == people["exchange_frequency"].eq("daily").sum()


def test_gap_rules_differ_at_unanswered_questions_only(people, book):
    variants = gap_variants(people, book)
    gaps = people["teleconsultations"].isna()
    values = {name: set(v.loc[gaps, "teleconsultation"].dropna()) for name, v in variants.items()}
    assert values == {"as_coded": {1}, "complete_cases": set(), "unexposed": {0}, "exposed": {1}}
    answered = [frame[~gaps] for frame in variants.values()]
    assert all(frame.equals(answered[0]) for frame in answered)


def typed(*rows):
    frame = pd.DataFrame(
        rows, columns=["contrast", "score_direction", "test", "estimate", "p_value"]
    )
    unsaid = dict.fromkeys(set(CHOICES) - {"score_direction", "test"}, NO_EFFECT)
    limits = {"ci_low": frame["estimate"] - 1, "ci_high": frame["estimate"] + 1}
    return frame.assign(**unsaid, **limits)


ROWS = typed(
    ("primary", "agreement_is_secure", "welch", 2.0, 0.01),
    ("primary", "literal", "welch", -2.0, 0.01),
    ("primary", "agreement_is_secure", "ols", -2.0, 0.01),
    ("primary", "literal", "ols", -2.0, 0.20),
    ("primary", "literal", "huber", np.nan, np.nan),
    ("secondary_2", "agreement_is_secure", "welch", 1.0, 0.40),
    ("secondary_2", "agreement_is_secure", "ols", -1.0, 0.01),
    ("weekly_exchanges", NO_EFFECT, "logit_wald", -1.0, 0.04),
)


def test_a_conclusion_is_judged_by_meaning(conclusions):
    marked = with_holds(ROWS, conclusions)
    expected = [True, True, False, False, pd.NA, True, False, True]
    assert marked["holds"].tolist() == expected
    assert with_holds(ROWS, conclusions, alpha=0.005)["holds"].sum() == 2  # no difference, twice


def test_the_literal_half_is_turned_round():
    turned = toward_security(ROWS)
    assert turned["estimate"].tolist()[:4] == [2, 2, -2, 2]
    assert (turned["ci_low"] <= turned["ci_high"])[:4].all()


def test_the_deciding_choice_has_the_largest_range(conclusions):
    marked = with_holds(ROWS, conclusions)
    found = verdicts(marked).set_index("contrast")
    primary = found.loc["primary"]
    assert primary[["n", "n_without_estimate", "n_holding", "percent"]].tolist() == [5, 1, 2, 50]
    assert primary[["choice", "most", "least"]].tolist() == ["test", "welch", "ols"]
    assert primary[["most_percent", "least_percent"]].tolist() == [100, 0]
    assert pd.isna(found.loc["weekly_exchanges", "choice"])
    parts = shares(marked)
    assert parts[["choice", "value", "n_holding", "n"]].to_numpy().tolist()[:2] == [
        ["score_direction", "agreement_is_secure", 1, 2],
        ["score_direction", "literal", 1, 2],
    ]


def test_sentences_say_counts_and_choice(conclusions):
    judged = verdicts(with_holds(ROWS, conclusions))
    said = dict(
        zip(judged["contrast"], conclusions_held(judged, conclusions, speaking()), strict=True)
    )
    text = said["primary"].replace(NO_BREAK, " ")
    assert "tient dans 2 spécifications sur 4 (50 %)" in text
    assert "« Test » : 100 % avec « Welch », 0 % avec « moindres carrés »" in text
    assert said["weekly_exchanges"].endswith("aucun choix n'y change rien.")
    english = conclusions_held(judged, conclusions, speaking("en"))
    assert any("holds in 2 of 4 specifications (50%)" in text for text in english)


def test_almost_all_never_reads_as_all(conclusions):
    rows = pd.concat([ROWS.iloc[:1]] * 400 + [ROWS.iloc[2:3]], ignore_index=True)
    (said,) = conclusions_held(verdicts(with_holds(rows, conclusions)), conclusions, speaking())
    assert f"400 spécifications sur 401 (99{NO_BREAK}%)" in said


def test_a_conclusion_without_estimate_is_not_judged(conclusions):
    found = verdicts(with_holds(ROWS.iloc[4:5], conclusions))
    assert found[["n", "n_without_estimate", "n_holding"]].to_numpy().tolist() == [[1, 1, 0]]
    (said,) = conclusions_held(found, conclusions, speaking())
    assert "ne peut être jugée" in said
    ax, (curve, *_) = Figure().subplots(), curves(ROWS.iloc[4:5], conclusions).values()
    figures.specification_curve(ax, curve, found, conclusions, speaking())
    assert [text.get_text() for text in ax.texts] == ["Aucune spécification ne donne d'estimation."]


def test_tables_show_the_verdicts(conclusions):
    marked = with_holds(ROWS, conclusions)
    found, parts = verdicts(marked), shares(marked)
    with unchanged(found, parts):
        table = tables.deciding_choices(found, speaking(labels={"primary": "P"}))
        detail = tables.shares_by_choice(parts, speaking(labels={"primary": "P"}))
    assert table.rows()[0][0] == "P"
    assert table.rows()[0][3:] == [
        "Test",
        f"Welch (100{NO_BREAK}%)",
        f"moindres carrés (0{NO_BREAK}%)",
    ]
    assert detail.blocks()[0][0] == "P"


def test_every_choice_has_words(specifications):
    for lang in ("fr", "en"):
        find = speaking(lang).find
        for choice in CHOICES:
            assert find(f"choice-{choice}")
            for value in set(specifications[choice]) - {NO_EFFECT}:
                assert find(f"choice-{choice}-{value}")


def test_curves_leave_out_mirrors_and_failures(specifications, conclusions):
    rows = curves(specifications, conclusions)["multiverse"]
    known = specifications["contrast"].eq("primary") & specifications["estimate"].notna()
    assert len(rows) == known.sum() / 2
    assert list(rows) == [
        *("contrast", "na_rule", "na_scope", "test", "adjustment"),
        *("estimate", "ci_low", "ci_high", "p_value", "is_reference"),
    ]


def test_curves_point_out_the_reading_of_the_thesis(specifications, conclusions):
    for figure, rows in curves(specifications, conclusions).items():
        reading = conclusions.set_index("figure")["reading"][figure]
        chosen = dict(part.split("=") for part in reading.split())
        found = rows[rows["is_reference"]]
        assert len(found)
        for choice in chosen.keys() & set(rows):
            assert set(found[choice]) == {chosen[choice]}


def test_curves_without_a_reading_point_out_nothing(specifications, conclusions):
    silent = curves(specifications, conclusions.assign(reading=""))
    assert not any(rows["is_reference"].any() for rows in silent.values())


@pytest.mark.parametrize(
    ("sign", "reading", "message"),
    [
        ("up", "", "'primary': sign 'up'; write 1, -1 or 0"),
        ("1", "test=welch rule=mean", "'primary': reading has 'rule'; write choice=value"),
    ],
)
def test_a_wrong_sign_or_reading_is_refused(tmp_path, sign, reading, message):
    path = tmp_path / "conclusions.csv"
    row = f"primary,contrast,{sign},curve,{reading},a,b"
    path.write_text(f"contrast,kind,sign,figure,reading,label_fr,label_en\n{row}\n")
    with pytest.raises(ValueError, match=message):
        read_conclusions(path)


def test_every_conclusion_has_a_figure_of_its_own(tmp_path):
    path = tmp_path / "conclusions.csv"
    path.write_text("contrast,kind,sign,figure,reading\na,contrast,1,x,\nb,contrast,1,x,\n")
    with pytest.raises(ValueError, match="'b': figure 'x' is that of another conclusion"):
        read_conclusions(path)
    path.write_text("contrast,kind,sign,reading\na,contrast,1,\n")
    with pytest.raises(ValueError, match=r"conclusions\.csv: no column figure; add it"):
        read_conclusions(path)
