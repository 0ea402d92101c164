"""Prove errors of declared tables, by interval arithmetic and enumeration of its own.

Nothing of `printed` is used here: what these provers reject is what the audit should find.
Each prover takes a `Place` and returns whether no data can print its numbers. They are careful:
of two cases they doubt, they prove neither. What no column declares (which counts an odds ratio is of,
which groups make the whole, who answered) is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, floor, inf, isfinite, log, sqrt

import numpy as np
import pandas as pd
from scipy import stats

Span = tuple[float, float]
RATIOS = ("odds_ratio", "risk_ratio", "hazard_ratio", "rate_ratio")
LINEAR = ("coefficient", "difference")
NORMAL = ("wald", "robust")
NEAR = 1e-9


@dataclass(frozen=True)
class Place:
    """The cells of one row and group of a table, what they declare, and the places beside it."""

    name: str
    group: str
    texts: Mapping[str, str]
    truth: Mapping[str, str]
    table: Mapping[tuple[str, str], Place]

    def has(self, *names: str) -> bool:
        """Whether all these are printed, none as a bound but p."""
        return all(n in self.texts and (n == "p_value" or self.texts[n][0] != "<") for n in names)

    def span(self, name: str) -> Span:
        """True values behind a text."""
        return behind(self.texts[name], self.truth.get("convention", ""))

    def spans(self, *names: str) -> list[Span]:
        """Those of several."""
        return [self.span(name) for name in names]

    @property
    def n(self) -> int:
        """People of the row: declared, else of its group; 0 when not known."""
        size = self.table.get(("population", self.group))
        return int(self.truth.get("n") or (size.texts["n"] if size else 0))

    @property
    def estimate(self) -> str:
        """Name of the effect estimated, or nothing."""
        return next((name for name in (*RATIOS, *LINEAR) if self.has(name)), "")

    def groups(self) -> list[Place]:
        """The same row in the groups, in the order of the table."""
        return [p for (name, g), p in self.table.items() if name == self.name and g != "all"]

    def one(self, option: str, *values: str) -> bool:
        """Whether the row declares one of these values."""
        return self.truth.get(option, "") in values


def behind(text: str, convention: str) -> Span:
    """True values behind a printed number, a little wide."""
    bare = text.replace(",", ".")
    if bare.startswith("<"):
        return (0.0, float(bare[1:]))
    value, unit = float(bare), 10.0 ** -len(bare.partition(".")[2])
    if convention != "truncated":
        return (value - unit / 2 - NEAR, value + unit / 2 + NEAR)
    low = -unit if value <= 0 else 0.0
    high = unit if value >= 0 else 0.0
    return (value + low - NEAR, value + high + NEAR)


def apart(one: Span, other: Span) -> bool:
    """Whether two spans share no number."""
    wide = 1e-9 + 1e-7 * max(map(abs, one if isfinite(one[1]) else (0.0,)))
    return one[1] < other[0] - wide or other[1] < one[0] - wide


def image(function: Callable[..., float], *spans: Span) -> Span:
    """Values of a function that is monotone in each argument."""
    values = [function(*corner) for corner in product(*spans)]
    return (min(values), max(values))


def places(table: pd.DataFrame) -> list[Place]:
    """Places of a table of `printing.printed_table`."""
    found: dict[tuple[str, str], Place] = {}
    for (row, group), cells in table.groupby(["row", "group"], sort=False):
        texts = dict(zip(cells["statistic"], cells["printed"], strict=True))
        last = cells.iloc[-1].to_dict()
        truth = {str(option): str(text) for option, text in last.items()}
        found[str(row), str(group)] = Place(str(row), str(group), texts, truth, found)
    return list(found.values())


def proofs(table: pd.DataFrame) -> Iterator[str]:
    """Names of the provers that reject a table."""
    for place in places(table):
        for prove in PROVERS:
            if prove(place):
                yield prove.__name__


def out_of_order(at: Place) -> bool:
    """Ends, quartiles or range in the wrong order; an estimate outside its interval."""
    names = ["ci_low", at.estimate, "ci_high"]
    if at.one("interval", "bootstrap") or not at.estimate:
        names.remove(at.estimate)
    chains: Sequence[Sequence[str]] = (
        names,
        ("min", "q1", "median", "q3", "max"),
        ("min", "mean", "max"),
    )
    for chain in chains:
        held = [name for name in chain if at.has(name)]
        if any(at.span(a)[0] > at.span(b)[1] for k, a in enumerate(held) for b in held[k + 1 :]):
            return True
    return False


def _scale(at: Place) -> Callable[[float], float]:
    return (lambda x: log(x) if x > 0 else -inf) if at.estimate in RATIOS else (lambda x: x)


def _scaled(at: Place, *names: str) -> list[Span] | None:
    scale = _scale(at)
    spans = [(scale(low), scale(high)) for low, high in at.spans(*names)]
    return spans if all(isfinite(x) for span in spans for x in span) else None


def off_centre(at: Place) -> bool:
    """An estimate that is not in the middle of a symmetric interval."""
    names = (at.estimate, "ci_low", "ci_high")
    if not (at.estimate and at.has(*names) and at.one("interval", "wald", "robust", "t")):
        return False
    spans = _scaled(at, *names)
    return spans is not None and apart(spans[0], image(lambda a, b: (a + b) / 2, *spans[1:]))


def _quantiles(at: Place) -> list[float]:
    """Quantiles that an interval may have been made with."""
    share = 0.5 + float(at.truth.get("level") or 95) / 200
    if at.one("interval", *NORMAL):
        return [float(stats.norm.ppf(share))] + ([1.96] if abs(share - 0.975) < NEAR else [])
    if at.has("df"):
        return [float(stats.t.ppf(share, df)) for df in at.span("df") if df > 0]
    return [float(stats.t.ppf(share, df)) for df in range(1, max(2, at.n))]


def wrong_p(at: Place) -> bool:
    """A p that is not that of estimate and interval."""
    names = (at.estimate, "ci_low", "ci_high")
    normal = at.one("interval", *NORMAL) and at.one("test", "wald")
    by_t = at.one("interval", "t") and at.one("test", "t", "welch") and at.n > 2
    if not (at.estimate and at.has(*names, "p_value") and (normal or by_t)):
        return False
    spans = _scaled(at, *names)
    if spans is None:
        return False
    centre, ends = spans[0], spans[1:]
    least = 0.0 if centre[0] <= 0 <= centre[1] else min(map(abs, centre))
    most = max(map(abs, centre))
    width = (ends[1][0] - ends[0][1], ends[1][1] - ends[0][0])
    if width[0] <= 0:
        return False
    share = 0.5 + float(at.truth.get("level") or 95) / 200
    dfs = [inf] if normal else ([*at.span("df")] if at.has("df") else range(1, at.n))
    found = []
    for df in dfs:
        curve = stats.norm() if df == inf else stats.t(max(df, 0.1))
        for q in [1.96, curve.ppf(share)] if df == inf and share == 0.975 else [curve.ppf(share)]:
            found += [2 * curve.sf(least * 2 * q / width[1]), 2 * curve.sf(most * 2 * q / width[0])]
    return apart((min(found), max(found)), at.span("p_value"))


def against_interval(at: Place) -> bool:
    """p and a 95 % interval of the same test that disagree on significance."""
    same = {"wald": NORMAL, "lr": ("profile",), "t": ("t",), "welch": ("t",)}
    if not (at.estimate and at.has(at.estimate, "ci_low", "ci_high", "p_value")):
        return False
    if at.truth.get("level") != "95" or not at.one("interval", *same.get(at.truth["test"], ())):
        return False
    null = 1.0 if at.estimate in RATIOS else 0.0
    low, high, p = at.spans("ci_low", "ci_high", "p_value")
    outside = low[0] > null + 1e-6 or high[1] < null - 1e-6
    inside = low[1] < null - 1e-6 and high[0] > null + 1e-6
    return (outside and p[0] > 0.0501) or (inside and p[1] < 0.0499)


def no_sum(at: Place) -> bool:
    """A mean that no whole answers have (GRIM), or an SD that none of that sum have (GRIMMER)."""
    if not (at.has("mean") and at.one("kind", "whole", "binary") and at.n):
        return False
    steps, n = int(at.truth.get("items") or 1), at.n
    low, high = (x * n * steps for x in at.span("mean"))
    sums = range(ceil(low - 1e-6), floor(high + 1e-6) + 1)
    if not at.has("sd") or n < 2:
        return not sums
    spread = [max(0.0, x) * steps for x in at.span("sd")]
    return not any(_some_squares(s, n, spread, at.one("kind", "binary")) for s in sums)


def _some_squares(total: int, n: int, sd: Sequence[float], binary: bool) -> bool:
    low, high = ((n - 1) * x**2 + total**2 / n for x in sd)
    first, last = ceil(low - 1e-6), floor(high + 1e-6)
    if binary:
        return first <= total <= last and 0 <= total <= n
    whole, rest = divmod(total, n)
    least = n * whole**2 + 2 * whole * rest + rest
    first = max(first, least)
    return any((q - total) % 2 == 0 for q in range(first, min(last, first + 1) + 1))


def beyond_range(at: Place) -> bool:
    """An SD too large for the range and mean."""
    if not (at.has("mean", "sd", "min", "max") and at.n > 1):
        return False
    mean, sd, low, high = at.spans("mean", "sd", "min", "max")
    middle = min(max((low[0] + high[1]) / 2, mean[0]), mean[1])
    most = (high[1] - middle) * (middle - low[0]) * at.n / (at.n - 1)
    return sd[0] > sqrt(max(0.0, most)) + 1e-6


def wrong_share(at: Place) -> bool:
    """A percentage that is not that of its count."""
    if not (at.has("n", "percent") and at.truth.get("n") and at.name != "population"):
        return False
    count = int(at.texts["n"])
    share = 100 * count / at.n
    return count > at.n or apart((share, share), at.span("percent"))


def wrong_error(at: Place) -> bool:
    """A standard error that is not SD / √n, or not that of estimate and statistic."""
    if not at.has("se"):
        return False
    if at.has("mean", "sd") and at.n:
        return apart(image(lambda s: s / sqrt(at.n), at.span("sd")), at.span("se"))
    ratio = next((name for name in ("z", "t") if at.has(name)), "")
    se = at.span("se")
    if not (at.has("coefficient") and ratio and se[0] > 0):
        return False
    return apart(image(lambda b, s: b / s, at.span("coefficient"), se), at.span(ratio))


def wrong_test(at: Place) -> bool:
    """A p that is not that of a statistic and its degrees of freedom, in one or two tails."""
    if not at.has("p_value"):
        return False
    p = at.span("p_value")
    laws: dict[str, tuple[tuple[str, ...], Callable[..., float]]] = {
        "t": (("t", "df"), lambda t, df: 2 * stats.t.sf(t, max(df, 0.1))),
        "z": (("z",), lambda z: 2 * stats.norm.sf(z)),
        "chi2": (("chi2", "df"), lambda x, df: stats.chi2.sf(x, max(df, 0.1))),
        "f": (("f", "df1", "df2"), lambda f, a, b: stats.f.sf(f, a, b)),
        "r": (("r", "df"), lambda r, df: 2 * stats.t.sf(r * sqrt(df / max(1e-12, 1 - r * r)), df)),
    }
    for names, law in laws.values():
        if at.has(*names):
            low, high = at.span(names[0])
            size = (0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))
            others = [_degrees(at, name) for name in names[1:]]
            return apart(image(law, size, *others), p)
    return False


def _degrees(at: Place, name: str) -> Span:
    text = at.texts[name]
    if "." not in text and "," not in text and not (name == "df" and at.one("test", "welch")):
        return (float(text), float(text))
    return at.span(name)


def wrong_difference(at: Place) -> bool:
    """A difference, t or p that is not that of the groups' means, SDs and sizes."""
    groups = at.groups()
    if not (at.group == "all" and len(groups) == 2 and at.truth.get("order")):
        return False
    a, b = groups if at.one("order", "a-b") else groups[::-1]
    if not (a.has("mean", "sd") and b.has("mean", "sd")):
        return False
    gap = image(lambda x, y: x - y, a.span("mean"), b.span("mean"))
    if at.has("difference") and apart(gap, at.span("difference")):
        return True
    if not at.one("test", "t", "welch") or min(a.n, b.n) < 2:
        return False

    def error(s: float, r: float) -> float:
        if at.one("test", "welch"):
            return sqrt(s * s / a.n + r * r / b.n)
        pooled = ((a.n - 1) * s * s + (b.n - 1) * r * r) / (a.n + b.n - 2)
        return sqrt(pooled * (1 / a.n + 1 / b.n))

    se = image(error, *((max(0.0, x), y) for x, y in (a.span("sd"), b.span("sd"))))
    if se[0] <= 0:
        return False
    t = image(lambda d, e: d / e, gap, se)
    if (
        at.one("test", "t")
        and at.has("df")
        and int(float(at.texts["df"].replace(",", "."))) != a.n + b.n - 2
    ):
        return True
    return at.has("t") and apart(t, at.span("t"))


