"""A table as text: every cell is formatted once here, then rendered as HTML, Word, CSV or LaTeX."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from esslib.display import lang as language

LARGEST_RATIO = 1000
WORDS = r"[^\W\d]{4}|^\D*[^\W\d]\D*$"  # a longer word, or letters without any digit
COMFORTABLE = 30  # characters on a line of a cell; a longer text gets a part of what it lacks
MARGIN = 4  # characters between columns, with what bold type takes
UPRIGHT = 110  # characters that fit side by side on an upright page


@dataclass(frozen=True, eq=False)
class TextTable:
    """A table that is ready to be shown; a notebook shows it as HTML.

    Attributes
    ----------
    name : str
        Identifier: name of the file, id of the HTML element.
    caption : str
        Title.
    cells : DataFrame
        Text. The column names are the headings; the first column names the row.
    sections : tuple of str
        Title of the block that each row belongs to; empty when the table has no blocks.
    notes : tuple of str
        Sentences below the table.
    mark : str
        Sentence that says that the data are synthetic, shown with the caption; or empty.
    lang : {"fr", "en"}
    """

    name: str
    caption: str
    cells: pd.DataFrame
    sections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    mark: str = ""
    lang: str = "fr"

    def _repr_html_(self) -> str:
        from esslib.display.tables.page import as_html  # which needs this class

        return as_html(self)

    def blocks(self) -> list[tuple[str, list[list[str]]]]:
        """Return the rows in order, block by block, each block with its title."""
        found: dict[str, list[list[str]]] = {}
        for title, row in zip(self.sections or [""] * len(self.cells), self.rows(), strict=True):
            found.setdefault(title, []).append(row)
        return list(found.items())

    def rows(self) -> list[list[str]]:
        """Return the cells of each row, the row's name first."""
        return [list(row) for row in self.cells.itertuples(index=False)]

    def sides(self) -> list[str]:
        """Return the side each column is set to: words to the left, numbers to the right."""
        wordy = [self.cells[column].str.contains(WORDS).mean() > 0.5 for column in self.cells]
        return ["left", *("left" if each else "right" for each in wordy[1:])]

    def widths(self) -> list[int]:
        """Return the characters each column needs: its longest cell, or word of its heading."""
        longest = [
            MARGIN + max(map(len, [*cells, *str(heading).split(" ")]))
            for heading, cells in self.cells.items()
        ]
        return [min(width, COMFORTABLE + max(0, width - COMFORTABLE) // 4) for width in longest]

    @property
    def is_wide(self) -> bool:
        """Whether the columns need more than an upright page."""
        return sum(self.widths()) > UPRIGHT


@dataclass(frozen=True)
class Writer:
    """Labels, words and numbers in one language.

    Attributes
    ----------
    labels : mapping
        Code to label; a code without a label stands for itself.
    synthetic : bool
        Whether the tables are made from synthetic data.
    lang : {"fr", "en"}
    """

    labels: Mapping[str, str]
    synthetic: bool
    lang: str = "fr"

    @property
    def mark(self) -> str:
        """Sentence that says that the data are synthetic, or nothing."""
        return language.read_words(self.lang)["synthetic"] if self.synthetic else ""

    def word(self, key: str, **values: str) -> str:
        """Return the word or sentence `table_key`, its blanks filled with `values`."""
        return language.read_words(self.lang)[f"table_{key}"].format(**values)

    def label(self, code: str) -> str:
        """Return the label of a code, from `labels` or else from the words of the tables."""
        own = language.read_words(self.lang).get(f"table_label.{code}", code)
        return language.typeset(self.labels.get(code, own), lang=self.lang)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Write a number with a fixed count of decimals."""
        return language.number(value, decimals=decimals, lang=self.lang)

    def p(self, value: float) -> str:
        """Write a p value."""
        return language.p_value(value, lang=self.lang)

    def estimate(self, value: float, low: float, high: float, *, decimals: int = 2) -> str:
        """Write an estimate and its interval; a line may break between the two."""
        interval = language.interval(low, high, decimals=decimals, lang=self.lang)
        return f"{self.number(value, decimals=decimals)} {interval}"

    def ratio(self, value: float, low: float, high: float) -> str:
        """Write an odds ratio and its interval; a positive one never reads as 0."""
        return self.estimate(value, low, high, decimals=_decimals(value, low))

    def exponential(self, coefficient: float) -> str:
        """Write exp(coefficient), an odds ratio; a very large one as greater than a thousand."""
        if coefficient > math.log(LARGEST_RATIO):
            return f">{language.NO_BREAK}{self.number(LARGEST_RATIO)}"
        value = math.exp(coefficient)
        return self.number(value, decimals=_decimals(value))

    def coefficient(self, value: float) -> str:
        """Write a coefficient between -1 and 1; one that is not quite 1 never reads as 1."""
        if 0.995 <= abs(value) < 1:
            sign, limit = (">", 0.99) if value > 0 else ("<", -0.99)
            return f"{sign}{language.NO_BREAK}{self.number(limit, decimals=2)}"
        return self.number(value, decimals=2)

    def level(self, alpha: float) -> str:
        """Write the confidence level that goes with `alpha`, for example ``95 %``."""
        level = round(100 * (1 - alpha), 6)
        decimals = 0 if level == int(level) else 1
        return language.percent(level, decimals=decimals, lang=self.lang)

    def marked(self, text: str) -> str:
        """Return a sentence, followed by the mark where the data are synthetic."""
        return f"{text} {self.mark}".rstrip()

    def table(
        self,
        name: str,
        rows: Sequence[Sequence[str]],
        *,
        headings: Sequence[str],
        sections: Sequence[str] = (),
    ) -> TextTable:
        """Gather rows under their headings, with the caption and the notes of the table `name`.

        A table without rows says so in one.
        """
        shown = list(rows) or [[self.word("no_row"), *[""] * (len(headings) - 1)]]
        return TextTable(
            name=name,
            caption=self.word(f"{name}.caption"),
            cells=pd.DataFrame(shown, columns=list(headings), dtype="str"),
            sections=tuple(sections) if rows else (),
            notes=tuple(self.word(f"{name}.note").split("\n")),
            mark=self.mark,
            lang=self.lang,
        )


def checked(frame: pd.DataFrame, columns: Iterable[str], *, table: str) -> pd.DataFrame:
    """Return the columns that a table shows, numbers as floats.

    Raises
    ------
    ValueError
        A column is missing; the message lists those that are there.
    """
    wanted = list(columns)
    if absent := [column for column in wanted if column not in frame]:
        raise ValueError(
            f"{table}: the frame has no column {', '.join(map(repr, absent))}; "
            f"it has {', '.join(map(repr, frame.columns))}."
        )
    numbers = frame[wanted].select_dtypes("number").columns
    return frame[wanted].astype(dict.fromkeys(numbers, "float64"))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _decimals(*values: float) -> int:
    """Decimals, two or more, with which no positive value rounds to zero."""
    smallest = min((value for value in values if 0 < value < 1), default=1.0)
    return max(2, math.ceil(-math.log10(smallest)))
