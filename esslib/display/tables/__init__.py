"""Tables for people: ``tables.x(*frames, voice)`` makes text of result frames, for every format.

In a notebook, ``study.show(tables.x, *frames)`` writes the table in each format and shows it.
"""

from esslib.display.tables.answered import characteristics, counts, reidentification, texts_read
from esslib.display.tables.audited import audit_summary, beside_printed, fidelity, findings
from esslib.display.tables.compared import comparison, difference_sizes, retests, score_summary
from esslib.display.tables.guidelines import reporting_checklist, reporting_counts
from esslib.display.tables.itemwise import (
    floor_ceiling,
    item_differences,
    items,
    items_by_class,
    known_groups,
    ranges,
    reliability_statistics,
)
from esslib.display.tables.many_cohorts import cohorts, cohorts_failed, cohorts_pooled
from esslib.display.tables.odds import (
    association,
    association_checks,
    either_definition,
    model_trust,
)
from esslib.display.tables.page import Folded, TextTable, as_gt, as_html, folded, write_html
from esslib.display.tables.protocol import sample_sizes
from esslib.display.tables.reconstructed import attainable, families, readings, targets
from esslib.display.tables.robustness import deciding_choices, shares_by_choice

__all__ = [
    "Folded",
    "TextTable",
    "as_gt",
    "as_html",
    "association",
    "association_checks",
    "attainable",
    "audit_summary",
    "beside_printed",
    "characteristics",
    "cohorts",
    "cohorts_failed",
    "cohorts_pooled",
    "comparison",
    "counts",
    "deciding_choices",
    "difference_sizes",
    "either_definition",
    "families",
    "fidelity",
    "findings",
    "floor_ceiling",
    "folded",
    "item_differences",
    "items",
    "items_by_class",
    "known_groups",
    "model_trust",
    "ranges",
    "readings",
    "reidentification",
    "reliability_statistics",
    "reporting_checklist",
    "reporting_counts",
    "retests",
    "sample_sizes",
    "score_summary",
    "shares_by_choice",
    "targets",
    "texts_read",
    "write_html",
]
