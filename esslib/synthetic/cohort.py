"""The stages of a reconstruction, one after the other, each with a generator of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil

import numpy as np
import pandas as pd

from esslib.survey.codebook import Codebook
from esslib.synthetic.channels import (
    channel_answers,
    free_texts,
    place_answers,
    tools_of,
)
from esslib.synthetic.checks import check
from esslib.synthetic.drawn_answers import draw_answers
from esslib.synthetic.goals import cell_goals
from esslib.synthetic.items import item_answers
from esslib.synthetic.margin_table import Margin, MarginTable
from esslib.synthetic.margins import count_bounds, exposed, patterns
from esslib.synthetic.numbers import Limits, attainable_below, whole_numbers
from esslib.synthetic.plan import SearchPlan
from esslib.synthetic.targets import Count, Dichotomy, NumberTarget, Targets

__all__ = ["Reconstruction", "Settings", "covariate_margins", "reconstruct"]

Progress = Callable[[str, float], None]
COHERENCE = ("variable", "level", "given", "rule", "value", "log_weight")
UNDER = "under"
COMFORT = 0.15


def _no_rows(*columns: str) -> Callable[[], pd.DataFrame]:
    return lambda: pd.DataFrame({name: pd.Series(dtype="str") for name in columns})


@dataclass(frozen=True, eq=False)
class Settings:
    """What is invented, as data, and how long the search for the regression lasts.

    Attributes
    ----------
    profiles
        `tool`, `item`, `centre`, `na_percent`: how people answer an item about a tool; by default
        the middle of the scale and no "not applicable".
    coherence
        `variable`, `level`, `given`, `rule`, `value`, `log_weight`: how likely a level is, for
        everybody or for those who meet a rule on an earlier variable.
    places, texts
        `postcode`, `town`, `group`, `zone`, `weight`; `variable`, `text`.
    plan
        How long the regression's covariates are searched.
    ends
        Least and greatest whole number (age in years) of a respondent.
    """

    profiles: pd.DataFrame = field(default_factory=_no_rows("tool", "item", "centre", "na_percent"))
    coherence: pd.DataFrame = field(default_factory=_no_rows(*COHERENCE))
    places: pd.DataFrame = field(default_factory=_no_rows("postcode", "town", "group", "zone"))
    texts: pd.DataFrame = field(default_factory=_no_rows("variable", "text"))
    plan: SearchPlan = field(default_factory=SearchPlan)
    ends: tuple[int, int] = (25, 70)


@dataclass(frozen=True, eq=False)
class Reconstruction:
    """A synthetic data set and how near it comes.

    Attributes
    ----------
    people
        One row per respondent, in the columns of the tidy frame, with `stratum`, `group` and
        `tool`; items as numbers, 0 for "not applicable".
    checks
        As `check` returns it: every target, printed against achieved.
    misfit
        Sum of the distances of the regression's cells from their intervals.
    """

    people: pd.DataFrame
    checks: pd.DataFrame
    misfit: float


def reconstruct(
    targets: Targets,
    codebook: Codebook,
    rng: np.random.Generator,
    *,
    settings: Settings | None = None,
    progress: Progress = lambda stage, misfit: None,
) -> Reconstruction:
    """Build one synthetic data set that meets printed numbers as far as they can be met together.

    Parameters
    ----------
    targets
        What is printed.
    codebook
        The questionnaire; questions without targets are answered by `settings.coherence` alone.
    rng
        Random generator; each stage gets one of its own.
    settings
        What is invented.
    progress
        Called with the name of the stage and the misfit that is left, once per step.

    Raises
    ------
    NoSolution
        Targets contradict each other, or were not met in a fixed number of attempts; it names the
        smallest conflicting set that was found.
    """
    settings = settings or Settings()
    streams = iter(rng.spawn(6))
    strata = pd.Series(targets.row_strata(), name="stratum")
    group = {stratum.name: stratum.group for stratum in targets.strata}
    people = pd.DataFrame({"stratum": strata, "group": strata.map(group)}).astype("str")
    people["tool"] = tools_of(targets, next(streams))
    columns, misfit = _covariates(targets, codebook, (settings, progress), next(streams))
    people = pd.concat([people, columns], axis=1)
    people = people.assign(**_numbers(targets, people, settings, next(streams)))
    people = draw_answers(targets, codebook, people, settings.coherence, next(streams))
    people = pd.concat([people, *_texts(people, codebook, settings, next(streams))], axis=1)
    people = pd.concat(
        [people, _items(targets, people, (settings, progress), next(streams))], axis=1
    )
    people = people.drop(columns=columns.columns)
    return Reconstruction(people, check(targets, people), misfit)


def covariate_margins(
    targets: Targets, codebook: Codebook, *, ends: tuple[int, int]
) -> dict[str, list[Margin]]:
    """Return how many are exposed to each covariate of the regression, exactly or within bounds."""
    return {
        row.covariate.name: list(
            _number_margins(targets, row.covariate, ends)
            if codebook.variable(row.covariate.variable)["kind"] == "number"
            else _count_margins(targets, codebook, row.covariate)
        )
        for row in targets.regression
    }


def _count_margins(targets: Targets, codebook: Codebook, covariate: Dichotomy) -> Iterator[Margin]:
    counts = targets.counts_of(covariate.variable)
    possible = patterns(codebook, covariate.variable, counts)
    of = exposed(possible, covariate)
    for strata in dict.fromkeys(count.strata for count in counts):
        known = [
            count.n for count in counts if count.strata == strata and _is_same(count, covariate)
        ]
        ends = (
            (known[0], known[0])
            if known
            else count_bounds(possible, counts, targets.sizes, of=of, among=strata)
        )
        yield Margin(strata, *_comfortable(ends), covariate.name)


def _is_same(count: Count, covariate: Dichotomy) -> bool:
    """Tell whether a count counts exactly those exposed to a covariate."""
    return all(
        getattr(count, part) == getattr(covariate, part)
        for part in ("variable", "rule", "value", "missing_is_exposed")
    )


def _number_margins(
    targets: Targets, covariate: Dichotomy, ends: tuple[int, int]
) -> Iterator[Margin]:
    for target in _numbers_of(targets, covariate.variable):
        n = sum(targets.sizes[name] for name in target.strata)
        reached = attainable_below(target, ends, int(covariate.value), n)
        yield Margin(target.strata, *_comfortable(reached), target.id)


def _comfortable(ends: tuple[int, int]) -> tuple[int, int]:
    """Stay clear of the ends of a range, where few data sets have the other counts."""
    away = ceil(COMFORT * (ends[1] - ends[0])) if ends[1] - ends[0] > 1 else 0
    return ends[0] + away, ends[1] - away


def _numbers_of(targets: Targets, variable: str) -> Iterator[NumberTarget]:
    return (target for target in targets.numbers if target.variable == variable)


def _covariates(
    targets: Targets,
    codebook: Codebook,
    how: tuple[Settings, Progress],
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, float]:
    """Search the 0/1 columns of the regression."""
    names = [row.covariate.name for row in targets.regression]
    if not names:
        return pd.DataFrame(index=range(targets.n)), 0.0
    # numba, which only this search needs, takes half a second to import
    from esslib.synthetic.covariates import Problem, search

    settings, progress = how
    margins = covariate_margins(targets, codebook, ends=settings.ends)
    outcome = [stratum.outcome for stratum in targets.strata for _ in range(stratum.size)]
    problem = Problem(
        MarginTable(margins, targets.row_strata()),
        np.array(outcome, dtype=float),
        cell_goals(targets.regression),
    )
    columns, misfit = search(problem, settings.plan, rng, progress=progress)
    return pd.DataFrame(columns, columns=names), misfit


def _numbers(
    targets: Targets, people: pd.DataFrame, settings: Settings, rng: np.random.Generator
) -> dict[str, pd.Series]:
    columns: dict[str, pd.Series] = {}
    for target in targets.numbers:
        empty = pd.Series(pd.NA, people.index, dtype="Float64")
        column = columns.setdefault(target.variable, empty).copy()
        asked = people["stratum"].isin(target.strata)
        limits = _limits(targets, target, people[asked], settings.ends)
        column[asked] = whole_numbers(target, limits, rng)
        columns[target.variable] = column
    return columns


def _limits(
    targets: Targets, target: NumberTarget, asked: pd.DataFrame, ends: tuple[int, int]
) -> Limits:
    for covariate in targets.dichotomies_of(target.variable):
        if covariate.rule == UNDER:
            is_below = asked[covariate.name].to_numpy(dtype=bool)
            return Limits.of(is_below, ends, int(covariate.value))
    return Limits(np.full(len(asked), ends[0]), np.full(len(asked), ends[1]))


def _texts(
    people: pd.DataFrame, codebook: Codebook, settings: Settings, rng: np.random.Generator
) -> Iterator[pd.DataFrame]:
    if (people["tool"] != "").all():
        yield channel_answers(people, codebook, settings.coherence, rng)
    if len(settings.places):
        yield place_answers(people, settings.places, rng)
    if len(settings.texts):
        yield free_texts(people, codebook, settings.texts, rng)


def _items(
    targets: Targets,
    people: pd.DataFrame,
    how: tuple[Settings, Progress],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw the items of the score."""
    settings, progress = how
    score = targets.score
    if score is None:
        return pd.DataFrame(index=people.index)
    profiles = settings.profiles
    if profiles.empty:
        pairs = pd.MultiIndex.from_product([people["tool"].unique(), score.items])
        profiles = pairs.to_frame(index=False, name=["tool", "item"])
        profiles = profiles.assign(centre=(score.low + score.high) / 2, na_percent=0)
    return item_answers(
        score,
        people[["stratum", "tool"]],
        profiles,
        rng,
        progress=lambda misfit: progress("items", misfit),
    )
