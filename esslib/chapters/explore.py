"""One comparison under one set of choices: what ``explore.ipynb`` draws as its widgets move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from esslib.chapters.outcomes import comparisons, summaries
from esslib.chapters.questionnaire import scores
from esslib.display import lang as language
from esslib.score.imputation import impute
from esslib.score.scoring import CHOICES, TOTAL_DECIMALS, Scale, ScoreRules, points, scale_of
from esslib.survey.classes import compared_groups, definitions
from esslib.survey.codebook import Codebook

TOTAL = "ess_total"
NAMES = ("contrast", "outcome", "na_rule", "na_scope", "score_direction", "secured_definition")


@dataclass(frozen=True)
class Choice:
    """What is compared, and how answers become points; the defaults are the thesis's reading.

    Attributes
    ----------
    contrast : str
        A contrast of the codebook.
    outcome : str
        ``"ess_total"`` or an item.
    rules : ScoreRules
        How answers become points.
    definition : {"methods", "regression"}
        Which tools count as secured.
    """

    contrast: str = "primary"
    outcome: str = TOTAL
    rules: ScoreRules = field(default_factory=ScoreRules)
    definition: str = "methods"


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
    """

    scores: pd.DataFrame
    summary: pd.DataFrame
    test: pd.DataFrame | None
    reference: pd.DataFrame
    limits: tuple[int, int]


def choose(**widgets: str) -> Choice:
    """Make a choice of the values of widgets, named as in `options`.

    Examples
    --------
    >>> choose(contrast="secondary_1", na_rule="person_mean").rules.na_rule
    'person_mean'
    """
    names = {"score_direction": "direction", "secured_definition": "definition"}
    given = {names.get(name, name): value for name, value in widgets.items()}
    rules = ScoreRules(**{name: given.pop(name) for name in CHOICES if name in given})
    return Choice(**given, rules=rules)


def options(codebook: Codebook, *, lang: str = "fr") -> dict[str, dict[str, str]]:
    """Return what can be chosen: name of the widget to label to value, the thesis's reading first.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> found = options(read_codebook(resolve("data/codebook")), lang="en")
    >>> found["na_scope"]
    {'compared group': 'compared_group', 'whole sample': 'whole_sample'}
    """
    words = language.read_words(lang)
    items = codebook.labels("variables", lang=lang)
    contrasts = codebook.labels("contrasts", lang=lang)
    rules = (CHOICES[name] for name in ("na_rule", "na_scope", "direction"))
    coded = dict(zip(NAMES[2:], (*rules, definitions(codebook)), strict=True))
    return {
        "contrast": {contrasts[code]: code for code in codebook.contrasts["contrast"]},
        "outcome": {
            words["explore.total"]: TOTAL,
            **{items[item]: item for item in codebook.items},
        },
        **{
            name: {words[f"choice.{name}.{code}"]: code for code in codes}
            for name, codes in coded.items()
        },
    }


def titles(*, lang: str = "fr") -> dict[str, str]:
    """Return what each choice of `options` is called."""
    words = language.read_words(lang)
    return {name: words[f"choice.{name}"] for name in NAMES}


def look(people: pd.DataFrame, codebook: Codebook, choice: Choice, *, seed: int = 0) -> View:
    """Compare the groups of one contrast under one choice.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    choice : Choice
    seed : int
        Seed of multiple imputation; the same choice always gives the same view.

    Raises
    ------
    ValueError
        A contrast, outcome or rule is unknown.
    """
    _check("contrast", choice.contrast, codebook.contrasts["contrast"])
    _check("outcome", choice.outcome, [TOTAL, *codebook.items])
    shown = _scores(people, codebook, choice, seed=seed)
    summary = summaries(shown, codebook)
    test = comparisons(shown, codebook) if summary["n"].gt(0).all() else None
    thesis = _scores(people, codebook, Choice(choice.contrast, choice.outcome), seed=seed)
    limits = _scale(codebook, choice.outcome).limits
    return View(shown, summary, test, summaries(thesis, codebook), limits)


def _scale(codebook: Codebook, outcome: str) -> Scale:
    scale = scale_of(codebook)
    return scale if outcome == TOTAL else replace(scale, items=(outcome,))


def _scores(people: pd.DataFrame, codebook: Codebook, choice: Choice, *, seed: int) -> pd.DataFrame:
    rules = choice.rules
    scored = scores(
        people,
        codebook,
        score_direction=rules.direction,
        na_rule=rules.na_rule,
        na_scope=rules.na_scope,
        secured_definition=choice.definition,
        seed=seed,
    )
    rows = scored[scored["contrast"] == choice.contrast].set_index("row")
    if choice.outcome != TOTAL:
        values = _item(people, codebook, choice, rng=np.random.default_rng(seed))
        rows = rows.assign(ess_total=values.where(rows[TOTAL].notna()))
    return rows.reset_index()[["contrast", "group", TOTAL]]


def _item(
    people: pd.DataFrame, codebook: Codebook, choice: Choice, *, rng: np.random.Generator
) -> pd.Series:
    """Points of one item; "not applicable" is worth what it is worth in the total."""
    scale, rules = scale_of(codebook), choice.rules
    groups = compared_groups(people, codebook, definition=choice.definition)[choice.contrast]
    scope = groups if rules.na_scope == "compared_group" else None
    literal = points(people, scale=scale, direction="literal")
    answered = people[list(scale.items)].notna().all(axis=1)
    valued = impute(literal.where(answered, axis=0), rule=rules.na_rule, scope=scope, rng=rng)
    value = valued[choice.outcome].round(TOTAL_DECIMALS)
    turned = sum(_scale(codebook, choice.outcome).limits) - value
    return value if rules.direction == "literal" else turned


def _check(name: str, value: str, known: Iterable[str]) -> None:
    if value not in set(known):
        raise ValueError(f"{name} is {value!r}; choose one of {', '.join(known)}.")
