"""What the audit found, and how faithful the recomputed numbers are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from esslib.display.tables.printed import local_number
from esslib.display.tables.text import TextTable, Writer, checked

VERDICTS = ("consistent", "inconsistent", "impossible")
FINDING = ("check", "where", "printed", "verdict", "expected", "proof")
FIDELITY = ("id", "printed", "recomputed", "status", "reason")


def audit_summary(frame: pd.DataFrame, *, synthetic: bool, lang: str = "fr") -> TextTable:
    """Show how many checks of each kind hold, hold only by a slip, or cannot hold.

    Parameters
    ----------
    frame : DataFrame
        check, and one column of counts per verdict.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    shown = checked(frame, ("check", *VERDICTS), table="audit_summary")
    writer = Writer({}, synthetic, lang)
    rows = [
        [
            writer.label(f"check.{row['check']}"),
            *(writer.number(row[verdict]) for verdict in VERDICTS),
        ]
        for row in shown.to_dict("records")
    ]
    headings = [writer.word("check"), *(writer.label(f"verdict.{v}") for v in VERDICTS)]
    return writer.table("audit_summary", rows, headings=headings)


def findings(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show findings of the audit, one block per check.

    Parameters
    ----------
    frame : DataFrame
        Rows of ``audit.csv``: check, where, printed, verdict, expected, proof.
    labels : mapping
        Rows of the printed tables and groups to labels.
    synthetic, lang
        As in `audit_summary`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    shown = checked(frame, FINDING, table="findings")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            _subject(row["where"], writer),
            " · ".join(local_number(text, lang) for text in row["printed"].split()),
            writer.label(f"verdict.{row['verdict']}"),
            row["expected"],
            row["proof"],
        ]
        for row in shown.to_dict("records")
    ]
    keys = ("what", "printed", "verdict", "expected", "proof")
    sections = [writer.label(f"check.{check}") for check in shown["check"]]
    headings = [writer.word(key) for key in keys]
    return writer.table("findings", rows, headings=headings, sections=sections)


def fidelity(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show printed numbers beside the recomputed ones, with their status and its reason.

    Parameters
    ----------
    frame : DataFrame
        Rows of ``fidelity.csv``: id, printed, recomputed, status, reason.
    labels : mapping
        Rows of the printed tables and groups to labels.
    synthetic, lang
        As in `audit_summary`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    shown = checked(frame, FIDELITY, table="fidelity")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            _subject(row["id"], writer),
            writer.label(f"statistic.{row['id'].rsplit('.', 1)[1]}"),
            local_number(row["printed"], lang),
            writer.number(float(row["recomputed"]), decimals=_decimals(row["printed"])),
            writer.label(f"status.{row['status']}"),
        ]
        for row in shown.to_dict("records")
    ]
    keys = ("what", "statistic", "printed", "recomputed", "status")
    sections = [writer.label(f"place.{name.partition('.')[0]}") for name in shown["id"]]
    headings = [writer.word(key) for key in keys]
    return writer.table("fidelity", rows, headings=headings, sections=sections)


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


def _subject(where: str, writer: Writer) -> str:
    """Name the rows that identifiers `table.row.group.statistic` stand in, each once."""
    rows = dict.fromkeys(".".join(name.split(".")[1:-2]) for name in where.split())
    return ", ".join(writer.label(row) for row in rows)
