"""What every notebook opens first: the codebook, where files go, and how results are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from esslib.chapters.beside import beside
from esslib.display.figures.style import figure_size, for_screen, save_figure
from esslib.display.shown import FoldedFigure, Notice, SavedFigure, Told, check_frames, height_of
from esslib.display.tables import Folded, TextTable
from esslib.display.tables import folded as fold
from esslib.display.tables.formats import write_formats
from esslib.holdings import ROWS, Holdings
from esslib.paths import prepare, resolve, says_synthetic, within_project
from esslib.privacy import disclosure
from esslib.results import check_known, read_vocabulary, write_result
from esslib.survey.codebook import read_codebook
from esslib.voice import Voice, voice_of
from printed.files import replacing
from printed.numerals import check_language

CODEBOOK = "data/codebook"
FIGURE_FORMATS = ("svg", "png", "pdf")
MIN_COUNT = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Study(Holdings):
    """One cohort under analysis: its `Holdings`, what may be shown of it, and how it is shown.

    Attributes
    ----------
    is_synthetic : bool
        Whether the export says in its name that it is synthetic.
    min_count : int
        Smallest count of respondents shown of a real cohort; 0 shows all.
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
        return disclosure.decide(self.read("tidy"), self.codebook, min_count=self.min_count)

    @cached_property
    def rules_of_scores(self) -> disclosure.Rules:
        """`rules`, with the comparisons of scores that may be shown."""
        tidy, scored = self.read("tidy"), self.read("scored")
        return disclosure.with_scores(self.rules, tidy, self.codebook, scored=scored)

    def release(self, results: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Return what may be shown of result frames, which rows of respondents never are."""
        return {name: self._released(f, name) for name, f in results.items() if name not in ROWS}

    def _released(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        check_known(name, self.vocabulary)
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
        """Say whether small counts of a real cohort are withheld; the last line of a cell shows it."""
        return Notice(self.voice.withheld, self.lang) if self.voice.withheld else None

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

        Raises
        ------
        TypeError
            It does not say how high it is, or takes other frames.
        """
        check_frames(figure, frames)
        ax = self.axes(height_cm=height_of(figure, frames))
        saved = self.save_figure(ax, name, alt=figure(ax, *frames, self.voice))
        return saved.folded() if folded else saved

    def tell(self, sentences: Callable[..., Any], *frames: Any) -> Told:
        """Say what frames hold: text as a paragraph, a list as points, a mapping as quotations."""
        check_frames(sentences, frames)
        said = sentences(*frames, self.voice)
        if isinstance(said, Mapping):
            return Told("\n\n".join(map("> {}".format, said.values())))
        return Told(said if isinstance(said, str) else "\n".join(f"- {text}" for text in said))

    def axes(self, *, height_cm: float) -> Axes:
        """Return axes on a new figure as wide as an A4 text column."""
        return plt.subplots(figsize=figure_size(height_cm), layout="constrained")[1]

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

    def run(
        self,
        chapter: Callable[..., Any],
        *frames: Any,
        kept: bool = True,
        **choices: Any,
    ) -> dict[str, pd.DataFrame]:
        """Call a chapter with frames, the codebook and what else the study binds; save its results.

        Parameters
        ----------
        chapter : callable
            One of `esslib.chapters`: its frames come first, all else by name.
        *frames
            What it reads, in its order.
        kept : bool
            Whether the results are written, or returned only.
        **choices
            Parameters of the notebook that the study does not know.

        Raises
        ------
        DisclosureError, ResultError
            As `save`.
        """
        names = ("codebook", "alpha", "min_count", "voice")
        asked = signature(chapter).parameters
        bound = {name: getattr(self, name) for name in names if name in asked}
        results = chapter(*frames, **bound, **choices)
        return self.save(results) if kept else self.release(results)

    def save(self, results: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Write what may be shown of result frames, each under its name, and return that.

        Rows of respondents (`tidy`, `scored`) are kept whole for the next notebook, and not
        returned. A frame that the contract does not name is released as well, but not written.

        Raises
        ------
        DisclosureError, ResultError
            No rule or contract knows the frame, or its columns are others.
        """
        for name in results.keys() & ROWS:
            with replacing(prepare(f"data/interim/{name}.parquet")) as part:
                results[name].to_parquet(part)
        shown = self.release(results)
        known = set(self.vocabulary["table"])
        folder = prepare(self.results_dir / "tables" / "any").parent
        for name in filter(known.__contains__, shown):
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

        Raises
        ------
        TypeError
            The table takes other frames.
        """
        check_frames(table, frames)
        made = table(*frames, self.voice)
        notes = tuple(filter(None, (*made.notes, self.voice.withheld)))
        named = replace(made, name=name or made.name, notes=notes)
        if kept:
            write_formats(named, prepare(self.results_dir / "tables" / named.name))
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
        Smallest count of respondents shown of a real cohort; 0 shows all.
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
        min_count=disclosure.check_min_count(min_count),
        alpha=alpha,
        export=export,
    )
