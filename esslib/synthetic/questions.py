"""One question as arrays: its possible answers, who may give them, and what each adds to counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.survey.codebook import Codebook, records
from esslib.survey.rules import meets
from esslib.synthetic.margins import exposed, patterns, weight
from esslib.synthetic.plausibility import held_levels, plausibility
from esslib.synthetic.targets import Targets

__all__ = ["Chosen", "Question", "question_of"]

Array = NDArray[np.float64]
Chosen = NDArray[np.int64]
NEAR = 2


@dataclass(frozen=True, eq=False)
class Question:
    """One question as arrays.

    Attributes
    ----------
    possible
        One row per possible answer (pattern), as `margins.patterns` returns them.
    chance
        Log plausibility, respondents × patterns; minus infinity where a covariate or a criterion
        forbids the pattern.
    adds
        What each pattern adds to each count: counts × patterns.
    counted
        Whom each count counts: respondents × counts.
    wanted
        The counts.
    """

    possible: pd.DataFrame
    chance: Array
    adds: Array
    counted: NDArray[np.bool_]
    wanted: Array

    def filled(self, chosen: Chosen) -> Array:
        """Return each count when respondents choose these patterns."""
        filled: Array = (self.adds[:, chosen].T * self.counted).sum(axis=0)
        return filled

    def missed(self, chosen: Chosen) -> Array:
        """Return how much each count is above what is wanted."""
        return self.filled(chosen) - self.wanted

    def without_answer(self, log_weight: float) -> Array:
        """Return the chances with that of no answer lowered, unless a count asks for it."""
        missing = self.possible.isna().all(axis=1).to_numpy()
        named = (self.adds[:, missing] > 0).any()
        return self.chance + np.where(missing & ~named, log_weight, 0.0)[None, :]

    @cached_property
    def ticks(self) -> NDArray[np.bool_]:
        """Which levels each pattern holds: patterns × levels."""
        return held_levels(self.possible).to_numpy(dtype=bool)

    def near(self, pattern: int) -> NDArray[np.bool_]:
        """Tell which patterns differ from one in at most two levels."""
        return np.asarray((self.ticks != self.ticks[pattern]).sum(axis=1) <= NEAR)


def question_of(
    name: str, targets: Targets, codebook: Codebook, known: tuple[pd.DataFrame, pd.DataFrame]
) -> Question:
    """Set up a question for people of whom something is known.

    Parameters
    ----------
    name
        A single or multiple-answer variable.
    targets
        Counts, and the dichotomies that the regression has fixed.
    codebook
        The questionnaire.
    known
        `people` and `coherence`, as `draw_answers` takes them.
    """
    people, coherence = known
    counts = targets.counts_of(name)
    possible = patterns(codebook, name, counts)
    strata = np.array(targets.row_strata())
    adds = [weight(possible, count) for count in counts]
    counted = [np.isin(strata, count.strata) for count in counts]
    return Question(
        possible,
        plausibility(possible, people, coherence[coherence["variable"] == name])
        + _forbidden_by_covariates(name, possible, targets, people)
        + _forbidden_by_criteria(name, possible, codebook, people),
        np.array(adds, dtype=float).reshape(len(counts), len(possible)),
        np.array(counted, dtype=bool).reshape(len(counts), len(strata)).T,
        np.array([count.n for count in counts], dtype=float),
    )


def _forbidden_by_covariates(
    name: str, possible: pd.DataFrame, targets: Targets, people: pd.DataFrame
) -> Array:
    """Minus infinity where a pattern contradicts or hides a covariate of the person, else 0."""
    out = np.zeros((len(people), len(possible)))
    missing = possible.isna().all(axis=1).to_numpy()
    for dichotomy in targets.dichotomies_of(name):
        wanted = people[dichotomy.name].to_numpy(dtype=np.int64)
        out[wanted[:, None] != exposed(possible, dichotomy)[None, :]] = -np.inf
        if not dichotomy.missing_is_exposed:
            out[:, missing] = -np.inf
    return out


def _forbidden_by_criteria(
    name: str, possible: pd.DataFrame, codebook: Codebook, people: pd.DataFrame
) -> Array:
    """Minus infinity where a pattern would exclude the person, else 0."""
    out = np.zeros((len(people), len(possible)))
    criteria = codebook.criteria
    applied = criteria[criteria["applied"].eq("1") & criteria["variable"].eq(name)]
    for row in records(applied):
        met = meets(possible, variable=name, rule=row["rule"], value=row["value"])
        concerned = people["group"].eq(row["group"]) if row["group"] else people["group"].notna()
        both = concerned.to_numpy()[:, None] & met.fillna(False).to_numpy(dtype=bool)[None, :]
        out[both] = -np.inf
    return out
