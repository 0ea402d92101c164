"""Pages for readers, made from executed notebooks."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from esslib.lean import UNNEEDED, hidden
from esslib.paths import resolve
from esslib.voice import Voice
from printed.numerals import typeset

with hidden(*UNNEEDED):
    import nbformat
    from nbconvert.exporters.html import HTMLExporter
    from traitlets.config import Config

TEMPLATES = Path(__file__).resolve().parents[1] / "display" / "pages" / "templates"
# A figure also brings an element for JupyterLab; pages have one of their own.
FIRST = ["application/vnd.jupyter.widget-view+json", "application/javascript", "image/svg+xml"]
# Tags, with all of an element whose text is no prose; then text.
_PIECES = re.compile(r"<(code|pre|style|script)\b.*?</\1>|<[^>]*>|[^<]+", re.DOTALL)
_STARTS = re.compile(r'(?=<h2>|<div [^>]*aria-labelledby="[^"]*-caption")')
_TABLE = re.compile(r'<div [^>]*aria-labelledby="([^"]*)-caption"')
_SECTION = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
_ONE_AT_A_TIME = threading.Lock()  # an exporter is not made for several threads


@dataclass(frozen=True)
class Surroundings:
    """What a page says around its notebook.

    Attributes
    ----------
    synthetic : bool
        Whether to say at the top that the respondents are synthetic.
    versions : Mapping
        Name of each program that made the page -> its version.
    lock : str
        SHA-256 of the list of libraries.
    lang : {"fr", "en"}
        Language of tables and figures; the page itself is French.
    data : (str, str), optional
        File name and SHA-256 of the export.
    notebook : str
        File name of the executed notebook; empty for the first page.
    around : Mapping
        `previous` and `next`, each if there is one, -> file name and title of that page.
    """

    synthetic: bool
    versions: Mapping[str, str]
    lock: str
    lang: str = "fr"
    data: tuple[str, str] | None = None
    notebook: str = ""
    around: Mapping[str, tuple[str, str]] | None = None


def notebook_to_html(notebook: Mapping[str, Any], *, title: str, surroundings: Surroundings) -> str:
    """Return an executed notebook as one French page, complete in itself, its code behind a switch.

    Parameters
    ----------
    notebook : Mapping
        Executed notebook, as stored.
    title : str
        Title of the page.
    surroundings : Surroundings
    """
    resources = {"metadata": {"name": title}, **asdict(surroundings)}
    node = nbformat.from_dict(dict(notebook))
    with _ONE_AT_A_TIME:
        page, _ = _exporter().from_notebook_node(node, resources=resources)
    return typeset_html(str(page)).rstrip() + "\n"


def _voice() -> Voice:
    """How pages speak: in French, with the words of the study."""
    return Voice().knowing(resolve("data/locale"))


@cache
def _exporter() -> HTMLExporter:
    """Return what makes the pages; it has compiled the template once for all of them."""
    usual = HTMLExporter().default_config.NbConvertBase.display_data_priority
    order = [*FIRST, *(mime for mime in usual if mime not in FIRST)]
    return HTMLExporter(
        template_name="compendium",
        config=Config(
            {
                "NbConvertBase": {"display_data_priority": order},
                # a look at a frame is for whoever runs the notebook
                "TagRemovePreprocessor": {"enabled": True, "remove_all_outputs_tags": {"lab"}},
            }
        ),
        extra_template_basedirs=[str(TEMPLATES)],
        language_code="fr",
        filters={"say": _voice().say, "with_addresses": with_addresses, "sections": sections},
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )


def index_to_html(
    pages: Mapping[str, tuple[str, str]],
    results: Sequence[Mapping[str, Any]],
    *,
    surroundings: Surroundings,
) -> str:
    """Return the first page: the key results, then the pages and their questions.

    Parameters
    ----------
    pages : Mapping
        File name of each page -> its title and its question, in order.
    results : sequence of mappings
        Key results as a cell shows them, see `esslib.run.key_results`; may be empty.
    surroundings : Surroundings
    """
    voice = _voice()
    heading = voice.say("page-title")
    links = "\n".join(
        f"- [{title}]({href})" + f"  \n  {question}" * bool(question)
        for href, (title, question) in pages.items()
    )
    shown = nbformat.v4.new_code_cell(outputs=list(results), id="results")
    cells = [
        nbformat.v4.new_markdown_cell(f"# {heading}", id="title"),
        *([shown] if results else []),
        nbformat.v4.new_markdown_cell(f"## {voice.say('page-notebooks')}\n\n{links}", id="pages"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    return notebook_to_html(notebook, title=heading, surroundings=surroundings)


def with_addresses(html: str) -> str:
    """Give each heading of the second level an address, and name each table by its section too.

    A table that comes back in another section keeps its name there, numbered.

    Examples
    --------
    >>> with_addresses("<h2>Un</h2><h2>Deux</h2>")
    '<h2 id="section-1">Un</h2><h2 id="section-2">Deux</h2>'
    """
    headings, tables, parts = 0, Counter[str](), []
    for part in _STARTS.split(html):
        if part.startswith("<h2>"):
            headings += 1
            parts.append(part.replace("<h2>", f'<h2 id="section-{headings}">', 1))
        elif table := _TABLE.match(part):
            name = table[1]
            tables[name] += 1
            own = f"{name}-{tables[name]}" if tables[name] > 1 else name
            named = re.sub(rf'(?<=[#"]){name}(?=[ "-])|(?<= ){name}(?=-)', own, part)
            within = f'="section-{headings} {own}-' if headings else f'="{own}-'
            parts.append(named.replace(f'="{own}-', within, 1))
        else:
            parts.append(part)
    return "".join(parts)


def sections(html: str) -> list[tuple[str, str]]:
    """Return the address and the text of each heading that has an address.

    Examples
    --------
    >>> sections('<h2 id="a">Un <em>mot</em></h2>')
    [('#a', 'Un mot')]
    """
    return [(f"#{name}", re.sub("<[^>]*>", "", text)) for name, text in _SECTION.findall(html)]


def typeset_html(html: str) -> str:
    """Put French no-break spaces into the prose of a page, and into nothing else.

    Examples
    --------
    >>> typeset_html('<p title="a ?">Où ? <code>b ?</code></p>').replace(chr(160), "_")
    '<p title="a ?">Où_? <code>b ?</code></p>'
    """
    return _PIECES.sub(lambda m: m[0] if m[0].startswith("<") else typeset(m[0]), html)
