"""Sentences that say what the tables of the questionnaire show."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from esslib.display.tables.text import checked
from esslib.voice import Voice

MOST_AT_ONE_END = 15  # percent; Terwee et al. (2007) doi:10.1016/j.jclinepi.2006.03.012
TOTAL = "ess_total"
N_NAMED = 5


def verbatim(text: str) -> str:
    """Write foreign text so that Markdown shows it as it is: every sign of its syntax as an entity.

    Examples
    --------
    >>> verbatim("<b> [x](y)")
    '&#60;b&#62; &#91;x&#93;&#40;y&#41;'
    """
    one_line = " ".join(text.split())
    return re.sub(r"[!-/:-@\[-`{-~]", lambda sign: f"&#{ord(sign[0])};", one_line)


def left_out(columns: Iterable[str], voice: Voice) -> str:
    """Name the columns of an export that answer no question."""
    named = ", ".join(map(verbatim, columns))
    return voice.say("export-left_out", columns=named or voice.say("export-none"))


def ends(floor_ceiling: pd.DataFrame, voice: Voice) -> str:
    """Say how many items have a floor or ceiling effect, and whether the score has one.

    Takes ``floor_ceiling.csv``, the score's row with it.
    """
    columns = ("variable", "floor_percent", "ceiling_percent")
    rows = checked(floor_ceiling, columns, table="ends").set_index("variable")
    items, total = rows.drop(index=TOTAL).dropna(), rows.loc[TOTAL].to_dict()
    counted = items.gt(MOST_AT_ONE_END).sum()
    said = voice.say(
        "reading-ends",
        limit=voice.percent(MOST_AT_ONE_END),
        n=voice.number(len(items)),
        n_floor=voice.number(counted["floor_percent"]),
        n_ceiling=voice.number(counted["ceiling_percent"]),
        floor=voice.percent(total["floor_percent"]),
        ceiling=voice.percent(total["ceiling_percent"]),
    )
    return voice.marked(said)


def retained(components: pd.DataFrame, voice: Voice) -> str:
    """Say how many components of ``parallel_analysis.csv`` exceed chance, and the first's share."""
    first = components.iloc[0]
    return voice.say(
        "scree-alt",
        n=voice.number(components["is_retained"].sum()),
        eigenvalue=voice.number(first["eigenvalue"], decimals=1),
        random=voice.number(first["random_quantile"], decimals=1),
        percent=voice.percent(100 * first["eigenvalue"] / len(components)),
    )


def carriers(shares: pd.Series, voice: Voice) -> str:
    """Say which items carry most of a difference, and which carry least.

    Takes share_percent of ``known_groups.csv`` between two classes, by item, largest first.
    """
    known = shares.dropna()
    if known.empty:
        return voice.say("reading-no_carriers")

    def named(rows: pd.Series) -> str:
        return ", ".join(
            f"{voice.label(str(item))} ({voice.percent(share)})" for item, share in rows.items()
        )

    said = voice.say(
        "reading-carriers",
        most=named(known.head(N_NAMED)),
        together=voice.percent(known.head(N_NAMED).sum()),
        least=named(known.tail(2)),
    )
    return voice.marked(said)


def spread(ranges: pd.DataFrame, voice: Voice) -> str:
    """Say how little the printed numbers pin down alpha and omega.

    Takes the cohort's statistics beside their ranges over reconstructed cohorts.
    """
    whole = ranges[ranges["variable"].eq("") & ranges["groups"].eq("")]
    rows = whole.set_index("statistic")[["n_cohorts", "minimum", "maximum"]].to_dict("index")
    facts = {
        f"{word}_{end}": voice.number(rows[statistic][end], decimals=2)
        for word, statistic in (("alpha", "alpha_complete"), ("omega", "omega_ordinal"))
        for end in ("minimum", "maximum")
    }
    n = voice.number(rows["alpha_complete"]["n_cohorts"])
    return voice.say("reading-spread", n=n, **facts)
