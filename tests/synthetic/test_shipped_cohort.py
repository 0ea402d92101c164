"""The shipped synthetic cohort: what it meets, and that its seed gives it byte for byte."""

import pytest

from esslib.paths import resolve
from esslib.score.scoring import points, scale_of
from esslib.survey.cleaning import included, tidy_answers
from esslib.survey.export import read_export
from esslib.synthetic import published_targets
from esslib.synthetic.checks import by_family, check, strata_of
from esslib.synthetic.goals import attainable_cells
from esslib.synthetic.readings import describe_choices
from printed.published import read_published

EXPORT = "data/raw/synthetic_export.csv"


@pytest.fixture(scope="module")
def targets(codebook):
    return published_targets(read_published(resolve("data/published/published.csv")), codebook)


@pytest.fixture(scope="module")
def achieved(targets, codebook):
    people = included(tidy_answers(read_export(resolve(EXPORT), codebook), codebook))
    scored = points(people, scale=scale_of(codebook), direction="agreement_is_secure").fillna(0)
    return check(targets, people.assign(stratum=strata_of(people, targets), **scored))


def test_every_target_outside_the_regression_is_met(achieved):
    counted = by_family(achieved).set_index("family")
    others = counted.drop(index="multivariate")
    assert (others["n"] == others["n_met"]).all()
    assert others["n"].sum() > 180


def test_the_regression_misses_only_the_cells_that_no_data_can_meet(achieved, targets, codebook):
    cells = achieved[achieved["target"].str.startswith("multivariate.")]
    choices = describe_choices(targets, codebook)
    missed = cells.loc[~cells["met"].astype(bool), "target"]
    assert missed.tolist() == choices.loc[choices["kind"] == "left_out", "target"].tolist()
    proof = attainable_cells(targets.regression)
    most = proof.groupby("rounding")["n_cells"].sum().max()
    assert len(cells) - len(missed) == most


@pytest.mark.long
@pytest.mark.slow
def test_its_seed_gives_it_byte_for_byte(rebuilt):
    data, said = rebuilt
    assert data == resolve(EXPORT).read_bytes(), said
