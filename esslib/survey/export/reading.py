"""How an export was read: what became of the file, of every heading and of every text."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

COLUMNS = ("part", "variable", "heading", "method", "text", "level", "n")
PARTS = ("file", "heading", "answer", "left_out", "notice")
Row = dict[str, str | int | None]


def row(part: str, *, n: int | None = None, **cells: str) -> Row:
    """Return one row of a reading; cells that are not given are empty.

    Parameters
    ----------
    part : str
        One of `PARTS`. A "file" row tells a fact of the file (method "encoding", text "UTF-8"), a
        "heading" row which variable a heading was found to ask, a "left_out" row a heading that
        asks none, an "answer" row the level that was read in a text, a "notice" what to look at.
    n : int, optional
        How many cells.
    **cells : str
        variable, heading, method, text, level.

    Examples
    --------
    >>> row("file", method="encoding", text="UTF-8")["text"]
    'UTF-8'
    """
    if part not in PARTS:
        raise ValueError(f"part: {part!r} is unknown; use one of {PARTS}")
    return {**dict.fromkeys(COLUMNS, ""), "part": part, "n": n, **cells}


def as_reading(rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a table: columns `COLUMNS`, of text but n, an integer or missing.

    Examples
    --------
    >>> as_reading([row("left_out", heading="N°", n=8)])["n"].tolist()
    [8]
    """
    return pd.DataFrame(list(rows), columns=list(COLUMNS)).astype(
        dict.fromkeys(COLUMNS[:-1], "str") | {"n": "Int64"}
    )
