"""The catalogue of exports as they come: each is read right, or refused by one clear error.

Every case spoils the same good export: four respondents typed by hand, or the shipped synthetic
cohort for what shows only when scores are compared. `python tests/catalogue.py` prints every
outcome.
"""

import io
import itertools
import re
import sys
import tempfile
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import openpyxl
import pandas as pd
import pyreadstat
from helpers import answers_of, read_answers, written
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from esslib import predictors
from esslib.chapters.outcomes import group_summaries, group_tests
from esslib.chapters.questionnaire import score_contrasts
from esslib.paths import resolve
from esslib.survey.classes import OUTCOME, predictor_frame, secured
from esslib.survey.cleaning import clean, included, tidy_answers
from esslib.survey.codebook import fold, read_codebook
from esslib.survey.export import read_export, spreadsheet

PEOPLE = (
    {"town": "Béthune"},
    {"uses_predice_pro": "yes", "ess_q03": "not_applicable", "age_years": "67", "zone": "rural"},
    {"gender": "male", "ess_q03": None, "devices": "tablet", "activity": "mixed_liberal"},
    {"usual_tool": "other", "usual_tool_other": "Skype", "exchange_purposes": None, "town": None},
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODF = ("office", "text", "table")
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


def ods(frame):
    """Return a table as OpenDocument, with the blank rest of the sheet as LibreOffice writes it."""
    path = {part: f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ODF}
    spaces = " ".join(f'xmlns:{part}="{name}"' for part, name in path.items())
    rows = [list(frame), *frame.fillna("").to_numpy().tolist()]
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
            "</table:table-cell>"
            if text
            else "<table:table-cell/>"
            for text in row
        )
        for row in rows
    ]
    blank = '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    content = (
        f'<office:document-content {spaces} office:version="1.3"><office:body><office:spreadsheet>'
        '<table:table table:name="Feuille1">'
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        + f'<table:table-row table:number-rows-repeated="1048000">{blank}'
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/></m:manifest>'
    )
    parts = {"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped(**parts)


def labelled(frame, write):
    """Return a table as SPSS or Stata keeps it: short names, wordings beside, codes for answers."""
    names = [f"v{at}" for at in range(frame.shape[1])]
    plain = frame.set_axis(names, axis=1)
    closed = [name for name in names if plain[name].nunique() == 1 and plain[name].notna().all()]
    codes = {name: {1.0: plain[name].iloc[0]} for name in closed}
    plain = plain.assign(**dict.fromkeys(closed, 1.0)).fillna("")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        write(plain, path, column_labels=list(frame), variable_value_labels=codes)
        return path.read_bytes()


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


def declared(data, size):
    """Let every part of an archive say that it unpacks to `size` bytes."""
    changed, at = bytearray(data), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 24 : at + 28] = size.to_bytes(4, "little")
        at += 4
    return bytes(changed)


def noise():
    """Cells that fill more than a row may, and hardly pack."""
    drawn = np.random.default_rng(1).integers(0, 2**60, 700_000)
    return b"".join(b"<c><v>%d</v></c>" % number for number in drawn)


def shortened(data, part):
    return data[: int(len(data) * part)]


def widened(frame, extra):
    heads = "".join(f";x{n}" for n in range(extra))
    first, *rest = (line.rstrip("\n") for line in lines(frame))
    return "\n".join([first + heads, *(row + ";1" * extra for row in rest)]).encode()


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(frame, name, change):
    """A workbook one of whose parts is changed, or added."""
    with zipfile.ZipFile(io.BytesIO(xlsx(frame))) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return zipped(**{**parts, name: change(parts.get(name, b""))})


def in_sheet(change):
    return lambda f: repacked(f, "xl/worksheets/sheet1.xml", change)


def linked(book):
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(
        type="externalLinkPath", Target="file:///other.xlsx", TargetMode="External"
    )
    book._external_links.append(link)


