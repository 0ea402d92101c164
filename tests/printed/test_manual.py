"""The README of the audit shows what the audit really answers, and names each verdict and check."""

import doctest
import re
from pathlib import Path

import pytest

from esslib.paths import resolve
from printed.__main__ import main
from printed.book import VERDICTS, Book
from printed.consistency import audit
from printed.messages import OWN
from printed.published import COLUMNS, read_published

MANUAL = resolve("printed/README.md").read_text(encoding="utf-8")
EXAMPLE = resolve("data/published/example_other_study.csv")


def block(kind):
    return re.search(rf"```{kind}\n(.*?)```", MANUAL, re.DOTALL)[1]


def first_cells(title):
    """Names in the first column of the tables of a section."""
    section = MANUAL.partition(f"## {title}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def known(kind):
    lines = (OWN.folder / "en.ftl").read_text(encoding="utf-8").splitlines()
    return [found[1] for line in lines if (found := re.match(rf"{kind}-(\w+) =", line))]


@pytest.fixture
def numbers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("my_numbers.csv").write_text(block("csv"), encoding="utf-8")
    return "my_numbers.csv"


def test_the_answer_is_the_real_one(numbers, capsys):
    assert main(["audit", numbers]) == 3
    assert capsys.readouterr().out == block("text")


def test_the_pasted_table_is_read_as_the_manual_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("my_table.txt").write_text(block("txt"), encoding="utf-8")
    assert main(["check", "my_table.txt", "--html", "report.html"]) == 1
    assert capsys.readouterr().err == block("console")
    told = block("txt").replace("Weight           ", "Weight, mean (SD)")
    Path("told.txt").write_text(told, encoding="utf-8")
    for arguments in (["told.txt"], ["my_table.txt", "--legend", "mean (SD)"]):
        assert main(["read", *arguments]) == 0
        assert "every cell was understood" in capsys.readouterr().err


def test_the_mended_numbers_hold(numbers):
    mended = block("csv").replace("3.44", "3.43").replace("1.20", "1.00")
    Path(numbers).write_text(mended, encoding="utf-8")
    assert set(audit(read_published(numbers))["verdict"]) == {"consistent"}


def test_the_python_examples_run(numbers):
    examples = doctest.DocTestParser().get_doctest(block("pycon"), {}, "README.md", None, None)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_every_verdict_check_column_and_link_is_named():
    assert first_cells("Verdicts") == [*VERDICTS]
    assert sorted(first_cells("Checks")) == sorted(known("check"))
    assert sorted(first_cells("A first verdict")) == sorted(COLUMNS)
    kinds = re.findall(r"`(\w+)` \(", Book.__doc__.partition("Kinds:")[2])
    assert sorted(first_cells("What a table cannot say of itself")) == sorted(kinds)


def test_the_published_example_and_its_slip(tmp_path):
    found = audit(read_published(EXAMPLE))
    assert (len(found), set(found["verdict"])) == (6, {"consistent", "not_checked"})
    changed = tmp_path / "changed.csv"
    text = EXAMPLE.read_text(encoding="utf-8").replace("4,00", "1,00")
    changed.write_text(text, encoding="utf-8")
    wrong = audit(read_published(changed)).query("verdict != 'consistent'")
    wrong = wrong[wrong["verdict"].ne("not_checked")]
    checks = re.findall(r"^- `(\w+)`:", MANUAL, re.MULTILINE)
    assert wrong["check"].tolist() == checks
    assert wrong["verdict"].tolist() == ["needs"] * 2


# sound rows that a check written for other rows would judge wrongly
SOUND = {
    "age by year": "n 100, odds_ratio 1.02, ci_low 0.98, ci_high 1.06",
    "linear": "n 100, coefficient 0.12, ci_low 0.05, ci_high 0.19",
    "profile": "odds_ratio 3.10, ci_low 1.02, ci_high 11.40",
    "at 90 %": "coefficient 0.50, ci_low 0.10, ci_high 0.90, p_value 0.040",
    "measurement": "n 30, mean 24.35, sd 3.10",
    "hazard ratio": "n 100, hazard_ratio 1.02, ci_low 0.98, ci_high 1.06, p_value 0.32",
}


@pytest.mark.parametrize("row", SOUND)
def test_no_sound_row_is_called_impossible(row, tmp_path):
    """When one of these fails, name it among the limits of the README until it is mended."""
    lines = ["id,table,row,group,statistic,printed"]
    for cell in SOUND[row].split(", "):
        statistic, number = cell.split()
        name = "population" if statistic == "n" else "x"
        lines.append(f"{statistic},t,{name},all,{statistic},{number}")
    file = tmp_path / "row.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert not audit(read_published(file))["verdict"].eq("impossible").any()
