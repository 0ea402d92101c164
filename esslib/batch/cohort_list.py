"""The list of cohorts: a table whose rows name an export and the parameters of its analysis."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from esslib.paths import says_synthetic
from esslib.run.graph import check_parameters
from esslib.run.notebook import Notebook, RunError
from esslib.survey.export.table import read_table

REQUIRED = ("label", "export")
# A label names a folder, also on Windows.
LABEL = re.compile(r'(?!\.)[^<>:"/\\|?*\x00-\x1f]{1,80}(?<![. ])')


@dataclass(frozen=True)
class Cohort:
    """One row of the list.

    Attributes
    ----------
    label : str
        Name of the cohort and of its folder.
    export : Path
        The survey tool's export.
    parameters : dict
        Parameters that differ from the notebooks' defaults.
    """

    label: str
    export: Path
    parameters: dict[str, Any]

    @property
    def is_synthetic(self) -> bool:
        """Whether the export says in its name that it is synthetic."""
        return says_synthetic(self.export)


def read_cohorts(path: Path, notebooks: Iterable[Notebook]) -> list[Cohort]:
    """Read a list of cohorts from a CSV or XLSX file.

    Parameters
    ----------
    path : Path
        Columns `label`, `export` (relative to the file's folder) and parameters of the notebooks;
        an empty cell is the default.
    notebooks : iterable of Notebook
        Whose parameters may stand in the file.

    Raises
    ------
    ExportError
        The file cannot be read.
    RunError
        A column is missing, unknown or there twice, a label is missing, there twice or no folder
        name, a value has the wrong type, or synthetic exports stand beside others.
    """
    known = tuple(notebooks)
    table = read_table(path)
    _check_columns(
        list(map(str, table)), path.name, [*REQUIRED, *{n for book in known for n in book.defaults}]
    )
    _check_labels(table["label"], path.name)
    cohorts = [
        _cohort(cells, path.parent, where=f"{path.name}, row {row}", notebooks=known)
        for row, cells in table.to_dict("index").items()
    ]
    real = [cohort.label for cohort in cohorts if not cohort.is_synthetic]
    if 0 < len(real) < len(cohorts):
        raise RunError(
            f"{path.name}: {real[0]!r} is no synthetic cohort and others are; a summary of both "
            "would say nothing: list them in two files"
        )
    return cohorts


def _cohort(
    cells: dict[Hashable, Any], folder: Path, *, where: str, notebooks: tuple[Notebook, ...]
) -> Cohort:
    settings = {str(name): cell for name, cell in cells.items() if name not in REQUIRED and cell}
    if not cells["export"]:
        raise RunError(f"{where}: export is empty; give the path of the survey tool's export")
    try:
        parameters = check_parameters(notebooks, settings)
    except RunError as error:
        raise RunError(f"{where}: {error}") from None
    return Cohort(
        unicodedata.normalize("NFC", cells["label"]),
        (folder / Path(cells["export"]).expanduser()).resolve(),
        parameters,
    )


def _check_columns(columns: list[str], name: str, known: list[str]) -> None:
    for column in columns:
        if column not in known:
            near = difflib.get_close_matches(column, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            raise RunError(f"{name}: column {column} is no parameter of the notebooks; {hint}")
        if columns.count(column) > 1:
            raise RunError(f"{name}: column {column} stands twice; keep one")
    if absent := [column for column in REQUIRED if column not in columns]:
        raise RunError(f"{name} has no column {absent[0]}; it needs {' and '.join(REQUIRED)}")


def _check_labels(labels: pd.Series, name: str) -> None:
    seen: dict[str, object] = {}
    for row, label in labels.items():
        if not LABEL.fullmatch(label):
            raise RunError(
                f"{name}, row {row}: label {label!r} cannot name a folder; use up to 80 letters, "
                "digits, blanks and dashes"
            )
        folded = unicodedata.normalize("NFC", label).casefold()
        if folded in seen:
            raise RunError(
                f"{name}, row {row}: label {label!r} stands in row {seen[folded]} too; give each "
                "cohort a label of its own"
            )
        seen[folded] = row
