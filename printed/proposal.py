"""From printed tables to rows that can be checked: what each number is, and what was not understood.

What a cell means is what its row, its section, its column or the legend declare, in this order. A
cell that none of them explains, or that fits several readings, is listed and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from printed.arrangement import lay_out
from printed.grids import TableGrid
from printed.messages import OWN
from printed.published import COLUMNS, REQUIRED, read_published
from printed.table_files import decoded, read_grids
from printed.table_reader import TableReader, Unread

RESERVED = ("population", "response_rate", "alpha")


@dataclass(frozen=True, eq=False)
class Proposal:
    """What was read: the grids, rows as `printed.published.COLUMNS`, cells not understood.

    `heads` counts the rows of each grid above its data; `labels` holds the words of the table for
    the names in `rows`; `is_table` is false for typed rows.
    """

    grids: tuple[TableGrid, ...]
    rows: pd.DataFrame
    unread: tuple[Unread, ...]
    heads: tuple[int, ...]
    labels: dict[str, str] = field(default_factory=dict)
    is_table: bool = True


def propose(grids: Sequence[TableGrid], *, legend: str = "", mark: str = "") -> Proposal:
    """Read every table.

    Parameters
    ----------
    grids
        As `printed.table_files.read_grids` returns them.
    legend
        What the cells are where the tables do not say it, as a caption would: `mean (SD)`.
    mark
        The decimal sign, `.` or `,`, where the numbers do not show it.
    """
    readers = [TableReader(lay_out(grid, legend=legend, mark=mark)) for grid in grids]
    for reader in readers:
        reader.read()
    rows = [row for reader in readers for row in reader.kept()]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str").fillna("")
    unread = (cell for reader in readers for cell in sorted(reader.unread, key=_place))
    labels = {name: text for reader in readers for name, text in reader.labels.items()}
    tops = tuple(reader.at.top for reader in readers)
    return Proposal(tuple(grids), frame, tuple(unread), heads=tops, labels=labels)


def open_numbers(path: Path, *, legend: str = "", mark: str = "") -> Proposal:
    """Read typed rows, or printed tables: whatever a file holds.

    Raises
    ------
    ValueError
        As `printed.published.read_published` and `printed.table_files.read_grids`.
    """
    heading = decoded(path.read_bytes()[:2000]).partition("\n")[0]
    if len({*REQUIRED} & {*re.split(r"[,;\t]", heading.strip())}) > 1:
        return as_proposal(read_published(path))
    return propose(read_grids(path), legend=legend, mark=mark)


def as_proposal(rows: pd.DataFrame) -> Proposal:
    """Draw typed rows as tables: a line for each `row`, a column for each group and statistic."""
    grids, places = list[TableGrid](), dict[Any, str]()
    for name, table in rows.groupby("table", sort=False):
        lines = table["row"].drop_duplicates().tolist()
        heads = list(dict.fromkeys(zip(table["group"], table["statistic"], strict=True)))
        cells = [[line, *("" for _ in heads)] for line in ["", *lines]]
        cells[0][1:] = [
            ", ".join(part for part in head if part not in ("", "all")) for head in heads
        ]
        for at, row in table.iterrows():
            y, x = lines.index(row["row"]) + 1, heads.index((row["group"], row["statistic"])) + 1
            cells[y][x], places[at] = row["printed"], f"R{y + 1}C{x + 1}"
        grids.append(TableGrid(str(name), str(name), tuple(map(tuple, cells))))
    frame = rows.assign(where=[places[at] for at in rows.index])
    return Proposal(tuple(grids), frame, (), heads=(1,) * len(grids), is_table=False)


def unread_lines(proposal: Proposal, *, lang: str = "en") -> list[str]:
    """Say of each cell that was not understood where it stands, its text, and why."""
    return [
        OWN.say(
            "cell",
            lang=lang,
            table=cell.table,
            row=cell.row,
            column=cell.column,
            text=cell.text,
            why=OWN.text(cell.why, lang=lang),
        )
        for cell in proposal.unread
    ]


def _place(cell: Unread) -> tuple[int, int]:
    return cell.row, cell.column
