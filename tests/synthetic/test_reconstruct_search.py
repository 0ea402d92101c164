"""The search for covariates: its equations, its walk, and fours of exchanges."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from statsmodels.discrete.discrete_model import Logit

from esslib.synthetic import NoSolution
from esslib.synthetic.covariates import Problem, search
from esslib.synthetic.equations import (
    Wanted,
    design_of,
    effects,
    misfit,
    solve,
)
from esslib.synthetic.fours import combine_fours
from esslib.synthetic.goals import cell_goals
from esslib.synthetic.margin_table import Margin, MarginTable
from esslib.synthetic.pairs import Exchanges, fours
from esslib.synthetic.plan import SearchPlan
from esslib.synthetic.targets import Dichotomy, RegressionRow
from esslib.synthetic.walk import start, walk

NAMES = ("x", "y", "z")
STRATA = ["a"] * 30 + ["b"] * 30
PLAN = SearchPlan(n_walks=2, n_blocks=20, n_proposals=10_000, n_exchanges=300, n_beam=6, hot=0.1)


def row(name, *texts):
    return RegressionRow(Dichotomy(name, name, "any_of", "1"), *texts)


def printed(columns, outcome):
    """The rows that a regression prints, rounded half up."""
    found = Logit(outcome, np.column_stack([np.ones(len(columns)), columns])).fit(disp=False)
    half = 1.96 * found.bse
    cells = np.column_stack([found.params, found.params - half, found.params + half])[1:]
    return [
        row(name, *(f"{cell:.2f}" for cell in line))
        for name, line in zip(NAMES, cells, strict=True)
    ]


@pytest.fixture(scope="module")
def problem():
    """The regression of one data set, to be found from its margins and printed rows."""
    rng = np.random.default_rng(2)
    columns = rng.integers(0, 2, (60, 3))
    outcome = (rng.random(60) < 0.5).astype(float)
    margins = {
        name: [Margin((s,), *[int(columns[np.array(STRATA) == s, j].sum())] * 2) for s in "ab"]
        for j, name in enumerate(NAMES)
    }
    margins["z"][0] = replace(margins["z"][0], low=margins["z"][0].low - 2)
    return Problem(MarginTable(margins, STRATA), outcome, cell_goals(printed(columns, outcome)))


@pytest.fixture(scope="module")
def found(problem):
    return search(problem, PLAN, np.random.default_rng(4))


@pytest.fixture(scope="module")
def wanted(problem):
    return Wanted.of(problem.outcome, problem.goals)


def columns_of(problem, seed):
    return problem.margins.draw(np.random.default_rng(seed))


def test_at_their_own_estimates_the_equations_are_those_of_statsmodels(problem):
    """The shift vanishes, and the half widths are Wald's."""
    columns = columns_of(problem, 1)
    theirs = Logit(problem.outcome, design_of(columns).astype(float)).fit(disp=False, tol=1e-12)
    here = Wanted.of(problem.outcome, problem.goals)._replace(beta=theirs.params[1:])
    is_regular, now = solve(design_of(columns), here)
    assert is_regular
    np.testing.assert_allclose(now.shift, 0, atol=1e-6)
    np.testing.assert_allclose(now.half, 1.96 * theirs.bse[1:], rtol=1e-6)
    np.testing.assert_allclose(now.probability, theirs.predict(), atol=1e-6)


def test_near_the_goal_the_shift_is_the_distance_to_the_estimates(problem, wanted, found):
    columns = found[0]
    theirs = Logit(problem.outcome, design_of(columns).astype(float)).fit(disp=False, tol=1e-12)
    now = solve(design_of(columns), wanted)[1]
    np.testing.assert_allclose(wanted.beta + now.shift[1:], theirs.params[1:], atol=2e-4)
    np.testing.assert_allclose(now.half, 1.96 * theirs.bse[1:], atol=2e-3)


def test_collinear_covariates_are_noticed(wanted):
    columns = np.repeat(np.random.default_rng(1).integers(0, 2, (60, 1)), 3, axis=1)
    assert not solve(design_of(columns), wanted)[0]
    assert np.isinf(start(design_of(columns), wanted).misfit)


def test_effects_of_a_flip_are_near_what_the_flip_does(wanted, found):
    """First order: a flip's own second order is left, and nothing of the first."""
    design = design_of(found[0])
    now = solve(design, wanted)[1]
    effect = effects(design, wanted, now)
    missed, moved = [], []
    for i, c in [(i, c) for i in range(0, 60, 7) for c in range(3)]:
        flipped = design.copy()
        flipped[i, c + 1] ^= 1
        there = solve(flipped, wanted)[1]
        done = np.concatenate([there.shift - now.shift, there.half - now.half])
        said = np.concatenate([effect.shift[i, c], effect.half[i, c]])
        missed.append(np.abs(done[1:] - said[1:]).max())
        moved.append(np.abs(done[1:]).max())
    assert np.mean(missed) < 0.2 * np.mean(moved)


def test_the_misfit_is_zero_only_where_every_cell_is_met(problem, wanted, found):
    columns, left = found
    assert left == 0
    theirs = Logit(problem.outcome, design_of(columns).astype(float)).fit(disp=False)
    half = 1.96 * theirs.bse
    cells = np.column_stack([theirs.params, theirs.params - half, theirs.params + half])[1:]
    assert (np.abs(cells - problem.goals.centre) <= problem.goals.reach).all()
    other = design_of(columns_of(problem, 9))
    assert misfit(solve(other, wanted)[1], wanted) > 0
    assert problem.is_met(design_of(columns)) and not problem.is_met(other)


