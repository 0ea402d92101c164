"""The report as one PDF, printed by a browser of the Chromium family: `python -m esslib.run.pdf`.

The first page becomes the cover and the contents; each page begins on a new sheet. What is folded
away on a page is printed open. Fonts are those of the machine.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from esslib.paths import resolve
from esslib.run.notebook import RunError
from printed.files import write_atomically

BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
SECONDS = 300
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_BODY = re.compile(r"<div class=\"page\">.*</div>(?=\s*<footer>)", re.DOTALL)
_NOTEBOOK = re.compile(r"<div class=\"notebook\">(.*)</div>\s*</main>", re.DOTALL)
_PAGE_LINK = re.compile(r'<a href="(\w+)\.html">(.*?)</a>')
_NODE = re.compile(rb"\(node\d{8}\)")  # an element, as counted by the browser since its start
_FILE_LINK = re.compile(r' href="(?!#)[^"]*"')


def find_browser() -> str:
    """Return the program that prints.

    Raises
    ------
    RunError
        There is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise RunError(
            "no Chromium, Chrome or Edge was found, which prints the PDF; install one of them "
            "(Debian: apt install chromium)"
        )
    return found


def join_pages(pages: Mapping[str, str], folios: Mapping[str, int]) -> str:
    """Return all pages as one document, the first one leading to the others.

    Parameters
    ----------
    pages : Mapping
        Name -> HTML of each page, the first page as `index`, in order.
    folios : Mapping
        Name -> number of the sheet on which the page begins.
    """
    chapters = "\n".join(
        f'<section class="chapter" id="{name}">{_notebook(html)}</section>'
        for name, html in pages.items()
        if name != "index"
    )

    def to_chapter(link: re.Match[str]) -> str:
        name, title = link.groups()
        return f'<a href="#{name}">{title}</a> <span class="folio">({folios.get(name, 0)})</span>'

    first = _BODY.sub(lambda _: _notebook(pages["index"]), pages["index"], count=1)
    linked = _PAGE_LINK.sub(to_chapter, first).replace("</footer>", f"</footer>\n{chapters}", 1)
    return _FILE_LINK.sub("", linked)


def print_report(folder: Path) -> Path:
    """Print the pages in `folder` as ``rapport.pdf`` beside them, and return its path.

    Raises
    ------
    RunError
        There are no pages or no browser, or the browser fails.
    """
    pages = _read(folder)
    browser = find_browser()
    drafted = PdfReader(BytesIO(_print(join_pages(pages, {}), browser, folder)))
    starts = (drafted.get_destination_page_number(mark) or 0 for mark in _chapters(drafted))
    chapters = (name for name in pages if name != "index")
    folios = {name: start + 1 for name, start in zip(chapters, starts, strict=True)}
    printed = PdfReader(BytesIO(_print(join_pages(pages, folios), browser, folder)))
    title = _TITLE.search(pages["index"])
    return _write(printed, folder / "rapport.pdf", title=unescape(title[1]) if title else "")


def _read(folder: Path) -> dict[str, str]:
    """Return the first page and those that it lists, by name."""

    def read(name: str) -> str:
        file = folder / f"{name}.html"
        if not file.is_file():
            raise RunError(f"{file} does not exist; make the pages first, with doit")
        return file.read_text(encoding="utf-8")

    first = read("index")
    return {"index": first} | {name: read(name) for name, _ in _PAGE_LINK.findall(first)}


def _notebook(html: str) -> str:
    found = _NOTEBOOK.search(html)
    return found[1] if found else ""


def _chapters(reader: PdfReader) -> list[Destination]:
    """Return the bookmarks of the pages: those of the first level, the cover's apart."""
    return [mark for mark in reader.outline if not isinstance(mark, list)][1:]


def _print(html: str, browser: str, folder: Path) -> bytes:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".pdf-") as name:
        page, printed = Path(name, "page.html"), Path(name, "page.pdf")
        page.write_text(html, encoding="utf-8")
        command = [browser, "--headless", "--disable-gpu", f"--user-data-dir={name}/profile"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # which Chromium asks of root
        command += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
        command += [f"--print-to-pdf={printed}", page.as_uri()]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise RunError(f"{browser} printed nothing in {SECONDS} s") from None
        if not printed.exists():
            raise RunError(f"{browser} printed nothing: {done.stderr.strip()[-300:]}")
        return printed.read_bytes()


def _write(printed: PdfReader, path: Path, *, title: str) -> Path:
    """Write the document without what differs between prints: dates, the browser's counts."""
    writer = PdfWriter(clone_from=printed)
    writer.metadata = {"/Title": title}
    writer.compress_identical_objects()  # the browser draws a hatch anew for every bar
    content = BytesIO()
    writer.write(content)
    names = sorted(set(_NODE.findall(content.getvalue())))
    numbers = {name: b"(node%08d)" % number for number, name in enumerate(names, start=1)}
    return write_atomically(path, _NODE.sub(lambda m: numbers[m[0]], content.getvalue()))


def main(argv: list[str] | None = None) -> None:
    """Print the report whose folder is given."""
    parser = argparse.ArgumentParser(prog="python -m esslib.run.pdf", description=__doc__)
    parser.add_argument("folder", nargs="?", default="results/report", help="folder of the pages")
    try:
        print(print_report(resolve(parser.parse_args(argv).folder)))
    except RunError as error:
        sys.exit(f"pdf: {error}")


if __name__ == "__main__":
    main()
