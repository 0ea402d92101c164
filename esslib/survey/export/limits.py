"""How large an export may be: what is beyond is refused before it takes all memory or time.

A million respondents as CSV stay far below every limit.
"""

from __future__ import annotations

import math
import os

from esslib.survey.export.errors import ExportError
from printed.numerals import number

FACTOR = "ESSLIB_EXPORT_LIMITS"
LIMITS = {
    "bytes": 4 << 30,
    "bytes once unpacked": 1 << 30,
    "bytes once unpacked for each byte": 200,
    "packed parts": 10_000,
    "bytes in one row": 1 << 24,
    "rows in a sheet": 1 << 20,
    "columns": 1 << 14,
    "cells": 250_000_000,
    "characters in one heading": 2_000,
    "characters in all headings": 1_000_000,
}


def refuse_beyond(limit: str, size: float, *, name: str) -> None:
    """Refuse what is larger than a limit; the environment variable FACTOR raises them all.

    Parameters
    ----------
    limit : str
        One of `LIMITS`.
    size : float
        What the file has.
    name : str
        Name of the file, for the message.

    Raises
    ------
    ExportError
        The size is beyond the limit, or the factor is no number.

    Examples
    --------
    >>> refuse_beyond("columns", 48, name="survey.csv")
    """
    if size <= LIMITS[limit]:
        return
    factor = os.environ.get(FACTOR, "1")
    try:
        allowed = LIMITS[limit] * float(factor)
    except ValueError:
        raise ExportError(f"{FACTOR}={factor!r}: expected a number such as 2") from None
    if size > allowed:
        counted, most = (number(math.ceil(each), lang="en") for each in (size, allowed))
        raise ExportError(
            f"{name} has {counted} {limit}, the limit is {most}: check that it is "
            "the survey tool's export; to read it all the same, set the environment variable "
            f"{FACTOR}={math.ceil(size / LIMITS[limit])}, by which every limit is multiplied"
        )
