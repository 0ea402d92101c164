"""Tables as papers print them, in every kind of file: what is read, and what is listed instead."""

import io
import re
import sys
import zipfile

import docx
import openpyxl
import pytest
from docx.shared import Pt
from table_writer import KINDS, write

from printed import grids
from printed.__main__ import main
from printed.consistency import audit
from printed.proposal import open_numbers, unread_lines
from printed.published import read_published

BASELINE = [
    ["Characteristic", "Users (n = 21)", "Non-users (n = 60)", "P value"],
    ["Age, mean (SD)", "41.09 (8.31)", "41.71 ± 9.95*", "0.80"],
    ["Sex, n (%)", "", "", "0.03"],
    ["  Male", "8 (38.1)", "35 (58.3 %)", ""],
    ["  Female", "13 (61.9)", "25/60 (41.7%)", ""],
    ["BMI, median [IQR]", "24 [22–27]", "25.5 (21 to 28)", "<0.001†"],
]
READ = """
population Users n 21, population Non-users n 60, Age Users mean 41.09, Age Users sd 8.31,
Age Non-users mean 41.71, Age Non-users sd 9.95, Age all p_value 0.80, Sex all p_value 0.03,
Sex.Male Users n 8, Sex.Male Users percent 38.1, Sex.Male Non-users n 35,
Sex.Male Non-users percent 58.3, Sex.Female Users n 13, Sex.Female Users percent 61.9,
Sex.Female Non-users n 25, Sex.Female Non-users percent 41.7, BMI Users median 24,
BMI Users q1 22, BMI Users q3 27, BMI Non-users median 25.5, BMI Non-users q1 21,
BMI Non-users q3 28, BMI all p_value <0.001
"""
# Facts from public papers, in the style of each; the numbers that must be read, and those listed.
PUBLISHED = {
    # doi:10.1186/1471-2458-5-20
    "adjusted odds ratios": (
        (
            "Variable\tAdjusted OR (95% CI)\nSES\nMedium\t1.14 (0.75–1.74)\nLow\t2.57 (1.19–5.58)\n"
            "High\t1.00\n"
        ),
        (
            "SES-Medium all odds_ratio 1.14, SES-Medium all ci_low 0.75, SES-Medium all ci_high 1.74, "
            "SES-Low all odds_ratio 2.57, SES-Low all ci_low 1.19, SES-Low all ci_high 5.58"
        ),
        0,
    ),
    # PMC7464087: three decimals and commas nowhere
    "crude odds ratios": (
        (
            "Table 2. Bivariate logistic regression (n = 259)\n\tOdds ratio\t95% CI\tp\n"
            "Age\t1.083\t1.046–1.122\t<0.001\nWomen\t0.564\t0.250–1.273\t0.168\n"
        ),
        (
            "population all n 259, Age all odds_ratio 1.083, Age all ci_low 1.046, "
            "Age all ci_high 1.122, Age all p_value <0.001, Women all odds_ratio 0.564, "
            "Women all ci_low 0.250, Women all ci_high 1.273, Women all p_value 0.168"
        ),
        0,
    ),
    # Nature Communications 2024, PROMOTe: a total column
    "total column": (
        (
            "\tTotal (n=72)\tPrebiotic (n=36)\tPlacebo (n=36)\n"
            "Age, mean (SD)\t73.1 (4.8)\t73.1 (4.9)\t73.1 (4.9)\n"
        ),
        (
            "population all n 72, population Prebiotic n 36, population Placebo n 36, Age all mean 73.1,"
            " Age all sd 4.8, Age Prebiotic mean 73.1, Age Prebiotic sd 4.9, Age Placebo mean 73.1, "
            "Age Placebo sd 4.9"
        ),
        0,
    ),
    # PMC4382413: whole odds ratios beside others; one heading is for both columns of numbers
    "whole odds ratios": (
        "Group  OR (95% CI)\nBlack, married  2.2 (1.2–4.0)\nSmoker, unmarried  17 (1.2–240.8)\n",
        (
            "Black-married all odds_ratio 2.2, Black-married all ci_low 1.2, "
            "Black-married all ci_high 4.0, Smoker-unmarried all odds_ratio 17, "
            "Smoker-unmarried all ci_low 1.2, Smoker-unmarried all ci_high 240.8"
        ),
        0,
    ),
}
# A row under the heading `Users (n = 21)` (or that of the case), and what is said of its number.
LISTED = {
    "no word for it": ("", "Weight", "63.9 (10.5)", "it may be mean + sd or mean + SE"),
    "bare number": ("", "Weight", "63.9", "or mean or p"),
    "either": ("Values are n (%) or mean (SD)", "Weight", "12 (34)", "it may be"),
    "thousands or decimals": ("", "Weight, mean (SD)", "1,234 (567)", "may part thousands"),
    "a power": ("", "Cells, mean (SD)", "4.5×10^9 (1)", "no form of a number"),
    "power in superscript": ("", "Cells, mean (SD)", "12¹ (3)", "no form of a number"),
    "two intervals": ("", "x, mean (95% CI)", "1.2 −0.5 −0.2", "no form of a number"),
    "unknown words": ("", "x, mean (SD)", "12.1 (week 4)", "no heading, row or legend"),
    "p that is none": ("", "p", "1.20", "above 1"),
    "cv": ("", "AUC, geometric mean (CV%)", "52 (34%)", "no check knows cv"),
    "percent of what": ("", "mean (SD)", "12 (34%) of", "no form of a number"),
    "people of the row": ("", "Age (n = 58), mean (SD)", "41.1 (8.3)", "58 people"),
}


