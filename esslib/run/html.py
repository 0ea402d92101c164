"""Pages for readers, made from executed notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from esslib.run.lean import UNNEEDED, hidden

with hidden(*UNNEEDED):
    import nbformat
    from nbconvert.exporters.html import HTMLExporter

TEMPLATES = Path(__file__).resolve().parents[1] / "report" / "templates"


def notebook_to_html(
    notebook: Mapping[str, Any],
    *,
    title: str,
    synthetic: bool,
    around: Mapping[str, tuple[str, str]] | None = None,
) -> str:
    """Return an executed notebook as one French page without code, complete in itself.

    Parameters
    ----------
    notebook : Mapping
        Executed notebook, as stored.
    title : str
        Title of the page.
    synthetic : bool
        Whether to say at the top that the respondents are synthetic.
    around : Mapping
        `previous` and `next`, each if there is one, -> file name and title of that page; the page
        then ends with links to them and to the first page.
    """
    exporter = HTMLExporter(
        template_name="compendium",
        extra_template_basedirs=[str(TEMPLATES)],
        language_code="fr",
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    resources = {"metadata": {"name": title}, "synthetic": synthetic, "around": around}
    page, _ = exporter.from_notebook_node(nbformat.from_dict(dict(notebook)), resources=resources)
    return str(page).rstrip() + "\n"


def index_to_html(pages: Mapping[str, tuple[str, str]], *, synthetic: bool) -> str:
    """Return the index page.

    Parameters
    ----------
    pages : Mapping
        File name of each page -> its title and its question, in order.
    synthetic : bool
        Whether the respondents are synthetic.
    """
    heading = "Score e-Santé Sécurité : résultats"
    links = "\n".join(
        f"- [{title}]({href})" + f"  \n  {question}" * bool(question)
        for href, (title, question) in pages.items()
    )
    cells = [nbformat.v4.new_markdown_cell(f"# {heading}\n\n{links}", id="index")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    return notebook_to_html(notebook, title=heading, synthetic=synthetic)
