"""What respondents are classed as: by tool, by compared group, by characteristic."""

from __future__ import annotations

import pandas as pd

from esslib.survey.codebook import Codebook, as_text, records
from esslib.survey.rules import meets

OUTCOME = "secured"


def definitions(codebook: Codebook) -> list[str]:
    """Return the names of the classifications of tools: columns `secured_…` of ``tools.csv``."""
    columns: list[str] = codebook.tools.filter(like="secured_").columns.tolist()
    return [column.removeprefix("secured_") for column in columns]


def groups_of(codebook: Codebook) -> list[str]:
    """Return the groups that all respondents are parted into, in the order of ``groups.csv``."""
    rows = codebook.groups
    return rows.loc[rows["part_of"] == "", "group"].tolist()


def classes_of(codebook: Codebook) -> list[str]:
    """Return the finest groups: those that no other group of ``groups.csv`` is a part of."""
    rows = codebook.groups
    return rows.loc[~rows["group"].isin(rows["part_of"]), "group"].tolist()


def tool_classes(tidy: pd.DataFrame, codebook: Codebook, *, definition: str) -> pd.Series:
    """Return each respondent's class of tool, one of `classes_of`.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent: tool, group.
    codebook : Codebook
    definition : {"methods", "regression"}
        Which tools count as secured.

    Returns
    -------
    Series
        tool_class, categorical in the order of `classes_of`; missing for tools that the
        definition does not class, in groups that ``groups.csv`` parts by it.
    """
    is_secured = secured(tidy, codebook, definition=definition)
    group = as_text(tidy["group"])
    named = group.where(group.isin(classes_of(codebook)))
    for row in records(codebook.groups[codebook.groups["part_of"] != ""]):
        is_part = group.eq(row["part_of"]) & is_secured.eq(int(row["secured"])).fillna(False)
        named = named.mask(is_part.astype(bool), row["group"])
    return named.astype(pd.CategoricalDtype(classes_of(codebook))).rename("tool_class")


def compared_groups(tidy: pd.DataFrame, codebook: Codebook, *, definition: str) -> pd.DataFrame:
    """Return each respondent's group in each contrast; missing where not compared.

    Returns
    -------
    DataFrame of text
        One column per contrast of ``contrasts.csv``, which takes the groups `by` "group" or
        "tool_class" (see `tool_classes`).
    """
    classes = as_text(tool_classes(tidy, codebook, definition=definition))
    columns, compared = {"group": tidy["group"], "tool_class": classes}, {}
    for row in records(codebook.contrasts):
        column = columns[row["by"]]
        compared[row["contrast"]] = column.where(column.isin([row["group_a"], row["group_b"]]))
    return pd.DataFrame(compared, index=tidy.index)


def covariate_rows(codebook: Codebook, *, analysis: str) -> list[dict[str, str]]:
    """Return the rows of ``covariates.csv`` that make one predictor table, in its order."""
    order = pd.to_numeric(codebook.covariates[f"{analysis}_order"]).dropna().sort_values()
    return records(codebook.covariates.loc[order.index])


def covariates(tidy: pd.DataFrame, codebook: Codebook, *, analysis: str) -> pd.DataFrame:
    """Return the dichotomies of a predictor table, in its order.

    Parameters
    ----------
    tidy : DataFrame
        As `clean` returns it.
    analysis : {"bivariate", "multivariate"}
        The printed tables cut one covariate differently; `covariates.csv` holds both cuts.

    Returns
    -------
    DataFrame of Int8
        One 0/1 column per covariate, missing where the question was not answered and the
        covariate's `missing` rule says nothing else.
    """
    rows = covariate_rows(codebook, analysis=analysis)
    exposed = {row["covariate"]: _exposed(tidy, row) for row in rows}
    return pd.DataFrame(exposed, index=tidy.index).astype("Int8")


def secured(tidy: pd.DataFrame, codebook: Codebook, *, definition: str) -> pd.Series:
    """Return 1 for respondents with a secured tool, 0 for the others, as Int8.

    Parameters
    ----------
    definition : {"methods", "regression"}
        Classification of the methods section, or the one that the printed bivariate table needs.
        Missing for tools that neither classes.

    Raises
    ------
    ValueError
        The definition is unknown.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> codebook = read_codebook(resolve("data/codebook"))
    >>> tidy = pd.DataFrame({"tool": ["phone", "doctolib_team", "fax"]})
    >>> secured(tidy, codebook, definition="methods").tolist()
    [0, 1, <NA>]
    """
    column = f"secured_{definition}"
    if column not in codebook.tools:
        raise ValueError(
            f"definition: {definition!r} is unknown; use one of {definitions(codebook)}"
        )
    classes = codebook.tools.set_index("tool")[column].replace("", pd.NA).astype("Int8")
    return tidy["tool"].map(classes).astype("Int8").rename("secured")


def predictor_frame(
    people: pd.DataFrame, codebook: Codebook, *, analysis: str, definition: str
) -> pd.DataFrame:
    """Return the outcome `secured` and the covariates of one predictor table, as 0/1 integers.

    Respondents whose tool the definition does not class are left out.
    """
    exposures = covariates(people, codebook, analysis=analysis)
    outcome = secured(people, codebook, definition=definition).rename(OUTCOME)
    return exposures.assign(**{OUTCOME: outcome}).dropna(subset=OUTCOME)


def _exposed(tidy: pd.DataFrame, covariate: dict[str, str]) -> pd.Series:
    rule = {key: covariate[key] for key in ("variable", "rule", "value")}
    unanswered = {"exposed": True, "unexposed": False}.get(covariate["missing"], pd.NA)
    return meets(tidy, **rule).fillna(unanswered)
