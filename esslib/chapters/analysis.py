"""The arrows of the pipeline, from the export to the result frames, for notebooks and batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from esslib.compare import compare, samples, summarise
from esslib.compare.balance import balance
from esslib.compare.effects import effect_sizes
from esslib.compare.groups import normal_quantiles
from esslib.compare.multiplicity import adjust_p
from esslib.compare.robust import robust_tests
from esslib.compare.samples import Floats
from esslib.predictors import bivariate, multivariate
from esslib.score.scoring import ScoreRules, scale_of, score
from esslib.survey.cleaning import clean, compared_groups, covariates, secured
from esslib.survey.codebook import Codebook, records
from esslib.survey.describe import GROUPS
from esslib.survey.export import Export, decode, validate
from esslib.survey.rules import meets

OUTCOME = "secured"


def tidy_answers(export: Export, codebook: Codebook) -> pd.DataFrame:
    """Decode, validate and clean an export; see `esslib.survey.cleaning.clean` for the columns.

    Raises
    ------
    ExportError
        Some cell is not what the codebook expects.
    """
    return clean(validate(decode(export.answers, codebook), codebook), codebook)


def balance_groups(people: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Compare both groups on every question of Tableau 1; see `esslib.compare.balance`.

    Parameters
    ----------
    people : DataFrame
        Included respondents.

    Returns
    -------
    DataFrame
        Columns of `tableau_1_tests.csv`: a row per question with one answer or a number (level
        empty), a row per level where several answers are possible. What defines the groups (the
        tool) is not compared.
    """
    parts = [
        balance(
            people.assign(compared=answer), value="compared", group="group", groups=GROUPS
        ).assign(section=section, level=level)
        for section, level, answer in _compared(people, codebook)
    ]
    frame, place = pd.concat(parts, ignore_index=True), ["section", "level"]
    return frame[[*place, *frame.columns.drop(place)]]


def _compared(people: pd.DataFrame, codebook: Codebook) -> Iterator[tuple[str, str, pd.Series]]:
    """Yield section, level and what is compared there."""
    kinds = codebook.variables.set_index("name")["kind"]
    rows = codebook.tableau_1.assign(kind=codebook.tableau_1["variable"].map(kinds))
    for keys, block in rows.groupby(["section", "variable", "kind"], sort=False):
        section, name, kind = map(str, keys)
        if kind == "number":
            yield section, "", people[name]
        elif kind == "single":
            shown = {code: row["level"] for row in records(block) for code in row["value"].split()}
            levels = defaultdict(str, shown)  # answers without a row of their own count together
            yield section, "", people[name].astype("str").map(levels, na_action="ignore")
        else:
            for row in records(block[block["rule"] == "any_of"]):
                met = meets(people, variable=name, rule="any_of", value=row["value"])
                yield section, row["level"], met


