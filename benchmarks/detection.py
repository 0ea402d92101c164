"""Plant one error in honest tables, and count which the audit finds.

``python benchmarks/detection.py`` prints honest tables (those that ``false_alarms.py`` makes), plants
one error of each kind in each, audits them declared and undeclared, and adds a line for each kind
to ``detection_history.csv``. What can be proved is decided by `provers`, which uses nothing of
`printed`; beside stand statcheck (R), where it is installed, on what it reads, and the plain GRIM and
GRIMMER rules for means of whole numbers.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
from false_alarms import SEED, read_as_typed
from printing import RATIOS, printed_table, read_values, style, tables, undeclared
from provers import proofs
from run import add_to_history, stamp

from esslib.paths import resolve
from printed.consistency import audit

HISTORY = Path(__file__).with_name("detection_history.csv")
SAMPLE = resolve("tests/reference/honest_tables.csv.gz")
NUMBERS = ("n", "df", "df1", "df2")
Rng = np.random.Generator
Plant = Callable[[pd.DataFrame, Rng], pd.DataFrame | None]


def _one(table: pd.DataFrame, rng: Rng, which: pd.Series) -> int | None:
    """Line of a cell drawn among those marked."""
    lines = np.flatnonzero(which.to_numpy())
    return int(rng.choice(lines)) if len(lines) else None


def _changed(table: pd.DataFrame, line: int | None, text: str) -> pd.DataFrame | None:
    """The table with another text in one cell; None when it is no other number."""
    if line is None:
        return None
    old = str(table["printed"].iloc[line])
    if text == old or not any(sign.isdigit() for sign in text):
        return None
    texts = table["printed"].tolist()
    texts[line] = text
    return table.assign(printed=texts)


def _cells(table: pd.DataFrame) -> pd.Series:
    """Cells of results: no size of a group, no bound."""
    return table["row"].ne("population") & ~table["printed"].str.startswith("<")


def digit(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """Another digit in one place."""
    line = _one(table, rng, _cells(table))
    if line is None:
        return None
    text = str(table["printed"].iloc[line])
    at = int(rng.choice([k for k, sign in enumerate(text) if sign.isdigit()]))
    new = str(rng.choice([d for d in "0123456789" if d != text[at]]))
    return _changed(table, line, text[:at] + new + text[at + 1 :])


def swapped(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """Two neighbouring digits exchanged."""
    line = _one(table, rng, _cells(table) & table["printed"].str.contains(r"\d\d"))
    if line is None:
        return None
    text = str(table["printed"].iloc[line])
    pairs = [k for k in range(len(text) - 1) if text[k : k + 2].isdigit()]
    at = int(rng.choice(pairs))
    return _changed(table, line, text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def sign(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """A sign lost or added, of what may be negative."""
    signed = table["statistic"].isin(
        ["coefficient", "difference", "t", "z", "r", "risk_difference"]
    )
    line = _one(table, rng, signed)
    text = "" if line is None else str(table["printed"].iloc[line])
    return _changed(table, line, text.removeprefix("-") if "-" in text else f"-{text}")


def point(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """A decimal point lost, or one place further."""
    line = _one(table, rng, _cells(table) & table["printed"].str.contains(r"\d[.,]\d"))
    if line is None:
        return None
    text = str(table["printed"].iloc[line])
    mark = "," if "," in text else "."
    whole, _, rest = text.partition(mark)
    moved = whole + rest if rng.uniform() < 0.5 else f"{whole}{rest[0]}{mark}{rest[1:] or '0'}"
    bare = moved.lstrip("-").lstrip("0")
    bare = "0" + bare if bare[:1] in ("", mark) else bare
    return _changed(table, line, ("-" if moved.startswith("-") else "") + bare)


def ends(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """Lower and upper end exchanged."""
    line = _one(table, rng, table["statistic"].eq("ci_low"))
    if line is None:
        return None
    texts = table["printed"].iloc[[line, line + 1]].tolist()
    other = _changed(table, line, texts[1])
    return None if other is None else _changed(other, line + 1, texts[0])


def copied(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """The cell of another row or group."""
    line = _one(table, rng, _cells(table) & table["statistic"].duplicated(keep=False))
    if line is None:
        return None
    same = table["statistic"].eq(table["statistic"].iloc[line]) & _cells(table)
    other = _one(table, rng, same & (np.arange(len(table)) != line))
    return None if other is None else _changed(table, line, str(table["printed"].iloc[other]))


def error_for_sd(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """A standard error in the place of an SD."""
    line = _one(table, rng, table["statistic"].eq("sd"))
    if line is None:
        return None
    n = float(table["n"].iloc[line] or 0)
    text = str(table["printed"].iloc[line])
    return None if n < 2 else _changed(table, line, _like(_number(text) / sqrt(n), text))


def level(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """Ends of a 90 or 99 % interval where another level is told."""
    line = _one(table, rng, table["statistic"].eq("ci_low") & table["level"].ne(""))
    if line is None:
        return None
    at = table.iloc[line]
    row = table[table["row"].eq(at["row"]) & table["group"].eq(at["group"])].set_index("statistic")
    name = next((n for n in (*RATIOS, "coefficient", "difference") if n in row.index), "")
    if not name:
        return None
    centre, *old = (_number(row["printed"][k]) for k in (name, "ci_low", "ci_high"))
    factor = float(rng.choice([1.645 / 1.96, 2.576 / 1.96]))
    other = table
    for k, end in enumerate(old):
        is_ratio = name in RATIOS
        if is_ratio and min(centre, end) <= 0:
            return None
        new = (
            exp(log(centre) + factor * log(end / centre))
            if is_ratio
            else centre + factor * (end - centre)
        )
        changed = _changed(other, line + k, _like(new, str(table["printed"].iloc[line + k])))
        other = other if changed is None else changed
    return None if other is table else other


def size(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """Another size of a group, where the table tells it."""
    line = _one(table, rng, table["row"].eq("population"))
    if line is None:
        return None
    old = int(str(table["printed"].iloc[line]))
    new = old + int(rng.choice([-10, -2, -1, 1, 2, 10]))
    same = table["group"].eq(table["group"].iloc[line]) & table["n"].eq(str(old))
    other = _changed(table, line, str(new)) if new > 2 else None
    return None if other is None else other.assign(n=table["n"].mask(same, str(new)))


def share(table: pd.DataFrame, rng: Rng) -> pd.DataFrame | None:
    """A percentage of a neighbouring count."""
    line = _one(table, rng, table["statistic"].eq("percent"))
    if line is None:
        return None
    n = float(table["n"].iloc[line] or 0)
    text = str(table["printed"].iloc[line])
    step = float(rng.choice([-3, -2, -1, 1, 2, 3]))
    new = _number(text) + 100 * step / n if n else -1.0
    return _changed(table, line, _like(new, text)) if 0 <= new <= 100 else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _like(value: float, text: str) -> str:
    """A number printed like another."""
    decimals = len(text.replace(",", ".").partition(".")[2])
    shown = f"{value:.{decimals}f}"
    return shown.replace(".", ",") if "," in text else shown


KINDS: dict[str, Plant] = {
    each.__name__: each
    for each in (digit, swapped, sign, point, ends, copied, error_for_sd, level, size, share)
}


@dataclass(frozen=True)
class Planted:
    """One planted error: what proves it, and what the audit and plain rules say."""

    design: str
    kind: str
    proofs: tuple[str, ...]
    declared: bool
    undeclared: bool
    doubted: bool
    rules: bool
    table: pd.DataFrame


def found_in(table: pd.DataFrame) -> tuple[bool, bool]:
    """Whether the audit finds something impossible, and whether anything that is not sure.

    A number that its statistic cannot be (p above 1) is refused with its line: found.
    """
    try:
        verdicts = audit(read_as_typed(table))["verdict"]
    except ValueError:
        return True, True
    return bool(verdicts.eq("impossible").any()), bool(verdicts.isin(["impossible", "needs"]).any())


def plant(job: tuple[str, int, pd.DataFrame]) -> list[Planted]:
    """Plant one error of each kind in one table."""
    design, number, lines = job
    seed = (SEED, crc32(design.encode()), number)
    honest = printed_table(lines, style(np.random.default_rng(seed)))
    found = []
    for kind, make in KINDS.items():
        table = make(honest, np.random.default_rng((*seed, crc32(kind.encode()))))
        if table is None:
            continue
        proved = tuple(sorted(set(proofs(table))))
        sure, (loose, doubted) = found_in(table)[0], found_in(undeclared(table))
        found.append(Planted(design, kind, proved, sure, loose, doubted, by_rules(table), table))
    return found


def by_rules(table: pd.DataFrame) -> bool:
    """Whether the plain GRIM or GRIMMER rule (rounded sums; whole numbers, n of the row) speaks."""
    rows = table[table["statistic"].isin(["mean", "sd"]) & table["kind"].eq("whole")]
    for _, cells in rows.groupby(["row", "group"]):
        texts = dict(zip(cells["statistic"], cells["printed"], strict=True))
        n = int(cells["n"].iloc[0] or 0) * int(cells["items"].iloc[0] or 1)
        if n and "mean" in texts:
            mean = _number(texts["mean"])
            if all(_like(total / n, texts["mean"]) != texts["mean"] for total in _whole(mean * n)):
                return True
    return False


def _whole(value: float) -> Iterator[int]:
    yield from range(int(np.floor(value)) - 1, int(np.ceil(value)) + 2)


def sentences(table: pd.DataFrame) -> str:
    """Tests of a table as statcheck reads them."""
    texts = []
    for _, cells in table.groupby(["row", "group"]):
        at = {
            k: v.replace(",", ".")
            for k, v in zip(cells["statistic"], cells["printed"], strict=True)
        }
        p = at.get("p_value", "")
        p = f"p {p[0]} {p[1:]}" if p.startswith("<") else f"p = {p}"
        forms = {
            "t": "t({df}) = {t}",
            "f": "F({df1}, {df2}) = {f}",
            "r": "r({df}) = {r}",
            "z": "z = {z}",
            "chi2": "chi2({df}) = {chi2}",
        }
        for name, form in forms.items():
            if name in at and "p_value" in at and ("{df}" not in form or "df" in at):
                texts.append(f"{form.format(**at)}, {p}.")
    return " ".join(texts)


STATCHECK = """
lines <- readLines(file("stdin"))
for (line in lines) {
  found <- NULL
  if (nchar(line)) invisible(capture.output(suppressWarnings(suppressMessages(
    found <- tryCatch(statcheck::statcheck(line, messages = FALSE), error = function(e) NULL)))))
  errors <- if (is.null(found)) NA else if ("error" %in% names(found)) found$error else found$Error
  cat(if (all(is.na(errors))) "NA" else any(errors, na.rm = TRUE), "\\n")
}
"""


def by_statcheck(texts: Iterable[str]) -> list[str]:
    """TRUE, FALSE or NA (nothing read) of statcheck for each text; nothing when it lacks."""
    if shutil.which("Rscript") is None:
        return []
    typed = "\n".join(texts) + "\n"
    words = ["Rscript", "-e", STATCHECK]
    done = subprocess.run(words, input=typed, capture_output=True, text=True, check=False)
    return done.stdout.split() if done.returncode == 0 else []


def planted(jobs: Iterable[tuple[str, int, pd.DataFrame]], workers: int = 2) -> list[Planted]:
    """Plant errors in tables side by side."""
    with ProcessPoolExecutor(workers) as pool:
        return [each for found in pool.map(plant, jobs, chunksize=4) for each in found]


def frame_of(found: list[Planted]) -> pd.DataFrame:
    """One line for each planted error."""
    checked = by_statcheck(sentences(each.table) for each in found) or ["NA"] * len(found)
    return pd.DataFrame(
        {
            "design": [each.design for each in found],
            "kind": [each.kind for each in found],
            "proofs": [" ".join(each.proofs) for each in found],
            "provable": [bool(each.proofs) for each in found],
            "declared": [each.declared for each in found],
            "undeclared": [each.undeclared for each in found],
            "doubted": [each.doubted for each in found],
            "grim_rule": [each.rules for each in found],
            "statcheck": checked,
        }
    )


def rates(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Counts by kind or design: planted, provable, and found by each way."""
    proved = frame["provable"]
    parts = {
        "planted": frame["kind"].notna(),
        "provable": proved,
        "provable_found": proved & frame["declared"],
        "found_declared": frame["declared"],
        "found_undeclared": frame["undeclared"],
        "doubted_undeclared": frame["doubted"],
        "grim_rule": frame["grim_rule"],
        "statcheck_read": frame["statcheck"].ne("NA"),
        "statcheck_found": frame["statcheck"].eq("TRUE"),
        "found_where_statcheck_reads": frame["declared"] & frame["statcheck"].ne("NA"),
    }
    return pd.DataFrame(parts).groupby(frame[by], sort=False).sum().reset_index()


def main() -> None:
    """Plant, count, print and record."""
    options = argparse.ArgumentParser()
    options.add_argument("--values", type=Path, default=SAMPLE, help="honest tables")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--missed", type=Path, help="where to write each error with its verdicts")
    options.add_argument("--dry", action="store_true", help="leave the history as it is")
    given = options.parse_args()
    found = planted(tables(read_values(given.values)), given.workers)
    frame = frame_of(found)
    if given.missed:
        frame.assign(table=[each.table.to_csv(index=False) for each in found]).to_csv(given.missed)
    for by in ("kind", "design"):
        counted = rates(frame, by)
        print(counted.to_string(index=False))
        if not given.dry:
            for row in counted.astype(str).rename(columns={by: "of"}).to_dict("records"):
                line = {**stamp(), "by": by, **{str(k): v for k, v in row.items()}}
                add_to_history(line, HISTORY)
    total = rates(frame.assign(all="all"), "all").iloc[0]
    print(f"provable and found: {total['provable_found'] / total['provable']:.1%}")


if __name__ == "__main__":
    main()
