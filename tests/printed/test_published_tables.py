"""Whole published tables: rows that cannot be are found, and no other row is called so.

The verdicts in ``tests/reference/published_verdicts.csv`` were decided by hand, by interval arithmetic
on the printed digits; rows that it does not list are possible.
"""

from pathlib import Path

import pandas as pd
import pytest

from printed.consistency import audit
from printed.published import read_published

REFERENCE = Path(__file__).parents[1] / "reference"
ROWS = read_published(REFERENCE / "published_tables.csv")
DECIDED = pd.read_csv(REFERENCE / "published_verdicts.csv", dtype=str).set_index(
    ["table", "row", "group"]
)["verdict"]
TABLES = ROWS["table"].unique().tolist()


def found(table):
    """Verdicts of each row of a table, by row and group."""
    rows = ROWS[ROWS["table"] == table]
    places = dict(zip(rows["id"], zip(rows["row"], rows["group"], strict=True), strict=True))
    verdicts = {place: set() for place in places.values()}
    for finding in audit(rows.reset_index(drop=True)).to_dict("records"):
        for place in {places[name] for name in finding["where"].split()}:
            verdicts[place].add(finding["verdict"])
    return verdicts


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_published_tables_are_judged_rightly(table):
    verdicts = found(table)
    asked = {key[1:]: verdict for key, verdict in DECIDED.items() if key[0] == table}
    impossible = {place for place, said in verdicts.items() if "impossible" in said}
    assert impossible == {place for place, verdict in asked.items() if verdict == "impossible"}
    assert [p for p, v in asked.items() if v == "needs" and "needs" not in verdicts[p]] == []


def test_the_tables_are_many_and_have_sources():
    sources = (REFERENCE / "published_tables.md").read_text(encoding="utf-8")
    assert len(TABLES) >= 30
    assert [name for name in TABLES if f"`{name}`" not in sources] == []
    assert {*DECIDED.index.get_level_values("table")} < {*TABLES}
