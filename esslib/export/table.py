"""From a file to a table of text: encodings, separators, spreadsheets."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from esslib.export.errors import ExportError

ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = ";,\t"


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV or XLSX file as trimmed text, nothing interpreted.

    Raises
    ------
    ExportError
        No such file, an unknown encoding, or no rows.
    """
    if not path.exists():
        raise ExportError(f"no file {path}: give the path of the survey tool's export")
    if path.suffix.lower() == ".xlsx":
        table = pd.read_excel(path, dtype=str, keep_default_na=False, na_filter=False)
    else:
        text = _decode_bytes(path)
        table = pd.read_csv(
            io.StringIO(text),
            sep=_delimiter(text),
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            engine="c",
        )
    if table.empty:
        raise ExportError(f"{path.name} holds no responses: headings and at least one row expected")
    return table.apply(_trim)


def _decode_bytes(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ExportError(f"{path.name} is neither UTF-8 nor Windows-1252 text: save it as UTF-8 CSV")


def _delimiter(text: str) -> str:
    head = text[: text.find("\n")]
    counts = {sign: sum(1 for _ in next(csv.reader([head], delimiter=sign))) for sign in DELIMITERS}
    return max(counts, key=lambda sign: counts[sign])


def _trim(column: pd.Series) -> pd.Series:
    return column.astype("str").str.replace("[\xa0\u202f]", " ", regex=True).str.strip()
