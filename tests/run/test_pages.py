"""What the pages say, without a browser."""

import json
import re
import sys
from base64 import b64encode
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest
from nbconvert.exporters.latex import LatexExporter

from esslib.display.shown import SavedFigure
from esslib.paths import resolve
from esslib.results import read_vocabulary, write_result
from esslib.run import pdf
from esslib.run.html import Surroundings, index_to_html, notebook_to_html
from esslib.run.key_results import key_results
from esslib.run.notebook import RunError
from esslib.run.pages import KEY_TABLES

NAMES = sorted(path.stem for path in resolve("notebooks").glob("[0-9]*.ipynb"))
SHA = "0123456789abcdef" * 4
HERE = Surroundings(
    synthetic=True,
    versions={"esslib": "1.2"},
    lock=SHA,
    data=("synthetic & new.csv", SHA),
    notebook="01_a.ipynb",
    around={"next": ("02_b.html", "Suite & fin")},
)
TITLE = "Carte. Répondants par département"
FIGURE = SavedFigure("<svg/>", "Lille : 3", "fr", "map_respondents", b"png", b"pdf", TITLE)
OPTIONS = {"alpha": 0.05, "lang": "fr", "is_synthetic": True}


def prose(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code(*outputs, source="x = 'a'  # b"):
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": source}
    return {**cell, "outputs": list(outputs)}


def shown(data, **metadata):
    about = {mime: metadata for mime in data if metadata}
    return {"output_type": "display_data", "data": data, "metadata": about}


def page_of(*cells, surroundings=HERE):
    named = [{**cell, "id": f"c{number}"} for number, cell in enumerate(cells)]
    notebook = {"cells": named, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return notebook_to_html(notebook, title="Titre", surroundings=surroundings)


class Texts(HTMLParser):
    """Collects the prose of a page: what is neither code nor style, and alternative texts."""

    def __init__(self):
        super().__init__()
        self.found, self.within = [], []

    def handle_starttag(self, tag, attrs):
        if tag in {"code", "pre", "style", "script"}:
            self.within.append(tag)
        self.found += [value for name, value in attrs if name in {"alt", "aria-label"}]

    def handle_endtag(self, tag):
        if self.within and tag == self.within[-1]:
            self.within.pop()

    def handle_data(self, data):
        if not self.within:
            self.found.append(data)


def texts(html):
    parser = Texts()
    parser.feed(html)
    return parser.found


def ordinary_spaces(html):
    """Places where French typography wants a no-break space and the page has an ordinary one."""
    return [
        hit for text in texts(html) for hit in re.findall(r".{0,20}(?: [:;!?%»]|« ).{0,20}", text)
    ]


def test_the_check_on_spaces_notices_one():
    assert ordinary_spaces("<p>Oui : non</p><code>a ? b</code><img alt='« x'>") == [
        "Oui : non",
        "« x",
    ]


@pytest.mark.parametrize(
    "text", ["Qui ? Moi !", "**Où** : « là »", "5 % ; `a ? b`", "[lien](b.html) : *oui* ?"]
)
def test_prose_gets_its_no_break_spaces(text):
    page = page_of(prose(f"# Titre\n\n{text}"))
    assert ordinary_spaces(page) == []
    assert ("<code>a ? b</code>" in page) == ("`" in text)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_no_page_breaks_a_line_before_a_sign(report, name):
    assert ordinary_spaces((report / f"{name}.html").read_text(encoding="utf-8")) == []


def test_a_page_lists_its_sections():
    page = page_of(prose("# Titre\n\n## Un *mot* ?\n\n## Deux"))
    links = re.findall(r'<li><a href="#(section-\d)">(.*?)</a></li>', page)
    sections = [("section-1", "Un mot\u00a0?"), ("section-2", "Deux")]
    assert links == sections * 2  # at the side, and folded for a phone
    assert re.findall(r'<h2 id="(section-\d)">', page) == ["section-1", "section-2"]


def test_code_is_there_behind_one_switch_that_is_off():
    page = page_of(prose("# Titre"), code(), code())
    assert page.count('<div class="code">') == 2
    assert len(re.findall("<input[^>]*>", page)) == 1
    assert "checked" not in re.search("<input[^>]*>", page)[0]
    assert "<script" not in page


@pytest.mark.parametrize("mime", ["image/svg+xml", "image/png"])
def test_a_figure_has_its_text_its_title_and_its_notebook(mime):
    picture = "<svg/>" if mime == "image/svg+xml" else b64encode(b"png").decode()
    about = {"alt": 'p < 0,05 "x"', "title": "Figure 9. Deux & trois", "lang": "en"}
    page = page_of(prose("# Titre"), code(shown({mime: picture}, **about)))
    figure = re.search('<figure class="figure" lang="en">.*?</figure>', page, re.DOTALL)[0]
    assert "Figure 9. Deux &amp; trois</strong>" in figure
    assert 'href="../notebooks/01_a.ipynb"' in figure
    assert 'p < 0,05 "x"' in texts(figure)


def test_a_figure_that_brings_every_form_stands_on_a_page_once():
    data, about = FIGURE._repr_mimebundle_()
    output = {"output_type": "display_data", "data": data, "metadata": about}
    page = page_of(prose("# Titre"), code(output))
    assert page.count("<img") == page.count("<figcaption>") == page.count("<strong>Carte.") == 1
    assert 'src="data:image/svg+xml;base64,' in page


@pytest.mark.parametrize("figure", [FIGURE, FIGURE.folded()], ids=["open", "folded"])
def test_latex_takes_the_picture_of_a_figure(figure):
    data, about = figure._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data, metadata=about)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    latex, resources = LatexExporter().from_notebook_node(notebook)
    (name,) = (name for name in resources["outputs"] if name.endswith(".pdf"))
    assert name in latex and "<svg" not in latex


def test_tables_that_come_back_keep_apart():
    html = (
        '<div id="t" role="region" aria-labelledby="t-caption"><style>#t td { color: red; }</style>'
        '<table><caption id="t-caption">T</caption><tr><td headers="t-a t-b">t</td></tr></table></div>'
    )
    table = code(shown({"text/html": html}))
    page = page_of(prose("## Un"), table, prose("## Deux"), table)
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert {"t", "t-2", "t-caption", "t-2-caption"} <= set(ids)
    assert re.findall('aria-labelledby="([^"]*)"', page) == [
        "section-1 t-caption",
        "section-2 t-2-caption",
    ]
    assert "#t-2 td" in page and 'headers="t-2-a t-2-b"' in page


def test_the_colophon_names_data_and_versions():
    page = page_of(prose("# Titre"))
    footer = re.search("<footer>.*</footer>", page, re.DOTALL)[0]
    assert f"synthetic &amp; new.csv (SHA-256 {SHA[:12]}…)" in footer
    assert footer.count(SHA) == 2
    assert "esslib 1.2" in footer
    assert "Suite &amp; fin" in footer


@pytest.mark.parametrize("synthetic", [True, False])
def test_the_banner_stands_on_pages_and_sheets_of_a_synthetic_cohort(synthetic):
    page = page_of(prose("# T"), surroundings=Surroundings(synthetic, versions={}, lock=""))
    assert ('role="note"' in page, "@top-center" in page) == (synthetic, synthetic)


# ---------------------------------------------------------------- first page


@pytest.fixture
def results(tmp_path):
    """The result tables of the shipped cohort behind the first page, with one number changed."""
    vocabulary = read_vocabulary(resolve("data/codebook/results.csv"))
    files = {name: resolve(f"results/tables/{name}.csv") for name in KEY_TABLES}
    tests = pd.read_csv(files["group_tests"]).assign(difference=[12.34, 5.0, 1.0])
    return {**files, "group_tests": write_result(tests, "group_tests", tmp_path, vocabulary)}


def first_page(files, displayed=(), **options):
    found = key_results(
        files, displayed, codebook_dir=resolve("data/codebook"), options={**OPTIONS, **options}
    )
    pages = {"01_a.html": ("Titre", "Quelle question ?")}
    here = Surroundings(True, versions={}, lock="", lang=options.get("lang", "fr"))
    return index_to_html(pages, found, surroundings=here)


def test_the_key_results_are_those_of_the_run(results):
    page = first_page(results)
    said = " ".join(texts(page)).replace("\u00a0", " ")
    assert "12,3" in said
    assert len(re.findall(r'scope="row"', page)) == 6
    fidelity = pd.read_csv(results["fidelity"])["status"].value_counts()
    assert (
        f"Sur {fidelity.sum()} nombres imprimés, la cohorte en rend {fidelity['reproduced']}"
        in said
    )
    assert "Tests significatifs au seuil de 5 %" in said
    assert page.count("<h1") == 1
    assert "Quelle question\u00a0?" in page


def test_the_primary_figure_is_found_among_what_the_notebooks_show(results):
    figures = [
        shown({"image/svg+xml": "<svg/>"}, name=name, alt=f"Texte de {name}")
        for name in ("scree", "figure_2_primary")
    ]
    page = first_page(results, [*figures, {"output_type": "stream", "name": "stdout", "text": "x"}])
    assert re.findall('alt="([^"]*)"', page) == ["Texte de figure_2_primary"]


def test_the_first_page_speaks_english_where_the_tables_do(results):
    page = first_page(results, lang="en")
    assert '<html lang="fr">' in page and 'class="output" lang="en"' in page
    assert "Significant tests at the 5% level" in page


@pytest.mark.parametrize("lacking", ["group_tests", "bivariate_checks", "audit"])
def test_a_run_that_lacks_a_table_shows_the_rest(results, lacking):
    page = first_page({name: file for name, file in results.items() if name != lacking})
    parts = ("12,3" in page, "Tests significatifs" in page, "nombres imprimés, la" in page)
    assert parts == tuple(lacking != name for name in ("group_tests", "bivariate_checks", "audit"))


def test_a_run_without_results_has_a_list_of_pages():
    page = first_page({})
    assert "Quelle question" in page and "<table" not in page


def test_another_cohort_is_not_called_synthetic(results):
    outputs = key_results(
        results,
        [],
        codebook_dir=resolve("data/codebook"),
        options={**OPTIONS, "is_synthetic": False},
    )
    assert "ynthétique" not in json.dumps(outputs, ensure_ascii=False)


# ---------------------------------------------------------------- PDF


def test_without_a_browser_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    (tmp_path / "index.html").write_text("<title>x</title>")
    with pytest.raises(RunError, match=r"no Chromium, Chrome or Edge.*apt install chromium"):
        pdf.print_report(tmp_path)


@pytest.mark.parametrize("lacking", ["index", "01_a"])
def test_without_a_page_the_message_says_what_makes_it(tmp_path, lacking):
    pages = {"index": '<a href="01_a.html">Un</a>', "01_a": ""}
    for name in pages.keys() - {lacking}:
        (tmp_path / f"{name}.html").write_text(pages[name])
    with pytest.raises(SystemExit, match=rf"pdf: .*{lacking}\.html does not exist.*doit"):
        pdf.main([str(tmp_path)])


def test_a_browser_that_hangs_is_stopped(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "BROWSERS", (sys.executable,))
    monkeypatch.setattr(pdf, "SECONDS", 0)
    (tmp_path / "index.html").write_text(index_to_html({}, [], surroundings=HERE))
    with pytest.raises(RunError, match="printed nothing in 0 s"):
        pdf.print_report(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a program that is a shell script")
def test_a_browser_that_prints_nothing_is_quoted(monkeypatch, tmp_path):
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\necho no display >&2\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "BROWSERS", (str(program),))
    (tmp_path / "index.html").write_text(index_to_html({}, [], surroundings=HERE))
    with pytest.raises(RunError, match="printed nothing: no display"):
        pdf.print_report(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["browser", "index.html"]
