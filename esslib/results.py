"""The result tables: a closed vocabulary of columns, read and written in one place.

`data/codebook/results.csv` names every table and column; other programs read these files.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from printed.files import write_atomically

SIGNIFICANT_DIGITS = 10
# Result frames that notebooks show and no file keeps; whatever else is not in the contract is
# refused.
SHOWN_ONLY = frozenset(
    {
        *("tools", "places", "answers_by_group", "item_means", "score_summary", "within_ranges"),
        *("scores", "model_gaps", "multiverse_shares", "next_study_basis", "findings", "readings"),
    }
)


class ResultError(ValueError):
    """A result frame breaks the contract of `results.csv`."""


def read_vocabulary(path: str | Path) -> pd.DataFrame:
    """Read `results.csv`: columns table, column, kind (text, count, number), description."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def check_known(table: str, vocabulary: pd.DataFrame) -> None:
    """Refuse a result frame that is neither in the contract nor in `SHOWN_ONLY`.

    Raises
    ------
    ResultError
        Nothing is known of the frame.
    """
    if table not in SHOWN_ONLY and table not in set(vocabulary["table"]):
        raise ResultError(
            f"{table} is no result of a study: name its columns in results.csv, or name it in "
            "SHOWN_ONLY of esslib.results if it is shown and not kept."
        )


def check_result(frame: pd.DataFrame, table: str, vocabulary: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` when its columns are exactly those of the contract, in their order.

    Raises
    ------
    ResultError
        The table is unknown, or a column is missing, unknown or out of place.
    """
    expected = vocabulary.loc[vocabulary["table"] == table, "column"].tolist()
    if not expected:
        raise ResultError(f"results.csv knows no table {table!r}")
    if frame.columns.tolist() != expected:
        strange = sorted(set(map(str, frame)) ^ set(expected)) or "their order"
        raise ResultError(f"{table}: columns differ from results.csv in {strange}")
    return frame


def write_result(
    frame: pd.DataFrame, table: str, folder: str | Path, vocabulary: pd.DataFrame
) -> Path:
    """Write a result frame to `folder/table.csv` and return the path.

    UTF-8, comma, decimal point, at most 10 significant digits, missing as an empty cell. The file
    appears whole or not at all.

    Raises
    ------
    ResultError
        As `check_result`.
    """
    text = check_result(frame, table, vocabulary).to_csv(
        index=False, float_format=f"%.{SIGNIFICANT_DIGITS}g", lineterminator="\n"
    )
    return write_atomically(Path(folder) / f"{table}.csv", text)


def read_result(table: str, folder: str | Path, vocabulary: pd.DataFrame) -> pd.DataFrame:
    """Read a result table back with the kinds of `results.csv`."""
    columns = vocabulary[vocabulary["table"] == table]
    kinds = {"text": "str", "count": "Int64", "number": "float64"}
    dtypes = {
        column: kinds[kind] for column, kind in zip(columns["column"], columns["kind"], strict=True)
    }
    frame = pd.read_csv(
        Path(folder) / f"{table}.csv", dtype=dtypes, keep_default_na=False, na_values=[""]
    )
    return check_result(frame, table, vocabulary)
