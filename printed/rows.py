"""Rows of predictor tables: an estimate, its interval and its p, with the cells they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from printed.book import Book, Entry
from printed.wald import Triple, triple_of


@dataclass(frozen=True)
class Row:
    """One row of a predictor table: its cells by statistic, and its numbers as a Triple."""

    cells: Mapping[str, Entry]
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
    def estimate(self) -> str:
        """Name of the statistic estimated."""
        return "odds_ratio" if self.triple.is_ratio else "coefficient"

    @property
    def p(self) -> Entry | None:
        """The cell of the p value."""
        return self.cells.get("p_value")


def estimate_tables(book: Book, roundings: Mapping[str, str]) -> dict[str, list[Row]]:
    """Rows with an odds ratio or a coefficient and an interval, by table.

    Rows where one of the three is an inequality such as ``>100`` are left out.
    """
    found: dict[str, list[Row]] = {}
    for name in ("odds_ratio", "coefficient"):
        for cells in book.rows(name, "ci_low", "ci_high"):
            table = cells[name].table
            numbers = {key: cell.number for key, cell in cells.items()}
            if any(numbers[key].comparator != "=" for key in (name, "ci_low", "ci_high")):
                continue
            triple = triple_of(numbers, roundings.get(table, "up_or_down"))
            found.setdefault(table, []).append(Row(cells, triple))
    return found
