"""Tables for people: result frames become text once, then HTML and other formats.

>>> from esslib.display import tables
>>> table = tables.bivariate(frame, labels=labels, synthetic=True)  # doctest: +SKIP
>>> tables.write_html(table, "results/tables/bivariate.html")  # doctest: +SKIP
"""

from esslib.display.tables.audit import audit_summary, fidelity, findings
from esslib.display.tables.brief import counts, reliability, score_summary
from esslib.display.tables.effects import effect_sizes, robust_tests
from esslib.display.tables.page import Folded, as_gt, as_html, folded, write_html
from esslib.display.tables.predictors import bivariate, multivariate
from esslib.display.tables.printed import beside_printed
from esslib.display.tables.respondents import tableau_1
from esslib.display.tables.scores import comparison, items
from esslib.display.tables.text import TextTable

__all__ = [
    "Folded",
    "TextTable",
    "as_gt",
    "as_html",
    "audit_summary",
    "beside_printed",
    "bivariate",
    "comparison",
    "counts",
    "effect_sizes",
    "fidelity",
    "findings",
    "folded",
    "items",
    "multivariate",
    "reliability",
    "robust_tests",
    "score_summary",
    "tableau_1",
    "write_html",
]
