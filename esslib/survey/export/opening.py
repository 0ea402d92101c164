"""An export under the codebook's names: what each column answers, and how the file was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from esslib.survey.codebook import Codebook, as_text, map_unique
from esslib.survey.export.answers import Said, decoder, without_blank_marks
from esslib.survey.export.assignment import assign
from esslib.survey.export.columns import PART, Column, join, typed_in
from esslib.survey.export.dialects import pattern
from esslib.survey.export.dictionary import Meaning, dictionary_beside
from esslib.survey.export.errors import as_problems, raise_problems
from esslib.survey.export.headings import Hit, Questionnaire, recogniser
from esslib.survey.export.inline import typed_among_answers
from esslib.survey.export.layout import MOST, Heading, count_rows, headings_of, responses
from esslib.survey.export.reading import as_reading, row
from esslib.survey.export.table import Sheet, body, nameless, read_grid, refuse_endless
from esslib.survey.export.validation import find_problems

COUNTS = ("heading_rows", "rows")
MOST_ROWS = 20  # that a notice names
CODES = 0.5  # of the headings that are codes where no question's wording is written


@dataclass(frozen=True, eq=False)
class Export:
    """An export under the codebook's names.

    Attributes
    ----------
    answers : DataFrame of text
        One row per response, indexed by the row number in the file; missing where blank.
        Several answers to one question stand in one cell, parted by "|"; options of a column of
        their own are codes. Columns are categorical: each distinct text is held, and later decoded
        and checked, once.
    headings : dict
        Heading in the file to variable name.
    left_out : list of str
        Headings that belong to no question (number, date, duration ...).
    reading : DataFrame
        How the file was read: part ("file", "heading", "left_out" or "notice"), variable, heading,
        method, text, level, n.
    problems : DataFrame
        What is wrong with the headings, see `ExportError.problems`; empty from `read_export`.
    """

    answers: pd.DataFrame
    headings: dict[str, str]
    left_out: list[str]
    reading: pd.DataFrame
    problems: pd.DataFrame


def read_export(path: str | Path, codebook: Codebook) -> Export:
    """Read an export of the survey tool; nothing is interpreted beyond its headings.

    Parameters
    ----------
    path : path
        CSV (semicolon, comma or tab; UTF-8, UTF-16 or Windows-1252), XLSX or ODS (the widest
        visible sheet), SPSS or Stata file with labels, or a zip of one of these.
    codebook : Codebook
        The questionnaire.

    Raises
    ------
    ExportError
        The file is no table, a question has no column, or columns contradict each other.

    Notes
    -----
    A heading may be a variable name, a short label, or any wording that the codebook's `match`
    patterns recognise; numbering in front is ignored. Several rows of headings are combined. A
    multiple-answer question may fill one column (answers parted by `;`, `|` or line breaks), one
    column per option, both, or one column for the first, second ... answer.
    """
    export = recognise_export(path, codebook)
    if len(export.problems):  # then all there is to correct, in the cells too
        cells = find_problems(export.answers, codebook, export.headings)
        raise_problems(pd.concat([export.problems, cells], ignore_index=True), Path(path).name)
    return export


def recognise_export(path: str | Path, codebook: Codebook) -> Export:
    """Read an export as `read_export` does, and keep what is wrong with its headings.

    Raises
    ------
    ExportError
        The file is no table.
    """
    sheet, book = read_grid(Path(path)), Questionnaire(codebook)
    recognise = recogniser(codebook)
    n_rows = count_rows(sheet.top(MOST), recognise)
    headings, table = headings_of(sheet.top(n_rows)), body(sheet, n_rows)
    name, entries = dictionary_beside(Path(path), [heading.text for heading in headings])
    if entries:
        sheet.about["dictionary"] = name
        headings, table = _explained(headings, table, entries)
    texts = [heading.text for heading in headings]
    refuse_endless(sheet, texts)
    hits, problems = assign(headings, recognise, book)
    table, dropped = responses(table, headings, hits)
    names = unique([text or "(no heading)" for text in texts])
    columns = _columns(table, names, hits, book)
    joined = {name: join(columns[name], book, codebook) for name in columns if columns[name]}
    problems += nameless(sheet, texts, n_rows)
    problems += [each for found in joined.values() for each in found.problems]
    problems += _absent(columns, texts, codebook)
    nothing = pd.Series(pd.NA, table.index, dtype="str").astype("category")
    cells = {v: joined[v].cells if v in joined else nothing for v in codebook.variables["name"]}
    answers, marked = without_blank_marks(pd.DataFrame(cells, table.index), codebook)
    asked = {hit.variable for hit in hits.values()}
    answers, inline = typed_among_answers(answers, asked, book, codebook)
    notes = {"heading_rows": [n_rows], "rows": [len(table)], **dropped, "na_is_blank": marked}
    notes["typed_under_other"] = inline
    return Export(
        answers=_with_other(answers, book, codebook),
        headings={names[at]: hit.variable for at, hit in hits.items()},
        left_out=[name for at, name in enumerate(names) if at not in hits],
        reading=_reading(sheet, names, hits, notes),
        problems=as_problems(("", str(n_rows), 0, "", text) for text in problems),
    )


def _explained(
    headings: list[Heading], table: pd.DataFrame, entries: dict[str, Meaning]
) -> tuple[list[Heading], pd.DataFrame]:
    """Put the wording of a dictionary in the place of headings and codes."""
    explained, columns = [], {}
    for at, heading in enumerate(headings):
        entry = entries.get(heading.text, Meaning(heading.text, {}))
        explained.append(heading._replace(text=entry.text, others=(heading.text,)))
        labels = entry.labels
        columns[at] = map_unique(table[at], partial(_label, labels)) if labels else table[at]
    return explained, pd.DataFrame(columns, table.index)


def _label(labels: dict[str, str], text: str) -> str:
    return labels.get(text, text)


def unique(headings: list[str]) -> list[str]:
    """Add the number of the column to headings that stand several times."""
    times = Counter(headings)
    return [
        heading if times[heading] == 1 else f"{heading} (column {at + 1})"
        for at, heading in enumerate(headings)
    ]


def _absent(columns: dict[str, list[Column]], headings: list[str], codebook: Codebook) -> list[str]:
    asked = codebook.variables[codebook.variables["kind"] != "text"]
    absent = [
        f"no column for {row.name} ({row.label_fr})"
        for row in asked.itertuples(index=False)
        if not columns[str(row.name)]
    ]
    texts = [text for text in headings if text]
    coded = [text for text in texts if pattern("code").fullmatch(text)]
    if absent and len(coded) > CODES * len(texts):
        absent.append(
            f"most headings are codes such as {coded[0]!r}: export the questions and the answers "
            "with their full text, not as codes"
        )
    return absent


def _columns(
    table: pd.DataFrame, names: list[str], hits: dict[int, Hit], book: Questionnaire
) -> dict[str, list[Column]]:
    """Return the columns of each question; a text typed in that of the option "Other" is another's."""
    found: dict[str, list[Column]] = {name: [] for name in {*book.plain.values()}}
    for at, hit in hits.items():
        column = Column(at + 1, names[at], hit, table[at])
        found[hit.variable].append(column)
        if hit.level and hit.level == book.other_level.get(hit.variable):
            typed = typed_in(column, book)
            if typed.notna().any():
                variable = book.others[hit.variable]
                found[variable].append(Column(at + 1, names[at], Hit(variable), typed))
    return found


