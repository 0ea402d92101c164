"""Which items of four reporting guidelines are met, and where: STROBE, CHERRIES, CROSS, COSMIN.

`data/codebook/reporting.csv` holds the judgement, one row per item, under short titles of our own.
An item is *computed* by a notebook or a function of this library, *located* in the thesis, or
*absent* (from the part of it that was read). Guidelines: doi:10.1371/journal.pmed.0040296 (STROBE),
doi:10.2196/jmir.6.3.e34 (CHERRIES), doi:10.1007/s11606-021-06737-1 (CROSS),
doi:10.1007/s11136-018-1798-3 (COSMIN).
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from printed.numerals import LANGUAGES

TITLES = [f"title_{lang}" for lang in LANGUAGES]
COLUMNS = ["guideline", "item", *TITLES, "status", "where"]
STATUSES = ("computed", "located", "absent")
TAKEN = re.compile(r"\bsave\(|\brun\(|\bdraw\(|\bread\(|\bresults\[")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


class ReportingError(ValueError):
    """`reporting.csv` says something that the project does not bear out."""


@dataclass(frozen=True)
class CodeCell:
    """A code cell of a notebook and the heading that it stands under."""

    notebook: str
    heading: str
    code: str

    def writes(self, name: str) -> bool:
        """Tell whether the cell saves a table, figure or file of this name, or takes it."""
        return f'"{name}"' in self.code and bool(TAKEN.search(self.code))


def read_reporting(path: str | Path) -> pd.DataFrame:
    """Read the judged items of the guidelines, as text.

    Raises
    ------
    ReportingError
        A column is missing, an item stands twice, a status is unknown, or an item that is
        computed or located does not say where.
    """
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if frame.columns.tolist() != COLUMNS:
        raise ReportingError(f"{Path(path).name}: columns must be {', '.join(COLUMNS)}.")
    faults = {
        "stands twice": frame.duplicated(["guideline", "item"]),
        f"has a status other than {', '.join(STATUSES)}": ~frame["status"].isin(STATUSES),
        "does not say where": frame["status"].ne("absent") & frame["where"].eq(""),
        "has no title": (frame[TITLES] == "").any(axis=1),
    }
    for fault, is_faulty in faults.items():
        if is_faulty.any():
            row = int(is_faulty.to_numpy().argmax())
            item = frame["guideline"].str.cat(frame["item"], sep=" ").iloc[row]
            raise ReportingError(f"{Path(path).name}, row {row + 2}: {item} {fault}.")
    return frame


def read_cells(folder: str | Path) -> list[CodeCell]:
    """Read the code cells of every notebook in a folder, in order."""
    return [cell for path in sorted(Path(folder).glob("*.ipynb")) for cell in _cells(path)]


def checklist(reporting: pd.DataFrame, cells: list[CodeCell]) -> dict[str, pd.DataFrame]:
    """Say of every computed item which section of which notebook, or which function, computes it.

    Parameters
    ----------
    reporting : DataFrame
        As `read_reporting` returns it; a computed item names `notebook:output` or a function.
    cells : list of CodeCell
        As `read_cells` returns them.

    Returns
    -------
    dict of DataFrame
        `reporting_checklist` of ``results.csv``; `where` is text for readers, in French.

    Raises
    ------
    ReportingError
        No cell of the notebook saves the output, or there is no such function.

    Examples
    --------
    >>> cells = [CodeCell("05_predictors", "Et ensemble ?", 'study.save({"multivariate": f})')]
    >>> row = ["STROBE", "16a", "Titre", "Title", "computed", "05_predictors:multivariate"]
    >>> found = checklist(pd.DataFrame([row], columns=COLUMNS), cells)
    >>> found["reporting_checklist"]["where"].item()
    '05_predictors, « Et ensemble ? » : multivariate'
    """
    is_computed = reporting["status"].eq("computed")
    places = reporting["where"].where(~is_computed)
    found = reporting.loc[is_computed, "where"].map(lambda place: _place(place, cells))
    return {"reporting_checklist": reporting.assign(where=places.fillna(found))}


def _cells(path: Path) -> Iterator[CodeCell]:
    heading = ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            yield CodeCell(path.stem, heading, text)
        else:
            heading = (HEADING.findall(text) or [heading])[-1]


def _place(place: str, cells: list[CodeCell]) -> str:
    notebook, _, output = place.partition(":")
    if not output:
        _check_function(place)
        return place
    for cell in cells:
        if cell.notebook == notebook and cell.writes(output):
            return f"{notebook}, « {cell.heading} » : {output}"
    raise ReportingError(
        f"reporting.csv names {place!r}, but no cell of notebook {notebook!r} saves {output!r}. "
        "Correct the row, or judge the item located or absent."
    )


def _check_function(path: str) -> None:
    """Look for a function in its module's source: importing it could bring in half the library."""
    module, _, name = path.rpartition(".")
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        spec = None
    tree = ast.parse(Path(spec.origin).read_bytes() if spec and spec.origin else "")
    if not any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body):
        raise ReportingError(
            f"reporting.csv names {path!r}: no function of that name. "
            "Write `notebook:output` or the full name of a function of esslib."
        )