def told(rows):
    return [
        " ".join(row[k] for k in ("row", "group", "statistic", "printed"))
        for row in rows.to_dict("records")
    ]


def expected(text):
    return [line.strip() for line in text.replace("\n", " ").split(",") if line.strip()]


def read(tmp_path, text, name="table.txt", **given):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_numbers(path, **given)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_the_same_in_every_kind_of_file(kind, tmp_path):
    rows = (
        [[text.replace("†", "*") for text in row] for row in BASELINE]
        if kind == "western"
        else BASELINE
    )
    path, _ = write(tmp_path, kind, rows, caption="Table 1. Participants")
    found = open_numbers(path)
    assert found.unread == ()
    assert told(found.rows) == expected(READ)
    assert found.grids[0].legend in ("Table 1. Participants", "")


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_tables(name, tmp_path):
    text, rows, n_unread = PUBLISHED[name]
    found = read(tmp_path, text)
    assert told(found.rows) == expected(rows)
    assert len(found.unread) == n_unread


@pytest.mark.parametrize("case", LISTED)
def test_what_may_be_several_things_is_listed(case, tmp_path):
    caption, label, cell, why = LISTED[case]
    found = read(tmp_path, f"{caption}\n\tUsers (n = 21)\n{label}\t{cell}\n")
    assert told(found.rows) == ["population Users n 21"]
    assert [line.count(why) for line in unread_lines(found)] == [1], unread_lines(found)
    assert unread_lines(found)[0].startswith("table_1, row 2, column 2: " + cell)


def test_the_user_can_say_what_cells_are(tmp_path):
    text = "\tUsers (n = 21)\nWeight\t63.9 (10.5)\nVisits\t1,234 (1,001)\n"
    found = read(tmp_path, text, legend="mean (SD)", mark=".")
    assert told(found.rows)[1:] == ["Weight Users mean 63.9", "Weight Users sd 10.5"]
    assert [cell.text for cell in found.unread] == ["1,234 (1,001)"]  # or 1234 [1 to 1]
    french = read(tmp_path, "\tA (n = 9)\nPoids\t1,234 ± 0,567\n", legend="moyenne (ET)")
    assert told(french.rows)[1:] == ["Poids A mean 1.234", "Poids A sd 0.567"]


