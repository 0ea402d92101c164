"""What a row declares, the readings in use of the rest, and what a check says under them."""

import re

import pytest

from printed.book import Entry
from printed.declared import DECLARED, NUMERIC, admissible, declaration, in_use, known_readings
from printed.judging import FREE, Check, Judged, under_readings
from printed.messages import OWN, InputError
from printed.published import parse, read_published, statistics


def cell(statistic, text, **declared):
    return Entry(f"x.{statistic}", "t", "x", "all", statistic, parse(text), "", declared)


def check(*fits, options=("convention", "kind")):
    """A check that is met under the readings whose values hold one of `fits`."""

    def judge(numbers, reading):
        return Judged(any(fit <= {*reading.values()} for fit in fits), proof="why")

    return Check("granularity", options, judge)


def found(check, **declared):
    row = under_readings({"mean": cell("mean", "3.44", **declared)}, check).row()
    return row["verdict"], row["readings"]


def test_impossible_only_when_every_reading_fails():
    assert found(check()) == ("impossible", "")
    assert found(check({"truncated"})) == ("needs", "only if truncated")
    assert found(check({"truncated"}), convention="rounded") == ("impossible", "")
    assert found(check({"truncated"}), convention="truncated") == ("consistent", "")
    assert found(check({"rounded"}, {"truncated"})) == ("consistent", "")


def test_conditions_are_the_shortest():
    both = check({"truncated"}, {"rounded", "continuous"})
    assert found(both)[1] == "only if truncated or of values that are not whole numbers"
    together = check({"truncated", "whole"})
    assert found(together)[1] == "only if truncated and of whole numbers"


def test_a_check_without_power_is_not_checked():
    powerless = Check("granularity", ("kind",), lambda numbers, reading: FREE)
    assert found(powerless)[0] == "not_checked"
    finding = under_readings({"mean": cell("mean", "3.44")}, powerless)
    assert finding.row()["proof"] == "no numbers printed so could fail this check"


def test_what_one_cell_declares_holds_for_its_row():
    row = {"mean": cell("mean", "3.4", kind="whole"), "sd": cell("sd", "1.0")}
    assert under_readings(row, check({"continuous"})).verdict == "impossible"
    row["sd"] = cell("sd", "1.0", kind="continuous")
    with pytest.raises(InputError, match=r"x.sd: kind is continuous, and whole"):
        under_readings(row, check({"continuous"}))


def test_choices_of_a_place_replace_those_of_the_file():
    known = admissible({"n": "20"}, ("answered", "kind"), {"answered": ("all",)})
    assert {tuple(reading.sizes()) for reading in known} == {(20,)}
    assert [*admissible({"n": "4"}, ("answered",))[1].sizes()] == [3, 2, 1]


def test_every_reading_has_words_and_a_source():
    frame = known_readings()
    assert frame["source"].str.match(r"(doi:10\.|https://)\S+$").all()
    assert set(frame["option"]) - {"answered"} == {*DECLARED} - {*NUMERIC} | {"level"}
    for option, value in zip(frame["option"], frame["value"], strict=True):
        name = "reading-level" if option == "level" else f"reading-{option}-{value}"
        assert all(OWN.knows(name, lang=lang) for lang in ("en", "fr"))
    assert all(in_use(option) for option in frame["option"].unique())


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        ("level", "0.9", "90"),
        ("level", "97,5 %", "97.5"),
        ("kind", " Whole", "whole"),
        ("n", "12", "12"),
        ("events", "0", "0"),
        ("order", "B-A", "b-a"),
        ("test", "", ""),
    ],
)
def test_declarations_are_read(option, text, value):
    assert declaration(option, text) == value


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("interval", "walt", "the nearest is wald"),
        ("kind", "zzzz", "choose one of: whole, binary, continuous"),
        ("n", "0", "n '0' is not a whole number of 1 or more"),
        ("items", "1.5", "items '1.5' is not a whole"),
        ("events", "-1", "events '-1' is not"),
        ("level", "12", "level '12' is no level"),
        ("level", "abc", "level 'abc' is no level"),
    ],
)
def test_wrong_declarations_are_told(option, text, said):
    with pytest.raises(InputError, match=re.escape(said)):
        declaration(option, text)


def typed(tmp_path, *lines, heading="id,table,row,group,statistic,printed"):
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([heading, *lines]), encoding="utf-8")
    return read_published(path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1,t,x,a,SD,1.0", "line 2: statistic 'SD' is unknown; the nearest is sd"),
        ("1,t,x,a,odd_ratio,1.0", "the nearest is odds_ratio"),
        ("1,t,x,a,odds_ratio,-1.2", "line 2: odds_ratio -1.2 is below 0"),
        ("1,t,x,a,p_value,1.2", "p_value 1.2 is above 1"),
        ("1,t,x,a,r,-1.01", "r -1.01 is below -1"),
        ("1,t,x,a,n,10.5", "n 10.5 is not a whole number"),
        ('1,t,x,a,n,"15,522"', "'15,522' may be 15522 or 15.522"),
        ('1,t,x,a,mean,"1,234,567"', "may be 1234567"),
    ],
)
def test_numbers_that_cannot_be_are_told_with_their_line(tmp_path, line, said):
    with pytest.raises(InputError, match=re.escape(said)):
        typed(tmp_path, line)


def test_the_ends_of_a_ratio_are_above_zero(tmp_path):
    ends = "2,t,x,a,ci_low,-2.0"
    assert len(typed(tmp_path, "1,t,x,a,difference,1.0", ends)) == 2
    with pytest.raises(InputError, match=r"line 3: ci_low -2\.0 is below 0"):
        typed(tmp_path, "1,t,x,a,odds_ratio,1.0", ends)


def test_a_file_with_decimal_commas_has_no_thousands(tmp_path):
    read = typed(tmp_path, '1,t,x,a,mean,"1,588"', '2,t,x,a,sd,"0,50"')
    assert read["printed"].tolist() == ["1.588", "0.50"]


def test_declared_columns_are_read(tmp_path):
    heading = "id,table,row,group,statistic,printed,kind,level"
    read = typed(tmp_path, "1,t,x,a,mean,1.5,Whole,0.99", heading=heading)
    assert read.loc[0, ["kind", "level", "interval"]].tolist() == ["whole", "99", ""]
    with pytest.raises(InputError, match=r"line 2: kind 'wole' is unknown; the nearest is whole"):
        typed(tmp_path, "1,t,x,a,mean,1.5,wole,", heading=heading)


def test_statistics_have_rules_that_can_be_read():
    assert set(statistics()["whole"]) == {"", "yes"}
    assert {"mean", "odds_ratio", "p_value"} < set(statistics().index)