def wrong_analysis(at: Place) -> bool:
    """An F that is not that of means, SDs and sizes."""
    groups = at.groups()
    if not (
        at.has("f", "df1", "df2") and len(groups) > 2 and all(g.has("mean", "sd") for g in groups)
    ):
        return False
    sizes = np.array([g.n for g in groups])
    if int(at.texts["df1"]) != len(groups) - 1 or int(at.texts["df2"]) != sizes.sum() - len(groups):
        return True
    spreads = [np.array([max(0.0, g.span("sd")[k]) for g in groups]) for k in (0, 1)]
    within = [float(((sizes - 1) * sd**2).sum()) for sd in spreads]
    corners = [np.array(corner) for corner in product(*(g.span("mean") for g in groups))]
    between = [float((sizes * (m - sizes @ m / sizes.sum()) ** 2).sum()) for m in corners]
    least = 0.0 if _may_be_equal(groups) else min(between) * 0.9  # the least is in no corner
    factor = (sizes.sum() - len(groups)) / (len(groups) - 1)
    ends = (least * factor / within[1], max(between) * factor / max(within[0], 1e-12))
    return apart(ends, at.span("f"))


def _may_be_equal(groups: Sequence[Place]) -> bool:
    spans = [g.span("mean") for g in groups]
    return max(s[0] for s in spans) <= min(s[1] for s in spans)


