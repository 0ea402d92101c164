"""Foreign text stays text, output folders stay where they are, and nothing foreign is executed."""

import csv
import itertools
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import matplotlib.pyplot as plt
import nbformat
import openpyxl
import pandas as pd
import pytest
from docx import Document
from helpers import answers_of, speaking, tidy_of, written

from esslib.display import tables
from esslib.display.figures.style import save_figure
from esslib.display.sentences import verbatim
from esslib.display.shown import SavedFigure
from esslib.display.tables import TextTable, as_html, folded
from esslib.display.tables.plain import as_csv, as_latex
from esslib.display.tables.word import as_docx
from esslib.paths import resolve, within_project
from esslib.run.graph import make_plan
from esslib.run.html import Surroundings, notebook_to_html
from esslib.run.notebook import RunError
from esslib.run.sources import PACKAGES
from esslib.study import open_study
from esslib.survey.codebook import CodebookError, read_codebook
from esslib.survey.describe import tableau_1
from esslib.survey.export import ExportError, decode, read_export, validate

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "event": '"><img src=x onerror=alert(1)>',
    "closing tags": "</td></table></style></title><iframe src=x>",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "formula by sign": "+1+SUM(A1:A9)",
    "formula after a tab": "\t=1+1",
    "full-width formula": "＝1+1",
    "expression": "{{7*7}} {{ resources }}",
    "statement": "{% include '/etc/passwd' %}",
    "link": "[x](javascript:alert(1)) ![y](http://evil.example/p.png)",
    "emphasis": "**b** _i_ `c` # h",
    "latex": r"\input{/etc/passwd} \write18{id} $\alpha$ % & _ ^ ~ #",
    "latex option": "[1cm] *",
    "entity": "&lt;b&gt; &#60;b&#62;",
    "format": "{0} {name} %s %(name)s ${HOME}",
}
each_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def table_of(text):
    """A table that says a text wherever it can."""
    cells = pd.DataFrame([[text, text]], columns=[text, text + " "])
    return TextTable("t", text, cells, sections=(text,), notes=(text,), mark=text)


def page_of(*outputs, title="t"):
    cell = nbformat.v4.new_code_cell("1", outputs=list(outputs), execution_count=1, id="c")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    return notebook_to_html(notebook, title=title, surroundings=Surroundings(False, {}, ""))


def shown(data, **metadata):
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


class Page(HTMLParser):
    """What a browser makes of a page: its elements, their attributes, the texts of some of them."""

    WATCHED = ("td", "th", "p", "pre", "title", "main")

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.open = set(), [], []
        self.texts = {tag: [] for tag in self.WATCHED}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag in self.WATCHED:
            self.open.append((tag, []))

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.texts[tag].append(words("".join(self.open.pop()[1])))

    def handle_data(self, data):
        for _, parts in self.open:
            parts.append(data)

    def values(self, *names):
        return [value for name, value in self.attributes if name in names]

    def assert_harmless(self, *, links=()):
        assert self.tags.isdisjoint({"script", "iframe", "object", "embed", "form", "base"})
        assert [name for name, _ in self.attributes if name.startswith("on")] == []
        assert [url for url in self.values("src") if not url.startswith("data:image/")] == []
        assert [url for url in self.values("href") if not url.startswith(("#", *links))] == []


def words(text):
    return " ".join(text.split())


# ---------------------------------------------------------------- tables


@each_text
def test_html_tables_show_the_text(text):
    for page in (as_html(table_of(text)), folded(table_of(text))._repr_html_()):
        found = Page(page)
        found.assert_harmless()
        cells = [*found.texts["td"], *found.texts["th"], *found.texts["p"]]
        assert cells.count(words(text)) == len(cells) == 6


@each_text
def test_csv_has_no_formula(text):
    rows = list(csv.reader(as_csv(table_of(text)).splitlines(), delimiter=";"))
    cells = [cell for row in rows for cell in row if cell]
    assert {words(cell.removeprefix("'")) for cell in cells} == {words(text)}
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r＝＋－＠]", cell)] == []


@each_text
def test_word_documents_hold_the_text_and_nothing_else(text):
    data = as_docx(table_of(text))
    document = Document(BytesIO(data))
    assert {c.text.strip() for row in document.tables[0].rows for c in row.cells} == {text.strip()}
    xml = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert re.findall(r"<w:(hyperlink|fldSimple|instrText|object|altChunk)\b", xml) == []


