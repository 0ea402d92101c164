"""Tables of the reconstruction: what was printed, what was chosen, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.printed import local_number
from esslib.display.tables.text import TextTable, Writer, checked, records

DECIMALS = 3
UNSAID = ("all", "n")
P_VALUES = ("p_value", "shapiro_p")
PROOF = ("covariate", "coefficient_low", "coefficient_high", "middle_low", "middle_high")


def families(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how many targets each part of the study prints, and how many are met.

    Parameters
    ----------
    frame : DataFrame
        family, n, n_met.
    labels : mapping
        Contrasts to labels.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.
    """
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            _place(row["family"], writer),
            writer.number(row["n"]),
            writer.number(row["n_met"]),
        ]
        for row in records(checked(frame, ("family", "n", "n_met"), table="families"))
    ]
    headings = [writer.word(key) for key in ("where", "targets", "met")]
    return writer.table("families", rows, headings=headings)


def readings(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show every choice between readings of the printed numbers, by kind.

    Parameters
    ----------
    frame : DataFrame
        target, kind, reading (in the language of the table).
    labels : mapping
        Covariates, variables and groups to labels.
    synthetic, lang
        As in `families`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    shown = checked(frame, ("target", "kind", "reading"), table="readings")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [_place(row["target"], writer), _subject(row["target"], writer), row["reading"]]
        for row in records(shown)
    ]
    sections = [writer.label(f"kind.{kind}") for kind in shown["kind"]]
    headings = [writer.word(key) for key in ("where", "what", "reading")]
    return writer.table("readings", rows, headings=headings, sections=sections)


def targets(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show what each target prints and what the cohort gives.

    Parameters
    ----------
    frame : DataFrame
        Rows of ``reconstruction.csv``: target, printed, achieved, met, missed_by.
    labels : mapping
        Covariates, variables, levels and groups to labels.
    synthetic, lang
        As in `families`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    shown = checked(frame, ("target", "printed", "achieved", "met", "missed_by"), table="targets")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            _subject(row["target"], writer),
            local_number(row["printed"], lang),
            _achieved(row, writer),
            "✓" if row["met"] else writer.number(row["missed_by"], decimals=DECIMALS),
        ]
        for row in records(shown)
    ]
    sections = [_place(name, writer) for name in shown["target"]]
    headings = [writer.word(key) for key in ("what", "printed", "achieved", "missed_by")]
    return writer.table("targets", rows, headings=headings, sections=sections)


def attainable(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show the two intervals that cannot overlap where a row's cells contradict each other.

    Parameters
    ----------
    frame : DataFrame
        covariate, coefficient_low, coefficient_high, middle_low, middle_high.
    labels : mapping
        Covariates to labels.
    synthetic, lang
        As in `families`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["covariate"]),
            *(
                language.interval(
                    row[f"{what}_low"], row[f"{what}_high"], decimals=DECIMALS, lang=lang
                )
                for what in ("coefficient", "middle")
            ),
        ]
        for row in records(checked(frame, PROOF, table="attainable"))
    ]
    headings = [writer.word(key) for key in ("what", "coefficient_within", "middle_within")]
    return writer.table("attainable", rows, headings=headings)


def _subject(name: str, writer: Writer) -> str:
    """Name what an identifier `place.row.group.statistic`, or the beginning of one, points at.

    Rows of Tableau 1 have labels in two parts, `section.level`.
    """
    parts = name.split(".")[1:]
    if (row := ".".join(parts[:2])) in writer.labels:
        parts = [row, *parts[2:]]
    return " · ".join(_part(part, writer) for part in parts if part not in UNSAID)


def _part(name: str, writer: Writer) -> str:
    return writer.label(name if name in writer.labels else f"statistic.{name}")


def _place(name: str, writer: Writer) -> str:
    place = name.partition(".")[0]
    return writer.label(place if place in writer.labels else f"place.{place}")


def _achieved(row: Mapping[str, Any], writer: Writer) -> str:
    value = row["achieved"]
    if row["target"].endswith(P_VALUES):
        return writer.p(value)
    return writer.number(value, decimals=0 if value == int(value) else DECIMALS)