def no_rates(at: Place) -> bool:
    """Sensitivity, specificity and predictive values that no 2×2 table of so many people has."""
    names = ("sensitivity", "specificity", "ppv", "npv")
    n = at.table["population", "all"].n if at.has(*names) else 0
    if not n:
        return False
    sens, spec, ppv, npv = ((x / 100, y / 100) for x, y in at.spans(*names))
    for ill in range(1, n):
        for a in range(ceil(sens[0] * ill - 1e-9), floor(sens[1] * ill + 1e-9) + 1):
            well = n - ill
            for d in range(ceil(spec[0] * well - 1e-9), floor(spec[1] * well + 1e-9) + 1):
                b, c = well - d, ill - a
                if (
                    a + b
                    and c + d
                    and ppv[0] <= a / (a + b) <= ppv[1]
                    and npv[0] <= d / (c + d) <= npv[1]
                ):
                    return False
    return True


def no_table(at: Place) -> bool:
    """A crude odds ratio with Woolf's interval that no counts of so many people and events have."""
    asked = ("odds_ratio", "ci_low", "ci_high")
    crude = at.one("adjusted", "crude") and at.one("kind", "binary") and at.one("interval", "wald")
    if not (crude and at.has(*asked) and at.truth.get("events") and at.truth.get("level") == "95"):
        return False
    events, well = int(at.truth["events"]), at.n - int(at.truth["events"])
    a, c = np.meshgrid(np.arange(1, events), np.arange(1, well))
    centre = np.log(a * (well - c) / (c * (events - a)))
    error = np.sqrt(1 / a + 1 / (events - a) + 1 / c + 1 / (well - c))
    low, high = at.span("odds_ratio")
    fits = (np.exp(centre) >= low) & (np.exp(centre) <= high)
    for sign, name in ((-1, "ci_low"), (1, "ci_high")):
        ends = [np.exp(centre + sign * z * error) for z in (1.959, 1.961)]
        low, high = at.span(name)
        fits &= (np.maximum(*ends) >= low) & (np.minimum(*ends) <= high)
    return not fits.any()


PROVERS = (
    out_of_order,
    off_centre,
    wrong_p,
    against_interval,
    no_sum,
    beyond_range,
    wrong_share,
    wrong_error,
    wrong_test,
    wrong_difference,
    wrong_analysis,
    no_rates,
    no_table,
)
