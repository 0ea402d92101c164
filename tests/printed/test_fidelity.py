"""Printed numbers beside recomputed ones typed by hand, and what the command line says."""

import re

import pandas as pd
import pytest

from printed.__main__ import main, report
from printed.book import FINDING_COLUMNS, VERDICTS
from printed.consistency import audit, count_verdicts
from printed.reproduction import reproduction

COLUMNS = ["id", "table", "row", "group", "statistic", "printed"]
SYMMETRIC = {"odds_ratio": "2.00", "ci_low": "1.20", "ci_high": "3.33"}


def printed(*cells):
    """Printed numbers: id and text, the id holding table, row, group and statistic."""
    rows = [(name, *name.split("."), text) for name, text in cells]
    return pd.DataFrame(rows, columns=COLUMNS).assign(where="p. 1", column="", note="")


def status(published, values, **options):
    found = reproduction(published, pd.Series(values, dtype=float), **options)
    return found.set_index("id")[["recomputed", "status", "reason"]].T.to_dict("list")


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("4.50", 4.504, ["4.504", "reproduced", "rounded"]),
        ("4.50", 4.505, ["4.505", "reproduced", "rounded"]),
        ("4.50", 4.505 + 4e-10, ["4.505", "reproduced", "rounded"]),
        ("4.50", 4.505 + 6e-10, ["4.505000001", "reproduced", "truncated"]),
        ("0.50", 0.505 + 0.9e-10, ["0.5050000001", "reproduced", "rounded"]),
        ("4.50", 4.52, ["4.52", "differs", "prints as 4.52"]),
        ("4.50", -4.5, ["-4.5", "differs", "prints as -4.50"]),
        ("4", 1234567.25, ["1234567.25", "differs", "prints as 1234567"]),
        ("<0.05", 0.04, ["0.04", "reproduced", "rounded"]),
        ("", 0, ["0", "reproduced", "empty cell"]),
        ("", 1, ["1", "differs", "printed empty"]),
    ],
)
def test_a_recomputed_number_prints_as_printed_or_differs(text, value, expected):
    assert status(printed(("t.x.all.mean", text)), {"t.x.all.mean": value}) == {
        "t.x.all.mean": expected
    }


def test_a_number_that_nobody_recomputes_is_taken_over():
    found = status(printed(("t.x.all.n", "9")), {"t.y.all.n": 9})
    assert found["t.x.all.n"] == [
        "",
        "reproduced",
        "stated by the study; taken over, not recomputed",
    ]


@pytest.mark.parametrize("table", ["bivariate", "multivariate"])
def test_the_text_takes_the_number_of_its_table(table):
    cells = [(f"{place}.x.all.p_value", "0.01") for place in ("text", "methods", "bivariate")]
    found = status(printed(*cells), {f"{table}.x.all.p_value": 0.012})
    assert found["text.x.all.p_value"] == ["0.012", "reproduced", "rounded"]
    assert found["methods.x.all.p_value"][0] == ""
    own = status(printed(*cells), {f"{table}.x.all.p_value": 0.012, "text.x.all.p_value": 0.03})
    assert own["text.x.all.p_value"][:2] == ["0.03", "differs"]


def test_what_cannot_be_printed_together_is_impossible_unless_reproduced():
    texts = {**SYMMETRIC, "ci_high": "1.33", "p_value": "0.60"}
    published = printed(*((f"t.x.all.{name}", text) for name, text in texts.items()))
    values = {"t.x.all.odds_ratio": 2.0, "t.x.all.ci_high": 3.33, "t.x.all.p_value": 0.01}
    found = status(published, values)
    assert found["t.x.all.odds_ratio"] == ["2", "reproduced", "rounded"]
    assert found["t.x.all.ci_high"] == ["3.33", "impossible", "interval_symmetry"]
    assert found["t.x.all.p_value"] == ["0.01", "needs", "p_from_interval"]
    assert found == status(published, values, audited=audit(published))


def test_every_check_that_bars_a_number_is_named_once():
    audited = pd.DataFrame(
        [
            ("interval_symmetry", "t.x.all.mean", "impossible", ""),
            ("p_from_interval", "t.x.all.mean", "impossible", ""),
            ("interval_symmetry", "t.x.all.mean", "impossible", ""),
            ("subtotal", "t.x.all.mean", "needs", ""),
            ("rounding_convention", "t.y.all.mean", "consistent", "truncated"),
        ],
        columns=["check", "where", "verdict", "expected"],
    )
    published = printed(("t.x.all.mean", "4.5"), ("t.y.all.mean", "4.5"))
    found = status(published, {"t.x.all.mean": 9, "t.y.all.mean": 4.59}, audited=audited)
    assert found["t.x.all.mean"] == ["9", "impossible", "interval_symmetry, p_from_interval"]
    assert found["t.y.all.mean"] == ["4.59", "reproduced", "truncated"]


