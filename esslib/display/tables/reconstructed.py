"""Tables of the reconstruction: what was printed, what was chosen, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice

DECIMALS = 3
UNSAID = ("all", "n")
P_VALUES = ("p_value", "shapiro_p")
PROOF = ("covariate", "coefficient_low", "coefficient_high", "middle_low", "middle_high")


def families(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how many targets each part of the study prints, and how many are met.

    Takes family, n and n_met.
    """
    rows = [
        [_place(row["family"], voice), voice.number(row["n"]), voice.number(row["n_met"])]
        for row in rows_of(checked(frame, ("family", "n", "n_met"), table="families"))
    ]
    return text_table(voice, "families", rows, headings=headed(voice, "where", "targets", "met"))


def readings(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show every choice between readings of the printed numbers, by kind.

    Takes target, kind, and reading, which is in the language of the table.
    """
    shown = checked(frame, ("target", "kind", "reading"), table="readings")
    rows = [
        [_place(row["target"], voice), _subject(row["target"], voice), row["reading"]]
        for row in rows_of(shown)
    ]
    sections = [voice.label(f"kind.{kind}") for kind in shown["kind"]]
    headings = headed(voice, "where", "what", "reading")
    return text_table(voice, "readings", rows, headings=headings, sections=sections)


def targets(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show what each target prints and what the cohort gives; takes ``reconstruction.csv``."""
    shown = checked(frame, ("target", "printed", "achieved", "met", "missed_by"), table="targets")
    rows = [
        [
            _subject(row["target"], voice),
            voice.reprinted(row["printed"]),
            _achieved(row, voice),
            "✓" if row["met"] else voice.number(row["missed_by"], decimals=DECIMALS),
        ]
        for row in rows_of(shown)
    ]
    sections = [_place(name, voice) for name in shown["target"]]
    headings = headed(voice, "what", "printed", "achieved", "missed_by")
    return text_table(voice, "targets", rows, headings=headings, sections=sections)


def attainable(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show the two intervals that cannot overlap where a row's cells contradict each other.

    Takes covariate, and the ends of both. It speaks of the print alone.
    """
    rows = [
        [
            voice.covariate(row["covariate"], "multivariate"),
            *(
                voice.interval(row[f"{what}_low"], row[f"{what}_high"], decimals=DECIMALS)
                for what in ("coefficient", "middle")
            ),
        ]
        for row in rows_of(checked(frame, PROOF, table="attainable"))
    ]
    headings = headed(voice, "what", "coefficient_within", "middle_within")
    return text_table(voice.unmarked, "attainable", rows, headings=headings)


def _subject(name: str, voice: Voice) -> str:
    """Name what an identifier `place.row.group.statistic`, or the beginning of one, points at.

    Rows of Tableau 1 have labels in two parts, `section.level`.
    """
    parts = name.split(".")[1:]
    if (row := ".".join(parts[:2])) in voice.labels:
        parts = [row, *parts[2:]]
    return " · ".join(_part(part, voice) for part in parts if part not in UNSAID)


def _part(name: str, voice: Voice) -> str:
    is_known = name in voice.labels or name in voice.covariates.get("multivariate", ())
    return voice.covariate(name, "multivariate") if is_known else voice.label(f"statistic.{name}")


def _place(name: str, voice: Voice) -> str:
    place = name.partition(".")[0]
    return voice.label(place if place in voice.labels else f"place.{place}")


def _achieved(row: Mapping[str, Any], voice: Voice) -> str:
    value = row["achieved"]
    if row["target"].endswith(P_VALUES):
        return voice.p(value)
    return voice.number(value, decimals=0 if value == int(value) else DECIMALS)
