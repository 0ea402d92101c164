"""What can be said of the questionnaire when only printed numbers are known: ranges.

Many cohorts have the printed scores, and each gives the items other properties. A statistic is
therefore reported as its range over cohorts drawn at random among them. All of this is synthetic
and no finding about doctors: it says how little the printed numbers pin down, and less than that
where every cohort shares an invention (`item_profiles.csv`, one latent trait behind the items).

`python -m esslib.synthetic.ranges` draws the cohorts and writes `instrument_ranges.csv`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from esslib.paths import prepare, resolve
from esslib.results import read_vocabulary, write_result
from esslib.score.properties import KEYS, instrument_statistics, properties
from esslib.score.scoring import Scale, ScoreRules, scale_of
from esslib.survey.classes import definitions, tool_classes
from esslib.survey.codebook import Codebook, read_codebook
from esslib.synthetic.export_rows import raw_answers
from esslib.synthetic.items import item_answers
from esslib.synthetic.published_targets import published_targets
from esslib.synthetic.targets import Targets
from printed.published import read_published

N_COHORTS = 20
SEED = 2022


def instrument_ranges(
    cohorts: Iterable[pd.DataFrame], *, scale: Scale, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the range of every statistic of the questionnaire over several cohorts.

    Parameters
    ----------
    cohorts : iterable of DataFrame
        As `esslib.score.properties.properties` takes them; at least 20 make the ends worth reading.
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
    described = (properties(t, scale=scale, rules=ScoreRules(), seed=rng) for t in cohorts)
    found = [instrument_statistics(frames) for frames in described]
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
        One row per tool and item, see `esslib.synthetic.items.item_answers`.
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
    classes = tool_classes(people, codebook, definition=definitions(codebook)[0])
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
    parser = argparse.ArgumentParser(prog="python -m esslib.synthetic.ranges", description=__doc__)
    parser.add_argument("--cohorts", type=int, default=N_COHORTS, help="how many to draw")
    parser.add_argument("--seed", type=int, default=SEED, help="of the first cohort")
    parser.add_argument("--out", default="results/tables", help="folder of the table")
    given = parser.parse_args(arguments)
    folder = prepare(Path(given.out) / "instrument_ranges").parent
    print(write_ranges(folder, n_cohorts=given.cohorts, seed=given.seed))


if __name__ == "__main__":
    main()
