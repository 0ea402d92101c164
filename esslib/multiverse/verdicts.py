"""In how many specifications a conclusion holds, and which choice decides it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from esslib.multiverse.specifications import CHOICES, NO_EFFECT

CONCLUDED = ("contrast", "kind", "sign", "figure", "reading")


def read_conclusions(path: str | Path) -> pd.DataFrame:
    """Read what the thesis concludes: contrast, kind, sign, figure, reading, labels.

    `sign` is 1 or -1 for a significant effect in that direction (of security, or of the log odds
    ratio), and 0 for "no significant difference". `reading` holds the thesis's own choices, each as
    ``choice=value``. `figure` names the files of the specification curve.

    Raises
    ------
    ValueError
        A column is missing, a sign is none of these, a reading names no choice, or two conclusions
        have one figure.
    """
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if missing := [name for name in CONCLUDED if name not in frame]:
        raise ValueError(f"{Path(path).name}: no column {', '.join(missing)}; add it.")
    twice = frame[frame["figure"].duplicated()]
    if len(twice):
        raise ValueError(
            f"{Path(path).name}, {twice['contrast'].iloc[0]!r}: figure {twice['figure'].iloc[0]!r} "
            "is that of another conclusion; name one of its own."
        )
    wrong = frame[~frame["sign"].isin(["-1", "0", "1"])]
    if len(wrong):
        raise ValueError(
            f"{Path(path).name}, {wrong['contrast'].iloc[0]!r}: sign {wrong['sign'].iloc[0]!r}; "
            "write 1, -1 or 0."
        )
    for contrast, reading in zip(frame["contrast"], frame["reading"], strict=True):
        if unknown := {part.partition("=")[0] for part in reading.split()} - set(CHOICES):
            raise ValueError(
                f"{Path(path).name}, {contrast!r}: reading has {', '.join(sorted(unknown))!r}; "
                f"write choice=value, the choice one of {', '.join(CHOICES)}."
            )
    return frame.astype({"sign": int})


def toward_security(specifications: pd.DataFrame) -> pd.DataFrame:
    """Turn the literal half round, so that a positive estimate always means more security.

    Under `score_direction="literal"` full agreement is worth least, and all items are worded so
    that agreement is the secure answer: there the group with the *lower* score is the more
    secure one. What a conclusion says is judged by this meaning, never by the sign as scored.
    """
    literal = specifications["score_direction"] == "literal"
    sources = {"estimate": "estimate", "ci_low": "ci_high", "ci_high": "ci_low"}
    turned = {
        name: specifications[name].mask(literal, -specifications[source])
        for name, source in sources.items()
    }
    return specifications.assign(**turned)


def with_holds(
    specifications: pd.DataFrame, conclusions: pd.DataFrame, *, alpha: float = 0.05
) -> pd.DataFrame:
    """Mark in which specifications the conclusion of the row's contrast holds.

    Returns
    -------
    DataFrame
        Column `holds` (nullable boolean) added. A conclusion of an effect holds where the
        estimate, in the direction of security, has its sign and p < `alpha`; one of no
        difference where p >= `alpha`. Missing where there is no estimate, or no conclusion.
    """
    signs = conclusions.set_index("contrast")["sign"]
    wanted = specifications["contrast"].map(signs)
    is_clear = specifications["p_value"] < alpha
    found = np.sign(toward_security(specifications)["estimate"]).where(is_clear, 0)
    # a clear difference of either sign refutes "no significant difference"
    holds = (found == wanted).astype("boolean")
    return specifications.assign(holds=holds.mask(specifications["p_value"].isna() | wanted.isna()))


def shares(marked: pd.DataFrame) -> pd.DataFrame:
    """Count, for each value of each choice, in how many specifications a conclusion holds.

    Parameters
    ----------
    marked : DataFrame
        As `with_holds` returns it.

    Returns
    -------
    DataFrame
        One row per contrast, choice and value: contrast, choice, value, n (with an estimate),
        n_holding, percent. Choices with fewer than two values in a contrast are left out, and so
        are specifications in which the choice has no effect.
    """
    known = marked.dropna(subset="holds")
    order = pd.factorize(known["contrast"])[0]
    long = known.assign(order=order).melt(
        ["order", "contrast", "holds"], value_vars=list(CHOICES), var_name="choice"
    )
    long = long[long["value"] != NO_EFFECT].astype({"holds": int})
    long = long.sort_values("order", kind="stable")
    counted = (
        long.groupby(["contrast", "choice", "value"], sort=False)["holds"]
        .agg(n="size", n_holding="sum")
        .reset_index()
    )
    several = counted.groupby(["contrast", "choice"])["value"].transform("size") > 1
    kept = counted[several].reset_index(drop=True)
    return kept.assign(percent=100 * kept["n_holding"] / kept["n"])


def verdicts(marked: pd.DataFrame) -> pd.DataFrame:
    """Sum up each conclusion: how often it holds, and the choice that decides it.

    The deciding choice is the one whose values part the specifications most: the largest range,
    over its values, of the share in which the conclusion holds when that value is fixed and all
    other choices vary. Of equal ranges the first choice, in the order of the columns, counts.

    Parameters
    ----------
    marked : DataFrame
        As `with_holds` returns it.

    Returns
    -------
    DataFrame
        Columns of `multiverse_verdicts.csv`: contrast, n, n_without_estimate, n_holding,
        percent (of those with an estimate), choice (missing where the conclusion holds always
        or never), most, most_percent, least, least_percent (values of that choice).
    """
    parts = shares(marked)
    return pd.DataFrame(
        [
            {"contrast": contrast, **_counted(rows), **_decided(parts, str(contrast))}
            for contrast, rows in marked.groupby("contrast", sort=False)
        ]
    )


def _counted(rows: pd.DataFrame) -> dict[str, float]:
    known = rows["holds"].dropna()
    return {
        "n": len(rows),
        "n_without_estimate": len(rows) - len(known),
        "n_holding": int(known.sum()),
        "percent": 100 * float(known.mean()) if len(known) else np.nan,
    }


def _decided(parts: pd.DataFrame, contrast: str) -> dict[str, object]:
    rows = parts[parts["contrast"] == contrast]
    ranges = rows.groupby("choice", sort=False)["percent"].agg(np.ptp)
    if ranges.empty or ranges.max() == 0:
        names = ("choice", "most", "most_percent", "least", "least_percent")
        return dict.fromkeys(names, np.nan)
    values = rows[rows["choice"] == ranges.idxmax()].set_index("value")["percent"]
    return {
        "choice": ranges.idxmax(),
        "most": values.idxmax(),
        "most_percent": values.max(),
        "least": values.idxmin(),
        "least_percent": values.min(),
    }