def score_contrasts(
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    rules: ScoreRules,
    definition: str,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Score every respondent once per contrast.

    The value of "not applicable" may depend on the compared group, so a respondent can have a
    different score in each contrast.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    rules : ScoreRules
        How answers become points.
    definition : {"methods", "regression"}
        Which tools count as secured.
    rng : Generator, optional
        Needed by multiple imputation only.

    Returns
    -------
    DataFrame
        One row per contrast and compared respondent: row (as in `people`), contrast, group,
        ess_total (20-80 points, missing where the rules give none), n_not_applicable,
        n_unanswered.
    """
    groups = compared_groups(people, codebook, definition=definition)
    scale = scale_of(codebook)
    parts = [
        score(people, scale=scale, rules=rules, groups=groups[contrast], rng=rng)
        .assign(contrast=contrast, group=groups[contrast])
        .dropna(subset="group")
        for contrast in map(str, groups)
    ]
    columns = ["row", "contrast", "group", "ess_total", "n_not_applicable", "n_unanswered"]
    return pd.concat(parts).rename_axis("row").reset_index()[columns]


def summarise_contrasts(scored: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Describe the score in both groups of every contrast that `scored` holds.

    Returns
    -------
    DataFrame
        Columns of `group_summaries.csv`; groups in the order of `contrasts.csv`.
    """
    parts = []
    for contrast in _contrasts(scored, codebook):
        rows = scored[scored["contrast"] == contrast["contrast"]]
        summary = summarise(rows, value="ess_total", group="group").set_index("group")
        ordered = summary.reindex([contrast["group_a"], contrast["group_b"]]).rename_axis("group")
        parts.append(ordered.reset_index().assign(contrast=contrast["contrast"]))
    return _contrast_first(parts)


def compare_contrasts(
    scored: pd.DataFrame, codebook: Codebook, *, alpha: float = 0.05
) -> pd.DataFrame:
    """Compare the score between the groups of every contrast that `scored` holds.

    Returns
    -------
    DataFrame
        Columns of `group_tests.csv`; intervals have level 1 - `alpha`.

    Raises
    ------
    ValueError
        Nobody in one of the groups has a score.
    """
    _refuse_empty(scored, codebook)
    parts = [
        compare(
            scored[scored["contrast"] == contrast["contrast"]],
            value="ess_total",
            group="group",
            groups=(contrast["group_a"], contrast["group_b"]),
            confidence=1 - alpha,
        ).assign(contrast=contrast["contrast"])
        for contrast in _contrasts(scored, codebook)
    ]
    return _contrast_first(parts)


def size_contrasts(
    scored: pd.DataFrame, codebook: Codebook, *, rng: np.random.Generator, alpha: float = 0.05
) -> pd.DataFrame:
    """Size the difference of every contrast that `scored` holds; see `effects.effect_sizes`.

    Returns
    -------
    DataFrame
        Columns of `effect_sizes.csv`; intervals have level 1 - `alpha`.
    """
    parts = [
        effect_sizes(a, b, rng=rng, confidence=1 - alpha).assign(contrast=contrast)
        for contrast, a, b in _samples(scored, codebook)
    ]
    return _contrast_first(parts)


def retest_contrasts(
    scored: pd.DataFrame, codebook: Codebook, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Test every contrast that `scored` holds in several ways; see `robust.robust_tests`.

    Returns
    -------
    DataFrame
        Columns of `robust_tests.csv`: p_holm adjusts each test's p over the contrasts.
    """
    parts = [
        robust_tests(a, b, rng=rng).assign(contrast=contrast)
        for contrast, a, b in _samples(scored, codebook)
    ]
    frame = _contrast_first(parts)
    by_test = frame.groupby("test")["p_value"]
    return frame.assign(
        p_holm=by_test.transform(lambda p: adjust_p(pd.DataFrame({"p_value": p}))["p_holm"])
    )


def quantile_contrasts(scored: pd.DataFrame) -> pd.DataFrame:
    """Set each score beside its normal quantile, by contrast; see `groups.normal_quantiles`."""
    parts = [
        normal_quantiles(rows, value="ess_total", group="group").assign(contrast=contrast)
        for contrast, rows in scored.groupby("contrast")
    ]
    nobody = pd.DataFrame({"contrast": [], "group": [], "expected": [], "observed": []})
    return _contrast_first(parts) if parts else nobody


def predictor_frame(
    people: pd.DataFrame, codebook: Codebook, *, analysis: str, definition: str
) -> pd.DataFrame:
    """Return the outcome `secured` and the covariates of one predictor table, as 0/1 integers.

    Respondents whose tool the definition does not class are left out.
    """
    exposures = covariates(people, codebook, analysis=analysis)
    outcome = secured(people, codebook, definition=definition).rename(OUTCOME)
    return exposures.assign(**{OUTCOME: outcome}).dropna(subset=OUTCOME)


def predictors_by_definition(
    people: pd.DataFrame, codebook: Codebook, *, alpha: float = 0.05
) -> pd.DataFrame:
    """Repeat both predictor tables under every definition of a secured tool.

    Returns
    -------
    DataFrame
        Columns of `predictors_by_definition.csv`: log odds ratios, positive when a secured tool is
        more frequent; missing where the regression has no estimate.
    """
    definitions = codebook.tools.filter(like="secured_").columns.str.removeprefix("secured_")
    parts = []
    for analysis, definition in product(["bivariate", "multivariate"], definitions):
        frame = predictor_frame(people, codebook, analysis=analysis, definition=definition)
        table = _log_odds(frame, analysis, confidence=1 - alpha)
        parts.append(table.assign(analysis=analysis, definition=definition))
    columns = ["analysis", "definition", "covariate", "estimate", "ci_low", "ci_high", "p_value"]
    return pd.concat([part.reindex(columns=columns) for part in parts], ignore_index=True)


def _log_odds(frame: pd.DataFrame, analysis: str, *, confidence: float) -> pd.DataFrame:
    names = frame.columns.drop(OUTCOME).tolist()
    if analysis == "bivariate":
        table = bivariate(frame, outcome=OUTCOME, exposures=names, confidence=confidence)
        sources = {"estimate": "odds_ratio", "ci_low": "ci_low", "ci_high": "ci_high"}
        return table.assign(**{name: np.log(table[ratio]) for name, ratio in sources.items()})
    try:
        table = multivariate(frame, outcome=OUTCOME, covariates=names, confidence=confidence)
    except ValueError:  # separated, or a covariate that does not vary
        return pd.DataFrame({"covariate": names})
    return table.rename(columns={"coefficient": "estimate"})


def _refuse_empty(scored: pd.DataFrame, codebook: Codebook) -> None:
    for row in _contrasts(scored, codebook):
        groups = scored.loc[scored["contrast"] == row["contrast"]].dropna(subset="ess_total")
        for name in (row["group_a"], row["group_b"]):
            if not groups["group"].eq(name).any():
                raise ValueError(
                    f"Contrast {row['contrast']!r}: nobody with a score is in group {name!r}, so "
                    "there is nothing to compare. Check the answers that decide group and score, "
                    "or leave the contrast out of contrasts.csv."
                )


def _contrasts(scored: pd.DataFrame, codebook: Codebook) -> list[dict[str, str]]:
    held = scored["contrast"].unique()  # looking each row up takes longer than all that follows
    return records(codebook.contrasts[codebook.contrasts["contrast"].isin(held)])


def _samples(scored: pd.DataFrame, codebook: Codebook) -> Iterator[tuple[str, Floats, Floats]]:
    for contrast in _contrasts(scored, codebook):
        rows = scored[scored["contrast"] == contrast["contrast"]]
        groups = (contrast["group_a"], contrast["group_b"])
        yield contrast["contrast"], *samples(rows, value="ess_total", group="group", groups=groups)


def _contrast_first(parts: list[pd.DataFrame]) -> pd.DataFrame:
    frame = pd.concat(parts, ignore_index=True)
    return frame[["contrast", *frame.columns.drop("contrast")]]
