"""The questionnaire as data: variables, answer levels, tools, criteria and covariates.

Nothing about the survey is written in Python. `read_codebook` reads the CSV files of
`data/codebook/`, checks that they agree with each other, and returns them as text frames.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from printed.numerals import LANGUAGES

KEYS = {
    "variables": ["name"],
    "levels": ["level_set", "code"],
    "covariates": ["covariate", "analysis"],
    "tools": ["tool"],
    "criteria": ["reason"],
    "contrasts": ["contrast"],
    "groups": ["group"],
    "departements": ["departement"],
    "tableau_1": ["section", "level"],
}
COLUMNS = {
    "variables": "question kind role level_set max_answers minimum maximum other_of match",
    "levels": "order points match",
    "covariates": "variable rule value missing bivariate_order multivariate_order basic",
    "tools": "order secured_methods secured_regression match",
    "criteria": "order rule variable value group applied",
    "contrasts": "order by group_a group_b figure",
    "groups": "order part_of secured",
    "departements": "",
    "tableau_1": "variable rule value",
}
SEPARATOR = "__"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no Word document holds one


class CodebookError(ValueError):
    """The codebook contradicts itself; the message names file, row and remedy."""


@dataclass(frozen=True, eq=False)
class Codebook:
    """The questionnaire and the vocabulary of one survey.

    Attributes
    ----------
    variables, levels, covariates, tools, criteria, contrasts, groups, departements, places, tableau_1
        One text frame per CSV file of the codebook, in the file's order; empty cells are "".
    """

    variables: pd.DataFrame
    levels: pd.DataFrame
    covariates: pd.DataFrame
    tools: pd.DataFrame
    criteria: pd.DataFrame
    contrasts: pd.DataFrame
    groups: pd.DataFrame
    departements: pd.DataFrame
    places: pd.DataFrame
    tableau_1: pd.DataFrame

    def names(self, *, kind: str | None = None, role: str | None = None) -> list[str]:
        """Return variable names in questionnaire order, of one kind or role when given."""
        rows = self.variables
        for column, wanted in (("kind", kind), ("role", role)):
            rows = rows if wanted is None else rows[rows[column] == wanted]
        return rows["name"].tolist()

    @property
    def items(self) -> list[str]:
        """The items of the score, in order."""
        return self.names(role="item")

    def variable(self, name: str) -> pd.Series:
        """Return the row of `variables.csv` that describes `name`."""
        if name not in self._variable_rows:
            raise CodebookError(f"variables.csv has no variable {name!r}")
        return self._variable_rows[name]

    def levels_of(self, name: str) -> pd.DataFrame:
        """Return the answer levels of a variable, in order, one row each."""
        level_set = self.variable(name)["level_set"]
        rows: pd.DataFrame = self.levels[self.levels["level_set"] == level_set]
        return rows

    def level_rows(self, name: str) -> list[dict[str, str]]:
        """Return the answer levels of a variable as dictionaries, column to cell."""
        return self._level_rows.get(self.variable(name)["level_set"], [])

    @cached_property
    def _variable_rows(self) -> dict[str, pd.Series]:
        return {row["name"]: row for _, row in self.variables.iterrows()}

    @cached_property
    def _level_rows(self) -> dict[str, list[dict[str, str]]]:
        sets: dict[str, list[dict[str, str]]] = {}
        for row in records(self.levels):
            sets.setdefault(row["level_set"], []).append(row)
        return sets

    def codes(self, name: str) -> list[str]:
        """Return the codes of a variable's answer levels, in order."""
        return [row["code"] for row in self.level_rows(name)]

    def indicators(self, name: str) -> list[str]:
        """Return the tidy columns of a multiple-answer variable, one per level."""
        return [f"{name}{SEPARATOR}{code}" for code in self.codes(name)]

    @property
    def points(self) -> dict[str, int]:
        """Points of each answer to an item as the methods print them; N/A has none."""
        rows = self.levels_of(self.items[0])
        rows = rows[rows["points"] != ""]
        return dict(zip(rows["code"], rows["points"].astype(int), strict=True))

    def labels(self, table: str, *, lang: str = "fr") -> dict[str, str]:
        """Map the keys of one of the tables to their label in `lang` ("fr" or "en")."""
        frame = getattr(self, table)
        key = frame[KEYS[table]].agg(".".join, axis=1)
        return dict(zip(key, frame[f"label_{lang}"], strict=True))


