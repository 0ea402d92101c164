"""Exports as they come: each odd or broken file is read right, or refused by one clear error.

Every case spoils the same good export of four synthetic respondents. `READ` says what the answers
must be, `REFUSED` what the message must say.
"""

import io
import itertools
import unicodedata
import zipfile

import openpyxl
import pandas as pd
import pytest
from helpers import LONG_HEADINGS, answers_of, read_answers, unchanged, written

from esslib.cleaning import clean, included
from esslib.codebook import fold, records
from esslib.export import ExportError, read_export, spreadsheet, table

PEOPLE = (
    {"town": "Béthune"},
    {"uses_predice_pro": "yes", "ess_q03": "not_applicable", "age_years": "67", "zone": "rural"},
    {"gender": "male", "ess_q03": None, "devices": "tablet", "activity": "mixed_liberal"},
    {"usual_tool": "other", "usual_tool_other": "Skype", "exchange_purposes": None, "town": None},
)
AGE, GENDER, TOWN, ZONE = "Âge (années)", "Genre", "Ville", "Zone d'exercice"
FREE = [TOWN, "Outil habituel (autre)"]
OTHER_TOOL, ITEM = "Outil habituel (autre)", "Authentification de qualité"


def csv(frame, encoding="utf-8", **options):
    return frame.to_csv(index=False, **{"sep": ";", **options}).encode(encoding)


def xlsx(frame, change=lambda book: None):
    stream = io.BytesIO()
    frame.to_excel(stream, index=False)
    book = openpyxl.load_workbook(stream)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell(frame, row, column, text):
    """Return the export with one cell changed; rows count as in a spreadsheet."""
    changed = frame.copy()
    changed.loc[row - 2, column] = text
    return changed


def whole(column, text):
    return lambda f: csv(f.assign(**{column: text}))


def lines(frame):
    return csv(frame).decode().splitlines(keepends=True)


def joined(parts):
    return "".join(parts).encode()


def each(frame, change):
    return frame.map(lambda text: change(text) if text else text)


def dummies(frame, yes, no):
    """Part two questions into one column per level."""
    for column in (ZONE, "Outils informatiques"):
        cells = frame[column].str.split(" ; ")
        ticked = dict.fromkeys(text for texts in cells for text in texts)
        marks = {f"{column} : {t}": [yes if t in c else no for c in cells] for t in ticked}
        frame = frame.drop(columns=column).assign(**marks)
    return frame


