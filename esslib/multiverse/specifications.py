"""Which analyses a reasonable reader could have made: the choices, each specification once.

A choice that cannot change the numbers of a specification has the value `NO_EFFECT` there, so
that no analysis is counted twice under two names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pandas as pd

from esslib.score import imputation, scoring
from esslib.survey.classes import compared_groups, definitions
from esslib.survey.codebook import Codebook, records

NO_EFFECT = "any"
CHOICES = (
    "na_rule",
    "na_scope",
    "score_direction",
    "unanswered",
    "secured_definition",
    "test",
    "adjustment",
    "frequency_cut",
    "covariate_gaps",
)
RESULTS = ("contrast", "estimate", "ci_low", "ci_high", "p_value", "n", "reason")


def score_readings(*, has_gaps: bool) -> list[dict[str, str]]:
    """List the distinct ways to score, direction apart.

    Parameters
    ----------
    has_gaps : bool
        Whether anybody left an item unanswered; otherwise their handling changes nothing.

    Returns
    -------
    list of dict
        na_rule, na_scope and unanswered; `NO_EFFECT` where the choice changes nothing.

    Examples
    --------
    >>> score_readings(has_gaps=False)[0]
    {'na_rule': 'item_median', 'na_scope': 'compared_group', 'unanswered': 'any'}
    """
    names = ("na_rule", "na_scope", "unanswered")
    readings = []
    for rule, scope, unanswered in product(*(scoring.CHOICES[name] for name in names)):
        worth = imputation.RULES[rule]
        scope = scope if worth.borrows else NO_EFFECT
        has_choice = has_gaps and worth.gives_values
        readings.append((rule, scope, unanswered if has_choice else NO_EFFECT))
    return [dict(zip(names, values, strict=True)) for values in dict.fromkeys(readings)]


def score_rules(reading: Mapping[str, str]) -> scoring.ScoreRules:
    """Return the rules of a reading in the direction in which agreement is secure."""
    made = {name: value for name, value in reading.items() if value != NO_EFFECT}
    return scoring.ScoreRules(**made)


def comparisons(
    people: pd.DataFrame, codebook: Codebook
) -> list[tuple[dict[str, str], str, pd.Series]]:
    """List the distinct comparisons of two groups.

    Returns
    -------
    list of tuple
        The choices made (contrast, secured_definition), the first group, and the group of every
        person (missing where not compared). A contrast whose groups are the same under each
        definition of "secured" stands once.
    """
    names = definitions(codebook)
    groups = {name: compared_groups(people, codebook, definition=name) for name in names}
    found = []
    for contrast in records(codebook.contrasts):
        name = contrast["contrast"]
        columns = {definition: frame[name] for definition, frame in groups.items()}
        first = columns[names[0]]
        if all(column.equals(first) for column in columns.values()):
            columns = {NO_EFFECT: first}
        for definition, column in columns.items():
            made = {"contrast": name, "secured_definition": definition}
            found.append((made, contrast["group_a"], column))
    return found


def basic_covariates(codebook: Codebook) -> list[str]:
    """Return the covariates of the smallest adjustment, in the order of ``covariates.csv``."""
    rows = codebook.covariates
    return rows.loc[rows["basic"] == "1", "covariate"].tolist()


def as_frame(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Gather specifications in the columns of `multiverse.csv`, `NO_EFFECT` where none is made."""
    unsaid = {**dict.fromkeys(CHOICES, NO_EFFECT), **dict.fromkeys(RESULTS, np.nan), "reason": ""}
    return pd.DataFrame([{**unsaid, **row} for row in rows], columns=list(unsaid))