def records(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows of a text frame as dictionaries, column to cell."""
    return frame.to_dict("records")  # type: ignore[return-value]


def fold(text: str) -> str:
    """Return `text` without accents, case or punctuation, its words one space apart.

    Digits and the signs < and > are kept, since levels such as "> 30" need them.

    Examples
    --------
    >>> fold("L’accès est  VERROUILLÉ ?")
    'l acces est verrouille'
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+|[<>]", plain))


def distinct(column: pd.Series) -> tuple[NDArray[np.integer], pd.Index]:
    """Return the place of every cell among the column's distinct texts, and these texts.

    Missing cells have the place -1. A categorical column knows both already.

    Examples
    --------
    >>> distinct(pd.Series(["a", None, "a"], dtype="category"))[0].tolist()
    [0, -1, 0]
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    return column.factorize()  # type: ignore[return-value]


def as_text(column: pd.Series) -> pd.Series:
    """Return a column as text, categories too; missing stays missing.

    Examples
    --------
    >>> as_text(pd.Series(["a", None, "a"], dtype="category")).tolist()
    ['a', nan, 'a']
    """
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("str")
    kinds, texts = distinct(column)  # pandas would go by way of objects
    cells = pd.array([*texts, None], dtype="str").take(kinds)
    return pd.Series(cells, index=column.index, name=column.name)


def map_unique(column: pd.Series, function: Callable[[str], str | None]) -> pd.Series:
    """Apply `function` once to each distinct text of a column; missing stays missing.

    The column stays what it was: text, or categories of text.

    Examples
    --------
    >>> map_unique(pd.Series(["a", None, "a"]), str.upper).tolist()
    ['A', nan, 'A']
    """
    kinds, texts = distinct(column)
    mapped = pd.array([*(function(text) for text in texts), None], dtype="str")
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return pd.Series(mapped.take(kinds), index=column.index, name=column.name)
    places, names = pd.factorize(pd.Index(mapped))
    cells = pd.Categorical.from_codes(places[kinds], names, validate=False)
    return pd.Series(cells, index=column.index, name=column.name)


def read_codebook(folder: str | Path) -> Codebook:
    """Read and check the codebook.

    Parameters
    ----------
    folder : path
        Folder of the CSV files, `data/codebook` in this project.

    Raises
    ------
    CodebookError
        A file or column is missing, a key stands twice, a level set has no levels, a `match` is
        no regular expression, or a rule names no variable.

    Examples
    --------
    >>> from esslib.paths import resolve
    >>> read_codebook(resolve("data/codebook")).codes("gender")
    ['female', 'male']
    """
    tables = {name: _read_table(Path(folder), name) for name in KEYS}
    places = pd.read_csv(Path(folder) / "places.csv", dtype=str, keep_default_na=False)
    codebook = Codebook(**tables, places=places)
    _check(codebook)
    return codebook


def _read_table(folder: Path, name: str) -> pd.DataFrame:
    path, key = folder / f"{name}.csv", KEYS[name]
    if not path.exists():
        raise CodebookError(f"{path} is missing: the codebook needs it")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    needed = [*key, *(f"label_{lang}" for lang in LANGUAGES), *COLUMNS[name].split()]
    absent = [column for column in needed if column not in frame]
    if absent:
        raise CodebookError(f"{path.name} has no column {absent[0]!r}")
    for at, cells in enumerate(frame.itertuples(index=False), start=2):
        if strange := [cell for cell in cells if CONTROL.search(cell)]:
            raise CodebookError(f"{path.name}, row {at}: {strange[0]!r} holds a control character")
    twice = frame[frame.duplicated(key)]
    if len(twice):
        row = twice.index[0] + 2
        raise CodebookError(f"{path.name}, row {row}: {list(twice.iloc[0][key])} stands twice")
    return frame


def _check(codebook: Codebook) -> None:
    closed = codebook.variables[codebook.variables["kind"].isin(["single", "multiple", "likert"])]
    unknown = closed[~closed["level_set"].isin(codebook.levels["level_set"])]
    if len(unknown):
        row = unknown.iloc[0]
        raise CodebookError(
            f"variables.csv, {row['name']}: no levels for set {row['level_set']!r} in levels.csv"
        )
    for table in (codebook.variables, codebook.levels, codebook.tools):
        for pattern in table["match"]:
            _compile(pattern)
    derived = {"tool", "group", "departement", "item"}
    known = set(codebook.variables["name"]) | derived
    for name, table in (("covariates", codebook.covariates), ("tableau_1", codebook.tableau_1)):
        strange = table[~table["variable"].isin(known)]
        if len(strange):
            raise CodebookError(f"{name}.csv names {strange['variable'].iloc[0]!r}: no variable")
    _refuse_two_names(codebook)


def _refuse_two_names(codebook: Codebook) -> None:
    """One key has one label over all tables, but for covariates, which may be cut twice."""
    for lang in LANGUAGES:
        said: dict[str, tuple[str, str]] = {}
        for table in (name for name in KEYS if name != "covariates"):
            for key, label in codebook.labels(table, lang=lang).items():
                first, known = said.setdefault(key, (table, label))
                if label != known:
                    raise CodebookError(
                        f"{table}.csv calls {key} {label!r} in label_{lang}, {first}.csv calls it "
                        f"{known!r}: give it one label in both, or rename one of the keys"
                    )


def _compile(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise CodebookError(
            f"match pattern {pattern!r} is no regular expression: {error}"
        ) from None
