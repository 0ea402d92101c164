"""Nobody in a real cohort can be found: the rules, the one door, and an attack on all tables."""

import attack
import numpy as np
import pandas as pd
import pytest
from helpers import tidy_of

from esslib.paths import resolve
from esslib.privacy import disclosure
from esslib.privacy.disclosure import (
    DisclosureError,
    Rules,
    check_min_count,
    decide,
    release,
    risk,
)
from esslib.privacy.disclosure.coarse import SETS, coarsened
from esslib.privacy.disclosure.doors import DOORS
from esslib.privacy.disclosure.gate import ASKED, KEYS, NEVER
from esslib.results import read_vocabulary
from esslib.survey.cleaning import included, tidy_answers
from esslib.survey.export import read_export
from printed.counting import count_samples

K = 5
USER = {"uses_predice_pro": "yes"}
SHIPPED_ONLY = {"reconstruction", "reconstruction_readings", "instrument_ranges"}


def people(codebook, *groups):
    """Tidy frame of so many people of each kind."""
    return tidy_of(codebook, *(person for n, person in groups for _ in range(n)))


def shown(codebook, *groups):
    return decide(people(codebook, *groups), codebook, min_count=K).shown


def test_a_group_that_is_too_small_hides_all_groups(codebook):
    assert "groups" in shown(codebook, (5, USER), (9, {}))
    assert not {"groups", "question:gender"} & shown(codebook, (4, USER), (9, {}))


def test_one_small_count_hides_the_whole_question(codebook):
    men, women = {"gender": "male"}, {"gender": "female"}
    assert "question:gender" in shown(codebook, (5, {**USER, **men}), (7, men), (6, women))
    one_more = shown(codebook, (5, {**USER, **men}), (1, {**USER, **women}), (7, men), (6, women))
    assert "question:gender" not in one_more
    assert "question:it_skill" in one_more


def test_no_answer_is_an_answer(codebook):
    assert "question:gender" not in shown(codebook, (8, USER), (8, {}), (2, {"gender": None}))
    assert "question:gender" in shown(codebook, (8, USER), (8, {}), (5, {"gender": None}))


def test_people_whom_no_class_takes_in_hide_the_classes(codebook):
    assert "classes" in shown(codebook, (5, USER), (9, {}), (5, {"usual_tool": "fax"}))
    assert "classes" not in shown(codebook, (5, USER), (9, {}), (4, {"usual_tool": "fax"}))


def test_definitions_that_differ_by_few_hide_the_classes(codebook):
    """DoctolibTeam is secured under one definition only: both sizes would give its count."""
    other = {"usual_tool": "other", "usual_tool_other": "Doctolib"}
    assert "classes" not in shown(codebook, (5, USER), (9, {}), (3, other))


def test_what_one_answer_adds_to_another_counts_too(codebook):
    """Desktop includes tablet here: the two counts give those with a desktop and no tablet."""
    both, one = {"devices": "desktop|tablet"}, {"devices": "desktop"}
    neither = {"devices": "laptop"}
    groups = [(7, {**USER, **both}), (7, both), (5, {**USER, **neither}), (5, neither)]
    assert "question:devices" in shown(codebook, *groups)
    assert "question:devices" in shown(codebook, *groups, (5, one))
    # three without a tablet beside the five who tick neither are eight: no count alone is small
    assert "question:devices" not in shown(codebook, *groups, (3, one))


def test_few_exclusions_hide_how_many_answered(codebook):
    far = {"postcode": "75011"}
    assert not {"responses", "reasons"} & shown(codebook, (8, {}), (2, far))
    assert {"responses", "reasons"} <= shown(codebook, (8, {}), (5, far))


def test_few_respondents_show_nothing(codebook):
    assert shown(codebook, (3, {})) == frozenset()


def test_a_table_without_rule_does_not_pass():
    with pytest.raises(DisclosureError, match="no rule"):
        release(pd.DataFrame({"n": [1]}), "new_table", Rules(K, frozenset()))


def test_every_result_table_has_a_rule():
    tables = {*read_vocabulary(resolve("data/codebook/results.csv"))["table"]}
    assert tables - {*DOORS} - disclosure.PUBLIC == SHIPPED_ONLY
    assert {*DOORS} >= disclosure.NEEDS_SCORES


def test_off_shows_everything(codebook):
    rules = decide(people(codebook, (1, USER), (2, {})), codebook, min_count=0)
    assert {"groups", "classes", "question:gender", "item:ess_q01:class"} <= rules.shown