def unaccented(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def sheet(action):
    return lambda f: xlsx(f, action)


def cover(book, state):
    book.create_sheet("Notice", 0)["A1"] = "Enquête"
    book["Notice"].sheet_state = state


def second(book):
    book.create_sheet("Résumé").append(["n", 4])


def merged(book):
    first = book.active
    first.insert_rows(1)
    first["A1"], first["F1"] = "Outils", "Score"
    first.merge_cells("A1:E1")


def numbers(book):
    for row in book.active.iter_rows(min_row=2):
        for part in row:
            if isinstance(part.value, str) and part.value.isdigit():
                part.value = int(part.value)


def at(heading, value):
    """Put a value under a heading, in row 3."""

    def change(book):
        headings = [part.value for part in book.active[1]]
        book.active.cell(3, headings.index(heading) + 1).value = value

    return change


def shortened(data, part):
    return data[: int(len(data) * part)]


def widened(frame, extra):
    heads = "".join(f";x{n}" for n in range(extra))
    first, *rest = (line.rstrip("\n") for line in lines(frame))
    return "\n".join([first + heads, *(row + ";1" * extra for row in rest)]).encode()


def zipped(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


READ = {
    # -- files
    "comma": lambda f: csv(f, sep=","),
    "tab": lambda f: csv(f, sep="\t"),
    "CRLF": lambda f: csv(f, lineterminator="\r\n"),
    "CR": lambda f: csv(f, lineterminator="\r"),
    "byte-order mark": lambda f: csv(f, "utf-8-sig"),
    "Windows-1252": lambda f: csv(f, "cp1252"),
    "UTF-16": lambda f: csv(f, "utf-16"),
    "UTF-16, big end first": lambda f: b"\xfe\xff" + csv(f, "utf-16-be"),
    "every cell quoted": lambda f: csv(f, quoting=1),
    "Excel's line sep=": lambda f: b"sep=;\r\n" + csv(f),
    "sep= against the habit": lambda f: b"sep=,\r\n" + csv(f, sep=","),
    "no last line end": lambda f: csv(f).rstrip(),
    "blank rows in between and after": lambda f: joined(
        itertools.chain.from_iterable((line, "\n") for line in lines(f))
    ),
    "rows of separators only": lambda f: csv(f) + b";" * 45 + b"\n",
    "blank lines in front": lambda f: b"\n\n" + csv(f),
    "blank columns after": lambda f: joined(line.rstrip() + ";;;\n" for line in lines(f)),
    "XLSX": xlsx,
    "XLSX with numbers as numbers": sheet(numbers),
    "XLSX with a second sheet": sheet(second),
    "XLSX behind a hidden sheet": sheet(lambda book: cover(book, "hidden")),
    "XLSX behind a very hidden sheet": sheet(lambda book: cover(book, "veryHidden")),
    "XLSX from the second row on": sheet(lambda book: book.active.insert_rows(1, 2)),
    "XLSX from the third column on": sheet(lambda book: book.active.insert_cols(1, 2)),
    # -- headings
    "headings in capitals": lambda f: csv(f.rename(columns=str.upper)),
    "headings without accents": lambda f: csv(f.rename(columns=fold)),
    "headings between blanks": lambda f: csv(f.rename(columns=lambda old: f"  {old} \xa0")),
    "headings with no-break spaces": lambda f: csv(
        f.rename(columns=lambda old: old.replace(" ", "\u202f"))
    ),
    "headings numbered": lambda f: csv(
        f.set_axis([f"Q{n}_1. {old}" for n, old in enumerate(f)], axis=1)
    ),
    "headings broken over two lines": lambda f: csv(
        f.rename(columns=lambda old: old.replace(" ", "\n", 1))
    ),
    "columns backwards": lambda f: csv(f[f.columns[::-1]]),
    "extra columns": lambda f: csv(f.assign(Durée="01:00", IP="10.0.0.1")),
    "10,000 extra columns": lambda f: widened(f, 10_000),
    "a row index without heading": lambda f: f.to_csv(sep=";").encode(),
    "no column for the free texts": lambda f: csv(
        f.drop(columns=["Correspondants (autre)", "Messagerie instantanée habituelle (autre)"])
    ),
    # -- answers
    "answers in capitals": lambda f: csv(each(f, str.upper).assign(**f[FREE])),
    "answers without accents": lambda f: csv(each(f, unaccented).assign(**f[FREE])),
    "answers between blanks": lambda f: csv(each(f, lambda t: f" \xa0{t}  ")),
    "answers with no-break spaces": lambda f: csv(each(f, lambda t: t.replace(" ", "\xa0"))),
    "answers parted by bars": lambda f: csv(each(f, lambda t: t.replace(" ; ", "|"))),
    "answers parted by line breaks": lambda f: csv(each(f, lambda t: t.replace(" ; ", "\n"))),
    "answers parted by commas": lambda f: csv(each(f, lambda t: t.replace(" ; ", ","))),
    "answers with a separator at the end": lambda f: csv(
        each(f, lambda t: t + " ;" if " ; " in t else t)
    ),
    "answers twice in a cell": lambda f: csv(cell(f, 2, ZONE, "ZIP ; Urbaine ; ZIP")),
    "one column per level, 0 and 1": lambda f: csv(dummies(f, "1", "0")),
    "one column per level, X": lambda f: csv(dummies(f, "X", "")),
    "one column per level, oui and non": lambda f: csv(dummies(f, "oui", "Non")),
    "one column per level, check marks": lambda f: csv(dummies(f, "✓", "")),
    "one column per level, numbers in XLSX": lambda f: xlsx(dummies(f, 1, 0)),
    "one column per level, booleans in XLSX": lambda f: xlsx(dummies(f, True, False)),
    "ages with a decimal comma": lambda f: csv(f.assign(**{AGE: f[AGE] + ",0"})),
    "ages with a unit": lambda f: csv(f.assign(**{AGE: f[AGE] + " ans"})),
    "ages as decimal numbers in XLSX": lambda f: xlsx(f.assign(**{AGE: f[AGE].astype(float)})),
    "N/A for not applicable": lambda f: csv(cell(f, 3, ITEM, "N/A")),
    "NA for not applicable": lambda f: csv(cell(f, 3, ITEM, "NA")),
    "Sans objet for not applicable": lambda f: csv(cell(f, 3, ITEM, "sans objet")),
    "a dash for no answer": lambda f: csv(cell(f, 4, ITEM, "-")),
    "Non réponse for no answer": lambda f: csv(cell(f, 4, ITEM, "Non réponse")),
    "other wordings of agreement": lambda f: csv(
        f.replace("Plutôt d'accord", "Modérément d’accord")
    ),
}
# Read right, but these say something else than the good export.
READ_OTHERWISE = {
    "line breaks, quotation marks and separators in a text": (
        whole(TOWN, 'L\'"Isle" ; là\nbas'),
        {"town": 'L\'"Isle" ; là\nbas'},
    ),
    "mark-up and formulas in a text stay text": (
        whole(OTHER_TOOL, "=HYPERLINK(1) <b>{{x}}</b> $\\alpha$"),
        {"usual_tool_other": "=HYPERLINK(1) <b>{{x}}</b> $\\alpha$"},
    ),
    "a very long text": (whole(TOWN, "x" * 100_000), {"town": "x" * 100_000}),
    "signs beyond Latin": (whole(TOWN, "Ленс 🏥"), {"town": "Ленс 🏥"}),
    "NA in a text": (whole(TOWN, "NA"), {"town": "NA"}),
    "a postcode that lost its zero": (
        lambda f: xlsx(f.assign(**{"Code postal": 2100})),
        {"postcode": "2100"},
    ),
    "an item not applicable to anybody": (
        whole(ITEM, "Non applicable"),
        {"ess_q03": "not_applicable"},
    ),
    "an item without any answer": (whole(ITEM, ""), {"ess_q03": None}),
    "one group empty": (whole("Utilise Predice PRO", "Non"), {"uses_predice_pro": "no"}),
    "everybody alike": (whole(GENDER, "Féminin"), {"gender": "female"}),
}
REFUSED = {
    # -- files
    "empty": (lambda f: b"", ["is empty"]),
    "byte-order mark only": (lambda f: b"\xef\xbb\xbf", ["is empty"]),
    "blank lines only": (lambda f: b"\n \n\r\n", ["is empty"]),
    "headings only": (lambda f: csv(f.head(0)), ["holds no responses", "at least one row"]),
    "headings and blank rows": (lambda f: csv(f.head(0)) + b";" * 45 + b"\n\n", ["no responses"]),
    "XLSX without rows": (lambda f: xlsx(f.head(0)), ["holds no responses"]),
    "XLSX without cells": (lambda f: xlsx(pd.DataFrame()), ["holds no responses"]),
    "picture": (lambda f: b"\x89PNG\r\n\x1a\n\x00\x00", ["is no text", "UTF-8 CSV or XLSX"]),
    "PDF": (lambda f: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", ["the first row is one cell only"]),
    "web page": (lambda f: b"<html><body>oui</body></html>", ["the first row is one cell only"]),
    "old Excel": (
        lambda f: b"\xd0\xcf\x11\xe0\xa1\xb1",
        ["old or protected Excel file", "save it as"],
    ),
    "archive": (lambda f: zipped("a.txt"), ["no readable XLSX workbook", "save it again"]),
    "XLSX truncated": (lambda f: shortened(xlsx(f), 0.7), ["no readable XLSX workbook"]),
    "XLSX with broken XML": (
        lambda f: zipped("[Content_Types].xml"),
        ["no readable XLSX workbook"],
    ),
    "another survey": (
        lambda f: b"name;colour\nx;red\n",
        ["do not fit the questionnaire", "no column for usual_tool", "no column for ess_q20"],
    ),
    "zero bytes": (lambda f: csv(f).replace(b"Skype", b"Sk\x00pe"), ["zero bytes"]),
    "UTF-16 without mark": (lambda f: csv(f, "utf-16-le"), ["zero bytes", "save it as UTF-8"]),
    "UTF-16 cut in a character": (
        lambda f: csv(f, "utf-16")[:-1],
        ["neither UTF-8, UTF-16 nor Windows-1252"],
    ),
    "no known encoding": (
        lambda f: csv(f).replace("é".encode(), b"\x81"),
        ["neither UTF-8, UTF-16 nor Windows-1252"],
    ),
    "UTF-8 read as Windows-1252 and saved": (
        lambda f: csv(f).decode("latin-1").encode(),
        ["no column for patient_mix"],
    ),
    "truncated in a row": (lambda f: shortened(csv(f), 0.9), ["row 5 has", "truncated"]),
    "truncated in the headings": (lambda f: csv(f)[:100], ["holds no responses"]),
    "truncated in quotation marks": (
        lambda f: csv(f.head(1), quoting=1).rstrip()[:-3],
        ["quotation mark opens and never closes"],
    ),
    "another separator": (
        lambda f: csv(f, sep="%"),
        ["the first row is one cell only", "semicolons, commas or tabs"],
    ),
    "separator changes": (
        lambda f: joined([*lines(f)[:3], *csv(f, sep="\t").decode().splitlines(True)[3:]]),
        ["fill 46 columns", "row 4 has", "row 5 has"],
    ),
    "separator in a text without quotation marks": (
        lambda f: csv(f).replace("Béthune".encode(), b"Lens;Lille"),
        ["fill 46 columns", "row 2 has 47 cells"],
    ),
    "title above the headings": (
        lambda f: b"Enquete 2022\n" + csv(f),
        ["the first row is one cell only; it must hold the headings"],
    ),
    # -- spreadsheets
    "formula without value": (sheet(at(AGE, "=20+21")), ["formulas without a value in AC3"]),
    "formula that failed": (sheet(at(AGE, "#REF!")), ["row 3, column 'age_years': '#REF!'"]),
    "error cell": (sheet(at(GENDER, "#N/A")), ["row 3, column 'gender': '#"]),
    "date of birth as age": (
        sheet(at(AGE, pd.Timestamp("1981-05-02"))),
        ["row 3, column 'age_years': '1981-05-02", "a number from 18 to 99"],
    ),
    "merged headings over the headings": (sheet(merged), ["have no heading", "merged cells"]),
    "visible cover sheet first": (
        sheet(lambda book: cover(book, "visible")),
        ["holds no responses"],
    ),
    # -- headings
    "a column missing": (lambda f: csv(f.drop(columns=GENDER)), ["no column for gender (Genre)"]),
    "several columns missing": (
        lambda f: csv(f.drop(columns=[GENDER, AGE])),
        ["no column for age_years (Âge (années))", "no column for gender (Genre)"],
    ),
    "a column twice": (
        lambda f: csv(pd.concat([f, f[[GENDER]]], axis=1)),
        ["columns 'Genre' (30) and 'Genre' (47) both answer gender", "keep one"],
    ),
    "two columns for one question": (
        lambda f: csv(f.assign(**{"Votre âge": f[AGE]})),
        ["'Âge (années)' (29) and 'Votre âge' (47) both answer age_years"],
    ),
    "a heading that fits two questions": (
        lambda f: csv(f.rename(columns={ITEM: "RGPD et secret médical"})),
        ["'RGPD et secret médical' fits ['ess_q06', 'ess_q12']", "no column for ess_q03"],
    ),
    "a question whole and by level": (
        lambda f: csv(f.assign(**{"Zone d'exercice : ZIP": "1"})),
        ["both answer zone"],
    ),
    "no headings": (lambda f: csv(f, header=False), ["no column for uses_predice_pro"]),
    "headings lost": (
        lambda f: csv(f.rename(columns={GENDER: "", AGE: ""})),
        ["columns 29, 30 have no heading"],
    ),
    # -- answers
    "unknown level": (
        lambda f: csv(cell(f, 4, "Aisance informatique", "Ninja")),
        ["1 problem(s)", "row 4, column 'it_skill': 'Ninja'", "expected one of ['Mauvaise',"],
    ),
    "typing error": (
        lambda f: csv(cell(f, 2, "Aisance informatique", "Exellente")),
        ["row 2, column 'it_skill': 'Exellente'", "did you mean 'Excellente'?"],
    ),
    "typing error in one of several answers": (
        lambda f: csv(cell(f, 2, "Outils informatiques", "Tablette ; Ordinateur portatif")),
        ["row 2, column 'devices'", "did you mean 'Ordinateur portable'?"],
    ),
    "several problems": (
        lambda f: csv(cell(cell(cell(f, 2, GENDER, "?!"), 5, AGE, "120"), 5, ITEM, "oui")),
        [
            "3 problem(s)",
            "row 2, column 'gender': '?!'",
            "row 5, column 'age_years': '120'",
            "row 5, column 'ess_q03': 'oui'",
        ],
    ),
    "row numbers count blank rows": (
        lambda f: csv(f.head(0)) + b"\n\n" + csv(cell(f, 2, GENDER, "?!"), header=False),
        ["row 4, column 'gender'"],
    ),
    "row numbers count texts of several lines once": (
        lambda f: csv(cell(cell(f, 2, TOWN, "a\nb\nc"), 3, GENDER, "?!")),
        ["row 3, column 'gender'"],
    ),
    "age in words": (lambda f: csv(cell(f, 3, AGE, "la quarantaine")), ["'la quarantaine'"]),
    "year of birth as age": (lambda f: csv(cell(f, 3, AGE, "1981")), ["'1981'", "18 to 99"]),
    "negative age": (lambda f: csv(cell(f, 3, AGE, "-41")), ["'-41'", "18 to 99"]),
    "NA as age": (lambda f: csv(cell(f, 3, AGE, "NA")), ["row 3, column 'age_years': 'NA'"]),
    "N/A as gender": (lambda f: csv(cell(f, 3, GENDER, "N/A")), ["column 'gender': 'N/A'"]),
    "too many answers": (
        lambda f: csv(cell(f, 2, "Patientèle", "Femmes;Hommes;Seniors (plus de 65 ans);Enfants")),
        ["column 'patient_mix'", "expected at most 3 answers"],
    ),
    "two answers to a single question": (
        lambda f: csv(cell(f, 2, "Outil habituel", "Fax ; Lifen")),
        ["column 'usual_tool': 'Fax ; Lifen'"],
    ),
    "numeric codes of answers": (whole(ITEM, "3"), ["4 problem(s)", "column 'ess_q03': '3'"]),
    "negated agreement": (whole(ITEM, "Pas totalement d'accord"), ["column 'ess_q03'"]),
    "two columns exchanged": (
        lambda f: csv(f.rename(columns={GENDER: AGE, AGE: GENDER})),
        ["8 problem(s)", "column 'gender': '41'", "column 'age_years': 'Féminin'"],
    ),
    "unclear marks": (
        lambda f: csv(dummies(f, "✗", "")),
        ["row 2, column 'zone': '✗'", "row 4, column 'devices': '✗'"],
    ),
}


@pytest.fixture(scope="module")
def answers(codebook):
    return answers_of(codebook, *PEOPLE)


@pytest.fixture(scope="module")
def tidy(codebook, answers):
    return clean(answers, codebook).reset_index(drop=True)


@pytest.fixture(scope="module")
def good(codebook, answers):
    return written(answers, codebook)


def save(tmp_path, data):
    name = "export.xlsx" if data.startswith(b"PK") else "export.csv"
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("case", READ)
def test_read(codebook, tidy, good, tmp_path, case):
    with unchanged(good):
        path = save(tmp_path, READ[case](good))
    found = clean(read_answers(path, codebook), codebook).reset_index(drop=True)
    pd.testing.assert_frame_equal(found, tidy)


@pytest.mark.parametrize("case", READ_OTHERWISE)
def test_read_otherwise(codebook, answers, good, tmp_path, case):
    make, said = READ_OTHERWISE[case]
    found = read_answers(save(tmp_path, make(good)), codebook)
    expected = answers.assign(**said).astype("str")
    pd.testing.assert_frame_equal(found[expected.columns], expected)
    assert len(clean(found, codebook)) == len(answers)


@pytest.mark.parametrize("case", REFUSED)
def test_refused(codebook, good, tmp_path, case):
    make, parts = REFUSED[case]
    path = save(tmp_path, make(good))
    with pytest.raises(ExportError) as caught:
        read_answers(path, codebook)
    message = str(caught.value)
    assert [part for part in parts if part not in message] == [], message
    assert list(tmp_path.iterdir()) == [path]


def test_the_catalogue_is_long_enough():
    assert len(READ) + len(READ_OTHERWISE) + len(REFUSED) >= 60


# -- what needs more than four respondents or another file


@pytest.mark.parametrize("place", ["nowhere.csv", "."])
def test_no_such_file(codebook, tmp_path, place):
    with pytest.raises(ExportError, match=r"cannot read .* \(.*\): give the path"):
        read_export(tmp_path / place, codebook)


@pytest.mark.parametrize("name", ["e.xlsx", "e.txt", "e"])
def test_the_content_counts_and_not_the_name(codebook, answers, good, tmp_path, name):
    for data in (csv(good), xlsx(good)):
        path = tmp_path / name
        path.write_bytes(data)
        pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_one_respondent(codebook, answers, good, tmp_path):
    found = read_answers(save(tmp_path, csv(good.head(1))), codebook)
    pd.testing.assert_frame_equal(found, answers.head(1))


def test_everything_not_applicable_to_a_person(codebook, good, tmp_path):
    items = codebook.variables.query("role == 'item'")["label_fr"].tolist()
    frame = good.copy()
    frame.loc[0, items] = "N/A"
    tidy = clean(read_answers(save(tmp_path, csv(frame)), codebook), codebook)
    assert (tidy.loc[2, codebook.items] == "not_applicable").all()
    assert 2 in included(tidy).index


def test_duplicated_respondents_are_marked(codebook, good, tmp_path):
    data = csv(pd.concat([good, good.iloc[[1, 1]]]))
    tidy = clean(read_answers(save(tmp_path, data), codebook), codebook)
    assert tidy.index[tidy["excluded_because"] == "duplicate"].tolist() == [6, 7]


@pytest.mark.parametrize("label", ["name", "label_en"])
def test_other_labels(codebook, answers, tmp_path, label):
    path = save(tmp_path, csv(written(answers, codebook, label=label)))
    pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_long_wording(codebook, answers, good, tmp_path):
    long = {row["label_fr"]: LONG_HEADINGS.get(row["name"]) for row in records(codebook.variables)}
    frame = good.rename(columns={short: text for short, text in long.items() if text})
    path = save(tmp_path, csv(frame))
    pd.testing.assert_frame_equal(read_answers(path, codebook), answers)


def test_a_row_without_end_is_refused(codebook, good, tmp_path, monkeypatch):
    monkeypatch.setattr(table, "BLOCK", 2000)
    with pytest.raises(ExportError, match="a quotation mark that never closes"):
        read_export(save(tmp_path, csv(cell(good, 3, TOWN, "x" * 10_000))), codebook)


def test_a_workbook_that_unpacks_too_large_is_refused(codebook, good, tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet, "LIMIT", 1000)
    with pytest.raises(ExportError, match="unpacks to more than"):
        read_export(save(tmp_path, xlsx(good)), codebook)
