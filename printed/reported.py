"""Checks on reported tests and errors: p against statistic and degrees of freedom, SE against SD."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from math import sqrt

from printed.book import Book, Entry, Findings
from printed.curves import chi_square_tail, f_tail, normal_tails, t_tails
from printed.declared import Reading
from printed.judging import FREE, Check, Judged, Numbers, under_readings
from printed.messages import OWN, say
from printed.numerals import significant
from printed.published import Printed
from printed.wald import Range, p_range, z_range

NEAR = 1e-9
SEARCHED = 500  # people; of more, those who answered are not tried one number after the other
LINEAR = ("coefficient", "difference", "smd", "risk_difference")


def _r_tails(r: float, df: float) -> float:
    return t_tails(r * sqrt(df / (1 - r * r)), df) if r < 1 else 0.0


# Statistics with their degrees of freedom, and the chance of a size as great (on both sides).
TESTS: Mapping[str, tuple[tuple[str, ...], Callable[..., float]]] = {
    "t": (("df",), t_tails),
    "r": (("df",), _r_tails),
    "f": (("df1", "df2"), f_tail),
    "chi2": (("df",), chi_square_tail),
    "q": (("df",), chi_square_tail),
    "z": ((), normal_tails),
}
SIDED = ("t", "z", "r")
CORRECTED = {"tails": ("two", "corrected")}


def check_reported(book: Book) -> Findings:
    """Yield the checks on statistics of tests and on standard errors as findings."""
    for cells in book.rows():
        row = {name: cell for name, cell in cells.items() if cell.number.comparator == "="}
        found = next((name for name, (dfs, _) in TESTS.items() if {name, *dfs} <= {*row}), None)
        if found is not None and "p_value" in cells:
            named = {name: row[name] for name in (found, *TESTS[found][0])}
            sides = {} if found in SIDED else CORRECTED
            yield under_readings({**named, "p_value": cells["p_value"]}, P_OF_TEST, sides)
        if {"mean", "sd", "se"} <= {*row}:
            named = {name: row[name] for name in ("sd", "se")}
            yield under_readings(named, ERROR_OF_MEAN, book.people(row["sd"]))
        yield from _of_estimate(row)


def _of_estimate(row: Mapping[str, Entry]) -> Findings:
    """The standard error of an estimate, against its z or t, and against its interval."""
    estimate = next((name for name in LINEAR if name in row), None)
    ratio = next((name for name in ("z", "t") if name in row), None)
    if estimate is None or "se" not in row:
        return
    if ratio is not None:
        named = {"estimate": row[estimate], "se": row["se"], "ratio": row[ratio]}
        yield under_readings(named, RATIO)
    if {"ci_low", "ci_high"} <= {*row}:
        named = {name: row[name] for name in ("se", "ci_low", "ci_high", "df") if name in row}
        yield under_readings(named, WIDTH)


def _ends(number: Printed, reading: Reading) -> tuple[float, float]:
    low, high = number.ends(reading.rounding)
    return float(low), float(high)


def _degrees(number: Printed, reading: Reading) -> tuple[float, float]:
    """Degrees of freedom: whole ones are exact but for Welch's test, which papers round."""
    if number.decimals == 0 and reading.get("test", "welch") != "welch":
        return float(number.value), float(number.value)
    low, high = _ends(number, reading)
    return max(low, NEAR), high


def _p_of_test(numbers: Numbers, reading: Reading) -> Judged:
    """P is the chance of a statistic as great as the printed one."""
    name = next(name for name in TESTS if name in numbers)
    dfs, law = TESTS[name]
    low, high = _ends(numbers[name], reading)
    size = (0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))
    degrees = [
        _degrees(numbers[df], reading)
        if name == "t"
        else (float(numbers[df].value), float(numbers[df].value))
        for df in dfs
    ]
    values = [law(*corner) for corner in product(size, *degrees)]
    implied = Range(max(0.0, min(values) - NEAR), min(1.0, max(values) + NEAR))
    printed = p_range(numbers["p_value"], reading.rounding)
    fits = {
        "two": implied.meets(printed),
        "one": Range(implied.low / 2, implied.high / 2).meets(printed)
        or Range(1 - implied.high / 2, 1 - implied.low / 2).meets(printed),
        "corrected": printed.high >= implied.low,
    }[reading["tails"]]
    told = say("test-p", **implied.facts(), **printed.facts("printed_"))
    return Judged(fits, told, "" if fits else say("p-between", **implied.facts()))


def _error_of_mean(numbers: Numbers, reading: Reading) -> Judged:
    """A standard error is the SD over the root of the people."""
    sizes = reading.sizes()
    is_searched = sizes and (sizes[0] <= SEARCHED or reading["answered"] != "fewer")
    if reading["adjusted"] == "adjusted" or not is_searched:
        return FREE if reading.get("n") else replace(FREE, proof=say("size-unknown"))
    sd, se = (_ends(numbers[name], reading) for name in ("sd", "se"))
    fits = any(sd[0] / sqrt(n) <= se[1] + NEAR and se[0] <= sd[1] / sqrt(n) + NEAR for n in sizes)
    least, most = (significant(end / sqrt(sizes[0]), 4) for end in sd)
    return Judged(fits, say("error-of-sd", n=sizes[0], least=least, most=most))


def _ratio(numbers: Numbers, reading: Reading) -> Judged:
    """z or t is the estimate over its standard error."""
    estimate, se, ratio = (_ends(numbers[name], reading) for name in ("estimate", "se", "ratio"))
    if se[0] <= 0:
        return FREE
    values = [b / s for b in estimate for s in se]
    low, high = min(values) - NEAR, max(values) + NEAR
    fits = low <= ratio[1] and ratio[0] <= high
    told = say("ratio-between", low=significant(low, 4), high=significant(high, 4))
    return Judged(fits, told)


def _width(numbers: Numbers, reading: Reading) -> Judged:
    """A normal or t interval is so many standard errors wide."""
    if reading["interval"] not in ("wald", "robust", "t"):
        return FREE
    low, high, se = (_ends(numbers[name], reading) for name in ("ci_low", "ci_high", "se"))
    normal = z_range(reading.level)
    most = normal.high
    if reading["interval"] == "t":
        least_df = _degrees(numbers["df"], reading)[0] if "df" in numbers else 1.0
        most = t_quantile(reading.level, least_df)
    width = (high[0] - low[1]) / 2, (high[1] - low[0]) / 2
    fits = width[0] <= se[1] * most + NEAR and se[0] * normal.low <= width[1] + NEAR
    return Judged(fits, say("width-of-error", estimate=OWN.code("statistic", "se")))


def t_quantile(level: float, df: float) -> float:
    """Half-width of an interval of a level in standard errors, by bisection.

    >>> round(t_quantile(0.95, 10), 3)
    2.228
    """
    low, high = 0.0, 1e6
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if t_tails(middle, df) > 1 - level else (low, middle)
    return high


P_OF_TEST = Check("p_of_statistic", ("tails", "convention"), _p_of_test)
ERROR_OF_MEAN = Check("error_of_mean", ("adjusted", "convention", "n", "answered"), _error_of_mean)
RATIO = Check("ratio_of_error", ("convention",), _ratio)
WIDTH = Check("interval_of_error", ("interval", "level", "convention"), _width)