READ = {
    # -- files
    "comma": lambda f: csv(f, sep=","),
    "tab": lambda f: csv(f, sep="\t"),
    "CRLF": lambda f: csv(f, lineterminator="\r\n"),
    "CR": lambda f: csv(f, lineterminator="\r"),
    "byte-order mark": lambda f: csv(f, "utf-8-sig"),
    "two byte-order marks": lambda f: b"\xef\xbb\xbf" + csv(f, "utf-8-sig"),
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
    "ODS": ods,
    "SPSS": lambda f: labelled(f, pyreadstat.write_sav),
    "Stata": lambda f: labelled(f, pyreadstat.write_dta),
    "XLSX with merged headings over the headings": sheet(merged),
    "zip of a CSV": lambda f: zipped(**{"Enquête.csv": csv(f), "__MACOSX/Enquête.csv": ""}),
    "zip of a workbook": lambda f: zipped(**{"a/export.xlsx": xlsx(f)}),
    "headings full of another separator": lambda f: csv(f.assign(**{"a" + ",b" * 90: "x"})),
    "zero-width signs": lambda f: csv(
        each(f, lambda t: t[:3] + "\u200b\u00ad" + t[3:] + "\ufeff").rename(
            columns=lambda t: "\ufeff" + t[:2] + "\u2060" + t[2:]
        )
    ),
    "XLSX behind a hidden sheet": sheet(lambda book: cover(book, "hidden")),
    "XLSX behind a cover sheet": sheet(lambda book: cover(book, "visible")),
    "XLSX behind a very hidden sheet": sheet(lambda book: cover(book, "veryHidden")),
    "XLSX with a link to another workbook": sheet(linked),
    "XLSX with a column of dates as numbers": lambda f: xlsx(f.assign(**{"Date de saisie": 44835})),
    "XLSX with line breaks as Excel keeps them": lambda f: xlsx(
        each(f, lambda t: t.replace(" ; ", "_x000D_\n"))
    ),
    "XLSX that misstates its size": in_sheet(
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', xml)
    ),
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
    "a column twice": lambda f: csv(pd.concat([f, f[[GENDER]]], axis=1)),
    "two columns for one question": lambda f: csv(
        f.assign(**{"Votre âge": f[AGE].where(f[AGE] != "67")})
    ),
    "the headings again among the rows": lambda f: csv(f.head(2)) + csv(f.tail(2)),
    "a row of totals": lambda f: f.to_csv(sep=";").encode() + b"Total : 4" + b";" * 46 + b"\n",
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
    "answers with accents of two signs": lambda f: csv(
        each(f, lambda t: unicodedata.normalize("NFD", t)).assign(**f[FREE])
    ),
    "headings with accents of two signs": lambda f: csv(
        f.rename(columns=lambda old: unicodedata.normalize("NFD", old))
    ),
    "typographic apostrophes": lambda f: csv(
        each(f, lambda t: t.replace("'", "’")).rename(columns=lambda t: t.replace("'", "’"))
    ),
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
    "NA in a text beside not applicable in full": (whole(TOWN, "NA"), {"town": "NA"}),
    "NA in a text": (
        lambda f: csv(f.assign(**{TOWN: "NA", ITEM: "Plutôt d'accord"})),
        {"town": "NA", "ess_q03": "agree"},
    ),
    "NA as age beside not applicable in full": (
        whole(AGE, "NA"),
        {"age_years": None},
    ),
    "a postcode that lost its zero": (
        lambda f: xlsx(f.assign(**{"Code postal": 2100})),
        {"postcode": "2100"},
    ),
    "an item not applicable to anybody": (
        whole(ITEM, "Non applicable"),
        {"ess_q03": "not_applicable"},
    ),
    "NA for blank beside not applicable": (
        lambda f: csv(f.replace("", "NA").assign(**{ITEM: ["NA", "Non applicable", "NA", "NA"]})),
        {
            "ess_q03": [None, "not_applicable", None, None],
            "town": ["Béthune", "Lille", "Lille", "NA"],
        },
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
    "archive of no export": (
        lambda f: zipped(**{"a.txt": "x"}),
        ["a.txt: the first row is one cell only"],
    ),
    "archive of two exports": (
        lambda f: zipped(**{"a.csv": csv(f), "b/c.xlsx": xlsx(f)}),
        ["must hold one export", "it holds a.csv, b/c.xlsx", "give the path of the export"],
    ),
    "archive of nothing known": (lambda f: zipped(**{"a.doc": "x"}), ["it holds a.doc"]),
    "XLSX truncated": (lambda f: shortened(xlsx(f), 0.7), ["no readable XLSX workbook"]),
    "XLSX with broken XML": (
        lambda f: zipped(**{"[Content_Types].xml": "x"}),
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
    "a total below the rows": (lambda f: csv(f) + b"Total;4\n", ["row 6 has 2 cells"]),
    "a separator after the headings only": (
        lambda f: csv(f).replace(b"\n", b";\n", 1),
        ["fill 47 columns", "row 2 has 46 cells"],
    ),
    "20,000 columns": (
        lambda f: widened(f, 20_000),
        ["20,046 columns, the limit is 16,384", "ESSLIB_EXPORT_LIMITS=2"],
    ),
    "20 million columns": (
        lambda f: b";" * 20_000_000 + b"\na\n",
        ["columns, the limit is 16,384"],
    ),
    "a text as long as a page for a heading": (
        lambda f: csv(f.rename(columns={AGE: "Consigne : " * 300})),
        ["column 29, has 3,299 characters in one heading"],
    ),
    # -- spreadsheets
    "XLSX that unpacks to a thousand times its size": (
        in_sheet(lambda xml: xml + b" " * 20_000_000),
        ["bytes once unpacked for each byte", "ESSLIB_EXPORT_LIMITS="],
    ),
    "XLSX that unpacks to more than a gigabyte": (
        lambda f: declared(in_sheet(lambda xml: xml)(f), 2 << 30),
        ["bytes once unpacked, the limit is 1,073,741,824"],
    ),
    "XLSX of ten thousand parts": (
        lambda f: zipped(**dict.fromkeys(map(str, range(10_001)), "")),
        ["10,001 packed parts, the limit is 10,000"],
    ),
    "XLSX with an external entity": (
        in_sheet(lambda xml: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xml),
        ["declares entities", "save it as CSV"],
    ),
    "XLSX with entities that double": (
        in_sheet(lambda xml: b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + xml),
        ["declares entities"],
    ),
    "ODS of a repeated row": (
        lambda f: zipped(
            **{
                "content.xml": '<table:table ><table:table-row table:number-rows-repeated="999999">'
                "<table:table-cell/></table:table-row><table:table-row><table:table-cell "
                'table:number-columns-repeated="99"><text:p>x</text:p></table:table-cell>'
            }
        ),
        ["bytes once unpacked, the limit is"],
    ),
    "ODS truncated": (lambda f: zipped(**{"content.xml": "x"}), ["no readable ODS workbook"]),
    "SPSS truncated": (
        lambda f: labelled(f, pyreadstat.write_sav)[:5000],
        ["no readable SPSS or Stata file", "export the answers as CSV, with labels"],
    ),
    "XLSX in UTF-16": (
        in_sheet(lambda xml: "\ufeff".encode("utf-16-le") + xml.decode().encode("utf-16-le")),
        ["another encoding than UTF-8"],
    ),
    "XLSX with one cell in the last row and column": (
        in_sheet(
            lambda xml: xml.replace(
                b"</sheetData>", b'<row r="99999"><c r="XFD99999"><v>1</v></c></row></sheetData>'
            )
        ),
        ["1,638,383,616 cells, the limit is 250,000,000"],
    ),
    "XLSX with a row beyond all rows": (
        in_sheet(lambda xml: xml.replace(b'<row r="5"', b'<row r="999999999999"')),
        ["1,048,577 rows in a sheet, the limit is 1,048,576"],
    ),
    "XLSX with one endless row": (
        in_sheet(
            lambda xml: xml.replace(b"<sheetData>", b"<sheetData><row>" + noise() + b"</row>")
        ),
        ["bytes in one row, the limit is 16,777,216"],
    ),
    "formula without value": (sheet(at(AGE, "=20+21")), ["formulas without a value in AC3"]),
    "formula that failed": (sheet(at(AGE, "#REF!")), ["row 3, column 'Âge (années)': '#REF!'"]),
    "error cell": (sheet(at(GENDER, "#N/A")), ["row 3, column 'Genre': '#"]),
    "date of birth as age": (
        sheet(at(AGE, pd.Timestamp("1981-05-02"))),
        ["row 3, column 'Âge (années)': '1981-05-02", "a number from 18 to 99"],
    ),
    "a range that a spreadsheet took for a date": (
        sheet(at("Visites à domicile par jour", pd.Timestamp("2022-10-05"))),
        ["row 3, column 'Visites à domicile par jour': '2022-10-05", "expected one of ['Aucune'"],
    ),
    # -- headings
    "a column missing": (lambda f: csv(f.drop(columns=GENDER)), ["no column for gender (Genre)"]),
    "several columns missing": (
        lambda f: csv(f.drop(columns=[GENDER, AGE])),
        ["no column for age_years (Âge (années))", "no column for gender (Genre)"],
    ),
    "two columns for one question that differ": (
        lambda f: csv(pd.concat([f, f[[GENDER]].replace("Féminin", "Autre")], axis=1)),
        [
            "'Genre (column 30)' (30) and 'Genre (column 47)' (47) both answer gender and differ in",
            "row 2 ('Féminin' and 'Autre')",
            "correct the cells there, or rename",
        ],
    ),
    "an option unknown beside others": (
        lambda f: csv(dummies(f, "1", "0").rename(columns={f"{ZONE} : ZIP": "Zone : inconnue"})),
        ["'Zone : inconnue' stands beside the options of zone", "'ZIP', 'ZAR']: write it as"],
    ),
    "a heading that fits two questions": (
        lambda f: csv(f.rename(columns={ITEM: "RGPD et secret médical"})),
        ["'RGPD et secret médical' fits ['ess_q06', 'ess_q12']", "no column for ess_q03"],
    ),
    "a question whole and by level": (
        lambda f: csv(f.assign(**{"Zone d'exercice : ZIP": "1"})),
        ["both answer zone and differ in row 2"],
    ),
    "no headings": (lambda f: csv(f, header=False), ["no column for uses_predice_pro"]),
    "headings lost": (
        lambda f: csv(f.rename(columns={GENDER: "", AGE: ""})),
        ["columns 29, 30 have no heading"],
    ),
    # -- answers
    "unknown level": (
        lambda f: csv(cell(f, 4, "Aisance informatique", "Ninja")),
        [
            "1 problem(s)",
            "row 4, column 'Aisance informatique': 'Ninja'",
            "expected one of ['Mauvaise',",
        ],
    ),
    "typing error": (
        lambda f: csv(cell(f, 2, "Aisance informatique", "Exellente")),
        ["row 2, column 'Aisance informatique': 'Exellente'", "did you mean 'Excellente'?"],
    ),
    "typing error in one of several answers": (
        lambda f: csv(cell(f, 2, "Outils informatiques", "Tablette ; Ordinateur portatif")),
        ["row 2, column 'Outils informatiques'", "did you mean 'Ordinateur portable'?"],
    ),
    "several problems": (
        lambda f: csv(cell(cell(cell(f, 2, GENDER, "?!"), 5, AGE, "120"), 5, ITEM, "oui")),
        [
            "3 problem(s)",
            "row 2, column 'Genre': '?!'",
            "row 5, column 'Âge (années)': '120'",
            "row 5, column 'Authentification de qualité': 'oui'",
        ],
    ),
    "row numbers count blank rows": (
        lambda f: csv(f.head(0)) + b"\n\n" + csv(cell(f, 2, GENDER, "?!"), header=False),
        ["row 4, column 'Genre'"],
    ),
    "row numbers count texts of several lines once": (
        lambda f: csv(cell(cell(f, 2, TOWN, "a\nb\nc"), 3, GENDER, "?!")),
        ["row 3, column 'Genre'"],
    ),
    "age in words": (lambda f: csv(cell(f, 3, AGE, "la quarantaine")), ["'la quarantaine'"]),
    "year of birth as age": (lambda f: csv(cell(f, 3, AGE, "1981")), ["'1981'", "18 to 99"]),
    "negative age": (lambda f: csv(cell(f, 3, AGE, "-41")), ["'-41'", "18 to 99"]),
    "NA as age": (
        lambda f: csv(cell(cell(f, 3, AGE, "NA"), 3, ITEM, "")),
        ["row 3, column 'Âge (années)': 'NA'"],
    ),
    "formula as age in CSV": (lambda f: csv(cell(f, 3, AGE, "=20+21")), ["'=20+21'", "18 to 99"]),
    "an answer of a hundred thousand characters": (
        lambda f: csv(cell(f, 3, ZONE, "a," * 50_000)),
        [
            "row 3, column \"Zone d'exercice\": 'a,a,",
            "...' is not valid",
            "expected one of ['Urbaine'",
        ],
    ),
    "N/A as gender": (
        lambda f: csv(cell(cell(f, 3, GENDER, "N/A"), 3, ITEM, "")),
        ["column 'Genre': 'N/A'"],
    ),
    "too many answers": (
        lambda f: csv(cell(f, 2, "Patientèle", "Femmes;Hommes;Seniors (plus de 65 ans);Enfants")),
        ["column 'Patientèle'", "expected at most 3 answers"],
    ),
    "an answer and its contrary": (
        lambda f: csv(cell(f, 2, "Utilise Predice PRO", "Oui / Non")),
        ["column 'Utilise Predice PRO': 'Oui / Non'"],
    ),
    "a wording and words that limit it": (
        lambda f: csv(cell(f, 2, "Outils informatiques", "Tablette du cabinet ; Tablette")),
        ["column 'Outils informatiques': 'Tablette du cabinet ; Tablette'"],
    ),
    "two answers to a single question": (
        lambda f: csv(cell(f, 2, "Outil habituel", "Fax ; Lifen")),
        ["column 'Outil habituel': 'Fax ; Lifen'"],
    ),
    "numeric codes of answers": (
        whole(ITEM, "3"),
        ["4 problem(s)", "column 'Authentification de qualité': '3'"],
    ),
    "negated agreement": (
        whole(ITEM, "Pas totalement d'accord"),
        ["column 'Authentification de qualité'"],
    ),
    "two columns exchanged": (
        lambda f: csv(f.rename(columns={GENDER: AGE, AGE: GENDER})),
        ["8 problem(s)", "column 'Genre': '41'", "column 'Âge (années)': 'Féminin'"],
    ),
    "unclear marks": (
        lambda f: csv(dummies(f, "✗", "")),
        ["rows 2, 4-5, column \"Zone d'exercice : Urbaine ... Zone d'exercice : Rurale\": '✗|✗'"],
    ),
}


# -- what shows only when a whole cohort is scored and compared

SKILL, USES = "Aisance informatique", "Utilise Predice PRO"
COHORT = "data/raw/synthetic_export.csv"
CODEBOOK = read_codebook(resolve("data/codebook"))
ITEMS = CODEBOOK.variables.query("role == 'item'")["label_fr"].tolist()


def cohort():
    """The shipped synthetic export as text."""
    text = {"sep": ";", "dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
    return pd.read_csv(resolve(COHORT), **text)


def analyse(path):
    """Read, score and compare a cohort and look for predictors, as the notebooks do."""
    tidy = tidy_answers(read_export(path, CODEBOOK), CODEBOOK)
    people = included(tidy)
    scored = score_contrasts(people, CODEBOOK)
    crude, adjusted = (
        predictor_frame(people, CODEBOOK, analysis=name, definition=definition)
        for name, definition in [("bivariate", "regression"), ("multivariate", "methods")]
    )
    names = crude.columns.drop(OUTCOME).tolist()
    rng = np.random.default_rng(1)
    return {
        "n": len(people),
        "summaries": group_summaries(scored, CODEBOOK),
        "tests": group_tests(scored, CODEBOOK),
        "bivariate": predictors.bivariate(crude, outcome=OUTCOME, exposures=names),
        "judged": predictors.judge(adjusted, outcome=OUTCOME, rng=rng, n_resamples=5),
    }


@cache
def good_results():
    """The results of the shipped cohort."""
    return analyse(resolve(COHORT))


def same(found):
    for name in ("summaries", "tests", "bivariate"):
        pd.testing.assert_frame_equal(found[name], good_results()[name])
    pd.testing.assert_frame_equal(
        found["judged"].multivariate, good_results()["judged"].multivariate
    )


def same_people(found):
    """One respondent has another score; nobody is lost and no other group is touched."""
    assert found["n"] == good_results()["n"]
    is_other = found["summaries"]["group"] == "secured_other"
    changed, before = found["summaries"][is_other], good_results()["summaries"][is_other]
    pd.testing.assert_frame_equal(changed, before)


def all_alike(found):
    tests = found["tests"]
    assert tests["difference"].eq(0).all() and tests["p_value"].isna().all()
    assert found["summaries"]["sd"].eq(0).all()


def skill_is_constant(found):
    assert found["judged"].constant == ("excellent_it_skills",)
    table = found["judged"].multivariate.set_index("covariate")["coefficient"]
    assert table.index[table.isna()].tolist() == ["excellent_it_skills"]
    crude = found["bivariate"].set_index("covariate")["odds_ratio"]
    assert crude.index[crude.isna()].tolist() == ["excellent_it_skills"]


def skill_separates(found):
    assert found["judged"].separating == ("excellent_it_skills",)
    table = found["judged"].multivariate.set_index("covariate")
    assert table["coefficient"].isna().all()
    assert 2 < table.loc["excellent_it_skills", "firth_coefficient"] < np.inf
    crude = found["bivariate"].set_index("covariate")["odds_ratio"]
    assert 1 < crude["excellent_it_skills"] < np.inf


def separated(frame, every):
    """Only people with a secured tool, every one or every other of them, have excellent skills."""
    tidy = clean(read_answers(resolve(COHORT), CODEBOOK), CODEBOOK)
    is_secured = secured(tidy, CODEBOOK, definition="methods").eq(1).fillna(False).to_numpy(bool)
    excellent = is_secured & (np.arange(len(frame)) % every == 0)
    return csv(frame.assign(**{SKILL: np.where(excellent, "Excellente", "Bonne")}))


def one_person(frame, text):
    changed = frame.copy()
    first = changed.index[changed[USES] == "Oui"][0]
    changed.loc[first, ITEMS] = text
    return csv(changed)


ANALYSED = {
    "rows backwards": (lambda f: csv(f[::-1]), same),
    "every respondent twice": (lambda f: csv(pd.concat([f, f])), same),
    "everything not applicable to a person": (
        lambda f: one_person(f, "Non applicable"),
        same_people,
    ),
    "all answers alike": (
        lambda f: csv(f.assign(**dict.fromkeys(ITEMS, "Plutôt d'accord"))),
        all_alike,
    ),
    "a covariate that does not vary": (
        lambda f: csv(f.assign(**{SKILL: "Bonne"})),
        skill_is_constant,
    ),
    "a covariate that separates": (lambda f: separated(f, 2), skill_separates),
    "a covariate that is the outcome": (
        lambda f: separated(f, 1),
        ["Profile likelihood did not settle", "excellent_it_skills", "Leave out the rarest"],
    ),
    "no user in the cohort": (
        lambda f: csv(f.assign(**{USES: "Non"})),
        ["Contrast 'primary'", "nobody with a score is in group 'users'", "Check the answers"],
    ),
    "nobody but users": (
        lambda f: csv(f.assign(**{USES: "Oui"})),
        ["Contrast 'primary'", "nobody with a score is in group 'non_users'"],
    ),
    "one respondent": (
        lambda f: csv(f.head(1)),
        ["Nobody answered ess_q01, ess_q02", "na_rule 'person_mean' or 'complete_case'"],
    ),
    "an item not applicable to the cohort": (
        lambda f: csv(f.assign(**{ITEMS[2]: "Sans objet"})),
        ["Nobody answered ess_q03", "Leave the item out of the scale or choose na_rule"],
    ),
    "an item that the cohort left out": (
        lambda f: csv(f.assign(**{ITEMS[2]: ""})),
        ["Nobody answered every item", "Leave the item out of the scale"],
    ),
    "no item answered by anybody": (
        lambda f: csv(f.assign(**dict.fromkeys(ITEMS, ""))),
        ["None of the 94 respondents is included", "no_item_answered", "criteria.csv"],
    ),
    "an age that nobody gave": (
        lambda f: csv(f.assign(**{AGE: ""})),
        ["None of the", "rows is complete: 'age_under_45' has only 0 values", "Leave it out"],
    ),
}

# The table: what is done to the good export -> what must come of it: the same tidy frame (None),
# answers that differ as said (dict), an error that says all of these (list), or results (a check).
CASES = {
    **{name: (make, None) for name, make in READ.items()},
    **READ_OTHERWISE,
    **REFUSED,
    **ANALYSED,
}


@cache
def good_answers():
    """The four respondents, as decoded answers."""
    return answers_of(CODEBOOK, *PEOPLE)


def result(name, folder):
    """Make the file of a case and read it: the tidy frame, or the results of the analysis."""
    data = CASES[name][0](cohort() if name in ANALYSED else written(good_answers(), CODEBOOK))
    path = folder / ("export.xlsx" if data.startswith(spreadsheet.SIGNATURE) else "export.csv")
    path.write_bytes(data)
    if name in ANALYSED:
        return analyse(path)
    return tidy_answers(read_export(path, CODEBOOK), CODEBOOK).reset_index(drop=True)


def check(name, folder):
    """Run a case and return its outcome in one line; raise AssertionError where it is another."""
    expected = CASES[name][1]
    try:
        found = result(name, folder)
    except ValueError as error:
        message = str(error)
        assert isinstance(expected, list), message
        assert [part for part in expected if part not in message] == [], message
        return "error: " + " ".join(line.strip() for line in message.splitlines()[:2])
    assert not isinstance(expected, list), "no error"
    if callable(expected):
        expected(found)
        return f"results: {expected.__name__.replace('_', ' ')}"
    answers = good_answers().assign(**(expected or {})).astype("str")
    pd.testing.assert_frame_equal(found, clean(answers, CODEBOOK).reset_index(drop=True))
    return "read: " + (
        "the same" if expected is None else ", ".join(f"{k} differs" for k in expected)
    )


def main():
    """Print the catalogue as a table, and fail where an outcome is another than it must be."""
    wrong = 0
    print("| what is done to the good export | outcome |\n|---|---|")
    for name in CASES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                said = check(name, Path(folder))
            except Exception as error:  # noqa: BLE001  (a wrong outcome)
                wrong, said = wrong + 1, f"WRONG: {type(error).__name__}: {error}"
        cell = " ".join(said.split()).replace("|", "\\|")
        print(f"| {name} | {cell if len(cell) < 240 else cell[:240] + ' ...'} |")
    print(f"\n{len(CASES)} cases, {wrong} with a wrong outcome")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
