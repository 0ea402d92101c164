"""Who answered, group by group, and how easily somebody could be recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice
from printed.numerals import NO_BREAK

COLUMNS = ("section", "level", "group", "n", "n_answered", "percent")
MOMENTS = ("mean", "sd", "median", "q1", "q3")
BALANCE = ("section", "level", "standardised_difference", "test", "p_value")
WHOLE = "population"
RISK = ("n_classes", "k", "n_unique", "n_below")

Row = tuple[str, list[str]]


def counts(codes: pd.Series, voice: Voice) -> TextTable:
    """Show how often each code of a column occurs, most frequent first; missing ones are left out.

    The label of the column's name heads the codes.
    """
    found = codes.dropna().astype("str").value_counts(sort=False).sort_index()
    ordered = found.sort_values(ascending=False, kind="stable")
    rows = [[voice.label(str(code)), voice.number(n)] for code, n in ordered.items()]
    kind = "matches" if codes.name == "match" else "counts"
    return text_table(voice, kind, rows, headings=[voice.label(str(codes.name)), "n"])


def texts_read(reading: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how an export was read: the file, its headings, and the level of each text.

    Takes `esslib.survey.how_read.how_read`. What respondents wrote is not shown of a real cohort
    whose small counts are withheld.
    """
    is_plain = reading["method"].eq("number") & reading["text"].eq(reading["level"])
    is_told = reading["part"].isin(["answer", "notice"]) & voice.is_protected
    rows = rows_of(reading[~is_plain & ~is_told])
    lines = [
        [
            row["heading"] or row["text"] or row["method"],
            _read_as(row, voice),
            voice.find(f"reading_method-{row['method']}") or row["method"],
            "" if pd.isna(row["n"]) else voice.number(row["n"]),
        ]
        for row in rows
    ]
    return text_table(
        voice,
        "reading",
        lines,
        headings=[voice.say(f"reading_column-{name}") for name in ("text", "level", "method")]
        + ["n"],
        sections=[
            voice.label(row["variable"])
            if row["part"] == "answer"
            else voice.say(f"reading_part-{row['part']}")
            for row in rows
        ],
    )


def _read_as(row: Mapping[str, Any], voice: Voice) -> str:
    """Name the question of a heading, or the levels that a text was read as."""
    levels = [voice.label(key) for key in str(row["level"]).split("|")]
    asked = voice.label(row["variable"]) if row["part"] == "heading" else ""
    return " : ".join(filter(None, [asked, ", ".join(filter(None, levels))]))


def characteristics(frame: pd.DataFrame, balance: pd.DataFrame | None, voice: Voice) -> TextTable:
    """Show the characteristics of the respondents, one column per group.

    Takes ``tableau_1.csv``, whose section ``population`` gives the size of the groups, and
    ``tableau_1_tests.csv`` or nothing: it adds two columns and names the tests in a note. Sections,
    levels and groups stand in the order of the frame. A number takes two rows, mean ± SD and median
    [Q1 ; Q3]. Where some did not answer, a row says how many did.
    """
    counted = checked(frame, (*COLUMNS, *MOMENTS), table="tableau_1")
    sizes = counted.groupby("group", sort=False)["n_answered"].max()
    blocks = counted[counted["section"] != WHOLE].groupby("section", sort=False)
    lines = [
        _Line(str(section), level, _title(str(section), block, voice), cells)
        for section, block in blocks
        for level, cells in _block(block, sizes, voice)
    ]
    groups = [
        voice.say("table_group", label=voice.label(str(group)), n=voice.number(size))
        for group, size in sizes.items()
    ]
    table = text_table(
        voice,
        "tableau_1",
        [line.cells for line in lines],
        headings=[*headed(voice, "characteristic"), *groups],
        sections=[line.title for line in lines],
    )
    return table if balance is None else _balanced(table, lines, balance, voice)


