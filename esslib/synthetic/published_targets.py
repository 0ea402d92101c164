"""From the printed numbers of the study, as data, to the targets of its reconstruction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, log, sqrt

import pandas as pd

from esslib.survey.classes import covariate_rows
from esslib.survey.codebook import Codebook, records
from esslib.synthetic.goals import Z
from esslib.synthetic.margins import count_bounds, exposed, patterns
from esslib.synthetic.scores import Contrast, Group, ScoreTargets
from esslib.synthetic.targets import (
    Count,
    Dichotomy,
    NumberTarget,
    RegressionRow,
    Stratum,
    Targets,
)
from printed.messages import Message, say
from printed.published import parse
from printed.two_by_two import tables

__all__ = ["published_targets"]

EXPOSED = ("secured_exposed", "other_exposed")
INTERVAL = ("odds_ratio", "ci_low", "ci_high")
MANY_PATTERNS = 1000
NO_COUNT = {"total", "describe"}
STRATA = {"11": "secured_other", "10": "secured_by_methods_only", "00": "non_secured"}
USERS, NON_USERS = "users", "non_users"
CellKey = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class _Book:
    """Printed texts by (row, group, statistic) of one printed table, beside the codebook."""

    codebook: Codebook
    printed: pd.DataFrame

    def cells(self, table: str) -> dict[CellKey, str]:
        rows = self.printed[(self.printed["table"] == table) & (self.printed["printed"] != "")]
        keys = zip(rows["row"], rows["group"], rows["statistic"], strict=True)
        return dict(zip(keys, rows["printed"], strict=True))


def published_targets(
    published: pd.DataFrame, codebook: Codebook, *, outcome: str = "methods"
) -> Targets:
    """Collect the targets that the printed numbers of the study set.

    Parameters
    ----------
    published
        As `printed.published.read_published` returns it.
    codebook
        The questionnaire.
    outcome
        Which classification of tools is the outcome of the multivariate table: ``methods``, under
        which all its cells that any data set can have are found together, or ``regression``, as
        the columns `secured_…` of `tools.csv` name them. The bivariate table always has
        ``regression``, the only one under which its rows are tables of integers.
    """
    book = _Book(codebook, published)
    strata = tuple(_strata(book, outcome))
    first = Targets(strata, tuple(_tableau_counts(book, strata)))
    tables_, readings = _bivariate_counts(book, first)
    readings |= _outcomes(strata)
    return Targets(
        strata,
        first.counts + tables_,
        tuple(_numbers(book, strata)),
        tuple(_regression(book)),
        _score(book, strata),
        readings,
    )


def _members(strata: tuple[Stratum, ...]) -> dict[str, tuple[str, ...]]:
    """Return the strata of each printed group."""
    groups = {name: tuple(s.name for s in strata if s.group == name) for name in (USERS, NON_USERS)}
    secured = tuple(s.name for s in strata if s.name in (STRATA["11"], STRATA["10"]))
    return groups | {"secured_other": secured, "non_secured": (STRATA["00"],)}


def _strata(book: _Book, outcome: str) -> Iterator[Stratum]:
    """Part the respondents by what the tool of each is classed as, users first."""
    cells, classes = book.cells("tableau_1"), book.codebook.tools.set_index("tool")
    both = classes["secured_methods"] + classes["secured_regression"]
    n_of = {
        row.split(".")[1]: int(n) for (row, _, _), n in cells.items() if row.startswith("tool.")
    }
    users = int(cells["population", USERS, "n"])
    yield Stratum(USERS, users, 1, USERS, ((classes.index[0], users),))
    for code, name in STRATA.items():
        tools = tuple((tool, n) for tool, n in n_of.items() if both[tool] == code)
        if tools:
            secured = int(code[outcome == "regression"])
            yield Stratum(name, sum(n for _, n in tools), secured, NON_USERS, tools)


def _tableau_counts(book: _Book, strata: tuple[Stratum, ...]) -> Iterator[Count]:
    cells, members = book.cells("tableau_1"), _members(strata)
    rows = [r for r in records(book.codebook.tableau_1) if r["rule"] not in NO_COUNT]
    asked = set(book.codebook.names())
    for row, group in product(rows, (USERS, NON_USERS)):
        key = (f"{row['section']}.{row['level']}", group, "n")
        if row["variable"] in asked and key in cells:
            name = f"tableau_1.{key[0]}.{group}.n"
            rule = row["variable"], row["rule"], row["value"]
            yield Count(name, members[group], *rule, int(cells[key]))


def _dichotomies(book: _Book, analysis: str) -> dict[str, Dichotomy]:
    return {
        row["covariate"]: Dichotomy(
            row["covariate"],
            row["variable"],
            row["rule"],
            row["value"],
            row["missing"] == "exposed",
        )
        for row in covariate_rows(book.codebook, analysis=analysis)
    }


def _bivariate_counts(book: _Book, known: Targets) -> tuple[tuple[Count, ...], dict[str, Message]]:
    """Turn printed odds ratios into numbers exposed among secured and other respondents.

    Rows that no table of integers prints take the nearest attainable table; those of a number,
    whose counts nothing bounds, are left to the regression. Both are written down as readings.
    """
    cells, counts, readings = book.cells("bivariate"), list[Count](), dict[str, Message]()
    for name, dichotomy in _dichotomies(book, "bivariate").items():
        printed = {s: cells[name, "all", s] for s in (*INTERVAL, "p_value")}
        bounds = _bounds(book, known, dichotomy)
        both = _exact(printed, known, bounds)
        if both is None:
            if bounds is None:
                readings[f"bivariate.{name}"] = say("left-to-regression")
                continue
            both = _nearest(printed, known, bounds)
            readings[f"bivariate.{name}"] = say("nearest-table", secured=both[0], other=both[1])
        counts.extend(_as_counts(name, dichotomy, both))
    return tuple(counts), readings


def _as_counts(name: str, dichotomy: Dichotomy, both: tuple[int, int]) -> Iterator[Count]:
    rule = dichotomy.variable, dichotomy.rule, dichotomy.value
    for cell, strata, n in zip(EXPOSED, _halves(), both, strict=True):
        id = f"bivariate.{name}.{cell}"
        yield Count(id, strata, *rule, n, dichotomy.missing_is_exposed)


def _outcomes(strata: tuple[Stratum, ...]) -> dict[str, Message]:
    """Say so where the two predictor tables do not share one outcome."""
    secured = {
        "bivariate": [stratum for stratum in strata if stratum.name in _halves()[0]],
        "multivariate": [stratum for stratum in strata if stratum.outcome],
    }
    n = sum(stratum.size for stratum in strata)
    counts = {table: sum(each.size for each in chosen) for table, chosen in secured.items()}
    if len(set(counts.values())) == 1:
        return {}
    return {
        f"{table}.outcome": say("two-outcomes", secured=count, n=n)
        for table, count in counts.items()
    }


def _halves() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the strata that the bivariate table compares."""
    return (USERS, STRATA["11"]), (STRATA["10"], STRATA["00"])


