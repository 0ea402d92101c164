"""From an XLSX file to rows of text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile

import pandas as pd
import pyarrow as pa

from esslib.export.errors import ExportError

SIGNATURE = b"PK\x03\x04"
LIMIT = 1 << 30
# A formula that no spreadsheet program has computed yet has no value to read.
UNCOMPUTED = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]*><f\b[^>]*(?:/>|>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)


def read_sheet(data: bytes, name: str) -> pa.Table:
    """Return the first visible sheet as a table of text.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file, for messages.

    Raises
    ------
    ExportError
        No readable workbook, more than 1 GiB once unpacked, or formulas without a value.
    """
    try:
        _refuse_unsafe(data, name)
        return _first_visible(data)
    except ExportError:
        raise
    except Exception as error:  # openpyxl lets any kind of exception out of a damaged file
        raise ExportError(
            f"{name} is no readable XLSX workbook ({type(error).__name__}): "
            "open it in a spreadsheet program and save it again"
        ) from error


def _refuse_unsafe(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LIMIT:
            raise ExportError(f"{name} unpacks to more than {LIMIT >> 30} GiB: save it as CSV")
        sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/sheet")]
        cells = [c.decode() for s in sheets for c in UNCOMPUTED.findall(archive.read(s))]
    if cells:
        raise ExportError(
            f"{name} holds formulas without a value in {', '.join(cells[:10])}: "
            "replace them by their values and save"
        )


def _first_visible(data: bytes) -> pa.Table:
    with warnings.catch_warnings():
        # openpyxl warns about styles and validation rules, which do not touch the answers
        warnings.simplefilter("ignore", UserWarning)
        with pd.ExcelFile(io.BytesIO(data), engine="openpyxl") as workbook:
            sheets = workbook.book.worksheets
            title = next(sheet.title for sheet in sheets if sheet.sheet_state == "visible")
            cells = pd.read_excel(
                workbook, sheet_name=title, header=None, dtype=str, na_filter=False
            )
    # pandas reads cells such as #REF! as missing: they are not, and must not pass as blank
    texts = cells.astype("str").fillna("#ERROR")
    return pa.table(
        [pa.array(texts[name], pa.large_string()) for name in texts],
        names=[str(name) for name in texts],
    )
