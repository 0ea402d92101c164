"""From a table of text to the codebook's names: which column answers which question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from esslib.survey.codebook import Codebook, fold, map_unique, records
from esslib.survey.export.answers import decoder
from esslib.survey.export.errors import ExportError, listed
from esslib.survey.export.reading import as_reading, row
from esslib.survey.export.table import body, nameless, read_grid, refuse_endless

NUMBERING = re.compile(
    r"^\W*(question\s*)?(q\s?|n\s?°\s?)?\d+([._-]\d+)*[a-z]?(?=[^a-z0-9]|$)[\W_]*", re.IGNORECASE
)
PARTING = re.compile(r"__|[:\[\](){}/_?|>\n]|\s[-–—]\s")
CUTS = 40  # a heading in which more signs could part question and level is none
OTHER = re.compile(r"(autres?|other|precis\w*)\b")
MARKS = frozenset({"1", "1 0", "x", "oui", "yes", "true", "vrai", "coche", "✓", "✔", "☑", "☒"})
NO_MARKS = frozenset({"0", "0 0", "non", "no", "false", "faux", "☐"})
SILENT = re.compile(r"[-–—./\s]*|(non|pas de|sans) r.{1,2}ponse|no answer", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Export:
    """An export under the codebook's names.

    Attributes
    ----------
    answers : DataFrame of text
        One row per response, indexed by the row number in the file; missing where blank.
        Several answers to one question stand in one cell, parted by "|". Columns are categorical:
        each distinct text is held, and later decoded and checked, once.
    headings : dict
        Heading in the file to variable name.
    left_out : list of str
        Headings that belong to no question (number, date, duration ...).
    reading : DataFrame
        How the file and its headings were read, as `reading.as_reading` returns it.
    """

    answers: pd.DataFrame
    headings: dict[str, str]
    left_out: list[str]
    reading: pd.DataFrame


class Hit(NamedTuple):
    """What a column answers: a question, or one level of a multiple-answer question."""

    variable: str
    level: str | None = None

    def overlaps(self, other: Hit) -> bool:
        """Tell whether both columns answer the same."""
        levels = {self.level, other.level}
        return self.variable == other.variable and (None in levels or len(levels) == 1)


def read_export(path: str | Path, codebook: Codebook) -> Export:
    """Read an export of the survey tool; nothing is interpreted beyond its headings.

    Parameters
    ----------
    path : path
        CSV (semicolon, comma or tab; UTF-8, UTF-16 or Windows-1252) or XLSX (first visible sheet).
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
    grid = read_grid(Path(path))
    headings = grid.top(1)[0]
    refuse_endless(grid, headings)
    problems = nameless(grid, headings, 1)
    table = body(grid, 1)
    hits = _recognise(headings, codebook, grid.name, problems)
    answers = {
        name: _collect(table, [(at, hit) for at, hit in hits.items() if hit.variable == name])
        for name in codebook.variables["name"]
    }
    times = Counter(headings)
    headings = [heading or "(no heading)" for heading in headings]
    unique = [
        heading if times[heading] == 1 else f"{heading} (column {at + 1})"
        for at, heading in enumerate(headings)
    ]
    left_out = [heading for at, heading in enumerate(unique) if at not in hits]
    return Export(
        answers=pd.DataFrame(answers, index=table.index),
        headings={unique[at]: hit.variable for at, hit in hits.items()},
        left_out=left_out,
        reading=_reading(grid.about | {"rows": str(len(table))}, unique, hits, left_out),
    )


def _reading(
    about: dict[str, str], headings: list[str], hits: dict[int, Hit], left_out: list[str]
) -> pd.DataFrame:
    return as_reading(
        [
            *(row("file", method=what, text=text) for what, text in about.items()),
            *(
                row("heading", variable=hit.variable, heading=headings[at], level=hit.level or "")
                for at, hit in hits.items()
            ),
            *(row("left_out", heading=heading) for heading in left_out),
        ]
    )


