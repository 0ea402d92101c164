"""One printed table, read row by row: what each number is, and what was not understood.

What a cell means is what its row, its section, its column or the legend declare, in this order. A
cell that none of them explains, or that fits several readings, is listed and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from printed.arrangement import Layout, PrintedColumn
from printed.assigned import CANDIDATES, Assigned, all_fits, ambiguous, fitted, without_size
from printed.headline import ESTIMATES, Declared, declared
from printed.messages import InputError, Message, Name, say
from printed.pasted import is_torn
from printed.phrasebook import plain
from printed.published import statistics, within
from printed.shapes import Figure, Shape, Unclear, is_blank, is_not_significant, shape

RESERVED = ("population", "response_rate", "alpha")


@dataclass(frozen=True)
class Unread:
    """A cell that was not understood: its table, place (from 1), text, and why."""

    table: str
    row: int
    column: int
    text: str
    why: Message


class _Line(NamedTuple):
    """A row of a table: its name, what it declares, and the section that it stands in."""

    name: str
    says: Declared
    section: Declared
    is_inside: bool
    sizes: dict[int, str]


class TableReader:
    """Reads one table."""

    def __init__(self, layout: Layout) -> None:
        self.at, self.grid = layout, layout.grid
        self.legend = declared(layout.legend, is_legend=True)
        self.rows: list[dict[str, str]] = []
        self.unread: list[Unread] = []
        self.labels: dict[str, str] = {}
        self.sections: list[tuple[int, str, Declared]] = []
        self.sizes: dict[int, str] = {}
        self.names: dict[str, int] = {}
        self.groups: dict[tuple[str, str], str] = {}

    def read(self) -> None:
        """Read sizes from headings, then row by row."""
        for x, column in self.at.columns.items():
            self._size(column, column.says.n, self.at.top - 1, x)
        if not self.groups and self.legend.n and not self.at.is_torn:
            self._size(PrintedColumn("", self.legend, "all"), self.legend.n, 0, 0)
        for y in range(self.at.top, len(self.grid.cells)):
            self._row(y)

    def kept(self) -> Iterator[dict[str, str]]:
        """Rows whose place is theirs alone; numbers that claim one place are all unread."""
        places: dict[tuple[str, ...], list[dict[str, str]]] = {}
        for row in self.rows:
            key = tuple(row[name] for name in ("table", "row", "group", "statistic"))
            places.setdefault(key, []).append(row)
        for found in places.values():
            if len(found) == 1:
                yield found[0]
                continue
            for row in found:
                y, x = (int(part) - 1 for part in re.findall(r"\d+", row["where"]))
                if not any((c.row, c.column) == (y + 1, x + 1) for c in self.unread):
                    self._refuse(y, x, say("same-place"))

    def _size(self, column: PrintedColumn, n: str, y: int, x: int) -> None:
        key = self._table(column), column.group
        if n and column.group and self.groups.setdefault(key, n) == n and key[1]:
            if not any(r["table"] == key[0] and r["group"] == key[1] for r in self._populations()):
                self._add(y, x, column, "population", "n", n)
        elif n:
            self._refuse(y, x, say("same-place"))

    def _populations(self) -> Iterator[dict[str, str]]:
        return (row for row in self.rows if row["row"] == "population")

    def _row(self, y: int) -> None:
        values = {x: text for x in self.at.columns if (text := self.at.own(y, x))}
        label, indent = self._label(y)
        if is_torn(label):
            self._refuse(y, 0, say("torn-line"))
        if is_torn(label) or (not label and not values):
            return
        says = declared(label)
        is_heading = all(self._is_p(x) for x in values)
        line = self._line(y, label, says, indent)
        if says.readings == (("n",),) and not says.rest and values:
            self._sizes(y, values)
        elif label:
            for x, text in values.items():
                self._cell(y, x, text, line)
        else:
            for x in values:
                self._refuse(y, x, say("no-label"))
        if is_heading and label and self.at.left == 1:
            self._open(indent, line.name, says)

    def _label(self, y: int) -> tuple[str, int]:
        """Text of the last label of a row, and its indent; earlier label columns are sections."""
        texts = [self.grid.cells[y][x] for x in range(self.at.left)]
        if self.at.left > 1:
            if texts[0].strip():
                self.sections = [(-1, self._named(texts[0]), declared(texts[0]))]
            own = " ".join(text.strip() for text in texts[1:] if text.strip())
            if own:
                return own, 0
            self.sections = []
        return texts[0].strip(), len(texts[0]) - len(texts[0].lstrip())

    def _open(self, indent: int, name: str, says: Declared) -> None:
        self.sections = [s for s in self.sections if self.at.uses_indents and s[0] < indent]
        self.sections.append((indent, name, says))
        self.sizes = {}

    def _line(self, y: int, label: str, says: Declared, indent: int) -> _Line:
        if self.at.uses_indents:
            self.sections = [s for s in self.sections if s[0] < indent]
        is_inside = bool(self.sections) and (self.at.uses_indents or self.at.left > 1)
        above = self.sections[-1] if self.sections else None
        section = above[2] if above else Declared()
        if above and says.readings and not says.rest:
            return _Line(above[1], says, section, is_inside, self.sizes)
        own = self._named((says.rest if says.readings else "") or label) or f"row_{y + 1}"
        joint = "." if is_inside else "-"
        name = f"{above[1]}{joint}{own}" if above else own
        if name in RESERVED or self.names.setdefault(name, y) != y:
            name = f"{name}_r{y + 1}"
        self.labels[name] = f"{self.labels.get(above[1], '')}: {label}" if above else label
        return _Line(name, says, section, is_inside, {} if says.rest else self.sizes)

    def _named(self, text: str) -> str:
        name = plain(text).replace(".", "-")
        self.labels[name] = re.sub(r"\^\S+|[*†‡§¶]+", "", text).strip()
        return name

    def _is_p(self, x: int) -> bool:
        return self.at.columns[x].says.readings == (("p_value",),)

    def _sizes(self, y: int, values: dict[int, str]) -> None:
        """A row `n`: sizes of the groups, or within a section of its own rows."""
        for x, text in values.items():
            column = self.at.columns[x]
            try:
                found = fitted(shape(text, self.at.mark), ("n",))
            except Unclear:
                found = None
            if found is None or not column.group:
                self._refuse(y, x, say("no-reading"))
            elif self.sections:
                self.sizes[x] = found[0][1].text
            else:
                self._size(column, found[0][1].text, y, x)

    def _cell(self, y: int, x: int, text: str, line: _Line) -> None:
        if is_blank(text):
            return
        try:
            found, own = self._numbers(self.at.columns[x], text, line, line.sizes.get(x, ""))
        except InputError as error:
            self._refuse(y, x, error.message)
            return
        for statistic, number in found:
            self._add(y, x, self.at.columns[x], line.name, statistic, number.text, n=own)

    def _numbers(
        self, column: PrintedColumn, text: str, line: _Line, n: str
    ) -> tuple[Assigned, str]:
        """Numbers of a cell with their statistics, and how many people they are of, if told."""
        if self.at.is_torn or (not column.group and len(self.at.columns) > 1):
            raise InputError(say("no-heading"))
        if column.is_doubtful:
            raise InputError(say("which-estimate"))
        if is_not_significant(text):
            raise InputError(say("not-significant-only"))
        try:
            form = shape(text, self.at.mark)
        except Unclear as error:
            raise InputError(say("no-number")) from error
        form, own = without_size(form, form.of or n)
        if line.says.n and not own and column.group != "all":
            raise InputError(say("size-of-row", n=line.says.n))
        found = self._reading(form, column, line)
        is_ratio = any(name.endswith("_ratio") for name, _ in found)
        if is_ratio and re.fullmatch(r"1(\.0+)?", found[0][1].text) and len(found) == 1:
            return [], ""  # the category of reference
        for name, number in found:
            if name not in statistics().index:
                raise InputError(say("no-check-of", statistic=Name(name)))
            within({"statistic": name, "printed": number.text}, is_ratio)
        return found, own or line.says.n

    def _reading(self, form: Shape, column: PrintedColumn, line: _Line) -> Assigned:
        """Numbers with their statistics, by the first source that explains them."""
        told = declared(form.told)
        if form.told and not (told.readings or told.n):
            raise InputError(say("no-reading"))
        sources = [line.says.readings, line.section.readings if line.is_inside else ()]
        sources += [column.says.readings]
        above = () if line.is_inside else line.section.readings  # ends nobody knows where
        unsure = all_fits(form, told, above)
        borne_out = [found for found in unsure.values() if self._is_borne_out(found, column)]
        legend = all_fits(form, told, self.legend.readings)
        choices = [all_fits(form, told, readings) for readings in sources]
        choices.append(unsure if borne_out and len(unsure) == 1 else {})
        choices.append({**unsure, **legend} if legend else {})
        for fits in choices:
            if len(fits) > 1:
                raise InputError(ambiguous(fits))
            if fits:
                return next(iter(fits.values()))
        if any("percent" not in reading for readings in sources for reading in readings):
            raise InputError(say("no-reading"))
        return _by_form(form, told)

    def _is_borne_out(self, found: Assigned, column: PrintedColumn) -> bool:
        """Whether count and percent fit the group: nothing tells where an unindented section ends."""
        numbers = dict(found)
        size = self.groups.get((self._table(column), column.group), "")
        if "percent" not in numbers or numbers["percent"].is_percent:
            return "percent" in numbers
        if "n" not in numbers or not size or not int(size):
            return False
        share, shown = Fraction(100 * int(numbers["n"].text), int(size)), numbers["percent"].text
        decimals = len(shown.partition(".")[2])  # mean and SD would have as many each
        return decimals > 0 and abs(share - Fraction(shown)) < Fraction(1, 10**decimals)

    def _table(self, column: PrintedColumn) -> str:
        return f"{self.grid.name}_{column.block}" if column.block else self.grid.name

    def _add(
        self,
        y: int,
        x: int,
        column: PrintedColumn,
        row: str,
        statistic: str,
        text: str,
        n: str = "",
    ) -> None:
        place = f"R{y + 1}C{x + 1}"
        level = column.says.level or self.legend.level
        is_estimate = statistic in ESTIMATES
        told = {
            "n": n,
            "level": level if is_estimate else "",
            "adjusted": (column.says.adjusted or self.legend.adjusted) if is_estimate else "",
        }
        self.labels[column.group] = column.says.rest or column.group
        self.rows.append(
            {
                "id": f"{self._table(column)}.{place}.{row}.{statistic}",
                "where": place,
                "table": self._table(column),
                "row": row,
                "column": column.heading,
                "group": column.group,
                "statistic": statistic,
                "printed": text,
                **told,
            }
        )

    def _refuse(self, y: int, x: int, why: Message) -> None:
        self.unread.append(Unread(self.grid.name, y + 1, x + 1, self.grid.cells[y][x].strip(), why))


def _by_form(form: Shape, told: Declared) -> Assigned:
    """Read `12 (34%)` for what it is; whatever else has no heading has several readings."""
    is_share = [isinstance(slot, Figure) and slot.is_percent for slot in form.slots]
    for reading in (("n", "percent"), ("percent", "n"), ("percent",)):
        found = fitted(form, reading)
        if found and is_share == [name == "percent" for name in reading]:
            return found
    fits = all_fits(form, told, CANDIDATES)
    raise InputError(ambiguous(fits) if fits else say("no-reading"))
