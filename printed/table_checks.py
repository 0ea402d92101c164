"""Checks on crude odds ratios as 2x2 tables: each row, the common split, the outcome, the exposed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from printed.book import Book, Finding, Findings, verdict_of
from printed.count_checks import exposures, other_reading
from printed.declared import Reading
from printed.interval_checks import intervals_of
from printed.judging import FREE, Check, Judged, Numbers, under_readings
from printed.messages import OWN, Fact, Listed, Name, clauses, say
from printed.numerals import fixed
from printed.published import parse
from printed.rows import Row
from printed.splits import CommonSplit, common_split
from printed.woolf import CELLS, MAX_SIZE, Table, fitting, p_of_table, prints_p

SMALLER = 4  # people who may lack in all rows of a table
SHARED = 3  # rows that a split must explain, for chance to be no reason
TOLD = 3  # tables shown as witnesses
MANY = 500  # tables; of more, one test that prints p is enough, Fisher's, which costs most, last
METHODS = {
    "chi2": "pearson",
    "score": "pearson",
    "chi2_yates": "yates",
    "lr": "likelihood_ratio",
    "wald": "wald",
    "fisher": "fisher",
}
COVARIATE = {"kind": ("binary", "continuous")}


def check_two_by_two(book: Book, rows: list[Row]) -> Findings:
    """Each odds ratio with a p against all 2x2 tables of so many people, and what most rows share."""
    ratios = [row for row in rows if row.estimate == "odds_ratio" and row.p is not None]
    for row in ratios:
        choices = {**book.people(row.cells["ci_low"]), **COVARIATE, **intervals_of(row)}
        if choices.get("n") != ("",):
            yield under_readings(row.named("p_value"), TWO_BY_TWO, choices)
    crude = [row for row in ratios if _is_declared(row)]
    split = _split_of(book, crude)
    if split is not None:
        yield from _outcome(book, crude, split)
        yield from _exposed(book, crude, split)


def _is_declared(row: Row) -> bool:
    declared = row.cells["odds_ratio"].declared
    return declared.get("adjusted") == "crude" and declared.get("kind") == "binary"


def _two_by_two(numbers: Numbers, reading: Reading) -> Judged:
    """Some table of counts has this odds ratio, Woolf's interval and p."""
    sizes, test = reading.sizes(), reading.get("test")
    is_table = reading["adjusted"] == "crude" and reading["kind"] == "binary"
    is_woolf = reading["interval"] == "wald" and reading.get("level", "95") == "95"
    is_all = reading["answered"] == "all" and len(sizes) == 1 and sizes[0] <= MAX_SIZE
    if not (is_table and is_woolf and is_all and (test is None or test in METHODS)):
        return FREE
    texts = (numbers[name].text for name in ("odds_ratio", "ci_low", "ci_high"))
    found = _tables(*texts, sizes[0], reading.rounding)
    events, p = reading.get("events"), numbers["p_value"].text
    kept = [t for t in found if events is None or t[0] + t[1] == int(events)]
    methods = dict.fromkeys(METHODS.values() if test is None else [METHODS[test]])
    values: list[tuple[str, Table, float]] = []
    exact: list[tuple[str, Table, float]] = []
    for method in methods:
        values += [(method, table, p_of_table(table, method)) for table in kept]
        exact = [each for each in values if prints_p(each[2], p, reading.rounding)]
        if exact and len(kept) > MANY:
            break
    facts: dict[str, Fact] = {"n": sizes[0], "found": len(kept)}
    if exact:
        fits = Listed([OWN.code("method", name) for name in dict.fromkeys(m for m, _, _ in exact)])
        tables = dict.fromkeys(table for _, table, _ in exact)
        told = Listed([Listed([*map(str, each)]) for each in [*tables][:TOLD]], "or")
        return Judged(
            True, say("tables-print", exact=len(tables), methods=fits, tables=told, **facts)
        )
    nearest = min(values, key=lambda each: abs(each[2] - float(parse(p).value)), default=None)
    expected: Fact = ""
    if nearest is not None:
        told_p = say("p-nearest", method=OWN.code("method", nearest[0]), value=fixed(nearest[2], 4))
        expected = say("p-is", nearest=told_p)
    return Judged(False, say("no-table-prints", p=p, **facts), expected)


