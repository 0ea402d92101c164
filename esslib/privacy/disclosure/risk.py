"""How easily respondents could be told apart by what others may know of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import pandas as pd

# What a colleague or a directory of health professionals may know.
KNOWN = ("age_years", "gender", "departement", "tool")
SETS: tuple[tuple[str, ...], ...] = (
    *((name,) for name in (*KNOWN, "profession", "activity", "postcode")),
    ("age_years", "gender"),
    ("gender", "departement", "tool"),
    KNOWN,
)


def risk(
    people: pd.DataFrame, *, min_count: int = 5, sets: Sequence[Sequence[str]] = SETS
) -> pd.DataFrame:
    """Count those whom a set of known characteristics singles out.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    min_count : int
        Smallest number of people who share their characteristics that counts as safe.
    sets : sequence of sequence of str
        Columns that somebody may know together.

    Returns
    -------
    DataFrame
        One row per set: known (its columns, joined by " x "), n_classes (different
        combinations), k (people in the rarest), n_unique (people whose combination nobody
        shares), n_classes_below (combinations of fewer than `min_count` people), n_below (people in
        these), percent_below. Not answered is a value like others.

    References
    ----------
    Sweeney (2002) doi:10.1142/S0218488502001648 (k-anonymity).

    Examples
    --------
    >>> people = pd.DataFrame({"age_years": [41, 41, 52], "gender": ["f", "f", "m"]})
    >>> risk(people, min_count=2, sets=[["gender"]])[["known", "n_classes", "k", "n_unique"]]
        known  n_classes  k  n_unique
    0  gender          2  1         1
    """
    columns = sorted(set(chain.from_iterable(sets)))
    values = people[columns].astype("str").fillna("")
    rows = []
    for known in sets:
        sizes = values.groupby(list(known)).size()
        below = int(sizes[sizes < min_count].sum())
        rows.append(
            {
                "known": " x ".join(known),
                "n_classes": len(sizes),
                "k": int(sizes.min()) if len(sizes) else 0,
                "n_unique": int((sizes == 1).sum()),
                "n_classes_below": int((sizes < min_count).sum()),
                "n_below": below,
                "percent_below": 100 * below / len(people) if len(people) else float("nan"),
            }
        )
    return pd.DataFrame(rows)
