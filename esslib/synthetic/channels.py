"""Free text and tools: the answers that do not follow from counts of levels.

The tool of a respondent is derived from several questions, so it is decided first and the answers
are written to give it: as usual tool, as instant messenger, or in the free text of "other".
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from esslib.survey.codebook import Codebook
from esslib.synthetic.targets import Targets

__all__ = ["channel_answers", "free_texts", "place_answers", "tools_of"]

USUAL, MESSENGER = "usual_tool", "usual_messenger"
OTHER = "other"


def tools_of(targets: Targets, rng: np.random.Generator) -> list[str]:
    """Deal out the tools of each stratum at random; empty text where a stratum has none."""
    dealt: list[str] = []
    for stratum in targets.strata:
        tools = [tool for tool, n in stratum.tools for _ in range(n)]
        dealt.extend(rng.permutation(tools).tolist() if tools else [""] * stratum.size)
    return dealt


def channel_answers(
    people: pd.DataFrame, codebook: Codebook, coherence: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Write the answers to the questions about tools from which `tool` is derived.

    Parameters
    ----------
    people
        With `tool` and `group`.
    codebook
        With the questions `usual_tool`, `usual_messenger` and `preferred_channel`.
    coherence
        How often each tool is the one that is *not* preferred (rows without `given`).

    Returns
    -------
    DataFrame
        Text, on the index of `people`: `uses_predice_pro`, both tools with their free texts, and
        `preferred_channel`.
    """
    labels, own = codebook.labels("tools"), codebook.tools["tool"].iloc[0]
    offered = {name: codebook.codes(name) for name in (USUAL, MESSENGER)}
    rows = []
    for tool in people["tool"]:
        preferred = MESSENGER if tool in offered[MESSENGER] else USUAL
        answer = {name: _less_used(name, coherence, rng) for name in offered}
        answer[preferred] = tool if tool in offered[preferred] else OTHER
        if answer[preferred] == OTHER:
            answer[f"{preferred}_other"] = labels[tool]
        uses = "yes" if tool == own else "no"
        rows.append({"uses_predice_pro": uses, "preferred_channel": preferred, **answer})
    names = codebook.names(role="exposure") + codebook.names(role="free_text")
    frame = pd.DataFrame(rows, index=people.index, dtype="str")
    return frame.reindex(columns=[name for name in names if name in frame])


def place_answers(
    people: pd.DataFrame, places: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Choose postcode and town by group and by the zone that the person ticked.

    Parameters
    ----------
    people
        With `group` and the indicators `zone__…`.
    places
        `postcode`, `town`, `group`, `zone` (a level of the question), `weight`.
    """
    chosen = []
    for place in people.index:
        near = places[places["group"] == people.at[place, "group"]]
        ticked = [f"zone__{zone}" for zone in near["zone"]]
        fits = near[[bool(people.at[place, name]) for name in ticked]]
        fits = near if fits.empty else fits
        weight = fits["weight"].astype(float)
        share = np.cumsum(weight) / weight.sum()
        chosen.append(fits.iloc[int(np.searchsorted(share, rng.random()))][["postcode", "town"]])
    return pd.DataFrame(chosen).set_axis(people.index).astype("str")


def free_texts(
    people: pd.DataFrame, codebook: Codebook, texts: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Fill in the free text of "other" where a multiple-answer question has it ticked."""
    columns = {}
    for name, rows in texts.groupby("variable", sort=False):
        ticked = people[f"{codebook.variable(str(name))['other_of']}__{OTHER}"].fillna(False)
        drawn = rng.choice(rows["text"].to_numpy(dtype=object), len(people))
        columns[str(name)] = pd.Series(drawn, people.index).where(ticked.astype(bool)).astype("str")
    return pd.DataFrame(columns, index=people.index)


def _less_used(name: str, coherence: pd.DataFrame, rng: np.random.Generator) -> str:
    rows = coherence[(coherence["variable"] == name) & (coherence["given"] == "")]
    weight = rows["log_weight"].astype(float).to_numpy()
    return str(rows["level"].iloc[int(np.argmax(weight + rng.gumbel(size=len(weight))))])
