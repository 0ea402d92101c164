"""From a file to a table of text: headings, rows, distinct texts."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from esslib.survey.export.delimited import read_delimited
from esslib.survey.export.errors import ExportError
from esslib.survey.export.limits import refuse_beyond
from esslib.survey.export.spreadsheet import SIGNATURE, read_sheet
from esslib.survey.export.threads import side_by_side

MAPPED = 1 << 28  # copying more bytes takes as long as looking at them
# A column with more distinct texts, in number and per cell, holds numbers, dates or prose.
MOST_TEXTS, MOST_PER_CELL = 1 << 16, 1 / 2


class Coded(NamedTuple):
    """A column as the places of its cells among its distinct texts."""

    places: NDArray[np.integer]
    texts: pa.Array


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV or XLSX file as trimmed text, nothing interpreted.

    Returns
    -------
    DataFrame of text
        Columns are the headings, as often as they stand in the file, each with its distinct texts
        as categories, or as plain text where most cells differ; the index "row" is the row number
        that a spreadsheet shows. Blank rows and wholly blank columns are left out.

    Raises
    ------
    ExportError
        No such file, neither CSV nor XLSX, rows of unequal length, no responses, or more of
        anything than `limits.LIMITS` allows.
    """
    try:
        size = path.stat().st_size
        refuse_beyond("bytes", size, name=path.name)
        large = size > MAPPED
        data = pa.memory_map(str(path)).read_buffer() if large else pa.py_buffer(path.read_bytes())
    except OSError as error:
        raise ExportError(
            f"cannot read {path} ({error.strerror}): give the path of the survey tool's export"
        ) from None
    if data[: len(SIGNATURE)].to_pybytes() == SIGNATURE:
        cells = read_sheet(data.to_pybytes(), path.name)
    else:
        cells = read_delimited(data, path.name)
    columns = side_by_side(_column, cells.columns, n_bytes=cells.nbytes)
    return _with_headings(columns, path.name, n_bytes=cells.nbytes)


def _column(cells: pa.ChunkedArray) -> Coded | pa.Array:
    """Return the trimmed cells, as places among their distinct texts unless most differ."""
    if not pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_encode()
    n_texts = sum(len(chunk.dictionary) for chunk in cells.chunks)
    if n_texts > max(MOST_TEXTS, MOST_PER_CELL * len(cells)):
        return pc.utf8_trim_whitespace(cells.cast(pa.large_string()).combine_chunks())
    whole = cells.unify_dictionaries().combine_chunks()
    places, texts = whole.indices.to_numpy(), pc.utf8_trim_whitespace(whole.dictionary)
    once = texts.dictionary_encode()
    if len(once.dictionary) < len(texts):  # some differed by blanks only
        return Coded(once.indices.to_numpy().take(places), once.dictionary)
    return Coded(places, texts)


def _with_headings(columns: list[Coded | pa.Array], name: str, *, n_bytes: int) -> pd.DataFrame:
    is_filled = side_by_side(_is_filled, columns, n_bytes=n_bytes)
    rows = np.flatnonzero(np.logical_or.reduce(is_filled))
    if len(rows) < 2:
        raise ExportError(f"{name} holds no responses: headings and at least one row expected")
    filled = [column for column, is_there in zip(columns, is_filled, strict=True) if is_there.any()]
    headings = [_text(column, rows[0]) for column in filled]
    for number, heading in enumerate(headings, start=1):
        refuse_beyond("characters in one heading", len(heading), name=f"{name}, column {number},")
    refuse_beyond("characters in all headings", sum(map(len, headings)), name=name)
    nameless = [at for at, heading in enumerate(headings, start=1) if not heading]
    if len(nameless) > 1:
        raise ExportError(
            f"{name}: columns {', '.join(map(str, nameless[:20]))} have no heading: "
            "put one heading above each column, in the first row, without merged cells"
        )
    first, end = rows[1], rows[-1] + 1
    # a slice is no copy
    kept = slice(first, end) if end - first == len(rows) - 1 else rows[1:]
    index = pd.Index(rows[1:] + 1, name="row")
    cells = side_by_side(lambda column: _rows(column, kept).array, filled, n_bytes=n_bytes)
    frame = pd.DataFrame(dict(enumerate(cells)), index)
    return frame.set_axis([heading or "(no heading)" for heading in headings], axis=1)


def _is_filled(column: Coded | pa.Array) -> NDArray[np.bool_]:
    if isinstance(column, Coded):
        return _is_filled(column.texts).take(column.places)
    lengths: NDArray[np.integer] = pc.binary_length(column).to_numpy()
    return lengths.astype(bool)


def _text(column: Coded | pa.Array, row: int) -> str:
    cell = column.texts[column.places[row]] if isinstance(column, Coded) else column[row]
    return str(cell)


def _rows(column: Coded | pa.Array, rows: slice | NDArray[np.intp]) -> pd.Series:
    """Return the given rows of a column; texts of other rows, such as the heading, are no more."""
    if not isinstance(column, Coded):
        return pd.Series(column.to_pandas(), dtype="str").iloc[rows]
    places = column.places[rows]
    is_used = np.bincount(places, minlength=len(column.texts)).astype(bool)
    names = pd.Index(column.texts.filter(pa.array(is_used)).to_pandas(), dtype="str")
    renumbered = (np.cumsum(is_used) - 1).astype(places.dtype).take(places)
    return pd.Series(pd.Categorical.from_codes(renumbered, names, validate=False))
