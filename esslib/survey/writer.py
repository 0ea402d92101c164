"""From answers as level codes to the file that a survey tool exports."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from esslib.survey.codebook import Codebook, records
from printed.files import write_atomically

BREAK = "|"
JOINED = " | "


def write_export(answers: pd.DataFrame, path: str | Path, codebook: Codebook) -> Path:
    """Write an export whole or not at all; the same answers give the same bytes.

    Parameters
    ----------
    answers
        One column per variable, several codes of one cell parted by "|"; missing where not
        answered.
    path
        CSV file: semicolons, UTF-8 with byte-order mark, lines ended by CR LF, as spreadsheets in
        French write it.
    codebook
        The questionnaire.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    ValueError
        An answer is no level of the codebook.
    """
    return write_atomically(path, _export_text(answers, codebook).encode("utf-8-sig"))


def _export_text(answers: pd.DataFrame, codebook: Codebook) -> str:
    """Return the rows of an export as text.

    Headings and answers are the codebook's French labels; several answers to a question stand in
    one cell, parted by " | ". Columns that are no variable of the codebook keep heading and text.
    """
    headings = dict(zip(codebook.variables["name"], codebook.variables["label_fr"], strict=True))
    columns = [_labelled(answers[name], codebook) for name in answers]
    text = io.StringIO(newline="")
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow([headings.get(str(name), str(name)) for name in answers])
    rows.writerows(zip(*columns, strict=True))
    return text.getvalue()


def _labelled(column: pd.Series, codebook: Codebook) -> list[str]:
    """Return the cells of a column as labels; no answer is an empty cell."""
    name, cells = str(column.name), column.astype("str").fillna("").tolist()
    if name not in codebook.names():
        return cells
    labels = {row["code"]: row["label_fr"] for row in records(codebook.levels_of(name))}
    if not labels:
        return cells
    unknown = sorted({code for cell in cells if cell for code in cell.split(BREAK)} - set(labels))
    if unknown:
        raise ValueError(
            f"column {name!r} holds {unknown}; levels.csv has {sorted(labels)} for it."
        )
    return [
        JOINED.join(labels[code] for code in cell.split(BREAK)) if cell else "" for cell in cells
    ]
