"""Honest tables made in Python, unrounded: the lines that ``honest_models.R`` writes, of other designs.

``python honest_statistics.py SEED TABLES > values.csv``. All data are simulated.
"""

import csv
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

TRUTH = ("kind", "items", "adjusted", "model", "interval", "level", "test", "n", "events", "order")
COLUMNS = ("design", "table", "row", "group", "statistic", "value", *TRUTH)
Lines = Iterator[dict[str, Any]]
KIND = {"sex": "binary", "smoker": "binary", "age": "continuous", "dose": "continuous"}


def lines(row: str, values: Mapping[str, float], group: str = "all", **truth: Any) -> Lines:
    """Lines of one row of a table: its statistics, and what is true of them."""
    for statistic, value in values.items():
        yield {"row": row, "group": group, "statistic": statistic, "value": value, **truth}


def population(n: int, group: str = "all") -> Lines:
    """The line with the size of a group."""
    return lines("population", {"n": n}, group)


def people(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """Simulated people with covariates, and outcomes that depend on them."""
    frame = pd.DataFrame(
        {
            "sex": rng.binomial(1, rng.uniform(0.3, 0.7), n),
            "smoker": rng.binomial(1, rng.uniform(0.2, 0.6), n),
            "age": rng.normal(50, 12, n).round(),
            "dose": rng.exponential(2, n),
        }
    )
    risk = 0.6 * frame["sex"] - 0.4 * frame["smoker"] + 0.03 * (frame["age"] - 50)
    frame["ill"] = rng.binomial(1, 1 / (1 + np.exp(-risk)))
    frame["visits"] = rng.poisson(np.exp(0.3 + 0.4 * risk))
    frame["score"] = 10 + 2 * risk + rng.normal(0, 3, n)
    frame["time"] = rng.exponential(5 * np.exp(-risk))
    frame["place"] = rng.integers(0, max(6, n // 10), n)
    return frame


def of_fit(fit: Any, n: int, name: str, level: int = 95, **truth: Any) -> Lines:
    """Rows of a fit of statsmodels, as its summary prints them."""
    ends = np.asarray(fit.conf_int(1 - level / 100))
    shown = np.asarray if name == "coefficient" else np.exp
    names = list(fit.model.exog_names)
    for at, row in enumerate(names):
        if row in KIND:
            low, high = shown(ends[at])
            values = {name: shown(np.asarray(fit.params)[at]), "ci_low": low, "ci_high": high}
            values["p_value"] = np.asarray(fit.pvalues)[at]
            yield from lines(row, values, kind=KIND[row], level=level, n=n, **truth)


def regression(
    rng: np.random.Generator, outcome: str, model: Callable[..., Any], name: str, **options: Any
) -> Lines:
    """A table of one regression, adjusted for four covariates."""
    fitting, truth = options.pop("fitting", {}), options
    frame = people(rng, int(rng.integers(60, 300)))
    if fitting.get("cov_type") == "cluster":
        fitting = {**fitting, "cov_kwds": {"groups": frame["place"]}}
    design = sm.add_constant(frame[[*KIND]])
    fit = model(frame[outcome], design).fit(**fitting)
    yield from population(len(frame))
    yield from of_fit(fit, len(frame), name, **truth)


def poisson(outcome: Any, design: Any) -> Any:
    """A log-linear model."""
    return sm.GLM(outcome, design, family=sm.families.Poisson())


def hazards(rng: np.random.Generator) -> Lines:
    """Cox's model in statsmodels."""
    frame = people(rng, int(rng.integers(60, 250)))
    status = rng.binomial(1, 0.7, len(frame))
    fit = PHReg(frame["time"], frame[[*KIND]], status=status).fit()
    yield from population(len(frame))
    truth = {"model": "cox", "adjusted": "adjusted", "interval": "wald", "test": "wald"}
    yield from of_fit(fit, len(frame), "hazard_ratio", events=int(status.sum()), **truth)


def crude_odds(rng: np.random.Generator) -> Lines:
    """Crude odds ratios, one 2×2 table each, over fewer people where answers lack."""
    frame = people(rng, int(rng.integers(50, 200)))
    yield from population(len(frame))
    for row in ("sex", "smoker"):
        some = frame[rng.uniform(size=len(frame)) > rng.choice((0, 0.05, 0.2))]
        table = sm.stats.Table2x2(pd.crosstab(some[row], some["ill"]).to_numpy(dtype=float))
        low, high = table.oddsratio_confint()
        values = {"odds_ratio": table.oddsratio, "ci_low": low, "ci_high": high}
        values["p_value"] = table.oddsratio_pvalue()
        truth = {"kind": "binary", "adjusted": "crude", "model": "logistic", "level": 95}
        n, events = len(some), int(some["ill"].sum())
        yield from lines(row, values, **truth, interval="wald", test="wald", n=n, events=events)


def described(rng: np.random.Generator, draw: Callable[[int], np.ndarray], **truth: Any) -> Lines:
    """Mean and SD of three variables in two groups; `missing` share of the answers lacks."""
    missing, spread = truth.pop("missing", 0.0), truth.pop("divisor", 1)
    weights, has_range = truth.pop("weights", False), truth.pop("has_range", False)
    sizes = {name: int(rng.integers(6, 90)) for name in ("users", "others")}
    yield from population(sum(sizes.values()))
    for group, n in sizes.items():
        yield from population(n, group)
        for row in ("first", "second", "third"):
            values = draw(n)[rng.uniform(size=n) >= missing]
            if len(values) < 3:
                continue
            found = {"mean": values.mean(), "sd": values.std(ddof=spread)}
            if weights:
                weighted = DescrStatsW(values, rng.uniform(0.3, 3, len(values)), ddof=1)
                found = {"mean": weighted.mean, "sd": weighted.std}
            if has_range:
                found |= {"min": values.min(), "max": values.max()}
            yield from lines(row, found, group, n=len(values), **truth)


def ratings(rng: np.random.Generator, top: int = 7, items: int = 1) -> Callable[[int], np.ndarray]:
    """Whole answers from 1, averaged over items."""
    middle = rng.uniform(2, top - 1)

    def draw(n: int) -> np.ndarray:
        answers = rng.normal(middle, top / 5, (n, items)).round().clip(1, top)
        return np.asarray(answers.mean(axis=1))

    return draw


def counted(rng: np.random.Generator, *, decimals_free: bool = False, missing: float = 0) -> Lines:
    """Counts with percentages of levels that make the whole, or of single answers."""
    sizes = {name: int(rng.integers(12, 300)) for name in ("users", "others")}
    yield from population(sum(sizes.values()))
    for group, n in sizes.items():
        yield from population(n, group)
        answered = n - int(rng.binomial(n, missing))
        for row in ("job", "town"):
            split = rng.multinomial(answered, rng.dirichlet(np.ones(int(rng.integers(2, 5)))))
            for level, count in enumerate(split):
                values = {"n": count, "percent": 100 * count / answered}
                yield from lines(f"{row}.l{level}", values, group, n=answered)


def intervals_of_shares(rng: np.random.Generator) -> Lines:
    """A share with one of the intervals that statsmodels offers."""
    n = int(rng.integers(20, 300))
    count = int(rng.binomial(n, 0.3))
    kind, name = [("exact", "beta"), ("score", "wilson"), ("wald", "normal")][rng.integers(3)]
    low, high = proportion_confint(count, n, 0.05, method=name)
    values = {"n": count, "percent": 100 * count / n, "ci_low": 100 * low, "ci_high": 100 * high}
    yield from population(n)
    yield from lines("ill.yes", values, interval=kind, level=95)


def compared(rng: np.random.Generator, *, whole: bool) -> Lines:
    """Means and SDs of two groups, their difference with its interval, t, df and p."""
    sizes = [int(rng.integers(6, 60)) for _ in range(2)]
    draws = [rng.normal(20 + rng.normal(), 5, n) for n in sizes]
    draws = [draw.round() for draw in draws] if whole else draws
    usevar, test = [("unequal", "welch"), ("pooled", "t")][rng.integers(2)]
    kind = "whole" if whole else "continuous"
    for group, draw in zip("ab", draws, strict=True):
        yield from population(len(draw), group)
        found = {"mean": draw.mean(), "sd": draw.std(ddof=1)}
        if rng.uniform() < 0.3:
            found |= {"se": draw.std(ddof=1) / np.sqrt(len(draw))}
        yield from lines("score", found, group, kind=kind, n=len(draw))
    both = CompareMeans(DescrStatsW(draws[0]), DescrStatsW(draws[1]))
    t, p, df = both.ttest_ind(usevar=usevar)
    low, high = both.tconfint_diff(usevar=usevar)
    values = {"difference": draws[0].mean() - draws[1].mean(), "ci_low": low, "ci_high": high}
    values |= {"t": t, "df": df, "p_value": p}
    truth = {"interval": "t", "level": 95, "test": test, "order": "a-b"}
    yield from lines("score", values, kind=kind, **truth)


def quartiles(rng: np.random.Generator) -> Lines:
    """Median, quartiles (one of numpy's definitions) and range of whole or continuous values."""
    method = rng.choice(["linear", "weibull", "hazen", "median_unbiased", "inverted_cdf"])
    whole = bool(rng.uniform() < 0.6)
    for group in "ab":
        n = int(rng.integers(5, 60))
        draw = rng.lognormal(2, 0.6, n)
        draw = draw.round() if whole else draw
        low, q1, q2, q3, high = np.quantile(draw, (0, 0.25, 0.5, 0.75, 1), method=str(method))
        found = {"median": q2, "q1": q1, "q3": q3, "min": low, "max": high, "mean": draw.mean()}
        yield from population(n, group)
        kind = "whole" if whole else "continuous"
        yield from lines("stay", {**found, "sd": draw.std(ddof=1)}, group, kind=kind, n=n)


def ranked(rng: np.random.Generator) -> Lines:
    """Means and SDs of ratings with a rank test's p, exact or with the normal curve."""
    draw = ratings(rng, 5)
    groups = {name: draw(int(rng.integers(6, 50))) for name in "ab"}
    for group, values in groups.items():
        yield from population(len(values), group)
        found = {"mean": values.mean(), "sd": values.std(ddof=1)}
        yield from lines("score", found, group, kind="whole", n=len(values))
    p = stats.mannwhitneyu(*groups.values()).pvalue
    yield from lines("score", {"p_value": p}, kind="whole", test="rank")


def whole_and_parts(rng: np.random.Generator) -> Lines:
    """Means and SDs of two groups and of everybody."""
    parts = {name: rng.normal(60, 9, int(rng.integers(8, 60))) for name in ("men", "women")}
    for group, values in {**parts, "all": np.concatenate([*parts.values()])}.items():
        yield from population(len(values), group)
        found = {"mean": values.mean(), "sd": values.std(ddof=1)}
        yield from lines("weight", found, group, kind="continuous", n=len(values))


ADJUSTED = {"adjusted": "adjusted", "interval": "wald", "test": "wald"}
LOGIT = {"model": sm.Logit, "outcome": "ill"}
ROBUST = {"fitting": {"cov_type": "HC1"}}
CLUSTER = {"fitting": {"cov_type": "cluster"}}
T = {"adjusted": "adjusted", "interval": "t", "test": "t"}


def designs(rng: np.random.Generator) -> dict[str, Callable[[], Lines]]:
    """Designs by name."""

    def logit(**options: Any) -> Callable[[], Lines]:
        quiet = {"disp": 0, **options.pop("fitting", {})}
        return lambda: of_model("ill", sm.Logit, "odds_ratio", "logistic", quiet, **options)

    def of_model(
        outcome: str, make: Any, name: str, model: str, fitting: Any, **options: Any
    ) -> Lines:
        truth = {**ADJUSTED, **options}
        if "cov_type" in fitting:
            truth["interval"] = "robust"
        for line in regression(rng, outcome, make, name, fitting=fitting, **truth):
            yield line | ({"model": model} if line["row"] in KIND else {})

    def told(draw: Callable[[int], np.ndarray], **truth: Any) -> Lines:
        return described(rng, draw, **truth)

    measured = lambda n: rng.normal(25, 4, n)
    return {
        "sm_logit": logit(),
        "sm_logit_robust": logit(fitting={"cov_type": "HC1"}),
        "sm_logit_clustered": logit(fitting={"cov_type": "cluster"}),
        "sm_logit_90": logit(level=90),
        "sm_ols": lambda: of_model("score", sm.OLS, "coefficient", "linear", {}, **T),
        "sm_ols_robust": lambda: of_model(
            "score", sm.OLS, "coefficient", "linear", {"cov_type": "HC3"}
        ),
        "sm_ols_clustered": lambda: of_model(
            "score", sm.OLS, "coefficient", "linear", {"cov_type": "cluster"}
        ),
        "sm_poisson_robust": lambda: of_model(
            "ill", poisson, "risk_ratio", "poisson", {"cov_type": "HC0"}
        ),
        "sm_rate_ratio": lambda: of_model("visits", poisson, "rate_ratio", "poisson", {}),
        "sm_cox": lambda: hazards(rng),
        "sm_crude_odds_missing": lambda: crude_odds(rng),
        "whole_scores": lambda: told(ratings(rng), kind="whole"),
        "whole_scores_range": lambda: told(ratings(rng), kind="whole", has_range=True),
        "whole_scores_missing": lambda: told(ratings(rng), kind="whole", missing=0.1),
        "item_averages": lambda: told(ratings(rng, 5, 4), kind="whole", items=4),
        "item_averages_missing": lambda: told(
            ratings(rng, 5, 3), kind="whole", items=3, missing=0.1
        ),
        "change_scores": lambda: told(lambda n: rng.normal(-0.5, 2, n).round(), kind="whole"),
        "measurements": lambda: told(measured, kind="continuous"),
        "measurements_missing": lambda: told(measured, kind="continuous", missing=0.15),
        "tenths": lambda: told(lambda n: rng.normal(70, 9, n).round(1), kind="continuous"),
        "skewed": lambda: told(lambda n: rng.lognormal(1, 1, n), kind="continuous"),
        "weighted_means": lambda: told(ratings(rng), kind="continuous", weights=True),
        "sd_of_population": lambda: told(ratings(rng), kind="continuous", divisor=0),
        "proportions_as_means": lambda: told(
            lambda n: rng.binomial(1, 0.4, n).astype(float), kind="binary"
        ),
        "counts_percent": lambda: counted(rng),
        "counts_percent_missing": lambda: counted(rng, missing=0.08),
        "share_intervals": lambda: intervals_of_shares(rng),
        "compared_continuous": lambda: compared(rng, whole=False),
        "compared_whole": lambda: compared(rng, whole=True),
        "quartiles": lambda: quartiles(rng),
        "ranked_ratings": lambda: ranked(rng),
        "whole_and_parts": lambda: whole_and_parts(rng),
    }


def main(seed: int, tables: int) -> None:
    """Write the lines of all designs to stdout."""
    writer = csv.DictWriter(sys.stdout, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for at, design in enumerate(designs(np.random.default_rng(0))):
        for table in range(1, tables + 1):
            rng = np.random.default_rng((seed, at, table))
            with warnings.catch_warnings(action="ignore"):
                made = list(designs(rng)[design]())
            values = np.array([line["value"] for line in made], dtype=float)
            if not np.isfinite(values).all() or (np.abs(values) > 1e4).any():
                continue
            for line, value in zip(made, values, strict=True):
                writer.writerow(
                    {"design": design, "table": table, **line, "value": f"{value:.12g}"}
                )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
