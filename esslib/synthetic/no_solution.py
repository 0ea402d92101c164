"""The one error of a reconstruction: printed numbers that no data set can have together."""

from __future__ import annotations

from collections.abc import Iterable


class NoSolution(ValueError):
    """No data set was found, or none can exist, that meets these targets together.

    Parameters
    ----------
    reason
        What was proved or tried, as the end of a sentence.
    targets
        Ids of the conflicting targets: the smallest set that was found.
    is_proof
        Whether `reason` shows that no data set can exist, rather than that none was found.

    Examples
    --------
    >>> NoSolution("the parts add up to 80.", targets=["users.n", "all.n"], is_proof=True).targets
    ('users.n', 'all.n')
    """

    def __init__(self, reason: str, *, targets: Iterable[str], is_proof: bool = False) -> None:
        self.reason, self.targets, self.is_proof = reason, tuple(targets), is_proof
        verdict = "cannot be met together" if is_proof else "were not met together"
        super().__init__(f"{', '.join(self.targets)} {verdict}: {reason}")
