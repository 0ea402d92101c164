"""What a survey tool writes is read back as it was answered, or refused; never as something else.

``PYTHONPATH=tests python tests/survey/test_export_tools.py [TOOL ...]`` prints what becomes of each
tool's file under each wording.
"""

import os
import random
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pytest
from catalogue import CODEBOOK, PEOPLE
from helpers import LONG_HEADINGS, answers_of, read_answers
from tools import TOOLS, Survey, Wording, csv, written_by

from esslib.survey.codebook import records
from esslib.survey.export import ExportError, read_export

QUICK, PARTS, LONG = 300, 6, int(os.environ.get("TOOL_CASES", "5000"))
NOISE = {
    "nothing": lambda text: text,
    "no-break spaces": lambda text: text.replace(" ", "\xa0"),
    "zero-width signs": lambda text: text[:4] + "\u200b" + text[4:] + "\ufeff",
    "capitals": str.upper,
    "blanks": lambda text: f"  {text} ",
    "apostrophes": lambda text: text.replace("'", "’"),
}
AROUND = {
    "nothing": lambda text: text,
    "star": lambda text: f"{text} *",
    "number": lambda text: f"12. {text}",
    "instruction": lambda text: f"{text} (une seule réponse possible)",
    "mark-up": lambda text: f"<p><b>{text}</b></p>",
}


def asked(draw):
    """Draw what the questions are called: labels or long wording, with what tools put around."""
    label, around = draw.choice(["label_fr", "label_en", "long"]), draw.choice([*AROUND.values()])
    noise = draw.choice([*NOISE.values()])
    texts = {}
    for row in records(CODEBOOK.variables):
        plain = row["label_fr"] if label == "long" else row[label]
        long = LONG_HEADINGS.get(row["name"], plain) if label == "long" else plain
        texts[row["name"]] = around(noise(long))
    return texts


def offered(draw):
    """Draw what the options are called."""
    label, noise = draw.choice(["label_fr", "label_en"]), draw.choice([*NOISE.values()])
    names = [row["name"] for row in records(CODEBOOK.variables) if row["level_set"]]
    return {
        (name, level["code"]): noise(level[label])
        for name in names
        for level in CODEBOOK.level_rows(name)
    }


def person(draw):
    """Draw one person's answers."""
    given = {}
    for row in records(CODEBOOK.variables):
        codes = CODEBOOK.codes(row["name"])
        if not codes:
            continue
        most = int(row["max_answers"] or len(codes)) if row["kind"] == "multiple" else 1
        chosen = draw.sample(codes, draw.randint(0, most))
        given[row["name"]] = "|".join(code for code in codes if code in chosen) or None
    for row in records(CODEBOOK.variables):
        if row["other_of"]:
            is_other = "other" in (given[row["other_of"]] or "").split("|")
            given[row["name"]] = (
                draw.choice(["Skype", "Podologue; 2, rue", "2e avis"]) if is_other else None
            )
    given["age_years"] = draw.choice(["18", "67", None])
    return given | {"town": draw.choice(["Béthune", "L'Isle", None])}


def plain(answers):
    """Return answers cell by cell, several in any order."""
    cells = answers.astype(object).where(answers.notna(), "")
    return cells.map(lambda text: "|".join(sorted(text.split("|"))))[CODEBOOK.names()]


def outcome(tool, survey, folder):
    """Return "same", "different", or the error."""
    path = folder / "export"
    path.write_bytes(written_by(tool, survey, folder))
    try:
        found = plain(read_answers(path, CODEBOOK)).to_numpy()
    except ExportError as error:
        return str(error)
    expected = plain(survey.answers).to_numpy()
    if found.shape != expected.shape:
        return f"different: {found.shape} for {expected.shape}"
    apart = [
        (CODEBOOK.names()[at], expected[n, at], found[n, at])
        for n, at in zip(*np.nonzero(found != expected), strict=True)
    ]
    return f"different: {apart[:3]}" if apart else "same"


def random_case(seed, folder):
    draw = random.Random(seed)
    tool = draw.choice([*TOOLS])
    answers = answers_of(CODEBOOK, *(person(draw) for _ in range(draw.randint(1, 4))))
    survey = Survey(answers, CODEBOOK, Wording(asked(draw), offered(draw)))
    return tool, outcome(tool, survey, folder)


