"""Which rounding convention printed each table: only what a declaration or a proof tells."""

from __future__ import annotations

from collections.abc import Sequence

from printed.book import Finding, Findings
from printed.messages import OWN, Listed, Name, say


def proved(found: Sequence[Finding]) -> dict[str, dict[str, list[Finding]]]:
    """For each table, the findings that hold under one convention only, by convention."""
    tables: dict[str, dict[str, list[Finding]]] = {}
    for finding in found:
        if len(finding.conventions) == 1:
            (convention,) = finding.conventions
            table = finding.entries[0].table
            tables.setdefault(table, {}).setdefault(convention, []).append(finding)
    return tables


def check_conventions(found: Sequence[Finding]) -> Findings:
    """One finding for each table with numbers that only one convention prints.

    When some need one and some the other, no single convention prints the table.
    """
    for by_convention in proved(found).values():
        entries = [
            entry for each in by_convention.values() for one in each for entry in one.entries
        ]
        told = [
            say("checks-need", n=len(each), convention=OWN.code("convention", name))
            for name, each in by_convention.items()
        ]
        is_one = len(by_convention) == 1
        expected = Name(next(iter(by_convention))) if is_one else ""
        verdict = "consistent" if is_one else "needs"
        yield Finding("rounding_convention", entries, verdict, expected, Listed(told))
