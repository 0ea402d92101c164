"""Checks of the text against the tables: restated numbers, claimed significance, counted rows."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import inf

from printed.book import Book, Entry, Finding, Findings, verdict_of
from printed.declared import admissible
from printed.messages import Listed, Message, Name, clauses, say
from printed.published import Interval
from printed.rows import Row
from printed.wald import EFFECTS

RESTATED = (*EFFECTS, "ci_low", "ci_high", "p_value", "threshold")


def check_text(book: Book, tables: Mapping[str, list[Row]]) -> Findings:
    """Yield all checks between places that print the same thing as findings."""
    covariates = {row.covariate for rows in tables.values() for row in rows}
    yield from _restated(book, tables, covariates)
    yield from _repeated_groups(book)
    yield from _claims(book, tables)
    yield from _counted_claims(book, tables)
    yield from _lacking(book, tables)


def _restated(book: Book, tables: Mapping[str, list[Row]], covariates: set[str]) -> Findings:
    """A number of a covariate in the text must be the table's, perhaps with fewer digits."""
    for cell in book.cells:
        if cell.row not in covariates or cell.table in tables or cell.statistic not in RESTATED:
            continue
        places = (book.one(table=t, row=cell.row, statistic=cell.statistic) for t in tables)
        same = [place for place in places if place is not None]
        fits = [place for place in same if _says_same(cell, place)]
        if same:
            expected = "" if fits else same[0].number.text
            told = [say("in-table", value=c.number.text, table=Name(c.table)) for c in same]
            proof = say("tables-say", numbers=Listed(told))
            verdict = verdict_of(bool(fits), otherwise="needs")
            yield Finding("text_against_table", [cell, *same], verdict, expected, proof)


def _says_same(cell: Entry, place: Entry) -> bool:
    """Whether one true value can print both, each under its own convention."""
    told, printed = (
        [x.number.interval(reading.rounding) for reading in admissible(x.declared, ("convention",))]
        for x in (cell, place)
    )
    return any(
        a.overlaps(-inf if b.low is None else b.low, inf if b.high is None else b.high)
        for a in told
        for b in printed
    )


def _repeated_groups(book: Book) -> Findings:
    """Mean and SD of one group, printed for several comparisons."""
    scored = book.linked("scale")
    for statistic in ("mean", "sd"):
        cells = [c for c in book.find(statistic=statistic) if c.row in scored]
        for group in dict.fromkeys(cell.group for cell in cells):
            same = [cell for cell in cells if cell.group == group]
            if len(same) > 1:
                is_fine = len({cell.number.text for cell in same}) == 1
                verdict = verdict_of(is_fine, otherwise="needs")
                yield Finding("repeated_numbers", same, verdict)


def _alpha(book: Book) -> Fraction:
    """The level that the methods print, in percent; 5 % when they print none."""
    cell = book.one(row="alpha", statistic="threshold")
    return Fraction(5, 100) if cell is None else cell.number.value / 100


def _claims(book: Book, tables: Mapping[str, list[Row]]) -> Findings:
    """Estimates that the text calls significant, against interval and p of their row."""
    alpha = _alpha(book)
    claimed = [c for c in book.cells if c.statistic in EFFECTS and "significant" in c.note]
    for cell in claimed:
        rows = [r for rows in tables.values() for r in rows if r.covariate == cell.row]
        for row in (row for row in rows if row.estimate == cell.statistic):
            reasons = _against(row, alpha)
            below = say("both-below", alpha=str(float(alpha)))
            yield Finding(
                "claimed_significance",
                [cell, *row.interval, *([row.p] if row.p else [])],
                verdict_of(not reasons, otherwise="needs"),
                say("not-significant") if reasons else "",
                clauses(*reasons) if reasons else below,
            )


def _against(row: Row, alpha: Fraction) -> list[Message]:
    """What speaks against an effect at this level, from the row as printed and as mended."""
    reasons = []
    if row.triple.holds_no_effect():
        reasons.append(say("holds-no-effect"))
    p = None if row.p is None else row.p.number
    if p is not None and not _is_below(p.interval(row.triple.rounding), alpha):
        reasons.append(say("p-may-be", p=p.text, alpha=str(float(alpha))))
    low = row.triple.implied("low")
    if row.triple.symmetry() != "yes" and low:
        held = float(low) < (1 if row.triple.is_ratio else 0)
        reasons.append(say("impossible-interval", low=low))
        reasons += [say("so-holds-no-effect")] * held
    elif not row.triple.is_ratio and row.triple.p_value().low >= float(alpha):
        reasons.append(say("p-implied", **row.triple.p_value().facts()))
    return reasons


def _is_below(behind: Interval, alpha: Fraction) -> bool:
    return behind.high is not None and behind.high <= alpha


def _counted_claims(book: Book, tables: Mapping[str, list[Row]]) -> Findings:
    """The text's number of covariates and of significant ones, against the rows of the table."""
    alpha = _alpha(book)
    for name, rows in tables.items():
        covariates = book.one(row=f"{name}.covariates", statistic="n")
        if covariates is not None:
            is_fine = covariates.number.value == len(rows)
            proof = say("table-rows", n=len(rows))
            verdict = verdict_of(is_fine, otherwise="needs")
            yield Finding("counted_rows", [covariates], verdict, str(len(rows)), proof)
        significant = book.one(row=f"{name}.significant", statistic="n")
        if significant is not None:
            yield _significant_rows(significant, rows, alpha)


def _significant_rows(claim: Entry, rows: list[Row], alpha: Fraction) -> Finding:
    known = [row.p for row in rows if row.p is not None]
    below = [p for p in known if _is_below(p.number.interval(), alpha)]
    perhaps = [p for p in known if p not in below and p.number.interval().overlaps(0, alpha)]
    reach = say("from-to", low=str(len(below)), high=str(len(below) + len(perhaps)))
    counts = {"below": len(below), "perhaps": len(perhaps)}
    return Finding(
        "counted_rows",
        [claim, *below, *perhaps],
        verdict_of(claim.number.value == len(below), otherwise="needs"),
        reach if perhaps else str(len(below)),
        say("certainly-below", alpha=str(float(alpha)), **counts),
    )


def _lacking(book: Book, tables: Mapping[str, list[Row]]) -> Findings:
    """Rows of one table that another should hold too, by the methods."""
    for name, sources in book.linked("all_in").items():
        for source in (s for s in sources if s in tables and name in tables):
            held = {row.covariate for row in tables[name]}
            lacking = [row for row in tables[source] if row.covariate not in held]
            yield Finding(
                "rows_lacking",
                [cell for row in lacking or tables[source] for cell in row.interval],
                verdict_of(not lacking, otherwise="needs"),
                Listed([Name(row.covariate) for row in lacking], "space"),
                say("rows-lacking", n=len(lacking), source=Name(source), table=Name(name)),
            )
