"""The audit for people: no word of the other language, numbers with commas, names as labels."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from printed.__main__ import main
from printed.consistency import audit, read_links
from printed.messages import OWN
from printed.numerals import NO_BREAK
from printed.published import read_published

FOLDER = Path(__file__).parents[2] / "data" / "published"
ENGLISH = re.compile(
    r"\b(the|of|in|and|with|is|are|has|give|gives|at|by|no|none|to|from|people|rows?|table|tables"
    r"|printed|prints|sum|group|least|most|estimate|interval|other|or|any)\b"
)
WITHOUT_THE_LIBRARY = """
import sys
sys.modules["esslib"] = None
from printed.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def published():
    return read_published(FOLDER / "published.csv")


@pytest.fixture(scope="module")
def links():
    return read_links(FOLDER / "links.csv")


@pytest.fixture(scope="module")
def found(published, links):
    return audit(published, links)


def test_no_english_is_left(found, published, links):
    labels = {name: "X" for where in found["where"] for name in where.split(".")}
    labels |= {"users": "utilisateurs", "non_users": "autres"}
    french = audit(published, links, lang="fr", labels=labels)
    for column in ("proof", "expected"):
        left = [text for text in french[column] if ENGLISH.search(text)]
        assert left == []
        assert not french[column].str.contains(r"\d\.\d|  ", regex=True).any()


def test_other_columns_are_the_same_in_every_language(found, published, links):
    same = ["check", "where", "printed", "verdict"]
    for lang in ("fr", "en"):
        told = audit(published, links, lang=lang)
        pd.testing.assert_frame_equal(told[same], found[same])


def test_labels_and_commas(published, links):
    labels = {"zone.zac": "ZAC", "users": "utilisateurs", "non_users": "non-utilisateurs"}
    french = audit(published, links, lang="fr", labels=labels)
    row = french[french["where"].str.startswith("tableau_1.zone.zip")].iloc[0]
    assert "ZAC (7) + zone.zar (2)" in row["expected"]
    direction = french.loc[french["check"] == "score_direction", "proof"].item()
    means = "utilisateurs_: 63,9_; non-utilisateurs_: 47,3".replace("_", NO_BREAK)
    assert direction.startswith(means)


def test_english_has_no_technical_name_left(published, links, codebook):
    tables = ("groups", "variables", "tableau_1", "contrasts")
    labels = {k: v for table in tables for k, v in codebook.labels(table, lang="en").items()}
    labels |= dict(
        zip(codebook.covariates["covariate"], codebook.covariates["label_en"], strict=True)
    )
    labels |= {f"ess_points.{code}": code.replace("_", " ") for code in codebook.points}
    english = audit(published, links, lang="en", labels=labels)
    for column in ("proof", "expected"):
        assert [text for text in english[column] if re.search(r"[a-z]_[a-z]", text)] == []
        assert not english[column].str.contains(r"\d,\d|(?<![\w.])-\d", regex=True).any()


def test_every_message_speaks_both_languages():
    names = {
        lang: {
            line.split(" =")[0]
            for line in (OWN.folder / f"{lang}.ftl").read_text(encoding="utf-8").splitlines()
            if re.match(r"[a-z][\w-]* =", line)
        }
        for lang in ("fr", "en")
    }
    assert names["fr"] == names["en"]


@pytest.mark.parametrize(("lang", "said"), [("fr", "possible sous une lecture"), ("en", "needs")])
def test_the_command_speaks_both_languages(lang, said, capsys):
    numbers, others = FOLDER / "published.csv", FOLDER / "links.csv"
    assert main(["audit", str(numbers), "--links", str(others), "--lang", lang]) == 1
    assert said.casefold() in capsys.readouterr().out.casefold()
    assert main(["audit", "nothing.csv", "--lang", lang]) == 2
    assert "nothing.csv" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["published.csv", "example_other_study.csv"])
def test_the_whole_audit_runs_without_the_library(lang, name):
    """In a process in which importing `esslib` fails."""
    given = [FOLDER / name, "--lang", lang]
    given += ["--links", FOLDER / "links.csv"] if name == "published.csv" else []
    command = [sys.executable, "-W", "error", "-c", WITHOUT_THE_LIBRARY, "audit", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (int(name == "published.csv"), "")
    assert done.stdout.strip()
