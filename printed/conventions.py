"""Which rounding convention printed each table: the one under which most checks come out."""

from __future__ import annotations

from collections.abc import Mapping

from printed.book import Book, Finding
from printed.interval_checks import has_wald_p
from printed.messages import OWN, Listed, say
from printed.rows import Row, estimate_tables
from printed.score_checks import granular_rows
from printed.table_checks import split_of

CANDIDATES = ("up_or_down", "trunc")


def checks_met(book: Book) -> dict[str, dict[str, tuple[int, int]]]:
    """For each table and convention: numbers of checks met, and of checks that tell anything.

    Counted are means and SDs that whole answers can give, symmetric intervals, coefficients with
    the p of their interval, and odds ratios with an exact 2x2 table of the size printed for all.
    """
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for rounding in CANDIDATES:
        met: dict[str, list[bool]] = {}
        for mean, _, verdict in granular_rows(book, rounding):
            met.setdefault(mean.table, []).append(verdict.consistent)
        tables = estimate_tables(book, dict.fromkeys({c.table for c in book.cells}, rounding))
        for table, rows in tables.items():
            met.setdefault(table, []).extend(row.triple.symmetry() == "yes" for row in rows)
            met[table].extend(has_wald_p(row) for row in rows if not row.triple.is_ratio)
            met[table].extend(_exact_rows(rows, book.size("all"), rounding))
        for table, checks in met.items():
            found.setdefault(table, {})[rounding] = (sum(checks), len(checks))
    return found


def _exact_rows(rows: list[Row], n: int | None, rounding: str) -> list[bool]:
    split = None if n is None else split_of(rows, n, rounding)
    if split is None:
        return [False] * sum(row.triple.is_ratio for row in rows)
    return split.rows["status"].eq("exact").tolist()


def roundings(book: Book) -> dict[str, str]:
    """The convention that fits each table best; to the nearest when both do as well."""
    return {
        table: max(CANDIDATES, key=lambda name: by_name[name][0])
        for table, by_name in checks_met(book).items()
    }


def check_conventions(book: Book, chosen: Mapping[str, str]) -> list[Finding]:
    """One finding per table: the convention chosen, and how many checks each one meets."""
    found = []
    for table, by_name in checks_met(book).items():
        entries = [c for c in book.find(table=table) if c.number.decimals]
        met = [
            say("checks-met", rounding=OWN.code("rounding", name), good=good, every=every)
            for name, (good, every) in by_name.items()
        ]
        is_tied = len({good for good, _ in by_name.values()}) == 1
        proof = say("conventions-tied" if is_tied else "conventions", met=Listed(met))
        expected = OWN.code("rounding", chosen[table])
        found.append(Finding("rounding_convention", entries, "consistent", expected, proof))
    return found
