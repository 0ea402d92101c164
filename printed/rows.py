"""Rows of effects: an estimate, its interval and its p, with the cells they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from printed.book import Book, Entry
from printed.wald import EFFECTS, Triple, triple_of


@dataclass(frozen=True)
class Row:
    """One row of a table of effects.

    Attributes
    ----------
    cells
        By statistic.
    estimate
        Name of the statistic estimated.
    triple
        Its numbers, rounded to the nearest, as a 95 % interval.
    """

    cells: Mapping[str, Entry]
    estimate: str
    triple: Triple

    @property
    def covariate(self) -> str:
        """Name of the row."""
        return self.cells["ci_low"].row

    @property
    def interval(self) -> list[Entry]:
        """The cells of the estimate and of both ends."""
        return [self.cells[name] for name in (self.estimate, "ci_low", "ci_high")]

    @property
    def p(self) -> Entry | None:
        """The cell of the p value."""
        return self.cells.get("p_value")

    def named(self, *others: str) -> dict[str, Entry]:
        """The cells of estimate and ends by statistic, and others if they are there."""
        names = (self.estimate, "ci_low", "ci_high", *others)
        return {name: self.cells[name] for name in names if name in self.cells}


def estimate_tables(book: Book) -> dict[str, list[Row]]:
    """Rows with an effect and an interval, by table.

    Rows where one of the three is an inequality such as ``>100`` are left out.
    """
    found: dict[str, list[Row]] = {}
    for name in EFFECTS:
        for cells in book.rows(name, "ci_low", "ci_high"):
            numbers = {key: cell.number for key, cell in cells.items()}
            if all(numbers[key].comparator == "=" for key in (name, "ci_low", "ci_high")):
                row = Row(cells, name, triple_of(numbers))
                found.setdefault(cells[name].table, []).append(row)
    return found
