"""The split of people by outcome that the rows of a table of odds ratios share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

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
    """

    n: int
    n_outcome: int
    rows: pd.DataFrame
    ranking: pd.DataFrame


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
    return CommonSplit(n, n_outcome, pd.DataFrame(judged), ranking)


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
    return {
        **row,
        **dict(zip(CELLS, best[0], strict=True)),
        "z": " ".join(best[1]),
        "p_fits": " ".join(match.p_fits(best[0])),
        "p_nearest": f"{method} {values[method]:.4f}",
        "reason": _p_reason(match, f"{method} {values[method]:.4f}")
        if status == "p_differs"
        else "",
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


def _p_reason(match: _Matches, nearest: str) -> str:
    sizes = sorted({sum(table) for table, _ in match.found})
    return (
        f"none of the {len(match.found)} tables of {sizes[0]} to {sizes[-1]} people with this "
        f"odds ratio and interval has p {match.p}; here {nearest}"
    )


def _reason(match: _Matches) -> str:
    if not is_log_symmetric(match.behind):
        return "no table of any size: the odds ratio is not the geometric mean of its interval"
    others = sorted({_split(table) for table, _ in match.found})
    return f"fits only other splits: {others[:3]}" if others else "no table of the sizes tried"


def is_log_symmetric(behind: Mapping[str, Interval]) -> bool:
    """Whether some odds ratio within its interval is the geometric mean of two possible ends."""
    odds, low, high = (behind[name] for name in STATISTICS)
    assert odds.low is not None and low.low is not None and high.low is not None
    assert odds.high is not None and low.high is not None and high.high is not None
    least = max(low.low, Fraction(0)) * high.low
    return odds.low**2 <= low.high * high.high and least <= odds.high**2
