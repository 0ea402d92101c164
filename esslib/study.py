"""What every notebook opens first: the codebook, where files go, and how results are kept."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from esslib.beside import beside
from esslib.codebook import Codebook, read_codebook
from esslib.figures.style import figure_size, save_figure
from esslib.lang import check_language
from esslib.paths import prepare, require, resolve
from esslib.published import read_published
from esslib.results import read_result, read_vocabulary, write_result
from esslib.scoring import scale_of
from esslib.tables import Folded, TextTable, write_html
from esslib.tables.word import write_docx

CODEBOOK = "data/codebook"
SYNTHETIC = "synthetic"


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
    """

    svg: str
    alt: str
    lang: str = "fr"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        return {"image/svg+xml": self.svg}, {"image/svg+xml": {"alt": self.alt}}

    def folded(self) -> Folded:
        """Fold the figure away behind its alternative text."""
        source = f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"
        image = f'<img src="{source}" alt="{escape(self.alt)}" style="max-width: 100%">'
        return Folded(f'<div class="figure">{image}</div>', self.alt, self.lang)


@dataclass(frozen=True)
class Study:
    """One cohort under analysis.

    Attributes
    ----------
    codebook : Codebook
        The questionnaire.
    vocabulary : DataFrame
        The contract of the result tables.
    is_synthetic : bool
        Whether the export says in its name that it is synthetic.
    """

    codebook: Codebook
    vocabulary: pd.DataFrame
    results_dir: Path
    figures_dir: Path
    lang: str
    is_synthetic: bool

    def labels(self, *tables: str) -> dict[str, str]:
        """Return code to label in the study's language, over one or more codebook tables."""
        return {
            code: label
            for table in tables
            for code, label in self.codebook.labels(table, lang=self.lang).items()
        }

    def covariate_labels(self, analysis: str) -> dict[str, str]:
        """Return covariate to label, as cut in the "bivariate" or "multivariate" table."""
        rows = self.codebook.covariates
        rows = rows[rows["analysis"].isin([analysis, "both"])]
        return dict(zip(rows["covariate"], rows[f"label_{self.lang}"], strict=True))

    def answer_labels(self) -> dict[str, str]:
        """Return the count column of each answer to an item (`n_agree` ...) to its label."""
        rows = self.codebook.levels_of(self.codebook.items[0])
        return dict(zip("n_" + rows["code"], rows[f"label_{self.lang}"], strict=True))

    @property
    def limits(self) -> tuple[int, int]:
        """Lowest and highest possible score."""
        return scale_of(self.codebook).limits

    def axes(self, *, height_cm: float) -> Axes:
        """Return axes on a new figure as wide as an A4 text column."""
        _, ax = plt.subplots(figsize=figure_size(height_cm), layout="constrained")
        return ax

    def save_figure(self, ax: Axes, name: str, *, alt: str) -> SavedFigure:
        """Write the figure of `ax` as SVG and PNG, close it and return it for display."""
        figure = ax.figure.figure  # the figure itself where `ax` stands in a part of it
        path = prepare(self.figures_dir / name)
        svg, *_ = save_figure(figure, path, synthetic=self.is_synthetic, lang=self.lang)
        plt.close(figure)
        return SavedFigure(svg.read_text(encoding="utf-8"), alt, self.lang)

    def save_table(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """Write a result frame as `name.csv` under the contract and return it."""
        write_result(
            frame, name, prepare(self.results_dir / "tables" / name).parent, self.vocabulary
        )
        return frame

    def show(self, table: TextTable) -> TextTable:
        """Write a table for people as HTML page and Word document, and return it for display."""
        folder = prepare(self.results_dir / "tables" / table.name).parent
        write_html(table, folder / f"{table.name}.html")
        write_docx(table, folder / f"{table.name}.docx")
        return table

    def read_table(self, name: str, *, written_by: str) -> pd.DataFrame:
        """Read a result table that another notebook wrote."""
        path = require(self.results_dir / "tables" / f"{name}.csv", written_by=written_by)
        return read_result(name, path.parent, self.vocabulary)

    def save_rows(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """Write respondent rows for the next notebook and return them."""
        frame.to_parquet(prepare(f"data/interim/{name}.parquet"))
        return frame

    def read_rows(self, name: str, *, written_by: str) -> pd.DataFrame:
        """Read respondent rows that another notebook wrote."""
        return pd.read_parquet(require(f"data/interim/{name}.parquet", written_by=written_by))

    def beside_printed(self, **results: pd.DataFrame) -> pd.DataFrame:
        """Set result frames, named as in the contract, beside the printed numbers."""
        return beside(read_published(resolve("data/published/published.csv")), results)


def open_study(
    *,
    export: str,
    results_dir: str = "results",
    figures_dir: str = "figures",
    lang: str = "fr",
) -> Study:
    """Open the study that a notebook's parameters describe, and set the figure style.

    Parameters
    ----------
    export : str
        The survey tool's export. A name with "synthetic" in it marks all that follows.
    results_dir, figures_dir : str
        Output folders, relative to the project root.
    lang : {"fr", "en"}

    Raises
    ------
    CodebookError
        The codebook contradicts itself.
    ValueError
        The language is unknown.
    """
    plt.style.use("esslib.ess")
    folder = resolve(CODEBOOK)
    return Study(
        codebook=read_codebook(folder),
        vocabulary=read_vocabulary(folder / "results.csv"),
        results_dir=Path(results_dir),
        figures_dir=Path(figures_dir),
        lang=check_language(lang),
        is_synthetic=SYNTHETIC in Path(export).name,
    )
