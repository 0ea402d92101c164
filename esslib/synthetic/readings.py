"""Where printed numbers contradict each other or say too little: which reading was chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from esslib.survey.codebook import Codebook, records
from esslib.synthetic.goals import cell_goals
from esslib.synthetic.targets import CELLS, Count, Targets
from esslib.voice import Voice
from printed.messages import Catalogue, Listed, Message, Name, say

__all__ = ["SAID", "chosen_readings", "describe_choices"]

SAID = Catalogue(Path(__file__).parent / "locale")
Choice = tuple[str, str, Message]
LISTED, NEAREST = "any_of", "up_or_down"


def chosen_readings(
    targets: Targets, codebook: Codebook, *, voice: Voice
) -> dict[str, pd.DataFrame]:
    """Return `reconstruction_readings` of ``results.csv``, and `readings`, the same for people."""
    return {
        "reconstruction_readings": describe_choices(targets, codebook),
        "readings": describe_choices(targets, codebook, voice=voice),
    }


def describe_choices(
    targets: Targets,
    codebook: Codebook,
    *,
    voice: Voice | None = None,
) -> pd.DataFrame:
    """List every choice between readings that a reconstruction of these targets makes.

    Parameters
    ----------
    targets
        What is printed.
    codebook
        The questionnaire.
    voice
        Writes readings for people; by default they are for programs, in English.

    Returns
    -------
    DataFrame of text
        One row per choice: `target` (id of a target, or its beginning), `kind` (`contradiction`
        between printed numbers, `rounding` of a mean, `totals` of counts that are not the
        respondents asked, `two_cuts` of one covariate, `left_out` cells of the regression),
        `reading`.
    """
    choices = [
        *((id, "contradiction", reading) for id, reading in targets.readings.items()),
        *_roundings(targets),
        *_totals(targets, codebook),
        *_two_cuts(codebook),
        *_left_out(targets),
    ]
    spoken: dict[str, Any] = {"lang": voice.lang, "labels": voice.labels} if voice else {}
    told = [(*choice, SAID.text(reading, **spoken)) for *choice, reading in choices]
    return pd.DataFrame(told, columns=["target", "kind", "reading"], dtype="str")


def _roundings(targets: Targets) -> Iterator[Choice]:
    for target in targets.numbers:
        if target.rounding != NEAREST:
            n = sum(targets.sizes[name] for name in target.strata)
            yield f"{target.id}.mean", "rounding", say("truncated-mean", n=n, mean=target.mean)


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
            reading = say("two-answers", n=more) if more > 0 else say("no-answer", n=-more)
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
        yield (
            id,
            "two_cuts",
            say(
                "exposed", rule=Name(row["rule"]), values=Listed([Name(value) for value in values])
            ),
        )


def _left_out(targets: Targets) -> Iterator[Choice]:
    """Name the cells that are given up because no interval has all three of their row."""
    if not targets.regression:
        return
    weights = cell_goals(targets.regression).weight
    for row, kept in zip(targets.regression, weights, strict=True):
        for cell in (cell for cell, weight in zip(CELLS, kept, strict=True) if not weight):
            yield f"multivariate.{row.covariate.name}.{cell}", "left_out", say("left-out")