@each_text
def test_latex_has_no_command_of_the_text(text):
    latex = as_latex(table_of(text))
    for command in re.findall(r"\\[A-Za-z]+", text):
        assert command not in latex
    plain = latex.replace(r"\$", "").replace(r"\textbackslash{}", "")
    for command in (r"$-$", r"$\pm$"):
        plain = plain.replace(command, "")
    assert "$" not in plain and not re.search(r"(?<!\\)[%#]", plain)
    assert not re.search(r"^[\[*]", latex, re.MULTILINE)


# ---------------------------------------------------------------- pages


@each_text
def test_pages_show_what_a_cell_computed_as_text(text):
    error = nbformat.v4.new_output("error", ename="E", evalue=text, traceback=[f"E: {text}"])
    outputs = [
        nbformat.v4.new_output("stream", name="stdout", text=text),
        shown({"text/plain": text}),
        shown({"text/markdown": f"Colonnes : {verbatim(text)}."}),
        shown({"text/html": as_html(table_of(text))}),
        shown(
            {"image/svg+xml": f"<svg><text>{text}</text></svg>"}, **{"image/svg+xml": {"alt": text}}
        ),
        shown({"text/latex": text}),
        shown({"application/javascript": text}),
        error,
    ]
    page = Page(page_of(*outputs, title=text))
    page.assert_harmless()
    assert f"Colonnes : {words(text)}." in page.texts["p"]
    assert [words(alt) for alt in page.values("alt")] == [words(text)]
    assert page.texts["pre"] == ["1", words(text), words(text), words(f"E: {text}")]
    assert page.texts["title"] == [words(text)]


def test_markdown_that_a_cell_computed_brings_no_element():
    """Sentences hold labels of the codebook, which nobody escaped."""
    texts = [*HOSTILE.values(), "[x]: javascript:alert(1)\n\n[x]"]
    outputs = [shown({"text/markdown": text}) for text in [*texts, "p < 0,001 et **n > 3**"]]
    page = Page(page_of(*outputs))
    page.assert_harmless(links=["http://"])  # a bare address becomes one, without a picture
    assert "p < 0,001 et n > 3" in page.texts["main"][0]
    assert "<script>alert(1)</script>" in page.texts["main"][0]


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_pictures_draw_texts_and_nothing_else(tmp_path):
    plt.style.use("esslib.display.ess")
    figure, ax = plt.subplots()
    ax.set_yticks(range(len(HOSTILE)), labels=[text.strip() for text in HOSTILE.values()])
    (svg,) = save_figure(figure, tmp_path / "f", speaking(is_synthetic=True), formats=["svg"])
    plt.close(figure)
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(svg).iter()}
    assert tags.isdisjoint({"script", "foreignObject", "image", "a", "iframe"})
    for text in HOSTILE.values():
        page = Page(SavedFigure("<svg/>", text, "fr").folded()._repr_html_())
        page.assert_harmless()
        assert [words(alt) for alt in page.values("alt")] == [words(text)]


# ---------------------------------------------------------------- from an export and a codebook


def as_text(path):
    """Store formulas as the texts that they were in the survey tool."""
    book = openpyxl.load_workbook(path)
    for part in (cell for row in book.active.iter_rows() for cell in row if cell.value):
        part.data_type = "s"
    book.save(path)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_texts_of_an_export_stay_text(codebook, tmp_path, kind):
    texts = [text.strip() for text in HOSTILE.values()]
    people = [{"usual_tool": "other", "usual_tool_other": text, "town": text} for text in texts]
    frame = written(answers_of(codebook, *people), codebook)
    frame = frame.assign(**{f"N° {text}": text for text in texts})
    path = tmp_path / f"<b>{{{{1}}}}=.{kind}"
    if kind == "csv":
        frame.to_csv(path, index=False)
    else:
        with pd.ExcelWriter(path, engine="openpyxl") as writer:
            frame.to_excel(writer, index=False, sheet_name="=1 <b> {{2}}")
        as_text(path)
    export = read_export(path, codebook)
    answers = validate(decode(export.answers, codebook), codebook)
    assert answers["usual_tool_other"].tolist() == answers["town"].tolist() == texts
    assert export.left_out == [f"N° {text}" for text in texts]


def test_errors_about_an_export_stay_text(codebook, tmp_path):
    path = tmp_path / "e{{1}}<b>=.csv"
    people = [{"town": text} for text in HOSTILE.values()]
    frame = written(answers_of(codebook, *people), codebook)
    frame.assign(Genre=list(HOSTILE.values())).to_csv(path, index=False)
    with pytest.raises(ExportError) as caught:
        validate(decode(read_export(path, codebook).answers, codebook), codebook)
    message = str(caught.value)
    assert [text for text in HOSTILE.values() if repr(text.strip()) not in message] == []
    error = nbformat.v4.new_output("error", ename="E", evalue=message, traceback=[message])
    Page(page_of(error)).assert_harmless()


