"""Printed numbers by place, what links them, and the rows of the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from printed.published import Printed, parse

COLUMNS = ("check", "where", "printed", "verdict", "expected", "proof")
LINK_COLUMNS = ("kind", "name", "rows")
VERDICTS = ("consistent", "inconsistent", "impossible")
ESTIMATES = ("odds_ratio", "coefficient")


@dataclass(frozen=True)
class Cell:
    """One printed number: its id, its place, and the number."""

    id: str
    table: str
    row: str
    group: str
    statistic: str
    number: Printed
    note: str


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
        mean), `items` (steps that make one point), `at_most` (answers a person may give to a
        variable), `direction` (the answer that means most, and the group said to have most),
        `all_in` (a table that should hold every row of these tables).
    """

    cells: tuple[Cell, ...]
    links: pd.DataFrame

    def linked(self, kind: str) -> dict[str, list[str]]:
        """Names of a kind of link, each with its rows."""
        rows = self.links[self.links["kind"] == kind]
        return {name: text.split() for name, text in zip(rows["name"], rows["rows"], strict=True)}

    def find(self, **place: str) -> list[Cell]:
        """Cells at a place, given by any of table, row, group, statistic."""
        return [c for c in self.cells if all(getattr(c, key) == v for key, v in place.items())]

    def one(self, **place: str) -> Cell | None:
        """Return the first cell at a place, or None."""
        return next(iter(self.find(**place)), None)

    def rows(self, *statistics: str) -> Iterator[dict[str, Cell]]:
        """Yield the cells of each table, row and group that print all these statistics."""
        places: dict[tuple[str, str, str], dict[str, Cell]] = {}
        for cell in self.cells:
            places.setdefault((cell.table, cell.row, cell.group), {}).setdefault(
                cell.statistic, cell
            )
        return (found for found in places.values() if set(statistics) <= set(found))

    def size(self, group: str) -> int | None:
        """People of a group: printed as `population`, or counted through its links."""
        printed = self.one(row="population", group=group, statistic="n")
        if printed is not None:
            return int(printed.number.value)
        rows = self.linked("group").get(group)
        return None if rows is None else sum(self.count(row) for row in rows)

    def count(self, row: str) -> int:
        """People counted in a row, over all its groups."""
        return sum(int(cell.number.value) for cell in self.find(row=row, statistic="n"))

    def variables(self) -> dict[tuple[str, str, str], list[Cell]]:
        """Counts `variable.level` by table, variable and group."""
        found: dict[tuple[str, str, str], list[Cell]] = {}
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
            raise ValueError(f"{name}: columns {missing} are missing.")
    rows = published[published["printed"] != ""].to_dict("records")
    cells = (_cell(row) for row in rows)
    return Book(tuple(cells), known)


def _cell(row: Mapping[Any, str]) -> Cell:
    place = (row["id"], row["table"], row["row"], row["group"], row["statistic"])
    return Cell(*place, parse(row["printed"]), row["note"])


def finding(
    check: str, cells: Iterable[Cell], verdict: str, *, expected: str = "", proof: str = ""
) -> dict[str, str]:
    """One row of the audit; `where` holds the ids of the numbers it bears on."""
    bearing = list(cells)
    return {
        "check": check,
        "where": " ".join(cell.id for cell in bearing),
        "printed": " ".join(cell.number.text for cell in bearing),
        "verdict": verdict,
        "expected": expected,
        "proof": proof,
    }


def verdict_of(is_fine: bool, *, otherwise: str = "impossible") -> str:
    """`consistent`, or the verdict when it is not."""
    return "consistent" if is_fine else otherwise
