"""Text that stands for a figure where it cannot be seen, written from the frame it shows.

Each ``alt_…`` takes the frame and the labels of the figure of the same name.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.figures.boxes import words_of_test
from esslib.display.figures.curve import matches
from esslib.display.figures.flow import step_text
from esslib.display.figures.forests import estimate_text, kind_of
from esslib.display.figures.style import in_order
from esslib.display.figures.tiles import status_codes

Labels = Mapping[str, str]


def alt_flow(flow: pd.DataFrame, *, labels: Labels, lang: str = "fr") -> str:
    """Describe `flow_chart`: every step and reason with its count."""
    rows = flow[flow["n"] > 0].fillna({"excluded_because": ""})
    parts = [
        step_text(row["step"], row["n"], of=labels.get(code), lang=lang)
        for row in rows.to_dict("records")
        for code in [row["excluded_because"] or row["group"]]
    ]
    return language.read_words(lang)["alt.flow"].format(steps=_join(parts, lang))


def alt_map(counts: pd.DataFrame, *, labels: Labels, lang: str = "fr") -> str:
    """Describe `map_respondents`: each département's count by group."""
    parts = []
    for code, rows in counts.groupby("departement"):
        groups = rows.groupby("group")["n"].sum(min_count=1)
        named = [
            f"{labels.get(group, group)} {language.number(groups[group], lang=lang)}"
            for group in in_order(groups.index, labels)
        ]
        parts.append(_pair(labels.get(str(code), str(code)), ", ".join(named), lang))
    return language.read_words(lang)["alt.map"].format(places=_join(parts, lang))


def alt_box(summary: pd.DataFrame, test: pd.DataFrame, *, labels: Labels, lang: str = "fr") -> str:
    """Describe `box_plot`: both groups' numbers, the difference and its p value."""
    words = language.read_words(lang)
    rows: dict[Any, Any] = summary.set_index("group").to_dict("index")
    groups = [
        words["alt.box.group"].format(label=labels.get(group, group), **_group(rows[group], lang))
        for group in in_order(rows, labels)
    ]
    said = words["box.test"].format(**words_of_test(test, lang=lang))
    return words["alt.box"].format(groups=_join(groups, lang), test=said)


def alt_likert(
    items: pd.DataFrame, *, answers: Mapping[str, str], labels: Labels, lang: str = "fr"
) -> str:
    """Describe `items_likert`: in each group, the items most and least agreed with.

    Agreement is the sum of the first two answers, in percent of all.
    """
    words = language.read_words(lang)
    columns = list(answers)
    share = 100 * items[columns[:2]].sum(axis="columns") / items[columns].sum(axis="columns")
    shares = items.assign(share=share, group=items.get("group", ""))
    groups = []
    for group in in_order(shares["group"], labels):
        rows = shares[shares["group"] == group].set_index("item")["share"].dropna()
        if rows.empty:
            continue
        most, least = str(rows.idxmax()), str(rows.idxmin())
        groups.append(
            words["alt.likert.group"].format(
                label=labels.get(group, group),
                most=labels.get(most, most),
                most_share=language.percent(rows[most], lang=lang),
                least=labels.get(least, least),
                least_share=language.percent(rows[least], lang=lang),
            )
        )
    return words["alt.likert"].format(n=items["item"].nunique(), groups=_join(groups, lang))


def alt_forest(rows: pd.DataFrame, *, labels: Labels, lang: str = "fr") -> str:
    """Describe `forest_bivariate` or `forest_multivariate`: the intervals without no effect."""
    words = language.read_words(lang)
    kind = kind_of(rows)
    neutral = language.number(kind.neutral, lang=lang)
    clear = rows[(rows["ci_low"] > kind.neutral) | (rows["ci_high"] < kind.neutral)]
    named = [
        f"{labels.get(row['covariate'], row['covariate'])} {estimate_text(row, kind, lang=lang)}"
        for row in clear.to_dict("records")
    ]
    key = "alt.forest.clear" if named else "alt.forest.none"
    said = words[key].format(neutral=neutral, rows=_join(named, lang))
    return words["alt.forest"].format(n=len(rows), clear=said)


def alt_fidelity(numbers: pd.DataFrame, *, lang: str = "fr") -> str:
    """Describe `fidelity`: counts by status, and the share reproduced in each place."""
    words = language.read_words(lang)
    codes = status_codes(words)
    totals = numbers["status"].value_counts()
    statuses = [f"{totals.get(code, 0)} {words[f'status.{code}']}" for code in codes]
    places = [
        words["alt.fidelity.place"].format(
            where=language.place(str(where), lang=lang),
            n=(found == codes[0]).sum(),
            total=len(found),
        )
        for where, found in numbers.groupby("where", sort=False)["status"]
    ]
    return words["alt.fidelity"].format(
        total=len(numbers), statuses=", ".join(statuses), places=_join(places, lang)
    )


def alt_multiverse(
    specifications: pd.DataFrame, *, reference: Mapping[str, str] | None = None, lang: str = "fr"
) -> str:
    """Describe `multiverse`: range of the estimates, intervals without 0, the thesis's reading."""
    words = language.read_words(lang)
    estimates = specifications["estimate"]
    clear = (specifications["ci_low"] > 0) | (specifications["ci_high"] < 0)
    text = words["alt.multiverse"].format(
        n=len(specifications),
        low=language.number(estimates.min(), decimals=1, lang=lang),
        high=language.number(estimates.max(), decimals=1, lang=lang),
        clear=int(clear.sum()),
    )
    for place in matches(specifications, reference or {})[:1]:
        value = language.number(estimates.iloc[place], decimals=1, lang=lang)
        text += words["alt.multiverse.thesis"].format(estimate=value)
    return text


def _group(row: Mapping[str, float], lang: str) -> dict[str, str]:
    def ends(low: str, high: str) -> str:
        return language.interval(row[low], row[high], decimals=1, lang=lang)

    return {
        "n": language.number(row["n"], lang=lang),
        "mean_sd": language.mean_sd(row["mean"], row["sd"], lang=lang),
        "median": language.number(row["median"], decimals=1, lang=lang),
        "quartiles": ends("q1", "q3"),
        "extremes": ends("min", "max"),
    }


def _pair(label: str, value: object, lang: str) -> str:
    return language.read_words(lang)["alt.pair"].format(label=label, value=value)


def _join(parts: Iterable[str], lang: str) -> str:
    return language.read_words(lang)["alt.separator"].join(parts)
