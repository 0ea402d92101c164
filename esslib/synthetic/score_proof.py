"""Prove that printed means, SDs and differences contradict each other, before any search.

All sums and sums of squares that scores in half points can have are enumerated, so a refusal is a
proof; silence proves nothing. Where item medians are taken over the whole sample a respondent has
one score in every comparison, and the moments of a group then follow from those of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import combinations
from operator import add

import numpy as np

from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.score_terms import HALF, sd_window, window
from esslib.synthetic.scores import Contrast, ScoreTargets, target_id
from printed.published import parse

__all__ = ["refuse_scores"]

Ids = frozenset[str]
Relation = tuple[Ids, Callable[[Ids], bool], str]
NEVER = 2**61


@dataclass(frozen=True, eq=False)
class _Moments:
    """For each sum of half points from `start` on: least and greatest sum of squares."""

    start: int
    least: np.ndarray
    greatest: np.ndarray

    @property
    def steps(self) -> np.ndarray:
        """Distances from `start` of the sums that some scores have."""
        return np.flatnonzero(self.least <= self.greatest)

    def within(self, least: np.ndarray, greatest: np.ndarray) -> _Moments:
        """Leave the sums of squares between two bounds."""
        return _Moments(
            self.start, np.maximum(self.least, least), np.minimum(self.greatest, greatest)
        )

    def __add__(self, other: _Moments) -> _Moments:
        """Bounds for two sets of scores thrown together."""
        size = len(self.least) + len(other.least) - 1
        least, greatest = np.full(size, NEVER), np.full(size, -NEVER)
        steps = other.steps
        for step in self.steps.tolist():
            low, high = self.least[step] + other.least, self.greatest[step] + other.greatest
            least[step + steps] = np.minimum(least[step + steps], low[steps])
            greatest[step + steps] = np.maximum(greatest[step + steps], high[steps])
        return _Moments(self.start + other.start, least, greatest)


@dataclass(frozen=True)
class _Scores:
    """The scores of `n` respondents, each from `low` to `high`; windows of their sum and spread."""

    n: int
    low: int
    high: int
    means: dict[str, range]
    sds: dict[str, range]

    @property
    def ids(self) -> Ids:
        """Every target printed of these scores."""
        return frozenset(self.means) | frozenset(self.sds)

    def moments(self, active: Ids) -> _Moments:
        """All sums, with their sums of squares, that meet the `active` targets."""
        n, low, high = self.n, self.low, self.high
        sums = np.arange(n * low, n * high + 1)
        each, left = np.divmod(sums, n)
        tops, rest = np.divmod(sums - n * low, high - low)
        least = n * each**2 + left * (2 * each + 1)
        greatest = tops * high**2 + (n - tops) * low**2 + rest * (rest + 2 * low)
        found = _Moments(n * low, least, greatest)
        for inside in (self.means[one] for one in self.means if one in active):
            missed = (sums < inside.start) | (sums >= inside.stop)
            found = found.within(np.where(missed, NEVER, 0), np.full(len(sums), NEVER))
        for inside in (self.sds[one] for one in self.sds if one in active):
            bounds = -(-(inside.start + sums**2) // n), (inside.stop - 1 + sums**2) // n
            found = found.within(*bounds)
        odd = sums % 2
        return _Moments(
            found.start,
            found.least + (found.least - odd) % 2,
            found.greatest - (found.greatest - odd) % 2,
        )


def refuse_scores(targets: ScoreTargets, sizes: dict[str, int]) -> None:
    """Raise NoSolution when means, SDs and differences cannot all come out.

    Parameters
    ----------
    targets
        What is printed.
    sizes
        Respondents of each stratum.

    Raises
    ------
    NoSolution
        Naming targets that contradict each other, none of which can be left out.
    """
    for ids, is_possible, reason in _relations(targets, sizes):
        if not is_possible(ids):
            by_statistic = sorted(ids, key=lambda one: one.rpartition(".")[::-1])
            orders = by_statistic, by_statistic[::-1]
            needed = min((_needed(order, is_possible) for order in orders), key=len)
            raise NoSolution(reason, targets=sorted(needed), is_proof=True)


def _needed(ids: list[str], is_possible: Callable[[Ids], bool]) -> Ids:
    """Leave out, in this order, each target without which the contradiction stands."""
    needed = frozenset(ids)
    for one in ids:
        if not is_possible(needed - {one}):
            needed = needed - {one}
    return needed


def _relations(targets: ScoreTargets, sizes: dict[str, int]) -> Iterator[Relation]:
    known = _known(targets, sizes)
    for scores in known.values():
        yield scores.ids, partial(_has_scores, scores), f"no {scores.n} scores have them."
    for contrast in targets.contrasts:
        if contrast.difference:
            yield _difference_relation(contrast, known)
    if targets.na_scope == "whole_sample":
        for whole, parts in _partitions(set(known)):
            yield _parts_relation(known[whole], [known[part] for part in parts])


def _known(targets: ScoreTargets, sizes: dict[str, int]) -> dict[Ids, _Scores]:
    """Gather what is printed of each set of strata, in whichever comparison."""
    known: dict[Ids, _Scores] = {}
    low, high = (HALF * end * len(targets.items) for end in (targets.low, targets.high))
    for contrast in targets.contrasts:
        for group in contrast.groups:
            n, key = sum(sizes[name] for name in group.strata), frozenset(group.strata)
            scores = known.setdefault(key, _Scores(n, low, high, {}, {}))
            mean, sd = (target_id(contrast, group, name) for name in ("mean", "sd"))
            scores.means[mean] = window(parse(group.mean), HALF * n)
            scores.sds[sd] = sd_window(group.printed_sd, n)
    return known


def _has_scores(scores: _Scores, active: Ids) -> bool:
    return len(scores.moments(active).steps) > 0


def _difference_relation(contrast: Contrast, known: dict[Ids, _Scores]) -> Relation:
    first, second = (known[frozenset(group.strata)] for group in contrast.groups)
    inside = window(parse(contrast.difference), HALF * first.n * second.n)
    own = target_id(contrast, None, "difference")

    def is_possible(active: Ids) -> bool:
        a, b = (scores.moments(active) for scores in (first, second))
        low = second.n * (a.start + a.steps)[:, None] - first.n * (b.start + b.steps)
        return own not in active or bool(((low >= inside.start) & (low < inside.stop)).any())

    return first.ids | second.ids | {own}, is_possible, "no two means differ so."


def _partitions(known: set[Ids]) -> Iterator[tuple[Ids, tuple[Ids, ...]]]:
    """Every set of strata that two or more other sets make up without overlap."""
    for whole in known:
        inner = sorted((part for part in known if part < whole), key=sorted)
        for size in range(2, len(inner) + 1):
            for parts in combinations(inner, size):
                if sum(map(len, parts)) == len(whole) == len(frozenset.union(*parts)):
                    yield whole, parts


def _parts_relation(whole: _Scores, parts: list[_Scores]) -> Relation:
    ids = whole.ids.union(*(part.ids for part in parts))

    def is_possible(active: Ids) -> bool:
        joined = reduce(add, (part.moments(active) for part in parts))
        allowed = whole.moments(active)
        return len(joined.within(allowed.least, allowed.greatest).steps) > 0

    reason = (
        "every respondent has one score in all comparisons, and whatever the parts' scores are, "
        "together they have another mean or SD."
    )
    return ids, is_possible, reason
