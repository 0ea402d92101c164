"""Write the last false-alarm and detection rates into the manual of `printed`.

``python benchmarks/rates.py`` reads the last run in both histories (``false_alarms.py``,
``detection.py``) and replaces what stands between the marks in ``printed/README.md``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from esslib.paths import resolve

FOLDER = Path(__file__).parent
MARKS = re.compile(r"(<!-- rates -->\n).*?(<!-- end of rates -->)", re.DOTALL)


def last_run(name: str) -> pd.DataFrame:
    """Lines of the last run of a history."""
    frame = pd.read_csv(FOLDER / f"{name}_history.csv")
    stamp = ["date", "commit"]
    last = frame[stamp].iloc[-1]
    return frame[frame[stamp].eq(last).all(axis=1)]


def block() -> str:
    """Both rates, in words and a table."""
    alarms = last_run("false_alarms")
    total = alarms.drop(columns=["date", "commit", "cores", "design"]).sum()
    found = last_run("detection").query("by == 'kind'")
    lines = [
        f"Of {total['tables']} honest tables of {len(alarms)} designs, {total['impossible_undeclared']} have a row",
        f"called impossible when nothing is declared, {total['impossible_declared']} when all is, and of",
        f"{total['truth_left_out']} the readings named leave out the true one; {total['refused']} are refused.",
        f"{total['needs_undeclared']} undeclared ones have a row that `needs` a reading.",
        "",
        "| planted error | tables | provable | of these found | undeclared: impossible | undeclared: at least `needs` |",
        "|---|---|---|---|---|---|",
    ]
    for row in found.to_dict("records"):
        numbers = (
            "planted",
            "provable",
            "provable_found",
            "found_undeclared",
            "doubted_undeclared",
        )
        cells = [str(row["of"]).replace("_", " "), *(str(row[name]) for name in numbers)]
        lines.append(f"| {' | '.join(cells)} |")
    share = found["provable_found"].sum() / found["provable"].sum()
    read, theirs, ours = (
        int(found[name].sum())
        for name in ("statcheck_read", "statcheck_found", "found_where_statcheck_reads")
    )
    lines += [
        "",
        f"Of all provable errors {share:.0%} are found in declared rows. In the {read} tables with an error and a",
        f"test that statcheck reads, it finds {theirs}, this audit {ours}; the plain GRIM rule finds",
        f"{int(found['grim_rule'].sum())} of all.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Replace the block."""
    path = resolve("printed/README.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(MARKS.sub(lambda match: match[1] + block() + match[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
