"""From the bytes of a delimited text file to rows of cells: encoding, separator, uneven rows.

The bytes of a country are many: they are looked through in pieces, side by side, and not copied
unless their encoding asks for it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.csv

from esslib.survey.export import threads
from esslib.survey.export.errors import ExportError
from esslib.survey.export.limits import refuse_beyond

DELIMITERS = ";,\t"
BLOCK = 1 << 21  # no row may be longer
JUDGED = 1_000  # rows by which the separator is found
WINDOW = 1 << 16  # in which a line mostly ends
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
Parsed = tuple[pa.Table, list[tuple[int, int]]]  # even rows, number and width of uneven ones
UTF_16 = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE


def read_delimited(data: pa.Buffer, name: str) -> tuple[pa.Table, str, str]:
    """Return delimited text as a table of text, its encoding and its separator.

    Every row must be as long as the first. The separator is the one by which most rows are as long
    as each other, whatever stands in the headings.

    Parameters
    ----------
    data : Buffer
        Content of the file.
    name : str
        Name of the file, for messages.

    Raises
    ------
    ExportError
        No text, no headings, an open quotation mark, rows of unequal length, or beyond the limits.
    """
    text, encoding = _utf8(data, name)
    rows, delimiter, width, is_quoted = _layout(text, name)
    refuse_beyond("columns", width, name=name)
    refuse_beyond("cells", width * _count(rows, b"\n"), name=name)

    def parse(piece: pa.Buffer) -> Parsed:
        return _parse(piece, delimiter, width, is_quoted=is_quoted)

    # a quoted cell may hold line ends, at which the rows cannot be cut
    pieces = [rows] if is_quoted else _pieces(rows)
    try:
        parsed = threads.side_by_side(parse, pieces, n_bytes=len(rows))
    except pa.ArrowInvalid as error:
        raise ExportError(
            f"{name} is no table of text; look for a quotation mark that never closes ({error})"
        ) from None
    if any(uneven for _, uneven in parsed):
        _refuse_uneven(parsed, width, name)
    return pa.concat_tables([table for table, _ in parsed]), encoding, delimiter


def _parse(rows: pa.Buffer, delimiter: str, width: int, *, is_quoted: bool) -> Parsed:
    """Return the even rows, and the number and width of the uneven ones."""
    names = [str(position) for position in range(width)]
    uneven: list[tuple[int, int]] = []

    def note(row: pa.csv.InvalidRow) -> str:
        uneven.append((row.number, row.actual_columns))
        return "skip"

    table = pa.csv.read_csv(
        rows,
        # threads of its own would lose the numbers of uneven rows
        read_options=pa.csv.ReadOptions(column_names=names, block_size=BLOCK, use_threads=False),
        parse_options=pa.csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=is_quoted,
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.large_string())),
            check_utf8=False,  # `_utf8` has
        ),
    )
    return table, uneven


def _refuse_uneven(parsed: list[Parsed], width: int, name: str) -> None:
    before, lines = 0, ""
    for table, uneven in parsed:
        lines += "".join(f"\n  row {before + row} has {n} cells" for row, n in uneven)
        before += len(table) + len(uneven)
    raise ExportError(
        f"{name}: the headings fill {width} columns, but these rows differ; look for a "
        f"truncated file, a missing quotation mark or a title above the headings:{lines}"
    )


def _utf8(data: pa.Buffer, name: str) -> tuple[pa.Buffer, str]:
    """Return the text as UTF-8 without byte-order mark, its lines ended by \\n, and what it was."""
    encoding = "UTF-8"
    top = data[:4].to_pybytes()
    if top.startswith(OLD_EXCEL):
        raise ExportError(
            f"{name} is an old or protected Excel file: save it as open XLSX or as CSV"
        )
    try:
        if top.startswith(UTF_16):
            encoding, data = "UTF-16", pa.py_buffer(data.to_pybytes().decode("utf-16").encode())
        if data[:3].to_pybytes() == codecs.BOM_UTF8:
            data = data[3:]
        if _count(data, b"\0"):
            raise ExportError(f"{name} is no text (zero bytes): save it as UTF-8 CSV or XLSX")
        if not all(threads.side_by_side(_is_utf8, _pieces(data), n_bytes=len(data))):
            encoding = "Windows-1252"
            data = pa.py_buffer(data.to_pybytes().decode("cp1252").encode())
    except UnicodeError:
        raise ExportError(
            f"{name} is neither UTF-8, UTF-16 nor Windows-1252 text: save it as UTF-8 CSV"
        ) from None
    if _count(data, b"\r"):
        data = pa.py_buffer(data.to_pybytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    return data, encoding


def _is_utf8(data: pa.Buffer) -> bool:
    # decoding would hold the text twice
    ends = pa.py_buffer(np.array([0, len(data)]))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, data])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _layout(data: pa.Buffer, name: str) -> tuple[pa.Buffer, str, int, bool]:
    """Return the rows, their delimiter, the number of headings, and whether cells are quoted."""
    told = re.match(rb"sep=(.)\n", data)  # Excel's own mark, no row of the table
    data = data[told.end() :] if told else data
    top = data[:BLOCK].to_pybytes()
    if not top or (top.isspace() and data.to_pybytes().isspace()):
        raise ExportError(f"{name} is empty: headings and at least one row expected")
    n_quotes = _count(data, b'"')
    try:
        delimiter, width = _separator(top)
        if n_quotes % 2:
            for _ in _reader(data.to_pybytes(), delimiter, strict=True):
                pass
    except csv.Error as error:
        raise ExportError(f"{name}: a quotation mark opens and never closes ({error})") from None
    if width == 1:
        raise ExportError(
            f"{name}: the first row is one cell only; it must hold the headings, parted by "
            "semicolons, commas or tabs"
        )
    return data, delimiter, width, n_quotes > 0


def _separator(top: bytes) -> tuple[str, int]:
    """Return the sign by which the rows are wide and of one width, and the width of the first."""
    even, first = {}, {}
    for sign in DELIMITERS:
        widths = [len(row) for row in islice(_reader(top, sign), JUDGED) if row]
        usual, n_rows = Counter(widths).most_common(1)[0]
        first[sign] = widths[0]
        even[sign] = (usual > 1) * n_rows / len(widths), usual
    delimiter = max(even, key=lambda sign: even[sign])
    return delimiter, first[delimiter]


def _reader(data: bytes, delimiter: str, *, strict: bool = False):  # type: ignore[no-untyped-def]
    csv.field_size_limit(BLOCK)  # a wide row of headings is one long field to a wrong delimiter
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _count(data: pa.Buffer, sign: bytes) -> int:
    """Return how often a byte stands in the data."""

    def count(piece: pa.Buffer) -> int:
        signs = np.frombuffer(piece, np.uint8)
        parts = range(0, len(signs), BLOCK)  # that a processor holds close by
        return sum(int(np.count_nonzero(signs[at : at + BLOCK] == ord(sign))) for at in parts)

    pieces = (data[at : at + threads.PIECE] for at in range(0, len(data), threads.PIECE))
    return sum(threads.side_by_side(count, pieces, n_bytes=len(data)))


def _pieces(data: pa.Buffer) -> Iterator[pa.Buffer]:
    """Cut the data after line ends into pieces of `threads.PIECE` bytes or more, the last apart."""
    start = 0
    while start < len(data):
        end = start + threads.PIECE
        while end < len(data):
            line_end = data[end : end + WINDOW].to_pybytes().find(b"\n")
            if line_end >= 0:
                end += line_end + 1
                break
            end += WINDOW
        yield data[start:end]
        start = end
