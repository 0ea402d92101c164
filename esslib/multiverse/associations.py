"""Every specification of the characteristics that are said to predict a secured tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import pandas as pd

from esslib.multiverse.contrasts import AGE_AND_GENDER
from esslib.multiverse.logits import log_odds_ratios
from esslib.multiverse.specifications import DEFINITIONS, NO_EFFECT, as_frame
from esslib.survey.cleaning import covariates, secured
from esslib.survey.codebook import Codebook
from esslib.survey.rules import answers, meets

Row = dict[str, object]
FREQUENCY = "weekly_exchanges"  # the covariate that the two printed tables cut differently


def association_specifications(
    people: pd.DataFrame, codebook: Codebook, *, targets: Sequence[str], alpha: float = 0.05
) -> pd.DataFrame:
    """Estimate the log odds ratio of each target under every distinct set of choices.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    targets : sequence of str
        Covariates of the regression table.
    alpha : float
        Intervals have level 1 - `alpha`.

    Returns
    -------
    DataFrame
        Columns of `multiverse.csv`; `contrast` holds the covariate. A positive estimate means
        that the exposed use a secured tool more often. Without estimate, `reason` says why.

    Notes
    -----
    `frequency_cut` is the rarest exchange that still counts as frequent; it makes no difference
    to a model without that covariate. `covariate_gaps` is what an unanswered question counts as:
    what `covariates.csv` says, a reason to leave the person out, unexposed, or exposed. Of gap
    rules with the same outcome the first one listed stands for all.
    """
    variants, cuts = gap_variants(people, codebook), frequency_cuts(people, codebook)
    outcomes = {name: secured(people, codebook, definition=name) for name in DEFINITIONS}
    rows: list[Row] = []
    for target in targets:
        for made, design in _designs(variants, cuts, target):
            for definition, outcome in outcomes.items():
                named = {**made, "contrast": target, "secured_definition": definition}
                rows += [{**named, **row} for row in _tested(outcome, design, 1 - alpha)]
    return as_frame(rows)


def frequency_cuts(people: pd.DataFrame, codebook: Codebook) -> dict[str, pd.Series]:
    """Return each dichotomy of the exchange frequency, under the rarest frequency it counts.

    Returns
    -------
    dict
        Level code to 0/1 column, missing where unanswered. The levels stand from the most to the
        least frequent; the last would count everybody and is left out.
    """
    table = codebook.covariates
    variable = table.loc[table["covariate"] == FREQUENCY, "variable"].iloc[0]
    codes = codebook.codes(variable)
    return {
        code: meets(people, variable=variable, rule="any_of", value=" ".join(codes[: place + 1]))
        for place, code in enumerate(codes[:-1])
    }


def gap_variants(people: pd.DataFrame, codebook: Codebook) -> dict[str, pd.DataFrame]:
    """Return the covariates of both tables under each rule for unanswered questions."""
    coded = {
        analysis: covariates(people, codebook, analysis=analysis)
        for analysis in ("bivariate", "multivariate")
    }
    frame = coded["multivariate"].join(coded["bivariate"][AGE_AND_GENDER[1:]])
    gaps = pd.DataFrame({name: _unanswered(people, codebook, name) for name in map(str, frame)})
    return {
        "as_coded": frame,
        "complete_cases": frame.mask(gaps),
        "unexposed": frame.mask(gaps, 0),
        "exposed": frame.mask(gaps, 1),
    }


def _unanswered(people: pd.DataFrame, codebook: Codebook, covariate: str) -> pd.Series:
    rows = codebook.covariates
    variable = rows.loc[rows["covariate"] == covariate, "variable"].iloc[0]
    return answers(people, variable).isna().all(axis=1)


def _designs(
    variants: dict[str, pd.DataFrame], cuts: dict[str, pd.Series], target: str
) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    """Yield the choices made and the columns of each distinct model, the target first."""
    everything = [name for name in map(str, variants["as_coded"]) if name not in AGE_AND_GENDER[1:]]
    others: dict[str, list[str]] = {"none": [], "age_gender": AGE_AND_GENDER, "all": everything}
    for adjustment, names in others.items():
        columns = list(dict.fromkeys([target, *names]))
        frames = {name: frame[columns] for name, frame in variants.items()}
        for gaps, frame in _distinct(frames).items():
            made = {"adjustment": adjustment, "covariate_gaps": gaps}
            if FREQUENCY in columns:
                for cut, column in cuts.items():
                    yield {**made, "frequency_cut": cut}, _recut(frame, column, gaps)
            else:
                yield made, frame


def _distinct(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    kept: dict[str, pd.DataFrame] = {}
    for name, frame in frames.items():
        if not any(frame.equals(other) for other in kept.values()):
            kept[name] = frame
    return kept if len(kept) > 1 else {NO_EFFECT: next(iter(kept.values()))}


def _recut(frame: pd.DataFrame, column: pd.Series, gaps: str) -> pd.DataFrame:
    filled = {"unexposed": column.fillna(False), "exposed": column.fillna(True)}.get(gaps, column)
    return frame.assign(**{FREQUENCY: filled.astype("Int8")})


def _tested(outcome: pd.Series, design: pd.DataFrame, confidence: float) -> list[Row]:
    complete = design.assign(outcome=outcome).dropna().to_numpy(dtype=float)
    found = log_odds_ratios(complete[:, -1], complete[:, :-1], confidence)
    return [
        {
            "test": name,
            "n": len(complete),
            **({"reason": result} if isinstance(result, str) else asdict(result)),
        }
        for name, result in found.items()
    ]
