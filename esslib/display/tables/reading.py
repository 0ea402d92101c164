"""Sentences that say what the tables of the questionnaire show."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import Writer, checked

MOST_AT_ONE_END = 15  # percent; Terwee et al. (2007) doi:10.1016/j.jclinepi.2006.03.012
TOTAL = "ess_total"
N_NAMED = 5


def ends(floor_ceiling: pd.DataFrame, *, synthetic: bool, lang: str = "fr") -> str:
    """Say how many items have a floor or ceiling effect, and whether the score has one.

    Parameters
    ----------
    floor_ceiling : DataFrame
        ``floor_ceiling.csv``, the score's row with it.
    synthetic : bool
        Whether the sentence has to say that its data are synthetic.
    lang : {"fr", "en"}
    """
    columns = ("variable", "floor_percent", "ceiling_percent")
    rows = checked(floor_ceiling, columns, table="ends").set_index("variable")
    items, total = rows.drop(index=TOTAL).dropna(), rows.loc[TOTAL].to_dict()
    counted = items.gt(MOST_AT_ONE_END).sum()
    said = language.read_words(lang)["reading.ends"].format(
        limit=language.percent(MOST_AT_ONE_END, lang=lang),
        n=language.number(len(items), lang=lang),
        n_floor=language.number(counted["floor_percent"], lang=lang),
        n_ceiling=language.number(counted["ceiling_percent"], lang=lang),
        floor=language.percent(total["floor_percent"], lang=lang),
        ceiling=language.percent(total["ceiling_percent"], lang=lang),
    )
    return Writer({}, synthetic, lang).marked(said)


def carriers(
    shares: pd.Series, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> str:
    """Say which items carry most of a difference, and which carry least.

    Parameters
    ----------
    shares : Series
        share_percent of ``known_groups.csv`` between two classes, by item, largest first.
    labels : mapping
        Items to labels.
    synthetic : bool
        Whether the sentence has to say that its data are synthetic.
    lang : {"fr", "en"}
    """
    known = shares.dropna()
    if known.empty:
        return language.read_words(lang)["reading.no_carriers"]

    def named(rows: pd.Series) -> str:
        return ", ".join(
            f"{labels.get(str(item), str(item))} ({language.percent(share, lang=lang)})"
            for item, share in rows.items()
        )

    said = language.read_words(lang)["reading.carriers"].format(
        most=named(known.head(N_NAMED)),
        together=language.percent(known.head(N_NAMED).sum(), lang=lang),
        least=named(known.tail(2)),
    )
    return Writer({}, synthetic, lang).marked(said)


def spread(ranges: pd.DataFrame, *, lang: str = "fr") -> str:
    """Say how little the printed numbers pin down alpha and omega.

    Parameters
    ----------
    ranges : DataFrame
        As `esslib.chapters.measurement.beside_ranges` returns it.
    lang : {"fr", "en"}
    """
    whole = ranges[ranges["variable"].eq("") & ranges["groups"].eq("")]
    rows = whole.set_index("statistic")[["n_cohorts", "minimum", "maximum"]].to_dict("index")
    words = {
        f"{word}_{end}": language.number(rows[statistic][end], decimals=2, lang=lang)
        for word, statistic in (("alpha", "alpha_complete"), ("omega", "omega_ordinal"))
        for end in ("minimum", "maximum")
    }
    n = language.number(rows["alpha_complete"]["n_cohorts"], lang=lang)
    return language.read_words(lang)["reading.spread"].format(n=n, **words)
