"""From an export to the tidy frame: types, tool, group and exclusions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.survey.codebook import SEPARATOR, Codebook, as_text, distinct, fold, map_unique, records
from esslib.survey.export import Export, decode, validate
from esslib.survey.rules import meets

POSTCODE = re.compile(r"(?<!\d)\d{2} ?\d{3}(?!\d)")
# Spreadsheets drop the first zero of a postcode such as 02100.
SHORT_POSTCODE = re.compile(r"(?<!\d)\d{4}(?!\d)")
SCIENTIFIC = re.compile(r"\d[.,]?\d*e\s*[+-]?\d", re.IGNORECASE)
BESIDE = "\x1f"  # between a postcode and the town in the column beside
SPREAD = 0x2545F4914F6CDD1D  # odd, so that no product loses what was added before


def tidy_answers(export: Export, codebook: Codebook) -> pd.DataFrame:
    """Decode, validate and `clean` an export.

    Raises
    ------
    ExportError
        Some cell is not what the codebook expects.
    """
    answers = validate(export.answers, codebook, export.headings)
    return clean(decode(answers, codebook), codebook)


def clean(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give decoded answers their types and mark who is excluded.

    Parameters
    ----------
    answers : DataFrame of text
        One row per response, as `esslib.survey.export.validate` returns them.
    codebook : Codebook
        The questionnaire.

    Returns
    -------
    DataFrame
        One row per response, same index. Single answers and items are ordered categories of
        level codes, each multiple-answer question is one nullable boolean column per level
        (missing when unanswered), `age_years` is a nullable float. Derived: `departement`,
        `tool`, `group` ("users", "non_users") and `excluded_because` (missing when included).

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> codebook = read_codebook(resolve("data/codebook"))
    >>> blank = pd.DataFrame([dict.fromkeys(codebook.names())], dtype="str")
    >>> answers = blank.assign(uses_predice_pro="yes", ess_q01="agree", postcode="75011 Paris")
    >>> tidy = clean(answers, codebook)
    >>> tidy[["departement", "tool", "group", "excluded_because"]].iloc[0].tolist()
    ['75', 'predice_pro', 'users', 'outside_region']
    """
    tidy = pd.concat([_typed(answers[name], codebook) for name in answers], axis=1)
    tidy = tidy.assign(**_place(tidy, codebook), tool=_tool(tidy, codebook))
    tidy = tidy.assign(group=_group(tidy))
    return tidy.assign(excluded_because=_excluded_because(tidy, codebook))


def included(tidy: pd.DataFrame) -> pd.DataFrame:
    """Return the respondents whom no criterion excludes.

    Raises
    ------
    ValueError
        Nobody is left; the message counts the reasons.
    """
    left = tidy[tidy["excluded_because"].isna()]
    if left.empty:
        counts = tidy["excluded_because"].value_counts().items()
        reasons = ", ".join(f"{reason} {n}" for reason, n in counts)
        raise ValueError(
            f"None of the {len(tidy)} respondents is included ({reasons}): check these answers in "
            "the export, or the criteria in criteria.csv."
        )
    return left


def _typed(column: pd.Series, codebook: Codebook) -> pd.Series | pd.DataFrame:
    name = str(column.name)
    kind = codebook.variable(name)["kind"]
    if kind == "number":
        return _number(column)
    if kind == "text":
        return as_text(column)
    codes = codebook.codes(name)
    if kind == "multiple":
        return _indicators(column, codes)
    return _recoded(column, pd.CategoricalDtype(codes, ordered=True))


def _indicators(column: pd.Series, codes: list[str]) -> pd.DataFrame:
    """Return one boolean column per level; all of them missing where nothing was ticked."""
    kinds, cells = distinct(column)
    answers = [*(cell.split("|") for cell in cells), []]  # the last one stands for missing
    ticked = {code: np.array([code in answer for answer in answers]) for code in codes}
    return pd.DataFrame(
        {
            f"{column.name}{SEPARATOR}{code}": pd.arrays.BooleanArray(is_ticked[kinds], kinds < 0)
            for code, is_ticked in ticked.items()
        },
        index=column.index,
    )


def _recoded(column: pd.Series, dtype: pd.CategoricalDtype) -> pd.Series:
    """Return a column of text as categories; missing where it says anything else."""
    kinds, texts = distinct(column)
    places = np.append(dtype.categories.get_indexer(texts), -1)
    cells = pd.Categorical.from_codes(places[kinds], dtype=dtype, validate=False)
    return pd.Series(cells, index=column.index, name=column.name)


def _number(column: pd.Series) -> pd.Series:
    kinds, texts = distinct(column)
    numbers = pd.to_numeric(texts.to_series()).astype("Float64").array
    cells = numbers.take(kinds, allow_fill=True)
    return pd.Series(cells, index=column.index, name=column.name)


def _place(tidy: pd.DataFrame, codebook: Codebook) -> dict[str, pd.Series]:
    """Part "59000 Lille" into postcode and town, and take the département from the postcode."""
    known = {(row["postcode"], fold(row["town"])) for row in records(codebook.places)}
    beside = tidy["postcode"] + BESIDE + tidy["town"].fillna("")
    postcode = map_unique(beside, lambda text: _postcode(text, known))
    town = tidy["town"].fillna(map_unique(tidy["postcode"], _town))
    return {"postcode": postcode, "town": town, "departement": map_unique(postcode, _departement)}


