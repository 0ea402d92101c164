"""Raw answers to one question after the other: every count met, each person coherent.

For each question, respondents draw whole answers (patterns) by heat bath: the chance of a pattern
is its plausibility for this person, given what the person answered before, times a penalty for
counts that would be missed; the penalty grows until all counts are met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.codebook import Codebook, records
from esslib.forensics.reconstruct.errors import NoSolution
from esslib.forensics.reconstruct.margins import exposed, patterns, refuse_contradictions, weight
from esslib.forensics.reconstruct.plausibility import pick, plausibility
from esslib.forensics.reconstruct.targets import Targets
from esslib.rules import meets

__all__ = ["draw_answers"]

Array = NDArray[np.float64]
SWEEPS = 60
FIRST_PENALTY, LAST_PENALTY = 0.3, 14.0
# Nobody leaves a question open unless the counts ask for it: first tried without.
UNANSWERED = (-np.inf, -np.inf, -9.0, -9.0, -9.0, -9.0)


@dataclass(frozen=True)
class _Question:
    """One question as arrays: patterns, what each adds to each count, and who may choose it.

    `chance` holds the log plausibility (respondents × patterns; minus infinity where a covariate or
    a criterion forbids the pattern), `adds` counts × patterns, `counted` respondents × counts,
    `wanted` counts.
    """

    possible: pd.DataFrame
    chance: Array
    adds: Array
    counted: NDArray[np.bool_]
    wanted: Array

    def without_answer(self, log_weight: float) -> Array:
        """Return the chances with those of no answer lowered, unless a count asks for them."""
        missing = self.possible.isna().all(axis=1).to_numpy()
        named = (self.adds[:, missing] > 0).any()
        return self.chance + np.where(missing & ~named, log_weight, 0.0)[None, :]

    def filled(self, chosen: NDArray[np.int64]) -> Array:
        """Return each count when respondents choose these patterns."""
        filled: Array = (self.adds[:, chosen].T * self.counted).sum(axis=0)
        return filled


def draw_answers(
    targets: Targets,
    codebook: Codebook,
    people: pd.DataFrame,
    coherence: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw the answers to all single and multiple-answer questions about the person.

    Parameters
    ----------
    targets
        Counts to be met, and the dichotomies that the regression has fixed.
    codebook
        The questionnaire; nobody drawn meets one of its exclusion criteria.
    people
        One row per respondent, in the order of the strata: what is known already (`group`, `tool`,
        numbers, and one 0/1 column per covariate of the regression).
    coherence
        What goes together (:func:`.plausibility.plausibility`), with a column `variable`.
    rng
        Random generator; a seed gives the same answers on any machine.

    Returns
    -------
    DataFrame
        `people` and the columns of the tidy frame of every question drawn.

    Raises
    ------
    NoSolution
        The counts of a question contradict each other (`is_proof`), or were not met.
    """
    drawn = people
    for name in codebook.names(role="characteristic"):
        if codebook.variable(name)["kind"] in ("single", "multiple"):
            question = _question(name, targets, codebook, (drawn, coherence))
            answers = question.possible.iloc[_attempts(name, question, targets, rng)]
            drawn = pd.concat([drawn, answers.set_axis(drawn.index)], axis=1)
    return drawn


def _question(
    name: str, targets: Targets, codebook: Codebook, known: tuple[pd.DataFrame, pd.DataFrame]
) -> _Question:
    people, coherence = known
    counts = targets.counts_of(name)
    possible = patterns(codebook, name, counts)
    strata = np.array(targets.row_strata())
    adds = [weight(possible, count) for count in counts]
    counted = [np.isin(strata, count.strata) for count in counts]
    return _Question(
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


def _attempts(
    name: str, question: _Question, targets: Targets, rng: np.random.Generator
) -> NDArray[np.int64]:
    counts = targets.counts_of(name)
    missed = np.zeros(len(counts))
    for unanswered in UNANSWERED:
        chances = question.without_answer(unanswered)
        if np.isneginf(chances).all(axis=1).any():
            continue
        chosen = _heat_bath(question, chances, rng)
        missed = question.filled(chosen) - question.wanted
        if not missed.any():
            return chosen
    refuse_contradictions(question.possible, counts, targets.sizes)
    raise NoSolution(
        f"in {len(UNANSWERED)} attempts at {name!r}, whose other counts and covariates stand.",
        targets=[count.id for count, gap in zip(counts, missed, strict=True) if gap],
    )


def _heat_bath(question: _Question, chances: Array, rng: np.random.Generator) -> NDArray[np.int64]:
    chosen = pick(chances, rng)
    filled = question.filled(chosen)
    for sweep in range(SWEEPS):
        if not np.any(filled != question.wanted):
            break
        penalty = FIRST_PENALTY * (LAST_PENALTY / FIRST_PENALTY) ** (sweep / (SWEEPS - 1))
        for person in rng.permutation(len(chosen)):
            counted = question.counted[person]
            adds = question.adds[counted]
            others = filled[counted] - adds[:, chosen[person]]
            gaps = others - question.wanted[counted]
            missed = np.abs(gaps[:, None] + adds).sum(axis=0)
            chosen[person] = pick((chances[person] - penalty * missed)[None, :], rng)[0]
            filled[counted] = others + adds[:, chosen[person]]
    return chosen
