"""Checks on rows of effects by themselves and between tables, and slips that mend them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from printed.book import Book, Finding, Findings, verdict_of
from printed.declared import Reading, in_use
from printed.judging import FREE, Check, Judged, Numbers, under_readings
from printed.messages import OWN, Fact, Listed, Message, Name, clauses, say
from printed.numerals import fixed
from printed.published import Printed, parse
from printed.rows import Row
from printed.slips import mended
from printed.wald import EFFECTS, RATIOS, Triple, least_error, p_range, triple_of

SHOWN = 4  # slips that nothing prefers
TRIPLE = ("estimate", "ci_low", "ci_high")
NORMAL = ("wald", "robust")  # intervals of an estimate and so many standard errors
SYMMETRIC = (*NORMAL, "t")
OF_RATIOS = tuple(name for name in in_use("interval") if name != "t")
KINDS = {"kind": ("binary", "continuous")}
TESTS = {
    **dict.fromkeys(
        (*RATIOS, "risk_difference"), ("wald", "lr", "score", "chi2", "chi2_yates", "fisher")
    ),
    "coefficient": ("wald", "lr", "score", "t"),
    **dict.fromkeys(("difference", "smd"), ("t", "welch", "wald", "rank")),
}
LOGISTIC = {
    "odds_ratio": ("logistic", "ordinal"),
    "coefficient": ("logistic", "linear", "cox", "poisson"),
}


def check_intervals(book: Book, rows: list[Row], others: Mapping[str, Row]) -> Findings:
    """Check each row by itself; `others` are the rows of other tables by covariate."""
    for row in rows:
        kinds = intervals_of(row)
        found = under_readings(row.named(), SYMMETRY, kinds)
        hints = (
            [] if found.verdict == "consistent" else [*_hints(book, row, others.get(row.covariate))]
        )
        yield replace(found, expected=Listed(hints, "or")) if hints else found
        if row.p is not None:
            tests = {"test": tuple(t for t in TESTS[row.estimate] if t != "t" or not kinds)}
            yield under_readings(row.named("p_value"), P_VALUE, kinds | tests)
        people = book.people(row.cells["ci_low"])
        if row.estimate in LOGISTIC and people.get("n") != ("",):
            choices = {**people, **kinds, **KINDS, "model": LOGISTIC[row.estimate]}
            yield under_readings(row.named(), ERROR, choices)
    yield from _duplicates(rows)


def intervals_of(row: Row) -> dict[str, tuple[str, ...]]:
    """Kinds of intervals that a row may have, when not all: t intervals are of linear models."""
    models = {cell.declared["model"] for cell in row.cells.values() if "model" in cell.declared}
    is_normal = row.triple.is_ratio or bool(models - {"linear"})
    return {"interval": OF_RATIOS} if is_normal else {}


def _triple(numbers: Numbers, reading: Reading) -> Triple:
    return triple_of(numbers, reading.rounding, reading.level)


def _estimate(numbers: Numbers) -> str:
    return next(name for name in EFFECTS if name in numbers)


def _symmetric(numbers: Numbers, reading: Reading) -> Judged:
    """The middle of a symmetric interval is its estimate; any other interval holds it."""
    triple = _triple(numbers, reading)
    low, centre, high = (triple.behind(name) for name in ("low", "estimate", "high"))
    assert low.low is not None and centre.low is not None
    assert centre.high is not None and high.high is not None
    if low.low > high.high:
        facts = {name: OWN.code("statistic", f"ci_{name}") for name in ("low", "high")}
        texts = {"low_text": triple.low.text, "high_text": triple.high.text}
        return Judged(False, say("out-of-order", **facts, **texts))
    if reading["interval"] not in SYMMETRIC:
        is_inside = low.low <= centre.high and centre.low <= high.high
        return Judged(is_inside, say("estimate-inside" if is_inside else "estimate-outside"))
    symmetry = triple.symmetry()
    scale = "geometric-mean" if triple.is_ratio else "midpoint"
    proof: Fact = say(scale, **triple.midpoint().facts(), estimate=triple.behind("estimate").fact())
    if symmetry == "tie":
        proof = clauses(proof, say("only-on-ties"))
    implied = "" if symmetry == "yes" else triple.implied("estimate")
    expected = statistic_is(_estimate(numbers), implied) if implied else ""
    return Judged(symmetry != "no", proof, expected)


def statistic_is(statistic: str, value: str) -> Message:
    """Say that a statistic is printed, or should be, as `value`."""
    return say("statistic-is", statistic=OWN.code("statistic", statistic), value=value)


def _p_value(numbers: Numbers, reading: Reading) -> Judged:
    """A Wald p is that of its Wald interval; a t test leaves out no effect where its interval does."""
    triple = _triple(numbers, reading)
    printed = p_range(numbers["p_value"], reading.rounding)
    if reading["interval"] not in SYMMETRIC or reading["test"] not in ("wald", "t"):
        return FREE
    is_normal = reading["interval"] in NORMAL
    if is_normal != (reading["test"] == "wald"):
        implied = triple.mixed_p_value(is_normal=is_normal)
    else:
        implied = triple.p_value() if is_normal else triple.t_p_value()
    is_fine = implied.meets(printed)
    proof = say("wald-p", **implied.facts(), **printed.facts("printed_"))
    return Judged(is_fine, proof, "" if is_fine else say("p-between", **implied.facts()))


def _error(numbers: Numbers, reading: Reading) -> Judged:
    """No log odds ratio of a 0/1 covariate and n people has a standard error below 4 / sqrt(n)."""
    sizes = reading.sizes()
    of_counts = reading["model"] == "logistic" and reading["kind"] == "binary"
    if not sizes or not of_counts or reading["interval"] != "wald":
        return FREE
    error, least = _triple(numbers, reading).standard_error(), least_error(sizes[0])
    is_fine = error.high >= least
    proof = say("error-of-people", **error.facts(), n=sizes[0], least=fixed(least, 4))
    return Judged(is_fine, proof)


SYMMETRY = Check("interval_symmetry", ("interval", "convention"), _symmetric)
P_VALUE = Check("p_from_interval", ("interval", "test", "level", "convention"), _p_value)
ERROR = Check(
    "standard_error_bound",
    ("model", "kind", "interval", "level", "convention", "n", "answered"),
    _error,
)


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
            yield Finding("duplicated_cells", cells, "needs", proof=proof)


def check_between(tables: Mapping[str, list[Row]]) -> Findings:
    """Odds ratios of one table against coefficients of another, covariate by covariate.

    Crude and adjusted effects differ as a rule. Rows that share two or three numbers, one being
    the exponential of the other, are reported when one of them is impossible or they share only
    two: then a row was copied, and a slip with it.
    """
    every = [row for rows in tables.values() for row in rows]
    ratios = {row.covariate: row for row in every if row.estimate == "odds_ratio"}
    for row in (row for row in every if _is_log_odds(row)):
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
        verdict = verdict_of(not opposed and not is_partial, otherwise="needs")
        cells = [*other.interval, *row.interval]
        yield Finding("between_tables", cells, verdict, proof=clauses(*said))


def _is_log_odds(row: Row) -> bool:
    models = {cell.declared.get("model", "logistic") for cell in row.interval}
    return row.estimate == "coefficient" and "linear" not in models


def _statistic(name: str) -> Fact:
    return OWN.code("statistic", name)


def _is_same(row: Row, other: Row, name: str) -> bool:
    key = name.removeprefix("ci_")
    number: Printed = getattr(row.triple, key)
    behind = other.triple.scaled(key)
    unit = float(number.unit)
    return behind.low - unit <= float(number.value) <= behind.high + unit


def _hints(book: Book, row: Row, other: Row | None) -> Iterator[Fact]:
    """What would mend a row whose interval is not symmetric: single slips, or the numbers implied.

    A slip that would make the row the exponential or the logarithm of its other is named first, then
    those that keep the printed p.
    """
    numbers = {name: cell.number for name, cell in row.cells.items()}
    names = (row.estimate, "ci_low", "ci_high")
    found = mended(numbers, names, _is_sound)
    moved = [slip for slip in found if slip[1] == "point"]
    with_p = [slip for slip in found if _keeps_p(numbers, slip)]
    repeats = [slip for slip in found if other is not None and _repeats(row, slip, other)]
    for name, kind, text in repeats or moved or with_p or found[:SHOWN]:
        yield say("slip", what=statistic_is(name, text), kind=OWN.code("slip", kind))
    if not found:
        keys = (TRIPLE[0], "low", "high")
        implied = {name: row.triple.implied(key) for name, key in zip(names, keys, strict=True)}
        yield from (statistic_is(name, text) for name, text in implied.items() if text)
    copies = _copies(book, row)
    if copies:
        yield say("also-printed", copies=Listed(copies))


def _is_sound(numbers: Numbers) -> bool:
    triple = triple_of(numbers)
    is_ordered = triple.low.value < triple.estimate.value < triple.high.value
    is_above = not triple.is_ratio or triple.low.value > 0
    return is_ordered and is_above and triple.symmetry() == "yes"


def _keeps_p(numbers: Numbers, slip: tuple[str, str, str]) -> bool:
    if "p_value" not in numbers:
        return False
    triple = triple_of({**numbers, slip[0]: parse(slip[2])})
    return triple.p_value().meets(p_range(numbers["p_value"], triple.rounding))


def _repeats(row: Row, slip: tuple[str, str, str], other: Row) -> bool:
    """Whether a mended odds ratio row is, in all three cells, the other table's row."""
    if not row.triple.is_ratio or other.triple.is_ratio:
        return False
    numbers = {name: cell.number for name, cell in row.cells.items()}
    mended_row = replace(row, triple=triple_of({**numbers, slip[0]: parse(slip[2])}))
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
