"""Headings, answers and problems of an export; the odd files are in test_export_catalogue."""

import io

import numpy as np
import pandas as pd
import pytest
from helpers import LONG_HEADINGS, answers_of, read_answers, unchanged, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esslib.survey.cleaning import clean
from esslib.survey.codebook import records
from esslib.survey.export import ExportError, decode, read_export, validate
from esslib.survey.export.answers import decoder
from esslib.survey.export.headings import recogniser
from esslib.survey.export.validation import find_problems

PEOPLE = (
    {},
    {"uses_predice_pro": "yes", "ess_q03": "not_applicable", "town": "Béthune"},
    {"zone": "rural|zac|zar", "age_years": "67", "ess_q03": None, "gender": "male"},
)


@pytest.fixture(scope="module")
def answers(codebook):
    return answers_of(codebook, *PEOPLE)


@pytest.fixture(scope="module")
def recognise(codebook):
    known = recogniser(codebook)
    return lambda *texts: [hit[:2] for hit in known(*texts)]


def save(frame, path, **options):
    frame.to_csv(path, index=False, **{"sep": ";", "encoding": "utf-8", **options})
    return path


# -- headings


@pytest.mark.parametrize(
    "front",
    [
        "12. ",
        "12) ",
        "12 - ",
        "Q12 ",
        "q12_",
        "Q5_3 ",
        "5.3 ",
        "5.3. ",
        "Q5.3 : ",
        "(8) ",
        "Question 8 : ",
        "n° 8 ",
        "8° ",
        "1-2 : ",
        "2b. ",
        "  ",
    ],
)
@pytest.mark.parametrize("name", ["ess_q03", "age_years", "zone", "town"])
def test_numbering_in_front_is_ignored(codebook, recognise, front, name):
    for heading in (LONG_HEADINGS[name], codebook.variable(name)["label_fr"]):
        assert recognise(front + heading, "") == [(name, None)]


@pytest.mark.parametrize(
    "join",
    [
        "{q} : {a}",
        "{q} [{a}]",
        "{q}/{a}",
        "{q} - {a}",
        "{q} – {a}",
        "{q} ({a})",
        "{q}_{a}",
        "{q}__{a}",
        "{q}\n{a}",
        "{q} > {a}",
        "{q} | {a}",
        "{a} [{q}]",
        "12. {q} : {a}",
    ],
)
@pytest.mark.parametrize("question", ["label", "long", "name"])
def test_one_column_per_level(codebook, recognise, join, question):
    for name in codebook.names(kind="multiple"):
        row = codebook.variable(name)
        asked = {"label": row["label_fr"], "long": LONG_HEADINGS[name], "name": name}[question]
        for level in records(codebook.levels_of(name)):
            if (name, level["code"]) == ("correspondents", "other") and "({a})" in join:
                continue  # "Correspondants (autre)" is the label of the free text
            found = recognise(join.format(q=asked, a=level["label_fr"]), "")
            assert found == [(name, level["code"])]


def test_the_tidy_names_of_levels_and_of_free_text_differ(recognise):
    assert recognise("correspondents__other", "") == [("correspondents", "other")]
    assert recognise("correspondents_other", "") == [("correspondents_other", None)]
    assert recognise("Correspondants (autre)", "") == [("correspondents_other", None)]


@pytest.mark.parametrize(
    "heading", ["Autre :", "autre (précisez)", "Other", "Préciser", "2b. Autre"]
)
def test_a_bare_other_completes_the_question_before(recognise, heading):
    assert recognise(heading, "usual_messenger") == [("usual_messenger_other", None)]
    assert recognise(heading, "age_years") == []


@pytest.mark.parametrize(
    "heading", ["N°", "Date de saisie", "Durée", "IP", "12", "", "???", "Q5_3"]
)
def test_other_columns_belong_to_no_question(recognise, heading):
    assert recognise(heading, "") == []


def test_a_heading_that_fits_two_questions_fits_both(recognise):
    found = recognise("Partage de documents et secret médical", "")
    assert [name for name, _ in found] == ["ess_q12", "ess_q17"]


