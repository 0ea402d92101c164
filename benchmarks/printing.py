"""Print honest tables as papers do: rounded or cut off, zeros dropped, comma or point, p as `<`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from printed.declared import DECLARED
from printed.published import COLUMNS

RATIOS = ("odds_ratio", "risk_ratio", "hazard_ratio", "rate_ratio")
SHARES = ("percent", "sensitivity", "specificity", "ppv", "npv")
TESTS = ("t", "z", "f", "chi2")
Truth = Mapping[str, str]


@dataclass(frozen=True)
class Style:
    """How one table is printed.

    Attributes
    ----------
    convention
        ``half_even`` (what programs do with doubles), ``half_up`` or ``truncated``.
    decimals, percent, tests
        Digits after the point of estimates, shares and statistics of tests.
    p
        Digits of p; `p_bound` prints small ones as ``<0.001``, `p_star` all below as ``<0.05``.
    drops_zeros, comma
        ``2.70`` as ``2.7``; ``2,7``.
    """

    convention: str
    decimals: int
    percent: int
    tests: int
    p: int
    p_bound: bool
    p_star: bool
    drops_zeros: bool
    comma: bool

    def text(self, value: str, decimals: int) -> str:
        """A number with so many decimals."""
        if self.convention == "half_even":
            shown = f"{float(value):.{decimals}f}"
        else:
            mode = ROUND_DOWN if self.convention == "truncated" else ROUND_HALF_UP
            shown = f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), mode):f}"
        if self.drops_zeros and "." in shown:
            shown = shown.rstrip("0").rstrip(".")
        return shown.replace(".", ",") if self.comma else shown

    def shown(self, statistic: str, value: str, is_share: bool) -> str:
        """A statistic as this table prints it."""
        number = float(value)
        if statistic == "p_value":
            bound = 10.0**-self.p
            if self.p_star and number < 0.05:
                bound = next(b for b in (0.001, 0.01, 0.05) if number < b)
            elif not self.p_bound or number >= bound:
                return self.text(value, self.p)
            return "<" + self.text(
                f"{bound:.3f}" if self.p_star else f"{bound:g}", 3 if self.p_star else self.p
            )
        if statistic == "n" or (statistic.startswith("df") and number == int(number)):
            return f"{number:.0f}"
        digits = self.tests if statistic in TESTS or statistic == "df" else self.decimals
        return self.text(value, self.percent if statistic in SHARES or is_share else digits)


def style(rng: np.random.Generator) -> Style:
    """Draw a style."""
    convention = rng.choice(["half_even", "half_up", "truncated"], p=[0.5, 0.25, 0.25])
    return Style(
        convention=str(convention),
        decimals=int(rng.choice([1, 2, 3, 4], p=[0.2, 0.5, 0.25, 0.05])),
        percent=int(rng.choice([0, 1, 2], p=[0.4, 0.45, 0.15])),
        tests=int(rng.integers(1, 4)),
        p=int(rng.choice([2, 3, 4], p=[0.25, 0.6, 0.15])),
        p_bound=bool(rng.uniform() < 0.7),
        p_star=bool(rng.uniform() < 0.15),
        drops_zeros=bool(rng.uniform() < 0.2),
        comma=bool(rng.uniform() < 0.2),
    )


def read_values(*paths: Path) -> pd.DataFrame:
    """Read lines of unrounded values (see ``tests/reference/honest_models.R``) as text."""
    frames = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths]
    return pd.concat(frames).fillna("").reset_index(drop=True)


def tables(values: pd.DataFrame) -> Iterator[tuple[str, int, pd.DataFrame]]:
    """Design, number and lines of each table."""
    for (design, table), lines in values.groupby(["design", "table"], sort=False):
        yield str(design), int(str(table)), lines


def printed_table(lines: pd.DataFrame, how: Style) -> pd.DataFrame:
    """Rows for `printed`, with all that is true of them declared."""
    records = lines.to_dict("records")
    shares = {_place(line) for line in records if line["statistic"] in SHARES}
    rows: list[dict[str, Any]] = []
    for line in records:
        declared = {option: line.get(option, "") for option in DECLARED}
        declared["tails"] = "two" if line["statistic"] == "p_value" else ""
        is_size = line["row"] == "population"
        declared["convention"] = "" if is_size or line["statistic"] == "n" else how.convention
        text = how.shown(line["statistic"], line["value"], _place(line) in shares)
        place = {key: line[key] for key in ("row", "group", "statistic")}
        name = f"{line['row']}.{line['group']}.{line['statistic']}"
        rows.append({"id": name, "table": "t", **place, "printed": text, **declared})
    return pd.DataFrame(rows).reindex(columns=list(COLUMNS), fill_value="")


def undeclared(table: pd.DataFrame) -> pd.DataFrame:
    """The same rows, silent on what they are."""
    return table.assign(**dict.fromkeys(DECLARED, ""))


def _place(line: Mapping[Any, Any]) -> tuple[Any, Any]:
    return line["row"], line["group"]
