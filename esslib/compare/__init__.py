"""Compare a score between two independent groups.

The functions receive column names, or the values of two groups, and know nothing of the
questionnaire. Missing values are left out; every result is a plain frame, unrounded. A difference
is always first group minus second, so that a positive one means that the first scores higher.
"""

from esslib.compare.effects import brunner_munzel, effect_sizes, permutation_tests
from esslib.compare.groups import compare, summarise
from esslib.compare.multiplicity import adjust_p
from esslib.compare.samples import samples

__all__ = [
    "adjust_p",
    "brunner_munzel",
    "compare",
    "effect_sizes",
    "permutation_tests",
    "samples",
    "summarise",
]
