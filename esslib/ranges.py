"""What can be said of the questionnaire when only printed numbers are known: ranges.

Many cohorts have the printed scores, and each gives the items other properties. A statistic is
therefore reported as its range over cohorts drawn at random among them. All of this is synthetic
and no finding about doctors: it says how little the printed numbers pin down, and less than that
where every cohort shares an invention (`item_profiles.csv`, one latent trait behind the items).

`python -m esslib.ranges` draws the cohorts and writes `instrument_ranges.csv`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from esslib.analysis import scale_of
from esslib.codebook import Codebook, read_codebook
from esslib.factors import ordinal_reliability, parallel_analysis, polychoric_matrix
from esslib.forensics.reconstruct.export_rows import raw_answers
from esslib.forensics.reconstruct.items import item_answers
from esslib.forensics.reconstruct.published_targets import published_targets
from esslib.forensics.reconstruct.targets import Targets
from esslib.instrument import count_answers, item_table, reliability
from esslib.known_groups import (
    CLASSES,
    floor_and_ceiling,
    group_differences,
    not_applicable_rates,
    tool_classes,
)
from esslib.paths import prepare, resolve
from esslib.published import read_published
from esslib.results import read_vocabulary, write_result
from esslib.scoring import Scale, ScoreRules, points, score

KEYS = ["statistic", "variable", "groups"]
N_COHORTS = 20
SEED = 2022
# N/A worth the same in every class: medians within a class would widen what is to be measured
RULES = ScoreRules(na_scope="whole_sample")


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
        _of_items(tidy, given, scale),
        _of_scale(given, rng),
        _of_classes(tidy, given, scale),
    ]
    return pd.concat(parts, ignore_index=True)[[*KEYS, "estimate"]]


def instrument_ranges(
    cohorts: Iterable[pd.DataFrame], *, scale: Scale, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the range of every statistic of the questionnaire over several cohorts.

    Parameters
    ----------
    cohorts : iterable of DataFrame
        As `instrument_statistics` takes them; at least 20 make the ends worth reading.
    scale : Scale
    rng : numpy.random.Generator
        Of the parallel analyses.

    Returns
    -------
    DataFrame
        One row per number: statistic, variable, groups, n_cohorts (in which it is defined),
        minimum, median, maximum.

    Raises
    ------
    ValueError
        No cohort is given.
    """
    found = [instrument_statistics(tidy, scale=scale, rng=rng) for tidy in cohorts]
    if not found:
        raise ValueError("instrument_ranges got no cohort: give at least one tidy frame.")
    columns = ["n_cohorts", "minimum", "median", "maximum"]
    grouped = pd.concat(found).groupby(KEYS, sort=False)["estimate"]
    ranges = grouped.agg(["count", "min", "median", "max"])
    return ranges.set_axis(columns, axis=1).reset_index()


def drawn_cohorts(
    targets: Targets, profiles: pd.DataFrame, codebook: Codebook, *, seeds: Iterable[int]
) -> Iterator[pd.DataFrame]:
    """Draw, for every seed, item answers that meet each printed number of the score.

    Parameters
    ----------
    targets : Targets
        With score targets, and the tools of every stratum.
    profiles : DataFrame
        One row per tool and item, see `esslib.forensics.reconstruct.items.item_answers`.
    codebook : Codebook
    seeds : iterable of int

    Yields
    ------
    DataFrame
        One row per respondent: tool, group, tool_class, and the items as answer codes.

    Raises
    ------
    ValueError
        The targets say nothing of a score.
    """
    if targets.score is None:
        raise ValueError("The targets have no score: give those of a study that prints one.")
    people = pd.DataFrame(
        [
            {"stratum": stratum.name, "tool": tool, "group": stratum.group}
            for stratum in targets.strata
            for tool, count in stratum.tools
            for _ in range(count)
        ]
    )
    classes = tool_classes(people, codebook, definition="methods")
    for seed in seeds:
        answers = item_answers(targets.score, people, profiles, np.random.default_rng(seed))
        yield people.assign(tool_class=classes).join(raw_answers(answers, codebook)[codebook.items])


def write_ranges(folder: str | Path, *, n_cohorts: int = N_COHORTS, seed: int = SEED) -> Path:
    """Draw cohorts of the study and write `instrument_ranges.csv` to `folder`."""
    book = resolve("data/codebook")
    codebook = read_codebook(book)
    published = read_published(resolve("data/published/published.csv"))
    cohorts = drawn_cohorts(
        published_targets(published, codebook),
        pd.read_csv(book / "item_profiles.csv"),
        codebook,
        seeds=range(seed, seed + n_cohorts),
    )
    ranges = instrument_ranges(cohorts, scale=scale_of(codebook), rng=np.random.default_rng(seed))
    return write_result(ranges, "instrument_ranges", folder, read_vocabulary(book / "results.csv"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write the ranges."""
    parser = argparse.ArgumentParser(prog="python -m esslib.ranges", description=__doc__)
    parser.add_argument("--cohorts", type=int, default=N_COHORTS, help="how many to draw")
    parser.add_argument("--seed", type=int, default=SEED, help="of the first cohort")
    parser.add_argument("--out", default="results/tables", help="folder of the table")
    given = parser.parse_args(arguments)
    folder = prepare(Path(given.out) / "instrument_ranges").parent
    print(write_ranges(folder, n_cohorts=given.cohorts, seed=given.seed))


def _of_scale(given: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    ordinal = ordinal_reliability(polychoric_matrix(given))
    components = parallel_analysis(given, rng=rng)
    first = 100 * components["eigenvalue"].iloc[0] / len(components)
    rows = [
        {"statistic": "n_complete", "estimate": len(given.dropna())},
        {"statistic": "n_components", "estimate": components["is_retained"].sum()},
        {"statistic": "first_component_percent", "estimate": first},
    ]
    return _long(pd.concat([reliability(given), ordinal, pd.DataFrame(rows)]), "estimate")


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


if __name__ == "__main__":
    main()
