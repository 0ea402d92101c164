"""Rebuild one synthetic data set that meets a study's printed numbers as far as they allow.

Everything made here is synthetic: what the printed numbers do not fix is invention.
"""

from esslib.forensics.reconstruct.cohort import Reconstruction, Settings, reconstruct
from esslib.forensics.reconstruct.errors import NoSolution
from esslib.forensics.reconstruct.published_targets import published_targets
from esslib.forensics.reconstruct.targets import Targets

__all__ = [
    "NoSolution",
    "Reconstruction",
    "Settings",
    "Targets",
    "published_targets",
    "reconstruct",
]
