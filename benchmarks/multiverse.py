"""Time the multiverse and the simulated power beside the plain loops that they replace.

``python benchmarks/multiverse.py [cohort.parquet]`` prints processor times and their ratios; the
cohort is the tidy frame of notebook 01. A plain loop starts from the answers in every
specification: it scores everybody, compares, or fits the whole table of predictors. It is timed on
some specifications of either kind and scaled up. The simulated studies of the other loop are ranked
one by one. Each loop has to give the numbers of the library.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy import stats

from esslib import planning
from esslib.chapters.sensitivity import sensitivity
from esslib.multiverse import NO_EFFECT, read_conclusions
from esslib.paths import require, resolve
from esslib.planning.power import N_SIMULATIONS
from esslib.predictors import multivariate, profile
from esslib.score.scoring import ScoreRules, scale_of, score
from esslib.survey.classes import OUTCOME, compared_groups, predictor_frame
from esslib.survey.cleaning import included
from esslib.survey.codebook import Codebook, read_codebook

STEP = 5
SEED = 2022
ALPHA = 0.05
SIZES = (60, 60)
T = TypeVar("T")


def main() -> None:
    """Measure, compare and print."""
    path = sys.argv[1] if len(sys.argv) > 1 else "data/interim/tidy.parquet"
    people = included(pd.read_parquet(require(path, written_by="01_cleaning")))
    codebook = read_codebook(resolve("data/codebook"))
    conclusions = read_conclusions(resolve("data/codebook/conclusions.csv"))
    ours, found = timed(
        lambda: sensitivity(people, conclusions, codebook, alpha=ALPHA, seed=SEED)["multiverse"]
    )
    loop = 0.0
    for kind, rows in found.groupby(found["test"].str.startswith("logit")):
        tried = rows[plainly_done(rows)].iloc[::STEP]
        seconds, values = timed(partial(loop_over, tried, people, codebook))
        agree = np.isclose(values, tried["estimate"].to_numpy(dtype=float), rtol=1e-4)
        print(f"{'predictors' if kind else 'contrasts'}: {agree.sum()} of {len(agree)} agree")
        loop += seconds / len(tried) * len(rows)
    show(f"multiverse, {len(found)} specifications", ours, loop)
    power()


def loop_over(rows: pd.DataFrame, people: pd.DataFrame, codebook: Codebook) -> list[float]:
    """Return the estimate of every specification, each computed from the answers."""
    return [plain(row, people, codebook) for _, row in rows.iterrows()]


def plainly_done(found: pd.DataFrame) -> pd.Series:
    """Return the specifications that the public functions can be asked for one at a time."""
    whole_table = (found["adjustment"] == "all") & (found["frequency_cut"] == "weekly")
    logit = whole_table & (found["covariate_gaps"].isin([NO_EFFECT, "as_coded"]))
    welch = (found["test"] == "welch") & (found["na_rule"] != "multiple_imputation")
    return (welch | logit) & found["estimate"].notna()


def plain(row: pd.Series, people: pd.DataFrame, codebook: Codebook) -> float:
    """Return the estimate of one specification, computed from the answers."""
    definition = row["secured_definition"]
    if row["test"] != "welch":
        frame = predictor_frame(people, codebook, analysis="multivariate", definition=definition)
        names = frame.columns.drop(OUTCOME).tolist()
        fit = profile if row["test"] == "logit_profile" else multivariate
        table = fit(frame, outcome=OUTCOME, covariates=names).set_index("covariate")
        columns = {"logit_firth": "firth_coefficient", "logit_profile": "profile_coefficient"}
        return float(table.loc[row["contrast"], columns.get(row["test"], "coefficient")])
    groups = compared_groups(
        people, codebook, definition="methods" if definition == NO_EFFECT else definition
    )[row["contrast"]]
    made = {"na_rule": row["na_rule"], "na_scope": row["na_scope"]}
    chosen = {name: value for name, value in made.items() if value != NO_EFFECT}
    rules = ScoreRules(score_direction=row["score_direction"], **chosen)
    total = score(people, scale=scale_of(codebook), rules=rules, groups=groups)["ess_total"]
    first = codebook.contrasts.set_index("contrast").loc[row["contrast"], "group_a"]
    a, b = (total[side].dropna() for side in (groups == first, groups.notna() & (groups != first)))
    stats.ttest_ind(a, b, equal_var=False).confidence_interval()
    return float(a.mean() - b.mean())


def power() -> None:
    """Time simulated power beside one ranked test per simulated study."""
    rng = np.random.default_rng(SEED)
    a, b = rng.integers(50, 75, 21).astype(float), rng.integers(45, 75, 17).astype(float)
    ours, share = timed(lambda: planning.simulated_power(a, b, sizes=SIZES, rng=rng))

    def one() -> bool:
        x, y = rng.choice(a, SIZES[0]), rng.choice(b, SIZES[1])
        return bool(stats.mannwhitneyu(x, y, method="asymptotic").pvalue < 0.05)

    loop, plain_share = timed(lambda: np.mean([one() for _ in range(N_SIMULATIONS)]))
    show(f"power, {N_SIMULATIONS} studies", ours, loop)
    print(f"power {share:.3f}, of the loop {plain_share:.3f}")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor seconds of one call, all threads together, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def show(what: str, ours: float, loop: float) -> None:
    """Print both times and their ratio."""
    print(f"{what:<36}{ours:>8.2f} s{loop:>10.2f} s in a plain loop{loop / ours:>8.1f} x")


if __name__ == "__main__":
    main()
