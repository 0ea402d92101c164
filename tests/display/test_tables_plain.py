"""The same text as in the HTML, as CSV and LaTeX."""

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from test_tables import MAKERS, make

from esslib.display.tables import plain


def read(table) -> list[list[str]]:
    delimiter = plain.SIGNS[table.lang].cells
    return list(csv.reader(io.StringIO(plain.as_csv(table), newline=""), delimiter=delimiter))


def test_csv_has_rows_first_then_caption_and_notes():
    table = make("comparison")
    heading, first, second, empty, caption, mark, *notes = read(table)
    assert heading == ["", *table.cells.columns]
    assert first[:3] == ["Les deux groupes", "Utilisateurs", "21"]
    assert second[0] == "Les deux groupes"
    assert (empty, caption, mark) == ([], [table.caption], [table.mark])
    assert notes == [[note] for note in table.notes]


def test_csv_without_blocks_has_no_column_for_them():
    assert read(make("items"))[0][0] == "Item"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("−0,66", "-0,66"),
        ("1\N{NARROW NO-BREAK SPACE}234,5", "1234,5"),
        ("< 0,001", "< 0,001"),
        ("−0,76 [−1,76 ; 0,24]", "−0,76 [−1,76 ; 0,24]"),
        ("=SUM(A1:A9)", "'=SUM(A1:A9)"),
        ("-cmd", "'-cmd"),
        ("@x", "'@x"),
        ("＝1+1", "'＝1+1"),
        ("", ""),
    ],
)
def test_csv_gives_numbers_as_numbers_and_no_formula(text, cell):
    table = make("items")
    cells = table.cells.copy()
    cells.iloc[0, 1] = text
    assert read(replace(table, cells=cells))[1][1] == cell


def test_csv_file_is_what_a_french_excel_opens(tmp_path):
    path = plain.write_csv(make("items"), tmp_path / "items.csv")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfItem;")
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b";0,41;0,88\r\n" in content


def test_csv_in_english_has_commas_and_points():
    assert read(make("items", lang="en"))[1][-2:] == ["0.41", "0.88"]


@pytest.mark.parametrize("name", MAKERS)
def test_latex_has_every_row_and_no_sign_unknown_to_pdflatex(name, tmp_path):
    table = make(name)
    text = plain.write_latex(table, tmp_path / f"{name}.tex").read_text(encoding="utf-8")
    assert all((ord(sign) < 0x180 and sign not in "±·²") or sign in "–’“”" for sign in text)
    rows = [line for line in text.splitlines() if line.endswith(r" \\")]
    n_columns = len(table.cells.columns)
    assert sum(line.count(" & ") == n_columns - 1 for line in rows) == len(table.cells) + 2
    assert text.count(r"\begin{longtable}") == text.count(r"\end{longtable}") == 1


def test_latex_escapes_what_an_export_could_hold():
    table = replace(make("items"), caption=r"50 % of $x_1 & \input{secret}")
    text = plain.as_latex(table)
    assert r"\input{" not in text
    assert r"50 \% of \$x\_1 \& \textbackslash{}input\{secret\}" in text


def test_latex_columns_fill_the_width_of_the_text():
    for name in MAKERS:
        text = plain.as_latex(make(name))
        shares = [float(share) for share in re.findall(r"p\{(0\.\d+)\\dimexpr", text)]
        assert len(shares) == len(make(name).cells.columns)
        assert sum(shares) == pytest.approx(1, abs=1e-3)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_latex_is_set_whatever_the_cells_hold(tmp_path):
    text = r"a & % $ # _ { } ~ ^ \input{x} < > [1] « œ » − ± ² ≥ → ✓ ∞ · –"
    table = make("items")
    cells = table.cells.map(lambda _: text).rename(columns={"Item": text})
    table = replace(table, cells=cells, caption=text, notes=(text,), sections=(text,) * len(cells))
    plain.write_latex(table, tmp_path / "table.tex")
    packages = r"\usepackage[T1]{fontenc}\usepackage{array,booktabs,longtable,caption}"
    document = (
        rf"\documentclass{{article}}{packages}\begin{{document}}\input{{table}}\end{{document}}"
    )
    (tmp_path / "all.tex").write_text(document, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
