"""The check of every cell against the codebook, all problems in one error."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from esslib.survey.codebook import Codebook, distinct, fold
from esslib.survey.export.answers import Said, decoder, level_reader, pieces
from esslib.survey.export.dialects import pattern
from esslib.survey.export.errors import SHOWN, as_problems, raise_problems, row_ranges

ALIKE = 0.5  # signs that a misspelt word shares with the right one
SHORT = 2  # signs that say nothing about a question
WORDS = frozenset({"label", "pattern", "parts"})
FEW = 0.5  # of the wrong texts that are codes where labels were not exported
LABELS = "; answers look like codes: export them with their full text (labels), not as codes"
BLANK = "; if it stands for no answer, write the file with blank cells there"


def validate(
    answers: pd.DataFrame, codebook: Codebook, headings: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Check answers against the codebook and return them unchanged.

    Parameters
    ----------
    answers : DataFrame of text
        As in `Export.answers`, or decoded.
    codebook : Codebook
    headings : Mapping, optional
        Heading in the file to variable, as in `Export.headings`.

    Raises
    ------
    ExportError
        At least one cell is not what the codebook expects. The error lists each distinct wrong
        text of a column with its rows, and the nearest level where there is one.
    """
    raise_problems(find_problems(answers, codebook, headings))
    return answers


def find_problems(
    answers: pd.DataFrame, codebook: Codebook, headings: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return what `validate` raises as a table, see `ExportError.problems`."""
    titles = _titles(headings or {})
    decoders = {
        name: decoder(codebook, name)
        for name in codebook.names()
        if name not in codebook.names(kind="text")
    }
    rows, shifted = [], _shift(codebook, titles, decoders)
    for name, said in decoders.items():
        places, texts = distinct(answers[name])
        right = _rule(codebook, name)
        for place, text in enumerate(texts):
            if not right(said(text)):
                at = answers.index[np.flatnonzero(places == place)]
                if len(at):
                    expected = _expected(codebook, name, text, said(text)) + shifted(name, text)
                    rows.append(
                        (titles.get(name, name), row_ranges(at), len(at), text, expected, at[0])
                    )
    rows.sort(key=lambda row: row[-1])
    found = as_problems(row[:-1] for row in rows)
    is_code = found["value"].map(lambda text: bool(pattern("code").fullmatch(text)))
    if is_code.sum() > max(1, FEW * len(found)):
        found["expected"] = found["expected"].mask(is_code, found["expected"] + LABELS)
    return found


def _titles(headings: Mapping[str, str]) -> dict[str, str]:
    """Return what the columns of each question are called in the file."""
    columns: dict[str, list[str]] = {}
    for heading, name in headings.items():
        columns.setdefault(name, []).append(heading)
    return {
        name: each[0] if len(each) == 1 else f"{each[0]} ... {each[-1]}"
        for name, each in columns.items()
    }


def _rule(codebook: Codebook, name: str) -> Callable[[Said], bool]:
    """Return the condition that what a cell says must meet."""
    variable = codebook.variable(name)
    if variable["kind"] == "number":
        low, high = float(variable["minimum"]), float(variable["maximum"])
        return lambda said: said.method != "" and low <= float(said.level) <= high
    limit = int(variable["max_answers"] or len(codebook.codes(name)) or 1)
    return lambda said: said.method != "" and said.level.count("|") < limit


def _expected(codebook: Codebook, name: str, text: str, said: Said) -> str:
    variable = codebook.variable(name)
    if variable["kind"] == "number":
        return f"expected a number from {variable['minimum']} to {variable['maximum']}"
    if said.method:
        return f"expected at most {variable['max_answers']} answers"
    return _nearest(codebook, name, text)


def _shift(
    codebook: Codebook, titles: Mapping[str, str], decoders: Mapping[str, Callable[[str], Said]]
) -> Callable[[str, str], str]:
    """Return the function that says which one other question a text answers."""

    def shifted(name: str, text: str) -> str:
        others = {
            codebook.variable(other)["level_set"]: titles.get(other, other)
            for other, read in decoders.items()
            if other != name and codebook.codes(other) and read(text).method in WORDS
        }
        if len(others) != 1 or len(fold(text)) <= SHORT:
            return ""
        return f"; it answers {next(iter(others.values()))!r}: look for shifted cells"

    return shifted


def _nearest(codebook: Codebook, name: str, text: str) -> str:
    """Return the level that a text resembles, or all of them."""
    labels = {fold(label): label for label in codebook.levels_of(name)["label_fr"]}
    if fold(text) in ("na", "n a"):
        return f"expected one of {list(labels.values())}{BLANK}"
    one = level_reader(codebook, name)
    parts = pieces(text[:SHOWN], one) if codebook.variable(name)["kind"] == "multiple" else [text]
    strange = next((part for part in parts if not one(part)), text)
    near = difflib.get_close_matches(fold(strange[:SHOWN]), list(labels), n=1)
    if near and _is_misspelt(fold(strange).split(), near[0].split()):
        return f"did you mean {labels[near[0]]!r}?"
    only = "; it must say nothing else" if near else ""
    return f"expected one of {list(labels.values())}{only}"


def _is_misspelt(words: list[str], right: list[str]) -> bool:
    """Tell whether each word resembles its own; other or further words may say the contrary."""
    return len(words) == len(right) and all(
        difflib.SequenceMatcher(None, a, b).ratio() >= ALIKE
        for a, b in zip(words, right, strict=True)
    )