@pytest.mark.parametrize(
    "heading", ["Motif de consultation (suivi / aigu)", "Zone d'exercice : ZIP, ZAR"]
)
def test_a_heading_that_lists_its_levels_heads_whole_answers(codebook, answers, tmp_path, heading):
    label = next(
        text for text in ("Motif de consultation", "Zone d'exercice") if text[:4] in heading
    )
    frame = written(answers, codebook).rename(columns={label: heading})
    path = save(frame, tmp_path / "e.csv")
    pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_extra_columns_are_listed_and_left_out(codebook, answers, tmp_path):
    frame = written(answers, codebook).assign(Durée="05:00")
    frame.insert(0, "N°", range(3))
    export = read_export(save(frame, tmp_path / "e.csv"), codebook)
    assert export.left_out == ["N°", "Durée"]
    assert export.headings["Âge (années)"] == "age_years"
    assert list(export.answers) == codebook.names()
    assert export.answers.index.equals(pd.RangeIndex(2, 5, name="row"))


def test_headings_that_stand_three_times_are_told_apart(codebook, answers, tmp_path):
    frame = written(answers, codebook)
    others = ["usual_tool_other", "usual_messenger_other", "correspondents_other"]
    columns = dict.fromkeys((codebook.variable(name)["label_fr"] for name in others), "Autre :")
    frame = frame.assign(**{label: f"free {n}" for n, label in enumerate(columns)})
    export = read_export(save(frame.rename(columns=columns), tmp_path / "e.csv"), codebook)
    assert [set(export.answers[name]) for name in others] == [{"free 0"}, {"free 1"}, {"free 2"}]
    assert {k: v for k, v in export.headings.items() if k.startswith("Autre")} == {
        "Autre : (column 3)": "usual_tool_other",
        "Autre : (column 5)": "usual_messenger_other",
        f"Autre : (column {codebook.names().index('correspondents_other') + 1})": (
            "correspondents_other"
        ),
    }


def test_columns_in_another_order(codebook, answers, tmp_path):
    frame = written(answers, codebook)
    path = save(frame[frame.columns[::-1]], tmp_path / "e.csv")
    pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_every_conflict_of_headings_is_in_one_error(codebook, answers, tmp_path):
    frame = written(answers, codebook).drop(columns=["Genre", "Aisance informatique"])
    frame = frame.assign(**{"Quel âge ?": "41", "Secret médical : documents": "Oui"})
    frame["Partage de documents et secret médical"] = "Oui"
    with pytest.raises(ExportError) as caught:
        read_export(save(frame, tmp_path / "e.csv"), codebook)
    message = str(caught.value)
    for part in (
        "'Âge (années)' (29) and 'Quel âge ?' (45) both answer age_years",
        "'Secret médical respecté' (18) and 'Secret médical : documents' (46) both answer ess_q12",
        "'Partage de documents et secret médical' fits ['ess_q12', 'ess_q17']",
        "no column for gender (Genre)",
        "no column for it_skill (Aisance informatique)",
    ):
        assert part in message


@pytest.mark.parametrize(
    ("column", "text", "is_read"),
    [
        ("zone__zip", "1", True),
        ("zone__zip", "", True),
        ("zone__zip", "0", False),
        ("Zone d'exercice", "ZIP", True),
        ("Zone d'exercice", "ZAC", False),
    ],
)
def test_two_columns_that_answer_the_same_must_agree(
    codebook, answers, tmp_path, column, text, is_read
):
    frame = written(answers, codebook).drop(columns="Zone d'exercice")
    path = save(frame.assign(**{"Zone : ZIP": "1", column: text}), tmp_path / "e.csv")
    if is_read:
        assert set(read_answers(path, codebook)["zone"]) == {"zip"}
    else:
        with pytest.raises(ExportError, match=r"both answer zone and differ in row 2 \('.*, row 4"):
            read_export(path, codebook)


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("X", ""), ("oui", "non"), ("1,0", "0,0")])
@pytest.mark.parametrize("heading", ["{name}__{code}", "{label} : {text}"])
def test_marks_in_one_column_per_level(codebook, answers, tmp_path, yes, no, heading):
    frame = written(answers, codebook)
    for name in codebook.names(kind="multiple"):
        label = codebook.variable(name)["label_fr"]
        ticked = frame.pop(label).str.split(" ; ")
        for level in records(codebook.levels_of(name)):
            text = level["label_fr"]
            column = heading.format(name=name, code=level["code"], label=label, text=text)
            frame[column] = [yes if text in cell else no for cell in ticked]
    found = read_answers(save(frame, tmp_path / "e.csv"), codebook)
    pd.testing.assert_frame_equal(clean(found, codebook), clean(answers, codebook))


