"""Sums of four: among the pairs of many effects, find those whose partner leads to a goal.

All pairs of some exchanges are listed once, with the sum of their effects. For each pair the wanted
sum of its partner is known, and is looked up in a grid over the terms that tell most. The million
pairs of 1600 exchanges stand for some 10^11 fours, judged in about a second.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from math import floor, log, sqrt
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esslib.synthetic.equations import DIGITS
from esslib.synthetic.margin_table import Ints

__all__ = ["Exchanges", "fours"]

Array = NDArray[np.float64]
Singles = NDArray[np.float32]
NO_PAIR = -1
# Cells beyond the spread of most pairs are one.
MOST_CELLS = 2**24
SPREAD = 3.0
PARTS = 16
MOST_FOUND = 30_000


class Exchanges(NamedTuple):
    """Exchanges within one column between respondents who count in the same margins."""

    column: Ints
    gives: Ints
    takes: Ints
    effect: Array


class Grid(NamedTuple):
    """Cells of the first terms of sums: as wide as what is allowed, so that a match lies nearby."""

    low: Array
    width: Array
    n_cells: Ints


class Pairs(NamedTuple):
    """Pairs of exchanges in the order of their cells; `starts` is where each cell begins.

    `sums` holds the sum of both effects, the terms that tell most first.
    """

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    sums: Singles
    starts: Ints


class Goal(NamedTuple):
    """What the sum of four effects must be, and how far it may be off, term by term."""

    sum: Singles
    reach: Singles


def fours(exchanges: Exchanges, away: Array, reach: Array, pool: ThreadPoolExecutor) -> Ints:
    """Find fours of exchanges whose effects add up to what is wanted.

    Parameters
    ----------
    exchanges
        At least two; exchanges of a pair have no respondent in common, pairs of a four may.
    away
        The wanted sum, term by term.
    reach
        How far off each term may be.
    pool
        Threads: parts of the pairs are looked up side by side.

    Returns
    -------
    ndarray
        Fours × 4: numbers of four different exchanges, each four once.
    """
    telling = np.argsort(-(exchanges.effect.std(axis=0) / reach).round(DIGITS), kind="stable")
    goal = Goal(away[telling].astype(np.float32), reach[telling].astype(np.float32))
    grid = _grid(exchanges.effect[:, telling], reach[telling])
    pairs = _pairs(exchanges, exchanges.effect[:, telling].astype(np.float32), grid)
    ends = np.linspace(0, len(pairs.first), PARTS + 1).astype(int)
    parts = list(pool.map(lambda part: _partners(pairs, grid, goal, *part), pairwise(ends)))
    one, other = np.concatenate(parts).T
    found = [pairs.first[one], pairs.second[one], pairs.first[other], pairs.second[other]]
    # Each four is found from each of its three partitions into pairs.
    each = np.unique(np.sort(np.column_stack(found), axis=1), axis=0).astype(np.int64)
    return each[(np.diff(each, axis=1) > 0).all(axis=1)]


def _grid(effect: Array, reach: Array) -> Grid:
    """Part as many of the first terms as give no more than MOST_CELLS cells."""
    width = 2 * reach
    half = np.minimum(SPREAD * sqrt(2) * effect.std(axis=0), 2 * np.abs(effect).max(axis=0))
    half = half.round(DIGITS)
    n_cells = np.floor(2 * half / width).astype(np.int64) + 1
    n_terms = max(int(np.searchsorted(np.cumsum(np.log(n_cells)), log(MOST_CELLS))), 1)
    return Grid(-half[:n_terms], width[:n_terms], n_cells[:n_terms])


@njit(cache=True, nogil=True)
def _cell(grid: Grid, term: int, value: float) -> int:
    """Return the cell of one term."""
    place = floor((value - grid.low[term]) / grid.width[term])
    return int(min(max(place, 0), grid.n_cells[term] - 1))


@njit(cache=True, nogil=True)
def _pairs(exchanges: Exchanges, effect: Singles, grid: Grid) -> Pairs:
    """List all pairs of exchanges without a common respondent, cell by cell."""
    n, n_terms = effect.shape
    n_cells = 1
    for term in range(len(grid.n_cells)):
        n_cells *= grid.n_cells[term]
    starts = np.zeros(n_cells + 1, np.int64)
    cells = np.full(n * (n - 1) // 2, NO_PAIR, np.int32)
    number = 0
    for u in range(n):
        for v in range(u):
            if not (
                exchanges.gives[u] == exchanges.gives[v]
                or exchanges.gives[u] == exchanges.takes[v]
                or exchanges.takes[u] == exchanges.gives[v]
                or exchanges.takes[u] == exchanges.takes[v]
            ):
                cell = 0
                for term in range(len(grid.n_cells)):
                    value = effect[u, term] + effect[v, term]
                    cell = cell * grid.n_cells[term] + _cell(grid, term, value)
                cells[number] = cell
                starts[cell + 1] += 1
            number += 1
    starts = np.cumsum(starts)
    filled = starts.copy()
    first = np.empty(starts[-1], np.int32)
    second, sums = np.empty_like(first), np.empty((len(first), n_terms), np.float32)
    number = 0
    for u in range(n):
        for v in range(u):
            cell = cells[number]
            number += 1
            if cell != NO_PAIR:
                place = filled[cell]
                filled[cell] += 1
                first[place], second[place] = u, v
                for m in range(n_terms):
                    sums[place, m] = effect[u, m] + effect[v, m]
    return Pairs(first, second, sums, starts)


@njit(cache=True, nogil=True)
def _partners(pairs: Pairs, grid: Grid, goal: Goal, low: int, high: int) -> Ints:
    """Find the partners of some pairs: places of both."""
    n_terms, n_keys = pairs.sums.shape[1], len(grid.n_cells)
    found = np.empty((MOST_FOUND, 2), np.int64)
    number = 0
    rest, ends = np.empty(n_terms, np.float32), np.empty((n_keys, 2), np.int64)
    for one in range(low, high):
        for m in range(n_terms):
            rest[m] = goal.sum[m] - pairs.sums[one, m]
        for m in range(n_keys):
            ends[m, 0] = _cell(grid, m, rest[m] - goal.reach[m])
            ends[m, 1] = _cell(grid, m, rest[m] + goal.reach[m])
        # Cells of the last key lie side by side; the others are gone through one by one.
        for sides in range(1 << (n_keys - 1)):
            cell, is_new = 0, True
            for m in range(n_keys - 1):
                side = (sides >> m) & 1
                if side and ends[m, 0] == ends[m, 1]:
                    is_new = False
                cell = (cell + ends[m, side]) * grid.n_cells[m + 1]
            if not is_new:
                continue
            begin = max(pairs.starts[cell + ends[n_keys - 1, 0]], one + 1)
            for other in range(begin, pairs.starts[cell + ends[n_keys - 1, 1] + 1]):
                m = 0
                while m < n_terms and abs(pairs.sums[other, m] - rest[m]) <= goal.reach[m]:
                    m += 1
                if m == n_terms and number < MOST_FOUND:
                    found[number, 0], found[number, 1] = one, other
                    number += 1
    return found[:number]
