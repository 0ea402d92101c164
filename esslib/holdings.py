"""Where the files of a study stand: what it reads, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from esslib.paths import prepare, require, resolve
from esslib.results import read_result
from esslib.survey.cleaning import included
from esslib.survey.codebook import Codebook
from esslib.survey.export import Export, read_export
from esslib.survey.how_read import how_read
from printed.files import write_atomically
from printed.published import read_published

# Rows of respondents, and the notebook that writes them.
READ = ("export", "tidy", "people", "scored", "recruitment", "published", "instrument_ranges")
READING = "data/interim/reading.csv"
# What the project keeps for one notebook, which brings the function that reads it.
KEPT = {
    "links": "data/published/links.csv",
    "conclusions": "data/codebook/conclusions.csv",
    "reporting": "data/codebook/reporting.csv",
    "notebooks": "notebooks",
}
ROWS = {"tidy": "01_cleaning", "scored": "02_score_construction"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Holdings:
    """What there is of one cohort.

    Attributes
    ----------
    codebook : Codebook
        The questionnaire.
    vocabulary : DataFrame
        The contract of the result tables.
    results_dir : Path
        Folder of its results.
    export : str
        Path of the survey tool's export.
    rows : Mapping
        Respondent rows at hand, by name; others are read from the folder of another notebook.
    """

    codebook: Codebook
    vocabulary: pd.DataFrame
    results_dir: Path
    export: str = ""
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def read_table(self, name: str, *, written_by: str) -> pd.DataFrame:
        """Read a result table that another notebook wrote."""
        path = require(self.results_dir / "tables" / f"{name}.csv", written_by=written_by)
        return read_result(name, path.parent, self.vocabulary)

    def read(self, name: str, *, by: Callable[[Path], Any] | None = None) -> Any:
        """Read what other notebooks or the project itself hold of this study.

        Parameters
        ----------
        name : str
            ``"export"``: the survey tool's, an `Export`, its answers still as they were given;
            ``"tidy"``, ``"people"`` (of tidy, those included), ``"scored"``: rows of respondents;
            ``"recruitment"``: counts that no export holds; ``"published"``: the printed numbers;
            or ``"instrument_ranges"``, which the project keeps.
        by : callable, optional
            What reads ``"links"``, ``"conclusions"``, ``"reporting"`` or ``"notebooks"``, given
            where it stands.

        Returns
        -------
        DataFrame
            Or what `by` returns.

        Raises
        ------
        MissingInputError
            The notebook that writes it has not run; it is named.
        ValueError
            The name is unknown, or needs `by`, or does without.
        """
        if name == "export" and by is None:
            return read_export(resolve(self.export), self.codebook)
        if by is not None or name in KEPT:
            return self._read_by(name, by)
        if name in self.rows:
            return self.rows[name]
        if name == "people":
            return included(self.read("tidy"))
        if name in ROWS:
            path = f"data/interim/{name}.parquet"
            return pd.read_parquet(require(path, written_by=ROWS[name]))
        if name == "published":
            return read_published(resolve("data/published/published.csv"))
        if name == "recruitment":
            counts = pd.read_csv(resolve("data/raw/recruitment.csv"))
            return counts[counts["export"] == Path(self.export).name]
        if name != "instrument_ranges":
            raise ValueError(f"study.read knows no {name!r}; it reads {', '.join(READ)}.")
        return read_result(name, resolve("results/tables"), self.vocabulary)

    def keep_reading(self, survey: Export, path: str | Path = READING) -> pd.DataFrame:
        """Write how the export was read for whoever holds the data, and return that."""
        reading = how_read(survey, self.codebook)
        write_atomically(prepare(path), reading.to_csv(index=False).encode("utf-8-sig"))
        return reading

    def _read_by(self, name: str, by: Callable[[Path], Any] | None) -> Any:
        if by is None:
            raise ValueError(f"study.read({name!r}) needs by=, the function that reads it.")
        if name not in KEPT:
            raise ValueError(
                f"study.read({name!r}) takes no function; by= reads {', '.join(KEPT)}."
            )
        return by(resolve(KEPT[name]))
