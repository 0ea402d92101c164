"""Which sums of squares can n whole numbers with a given sum have? Exactly, with a witness.

A mean and an SD of n integer answers fix, up to rounding, the sum S and the sum of squares Q.
Whether n integers with this S and Q exist is number theory, not tolerance:

- Q has the parity of S, and is at least the sum of squares of the most even spread;
- without bounds this suffices from n = 5 on. Take away t, of the parity of S + 1 and within 1 of
  S / 5; the four others then have an odd sum, and by Cauchy's lemma four integers with odd sum s
  and odd sum of squares q exist whenever 4q >= s**2, which holds as soon as 5Q - S**2 >= 25 / 4.
  The few cases below that are the most even spreads. Larger n: take away one value of the most
  even spread and use induction;
- for n = 4 and an even sum, Q - (S / 2)**2 must be a sum of three squares (Legendre);
- with bounds, n numbers whose squared deviations sum to f lie within sqrt(f (n - 1) / n) of their
  mean (Samuelson, doi:10.1080/01621459.1968.10480944). Where that interval respects the bounds
  they change nothing; elsewhere a search that cuts branches by the least and the greatest possible
  Q decides. It is complete, so a failure is a proof.

All functions take values counted from the lower bound: 0 … `span`; ``None`` is unbounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import isqrt
from typing import Any

Values = tuple[int, ...]
_State = tuple[int, int, int, int]
_Path = tuple[Any, ...]  # (value taken, path before it), empty at the root


def least(n: int, total: int) -> int:
    """Least sum of squares of n integers with this sum: the most even spread.

    >>> least(3, 4)
    6
    """
    low, rest = divmod(total, n)
    return n * low * low + rest * (2 * low + 1)


def most(n: int, total: int, span: int | None) -> int | None:
    """Greatest sum of squares of n integers in 0 … span with this sum; None without a bound.

    >>> most(3, 4, 3)
    10
    """
    if span is None:
        return None
    at_top, rest = divmod(total, span) if span else (0, 0)
    return at_top * span * span + rest * rest


def find(n: int, total: int, squares: range, span: int | None = None) -> int | None:
    """First sum of squares within `squares` (step 1) that n integers with this sum attain.

    >>> find(25, 222, range(2160, 2161)) is None, find(25, 222, range(2160, 2163))
    (False, 2160)
    """
    if span is not None and not 0 <= total <= n * span:
        return None
    first = max(squares.start, least(n, total))
    first += (first - total) % 2
    top = most(n, total, span)
    last = squares.stop - 1 if top is None else min(squares.stop - 1, top)
    return next((q for q in range(first, last + 1, 2) if attained(n, total, q, span)), None)


def attained(n: int, total: int, square: int, span: int | None = None) -> bool:
    """Whether n integers (in 0 … span) have exactly this sum and sum of squares."""
    if (square - total) % 2 or square < least(n, total):
        return False
    if span is None:
        return n > 4 or _unbounded(n, total, square) is not None
    return _inside(n, total, square, span) or _search(n, total, square, span) is not None


def witness(n: int, total: int, square: int, span: int | None = None) -> Values:
    """One sorted tuple of n integers with this sum and sum of squares.

    Raises
    ------
    ValueError
        When there is none (see `attained`).

    Examples
    --------
    >>> witness(4, 10, 30)
    (1, 2, 3, 4)
    """
    free = span is None or _within_samuelson(n, total, square, span)
    found = _unbounded(n, total, square) if free else _search(n, total, square, span or 0)
    if found is None:
        raise ValueError(f"no {n} integers have sum {total} and sum of squares {square}.")
    return tuple(sorted(found))


def _within_samuelson(n: int, total: int, square: int, span: int) -> bool:
    """Whether the bounds 0 and span cannot be broken by any solution."""
    scaled = (n - 1) * (n * square - total * total)
    return scaled <= total * total and scaled <= (n * span - total) ** 2 and total <= n * span


def _inside(n: int, total: int, square: int, span: int) -> bool:
    return _within_samuelson(n, total, square, span) and attained(n, total, square)


def _unbounded(n: int, total: int, square: int) -> Values | None:
    """A solution without bounds: take away values of the most even spread, then solve for four."""
    if (square - total) % 2 or square < least(n, total):
        return None
    taken: list[int] = []
    for left in range(n, 4, -1):
        value = total // left if left > 5 else _fifth(total, square)
        total, square = total - value, square - value * value
        taken.append(value)
    rest = {1: _one, 2: _two, 3: _three}.get(n, _four)(total, square)
    return None if rest is None else (*taken, *rest)


def _fifth(total: int, square: int) -> int:
    """A value that leaves four integers with an odd sum, or one of the most even spread."""
    near = round(total / 5) if abs(total) < 2**50 else total // 5
    odd_rest = [t for t in range(near - 2, near + 3) if (total - t) % 2]
    good = [t for t in odd_rest if 4 * (square - t * t) >= (total - t) ** 2]
    even_spread = [t for t in (total // 5, -(-total // 5)) if _four(total - t, square - t * t)]
    return (good or even_spread)[0]


def _one(total: int, square: int) -> Values | None:
    return (total,) if total * total == square else None


def _two(total: int, square: int) -> Values | None:
    gap = 2 * square - total * total
    root = isqrt(gap) if gap >= 0 else -1
    return ((total - root) // 2, (total + root) // 2) if root >= 0 and root * root == gap else None


def _three(total: int, square: int) -> Values | None:
    reach = isqrt(max(0, 2 * (3 * square - total * total)) // 9 + 1) + 1
    for value in range(total // 3 - reach, total // 3 + reach + 2):
        rest = _two(total - value, square - value * value)
        if rest is not None:
            return (value, *rest)
    return None


def _four(total: int, square: int) -> Values | None:
    """Four integers through 4Q - S**2 = x**2 + y**2 + z**2 with matching residues."""
    for x, y, z in _three_squares(4 * square - total * total):
        for signed in (z, -z):
            parts = (total + x + y + signed, total + x - y - signed)
            if not parts[0] % 4 and not parts[1] % 4:
                others = (total - x + y - signed, total - x - y + signed)
                return tuple(part // 4 for part in (*parts, *others))
    return None


def _three_squares(number: int) -> Iterator[tuple[int, int, int]]:
    """All x >= y >= z >= 0 whose squares sum to the number."""
    if number < 0:
        return
    for x in range(isqrt(number), -1, -1):
        left = number - x * x
        if left > 2 * x * x:
            return
        for y in range(min(x, isqrt(left)), -1, -1):
            z = isqrt(left - y * y)
            if z > y:
                break
            if z * z == left - y * y:
                yield x, y, z


@lru_cache(maxsize=65536)
def _search(n: int, total: int, square: int, span: int) -> Values | None:
    """Depth-first over (taken from the top, lower the top); cut by least and greatest squares."""
    stack: list[tuple[_State, _Path]] = [((n, total, square, span), ())]
    seen: set[_State] = set()
    while stack:
        state, path = stack.pop()
        if state in seen or not _possible(*state):
            continue
        seen.add(state)
        left, rest, squares, top = state
        if left <= 2 or least(left, rest) == squares:
            even = least(left, rest) == squares
            ready = even_spread(left, rest) if even else _two(rest, squares)
            if ready is not None and max(ready) <= top and min(ready) >= 0:
                return (*_unwind(path), *ready)
            continue
        if _within_samuelson(*state) and (free := _unbounded(left, rest, squares)) is not None:
            return (*_unwind(path), *free)
        stack.append(((left, rest, squares, top - 1), path))
        stack.append(((left - 1, rest - top, squares - top * top, top), (top, path)))
    return None


def _possible(n: int, total: int, square: int, span: int) -> bool:
    if n < 1 or span < 0 or not 0 <= total <= n * span:
        return False
    top = most(n, total, span)
    return top is not None and least(n, total) <= square <= top


def even_spread(n: int, total: int) -> Values:
    """The n integers with this sum that differ by at most 1."""
    low, rest = divmod(total, n)
    return (low,) * (n - rest) + (low + 1,) * rest


def _unwind(path: _Path) -> list[int]:
    taken: list[int] = []
    while path:
        value, path = path
        taken.append(value)
    return taken
