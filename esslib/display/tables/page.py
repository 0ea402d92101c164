"""A table whose cells are text, and its HTML: caption and headers, without script or request."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from printed.files import write_atomically

if TYPE_CHECKING:
    from great_tables import GT

SECTION = "__section__"
NARROW_COLUMNS = 7
WORDS = r"[^\W\d]{4}|^\D*[^\W\d]\D*$"  # a longer word, or letters without any digit
COMFORTABLE = 30  # characters on a line of a cell; a longer text gets a part of what it lacks
MARGIN = 4  # characters between columns, with what bold type takes
UPRIGHT = 110  # characters that fit side by side on an upright page

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


@dataclass(frozen=True, eq=False)
class TextTable:
    """A table that is ready to be shown; a notebook shows it as HTML.

    Attributes
    ----------
    name : str
        Identifier: name of the file, id of the HTML element.
    caption : str
        Title.
    cells : DataFrame
        Text. The column names are the headings; the first column names the row.
    sections : tuple of str
        Title of the block that each row belongs to; empty when the table has no blocks.
    notes : tuple of str
        Sentences below the table.
    mark : str
        Sentence that says that the data are synthetic, shown with the caption; or empty.
    lang : {"fr", "en"}
    page : str
        Heading of the page that holds nothing else; its caption where there is none.
    """

    name: str
    caption: str
    cells: pd.DataFrame
    sections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    mark: str = ""
    lang: str = "fr"
    page: str = ""

    def __repr__(self) -> str:
        return f"<Table {self.name}: {self.caption}>"

    def _repr_html_(self) -> str:
        return as_html(self)

    def blocks(self) -> list[tuple[str, list[list[str]]]]:
        """Return the rows in order, block by block, each block with its title."""
        found: dict[str, list[list[str]]] = {}
        for title, row in zip(self.sections or [""] * len(self.cells), self.rows(), strict=True):
            found.setdefault(title, []).append(row)
        return list(found.items())

    def rows(self) -> list[list[str]]:
        """Return the cells of each row, the row's name first."""
        return [list(row) for row in self.cells.itertuples(index=False)]

    def sides(self) -> list[str]:
        """Return the side each column is set to: words to the left, numbers to the right."""
        wordy = [self.cells[column].str.contains(WORDS).mean() > 0.5 for column in self.cells]
        return ["left", *("left" if each else "right" for each in wordy[1:])]

    def widths(self) -> list[int]:
        """Return the characters each column needs: its longest cell, or word of its heading."""
        longest = [
            MARGIN + max(map(len, [*cells, *str(heading).split(" ")]))
            for heading, cells in self.cells.items()
        ]
        return [min(width, COMFORTABLE + max(0, width - COMFORTABLE) // 4) for width in longest]

    @property
    def is_wide(self) -> bool:
        """Whether the columns need more than an upright page."""
        return sum(self.widths()) > UPRIGHT


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

    def __repr__(self) -> str:
        return f"<Folded: {self.summary}>"

    def _repr_html_(self) -> str:
        summary = f'<summary lang="{self.lang}">{escape(self.summary)}</summary>'
        return f"<details>{summary}\n{self.html}\n</details>"


def folded(table: TextTable, *, summary: str | None = None) -> Folded:
    """Fold a table away behind its caption, or behind another `summary`."""
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
    """Write a table as a page of its own, whole or not at all, and return the path."""
    title, heading = escape(table.caption), escape(table.page or table.caption)
    html = PAGE.format(lang=table.lang, title=title, heading=heading, table=as_html(table))
    return write_atomically(path, html)
