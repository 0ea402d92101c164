"""The findings as one page of HTML: a sentence each, and the printed tables with their cells marked.

The page needs nothing else: it opens from a disk, on a phone and on grey paper. Colours are doubled
by signs, and each sign leads to its finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from printed.grids import TableGrid
from printed.messages import OWN
from printed.numerals import localised
from printed.proposal import Proposal, unread_lines

# From the best to the worst; a cell bears the worst that was found of it.
SIGNS = {"not_checked": "·", "consistent": "✓", "unread": "?", "needs": "!", "impossible": "✗"}
OPEN = ("impossible", "needs")
TEMPLATE = Path(__file__).with_name("report_page.html")


@dataclass(frozen=True)
class _Mark:
    """What is known of a cell: its worst verdict, and the numbers of its findings."""

    verdict: str
    findings: tuple[int, ...] = ()


def page(proposal: Proposal, found: pd.DataFrame, *, name: str, lang: str = "en") -> str:
    """Write the page.

    Parameters
    ----------
    proposal
        What was read; of typed rows `as_proposal` makes one.
    found
        As `printed.consistency.audit` returns it for `proposal.rows`, in this language.
    name
        Of the file.
    """
    told = _Teller(lang, proposal)
    shown = _worst_first(found)
    marks = _marks(proposal, found, shown)
    grids = (_table(grid, marks[grid.name]) for grid in proposal.grids)
    texts = {key: escape(told.say(f"page-{key}")) for key in ("title", "findings", "tables")}
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        lang=lang,
        title=texts["title"],
        findings_title=texts["findings"],
        tables_title=texts["tables"],
        summary=escape(told.say("page-file", file=name, numbers=len(proposal.rows))),
        findings=told.findings(shown),
        key="".join(told.key()),
        tables="\n".join(grids),
        unread=told.unread(),
        assumed=told.assumed(found),
    )


def _worst_first(found: pd.DataFrame) -> pd.DataFrame:
    """Findings that do not hold; their index, from 1, is their number on the page."""
    shown = found[found["verdict"].isin(OPEN)]
    ranked = shown.sort_values("verdict", key=lambda v: v.map(OPEN.index), kind="stable")
    return ranked.set_index(pd.RangeIndex(1, len(ranked) + 1))


def _marks(
    proposal: Proposal, found: pd.DataFrame, shown: pd.DataFrame
) -> dict[str, dict[tuple[int, int], _Mark]]:
    """The mark of each cell, by table and place."""
    verdicts = [
        (where, verdict) for where, verdict in zip(found["where"], found["verdict"], strict=True)
    ]
    numbered: dict[str, list[int]] = {}
    for number, where in zip(shown.index, shown["where"], strict=True):
        for each in where.split():
            numbered.setdefault(each, []).append(number)
    worst: dict[str, str] = {}
    for where, verdict in verdicts:
        for each in where.split():
            worst[each] = max(worst.get(each, "not_checked"), verdict, key=[*SIGNS].index)
    marks: dict[str, dict[tuple[int, int], _Mark]] = {grid.name: {} for grid in proposal.grids}
    for row in proposal.rows.to_dict("records"):
        table = _grid_of(row["table"], marks)
        y, x = place_of(row["where"])
        old = marks[table].get((y, x), _Mark("not_checked"))
        verdict = max(old.verdict, worst.get(row["id"], "not_checked"), key=[*SIGNS].index)
        both = sorted({*old.findings, *numbered.get(row["id"], ())})
        marks[table][y, x] = _Mark(verdict, tuple(both))
    for cell in proposal.unread:
        old = marks[cell.table].get((cell.row - 1, cell.column - 1), _Mark("unread"))
        worse = max(old.verdict, "unread", key=[*SIGNS].index)
        marks[cell.table][cell.row - 1, cell.column - 1] = _Mark(worse, old.findings)
    return marks


def _grid_of(table: str, grids: Mapping[str, object]) -> str:
    """Name of the grid of a table: `table_1` of `table_1_crude`."""
    return max((name for name in grids if table.startswith(name)), key=len)


def place_of(where: str) -> tuple[int, int]:
    """Row and column, from 0, of `R4C2`."""
    row, column = re.findall(r"\d+", where)[:2]
    return int(row) - 1, int(column) - 1


def _table(grid: TableGrid, marks: Mapping[tuple[int, int], _Mark]) -> str:
    first = min((y for y, x in marks if x), default=1)
    lines = [_line(grid, y, marks) for y in range(len(grid.cells))]
    head, body = "".join(lines[:first]), "".join(lines[first:])
    caption = escape(grid.legend or grid.name)
    parts = f"<caption>{caption}</caption><thead>{head}</thead><tbody>{body}</tbody>"
    return f'<div class="scroll" tabindex="0"><table>{parts}</table></div>'


def _line(grid: TableGrid, y: int, marks: Mapping[tuple[int, int], _Mark]) -> str:
    row = grid.cells[y]
    cells = (
        _cell(
            text,
            "th" if x == 0 or not any(mark[0] <= y for mark in marks) else "td",
            _span(grid, y, x),
            marks.get((y, x)),
        )
        for x, text in enumerate(row)
        if (y, x) not in grid.spread
    )
    return f"<tr>{''.join(cells)}</tr>"


def _span(grid: TableGrid, y: int, x: int) -> str:
    """How far a merged cell goes, as attributes."""
    width = height = 1
    while (y, x + width) in grid.spread and grid.cells[y][x + width] == grid.cells[y][x]:
        width += 1
    while (y + height, x) in grid.spread and grid.cells[y + height][x] == grid.cells[y][x]:
        height += 1
    return f' colspan="{width}"' * (width > 1) + f' rowspan="{height}"' * (height > 1)


def _cell(text: str, tag: str, span: str, mark: _Mark | None) -> str:
    indent = "\u2003" * min(len(text) - len(text.lstrip()), 3)
    shown = indent + escape(text.strip())
    if mark is None:
        return f"<{tag}{span}>{shown}</{tag}>"
    links = " ".join(f'<a href="#f{n}">{n}</a>' for n in mark.findings)
    sign = f'<span class="sign">{SIGNS[mark.verdict]}{links}</span>'
    return f'<{tag}{span} class="{mark.verdict}">{shown} {sign}</{tag}>'


class _Teller:
    """Says things in one language."""

    def __init__(self, lang: str, proposal: Proposal) -> None:
        self.lang, self.proposal = lang, proposal
        self.rows = {row["id"]: row for row in proposal.rows.to_dict("records")}

    def say(self, message: str, **facts: str | int) -> str:
        return OWN.say(message, lang=self.lang, **facts)

    def named(self, name: str) -> str:
        return self.proposal.labels.get(name, name)

    def findings(self, shown: pd.DataFrame) -> str:
        """A list of sentences, each with its proof folded."""
        if shown.empty:
            return f"<p>{escape(self.say('page-no-finding'))}</p>"
        lines = []
        for number, row in shown.to_dict("index").items():
            proof = (
                f"<summary>{escape(self.say('page-proof'))}</summary><p>{escape(row['proof'])}</p>"
            )
            folded = f"<details>{proof}</details>" if row["proof"] else ""
            sign = f'<span class="sign">{SIGNS[row["verdict"]]}</span>'
            sentence = f"{sign} {escape(self.sentence(row))}"
            lines.append(f'<li id="f{number}">{sentence}{folded}</li>')
        return f'<ol class="findings">{"".join(lines)}</ol>'

    def sentence(self, row: Mapping[Any, str]) -> str:
        """Where, which numbers, the verdict and the check; what would hold."""
        cells = [self.rows[each] for each in row["where"].split() if each in self.rows]
        places = dict.fromkeys(self.place(cell) for cell in cells)
        told = {
            "where": "; ".join(places),
            "numbers": localised(row["printed"], lang=self.lang),
            "verdict": OWN.text(OWN.code("verdict", row["verdict"]), lang=self.lang),
            "check": OWN.text(OWN.code("check", row["check"]), lang=self.lang),
            "expected": row["expected"],
        }
        return self.say("finding-expected" if row["expected"] else "finding", **told)

    def place(self, cell: Mapping[Any, str]) -> str:
        group = self.named(cell["group"])
        return self.named(cell["row"]) + (f" ({group})" if group not in ("", "all") else "")

    def key(self) -> Iterator[str]:
        for verdict, sign in reversed(SIGNS.items()):
            shown = f'<span class="{verdict}"><span class="sign">{sign}</span></span>'
            yield f"<li>{shown}{escape(self.say(f'sign-{verdict}'))}</li>"

    def unread(self) -> str:
        """Cells that were not understood, with why."""
        lines = [f"<li>{escape(line)}</li>" for line in unread_lines(self.proposal, lang=self.lang)]
        if not lines:
            return ""
        return f"<h2>{escape(self.say('page-unread'))}</h2><ul>{''.join(lines)}</ul>"

    def assumed(self, found: pd.DataFrame) -> str:
        """What the verdicts rest on."""
        return ""
