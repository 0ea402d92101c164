"""Work on pieces of a large file by all processors, in functions that hold no lock of Python."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")
Found = TypeVar("Found")


def side_by_side(function: Callable[[Piece], Found], pieces: Iterable[Piece]) -> list[Found]:
    """Return what the function finds in each piece, in their order.

    Examples
    --------
    >>> side_by_side(len, ["a", "bc"])
    [1, 2]
    """
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(threads.map(function, pieces))
