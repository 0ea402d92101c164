"""Ranges of the questionnaire's statistics over drawn cohorts."""

from itertools import islice

import numpy as np
import pandas as pd
import pytest
from helpers import unchanged

from esslib.paths import resolve
from esslib.results import check_result, read_result, read_vocabulary, write_result
from esslib.score.factors import ordinal_reliability, polychoric_matrix
from esslib.score.instrument import reliability
from esslib.score.properties import beside_ranges, instrument_statistics, properties
from esslib.score.scoring import Scale, ScoreRules, points, scale_of
from esslib.synthetic.ranges import drawn_cohorts, instrument_ranges
from esslib.synthetic.scores import Contrast, Group, ScoreTargets
from esslib.synthetic.targets import Stratum, Targets

CLASSES = ["users", "secured_other", "non_secured"]
POINTS = {"agree_fully": 1, "agree": 2, "disagree": 3, "disagree_fully": 4}
SMALL = Scale(items=("q1", "q2", "q3", "q4"), points=POINTS)


def cohort(seed, n=36):
    """A synthetic cohort of four items that go together, with a few answers not applicable."""
    rng = np.random.default_rng(seed)
    trait = rng.standard_normal(n)
    codes = np.array([*POINTS])
    answers = {
        item: codes[np.clip(np.round(1.5 + trait + rng.normal(0, 0.7, n)), 0, 3).astype(int)]
        for item in SMALL.items
    }
    frame = pd.DataFrame(answers).mask(rng.random((n, 4)) < 0.05, "not_applicable")
    return frame.assign(tool_class=pd.Categorical(np.resize(CLASSES, n), CLASSES))


def statistics_of(tidy, seed):
    return instrument_statistics(properties(tidy, scale=SMALL, rules=ScoreRules(), seed=seed))


def targets(codebook):
    """Printed means and SDs of three groups that answered all items."""
    low, middle, high = (
        Group(name, (name,), mean, sd)
        for name, mean, sd in (("n", "40.7", "9.5"), ("s", "61.9", "9.7"), ("u", "63.9", "10.5"))
    )
    tools = {"n": "phone", "s": "mssante", "u": "predice_pro"}
    strata = tuple(
        Stratum(name, 12, None, "users" if name == "u" else "non_users", ((tool, 12),))
        for name, tool in tools.items()
    )
    contrasts = tuple(
        Contrast(f"{a.name}{b.name}", (a, b), is_normal=None)
        for a, b in ((middle, low), (high, middle))
    )
    return Targets(strata, score=ScoreTargets(tuple(codebook.items), contrasts))


def test_a_range_holds_every_cohort():
    cohorts = [cohort(seed) for seed in range(3)]
    with unchanged(*cohorts):
        found = instrument_ranges(cohorts, scale=SMALL, rng=np.random.default_rng(1))
    assert (found["n_cohorts"] == 3).all()
    assert (found["minimum"] <= found["median"]).all()
    assert (found["median"] <= found["maximum"]).all()
    omegas = sorted(
        ordinal_reliability(
            polychoric_matrix(points(tidy, scale=SMALL, direction="agreement_is_secure"))
        )["estimate"].iloc[1]
        for tidy in cohorts
    )
    row = found.set_index("statistic").loc["omega_ordinal"]
    assert row[["minimum", "median", "maximum"]].tolist() == pytest.approx(omegas)


def test_every_statistic_stands_once_and_fits_the_contract(codebook):
    rng = np.random.default_rng(1)
    one = statistics_of(cohort(4), rng)
    assert not one.duplicated(["statistic", "variable", "groups"]).any()
    per_item = one[one["variable"].isin(SMALL.items)]
    assert per_item["statistic"].value_counts().nunique() == 2  # for all, or for three pairs
    found = instrument_ranges([cohort(4)], scale=SMALL, rng=rng)
    vocabulary = read_vocabulary(resolve("data/codebook/results.csv"))
    check_result(found, "instrument_ranges", vocabulary)


