"""One comparison under one set of choices: what ``explore.ipynb`` draws as its widgets move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from esslib.chapters.outcomes import group_summaries, group_tests
from esslib.chapters.questionnaire import score_contrasts
from esslib.score.imputation import impute
from esslib.score.scoring import CHOICES, TOTAL_DECIMALS, points, scale_of
from esslib.survey.classes import compared_groups, definitions
from esslib.survey.codebook import Codebook

TOTAL = "ess_total"


@dataclass(frozen=True, eq=False)
class View:
    """A comparison, ready to be drawn.

    Attributes
    ----------
    scores : DataFrame
        One row per compared respondent: contrast, group, ess_total (points of the outcome).
    summary : DataFrame
        Rows of `group_summaries.csv`, of the outcome.
    test : DataFrame or None
        Row of `group_tests.csv`; none where a group has no value.
    reference : DataFrame
        As `summary`, under the thesis's reading.
    limits : tuple of two
        Lowest and highest possible value, in points.
    outcome : str
        The total or an item, as chosen.
    """

    scores: pd.DataFrame
    summary: pd.DataFrame
    test: pd.DataFrame | None
    reference: pd.DataFrame
    limits: tuple[int, int]
    outcome: str


def options(codebook: Codebook) -> dict[str, list[str]]:
    """Return what `view_of` can be asked: choice to its codes, the thesis's reading first.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> options(read_codebook(resolve("data/codebook")))["na_scope"]
    ['compared_group', 'whole_sample']
    """
    return {
        "contrast": codebook.contrasts["contrast"].tolist(),
        "outcome": [TOTAL, *codebook.items],
        **{name: list(CHOICES[name]) for name in ("na_rule", "na_scope", "score_direction")},
        "secured_definition": definitions(codebook),
    }


def view_of(people: pd.DataFrame, codebook: Codebook, *, seed: int = 0, **chosen: str) -> View:
    """Compare the groups of one contrast under one set of choices.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    seed : int
        Of multiple imputation; the same choices always give the same view.
    **chosen : str
        A code of each choice of `options`; by default the first one.

    Raises
    ------
    ValueError
        A contrast, outcome or rule is unknown.
    """
    known = options(codebook)
    thesis = {name: codes[0] for name, codes in known.items()}
    for name in ("contrast", "outcome"):
        thesis[name] = chosen.get(name, thesis[name])
        _check(name, thesis[name], known[name])
    shown, reference = (
        _scores(people, codebook, choices, seed=seed) for choices in (thesis | chosen, thesis)
    )
    summary = group_summaries(shown, codebook)
    test = group_tests(shown, codebook) if summary["n"].gt(0).all() else None
    scale = scale_of(codebook)
    if thesis["outcome"] != TOTAL:
        scale = replace(scale, items=(thesis["outcome"],))
    before = group_summaries(reference, codebook)
    return View(shown, summary, test, before, scale.limits, thesis["outcome"])


def _scores(
    people: pd.DataFrame, codebook: Codebook, chosen: dict[str, str], *, seed: int
) -> pd.DataFrame:
    contrast, outcome, *_ = chosen.values()
    reading = {name: code for name, code in chosen.items() if name not in ("contrast", "outcome")}
    scored = score_contrasts(people, codebook, **reading, seed=seed)
    rows = scored[scored["contrast"] == contrast].set_index("row")
    if outcome != TOTAL:
        values = _item(people, codebook, chosen, rng=np.random.default_rng(seed))
        rows = rows.assign(ess_total=values.where(rows[TOTAL].notna()))
    return rows.reset_index()[["contrast", "group", TOTAL]]


def _item(
    people: pd.DataFrame, codebook: Codebook, chosen: dict[str, str], *, rng: np.random.Generator
) -> pd.Series:
    """Points of one item; "not applicable" is worth what it is worth in the total."""
    scale, item, direction = scale_of(codebook), chosen["outcome"], chosen["score_direction"]
    groups = compared_groups(people, codebook, definition=chosen["secured_definition"])
    scope = groups[chosen["contrast"]] if chosen["na_scope"] == "compared_group" else None
    given = points(people, scale=scale, direction="literal")
    answered = people[list(scale.items)].notna().all(axis=1)
    valued = impute(given.where(answered, axis=0), rule=chosen["na_rule"], scope=scope, rng=rng)
    value = valued[item].round(TOTAL_DECIMALS)
    turned = sum(replace(scale, items=(item,)).limits) - value
    return value if direction == "literal" else turned


def _check(name: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise ValueError(f"{name} is {value!r}; choose one of {', '.join(known)}.")
