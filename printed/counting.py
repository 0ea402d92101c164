"""Count, exactly, the samples that print a mean and an SD.

A sample is a multiset: n whole answers regardless of order. CLOSURE (doi:10.31234/osf.io/yjrbg_v1)
asks for every sample and lists them; here nothing is listed. Counts of answers are added value by
value from the top, states that cannot reach the goal are dropped, equal states (people, sum, sum
of squares) are merged, and the three lowest values are counted in closed form.
"""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import NDArray

from printed.lattice import sample_windows

MAX_STATES = 8_000_000

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def count_samples(
    mean: str,
    sd: str,
    n: int,
    minimum: int,
    maximum: int,
    *,
    mean_error: str | float | None = None,
    sd_error: str | float | None = None,
) -> int:
    """Count the distinct multisets of n whole answers that print this mean and SD.

    Parameters
    ----------
    mean, sd
        As printed; SD with divisor n - 1.
    minimum, maximum
        Bounds of an answer.
    mean_error, sd_error
        Greatest distance of the true from the printed value, ends included; by default half a
        unit of the last printed digit.

    Raises
    ------
    ValueError
        As `grimmer`; also when the scale is too wide to count (over MAX_STATES states).

    Examples
    --------
    >>> count_samples("2.7", "1.9", 130, 1, 5)
    5359
    """
    grid, windows = sample_windows(mean, sd, n, minimum, maximum, (mean_error, sd_error))
    if not windows:
        return 0
    span = grid.span or 0
    state = _upper_counts(grid.n, span, windows)
    return sum(_closed_form(state, grid.n, span, total, q) for total, q in windows.items())


def _upper_counts(n: int, span: int, windows: dict[int, range]) -> Ints:
    """States after placing all answers of 3 or more: rows people, sum, squares, ways."""
    sums = min(windows), max(windows)
    limits = sums[1], max(window[-1] for window in windows.values())
    least_square = min(window[0] for window in windows.values())
    state: Ints = np.array([[0], [0], [0], [1]], dtype=_way_type(n, span))
    for value in range(span, 2, -1):
        grown = _with_value(state, value, n, limits)
        state = _merged(grown[:, _reaches(grown, value - 1, n, (sums, least_square, limits[1]))])
    return state


def _reaches(state: Ints, top: int, n: int, goal: tuple[tuple[int, int], int, int]) -> Flags:
    """Whether answers up to `top` can still bring a state to the sums and squares wanted.

    The rest is at most `top` each, its squares at most `top` times its sum, and at least as much
    as if all were equal.
    """
    sums, least_square, most_square = goal
    left = (n - state[0]).astype(np.int64)
    low, high = (np.maximum(goal_sum - state[1], 0).astype(np.int64) for goal_sum in sums)
    square = state[2].astype(np.int64)
    is_small_enough = low * low <= np.maximum(most_square - square, 0) * left
    reaches: Flags = (left * top >= low) & (square + high * top >= least_square) & is_small_enough
    return reaches


def _way_type(n: int, span: int) -> type:
    """Whole numbers of 64 bits while no count can exceed them, else Python's."""
    return np.int64 if comb(n + span, span) < 2**62 else object


def _with_value(state: Ints, value: int, n: int, limits: tuple[int, int]) -> Ints:
    people, total, square, _ = state
    room = np.minimum(n - people, (limits[0] - total) // value)
    room = np.minimum(room, (limits[1] - square) // value**2).astype(np.int64) + 1
    if (size := int(room.sum())) > MAX_STATES:
        raise ValueError(f"{size} states to count, over {MAX_STATES}; narrow the scale or n.")
    start = np.repeat(np.cumsum(room) - room, room)
    times = np.arange(size) - start
    grown = np.repeat(state, room, axis=1)
    grown[:3] += np.stack([times, times * value, times * value**2]).astype(grown.dtype)
    return grown


def _merged(state: Ints) -> Ints:
    """Add up the ways of equal states."""
    if not state.shape[1]:
        return state
    people, total, square = state[:3].astype(np.int64)
    key = (people * (total.max() + 1) + total) * (square.max() + 1) + square
    order = np.argsort(key)
    first = np.flatnonzero(np.append(True, np.diff(key[order]) != 0))
    return np.vstack([state[:3, order[first]], np.add.reduceat(state[3, order], first)])


def _closed_form(state: Ints, n: int, span: int, total: int, window: range) -> int:
    """Ways to reach one sum and its window of squares with answers 0, 1, 2 for the rest.

    With k people left, sum s and squares q to reach, the counts are (q - s) / 2 twos, 2s - q ones
    and k - s + (q - s) / 2 zeros; each must be at least 0, so q lies between bounds.
    """
    people, rest = n - state[0], total - state[1]
    low = np.maximum(rest, 3 * rest - 2 * people) + state[2]
    high = (2 * rest if span > 1 else rest) + state[2]
    low = np.maximum(low, window[0])
    low = low + (low - total) % 2
    high = np.minimum(high, window[-1])
    high = high - (high - total) % 2
    found = np.where((rest >= 0) & (rest <= (0 if span < 1 else 2 * people)), high - low, -2)
    return int((np.maximum(found // 2 + 1, 0) * state[3]).sum())