def test_statistics_need_enough_people_on_each_side():
    sizes = [4, 5, 10, 20]
    rows = pd.DataFrame({"contrast": "primary", "group": list("abcd"), "n": sizes})
    columns = ("median", "q1", "q3", "min", "max", "shapiro_w", "shapiro_p")
    frame = rows.assign(mean=51.23456, sd=12.3456, **dict.fromkeys(columns, 1.23456))
    rules = Rules(K, frozenset({"contrast:primary"}), limits=(20, 80))
    found = release(frame, "group_summaries", rules).set_index("n")

    assert found["mean"].notna().tolist() == [False, True, True, True]
    assert found["median"].notna().tolist() == [False, False, True, True]
    assert found[["q1", "q3"]].notna().all(axis=1).tolist() == [False, False, False, True]
    assert found[["min", "max"]].isna().all(axis=None)
    assert found[["shapiro_w", "shapiro_p"]].notna().all(axis=1).tolist() == [False] * 3 + [True]
    assert found.loc[20, "mean"] == 51.2


def contract(name):
    vocabulary = read_vocabulary(resolve("data/codebook/results.csv"))
    rows = vocabulary[vocabulary["table"] == name]
    kinds = dict(zip(rows["column"], rows["kind"], strict=True))
    return pd.DataFrame(
        {c: ["x"] * 2 if kind == "text" else [1.5, 2.5] for c, kind in kinds.items()}
    )


TABLES = sorted({*DOORS} & {*read_vocabulary(resolve("data/codebook/results.csv"))["table"]})


@pytest.mark.parametrize("name", TABLES)
def test_nothing_passes_where_nothing_may_be_shown(name):
    """Every number of every table has a rule, and every text is the same for all cohorts."""
    frame = contract(name)
    found = release(frame, name, Rules(K, frozenset()))
    numbers = found.select_dtypes("number").columns.difference([*ASKED.get(name, ())])
    assert found[numbers].isna().all(axis=None)
    texts = found.columns.difference(frame.select_dtypes("number").columns)
    assert {*texts} <= KEYS | {*NEVER.get(name, ())}
    for column in {*NEVER.get(name, ())} & {*found}:
        assert found[column].eq("").all()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("value", [7.5, "Quetzalcoatl", True], ids=str)
def test_a_column_without_a_rule_is_not_released(name, value):
    """A table that is shown row by row withholds a new number with the row, or refuses it."""
    frame = contract(name).assign(new_column=value)
    try:
        found = release(frame, name, Rules(K, frozenset()))
    except DisclosureError as error:
        assert "new_column" in str(error)
    else:
        assert found.empty or (not isinstance(value, str) and found["new_column"].isna().all())


@pytest.mark.parametrize("min_count", [1, -7, 2.5, True])
def test_a_min_count_that_does_not_protect_is_refused(min_count):
    with pytest.raises(ValueError, match="give 2 or more"):
        check_min_count(min_count)
    assert [check_min_count(n) for n in (0, 2, 5)] == [0, 2, 5]


def test_nothing_is_said_of_an_item_that_is_withheld(codebook):
    """Three rank tests with three digits gave its counts back."""
    names = [codebook.items[0], codebook.items[1], "ess_total"]
    frame = pd.concat([contract("known_groups").iloc[:1]] * 3, ignore_index=True)
    frame = frame.assign(variable=names, p_value=[0.01, 0.02, 0.03])
    shown = frozenset({f"item:{names[1]}:class", "classes", "contrasts", "medians"})
    found = release(frame, "known_groups", Rules(K, shown)).set_index("variable")
    assert found.loc[names[0]].drop(["group_a", "group_b"]).isna().all()
    assert found["share_percent"].isna().all()  # they add up to 100
    assert found.loc[names[1], ["p_value", "p_holm"]].tolist() == [0.02, 0.02]  # not 0.04


def test_adjusted_p_values_rest_on_what_is_shown():
    frame = pd.concat([contract("bivariate_checks").iloc[:1]] * 3, ignore_index=True)
    frame = frame.assign(covariate=list("abc"), p_value=[0.01, 0.02, 0.03])
    shown = frozenset({"covariate:a", "covariate:c"})
    found = release(frame, "bivariate_checks", Rules(K, shown)).set_index("covariate")
    assert found["p_holm"].tolist()[::2] == [0.02, 0.03]
    assert found.loc["b"].isna().all()


