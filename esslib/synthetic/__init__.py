"""Rebuild one synthetic data set that meets a study's printed numbers as far as they allow.

Everything made here is synthetic: what the printed numbers do not fix is invention.
"""

from esslib.synthetic.cohort import Reconstruction, Settings, reconstruct
from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.published_targets import published_targets
from esslib.synthetic.targets import Targets

__all__ = [
    "NoSolution",
    "Reconstruction",
    "Settings",
    "Targets",
    "published_targets",
    "reconstruct",
]
