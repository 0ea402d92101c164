"""The pages in a browser: for everyone, complete in themselves, on any screen and on paper."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader
from test_pages import HERE, NAMES, page_of, prose

from esslib.run import pdf
from esslib.run.html import Surroundings, index_to_html
from esslib.run.notebook import RunError

pytestmark = pytest.mark.slow

CONTRAST = {
    "runOnly": ["color-contrast"]
}  # all that colours change; every other rule looks at shape
VIEWS = [
    (360, "light", {}),
    (360, "dark", CONTRAST),
    (1600, "dark", {}),
    (1600, "light", CONTRAST),
]


@pytest.fixture(scope="session")
def browser():
    """The browser of the machine."""
    try:
        program = pdf.find_browser()
    except RunError as error:
        pytest.skip(str(error))
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=sandbox)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """An empty page that notes every address it asks for."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        yield page


@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_every_page_is_for_everyone_and_complete_in_itself(report, page, name):
    address = (report / f"{name}.html").as_uri()
    page.goto(address)
    for width, scheme, rules in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {url for url in page.asked if not url.startswith("data:")} == {address}
    assert page.locator("h1").count() == 1


def test_the_key_results_are_on_one_screen(report, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((report / "index.html").as_uri())
    box = page.locator(".output").bounding_box()
    assert box["y"] + box["height"] <= 800
    assert page.locator("img").count() == 1
    assert page.locator("table tbody tr").count() == 9


def test_the_switch_shows_the_code_by_keyboard(report, page):
    page.goto((report / "03_primary_outcome.html").as_uri())
    code = page.locator(".code").first
    assert code.is_hidden()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "code":
            break
    page.keyboard.press("Space")
    assert code.is_visible()
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_stop_of_the_keyboard_leads_to_the_content(report, page):
    page.goto((report / "03_primary_outcome.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_paper_has_no_navigation_and_folded_parts_are_open(report, page):
    page.goto((report / "03_primary_outcome.html").as_uri())
    folded = page.locator(".output details table").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    for part in (".around", ".side", ".contents", "input.switch", "label.switch", ".code"):
        assert not any(one.is_visible() for one in page.locator(part).all())


# ---------------------------------------------------------------- PDF


TABLE = '<table><tr><th id="a" scope="col">A</th></tr><tr><td headers="a">1</td></tr></table>'


@pytest.fixture
def pages(tmp_path):
    """A small report."""
    around = Surroundings(True, versions={}, lock="")
    titles = {"01_a": "Un", "02_b": "Deux"}
    listed = {f"{name}.html": (title, "Où ?") for name, title in titles.items()}
    (tmp_path / "index.html").write_text(index_to_html(listed, [], surroundings=around))
    for name, title in titles.items():
        text = f"# {title}\n\n## Partie de {title}\n\n" + "Encore un mot.\n\n" * 80 + TABLE
        (tmp_path / f"{name}.html").write_text(page_of(prose(text), surroundings=HERE))
    return tmp_path


def marks(outline):
    return [marks(one) if isinstance(one, list) else one.title for one in outline]


def test_the_pdf_has_bookmarks_numbers_and_contents(browser, pages):
    printed = pdf.print_report(pages)
    reader = PdfReader(printed)
    texts = [sheet.extract_text().replace("\u00a0", " ") for sheet in reader.pages]
    heading = "Score e-Santé Sécurité : résultats"
    parts = [[f"Partie de {title}"] for title in ("Un", "Deux")]
    found = [one.replace("\u00a0", " ") for one in marks(reader.outline) if isinstance(one, str)]
    assert found == [heading, "Un", "Deux"]
    assert [one for one in marks(reader.outline) if isinstance(one, list)][-2:] == parts
    assert [f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1)] == [
        True
    ] * len(texts)
    assert all("Cohorte synthétique" in text for text in texts)
    starts = [number for number, text in enumerate(texts, 1) if "Partie de" in text]
    for title, start in zip(("Un", "Deux"), starts, strict=True):
        assert f"{title} ({start})" in texts[0]
    assert "Aller au contenu" not in "".join(texts)
    assert reader.metadata.title == heading.replace(" :", "\u00a0:")
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert set(reader.metadata) <= {"/Title", "/Producer"}
    first = printed.read_bytes()
    assert b"file:" not in first
    assert b"(node00000001)" in first  # the browser's own count differs from print to print
    assert sorted(path.suffix for path in pages.iterdir()) == [".html"] * 3 + [".pdf"]
    assert pdf.print_report(pages).read_bytes() == first
