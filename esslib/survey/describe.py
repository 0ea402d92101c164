"""Who answered: the flow of recruitment, Tableau 1, and where respondents practise."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.survey.classes import groups_of
from esslib.survey.codebook import Codebook, records
from esslib.survey.rules import answers, meets


def flow(tidy: pd.DataFrame, recruitment: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count respondents at each step of the recruitment.

    Parameters
    ----------
    tidy : DataFrame
        All responses, with `group` and `excluded_because`.
    recruitment : DataFrame
        Columns step, n: what the export cannot know (invitations); may be empty.

    Returns
    -------
    DataFrame
        step (`invited`, `no_response`, `responses`, `excluded`, `included`, `analysed`,
        `without_score`), group, n, excluded_because; one `excluded` row per applied criterion,
        zero counts included. `no_response` needs the number of invitations; `without_score`
        counts those who left an item unanswered ("not applicable" is an answer).
    """
    reasons = codebook.criteria.loc[codebook.criteria["applied"] == "1", "reason"]
    excluded = tidy["excluded_because"].value_counts().reindex(reasons, fill_value=0)
    kept = tidy[tidy["excluded_because"].isna()]
    gaps = kept.loc[kept[list(codebook.items)].isna().any(axis=1), "group"]
    by_group = {"analysed": kept["group"], "without_score": gaps}
    invited = {step: int(n) for step, n in zip(recruitment["step"], recruitment["n"], strict=True)}
    silent = [n - len(tidy) for step, n in invited.items() if step == "invited"]
    rows = [
        *((step, "all", n, "") for step, n in invited.items()),
        *(("no_response", "all", n, "no_response") for n in silent if n >= 0),
        ("responses", "all", len(tidy), ""),
        *(("excluded", "all", int(n), reason) for reason, n in excluded.items()),
        ("included", "all", len(kept), ""),
        *(
            (step, group, int(members.eq(group).sum()), "")
            for step, members in by_group.items()
            for group in groups_of(codebook)
        ),
    ]
    return pd.DataFrame(rows, columns=["step", "group", "n", "excluded_because"])


def tableau_1(tidy: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Describe both groups as Tableau 1 does.

    Parameters
    ----------
    tidy : DataFrame
        Included respondents.

    Returns
    -------
    DataFrame
        section, level, group, n, n_answered, percent (of those who answered), and for numbers
        mean, sd (n - 1), median, q1, q3 (linear interpolation).
    """
    members = {group: tidy["group"].eq(group).to_numpy() for group in groups_of(codebook)}
    rows = [
        {"section": row["section"], "level": row["level"], "group": group, **numbers}
        for row in records(codebook.tableau_1)
        for group, numbers in _row(tidy, members, row).items()
    ]
    columns = ["n", "n_answered", "percent", "mean", "sd", "median", "q1", "q3"]
    return pd.DataFrame(rows).reindex(columns=["section", "level", "group", *columns])


def places(tidy: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count included respondents by département and group; columns departement, group, n.

    Respondents without postcode are in no row.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> codebook = read_codebook(resolve("data/codebook"))
    >>> tidy = pd.DataFrame({"departement": ["59", "59", None], "group": ["users"] * 3})
    >>> places(tidy, codebook).query("n > 0").values.tolist()
    [['59', 'users', 2]]
    """
    index = pd.MultiIndex.from_product(
        [codebook.departements["departement"], groups_of(codebook)], names=["departement", "group"]
    )
    counts = tidy.groupby(["departement", "group"], observed=False).size()
    return counts.reindex(index, fill_value=0).rename("n").reset_index()


def _row(
    tidy: pd.DataFrame, members: dict[str, NDArray[np.bool_]], row: dict[str, str]
) -> dict[str, dict[str, float]]:
    """Return the numbers of one row of Tableau 1, by group."""
    counted, answered = _counted(tidy, row)
    numbers: dict[str, dict[str, float]] = {}
    for group, mine in members.items():
        n, base = _total(counted, mine), _total(answered, mine)
        numbers[group] = {"n": n, "n_answered": base}
        if row["rule"] == "describe":
            numbers[group] |= _moments(tidy.loc[mine, row["variable"]].dropna().astype("float64"))
        elif row["rule"] != "answers_outside":
            numbers[group]["percent"] = 100 * n / base if base else np.nan
    return numbers


def _total(counted: NDArray[np.integer | np.bool_], mine: NDArray[np.bool_]) -> int:
    if counted.dtype == bool:
        return int(np.count_nonzero(counted & mine))
    return int(counted[mine].sum())


def _counted(
    tidy: pd.DataFrame, row: dict[str, str]
) -> tuple[NDArray[np.integer | np.bool_], NDArray[np.bool_]]:
    """Return what each respondent adds to a row of Tableau 1, and whether they answered."""
    everybody = np.ones(len(tidy), dtype=bool)
    if row["rule"] == "total":
        return everybody, everybody
    given = answers(tidy, row["variable"])
    answered = np.any(given.notna().to_numpy(), axis=1)
    if row["rule"] == "describe":
        return answered, answered
    if row["rule"] == "answers_outside":
        others = given.drop(columns=row["value"].split())
        return others.to_numpy(dtype=bool, na_value=False).sum(axis=1), answered
    met = meets(tidy, variable=row["variable"], rule=row["rule"], value=row["value"])
    is_met = met.to_numpy(dtype=bool, na_value=False)
    return is_met, everybody if row["rule"] == "missing" else answered


def _moments(values: pd.Series) -> dict[str, float]:
    q1, median, q3 = values.quantile([0.25, 0.5, 0.75])
    return {"mean": values.mean(), "sd": values.std(), "median": median, "q1": q1, "q3": q3}
