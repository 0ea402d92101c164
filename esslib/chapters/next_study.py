"""How many respondents a next study needs (notebook 08)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from esslib import planning
from esslib.compare import samples
from esslib.survey.classes import OUTCOME, definitions, predictor_frame
from esslib.survey.codebook import Codebook

COLUMNS = [
    *("question", "criterion", "target", "n_first", "n_second", "n_total"),
    *("n_events", "events_per_parameter", "achieved"),
]
COUNTS = ("n_first", "n_second", "n_total", "n_events")
N_SIZES = 16  # on a curve
SMALLEST = 10


def next_study(
    scored: pd.DataFrame,
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    contrast: str,
    difference: float | None,
    power: float,
    half_width: float,
    ratio: float,
    largest_group: int,
    event_fraction: float | None,
    r2_nagelkerke: float,
    alpha: float,
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Plan the comparison of a score, and the regression of all characteristics.

    Parameters
    ----------
    scored : DataFrame
        As `esslib.chapters.questionnaire.score_contrasts` returns it.
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    contrast : str
        Whose scores are drawn from.
    difference : float, optional
        Points that would matter; None keeps the cohort's own difference.
    power, half_width, ratio, alpha
        See `esslib.planning.Design`.
    largest_group : int
        Largest first group of the curves.
    event_fraction : float, optional
        Expected share with a secured tool; None takes the cohort's.
    r2_nagelkerke : float
        See `esslib.planning.Model`.
    seed : int
        Of the simulations.

    Returns
    -------
    dict of DataFrame
        `power_curve` and `next_study` of ``results.csv``; `next_study_basis`, one row: difference
        (points planned for) and n, n_events, n_parameters of this cohort's regression.

    Raises
    ------
    ValueError
        A group of the contrast has no score.
    """
    rows = codebook.contrasts.set_index("contrast")
    pair = rows.loc[contrast, "group_a"], rows.loc[contrast, "group_b"]
    chosen = scored[scored["contrast"] == contrast]
    first, second = samples(chosen, value="ess_total", group="group", groups=pair)
    shifted = planning.moved(first, second, difference=difference)
    exposures = predictor_frame(
        people, codebook, analysis="multivariate", definition=definitions(codebook)[0]
    )
    basis = {
        "difference": shifted.mean() - second.mean(),
        "n": len(exposures),
        "n_events": int(exposures[OUTCOME].sum()),
        "n_parameters": exposures.shape[1] - 1,
    }
    fraction = event_fraction or basis["n_events"] / basis["n"]
    model = planning.Model(basis["n_parameters"], fraction, r2_nagelkerke=r2_nagelkerke)
    design = planning.Design(alpha=alpha, power=power, half_width=half_width, ratio=ratio)
    sizes = np.linspace(SMALLEST, largest_group, num=N_SIZES).round().astype(int).tolist()
    rng = np.random.default_rng(seed)
    curve = planning.power_curve(shifted, second, n_first=sizes, design=design, rng=rng)
    comparison = planning.comparison_sizes(shifted, second, design=design, rng=rng)
    return {
        "power_curve": curve,
        "next_study": gathered(comparison, planning.regression_sizes(model)),
        "next_study_basis": pd.DataFrame([basis]),
    }


def gathered(comparison: pd.DataFrame, regression: pd.DataFrame) -> pd.DataFrame:
    """Return the sizes of both in the columns of `next_study.csv`; others are missing."""
    parts = {"question.comparison": comparison, "question.regression": regression}
    named = [frame.assign(question=name).reindex(columns=COLUMNS) for name, frame in parts.items()]
    rows = [row for frame in named for row in frame.to_dict("records")]
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COUNTS, "Int64"))
