"""Work on pieces of a large file by all processors, in functions that hold no lock of Python."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")
Found = TypeVar("Found")
PIECE = 1 << 24  # bytes that are worth a thread of their own


def side_by_side(
    function: Callable[[Piece], Found], pieces: Iterable[Piece], *, n_bytes: int
) -> list[Found]:
    """Return what the function finds in each piece, in their order.

    Parameters
    ----------
    function : callable
    pieces : iterable
    n_bytes : int
        Size of all pieces together; threads would cost small ones more than they give.

    Examples
    --------
    >>> side_by_side(len, ["a", "bc"], n_bytes=3)
    [1, 2]
    """
    if n_bytes <= PIECE:
        return list(map(function, pieces))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(threads.map(function, pieces))
