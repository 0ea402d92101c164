"""The one error of a bad export."""

from __future__ import annotations

import pandas as pd

LISTED = 1000


class ExportError(ValueError):
    """The export cannot be read as this survey; `problems` lists every reason.

    Attributes
    ----------
    problems : DataFrame
        Columns row (as numbered by a spreadsheet), column, value, expected.
    """

    def __init__(self, message: str, problems: pd.DataFrame | None = None) -> None:
        super().__init__(message)
        self.problems = pd.DataFrame() if problems is None else problems


def listed(lines: list[str]) -> str:
    """Return one indented line per problem; those beyond a thousand are only counted."""
    more = [f"... and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return "".join(f"\n  {line}" for line in [*lines[:LISTED], *more])
