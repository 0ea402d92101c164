"""Every printed number beside the recomputed one, and what the audit says of it (notebook 06)."""

from __future__ import annotations

import pandas as pd

from esslib.chapters.beside import recomputed, stated
from esslib.survey.codebook import Codebook
from printed.reproduction import reproduction


def printed_numbers(
    published: pd.DataFrame,
    audited: pd.DataFrame,
    codebook: Codebook,
    *,
    alpha: float,
    **results: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Set every printed number beside the recomputed one (notebook 06).

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
