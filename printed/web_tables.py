"""Tables of a page of HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from printed.grids import BLANKS, Piece, TableGrid, placed, trimmed


class _Tables(HTMLParser):
    """Collects tables; end tags may lack. A table within a table is part of its cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[list[str], list[list[Piece]]]] = []
        self.depth, self.skip = 0, 0
        self.sink: list[str] | None = None
        self.span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.found.append(([], []))
        self.skip += tag in ("script", "style")
        if self.depth != 1:
            return
        if tag in ("tr", "td", "th", "caption"):
            self._close()
        if tag == "tr":
            self.found[-1][1].append([])
        elif tag in ("td", "th", "caption"):
            self.sink = []
            self.is_caption = tag == "caption"
            sizes = (re.sub(r"\D", "", given.get(key, "")) for key in ("colspan", "rowspan"))
            width, height = (min(int(size or 1), 1000) or 1 for size in sizes)
            self.span = width, height
            padding = re.search(r"(?:padding|margin)-left:\s*(\d+)", given.get("style", ""))
            self.sink.append("\u2003" * bool(padding and int(padding[1])))
        elif tag in ("br", "p", "div", "li") and self.sink is not None:
            self.sink.append(" ")
        elif tag == "sup" and self.sink is not None:
            self.sink.append("^")

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in ("script", "style") and self.skip > 0
        if self.depth == 1 and tag in ("td", "th", "tr", "caption", "table"):
            self._close()
        self.depth -= tag == "table" and self.depth > 0

    def handle_data(self, data: str) -> None:
        if self.sink is not None and not self.skip:
            self.sink.append(BLANKS.sub(" ", data) if data.strip(" \t\r\n") else " ")

    def _close(self) -> None:
        if self.sink is None:
            return
        text, rows = "".join(self.sink).strip(" "), self.found[-1][1]
        if self.is_caption:
            self.found[-1][0].append(text.strip())
        else:
            if not rows:
                rows.append([])
            rows[-1].append(Piece(trimmed(text), *self.span))
        self.sink = None


def html_tables(text: str) -> list[TableGrid]:
    """Return the tables of a page, each with its caption."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    kept = [(legend, [row for row in rows if row]) for legend, rows in parser.found]
    return [placed(at, " ".join(legend), rows) for at, (legend, rows) in enumerate(kept, 1)]
