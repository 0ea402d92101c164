"""Synthetic item answers: every printed number of the score, or a proof that none can have them."""

from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import pingouin as pg
import pytest
import scipy.stats as st
from hypothesis import given, settings
from hypothesis import strategies as some

from esslib.paths import resolve
from esslib.synthetic import score_repair
from esslib.synthetic.items import item_answers
from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.score_ledger import Ledger
from esslib.synthetic.score_proof import refuse_scores
from esslib.synthetic.score_terms import (
    sd_window,
    shapiro_limit,
    shapiro_weights,
    terms,
    window,
)
from esslib.synthetic.scores import (
    Contrast,
    Group,
    ScoreTargets,
    check_item_scores,
    group_scores,
    half_points,
)
from printed.published import parse, read_published

SECURED = {"doctolib_team": 6, "mssante": 6, "meeting": 1, "idomed": 1, "parole": 1}
SECURED |= {"healphi": 1, "email_professional": 1}
OTHERS = {"phone": 19, "whatsapp": 9, "sms": 7, "email_personal": 2, "telegram": 2, "messenger": 2}
OTHERS |= {"post": 1, "skype": 1}
TOOLS = {"users": {"predice_pro": 21}, "secured_other": SECURED, "non_secured": OTHERS}
SIZES = {stratum: sum(tools.values()) for stratum, tools in TOOLS.items()}
STRATA = {name: (name,) for name in TOOLS} | {"non_users": ("secured_other", "non_secured")}


def study_targets():
    printed = read_published(resolve("data/published/published.csv"))
    text = printed[printed["table"] == "text"].set_index(["row", "group", "statistic"])["printed"]
    contrasts = pd.read_csv(resolve("data/codebook/contrasts.csv"))

    def group(contrast, name):
        mean, sd = (text[contrast, name, statistic] for statistic in ("mean", "sd"))
        return Group(name, STRATA[name], mean, sd)

    return ScoreTargets(
        tuple(f"ess_q{number:02d}" for number in range(1, 21)),
        tuple(
            Contrast(
                row.contrast,
                (group(row.contrast, row.group_a), group(row.contrast, row.group_b)),
                text.get((row.contrast, "all", "difference"), ""),
                text[row.contrast, "all", "p_value"],
            )
            for row in contrasts.itertuples()
            if (row.contrast, row.group_a, "mean") in text.index
        ),
    )


def study_people():
    rows = [
        {"stratum": stratum, "tool": tool}
        for stratum, tools in TOOLS.items()
        for tool, count in tools.items()
        for _ in range(count)
    ]
    return pd.DataFrame(rows, index=[f"R{number:03d}" for number in range(len(rows))])


def study_profiles():
    return pd.read_csv(resolve("data/codebook/item_profiles.csv"))


@pytest.fixture(scope="module")
def cohort():
    people = study_people()
    answers = item_answers(study_targets(), people, study_profiles(), np.random.default_rng(2022))
    return people, answers


# ------------------------------------------------------------------ another study, and a small one

NAMES = tuple("abcdefgh")
LOW, HIGH = (
    Group("low", ("l",), "19.4", "4.2"),
    Group("high", ("h",), "25.1", "5.0"),
)
OTHER = ScoreTargets(
    NAMES, (Contrast("c", (HIGH, LOW), "5.7", "<0.01"),), low=1, high=5, continuity=False
)


def other_people():
    return pd.DataFrame({"stratum": ["l"] * 14 + ["h"] * 12, "tool": "any"})


def other_profiles():
    return pd.DataFrame({"tool": "any", "item": NAMES, "centre": 2.8, "na_percent": 12})


def other_answers(targets=OTHER, seed=1):
    return item_answers(targets, other_people(), other_profiles(), np.random.default_rng(seed))


def edited(targets, index=0, **changes):
    """Change the contrast at `index`; `mean`, `sd` change its first group."""
    contrast = targets.contrasts[index]
    own = {name: changes.pop(name) for name in ("mean", "sd") if name in changes}
    groups = (replace(contrast.groups[0], **own), contrast.groups[1])
    contrasts = list(targets.contrasts)
    contrasts[index] = replace(contrast, groups=groups, **changes)
    return replace(targets, contrasts=tuple(contrasts))


# ---------------------------------------------------------------------------------- printed windows


@pytest.mark.parametrize("printed", ["63.9", "40", "5.05"])
def test_a_window_holds_what_prints_so_under_every_tie_rule(printed):
    number, scale = parse(printed), 34
    inside = window(number, scale)
    near = range(int(float(printed) * scale) - 60, int(float(printed) * scale) + 60)
    open_ends = [k for k in near if abs(2 * (k / scale - float(printed))) < float(number.unit)]
    assert list(inside) == open_ends


