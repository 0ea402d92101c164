"""The numbers of the result tables under the ids of the printed ones, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from esslib.published import Printed, parse
from esslib.rounding import as_printed

TEXT_CONTRASTS = ("group_summaries", "group_tests")
CONVENTIONS = {"nearest": "up_or_down", "truncated": "trunc"}


def recomputed(results: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return every number of the result frames under the id it has in `published.csv`.

    Parameters
    ----------
    results : mapping
        Table name of the contract (`tableau_1`, `group_summaries`, `group_tests`, `bivariate`,
        `multivariate`) to its frame.

    Returns
    -------
    Series of float
        Indexed by id, `table.row.group.statistic`.
    """
    parts = [_numbers(name, frame) for name, frame in results.items()]
    both = pd.concat(parts) if parts else pd.Series(dtype=float)
    return both.dropna().astype(float)


def beside(published: pd.DataFrame, results: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Set the recomputed numbers beside the printed ones that name the same thing.

    Parameters
    ----------
    published : DataFrame
        As `esslib.published.read_published` returns it.
    results : mapping
        As in `recomputed`.

    Returns
    -------
    DataFrame
        id, where, row, group, statistic, printed, recomputed (float), shown (at the printed
        precision) and match: "nearest" (the printed text is the number rounded to the nearest),
        "truncated" (its further digits were cut off) or "differs".
    """
    values = recomputed(results)
    rows = published[published["id"].isin(values.index) & published["printed"].ne("")]
    numbers = values.reindex(rows["id"]).to_numpy()
    printed = [parse(text) for text in rows["printed"]]
    matches = [_match(p, x) for p, x in zip(printed, numbers, strict=True)]
    shown = [_shown(p, x, m) for p, x, m in zip(printed, numbers, matches, strict=True)]
    return rows[["id", "where", "row", "group", "statistic", "printed"]].assign(
        recomputed=numbers, shown=shown, match=matches
    )


def _numbers(name: str, frame: pd.DataFrame) -> pd.Series:
    keyed = frame.assign(**_keys(name, frame))
    statistics = frame.select_dtypes("number").columns.tolist()
    long = keyed.melt(["_table", "_row", "_group"], value_vars=statistics, var_name="_statistic")
    ids = long[["_table", "_row", "_group", "_statistic"]].agg(".".join, axis=1)
    return long.set_index(ids)["value"]


def _keys(name: str, frame: pd.DataFrame) -> dict[str, pd.Series | str]:
    if name == "tableau_1":
        alone = frame["section"].eq(frame["level"])
        row = frame["section"].where(alone, frame["section"] + "." + frame["level"])
        return {"_table": name, "_row": row, "_group": frame["group"]}
    if name in TEXT_CONTRASTS:
        group = frame.get("group", "all")
        return {"_table": "text", "_row": frame["contrast"], "_group": group}
    return {"_table": name, "_row": frame["covariate"], "_group": "all"}


def _match(printed: Printed, number: float) -> str:
    for match, rounding in CONVENTIONS.items():
        if printed.interval(rounding).contains(Fraction(number)):
            return match
    return "differs"


def _shown(printed: Printed, number: float, match: str) -> str:
    if printed.comparator != "=" and match != "differs":
        return printed.text
    rounding = CONVENTIONS.get(match, "up").removesuffix("_or_down")
    return as_printed(Fraction(number), printed.decimals, rounding=rounding)
