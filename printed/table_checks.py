"""Checks on crude odds ratios as 2x2 tables: the common split, the outcome, the exposed, the SE."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from printed.book import Book, Finding, Findings, verdict_of
from printed.count_checks import exposures, other_reading
from printed.messages import OWN, Fact, Listed, Message, Name, clauses, say
from printed.numerals import fixed
from printed.rows import Row
from printed.splits import CommonSplit, common_split, p_nearest
from printed.wald import least_error, p_range
from printed.woolf import CELLS, p_values

SMALLER = 4  # people who may lack in all rows of a table


def split_of(rows: list[Row], n: int, rounding: str) -> CommonSplit | None:
    """The common 2x2 split of a table of odds ratios, when any row has one."""
    texts = [
        {"row": row.covariate, **{name: cell.number.text for name, cell in row.cells.items()}}
        for row in _crude(rows)
    ]
    if not texts:
        return None
    try:
        return common_split(pd.DataFrame(texts), range(n - SMALLER, n + 1), rounding=rounding)
    except ValueError:
        return None


def _crude(rows: list[Row]) -> list[Row]:
    """Odds ratios with a p: what can be the print of a 2x2 table."""
    return [row for row in rows if row.triple.is_ratio and row.p is not None]


def check_split(book: Book, rows: list[Row], split: CommonSplit) -> Findings:
    """Each row against the 2x2 tables of the split that most rows share, and the split itself."""
    judged = {row["row"]: row for row in split.rows.to_dict("records")}
    fine, crude = ("exact", "missing_answers"), _crude(rows)
    for row in crude:
        found = judged[row.covariate]
        cells = [*row.interval, row.cells["p_value"]]
        is_fine = found["status"] in fine
        methods = say("p-by", methods=_methods(str(found["p_fits"]).split()))
        proof = clauses(_table(found, split), methods if is_fine else split.reasons[row.covariate])
        otherwise = "needs" if found["n_elsewhere"] else "impossible"
        verdict = verdict_of(is_fine, otherwise=otherwise)
        nearest = str(found["p_nearest"]) if found["status"] == "p_differs" else ""
        expected = say("p-is", nearest=p_nearest(nearest)) if nearest else ""
        yield Finding("two_by_two", cells, verdict, expected, proof)
    unexplained = [row for row in crude if judged[row.covariate]["status"] not in fine]
    yield from _p_alone(unexplained, split)
    yield from _outcome(book, crude, split)
    yield from _exposed(book, crude, split, judged)


def _table(found: Mapping[Hashable, Any], split: CommonSplit) -> Message:
    facts = {"outcome": split.n_outcome, "n": split.n}
    if not found["n_tables"]:
        return say("no-two-by-two", **facts)
    return say("two-by-two", cells=Listed([int(found[cell]) for cell in CELLS]), **facts)


def _methods(names: Iterable[str]) -> Listed:
    return Listed([OWN.code("method", name) for name in names])


def _p_alone(rows: list[Row], split: CommonSplit) -> Findings:
    """Whether any table of the split at all, whatever its exposed, prints the p of a row."""
    n, n_outcome = split.n, split.n_outcome
    every = pd.DataFrame(
        [
            p_values((a, n_outcome - a, c, n - n_outcome - c))
            for a in range(n_outcome + 1)
            for c in range(n - n_outcome + 1)
            if rows and 0 < a + c < n
        ]
    )
    for row in rows:
        p = row.cells["p_value"]
        behind = p_range(p.number, row.triple.rounding)
        fits = (every >= behind.low) & (every <= behind.high)
        found = int(fits.any(axis=1).sum())
        methods = _methods(fits.columns[fits.any()]) if found else say("no-method")
        facts = {"found": found, "every": len(every), "outcome": n_outcome, "n": n}
        proof = say("tables-print-p", methods=methods, **facts)
        verdict = verdict_of(found > 0, otherwise="needs")
        yield Finding("p_at_split", [p], verdict, proof=proof)


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


def _exposed(
    book: Book, rows: list[Row], split: CommonSplit, judged: Mapping[str, Mapping[Hashable, Any]]
) -> Findings:
    """People exposed by the 2x2 table, against the counts labelled alike."""
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


def check_error_bound(book: Book, rows: list[Row], split: CommonSplit) -> Findings:
    """Standard errors of a regression against the exposed of the crude tables and of the counts."""
    exact = {row["row"]: row for row in split.rows.to_dict("records") if row["status"] == "exact"}
    for row in rows:
        if row.covariate not in exact or row.triple.is_ratio:
            continue
        exposed = _n_exposed(exact[row.covariate])
        error, least = row.triple.standard_error(), least_error(split.n, exposed)
        is_fine = error.high >= least
        labelled = None if is_fine else exposures(book, row.covariate, split.n)
        other = "" if labelled is None else _at_count(labelled[1], split.n, error.high)
        facts = {**error.facts(), "least": fixed(least, 4)}
        yield Finding(
            "standard_error_bound",
            [row.cells["ci_low"], row.cells["ci_high"]],
            # the regression may cut the covariate elsewhere than the crude table
            verdict_of(is_fine, otherwise="needs" if other else "impossible"),
            other,
            say("error-of-exposed", exposed=exposed, n=split.n, **facts),
        )


def _at_count(total: int, n: int, error: float) -> Fact:
    least = least_error(n, total)
    return say("exposed-at-least", n=total, least=fixed(least, 4)) if error >= least else ""
