"""Target against achieved: every printed number beside what a cohort gives."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pandas as pd

from esslib.synthetic.fitted import fitted_cells
from esslib.synthetic.margins import exposed, weight
from esslib.synthetic.scores import check_item_scores
from esslib.synthetic.targets import CELLS, Targets
from printed.published import parse

__all__ = ["by_family", "check", "covariate_columns", "regression_positions", "strata_of"]

COLUMNS = ["target", "printed", "achieved", "met"]
Row = tuple[str, str, float, bool]


def check(targets: Targets, people: pd.DataFrame) -> pd.DataFrame:
    """Compare every target with what a cohort gives.

    Parameters
    ----------
    targets
        What is printed.
    people
        One row per respondent, in the columns of the tidy frame; `stratum`; the items as numbers
        from `low` to `high` of the score, 0 for "not applicable".

    Returns
    -------
    DataFrame
        One row per target: `target`, `printed` (text), `achieved` (unrounded), `met`, `missed_by`
        (distance from the interval that the printed text stands for; 0 when met).
    """
    rows = [*_counts(targets, people), *_numbers(targets, people), *_cells(targets, people)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    if targets.score is not None:
        items = people[list(targets.score.items)]
        frame = pd.concat([frame, check_item_scores(items, people["stratum"], targets.score)])
    missed = [_missed_by(*pair) for pair in zip(frame["printed"], frame["achieved"], strict=True)]
    missed_by = pd.Series(missed, frame.index).mask(frame["met"].astype(bool), 0.0)
    return frame.assign(missed_by=missed_by).reset_index(drop=True)


def strata_of(people: pd.DataFrame, targets: Targets) -> pd.Series:
    """Return the stratum of each respondent: by group, and by tool where a group has several.

    Parameters
    ----------
    people
        Columns `group` and `tool`.
    targets
        With the tools of every stratum.

    Raises
    ------
    ValueError
        A respondent belongs to no stratum; the message names row, group and tool.
    """
    strata = {
        (stratum.group, tool): stratum.name
        for stratum in targets.strata
        for tool, _ in stratum.tools
    }
    pairs = list(zip(people["group"], people["tool"], strict=True))
    for row, pair in zip(people.index, pairs, strict=True):
        if pair not in strata:
            known = ", ".join(sorted({tool for _, tool in strata}))
            raise ValueError(
                f"row {row}: nobody of group {pair[0]!r} with tool {pair[1]!r} is among the targets; "
                f"their tools: {known}."
            )
    return pd.Series([strata[pair] for pair in pairs], people.index, name="stratum", dtype="str")


def by_family(checks: pd.DataFrame) -> pd.DataFrame:
    """Count targets and those met, by the first part of their ids.

    Returns
    -------
    DataFrame
        `family` (in the order of the targets), `n`, `n_met`.
    """
    family = checks["target"].str.partition(".")[0].rename("family")
    counted = checks["met"].astype(int).groupby(family, sort=False).agg(["size", "sum"])
    return counted.set_axis(["n", "n_met"], axis=1).reset_index()


def regression_positions(checks: pd.DataFrame) -> pd.DataFrame:
    """Return where each cell of the regression lies among the values that its text stands for.

    Returns
    -------
    DataFrame
        One row per cell: `covariate`, `cell` (one of CELLS), `position` (-1 and 1 are the ends of
        the interval of true values, 0 its middle), `met`.
    """
    cells = checks[checks["target"].str.startswith("multivariate.")]
    parts = cells["target"].str.split(".")
    positions = [_position(*pair) for pair in zip(cells["printed"], cells["achieved"], strict=True)]
    return pd.DataFrame(
        {
            "covariate": parts.str[1],
            "cell": parts.str[2],
            "position": positions,
            "met": cells["met"].astype(bool),
        }
    ).reset_index(drop=True)


def covariate_columns(targets: Targets, people: pd.DataFrame) -> pd.DataFrame:
    """Return the 0/1 columns of the regression that follow from the answers."""
    covariates = [row.covariate for row in targets.regression]
    return pd.DataFrame(
        {each.name: exposed(people, each) for each in covariates}, index=people.index
    )


def regression_cells(targets: Targets, people: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Fit the regression and return each covariate's cells, unrounded."""
    outcome = {stratum.name: stratum.outcome for stratum in targets.strata}
    columns = covariate_columns(targets, people)
    design = np.column_stack([np.ones(len(columns)), columns.to_numpy(dtype=float)])
    found = fitted_cells(design, people["stratum"].map(outcome).to_numpy(dtype=float))
    if found is None:
        return {}
    return {
        str(name): dict(zip(CELLS, map(float, three), strict=True))
        for name, three in zip(columns, found, strict=True)
    }


def _counts(targets: Targets, people: pd.DataFrame) -> Iterator[Row]:
    for count in targets.counts:
        asked = people[people["stratum"].isin(count.strata)]
        achieved = int(weight(asked, count).sum())
        yield count.id, str(count.n), achieved, achieved == count.n


def _numbers(targets: Targets, people: pd.DataFrame) -> Iterator[Row]:
    for target in targets.numbers:
        values = people.loc[people["stratum"].isin(target.strata), target.variable].astype(float)
        for name, achieved in (
            ("mean", values.mean()),
            ("sd", values.std()),
            ("median", values.median()),
        ):
            text = getattr(target, name)
            within = parse(text).interval(target.rounding)
            yield f"{target.id}.{name}", text, achieved, within.contains(Fraction(float(achieved)))


def _cells(targets: Targets, people: pd.DataFrame) -> Iterator[Row]:
    found = regression_cells(targets, people) if targets.regression else {}
    for row in targets.regression:
        for cell, printed in row.printed().items():
            achieved = found.get(row.covariate.name, {}).get(cell)
            met = achieved is not None and printed.interval().contains(Fraction(achieved))
            yield (
                f"multivariate.{row.covariate.name}.{cell}",
                printed.text,
                np.nan if achieved is None else achieved,
                met,
            )


def _position(printed: str, achieved: float) -> float:
    low, high = map(float, parse(printed).ends())
    return (achieved - (low + high) / 2) / ((high - low) / 2)


def _missed_by(printed: str, achieved: float) -> float:
    within = parse(printed).interval()
    low = -np.inf if within.low is None else float(within.low)
    high = np.inf if within.high is None else float(within.high)
    return float(max(low - achieved, achieved - high, 0.0))
