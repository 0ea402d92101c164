"""Tables for people: result frames become text once, then HTML and other formats.

>>> from esslib import tables
>>> table = tables.bivariate(frame, labels=labels, synthetic=True)  # doctest: +SKIP
>>> tables.write_html(table, "results/tables/bivariate.html")  # doctest: +SKIP
"""

from esslib.tables.audit import audit_summary, fidelity, findings
from esslib.tables.brief import counts, reliability, score_summary
from esslib.tables.page import Folded, as_gt, as_html, folded, write_html
from esslib.tables.predictors import bivariate, multivariate
from esslib.tables.printed import beside_printed
from esslib.tables.respondents import tableau_1
from esslib.tables.scores import comparison, items
from esslib.tables.text import TextTable

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
    "fidelity",
    "findings",
    "folded",
    "items",
    "multivariate",
    "reliability",
    "score_summary",
    "tableau_1",
    "write_html",
]
