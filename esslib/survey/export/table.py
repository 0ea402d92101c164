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
from esslib.survey.export.labelled import SPSS, STATA, read_labelled
from esslib.survey.export.limits import refuse_beyond
from esslib.survey.export.packed import is_archive, unpack
from esslib.survey.export.spreadsheet import SIGNATURE, read_sheet
from esslib.survey.export.threads import side_by_side

MAPPED = 1 << 28  # copying more bytes takes as long as looking at them
# A column with more distinct texts, in number and per cell, holds numbers, dates or prose.
MOST_TEXTS, MOST_PER_CELL = 1 << 16, 1 / 2
# Soft hyphens, zero-width blanks, marks of direction and of byte order stand in no answer on purpose.
INVISIBLE = r"[\x{ad}\x{200b}\x{200e}\x{200f}\x{2060}\x{feff}]+"


class Coded(NamedTuple):
    """A column as the places of its cells among its distinct texts."""

    places: NDArray[np.integer]
    texts: pa.Array


class Sheet(NamedTuple):
    """The cells of a file that are not wholly blank, and what was found out about the file.

    Attributes
    ----------
    name : str
        Name of the file, for messages; of the file in it where it is a zip.
    columns : list
        Trimmed cells, column by column.
    rows : array
        Places of the rows that are not blank.
    about : dict
        Kind, encoding, separator, sheet; rows and columns that are blank.
    n_bytes : int
        Size of the cells.
    """

    name: str
    columns: list[Coded | pa.Array]
    rows: NDArray[np.intp]
    about: dict[str, str]
    n_bytes: int

    def top(self, n: int) -> list[list[str]]:
        """Return the first `n` rows as text."""
        return [[_text(column, row) for column in self.columns] for row in self.rows[:n]]


def read_table(path: Path) -> pd.DataFrame:
    """Read a file with one row of headings as trimmed text, nothing interpreted.

    Returns
    -------
    DataFrame of text
        As `body` gives it; columns are the headings, as often as they stand in the file.

    Raises
    ------
    ExportError
        As `read_grid`, and columns without heading.
    """
    grid = read_grid(path)
    headings = grid.top(1)[0]
    refuse_endless(grid, headings)
    if wrong := nameless(grid, headings, n_rows=1):
        raise ExportError(f"{grid.name}: {wrong[0]}")
    return body(grid, 1).set_axis([heading or "(no heading)" for heading in headings], axis=1)


def read_grid(path: Path) -> Sheet:
    """Read a CSV, XLSX, ODS, SPSS or Stata file, or a zip of one, as trimmed text.

    Raises
    ------
    ExportError
        No such file, none of these, rows of unequal length, no responses, or more of anything than
        `limits.LIMITS` allows.
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
    name, cells, about = _cells(data, path.name)
    columns = side_by_side(_column, cells.columns, n_bytes=cells.nbytes)
    is_filled = side_by_side(_is_filled, columns, n_bytes=cells.nbytes)
    rows = np.flatnonzero(np.logical_or.reduce(is_filled))
    if len(rows) < 2:
        raise ExportError(f"{name} holds no responses: headings and at least one row expected")
    filled = [column for column, is_there in zip(columns, is_filled, strict=True) if is_there.any()]
    about |= {
        "blank_rows": str(rows[-1] + 1 - len(rows)),
        "blank_columns": str(len(columns) - len(filled)),
    }
    return Sheet(name, filled, rows, about, cells.nbytes)


def _cells(data: pa.Buffer, name: str) -> tuple[str, pa.Table, dict[str, str]]:
    """Return the name of the file that holds the cells, these, and what is known of the file."""
    about = {"file": name}
    top = data[:16].to_pybytes()
    if top.startswith(SIGNATURE) and is_archive(data.to_pybytes()):
        unpacked, name = unpack(data.to_pybytes(), name)
        about["unpacked"], data, top = name, pa.py_buffer(unpacked), unpacked[:16]
    if top.startswith(SIGNATURE):
        cells, about["sheet"] = read_sheet(data.to_pybytes(), name)
    elif SPSS.match(top) or STATA.match(top):
        cells = read_labelled(data.to_pybytes(), name)
    else:
        cells, about["encoding"], about["separator"] = read_delimited(data, name)
    return name, cells, about


def _column(cells: pa.ChunkedArray) -> Coded | pa.Array:
    """Return the trimmed cells, as places among their distinct texts unless most differ."""
    if not pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_encode()
    n_texts = sum(len(chunk.dictionary) for chunk in cells.chunks)
    if n_texts > max(MOST_TEXTS, MOST_PER_CELL * len(cells)):
        return _trimmed(cells.cast(pa.large_string()).combine_chunks())
    whole = cells.unify_dictionaries().combine_chunks()
    places, texts = whole.indices.to_numpy(), _trimmed(whole.dictionary)
    once = texts.dictionary_encode()
    if len(once.dictionary) < len(texts):  # some differed by blanks only
        return Coded(once.indices.to_numpy().take(places), once.dictionary)
    return Coded(places, texts)


def _trimmed(texts: pa.Array) -> pa.Array:
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, INVISIBLE, ""))


def refuse_endless(grid: Sheet, headings: list[str]) -> None:
    """Refuse headings that are longer than a heading can be."""
    for number, heading in enumerate(headings, start=1):
        refuse_beyond(
            "characters in one heading", len(heading), name=f"{grid.name}, column {number},"
        )
    refuse_beyond("characters in all headings", sum(map(len, headings)), name=grid.name)


def nameless(grid: Sheet, headings: list[str], n_rows: int) -> list[str]:
    """Return what is wrong where columns have no heading; the first may be an index of rows.

    Parameters
    ----------
    grid : Sheet
    headings : list of str
        One for each column, blank where there is none.
    n_rows : int
        Rows that the headings take.
    """
    blank = [at for at, heading in enumerate(headings) if at and not heading]
    if not blank:
        return []
    filled = np.logical_or.reduce([_is_filled(grid.columns[at]) for at in blank])
    rows = [str(row + 1) for row in grid.rows[n_rows:] if filled[row]]
    which, where = ", ".join(str(at + 1) for at in blank[:20]), ", ".join(rows[:10])
    wrong = (
        f"columns {which} have no heading (filled in row {where}): put one heading above each "
        "column, without merged cells, and look for a row whose cells are shifted"
    )
    return [wrong]


def body(grid: Sheet, n_headings: int) -> pd.DataFrame:
    """Return the rows below the headings.

    Returns
    -------
    DataFrame of text
        Columns are numbered, each with its distinct texts as categories, or plain text where most
        cells differ; the index "row" is the row number that a spreadsheet shows.
    """
    rows = grid.rows[n_headings:]
    if not len(rows):
        raise ExportError(f"{grid.name} holds no responses: at least one row expected")
    first, end = rows[0], rows[-1] + 1
    # a slice is no copy
    kept = slice(first, end) if end - first == len(rows) else rows
    cells = side_by_side(
        lambda column: _rows(column, kept).array, grid.columns, n_bytes=grid.n_bytes
    )
    return pd.DataFrame(dict(enumerate(cells)), pd.Index(rows + 1, name="row"))


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
