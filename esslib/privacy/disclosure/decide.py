"""What of a cohort may be shown, decided once from the respondents' rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.survey.classes import compared_groups, covariates, definitions, secured
from esslib.survey.cleaning import included
from esslib.survey.codebook import Codebook, records
from esslib.survey.rules import answers, meets

MEDIAN = 2  # so many times `min_count` people, half of them on each side
SEVERAL = 4  # the same, where several answers of each of the same people enter one number
Columns = pd.Series | pd.DataFrame
Ints = NDArray[np.integer]


@dataclass(frozen=True)
class Rules:
    """What may be shown of one cohort.

    Attributes
    ----------
    min_count : int
        Smallest count of respondents that is shown, zero apart.
    shown : frozenset of str
        What is: `responses`, `included`, `reasons` (of exclusion), `groups`, `classes` (of tools),
        `places`, `complete` (answers), `contrasts` (all of them), `model`, and `scores:…` (of a
        contrast, under any rule), `question:…`, `covariate:…`, `both:…` (definitions),
        `adjusted:…`, `contrast:…`, `median:…` (of a contrast), and `item:…` followed by `:all`,
        `:group` or `:class`.
    n : int
        Included respondents.
    limits : (int, int)
        Lowest and highest score.
    """

    min_count: int
    shown: frozenset[str]
    n: int = 0
    limits: tuple[int, int] = (0, 0)

    def safe(self, counts: Iterable[float]) -> bool:
        """Whether each count is zero or large enough."""
        return all(not 0 < count < self.min_count for count in counts)


def check_min_count(min_count: int) -> int:
    """Return `min_count` when it protects, or is 0, which says aloud that nothing is withheld.

    Raises
    ------
    ValueError
        It is 1, negative or no whole number.
    """
    if isinstance(min_count, bool) or min_count != int(min_count) or (min_count and min_count < 2):
        raise ValueError(
            f"min_count is {min_count!r}: give 2 or more, the smallest count of respondents to be "
            "shown, or 0 to withhold nothing."
        )
    return int(min_count)


def decide(tidy: pd.DataFrame, codebook: Codebook, *, min_count: int) -> Rules:
    """Decide what may be shown of a cohort; of comparisons of scores, see `with_scores`.

    Parameters
    ----------
    tidy : DataFrame
        All responses, as `esslib.survey.cleaning.clean` returns them.
    codebook : Codebook
    min_count : int
        Smallest count of respondents that is shown, zero apart; 0 shows everything.

    Examples
    --------
    >>> decide(tidy, codebook, min_count=5).shown  # doctest: +SKIP
    frozenset({'responses', 'included', 'groups', 'question:gender', …})
    """
    cohort = _Cohort(tidy, included(tidy), codebook, min_count)
    shown = {*cohort.recruitment(), *cohort.groups()}
    shown |= {*cohort.questions(shown)}
    shown |= {*cohort.covariates(shown), *cohort.items(shown)}
    points, n_items = codebook.points.values(), len(codebook.items)
    limits = n_items * min(points), n_items * max(points)
    return Rules(min_count, frozenset(shown), len(cohort.people), limits)


def with_scores(
    rules: Rules, tidy: pd.DataFrame, codebook: Codebook, *, scored: pd.DataFrame
) -> Rules:
    """Add the comparisons of scores that may be shown.

    Parameters
    ----------
    rules : Rules
        As `decide` returns them for `tidy`.
    scored : DataFrame
        As `esslib.chapters.questionnaire.score_contrasts` returns it.
    """
    cohort = _Cohort(tidy, included(tidy), codebook, rules.min_count)
    shown = {*cohort.contrasts(rules.shown, scored)}
    for what in ("contrast", "median"):
        if {f"{what}:{name}" for name in codebook.contrasts["contrast"]} <= shown:
            shown.add(f"{what}s")
    return replace(rules, shown=rules.shown | shown)


@dataclass(frozen=True, eq=False)
class _Cohort:
    tidy: pd.DataFrame
    people: pd.DataFrame
    codebook: Codebook
    min_count: int

    @cached_property
    def outcomes(self) -> dict[str, pd.Series]:
        """Whether the tool is secured, under every definition."""
        return {
            name: secured(self.people, self.codebook, definition=name).rename(index=name)
            for name in definitions(self.codebook)
        }

    def classes(self, *columns: Columns) -> Ints:
        """Number the combinations of values that occur; a missing one is a value."""
        combined = np.zeros(len(columns[0]), dtype=np.int64)
        for column in columns:
            for each in (
                [column]
                if isinstance(column, pd.Series)
                else (column.iloc[:, at] for at in range(column.shape[1]))
            ):
                codes = each.factorize()[0] + 1
                combined = np.unique(combined * (len(codes) + 2) + codes, return_inverse=True)[1]
        return combined

    def safe(self, *columns: Columns) -> bool:
        """Whether every combination of values that occurs is as frequent as need be."""
        return self.large(self.classes(*columns))

    def large(self, classes: Ints) -> bool:
        """Whether every class that occurs is as frequent as need be."""
        counts = np.bincount(classes)
        return not np.any((counts > 0) & (counts < self.min_count))

    def safe_question(self, variable: str, flags: pd.DataFrame, *within: pd.Series) -> bool:
        """Whether all counts of a question's `flags` can be shown in groups.

        One answer each: any sum and difference of counts is a count of people by pattern. Several
        answers: each flag alone, and what one flag adds to another that it includes.
        """
        if variable in self.people:
            return self.safe(flags, *within)
        groups = 3 * self.classes(*within)
        ticked = flags.fillna(False).to_numpy(dtype=bool).T
        silent = flags.isna().to_numpy().T
        added = (a & ~b for a, b in permutations(ticked, 2) if not np.any(b & ~a))
        counted = (*np.where(silent, 2, ticked), *(more.astype(int) for more in added))
        return all(self.large(groups + each) for each in counted)

    def recruitment(self) -> Iterator[str]:
        n, n_excluded = len(self.people), len(self.tidy) - len(self.people)
        if 0 < n < self.min_count:
            return
        yield "included"
        if 0 < n_excluded < self.min_count:
            return
        yield "responses"
        reasons = self.tidy["excluded_because"].dropna()
        if self.safe(reasons):
            yield "reasons"

    def groups(self) -> Iterator[str]:
        group = self.people["group"]
        if self.safe(group) and len(group) >= self.min_count:
            yield "groups"
            if self.safe(group, *self.outcomes.values()):
                yield "classes"
            if self.safe(group, self.people["departement"]):
                yield "places"

    @cached_property
    def flags(self) -> dict[str, pd.DataFrame]:
        """What Tableau 1 counts of each question."""
        return {name: self.flag(name) for name in self.codebook.tableau_1["variable"].unique()}

    def flag(self, variable: str) -> pd.DataFrame:
        """Return what Tableau 1 counts of one question, a column per row of the table."""
        rows = self.codebook.tableau_1[self.codebook.tableau_1["variable"] == variable]
        given = answers(self.people, variable)
        flags = {}
        for row in records(rows[rows["rule"] != "total"]):
            rule = {key: row[key] for key in ("variable", "rule", "value")}
            if row["rule"] == "describe":
                flags[row["level"]] = given.notna().any(axis=1)
            elif row["rule"] == "answers_outside":  # a sum: shown with the counts of every level
                flags |= {f"{row['level']}.{name}": given[name] for name in given}
            else:
                flags[row["level"]] = meets(self.people, **rule)
        return pd.DataFrame(flags, index=self.people.index)

    def questions(self, shown: Collection[str]) -> Iterator[str]:
        """Questions of Tableau 1, described by group."""
        if "groups" not in shown:
            return
        sections = self.codebook.tableau_1[["section", "variable"]].drop_duplicates()
        for section, variable in sections.itertuples(index=False):
            if self.safe_question(variable, self.flags[variable], self.people["group"]):
                yield f"question:{section}"

    def covariates(self, shown: Collection[str]) -> Iterator[str]:
        """Characteristics by outcome: beside Tableau 1 where it shows the question, or alone."""
        if "classes" not in shown:
            return
        outcomes = self.outcomes.values()
        rows = self.codebook.covariates
        sources = dict(zip(rows["covariate"], rows["variable"], strict=True))
        crude = covariates(self.people, self.codebook, analysis="bivariate")
        for name in map(str, crude):
            variable = sources[name]
            source = variable if f"question:{variable}" in shown else None
            if all(self.safe_exposure(crude[name], source, outcome) for outcome in outcomes):
                yield f"covariate:{name}"
                if self.safe_exposure(crude[name], source, *outcomes):
                    yield f"both:{name}"
        adjusted = covariates(self.people, self.codebook, analysis="multivariate")
        for name in map(str, adjusted):
            if all(self.safe(adjusted[name], outcome) for outcome in outcomes):
                yield f"adjusted:{name}"
        lacking = adjusted.isna().any(axis=1).rename("lacking")
        if all(self.safe(lacking, outcome) for outcome in outcomes):
            yield "model"

    def safe_exposure(self, exposed: pd.Series, variable: str | None, *outcomes: pd.Series) -> bool:
        """Whether a characteristic can be counted by outcome, beside its question in Tableau 1."""
        alone = self.safe(exposed, *outcomes)
        if variable is None:
            return alone
        flags, within = self.flags[variable], [self.people["group"], *outcomes]
        if self.codebook.variable(variable)["kind"] == "number":  # described, not counted
            return alone and self.safe(flags, *within)
        return self.safe_question(variable, flags.assign(exposed=exposed), *within)

    def items(self, shown: Collection[str]) -> Iterator[str]:
        """Items, from the coarsest count to the finest that is safe."""
        group, people = self.people["group"], self.people
        given = people[self.codebook.items]
        enough = SEVERAL * self.min_count
        if len(people) >= enough:
            yield "several"
        numbered = given.isin([*self.codebook.points]).all(axis=1).rename("complete")
        if self.safe(numbered) and numbered.sum() >= enough:
            yield "complete"
        gaps = given.isna().any(axis=1).rename("gaps")
        if "classes" in shown and self.safe(gaps, group, *self.outcomes.values()):
            yield from (
                f"scores:{name}"
                for name in self.codebook.contrasts["contrast"]
                if self.large_groups(name, ~gaps)
            )
        for item in self.codebook.items:
            if self.safe(given[item]):
                yield f"item:{item}:all"
            if "groups" in shown and self.safe(given[item], group):
                yield f"item:{item}:group"
            if "classes" in shown and all(
                self.safe(given[item], group, outcome) for outcome in self.outcomes.values()
            ):
                yield f"item:{item}:class"

    def large_groups(self, contrast: str, is_kept: pd.Series) -> bool:
        """Whether both groups are large under every definition, among those whose answers are whole."""
        found = (
            compared_groups(self.people[is_kept], self.codebook, definition=name)[contrast]
            for name in self.outcomes
        )
        least = MEDIAN * self.min_count
        return all(sizes.nunique() == 2 and sizes.value_counts().min() >= least for sizes in found)

    def contrasts(self, shown: Collection[str], scored: pd.DataFrame) -> Iterator[str]:
        """Comparisons in which nobody, or enough people, have no score."""
        for row in records(self.codebook.contrasts):
            rows = scored[scored["contrast"] == row["contrast"]].set_index("row")
            lacking = rows["ess_total"].isna().rename("lacking")
            known = self.people.loc[rows.index]
            outcomes = [o.loc[rows.index] for o in self.outcomes.values()]
            needed = "groups" if row["by"] == "group" else "classes"
            within = [known["group"], *(outcomes if "classes" in shown else [])]
            if needed in shown and self.safe(lacking, *within):
                yield f"contrast:{row['contrast']}"
                smallest = rows["group"].mask(lacking).value_counts().min()
                if smallest >= MEDIAN * self.min_count:
                    yield f"median:{row['contrast']}"
