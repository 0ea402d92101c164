"""From a table of text to the codebook's names: which column answers which question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from esslib.codebook import Codebook, fold
from esslib.export.answers import decoder
from esslib.export.errors import ExportError
from esslib.export.table import read_table

NUMBERING = re.compile(r"^\s*(q\s?\d+([._-]\d+)*|\d+([._-]\d+)*)(?=[^a-z0-9]|$)[\s.):_-]*", re.IGNORECASE)
MARKS = frozenset({"1", "x", "oui", "yes", "true", "vrai"})
NO_MARKS = frozenset({"", "0", "non", "no", "false", "faux"})


@dataclass(frozen=True)
class Export:
    """An export under the codebook's names.

    Attributes
    ----------
    answers : DataFrame of text
        One row per response, indexed by the row number in the file; missing where blank.
        Several answers to one question stand in one cell, parted by "|".
    headings : dict
        Heading in the file to variable name.
    left_out : list of str
        Headings that belong to no question (number, date, duration ...).
    """

    answers: pd.DataFrame
    headings: dict[str, str]
    left_out: list[str]


def read_export(path: str | Path, codebook: Codebook) -> Export:
    """Read an export of the survey tool; nothing is interpreted beyond its headings.

    Parameters
    ----------
    path : path
        `.csv`/`.txt` (semicolon, comma or tab; UTF-8 or Windows-1252) or `.xlsx` (first sheet).
    codebook : Codebook
        The questionnaire.

    Raises
    ------
    ExportError
        The file is no table, a question has no column, or two columns fit one question.

    Notes
    -----
    A heading may be a variable name, a short label, or any wording that the codebook's `match`
    patterns recognise; numbering in front is ignored. A multiple-answer question may fill one
    column (answers parted by `;`, `|` or line breaks) or one column per level.
    """
    table = read_table(Path(path))
    found = _recognise(table.columns.tolist(), codebook)
    _require_all_questions(found, codebook, path)
    table.index = pd.RangeIndex(2, len(table) + 2, name="row")
    answers = {
        name: _collect(table, [(h, level) for h, (n, level) in found.items() if n == name])
        for name in codebook.variables["name"]
    }
    return Export(
        answers=pd.DataFrame(answers, index=table.index, dtype="str"),
        headings={heading: name for heading, (name, _) in found.items()},
        left_out=[heading for heading in table if heading not in found],
    )


def _recognise(headings: list[str], codebook: Codebook) -> dict[str, tuple[str, str | None]]:
    """Map headings to (variable, level); level is set for one-column-per-level questions."""
    found: dict[str, tuple[str, str | None]] = {}
    previous = ""
    for heading in headings:
        hit = _question(heading, codebook, previous)
        if hit is None:
            continue
        rivals = [h for h, other in found.items() if other in (hit, (hit[0], None))]
        if rivals:
            raise ExportError(
                f"columns {rivals[0]!r} and {heading!r} both fit question {hit[0]!r}: "
                "keep one of them"
            )
        found[heading] = hit
        previous = hit[0]
    return found


def _question(heading: str, codebook: Codebook, previous: str) -> tuple[str, str | None] | None:
    text = fold(NUMBERING.sub("", heading))
    name = _by_label(text, codebook) or _by_parent(text, codebook, previous)
    if name:
        return name, None
    by_level = _by_level(heading, codebook)
    if by_level:
        return by_level
    name = _by_pattern(heading, codebook)
    return (name, None) if name else None


def _by_label(text: str, codebook: Codebook) -> str | None:
    variables = codebook.variables
    for column in ("name", "label_fr", "label_en"):
        exact = variables[variables[column].map(fold) == text]
        if len(exact):
            return str(exact["name"].iloc[0])
    return None


def _by_parent(text: str, codebook: Codebook, previous: str) -> str | None:
    """Recognise the bare "Autre" column that follows the question it completes."""
    other = codebook.variables[codebook.variables["other_of"] == previous]
    if previous and len(other) and re.match(r"(autres?|other|precis\w*)\b", text):
        return str(other["name"].iloc[0])
    return None


def _by_pattern(heading: str, codebook: Codebook) -> str | None:
    text = fold(NUMBERING.sub("", heading))
    variables = codebook.variables[codebook.variables["match"] != ""]
    fits = [v.name for v in variables.itertuples(index=False) if re.search(v.match, text)]
    if len(fits) > 1:
        raise ExportError(f"column {heading!r} fits several questions {fits}: rename it to one")
    return fits[0] if fits else None


def _by_level(heading: str, codebook: Codebook) -> tuple[str, str] | None:
    """Recognise "question: level", the heading of one column per level."""
    for cut in re.finditer(r"__|[:\[/_?]|\s-\s", heading):
        text = fold(NUMBERING.sub("", heading[: cut.start()]))
        name = _by_label(text, codebook) or _by_pattern(heading[: cut.start()], codebook)
        if name in codebook.names(kind="multiple"):
            code = decoder(codebook, name)(heading[cut.end() :])
            if code in codebook.codes(name):
                return name, code
    return None


def _require_all_questions(
    found: dict[str, tuple[str, str | None]], codebook: Codebook, path: str | Path
) -> None:
    recognised = {name for name, _ in found.values()}
    asked = codebook.variables[codebook.variables["kind"] != "text"]
    absent = asked[~asked["name"].isin(recognised)]
    if len(absent):
        wanted = ", ".join(f"{v.name} ({v.label_fr})" for v in absent.itertuples(index=False))
        raise ExportError(
            f"{Path(path).name} has no column for {len(absent)} question(s): {wanted}. "
            "Name each column by its variable name, its short label or the questionnaire's wording"
        )


def _collect(table: pd.DataFrame, columns: list[tuple[str, str | None]]) -> pd.Series:
    """Join the columns of one question into one text column; blank is missing."""
    if not columns:
        return pd.Series(pd.NA, index=table.index, dtype="str")
    if columns[0][1] is None:
        return table[columns[0][0]].replace("", pd.NA)
    marked = [_marked(table[heading], str(level)) for heading, level in columns]
    joined = pd.concat(marked, axis=1).agg(lambda row: "|".join(filter(None, row)), axis=1)
    return joined.astype("str").replace("", pd.NA)


def _marked(column: pd.Series, level: str) -> pd.Series:
    """Turn a column of marks into `level` or ""; any other text is kept for `validate`."""
    text = column.map(fold)
    kept = column.where(~text.isin(NO_MARKS), "")
    return kept.where(~text.isin(MARKS), level)