def try_cases(seeds, folder):
    found = {seed: random_case(seed, folder) for seed in seeds}
    wrong = {seed: each for seed, each in found.items() if each[1].startswith("different")}
    assert wrong == {}
    return [said for _, said in found.values()]


@pytest.mark.parametrize("part", range(PARTS))
def test_what_a_random_tool_writes_is_read_back_or_refused(part, tmp_path):
    said = try_cases(range(part, QUICK, PARTS), tmp_path)
    assert said.count("same") > 0.8 * len(said)


@pytest.mark.long
@pytest.mark.slow
def test_what_many_random_tools_write_is_read_back_or_refused(tmp_path):
    said = try_cases(range(QUICK, QUICK + LONG), tmp_path)
    assert said.count("same") > 0.8 * LONG


def named(questions="label_fr", options="label_fr"):
    rows = records(CODEBOOK.variables)
    texts = {
        row["name"]: LONG_HEADINGS.get(row["name"], row["label_fr"])
        if questions == "long"
        else row[questions]
        for row in rows
    }
    levels = {
        (r["name"], v["code"]): v[options] for r in rows for v in CODEBOOK.level_rows(r["name"])
    }
    return Wording(texts, levels)


@pytest.mark.parametrize("questions", ["label_fr", "label_en", "long"])
@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_is_read(tool, questions, tmp_path):
    if (tool, questions) == ("Stata", "long"):
        pytest.skip("its labels hold 80 signs")
    survey = Survey(answers_of(CODEBOOK, *PEOPLE), CODEBOOK, named(questions))
    assert outcome(tool, survey, tmp_path) == "same"


def test_how_a_file_was_read_is_told(tmp_path):
    survey = Survey(answers_of(CODEBOOK, *PEOPLE), CODEBOOK, named("long"))
    path = tmp_path / "export.csv"
    rows = written_by("Qualtrics", survey, tmp_path).decode("utf-8-sig").splitlines(keepends=True)
    width = rows[0].count(",")
    path.write_text("".join([*rows, rows[1], '"Total : 4"' + "," * width]), encoding="utf-16")
    reading = read_export(path, CODEBOOK).reading

    def told(part, method):
        return reading.query("part == @part and method == @method")

    assert told("file", "encoding")["text"].tolist() == ["UTF-16"]
    assert told("file", "heading_rows")["n"].tolist() == [3]
    assert told("file", "rows")["n"].tolist() == [4]
    assert told("notice", "repeated_headings")["text"].tolist() == ["8"]
    assert told("notice", "totals")["text"].tolist() == ["9"]
    assert told("left_out", "")["heading"].tolist() == ["N°"]
    options = told("heading", "option").query("variable == 'zone'")
    assert options["level"].tolist() == CODEBOOK.codes("zone")
    assert options["text"].tolist() == CODEBOOK.levels_of("zone")["label_fr"].tolist()


# ---------------------------------------------------------------- codes and their dictionary


def coded(survey):
    """Return headings as LimeSurvey and REDCap call them, cells as codes, and what both stand for."""
    columns, labels = {}, {}
    for number, row in enumerate(survey.variables()):
        name, codes = row["name"], survey.codebook.codes(row["name"])
        numbers = {code: f"A{n}" for n, code in enumerate(codes)}
        labels[f"q{number}"] = (row, {numbers[code]: code for code in codes})
        for code in codes if row["kind"] == "multiple" else ():
            cells = ["1" if code in chosen else "0" for chosen in survey.chosen(name)]
            columns[f"q{number}", numbers[code]] = cells
        if row["kind"] != "multiple":
            cells = [numbers.get(text, text) for text in survey.text(name)]
            columns[f"q{number}", ""] = cells
    return columns, labels


def redcap_dictionary(labels, wording):
    """A data dictionary: ``code, label | code, label``.

    https://linkml.io/linkml-redcap/reference/data_dictionary/Choice/
    """
    rows = [
        {
            "Variable / Field Name": field,
            "Field Type": "checkbox" if row["kind"] == "multiple" else "radio",
            "Field Label": wording.questions[row["name"]],
            "Choices, Calculations, OR Slider Labels": " | ".join(
                f"{number}, {wording.options[row['name'], code]}" for number, code in codes.items()
            ),
        }
        for field, (row, codes) in labels.items()
    ]
    return pd.DataFrame(rows).to_csv(index=False).encode()


