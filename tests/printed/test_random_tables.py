"""Random printed tables are read back exactly, or their cells are listed: never another number."""

import random

import pytest
from random_tables import Maker
from table_writer import write

from printed.phrasebook import plain
from printed.proposal import propose
from printed.table_files import read_grids


def wrong_cells(seed, folder):
    """What is read and not printed so, and what is neither read nor listed; cells read, cells."""
    made = Maker(random.Random(seed)).table()
    if not made.truth:
        return [], 0, 0
    path, above = write(folder, made.kind, made.rows, caption=made.caption)
    read = propose(read_grids(path))
    found, wrong = {}, []
    for row in read.rows.to_dict("records"):
        y, x = (int(part) - 1 for part in row["where"][1:].split("C"))
        if row["row"] == "population":
            continue
        found.setdefault((y - above, x), set()).add((row["statistic"], row["printed"]))
        group = made.groups.get(x)
        if group is not None and row["group"] not in (plain(group), "all"):
            wrong.append((seed, made.kind, y, x, "group", row["group"]))
        if (row["group"] == "all") != (group in (None, "Total", "Ensemble")) and row[
            "statistic"
        ] != "p_value":
            wrong.append((seed, made.kind, y, x, "all", row["group"]))
    listed = {(cell.row - 1 - above, cell.column - 1) for cell in read.unread}
    for place, numbers in found.items():
        if not numbers <= {*made.truth.get(place, ())}:
            wrong.append((seed, made.kind, place, numbers, made.truth.get(place)))
    for place, numbers in made.truth.items():
        if (
            place not in listed
            and found.get(place) != {*numbers}
            and not _is_reference(made, place)
        ):
            wrong.append((seed, made.kind, place, found.get(place), numbers, "not listed"))
    return wrong, len(found), len(made.truth)


def _is_reference(made, place):
    return made.rows[place[0]][place[1]].strip() in ("1", "1.0")


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_nothing_is_misread(first, tmp_path):
    counted = [wrong_cells(seed, tmp_path) for seed in range(first, first + 50)]
    assert [case for wrong, _, _ in counted for case in wrong] == []
    assert sum(n for _, n, _ in counted) > 0.6 * sum(n for _, _, n in counted)
