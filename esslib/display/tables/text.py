"""A result frame becomes text: its columns checked, its rows read, its cells set under headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.voice import Voice


def checked(frame: pd.DataFrame, columns: Iterable[str], *, table: str) -> pd.DataFrame:
    """Return the columns that a table shows, numbers as floats.

    Raises
    ------
    ValueError
        A column is missing; the message lists those that are there. So does every table.
    """
    wanted = list(columns)
    if absent := [column for column in wanted if column not in frame]:
        raise ValueError(
            f"{table}: the frame has no column {', '.join(map(repr, absent))}; "
            f"it has {', '.join(map(repr, frame.columns))}."
        )
    numbers = frame[wanted].select_dtypes("number").columns
    return frame[wanted].astype(dict.fromkeys(numbers, "float64"))


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def headed(voice: Voice, *keys: str) -> list[str]:
    """Return headings; those of intervals name their level."""
    return [voice.say(f"table_{key}", level=voice.level) for key in keys]


def text_table(
    voice: Voice,
    name: str,
    rows: Sequence[Sequence[str]],
    *,
    headings: Sequence[str],
    sections: Sequence[str] = (),
) -> TextTable:
    """Gather rows under their headings, with the caption and the notes of the table `name`.

    A table without rows says so in one.
    """
    shown = list(rows) or [[voice.say("table_no_row"), *[""] * (len(headings) - 1)]]
    return TextTable(
        name=name,
        caption=voice.say(f"table_{name}-caption"),
        cells=pd.DataFrame(shown, columns=list(headings), dtype="str"),
        sections=tuple(sections) if rows else (),
        notes=tuple(voice.say(f"table_{name}-note").split("\n")),
        mark=voice.mark,
        lang=voice.lang,
        page=voice.find("page-title"),
    )
