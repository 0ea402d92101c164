"""Checks on means, SDs and comparisons of groups."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from statistics import NormalDist

from printed.book import Book, Entry, Finding, Findings, verdict_of
from printed.declared import CONVENTIONS, Reading, in_use
from printed.judging import FREE, Check, Judged, Numbers, under_readings
from printed.means import mean_and_sd
from printed.messages import OWN, Listed, Message, Name, clauses, say
from printed.numerals import fixed, significant
from printed.published import Interval
from printed.wald import EFFECTS

PLENTY = 0.9
BOUNDS = ("min", "max")
ENDS = ("ci_low", "ci_high")
ORDERED = ("min", "q1", "median", "q3", "max")
GRANULARITY = Check("granularity", ("kind", "convention", "n", "answered"), mean_and_sd)


def check_means(book: Book) -> Findings:
    """Yield all checks on means, SDs, differences and directions as findings."""
    yield from _granularity(book)
    yield from _ordered(book)
    yield from _differences(book)
    yield from _parts(book)
    yield from _direction(book)
    yield from _mann_whitney(book)


def _granularity(book: Book) -> Findings:
    """Each mean, with its SD and the bounds of its values where they are printed."""
    scales = book.linked("scale")
    for cells in book.rows("mean"):
        row = {name: cells[name] for name in ("mean", "sd", *BOUNDS) if name in cells}
        for name in BOUNDS:
            found = [book.one(row=r, statistic=name) for r in scales.get(cells["mean"].row, [])]
            if name not in row and found and found[0] is not None:
                row[name] = found[0]
        if all(cell.number.comparator == "=" for cell in row.values()):
            yield under_readings(row, GRANULARITY, book.people(cells["mean"]))


def _ordered(book: Book) -> Findings:
    """Least value, quartiles and greatest rise, with the mean between; so do ends of an interval."""
    for cells in book.rows():
        ends = () if {*EFFECTS} & {*cells} else ENDS  # of effects, interval_symmetry looks at them
        row = {name: cells[name] for name in (*ORDERED, "mean", *ends) if name in cells}
        if len({*row} - {*ENDS}) > 1 or {*ENDS} <= {*row}:
            yield under_readings(row, Check("order_of_values", ("convention",), _in_order))


def _in_order(numbers: Numbers, reading: Reading) -> Judged:
    named = [name for name in ORDERED if name in numbers]
    pairs = [*pairwise(named)]
    if {*ENDS} <= {*numbers}:
        pairs.append(ENDS)
    if "mean" in numbers:
        pairs += [pair for pair in (("min", "mean"), ("mean", "max")) if {*pair} <= {*numbers}]
    for low, high in pairs:
        least, most = (numbers[x].interval(reading.rounding) for x in (low, high))
        if least.low is not None and most.high is not None and least.low > most.high:
            facts = {"low": OWN.code("statistic", low), "high": OWN.code("statistic", high)}
            texts = {"low_text": numbers[low].text, "high_text": numbers[high].text}
            return Judged(False, say("out-of-order", **facts, **texts))
    return Judged(True, say("in-order")) if pairs else FREE


def _differences(book: Book) -> Findings:
    """A printed difference of two groups' means."""
    for cell in book.find(statistic="difference"):
        means = book.find(table=cell.table, row=cell.row, statistic="mean")
        if len(means) == 2:
            row = dict(zip(("difference", "first", "second"), (cell, *means), strict=True))
            options = ("adjusted", "order", "convention")
            yield under_readings(row, Check("difference_of_means", options, _difference))


def _difference(numbers: Numbers, reading: Reading) -> Judged:
    if reading["adjusted"] == "adjusted":
        return FREE
    names = ("first", "second") if reading["order"] == "a-b" else ("second", "first")
    (a, b), (c, d) = (numbers[name].ends(reading.rounding) for name in names)
    ends = {"least": significant(float(a - d), 4), "most": significant(float(b - c), 4)}
    is_fine = numbers["difference"].interval(reading.rounding).overlaps(a - d, b - c)
    expected = str(float(numbers[names[0]].value - numbers[names[1]].value))
    return Judged(is_fine, say("means-apart", **ends), expected)


def _parts(book: Book) -> Findings:
    """Mean and SD of a group against those of its parts, over every split of its people."""
    for whole, parts in book.linked("parts").items():
        cells = [_mean_and_sd(book, group) for group in (whole, *parts)]
        known = [cell for cell in cells if cell is not None]
        n = book.size(whole, known[0][0].table) if known else None
        if n is None or len(parts) != 2 or len(known) < len(cells):
            continue
        found = [_splits(known, n, CONVENTIONS[each]) for each in in_use("convention")]
        fitting, both = max(found, key=lambda splits: (len(splits[1]), len(splits[0])))
        size = book.size(parts[0])
        k = n // 2 if size is None else size
        mean, sd = (fixed(value, 1) for value in _pooled(known, k, n))
        yield Finding(
            "whole_from_parts",
            [cell for pair in known for cell in pair],
            # a score that differs between comparisons can still give all six
            verdict_of(bool(both), otherwise="needs"),
            say("pooled", mean=mean, sd=sd, first=k, second=n - k),
            say("splits-allow", splits=n - 1, n=n, mean=len(fitting), both=len(both)),
        )


def _splits(known: list[tuple[Entry, Entry]], n: int, rounding: str) -> tuple[list[int], list[int]]:
    """Sizes of the first part that allow the mean of the whole, and those that allow its SD too."""
    behind = [tuple(cell.number.interval(rounding) for cell in pair) for pair in known]
    fitting = [k for k in range(1, n) if _mean_fits(behind, k, n)]
    return fitting, [k for k in fitting if _sd_fits(behind, k, n)]


