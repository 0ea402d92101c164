"""Audit the printed numbers of a study against each other.

Every check works on intervals of true values, counts, or enumerations; `impossible` is said only
when no data set can print the numbers it names, together, under any reading in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from printed.book import FINDING_COLUMNS, LINK_COLUMNS, VERDICTS, Book, Finding, Findings, open_book
from printed.conventions import check_conventions
from printed.count_checks import check_counts
from printed.interval_checks import check_between, check_intervals
from printed.messages import InputError, Name, say
from printed.reported import check_reported
from printed.rows import Row, estimate_tables
from printed.score_checks import check_means
from printed.table_checks import check_two_by_two
from printed.text_checks import check_text

UNSEEN = "no_check"  # numbers that no check looks at


def audit(
    published: pd.DataFrame,
    links: pd.DataFrame | None = None,
    *,
    lang: str = "",
    labels: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Run every check that the printed numbers allow, and write what it finds.

    Parameters
    ----------
    published
        As `printed.published.read_published` returns it.
    links
        What the tables cannot say of themselves (see `printed.book.Book`); without it
        the checks that need it are left out.
    lang
        "fr" or "en" writes `expected` and `proof` for people; by default they are for programs, in
        English, with names as they are and decimal points.
    labels
        What people read for the names of rows, levels (`variable.level`), groups and tables.

    Returns
    -------
    One row per check: check, where (ids of the numbers it bears on, parted by blanks), printed,
    verdict (one of `printed.book.VERDICTS`), readings (of what `needs` one: those under which the
    numbers fit), expected, proof.

    Raises
    ------
    ValueError
        When columns are missing, a number cannot be read, or the language is unknown.
    """
    found = [each.row(lang=lang, labels=labels) for each in examine(published, links)]
    return pd.DataFrame(found, columns=list(FINDING_COLUMNS), dtype="str")


def examine(published: pd.DataFrame, links: pd.DataFrame | None = None) -> list[Finding]:
    """Run every check like `audit`; the findings keep their messages."""
    book = open_book(published, links)
    tables = estimate_tables(book)
    found = [*check_counts(book), *check_means(book), *_effects(book, tables)]
    found += [*check_reported(book), *check_text(book, tables)]
    return [*check_conventions(found), *found, *_unseen(book, found)]


def _effects(book: Book, tables: dict[str, list[Row]]) -> Findings:
    for rows in tables.values():
        elsewhere = [r for other in tables.values() if other is not rows for r in other]
        yield from check_intervals(book, rows, {row.covariate: row for row in elsewhere})
        yield from check_two_by_two(book, rows)
    yield from check_between(tables)


def _unseen(book: Book, found: list[Finding]) -> Findings:
    """The numbers of each table that no check looks at."""
    seen = {entry.id for finding in found for entry in finding.entries}
    unseen = [cell for cell in book.cells if cell.id not in seen]
    for table in dict.fromkeys(cell.table for cell in unseen):
        cells = [cell for cell in unseen if cell.table == table]
        yield Finding(UNSEEN, cells, "not_checked", "", say("unseen", n=len(cells)))


def count_verdicts(found: pd.DataFrame) -> pd.DataFrame:
    """Count verdicts by check: columns check and `printed.book.VERDICTS`."""
    counts = pd.crosstab(found["check"], found["verdict"])
    return (
        counts.reindex(found["check"].unique())[[]]
        .join(counts.reindex(columns=list(VERDICTS), fill_value=0))
        .reset_index()
    )


def read_links(path: str | Path) -> pd.DataFrame:
    """Read a table of links (columns kind, name, rows; others are ignored) as text."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := [name for name in LINK_COLUMNS if name not in frame.columns]:
        facts = {"file": Name(Path(path).name), "columns": Name(missing)}
        raise InputError(say("columns-missing", **facts))
    return frame
