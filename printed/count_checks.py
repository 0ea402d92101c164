"""Checks on printed counts: sums, subtotals, exclusions, shares, exposures."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from printed.book import Book, Entry, Finding, Findings, verdict_of
from printed.declared import Reading
from printed.judging import Check, Judged, Numbers, under_readings
from printed.messages import OWN, Fact, Listed, Name, clauses, say
from printed.numerals import significant
from printed.published import Interval, as_printed

READING = 3  # levels joined at most: with more, some sum fits by chance


def check_counts(book: Book) -> Findings:
    """Yield all checks on counts as findings."""
    yield from _levels(book)
    yield from _multiple_answers(book)
    yield from _subtotals(book)
    yield from _exclusions(book)
    yield from _group_sizes(book)
    yield from _percentages(book)


def _levels(book: Book) -> Findings:
    """Exclusive levels must not count more people than there are.

    Levels are taken as exclusive when they add up to the whole of at least one group.
    """
    variables = book.variables()
    exclusive = {
        (table, variable)
        for (table, variable, group), cells in variables.items()
        if _total(cells) == book.size(group, table)
    }
    for (table, variable, group), cells in variables.items():
        size, total = book.size(group, table), _total(cells)
        if size is None or (table, variable) not in exclusive:
            continue
        facts = {"total": total, "size": size, "missing": max(0, size - total)}
        yield Finding(
            "levels_add_up",
            cells,
            verdict_of(total <= size, otherwise="needs"),
            "" if total <= size else say("a-sum", size=size),
            say("levels-sum", variable=Name(variable), group=Name(group), **facts),
        )


def _total(cells: list[Entry]) -> int:
    return sum(int(cell.number.value) for cell in cells)


def _multiple_answers(book: Book) -> Findings:
    """No level counts more people than the group, and no list more answers than are allowed."""
    subtotals, limits = book.linked("subtotal"), book.linked("at_most")
    for (table, variable, group), cells in book.variables().items():
        size = book.size(group, table)
        levels = [cell for cell in cells if cell.row not in subtotals]
        if size is None:
            continue
        over = [cell for cell in levels if cell.number.value > size]
        most = size * int(limits[variable][0]) if variable in limits else None
        is_fine = not over and (most is None or _total(levels) <= most)
        if over or most is not None:
            names = {"variable": Name(variable), "group": Name(group)}
            proof: Fact = say("answers", answers=_total(levels), people=size, **names)
            if most is not None:
                proof = clauses(proof, say("answers-allowed", most=most))
            otherwise = "needs" if most is None or _total(levels) <= most else "impossible"
            yield Finding(
                "multiple_answers", levels, verdict_of(is_fine, otherwise=otherwise), proof=proof
            )


def _subtotals(book: Book) -> Findings:
    for row, parts in book.linked("subtotal").items():
        for cell in book.find(row=row, statistic="n"):
            found = [c for part in parts for c in book.find(row=part, group=cell.group)]
            total = _total(found)
            is_fine, proof = total == cell.number.value, say("parts-sum", total=total)
            yield Finding("subtotal", [cell, *found], verdict_of(is_fine), str(total), proof)


def _exclusions(book: Book) -> Findings:
    """Rows that a criterion of the methods excludes should count nobody."""
    for name, rows in book.linked("excluded").items():
        cells = [cell for row in rows for cell in book.find(row=row, statistic="n")]
        counted = _total(cells)
        proof = say("excluded-yet-counted", name=Name(name), counted=counted)
        verdict = verdict_of(counted == 0, otherwise="needs")
        yield Finding("criteria", cells, verdict, "0", proof)


def _group_sizes(book: Book) -> Findings:
    """The groups of a table add up to the printed total; parts to their whole."""
    printed = book.find(row="population", statistic="n")
    for table in dict.fromkeys(cell.table for cell in printed):
        groups = [c for c in printed if c.table == table and c.group != "all"]
        total = book.one(table=table, row="population", group="all", statistic="n")
        total = total or book.one(row="population", group="all", statistic="n")
        if total is not None and groups and book.size("all", table) is not None:
            is_fine = _total(groups) == total.number.value
            verdict, proof = (
                verdict_of(is_fine, otherwise="needs"),
                say("groups-sum", total=_total(groups)),
            )
            yield Finding("group_sizes", [total, *groups], verdict, proof=proof)
    for whole, parts in book.linked("parts").items():
        sizes, size = [book.size(part) for part in parts], book.size(whole)
        cells = book.find(row="population", group=whole)
        if size is not None and None not in sizes:
            found = sum(s for s in sizes if s is not None)
            equation = f"{' + '.join(map(str, sizes))} = {found}"
            yield Finding("group_sizes", cells, verdict_of(found == size), proof=equation)


def _percentages(book: Book) -> Findings:
    """A percent of a count is that of a whole number of people; so is a response rate."""
    for cells in book.rows("n", "percent"):
        row = {name: cells[name] for name in ("percent", "n")}
        people = book.people(cells["n"])
        n = cells["n"].declared.get("n") or people["n"][0]
        if "." in cells["n"].row and n and row["percent"].number.comparator == "=":
            choices = {**people, "answered": (*people["answered"], "other")}
            yield under_readings(row, PERCENT, choices if "n" in people else people)
    rate, size = book.one(row="response_rate"), book.size("all")
    if rate is not None and size is not None and rate.number.comparator == "=":
        choices = {"n": (str(size),), "answered": ("all", "other")}
        yield under_readings({"percent": rate}, RATE, choices)


def _percent(numbers: Numbers, reading: Reading) -> Judged:
    """So many of a whole number of people, all of the group or fewer, are this percent."""
    count, behind = int(numbers["n"].value), numbers["percent"].interval(reading.rounding)
    n, answered = int(reading["n"]), reading["answered"]
    if answered == "all":
        share = Fraction(100 * count, n)
        is_fine = behind.contains(share)
        nearest = as_printed(share, numbers["percent"].decimals, rounding=reading.rounding)
        expected = (
            ""
            if is_fine
            else say("statistic-is", statistic=OWN.code("statistic", "percent"), value=nearest)
        )
        return Judged(
            is_fine, say("share-of", count=count, n=n, share=significant(float(share), 6)), expected
        )
    if not count:
        return Judged(behind.contains(0), say("none-counted"))
    sizes = _wholes(behind, count)
    if answered == "fewer":
        sizes = range(max(sizes.start, count), min(sizes.stop, n))
    return Judged(bool(sizes), say("sizes-fit", first=str(sizes.start), last=str(sizes.stop - 1)))


def _wholes(behind: Interval, count: int) -> range:
    """Numbers of people of whom `count` are a percent in this interval; to the nearest, both ends."""
    assert behind.low is not None and behind.high is not None
    last = 100 * count // behind.low if behind.low > 0 else 10**9
    return range(int(-(-100 * count // behind.high)), int(last) + 1)


def _rate(numbers: Numbers, reading: Reading) -> Judged:
    people, rate = int(reading["n"]), numbers["percent"]
    found = _wholes(rate.interval(reading.rounding), people)
    nearest = round(Fraction(100 * people) / rate.value)
    ends = {"least": found.start, "most": found.stop - 1}
    proof = say("share-of-invitations", people=people, rate=rate.text, **ends)
    is_fine = bool(found) or reading["answered"] == "other"
    return Judged(is_fine, proof, say("invitations", n=nearest))


PERCENT = Check("percent_of_count", ("convention", "n", "answered"), _percent)
RATE = Check("percentages", ("convention", "n", "answered"), _rate)


def exposures(book: Book, covariate: str, n: int) -> tuple[list[Entry], int] | None:
    """The counts that are labelled like a covariate, and their sum; None when there are none."""
    rows = book.linked("exposure").get(covariate)
    cells = [] if rows is None else [c for row in rows for c in book.find(row=row, statistic="n")]
    total = _total(cells)
    return (cells, total) if cells and total <= n else None


def other_reading(book: Book, cells: list[Entry], wanted: int, n: int) -> Fact:
    """Name levels of the same variable, or missing answers, that would count `wanted` people.

    An empty text when there are none.
    """
    variable = cells[0].row.partition(".")[0]
    rows = {c.row for c in book.cells if c.row.startswith(f"{variable}.") and c.statistic == "n"}
    counts = {row: book.count(row) for row in sorted(rows - set(book.linked("subtotal")))}
    if n - sum(counts.values()) > 0:
        counts[""] = n - sum(counts.values())
    own = cells[0].row
    for size in range(1, READING + 1):
        for chosen in combinations(counts, size):
            if own in chosen and sum(counts[row] for row in chosen) == wanted:
                return Listed([_counted(row, counts[row]) for row in chosen], "plus")
    return ""


def _counted(row: str, n: int) -> Fact:
    return say("counted", row=Name(row), n=n) if row else say("unanswered", n=n)
