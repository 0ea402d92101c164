"""Who answered: recruitment, both groups as Tableau 1 has them, and where they practise (01)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from esslib.compare.balance import balance
from esslib.privacy.disclosure import risk
from esslib.survey import describe
from esslib.survey.classes import groups_of
from esslib.survey.cleaning import included, tidy_answers
from esslib.survey.codebook import Codebook, records
from esslib.survey.export import Export
from esslib.survey.rules import meets


def respondents(
    survey: Export, recruitment: pd.DataFrame, codebook: Codebook, *, min_count: int
) -> dict[str, pd.DataFrame]:
    """Return who answered and who is included.

    Parameters
    ----------
    survey : Export
        As `esslib.survey.export.read_export` returns it.
    recruitment : DataFrame
        Columns step, n of this export; may be empty.
    codebook : Codebook
    min_count : int
        Smallest class of respondents that counts as safe in `risk`.

    Returns
    -------
    dict of DataFrame
        `tidy`, all responses cleaned; `flow`, `tableau_1`, `tableau_1_tests` and `risk` of
        ``results.csv``; `places` (departement, group, n); `tools` (tool of every response).

    Raises
    ------
    ExportError
        Some cell is not what the codebook expects.
    ValueError
        Nobody is included.
    """
    tidy = tidy_answers(survey, codebook)
    people = included(tidy)
    return {
        "tidy": tidy,
        "tools": tidy[["tool"]],
        "flow": describe.flow(tidy, recruitment, codebook),
        "tableau_1": describe.tableau_1(people, codebook),
        "tableau_1_tests": balance_groups(people, codebook),
        "risk": risk(people, min_count=min_count),
        "places": describe.places(people, codebook),
    }


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
    first, second = groups_of(codebook)
    parts = [
        balance(
            people.assign(compared=answer), value="compared", group="group", groups=(first, second)
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
