"""How an export was read, down to each text: what a reader checks before believing any result."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from esslib.survey.cleaning import tidy_answers, tool_reader
from esslib.survey.codebook import Codebook, distinct
from esslib.survey.export import Export
from esslib.survey.export.answers import Said, decoder
from esslib.survey.export.reading import Row, as_reading, row

TYPED = "typed"


def how_read(export: Export, codebook: Codebook) -> pd.DataFrame:
    """Return how an export was read: `Export.reading`, and what was read in each text.

    The table holds what respondents wrote: it is for whoever holds the data.

    Returns
    -------
    DataFrame
        Columns of `esslib.survey.export.reading`. An "answer" row tells the level that a text was
        read as (`level_set.code`), and in how many cells; a "notice"
        row the places that are in no département.

    Raises
    ------
    ExportError
        Some cell is not what the codebook expects.
    """
    asked = [name for name in codebook.names() if _reader(codebook, name)]
    rows = [each for name in asked for each in _answers(export.answers[name], name, codebook)]
    tidy = tidy_answers(export, codebook)
    place, *others = codebook.names(role="place")
    given = export.answers[place].astype("str")
    for name in others:
        given = given.fillna(export.answers[name].astype("str"))
    lost = given[tidy["departement"].isna()].value_counts()
    rows += [
        row("notice", variable=place, method="not_placed", text=str(text), n=int(n))
        for text, n in lost.items()
    ]
    return pd.concat([export.reading, as_reading(rows)], ignore_index=True)


def _answers(column: pd.Series, name: str, codebook: Codebook) -> list[Row]:
    read, (places, texts) = _reader(codebook, name), distinct(column)
    counts = pd.Series(places).value_counts()
    assert read is not None
    codes, levels = {*codebook.codes(name)}, codebook.variable(name)["level_set"]

    def key(level: str) -> str:
        return "|".join(f"{levels}.{c}" if c in codes else c for c in level.split("|"))

    found = [(text, read(text), int(counts.get(at, 0))) for at, text in enumerate(texts)]
    return [
        row("answer", variable=name, method=said.method, text=text, level=key(said.level), n=n)
        for text, said, n in sorted(found, key=lambda each: -each[2])
        if n
    ]


def _reader(codebook: Codebook, name: str) -> Callable[[str], Said] | None:
    """Return what reads the texts of a question; of free texts only those typed under "Other"."""
    variable = codebook.variable(name)
    if variable["kind"] != "text":
        return decoder(codebook, name)
    if not variable["other_of"]:
        return None
    if codebook.variable(variable["other_of"])["role"] != "exposure":
        return lambda text: Said("", TYPED)
    tool = tool_reader(codebook)
    return lambda text: Said(tool(text) or "", TYPED)
