"""Printed numbers against each other, and beside the recomputed ones (notebook 06)."""

from __future__ import annotations

import pandas as pd

from esslib.chapters.beside import recomputed, stated
from esslib.survey.codebook import Codebook
from esslib.voice import Voice
from printed.consistency import audit
from printed.reproduction import reproduction


def audit_printed(
    published: pd.DataFrame, links: pd.DataFrame, *, voice: Voice
) -> dict[str, pd.DataFrame]:
    """Audit the printed numbers against each other.

    Parameters
    ----------
    published : DataFrame
        As `printed.published.read_published` returns it.
    links : DataFrame
        As `printed.consistency.read_links` returns it.
    voice : Voice
        Writes what people read.

    Returns
    -------
    dict of DataFrame
        `audit` of ``results.csv``, for programs, in English; `findings`, the same rows for people.
    """
    labels = voice.printed_labels(published["table"])
    return {
        "audit": audit(published, links),
        "findings": audit(published, links, lang=voice.lang, labels=labels),
    }


def printed_numbers(
    published: pd.DataFrame,
    audited: pd.DataFrame,
    codebook: Codebook,
    *,
    alpha: float,
    **results: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Set every printed number beside the recomputed one.

    Parameters
    ----------
    published : DataFrame
        As `printed.published.read_published` returns it.
    audited : DataFrame
        As `printed.consistency.audit` returns it.
    codebook, alpha
        As for `esslib.chapters.beside.stated`.
    **results : DataFrame
        As for `recomputed` and `stated` of `esslib.chapters.beside`.

    Returns
    -------
    dict of DataFrame
        `fidelity` of ``results.csv``.
    """
    numbers = pd.concat([recomputed(results), stated(codebook, results, alpha=alpha)])
    return {"fidelity": reproduction(published, numbers, audited)}
