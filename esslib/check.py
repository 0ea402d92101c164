"""Everything that is wrong with an export, found at once, before anything is analysed.

``python -m esslib.check EXPORT`` prints how the file was read and each problem once, and writes them
all to a CSV file beside the export.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pandas as pd

from esslib.paths import project_root, resolve
from esslib.survey.cleaning import clean
from esslib.survey.codebook import Codebook, read_codebook
from esslib.survey.export import ExportError, decode
from esslib.survey.export.errors import as_problems, raise_problems, row_ranges
from esslib.survey.export.opening import recognise_export
from esslib.survey.export.validation import find_problems
from printed.files import write_atomically

PRIVATE = ("data/private", "build")  # folders of the project that git does not keep
SUFFIX = ".problems.csv"


def all_problems(path: Path, codebook: Codebook) -> tuple[pd.DataFrame, list[str]]:
    """Return all problems of an export, and what else its holder should look at.

    Parameters
    ----------
    path : Path
    codebook : Codebook

    Returns
    -------
    DataFrame
        As `ExportError.problems`: headings, then cells, each distinct wrong text once.
    list of str
        Rows left out as no responses, duplicates, places that are not placed.
    """
    try:
        export = recognise_export(path, codebook)
    except ExportError as error:
        return as_problems([("", "", 0, "", str(error))]), []
    cells = find_problems(export.answers, codebook, export.headings)
    problems = pd.concat([export.problems, cells], ignore_index=True)
    notices = [
        f"{row.method}: {row.n} ({row.text})"
        for row in export.reading.query("part == 'notice'").itertuples()
    ]
    if problems.empty:
        tidy = clean(decode(export.answers, codebook), codebook)
        counts = tidy["excluded_because"].value_counts()
        notices += [
            f"{reason}: {n} (rows {row_ranges(tidy.index[tidy['excluded_because'] == reason])})"
            for reason, n in counts.items()
        ]
    return problems, notices


def problems_file(export: Path) -> Path:
    """Return where the problems of an export are written: beside it, but never where git looks."""
    folder, root = export.resolve().parent, project_root().resolve()
    is_kept = folder.is_relative_to(root) and not any(
        folder.is_relative_to(root / name) for name in PRIVATE
    )
    if is_kept or not os.access(folder, os.W_OK):
        folder = root / "build"
    return folder / f"{export.name}{SUFFIX}"


def write_problems(export: Path, codebook: Codebook) -> str:
    """Write all problems of an export beside it; say how many there are and where, or nothing."""
    problems, _ = all_problems(export, codebook)
    if problems.empty:
        return ""
    path = problems_file(export)
    write_atomically(path, problems.to_csv(index=False).encode("utf-8-sig"))
    return f"{len(problems)} problem(s) in {export.name}, all listed in {path}"


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, and print and write what is wrong with an export."""
    parser = argparse.ArgumentParser(
        prog="python -m esslib.check", description="List everything that is wrong with an export."
    )
    parser.add_argument("export", type=Path, help="export of the survey tool")
    given, codebook = parser.parse_args(arguments), read_codebook(resolve("data/codebook"))
    problems, notices = all_problems(given.export, codebook)
    print("".join(f"{notice}\n" for notice in notices), end="")
    if problems.empty:
        print(f"{given.export}: every heading and every answer is understood")
        return 0
    try:
        raise_problems(problems, given.export.name)
    except ExportError as error:
        print(error)
    print(write_problems(given.export, codebook))
    return 1


if __name__ == "__main__":
    sys.exit(main())