def test_levels_and_adjustment_are_declared(tmp_path):
    text = "\tOR brut [IC 95 %]\tp\tOR ajusté (IC 90 %)\tp\nTabac\t1,36 [0,53–3,48]\t0,5\t1,2 (0,4 à 2,9)\t0,7\n"
    rows = read(tmp_path, text).rows
    crude, adjusted = (rows[rows["statistic"].eq("odds_ratio")].iloc[i] for i in (0, 1))
    assert (crude["table"], crude["adjusted"], crude["level"]) == ("table_1_crude", "crude", "95")
    assert (adjusted["adjusted"], adjusted["level"]) == ("adjusted", "90")
    assert rows.loc[rows["statistic"].eq("p_value"), "table"].tolist() == [
        "table_1_crude",
        "table_1_adjusted",
    ]


def test_own_sizes_of_rows_are_declared(tmp_path):
    text = (
        "\tA (n = 30)\nAge\nn\t28\nMean (SD)\t41.1 (8.3)\nWeight, mean (SD)\t70.2 (9.9) (n = 29)\n"
    )
    found = read(tmp_path, text + "Smoker\t12/27 (44.4%)\n")
    sizes = dict(zip(told(found.rows), found.rows["n"], strict=True))
    assert sizes["Age A mean 41.1"] == "28"
    assert sizes["Age-Smoker A percent 44.4"] == "27"
    assert len(found.unread) == 1


def test_two_kinds_of_estimates_and_one_p_are_not_mixed(tmp_path):
    found = read(tmp_path, "\tCrude OR\tAdjusted OR\tp\nAge\t1.36\t1.20\t0.04\n")
    assert told(found.rows) == ["Age all odds_ratio 1.36", "Age all odds_ratio 1.20"]
    assert "either of the estimates" in unread_lines(found)[0]


def test_groups_called_m_and_f_are_no_statistics(tmp_path):
    found = read(
        tmp_path, "\tM\tF\tp\nAge, mean (SD)\t41.1 (2.0)\t40.2 (2.2)\t0.2\nVisits\t12\t13\t0.3\n"
    )
    assert {*found.rows["group"]} == {"M", "F", "all"}
    assert len(found.unread) == 2


def test_lines_that_do_not_fit_their_headings_are_not_read(tmp_path):
    """A separator within a cell moves what follows to other columns."""
    text = (
        "x;OR [IC 95 %];p\nÂge;0,94 (0,3 ; 2,1);0,04\nIMC;1,1 [0,9–1,4];0,3\nT;1,2 [0,9–1,6];0,2\n"
    )
    found = read(tmp_path, text, "t.csv")
    assert {row.split()[0] for row in told(found.rows)} == {"IMC", "T"}
    assert ["other columns than the headings" in line for line in unread_lines(found)] == [True]


def test_headings_that_stand_over_no_column_leave_all_unread(tmp_path):
    text = "\tUsers (n = 9)\nVariable\tMean\tSD\nAge\t41.1\t8.3\nBMI\t24.1\t2.3\n"
    found = read(tmp_path, text)
    assert found.rows.empty
    assert len(found.unread) == 4


def test_a_heading_goes_on_over_the_empty_cells_to_its_right(tmp_path):
    text = "\tUsers (n = 9)\t\tM\t\t\n\tMean\tSD\tMean\tSD\tp\nAge\t41.1\t8.3\t40.2\t9.9\t0.2\n"
    assert told(read(tmp_path, text).rows) == expected(
        "population Users n 9, Age Users mean 41.1, Age Users sd 8.3, Age M mean 40.2, Age M sd 9.9,"
        " Age all p_value 0.2"
    )


def test_what_stands_below_a_table_is_no_legend_unless_it_says_so(tmp_path):
    text = "\tA (n = 9)\nWeight\t63.9 (10.5)\n"
    assert told(read(tmp_path, text + "Height, mean (SE)\t\n").rows) == ["population A n 9"]
    assert told(read(tmp_path, text + "Height, mean (SE)\n").rows) == ["population A n 9"]
    assert told(read(tmp_path, text + "Values are mean (SE).\n").rows)[2] == "Weight A se 10.5"


