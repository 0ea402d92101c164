"""Mend drawn item answers until every printed number of the score comes out.

A Metropolis chain over single answers: its energy is the surprise of the answers under the model
that drew them plus the misfit of the printed numbers, whose weight grows. What it ends with is thus
close to a draw of the model given the printed numbers. Whole numbers only, so that a seed gives the
same answers on any machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from esslib.synthetic.score_ledger import Ledger
from esslib.synthetic.score_model import Draw, ItemModel
from esslib.synthetic.score_terms import Term, terms
from esslib.synthetic.scores import Group, ScoreTargets

__all__ = ["Repair", "repair"]

SWEEPS = 160
STEPS_PER_SWEEP = 500
FIRST_WEIGHT, LAST_WEIGHT = 5, 400


@dataclass(frozen=True, eq=False)
class Repair:
    """Answers after the repair, and the misfit of each target that is still missed."""

    answers: np.ndarray
    missed: dict[str, int]


def repair(
    drawn: Draw,
    model: ItemModel,
    rng: np.random.Generator,
    *,
    progress: Callable[[int], None] | None = None,
) -> Repair:
    """Change single answers until no target is missed, for a fixed number of steps at most.

    Parameters
    ----------
    drawn
        Answers and the surprise of each answer; left unchanged.
    model
        Strata of the respondents, and the targets.
    rng
        Source of the proposals.
    progress
        Called with the total misfit after each sweep.
    """
    chain = _Chain(drawn, model)
    for weight in np.geomspace(FIRST_WEIGHT, LAST_WEIGHT, SWEEPS).round().astype(int).tolist():
        if not any(chain.misfits):
            break
        chain.sweep(weight, rng)
        if progress:
            progress(sum(chain.misfits))
    return Repair(np.array(chain.ledger.answers, dtype=np.int8), chain.missed())


class _Chain:
    """The state of the Metropolis chain: ledger, misfit of each term, surprise of each answer."""

    def __init__(self, drawn: Draw, model: ItemModel) -> None:
        targets, strata = model.targets, model.strata
        groups = list(dict.fromkeys(g for each in targets.contrasts for g in each.groups))
        pools = list(dict.fromkeys(targets.pool(group) for group in groups))
        rows = [_rows(strata, pool) for pool in pools]
        self.ledger = Ledger(drawn.answers, rows, low=targets.low, high=targets.high)
        self.terms = terms(targets, {name: strata.count(name) for name in targets.strata})
        self._members = {g: (pools.index(targets.pool(g)), _rows(strata, g.strata)) for g in groups}
        self._touched = {
            name: [k for k, term in enumerate(self.terms) if _reads(term, name, targets)]
            for name in targets.strata
        }
        self._strata, self._surprise = strata, drawn.surprise.tolist()
        self.misfits = [self._misfit(term) for term in self.terms]

    def missed(self) -> dict[str, int]:
        """Misfit of each target that is missed."""
        return {t.target: m for t, m in zip(self.terms, self.misfits, strict=True) if m}

    def sweep(self, weight: int, rng: np.random.Generator) -> None:
        """Propose STEPS_PER_SWEEP changes; stop when every target is met."""
        n, n_items, n_codes = np.shape(self._surprise)
        persons = rng.integers(n, size=STEPS_PER_SWEEP).tolist()
        items = rng.integers(n_items, size=STEPS_PER_SWEEP).tolist()
        codes = rng.integers(n_codes, size=STEPS_PER_SWEEP).tolist()
        allowed = (-1000 * np.log1p(-rng.random(STEPS_PER_SWEEP))).round().astype(int).tolist()
        for person, item, code, limit in zip(persons, items, codes, allowed, strict=True):
            if code == 0 or code >= self.ledger.low:
                self._propose(person, item, code, weight=weight, limit=limit)
            if not any(self.misfits):
                return

    def _propose(self, person: int, item: int, code: int, *, weight: int, limit: int) -> None:
        old, surprise = self.ledger.answers[person][item], self._surprise[person][item]
        room = limit - surprise[code] + surprise[old]
        if code == old or room + weight * sum(self.misfits) < 0:
            return
        touched = self._touched[self._strata[person]]
        before = [self.misfits[k] for k in touched]
        self.ledger.change(person, item, code)
        after = [self._misfit(self.terms[k]) for k in touched]
        if weight * (sum(after) - sum(before)) > room:
            self.ledger.change(person, item, old)
            return
        for k, misfit in zip(touched, after, strict=True):
            self.misfits[k] = misfit

    def _misfit(self, term: Term) -> int:
        return term.misfit(*(self._scores(group) for group in term.groups))

    def _scores(self, group: Group) -> list[int]:
        pool, members = self._members[group]
        totals = self.ledger.totals[pool]
        return [totals[i] for i in members]


def _rows(strata: list[str], chosen: tuple[str, ...]) -> list[int]:
    return [i for i, stratum in enumerate(strata) if stratum in chosen]


def _reads(term: Term, stratum: str, targets: ScoreTargets) -> bool:
    return any(stratum in targets.pool(group) for group in term.groups)
