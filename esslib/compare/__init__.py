"""Compare a score between two independent groups.

The functions receive column names, or the values of two groups, and know nothing of the
questionnaire. Missing values are left out; every result is a plain frame, unrounded. A difference
is always first group minus second, so that a positive one means that the first scores higher.

`summarise` and `compare` make the published tables; the modules `effects` (effect sizes,
Brunner-Munzel, permutation), `robust` (several tests side by side) and `multiplicity` (adjusted
p-values) go deeper.
"""

from esslib.compare.groups import compare, summarise
from esslib.compare.samples import samples

__all__ = ["compare", "samples", "summarise"]
