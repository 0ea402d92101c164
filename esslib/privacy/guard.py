"""Refuse to commit files that look like respondents' rows: ``python -m esslib.privacy.guard``.

A file is judged by what is in it. Tables (CSV, XLSX, Parquet …) and the outputs of notebooks are
refused when their headings are those of an export, or of the tidy frame; a file whose name says
that it is synthetic may hold them. Figures that say that small counts are not shown are of a real
cohort. Nothing under ``data/private/`` and ``build/`` passes, whatever it is.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

from esslib.paths import resolve, says_synthetic
from esslib.survey.codebook import SEPARATOR, Codebook, read_codebook
from esslib.survey.export.headings import recogniser

NEVER = ("data/private/", "build/")
ENOUGH = 5  # questions that a table of respondents holds, and a result table does not
# Codebooks and result tables have these headings for other reasons.
INNOCENT = frozenset({"group", "tool", "departement", "profession"})
SCORES = {"row", "ess_total"}
WITHHELD = 'id="withheld"'  # as `esslib.study` marks it
LINES = 20
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
PARTS = re.compile(r"[;,\t|]|\s{2,}")


def suspicion(path: Path, codebook: Codebook) -> str | None:
    """Return why a file must not be committed, or nothing.

    Examples
    --------
    >>> from esslib.paths import resolve
    >>> codebook = read_codebook(resolve("data/codebook"))
    >>> suspicion(Path("data/private/notes.txt"), codebook)
    'is in data/private/: real exports and what is made from them stay out of git'
    """
    for folder in NEVER:
        if folder in f"{path.as_posix()}":
            return f"is in {folder}: real exports and what is made from them stay out of git"
    if path.suffix == ".svg" and WITHHELD in path.read_text(encoding="utf-8", errors="replace"):
        return "is a figure of a real cohort: what is made from one stays in build/"
    read = READERS.get(path.suffix.lower())
    if read is None or says_synthetic(path):
        return None
    knows = _knower(codebook)
    try:
        for texts in read(path):
            found = sorted({name for text in texts for name in knows(text)})
            if {*texts} >= SCORES:
                return "holds the score of every respondent: it stays out of git"
            if len(found) >= ENOUGH:
                return (
                    f"looks like respondents' rows ({len(found)} questions, such as "
                    f"{', '.join(found[:3])}): keep it in data/private/, or share the copy that "
                    "`make anonymise` writes by other means than git"
                )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        return f"cannot be read to see whether it holds respondents' rows ({error})"
    return None


def _knower(codebook: Codebook) -> Callable[[str], set[str]]:
    """Return the function that names the questions that a heading belongs to."""
    recognise = recogniser(codebook)
    names = {*codebook.names()}

    def knows(text: str) -> set[str]:
        bare = text.strip().strip('"').removeprefix("\ufeff")
        stem = bare.split(SEPARATOR)[0]
        if stem in names:
            return {stem} - INNOCENT
        long = len(bare) > 1 and not bare.replace(".", "").isdigit()
        return {hit.variable for hit in recognise(bare, "")} - INNOCENT if long else set()

    return knows


def _delimited(path: Path) -> Iterator[list[str]]:
    data = path.read_bytes()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if wide else "utf-8", errors="replace")
    for line in text.splitlines()[:LINES]:
        yield PARTS.split(line)


def _workbook(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    with path.open("rb") as file, closing(load_workbook(file, read_only=True)) as book:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=LINES, values_only=True):
                yield [str(cell) for cell in row if cell is not None]


def _parquet(path: Path) -> Iterator[list[str]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        yield parquet.read_schema(path).names
    except pa.ArrowInvalid as error:
        raise ValueError(error) from None


def _notebook(path: Path) -> Iterator[list[str]]:
    """Read what the cells of a notebook have written."""
    for cell in json.loads(path.read_text(encoding="utf-8")).get("cells", []):
        for output in cell.get("outputs", []):
            for content in (output.get("text", ""), *output.get("data", {}).values()):
                text = content if isinstance(content, str) else "".join(map(str, content))
                yield [*_cells(text), *PARTS.split(text)]


def _page(path: Path) -> Iterator[list[str]]:
    for table in path.read_text(encoding="utf-8", errors="replace").split("<table")[1:]:
        heading, _, _ = table.partition("</thead>")
        yield _cells(heading)


def _cells(html: str) -> list[str]:
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in CELL.findall(html)]


READERS: dict[str, Callable[[Path], Iterable[list[str]]]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), _delimited),
    **dict.fromkeys((".xlsx", ".xlsm"), _workbook),
    ".parquet": _parquet,
    ".ipynb": _notebook,
    **dict.fromkeys((".html", ".htm"), _page),
}


def main(paths: list[str] | None = None) -> int:
    """Check files; say which must not be committed and why."""
    codebook = read_codebook(resolve("data/codebook"))
    given = [Path(path) for path in (sys.argv[1:] if paths is None else paths)]
    found = [(path, why) for path in given if (why := suspicion(path, codebook))]
    for path, why in found:
        print(f"{path} {why}", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
