"""Item answers of a synthetic cohort whose scores print as the published ones.

Drawn from a latent model (:mod:`.score_model`), then mended answer by answer until every printed
number comes out (:mod:`.score_repair`). The printed numbers fix no single answer: all of this is
synthetic, and what they leave open is invention.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.score_model import draw, item_model
from esslib.synthetic.score_proof import refuse_scores
from esslib.synthetic.score_repair import repair
from esslib.synthetic.scores import ScoreTargets

__all__ = ["item_answers"]

ATTEMPTS = 6


def item_answers(
    targets: ScoreTargets,
    respondents: pd.DataFrame,
    profiles: pd.DataFrame,
    rng: np.random.Generator,
    *,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """Draw item answers that meet every printed number of the score.

    Parameters
    ----------
    targets
        What is printed.
    respondents
        One row per respondent: `stratum` (one of `targets.strata`) and `tool`.
    profiles
        One row per tool × item: `tool`, `item`, `centre` (where the average answer lies on the
        answer scale; beyond its ends for items on which nearly all agree), `na_percent` (share of
        "not applicable", 0 to 100).
    rng
        Random generator; a seed gives the same answers on any machine.
    progress
        Called with the misfit that is left (0: all met) after each sweep of the repair.

    Returns
    -------
    DataFrame
        On the index of `respondents`, one Int8 column per item; 0 is "not applicable".

    Raises
    ------
    NoSolution
        When the targets contradict each other (`is_proof`), or were not met in a fixed number of
        attempts: the targets then named are those missed in the best one.
    ValueError
        For a stratum that no target names, or a tool × item without a profile.

    Examples
    --------
    >>> from esslib.synthetic.scores import Contrast, Group
    >>> groups = Group("a", ("a",), "4.3", "1.4"), Group("b", ("b",), "3.0", "0.8")
    >>> targets = ScoreTargets(("q1", "q2"), (Contrast("c", groups, "1.3", is_normal=None),))
    >>> people = pd.DataFrame({"stratum": list("aaaaaabbbbb"), "tool": "any"})
    >>> profiles = pd.DataFrame({"tool": "any", "item": ["q1", "q2"], "centre": 2, "na_percent": 9})
    >>> answers = item_answers(targets, people, profiles, np.random.default_rng(1))
    >>> answers.shape
    (11, 2)
    """
    model = item_model(respondents, profiles, targets)
    refuse_scores(targets, {name: model.strata.count(name) for name in targets.strata})
    best: dict[str, int] = {}
    for _ in range(ATTEMPTS):
        mended = repair(draw(model, rng), model, rng, progress=progress)
        if not mended.missed:
            columns = list(targets.items)
            return pd.DataFrame(mended.answers, respondents.index, columns).astype("Int8")
        best = min(best or mended.missed, mended.missed, key=lambda missed: sum(missed.values()))
    misfits = ", ".join(f"{name} {misfit}" for name, misfit in best.items())
    raise NoSolution(
        f"best of {ATTEMPTS} attempts; misfits in hundredths of a printed digit: {misfits}.",
        targets=best,
    )
