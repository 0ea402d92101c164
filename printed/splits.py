"""The split of people by outcome that the rows of a table of odds ratios share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from printed.messages import OWN, Listed, Message, say
from printed.numerals import fixed
from printed.published import Interval, parse
from printed.woolf import CELLS, P_METHODS, Table, fitting, p_values, prints_p

STATISTICS = ("odds_ratio", "ci_low", "ci_high")


@dataclass(frozen=True, eq=False)
class CommonSplit:
    """The split of n people into outcome and other that most rows share.

    Attributes
    ----------
    n, n_outcome
        The split with the most exact rows, then the most rows whose p alone fails.
    rows
        One row per printed row: row, status (`exact`; `p_differs`: odds ratio and interval fit,
        p by no method; `missing_answers`: exact for fewer people; `none`), n_tables (at this
        split), n_elsewhere (exact tables of any split tried), CELLS, z, p_fits, p_nearest (method
        and value next to the printed p), reason.
    ranking
        All splits with a fitting row, best first: n, n_outcome, n_exact, n_p_differs.
    reasons
        By row, the reason as a message; rows without a reason are left out.
    """

    n: int
    n_outcome: int
    rows: pd.DataFrame
    ranking: pd.DataFrame
    reasons: Mapping[str, Message]


def common_split(
    rows: pd.DataFrame, n_range: Iterable[int], *, rounding: str = "up_or_down", n_missing: int = 4
) -> CommonSplit:
    """Find the split of people by outcome that most printed rows share, and why others fail.

    Parameters
    ----------
    rows
        Columns odds_ratio, ci_low, ci_high, p_value: text as printed, one covariate a row; its
        name in a column row, or else in the index.
    n_range
        Sizes to try.
    rounding
        Convention of all numbers.
    n_missing
        Unanswered covariates to allow in a row that fails otherwise.

    Raises
    ------
    ValueError
        When a column is missing, or no row fits any table.

    Notes
    -----
    Every table has a twin with both outcome and exposure exchanged, which prints the same
    numbers; so the split with n - n_outcome comes second with the same score. Of the two, the
    one with fewer people with the outcome is given.
    """
    needed = [*STATISTICS, "p_value"]
    if missing := [name for name in needed if name not in rows.columns]:
        raise ValueError(f"columns {missing} are missing; a predictor table needs {needed}.")
    sizes = sorted(set(n_range))
    named = rows if "row" in rows.columns else rows.assign(row=rows.index.astype(str))
    found = [_matches(row, sizes, rounding) for row in named[["row", *needed]].to_dict("records")]
    ranking = _ranking(found)
    if ranking.empty:
        raise ValueError("no row has a 2x2 table of these sizes; try other sizes or a rounding.")
    n, n_outcome = (int(ranking[name].iloc[0]) for name in ("n", "n_outcome"))
    judged = [_judged(match, n, n_outcome, n_missing) for match in found]
    reasons = {row["row"]: row["reason"] for row in judged if row["reason"]}
    told = pd.DataFrame([{**row, "reason": OWN.text(row["reason"])} for row in judged])
    return CommonSplit(n, n_outcome, told, ranking, reasons)


@dataclass(frozen=True)
class _Matches:
    """The tables of one printed row, for every size."""

    row: str
    p: str
    rounding: str
    behind: Mapping[str, Interval]
    found: list[tuple[Table, list[str]]]

    def within(self, n: int, n_outcome: int) -> list[tuple[Table, list[str]]]:
        return [(t, z) for t, z in self.found if sum(t) == n and t[0] + t[1] == n_outcome]

    def p_fits(self, table: Table) -> list[str]:
        values = p_values(table)
        return [m for m in P_METHODS if prints_p(values[m], self.p, self.rounding)]


def _matches(row: Mapping[Any, str], sizes: list[int], rounding: str) -> _Matches:
    behind = {name: parse(row[name]).interval(rounding) for name in STATISTICS}
    found = [match for n in sizes for match in fitting(behind, n)]
    return _Matches(row["row"], row["p_value"], rounding, behind, found)


def _ranking(found: list[_Matches]) -> pd.DataFrame:
    scores: dict[tuple[int, int], list[int]] = {}
    for match in found:
        exact = {_split(t) for t, _ in match.found if match.p_fits(t)}
        for split in {_split(t) for t, _ in match.found}:
            score = scores.setdefault(split, [0, 0])
            score[split not in exact] += 1
    names = ["n", "n_outcome", "n_exact", "n_p_differs"]
    frame = pd.DataFrame([(*split, *score) for split, score in scores.items()], columns=names)
    order = ["n_exact", "n_p_differs", "n_outcome", "n"]
    return frame.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _split(table: Table) -> tuple[int, int]:
    return sum(table), table[0] + table[1]


def _judged(match: _Matches, n: int, n_outcome: int, n_missing: int) -> dict[str, Any]:
    """One row of `CommonSplit.rows`."""
    whole = match.within(n, n_outcome)
    exact = [(table, z) for table, z in whole if match.p_fits(table)]
    fewer = [] if whole else _with_missing(match, n, n_outcome, n_missing)
    status = "exact" if exact else "p_differs" if whole else "missing_answers" if fewer else "none"
    best = min(exact or whole or fewer, key=lambda found: _p_gap(match, found[0]), default=None)
    row = {
        "row": match.row,
        "status": status,
        "n_tables": len(exact or whole or fewer),
        "n_elsewhere": sum(bool(match.p_fits(table)) for table, _ in match.found),
    }
    if best is None:
        return {**row, "reason": _reason(match)}
    values = p_values(best[0])
    method = min(P_METHODS, key=lambda m: abs(values[m] - float(parse(match.p).value)))
    nearest = f"{method} {fixed(values[method], 4)}"
    return {
        **row,
        **dict(zip(CELLS, best[0], strict=True)),
        "z": " ".join(best[1]),
        "p_fits": " ".join(match.p_fits(best[0])),
        "p_nearest": nearest,
        "reason": _p_reason(match, nearest) if status == "p_differs" else "",
    }


def _with_missing(
    match: _Matches, n: int, n_outcome: int, n_missing: int
) -> list[tuple[Table, list[str]]]:
    fewer = (fitting(match.behind, n - k) for k in range(1, n_missing + 1))
    return [
        (table, z)
        for matches in fewer
        for table, z in matches
        if table[0] + table[1] <= n_outcome
        and table[2] + table[3] <= n - n_outcome
        and match.p_fits(table)
    ]


def _p_gap(match: _Matches, table: Table) -> float:
    printed = float(parse(match.p).value)
    return min(abs(value - printed) for value in p_values(table).values())


def p_nearest(text: str) -> Message:
    """Say a method and its p, given as a text such as ``pearson 0.0132``."""
    method, _, value = text.partition(" ")
    return say("p-nearest", method=OWN.code("method", method), value=value)


def _p_reason(match: _Matches, nearest: str) -> Message:
    sizes = sorted({sum(table) for table, _ in match.found})
    facts = {"n": len(match.found), "least": sizes[0], "most": sizes[-1]}
    return say("no-table-has-p", p=match.p, nearest=p_nearest(nearest), **facts)


def _reason(match: _Matches) -> Message:
    if not is_log_symmetric(match.behind):
        return say("no-table-of-any-size")
    others = sorted({_split(table) for table, _ in match.found})[:3]
    if not others:
        return say("no-table-tried")
    return say("other-splits", splits=Listed([say("split", n=n, outcome=k) for n, k in others]))


def is_log_symmetric(behind: Mapping[str, Interval]) -> bool:
    """Whether some odds ratio within its interval is the geometric mean of two possible ends."""
    odds, low, high = (behind[name] for name in STATISTICS)
    assert odds.low is not None and low.low is not None and high.low is not None
    assert odds.high is not None and low.high is not None and high.high is not None
    least = max(low.low, Fraction(0)) * high.low
    return odds.low**2 <= low.high * high.high and least <= odds.high**2
