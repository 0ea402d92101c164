"""Drawing answers by heat bath: plausible for each person, and adding up to the counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from esslib.synthetic.plausibility import pick
from esslib.synthetic.questions import Chosen, Question

__all__ = ["heat_bath", "mixed"]

Array = NDArray[np.float64]
SWEEPS = 60
FIRST_PENALTY, LAST_PENALTY = 0.3, 14.0
# More than any plausibility: mixing never gives up a count.
NEVER = 1000.0
EXCHANGES = 12


def heat_bath(question: Question, chances: Array, rng: np.random.Generator) -> Chosen:
    """Draw everybody's answer again and again, missed counts costing more each time.

    Parameters
    ----------
    question
        Counts and patterns.
    chances
        Log plausibility, respondents × patterns, as `question.without_answer` returns it.
    rng
        Random generator.

    Returns
    -------
    ndarray
        A pattern for each respondent; counts may still be missed.
    """
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


def mixed(question: Question, chances: Array, chosen: Chosen, rng: np.random.Generator) -> Chosen:
    """Make answers that meet the counts more plausible, two respondents at a time.

    Each pair draws again, together, among the patterns near their own; no count is given up.
    """
    out = chosen.copy()
    for _ in range(EXCHANGES * len(out)):
        pair = rng.choice(len(out), 2, replace=False)
        near = [_options(question, chances, int(person), int(out[person])) for person in pair]
        adds = [_adds(question, int(person), one) for person, one in zip(pair, near, strict=True)]
        now = sum(question.adds[:, out[person]] * question.counted[person] for person in pair)
        rest = (question.missed(out) - now)[:, None, None]
        missed = np.abs(rest + adds[0][:, :, None] + adds[1][:, None, :]).sum(axis=0)
        weights = chances[pair[0]][near[0]][:, None] + chances[pair[1]][near[1]][None, :]
        both = pick((weights - NEVER * missed).reshape(1, -1), rng)[0]
        first, second = divmod(int(both), len(near[1]))
        out[pair] = near[0][first], near[1][second]
    return out


def _options(question: Question, chances: Array, person: int, now: int) -> Chosen:
    return np.flatnonzero(question.near(now) & np.isfinite(chances[person]))


def _adds(question: Question, person: int, patterns: Chosen) -> Array:
    adds: Array = question.adds[:, patterns] * question.counted[person][:, None]
    return adds