# -- answers


@pytest.mark.parametrize(
    ("name", "text", "decoded"),
    [
        ("age_years", "41", "41"),
        ("age_years", "41,0", "41.0"),
        ("age_years", "41,5 ans", "41.5"),
        ("age_years", " 41 ANS. ", "41"),
        ("age_years", "41 years", "41"),
        ("age_years", "4 1", "4 1"),
        ("age_years", "quarante", "quarante"),
        ("age_years", "41 ans et demi", "41 ans et demi"),
        ("uses_predice_pro", "OUI", "yes"),
        ("uses_predice_pro", "1", "yes"),
        ("uses_predice_pro", "Vrai", "yes"),
        ("ess_q01", "Modérément d’accord", "agree"),
        ("ess_q01", "TOTALEMENT EN DESACCORD", "disagree_fully"),
        ("ess_q01", "Pas tout à fait d'accord", "Pas tout à fait d'accord"),
        ("ess_q01", "N/A", "not_applicable"),
        ("ess_q01", "NA", "not_applicable"),
        ("ess_q01", "Sans objet", "not_applicable"),
        ("ess_q01", "Plutôt", "Plutôt"),
        ("gender", "NA", "NA"),
        ("gender", "H", "male"),
        ("usual_tool", "SMS/MMS", "sms"),
        ("usual_tool", "WhatsApp", "WhatsApp"),
        ("usual_messenger", "WhatsApp;Signal", "WhatsApp;Signal"),
        ("usual_messenger", "WhatsApp;", "whatsapp"),
        ("home_visits", "0", "none"),
        ("home_visits", "5-10", "from_5_to_10"),
        ("home_visits", "> 10", "over_10"),
        ("home_visits", ">10", "over_10"),
        ("patients_per_day", "Entre 10 et 15", "from_10_to_15"),
        ("zone", "ZIP;ZAC", "zip|zac"),
        ("zone", "ZIP | ZAC", "zip|zac"),
        ("zone", "ZIP\nZAC\n", "zip|zac"),
        ("zone", "ZIP,ZAC", "zip|zac"),
        ("zone", "zip, zac", "zip|zac"),
        ("zone", "ZIP ; ZIP", "zip"),
        ("zone", "ZIP ; ZUP", "ZIP ; ZUP"),
        ("zone", "semi-rurale", "semi_rural"),
        ("zone", "Zone urbaine / ZIP", "urban|zip"),
        ("zone", "urbaine et rurale", "urban|rural"),
        ("zone", "Urbaine + ZIP", "urban|zip"),
        ("zone", "<p>Urbaine<br />ZIP</p>", "urban|zip"),
        ("zone", "semi_rural rural zip", "semi_rural|rural|zip"),
        ("zone", "Zone non urbaine", "Zone non urbaine"),
        ("zone", "Urbaine (non ZIP)", "Urbaine (non ZIP)"),
        ("zone", "urbaine sauf le lundi", "urbaine sauf le lundi"),
        ("devices", "Tablette du cabinet", "Tablette du cabinet"),
        ("activity", "Libéral et salarié", "Libéral et salarié"),
        ("exchange_frequency", "Moins d'une fois par jour", "Moins d'une fois par jour"),
        ("uses_predice_pro", "Oui / Non", "Oui / Non"),
        ("uses_predice_pro", "A1 : Oui", "yes"),
        ("uses_predice_pro", "2. Non", "no"),
        ("uses_predice_pro", "1+", "1+"),
        ("uses_predice_pro", "-1", "-1"),
        ("teleconsultations", "1,5", "1,5"),
        ("teleconsultations", "1 - 5", "from_1_to_5"),
        ("home_visits", "≥ 10", "≥ 10"),
        ("consultation_reason", "Suivi et aigu", "follow_up|acute"),
        ("consultation_reason", "Les deux, à parts égales", "both"),
        ("consultation_reason", "Aigu,Les deux, à parts égales", "acute|both"),
        (
            "exchange_purposes",
            "Recommandations (ex : gestes, masques), RCP",
            "guideline_update|mdt_meeting",
        ),
    ],
)
def test_decoding(codebook, name, text, decoded):
    assert decoder(codebook, name)(text).level == decoded


