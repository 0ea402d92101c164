"""The findings as one page of HTML: a sentence each, and the printed tables with their cells marked.

The page needs nothing else: it opens from a disk, on a phone and on grey paper. Colours are doubled
by signs, and each sign leads to its finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from printed.consistency import UNSEEN
from printed.grids import TableGrid
from printed.messages import OWN
from printed.numerals import reprinted
from printed.proposal import Proposal, unread_lines

# From the best to the worst; a cell bears the worst that was found of it.
SIGNS = {"not_checked": "·", "consistent": "✓", "unread": "?", "needs": "!", "impossible": "✗"}
OPEN = ("impossible", "needs")
ASSUMED = "rounding_convention"  # what a table is taken for, no check of its numbers
TEMPLATE = Path(__file__).with_name("report_page.html")


@dataclass(frozen=True)
class _Mark:
    """What is known of a cell: its worst verdict, its findings, whether a number is unchecked."""

    verdict: str
    findings: tuple[int, ...] = ()
    is_partial: bool = False

    @property
    def sign(self) -> str:
        """A sign, with a second one where a check looked at some of the numbers only."""
        return SIGNS[self.verdict] + SIGNS["not_checked"] * self.is_partial


def page(proposal: Proposal, found: pd.DataFrame, *, name: str, lang: str = "en") -> str:
    """Write the page.

    Parameters
    ----------
    proposal
        What was read.
    found
        As `printed.consistency.audit` returns it for `proposal.rows`, in this language.
    name
        Of the file.
    """
    told = _Teller(lang, proposal)
    checks = found[found["check"] != ASSUMED]
    shown = _worst_first(checks)
    marks = _marks(proposal, checks, shown)
    counts = {"numbers": len(proposal.rows), "checks": len(checks)}
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        {key: escape(told.say(f"page-{key}")) for key in ("title", "findings", "tables")},
        lang=lang,
        summary=escape(told.say("page-file", file=name, **counts)),
        found=told.findings(shown),
        key="".join(told.key()),
        grids="\n".join(
            _table(grid, top, marks[grid.name])
            for grid, top in zip(proposal.grids, proposal.heads, strict=True)
        ),
        notes="\n".join(told.notes(found)),
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
    rows = proposal.rows.assign(
        grid=[_grid_of(name, marks) for name in proposal.rows["table"]],
        verdict=[worst.get(name, "not_checked") for name in proposal.rows["id"]],
    )
    for (grid, where), cell in rows.groupby(["grid", "where"], sort=False):
        verdict = max(cell["verdict"], key=[*SIGNS].index)
        both = sorted({n for name in cell["id"] for n in numbered.get(name, ())})
        is_partial = "not_checked" in {*cell["verdict"]} - {verdict}
        marks[str(grid)][place_of(str(where))] = _Mark(verdict, tuple(both), is_partial)
    for each in proposal.unread:
        marks[each.table].setdefault((each.row - 1, each.column - 1), _Mark("unread"))
    return marks


def _grid_of(table: str, grids: Mapping[str, object]) -> str:
    """Name of the grid of a table: `table_1` of `table_1_crude`."""
    return max((name for name in grids if table.startswith(name)), key=len)


def place_of(where: str) -> tuple[int, int]:
    """Row and column, from 0, of `R4C2`."""
    row, column = re.findall(r"\d+", where)[:2]
    return int(row) - 1, int(column) - 1


def _table(grid: TableGrid, top: int, marks: Mapping[tuple[int, int], _Mark]) -> str:
    lines = [_line(grid, y, y < top, marks) for y in range(len(grid.cells))]
    head, body = "".join(lines[:top]), "".join(lines[top:])
    caption = escape(grid.legend or grid.name).replace("\n", "<br>")
    parts = f"<caption>{caption}</caption><thead>{head}</thead><tbody>{body}</tbody>"
    return f'<div class="scroll" tabindex="0"><table>{parts}</table></div>'


def _line(grid: TableGrid, y: int, is_head: bool, marks: Mapping[tuple[int, int], _Mark]) -> str:
    cells = (
        _cell(text, "td" if x and not is_head else "th", _span(grid, y, x), marks.get((y, x)))
        for x, text in enumerate(grid.cells[y])
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
    sign = f'<span class="sign">{mark.sign}{links}</span>'
    return f'<{tag}{span} class="{mark.verdict}">{shown} {sign}</{tag}>'


class _Teller:
    """Says things in one language."""

    def __init__(self, lang: str, proposal: Proposal) -> None:
        self.lang, self.proposal = lang, proposal
        self.rows = {row["id"]: row for row in proposal.rows.to_dict("records")}

    def say(self, message: str, **facts: str | int) -> str:
        return OWN.say(message, lang=self.lang, **facts)

    def named(self, kind: str, code: str) -> str:
        return OWN.text(OWN.code(kind, code), lang=self.lang, labels=self.proposal.labels)

    def findings(self, shown: pd.DataFrame) -> str:
        """A list of sentences, each with its proof folded."""
        if shown.empty:
            return f"<p>{escape(self.say('page-no-finding'))}</p>"
        lines = [
            f'<li id="f{number}"><span class="sign">{SIGNS[row["verdict"]]}</span> {self.told(row)}</li>'
            for number, row in zip(shown.index, shown.to_dict("records"), strict=True)
        ]
        return f'<ol class="findings">{"".join(lines)}</ol>'

    def told(self, row: Mapping[Any, str]) -> str:
        """A sentence, its proof folded."""
        why = escape(self.say("page-proof", check=self.named("check", row["check"])))
        proof = f"<details><summary>{why}</summary><p>{escape(row['proof'])}</p></details>"
        return escape(self.sentence(row)) + (proof if row["proof"] else "")

    def sentence(self, row: Mapping[Any, str]) -> str:
        """Where, which numbers, and what is said of them; what would hold."""
        cells = [self.rows[each] for each in row["where"].split() if each in self.rows]
        kind = "unsettled" if row["verdict"] == "needs" and not row["readings"] else row["verdict"]
        facts = {
            "where": "; ".join(dict.fromkeys(map(self.place, cells))),
            "numbers": ", ".join(map(self.number, cells)),
            "readings": row["readings"],
        }
        sentence = self.say(f"found-{kind}", **facts)
        if not row["expected"] or kind == "not_checked":
            return sentence
        return self.say("found-expected", sentence=sentence, expected=row["expected"])

    def number(self, cell: Mapping[Any, str]) -> str:
        text = reprinted(cell["printed"], lang=self.lang)
        return f"{self.named('statistic', cell['statistic'])} {text}"

    def place(self, cell: Mapping[Any, str]) -> str:
        labels = self.proposal.labels
        row, group = (labels.get(cell[key], cell[key]) for key in ("row", "group"))
        return row + (f" ({group})" if cell["group"] not in ("", "all") else "")

    def key(self) -> Iterator[str]:
        for verdict, sign in reversed(SIGNS.items()):
            shown = f'<span class="{verdict}"><span class="sign">{sign}</span></span>'
            yield f"<li>{shown}{escape(self.say(f'sign-{verdict}'))}</li>"

    def notes(self, found: pd.DataFrame) -> Iterator[str]:
        """Yield what was not understood, what was not checked and why, and what was assumed."""
        yield self.listed("unread", map(escape, unread_lines(self.proposal, lang=self.lang)))
        is_open = found["verdict"].eq("not_checked") & found["check"].ne(UNSEEN)
        open_ = found[is_open].to_dict("records")
        yield self.listed("unchecked", [*map(self.told, open_), *self.overlooked(found)])
        chosen = found[found["check"] == ASSUMED].to_dict("records")
        rounded = (self.rounding(row) for row in chosen if row["where"])
        said = (self.say(f"page-{key}") for key in ("readings", "group"))
        yield self.listed("assumed", map(escape, [*rounded, *said]))

    def overlooked(self, found: pd.DataFrame) -> Iterator[str]:
        """Yield the numbers that no check looked at, a line for each row and group."""
        looked = {
            each
            for where in found.loc[~found["check"].isin([ASSUMED, UNSEEN]), "where"]
            for each in where.split()
        }
        left = [row for name, row in self.rows.items() if name not in looked]
        for place, cells in groupby((r for r in left if r["row"] != "population"), self.place):
            yield escape(f"{place}: {', '.join(map(self.number, cells))}")

    def rounding(self, row: Mapping[Any, str]) -> str:
        table = self.rows[row["where"].split()[0]]["table"]
        return self.say("page-rounding", table=table, rounding=row["expected"], met=row["proof"])

    def listed(self, title: str, lines: Iterable[str]) -> str:
        """A heading and its lines; nothing without lines."""
        items = "".join(f"<li>{line}</li>" for line in lines)
        return f"<h2>{escape(self.say(f'page-{title}'))}</h2><ul>{items}</ul>" if items else ""
