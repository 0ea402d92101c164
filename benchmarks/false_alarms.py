"""Count the honest tables that `printed` faults: every one is a mistake of the audit.

``python benchmarks/false_alarms.py`` makes tables of many designs with R and statsmodels
(``tests/reference/honest_models.R``, ``honest_statistics.py``), prints them as papers do, audits each
twice, declared and undeclared, and adds a line for each design to ``false_alarms_history.csv``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
from printing import printed_table, read_values, style, tables, undeclared
from run import add_to_history, stamp

from esslib.paths import resolve
from printed.consistency import audit
from printed.published import read_published

HISTORY = Path(__file__).with_name("false_alarms_history.csv")
SEED = 20261127
COUNTED = (
    "tables",
    "impossible_undeclared",
    "impossible_declared",
    "needs_undeclared",
    "needs_declared",
    "truth_left_out",
    "refused",
)


@dataclass(frozen=True)
class Verdicts:
    """What the audit says of one honest table: its findings as text, or why it refused."""

    design: str
    table: pd.DataFrame
    declared: pd.DataFrame
    undeclared: pd.DataFrame
    refused: str = ""

    def faults(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Findings that accuse an honest table, by the column that counts them."""
        both = {"declared": self.declared, "undeclared": self.undeclared}
        for name, found in both.items():
            for verdict in ("impossible", "needs"):
                rows = found[found["verdict"] == verdict].to_dict("records")
                yield from (
                    (f"{verdict}_{name}", {str(k): str(v) for k, v in row.items()}) for row in rows
                )
        yield from (("truth_left_out", row) for row in self._left_out())
        if self.refused:
            yield "refused", {"proof": self.refused}

    def _left_out(self) -> Iterator[dict[str, str]]:
        """Findings whose readings, undeclared, do not hold the true one."""
        keys = ["check", "where"]
        asked = self.undeclared[self.undeclared["verdict"] == "needs"]
        known = self.declared[self.declared["verdict"] == "impossible"]
        both = asked.merge(known[keys], on=keys)
        yield from ({str(k): str(v) for k, v in row.items()} for row in both.to_dict("records"))


def read_as_typed(table: pd.DataFrame) -> pd.DataFrame:
    """Read a table by way of a file, as a user does: with points where commas are refused."""
    comma = table["printed"].str.contains(",").any()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers.csv"
        table.to_csv(path, index=False, sep=";" if comma else ",")
        try:
            return read_published(path)
        except ValueError as error:
            if "parts thousands" not in str(error):
                raise
        points = table.assign(printed=table["printed"].str.replace(",", "."))
        points.to_csv(path, index=False)
        return read_published(path)


def judge(job: tuple[str, int, pd.DataFrame]) -> Verdicts:
    """Print one honest table in a style of its own, and audit it declared and undeclared."""
    design, number, lines = job
    seed = (SEED, crc32(design.encode()), number)
    table = printed_table(lines, style(np.random.default_rng(seed)))
    empty = pd.DataFrame(columns=["check", "where", "verdict"])
    try:
        declared, silent = (audit(read_as_typed(each)) for each in (table, undeclared(table)))
    except ValueError as error:
        return Verdicts(design, table, empty, empty, str(error))
    return Verdicts(design, table, declared, silent)


def judged(jobs: Iterable[tuple[str, int, pd.DataFrame]], workers: int = 2) -> Iterator[Verdicts]:
    """Judge tables side by side."""
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(judge, jobs, chunksize=8)


def make_values(count: int, folder: Path) -> pd.DataFrame:
    """Make so many tables of each design with R and Python."""
    reference = resolve("tests/reference")
    commands = {
        "models": ["Rscript", "honest_models.R"],
        "statistics": [sys.executable, "honest_statistics.py"],
    }
    for name, words in commands.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8") as out:
            asked = [*words, str(SEED), str(count)]
            subprocess.run(asked, cwd=reference, stdout=out, check=True)
    return read_values(*(folder / f"{name}.csv" for name in commands))


def counts(found: Iterable[Verdicts]) -> pd.DataFrame:
    """Count tables and faulted tables by design: a table counts once in each column."""
    tally: dict[str, Counter[str]] = {}
    for each in found:
        one = tally.setdefault(each.design, Counter())
        one["tables"] += 1
        one.update({name for name, _ in each.faults()})
    frame = pd.DataFrame(tally).T.reindex(columns=list(COUNTED)).fillna(0).astype(int)
    return frame.rename_axis("design").reset_index()


def write_accusations(found: Iterable[Verdicts], path: Path) -> Iterator[Verdicts]:
    """Pass findings on; write the first of each kind that accuses, with its table, as text."""
    seen: set[tuple[str, str, str]] = set()
    with path.open("w", encoding="utf-8") as out:
        for each in found:
            for name, row in each.faults():
                kind = (each.design, name, row.get("check", ""))
                if name != "needs_undeclared" and kind not in seen:
                    seen.add(kind)
                    out.write(accusation(each, kind, row))
            yield each


def accusation(each: Verdicts, kind: Iterable[str], row: Mapping[str, str]) -> str:
    """One finding that accuses, with the table that it accuses."""
    names = [name for name in each.table if (each.table[name] != "").any()]
    used = each.table[names].to_csv(index=False)
    facts = [f"{key}: {text}" for key, text in row.items() if text]
    return "\n".join([f"\n## {': '.join(kind)}", *facts, "```", used + "```", ""])


def main() -> None:
    """Count, print and record."""
    options = argparse.ArgumentParser()
    options.add_argument("--tables", type=int, default=100, help="of each design")
    options.add_argument("--values", type=Path, help="made before, instead of R and statsmodels")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--accusations", type=Path, default=Path("accusations.md"))
    options.add_argument("--dry", action="store_true", help="leave the history as it is")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        values = (
            read_values(given.values) if given.values else make_values(given.tables, Path(folder))
        )
    found = counts(write_accusations(judged(tables(values), given.workers), given.accusations))
    print(found.to_string(index=False))
    print(found[list(COUNTED)].sum().to_string())
    if not given.dry:
        for row in found.astype(str).to_dict("records"):
            add_to_history({**stamp(), **{str(k): v for k, v in row.items()}}, HISTORY)


if __name__ == "__main__":
    main()