def test_decode_leaves_its_input_and_free_text_unchanged(codebook, answers):
    raw = answers.assign(usual_tool_other="NA", town="Non", zone="ZIP;ZAC")
    with unchanged(raw):
        decoded = decode(raw, codebook)
    assert (decoded["usual_tool_other"] == "NA").all()
    assert (decoded["town"] == "Non").all()
    assert (decoded["zone"] == "zip|zac").all()


def test_decoding_decoded_answers_changes_nothing(codebook, answers):
    pd.testing.assert_frame_equal(decode(answers, codebook), answers)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", True),
        ("-", True),
        (" . ", True),
        ("Non réponse", True),
        ("Pas de réponse", True),
        ("N/A", False),
        ("NA", False),
        ("nan", False),
        ("None", False),
        ("null", False),
    ],
)
def test_only_no_answer_is_missing(codebook, answers, tmp_path, text, missing):
    frame = written(answers, codebook).assign(Ville=text, Genre=text)
    found = read_export(save(frame, tmp_path / "e.csv"), codebook).answers
    expected = np.nan if missing else text
    pd.testing.assert_series_equal(
        found["town"].astype("str"),
        pd.Series([expected] * 3, index=found.index, name="town", dtype="str"),
    )
    # "NA" stands for no answer beside "Non applicable" in full
    assert found["gender"].isna().all() == (missing or text in {"N/A", "NA"})


# -- problems


def test_valid_answers_are_returned_unchanged(codebook, answers):
    with unchanged(answers):
        assert validate(answers, codebook) is answers


def test_one_error_lists_every_problem(codebook, answers):
    spoiled = answers.assign(
        age_years=["41", "7", "vieux"],
        gender=["female", "Masculn", None],
        zone=["urban|ZUP", "urban", "zip"],
        patient_mix=["women", "women|men|adults|children", "men"],
        ess_q20=["Plutôt d acord", "agree", "NSP"],
    )
    with unchanged(spoiled), pytest.raises(ExportError) as caught:
        validate(spoiled, codebook)
    problems = caught.value.problems
    assert list(problems) == ["heading", "rows", "n", "value", "expected"]
    assert problems.drop(columns="expected").values.tolist() == [
        ["ess_q20", "2", 1, "Plutôt d acord"],
        ["zone", "2", 1, "urban|ZUP"],
        ["age_years", "3", 1, "7"],
        ["gender", "3", 1, "Masculn"],
        ["patient_mix", "3", 1, "women|men|adults|children"],
        ["ess_q20", "4", 1, "NSP"],
        ["age_years", "4", 1, "vieux"],
    ]
    expected = problems["expected"].tolist()
    assert expected[0] == 'did you mean "Plutôt d\'accord"?'
    assert expected[2] == expected[6] == "expected a number from 18 to 99"
    assert expected[3] == "did you mean 'Masculin'?"
    assert expected[4] == "expected at most 3 answers"
    assert expected[5].startswith("expected one of [")
    message = str(caught.value)
    assert message.startswith("7 problem(s) in the export; correct them")
    for heading, rows, _, value, hint in problems.itertuples(index=False):
        assert f"row {rows}, column {heading!r}: {value!r} is not valid; {hint}" in message


def test_each_wrong_text_is_listed_once_with_its_rows_and_the_heading_of_the_file(
    codebook, answers
):
    many = pd.concat([answers.assign(gender="?")] * 400, ignore_index=True)
    many.loc[3, "gender"] = "male"
    with pytest.raises(
        ExportError, match=r"rows 0-2, 4-1199, column 'Sexe ou genre': '\?'"
    ) as caught:
        validate(many, codebook, {"Sexe ou genre": "gender"})
    assert caught.value.problems[["rows", "n"]].values.tolist() == [["0-2, 4-1199", 1199]]


def test_a_thousand_problems_are_listed_and_the_rest_counted(codebook, answers):
    many = pd.concat([answers] * 400, ignore_index=True)
    many["gender"] = [f"? {number}" for number in range(1200)]
    with pytest.raises(ExportError) as caught:
        validate(many, codebook)
    assert len(caught.value.problems) == 1200
    lines = str(caught.value).splitlines()
    assert len(lines) == 1002
    assert lines[-1].strip() == "... and 200 more"


