"""Tables as HTML: a real table element with caption and headers, without script or request."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from esslib.display.lang import read_words
from esslib.display.tables.files import write_whole
from esslib.display.tables.text import TextTable

if TYPE_CHECKING:
    from great_tables import GT

SECTION = "__section__"
NARROW_COLUMNS = 7

# Colours are those of the page around the table, so that it follows a dark theme.
STYLE = """\
#ID { overflow-x: auto; margin: 1em 0; color: inherit; container-type: inline-size; }
#ID table { border-collapse: collapse; margin: 0; width: auto; font-size: 0.95em;
  font-variant-numeric: tabular-nums; border-bottom: 2px solid currentColor; color: inherit; }
#ID caption { caption-side: top; text-align: left; font-weight: bold; padding: 0.4em 0;
  color: inherit; }
#ID caption span { display: block; position: sticky; left: 0; max-width: 100cqi; }
#ID caption .mark { font-weight: normal; font-style: italic; }
#ID tr { background: transparent; }
#ID th, #ID td { padding: 0.25em 0.45em; border: 0; text-align: right; vertical-align: top;
  font-weight: normal; white-space: normal; background: transparent; color: inherit; }
#ID th:first-child, #ID td:first-child { padding-left: 0.2em; }
#ID th:first-child, #ID td:first-child, #ID .gt_left { text-align: left; }
#ID thead th { font-weight: bold; vertical-align: bottom; border-top: 2px solid currentColor;
  border-bottom: 1px solid currentColor; }
#ID th.gt_group_heading { font-weight: bold; text-align: left; padding-top: 0.8em; }
#ID .gt_stub { min-width: 8em; }
#ID .notes { font-size: 0.85em; margin: 0.4em 0; max-width: 45em; color: inherit; }
#ID .wide { font-size: 0.85em; }
@media (max-width: 30em) {
  #ID table { font-size: 0.85em; }
  #ID th, #ID td { padding: 0.3em; }
}
@media print {
  #ID { overflow: visible; container-type: normal; }
  #ID table { font-size: 9pt; }
  #ID caption span { max-width: none; }
  #ID .notes { font-size: 8pt; }
  #ID .gt_stub { min-width: 11em; }
  #ID thead { display: table-header-group; }
  #ID tr { break-inside: avoid; }
  #ID .gt_group_heading_row, #ID caption { break-after: avoid; }
}"""

PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body style="font-family: sans-serif; margin: 1em; background: Canvas; color: CanvasText;">
<main>
<h1 style="font-size: 1.1em;">{heading}</h1>
{table}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Folded:
    """A part of a page behind its title; a notebook shows it as an element that opens on a click.

    Attributes
    ----------
    html : str
        What is folded away.
    summary : str
        What stands on the page meanwhile.
    lang : {"fr", "en"}
    """

    html: str
    summary: str
    lang: str = "fr"

    def _repr_html_(self) -> str:
        summary = f'<summary lang="{self.lang}">{escape(self.summary)}</summary>'
        return f"<details>{summary}\n{self.html}\n</details>"


def folded(table: TextTable, *, summary: str | None = None) -> Folded:
    """Fold a table away behind its caption, or behind another `summary`.

    Examples
    --------
    >>> folded(table)  # doctest: +SKIP
    """
    return Folded(as_html(table), summary or table.caption, table.lang)


def as_gt(table: TextTable) -> GT:
    """Return the rows and headings of a table as a great-tables object, to render or to restyle."""
    from great_tables import GT  # takes most of a second, so only when a table is rendered

    first, *others = table.cells.columns
    frame = pd.DataFrame(
        [[title, *row] for title, rows in table.blocks() for row in rows],
        columns=[SECTION, first, *others],
    )
    by = SECTION if table.sections else None
    shown = frame if by else frame.drop(columns=SECTION)
    gt = GT(shown, rowname_col=first, groupname_col=by, id=table.name, locale=table.lang)
    gt = gt.tab_stubhead(first)
    for column, side in zip(others, table.sides()[1:], strict=True):
        gt = gt.cols_align(side, columns=column)
    return gt


def as_html(table: TextTable) -> str:
    """Return a table as an HTML fragment that carries its own style.

    The element scrolls sideways where the page is too narrow. Labels and cells are escaped. The
    same table always gives the same text.
    """
    rendered = as_gt(table).as_raw_html()
    # great-tables makes the title a cell; only a caption is read out as the title
    body = rendered[rendered.index("<thead>") : rendered.index("</table>")]
    mark = f'<span class="mark">{escape(table.mark)}</span>' if table.mark else ""
    name = escape(table.name)
    role = f'role="region" tabindex="0" aria-labelledby="{name}-caption"'
    lines = [
        f'<div id="{name}" {role} lang="{table.lang}">',
        f"<style>\n{STYLE.replace('#ID', f'#{name}')}\n</style>",
        f'<table class="{"wide" if len(table.cells.columns) > NARROW_COLUMNS else "narrow"}">',
        f'<caption id="{name}-caption"><span>{escape(table.caption)}</span>{mark}</caption>',
        f"{body.strip()}\n</table>",
        *(f'<p class="notes">{escape(note)}</p>' for note in table.notes),
        "</div>",
    ]
    return "\n".join(lines)


def write_html(table: TextTable, path: str | Path) -> Path:
    """Write a table as a page of its own, whole or not at all, and return the path.

    Examples
    --------
    >>> write_html(table, "results/tables/tableau_1.html")  # doctest: +SKIP
    PosixPath('results/tables/tableau_1.html')
    """
    heading = escape(read_words(table.lang)["table_page"])
    html = PAGE.format(
        lang=table.lang, title=escape(table.caption), heading=heading, table=as_html(table)
    )
    return write_whole(html.encode("utf-8"), path)