def limesurvey_structure(labels, wording):
    """A survey structure: questions, subquestions and answers with their texts per language."""
    tables = {name: [] for name in ("questions", "subquestions", "answers")}
    tables |= {"question_l10ns": [], "answer_l10ns": []}
    for qid, (field, (row, codes)) in enumerate(labels.items(), start=1):
        is_multiple = row["kind"] == "multiple"
        tables["questions"].append(
            {"qid": qid, "title": field, "type": "M" if is_multiple else "L"}
        )
        text = f"<p>{wording.questions[row['name']]}</p>"
        tables["question_l10ns"].append({"qid": qid, "question": text, "language": "fr"})
        for n, (number, code) in enumerate(codes.items()):
            text, key = wording.options[row["name"], code], 1000 * qid + n
            if is_multiple:
                tables["subquestions"].append({"qid": key, "parent_qid": qid, "title": number})
                tables["question_l10ns"].append({"qid": key, "question": text})
            else:
                tables["answers"].append({"qid": qid, "aid": key, "code": number})
                tables["answer_l10ns"].append({"aid": key, "answer": text})
    parts = ["<document>"]
    for table, rows in tables.items():
        cells = ["".join(f"<{k}>{escape(str(v))}</{k}>" for k, v in row.items()) for row in rows]
        parts += [f"<{table}><rows>", *(f"<row>{row}</row>" for row in cells), f"</rows></{table}>"]
    return "".join([*parts, "</document>"]).encode()


@pytest.mark.parametrize(
    ("name", "write", "join"),
    [
        ("Etude_DataDictionary_2022.csv", redcap_dictionary, "{}___{}"),
        ("survey.lss", limesurvey_structure, "{}[{}]"),
        ("survey.lss", limesurvey_structure, "{}_{}"),
    ],
)
def test_codes_are_read_with_the_dictionary_beside_and_refused_without(name, write, join, tmp_path):
    survey = Survey(answers_of(CODEBOOK, *PEOPLE), CODEBOOK, named("long"))
    columns, labels = coded(survey)
    headings = [
        join.format(field, number.lower() if "___" in join else number) if number else field
        for field, number in columns
    ]
    path = tmp_path / "export.csv"
    path.write_bytes(csv([headings, *map(list, zip(*columns.values(), strict=True))], sep=","))
    with pytest.raises(ExportError, match="export the questions and the answers with their full"):
        read_export(path, CODEBOOK)
    (tmp_path / name).write_bytes(write(labels, survey.wording))
    found = plain(read_answers(path, CODEBOOK))
    assert (found.to_numpy() == plain(survey.answers).to_numpy()).all()
    (tmp_path / name).write_bytes(b"<x")
    with pytest.raises(ExportError, match=f"{name} beside export.csv is no dictionary"):
        read_export(path, CODEBOOK)


def variants():
    """Yield each way of wording headings and answers."""
    for label in ("label_fr", "label_en", "long"):
        yield f"questions: {label}", named(label)
    for name, change in [*NOISE.items()][1:]:
        long = named("long")
        questions, options = ({k: change(v) for k, v in texts.items()} for texts in long[:2])
        yield name, Wording(questions, options)
    for name, change in [*AROUND.items()][1:]:
        long = named("long")
        yield name, long._replace(questions={k: change(v) for k, v in long.questions.items()})


def main(tools):
    """Print a table, tool by variant; fail where answers are read as something else."""
    answers, wrong = answers_of(CODEBOOK, *PEOPLE), 0
    ways = dict(variants())
    print("| tool |", *(f"{way} |" for way in ways), "\n|---|" + "---|" * len(ways))
    for tool in tools or TOOLS:
        row = []
        for wording in ways.values():
            with tempfile.TemporaryDirectory() as folder:
                said = outcome(tool, Survey(answers, CODEBOOK, wording), Path(folder))
            wrong += said.startswith("different")
            row.append(said if said == "same" else " ".join(said.split())[-90:])
        print(f"| {tool} |", " | ".join(row), "|")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main(sys.argv[1:])
