"""From a file to a table of text: encodings, separators, rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from numpy.typing import NDArray

from esslib.export.errors import ExportError
from esslib.export.limits import refuse_beyond
from esslib.export.spreadsheet import SIGNATURE, read_sheet

DELIMITERS = ";,\t"
BLOCK = 1 << 21
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
Distinct = tuple[NDArray[np.integer], pa.Array]


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV or XLSX file as trimmed text, nothing interpreted.

    Returns
    -------
    DataFrame of text
        Columns are the headings, as often as they stand in the file, each with its distinct texts
        as categories; the index "row" is the row number that a spreadsheet shows. Blank rows and
        wholly blank columns are left out.

    Raises
    ------
    ExportError
        No such file, neither CSV nor XLSX, rows of unequal length, no responses, or more of
        anything than `limits.LIMITS` allows.
    """
    try:
        refuse_beyond("bytes", path.stat().st_size, name=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise ExportError(
            f"cannot read {path} ({error.strerror}): give the path of the survey tool's export"
        ) from None
    is_sheet = data.startswith(SIGNATURE)
    cells = read_sheet(data, path.name) if is_sheet else _records(data, path.name)
    return _with_headings([_distinct(column) for column in cells.columns], path.name)


def _distinct(column: pa.ChunkedArray) -> Distinct:
    """Return the place of every cell among the column's trimmed texts, and these texts."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    whole = column.unify_dictionaries().combine_chunks()
    cells, texts = whole.indices.to_numpy(), pc.utf8_trim_whitespace(whole.dictionary)
    once = texts.dictionary_encode()
    if len(once.dictionary) < len(texts):  # some differed by blanks only
        cells, texts = once.indices.to_numpy()[cells], once.dictionary
    return cells, texts


def _with_headings(columns: list[Distinct], name: str) -> pd.DataFrame:
    is_filled = [pc.binary_length(texts).to_numpy().astype(bool)[cells] for cells, texts in columns]
    rows = np.flatnonzero(np.any(is_filled, axis=0))
    if len(rows) < 2:
        raise ExportError(f"{name} holds no responses: headings and at least one row expected")
    filled = [column for column, is_there in zip(columns, is_filled, strict=True) if is_there.any()]
    headings = [texts[cells[rows[0]]].as_py() for cells, texts in filled]
    for number, heading in enumerate(headings, start=1):
        refuse_beyond("characters in one heading", len(heading), name=f"{name}, column {number},")
    refuse_beyond("characters in all headings", sum(map(len, headings)), name=name)
    nameless = [at for at, heading in enumerate(headings, start=1) if not heading]
    if len(nameless) > 1:
        raise ExportError(
            f"{name}: columns {', '.join(map(str, nameless[:20]))} have no heading: "
            "put one heading above each column, in the first row, without merged cells"
        )
    index = pd.Index(rows[1:] + 1, name="row")
    frame = pd.DataFrame({at: _used(*column, rows[1:]) for at, column in enumerate(filled)}, index)
    return frame.set_axis([heading or "(no heading)" for heading in headings], axis=1)


def _used(cells: NDArray[np.integer], texts: pa.Array, rows: NDArray[np.intp]) -> pd.Categorical:
    """Return the given rows of a column; texts of other rows, such as the heading, are no more."""
    kept = cells[rows]
    used = np.flatnonzero(np.bincount(kept, minlength=len(texts)))
    places = np.zeros(len(texts), dtype=kept.dtype)
    places[used] = np.arange(len(used))
    names = pd.Index(texts.take(used).to_pandas(), dtype="str")
    return pd.Categorical.from_codes(places[kept], names, validate=False)


def _records(data: bytes, name: str) -> pa.Table:
    """Parse delimited text; every row must be as long as the first."""
    utf8, delimiter, width = _layout(_utf8(data, name), name)
    refuse_beyond("columns", width, name=name)
    refuse_beyond("cells", width * utf8.count(b"\n"), name=name)
    names = [str(position) for position in range(width)]
    uneven: list[tuple[int, int]] = []

    def note(row: pa.csv.InvalidRow) -> str:
        uneven.append((row.number, row.actual_columns))
        return "skip"

    try:
        table = pa.csv.read_csv(
            pa.py_buffer(utf8),
            # threads would lose the row numbers of uneven rows, and take twice the processor time
            read_options=pa.csv.ReadOptions(
                column_names=names, block_size=BLOCK, use_threads=False
            ),
            parse_options=pa.csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=b'"' in utf8,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.large_string())),
                check_utf8=False,  # `_utf8` has
            ),
        )
    except pa.ArrowInvalid as error:
        raise ExportError(
            f"{name} is no table of text; look for a quotation mark that never closes ({error})"
        ) from None
    if uneven:
        rows = "".join(f"\n  row {row} has {n} cells" for row, n in uneven)
        raise ExportError(
            f"{name}: the headings fill {width} columns, but these rows differ; look for a "
            f"truncated file, a missing quotation mark or a title above the headings:{rows}"
        )
    return table


def _utf8(data: bytes, name: str) -> bytes:
    """Return the text as UTF-8 without byte-order mark, its lines ended by \\n."""
    if data.startswith(OLD_EXCEL):
        raise ExportError(
            f"{name} is an old or protected Excel file: save it as open XLSX or as CSV"
        )
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            data = data.decode("utf-16").encode()
        data = data.removeprefix(codecs.BOM_UTF8)
        if b"\0" in data:
            raise ExportError(f"{name} is no text (zero bytes): save it as UTF-8 CSV or XLSX")
        if not _is_utf8(data):
            data = data.decode("cp1252").encode()
    except UnicodeError:
        raise ExportError(
            f"{name} is neither UTF-8, UTF-16 nor Windows-1252 text: save it as UTF-8 CSV"
        ) from None
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _is_utf8(data: bytes) -> bool:
    # decoding would hold the text twice
    ends = pa.py_buffer(np.array([0, len(data)]))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _layout(data: bytes, name: str) -> tuple[bytes, str, int]:
    """Return the rows, their delimiter and the number of headings."""
    told = re.match(rb"sep=(.)\n", data)  # Excel's own mark, no row of the table
    data = data[told.end() :] if told else data
    if not data or data.isspace():
        raise ExportError(f"{name} is empty: headings and at least one row expected")
    try:
        top = data[:BLOCK]  # no row may be longer
        widths = {sign: len(next(filter(None, _reader(top, sign)))) for sign in DELIMITERS}
        delimiter = max(widths, key=lambda sign: widths[sign])
        if b'"' in data and data.count(b'"') % 2:
            for _ in _reader(data, delimiter, strict=True):
                pass
    except csv.Error as error:
        raise ExportError(f"{name}: a quotation mark opens and never closes ({error})") from None
    if widths[delimiter] == 1:
        raise ExportError(
            f"{name}: the first row is one cell only; it must hold the headings, parted by "
            "semicolons, commas or tabs"
        )
    return data, delimiter, widths[delimiter]


def _reader(data: bytes, delimiter: str, *, strict: bool = False):  # type: ignore[no-untyped-def]
    csv.field_size_limit(BLOCK)  # a wide row of headings is one long field to a wrong delimiter
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict)
