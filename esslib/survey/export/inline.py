"""Texts typed under "Other" that a tool writes among the answers, as Google Forms does."""

from __future__ import annotations

import difflib
from functools import partial
from itertools import combinations

import pandas as pd

from esslib.survey.codebook import Codebook, distinct, fold, map_unique
from esslib.survey.export.answers import level_reader, pieces
from esslib.survey.export.columns import PART
from esslib.survey.export.headings import Questionnaire

NEAR = 0.75  # as alike as this, a text is a level that is misspelt
LONGEST_TYPED = 100


def typed_among_answers(
    answers: pd.DataFrame, headings: set[str], book: Questionnaire, codebook: Codebook
) -> tuple[pd.DataFrame, list[int]]:
    """Move texts that are no level to the free text of "Other", where the file has none of these.

    A text that holds a level, or is nearly one, stays: it is a wrong answer.

    Parameters
    ----------
    answers : DataFrame of text
        As in `Export.answers`.
    headings : set of str
        Variables that have a column.
    book : Questionnaire
    codebook : Codebook

    Returns
    -------
    answers : DataFrame of text
        The same shape.
    rows : list of int
        Rows in which a text was moved.
    """
    if headings & {*book.others.values()}:  # a tool that has such a column writes them there
        return answers, []
    moved: dict[str, pd.Series] = {}
    rows: set[int] = set()
    for name, other in book.others.items():
        parts = {text: _parted(text, name, codebook) for text in distinct(answers[name])[1]}
        known = {text: known for text, (known, _) in parts.items()}
        typed = {text: typed for text, (_, typed) in parts.items() if typed}
        if typed:
            rows |= {*answers.index[answers[name].isin([*typed])]}
            moved[name] = map_unique(answers[name], partial(_or_none, known))
            moved[other] = map_unique(answers[name], typed.get)
    return answers.assign(**moved), sorted(rows)


def _or_none(of: dict[str, str], text: str) -> str | None:
    return of[text] or None


def _parted(text: str, name: str, codebook: Codebook) -> tuple[str, str]:
    """Part a cell into what is known and what was typed; nothing was where any of it is doubtful."""
    one = level_reader(codebook, name)
    found = pieces(text, one) if codebook.variable(name)["kind"] == "multiple" else [text]
    typed = [piece.strip() for piece in found if not one(piece)]
    if not typed or not all(_is_foreign(piece, name, codebook) for piece in typed):
        return text, ""
    return PART.join(piece.strip() for piece in found if one(piece)), ", ".join(typed)


def _is_foreign(text: str, name: str, codebook: Codebook) -> bool:
    """Whether a text holds no level, is not nearly one, and may be words that somebody typed."""
    one, words = level_reader(codebook, name), fold(text).split()
    runs = (words[start:end] for start, end in combinations(range(len(words) + 1), 2))
    if len(text) > LONGEST_TYPED or not any(word.isalpha() for word in words):
        return False
    labels = [
        fold(row[key]) for row in codebook.level_rows(name) for key in ("label_fr", "label_en")
    ]
    is_near = bool(difflib.get_close_matches(" ".join(words), labels, n=1, cutoff=NEAR))
    return not is_near and not any(one(" ".join(run)) for run in runs)
