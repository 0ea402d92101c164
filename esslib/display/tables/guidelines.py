"""Tables of the reporting guidelines: how many items are met, and where."""

from __future__ import annotations

import re

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice
from printed.numerals import MISSING, NO_BREAK, typeset

STATUSES = ("computed", "located", "absent")
HEADING = re.compile(r", « .+ » : ")  # of a notebook, whose prose is French


def reporting_counts(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how many items of each guideline have each status; takes ``reporting_checklist.csv``."""
    shown = checked(frame, ("guideline", "status"), table="reporting_counts")
    rows = [
        [
            str(guideline),
            *(voice.number((statuses == status).sum()) for status in STATUSES),
            voice.number(len(statuses)),
        ]
        for guideline, statuses in shown.groupby("guideline", sort=False)["status"]
    ]
    keys = ("guideline", *(f"items_{status}" for status in (*STATUSES, "all")))
    return text_table(voice.unmarked, "reporting_counts", rows, headings=headed(voice, *keys))


def reporting_checklist(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show every item with its status and its place, one block per guideline.

    Takes ``reporting_checklist.csv``, whose places are in French.
    """
    name, title = "reporting_checklist", f"title_{voice.lang}"
    shown = checked(frame, ("guideline", "item", title, "status", "where"), table=name)
    rows = [
        [
            f"{row['item']}{NO_BREAK}· {typeset(row[title], lang=voice.lang)}",
            voice.say(f"table_item_{row['status']}"),
            _where(row["where"], voice) or MISSING,
        ]
        for row in rows_of(shown)
    ]
    headings = headed(voice, "reported_item", "status", "place")
    sections = shown["guideline"].tolist()
    return text_table(voice.unmarked, name, rows, headings=headings, sections=sections)


def _where(text: str, voice: Voice) -> str:
    place = voice.place(text)
    return place if voice.lang == "fr" else HEADING.sub(": ", place)
