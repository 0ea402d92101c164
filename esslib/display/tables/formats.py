"""The files of a table: what each format is called, and who writes it."""

from __future__ import annotations

from pathlib import Path

from esslib.display.tables.page import TextTable, write_html
from esslib.display.tables.plain import write_csv, write_latex
from esslib.display.tables.word import write_docx

FORMATS = {
    "html": write_html,
    "docx": write_docx,
    "excel.csv": write_csv,  # next to `name.csv`, which is for programs
    "tex": write_latex,
}


def write_formats(table: TextTable, path: Path) -> None:
    """Write a table for people in every format, as `path` with the format's ending."""
    for suffix, write in FORMATS.items():
        write(table, path.with_name(f"{path.name}.{suffix}"))
