"""Moves in 0/1 columns that keep printed counts: which there are, and which are allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from esslib.forensics.reconstruct.errors import NoSolution

__all__ = ["Margin", "MarginTable", "Moves", "all_moves", "draw_moves"]

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


def all_moves(columns: Ints) -> Moves:
    """List every exchange of two different values in a column, and every flip."""
    n, k = columns.shape
    parts = [[np.repeat(np.arange(k), n), np.tile(np.arange(n), k), np.tile(np.arange(n), k)]]
    for j in range(k):
        ones, zeros = np.flatnonzero(columns[:, j]), np.flatnonzero(columns[:, j] == 0)
        first, second = np.repeat(ones, len(zeros)), np.tile(zeros, len(ones))
        parts.append([np.full(len(first), j), first, second])
    column, first, second = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Moves(column, first, second, np.arange(len(column)) < n * k)


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
        return (self._inside * exposed.T[:, None, :]).sum(axis=2)

    def allow(self, filled: Ints, columns: Ints, moves: Moves) -> Mask:
        """Tell which moves leave every margin between its ends."""
        inside = self._inside[moves.column]
        at = np.arange(len(inside))
        new = filled[moves.column]
        for row, change in zip((moves.first, moves.second), moves.changes(columns), strict=True):
            new = new + inside[at, :, self._stratum[row]] * change[:, None]
        low, high = self._low[moves.column], self._high[moves.column]
        return ((new >= low) & (new <= high)).all(axis=1)

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

    def _exposed_by_stratum(self, name: str, rng: np.random.Generator) -> list[int]:
        """Return a number of exposed for each stratum that meets all margins of a column.

        The same share in all strata, as nearly as the margins allow: the integer program has the
        numbers and, to be made small, their distances from that share.
        """
        margins, sizes = self._margins[name], np.bincount(self._stratum)
        inside = np.array([[s in margin.strata for s in self._names] for margin in margins])
        one, share = np.eye(len(sizes)), sizes * rng.uniform(*SHARES)
        held = np.block(
            [
                [inside.reshape(-1, len(sizes)), np.zeros((len(margins), len(sizes)))],
                [one, one],
                [one, -one],
            ]
        )
        low = [*(margin.low for margin in margins), *share, *np.full(len(sizes), -np.inf)]
        high = [*(margin.high for margin in margins), *np.full(len(sizes), np.inf), *share]
        found = milp(
            np.repeat([0.0, 1.0], len(sizes)),
            constraints=LinearConstraint(held, low, high),
            bounds=Bounds(0, np.tile(sizes, 2)),
            integrality=np.repeat([1, 0], len(sizes)),
        )
        if found.x is None:
            ids = [margin.id for margin in margins]
            raise NoSolution("these margins leave no 0/1 column.", targets=ids, is_proof=True)
        return [int(round(number)) for number in found.x[: len(sizes)]]