def test_statistics_of_several_items_need_many_people(codebook):
    """The answers of four, and of five, people came back from item-rest correlations."""
    whole = dict.fromkeys(codebook.items, "agree")
    gaps = {**whole, codebook.items[0]: "not_applicable"}
    for n, is_shown in ((4, False), (5, False), (19, False), (20, True)):
        found = shown(codebook, (n, whole), (60, gaps))
        assert ("complete" in found) == is_shown
    assert "complete" not in shown(codebook, (40, whole), (3, gaps))
    assert "several" not in shown(codebook, (19, whole))


def moments(n, mean, sd, min_count=K):
    frame = pd.DataFrame({"n": [n], "mean": [mean], "sd": [sd]})
    rules = Rules(min_count, frozenset(), limits=(20, 80))
    return coarsened(frame, rules).iloc[0][["mean", "sd"]].tolist()


def n_sets(n, mean, sd):
    """How many sets of whole scores print this mean, and this SD if there is one."""
    errors = {"mean_error": 0.5 * 10.0 ** -len(mean.partition(".")[2])}
    errors["sd_error"] = 0.5 * 10.0 ** -len(sd.partition(".")[2]) if sd else 60
    return count_samples(mean, sd or "60", n, 20, 80, **errors)


@pytest.mark.parametrize("mean", [26, 50, 74])
@pytest.mark.parametrize("n", [5, 6, 7, 8, 9])
def test_a_mean_of_few_leaves_many_sets_of_scores(n, mean):
    found, sd = moments(n, mean + (0.123 if mean < 50 else -0.123), 5.0)
    assert found == mean and pd.isna(sd)
    assert n_sets(n, str(mean), "") >= SETS


@pytest.mark.parametrize(("mean", "sd"), [(26.05, 3.02), (50.4, 3.0), (73.9, 3.3), (50, 9.96)])
def test_an_sd_of_few_leaves_many_sets_of_scores(mean, sd):
    texts = [f"{number:.2g}" for number in (mean, sd)]
    assert moments(10, mean, sd) == [float(text) for text in texts]
    assert n_sets(10, texts[0], f"{float(texts[1]):.1f}") >= SETS


@pytest.mark.parametrize(
    ("n", "mean", "sd"), [(4, 50, 9), (9, 78, 2), (12, 80, 0), (19, 25.9, 7), (3, 50, 9)]
)
def test_moments_that_few_sets_print_are_withheld(n, mean, sd):
    assert all(map(pd.isna, moments(n, mean, sd)))
    assert moments(12, 50, 2.9)[0] == 50 and pd.isna(moments(12, 50, 2.9)[1])
    assert moments(20, 80, 0) == [80, 0]  # unanimous, and many: as a count would be


def test_specifications_of_small_groups_are_withheld(codebook):
    user, other = {**USER}, {"usual_tool": "mssante"}
    groups = [(8, user), (11, other), (40, {"usual_tool": "sms"})]
    tidy = people(codebook, *groups)
    assert "scores:primary" in decide(tidy, codebook, min_count=4).shown
    assert "scores:primary" not in decide(tidy, codebook, min_count=5).shown
    frame = contract("multiverse").assign(contrast="primary", adjustment="none", reason="leverage")
    found = release(frame, "multiverse", decide(tidy, codebook, min_count=5))
    assert found["reason"].eq("").all() and found["estimate"].isna().all()


def test_each_score_stands_for_several_people():
    scores = np.arange(23.0)
    frame = pd.DataFrame({"contrast": "primary", "group": "users", "ess_total": scores})
    rules = Rules(K, frozenset({"contrast:primary"}))
    found = release(frame, "scores", rules)["ess_total"]

    assert found.value_counts().tolist() == [8, 5, 5, 5]
    assert found.mean() == pytest.approx(scores.mean(), abs=0.01)
    assert release(frame, "scores", Rules(K, frozenset())).empty


def test_where_counts_are_withheld_so_is_what_gives_them_back(codebook, tmp_path):
    tidy = cohort(codebook, tmp_path / "survey.csv", n=60, seed=2)
    tables = attack.released(tidy, codebook, min_count=K)
    for name, counts in {"tableau_1": "n", "bivariate": "other_exposed"}.items():
        frame = tables[name]
        withheld = frame[frame[counts].isna()].select_dtypes("number")
        assert len(withheld)
        assert withheld.isna().all(axis=None)
    counts = [frame.filter(regex="^n_|^n$|exposed$") for frame in tables.values()]
    values = np.concatenate([frame.to_numpy(dtype=float).ravel() for frame in counts])
    assert not ((values > 0) & (values < K)).any()


