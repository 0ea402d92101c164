"""The one error of a bad export, and the list of all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

LISTED = 1000
SHOWN = 200  # characters of a value
RANGES = 20  # of rows that a line names
PROBLEM = ("heading", "rows", "n", "value", "expected")


class ExportError(ValueError):
    """The export cannot be read as this survey; `problems` lists every reason.

    Attributes
    ----------
    problems : DataFrame
        A row for each heading that is wrong, and for each distinct wrong text of a column: heading
        in the file, rows (as numbered by a spreadsheet), n (cells), value, expected.
    """

    def __init__(self, message: str, problems: pd.DataFrame | None = None) -> None:
        super().__init__(message)
        self.problems = as_problems([]) if problems is None else problems


def as_problems(rows: Iterable[tuple[str, str, int, str, str]]) -> pd.DataFrame:
    """Return problems as a table with the columns of `ExportError.problems`."""
    return pd.DataFrame(list(rows), columns=list(PROBLEM))


def raise_problems(problems: pd.DataFrame, name: str = "the export") -> None:
    """Raise one error that lists all problems, if there is any.

    Parameters
    ----------
    problems : DataFrame
        As in `ExportError`; those of the headings have no value.
    name : str
        Of the file.

    Raises
    ------
    ExportError
    """
    is_heading = problems["value"] == ""
    cells = problems[~is_heading]
    parts = []
    if is_heading.any():
        lines = problems.loc[is_heading, "expected"].tolist()
        parts.append(
            f"{name}: the headings do not fit the questionnaire; it takes one column per question, "
            "headed by the variable name, the short label or the questionnaire's wording:"
            + listed(lines)
        )
    if len(cells):
        lines = [
            f"{_rows(str(p.rows))}, column {p.heading!r}: {_short(str(p.value))!r} is not valid; {p.expected}"
            for p in cells.itertuples()
        ]
        parts.append(
            f"{cells['n'].sum()} problem(s) in the export; correct them in a copy of the file and "
            f"read it again:{listed(lines)}"
        )
    if parts:
        raise ExportError("\n".join(parts), problems)


def row_ranges(rows: Iterable[int]) -> str:
    """Write the numbers of rows as ranges.

    Examples
    --------
    >>> row_ranges([2, 3, 4, 9])
    '2-4, 9'
    """
    numbers = np.fromiter(rows, dtype=np.int64)
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) != 1) + 1)
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs[:RANGES]]
    more = f" and {sum(map(len, runs[RANGES:]))} more" if len(runs) > RANGES else ""
    return ", ".join(texts) + more


def listed(lines: list[str]) -> str:
    """Return one indented line per problem; those beyond a thousand are only counted."""
    more = [f"... and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return "".join(f"\n  {line}" for line in [*lines[:LISTED], *more])


def _rows(numbers: str) -> str:
    return f"row {numbers}" if numbers.isdigit() else f"rows {numbers}"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
