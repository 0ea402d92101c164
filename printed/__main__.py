"""Command line: `python -m printed audit my_numbers.csv`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from printed.audit import audit, read_links, summary
from printed.published import read_published


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m printed", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    one = commands.add_parser("audit", help="check the printed numbers of a study")
    one.add_argument("numbers", type=Path, help="CSV with the columns of data/published/README.md")
    one.add_argument(
        "--links", type=Path, help="CSV of links between the numbers: kind, name, rows"
    )
    one.add_argument("--output", type=Path, help="write all checks to this CSV")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit one file; print what does not hold, and counts. Returns 2 when a file cannot be read."""
    given = parser().parse_args(arguments)
    try:
        links = None if given.links is None else read_links(given.links)
        found = audit(read_published(given.numbers), links)
    except (OSError, ValueError) as error:
        print(f"printed: {error}", file=sys.stderr)
        return 2
    if given.output is not None:
        found.to_csv(given.output, index=False, lineterminator="\n")
    print(report(found))
    return 0


def report(found: pd.DataFrame) -> str:
    """Write the findings that do not hold, one paragraph each, then the counts."""
    open_rows = found[found["verdict"] != "consistent"].to_dict("records")
    paragraphs = [
        f"{row['verdict']}: {row['check']}\n  numbers   {row['printed']}\n  at        {row['where']}\n"
        f"  proof     {row['proof']}"
        + (f"\n  expected  {row['expected']}" if row["expected"] else "")
        for row in open_rows
    ]
    counts = (
        "These numbers allow no check." if found.empty else summary(found).to_string(index=False)
    )
    return "\n\n".join([*paragraphs, counts])


if __name__ == "__main__":
    raise SystemExit(main())
