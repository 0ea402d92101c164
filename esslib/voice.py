"""How a study speaks: labels, words, numbers, marks, looks; bound once, never passed by hand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from esslib.score.scoring import scale_of
from esslib.survey.codebook import KEYS, Codebook
from printed import numerals
from printed.phrasebook import Counted, Given, Phrasebook, phrasebook, plain

LIBRARY = Path(__file__).parent / "display" / "locale"
LARGEST_RATIO = 1000
MARKERS = "os^DvP*X"  # as many groups can be told apart


@dataclass(frozen=True)
class Voice:
    """Labels, words and numbers of one study in one language.

    Attributes
    ----------
    lang : {"fr", "en"}
    labels : mapping
        Code to label, over all tables of the codebook but the covariates.
    covariates : mapping
        Analysis ("bivariate", "multivariate") to covariate to label: the two cut some differently.
    groups : tuple of str
        Codes of the compared groups; a group's colour and marker follow its place here.
    is_synthetic : bool
        Whether all that is shown is made from synthetic data.
    alpha : float
        Intervals have level 1 - `alpha`.
    limits : (float, float)
        Lowest and highest possible score, in points.
    min_count : int
        Smallest count of respondents shown of a real cohort; 0 shows all.
    folders : tuple of Path
        Where the study's own words stand, beside those of the library.
    """

    lang: str = "fr"
    labels: Mapping[str, str] = field(default_factory=dict)
    covariates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    is_synthetic: bool = False
    alpha: float = 0.05
    limits: tuple[float, float] = (0, 1)
    min_count: int = 0
    folders: tuple[Path, ...] = ()

    def knowing(self, folder: Path) -> Voice:
        """Return the same voice with the words of a study, from a folder of Fluent files."""
        return replace(self, folders=(*self.folders, folder))

    @property
    def words(self) -> Phrasebook:
        """Words of the library, and those of the study as far as they are known."""
        return phrasebook(self.lang, LIBRARY, *self.folders)

    def say(self, message: str, /, **facts: Given) -> str:
        """Return a word or sentence of the catalogue with its facts."""
        return self.words.say(message, **facts)

    def find(self, message: str, default: str = "") -> str:
        """Return a word without facts, or `default` where the catalogue has none of this name."""
        return self.words.say_or(message, default)

    def place(self, text: str) -> str:
        """Write a place in the publication, given in French; an unknown one stands for itself."""
        return self.find(f"where-{plain(text)}", numerals.typeset(text, lang=self.lang))

    def label(self, code: str) -> str:
        """Return the label of a code; one that the study does not know stands for itself."""
        own = self.find(f"table_label-{plain(code)}", code)
        return numerals.typeset(self.labels.get(code, own), lang=self.lang)

    def printed_labels(self, tables: Iterable[str]) -> dict[str, str]:
        """Return what people read for the rows of printed tables, and for the tables, by code."""
        known = {**self.labels, **self.covariates["bivariate"]}
        points = {
            code.replace("n_", "ess_points.", 1): label
            for code, label in known.items()
            if code.startswith("n_")
        }
        named = {name: self.label(f"place.{name}").lower() for name in tables}
        return known | points | named

    def covariate(self, code: str, analysis: str) -> str:
        """Return the label of a covariate as cut in the "bivariate" or "multivariate" analysis."""
        found = self.covariates.get(analysis, {}).get(code)
        return self.label(code) if found is None else numerals.typeset(found, lang=self.lang)

    def in_order(self, groups: Iterable[str]) -> list[str]:
        """Return distinct groups in the order of the study; unknown ones come last."""
        distinct = groups.unique() if isinstance(groups, pd.Series) else dict.fromkeys(groups)
        return sorted(distinct, key=self._place)

    def look(self, group: str) -> tuple[str, str]:
        """Return colour and marker of a group: the same in every figure of the study.

        Raises
        ------
        ValueError
            There are more groups than colours and markers.
        """
        place = self._place(group)
        if place >= len(MARKERS):
            raise ValueError(
                f"group {group!r}: {place + 1} groups, and figures tell {len(MARKERS)} apart; "
                "leave some out of groups.csv, or draw fewer at a time."
            )
        return f"C{place}", MARKERS[place]

    def _place(self, group: str) -> int:
        return self.groups.index(group) if group in self.groups else len(self.groups)

    @property
    def is_protected(self) -> bool:
        """Whether small counts are withheld: always of a real cohort, unless told otherwise."""
        return not self.is_synthetic and self.min_count != 0

    @property
    def averages(self) -> bool:
        """Whether a point of a figure has to be the mean of several respondents."""
        return self.is_protected

    @property
    def unmarked(self) -> Voice:
        """The same voice for what rests on no respondent: without the mark of synthetic data."""
        return replace(self, is_synthetic=False)

    @property
    def mark(self) -> str:
        """Sentence that says that the data are synthetic, or nothing."""
        return self.say("synthetic") if self.is_synthetic else ""

    @property
    def withheld(self) -> str:
        """Sentence that says whether small counts of a real cohort are withheld, or nothing."""
        if self.is_synthetic:
            return ""
        return (
            self.say("withheld", n=self.min_count) if self.is_protected else self.say("unprotected")
        )

    def marked(self, text: str) -> str:
        """Return a sentence, followed by the mark where the data are synthetic."""
        return f"{text} {self.mark}".rstrip()

    @property
    def level(self) -> str:
        """Confidence level of intervals, for example ``95 %``."""
        level = round(100 * (1 - self.alpha), 6)
        return self.percent(level, decimals=0 if level == int(level) else 1)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Write a number with a fixed count of decimals."""
        return numerals.number(value, decimals=decimals, lang=self.lang)

    def count(self, n: float) -> Counted:
        """Write a count whose value chooses the plural; a missing one is a dash."""
        return Counted(n, self.number(n))

    def percent(self, value: float, *, decimals: int = 0) -> str:
        """Write a percentage given on the scale 0-100."""
        return numerals.percent(value, decimals=decimals, lang=self.lang)

    def p(self, value: float) -> str:
        """Write a p value."""
        return numerals.p_value(value, lang=self.lang)

    def p_equation(self, value: float) -> str:
        """Write ``p = 0,013`` or ``p < 0,001``."""
        return numerals.p_equation(value, lang=self.lang)

    def interval(self, low: float, high: float, *, decimals: int = 2) -> str:
        """Write an interval."""
        return numerals.interval(low, high, decimals=decimals, lang=self.lang)

    def mean_sd(self, mean: float, sd: float, *, decimals: int = 1) -> str:
        """Write ``63,9 ± 10,5``."""
        return numerals.mean_sd(mean, sd, decimals=decimals, lang=self.lang)

    def count_percent(self, n: float, total: float, *, decimals: int = 0) -> str:
        """Write ``13 (62 %)``."""
        return numerals.count_percent(n, total, decimals=decimals, lang=self.lang)

    def reprinted(self, text: str) -> str:
        """Write a printed number, given with a decimal point."""
        return numerals.reprinted(text, lang=self.lang)

    def date(self, day: dt.date) -> str:
        """Write a date in full."""
        return numerals.date(day, lang=self.lang)

    def estimate(self, value: float, low: float, high: float, *, decimals: int = 2) -> str:
        """Write an estimate and its interval; a line may break between the two."""
        interval = self.interval(low, high, decimals=decimals)
        return f"{self.number(value, decimals=decimals)} {interval}"

    def ratio(self, value: float, low: float, high: float) -> str:
        """Write an odds ratio and its interval; a positive one never reads as 0."""
        return self.estimate(value, low, high, decimals=_decimals(value, low))

    def exponential(self, coefficient: float) -> str:
        """Write exp(coefficient), an odds ratio; a very large one as greater than a thousand."""
        if coefficient > math.log(LARGEST_RATIO):
            return f">{numerals.NO_BREAK}{self.number(LARGEST_RATIO)}"
        value = math.exp(coefficient)
        return self.number(value, decimals=_decimals(value))

    def coefficient(self, value: float) -> str:
        """Write a coefficient between -1 and 1; one that is not quite 1 never reads as 1."""
        if 0.995 <= abs(value) < 1:
            sign, limit = (">", 0.99) if value > 0 else ("<", -0.99)
            return f"{sign}{numerals.NO_BREAK}{self.number(limit, decimals=2)}"
        return self.number(value, decimals=2)