def _mean_and_sd(book: Book, group: str) -> tuple[Entry, Entry] | None:
    found = [row for row in book.rows("mean", "sd") if row["mean"].group == group]
    scored = [row for row in found if row["mean"].row in book.linked("scale")]
    return (scored[0]["mean"], scored[0]["sd"]) if scored else None


def _ends(behind: Interval) -> tuple[float, float]:
    assert behind.low is not None and behind.high is not None
    return float(behind.low), float(behind.high)


def _mean_fits(behind: list[tuple[Interval, ...]], k: int, n: int) -> bool:
    """Whether k people in the first part and n - k in the second can have the whole's mean."""
    (whole, _), (first, _), (second, _) = behind
    assert first.low is not None and first.high is not None
    assert second.low is not None and second.high is not None
    least = (k * first.low + (n - k) * second.low) / n
    most = (k * first.high + (n - k) * second.high) / n
    return whole.overlaps(least, most)


def _sd_fits(behind: list[tuple[Interval, ...]], k: int, n: int) -> bool:
    """Whether the sums of squares within and between the parts can make the whole's SD."""
    (_, whole), (first, first_sd), (second, second_sd) = behind
    (a, b), (c, d), (e, f), (g, h) = map(_ends, (first, second, first_sd, second_sd))
    gaps = sorted((abs(a - d), abs(b - c)))
    apart = 0.0 if a <= d and c <= b else gaps[0]
    weight = k * (n - k) / n
    least = (k - 1) * e**2 + (n - k - 1) * g**2 + weight * apart**2
    most = (k - 1) * f**2 + (n - k - 1) * h**2 + weight * gaps[1] ** 2
    return whole.overlaps(sqrt(least / (n - 1)), sqrt(most / (n - 1)))


def _pooled(known: list[tuple[Entry, Entry]], k: int, n: int) -> tuple[float, float]:
    """Mean and SD of the whole from the printed parts with k and n - k people."""
    (m, s), (u, v) = (tuple(float(c.number.value) for c in pair) for pair in known[1:])
    squares = (k - 1) * s**2 + (n - k - 1) * v**2 + k * (n - k) / n * (m - u) ** 2
    return (k * m + (n - k) * u) / n, sqrt(squares / (n - 1))


def _direction(book: Book) -> Findings:
    """The answer that means most of what a score measures must bear most points."""
    for row, groups in book.linked("direction").items():
        variable = row.partition(".")[0]
        points = [c for c in book.find(statistic="points") if c.row.startswith(f"{variable}.")]
        named = next((cell for cell in points if cell.row == row), None)
        better = _mean_and_sd(book, groups[0])
        others = [r["mean"] for r in book.rows("mean", "sd") if r["mean"].group != groups[0]]
        rivals = [c for c in others if better and c.row == better[0].row]
        if named is None or better is None or not rivals:
            continue
        is_higher = better[0].number.value > rivals[0].number.value
        most = max(cell.number.value for cell in points)
        is_most = named.number.value == most
        yield Finding(
            "score_direction",
            [*points, better[0], rivals[0]],
            verdict_of(is_most == is_higher, otherwise="needs"),
            " ".join(reversed([cell.number.text for cell in points])),
            say(
                "higher-mean-is-less",
                group=Name(groups[0]),
                mean=better[0].number.text,
                rival=Name(rivals[0].group),
                rival_mean=rivals[0].number.text,
                answer=Name(named.row),
                points=named.number.text,
                most=str(most),
            ),
        )


def _mann_whitney(book: Book) -> Findings:
    """A declared rank test needs a distance of U from its mean in half units; ties only lower p."""
    for p in book.find(statistic="p_value", group="all"):
        means = book.find(table=p.table, row=p.row, statistic="mean")
        sizes = [book.size(mean.group, mean.table) for mean in means]
        known = [size for size in sizes if size is not None]
        is_rank = p.declared.get("test") == "rank" and p.number.comparator == "="
        if len(means) != 2 or len(known) != 2 or not is_rank:
            continue
        share = tie_share(p.number.interval(), known[0], known[1])
        left = say("variance-left", first=known[0], second=known[1], share=fixed(share, 2))
        verdict = verdict_of(share >= PLENTY, otherwise="needs")
        yield Finding("rank_test", [p, *means], verdict, "", clauses(left, _other_sizes(p, known)))


def tie_share(p: Interval, first: int, second: int) -> float:
    """Greatest share of the untied variance with which a Mann-Whitney p can be printed.

    U differs from its mean by whole or half units, with or without the continuity correction of
    one half; ties only lower the variance. 1 means that no ties are needed; a share f needs some
    value shared by at least sqrt(1 - f) of all people; 0 that nothing fits.
    """
    normal, n = NormalDist(), first + second
    error = sqrt(first * second * (n + 1) / 12)
    low, high = _ends(p)
    near, far = (-normal.inv_cdf(min(end, 1.0) / 2) for end in (high, max(low, 1e-300)))
    shares = [0.0]
    for halves in range(first * second + 1):
        distance = halves / 2 / error
        if distance >= near:
            shares.append(1.0 if distance <= far else 0.0)
        else:
            shares.append((distance / near) ** 2)
    return max(shares)


def _other_sizes(p: Entry, known: list[int]) -> Message:
    """Sizes of the second group that would need many ties."""
    behind = p.number.interval()
    tied = [k for k in range(2, known[1] + 3) if tie_share(behind, known[0], k) < PLENTY]
    return say("tied-sizes", sizes=Listed([str(k) for k in tied]) if tied else say("no-size"))
