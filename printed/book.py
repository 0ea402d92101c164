"""Printed numbers by place, what links them, and what a check finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from printed.declared import DECLARED
from printed.messages import OWN, Fact, InputError, Name, say
from printed.published import Printed, parse

FINDING_COLUMNS = ("check", "where", "printed", "verdict", "readings", "expected", "proof")
LINK_COLUMNS = ("kind", "name", "rows")
VERDICTS = ("consistent", "not_checked", "needs", "impossible")  # from the least to the worst


@dataclass(frozen=True)
class Entry:
    """One printed number: its id, its place, the number, and what its row declares."""

    id: str
    table: str
    row: str
    group: str
    statistic: str
    number: Printed
    note: str
    declared: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Book:
    """All printed numbers of a study, and its links.

    Attributes
    ----------
    cells
        The numbers that are printed; empty cells are left out.
    links
        Columns kind, name, rows (names parted by blanks): what a table cannot say of itself.
        Kinds: `group` (a group is the people of these count rows), `parts` (a group is made of
        these groups), `outcome` (groups with the outcome of a predictor table), `exposure` (count
        rows that say the same as a covariate), `excluded` (rows that should count nobody),
        `subtotal` (a count row is the sum of these), `scale` (row whose min and max bound a
        mean), `at_most` (answers a person may give to a
        variable), `direction` (the answer that means most, and the group said to have most),
        `all_in` (a table that should hold every row of these tables).
    """

    cells: tuple[Entry, ...]
    links: pd.DataFrame

    def linked(self, kind: str) -> dict[str, list[str]]:
        """Names of a kind of link, each with its rows."""
        return self._by_kind.get(kind, {})

    @cached_property
    def _by_kind(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for kind, name, rows in self.links[list(LINK_COLUMNS)].itertuples(index=False):
            found.setdefault(kind, {})[name] = rows.split()
        return found

    def find(self, **place: str) -> list[Entry]:
        """Cells at a place, given by any of table, row, group, statistic."""
        return [c for c in self.cells if all(getattr(c, key) == v for key, v in place.items())]

    def one(self, **place: str) -> Entry | None:
        """Return the first cell at a place, or None."""
        return next(iter(self.find(**place)), None)

    def rows(self, *statistics: str) -> Iterator[dict[str, Entry]]:
        """Yield the cells of each table, row and group that print all these statistics."""
        places: dict[tuple[str, str, str], dict[str, Entry]] = {}
        for cell in self.cells:
            places.setdefault((cell.table, cell.row, cell.group), {}).setdefault(
                cell.statistic, cell
            )
        return (found for found in places.values() if set(statistics) <= set(found))

    def size(self, group: str, table: str = "") -> int | None:
        """People of a group: printed as `population` of this table, or counted through its links.

        Without a table, or when it prints none, it is the one size that the others print; None when
        they print several, or none does.
        """
        own = self.one(table=table, row="population", group=group, statistic="n")
        rows = self.linked("group").get(group)
        if own is None and rows is not None:
            return sum(self.count(row) for row in rows)
        cells = self.find(row="population", group=group, statistic="n") if own is None else [own]
        sizes = {int(cell.number.value) for cell in cells}
        return sizes.pop() if len(sizes) == 1 else None

    def people(self, cell: Entry) -> dict[str, tuple[str, ...]]:
        """Readings of the people behind a number that declares no n: `printed.declared.admissible`.

        All of its group, or those who answered; when another table alone prints the size, perhaps
        others. Of no known size: an empty n.
        """
        if "n" in cell.declared:
            return {"answered": ("all",)}
        n = self.size(cell.group, cell.table)
        own = self.find(table=cell.table, row="population", group=cell.group, statistic="n")
        is_own = bool(own) or cell.group in self.linked("group")
        answered = ("all", "fewer") if is_own else ("all", "fewer", "other")
        if n is None:
            return {"n": ("",), "answered": ("all",)}
        return {"n": (str(n),), "answered": answered}

    def count(self, row: str) -> int:
        """People counted in a row, over all its groups."""
        return sum(int(cell.number.value) for cell in self.find(row=row, statistic="n"))

    def variables(self) -> dict[tuple[str, str, str], list[Entry]]:
        """Counts `variable.level` by table, variable and group."""
        found: dict[tuple[str, str, str], list[Entry]] = {}
        for cell in self.find(statistic="n"):
            variable, dot, _ = cell.row.partition(".")
            if dot:
                found.setdefault((cell.table, variable, cell.group), []).append(cell)
        return found


def open_book(published: pd.DataFrame, links: pd.DataFrame | None = None) -> Book:
    """Parse the frame of `printed.published.read_published`; `links` may be missing.

    Raises
    ------
    ValueError
        When a column is missing or a link is of a form that `Book` does not know.
    """
    known = pd.DataFrame(columns=list(LINK_COLUMNS)) if links is None else links
    for name, frame, needed in (
        ("published", published, ("id", "table", "row", "group", "statistic", "printed", "note")),
        ("links", known, LINK_COLUMNS),
    ):
        if missing := [column for column in needed if column not in frame.columns]:
            raise InputError(say("columns-missing", file=Name(name), columns=Name(missing)))
    rows = published[published["printed"] != ""].to_dict("records")
    cells = (_cell(row) for row in rows)
    return Book(tuple(cells), known)


def _cell(row: Mapping[Any, str]) -> Entry:
    place = (row["id"], row["table"], row["row"], row["group"], row["statistic"])
    declared = {option: row[option] for option in DECLARED if row.get(option)}
    return Entry(*place, parse(row["printed"]), row["note"], declared)


@dataclass(frozen=True)
class Finding:
    """One check of the audit, its words still open.

    Attributes
    ----------
    check
        Name of the check.
    entries
        The numbers that it bears on.
    verdict
        One of VERDICTS.
    expected, proof
        What would be fine, and why the verdict; an empty text says nothing.
    readings
        Of what `needs` a reading: which ones are left; by default those that the check names.
    conventions
        The only ones under which the numbers fit, when some do not; otherwise none is named.
    """

    check: str
    entries: Sequence[Entry]
    verdict: str
    expected: Fact = ""
    proof: Fact = ""
    readings: Fact = ""
    conventions: frozenset[str] = frozenset()

    def row(self, *, lang: str = "", labels: Mapping[str, str] | None = None) -> dict[str, str]:
        """Write FINDING_COLUMNS, with the ids of the numbers in `where`; words as `OWN` does."""
        own = f"only-{self.check}"
        is_named = self.verdict == "needs" and not self.readings and OWN.knows(own, lang="en")
        readings = say(own) if is_named else self.readings
        return {
            "check": self.check,
            "where": " ".join(entry.id for entry in self.entries),
            "printed": " ".join(entry.number.text for entry in self.entries),
            "verdict": self.verdict,
            "readings": OWN.text(readings, lang=lang, labels=labels),
            "expected": OWN.text(self.expected, lang=lang, labels=labels),
            "proof": OWN.text(self.proof, lang=lang, labels=labels),
        }


Findings = Iterator[Finding]


def verdict_of(is_fine: bool, *, otherwise: str = "impossible") -> str:
    """`consistent`, or the verdict when it is not."""
    return "consistent" if is_fine else otherwise