def test_labels_of_a_codebook_stay_text(codebook):
    frame = tableau_1(tidy_of(codebook, {}, {"uses_predice_pro": "yes"}), codebook)
    codes = dict.fromkeys([*frame["section"], *frame["level"], *frame["group"]])
    texts = itertools.cycle(text.strip() for text in HOSTILE.values())
    labels = {
        code: f"{text} {number}"
        for number, (code, text) in enumerate(zip(codes, texts, strict=False))
    }
    table = tables.characteristics(frame, None, speaking(labels=labels, is_synthetic=True))
    Page(as_html(table)).assert_harmless()
    said = csv.reader(as_csv(table).splitlines(), delimiter=";")
    assert [cell for row in said for cell in row if re.match(r"[=+@＝]", cell)] == []
    assert as_docx(replace(table, caption=HOSTILE["script"]))
    assert r"\input" not in as_latex(table)


def test_a_codebook_with_control_characters_is_refused(tmp_path):
    for path in resolve("data/codebook").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / "tools.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Fax", "F\x07ax"), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"tools\.csv, row \d+: 'F\\x07ax' holds a control"):
        read_codebook(tmp_path)


# ---------------------------------------------------------------- folders


@pytest.mark.parametrize("folder", ["../x", "results/../../x", "/tmp/x", ".", "", "link/x"])
@pytest.mark.parametrize("parameter", ["results_dir", "figures_dir"])
def test_output_folders_of_notebooks_stay_in_the_project(monkeypatch, tmp_path, folder, parameter):
    (tmp_path / "project" / "data").mkdir(parents=True)
    (tmp_path / "project" / "data" / "codebook").symlink_to(resolve("data/codebook"))
    (tmp_path / "project" / "link").symlink_to(tmp_path)
    monkeypatch.setenv("ESSLIB_ROOT", str(tmp_path / "project"))
    with pytest.raises(ValueError, match=rf"{parameter} is .* outside of the project"):
        open_study(export="x.csv", **{parameter: folder})
    assert open_study(export="x.csv", **{parameter: "build/x"})


def test_an_output_folder_by_its_absolute_path_within_the_project_is_fine():
    assert within_project(resolve("build/x"), parameter="results_dir") == resolve("build/x")


@pytest.mark.parametrize(
    "out", [".", "", "..", "../x", "build/../..", "data", "data/raw", "results", "notebooks/x", "/"]
)
def test_another_cohort_writes_over_nothing_of_the_compendium(chained, out):
    chained.path("data/private").mkdir(parents=True)
    chained.path("data/private/a.csv").write_text("1\n")
    with pytest.raises(RunError, match="give a folder of its own, such as build/"):
        make_plan(chained.root, out=out, settings={"export": "data/private/a.csv"})


def test_another_cohort_has_its_folder_in_the_project_or_by_its_absolute_path(chained, tmp_path):
    for out in ("build/x", "data/private/x", str(tmp_path / "elsewhere")):
        assert make_plan(chained.root, out=out).out == chained.root / out


def test_an_export_whose_name_looks_like_a_pattern_is_one_file(chained):
    for name in ("survey[1].csv", "survey1.csv", "what?.csv", "{results_dir}.csv"):
        chained.path("data/private").mkdir(parents=True, exist_ok=True)
        chained.path("data/private", name).write_text("1\n")
        plan = make_plan(chained.root, out="build/x", settings={"export": f"data/private/{name}"})
        assert f"data/private/{name}" in plan.inputs(plan.notebooks[0])
        assert len(plan.inputs(plan.notebooks[0])) == 1


# ---------------------------------------------------------------- code


def test_no_code_executes_what_it_reads():
    """Ruff's rules against pickle, eval, unsafe YAML, shells and unguarded temporary files."""
    rules = "S102,S301,S302,S306,S307,S312,S321,S323,S501,S506,S602,S604,S605,S609,S701"
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa"]
    folders = [*PACKAGES, "benchmarks", "tests", "dodo.py", "notebooks"]
    done = subprocess.run(
        [*command, "--select", rules, *folders],
        cwd=resolve("."),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_parameter_files_of_papermill_execute_nothing(tmp_path):
    from papermill.cli import NoDatesSafeLoader
    from yaml import YAMLError

    with pytest.raises(YAMLError, match="could not determine a constructor"):
        NoDatesSafeLoader("export: !!python/object/apply:os.system ['true']").get_data()
