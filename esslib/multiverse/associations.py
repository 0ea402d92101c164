"""Every specification of the characteristics that are said to predict a secured tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import product

import pandas as pd

from esslib.multiverse.logits import log_odds_ratios
from esslib.multiverse.specifications import NO_EFFECT, as_frame, basic_covariates
from esslib.survey.classes import covariate_rows, covariates, definitions, secured
from esslib.survey.codebook import Codebook
from esslib.survey.rules import answers, meets

Row = dict[str, object]
GAPS = {"unexposed": False, "exposed": True}  # what an unanswered question counts as


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
    outcomes = {name: secured(people, codebook, definition=name) for name in definitions(codebook)}
    adjusted = [row["covariate"] for row in covariate_rows(codebook, analysis="multivariate")]
    others = {"none": [], "age_gender": basic_covariates(codebook), "all": adjusted}
    recut = recut_covariate(codebook)
    rows: list[Row] = []
    for target, (adjustment, names) in product(targets, others.items()):
        columns = list(dict.fromkeys([target, *names]))
        choices = {"contrast": target, "adjustment": adjustment}
        for made, design in _designs(variants, cuts if recut in columns else {}, columns, recut):
            for definition, outcome in outcomes.items():
                named = {**choices, **made, "secured_definition": definition}
                rows += [{**named, **row} for row in _tested(outcome, design, 1 - alpha)]
    return as_frame(rows)


def recut_covariate(codebook: Codebook) -> str:
    """Return the covariate that the two printed tables cut differently; empty without one."""
    rows = codebook.covariates
    return str(next(iter(rows.loc[rows["covariate"].duplicated(), "covariate"]), ""))


def frequency_cuts(people: pd.DataFrame, codebook: Codebook) -> dict[str, pd.Series]:
    """Return each dichotomy of `recut_covariate`, under the rarest frequency it counts.

    Returns
    -------
    dict
        Level code to 0/1 column, missing where unanswered. The levels stand from the most to the
        least frequent; the last would count everybody and is left out.
    """
    table = codebook.covariates.set_index("covariate")["variable"]
    if not (name := recut_covariate(codebook)):
        return {}
    variable = table[name].iloc[0]
    codes = codebook.codes(variable)
    return {
        code: meets(people, variable=variable, rule="any_of", value=" ".join(codes[: place + 1]))
        for place, code in enumerate(codes[:-1])
    }


def gap_variants(people: pd.DataFrame, codebook: Codebook) -> dict[str, pd.DataFrame]:
    """Return the covariates of both tables under each rule for unanswered questions."""
    crude, adjusted = (
        covariates(people, codebook, analysis=analysis)
        for analysis in ("bivariate", "multivariate")
    )
    frame = adjusted.join(crude[[n for n in basic_covariates(codebook) if n not in adjusted]])
    gaps = pd.DataFrame({name: _unanswered(people, codebook, name) for name in map(str, frame)})
    return {
        "as_coded": frame,
        "complete_cases": frame.mask(gaps),
        **{name: frame.mask(gaps, int(value)) for name, value in GAPS.items()},
    }


def _unanswered(people: pd.DataFrame, codebook: Codebook, covariate: str) -> pd.Series:
    rows = codebook.covariates
    variable = rows.loc[rows["covariate"] == covariate, "variable"].iloc[0]
    return answers(people, variable).isna().all(axis=1)


def _designs(
    variants: dict[str, pd.DataFrame], cuts: dict[str, pd.Series], columns: list[str], recut: str
) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    """Yield the choices made and the columns of each distinct model."""
    frames = {name: frame[columns] for name, frame in variants.items()}
    for gaps, frame in _distinct(frames).items():
        if not cuts:
            yield {"covariate_gaps": gaps}, frame
        for cut, column in cuts.items():
            filled = column.fillna(GAPS[gaps]) if gaps in GAPS else column
            made = {"covariate_gaps": gaps, "frequency_cut": cut}
            yield made, frame.assign(**{recut: filled.astype("Int8")})


def _distinct(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    kept: dict[str, pd.DataFrame] = {}
    for name, frame in frames.items():
        if not any(frame.equals(other) for other in kept.values()):
            kept[name] = frame
    return kept if len(kept) > 1 else {NO_EFFECT: next(iter(kept.values()))}


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
