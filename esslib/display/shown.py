"""What a notebook shows beside tables: a saved figure, a notice."""

from __future__ import annotations

import textwrap
from base64 import b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import escape
from inspect import signature
from typing import Any

from IPython.display import Markdown

from esslib.display.tables import Folded


@dataclass(frozen=True, repr=False)
class SavedFigure:
    """A figure, shown in a notebook with its alternative text and its title.

    Attributes
    ----------
    svg : str
        The picture.
    alt : str
        What it says, for readers who do not see it.
    lang : {"fr", "en"}
    name : str
        Name of the file.
    png, pdf : bytes
        The picture again, for what shows no SVG, and for LaTeX; or nothing.
    title : str
        Title, with the thesis's number where it has one; empty for a figure of the reader's own.
    """

    svg: str
    alt: str
    lang: str = "fr"
    name: str = ""
    png: bytes = b""
    pdf: bytes = b""
    title: str = ""

    def __repr__(self) -> str:
        named = ": ".join(filter(None, [self.name, self.title]))
        return f"<Figure {named or ' '.join(self.alt.split())}>"

    @property
    def html(self) -> str:
        """The figure as an element with its title below."""
        source = f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"
        image = f'<img src="{source}" alt="{escape(self.alt)}" style="max-width: 100%">'
        caption = f"<figcaption>{escape(self.title)}</figcaption>" * bool(self.title)
        return f'<figure class="figure" lang="{self.lang}">{image}{caption}</figure>'

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        about = {"alt": self.alt, "lang": self.lang, "name": self.name, "title": self.title}
        shown = {"text/html": self.html, "image/svg+xml": self.svg, "text/plain": repr(self)}
        for mime, picture in {"image/png": self.png, "application/pdf": self.pdf}.items():
            if picture:
                shown[mime] = b64encode(picture).decode()
        return shown, {mime: about for mime in shown if mime.startswith("image/")}

    def folded(self) -> FoldedFigure:
        """Fold the figure away behind its alternative text."""
        return FoldedFigure(self.html, self.alt, self.lang, self)


@dataclass(frozen=True, repr=False)
class FoldedFigure(Folded):
    """A figure behind its alternative text; whole where nothing can be folded."""

    figure: SavedFigure = SavedFigure("", "")

    def __repr__(self) -> str:
        return repr(self.figure)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        shown, about = self.figure._repr_mimebundle_()
        shown["text/html"] = self._repr_html_()
        for part in (shown, about):
            del part["image/svg+xml"]  # which pages would show instead, unfolded
        return shown, about


class Told(Markdown):
    """Sentences that a notebook shows; as plain text, the beginning of the first."""

    def __repr__(self) -> str:
        first = " ".join(str(self.data).split())
        return f"<Text: {textwrap.shorten(first, 72, placeholder='…')}>"


@dataclass(frozen=True, repr=False)
class Notice:
    """A sentence that a notebook shows above what it bears on."""

    text: str
    lang: str = "fr"

    def __repr__(self) -> str:
        return f"<Notice: {self.text}>"

    def _repr_html_(self) -> str:
        return f'<p lang="{self.lang}"><em>{escape(self.text)}</em></p>'


def height_of(figure: Callable[..., str], frames: Collection[Any]) -> float:
    """Return the height of a figure in centimetres, which may follow from what it draws.

    Raises
    ------
    TypeError
        The figure does not say it.
    """
    height = getattr(figure, "height_cm", None)
    if height is None:
        raise TypeError(
            f"{figure.__name__} does not say how high it is: put @height(…) of "
            "esslib.display.figures.style above it, in centimetres."
        )
    return float(height(*frames) if callable(height) else height)


def check_frames(maker: Callable[..., Any], frames: Collection[Any]) -> None:
    """Refuse more or fewer frames than a table, figure or text takes, the voice apart."""
    taken = [name for name in signature(maker).parameters if name not in ("ax", "voice")]
    if len(frames) != len(taken):
        raise TypeError(
            f"{maker.__name__} takes {', '.join(taken) or 'no frame'}; {len(frames)} given."
        )
