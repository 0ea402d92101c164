"""How long the regression's covariates are searched: counts and temperatures, never time."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SearchPlan"]


@dataclass(frozen=True)
class SearchPlan:
    """The length of a search.

    Attributes
    ----------
    n_walks, n_blocks, n_proposals
        Walks side by side; blocks of one temperature; proposals in a block.
    hot, cold
        First and last temperature, in units of the coefficients; it falls geometrically.
    n_exchanges
        Exchanges that are combined by fours.
    n_generations, n_beam, n_kept
        Generations of data sets; data sets in each; children of one that may go on.
    """

    n_walks: int = 4
    n_blocks: int = 150
    n_proposals: int = 500_000
    hot: float = 0.03
    cold: float = 0.006
    n_exchanges: int = 1600
    n_generations: int = 16
    n_beam: int = 24
    n_kept: int = 3

    @property
    def n_steps(self) -> int:
        """Steps of a progress bar."""
        return self.n_blocks + self.n_beam * self.n_generations

    def temperature(self, block: int) -> float:
        """Return the temperature of a block."""
        return float(self.hot * (self.cold / self.hot) ** (block / max(self.n_blocks - 1, 1)))
