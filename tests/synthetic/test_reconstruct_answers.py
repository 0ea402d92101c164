"""Raw answers of synthetic people: every count, coherent, and back from the written export."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from esslib.paths import resolve
from esslib.survey.classes import covariates
from esslib.survey.cleaning import clean, included
from esslib.survey.codebook import read_codebook
from esslib.survey.export import decode, read_export, validate
from esslib.survey.writer import write_export
from esslib.synthetic import drawn_answers as answers_module
from esslib.synthetic.drawn_answers import draw_answers
from esslib.synthetic.exact_answers import exact_answers
from esslib.synthetic.excluded import NUMBER, Fieldwork, with_excluded
from esslib.synthetic.export_rows import raw_answers
from esslib.synthetic.heat_bath import mixed
from esslib.synthetic.margins import weight
from esslib.synthetic.no_solution import NoSolution
from esslib.synthetic.plausibility import pick, plausibility
from esslib.synthetic.published_targets import published_targets
from esslib.synthetic.questions import question_of
from esslib.synthetic.targets import (
    Count,
    Dichotomy,
    RegressionRow,
    Stratum,
    Targets,
)
from printed.published import read_published

BOOK = read_codebook(resolve("data/codebook"))
STRATA = Stratum("users", 8, group="users"), Stratum("others", 12, group="non_users")
USERS, OTHERS, ALL = ("users",), ("others",), ("users", "others")
MALE = Dichotomy("male", "gender", "any_of", "male")
MANY = Dichotomy("many", "devices", "count_over", "3")
DEVICES = BOOK.codes("devices")


def shipped(name):
    return pd.read_csv(resolve(f"data/codebook/{name}.csv"), dtype=str, keep_default_na=False)


def counted(variable, level, strata, n):
    return Count(f"{variable}.{level}.{'+'.join(strata)}", strata, variable, "any_of", level, n)


def regression_on(*dichotomies):
    return tuple(RegressionRow(each, "0", "-1", "1") for each in dichotomies)


COUNTS = (
    counted("gender", "male", USERS, 3),
    counted("gender", "female", USERS, 5),
    counted("urgency", "urgent", OTHERS, 4),
    counted("urgency", "not_urgent", OTHERS, 2),
    counted("urgency", "both", OTHERS, 5),
    counted("zone", "urban", ALL, 9),
    Count("zone.other", USERS, "zone", "answers_outside", "urban", 6),
    Count("purposes", USERS, "exchange_purposes", "missing", "", 2),
)
# At its end: each ticks four devices or one, so hardly any answers have these counts.
TIGHT = tuple(
    counted("devices", level, ALL, n)
    for level, n in zip(DEVICES, (16, 14, 9, 6, 5, 0), strict=True)
)
SMALL = Targets(STRATA, COUNTS)


def people_of(targets, seed=0):
    rng = np.random.default_rng(seed)
    strata = targets.row_strata()
    groups = {stratum.name: stratum.group for stratum in targets.strata}
    tool = ["predice_pro" if name == "users" else "phone" for name in strata]
    people = pd.DataFrame({"group": [groups[name] for name in strata], "tool": tool})
    return people.assign(age_years=rng.integers(26, 66, len(strata)), male=0, many=0)


def drawn(targets, seed=1, **known):
    people = people_of(targets).assign(**known)
    rng = np.random.default_rng(seed)
    return draw_answers(targets, BOOK, people, shipped("coherence"), rng)


def missed(targets, people):
    strata = pd.Series(targets.row_strata(), people.index)
    achieved = {c.id: int(weight(people[strata.isin(c.strata)], c).sum()) for c in targets.counts}
    return {c.id: achieved[c.id] - c.n for c in targets.counts if achieved[c.id] != c.n}


@pytest.fixture(scope="module")
def small():
    return drawn(SMALL)


@pytest.fixture(scope="module")
def small_raw(small):
    rng = np.random.default_rng(4)
    items = pd.DataFrame(rng.integers(0, 5, (len(small), len(BOOK.items))), columns=BOOK.items)
    uses = small["group"].eq("users")
    told = small.assign(
        uses_predice_pro=uses.map({True: "yes", False: "no"}),
        usual_tool="other",
        usual_tool_other='Appel ; puis "courrier"',
        usual_messenger=uses.map({True: "predice_pro", False: "whatsapp"}),
        preferred_channel="usual_messenger",
        postcode="02100",
        town="Saint-Quentin",
    )
    return raw_answers(pd.concat([told, items], axis=1), BOOK)


@pytest.fixture(scope="module")
def fieldwork():
    names = "excluded_records", "fieldwork", "places", "coherence"
    return Fieldwork(*(shipped(name) for name in names))


def test_every_count_is_met(small):
    assert missed(SMALL, small) == {}


def test_nobody_leaves_a_question_open_unless_counts_say_so(small):
    open_ = {
        name: int(small[[c for c in small if c.split("__")[0] == name]].isna().all(axis=1).sum())
        for name in BOOK.names(role="characteristic")
    }
    assert {name: n for name, n in open_.items() if n} == {"urgency": 1, "exchange_purposes": 2}


def test_answers_keep_to_the_questionnaire(small_raw):
    assert validate(small_raw, BOOK) is small_raw


def test_a_seed_gives_one_result(small):
    pd.testing.assert_frame_equal(drawn(SMALL), small)
    assert not drawn(SMALL, seed=2).equals(small)


def test_answers_follow_from_the_covariates():
    wanted = np.arange(20) % 2
    targets = replace(SMALL, counts=(), regression=regression_on(MALE, MANY))
    found = drawn(targets, male=wanted, many=wanted[::-1])
    assert found["gender"].eq("male").astype(int).tolist() == wanted.tolist()
    ticks = found[BOOK.indicators("devices")].sum(axis=1)
    assert (ticks > 3).astype(int).tolist() == wanted[::-1].tolist()


def test_tight_counts_are_met_by_the_integer_program(monkeypatch):
    """What the heat bath may miss, the integer program finds and the mixing keeps."""
    monkeypatch.setattr(answers_module, "heat_bath", lambda _, chance, rng: pick(chance, rng))
    targets = Targets(STRATA, TIGHT, regression=regression_on(MANY))
    found = drawn(targets, many=[1, 0] * 10)
    assert missed(targets, found) == {}
    assert (found[BOOK.indicators("devices")].sum(axis=1) > 3).tolist() == [True, False] * 10


def test_mixing_makes_answers_more_plausible_and_keeps_the_counts():
    targets = replace(SMALL, counts=(counted("gender", "male", ALL, 10),))
    people = people_of(targets).assign(age_years=[30] * 10 + [60] * 10)
    row = {"variable": "gender", "level": "male", "given": "age_years", "rule": "under"}
    coherence = pd.DataFrame([row | {"value": "40", "log_weight": "6"}])
    question = question_of("gender", targets, BOOK, (people, coherence))
    chances = question.without_answer(-np.inf)
    men, women = BOOK.codes("gender").index("male"), BOOK.codes("gender").index("female")
    start = np.array([women] * 10 + [men] * 10)
    found = mixed(question, chances, start, np.random.default_rng(1))
    assert not question.missed(found).any()
    assert (found[:10] == men).sum() > 7


def test_exact_answers_are_none_when_there_are_none():
    count = counted("gender", "male", USERS, 3)
    targets = Targets(STRATA, (count,), regression=regression_on(MALE))
    people = people_of(targets).assign(male=1)
    question = question_of("gender", targets, BOOK, (people, shipped("coherence").iloc[:0]))
    start = np.zeros(len(people), dtype=np.int64)
    assert exact_answers(question, question.chance, start, np.random.default_rng(1)) is None


@pytest.mark.parametrize(
    ("counts", "known", "conflict"),
    [
        pytest.param(
            (counted("gender", "male", USERS, 5), counted("gender", "female", USERS, 4)),
            {},
            {"gender.male.users", "gender.female.users"},
            id="counts add up to too many",
        ),
        pytest.param(
            (counted("gender", "female", OTHERS, 6), counted("gender", "male", USERS, 2)),
            {"male": [1] * 8 + [0] * 12},
            {"gender.male.users", "male"},
            id="the covariate has more men",
        ),
    ],
)
def test_a_contradiction_names_its_targets(counts, known, conflict):
    regression = regression_on(MALE) if known else ()
    with pytest.raises(NoSolution) as raised:
        drawn(Targets(STRATA, counts, regression=regression), **known)
    assert raised.value.is_proof
    assert set(raised.value.targets) - {"gender.female.others"} == conflict


def test_plausibility_of_answers_that_go_together():
    """Weights of an earlier answer, of the answer itself, and of everybody add up."""
    possible = pd.DataFrame({"zone__urban": [True, True], "zone__rural": [False, True]})
    rows = [("urban", "", "", "", "1"), ("rural", "zone", "any_of", "urban", "-5")]
    rows += [("rural", "age", "under", "40", "0.5")]
    names = ["level", "given", "rule", "value", "log_weight"]
    people = pd.DataFrame({"age": [30, 50]})
    found = plausibility(possible.astype("boolean"), people, pd.DataFrame(rows, columns=names))
    assert found.tolist() == [[1.0, -3.5], [1.0, -4.0]]


def test_plausibility_refuses_an_unknown_level():
    row = {"level": "none", "given": "", "rule": "", "value": "", "log_weight": "1"}
    with pytest.raises(KeyError, match="'gender' has no level 'none'"):
        plausibility(
            pd.DataFrame({"gender": ["male"]}), pd.DataFrame({"a": [1]}), pd.DataFrame([row])
        )


@pytest.mark.parametrize(
    ("high_is_agreement", "code"), [(True, "agree_fully"), (False, "disagree_fully")]
)
def test_the_direction_of_the_items(high_is_agreement, code):
    people = pd.DataFrame({name: [4, 0] for name in BOOK.items})
    raw = raw_answers(people, BOOK, high_is_agreement=high_is_agreement)
    assert raw["ess_q07"].tolist() == [code, "not_applicable"]
    assert raw["gender"].isna().all()


def test_the_written_export_is_read_back_whole(small_raw, tmp_path):
    path = write_export(small_raw, tmp_path / "export.csv", BOOK)
    read = decode(read_export(path, BOOK).answers, BOOK).reset_index(drop=True)
    pd.testing.assert_frame_equal(read.astype("str"), small_raw, check_names=False)


def test_the_written_export_is_stable_and_whole(small_raw, tmp_path):
    first, second = (write_export(small_raw, tmp_path / name, BOOK) for name in ("a.csv", "b.csv"))
    data = first.read_bytes()
    assert data == second.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfUtilise Predice PRO;")
    assert data.count(b"\n") == data.count(b"\r\n") == len(small_raw) + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_an_answer_that_is_no_level_is_not_written(small_raw, tmp_path):
    with pytest.raises(ValueError, match=r"'gender' holds \['other'\]"):
        write_export(small_raw.assign(gender="other"), tmp_path / "export.csv", BOOK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", range(3))
def test_each_excluded_record_has_its_reason(small_raw, fieldwork, seed):
    everyone = with_excluded(small_raw, BOOK, fieldwork, np.random.default_rng(seed))
    tidy = clean(everyone[BOOK.names()], BOOK)
    reasons = tidy["excluded_because"].value_counts().astype(str).to_dict()
    assert reasons == dict(zip(fieldwork.records["reason"], fieldwork.records["n"], strict=True))
    left = included(everyone.assign(excluded_because=tidy["excluded_because"]))
    kept = [tuple(row) for row in left[BOOK.names()].fillna("").to_numpy()]
    assert sorted(kept) == sorted(tuple(row) for row in small_raw.fillna("").to_numpy())


def test_records_are_numbered_by_date_within_the_days(small_raw, fieldwork):
    everyone = with_excluded(small_raw, BOOK, fieldwork, np.random.default_rng(1))
    entered = pd.to_datetime(everyone["Date de saisie"], format="%d/%m/%Y %H:%M")
    assert entered.is_monotonic_increasing
    assert everyone[NUMBER].tolist() == [str(number + 1) for number in range(len(everyone))]
    ends = fieldwork.days.set_index("group").loc["users"]
    of_users = entered[everyone["uses_predice_pro"].eq("yes")]
    assert of_users.min() >= pd.Timestamp(ends["first_day"])
    assert of_users.max() < pd.Timestamp(ends["last_day"]) + pd.Timedelta(days=1, minutes=30)


def test_an_unknown_reason_is_refused(small_raw, fieldwork):
    strange = replace(fieldwork, records=pd.DataFrame({"reason": ["bored"], "n": ["1"]}))
    with pytest.raises(ValueError, match="'bored' is no reason"):
        with_excluded(small_raw, BOOK, strange, np.random.default_rng(1))


def test_every_applied_criterion_has_a_record(fieldwork):
    applied = BOOK.criteria.loc[BOOK.criteria["applied"] == "1", "reason"]
    unmet = {"unlisted_tool"}  # no printed number speaks of it, and no synthetic answer meets it
    assert set(fieldwork.records["reason"]) == set(applied) - unmet


def test_places_lie_where_they_are_said_to(fieldwork):
    inside = fieldwork.places["postcode"].str[:2].isin(BOOK.departements["departement"])
    assert (inside == fieldwork.places["group"].ne("outside")).all()
    assert fieldwork.places["postcode"].str.fullmatch(r"\d{5}").all()
    assert set(fieldwork.places["zone"]) <= set(BOOK.codes("zone"))


def test_coherence_names_what_the_codebook_has():
    rows = shipped("coherence")
    for variable, level in zip(rows["variable"], rows["level"], strict=True):
        assert level in BOOK.codes(variable)
    assert set(rows["given"]) <= {"", "tool", "group", *BOOK.names()}
    assert (rows["given"].eq("") == rows["rule"].eq("")).all()


@pytest.mark.long
@pytest.mark.slow
def test_every_count_of_the_study_is_met():
    """Covariates shuffled within strata: what a search for the regression may hand over."""
    targets = published_targets(read_published(resolve("data/published/published.csv")), BOOK)
    rows = [s for s in targets.strata for _ in range(s.size)]
    tools = [tool for s in targets.strata for tool, n in s.tools for _ in range(n)]
    people = pd.DataFrame({"group": [s.group for s in rows], "tool": tools})
    rng = np.random.default_rng(1)
    people = people.assign(age_years=rng.integers(26, 66, len(people)))
    free = replace(targets, regression=())
    before = draw_answers(free, BOOK, people, shipped("coherence"), rng)
    columns = covariates(clean(raw_answers(before, BOOK), BOOK), BOOK, analysis="multivariate")
    by_stratum = columns.drop(columns="age_under_45").groupby(targets.row_strata())
    shuffled = by_stratum.transform(lambda column: rng.permutation(column.to_numpy()))
    shuffled = shuffled.assign(age_under_45=columns["age_under_45"]).astype("int64")
    known = pd.concat([people, shuffled], axis=1)
    found = draw_answers(targets, BOOK, known, shipped("coherence"), rng)
    assert missed(targets, found) == {}
    tidy = clean(raw_answers(found.assign(uses_predice_pro="yes"), BOOK), BOOK)
    after = covariates(tidy, BOOK, analysis="multivariate")
    pd.testing.assert_frame_equal(after[shuffled.columns].astype("int64"), shuffled)
