"""Where printed numbers contradict each other or say too little: which reading was chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from esslib.survey.codebook import Codebook, records
from esslib.synthetic.goals import cell_goals
from esslib.synthetic.targets import CELLS, Count, Targets

__all__ = ["describe_choices"]

Choice = tuple[str, str, str]
LISTED, NEAREST = "any_of", "up_or_down"


def describe_choices(targets: Targets, codebook: Codebook) -> pd.DataFrame:
    """List every choice between readings that a reconstruction of these targets makes.

    Parameters
    ----------
    targets
        What is printed.
    codebook
        The questionnaire.

    Returns
    -------
    DataFrame of text
        One row per choice: `target` (id of a target, or its beginning), `kind` (`contradiction`
        between printed numbers, `rounding` of a mean, `totals` of counts that are not the
        respondents asked, `two_cuts` of one covariate, `left_out` cells of the regression),
        `reading` (levels as `level_set.level`).
    """
    choices = [
        *((id, "contradiction", reading) for id, reading in targets.readings.items()),
        *_roundings(targets),
        *_totals(targets, codebook),
        *_two_cuts(codebook),
        *_left_out(targets),
    ]
    return pd.DataFrame(choices, columns=["target", "kind", "reading"], dtype="str")


def _roundings(targets: Targets) -> Iterator[Choice]:
    for target in targets.numbers:
        if target.rounding != NEAREST:
            n = sum(targets.sizes[name] for name in target.strata)
            reason = f"no {n} whole numbers have a mean that rounds to {target.mean}"
            yield f"{target.id}.mean", "rounding", f"{reason}: read as {target.rounding}"


def _totals(targets: Targets, codebook: Codebook) -> Iterator[Choice]:
    """Compare the counts of all levels of a question with the respondents asked.

    A question that lets people tick two answers at most is meant to be answered once.
    """
    for (variable, strata), counts in _listed(targets).items():
        row = codebook.variable(variable)
        listed = {level for count in counts for level in count.value.split()}
        is_single = row["kind"] == "single" or row["max_answers"] == "2"
        more = sum(count.n for count in counts) - sum(targets.sizes[name] for name in strata)
        if is_single and more and listed == set(codebook.codes(variable)):
            reading = f"{more} gave two answers" if more > 0 else f"{-more} did not answer"
            place = counts[0].id.partition(".")[0]
            yield f"{place}.{variable}.{_groups(strata, targets)}", "totals", reading


def _groups(strata: tuple[str, ...], targets: Targets) -> str:
    groups = (stratum.group for stratum in targets.strata if stratum.name in strata)
    return "+".join(dict.fromkeys(groups))


def _listed(targets: Targets) -> dict[tuple[str, tuple[str, ...]], list[Count]]:
    """Group the counts that list levels of one question among the same respondents."""
    groups: dict[tuple[str, tuple[str, ...]], list[Count]] = defaultdict(list)
    for count in targets.counts:
        if count.rule == LISTED:
            groups[count.variable, count.strata].append(count)
    return groups


def _two_cuts(codebook: Codebook) -> Iterator[Choice]:
    """Name covariates that printed tables must have cut in different ways."""
    rows = codebook.covariates
    for row in records(rows[rows.duplicated("covariate", keep=False)]):
        id = f"{row['analysis']}.{row['covariate']}"
        level_set = codebook.variable(row["variable"])["level_set"]
        prefix = f"{level_set}." if level_set else ""
        values = [f"{prefix}{value}" for value in row["value"].split()]
        yield id, "two_cuts", f"{row['rule']} {', '.join(values)}"


def _left_out(targets: Targets) -> Iterator[Choice]:
    """Name the cells that are given up because no interval has all three of their row."""
    if not targets.regression:
        return
    weights = cell_goals(targets.regression).weight
    for row, kept in zip(targets.regression, weights, strict=True):
        for cell in (cell for cell, weight in zip(CELLS, kept, strict=True) if not weight):
            reason = "no interval around its coefficient has all three cells of this row: left out"
            yield f"multivariate.{row.covariate.name}.{cell}", "left_out", reason