def within_margins(problem, columns):
    held = problem.margins.held
    filled = [columns[held.stratum == s].sum(axis=0) for s in range(held.inside.shape[2])]
    counted = (held.inside * np.array(filled).T[:, None, :]).sum(axis=2)
    return ((counted >= held.low) & (counted <= held.high)).all()


def test_a_walk_keeps_the_margins_and_its_best_place(problem, wanted):
    place = start(design_of(columns_of(problem, 3)), wanted)
    before = place.design.copy()
    rng = np.random.default_rng(7)
    after = walk(place, wanted, problem.margins.held, 5_000, 0.05, rng)
    np.testing.assert_array_equal(place.design, before)
    assert (after.design != before).any()
    for design in (after.design, after.best):
        assert within_margins(problem, design[:, 1:].astype(int))
    assert after.best_misfit <= after.misfit
    assert after.best_misfit == pytest.approx(misfit(solve(after.best, wanted)[1], wanted))


def test_a_seed_gives_the_same_columns_and_keeps_the_margins(problem):
    twice = [search(problem, PLAN, np.random.default_rng(5))[0] for _ in range(2)]
    np.testing.assert_array_equal(*twice)
    assert within_margins(problem, twice[0])


def test_combining_never_ends_worse(problem, wanted):
    aims = problem.goals.aims()
    starts = [design_of(columns_of(problem, seed)) for seed in range(3)]
    first = min(misfit(solve(design, wanted)[1], wanted) for design in starts)
    found = combine_fours(starts, wanted, aims, problem.margins, PLAN, is_done=lambda design: False)
    assert misfit(solve(found, wanted)[1], wanted) <= first
    assert within_margins(problem, found[:, 1:].astype(int))


def test_combining_ends_with_the_first_design_that_is_done(problem, wanted):
    near = design_of(search(problem, PLAN, np.random.default_rng(5))[0])
    starts, aims = [design_of(columns_of(problem, 3)), near], problem.goals.aims()
    tried = []

    def is_done(design):
        tried.append(design)
        return problem.is_met(design)

    found = combine_fours(starts, wanted, aims, problem.margins, PLAN, is_done=is_done)
    np.testing.assert_array_equal(found, near)
    assert len(tried) == 1


def test_fours_are_those_that_trying_all_finds():
    rng = np.random.default_rng(3)
    n, terms = 24, 5
    people = rng.permutation(60)[: 2 * n].reshape(2, n)
    effect = rng.normal(size=(n, terms)).round(3)
    reach, away = np.full(terms, 0.9), effect[[2, 5, 11, 17]].sum(axis=0)
    exchanges = Exchanges(np.zeros(n, dtype=np.int64), people[0], people[1], effect)
    with ThreadPoolExecutor(2) as pool:
        found = fours(exchanges, away, reach, pool)
    off = {
        four: np.abs(effect[list(four)].sum(axis=0) - away) for four in combinations(range(n), 4)
    }
    inside = {four for four, each in off.items() if (each < reach - 1e-5).all()}
    near = {four for four, each in off.items() if (each < reach + 1e-5).all()}
    assert (2, 5, 11, 17) in inside
    assert inside <= {tuple(map(int, four)) for four in found} <= near
    assert len(found) == len(inside) > 1


def test_a_pair_has_no_respondent_twice():
    """Exchanges 0 and 1 share somebody: no pair, and only fours that part them."""
    effect = np.zeros((4, 2))
    exchanges = Exchanges(
        np.zeros(4, dtype=np.int64), np.array([0, 0, 4, 6]), np.array([1, 3, 5, 7]), effect
    )
    with ThreadPoolExecutor(1) as pool:
        found = fours(exchanges, np.zeros(2), np.ones(2), pool)
    assert found.tolist() == [[0, 1, 2, 3]]
    alone = Exchanges(*(part[:2] for part in exchanges))
    with ThreadPoolExecutor(1) as pool:
        assert fours(alone, np.zeros(2), np.ones(2), pool).shape == (0, 4)


def test_aims_meet_all_cells_that_a_row_can_have():
    goals = cell_goals([row("x", "0.26", "-0.89", "1.41"), row("y", "1.49", "1.1", "2.99", "0.05")])
    aims = goals.aims()
    assert goals.misfit(aims.beta, aims.half) == 0
    for side in (-1, 1):
        assert goals.misfit(aims.beta + side * 2.1 * aims.beta_reach, aims.half) > 0
        assert goals.misfit(aims.beta, aims.half + side * 2.1 * aims.half_reach) > 0


def test_starts_that_are_all_collinear_are_refused(problem):
    margins = {name: [Margin(("a",), 30, 30), Margin(("b",), 30, 30)] for name in NAMES}
    everybody = replace(problem, margins=MarginTable(margins, STRATA))
    with pytest.raises(NoSolution, match="collinear"):
        search(everybody, PLAN, np.random.default_rng(1))


def test_a_plan_cools_geometrically():
    plan = SearchPlan(n_blocks=3, hot=0.04, cold=0.01)
    assert [plan.temperature(block) for block in range(3)] == pytest.approx([0.04, 0.02, 0.01])
    assert SearchPlan(n_blocks=1).temperature(0) == SearchPlan().hot
