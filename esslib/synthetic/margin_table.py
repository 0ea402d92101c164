"""How many respondents are exposed to each covariate: margins that a search must keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from esslib.synthetic.no_solution import NoSolution

__all__ = ["Held", "Margin", "MarginTable"]

Ints = NDArray[np.int64]
SHARES = 0.3, 0.7


@dataclass(frozen=True)
class Margin:
    """Between `low` and `high` respondents of some strata are exposed; `id` names the targets."""

    strata: tuple[str, ...]
    low: int
    high: int
    id: str = ""


class Held(NamedTuple):
    """Margins as arrays for compiled code.

    Attributes
    ----------
    inside
        Covariates × margins × strata: 1 where a margin counts a stratum.
    low, high
        Covariates × margins: its ends.
    stratum
        Number of each respondent's stratum.
    """

    inside: Ints
    low: Ints
    high: Ints
    stratum: Ints


class MarginTable:
    """The margins of all covariates.

    Parameters
    ----------
    margins
        For each covariate its margins, by name.
    row_strata
        Stratum of each respondent.
    """

    def __init__(self, margins: Mapping[str, Sequence[Margin]], row_strata: Sequence[str]) -> None:
        self._margins = dict(margins)
        self._names = list(dict.fromkeys(row_strata))
        shape = (len(margins), max(map(len, margins.values())))
        inside = np.zeros((*shape, len(self._names)), dtype=np.int64)
        low = np.zeros(shape, dtype=np.int64)
        high = np.full(shape, len(row_strata), dtype=np.int64)
        for j, column in enumerate(margins.values()):
            for m, margin in enumerate(column):
                inside[j, m] = [name in margin.strata for name in self._names]
                low[j, m], high[j, m] = margin.low, margin.high
        stratum = np.array([self._names.index(name) for name in row_strata])
        self.held = Held(inside, low, high, stratum)

    def alike(self, column: int) -> Ints:
        """Return a number for each respondent: equal ones count in the same margins."""
        signatures = self.held.inside[column].T[self.held.stratum]
        return np.unique(signatures, axis=0, return_inverse=True)[1].reshape(-1)

    def draw(self, rng: np.random.Generator) -> Ints:
        """Draw 0/1 columns (respondents × covariates) that keep all margins.

        Raises
        ------
        NoSolution
            The margins of a column contradict each other.
        """
        stratum = self.held.stratum
        columns = np.zeros((len(stratum), len(self._margins)), dtype=np.int64)
        for j, name in enumerate(self._margins):
            for number, exposed in enumerate(self._exposed_by_stratum(name, rng)):
                rows = rng.permutation(np.flatnonzero(stratum == number))
                columns[rows[:exposed], j] = 1
        return columns

    def _exposed_by_stratum(self, name: str, rng: np.random.Generator) -> Ints:
        """Return a number of exposed for each stratum that meets all margins of a column.

        From the same share in all strata, one respondent more, one fewer, or one moved from one
        stratum to another, whichever misses the margins least, until none is missed.
        """
        margins, sizes = self._margins[name], np.bincount(self.held.stratum)
        inside = np.array([[s in margin.strata for s in self._names] for margin in margins])
        low, high = (np.array([getattr(m, end) for m in margins]) for end in ("low", "high"))
        one = np.eye(len(sizes), dtype=np.int64)
        ways = np.vstack([one, -one, *(one - other for other in one)])
        numbers: Ints = np.rint(sizes * rng.uniform(*SHARES)).astype(np.int64)
        for _ in range(2 * len(self.held.stratum)):
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
