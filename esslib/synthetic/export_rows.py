"""From synthetic people to what a survey tool would have recorded of them: text, as level codes."""

from __future__ import annotations

import pandas as pd

from esslib.survey.codebook import Codebook
from esslib.survey.rules import answers
from esslib.survey.writer import BREAK

__all__ = ["raw_answers"]

NOT_APPLICABLE = 0


def raw_answers(
    people: pd.DataFrame, codebook: Codebook, *, high_is_agreement: bool = True
) -> pd.DataFrame:
    """Write the answers of a reconstructed cohort as an export holds them once decoded.

    Parameters
    ----------
    people
        One row per respondent, in the columns of the tidy frame; items as whole numbers from the
        least to the greatest of the codebook's points, 0 for "not applicable".
    codebook
        The questionnaire.
    high_is_agreement
        Whether the greatest number stands for the answer that the codebook gives the fewest points
        (the direction in which the study's results are printed), or for the one with the most.

    Returns
    -------
    DataFrame of text
        One column per variable of the questionnaire, in its order: level codes, several parted by
        "|", whole numbers, texts; missing where not answered or not among `people`.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> book = read_codebook(resolve("data/codebook"))
    >>> people = pd.DataFrame({"gender": ["male", None], "ess_q01": [4, 0]})
    >>> raw_answers(people, book)[["gender", "ess_q01"]].to_numpy().tolist()
    [['male', 'agree_fully'], [nan, 'not_applicable']]
    """
    likert = _likert_codes(codebook, high_is_agreement) if codebook.items else {}

    def column(name: str) -> pd.Series:
        kind = codebook.variable(name)["kind"]
        if kind == "multiple":
            return _joined(people, name)
        if name not in people:
            return pd.Series(pd.NA, people.index, dtype="str")
        if kind == "likert":
            return people[name].astype("Int64").map(likert)
        return people[name].astype("Int64") if kind == "number" else people[name]

    return pd.DataFrame({name: column(name).astype("str") for name in codebook.names()})


def _likert_codes(codebook: Codebook, high_is_agreement: bool) -> dict[int, str]:
    """Return the answer that each number stands for."""
    points = codebook.points
    ends = min(points.values()) + max(points.values())
    numbered = {ends - value if high_is_agreement else value: c for c, value in points.items()}
    (apart,) = set(codebook.codes(codebook.items[0])) - set(points)
    return numbered | {NOT_APPLICABLE: apart}


def _joined(people: pd.DataFrame, name: str) -> pd.Series:
    try:
        ticks = answers(people, name)
    except KeyError:
        return pd.Series(pd.NA, people.index, dtype="str")
    codes = [str(code) for code in ticks]
    held = [
        BREAK.join(c for c, is_held in zip(codes, row, strict=True) if is_held is True) or pd.NA
        for row in ticks.astype(object).to_numpy().tolist()
    ]
    return pd.Series(held, people.index, dtype="str")
