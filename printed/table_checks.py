"""Checks on crude odds ratios as 2x2 tables: the common split, the outcome, the exposed, the SE."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from printed.book import Book, finding, verdict_of
from printed.count_checks import exposures, other_reading
from printed.rows import Row
from printed.splits import CommonSplit, common_split
from printed.wald import least_error, p_range
from printed.woolf import CELLS, p_values

Findings = Iterator[dict[str, str]]
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
        table = ", ".join(f"{int(found[c])}" for c in CELLS) if found["n_tables"] else "none"
        proof = f"2x2 table at {split.n_outcome} of {split.n}: {table}"
        methods = ", ".join(str(found["p_fits"]).split())
        note = f"; p by {methods}" if found["status"] in fine else f"; {found['reason']}"
        otherwise = "inconsistent" if found["n_elsewhere"] else "impossible"
        verdict = verdict_of(found["status"] in fine, otherwise=otherwise)
        nearest = found["p_nearest"] if found["status"] == "p_differs" else ""
        expected = f"p_value {nearest}" if nearest else ""
        yield finding("two_by_two", cells, verdict, expected=expected, proof=proof + note)
    unexplained = [row for row in crude if judged[row.covariate]["status"] not in fine]
    yield from _p_alone(unexplained, split)
    yield from _outcome(book, crude, split)
    yield from _exposed(book, crude, split, judged)


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
        methods = ", ".join(fits.columns[fits.any()]) or "no method"
        found = int(fits.any(axis=1).sum())
        yield finding(
            "p_at_split",
            [p],
            verdict_of(found > 0, otherwise="inconsistent"),
            proof=f"{found} of the {len(every)} tables with {n_outcome} of {n}, whatever the "
            f"exposed, print this p ({methods})",
        )


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
    missing = [row for row in named if book.count(row) == gap]
    yield finding(
        "outcome_definition",
        [cell for row in rows for cell in row.interval],
        verdict_of(gap == 0, otherwise="inconsistent"),
        expected=f"{split.n_outcome} with the outcome",
        proof=f"{best['n_exact']} rows are exact with {split.n_outcome} of {split.n}, {at_count} with "
        f"the {counted} that the groups count; the difference of {gap} is "
        f"{' or '.join(missing) or 'no single row'}",
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
        swapped = "; the other level of the covariate" if split.n - wanted == total else ""
        yield finding(
            "exposed_against_counts",
            [*cells, *row.interval],
            verdict_of(wanted == total, otherwise="inconsistent"),
            expected=reading or str(wanted),
            proof=f"the 2x2 table has {wanted} exposed, the count of that label {total}{swapped}",
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
        yield finding(
            "standard_error_bound",
            [row.cells["ci_low"], row.cells["ci_high"]],
            # the regression may cut the covariate elsewhere than the crude table
            verdict_of(is_fine, otherwise="inconsistent" if other else "impossible"),
            expected=other,
            proof=f"the interval needs a standard error of {error}; {exposed} exposed of {split.n} "
            f"give at least {least:.4f} whatever the other covariates",
        )


def _at_count(total: int, n: int, error: float) -> str:
    least = least_error(n, total)
    return f"{total} exposed (at least {least:.4f})" if error >= least else ""
