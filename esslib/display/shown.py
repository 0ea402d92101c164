"""What a notebook shows beside tables: a saved figure, a notice."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from typing import Any

from esslib.display.lang import read_words
from esslib.display.tables import Folded


@dataclass(frozen=True)
class SavedFigure:
    """A figure on disk, shown in a notebook with its alternative text.

    Attributes
    ----------
    svg : str
        The picture.
    alt : str
        What it says, for readers who do not see it.
    lang : {"fr", "en"}
    name : str
        Name of the file, under which the words have its title.
    """

    svg: str
    alt: str
    lang: str = "fr"
    name: str = ""

    @property
    def title(self) -> str:
        """Title, with the thesis's number where it has one; empty for a figure of the reader's own."""
        return read_words(self.lang).get(f"figure_title.{self.name}", "")

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        about = {"alt": self.alt, "lang": self.lang, "name": self.name, "title": self.title}
        return {"image/svg+xml": self.svg}, {"image/svg+xml": about}

    def folded(self) -> Folded:
        """Fold the figure away behind its alternative text."""
        source = f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"
        image = f'<img src="{source}" alt="{escape(self.alt)}" style="max-width: 100%">'
        caption = f"<figcaption>{escape(self.title)}</figcaption>" * bool(self.title)
        figure = f'<figure class="figure" lang="{self.lang}">{image}{caption}</figure>'
        return Folded(figure, self.alt, self.lang)


@dataclass(frozen=True)
class Notice:
    """A sentence that a notebook shows above what it bears on."""

    text: str
    lang: str = "fr"

    def _repr_html_(self) -> str:
        return f'<p lang="{self.lang}"><em>{escape(self.text)}</em></p>'
