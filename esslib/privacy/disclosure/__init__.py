"""Disclosure control: what of a real cohort may be shown, so that nobody in it can be found.

`decide` looks at the respondents once and returns `Rules`; every frame then passes `release`, the
one door, before it is saved or shown. A table that has no rule does not pass.

What is promised: from all released tables, figures and sentences together, no count of 1 to
`min_count` - 1 respondents (nor one that leaves out so few) can be worked out, for any answer
that is counted, among all, in a group or in a class of tools. The reason is that nothing is
released in part. An answer is counted among groups, and groups within others; the counts of one
question are shown in a table only if *every* count that can be had from them by subtraction, in
combination with whatever else is shown of that question, is 0 or at least `min_count`. Unanswered
counts as an answer. Else all counts of that question are withheld from that table, and with them
the statistics that would give them back. As counts of different questions share nothing but the
sizes of the groups, which are checked first, nothing can be had by comparing tables.

Statistics of numbers follow the usual thresholds for checking outputs: a mean or standard
deviation needs `min_count` people, a median or a test twice and a quartile or a Shapiro-Wilk test
four times as many; extremes are never shown, and figures with a point per respondent show means of
`min_count` neighbours. What several answers of the same people enter (item-rest correlations,
alphas, components) needs four times `min_count` of them. All are written with three digits; mean
and SD of few people with fewer, so that a thousand sets of scores print the same (`coarse`).
Of what is withheld nothing else is said: no p, no share, no reason; p-values are adjusted over
those that are shown. A column that no rule decides on is refused (`gate`).

A zero is shown: it says of nobody what they answered. It does say that *all* others answered
otherwise. What runs with other parameters show is not taken into account: choose one to publish.

References
----------
Hundepool et al. (2012) Statistical Disclosure Control, doi:10.1002/9781118348239; Domingo-Ferrer
& Mateo-Sanz (2002) doi:10.1109/69.979982 (microaggregation).
"""

from esslib.privacy.disclosure.decide import Rules, check_min_count, decide, with_scores
from esslib.privacy.disclosure.doors import NEEDS_SCORES, PUBLIC
from esslib.privacy.disclosure.gate import DisclosureError, release
from esslib.privacy.disclosure.risk import risk

__all__ = [
    "NEEDS_SCORES",
    "PUBLIC",
    "DisclosureError",
    "Rules",
    "check_min_count",
    "decide",
    "release",
    "risk",
    "with_scores",
]
