"""Recomputed numbers beside the printed ones."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from esslib.display.lang import MINUS, NO_BREAK
from esslib.display.tables.text import TextTable, Writer, checked, records

COLUMNS = ("row", "group", "statistic", "printed", "shown", "match")
EVERYBODY = "all"


def beside_printed(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show each printed number, the recomputed one at the same precision, and whether they agree.

    Parameters
    ----------
    frame : DataFrame
        As `esslib.chapters.beside.beside` returns it: row, group, statistic, printed and shown (text with
        a decimal point), match (`nearest`, `truncated` or `differs`).
    labels : mapping
        Rows (covariates, contrasts, levels) and groups to labels.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> beside_printed(study.beside_printed(bivariate=frame), labels=labels, synthetic=True)
    ... # doctest: +SKIP
    """
    shown = checked(frame, COLUMNS, table="beside_printed")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            _what(row, writer),
            writer.label(f"statistic.{row['statistic']}"),
            local_number(row["printed"], lang),
            local_number(row["shown"], lang),
            writer.word(f"match.{row['match']}"),
        ]
        for row in records(shown)
    ]
    keys = ("what", "statistic", "printed", "recomputed", "match")
    return writer.table("beside_printed", rows, headings=[writer.word(key) for key in keys])


def _what(row: Mapping[str, str], writer: Writer) -> str:
    codes = [row["row"]] + [row["group"]] * (row["group"] not in ("", EVERYBODY))
    return " · ".join(writer.label(code) for code in codes)


def local_number(printed: str, lang: str) -> str:
    """Write a printed number as the language does."""
    sign = printed[: len(printed) - len(printed.lstrip("<>="))]
    number = printed[len(sign) :].replace("-", MINUS)
    comma = number.replace(".", ",") if lang == "fr" else number
    return f"{sign}{NO_BREAK}{comma}" if sign else comma
