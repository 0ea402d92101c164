"""Checks on rows of predictor tables by themselves and between tables, and slips that mend them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from printed.book import Book, Entry, Finding, Findings, verdict_of
from printed.messages import OWN, Fact, Listed, Message, Name, clauses, say
from printed.numerals import fixed
from printed.published import Printed, parse
from printed.rows import Row
from printed.slips import Numbers, mended
from printed.wald import least_error, p_range, triple_of

TRIPLE = ("estimate", "ci_low", "ci_high")


def check_intervals(rows: list[Row], n: int | None, tabled: set[str]) -> Findings:
    """Check each row by itself; `tabled` names rows explained by a 2x2 table, p included."""
    for row in rows:
        yield _symmetry(row)
        if row.p is not None and row.covariate not in tabled:
            yield _p_from_interval(row, row.p)
        if row.p is not None:
            yield from _significance(row, row.p)
        if n is not None:
            yield from _narrow_interval(row, n)
    yield from _duplicates(rows)
    yield _cells_together(rows)


def most_cells(rows: list[Row]) -> int:
    """Greatest number of estimates and ends that one data set can print exactly.

    All three of a row when they can be symmetric, else two: any two leave the third free. Rows
    that are symmetric only on exact ties count two.
    """
    return sum(3 if row.triple.symmetry() == "yes" else 2 for row in rows)


def _cells_together(rows: list[Row]) -> Finding:
    every, most = 3 * len(rows), most_cells(rows)
    wrong = [row for row in rows if row.triple.symmetry() != "yes"]
    names = Listed([Name(row.covariate) for row in wrong])
    return Finding(
        "cells_together",
        [cell for row in wrong or rows for cell in row.interval],
        verdict_of(most == every, otherwise="inconsistent"),
        say("at-most", most=most, every=every),
        say("not-all-three", rows=names) if wrong else say("all-three"),
    )


def _symmetry(row: Row) -> Finding:
    symmetry, triple = row.triple.symmetry(), row.triple
    scale = "geometric-mean" if triple.is_ratio else "midpoint"
    middle = say(scale, **triple.midpoint().facts(), estimate=triple.behind("estimate").fact())
    implied = statistic_is(row.estimate, triple.implied("estimate"))
    return Finding(
        "interval_symmetry",
        row.interval,
        {"yes": "consistent", "tie": "inconsistent", "no": "impossible"}[symmetry],
        "" if symmetry == "yes" else implied,
        clauses(middle, say("only-on-ties")) if symmetry == "tie" else middle,
    )


def statistic_is(statistic: str, value: str) -> Message:
    """Say that a statistic is printed, or should be, as `value`."""
    return say("statistic-is", statistic=OWN.code("statistic", statistic), value=value)


def has_wald_p(row: Row) -> bool:
    """Whether the printed p, if any, can be the Wald p of estimate and interval."""
    if row.p is None:
        return True
    return row.triple.p_value().meets(p_range(row.p.number, row.triple.rounding))


def _p_from_interval(row: Row, p: Entry) -> Finding:
    implied, printed = row.triple.p_value(), p_range(p.number, row.triple.rounding)
    is_fine = has_wald_p(row)
    # A chi-square p of a crude table may differ from Wald's; a regression's p is Wald's.
    otherwise = "inconsistent" if row.triple.is_ratio else "impossible"
    return Finding(
        "p_from_interval",
        [*row.interval, p],
        verdict_of(is_fine, otherwise=otherwise),
        "" if is_fine else say("p-between", **implied.facts()),
        say("wald-p", **implied.facts(), **printed.facts("printed_")),
    )


def _significance(row: Row, p: Entry) -> Findings:
    """An interval that holds no effect cannot go with p below 5 %, nor others with more."""
    printed = p_range(p.number, row.triple.rounding)
    wrong = (row.triple.holds_no_effect() and printed.high <= 0.05) or (
        row.triple.excludes_no_effect() and printed.low > 0.05
    )
    if wrong:
        ends = {"low": row.triple.low.text, "high": row.triple.high.text}
        proof = say("p-beside-interval", **printed.facts("p_"), **ends)
        yield Finding("p_against_interval", [*row.interval, p], "inconsistent", proof=proof)


def _narrow_interval(row: Row, n: int) -> Findings:
    """No log odds ratio of n people has a standard error below 4 / sqrt(n)."""
    error, least = row.triple.standard_error(), least_error(n)
    if error.high < least:
        proof = say("error-of-people", **error.facts(), n=n, least=fixed(least, 4))
        cells = [row.cells["ci_low"], row.cells["ci_high"]]
        yield Finding("standard_error_bound", cells, "impossible", proof=proof)


def _duplicates(rows: list[Row]) -> Findings:
    """Estimate and interval printed twice for different covariates."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        texts = tuple(cell.number.text for cell in row.interval)
        first = seen.setdefault(texts, row)
        if first is not row:
            p_values = {r.p.number.text for r in (first, row) if r.p is not None}
            same = say("repeats", row=Name(row.covariate), first=Name(first.covariate))
            proof = clauses(same, say("p-differ")) if len(p_values) > 1 else same
            cells = [*first.interval, *row.interval]
            yield Finding("duplicated_cells", cells, "inconsistent", proof=proof)


