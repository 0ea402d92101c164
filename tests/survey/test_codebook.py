"""The codebook agrees with itself and with the design; each way to break it is named."""

import re
import shutil

import numpy as np
import pandas as pd
import pytest
from helpers import LONG_HEADINGS, unchanged

from esslib.paths import resolve
from esslib.survey.codebook import (
    KEYS,
    CodebookError,
    fold,
    map_unique,
    read_codebook,
    records,
)
from esslib.survey.export.answers import decoder
from esslib.survey.export.headings import recogniser
from esslib.survey.rules import RULES

BIVARIATE = [
    "liberal_practice",
    "age_under_45",
    "male",
    "over_3_correspondent_types",
    "urban",
    "zip_zone",
    "over_3_devices",
    "excellent_it_skills",
    "over_30_patients",
    "over_5_home_visits",
    "teleconsultation",
    "over_75_patients",
    "follow_up",
    "weekly_exchanges",
]
MULTIVARIATE = [
    "age_under_45",
    "urban",
    "zip_zone",
    "over_3_devices",
    "excellent_it_skills",
    "over_30_patients",
    "over_5_home_visits",
    "teleconsultation",
    "over_75_patients",
    "follow_up",
    "weekly_exchanges",
    "over_3_correspondent_types",
]
PUBLISHED = pd.read_csv(resolve("data/published/published.csv"), dtype=str, keep_default_na=False)
IDENTIFIER = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


@pytest.fixture
def folder(tmp_path):
    """A copy of the codebook to spoil."""
    return shutil.copytree(resolve("data/codebook"), tmp_path / "codebook")


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# -- reading


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("variables.csv", "ess_q02,5.2", "ess_q01,5.2", r"variables.csv, row 9: .*ess_q01.* twice"),
        ("levels.csv", "yes_no,no,", "yes_no,yes,", r"levels.csv, row 3: .*'yes'.* twice"),
        ("tools.csv", "tool,order", "outil,order", r"tools.csv has no column 'tool'"),
        ("levels.csv", ",match", ",pattern", r"levels.csv has no column 'match'"),
        ("groups.csv", "label_en", "label_de", r"groups.csv has no column 'label_en'"),
        ("variables.csv", "single,exposure,yes_no", "single,exposure,yesno", r"set 'yesno'"),
        ("tools.csv", "healphi\n", "healphi(\n", r"'healphi\(' is no regular expression"),
        ("covariates.csv", "both,activity,", "both,activities,", r"covariates.csv .*'activities'"),
        ("tableau_1.csv", "male,gender,", "male,sex,", r"tableau_1.csv .*'sex'"),
    ],
)
def test_a_contradiction_is_named(folder, name, old, new, message):
    spoil(folder, name, old, new)
    with pytest.raises(CodebookError, match=message):
        read_codebook(folder)


def test_a_missing_file_is_named(folder):
    (folder / "levels.csv").unlink()
    with pytest.raises(CodebookError, match=r"levels\.csv is missing"):
        read_codebook(folder)


def test_an_unknown_variable_is_named(codebook):
    with pytest.raises(CodebookError, match="no variable 'shoe_size'"):
        codebook.variable("shoe_size")


def test_the_codebook_is_frozen(codebook):
    with pytest.raises(AttributeError):
        codebook.levels = pd.DataFrame()


# -- what the design asks for


def test_the_score_has_twenty_items_from_20_to_80(codebook):
    assert codebook.items == [f"ess_q{number:02d}" for number in range(1, 21)]
    points = codebook.points
    assert list(points) == ["agree_fully", "agree", "disagree", "disagree_fully"]
    assert len(codebook.items) * min(points.values()) == 20
    assert len(codebook.items) * max(points.values()) == 80


def test_the_methods_give_one_point_to_full_agreement(codebook):
    assert codebook.points["agree_fully"] == 1
    assert codebook.points["disagree_fully"] == 4


@pytest.mark.parametrize(
    ("analysis", "expected"), [("bivariate", BIVARIATE), ("multivariate", MULTIVARIATE)]
)
def test_covariates_stand_in_the_printed_order(codebook, analysis, expected):
    rows = codebook.covariates[codebook.covariates["analysis"].isin([analysis, "both"])]
    order = pd.to_numeric(rows[f"{analysis}_order"])
    assert rows["covariate"][order.sort_values().dropna().index].tolist() == expected
    assert sorted(order.dropna()) == list(range(1, len(expected) + 1))


def test_tools_are_classed_as_the_methods_and_the_regression_class_them(codebook):
    tools = codebook.tools.set_index("tool")
    classed = tools[tools["secured_methods"] != ""]
    assert (classed["secured_methods"] == "1").sum() == 8
    assert (classed["secured_methods"] == "0").sum() == 8
    differing = classed.index[classed["secured_methods"] != classed["secured_regression"]]
    # the six respondents between both splits are a tool with six users
    assert list(differing) == ["doctolib_team"]
    unclassed = tools[tools["secured_methods"] == ""]
    assert (unclassed["secured_regression"] == "").all()