def test_an_sd_window_agrees_with_the_sample_sd():
    inside = sd_window(parse("1.2"), 5)
    for scores in combinations_with_replacement(range(4, 17), 5):
        spread = 5 * sum(x * x for x in scores) - sum(scores) ** 2
        assert (spread in inside) == (1.15 < np.std(scores, ddof=1) / 2 < 1.25)


def test_an_sd_is_held_to_the_decimals_of_its_mean():
    assert Group("g", ("g",), "47.3", "12").printed_sd.text == "12.0"
    assert Group("g", ("g",), "47.3", "12.04").printed_sd.text == "12.04"
    assert Group("g", ("g",), "47", "12").printed_sd.text == "12"


@pytest.mark.parametrize("n", [6, 9, 11, 12, 17, 21, 43, 60])
def test_shapiro_wilk_agrees_with_scipy(n):
    rng = np.random.default_rng(n)
    for skew in (0.5, 1, 3):
        scores = np.sort(rng.gamma(skew, size=n) * 100).round()
        expected = st.shapiro(scores)
        weights = np.array(shapiro_weights(n)) / 1e6
        statistic = (weights @ scores) ** 2 / ((scores - scores.mean()) ** 2).sum()
        assert statistic == pytest.approx(expected.statistic, abs=2e-5)
        if abs(expected.pvalue - 0.05) > 1e-3:
            assert (statistic < shapiro_limit(n, 0.05)) == (expected.pvalue < 0.05)


def test_shapiro_wilk_needs_more_than_five():
    with pytest.raises(ValueError, match="more than 5"):
        shapiro_weights(5)


@pytest.mark.parametrize("continuity", [True, False])
def test_a_rank_misfit_is_zero_where_pingouin_prints_the_p(continuity):
    groups = Group("a", ("a",), "5", "2"), Group("b", ("b",), "5", "2")
    contrast = Contrast("c", groups, p_value="0.4", is_normal=None)
    targets = ScoreTargets(("q",), (contrast,), continuity=continuity)
    misfit = terms(targets, {"a": 8, "b": 7})[-1].misfit
    rng, verdicts = np.random.default_rng(3), []
    for _ in range(60):
        a, b = rng.integers(0, 12, size=8).tolist(), rng.integers(1, 14, size=7).tolist()
        p_value = pg.mwu(a, b, use_continuity=continuity)["p_val"].iloc[0]
        verdicts.append(0.35 < p_value < 0.45)
        assert (misfit(a, b) == 0) == verdicts[-1]
    assert 0 < sum(verdicts) < len(verdicts)


# ------------------------------------------------------------------------------ scores and ledger


def test_not_applicable_counts_the_median_of_the_pool():
    answers = pd.DataFrame({"q1": [4, 0, 3, 1], "q2": [0, 0, 0, 2]})
    first = half_points(answers, pool=pd.Series([True, True, True, False]), middle=2.5)
    assert first.tolist() == [8 + 5, 7 + 5, 6 + 5]
    everyone = half_points(answers, pool=pd.Series([True] * 4), middle=2.5)
    assert everyone.tolist() == [8 + 4, 6 + 4, 6 + 4, 2 + 4]


def test_a_respondent_scores_differently_in_two_groups():
    answers = pd.DataFrame({"q": [4, 0, 1, 1, 1]})
    strata = pd.Series(["a", "a", "b", "b", "b"])
    part, whole = Group("part", ("a",), "4", "0"), Group("whole", ("a", "b"), "1", "1")
    rule = ScoreTargets(("q",), (Contrast("c", (part, whole)),))
    assert group_scores(answers, strata, part, rule).tolist() == [4, 4]
    assert group_scores(answers, strata, whole, rule).tolist() == [4, 1, 1, 1, 1]
    fixed = replace(rule, na_scope="whole_sample")
    assert group_scores(answers, strata, part, fixed).tolist() == [4, 1]


@settings(max_examples=30, deadline=None)
@given(seed=some.integers(0, 2**32 - 1))
def test_a_ledger_follows_every_change(seed):
    rng = np.random.default_rng(seed)
    answers = rng.integers(0, 5, size=(7, 3))
    pools = [[0, 1, 2], [3, 4, 5, 6], list(range(7))]
    ledger = Ledger(answers, pools, low=1, high=4)
    for _ in range(25):
        ledger.change(int(rng.integers(7)), int(rng.integers(3)), int(rng.integers(5)))
    frame = pd.DataFrame(ledger.answers)
    for pool, totals in zip(pools, ledger.totals, strict=True):
        expected = half_points(frame, pool=frame.index.to_series().isin(pool), middle=2.5)
        assert totals == expected.to_dict()


