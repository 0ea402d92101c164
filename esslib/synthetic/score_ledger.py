"""Score totals that follow single changes of answers at once, item medians included.

Integers only (half points), so that totals are exact and alike on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from esslib.synthetic.scores import NOT_APPLICABLE

__all__ = ["Ledger"]


class Ledger:
    """Half points of every pool's members, kept up to date while single answers change.

    Parameters
    ----------
    answers
        One row per respondent, one column per item; 0 is "not applicable". Copied.
    pools
        The respondents (row numbers) of each pool; each gives its own item medians.
    low, high
        Range of the answers.
    """

    def __init__(
        self, answers: np.ndarray, pools: Sequence[Sequence[int]], *, low: int, high: int
    ) -> None:
        self.answers: list[list[int]] = answers.tolist()
        self.low, self.high = low, high
        self.pools_of: list[list[int]] = [[] for _ in self.answers]
        self.totals: list[dict[int, int]] = []
        self._counts: list[list[list[int]]] = []
        self._medians: list[list[int]] = []
        self._absent: list[list[set[int]]] = []
        for pool in pools:
            self._open(pool)

    def _open(self, pool: Sequence[int]) -> None:
        columns = list(zip(*(self.answers[i] for i in pool), strict=True))
        counts = [[column.count(k) for k in range(self.high + 1)] for column in columns]
        medians = [self._median(each) for each in counts]
        for i in pool:
            self.pools_of[i].append(len(self.totals))
        self.totals.append(
            {
                i: sum(2 * x or m for x, m in zip(self.answers[i], medians, strict=True))
                for i in pool
            }
        )
        absent = [{i for i in pool if not self.answers[i][j]} for j in range(len(columns))]
        self._counts.append(counts)
        self._medians.append(medians)
        self._absent.append(absent)

    def _median(self, counts: list[int]) -> int:
        """Twice the median of the answers counted, N/A apart; twice the mid-range if none."""
        n = sum(counts) - counts[NOT_APPLICABLE]
        if not n:
            return self.low + self.high
        twice, seen, below = 0, 0, (n - 1) // 2
        for value in range(self.low, self.high + 1):
            before, seen = seen, seen + counts[value]
            twice += value * ((before <= below < seen) + (before <= n // 2 < seen))
        return twice

    def change(self, person: int, item: int, answer: int) -> None:
        """Give `person` another answer to `item`, and all totals what follows from it."""
        old = self.answers[person][item]
        self.answers[person][item] = answer
        for pool in self.pools_of[person]:
            counts, absent = self._counts[pool][item], self._absent[pool][item]
            counts[old] -= 1
            counts[answer] += 1
            before, after = self._medians[pool][item], self._median(counts)
            totals = self.totals[pool]
            absent.discard(person)
            if after != before:
                self._medians[pool][item] = after
                for other in absent:
                    totals[other] += after - before
            if not answer:
                absent.add(person)
            totals[person] += (2 * answer or after) - (2 * old or before)
