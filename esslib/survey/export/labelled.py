"""From an SPSS or Stata file to rows of text: its labels in the place of its codes."""

from __future__ import annotations

import io
import re

import pyarrow as pa
import pyreadstat

from esslib.survey.export.errors import ExportError
from esslib.survey.export.limits import refuse_beyond
from esslib.survey.export.spreadsheet import as_cell, as_table

SPSS = re.compile(rb"\$FL[23]")
STATA = re.compile(rb"<stata_dta>|[\x69-\x73][\x01\x02]\x01\x00")


def read_labelled(data: bytes, name: str) -> pa.Table:
    """Return the variables as a table of text: names, then labels, then a row per respondent.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file, for messages.

    Raises
    ------
    ExportError
        The file cannot be read, or is beyond the limits.
    """
    read = pyreadstat.read_sav if SPSS.match(data) else pyreadstat.read_dta
    try:
        _, meta = read(io.BytesIO(data), metadataonly=True)
        width, height = meta.number_columns or 0, meta.number_rows or 0
        refuse_beyond("columns", width, name=name)
        refuse_beyond("cells", width * height, name=name)
        frame, meta = read(io.BytesIO(data), apply_value_formats=True, formats_as_category=False)
    except ExportError:
        raise
    except Exception as error:  # pyreadstat lets several kinds out of a damaged file
        raise ExportError(
            f"{name} is no readable SPSS or Stata file ({error}): export the answers as CSV, "
            "with labels"
        ) from error
    labels = [as_cell(label) for label in meta.column_labels]
    rows = ([as_cell(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
    return as_table([frame.columns.astype(str).tolist(), labels, *rows])
