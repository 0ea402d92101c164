"""Tables of the reporting guidelines: how many items are met, and where."""

from __future__ import annotations

import re

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked, records

STATUSES = ("computed", "located", "absent")
HEADING = re.compile(r", « .+ » : ")  # of a notebook, whose prose is French


def reporting_counts(frame: pd.DataFrame, *, synthetic: bool, lang: str = "fr") -> TextTable:
    """Show how many items of each guideline have each status.

    Parameters
    ----------
    frame : DataFrame
        ``reporting_checklist.csv``.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> reporting_counts(frame, synthetic=False)  # doctest: +SKIP
    """
    shown = checked(frame, ("guideline", "status"), table="reporting_counts")
    writer = Writer({}, synthetic, lang)
    rows = [
        [
            str(guideline),
            *(writer.number((statuses == status).sum()) for status in STATUSES),
            writer.number(len(statuses)),
        ]
        for guideline, statuses in shown.groupby("guideline", sort=False)["status"]
    ]
    headings = [
        writer.word("guideline"),
        *(writer.word(f"items_{status}") for status in STATUSES),
        writer.word("items_all"),
    ]
    return writer.table("reporting_counts", rows, headings=headings)


def reporting_checklist(frame: pd.DataFrame, *, synthetic: bool, lang: str = "fr") -> TextTable:
    """Show every item with its status and its place, one block per guideline.

    Parameters
    ----------
    frame : DataFrame
        ``reporting_checklist.csv``; places are in French.
    synthetic, lang
        As in `reporting_counts`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> reporting_checklist(frame, synthetic=False)  # doctest: +SKIP
    """
    title = f"title_{lang}"
    columns = ("guideline", "item", title, "status", "where")
    shown = checked(frame, columns, table="reporting_checklist")
    writer = Writer({}, synthetic, lang)
    rows = [
        [
            f"{row['item']}{language.NO_BREAK}· {language.typeset(row[title], lang=lang)}",
            writer.word(f"item_{row['status']}"),
            _where(row["where"], lang) or language.MISSING,
        ]
        for row in records(shown)
    ]
    headings = [writer.word(key) for key in ("reported_item", "status", "place")]
    sections = shown["guideline"].tolist()
    return writer.table("reporting_checklist", rows, headings=headings, sections=sections)


def _where(text: str, lang: str) -> str:
    place = language.place(text, lang=lang)
    return place if lang == "fr" else HEADING.sub(": ", place)