def reidentification(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how easily respondents could be told apart, one row per set of characteristics.

    Takes ``risk.csv``; a class of people as large as the study's `min_count` counts as safe.
    """
    shown = checked(frame, ("known", *RISK, "percent_below"), table="risk")
    rows = [
        [
            ", ".join(map(voice.label, row["known"].split(" x "))),
            *(voice.number(row[name]) for name in RISK),
            voice.percent(row["percent_below"]),
        ]
        for row in rows_of(shown)
    ]
    headings = [
        voice.say(f"table_risk-{name}", n=voice.number(voice.min_count))
        for name in ("known", *RISK, "share")
    ]
    return text_table(voice, "risk", rows, headings=headings)


@dataclass(frozen=True)
class _Line:
    """A row of the table; `level` is empty on rows that only complete another."""

    section: str
    level: str
    title: str
    cells: list[str]


def _block(block: pd.DataFrame, sizes: pd.Series, voice: Voice) -> Iterator[Row]:
    section = block["section"].iloc[0]
    for level, cells in block.groupby("level", sort=False):
        by_group = cells.set_index("group").reindex(sizes.index)
        if by_group["mean"].notna().any():
            yield from _moments(str(level), by_group, voice)
        else:
            shares = [_count(row, voice) for row in rows_of(by_group)]
            yield str(level), [voice.label(f"{section}.{level}"), *shares]
    answered = block.groupby("group")["n_answered"].max().reindex(sizes.index)
    if (answered < sizes).any():
        pairs = zip(answered, sizes, strict=True)
        known = [
            voice.say("table_of", n=voice.number(n), total=voice.number(of)) for n, of in pairs
        ]
        yield "", [*headed(voice, "answered"), *known]


def _moments(level: str, by_group: pd.DataFrame, voice: Voice) -> Iterator[Row]:
    rows = rows_of(by_group)
    spread = [voice.mean_sd(row["mean"], row["sd"]) for row in rows]
    middle = [voice.estimate(row["median"], row["q1"], row["q3"], decimals=1) for row in rows]
    yield level, [*headed(voice, "mean_sd"), *spread]
    yield "", [*headed(voice, "median_quartiles"), *middle]


def _count(row: Mapping[str, Any], voice: Voice) -> str:
    if not row["n"] or pd.isna(row["percent"]):
        return voice.number(row["n"])
    return voice.count_percent(int(row["n"]), int(row["n_answered"]))


def _title(section: str, block: pd.DataFrame, voice: Voice) -> str:
    """Title of a block; it says so where the answers outnumber those who answered."""
    shares = block.dropna(subset="percent")
    # a row that counts those who did not answer has a larger base
    asked = shares["n_answered"] == shares.groupby("group")["n_answered"].transform("min")
    totals = shares[asked].groupby("group").agg({"n": "sum", "n_answered": "max"})
    several = (totals["n"] > totals["n_answered"]).any()
    title = voice.label(section)
    return voice.say("table_several", label=title) if several else title


def _balanced(
    table: TextTable, lines: list[_Line], balance: pd.DataFrame, voice: Voice
) -> TextTable:
    """Add standardised differences and p values, each p with the letter of its test."""
    rows = rows_of(checked(balance.fillna({"level": ""}), BALANCE, table="tableau_1, balance"))
    tests = dict.fromkeys(row["test"] for row in rows if not pd.isna(row["p_value"]))
    signs = dict(zip(tests, ascii_lowercase, strict=False))
    headings = headed(voice, "standardised_difference", "p")
    added = pd.DataFrame("", index=table.cells.index, columns=headings)
    places = _places(lines)
    for row in rows:
        if (place := places.get((row["section"], row["level"]))) is not None:
            added.loc[place] = _compared(row, signs, voice)
    names = [
        voice.say("table_test", sign=sign, name=voice.label(f"test.{test}"))
        for test, sign in signs.items()
    ]
    notes = [
        voice.say("table_tableau_1-balance"),
        voice.say("table_tableau_1-tests", tests=", ".join(names)),
    ]
    cells = pd.concat([table.cells, added], axis=1)
    return replace(table, cells=cells, notes=(*table.notes, *notes))


def _places(lines: list[_Line]) -> dict[tuple[str, str], int]:
    """Row of each level, and first row of each section."""
    places: dict[tuple[str, str], int] = {}
    for place, line in enumerate(lines):
        places.setdefault((line.section, ""), place)
        places.setdefault((line.section, line.level), place)
    return places


def _compared(row: Mapping[str, Any], signs: Mapping[str, str], voice: Voice) -> list[str]:
    p = voice.p(row["p_value"])
    sign = signs.get(row["test"])
    marked = f"{p}{NO_BREAK}{sign}" if sign and not pd.isna(row["p_value"]) else p
    return [voice.number(row["standardised_difference"], decimals=2), marked]