def test_a_section_without_indents_ends_nobody_knows_where(tmp_path):
    """`2 (1)` may be another variable's mean and SD; a percent has a sign, or decimals and fits."""
    text = "\tA (n = 200)\nSex, n (%)\t\nMen\t90 (45.0)\nWomen\t110 (55 %)\nVisits\t2 (1)\nStay\t9 (9.5)\n"
    found = read(tmp_path, text)
    assert [line.split()[-1] for line in told(found.rows)] == ["200", "90", "45.0", "110", "55"]
    assert [cell.text for cell in found.unread] == ["2 (1)", "9 (9.5)"]


def test_blanks_in_line_keep_empty_cells(tmp_path):
    text = (
        "                 Users (n=21)   Others (n=60)   p\n"
        "Age, mean (SD)                  41.7 (9.9)      0.80\n"
        "Male, n (%)      8 (38.1)                       0.03\n"
    )
    found = read(tmp_path, text)
    assert told(found.rows)[2:] == expected(
        "Age Others mean 41.7, Age Others sd 9.9, Age all p_value 0.80, Male Users n 8, "
        "Male Users percent 38.1, Male all p_value 0.03"
    )


def test_a_page_with_merged_cells_marks_and_missing_tags(tmp_path):
    page = """<meta charset=windows-1252><p>The text.</p><table><caption>Tableau 1. Moyenne
    (\xe9cart-type)</caption><thead><tr><th rowspan=2>Variable<th colspan=2>Bras A (n&nbsp;=&nbsp;12)
    <th rowspan=2>p<sup>a</sup></thead><tr><th>Avant<th>Apr\xe8s<tr><td>Poids<td>70,2&nbsp;(9,9)<sup>b</sup>
    <td>69,1 (9,8)<td>&lt;0,001<tr><td colspan=4>Visites<tr><td style="padding-left: 12px">\xe0 3 mois
    <td>1&nbsp;234 (56)<td>&minus;2,0 (1,0)<td>ns</table>"""
    found = read(tmp_path, page.encode("cp1252"), "table.html")
    assert told(found.rows) == expected(
        "population Bras_A_Avant n 12, population Bras_A_Apres n 12, Poids Bras_A_Avant mean 70.2, "
        "Poids Bras_A_Avant sd 9.9, Poids Bras_A_Apres mean 69.1, Poids Bras_A_Apres sd 9.8, "
        "Poids all p_value <0.001, Visites.a_3_mois Bras_A_Avant mean 1234, "
        "Visites.a_3_mois Bras_A_Avant sd 56, Visites.a_3_mois Bras_A_Apres mean -2.0, "
        "Visites.a_3_mois Bras_A_Apres sd 1.0"
    )
    assert [cell.text for cell in found.unread] == ["ns"]


def test_a_document_with_merged_cells_indents_and_superscripts(tmp_path):
    document = docx.Document()
    document.add_paragraph("Table 2. Odds ratios (95% CI)")
    table = document.add_table(4, 3)
    for y, row in enumerate(
        [
            ["", "Model 1", ""],
            ["", "aOR (95% CI)", "P"],
            ["Sex", "", ""],
            ["Male", "1.36 (0.53, 3.48)", "0.52"],
        ]
    ):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(3, 0).paragraphs[0].paragraph_format.left_indent = Pt(12)
    table.cell(3, 2).paragraphs[0].add_run("a").font.superscript = True
    document.add_paragraph("Values are adjusted for age.")
    document.save(tmp_path / "table.docx")
    found = open_numbers(tmp_path / "table.docx")
    assert told(found.rows) == expected(
        "Sex.Male all odds_ratio 1.36, Sex.Male all ci_low 0.53, Sex.Male all ci_high 3.48, "
        "Sex.Male all p_value 0.52"
    )
    assert (found.unread, found.rows["adjusted"][0]) == ((), "adjusted")
    assert found.grids[0].legend.splitlines() == [
        "Table 2. Odds ratios (95% CI)",
        "Values are adjusted for age.",
    ]


