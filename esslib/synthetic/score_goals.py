"""A score to aim at for every respondent: printed mean and SD, a skewed shape, the printed ranks.

A group's scores are drawn from a beta distribution with its mean and SD on the range of the score,
so that they lean away from the nearer end as scores of people do, and redrawn until Shapiro–Wilk
rejects them where that is printed. The goals are a start for the item answers, not exact.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from esslib.synthetic.score_terms import HALF, Term, terms
from esslib.synthetic.scores import Group, ScoreTargets
from printed.published import parse

__all__ = ["goal_scores", "home_groups"]

ROUNDS = 60
REDRAWS = 300
LEAST_CONCENTRATION = 0.5


def home_groups(targets: ScoreTargets) -> dict[str, Group]:
    """Return, for each stratum, the group of fewest strata that holds it: its home.

    Examples
    --------
    >>> from esslib.synthetic.scores import Contrast
    >>> a, b = Group("a", ("x",), "3", "1"), Group("both", ("x", "y"), "3", "1")
    >>> homes = home_groups(ScoreTargets(("q",), (Contrast("c", (a, b)),)))
    >>> homes["x"].name, homes["y"].name
    ('a', 'both')
    """
    groups = [group for contrast in targets.contrasts for group in contrast.groups]
    holding = {name: [g for g in groups if name in g.strata] for name in targets.strata}
    return {name: min(found, key=lambda g: len(g.strata)) for name, found in holding.items()}


def goal_scores(
    targets: ScoreTargets, strata: list[str], ease: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw a score to aim at for each respondent, in half points.

    Parameters
    ----------
    targets
        What is printed.
    strata
        Stratum of each respondent.
    ease
        Score expected of each respondent's tool, in points: higher goals go rather to higher ones.
    rng
        Random generator.
    """
    homes = home_groups(targets)
    members = {g: [i for i, s in enumerate(strata) if homes[s] == g] for g in homes.values()}
    whole = {g for g in members if all(homes[name] == g for name in g.strata)}
    sizes = {name: strata.count(name) for name in targets.strata}
    judged = [term for term in terms(targets, sizes) if whole.issuperset(term.groups)]
    goals = np.zeros(len(strata), dtype=np.int64)
    for group, scores in _best_round(members, judged, targets, rng).items():
        rows = np.array(members[group])
        leaning = ease[rows] + float(group.sd) * rng.standard_normal(len(rows))
        goals[rows[np.argsort(leaning, kind="stable")]] = sorted(scores)
    return goals


def _best_round(
    members: Mapping[Group, list[int]],
    judged: list[Term],
    targets: ScoreTargets,
    rng: np.random.Generator,
) -> dict[Group, list[int]]:
    """Draw every group ROUNDS times; keep the round whose comparisons come nearest."""
    between = [term for term in judged if len(term.groups) > 1]
    best: tuple[int, dict[Group, list[int]]] | None = None
    for _ in range(ROUNDS):
        drawn = {}
        for group, rows in members.items():
            shapes = [t for t in judged if t.groups == (group,) and t.statistic == "shapiro_p"]
            drawn[group] = _skewed(group, len(rows), targets, shapes, rng)
        misfit = sum(term.misfit(*(drawn[group] for group in term.groups)) for term in between)
        if best is None or misfit < best[0]:
            best = misfit, drawn
    return best[1] if best else {}


def _skewed(
    group: Group, n: int, targets: ScoreTargets, shapes: list[Term], rng: np.random.Generator
) -> list[int]:
    """Draw n scores until no Shapiro-Wilk term misses; the least missing one after REDRAWS."""
    best: tuple[int, list[int]] | None = None
    for _ in range(REDRAWS):
        scores = _beta_scores(group, n, targets, rng)
        misfit = sum(term.misfit(scores) for term in shapes)
        if best is None or misfit < best[0]:
            best = misfit, scores
        if not misfit:
            break
    return best[1] if best else []


def _beta_scores(
    group: Group, n: int, targets: ScoreTargets, rng: np.random.Generator
) -> list[int]:
    low, high = targets.low * len(targets.items), targets.high * len(targets.items)
    mean, sd = float(parse(group.mean).value), float(group.printed_sd.value)
    place = (mean - low) / (high - low)
    concentration = place * (1 - place) * ((high - low) / max(sd, 1e-9)) ** 2 - 1
    concentration = max(concentration, LEAST_CONCENTRATION)
    drawn = rng.beta(place * concentration, (1 - place) * concentration, size=n)
    standard = (drawn - drawn.mean()) / max(drawn.std(ddof=min(1, n - 1)), 1e-9)
    points = np.clip(mean + sd * standard, low, high)
    return [round(HALF * score) for score in points.tolist()]