def _with_other(answers: pd.DataFrame, book: Questionnaire, codebook: Codebook) -> pd.DataFrame:
    """Tick "Other" where its text was typed: among several answers, or where there is no answer."""
    ticked = {
        name: _ticked(
            answers[name],
            # one answer is not replaced by the other
            answers[book.others[name]].where(answers[name].isna() | (name in book.levels)),
            level,
            decoder(codebook, name),
        )
        for name, level in book.other_level.items()
    }
    return answers.assign(**{name: cells for name, cells in ticked.items() if cells is not None})


def _ticked(
    given: pd.Series, typed: pd.Series, level: str, decode: Callable[[str], Said]
) -> pd.Series | None:
    is_ticked = map_unique(given, lambda text: str(level in decode(text).level.split(PART)))
    lacks = typed.notna() & (is_ticked != "True")
    if not lacks.any():
        return None
    text = as_text(given).fillna("")
    added = text.mask(lacks, text + PART + level).str.strip(PART)
    return added.mask(added == "").astype("category")


def _reading(
    sheet: Sheet, names: list[str], hits: dict[int, Hit], notes: dict[str, list[int]]
) -> pd.DataFrame:
    """Return how the file was read, a row for each thing that a reader may want to check."""
    rows = [row("file", method=key, text=text) for key, text in sheet.about.items()]
    rows += [row("file", method=key, n=notes[key][0]) for key in COUNTS]
    rows += [
        row("heading", variable=hit.variable, heading=names[at], method=hit.method, text=hit.text)
        | {"level": hit.level or ""}
        for at, hit in hits.items()
    ]
    rows += [row("left_out", heading=name) for at, name in enumerate(names) if at not in hits]
    rows += [
        row("notice", method=key, text=", ".join(map(str, where[:MOST_ROWS])), n=len(where))
        for key, where in notes.items()
        if key not in COUNTS and where
    ]
    return as_reading(rows)
