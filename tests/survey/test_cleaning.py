"""Cleaning: types, place, tool, group, exclusions and covariates of people typed by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from helpers import FULL_ANSWER, answers_of, tidy_of, unchanged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esslib.survey.classes import compared_groups, covariates, secured
from esslib.survey.cleaning import clean, included
from esslib.survey.describe import tableau_1

ITEMS = [f"ess_q{number:02d}" for number in range(1, 21)]


def texts(column):
    return [None if pd.isna(value) else value for value in column]


# -- types


def test_types_of_the_tidy_frame(codebook):
    tidy = tidy_of(codebook, {}, {"activity": None, "zone": None, "age_years": None})
    assert tidy["activity"].dtype == pd.CategoricalDtype(codebook.codes("activity"), ordered=True)
    assert tidy["age_years"].dtype == "Float64"
    assert (tidy[codebook.indicators("zone")].dtypes == "boolean").all()
    assert tidy.loc[2, codebook.indicators("zone")].tolist() == [
        True,  # urban
        False,
        False,
        False,
        True,  # zip
        False,
    ]
    assert tidy.loc[3, [*codebook.indicators("zone"), "activity", "age_years"]].isna().all()
    assert list(tidy.columns[-4:]) == ["departement", "tool", "group", "excluded_because"]
    assert tidy.index.equals(pd.RangeIndex(2, 4, name="row"))


def test_not_applicable_is_an_answer_and_blank_is_none(codebook):
    tidy = tidy_of(codebook, {"ess_q01": "not_applicable"}, {"ess_q01": None})
    assert texts(tidy["ess_q01"]) == ["not_applicable", None]


def test_cleaning_leaves_the_answers_unchanged(codebook):
    answers = answers_of(codebook, {}, {"zone": None})
    with unchanged(answers):
        clean(answers, codebook)


# -- place


PLACES = [
    ("59000", "Lille", ("59000", "Lille", "59")),
    ("59000 Lille", None, ("59000", "Lille", "59")),
    ("59000Lille", None, ("59000", "Lille", "59")),
    ("59 000 Lille", None, ("59000", "Lille", "59")),
    ("59000, Lille", None, ("59000", "Lille", "59")),
    ("59000 - Lille", "", ("59000", "", "59")),
    ("Lille (59000)", None, ("59000", "Lille", "59")),
    ("59200 Tourcoing Cedex", None, ("59200", "Tourcoing Cedex", "59")),
    ("2100", "Saint-Quentin", ("02100", "Saint-Quentin", "02")),
    ("2100 Saint-Quentin", None, ("02100", "Saint-Quentin", "02")),
    ("2100", None, (None, None, None)),
    ("2000 Anvers", None, (None, "Anvers", None)),
    ("5,9E+04", None, (None, "5,9E+04", None)),
    ("5.9000E+04", "Lille", (None, "Lille", None)),
    ("59000 et 75011", None, (None, "et", None)),
    ("20000", "Ajaccio", ("20000", "Ajaccio", "2A")),
    ("20137", None, ("20137", None, "2A")),
    ("20200 Bastia", None, ("20200", "Bastia", "2B")),
    ("20600", None, ("20600", None, "2B")),
    ("88400 Xonrupt-Longemer", None, ("88400", "Xonrupt-Longemer", "88")),
    ("97400 Saint-Denis", None, ("97400", "Saint-Denis", "974")),
    ("98800", None, ("98800", None, "988")),
    ("590000", None, (None, "590000", None)),
    ("Lille", None, (None, "Lille", None)),
    (None, "Lille", (None, "Lille", None)),
    (None, None, (None, None, None)),
]


@pytest.fixture(scope="module")
def places(codebook):
    people = [{"postcode": postcode, "town": town} for postcode, town, _ in PLACES]
    return clean(answers_of(codebook, *people), codebook)


@pytest.mark.parametrize("case", range(len(PLACES)), ids=lambda case: str(PLACES[case][0]))
def test_place(places, case):
    found = places[["postcode", "town", "departement"]].iloc[case]
    assert tuple(texts(found)) == PLACES[case][2]


# -- tool and group


TOOLS = [
    ({}, "phone", "non_users"),
    ({"preferred_channel": "usual_messenger"}, "whatsapp", "non_users"),
    ({"preferred_channel": None}, "phone", "non_users"),
    ({"uses_predice_pro": "yes"}, "predice_pro", "users"),
    ({"uses_predice_pro": "yes", "usual_tool": None}, "predice_pro", "users"),
    ({"uses_predice_pro": None}, "phone", None),
    ({"usual_tool": None}, None, "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "Skype"}, "skype", "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "Télégram"}, "telegram", "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "tél"}, "phone", "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "Réunions"}, "meeting", "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "HEALPHI !"}, "healphi", "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "mail pro"}, "email_professional", "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "skype ou sms"}, "unlisted", "non_users"),
    ({"usual_tool": "other", "usual_tool_other": "pigeon"}, "unlisted", "non_users"),
    ({"usual_tool": "other"}, None, "non_users"),
    ({"usual_tool": "phone", "usual_tool_other": "Skype"}, "phone", "non_users"),
    (
        {
            "preferred_channel": "usual_messenger",
            "usual_messenger": "other",
            "usual_messenger_other": "La Parole",
        },
        "parole",
        "non_users",
    ),
]


@pytest.fixture(scope="module")
def tools(codebook):
    return tidy_of(codebook, *(person for person, *_ in TOOLS))


@pytest.mark.parametrize("case", range(len(TOOLS)), ids=lambda case: str(TOOLS[case][0]))
def test_tool_and_group(tools, case):
    assert texts(tools[["tool", "group"]].iloc[case]) == list(TOOLS[case][1:])


# -- exclusions


REASONS = [
    ({}, None),
    ({"profession": "gp_locum"}, None),
    ({"profession": "gp_resident_locum"}, None),
    ({"postcode": None}, None),
    ({"postcode": "2100"}, None),
    ({"uses_predice_pro": "yes", "profession": "nurse"}, None),
    ({"activity": "salaried"}, None),  # Tableau 1 counts three of them
    ({"ess_q07": None}, None),
    (dict.fromkeys(ITEMS, "not_applicable"), None),
    ({"uses_predice_pro": None}, "use_not_given"),
    ({"usual_tool": None}, "no_tool"),
    ({"usual_tool": "other"}, "no_tool"),
    ({"usual_tool": "other", "usual_tool_other": "Olvid"}, "unlisted_tool"),
    (dict.fromkeys(ITEMS), "no_item_answered"),
    ({"postcode": "75011"}, "outside_region"),
    ({"postcode": "97400"}, "outside_region"),
    ({"profession": "other_specialist"}, "other_specialty"),
    ({"profession": "other_resident"}, "other_specialty"),
    ({"profession": "gp_resident"}, "not_locum_resident"),
    ({"profession": "nurse"}, "allied_non_user"),
    ({"profession": "other_paramedic"}, "allied_non_user"),
    # several reasons: the first criterion counts
    ({"usual_tool": None, "postcode": "75011"}, "no_tool"),
    ({"postcode": "75011", "profession": "nurse"}, "outside_region"),
    ({"uses_predice_pro": None, **dict.fromkeys(ITEMS)}, "use_not_given"),
]


@pytest.fixture(scope="module")
def reasons(codebook):
    return tidy_of(codebook, *(person for person, _ in REASONS))["excluded_because"]


@pytest.mark.parametrize("case", range(len(REASONS)), ids=lambda case: f"{case}-{REASONS[case][1]}")
def test_excluded_because(reasons, case):
    assert texts(reasons)[case] == REASONS[case][1]


def test_every_applied_criterion_is_tested(codebook):
    tested = {reason for _, reason in REASONS if reason}
    applied = codebook.criteria.query("applied == '1'")["reason"]
    assert tested | {"duplicate"} == set(applied)


def test_the_first_of_two_equal_rows_stays(codebook):
    tidy = clean(answers_of(codebook, {}, {"age_years": "42"}, {}, {}), codebook)
    assert texts(tidy["excluded_because"]) == [None, None, "duplicate", "duplicate"]
    assert included(tidy).index.tolist() == [2, 3]


def test_a_second_row_is_a_duplicate_whatever_else_excludes_it(codebook):
    outside = {"postcode": "75011"}
    tidy = clean(answers_of(codebook, outside, outside), codebook)
    assert texts(tidy["excluded_because"]) == ["outside_region", "duplicate"]


def test_nobody_left_is_said_with_the_count_of_every_reason(codebook):
    elsewhere, nurse = {"postcode": "75011"}, {"profession": "nurse"}
    tidy = tidy_of(codebook, elsewhere, nurse, elsewhere)
    with pytest.raises(ValueError) as said:
        included(tidy)
    assert str(said.value) == (
        "None of the 3 respondents is included (outside_region 2, allied_non_user 1): check these "
        "answers in the export, or the criteria in criteria.csv."
    )


# -- covariates, tools and contrasts


COVARIATES = [
    ("liberal_practice", {"activity": "liberal"}, 1),
    ("liberal_practice", {"activity": "mixed_liberal"}, 0),
    ("liberal_practice", {"activity": None}, None),
    ("age_under_45", {"age_years": "44.9"}, 1),
    ("age_under_45", {"age_years": "45"}, 0),
    ("age_under_45", {"age_years": None}, None),
    ("male", {"gender": "male"}, 1),
    ("male", {"gender": "female"}, 0),
    ("over_3_correspondent_types", {"correspondents": "pharmacist|midwife|biologist"}, 0),
    ("over_3_correspondent_types", {"correspondents": "pharmacist|midwife|biologist|other"}, 1),
    ("urban", {"zone": "urban|zip"}, 1),
    ("urban", {"zone": "semi_rural"}, 0),
    ("zip_zone", {"zone": "urban|zar"}, 1),
    ("zip_zone", {"zone": "zac"}, 1),
    ("zip_zone", {"zone": "urban"}, 0),
    ("zip_zone", {"zone": None}, None),
    ("over_3_devices", {"devices": "desktop|tablet|laptop|wearable"}, 1),
    ("over_3_devices", {"devices": "desktop|tablet|laptop"}, 0),
    ("excellent_it_skills", {"it_skill": "excellent"}, 1),
    ("excellent_it_skills", {"it_skill": "good"}, 0),
    ("over_30_patients", {"patients_per_day": "over_30"}, 1),
    ("over_30_patients", {"patients_per_day": "from_20_to_30"}, 0),
    ("over_5_home_visits", {"home_visits": "from_5_to_10"}, 1),
    ("over_5_home_visits", {"home_visits": "under_5"}, 0),
    ("teleconsultation", {"teleconsultations": "from_1_to_5"}, 1),
    ("teleconsultation", {"teleconsultations": "none"}, 0),
    ("teleconsultation", {"teleconsultations": None}, 1),  # as the printed table needs
    ("over_75_patients", {"patient_mix": "women|over_75"}, 1),
    ("over_75_patients", {"patient_mix": "women|adults"}, 0),
    ("follow_up", {"consultation_reason": "follow_up"}, 1),
    ("follow_up", {"consultation_reason": "follow_up|both"}, 0),
    ("follow_up", {"consultation_reason": "acute"}, 0),
    ("weekly_exchanges", {"exchange_frequency": "weekly"}, 1),
    ("weekly_exchanges", {"exchange_frequency": "monthly"}, 0),
]


@pytest.fixture(scope="module", params=["bivariate", "multivariate"])
def exposures(codebook, request):
    tidy = tidy_of(codebook, *(person for _, person, _ in COVARIATES))
    with unchanged(tidy):
        return covariates(tidy, codebook, analysis=request.param)


@pytest.mark.parametrize(
    "case", range(len(COVARIATES)), ids=lambda case: f"{COVARIATES[case][0]}-{case}"
)
def test_covariate(exposures, case):
    covariate, _, expected = COVARIATES[case]
    if covariate in exposures:
        assert exposures[covariate].dtype == "Int8"
        assert texts(exposures[covariate])[case] == expected
    else:  # the multivariate table leaves two out
        assert covariate in {"liberal_practice", "male"}


@pytest.mark.parametrize("analysis", ["bivariate", "multivariate"])
def test_covariates_of_a_table_stand_in_its_order(codebook, analysis):
    order = pd.to_numeric(codebook.covariates[f"{analysis}_order"]).dropna().sort_values()
    expected = codebook.covariates.loc[order.index, "covariate"].tolist()
    assert list(covariates(tidy_of(codebook, {}), codebook, analysis=analysis)) == expected


def test_the_two_tables_cut_the_frequency_of_exchanges_differently(codebook):
    tidy = tidy_of(codebook, {"exchange_frequency": "several_monthly"})
    cuts = [
        covariates(tidy, codebook, analysis=analysis)["weekly_exchanges"].item()
        for analysis in ("bivariate", "multivariate")
    ]
    assert cuts == [1, 0]


@pytest.mark.parametrize(("missing", "expected"), [("exposed", 1), ("unexposed", 0), ("", None)])
def test_the_codebook_says_what_an_unanswered_covariate_counts_as(codebook, missing, expected):
    rows = codebook.covariates.assign(missing=missing)
    asked = replace(codebook, covariates=rows)
    found = covariates(tidy_of(codebook, {"zone": None}), asked, analysis="bivariate")
    assert texts(found["zip_zone"]) == [expected]


def test_derived_frames_keep_the_index_even_where_the_codebook_asks_for_no_column(codebook):
    tidy = tidy_of(codebook, {}, {})
    bare = replace(
        codebook, covariates=codebook.covariates.head(0), contrasts=codebook.contrasts.head(0)
    )
    exposed = covariates(tidy, bare, analysis="bivariate")
    compared = compared_groups(tidy, bare, definition="methods")
    assert exposed.index.equals(tidy.index) and compared.index.equals(tidy.index)
    assert exposed.empty and compared.empty


def test_secured(codebook):
    tidy = tidy_of(
        codebook,
        {"usual_tool": "phone"},
        {"usual_tool": "mssante"},
        {"usual_messenger": "doctolib_team", "preferred_channel": "usual_messenger"},
        {"usual_tool": "fax"},
        {"usual_tool": None},
    )
    with unchanged(tidy):
        by_methods = secured(tidy, codebook, definition="methods")
        by_regression = secured(tidy, codebook, definition="regression")
    assert by_methods.dtype == by_regression.dtype == "Int8"
    assert by_methods.name == by_regression.name == "secured"
    assert texts(by_methods) == [0, 1, 1, None, None]
    assert texts(by_regression) == [0, 1, 0, None, None]


def test_an_unknown_definition_of_secured_is_named(codebook):
    with pytest.raises(ValueError, match=r"definition: 'law' .* \['methods', 'regression'\]"):
        secured(tidy_of(codebook, {}), codebook, definition="law")


def test_compared_groups(codebook):
    tidy = tidy_of(
        codebook,
        {"uses_predice_pro": "yes"},
        {"usual_tool": "phone"},
        {"usual_tool": "mssante"},
        {"usual_messenger": "doctolib_team", "preferred_channel": "usual_messenger"},
        {"usual_tool": "fax"},
    )
    with unchanged(tidy):
        by_methods = compared_groups(tidy, codebook, definition="methods")
        by_regression = compared_groups(tidy, codebook, definition="regression")
    assert list(by_methods) == codebook.contrasts["contrast"].tolist()
    assert texts(by_methods["primary"]) == ["users", *["non_users"] * 4]
    secured_by_methods = [None, "non_secured", "secured_other", "secured_other", None]
    assert texts(by_methods["secondary_1"]) == secured_by_methods
    assert texts(by_methods["secondary_2"]) == [
        "users",
        None,
        "secured_other",
        "secured_other",
        None,
    ]
    assert texts(by_regression["secondary_1"])[3] == "non_secured"


# -- properties


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "uses_predice_pro": st.sampled_from(["yes", "no", None]),
            "usual_tool": st.sampled_from(["phone", "mssante", "other", None]),
            "usual_tool_other": st.sampled_from(["Skype", "?", None]),
            "age_years": st.sampled_from(["30", "45", None]),
            "zone": st.sampled_from(["urban", "rural|zip", None]),
            "postcode": st.sampled_from(["59000 Lille", "75001", None]),
            "profession": st.sampled_from(["general_practitioner", "nurse", None]),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(people=PEOPLE, data=st.data())
def test_the_order_of_rows_is_irrelevant(codebook, people, data):
    answers = answers_of(codebook, *people)
    order = data.draw(st.permutations(answers.index.tolist()))
    tidy, shuffled = clean(answers, codebook), clean(answers.loc[order], codebook)

    columns = tidy.columns.drop("excluded_because")
    pd.testing.assert_frame_equal(shuffled.sort_index()[columns], tidy[columns])
    # which of two equal rows is the duplicate depends on the order, not how many are
    assert (
        shuffled["excluded_because"].value_counts().to_dict()
        == tidy["excluded_because"].value_counts().to_dict()
    )
    pd.testing.assert_frame_equal(
        covariates(shuffled, codebook, analysis="bivariate").sort_index(),
        covariates(tidy, codebook, analysis="bivariate"),
    )
    kept = [frame[frame["excluded_because"].isna()] for frame in (shuffled, tidy)]
    pd.testing.assert_frame_equal(*(tableau_1(frame, codebook) for frame in kept))


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(people=PEOPLE)
def test_whoever_is_included_has_a_tool_a_group_and_an_item(codebook, people):
    tidy = clean(answers_of(codebook, *people), codebook)
    if tidy["excluded_because"].notna().all():
        with pytest.raises(ValueError, match=rf"None of the {len(people)} respondents is included"):
            included(tidy)
        return
    kept = included(tidy)
    assert kept[["tool", "group"]].notna().all(axis=None)
    assert kept[ITEMS].notna().any(axis=1).all()
    assert not kept.duplicated().any()


def test_the_full_answer_answers_every_closed_question(codebook):
    asked = [n for n in codebook.names() if codebook.variable(n)["kind"] != "text"]
    assert set(asked) <= set(FULL_ANSWER)