Bounds = tuple[tuple[int, int], ...]


def _bounds(book: _Book, known: Targets, dichotomy: Dichotomy) -> Bounds | None:
    """Bounds of the exposed among secured, others and all.

    None for numbers such as age, and for questions with so many answers that bounds take long:
    a contradiction then shows when the margins are drawn.
    """
    if book.codebook.variable(dichotomy.variable)["kind"] == "number":
        return None
    counts = known.counts_of(dichotomy.variable)
    possible = patterns(book.codebook, dichotomy.variable, counts)
    if len(possible) > MANY_PATTERNS:
        return None
    of = exposed(possible, dichotomy)
    secured, other = _halves()
    return tuple(
        count_bounds(possible, counts, known.sizes, of=of, among=among)
        for among in (secured, other, secured + other)
    )


def _is_attainable(both: tuple[int, int], bounds: Bounds | None) -> bool:
    if bounds is None:
        return True
    ends = zip((*both, sum(both)), bounds, strict=True)
    return all(low <= number <= high for number, (low, high) in ends)


def _exact(
    printed: Mapping[str, str], known: Targets, bounds: Bounds | None
) -> tuple[int, int] | None:
    """Return the attainable table that prints odds ratio and interval, of several the best p."""
    texts = (printed[name] for name in INTERVAL)
    n_secured = sum(known.sizes.get(name, 0) for name in _halves()[0])
    found = tables(*texts, n=known.n, n_outcome=n_secured)
    gap = (found["p_pearson"] - float(printed["p_value"])).abs()
    tried = found.loc[gap.sort_values().index, ["outcome_exposed", "other_exposed"]]
    both = [(int(a), int(b)) for a, b in tried.itertuples(index=False)]
    return next((table for table in both if _is_attainable(table, bounds)), None)