@pytest.mark.parametrize(("definition", "split"), [("methods", (38, 43)), ("regression", (32, 49))])
def test_classes_split_the_printed_tools_as_the_printed_tables_need(codebook, definition, split):
    printed = PUBLISHED[PUBLISHED["row"].str.startswith("tool.")]
    users = PUBLISHED.set_index("id").loc["tableau_1.population.users.n", "printed"]
    n = printed.set_index(printed["row"].str.removeprefix("tool."))["printed"].astype(int)
    n = pd.concat([n, pd.Series({"predice_pro": int(users)})])
    classes = codebook.tools.set_index("tool")[f"secured_{definition}"]
    assert tuple(n[classes[n.index] == side].sum() for side in ("1", "0")) == split


def test_tableau_1_has_the_printed_rows_in_the_printed_order(codebook):
    printed = PUBLISHED[PUBLISHED["table"] == "tableau_1"]["row"].drop_duplicates()
    rows = codebook.tableau_1["section"] + "." + codebook.tableau_1["level"]
    whole = codebook.tableau_1["section"] == codebook.tableau_1["level"]
    assert rows.where(~whole, codebook.tableau_1["section"]).tolist() == printed.tolist()


def test_tableau_1_counts_fifteen_tools_of_non_users(codebook):
    rows = codebook.tableau_1[codebook.tableau_1["section"] == "tool"]
    assert len(rows) == 15
    assert "predice_pro" not in set(rows["value"])
    classed = codebook.tools[codebook.tools["secured_methods"] != ""]["tool"]
    assert set(rows["value"]) == set(classed) - {"predice_pro"}


def test_the_criterion_that_tableau_1_overrules_is_kept_but_not_applied(codebook):
    criteria = codebook.criteria.set_index("reason")
    assert criteria.index[criteria["applied"] == "0"].tolist() == ["salaried"]
    assert "Tableau 1" in criteria.loc["salaried", "note"]


def test_not_applicable_is_an_answer_without_points(codebook):
    levels = codebook.levels_of("ess_q01").set_index("code")
    assert levels.index[levels["points"] == ""].tolist() == ["not_applicable"]


# -- the files agree with each other


@pytest.mark.parametrize("table", sorted(KEYS))
def test_keys_are_identifiers_and_labels_are_given(codebook, table):
    frame = getattr(codebook, table)
    key = frame[KEYS[table]]
    assert not key.duplicated().any()
    if table != "departements":
        assert key.map(IDENTIFIER.fullmatch).notna().all(axis=None)
    assert (frame[["label_fr", "label_en"]] != "").all(axis=None)


def test_orders_count_up(codebook):
    for frame, by in (
        (codebook.tools, None),
        (codebook.criteria, None),
        (codebook.groups, None),
        (codebook.contrasts, None),
        (codebook.levels, "level_set"),
    ):
        parts = [frame] if by is None else [part for _, part in frame.groupby(by)]
        for part in parts:
            assert part["order"].astype(int).tolist() == list(range(1, len(part) + 1))


def test_labels_of_one_question_differ(codebook):
    for _, levels in codebook.levels.groupby("level_set"):
        for column in ("label_fr", "label_en"):
            assert levels[column].map(fold).is_unique
    texts = codebook.variables[["name", "label_fr", "label_en"]].map(fold)
    owners = texts.assign(owner=codebook.variables["name"]).melt("owner")
    # "Profession" is the same word in both languages: one owner, several texts
    assert (owners.groupby("value")["owner"].nunique() == 1).all()


def test_every_level_set_serves_a_question(codebook):
    assert set(codebook.levels["level_set"]) == set(codebook.variables["level_set"]) - {""}


def test_free_texts_complete_a_question_that_has_the_level_other(codebook):
    completed = codebook.variables.loc[codebook.variables["other_of"] != "", "other_of"]
    assert len(completed) == 3
    assert all("other" in codebook.codes(name) for name in completed)


def test_kinds_and_limits_are_known(codebook):
    rows = codebook.variables
    assert set(rows["kind"]) == {"single", "multiple", "likert", "number", "text"}
    limited = rows[rows["max_answers"] != ""]
    assert set(limited["kind"]) == {"multiple"}
    numbers = rows[rows["kind"] == "number"]
    assert (numbers["minimum"].astype(float) < numbers["maximum"].astype(float)).all()


def test_rules_name_levels_of_their_variable(codebook):
    derived = {
        "tool": set(codebook.tools["tool"]),
        "departement": set(codebook.departements["departement"]),
    }
    tables = [codebook.covariates, codebook.tableau_1, codebook.criteria]
    rows = pd.concat(tables)
    named = rows[rows["rule"].isin(["any_of", "none_of", "only", "answers_outside"])]
    assert len(named) > 80
    for row in records(named):
        known = derived.get(row["variable"]) or set(codebook.codes(row["variable"]))
        assert set(row["value"].split()) <= known, row
    numeric = rows[rows["rule"].isin(["under", "count_over"])]
    assert numeric["value"].str.fullmatch(r"\d+").all()