def test_differences_between_classes_carry_their_names():
    tidy = cohort(5)
    found = statistics_of(tidy, 1)
    row = found[(found["statistic"] == "difference") & (found["variable"] == "q1")]
    assert row["groups"].tolist() == [
        "users - secured_other",
        "users - non_secured",
        "secured_other - non_secured",
    ]
    given = points(tidy, scale=SMALL, direction="agreement_is_secure")["q1"]
    means = given.groupby(tidy["tool_class"]).mean()
    assert row["estimate"].iloc[1] == pytest.approx(means["users"] - means["non_secured"])


def test_reliability_says_on_how_many_it_rests():
    given = points(cohort(6), scale=SMALL, direction="agreement_is_secure")
    found = reliability(given).set_index("statistic")
    assert found.index.tolist() == [
        *("n_complete", "alpha_complete", "alpha_item_median", "alpha_ordinal", "omega_ordinal"),
    ]
    assert found.loc["n_complete", "estimate"] == given.notna().all(axis=1).sum() < len(given)
    assert found["estimate"].notna().all()


@pytest.mark.parametrize("change", [{"q1": 2.0}, {"q1": np.nan}], ids=["constant", "unanswered"])
def test_reliability_that_cannot_be_computed_is_missing(change):
    given = points(cohort(6, n=5), scale=SMALL, direction="agreement_is_secure")
    found = reliability(given.assign(**change).assign(q2=[1.0, 2, 3, 4, 1])).set_index("statistic")[
        "estimate"
    ]
    assert found[["alpha_ordinal", "omega_ordinal"]].isna().all()
    assert found["n_complete"] >= 0


def test_a_cohort_stands_beside_the_ranges_as_read_back(tmp_path):
    vocabulary = read_vocabulary(resolve("data/codebook/results.csv"))
    cohorts = [cohort(seed) for seed in range(3)]
    ranges = instrument_ranges(cohorts, scale=SMALL, rng=np.random.default_rng(1))
    write_result(ranges, "instrument_ranges", tmp_path, vocabulary)
    read = read_result("instrument_ranges", tmp_path, vocabulary)
    own = statistics_of(cohorts[0], 2)
    with unchanged(own, read):
        found = beside_ranges(own, read)
    assert (found["n_cohorts"] == 3).all()
    pinned = found[found["statistic"] != "n_components"]  # another seed may retain another one
    assert (pinned["estimate"] >= pinned["minimum"] - 1e-8).all()
    assert (pinned["estimate"] <= pinned["maximum"] + 1e-8).all()
    assert beside_ranges(own, read.iloc[1:])["minimum"].isna().sum() == 1


def test_no_cohort_has_no_range():
    with pytest.raises(ValueError, match="got no cohort"):
        instrument_ranges([], scale=SMALL, rng=np.random.default_rng(1))


def test_drawn_cohorts_have_the_printed_means(codebook):
    wanted = targets(codebook)
    profiles = pd.DataFrame(
        [
            {"tool": tool, "item": item, "centre": centre, "na_percent": 0}
            for tool, centre in {"phone": 2, "mssante": 3.2, "predice_pro": 3.3}.items()
            for item in codebook.items
        ]
    )
    draws = drawn_cohorts(wanted, profiles, codebook, seeds=(1, 1, 2))
    first, again, other = islice(draws, 3)
    pd.testing.assert_frame_equal(first, again)
    assert not first[codebook.items].equals(other[codebook.items])
    given = points(first, scale=scale_of(codebook), direction="agreement_is_secure")
    means = given.sum(axis=1).groupby(first["tool_class"]).mean().round(1)
    assert means.to_dict() == {"non_secured": 40.7, "secured_other": 61.9, "users": 63.9}


def test_cohorts_need_a_score(codebook):
    with pytest.raises(ValueError, match="have no score"):
        next(drawn_cohorts(Targets(()), pd.DataFrame(), codebook, seeds=(1,)))
