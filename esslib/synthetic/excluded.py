"""Records that cleaning leaves out, one kind per criterion, and when each record came in.

Nothing is known of the records that the study excluded, not even their number: they are invention,
there so that every criterion has something to exclude.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from esslib.survey.codebook import Codebook, records
from esslib.synthetic.plausibility import pick, plausibility

__all__ = ["NUMBER", "Fieldwork", "with_excluded"]

NUMBER, ENTERED, LASTED = "N°", "Date de saisie", "Durée"
USES, GROUPS = "uses_predice_pro", {"yes": "users", "no": "non_users"}
ABOUT_TOOLS = {"exposure", "item"}
DUPLICATE, OUTSIDE = "duplicate", "outside"
OPENS, CLOSES = 8, 22
LEAST_SECONDS, MORE_SECONDS, WAITS = 240, 300, 3
MOST_MINUTES_LATER = 30


@dataclass(frozen=True, eq=False)
class Fieldwork:
    """What is invented about the course of the survey, as text frames.

    Attributes
    ----------
    records
        `reason`, `n`: how many records each applied criterion leaves out.
    days
        `group`, `first_day`, `last_day` (ISO): when each group answered.
    places
        `postcode`, `town`, `group`, `weight`; group ``outside`` lies outside the region.
    coherence
        As `draw_answers` takes it: who is likely to meet a criterion.
    """

    records: pd.DataFrame
    days: pd.DataFrame
    places: pd.DataFrame
    coherence: pd.DataFrame


def with_excluded(
    answers: pd.DataFrame, codebook: Codebook, fieldwork: Fieldwork, rng: np.random.Generator
) -> pd.DataFrame:
    """Add excluded records, and sort all records by a date of entry.

    Parameters
    ----------
    answers
        Included respondents, as `raw_answers` returns them.
    codebook
        The questionnaire, with the criteria.
    fieldwork
        How many records of each kind, and when.
    rng
        Random generator.

    Returns
    -------
    DataFrame of text
        Columns "N°" and "Date de saisie", those of `answers`, and "Durée" (minutes:seconds); a
        duplicate stands after its original. Cleaning gives each added record exactly its reason.

    Raises
    ------
    ValueError
        A reason of `fieldwork.records` is no criterion that this module knows how to fail.
    """
    answers = answers.reset_index(drop=True)
    entered = _entered(answers, fieldwork.days, rng)
    drawn = _Draw(answers, codebook, fieldwork, rng)
    added, dates = [], []
    for reason in _reasons(fieldwork.records):
        if reason == DUPLICATE:
            original = int(rng.integers(len(answers)))
            added.append(answers.iloc[original])
            later = int(rng.integers(1, MOST_MINUTES_LATER))
            dates.append(entered[original] + pd.Timedelta(minutes=later))
        else:
            record = drawn.record(reason)
            added.append(record)
            dates.append(_entered(record.to_frame().T, fieldwork.days, rng)[0])
    everyone = pd.concat([answers, pd.DataFrame(added)], ignore_index=True).astype("str")
    return _numbered(everyone, pd.Series([*entered, *dates]), rng)


def _reasons(rows: pd.DataFrame) -> list[str]:
    return [row["reason"] for row in records(rows) for _ in range(int(row["n"]))]


def _entered(
    answers: pd.DataFrame, days: pd.DataFrame, rng: np.random.Generator
) -> list[pd.Timestamp]:
    """Draw day and time of entry within the days of each group."""
    ends = days.set_index("group")
    first, last = (pd.to_datetime(ends[name]) for name in ("first_day", "last_day"))
    groups = answers[USES].map(GROUPS).fillna(GROUPS["no"])
    return [
        first[group]
        + pd.Timedelta(days=int(rng.integers((last[group] - first[group]).days + 1)))
        + pd.Timedelta(minutes=int(rng.integers(OPENS * 60, CLOSES * 60)))
        for group in groups
    ]


def _numbered(answers: pd.DataFrame, entered: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    seconds = LEAST_SECONDS + rng.integers(0, MORE_SECONDS, (len(answers), WAITS)).sum(axis=1)
    lasted = [f"{number // 60:02d}:{number % 60:02d}" for number in seconds.tolist()]
    order = entered.sort_values(kind="stable").index
    rows = answers.assign(**{LASTED: lasted}).loc[order].reset_index(drop=True)
    numbers = (rows.index + 1).astype("str")
    rows.insert(0, NUMBER, numbers)
    rows.insert(1, ENTERED, entered[order].dt.strftime("%d/%m/%Y %H:%M").to_numpy())
    return rows


class _Draw:
    """Draws one record at a time that fails one criterion and no other.

    Each takes what it says of tools from one included respondent and the rest from another one of
    the same group, so it is nobody's copy and meets all criteria until it is changed.
    """

    def __init__(
        self,
        answers: pd.DataFrame,
        codebook: Codebook,
        fieldwork: Fieldwork,
        rng: np.random.Generator,
    ) -> None:
        self._answers, self._codebook = answers, codebook
        self._fieldwork, self._rng = fieldwork, rng
        rows = codebook.variables.set_index("name")
        role_of = rows["other_of"].where(rows["other_of"] != "", rows.index).map(rows["role"])
        self._about_tools = [str(name) for name in answers if role_of[str(name)] in ABOUT_TOOLS]
        self._criteria = {row["reason"]: row for row in records(codebook.criteria)}

    def record(self, reason: str) -> pd.Series:
        """Return a record that `reason` excludes."""
        if reason not in self._criteria:
            raise ValueError(f"{reason!r} is no reason of criteria.csv: {sorted(self._criteria)}")
        criterion = self._criteria[reason]
        variable, rule = criterion["variable"], criterion["rule"]
        if rule == "any_of":
            return self._with_level(criterion)
        base = self._crossed(self._members("non_users" if variable == "tool" else ""))
        if rule in ("missing", "all_missing"):
            return base.mask(base.index.isin(self._silent(variable)))
        if variable == "departement":
            return self._moved(base)
        raise ValueError(f"no way is known to fail {reason!r}: rule {rule!r} on {variable!r}.")

    def _members(self, group: str) -> pd.DataFrame:
        groups = self._answers[USES].map(GROUPS)
        return self._answers[groups.eq(group) if group else groups.notna()]

    def _crossed(self, members: pd.DataFrame, person: int | None = None) -> pd.Series:
        if person is None:
            person = int(self._rng.integers(len(members)))
        base = members.iloc[person]
        alike = members[members[USES].eq(base[USES]) & (members.index != base.name)]
        tools = alike.iloc[int(self._rng.integers(len(alike)))]
        return base.where(~base.index.isin(self._about_tools), tools)

    def _silent(self, variable: str) -> list[str]:
        """Return the questions left open by who lacks a variable, derived ones too."""
        if variable == "group":
            return [USES]
        if variable == "tool":
            items = self._codebook.names(role="item")
            return [name for name in self._about_tools if name not in [USES, *items]]
        return self._codebook.names(role=variable) or [variable]

    def _with_level(self, criterion: dict[str, str]) -> pd.Series:
        """Give one of some levels to whom it suits best."""
        members, variable = self._members(criterion["group"]), criterion["variable"]
        levels = criterion["value"].split()
        coherence = self._fieldwork.coherence
        numbers = {name: pd.to_numeric(members[name]) for name in self._numbers()}
        suits = plausibility(
            pd.DataFrame({variable: levels}),
            members.assign(**numbers, group=members[USES].map(GROUPS)),
            coherence[coherence["variable"].eq(variable) & coherence["level"].isin(levels)],
        )
        person, level = divmod(int(pick(suits.reshape(1, -1), self._rng)[0]), len(levels))
        base = self._crossed(members, person)
        return base.mask(base.index == variable, levels[level])

    def _numbers(self) -> list[str]:
        return self._codebook.names(kind="number")

    def _moved(self, base: pd.Series) -> pd.Series:
        places = self._fieldwork.places
        far = places[places["group"] == OUTSIDE]
        share = far["weight"].astype(float).cumsum() / far["weight"].astype(float).sum()
        place = far.iloc[int(np.searchsorted(share.to_numpy(), self._rng.random()))]
        at = pd.Series({name: place[name] for name in ("postcode", "town")})
        return at.reindex(base.index).fillna(base)
