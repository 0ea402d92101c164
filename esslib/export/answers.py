"""From text to level codes, and the check of every cell against the codebook."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable

import pandas as pd

from esslib.codebook import Codebook, fold
from esslib.export.errors import ExportError

ANSWER_BREAK = re.compile(r"\s*[;|\n]\s*")


def decode(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Replace each answer by its level code; text that fits no level stays as it is.

    Parameters
    ----------
    answers : DataFrame of text
        As in `Export.answers`.

    Returns
    -------
    DataFrame of text
        Same shape. Cells of multiple-answer questions hold codes parted by "|".
    """
    return answers.assign(
        **{
            name: _map_unique(answers[name], decoder(codebook, name))
            for name in answers
            if codebook.variable(name)["level_set"]
        }
    )


def validate(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Check decoded answers against the codebook and return them unchanged.

    Raises
    ------
    ExportError
        At least one cell is not what the codebook expects. The message lists every problem with
        column, row and value, and the nearest level where there is one.
    """
    import pandera.errors

    try:
        _schema(codebook).validate(answers, lazy=True)
    except pandera.errors.SchemaErrors as error:
        problems = _problems(error.failure_cases, codebook)
        lines = "\n".join(
            f"  row {p.row}, column {p.column!r}: {p.value!r} is not valid; {p.expected}"
            for p in problems.itertuples()
        )
        raise ExportError(
            f"{len(problems)} problem(s) in the export; correct them in a copy of the file "
            f"and read it again:\n{lines}",
            problems,
        ) from None
    return answers


def _map_unique(column: pd.Series, function: Callable[[str], str]) -> pd.Series:
    known = {value: function(value) for value in column.dropna().unique()}
    return column.map(known).astype("str")


def decoder(codebook: Codebook, name: str) -> Callable[[str], str]:
    """Return the function that maps the text of a cell to its level codes."""
    levels = codebook.levels_of(name)
    exact = {
        fold(text): code
        for column in ("label_en", "label_fr", "code")
        for text, code in zip(levels[column], levels["code"], strict=True)
    }

    def one(text: str) -> str:
        folded = fold(text)
        if folded in exact:
            return exact[folded]
        fits = [v.code for v in levels.itertuples(index=False) if re.search(v.match, folded)]
        return fits[0] if len(fits) == 1 else text.strip()

    def several(text: str) -> str:
        codes = set(levels["code"])
        pieces = [one(piece) for piece in ANSWER_BREAK.split(text) if piece]
        by_comma = [one(piece) for piece in text.split(",")]
        if not codes.issuperset(pieces) and codes.issuperset(by_comma):
            pieces = by_comma
        return "|".join(dict.fromkeys(pieces))

    return several if codebook.variable(name)["kind"] == "multiple" else one


def _schema(codebook: Codebook):  # type: ignore[no-untyped-def]
    """Build the pandera schema of decoded answers from the codebook."""
    import pandera.pandas as pa

    def column(variable: pd.Series) -> pa.Column:
        checks = {
            "number": lambda: [pa.Check(_in_range(variable), name="range")],
            "multiple": lambda: [
                pa.Check(_all_known(codebook.codes(variable["name"])), name="level"),
                pa.Check(_at_most(variable["max_answers"]), name="count"),
            ],
            "text": list,
        }
        closed = lambda: [pa.Check.isin(codebook.codes(variable["name"]), name="level")]
        return pa.Column(nullable=True, checks=checks.get(variable["kind"], closed)())

    rows = codebook.variables
    return pa.DataFrameSchema({row["name"]: column(row) for _, row in rows.iterrows()})


def _in_range(variable: pd.Series) -> Callable[[pd.Series], pd.Series]:
    low, high = float(variable["minimum"]), float(variable["maximum"])
    return lambda column: pd.to_numeric(column, errors="coerce").between(low, high)


def _all_known(codes: Iterable[str]) -> Callable[[pd.Series], pd.Series]:
    known = set(codes)
    return lambda column: column.map(lambda cell: known.issuperset(cell.split("|")))


def _at_most(maximum: str) -> Callable[[pd.Series], pd.Series]:
    limit = int(maximum) if maximum else None
    return lambda column: column.str.count(r"\|").lt(limit or float("inf"))


def _problems(failures: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    rows = failures.rename(columns={"index": "row", "failure_case": "value"})
    expected = [_expected(codebook, r.column, r.value, r.check) for r in rows.itertuples()]
    return (
        rows.assign(expected=expected)[["row", "column", "value", "expected"]]
        .sort_values(["row", "column"], kind="stable")
        .reset_index(drop=True)
    )


def _expected(codebook: Codebook, column: str, value: str, check: str) -> str:
    variable = codebook.variable(column)
    if variable["kind"] == "number":
        return f"expected a number from {variable['minimum']} to {variable['maximum']}"
    if check == "count":
        return f"expected at most {variable['max_answers']} answers"
    labels = codebook.levels_of(column)["label_fr"].tolist()
    strange = next((piece for piece in value.split("|") if piece not in codebook.codes(column)), "")
    near = difflib.get_close_matches(fold(strange), [fold(label) for label in labels], n=1)
    if near:
        return f"did you mean {next(label for label in labels if fold(label) == near[0])!r}?"
    return f"expected one of {labels}"