def test_risk_counts_those_who_stand_out():
    frame = pd.DataFrame({"gender": list("mmmff"), "tool": ["a", "a", "b", None, None]})
    found = risk(frame, min_count=3, sets=[["gender"], ["gender", "tool"]]).set_index("known")
    assert found.loc["gender"].tolist() == [2, 2, 0, 1, 2, 40]
    assert found.loc["gender x tool"].tolist() == [3, 1, 1, 3, 5, 100]


def test_risk_does_not_itself_disclose():
    sets = [["gender"], ["age_years"]]
    frame = pd.DataFrame(
        {"gender": ["m"] * 20 + ["f"] * 3, "age_years": [*range(30, 50), 60, 60, 60]}
    )
    rules = Rules(K, frozenset({"included"}), len(frame))
    found = release(risk(frame, sets=sets), "risk", rules).set_index("known")
    assert found.isna().all(axis=None)
    spread = pd.DataFrame({"age_years": [*range(30, 50), *[60] * 6]})
    rules = Rules(K, frozenset({"included"}), len(spread))
    found = release(risk(spread, sets=[["age_years"]]), "risk", rules).iloc[0]
    assert (found["n_unique"], found["n_below"]) == (20, 20)
    assert pd.isna(found["k"])


def cohort(codebook, path, *, n, seed):
    """Tidy frame of a small cohort that is like a real one."""
    export = attack.sample_export(path, n=n, seed=seed)
    return tidy_answers(read_export(export, codebook), codebook)


def attacked(tidy, codebook, tables):
    """Ranges of every small count, question by question."""
    respondents = included(tidy)
    for variable in attack.questions(respondents, codebook):
        yield from attack.attack_question(respondents, codebook, tables, variable, min_count=K)
    for item in codebook.items[:5]:
        yield from attack.attack_item(respondents, codebook, tables, item, min_count=K)


def is_hidden(low, high):
    """As far as the tables tell, the count may be large, and it is not pinned down."""
    return high >= K and high - low >= K


@pytest.mark.slow
@pytest.mark.parametrize(("n", "seed"), [(34, 1), (60, 2)])
def test_small_counts_cannot_be_had_back_from_all_tables_together(codebook, tmp_path, n, seed):
    tidy = cohort(codebook, tmp_path / "survey.csv", n=n, seed=seed)
    tables = attack.released(tidy, codebook, min_count=K)
    assert sum(frame.select_dtypes("number").count().sum() for frame in tables.values()) > 50

    found = list(attacked(tidy, codebook, tables))

    assert len(found) > 50
    assert [each for each in found if not is_hidden(*each[2])] == []


@pytest.mark.slow
def test_the_attack_succeeds_where_only_small_cells_are_left_out(codebook, tmp_path):
    """The control: what the door adds is needed."""
    tidy = cohort(codebook, tmp_path / "survey.csv", n=60, seed=2)
    _, tables = attack.tables_of(tidy, codebook)
    tables = attack.without_small_cells(tables, min_count=K)

    respondents = included(tidy)
    exact = [
        name
        for variable in ("gender", "activity", "it_skill", "urgency", "home_visits")
        for name, true, (low, high) in attack.attack_question(
            respondents, codebook, tables, variable, min_count=K
        )
        if low == high == true
    ]

    assert exact


def test_the_flow_does_not_tell_what_it_withholds_by_subtraction():
    steps = ["invited", "no_response", "responses", "included", "analysed", "without_score"]
    groups = ["all", "all", "all", "all", "users", "users"]
    frame = pd.DataFrame({"step": steps, "group": groups, "n": [100, 58, 42, 40, 20, 3]})
    frame["excluded_because"] = ""
    shown = frozenset({"included", "groups"})
    found = release(frame, "flow", Rules(K, shown, 40)).set_index("step")["n"]
    assert found.isna().tolist() == [False, True, True, False, False, True]
    enough = frame.assign(n=[100, 58, 42, 40, 20, 6])
    found = release(enough, "flow", Rules(K, shown | {"responses"}, 40))["n"]
    assert found.notna().all()
    all_but_few = frame.assign(n=[100, 58, 42, 40, 20, 18])
    assert release(all_but_few, "flow", Rules(K, shown, 40))["n"].isna().iloc[-1]
