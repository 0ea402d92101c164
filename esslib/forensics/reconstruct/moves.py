"""Moves in 0/1 columns that keep printed counts: which there are, and which are allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from esslib.forensics.reconstruct.errors import NoSolution

__all__ = ["Margin", "MarginTable", "Moves", "draw_moves"]

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
FLIPS = 0.1
SHARES = 0.3, 0.7


@dataclass(frozen=True)
class Margin:
    """Between `low` and `high` respondents of some strata are exposed; `id` names the targets."""

    strata: tuple[str, ...]
    low: int
    high: int
    id: str = ""


@dataclass(frozen=True)
class Moves:
    """Moves in one column each: exchange the values of two respondents, or flip the first's."""

    column: Ints
    first: Ints
    second: Ints
    is_flip: Mask

    def keep(self, which: Mask) -> Moves:
        """Return only some of the moves."""
        return Moves(*(part[which] for part in vars(self).values()))

    def applied(self, columns: Ints, number: int) -> Ints:
        """Return the columns after one of the moves."""
        changed = columns.copy()
        rows = (
            [self.first[number]]
            if self.is_flip[number]
            else [self.first[number], self.second[number]]
        )
        changed[rows, self.column[number]] ^= 1
        return changed

    def changes(self, columns: Ints) -> tuple[Ints, Ints]:
        """Return what each move adds to the exposed at the first and the second respondent."""
        change = 1 - 2 * columns[self.first, self.column]
        return change, np.where(self.is_flip, 0, -change)


def draw_moves(columns: Ints, number: int, rng: np.random.Generator) -> Moves:
    """Draw moves at random; exchanges of two equal values are left out."""
    n, k = columns.shape
    column = rng.integers(0, k, number)
    first, second = rng.integers(0, n, (2, number))
    is_flip = rng.random(number) < FLIPS
    differ = columns[first, column] != columns[second, column]
    return Moves(column, first, second, is_flip).keep(is_flip | differ)


class MarginTable:
    """The margins of all columns as arrays, to judge thousands of moves at once.

    Parameters
    ----------
    margins
        For each column its margins, by name of the covariate.
    row_strata
        Stratum of each respondent.
    """

    def __init__(self, margins: Mapping[str, Sequence[Margin]], row_strata: Sequence[str]) -> None:
        self._margins = dict(margins)
        self._names = list(dict.fromkeys(row_strata))
        self._stratum = np.array([self._names.index(name) for name in row_strata])
        shape = (len(margins), max(map(len, margins.values())))
        self._inside = np.zeros((*shape, len(self._names)), dtype=np.int64)
        self._low = np.zeros(shape, dtype=np.int64)
        self._high = np.full(shape, len(row_strata), dtype=np.int64)
        for j, column in enumerate(margins.values()):
            for m, margin in enumerate(column):
                self._inside[j, m] = [name in margin.strata for name in self._names]
                self._low[j, m], self._high[j, m] = margin.low, margin.high

    def filled(self, columns: Ints) -> Ints:
        """Return how many are exposed within each margin: columns × margins."""
        exposed = np.array(
            [columns[self._stratum == s].sum(axis=0) for s in range(len(self._names))]
        )
        filled: Ints = (self._inside * exposed.T[:, None, :]).sum(axis=2)
        return filled

    def allow(self, filled: Ints, columns: Ints, moves: Moves) -> Mask:
        """Tell which moves leave every margin between its ends."""
        inside = self._inside[moves.column]
        at = np.arange(len(inside))
        new = filled[moves.column]
        for row, change in zip((moves.first, moves.second), moves.changes(columns), strict=True):
            new = new + inside[at, :, self._stratum[row]] * change[:, None]
        low, high = self._low[moves.column], self._high[moves.column]
        allowed: Mask = np.all((new >= low) & (new <= high), axis=1)
        return allowed

    def draw(self, rng: np.random.Generator) -> Ints:
        """Draw columns that keep all margins.

        Raises
        ------
        NoSolution
            The margins of a column contradict each other.
        """
        columns = np.zeros((len(self._stratum), len(self._margins)), dtype=np.int64)
        for j, name in enumerate(self._margins):
            for stratum, number in enumerate(self._exposed_by_stratum(name, rng)):
                rows = rng.permutation(np.flatnonzero(self._stratum == stratum))
                columns[rows[:number], j] = 1
        return columns

    def _exposed_by_stratum(self, name: str, rng: np.random.Generator) -> Ints:
        """Return a number of exposed for each stratum that meets all margins of a column.

        From the same share in all strata, one respondent more, one fewer, or one moved from one
        stratum to another, whichever misses the margins least, until none is missed.
        """
        margins, sizes = self._margins[name], np.bincount(self._stratum)
        inside = np.array([[s in margin.strata for s in self._names] for margin in margins])
        low, high = (np.array([getattr(m, end) for m in margins]) for end in ("low", "high"))
        one = np.eye(len(sizes), dtype=np.int64)
        ways = np.vstack([one, -one, *(one - other for other in one)])
        numbers: Ints = np.rint(sizes * rng.uniform(*SHARES)).astype(np.int64)
        for _ in range(2 * len(self._stratum)):
            held = inside.reshape(-1, len(sizes)) @ numbers
            if ((held >= low) & (held <= high)).all():
                return numbers
            tried = numbers + ways[((numbers + ways >= 0) & (numbers + ways <= sizes)).all(axis=1)]
            held = tried @ inside.T
            missed = np.maximum(np.maximum(low - held, held - high), 0).sum(axis=1)
            numbers = tried[np.argmin(missed)]
        raise NoSolution(
            "no numbers of exposed respondents were found for them.",
            targets=[margin.id for margin in margins],
        )
