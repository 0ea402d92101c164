"""Checks on means, SDs and comparisons of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Any

from printed.book import Book, Cell, finding, verdict_of
from printed.granularity import grimmer
from printed.published import Interval
from printed.verdict import Verdict

Findings = Iterator[dict[str, str]]
PLENTY = 0.9


def check_scores(book: Book, roundings: Mapping[str, str]) -> Findings:
    """Yield all checks on means, SDs, differences and directions as audit rows."""
    yield from _granularity(book, roundings)
    yield from _differences(book, roundings)
    yield from _parts(book, roundings)
    yield from _direction(book)
    yield from _mann_whitney(book)


def granular_rows(book: Book, rounding: str) -> Iterator[tuple[Cell, Cell, Verdict]]:
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
        nearest = "" if found.consistent else f"{found.suspect} {found.nearest}"
        other = judged["up"][at][2]
        note = "" if other.consistent else f"; rounded to the nearest: {other.reason}"
        n = book.size(mean.group)
        yield finding(
            "granularity",
            [mean, sd],
            verdict_of(found.consistent),
            expected=nearest,
            proof=f"n {n}, {rounding}: {found.proof or found.reason}{note}",
        )


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
        yield finding(
            "difference_of_means",
            [difference, *means],
            verdict_of(difference.number.interval(rounding).overlaps(least, most)),
            expected=str(float(means[0].number.value - means[1].number.value)),
            proof=f"the means are {float(least):.4g} to {float(most):.4g} apart",
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
        mean, sd = _pooled(known, k, n)
        yield finding(
            "whole_from_parts",
            [cell for pair in known for cell in pair],
            # a score that differs between comparisons can still give all six
            verdict_of(bool(both), otherwise="inconsistent"),
            expected=f"mean {mean:.1f}, sd {sd:.1f} with {k} and {n - k}",
            proof=f"of {n - 1} splits of {n}, {len(fitting)} allow the mean and {len(both)} mean "
            f"and SD, over all true values behind the six numbers (one score per person)",
        )


def _mean_and_sd(book: Book, group: str) -> tuple[Cell, Cell] | None:
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


def _pooled(known: list[tuple[Cell, Cell]], k: int, n: int) -> tuple[float, float]:
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
        yield finding(
            "score_direction",
            [*points, better[0], rivals[0]],
            verdict_of(is_most == is_higher, otherwise="inconsistent"),
            expected=" ".join(reversed([cell.number.text for cell in points])),
            proof=f"{groups[0]} have {better[0].number.text}, {rivals[0].group} "
            f"{rivals[0].number.text}; {named.row} bears {named.number.text} of at most {most} "
            "points, so by the methods the higher mean is the lesser agreement",
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
        yield finding(
            "rank_test",
            [p, *means],
            verdict_of(share >= PLENTY, otherwise="inconsistent"),
            proof=f"with {known[0]} and {known[1]} people, {share:.2f} of the variance without "
            f"ties is left; {_other_sizes(p, known)}",
        )


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


def _other_sizes(p: Cell, known: list[int]) -> str:
    """Sizes of the second group that would need many ties."""
    behind = p.number.interval()
    tied = [k for k in range(2, known[1] + 3) if tie_share(behind, known[0], k) < PLENTY]
    return f"sizes of the second group that need many ties: {', '.join(map(str, tied)) or 'none'}"
