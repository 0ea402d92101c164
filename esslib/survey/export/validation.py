"""The check of every decoded cell against the codebook, all problems in one error."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from esslib.survey.codebook import Codebook, distinct, fold
from esslib.survey.export.errors import ExportError, listed

SHOWN = 200  # characters of a value


def validate(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Check decoded answers against the codebook and return them unchanged.

    Raises
    ------
    ExportError
        At least one cell is not what the codebook expects. The error lists every problem with
        column, row and value, and the nearest level where there is one.
    """
    import pandera.errors

    try:
        _schema(codebook).validate(answers, lazy=True)
    except pandera.errors.SchemaErrors as error:
        problems = _problems(error.failure_cases, codebook)
        lines = [
            f"row {p.row}, column {p.column!r}: {_short(p.value)!r} is not valid; {p.expected}"
            for p in problems.itertuples()
        ]
        raise ExportError(
            f"{len(problems)} problem(s) in the export; correct them in a copy of the file "
            f"and read it again:{listed(lines)}",
            problems,
        ) from None
    return answers


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def _schema(codebook: Codebook) -> Any:
    """Build the pandera schema of decoded answers from the codebook."""
    import pandera.pandas as pa

    def column(variable: pd.Series) -> Any:
        rules = _rules(variable, codebook)
        checks = [pa.Check(_each_unique(rule), name=name) for name, rule in rules.items()]
        return pa.Column(nullable=True, checks=checks)

    rows = codebook.variables
    return pa.DataFrameSchema({row["name"]: column(row) for _, row in rows.iterrows()})


def _rules(variable: pd.Series, codebook: Codebook) -> dict[str, Callable[[str], bool]]:
    """Return the named conditions that the text of one cell must meet."""
    kind = variable["kind"]
    if kind == "text":
        return {}
    if kind == "number":
        low, high = float(variable["minimum"]), float(variable["maximum"])
        return {"range": lambda text: low <= pd.to_numeric(text, errors="coerce") <= high}
    codes = set(codebook.codes(variable["name"]))
    if kind != "multiple":
        return {"level": codes.__contains__}
    limit = int(variable["max_answers"] or len(codes))
    return {
        "level": lambda text: codes.issuperset(text.split("|")),
        "count": lambda text: text.count("|") < limit,
    }


def _each_unique(rule: Callable[[str], bool]) -> Callable[[pd.Series], pd.Series]:
    def check(column: pd.Series) -> pd.Series:
        texts = distinct(column)[1]
        wrong = [text for text in texts if not rule(text)]
        return ~column.isin(wrong) if wrong else pd.Series(True, index=column.index)

    return check


def _problems(failures: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    rows = failures.rename(columns={"index": "row", "failure_case": "value"})

    @cache
    def expected(column: str, value: str, check: str) -> str:
        return _expected(codebook, column, value, check)

    expectations = [expected(r.column, r.value, r.check) for r in rows.itertuples()]
    return (
        rows.assign(expected=expectations)[["row", "column", "value", "expected"]]
        .sort_values(["row", "column"], kind="stable")
        .reset_index(drop=True)
    )


def _expected(codebook: Codebook, column: str, value: str, check: str) -> str:
    variable = codebook.variable(column)
    if variable["kind"] == "number":
        return f"expected a number from {variable['minimum']} to {variable['maximum']}"
    if check == "count":
        return f"expected at most {variable['max_answers']} answers"
    labels = {fold(label): label for label in codebook.levels_of(column)["label_fr"]}
    strange = next((piece for piece in value.split("|") if piece not in codebook.codes(column)), "")
    near = difflib.get_close_matches(fold(strange[:SHOWN]), list(labels), n=1)
    if near:
        return f"did you mean {labels[near[0]]!r}?"
    return f"expected one of {list(labels.values())}"
