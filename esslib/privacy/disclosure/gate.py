"""The one door: a frame goes in, the part of it that may be shown comes out."""

from __future__ import annotations

import pandas as pd

from esslib.compare.multiplicity import METHODS, adjust_p
from esslib.privacy.disclosure.decide import Rules
from esslib.privacy.disclosure.doors import DOORS, INVITED, PUBLIC, SCORE, numbers_of
from printed.numerals import significant

DIGITS = 3
FAMILIES = {"robust_tests": "test"}  # tests adjusted together, if not a whole table
# Texts that the codebook or the program gives, the same for every cohort.
KEYS = frozenset(
    {
        *("adjustment", "analysis", "component", "contrast", "covariate", "covariate_gaps"),
        *("criterion", "definition", "departement", "excluded_because", "frequency_cut", "group"),
        *("group_a", "group_b", "is_retained", "item", "known", "level", "method", "na_rule"),
        *("na_scope", "question", "score_direction", "section", "secured_definition", "statistic"),
        *("step", "test", "tool_class", "unanswered", "variable"),
    }
)
# Numbers that say nothing of respondents: what was asked for.
ASKED = {
    "next_study": {"target"},
    "power_curve": {"n_first", "n_second", "n_total"},
    "parallel_analysis": {"component"},
}
# Texts that are made of answers: why an analysis has no estimate can single out a person.
NEVER = {"multiverse": ("reason",)}


class DisclosureError(ValueError):
    """No rule says what of a frame may be shown."""


def release(frame: pd.DataFrame, name: str, rules: Rules) -> pd.DataFrame:
    """Return what may be shown of a frame: withheld cells are missing, numbers have three digits.

    Parameters
    ----------
    frame : DataFrame
        A result table, or one of the frames that are only drawn.
    name : str
        Of the result table; or `places`, `answers_by_group`, `item_means`, `scores` (rows), `tools`
        (rows).
    rules : Rules
        As `decide` returns them for the same cohort.

    Raises
    ------
    DisclosureError
        The name or one of the columns has no rule.
    """
    if name in PUBLIC:
        return frame
    if name not in DOORS:
        raise DisclosureError(
            f"{name}: no rule says what of this table may be shown of a real cohort; "
            "add one to esslib.privacy.disclosure.doors, or set min_count to 0."
        )
    given = frame.drop(columns=[c for c in NEVER.get(name, ()) if c in frame])
    told = _readjusted(DOORS[name](given, rules), name)
    _refuse_unruled(told, DOORS[name](given, Rules(rules.min_count, frozenset())), name)
    blank = {str(column): "" for column in frame if column not in told}
    return _rounded(told.assign(**blank)[[*frame.columns]])


def _refuse_unruled(shown: pd.DataFrame, bare: pd.DataFrame, name: str) -> None:
    """Refuse columns that are shown whatever the rules say: `bare` is what passes without any."""
    if bare.empty and shown.empty:
        return
    texts = set(shown.columns) - set(numbers_of(shown))
    if "step" in bare:
        bare = bare[bare["step"] != INVITED]
    numbers = {column for column in numbers_of(bare) if bare[column].notna().any()}
    if unruled := sorted(map(str, (texts - KEYS) | (numbers - ASKED.get(name, set()) - KEYS))):
        raise DisclosureError(
            f"{name}: no rule says whether {', '.join(unruled)} may be shown of a real cohort; "
            "give it one in esslib.privacy.disclosure.doors, or set min_count to 0."
        )


def _readjusted(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Adjust p-values over those that are shown: others would follow from the adjusted ones."""
    adjusted = [column for column in METHODS if column in frame]
    if not adjusted or frame.empty:
        return frame
    family = frame[FAMILIES[name]] if name in FAMILIES else _family(frame)
    made = [adjust_p(part)[adjusted] for _, part in frame.groupby(family, sort=False)]
    anew = pd.concat(made)
    return frame.assign(**{column: anew[column] for column in adjusted})


def _family(frame: pd.DataFrame) -> pd.Series:
    """The score's tests are one family, those of the items another."""
    return frame["variable"].eq(SCORE) if "variable" in frame else pd.Series(0, frame.index)


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = frame.select_dtypes("float").columns
    shown = {
        # whole numbers are counts, or as exact as they need be
        column: frame[column].map(
            lambda x: x if x == round(x) else float(significant(x, DIGITS)), "ignore"
        )
        for column in numbers
    }
    return frame.assign(**shown)
