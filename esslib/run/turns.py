"""Who works next: of the steps that are ready, the one that most others wait for."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Iterator
from contextlib import contextmanager

BREATH_SECONDS = 0.05  # in which doit hears of a step's end and hands out what that has made ready


class Turns:
    """Lets a number of threads work at once; of those that wait, the most urgent goes first.

    doit starts what is ready in the order in which it became so, and a long chain of notebooks
    begun late leaves all cores but one idle at the end.

    Examples
    --------
    >>> turns = Turns(2)
    >>> with turns.wait(urgency=3):
    ...     pass
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: list[tuple[float, int]] = []
        self._changed = threading.Condition()

    @contextmanager
    def wait(self, urgency: float) -> Iterator[None]:
        """Wait for a turn, and hold it inside the block."""
        me = (-urgency, threading.get_ident())
        with self._changed:
            heapq.heappush(self._waiting, me)
            self._changed.wait_for(lambda: self._free and self._waiting[0] == me)
            heapq.heappop(self._waiting)
            self._free -= 1
            self._changed.notify_all()
        try:
            yield
        finally:
            threading.Timer(BREATH_SECONDS, self._release).start()

    def _release(self) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify_all()