def voice_of(
    codebook: Codebook,
    *,
    lang: str = "fr",
    is_synthetic: bool = False,
    alpha: float = 0.05,
    min_count: int = 0,
) -> Voice:
    """Return how the study of a codebook speaks."""
    label, covariates = f"label_{lang}", codebook.covariates
    labels = [codebook.labels(table, lang=lang) for table in KEYS if table != "covariates"]
    answers = codebook.levels_of(codebook.items[0])
    analyses = {
        analysis: covariates[covariates["analysis"].isin([analysis, "both"])]
        for analysis in ("bivariate", "multivariate")
    }
    return Voice(
        lang,
        labels={code: text for table in labels for code, text in table.items()}
        | dict(zip("n_" + answers["code"], answers[label], strict=True)),
        covariates={
            analysis: dict(zip(rows["covariate"], rows[label], strict=True))
            for analysis, rows in analyses.items()
        },
        groups=tuple(codebook.groups["group"]),
        is_synthetic=is_synthetic,
        alpha=alpha,
        limits=scale_of(codebook).limits,
        min_count=min_count,
    )


def _decimals(*values: float) -> int:
    """Decimals, two or more, with which no positive value rounds to zero."""
    smallest = min((value for value in values if 0 < value < 1), default=1.0)
    return max(2, math.ceil(-math.log10(smallest)))
