"""What every notebook opens first: the codebook, where files go, and how results are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown
from matplotlib.axes import Axes

from esslib.chapters.beside import beside
from esslib.display.figures.style import figure_size, for_screen, save_figure
from esslib.display.shown import FoldedFigure, Notice, SavedFigure
from esslib.display.tables import Folded, TextTable, write_html
from esslib.display.tables import folded as fold
from esslib.display.tables.plain import write_csv, write_latex
from esslib.display.tables.word import write_docx
from esslib.holdings import ROWS, Holdings
from esslib.paths import prepare, resolve, says_synthetic, within_project
from esslib.privacy import disclosure
from esslib.results import read_vocabulary, write_result
from esslib.survey.codebook import read_codebook
from esslib.survey.export import Export
from esslib.survey.how_read import how_read
from esslib.voice import Voice, voice_of
from printed.numerals import check_language

CODEBOOK = "data/codebook"
READING = "data/interim/reading.csv"
FIGURE_FORMATS = ("svg", "png", "pdf")
TABLE_FORMATS = {
    "html": write_html,
    "docx": write_docx,
    "excel.csv": write_csv,  # next to `name.csv`, which is for programs
    "tex": write_latex,
}
MIN_COUNT = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Study(Holdings):
    """One cohort under analysis: its `Holdings`, what may be shown of it, and how it is shown.

    Attributes
    ----------
    is_synthetic : bool
        Whether the export says in its name that it is synthetic.
    min_count : int
        Smallest count of respondents shown of a real cohort; 0 or 1 shows all.
    alpha : float
        Two-sided significance level; intervals have level 1 - `alpha`.
    """

    figures_dir: Path
    lang: str
    is_synthetic: bool
    min_count: int = MIN_COUNT
    alpha: float = 0.05

    @property
    def is_protected(self) -> bool:
        """Whether small counts are withheld: always of a real cohort, unless told otherwise."""
        return self.voice.is_protected

    @cached_property
    def rules(self) -> disclosure.Rules:
        """What may be shown of the respondents whose rows are saved, their scores apart."""
        return disclosure.decide(
            self.read("tidy"),
            self.codebook,
            min_count=self.min_count,
        )

    @cached_property
    def rules_of_scores(self) -> disclosure.Rules:
        """`rules`, with the comparisons of scores that may be shown."""
        return disclosure.with_scores(
            self.rules,
            self.read("tidy"),
            self.codebook,
            scored=self.read("scored"),
        )

    def release(self, results: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Return what may be shown of result frames, by name; see `esslib.privacy.disclosure`.

        Whatever is shown of respondents passes here, or through `save`.
        """
        return {name: self._released(frame, name) for name, frame in results.items()}

    def _released(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        if not self.is_protected or name in disclosure.PUBLIC:
            return frame
        needs_scores = name in disclosure.NEEDS_SCORES
        return disclosure.release(frame, name, self.rules_of_scores if needs_scores else self.rules)

    def show_everybody(self) -> None:
        """Allow a figure with a point per respondent that is drawn for whoever holds the data.

        Raises
        ------
        DisclosureError
            The cohort is real, and nobody has said that small counts may be seen.
        """
        if self.is_protected:
            raise disclosure.DisclosureError(
                "this figure shows every respondent of a real cohort: set min_count to 0 to see it "
                "on your own screen, and give it to nobody."
            )

    def notice(self) -> Notice | None:
        """Say that small counts are withheld, where they are; the last line of a cell shows it."""
        return Notice(self.voice.withheld, self.lang) if self.is_protected else None

    @cached_property
    def voice(self) -> Voice:
        """How this study speaks."""
        return voice_of(
            self.codebook,
            lang=self.lang,
            is_synthetic=self.is_synthetic,
            alpha=self.alpha,
            min_count=self.min_count,
        ).knowing(resolve("data/locale"))

    def draw(
        self, figure: Callable[..., str], *frames: Any, name: str = "", folded: bool = False
    ) -> SavedFigure | FoldedFigure:
        """Draw frames with one of `esslib.display.figures` and return the figure for display.

        Parameters
        ----------
        figure : callable
            Takes axes, the frames and the voice; draws, and returns the alternative text. Its
            attribute `height_cm` says how high it is, itself or as a function of the frames.
        name : str
            Name of the files; a figure without one is shown and not kept.
        folded : bool
            Whether it stands behind its alternative text.
        """
        height = figure.height_cm  # type: ignore[attr-defined]
        ax = self.axes(height_cm=height(*frames) if callable(height) else height)
        saved = self.save_figure(ax, name, alt=figure(ax, *frames, self.voice))
        return saved.folded() if folded else saved

    def tell(self, sentences: Callable[..., Any], *frames: Any) -> Markdown:
        """Say what frames hold: a text as a paragraph, a list as points, a dictionary as quotations."""
        said = sentences(*frames, self.voice)
        if isinstance(said, Mapping):
            return Markdown("\n\n".join(f"> {text}" for text in said.values()))
        return Markdown(said if isinstance(said, str) else "\n".join(f"- {text}" for text in said))

    def axes(self, *, height_cm: float) -> Axes:
        """Return axes on a new figure as wide as an A4 text column."""
        _, ax = plt.subplots(figsize=figure_size(height_cm), layout="constrained")
        return ax

    def save_figure(self, ax: Axes, name: str, *, alt: str) -> SavedFigure:
        """Write the figure of `ax` as SVG, PNG and PDF, close it and return it for display.

        Without a name it is kept in no file.
        """
        figure = ax.figure.figure  # the figure itself where `ax` stands in a part of it
        with TemporaryDirectory() as folder:
            path = prepare(self.figures_dir / name) if name else Path(folder, "figure")
            formats = FIGURE_FORMATS if name else ("svg", "pdf")
            svg, *_, pdf = save_figure(figure, path, self.voice, formats=formats)
            drawn, printed = svg.read_text(encoding="utf-8"), pdf.read_bytes()
        png = for_screen(figure)
        plt.close(figure)
        said = f"{alt} {self.voice.withheld}".rstrip()
        title = self.voice.find(f"figure_title-{name}")
        return SavedFigure(drawn, said, self.lang, name, png, printed, title)

    def save_table(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """Write what may be shown of a result frame as `name.csv` under the contract; return that."""
        shown = self._released(frame, name)
        folder = prepare(self.results_dir / "tables" / name).parent
        write_result(shown, name, folder, self.vocabulary)
        return shown

    def keep_reading(self, survey: Export, path: str | Path = READING) -> pd.DataFrame:
        """Write how the export was read for whoever holds the data, and return that."""
        reading = how_read(survey, self.codebook)
        reading.to_csv(prepare(path), index=False, encoding="utf-8-sig")
        return reading

    def save(self, results: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Write what may be shown of result frames, each under its name, and return that.

        Rows of respondents (`tidy`, `scored`) are kept whole for the next notebook, and not
        returned. A frame that the contract does not name is released as well, but not written.

        Raises
        ------
        DisclosureError
            The cohort is real, and no rule says what of a frame may be shown.
        ResultError
            The columns of a frame are not those of the contract.
        """
        rows = {name: frame for name, frame in results.items() if name in ROWS}
        for name, frame in rows.items():
            frame.to_parquet(prepare(f"data/interim/{name}.parquet"))
        shown = self.release({name: f for name, f in results.items() if name not in rows})
        known = set(self.vocabulary["table"])
        folder = prepare(self.results_dir / "tables" / "any").parent
        for name in (name for name in shown if name in known):
            write_result(shown[name], name, folder, self.vocabulary)
        return shown

    def show(
        self,
        table: Callable[..., TextTable],
        *frames: Any,
        name: str = "",
        folded: bool = False,
        kept: bool = True,
    ) -> TextTable | Folded:
        """Write a table for people in every format and return it for display.

        Parameters
        ----------
        table : callable
            One of `esslib.display.tables`: takes the frames and the voice.
        name : str
            Name of the files, if not the table's own.
        folded : bool
            Whether it stands behind its caption.
        kept : bool
            Whether it is written.
        """
        made = table(*frames, self.voice)
        notes = (*made.notes, self.voice.withheld) if self.is_protected else made.notes
        named = replace(made, name=name or made.name, notes=notes)
        path = prepare(self.results_dir / "tables" / named.name)
        for suffix, write in TABLE_FORMATS.items() if kept else ():
            write(named, path.with_name(f"{named.name}.{suffix}"))
        return fold(named) if folded else named

    def beside_printed(self, **results: pd.DataFrame) -> pd.DataFrame:
        """Set result frames, named as in the contract, beside the printed numbers."""
        return beside(self.read("published"), results)


def open_study(
    *,
    export: str,
    results_dir: str = "results",
    figures_dir: str = "figures",
    lang: str = "fr",
    min_count: int = MIN_COUNT,
    alpha: float = 0.05,
) -> Study:
    """Open the study that a notebook's parameters describe, and set the figure style.

    Parameters
    ----------
    export : str
        The survey tool's export. A name with "synthetic" in it marks all that follows.
    results_dir, figures_dir : str
        Output folders, below the project root.
    lang : {"fr", "en"}
    min_count : int
        Smallest count of respondents shown of a real cohort; 0 or 1 shows all.
    alpha : float
        Two-sided significance level; intervals have level 1 - `alpha`.

    Raises
    ------
    CodebookError, ValueError
        The codebook contradicts itself, the language is unknown, or a folder leaves the project.
    """
    plt.style.use("esslib.display.ess")
    folder = resolve(CODEBOOK)
    return Study(
        codebook=read_codebook(folder),
        vocabulary=read_vocabulary(folder / "results.csv"),
        results_dir=within_project(results_dir, parameter="results_dir"),
        figures_dir=within_project(figures_dir, parameter="figures_dir"),
        lang=check_language(lang),
        is_synthetic=says_synthetic(export),
        min_count=min_count,
        alpha=alpha,
        export=export,
    )
