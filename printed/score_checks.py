"""Checks on means, SDs and comparisons of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Any

from printed.book import Book, Entry, Finding, Findings, verdict_of
from printed.granularity import grimmer
from printed.messages import OWN, Fact, Listed, Message, Name, clauses, say
from printed.numerals import fixed, significant
from printed.published import Interval
from printed.verdict import Verdict

PLENTY = 0.9


def check_means(book: Book, roundings: Mapping[str, str]) -> Findings:
    """Yield all checks on means, SDs, differences and directions as findings."""
    yield from _granularity(book, roundings)
    yield from _differences(book, roundings)
    yield from _parts(book, roundings)
    yield from _direction(book)
    yield from _mann_whitney(book)


def granular_rows(book: Book, rounding: str) -> Iterator[tuple[Entry, Entry, Verdict]]:
    """Yield each mean and SD of a group of known size with its verdict."""
    scales, items = book.linked("scale"), book.linked("items")
    for cells in book.rows("mean", "sd"):
        mean, sd = cells["mean"], cells["sd"]
        n = book.size(mean.group)
        if n is not None and n > 1:
            bounds = _bounds(book, scales.get(mean.row, []))
            step = int(items.get(mean.row, ["1"])[0])
            texts = mean.number.text, sd.number.text
            yield mean, sd, grimmer(*texts, n, items=step, rounding=rounding, **bounds)


def _bounds(book: Book, rows: list[str]) -> dict[str, Any]:
    """Bounds of a scale, as printed in the row that describes it."""
    bounds = {}
    for name, statistic in (("minimum", "min"), ("maximum", "max")):
        cells = [c for row in rows for c in book.find(row=row, statistic=statistic)]
        if cells:
            bounds[name] = str(cells[0].number.value)
    return bounds


def _granularity(book: Book, roundings: Mapping[str, str]) -> Findings:
    judged = {
        rounding: list(granular_rows(book, rounding)) for rounding in {"up", *roundings.values()}
    }
    for at, (mean, sd, _) in enumerate(judged["up"]):
        rounding = roundings.get(mean.table, "up_or_down")
        found = judged.get(rounding, judged["up"])[at][2]
        other, n = judged["up"][at][2], book.size(mean.group) or 0
        convention = OWN.code("rounding", rounding)
        proof: Fact = say("granular", n=n, rounding=convention, why=found.shown or found.why)
        if not other.consistent:
            proof = clauses(proof, say("to-the-nearest", why=other.why))
        verdict = verdict_of(found.consistent)
        yield Finding("granularity", [mean, sd], verdict, _nearest(found), proof)


def _nearest(found: Verdict) -> Fact:
    if found.consistent:
        return ""
    return say("statistic-is", statistic=OWN.code("statistic", found.suspect), value=found.nearest)


def _differences(book: Book, roundings: Mapping[str, str]) -> Findings:
    """A printed difference of two groups' means."""
    for difference in book.find(statistic="difference"):
        means = book.find(table=difference.table, row=difference.row, statistic="mean")
        if len(means) != 2:
            continue
        rounding = roundings.get(difference.table, "up_or_down")
        first, second = (mean.number.interval(rounding) for mean in means)
        assert first.low is not None and first.high is not None
        assert second.low is not None and second.high is not None
        least, most = first.low - second.high, first.high - second.low
        ends = {"least": significant(float(least), 4), "most": significant(float(most), 4)}
        yield Finding(
            "difference_of_means",
            [difference, *means],
            verdict_of(difference.number.interval(rounding).overlaps(least, most)),
            str(float(means[0].number.value - means[1].number.value)),
            say("means-apart", **ends),
        )


def _parts(book: Book, roundings: Mapping[str, str]) -> Findings:
    """Mean and SD of a group against those of its parts, over every split of its people."""
    for whole, parts in book.linked("parts").items():
        n = book.size(whole)
        cells = [_mean_and_sd(book, group) for group in (whole, *parts)]
        if n is None or len(parts) != 2 or any(cell is None for cell in cells):
            continue
        known = [cell for cell in cells if cell is not None]
        rounding = roundings.get(known[0][0].table, "up_or_down")
        behind = [tuple(c.number.interval(rounding) for c in pair) for pair in known]
        fitting = [k for k in range(1, n) if _mean_fits(behind, k, n)]
        both = [k for k in fitting if _sd_fits(behind, k, n)]
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
    """A rank-sum p needs a distance of U from its mean in half units; ties only lower p."""
    for p in book.find(statistic="p_value", group="all"):
        means = book.find(table=p.table, row=p.row, statistic="mean")
        sizes = [book.size(mean.group) for mean in means]
        if len(sizes) != 2 or None in sizes or p.number.comparator != "=":
            continue
        known = [size for size in sizes if size is not None]
        share = tie_share(p.number.interval(), known[0], known[1])
        left = say("variance-left", first=known[0], second=known[1], share=fixed(share, 2))
        verdict = verdict_of(share >= PLENTY, otherwise="needs")
        proof = clauses(left, _other_sizes(p, known))
        yield Finding("rank_test", [p, *means], verdict, proof=proof)


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