def check_between(tables: Mapping[str, list[Row]]) -> Findings:
    """Odds ratios of one table against coefficients of another, covariate by covariate.

    Crude and adjusted effects differ as a rule. Rows that share two or three numbers, one being
    the exponential of the other, are reported when one of them is impossible or they share only
    two: then a row was copied, and a slip with it.
    """
    ratios = {r.covariate: r for rows in tables.values() for r in rows if r.triple.is_ratio}
    for row in (r for rows in tables.values() for r in rows if not r.triple.is_ratio):
        other = ratios.get(row.covariate)
        if other is None:
            continue
        copied = [name for name in TRIPLE if _is_same(row, other, name)]
        crude, adjusted = (t.triple.scaled("estimate") for t in (other, row))
        opposed = crude.high < 0 < adjusted.low or adjusted.high < 0 < crude.low
        said = [say("both-effects", **crude.facts(), **adjusted.facts("adjusted_"))]
        if opposed:
            said.append(say("opposed"))
        if len(copied) > 1:
            said.append(say("same-within-unit", cells=Listed([*map(_statistic, copied)])))
        is_sound = other.triple.symmetry() == row.triple.symmetry() == "yes"
        is_partial = len(copied) > 1 and not (is_sound and len(copied) == len(TRIPLE))
        verdict = verdict_of(not opposed and not is_partial, otherwise="inconsistent")
        cells = [*other.interval, *row.interval]
        yield Finding("between_tables", cells, verdict, proof=clauses(*said))


def _statistic(name: str) -> Fact:
    return OWN.code("statistic", name)


def _is_same(row: Row, other: Row, name: str) -> bool:
    key = name.removeprefix("ci_")
    number: Printed = getattr(row.triple, key)
    behind = other.triple.scaled(key)
    unit = float(number.unit)
    return behind.low - unit <= float(number.value) <= behind.high + unit


def check_slips(book: Book, rows: list[Row], n: int | None, others: Mapping[str, Row]) -> Findings:
    """For rows with an interval that cannot be: the single slips that would mend it.

    `others` are rows of the same covariates in other tables: a slip that would make the row the
    exponential or the logarithm of its other is named first, then those that keep the printed p.
    """
    for row in rows:
        if row.triple.symmetry() == "yes":
            continue
        numbers = {name: cell.number for name, cell in row.cells.items()}
        names = (row.estimate, "ci_low", "ci_high")
        found = mended(numbers, names, partial(_is_sound, rounding=row.triple.rounding, n=n))
        with_p = [slip for slip in found if _keeps_p(numbers, slip, row.triple.rounding)]
        other = others.get(row.covariate)
        repeats = [s for s in found if other is not None and _repeats(row, s, other)]
        mending = [
            say("slip", what=statistic_is(name, text), kind=OWN.code("slip", kind))
            for name, kind, text in repeats or with_p or found
        ]
        implied = [statistic_is(x, row.triple.implied(x.removeprefix("ci_"))) for x in names[1:]]
        slips = say("slips", found=len(found), with_p=len(with_p), repeats=len(repeats))
        copies = _copies(book, row)
        proof = clauses(slips, say("also-printed", copies=Listed(copies))) if copies else slips
        expected = Listed(mending or implied, "or")
        yield Finding("slip_hypothesis", row.interval, "inconsistent", expected, proof)


def _is_sound(numbers: Numbers, *, rounding: str, n: int | None) -> bool:
    triple = triple_of(numbers, rounding)
    ordered = triple.low.value < triple.estimate.value < triple.high.value
    if not ordered or (triple.is_ratio and triple.low.value <= 0):
        return False
    wide_enough = n is None or triple.standard_error().high >= least_error(n)
    return triple.symmetry() == "yes" and wide_enough


def _keeps_p(numbers: Numbers, slip: tuple[str, str, str], rounding: str) -> bool:
    if "p_value" not in numbers:
        return False
    triple = triple_of({**numbers, slip[0]: parse(slip[2])}, rounding)
    return triple.p_value().meets(p_range(numbers["p_value"], rounding))


def _repeats(row: Row, slip: tuple[str, str, str], other: Row) -> bool:
    """Whether a mended odds ratio row is, in all three cells, the other table's row."""
    if not row.triple.is_ratio or other.triple.is_ratio:
        return False
    numbers = {name: cell.number for name, cell in row.cells.items()}
    mended_row = Row(
        row.cells, triple_of({**numbers, slip[0]: parse(slip[2])}, row.triple.rounding)
    )
    return all(_is_same(other, mended_row, name) for name in TRIPLE)


def _copies(book: Book, row: Row) -> list[Message]:
    """Numbers of the row, of three digits or more, that other rows or tables print too."""
    texts = {c.number.text for c in row.interval if len(c.number.text.strip("-0.")) > 3}
    ids = {cell.id for cell in row.interval}
    found = [c for c in book.cells if c.number.text in texts and c.id not in ids]
    return [
        say(
            "copy",
            value=c.number.text,
            table=Name(c.table),
            row=Name(c.row),
            statistic=_statistic(c.statistic),
        )
        for c in found
    ]
