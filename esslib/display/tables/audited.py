"""What the audit of the printed numbers found, and how they compare with the recomputed ones."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice

BESIDE = ("row", "group", "statistic", "printed", "shown", "match")
EVERYBODY = "all"
VERDICTS = ("consistent", "not_checked", "needs", "impossible")
FINDING = ("check", "where", "printed", "verdict", "readings", "expected", "proof")
FIDELITY = ("id", "printed", "recomputed", "status", "reason")


def beside_printed(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show each printed number, the recomputed one at the same precision, and whether they agree.

    Takes the frame of `esslib.study.Study.beside_printed`.
    """
    rows = [
        [
            _what(row, voice),
            voice.label(f"statistic.{row['statistic']}"),
            voice.reprinted(row["printed"]),
            voice.reprinted(row["shown"]),
            voice.say(f"table_match-{row['match']}"),
        ]
        for row in rows_of(checked(frame, BESIDE, table="beside_printed"))
    ]
    headings = headed(voice, "what", "statistic", "printed", "recomputed", "match")
    return text_table(voice, "beside_printed", rows, headings=headings)


def audit_summary(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how many checks of each kind hold, cannot fail, need a reading, or cannot hold.

    Takes check, and one column of counts per verdict. It speaks of the print alone, whatever
    cohort is analysed.
    """
    shown = checked(frame, ("check", *VERDICTS), table="audit_summary")
    rows = [
        [voice.label(f"check.{row['check']}"), *(voice.number(row[name]) for name in VERDICTS)]
        for row in rows_of(shown)
    ]
    headings = [*headed(voice, "check"), *(voice.label(f"verdict.{name}") for name in VERDICTS)]
    return text_table(voice.unmarked, "audit_summary", rows, headings=headings)


def findings(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show findings of the audit, one block per check; takes rows of ``audit.csv``.

    It speaks of the print alone, whatever cohort is analysed.
    """
    shown = checked(frame, FINDING, table="findings")
    rows = [
        [
            _subject(row["where"], voice),
            " · ".join(voice.reprinted(text) for text in row["printed"].split()),
            " ".join([voice.label(f"verdict.{row['verdict']}"), row["readings"]]).strip(),
            row["expected"],
            row["proof"],
        ]
        for row in rows_of(shown)
    ]
    sections = [voice.label(f"check.{check}") for check in shown["check"]]
    headings = headed(voice, "what", "printed", "verdict", "expected", "proof")
    return text_table(voice.unmarked, "findings", rows, headings=headings, sections=sections)


def fidelity(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show printed numbers beside the recomputed ones, with their status.

    Takes rows of ``fidelity.csv``.
    """
    shown = checked(frame, FIDELITY, table="fidelity")
    rows = [
        [
            _subject(row["id"], voice),
            voice.label(f"statistic.{_statistic(row['id'])}"),
            voice.reprinted(row["printed"]),
            voice.number(float(row["recomputed"]), decimals=_decimals(row["printed"])),
            voice.label(f"status.{row['status']}"),
        ]
        for row in rows_of(shown)
    ]
    sections = [voice.label(f"place.{name.partition('.')[0]}") for name in shown["id"]]
    headings = headed(voice, "what", "statistic", "printed", "recomputed", "status")
    return text_table(voice, "fidelity", rows, headings=headings, sections=sections)


def _statistic(name: str) -> str:
    """Return the statistic of an id; where the text says one twice, its number is left out."""
    return name.rpartition(".")[2].partition("#")[0]


def _what(row: Mapping[str, str], voice: Voice) -> str:
    group = [voice.label(row["group"])] * (row["group"] not in ("", EVERYBODY))
    return " · ".join([_row(row["row"], voice), *group])


def _row(code: str, voice: Voice) -> str:
    """Return the label of a row of a printed table; points of an answer have the answer's."""
    answer = f"n_{code.rpartition('.')[2]}"
    is_answer = "." in code and code not in voice.labels and answer in voice.labels
    return voice.label(answer) if is_answer else voice.covariate(code, "bivariate")


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _subject(where: str, voice: Voice) -> str:
    """Name the rows that identifiers `table.row.group.statistic` stand in, each once."""
    rows = dict.fromkeys(".".join(name.split(".")[1:-2]) for name in where.split())
    return ", ".join(_row(row, voice) for row in rows)
