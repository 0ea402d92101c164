"""Write a copy of an export that can be shared: k-anonymous, without free text.

``python -m esslib.privacy.anonymise EXPORT OUT --k 5`` (or ``make anonymise export=… out=…``) keeps
the included respondents and the columns that the codebook knows, and makes every combination of
what others may know of a person (`KNOWN`) as frequent as `k`. The copy is an export like others:
the pipeline reads it. Answers about the tool and about practice stay as they are; they are not
public, yet somebody who knows them can still learn from the copy, so share it with those only whom
the respondents agreed to.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from esslib.paths import resolve
from esslib.survey.cleaning import clean, included
from esslib.survey.codebook import Codebook, read_codebook
from esslib.survey.export import ExportError, decode, read_export, validate
from esslib.survey.writer import write_export

KNOWN = ("uses_predice_pro", "tool", "age_years", "gender", "postcode", "profession", "activity")
DROPPED = ("town", "usual_tool_other", "usual_messenger_other", "correspondents_other")
TOOL = ("usual_tool", "usual_messenger", "preferred_channel")
# Ages by decade, parted where the analysis parts them; a respondent gets the middle of the class.
DECADES = (18, 25, 35, 45, 55, 65, 100)
HALVES = (18, 45, 100)

Step = Callable[[pd.DataFrame], pd.DataFrame]


def anonymise(
    answers: pd.DataFrame, codebook: Codebook, *, k: int = 5
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a k-anonymous copy of decoded answers, and what was changed.

    Ages become the middle of a ten-year class, postcodes the number of the département with three
    zeros; a tool that fewer than `k` name is replaced by the most frequent one of the same group
    and class, which the comparisons cannot tell from it. Whoever is still in a class of fewer than
    `k` loses, one after the other until the class is large enough, département, activity,
    profession, the ten-year class (younger than 45 or not instead), gender, age and the exact tool;
    who then still stands out is left out.

    Parameters
    ----------
    answers : DataFrame
        As `esslib.survey.export.validate` returns them.
    codebook : Codebook
    k : int
        Smallest number of people who share all of `KNOWN`; a missing answer is a value.

    Returns
    -------
    copy : DataFrame
        Like `answers`, its rows in another order.
    changes : DataFrame
        change, n (respondents).

    References
    ----------
    Sweeney (2002) doi:10.1142/S0218488502001648; Hundepool et al. (2012) doi:10.1002/9781118348239.
    """
    tidy = included(clean(answers, codebook))
    kept = answers.loc[tidy.index].assign(tool=tidy["tool"].astype("str"))
    usual = _most_frequent(kept["tool"], tidy, codebook)
    sizes = kept.groupby([tidy["group"].astype("str"), "tool"])["tool"].transform("size")
    rows = kept.assign(
        age_years=_middle(kept["age_years"], DECADES),
        postcode=tidy["departement"].map("{}000".format, "ignore"),
        tool=kept["tool"].mask(sizes < k, usual),
        **dict.fromkeys((*DROPPED, *TOOL), None),
    )
    changes = {
        "excluded by the criteria, left out": len(answers) - len(kept),
        "free text, town and second tool dropped": int(kept[[*DROPPED]].notna().any(axis=1).sum()),
        "postcode cut down to the département": int(kept["postcode"].notna().sum()),
        "age put in a ten-year class": int(kept["age_years"].notna().sum()),
        "rare tool replaced by a frequent one of its class": int(
            (rows["tool"] != kept["tool"]).sum()
        ),
    }
    steps: dict[str, Step] = {
        "département dropped": lambda f: f.assign(postcode=None),
        "activity dropped": lambda f: f.assign(activity=None),
        "profession dropped": lambda f: f.assign(profession=None),
        "age put on either side of 45": lambda f: f.assign(
            age_years=_middle(f["age_years"], HALVES)
        ),
        "gender dropped": lambda f: f.assign(gender=None),
        "age dropped": lambda f: f.assign(age_years=None),
        "tool replaced likewise": lambda f: f.assign(tool=usual.loc[f.index]),
    }
    for name, step in steps.items():
        alone = _is_rare(rows, k)
        rows = pd.concat([rows[~alone], step(rows[alone])])
        changes[name] = int(alone.sum())
    changes["stood out still, left out"] = int(_is_rare(rows, k).sum())
    rows = _with_tool(rows[~_is_rare(rows, k)], codebook)
    ordered = rows[answers.columns].astype("str").sort_values([*answers.columns])
    report = pd.DataFrame(changes.items(), columns=["change", "n"])
    return ordered.reset_index(drop=True), report


def _is_rare(rows: pd.DataFrame, k: int) -> pd.Series:
    sizes = rows.groupby([*KNOWN], dropna=False)["tool"].transform("size")
    return sizes.fillna(len(rows)) < k


def _middle(ages: pd.Series, edges: tuple[int, ...]) -> pd.Series:
    numbers = pd.to_numeric(ages)
    place = np.searchsorted(edges, numbers, side="right") - 1
    middles = [(low + high) // 2 for low, high in pairwise(edges)]
    chosen = pd.Series([middles[min(p, len(middles) - 1)] for p in place], index=ages.index)
    return chosen.astype("str").where(numbers.notna())


def _most_frequent(tools: pd.Series, tidy: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Return, for everybody, the most frequent tool of the same group and class."""
    classes = codebook.tools.set_index("tool").filter(like="secured_").agg("".join, axis=1)
    by_class = [tidy["group"].astype("str"), tools.map(classes)]
    return tools.groupby(by_class).transform(lambda found: found.mode().iloc[0])


def _with_tool(rows: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Answer the questions about the tool so that they give the one in `tool`."""
    is_user = rows["uses_predice_pro"] == "yes"
    is_level = rows["tool"].isin(codebook.codes("usual_tool"))
    labels = dict(zip(codebook.tools["tool"], codebook.tools["label_fr"], strict=True))
    return rows.assign(
        usual_tool=rows["tool"].where(is_level, "other").mask(is_user),
        usual_tool_other=rows["tool"].map(labels).mask(is_level | is_user),
        preferred_channel=pd.Series("usual_tool", index=rows.index).mask(is_user),
    )


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, write the copy and say what was changed."""
    parser = argparse.ArgumentParser(
        prog="python -m esslib.privacy.anonymise",
        description="Write a copy of an export that can be shared.",
    )
    parser.add_argument("export", type=Path, help="export of the survey tool, CSV or XLSX")
    parser.add_argument("out", type=Path, help="CSV to write")
    parser.add_argument("--k", type=int, default=5, help="smallest class of people alike (5)")
    given = parser.parse_args(arguments)
    codebook = read_codebook(resolve("data/codebook"))
    try:
        answers = validate(decode(read_export(given.export, codebook).answers, codebook), codebook)
    except ExportError as error:
        print(error, file=sys.stderr)
        return 1
    copy, changes = anonymise(answers, codebook, k=given.k)
    write_export(copy, given.out, codebook)
    print(changes.to_string(index=False, header=False))
    print(f"{given.out}: {len(copy)} of {len(answers)} respondents, k = {given.k}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
