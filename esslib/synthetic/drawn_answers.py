"""Raw answers to one question after the other: every count met, each person coherent.

For each question, respondents draw whole answers (patterns) by heat bath: the chance of a pattern
is its plausibility for this person, given what the person answered before, times a penalty for
counts that would be missed. Where the counts leave hardly any answers, an integer program finds one
and mixing makes it plausible again.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from esslib.survey.codebook import Codebook
from esslib.synthetic.exact_answers import conflict, exact_answers
from esslib.synthetic.heat_bath import heat_bath, mixed
from esslib.synthetic.margins import refuse_counts
from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.plausibility import pick
from esslib.synthetic.questions import Chosen, Question, question_of
from esslib.synthetic.targets import Targets

__all__ = ["draw_answers"]

# Nobody leaves a question open unless the counts ask for it: first tried without.
UNANSWERED = (-np.inf, -9.0)


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
        The counts of a question contradict each other, or the covariates of these respondents; it
        names a smallest conflicting set.
    """
    drawn = people
    for name in codebook.names(role="characteristic"):
        if codebook.variable(name)["kind"] in ("single", "multiple"):
            question = question_of(name, targets, codebook, (drawn, coherence))
            chosen = _chosen(question, rng)
            if chosen is None:
                raise _refusal(name, question, targets)
            answers = question.possible.iloc[chosen].set_axis(drawn.index)
            drawn = pd.concat([drawn, answers], axis=1)
    return drawn


def _chosen(question: Question, rng: np.random.Generator) -> Chosen | None:
    """Return a pattern for each respondent that meets all counts; None when there are none."""
    chances = [question.without_answer(log_weight) for log_weight in UNANSWERED]
    if not np.isfinite(chances[-1]).any(axis=1).all():
        return None
    is_moot = np.array_equal(chances[0], chances[1])
    for chance in chances[int(is_moot) :]:
        start = pick(chances[-1], rng)
        if np.isfinite(chance).any(axis=1).all():
            start = heat_bath(question, chance, rng)
        if not question.missed(start).any():
            return start
    exact = exact_answers(question, chances[-1], start, rng)
    return None if exact is None else mixed(question, chances[-1], exact, rng)


def _refusal(name: str, question: Question, targets: Targets) -> NoSolution:
    counts = targets.counts_of(name)
    refuse_counts(question.possible, counts, targets.sizes)
    covariates = [dichotomy.name for dichotomy in targets.dichotomies_of(name)]
    places = conflict(question, question.without_answer(UNANSWERED[-1]))
    return NoSolution(
        f"no answers to {name!r} have these counts for respondents with these covariates.",
        targets=[*(counts[place].id for place in places), *covariates],
        is_proof=True,
    )