def _postcode(text: str, known: Collection[tuple[str, str]]) -> str | None:
    """Return the postcode of a place; one of four digits only if the town is known to have it."""
    given, _, beside = text.partition(BESIDE)
    found = {digits.replace(" ", "") for digits in POSTCODE.findall(given)}
    if SCIENTIFIC.search(given) or len({*map(_departement, found)}) > 1:
        return None
    if found:
        return min(found) if len(found) == 1 else None
    short = {digits.zfill(5) for digits in SHORT_POSTCODE.findall(given)}
    town = fold(beside or _town(given) or "")
    return next((code for code in short if (code, town) in known), None)


def _town(text: str) -> str | None:
    pattern = POSTCODE if POSTCODE.search(text) else SHORT_POSTCODE
    return pattern.sub("", text).strip(" ,;-/()") or None


def _departement(postcode: str) -> str:
    if postcode.startswith("20"):
        return "2A" if postcode[2] in "01" else "2B"
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]


def _tool(tidy: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Return the tool that the score is about; users answered for Predice PRO."""
    usual = _named(tidy["usual_tool"], tidy["usual_tool_other"], codebook)
    messenger = _named(tidy["usual_messenger"], tidy["usual_messenger_other"], codebook)
    by_messenger = tidy["preferred_channel"].eq("usual_messenger")
    return usual.mask(by_messenger, messenger).mask(
        tidy["uses_predice_pro"].eq("yes"), "predice_pro"
    )


def _named(choice: pd.Series, other: pd.Series, codebook: Codebook) -> pd.Series:
    """Return the chosen tool, looking the free text up where the choice was "other"."""
    tools = pd.CategoricalDtype(codebook.tools["tool"].tolist())
    found = _recoded(map_unique(other, tool_reader(codebook)), tools)
    return _recoded(choice, tools).mask(choice.eq("other"), found)


def tool_reader(codebook: Codebook) -> Callable[[str], str | None]:
    """Return the function that finds the tool that a typed text names as a whole.

    A text that names none, or several, is the tool without pattern of ``tools.csv``.

    Examples
    --------
    >>> from esslib.survey.codebook import read_codebook
    >>> from esslib.paths import resolve
    >>> read = tool_reader(read_codebook(resolve("data/codebook")))
    >>> read("HEALPHI !"), read("Olvid"), read("pas Skype")
    ('healphi', 'unlisted', 'unlisted')
    """
    patterns = {row["tool"]: row["match"] for row in records(codebook.tools)}
    unlisted = next((tool for tool, match in patterns.items() if not match), None)

    def read(text: str) -> str | None:
        fits = [tool for tool, match in patterns.items() if re.fullmatch(match, fold(text))]
        return fits[0] if len(fits) == 1 else unlisted

    return read


def _group(tidy: pd.DataFrame) -> pd.Series:
    group = tidy["uses_predice_pro"].cat.set_categories(["yes", "no"], ordered=False)
    return group.cat.rename_categories(["users", "non_users"])


def _excluded_because(tidy: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Return the first criterion that each respondent fails, in the order of `criteria.csv`."""
    applied = records(codebook.criteria[codebook.criteria["applied"] == "1"])
    first = np.full(len(tidy), -1)
    for place, criterion in enumerate(applied):
        fails = _fails(tidy, codebook, criterion)
        if criterion["group"]:
            fails &= tidy["group"].eq(criterion["group"])
        first[fails.to_numpy(dtype=bool) & (first < 0)] = place
    reasons = pd.array([*(criterion["reason"] for criterion in applied), pd.NA], dtype="str")
    return pd.Series(reasons.take(first), index=tidy.index)


def _duplicated(tidy: pd.DataFrame) -> pd.Series:
    """Tell which rows repeat an earlier one; only rows with equal sums are compared."""
    sums = np.zeros(len(tidy), dtype=np.int64)
    for name in tidy:
        sums *= SPREAD
        sums += _places(tidy[name])
    is_suspect = pd.Series(sums, index=tidy.index).duplicated(keep=False)
    return tidy[is_suspect].duplicated().reindex(tidy.index, fill_value=False)


def _places(column: pd.Series) -> NDArray[np.integer]:
    """Return a number for every cell, equal for equal cells."""
    if column.dtype == "boolean":
        return column.to_numpy(dtype=np.int8, na_value=-1)
    return distinct(column)[0]


def _fails(tidy: pd.DataFrame, codebook: Codebook, criterion: dict[str, str]) -> pd.Series:
    if criterion["rule"] == "duplicate":
        return _duplicated(tidy)
    if criterion["rule"] == "all_missing":
        return tidy[codebook.names(role=criterion["variable"])].isna().all(axis=1)
    rule = {key: criterion[key] for key in ("variable", "rule", "value")}
    return meets(tidy, **rule).fillna(False).astype(bool)