def test_a_check_compares_by_interval():
    answers = pd.DataFrame({"q1": [4, 4, 1, 2], "q2": [4, 2, 1, 1]})
    groups = Group("a", ("a",), "7.0", "1.4"), Group("b", ("b",), "2.5", "0.8")
    targets = ScoreTargets(("q1", "q2"), (Contrast("c", groups, "4.5", is_normal=None),))
    checked = check_item_scores(answers, pd.Series(["a", "a", "b", "b"]), targets)
    assert checked["target"].tolist() == [
        "c.a.mean",
        "c.a.sd",
        "c.b.mean",
        "c.b.sd",
        "c.all.difference",
    ]
    assert checked["achieved"].tolist() == pytest.approx([7, 2**0.5, 2.5, 0.5**0.5, 4.5])
    assert checked["met"].tolist() == [True, True, True, False, True]


# ----------------------------------------------------------------------------------------- proofs


def test_whole_sample_medians_cannot_give_the_study():
    with pytest.raises(NoSolution, match="one score in all comparisons") as caught:
        refuse_scores(replace(study_targets(), na_scope="whole_sample"), SIZES)
    assert caught.value.is_proof
    assert caught.value.targets == (
        "primary.non_users.mean",
        "secondary_1.non_secured.mean",
        "secondary_1.secured_other.mean",
    )


def test_the_study_itself_is_not_refused():
    assert refuse_scores(study_targets(), SIZES) is None


@pytest.mark.parametrize(
    ("changes", "conflict"),
    [
        ({"mean": "90.0"}, {"primary.users.mean"}),
        ({"mean": "63.91"}, {"primary.users.mean"}),
        ({"sd": "31.5"}, {"primary.users.sd"}),
        ({"mean": "63.8"}, {"primary.users.mean", "secondary_2.users.mean"}),
        ({"sd": "9.4"}, {"primary.users.sd", "secondary_2.users.sd"}),
    ],
)
def test_a_contradiction_names_its_targets(changes, conflict):
    with pytest.raises(NoSolution) as caught:
        refuse_scores(edited(study_targets(), **changes), SIZES)
    assert set(caught.value.targets) == conflict


@pytest.mark.parametrize(
    ("changes", "conflict"),
    [
        ({"mean": "38.0", "sd": "9.0"}, {"c.high.mean", "c.high.sd"}),
        ({"difference": "5.9"}, {"c.high.mean", "c.low.mean", "c.all.difference"}),
    ],
)
def test_a_contradiction_of_another_study_names_its_targets(changes, conflict):
    with pytest.raises(NoSolution) as caught:
        refuse_scores(edited(OTHER, **changes), {"h": 12, "l": 14})
    assert set(caught.value.targets) == conflict


@settings(max_examples=60, deadline=None)
@given(
    first=some.lists(some.integers(8, 32), min_size=2, max_size=6),
    second=some.lists(some.integers(8, 32), min_size=2, max_size=6),
    decimals=some.integers(0, 2),
)
def test_real_scores_are_never_refused(first, second, decimals):
    """Scores of one fixed answer sheet: whatever they print, no proof may speak against it."""

    def group(name, strata, scores):
        shown = [f"{value:.{decimals}f}" for value in (np.mean(scores), np.std(scores, ddof=1))]
        return Group(name, strata, *shown)

    def is_tied(value):
        return abs(value * 10**decimals % 1 - 0.5) < 1e-6

    a, b = np.array(first) / 2, np.array(second) / 2
    both = np.concatenate([a, b])
    moments = [f(x) for x in (a, b, both) for f in (np.mean, lambda x: np.std(x, ddof=1))]
    if any(map(is_tied, moments)) or is_tied(a.mean() - b.mean()):
        return
    parts = group("a", ("a",), a), group("b", ("b",), b)
    targets = ScoreTargets(
        tuple("wxyz"),
        (
            Contrast("parts", parts, f"{a.mean() - b.mean():.{decimals}f}"),
            Contrast("whole", (parts[0], group("both", ("a", "b"), both))),
        ),
        na_scope="whole_sample",
    )
    assert refuse_scores(targets, {"a": len(a), "b": len(b)}) is None