def _recognise(
    headings: list[str], codebook: Codebook, name: str, problems: list[str]
) -> dict[int, Hit]:
    """Map column positions to what they answer, or raise one error with every conflict."""
    recognise = recogniser(codebook)
    hits: dict[int, Hit] = {}
    conflicts = [*problems]
    previous = ""
    for at, heading in enumerate(headings):
        fits = recognise(heading, previous)
        if len(fits) > 1:
            conflicts.append(f"column {heading!r} fits {[hit.variable for hit in fits]}")
        elif fits:
            hit, previous = fits[0], fits[0].variable
            conflicts += [
                f"columns {headings[p]!r} ({p + 1}) and {heading!r} ({at + 1}) both answer "
                f"{hit.variable}: keep one of them"
                for p, other in hits.items()
                if other.overlaps(hit)
            ]
            hits[at] = hit
    _refuse(conflicts, hits, codebook, name)
    return hits


def _refuse(conflicts: list[str], hits: dict[int, Hit], codebook: Codebook, name: str) -> None:
    found = {hit.variable for hit in hits.values()}
    asked = codebook.variables[codebook.variables["kind"] != "text"]
    absent = [
        f"no column for {row.name} ({row.label_fr})"
        for row in asked.itertuples(index=False)
        if row.name not in found
    ]
    if conflicts or absent:
        raise ExportError(
            f"{name}: the headings do not fit the questionnaire; it takes one column per question, "
            "headed by the variable name, the short label or the questionnaire's wording:"
            + listed(conflicts + absent)
        )


def recogniser(codebook: Codebook) -> Callable[[str, str], list[Hit]]:
    """Return the function that maps a heading, and the question before it, to what it answers."""
    variables = records(codebook.variables)
    texts = ("label_en", "label_fr", "name")
    plain = {v[text].casefold(): v["name"] for v in variables for text in texts}
    folded = {fold(text): name for text, name in plain.items()}
    patterns = [(v["name"], re.compile(v["match"])) for v in variables if v["match"]]
    decoders = {name: decoder(codebook, name) for name in codebook.names(kind="multiple")}
    codes = {name: set(codebook.codes(name)) for name in decoders}
    others = {v["other_of"]: v["name"] for v in variables if v["other_of"]}

    def questions(heading: str) -> list[str]:
        text = fold(NUMBERING.sub("", heading))
        exact = folded.get(text)
        return [exact] if exact else [name for name, match in patterns if match.search(text)]

    def one_level(heading: str) -> list[Hit]:
        """Recognise "question: level" or "level [question]"."""
        for cut in islice(PARTING.finditer(heading), CUTS):
            parts = heading[: cut.start()], heading[cut.end() :]
            for question, answer in (parts, parts[::-1]):
                for name in questions(question):
                    if name in decoders and (code := decoders[name](answer)) in codes[name]:
                        return [Hit(name, code)]
        return []

    def recognise(heading: str, previous: str) -> list[Hit]:
        bare = NUMBERING.sub("", heading)
        exact = plain.get(" ".join(bare.split()).casefold())
        if exact:
            return [Hit(exact)]
        if previous in others and OTHER.match(fold(bare)):
            return [Hit(others[previous])]
        return one_level(heading) or [Hit(name) for name in questions(heading)]

    return recognise


def _collect(table: pd.DataFrame, columns: list[tuple[int, Hit]]) -> pd.Series:
    """Join the columns of one question into one text column; no answer is missing."""
    if not columns:
        return pd.Series(pd.NA, index=table.index, dtype="str").astype("category")
    first, *others = (
        table.iloc[:, at] if hit.level is None else map_unique(table.iloc[:, at], _mark(hit.level))
        for at, hit in columns
    )
    if others:
        joined = first.astype("str")
        for marks in others:
            joined = joined + "|" + marks.astype("str")
        joined = joined.str.replace(r"\|+", "|", regex=True).str.strip("|")
        first = joined.astype("category")
    return map_unique(first, lambda text: None if SILENT.fullmatch(text) else text)


def _mark(level: str) -> Callable[[str], str]:
    """Turn a mark into `level` or ""; any other text is kept for `validate`."""

    def read(text: str) -> str:
        mark = fold(text) or text
        return level if mark in MARKS else "" if mark in NO_MARKS else text

    return read
