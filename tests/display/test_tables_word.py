"""The same text as in the HTML, as Word documents."""

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import docx
import pytest
from test_tables import MAKERS, make

from esslib.display.tables import word
from esslib.display.tables.page import COMFORTABLE


def opened(table):
    return docx.Document(io.BytesIO(word.as_docx(table)))


def expected_rows(table) -> list[list[str]]:
    """Headings, then the title of each block in all its merged cells, then its rows."""
    columns = list(table.cells.columns)
    body = [
        line
        for title, rows in table.blocks()
        for line in ([[title] * len(columns)] if title else []) + rows
    ]
    return [columns, *body]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_word_holds_caption_table_and_notes(name, lang):
    table = make(name, lang=lang)
    document = opened(table)
    caption, *notes = [paragraph.text for paragraph in document.paragraphs]
    assert caption == f"{table.caption}\n{table.mark}"
    assert tuple(notes) == table.notes
    [made] = document.tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == expected_rows(table)


def test_word_repeats_the_headings_and_keeps_rows_whole():
    [made] = opened(make("tableau_1")).tables
    heading, *others = made.rows
    assert "w:tblHeader" in heading._tr.xml
    assert not any("w:tblHeader" in row._tr.xml for row in others)
    assert all("w:cantSplit" in row._tr.xml for row in made.rows)


def test_word_keeps_a_short_block_on_one_page():
    table = make("tableau_1")
    [made] = opened(table).tables
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in made.rows]
    expected = [flag for _, rows in table.blocks() for flag in [True] * len(rows) + [False]]
    assert kept == [False, *expected]


def test_word_gives_long_sentences_more_room():
    table = make("items")
    cells = table.cells.assign(**{table.cells.columns[1]: "mot " * 50})
    first, long, *_ = replace(table, cells=cells).widths()
    assert word.WHOLE_BLOCK < first < 2 * COMFORTABLE - 10 < long


def test_word_turns_the_page_for_many_columns():
    narrow, wide = (opened(make(name)).sections[0] for name in ("tableau_1", "comparison"))
    assert narrow.page_width < narrow.page_height
    assert wide.page_width > wide.page_height


@pytest.mark.parametrize("name", MAKERS)
def test_word_table_is_as_wide_as_the_text(name):
    document = opened(make(name))
    page = document.sections[0]
    text = page.page_width - page.left_margin - page.right_margin
    assert sum(column.width for column in document.tables[0].columns) == pytest.approx(text, 0.001)


def test_word_has_no_mark_on_real_data():
    assert "\n" not in opened(make("items", synthetic=False)).paragraphs[0].text


def test_word_file_knows_no_clock_and_no_author(tmp_path):
    table = make("bivariate")
    path = word.write_docx(table, tmp_path / "new" / "bivariate.docx")
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with ZipFile(path) as file:
        assert {entry.date_time for entry in file.infolist()} == {word.EPOCH}
        properties = file.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", properties)) == {"1980-01-01"}
    assert "python-docx" not in properties
    assert path.read_bytes() == word.as_docx(make("bivariate"))