def test_a_study_without_numbers_has_a_table_without_rows():
    empty = printed().astype("str")
    found = reproduction(empty, pd.Series(dtype=float))
    assert list(found) == ["id", "where", "printed", "recomputed", "status", "reason"]
    assert found.empty and audit(empty).empty
    assert set(found.dtypes.astype(str)) == set(audit(empty).dtypes.astype(str)) == {"str"}


def test_a_summary_counts_verdicts_that_nobody_got():
    symmetric = printed(*((f"t.x.all.{name}", text) for name, text in SYMMETRIC.items()))
    counts = count_verdicts(audit(symmetric)).set_index("check")
    assert counts.loc["interval_symmetry"].to_dict() == {
        "consistent": 1,
        "not_checked": 0,
        "needs": 0,
        "impossible": 0,
    }


# ---------------------------------------------------------------- the command line


def test_the_report_has_a_paragraph_for_all_that_does_not_hold_and_counts():
    columns = [*FINDING_COLUMNS]
    found = pd.DataFrame(
        [
            ("subtotal", "a", "1", "consistent", "", "1", "yes"),
            ("criteria", "b c", "2 3", "needs", "only so", "0", "why"),
            ("two_by_two", "d", "4", "impossible", "", "", "none"),
        ],
        columns=columns,
    )
    first, second, counts = report(found).split("\n\n")
    assert first == (
        "needs: criteria\n  numbers   2 3\n  at        b c\n  fits      only so\n  proof     why\n"
        "  expected  0"
    )
    assert second == "impossible: two_by_two\n  numbers   4\n  at        d\n  proof     none"
    assert counts.split("\n")[0].split() == ["check", *VERDICTS]
    assert [line.split() for line in counts.split("\n")[1:]] == [
        ["subtotal", "1", "0", "0", "0"],
        ["criteria", "0", "0", "1", "0"],
        ["two_by_two", "0", "0", "0", "1"],
    ]


def test_all_checks_are_written_for_programs(tmp_path, capsys):
    numbers, output = tmp_path / "numbers.csv", tmp_path / "out.csv"
    published = printed(*((f"t.x.all.{name}", text) for name, text in SYMMETRIC.items()))
    published.to_csv(numbers, index=False)
    assert main(["audit", str(numbers), "--output", str(output)]) == 0
    assert output.read_bytes().startswith(
        b"check,where,printed,verdict,readings,expected,proof\ninterval_"
    )
    assert b"\r" not in output.read_bytes()
    assert capsys.readouterr().out.split()[:5] == ["check", *VERDICTS]


def test_numbers_that_allow_no_check_are_no_error(tmp_path, capsys):
    path = tmp_path / "numbers.csv"
    printed(("t.x.all.mean", "")).to_csv(path, index=False)
    assert main(["audit", str(path)]) == 0
    assert capsys.readouterr().out == "These numbers allow no check.\n"


def test_a_file_that_cannot_be_read_is_one_line_on_the_error_stream(tmp_path, capsys):
    assert main(["audit", str(tmp_path / "none.csv")]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("printed: ") and "none.csv" in said.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["--help"],
            r"usage: python -m printed .*\bcheck the printed numbers of a study\n",
        ),
        (["--help"], r"\nCommand line: `python -m printed check my_numbers\.csv`"),
        (
            ["audit", "--help"],
            r"\sCSV with one row per number: id, table, row, statistic, printed; or a printed\s+table\n",
        ),
        (["audit", "--help"], r"\sCSV of links between the numbers: kind, name, rows\n"),
        (["audit", "--help"], r"\swrite all checks to this CSV\n"),
    ],
)
def test_the_help_says_what_each_file_is(arguments, says, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    with pytest.raises(SystemExit):
        main(arguments)
    assert re.search(says, capsys.readouterr().out, re.DOTALL)


def test_a_command_must_be_named(capsys):
    with pytest.raises(SystemExit):
        main([])
    assert "required: command" in capsys.readouterr().err
