"""The README says what the result tables say, and names what is there."""

import re
from importlib.util import find_spec

import pandas as pd
import pytest

from esslib.paths import resolve
from esslib.results import read_result, read_vocabulary
from esslib.survey.codebook import read_codebook
from printed import numerals

README = resolve("README.md").read_text(encoding="utf-8")
CODEBOOK = resolve("data/codebook")


def result(name):
    return read_result(name, resolve("results/tables"), read_vocabulary(CODEBOOK / "results.csv"))


def main_table():
    """The lines of the README's table, made from the result tables."""
    labels = read_codebook(CODEBOOK).labels("groups", lang="en")
    summaries = result("group_summaries").set_index(["contrast", "group"])
    for test in result("group_tests").itertuples():
        rows = summaries.loc[test.contrast]
        groups = [
            f"{labels[group]}: {numerals.mean_sd(row['mean'], row['sd'], lang='en')} (n = {row['n']})"
            for group, row in rows.iterrows()
        ]
        difference = numerals.number(test.difference, decimals=1, lang="en")
        interval = numerals.interval(test.ci_low, test.ci_high, decimals=1, lang="en")
        p = numerals.p_value(test.p_value, lang="en")
        yield f"| {groups[0]} | {groups[1]} | {difference} {interval} | {p} |".replace("\xa0", " ")


def test_the_main_table_is_the_computed_one():
    lines = README.replace("\xa0", " ").splitlines()
    assert [line for line in main_table() if line not in lines] == []


def test_every_notebook_is_in_the_map():
    notebooks = {path.stem for path in resolve("notebooks").glob("[0-9]*.ipynb")}
    assert notebooks <= set(re.findall(r"`(\d\d_\w+)`", README))


def test_linked_files_exist():
    targets = re.findall(r"\]\(([^):#]+)\)", README)
    assert targets
    assert [target for target in targets if not resolve(target).exists()] == []


def test_modules_of_tables_exist():
    """Who reads a file of the codebook, and which modules mutation testing was done on."""
    read = re.findall(
        r"^\| `[^|]+\|[^|]+\|([^|]+)\|$", resolve("data/README.md").read_text(), re.MULTILINE
    )
    tried = re.findall(
        r"^\| `([\w.]+)` \| \d", resolve("tests/mutation.md").read_text(), re.MULTILINE
    )
    named = [name for cell in read for name in re.findall(r"`([\w.]+)`", cell)]
    assert len(read) > 15 and len(tried) > 20
    assert len(named) >= len(read)
    places = {"scoring": "score.scoring", "cleaning": "survey.cleaning"}
    modules = [places.get(name, name) for name in [*named, *tried]]
    known = [m if m.startswith("printed.") else f"esslib.{m}" for m in modules]
    assert [name for name in known if not find_spec(name)] == []


def test_modules_that_documents_name_exist():
    documents = [*resolve(".").glob("*.md"), resolve("Makefile"), *CODEBOOK.glob("*.csv")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents)
    modules = {".".join(found.split(".")[:2]) for found in re.findall(r"\besslib(?:\.\w+)+", text)}
    paths = set(re.findall(r"(?<![\w/])(?:esslib|printed|tests|benchmarks)/[\w./-]*\w", text))
    assert modules
    assert [name for name in sorted(modules) if not find_spec(name)] == []
    assert [path for path in sorted(paths) if not resolve(path).exists()] == []


def test_result_tables_named_in_the_map_exist():
    known = set(pd.read_csv(CODEBOOK / "results.csv")["table"])
    table_cells = re.findall(r"^\| `\d\d_\w+` \|[^|]*\|([^|]*)\|$", README, re.MULTILINE)
    named = {name for cell in table_cells for name in re.findall(r"`(\w+)`", cell)}
    assert named
    assert named <= known


@pytest.mark.parametrize(
    ("history", "columns"),
    [
        ("history", ["rebuild_to_plain", "rebuild_to_floor"]),
        ("history_country", ["ratio", "peak_gib"]),
        ("batch_history", ["tables_to_papermill", "tables_efficiency"]),
    ],
)
def test_the_times_are_those_last_measured(history, columns):
    last = pd.read_csv(resolve(f"benchmarks/{history}.csv"), dtype=str).iloc[-1]
    section = README.partition("## How fast")[2].partition("\n## ")[0]
    assert [
        column for column in columns if last[column] not in re.findall(r"[\d.]+", section)
    ] == []
