"""What the items are worth as a scale, and every number of it as one long frame.

One row per number, under the same name for every cohort: what `esslib.synthetic.ranges` draws over
many reconstructed cohorts can then be set beside the cohort at hand.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from esslib.score.factors import parallel_analysis
from esslib.score.instrument import count_answers, item_table, reliability
from esslib.score.known_groups import floor_and_ceiling, group_differences, not_applicable_rates
from esslib.score.scoring import Scale, ScoreRules, points, score

TOTAL = "ess_total"
KEYS = ["statistic", "variable", "groups"]


def properties(
    tidy: pd.DataFrame, *, scale: Scale, rules: ScoreRules, seed: int | np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Describe items and score, and how both tell apart the classes of tools.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent: the items of `scale` as answer codes, and tool_class, categorical.
    scale : Scale
    rules : ScoreRules
        N/A is worth the same in every class, whatever `na_scope` says: medians within a class
        would widen what is to be measured.
    seed : int or Generator
        Of multiple imputation, and again of the parallel analysis.

    Returns
    -------
    dict of DataFrame
        `items`, `reliability`, `parallel_analysis`, `floor_ceiling`, `known_groups` and
        `items_by_class` of ``results.csv``.
    """
    given = points(tidy, scale=scale, direction=rules.score_direction)
    alike = replace(rules, na_scope="whole_sample")
    totals = score(tidy, scale=scale, rules=alike, rng=np.random.default_rng(seed))[[TOTAL]]
    (low, high), n_items = scale.limits, len(scale.items)
    ends = [
        floor_and_ceiling(given, low=low / n_items, high=high / n_items),
        floor_and_ceiling(totals, low=low, high=high),
    ]
    classes = tidy["tool_class"]
    order = classes.cat.categories.tolist()
    between = [group_differences(values, classes, order=order) for values in (totals, given)]
    return {
        "items": item_table(tidy, scale=scale, direction=rules.score_direction),
        "reliability": reliability(given),
        "parallel_analysis": parallel_analysis(given, rng=np.random.default_rng(seed)),
        "floor_ceiling": pd.concat(ends, ignore_index=True),
        "known_groups": pd.concat(between, ignore_index=True),
        "items_by_class": not_applicable_rates(count_answers(tidy, scale=scale, by="tool_class")),
    }


def instrument_statistics(described: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every statistic of the questionnaire for one cohort.

    Parameters
    ----------
    described : mapping
        As `properties` returns it.

    Returns
    -------
    DataFrame
        One row per number: statistic, variable (item, `ess_total`, or empty), groups (class of
        tool, "a - b" for a difference, or empty), estimate.
    """
    components, between = described["parallel_analysis"], described["known_groups"]
    first = 100 * components["eigenvalue"].iloc[0] / len(components)
    rows = [
        {"statistic": "n_components", "estimate": components["is_retained"].sum()},
        {"statistic": "first_component_percent", "estimate": first},
    ]
    items = not_applicable_rates(described["items"]).rename(columns={"item": "variable"})
    summed = (
        described["items_by_class"].groupby("tool_class", observed=False).sum(numeric_only=True)
    )
    rates = not_applicable_rates(summed.rename_axis("groups").reset_index())
    pairs = between.assign(groups=between["group_a"] + " - " + between["group_b"])
    parts = [
        _long(pd.concat([described["reliability"], pd.DataFrame(rows)]), "estimate"),
        _long(items, "item_total", "na_percent"),
        _long(described["floor_ceiling"], "floor_percent", "ceiling_percent"),
        _long(rates, "na_percent"),
        _long(pairs, "difference", "cliff_delta"),
        _long(pairs[pairs["variable"] != TOTAL], "share_percent"),
    ]
    return pd.concat(parts, ignore_index=True)[[*KEYS, "estimate"]]


def beside_ranges(statistics: pd.DataFrame, ranges: pd.DataFrame) -> pd.DataFrame:
    """Set the statistics of one cohort beside their ranges over reconstructed ones.

    Parameters
    ----------
    statistics : DataFrame
        As `instrument_statistics` returns them.
    ranges : DataFrame
        ``instrument_ranges.csv``, as written or as read back.

    Returns
    -------
    DataFrame
        The rows of `statistics` with n_cohorts, minimum, median, maximum; missing where the ranges
        do not know a statistic.
    """
    known = ranges.fillna({"variable": "", "groups": ""})
    return statistics.merge(known, on=KEYS, how="left", validate="one_to_one")


def _long(frame: pd.DataFrame, *statistics: str) -> pd.DataFrame:
    """One row per number; a frame that names its statistics itself has them in `estimate`."""
    keys = frame.reindex(columns=KEYS, fill_value="").fillna("")
    parts = [
        keys.assign(estimate=frame[name].astype(float))
        if name == "estimate"
        else keys.assign(statistic=name, estimate=frame[name].astype(float))
        for name in statistics
    ]
    return pd.concat(parts, ignore_index=True)
