"""Printed numbers as targets of a reconstruction: data, whatever the study.

A *stratum* is a set of respondents that no printed group divides. Counts of Tableau 1 and cells of
2×2 tables are the same thing: a number of respondents of some strata whose answer meets a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from esslib.synthetic.scores import ScoreTargets
from printed.messages import Message
from printed.published import Printed, parse

__all__ = ["CELLS", "Count", "Dichotomy", "NumberTarget", "RegressionRow", "Stratum", "Targets"]

CELLS = ("coefficient", "ci_low", "ci_high")


@dataclass(frozen=True)
class Stratum:
    """Respondents that no printed group divides: their number and the tools they use.

    Attributes
    ----------
    name
        Its name, the same in counts and scores.
    outcome
        1 or 0, the outcome of the regression; None when there is no regression.
    group
        The printed group it belongs to, for places and plausibility.
    tools
        Respondents of each tool; empty when the study has none.
    """

    name: str
    size: int
    outcome: int | None = None
    group: str = ""
    tools: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Count:
    """`n` respondents of `strata` meet a rule of :mod:`esslib.survey.rules` on one variable.

    Rule ``answers_outside`` adds up ticks other than those of `value` instead of respondents;
    with `missing_is_exposed`, who did not answer counts too.
    """

    id: str
    strata: tuple[str, ...]
    variable: str
    rule: str
    value: str
    n: int
    missing_is_exposed: bool = False


@dataclass(frozen=True)
class Dichotomy:
    """A 0/1 covariate and how it follows from a variable."""

    name: str
    variable: str
    rule: str
    value: str
    missing_is_exposed: bool = False


@dataclass(frozen=True)
class NumberTarget:
    """Mean, SD and median of a whole-number variable in some strata, as printed.

    `rounding` is the convention under which whole numbers can have the mean at all.
    """

    id: str
    strata: tuple[str, ...]
    variable: str
    mean: str
    sd: str
    median: str
    rounding: str = "up_or_down"


@dataclass(frozen=True)
class RegressionRow:
    """One row of a logistic regression table, as printed; its covariate is a dichotomy."""

    covariate: Dichotomy
    coefficient: str
    ci_low: str
    ci_high: str
    p_value: str = ""

    def printed(self) -> dict[str, Printed]:
        """Return the three cells, parsed, by the names of CELLS."""
        return {cell: parse(getattr(self, cell)) for cell in CELLS}


@dataclass(frozen=True)
class Targets:
    """All that is printed about a study and has to come out of its reconstruction.

    Attributes
    ----------
    strata
        In the order of the respondents.
    counts, numbers, regression, score
        What is printed; any may be empty.
    readings
        For each printed number that contradicts another one: its id and the reading chosen.
    """

    strata: tuple[Stratum, ...]
    counts: tuple[Count, ...] = ()
    numbers: tuple[NumberTarget, ...] = ()
    regression: tuple[RegressionRow, ...] = ()
    score: ScoreTargets | None = None
    readings: dict[str, Message] = field(default_factory=dict)

    @property
    def sizes(self) -> dict[str, int]:
        """Respondents of each stratum."""
        return {stratum.name: stratum.size for stratum in self.strata}

    @property
    def n(self) -> int:
        """All respondents."""
        return sum(self.sizes.values())

    def row_strata(self) -> list[str]:
        """Return the stratum of each respondent, in order."""
        return [stratum.name for stratum in self.strata for _ in range(stratum.size)]

    def counts_of(self, variable: str) -> list[Count]:
        """Return the counts of one variable."""
        return [count for count in self.counts if count.variable == variable]

    def dichotomies_of(self, variable: str) -> Iterator[Dichotomy]:
        """Yield the regression's covariates that follow from one variable."""
        return (row.covariate for row in self.regression if row.covariate.variable == variable)