def test_rules_are_known(codebook):
    own = {"tableau_1": {"total", "describe", "answers_outside"}}
    own["criteria"] = {"duplicate", "all_missing"}
    for table in ("covariates", "tableau_1", "criteria"):
        assert set(getattr(codebook, table)["rule"]) <= set(RULES) | own.get(table, set())


def test_contrasts_compare_known_groups(codebook):
    groups = set(codebook.groups["group"])
    assert set(codebook.contrasts["group_a"]) | set(codebook.contrasts["group_b"]) <= groups
    assert set(codebook.contrasts["by"]) == {"group", "tool_class"}


def test_tools_cover_every_choice_of_the_questionnaire(codebook):
    choices = set(codebook.codes("usual_tool")) | set(codebook.codes("usual_messenger"))
    assert choices - {"other"} <= set(codebook.tools["tool"])


# -- recognition


@pytest.mark.parametrize("column", ["name", "label_fr", "label_en"])
def test_every_heading_of_our_own_is_recognised(codebook, column):
    recognise = recogniser(codebook)
    for row in records(codebook.variables):
        assert [hit[:2] for hit in recognise(row[column])] == [(row["name"], None)]


def test_every_pattern_recognises_a_long_heading_and_no_other(codebook):
    recognise = recogniser(codebook)
    long = LONG_HEADINGS.items()
    found = {name: [hit[:2] for hit in recognise(heading)] for name, heading in long}
    assert found == {name: [(name, None)] for name in LONG_HEADINGS}
    assert set(LONG_HEADINGS) == set(codebook.variables.query("match != ''")["name"])


@pytest.mark.parametrize(
    "spell",
    [str.upper, str.lower, lambda text: f" {text}  ", lambda text: text.replace(" ", "\xa0")],
    ids=["upper", "lower", "blanks", "no-break"],
)
def test_every_level_is_decoded_from_its_labels(codebook, spell):
    for name in codebook.variables.query("level_set != ''")["name"]:
        decode = decoder(codebook, name)
        levels = codebook.levels_of(name)
        for column in ("label_fr", "label_en", "code"):
            assert [decode(spell(text)).level for text in levels[column]] == levels["code"].tolist()


def test_level_patterns_do_not_claim_another_level(codebook):
    """A pattern may say nothing about its own label (the label is exact), never about another's."""
    for _, levels in codebook.levels.groupby("level_set"):
        for row in records(levels):
            others = levels.loc[levels["code"] != row["code"], "label_fr"].map(fold)
            claimed = [text for text in others if re.fullmatch(row["match"], text)]
            assert claimed == [], row["code"]


def test_tool_patterns_recognise_their_labels_and_one_tool(codebook):
    for label, tool in zip(codebook.tools["label_fr"], codebook.tools["tool"], strict=True):
        fits = [r["tool"] for r in records(codebook.tools) if re.fullmatch(r["match"], fold(label))]
        assert fits == ([tool] if tool != "unlisted" else [])


# -- helpers


def test_names_by_kind_and_role(codebook):
    assert codebook.names(kind="number") == ["age_years"]
    assert codebook.names(kind="likert", role="item") == codebook.items
    assert codebook.names()[0] == "uses_predice_pro"
    assert codebook.names(kind="none such") == []


def test_indicators_and_codes(codebook):
    assert codebook.codes("activity") == ["liberal", "salaried", "mixed_liberal", "mixed_hospital"]
    assert codebook.indicators("consultation_reason") == [
        "consultation_reason__follow_up",
        "consultation_reason__acute",
        "consultation_reason__both",
    ]


def test_labels_by_language(codebook):
    assert codebook.labels("groups")["users"] == "Utilisateurs de Predice PRO"
    assert codebook.labels("groups", lang="en")["users"] == "Predice PRO users"
    assert codebook.labels("levels")["yes_no.yes"] == "Oui"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’accès est  VERROUILLÉ ?", "l acces est verrouille"),
        ("> 30 par jour", "> 30 par jour"),
        ("N/A", "n a"),
        ("e\u0301te\u0301\xa0", "ete"),
        ("Straße", "strasse"),
        ("✓ — …", ""),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_map_unique_calls_once_per_text_and_keeps_missing():
    calls = []

    def shout(text):
        calls.append(text)
        return text.upper() if text != "drop" else None

    column = pd.Series(["a", pd.NA, "a", "drop"], index=[3, 1, 4, 2], dtype="str", name="x")
    with unchanged(column.to_frame()):
        result = map_unique(column, shout)
    assert calls == ["a", "drop"]
    expected = pd.Series(["A", np.nan, "A", np.nan], index=[3, 1, 4, 2], dtype="str", name="x")
    pd.testing.assert_series_equal(result, expected)


def test_map_unique_of_nothing():
    column = pd.Series([pd.NA, pd.NA], dtype="str")
    pd.testing.assert_series_equal(map_unique(column, str.upper), column)
