"""Set the printed numbers of a study beside those recomputed from a cohort."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from printed.consistency import audit
from printed.declared import CONVENTIONS, in_use
from printed.numerals import significant
from printed.published import parse
from printed.rounding import as_printed

DIGITS = 1e-10  # results are exact to ten significant digits
COLUMNS = ("id", "where", "printed", "recomputed", "status", "reason")


def reproduction(
    published: pd.DataFrame, recomputed: pd.Series, audited: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set each printed number beside the one recomputed from a cohort.

    Parameters
    ----------
    published
        The printed numbers.
    recomputed
        Numbers by the ids of `published`. For a number that the text repeats from a table, the
        table's recomputed number is taken.
    audited
        What `audit` says of them; by default audited here, without links.

    Returns
    -------
    One row per printed number: id, where, printed, recomputed (text, at most 10 significant
    digits), status (`reproduced`: the recomputed number prints as printed under a convention in use,
    or the one proved for the table; `impossible`, `needs`: it does not, and the audit says so of
    numbers including this one; `differs`), reason.
    """
    known = audit(published) if audited is None else audited
    chosen, barred = _conventions(published, known), _barred(published, known)
    values = _with_repeats(published, recomputed)
    rows = [
        _compared(
            row,
            values.get(row["id"]),
            chosen.get(row["table"], in_use("convention")),
            barred.get(row["id"], ("", "")),
        )
        for row in published.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _conventions(published: pd.DataFrame, audited: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The convention proved for a table; others may be printed in any that is in use."""
    table = dict(zip(published["id"], published["table"], strict=True))
    is_proof = audited["check"].eq("rounding_convention") & audited["verdict"].eq("consistent")
    rows = audited[is_proof]
    first = [where.partition(" ")[0] for where in rows["where"]]
    return {table[name]: (text,) for name, text in zip(first, rows["expected"], strict=True)}


def _barred(published: pd.DataFrame, audited: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """The worst verdict on a number beside others of its row, and the checks that give it, by id."""
    row = dict(zip(published["id"], published["table"] + "." + published["row"], strict=True))
    is_one = [len({row[name] for name in where.split()}) == 1 for where in audited["where"]]
    audited = audited[pd.Series(is_one, index=audited.index, dtype=bool)]
    found: dict[str, tuple[str, str]] = {}
    for verdict in ("needs", "impossible"):
        rows = audited[audited["verdict"] == verdict]
        checks: dict[str, list[str]] = {}
        for check, where in zip(rows["check"], rows["where"], strict=True):
            for name in where.split():
                checks.setdefault(name, []).append(check)
        found |= {name: (verdict, ", ".join(dict.fromkeys(c))) for name, c in checks.items()}
    return found


def _with_repeats(published: pd.DataFrame, recomputed: pd.Series) -> dict[str, float]:
    """Recomputed numbers by id, those of the text's repetitions taken from the tables."""
    values = {str(name): float(value) for name, value in recomputed.items()}
    for row in published.to_dict("records"):
        tables = ("bivariate", "multivariate")
        same = [f"{table}.{row['row']}.{row['group']}.{row['statistic']}" for table in tables]
        source = next((name for name in same if name in values), None)
        if row["id"] not in values and source is not None and row["table"] == "text":
            values[row["id"]] = values[source]
    return values


def _compared(
    row: Mapping[Hashable, Any],
    value: float | None,
    conventions: Sequence[str],
    barred: tuple[str, str],
) -> dict[str, str]:
    shown = "" if value is None else significant(value, 10)
    status, reason = _status(row["printed"], value, conventions, barred)
    place = {name: row[name] for name in ("id", "where", "printed")}
    return {**place, "recomputed": shown, "status": status, "reason": reason}


def _status(
    printed: str, value: float | None, conventions: Sequence[str], barred: tuple[str, str]
) -> tuple[str, str]:
    if value is None:
        return "reproduced", "stated by the study; taken over, not recomputed"
    if not printed:
        return ("reproduced", "empty cell") if value == 0 else ("differs", "printed empty")
    number = parse(printed)
    slack = DIGITS * max(1.0, abs(value))
    near = Fraction(value - slack), Fraction(value + slack)
    for convention in conventions:
        if number.interval(CONVENTIONS[convention]).overlaps(*near):
            return "reproduced", convention
    if barred[0]:
        return barred
    rounding = CONVENTIONS[conventions[0]].partition("_or_")[0]
    nearest = as_printed(Fraction(significant(value, 10)), number.decimals, rounding=rounding)
    return "differs", f"prints as {nearest}"
