"""Every statistic of the questionnaire for one cohort, as one long frame.

One row per number, under the same name for every cohort: what `esslib.synthetic.ranges` draws over many
reconstructed cohorts can then be set beside the cohort at hand.
"""

import numpy as np
import pandas as pd

from esslib.score.factors import ordinal_reliability, parallel_analysis, polychoric_matrix
from esslib.score.instrument import count_answers, item_table, reliability
from esslib.score.known_groups import (
    CLASSES,
    floor_and_ceiling,
    group_differences,
    not_applicable_rates,
)
from esslib.score.scoring import Scale, ScoreRules, points, score

KEYS = ["statistic", "variable", "groups"]
# N/A worth the same in every class: medians within a class would widen what is to be measured
RULES = ScoreRules(na_scope="whole_sample")


def all_reliability(points: pd.DataFrame) -> pd.DataFrame:
    """Return every reliability of the sum of the items, and how many persons the first rests on.

    Parameters
    ----------
    points : DataFrame
        One row per person, one column per item; missing where there are no points.

    Returns
    -------
    DataFrame
        Rows `n_complete` (persons with points on every item), `alpha_complete`,
        `alpha_item_median`, `alpha_ordinal` and `omega_ordinal`: statistic, estimate, ci_low,
        ci_high; missing where the answers cannot give them.

    Examples
    --------
    >>> frame = pd.DataFrame({"q1": [1, 2, 4, 3.0], "q2": [1, 3, 4, None], "q3": [2, 2, 4, 3.0]})
    >>> float(all_reliability(frame)["estimate"].iloc[0])
    3.0
    """
    ordinal = ordinal_reliability(polychoric_matrix(points))
    complete = {"statistic": "n_complete", "estimate": float(len(points.dropna()))}
    parts = [pd.DataFrame([complete]), reliability(points), ordinal]
    return pd.concat(parts, ignore_index=True)


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

    Examples
    --------
    >>> key = {"statistic": ["n_complete"], "variable": [""], "groups": [""]}
    >>> ends = {"n_cohorts": [20], "minimum": [4], "median": [9], "maximum": [14]}
    >>> own = pd.DataFrame({**key, "estimate": [11.0]})
    >>> beside_ranges(own, pd.DataFrame({**key, **ends}))["maximum"].tolist()
    [14]
    """
    known = ranges.fillna({"variable": "", "groups": ""})
    return statistics.merge(known, on=KEYS, how="left", validate="one_to_one")


def instrument_statistics(
    tidy: pd.DataFrame, *, scale: Scale, rng: np.random.Generator
) -> pd.DataFrame:
    """Return every statistic of the questionnaire for one cohort.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent: the items of `scale` as answer codes, and tool_class (one of
        `CLASSES`, each with someone in it).
    scale : Scale
    rng : numpy.random.Generator
        Of the parallel analysis.

    Returns
    -------
    DataFrame
        One row per number: statistic, variable (item, `ess_total`, or empty), groups (class of
        tool, "a - b" for a difference, or empty), estimate.
    """
    given = points(tidy, scale=scale, direction=RULES.direction)
    parts = [
        _of_scale(given, rng),
        _of_items(tidy, given, scale),
        _of_classes(tidy, given, scale),
    ]
    return pd.concat(parts, ignore_index=True)[[*KEYS, "estimate"]]


def _of_scale(given: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    components = parallel_analysis(given, rng=rng)
    first = 100 * components["eigenvalue"].iloc[0] / len(components)
    rows = [
        {"statistic": "n_components", "estimate": components["is_retained"].sum()},
        {"statistic": "first_component_percent", "estimate": first},
    ]
    return _long(pd.concat([all_reliability(given), pd.DataFrame(rows)]), "estimate")


def _of_items(tidy: pd.DataFrame, given: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    described = not_applicable_rates(item_table(tidy, scale=scale, direction=RULES.direction))
    values = scale.points.values()
    ends = floor_and_ceiling(given, low=min(values), high=max(values))
    whole = floor_and_ceiling(
        score(tidy, scale=scale, rules=RULES)[["ess_total"]],
        low=scale.limits[0],
        high=scale.limits[1],
    )
    parts = [
        _long(described.rename(columns={"item": "variable"}), "item_total", "na_percent"),
        _long(pd.concat([ends, whole]), "floor_percent", "ceiling_percent"),
    ]
    return pd.concat(parts)


def _of_classes(tidy: pd.DataFrame, given: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    counts = count_answers(tidy, scale=scale, by="tool_class")
    summed = counts.drop(columns="item").groupby("tool_class").sum().reset_index()
    rates = not_applicable_rates(summed).rename(columns={"tool_class": "groups"})
    totals = score(tidy, scale=scale, rules=RULES)[["ess_total"]]
    between = pd.concat(
        [group_differences(values, tidy["tool_class"], order=CLASSES) for values in (totals, given)]
    )
    pairs = between.assign(groups=between["group_a"] + " - " + between["group_b"])
    items = pairs[pairs["variable"] != "ess_total"]
    parts = [
        _long(rates, "na_percent"),
        _long(pairs, "difference", "cliff_delta"),
        _long(items, "share_percent"),
    ]
    return pd.concat(parts)


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