@lru_cache(maxsize=1024)
def _tables(odds_ratio: str, low: str, high: str, n: int, rounding: str) -> tuple[Table, ...]:
    texts = {"odds_ratio": odds_ratio, "ci_low": low, "ci_high": high}
    behind = {name: parse(text).interval(rounding) for name, text in texts.items()}
    return tuple(table for table, _ in fitting(behind, n))


TWO_BY_TWO = Check(
    "two_by_two",
    ("adjusted", "kind", "interval", "convention", "n", "answered"),
    _two_by_two,
)


def _split_of(book: Book, rows: list[Row]) -> CommonSplit | None:
    """The split of people that explains most rows of a table, p included; None when none does."""
    n = book.size("all", rows[0].cells["ci_low"].table) if rows else None
    if n is None or n > MAX_SIZE:
        return None
    texts = [
        {"row": row.covariate, **{name: cell.number.text for name, cell in row.cells.items()}}
        for row in rows
    ]
    try:
        split = common_split(pd.DataFrame(texts), range(n - SMALLER, n + 1))
    except ValueError:
        return None
    exact = split.rows["status"].eq("exact").sum()
    return split if exact >= SHARED and 2 * exact > len(rows) else None


def _outcome(book: Book, rows: list[Row], split: CommonSplit) -> Findings:
    """People with the outcome by the 2x2 tables, against the groups that should have it."""
    table = rows[0].cells["ci_low"].table
    groups = book.linked("outcome").get(table, [])
    sizes = [book.size(group) for group in groups]
    if not groups or None in sizes:
        return
    counted = sum(size for size in sizes if size is not None)
    best = split.ranking.iloc[0]
    scores = split.ranking.set_index(["n", "n_outcome"])["n_exact"]
    at_count = int(scores.get((split.n, counted), 0))
    named = [row for group in groups for row in book.linked("group").get(group, [])]
    gap = counted - split.n_outcome
    missing = [Name(row) for row in named if book.count(row) == gap]
    yield Finding(
        "outcome_definition",
        [cell for row in rows for cell in row.interval],
        verdict_of(gap == 0, otherwise="needs"),
        say("with-outcome", n=split.n_outcome),
        say(
            "exact-rows",
            exact=int(best["n_exact"]),
            outcome=split.n_outcome,
            n=split.n,
            at_count=at_count,
            counted=counted,
            gap=str(gap),
            rows=Listed(missing, "or") if missing else say("no-single-row"),
        ),
    )


def _exposed(book: Book, rows: list[Row], split: CommonSplit) -> Findings:
    """People exposed by the 2x2 table, against the counts labelled alike."""
    judged = {row["row"]: row for row in split.rows.to_dict("records")}
    for row in rows:
        found, labelled = judged[row.covariate], exposures(book, row.covariate, split.n)
        if found["status"] != "exact" or labelled is None:
            continue
        cells, total = labelled
        wanted = _n_exposed(found)
        reading = "" if wanted == total else other_reading(book, cells, wanted, split.n)
        proof: Fact = say("exposed", exposed=wanted, total=total)
        if split.n - wanted == total:
            proof = clauses(proof, say("other-level"))
        yield Finding(
            "exposed_against_counts",
            [*cells, *row.interval],
            verdict_of(wanted == total, otherwise="needs"),
            reading or str(wanted),
            proof,
        )


def _n_exposed(found: Mapping[Hashable, Any]) -> int:
    return int(found[CELLS[0]]) + int(found[CELLS[2]])
