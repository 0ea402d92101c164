"""firthmodels without its compiled backend, which takes longer to compile than these fits.

Where something else has loaded numba all the same, `BACKEND` keeps a result's last digits.
"""

from typing import Final

from esslib.lean import hidden

with hidden("numba"):
    from firthmodels import FirthLogisticRegression, detect_separation

BACKEND: Final = "numpy"

__all__ = ["BACKEND", "FirthLogisticRegression", "detect_separation"]
