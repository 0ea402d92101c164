"""Audit the printed numbers of a study against each other, and against recomputed ones.

Every check works on intervals of true values, counts, or enumerations; `impossible` is said only
when no data set can print the numbers it names, together, under the convention of their table.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from printed.book import COLUMNS, LINK_COLUMNS, Book, open_book
from printed.conventions import check_conventions, roundings
from printed.count_checks import check_counts
from printed.interval_checks import check_between, check_intervals, check_slips
from printed.published import parse
from printed.rounding import as_printed
from printed.rows import Row, predictor_tables
from printed.score_checks import check_scores
from printed.table_checks import check_error_bound, check_split, split_of
from printed.text_checks import check_text

Findings = Iterator[dict[str, str]]
DIGITS = 1e-10  # results are exact to ten significant digits
FIDELITY = ("id", "where", "printed", "recomputed", "status", "reason")


def audit(published: pd.DataFrame, links: pd.DataFrame | None = None) -> pd.DataFrame:
    """Run every check that the printed numbers allow.

    Parameters
    ----------
    published
        As `printed.published.read_published` returns it.
    links
        What the tables cannot say of themselves (see `printed.book.Book`); without it
        the checks that need it are left out.

    Returns
    -------
    One row per check: check, where (ids of the numbers it bears on, parted by blanks), printed,
    verdict (`consistent`, `inconsistent`: true only by a slip or another definition, `impossible`:
    no data set prints these numbers together), expected, proof.

    Raises
    ------
    ValueError
        When columns are missing or a number cannot be read.
    """
    book = open_book(published, links)
    chosen = roundings(book)
    tables = predictor_tables(book, chosen)
    found = [
        *check_conventions(book, chosen),
        *check_counts(book),
        *check_scores(book, chosen),
        *_predictors(book, tables, chosen),
        *check_text(book, tables, chosen),
    ]
    return pd.DataFrame(found, columns=list(COLUMNS), dtype="str")


def _predictors(book: Book, tables: dict[str, list[Row]], chosen: dict[str, str]) -> Findings:
    n = book.size("all")
    splits = {
        name: None if n is None else split_of(rows, n, chosen[name])
        for name, rows in tables.items()
    }
    for name, rows in tables.items():
        split = splits[name]
        exact = set() if split is None else set(split.rows.query("status == 'exact'")["row"])
        yield from check_intervals(rows, n, exact)
        if split is not None:
            yield from check_split(book, rows, split)
            for others in tables.values():
                yield from check_error_bound(book, others, split)
        elsewhere = [r for other in tables.values() if other is not rows for r in other]
        yield from check_slips(book, rows, n, {row.covariate: row for row in elsewhere})
    yield from check_between(tables)


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """Count verdicts by check: columns check, consistent, inconsistent, impossible."""
    counts = pd.crosstab(found["check"], found["verdict"])
    verdicts = ["consistent", "inconsistent", "impossible"]
    return (
        counts.reindex(found["check"].unique())[[]]
        .join(counts.reindex(columns=verdicts, fill_value=0))
        .reset_index()
    )


def fidelity(
    published: pd.DataFrame, recomputed: pd.Series, audited: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set each printed number beside the one recomputed from a cohort.

    Parameters
    ----------
    published
        The printed numbers.
    recomputed
        Numbers by the ids of `published`. For a number that the text repeats from a table, the
        table's recomputed number is taken.
    audited
        What `audit` says of them; by default audited here, without links.

    Returns
    -------
    One row per printed number: id, where, printed, recomputed (text, at most 10 significant
    digits), status (`reproduced`: the recomputed number prints as printed under the convention
    found for the table; `impossible`: it does not, and the audit proves that numbers including
    this one cannot be printed together; `differs`), reason.
    """
    known = audit(published) if audited is None else audited
    chosen, barred = _conventions(published, known), _impossible(known)
    values = _with_repeats(published, recomputed)
    rows = [
        _compared(row, values.get(row["id"]), chosen.get(row["table"]), barred.get(row["id"], ""))
        for row in published.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(FIDELITY), dtype="str")


def _conventions(published: pd.DataFrame, audited: pd.DataFrame) -> dict[str, str]:
    """Convention found for each table."""
    table = dict(zip(published["id"], published["table"], strict=True))
    rows = audited[audited["check"] == "rounding_convention"]
    first = [where.partition(" ")[0] for where in rows["where"]]
    return {table[name]: text for name, text in zip(first, rows["expected"], strict=True)}


def _impossible(audited: pd.DataFrame) -> dict[str, str]:
    """The checks that prove a number impossible beside the others, by id."""
    rows = audited[audited["verdict"] == "impossible"]
    found: dict[str, list[str]] = {}
    for check, where in zip(rows["check"], rows["where"], strict=True):
        for name in where.split():
            found.setdefault(name, []).append(check)
    return {name: ", ".join(dict.fromkeys(checks)) for name, checks in found.items()}


def _with_repeats(published: pd.DataFrame, recomputed: pd.Series) -> dict[str, float]:
    """Recomputed numbers by id, those of the text's repetitions taken from the tables."""
    values = {str(name): float(value) for name, value in recomputed.items()}
    for row in published.to_dict("records"):
        tables = ("bivariate", "multivariate")
        same = [f"{table}.{row['row']}.{row['group']}.{row['statistic']}" for table in tables]
        source = next((name for name in same if name in values), None)
        if row["id"] not in values and source is not None and row["table"] == "text":
            values[row["id"]] = values[source]
    return values


def _compared(
    row: Mapping[Hashable, Any], value: float | None, rounding: str | None, checks: str
) -> dict[str, str]:
    shown = "" if value is None else format(value, ".10g")
    status, reason = _status(row["printed"], value, rounding or "up_or_down", checks)
    place = {name: row[name] for name in ("id", "where", "printed")}
    return {**place, "recomputed": shown, "status": status, "reason": reason}


def _status(printed: str, value: float | None, rounding: str, checks: str) -> tuple[str, str]:
    if value is None:
        return "reproduced", "stated by the study; taken over, not recomputed"
    if not printed:
        return ("reproduced", "empty cell") if value == 0 else ("differs", "printed empty")
    number = parse(printed)
    slack = DIGITS * max(1.0, abs(value))
    if number.interval(rounding).overlaps(Fraction(value - slack), Fraction(value + slack)):
        return "reproduced", rounding
    if checks:
        return "impossible", checks
    nearest = as_printed(
        Fraction(format(value, ".10g")), number.decimals, rounding=rounding.split("_or_")[0]
    )
    return "differs", f"prints as {nearest}"


def read_links(path: str | Path) -> pd.DataFrame:
    """Read a table of links (columns kind, name, rows; others are ignored) as text."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := [name for name in LINK_COLUMNS if name not in frame.columns]:
        raise ValueError(f"{Path(path).name}: columns {missing} are missing.")
    return frame