def test_what_is_wrong_is_said_without_misleading(codebook, answers):
    wrong = {
        "exchange_frequency": "Moins d'une fois par jour",
        "zone": "Zone non urbaine",
        "it_skill": "Féminin",
        "ess_q01": "NA",
        "gender": "NA",
    }
    problems = find_problems(answers.assign(**wrong).head(1), codebook)
    expected = problems.set_index("heading")["expected"]
    assert expected["exchange_frequency"].endswith("'Une fois par mois']; it must say nothing else")
    assert expected["zone"].endswith("'ZAR']; it must say nothing else")
    assert expected["it_skill"].endswith("; it answers 'gender': look for shifted cells")
    assert expected["gender"].endswith("write the file with blank cells there")
    assert not expected.str.contains("did you mean").any()


def test_codes_are_advised_to_be_exported_as_labels(codebook, answers):
    coded = answers.assign(**dict.fromkeys(codebook.items, "A3"))
    problems = find_problems(coded, codebook)
    assert problems["expected"].str.endswith("full text (labels), not as codes").all()


@pytest.mark.parametrize("age", ["17.9", "99.1", "nan", "inf", "-41", "1981", "0x29"])
def test_ages_out_of_range_are_problems(codebook, answers, age):
    with pytest.raises(ExportError, match="'age_years'"):
        validate(answers.assign(age_years=age), codebook)


@pytest.mark.parametrize("age", ["18", "99", "41.5"])
def test_ages_in_range_are_none(codebook, answers, age):
    assert len(validate(answers.assign(age_years=age), codebook)) == 3


# -- round trip


def any_answer(codebook, name):
    row, codes = codebook.variable(name), codebook.codes(name)
    if row["kind"] != "multiple":
        return st.sampled_from([*codes, None])
    limit = int(row["max_answers"] or len(codes))
    chosen = st.lists(st.sampled_from(codes), unique=True, max_size=limit)
    return chosen.map(lambda some: "|".join(some) or None)


def any_person(codebook):
    closed = [row["name"] for row in records(codebook.variables) if row["level_set"]]
    return st.fixed_dictionaries(
        {
            **{name: any_answer(codebook, name) for name in closed},
            "age_years": st.integers(18, 99).map(str) | st.none(),
            "postcode": st.sampled_from(["59000", "02100", None]),
            "town": st.sampled_from(["Béthune", 'L"Isle; là', "Œuilly, d'en\nhaut", "NA", None]),
        }
    )


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_survey_tool_writes_is_read_back(codebook, tmp_path, data):
    people = data.draw(st.lists(any_person(codebook), min_size=1, max_size=4))
    answers = answers_of(codebook, *people)
    label = data.draw(st.sampled_from(["name", "label_fr", "label_en"]))
    frame = written(answers, codebook, label=label)
    if data.draw(st.booleans()):
        names = dict(zip(frame, codebook.names(), strict=True))
        frame = frame.rename(columns=lambda old: LONG_HEADINGS.get(names[old], old))
    if data.draw(st.booleans()):
        path = tmp_path / "e.xlsx"
        frame.to_excel(path, index=False)
    else:
        path = save(
            frame,
            tmp_path / "e.csv",
            sep=data.draw(st.sampled_from(";,\t")),
            encoding=data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])),
            lineterminator=data.draw(st.sampled_from(["\n", "\r\n"])),
            quoting=data.draw(st.sampled_from([0, 1])),
        )
    found = read_answers(path, codebook)
    pd.testing.assert_frame_equal(found.sort_index(axis=1), answers.sort_index(axis=1))


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_end_in_an_export_error(codebook, tmp_path, data):
    path = tmp_path / "e.csv"
    path.write_bytes(data)
    with pytest.raises(ExportError):
        read_answers(path, codebook)


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_spoiled_export_is_read_or_refused(codebook, answers, tmp_path, data):
    """Bytes replaced, removed or added anywhere: an ExportError or a frame, nothing else."""
    stream = io.BytesIO()
    written(answers, codebook).to_csv(stream, index=False, sep=";")
    good = stream.getvalue()
    start = data.draw(st.integers(0, len(good) - 1))
    stop = data.draw(st.integers(start, min(start + 30, len(good))))
    path = tmp_path / "e.csv"
    path.write_bytes(good[:start] + data.draw(st.binary(max_size=8)) + good[stop:])
    try:
        found = read_answers(path, codebook)
    except ExportError as error:
        assert str(error)
    else:
        clean(found, codebook)