def _nearest(printed: Mapping[str, str], known: Targets, bounds: Bounds) -> tuple[int, int]:
    """Return the attainable table nearest to the odds ratio and one of its bounds, as logs.

    Nearest to one bound only: where the three contradict each other, one of them is misprinted.
    """
    halves = [sum(known.sizes.get(name, 0) for name in half) for half in _halves()]
    ranges = [
        range(max(low, 1), min(high, n - 1) + 1)
        for (low, high), n in zip(bounds[:2], halves, strict=True)
    ]
    wanted = [log(float(parse(printed[name]).value)) for name in INTERVAL]

    def gap(both: tuple[int, int]) -> float:
        odds = [number / (n - number) for number, n in zip(both, halves, strict=True)]
        inverse = (1 / cell for m, n in zip(both, halves, strict=True) for cell in (m, n - m))
        centre, half = log(odds[0] / odds[1]), Z * sqrt(sum(inverse))
        found = (centre, centre - half, centre + half)
        estimate, *ends = (abs(a - b) for a, b in zip(found, wanted, strict=True))
        return estimate + min(ends)

    all_tables = ((secured, other) for secured in ranges[0] for other in ranges[1])
    return min((both for both in all_tables if _is_attainable(both, bounds)), key=gap)


def _numbers(book: _Book, strata: tuple[Stratum, ...]) -> Iterator[NumberTarget]:
    cells, members = book.cells("tableau_1"), _members(strata)
    described = book.codebook.tableau_1[book.codebook.tableau_1["rule"] == "describe"]
    for row, group in product(records(described), (USERS, NON_USERS)):
        mean, sd, median = (cells[row["level"], group, s] for s in ("mean", "sd", "median"))
        n = sum(stratum.size for stratum in strata if stratum.name in members[group])
        id, rounding = f"tableau_1.{row['level']}.{group}", _rounding_of(mean, n)
        yield NumberTarget(id, members[group], row["variable"], mean, sd, median, rounding)


def _rounding_of(mean: str, n: int) -> str:
    """Return the convention under which whole numbers can have this mean."""
    within = parse(mean).interval("up_or_down")
    whole = within.low is not None and within.contains(Fraction(ceil(within.low * n), n))
    return "up_or_down" if whole else "trunc"


def _regression(book: _Book) -> Iterator[RegressionRow]:
    cells = book.cells("multivariate")
    for name, dichotomy in _dichotomies(book, "multivariate").items():
        texts = (cells[name, "all", s] for s in ("coefficient", "ci_low", "ci_high", "p_value"))
        yield RegressionRow(dichotomy, *texts)


def _score(book: _Book, strata: tuple[Stratum, ...]) -> ScoreTargets:
    cells, members = book.cells("text"), _members(strata)

    def group(contrast: str, name: str) -> Group:
        mean, sd = (cells[contrast, name, statistic] for statistic in ("mean", "sd"))
        return Group(name, members[name], mean, sd)

    contrasts = tuple(
        Contrast(
            row["contrast"],
            (group(row["contrast"], row["group_a"]), group(row["contrast"], row["group_b"])),
            cells.get((row["contrast"], "all", "difference"), ""),
            cells.get((row["contrast"], "all", "p_value"), ""),
        )
        for row in records(book.codebook.contrasts)
        if {(row["contrast"], row[side], "mean") for side in ("group_a", "group_b")} <= cells.keys()
    )
    return ScoreTargets(tuple(book.codebook.items), contrasts)
