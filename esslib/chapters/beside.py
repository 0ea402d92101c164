"""The numbers of the result tables under the ids of the printed ones, side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from esslib.survey.codebook import Codebook
from printed.published import Printed, parse
from printed.rounding import as_printed

UNPRINTED = "flow"  # the flow chart is a picture: its numbers were not extracted
TEXT_CONTRASTS = ("group_summaries", "group_tests")
PERCENT_DECIMALS = 9  # 100 * (1 - 0.05) is 95, not 95.00000000000001
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
    parts = [_numbers(name, frame) for name, frame in results.items() if name != UNPRINTED]
    both = pd.concat(parts) if parts else pd.Series(dtype=float)
    return both.dropna().astype(float)


def beside(published: pd.DataFrame, results: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Set the recomputed numbers beside the printed ones that name the same thing.

    Parameters
    ----------
    published : DataFrame
        As `printed.published.read_published` returns it.
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


def stated(codebook: Codebook, results: Mapping[str, pd.DataFrame], *, alpha: float) -> pd.Series:
    """Return the numbers that text and methods print about the study, as this analysis has them.

    Parameters
    ----------
    codebook : Codebook
        Items, points and contrasts.
    results : mapping
        `flow`, `bivariate` and `multivariate` of the contract. A flow without invitations has no
        response rate.
    alpha : float
        Significance level.

    Returns
    -------
    Series of float
        Indexed by id, like `recomputed`.
    """
    n_items, points = len(codebook.items), codebook.points
    steps = results["flow"].groupby("step")["n"].sum(min_count=1)
    low, high = n_items * min(points.values()), n_items * max(points.values())
    values = {
        "text.population.all.n": steps["included"],
        "text.response_rate.all.percent": 100 * steps["included"] / steps.get("invited", math.nan),
        "methods.ess_items.all.n": n_items,
        "methods.ess_total.all.min": low,
        "methods.ess_total.all.max": high,
        "methods.alpha.all.threshold": 100 * alpha,
        "methods.confidence_level.all.percent": 100 * (1 - alpha),
        "methods.confidence_level.all.percent#2": 100 * (1 - alpha),
    }
    values |= {f"methods.ess_points.{code}.all.points": n for code, n in points.items()}
    for contrast in codebook.contrasts["contrast"]:
        values |= {f"text.{contrast}.all.min": low, f"text.{contrast}.all.max": high}
    for name in ("bivariate", "multivariate"):
        values[f"text.{name}.covariates.all.n"] = len(results[name])
        values[f"text.{name}.significant.all.n"] = (results[name]["p_value"] < alpha).sum()
    return pd.Series(values, dtype=float).dropna().round(PERCENT_DECIMALS)


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