def test_a_workbook_shows_what_its_formats_show(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["", "Users (n = 40)", ""],
        ["", "Mean", "SD"],
        ["Age", 2.7, 1.005],
        ["Rate", 0.345, "n.s."],
        ["When", 12.5, 3],
    ]:
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet["B3"].number_format = sheet["C3"].number_format = "0.00"
    sheet["B4"].number_format, sheet["B5"].number_format = "0.0%", "0.0E+00"
    book.save(tmp_path / "table.xlsx")
    found = open_numbers(tmp_path / "table.xlsx")
    assert told(found.rows) == expected(
        "population Users n 40, Age Users mean 2.70, Age Users sd 1.01, When Users sd 3"
    )
    assert [cell.text for cell in found.unread] == ["34.5%", "n.s.", "? 12.5 (0.0E+00)"]


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&e;</d>'


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", archive(word__document_xml=ENTITY), "document type"),
        ("a.xlsx", archive(xl__workbook_xml=ENTITY), "document type"),
        ("a.docx", archive(word__document_xml=b"<d>" + b" " * 2000 + b"</d>"), "unpacks to more"),
        ("a.xlsx", archive(xl__workbook_xml=b" " * 2000), "unpacks to more"),
        ("a.csv", b"x" * 2000, "unpacks to more"),
        ("a.docx", b"no archive", "cannot be read"),
        ("a.docx", archive(other=b""), "cannot be read"),
        ("a.docx", archive(word__document_xml=b"<d>"), "cannot be read"),
        ("a.txt", b"Some text.\n", "holds no table"),
        ("a.html", b"<p>Some text.</p>", "holds no table"),
    ],
)
def test_files_that_are_refused(name, data, says, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("printed.office.LIMIT", 1000)
    monkeypatch.setattr("printed.table_files.LIMIT", 1000)
    (tmp_path / name).write_bytes(data)
    for lang in ("en", "fr"):
        assert main(["read", str(tmp_path / name), "--lang", lang]) == 2
    assert says in capsys.readouterr().err
    assert grids.LIMIT == 50_000_000


def test_a_workbook_without_its_reader_says_what_to_install(tmp_path, monkeypatch, capsys):
    path, _ = write(tmp_path, "xlsx", BASELINE)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert main(["read", str(path)]) == 2
    assert "pip install openpyxl" in capsys.readouterr().err


def test_rows_that_are_written_are_read_again(tmp_path, capsys):
    path, _ = write(tmp_path, "html", BASELINE)
    assert main(["read", str(path)]) == 0
    out, notes = capsys.readouterr()
    assert notes.startswith("23 numbers read from table.html; every cell was understood.")
    rows = tmp_path / "rows.csv"
    rows.write_text(out, encoding="utf-8")
    assert told(read_published(rows)) == expected(READ)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_marks_the_cells_of_each_finding(lang, tmp_path, capsys):
    wrong = [row.copy() for row in BASELINE]
    wrong[1][1] = "3.44 (1.01)"
    wrong[1][3] = "<script>"
    path, _ = write(tmp_path, "pasted", wrong)
    assert main(["check", str(path), "--html", str(tmp_path / "out.html"), "--lang", lang]) == 1
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    found = audit(open_numbers(path).rows)
    n_open = found["verdict"].isin(["needs", "impossible"]).sum()
    assert len(re.findall(r'<li id="f\d+">', page)) == n_open > 0
    links, targets = ({*re.findall(rf'{kind}="#?(f\d+)"', page)} for kind in ("href", "id"))
    assert links == targets
    assert re.search(r'<td class="(impossible|needs)">3\.44 \(1\.01\) <span class="sign">', page)
    assert "&lt;script&gt;" in page and "<script" not in page
    assert "http" not in page and f'<html lang="{lang}">' in page
    assert ("only if" in page) == (lang == "en")


def test_the_page_of_typed_rows_draws_their_tables(tmp_path, capsys):
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "id,table,row,group,statistic,printed\na,t,x,all,odds_ratio,2.50\nb,t,x,all,ci_low,1.20\n"
        "c,t,x,all,ci_high,6.25\nd,t,y,all,odds_ratio,1.1\n",
        encoding="utf-8",
    )
    assert main(["audit", str(rows), "--html", str(tmp_path / "out.html")]) == 1
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert re.search(r'<th>x</th><td class="\w+">2\.50 ', page)
    assert re.search(r"<h2>Read, and not checked</h2><ul>.*<li>y: odds ratio 1\.1</li>", page)
