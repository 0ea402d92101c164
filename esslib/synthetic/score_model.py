"""A latent model of item answers: what people of a tool would answer, before any number is met.

The answer of a person to an item is the item's centre for the person's tool, plus the person's
trait, plus logistic noise, rounded and cut to the answer scale. "Not applicable" comes first, at
the share of tool and item; some people resort to it more than others. Centres and shares are data,
and an invention; the traits are set so that the scores come near given goals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from esslib.synthetic.score_goals import goal_scores, home_groups
from esslib.synthetic.scores import NOT_APPLICABLE, ScoreTargets

__all__ = ["Draw", "ItemModel", "draw", "item_model"]

NOISE = 0.45
RELUCTANCE = 0.6
TRAITS = np.arange(-80, 81) / 20
ROUNDS = 4
RAREST = 1e-5


@dataclass(frozen=True, eq=False)
class ItemModel:
    """Centre and share of "not applicable" (0 to 1) of each respondent × item; the strata."""

    centres: np.ndarray
    absence: np.ndarray
    strata: list[str]
    targets: ScoreTargets


@dataclass(frozen=True, eq=False)
class Draw:
    """Answers drawn (0 is "not applicable"), and -1000 ln p of every answer that might have been.

    `answers` is respondents × items; `surprise` has the answers 0 to the highest as third axis.
    """

    answers: np.ndarray
    surprise: np.ndarray


def item_model(
    respondents: pd.DataFrame, profiles: pd.DataFrame, targets: ScoreTargets
) -> ItemModel:
    """Look up each respondent's tool in the profiles.

    Parameters
    ----------
    respondents
        One row per respondent: `stratum`, `tool`.
    profiles
        One row per tool × item: `tool`, `item`, `centre` (on the answer scale; beyond its ends for
        items on which nearly all agree), `na_percent` (0 to 100).
    targets
        Names the items and strata.

    Raises
    ------
    ValueError
        For a stratum that no target names, or a tool × item without a profile.
    """
    unknown = sorted(set(respondents["stratum"]) - set(targets.strata))
    empty = sorted(set(targets.strata) - set(respondents["stratum"]))
    if unknown or empty:
        raise ValueError(
            f"column stratum: {unknown} are in no compared group, {empty} have no respondent; "
            f"the targets compare {list(targets.strata)}."
        )
    tables = profiles.pivot(index="tool", columns="item", values=["centre", "na_percent"])
    tables = tables.reindex(columns=list(targets.items), level="item")
    lacking = sorted(set(respondents["tool"]) - set(tables.dropna().index))
    if lacking or tables.shape[1] != 2 * len(targets.items):
        raise ValueError(
            f"column tool: {lacking} lack the profile of an item; "
            f"give a centre and na_percent for each of {list(targets.items)}."
        )
    looked_up = tables.loc[respondents["tool"]].astype("float64")
    return ItemModel(
        looked_up["centre"].to_numpy(),
        looked_up["na_percent"].to_numpy() / 100,
        respondents["stratum"].tolist(),
        targets,
    )


def draw(model: ItemModel, rng: np.random.Generator) -> Draw:
    """Draw answers whose scores come near skewed goals with the printed means and SDs."""
    targets, shape = model.targets, model.centres.shape
    low, high = targets.low, targets.high
    goals = goal_scores(targets, model.strata, model.centres.clip(low, high).sum(axis=1), rng)
    reluctance = RELUCTANCE * rng.standard_normal((shape[0], 1))
    absence = _expit(_logit(model.absence) + reluctance)
    absent = rng.random(shape) < absence
    latent = model.centres + NOISE * _logit(rng.random(shape))
    by_trait = np.clip(np.rint(latent + TRAITS[:, None, None]), low, high).astype(np.int64)
    traits = _nearest_traits(by_trait, absent, goals, model)
    answers = np.where(absent, NOT_APPLICABLE, by_trait[traits, np.arange(shape[0])])
    return Draw(answers, _surprise(model.centres + TRAITS[traits, None], absence, targets))


def _nearest_traits(
    by_trait: np.ndarray, absent: np.ndarray, goals: np.ndarray, model: ItemModel
) -> np.ndarray:
    """Choose each person's trait (its place in TRAITS) so that the score is nearest to the goal."""
    people, middle = np.arange(len(goals)), len(TRAITS) // 2
    away = abs(np.arange(len(TRAITS)) - middle)[:, None]
    traits = np.full(len(goals), middle)
    for _ in range(ROUNDS):
        answers = np.where(absent, NOT_APPLICABLE, by_trait[traits, people])
        scores = np.where(absent, _twice_medians(answers, model), 2 * by_trait).sum(axis=2)
        traits = (abs(scores - goals) * len(TRAITS) + away).argmin(axis=0)
    return traits


def _twice_medians(answers: np.ndarray, model: ItemModel) -> np.ndarray:
    """Twice the item medians of each person's home group, respondents × items."""
    homes, given = home_groups(model.targets), pd.DataFrame(answers).replace(NOT_APPLICABLE, np.nan)
    medians = given.groupby([homes[name].name for name in model.strata]).transform("median")
    middle = model.targets.low + model.targets.high
    return (2 * medians).fillna(middle).to_numpy().astype(np.int64)


def _surprise(location: np.ndarray, absence: np.ndarray, targets: ScoreTargets) -> np.ndarray:
    """-1000 ln of the probability of each answer, in whole numbers."""
    low, high = targets.low, targets.high
    cuts = np.arange(low, high) + 0.5
    below = _expit((cuts - location[..., None]) / NOISE)
    edges = np.concatenate([np.zeros_like(below[..., :1]), below, np.ones_like(below[..., :1])], 2)
    chances = np.zeros((*location.shape, high + 1))
    chances[..., low:] = (1 - absence)[..., None] * np.diff(edges)
    chances[..., NOT_APPLICABLE] = absence
    return np.asarray(np.rint(-1000 * np.log(chances.clip(RAREST))), dtype=np.int64)


def _logit(share: np.ndarray) -> np.ndarray:
    inside = share.clip(RAREST, 1 - RAREST)
    return np.asarray(np.log(inside / (1 - inside)))


def _expit(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))