# ------------------------------------------------------------------------------------- item answers


def test_every_printed_number_of_the_study_comes_out(cohort):
    people, answers = cohort
    checked = check_item_scores(answers, people["stratum"], study_targets())
    assert len(checked) == 23
    assert checked[~checked["met"]].empty


def test_answers_are_whole_and_on_the_index(cohort):
    people, answers = cohort
    assert answers.index.equals(people.index)
    assert set(answers.dtypes.astype(str)) == {"Int8"}
    assert set(np.unique(answers)) == {0, 1, 2, 3, 4}


def test_answers_look_like_answers_of_people(cohort):
    people, answers = cohort
    given_answers = answers.where(answers != 0).astype("Float64")
    by_tool = given_answers.groupby(people["tool"]).mean()
    assert by_tool.at["phone", "ess_q02"] + 1 < by_tool.at["predice_pro", "ess_q02"]
    assert by_tool.at["whatsapp", "ess_q06"] + 1 < by_tool.at["mssante", "ess_q06"]
    assert by_tool.at["phone", "ess_q09"] > by_tool.loc["phone"].mean() + 0.5
    absent = (answers == 0).groupby(people["stratum"]).mean().mean(axis="columns")
    assert absent["users"] < absent["secured_other"] < absent["non_secured"] < 0.4
    for stratum, rows in given_answers.groupby(people["stratum"]):
        alpha = pg.cronbach_alpha(rows.astype("float64").fillna(rows.median()))[0]
        assert 0.8 < alpha < 0.96, stratum


def test_another_study_can_be_given():
    answers = other_answers()
    checked = check_item_scores(answers, other_people()["stratum"], OTHER)
    assert checked["met"].all()
    assert answers.to_numpy().max() == 5


def test_medians_of_the_whole_sample_can_be_asked_for():
    targets = replace(OTHER, na_scope="whole_sample")
    assert check_item_scores(other_answers(targets), other_people()["stratum"], targets)[
        "met"
    ].all()


def test_a_seed_gives_the_same_answers_and_another_seed_others():
    pd.testing.assert_frame_equal(other_answers(seed=4), other_answers(seed=4))
    assert not other_answers(seed=4).equals(other_answers(seed=5))


def test_inputs_are_left_as_they_were():
    people, profiles = other_people(), other_profiles()
    item_answers(OTHER, people, profiles, np.random.default_rng(1))
    pd.testing.assert_frame_equal(people, other_people())
    pd.testing.assert_frame_equal(profiles, other_profiles())


def test_a_contradiction_is_refused_before_any_search():
    with pytest.raises(NoSolution) as caught:
        other_answers(edited(OTHER, difference="9.9"))
    assert caught.value.is_proof


def test_a_search_that_fails_names_what_it_missed(monkeypatch):
    monkeypatch.setattr(score_repair, "SWEEPS", 4)
    with pytest.raises(NoSolution, match="were not met together") as caught:
        other_answers(edited(OTHER, p_value="0.9"))
    assert not caught.value.is_proof
    assert "c.all.p_value" in caught.value.targets


def test_progress_is_told_down_to_zero():
    told = []
    item_answers(
        OTHER, other_people(), other_profiles(), np.random.default_rng(1), progress=told.append
    )
    assert told[-1] == 0


def test_an_unknown_stratum_is_named():
    people = other_people().replace({"stratum": {"h": "x"}})
    with pytest.raises(ValueError, match=r"\['x'\] are in no compared group"):
        item_answers(OTHER, people, other_profiles(), np.random.default_rng(1))


@pytest.mark.parametrize("left_out", [{"item": "b"}, {"tool": "any"}])
def test_a_tool_without_a_profile_is_named(left_out):
    profiles = other_profiles().assign(tool=["any"] * 8)
    column, value = next(iter(left_out.items()))
    with pytest.raises(ValueError, match="column tool"):
        item_answers(
            OTHER, other_people(), profiles[profiles[column] != value], np.random.default_rng(1)
        )


@pytest.mark.parametrize(
    ("wrong", "match"), [({"na_scope": "none"}, "na_scope"), ({"low": 0}, "low")]
)
def test_impossible_rules_are_refused(wrong, match):
    with pytest.raises(ValueError, match=match):
        replace(OTHER, **wrong)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 4))
def test_other_seeds_meet_the_study_too(seed):
    people, targets = study_people(), study_targets()
    answers = item_answers(targets, people, study_profiles(), np.random.default_rng(seed))
    assert check_item_scores(answers, people["stratum"], targets)["met"].all()
