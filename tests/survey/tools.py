"""Exports as survey tools write them: answers and a wording become the file of one tool.

How each tool writes was looked up where its writer names it.
"""

import io
import json
import re
import zipfile
from typing import NamedTuple

import pandas as pd
import pyreadstat

from esslib.survey.codebook import records


class Wording(NamedTuple):
    """What a survey calls its questions and options: variable to text, (variable, code) to text."""

    questions: dict
    options: dict
    other: str = "Autre :"

    def said(self, name, codes):
        return [self.options[name, code] for code in codes]


class Survey(NamedTuple):
    """Answers as level codes, several parted by "|", and their questionnaire."""

    answers: pd.DataFrame
    codebook: object
    wording: Wording

    def chosen(self, name):
        """The codes of each respondent."""
        column = self.answers[name].astype(object)
        return [cell.split("|") if isinstance(cell, str) else [] for cell in column]

    def closed(self, name):
        return [" ".join(self.wording.said(name, codes)) for codes in self.chosen(name)]

    def text(self, name):
        return self.answers[name].astype(object).where(self.answers[name].notna(), "").tolist()

    def variables(self):
        return records(self.codebook.variables)


def bare(survey, asked):
    return survey.wording.other


def plan(survey, several, *, other=bare):
    """Return headings and columns.

    `several` gives those of a multiple-answer question, `other` the heading of the text typed under
    the option "Other", if there is a column for it.
    """
    columns = [("N°", [str(n) for n in range(1, len(survey.answers) + 1)])]
    for row in survey.variables():
        asked = survey.wording.questions[row["name"]]
        if row["kind"] == "multiple":
            columns += several(survey, row["name"], asked)
        elif row["other_of"]:
            heading = other(survey, row["other_of"])
            columns += [(heading, survey.text(row["name"]))] if heading else []
        else:
            given = survey.closed if row["level_set"] else survey.text
            columns.append((asked, given(row["name"])))
    return columns


def csv(rows, sep=";", encoding="utf-8", quoting=0):
    text = pd.DataFrame(rows).to_csv(sep=sep, index=False, header=False, quoting=quoting)
    return text.encode(encoding, errors="ignore")


def xlsx(rows):
    stream = io.BytesIO()
    pd.DataFrame(rows).to_excel(stream, index=False, header=False)
    return stream.getvalue()


def rows_of(columns, *above):
    """Return rows: those above, the headings, then a row for each respondent."""
    headings, cells = zip(*columns, strict=True)
    return [*above, list(headings), *map(list, zip(*cells, strict=True))]


def joined(sign):
    def several(survey, name, asked):
        said = [survey.wording.said(name, codes) for codes in survey.chosen(name)]
        return [(asked, [sign.join(texts) for texts in said])]

    return several


def ticked(heading, mark, blank=""):
    """One column for each option; the mark may be the option's own text."""

    def several(survey, name, asked):
        chosen = survey.chosen(name)
        columns = []
        for code in survey.codebook.codes(name):
            text = survey.wording.options[name, code]
            own = text if mark is None else mark
            cells = [own if code in codes else blank for codes in chosen]
            columns.append((heading.format(q=asked, a=text, name=name, code=code), cells))
        return columns

    return several


# ---------------------------------------------------------------- the tools


def plain(survey):
    return csv(rows_of(plan(survey, joined(" | "))))


def sphinx(survey):
    """`question_1`, `question_2` ... hold the first, second ... answer; Windows-1252, semicolons.

    https://github.com/pwaillette/SphinxMassAnswerSender/blob/main/SETUP_EXCEL.md
    """

    def ranked(survey, name, asked):
        said = [survey.wording.said(name, codes) for codes in survey.chosen(name)]
        most = max(1, *map(len, said))
        columns = [[texts[n] if n < len(texts) else "" for texts in said] for n in range(most)]
        return [(f"{asked}_{n}", cells) for n, cells in enumerate(columns, start=1)]

    return csv(rows_of(plan(survey, ranked)), encoding="cp1252")


def limesurvey(survey, *, start="", blank=" ", no="Non"):
    """`question [option]`, Oui or Non; the option "Other" has its text in the place of a tick.

    LimeSurvey/LimeSurvey, application/helpers/admin/export/Writer.php: getHeadingText,
    getHeadingCode, headCodeTextSeparator, headerSpacesToUnderscores.
    """
    others = {row["other_of"]: row["name"] for row in survey.variables() if row["other_of"]}
    multiple = survey.codebook.names(kind="multiple")

    def several(survey, name, asked):
        columns = ticked("{q} [{a}]", "Oui", no)(survey, name, asked)
        typed = [(f"{asked} [Autre]", survey.text(others[name]))] if name in others else []
        return columns[: len(columns) - len(typed)] + typed

    def other(survey, asked):
        return None if asked in multiple else f"{survey.wording.questions[asked]} [Autre]"

    rows = rows_of(plan(survey, several, other=other))
    rows[0] = [start + heading.replace(" ", blank) for heading in rows[0]]
    return csv(rows, sep=",", encoding="utf-8-sig", quoting=1)


def limesurvey_code_text(survey):
    return limesurvey(survey, start="Q9[SQ001]. ")


def limesurvey_underscores(survey):
    return limesurvey(survey, blank="_")


def google(survey):
    """Several answers parted by a comma and a blank; the CSV comes in a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Enquête.csv", csv(rows_of(plan(survey, joined(", "))), sep=","))
    return stream.getvalue()


def microsoft(survey):
    """Several answers, each ended by a semicolon; XLSX."""

    def several(survey, name, asked):
        said = [survey.wording.said(name, codes) for codes in survey.chosen(name)]
        return [(asked, ["".join(f"{text};" for text in texts) for texts in said])]

    return xlsx(rows_of(plan(survey, several)))


def surveymonkey(survey):
    """Two rows of headings: the question over its first column, then options or "Response"."""
    columns = plan(
        survey, ticked("{q}\0{a}", None), other=lambda s, of: "\0Autre (veuillez préciser)"
    )
    pairs = [[*heading.split("\0"), "Response"][:2] for heading, _ in columns]
    upper = [q if q != (pairs[at - 1][0] if at else "") else "" for at, (q, _) in enumerate(pairs)]
    lower = [text for _, text in pairs]
    rows = rows_of(columns)
    return csv([upper, lower, *rows[1:]], sep=",", quoting=1)


def qualtrics(survey):
    """Three rows: name, `question - Selected Choice - option`, and the import id as JSON.

    Three rows of headings: the R package kutils, qualtricsRead; ropensci/qualtRics.
    """
    columns = plan(
        survey,
        ticked("{q} - Selected Choice - {a}", None),
        other=lambda s, of: f"{s.wording.questions[of]} - Autre - Texte",
    )
    names = [f"Q{n}" for n in range(len(columns))]
    ids = [json.dumps({"ImportId": f"QID{n}"}) for n in range(len(columns))]
    rows = rows_of(columns)
    return csv([names, rows[0], ids, *rows[1:]], sep=",", encoding="utf-8-sig", quoting=1)


def redcap_names(survey):
    """Field names, `field___code` for options, exactly three underscores; labels as answers.

    https://search.r-project.org/CRAN/refmans/redcapAPI/html/exportFieldNames.html
    """
    by_name = survey.wording._replace(questions={n: n for n in survey.wording.questions})
    named = survey._replace(wording=by_name)
    others = {row["other_of"]: row["name"] for row in survey.variables()}
    return csv(
        rows_of(
            plan(
                named,
                ticked("{name}___{code}", "Checked", "Unchecked"),
                other=lambda s, of: others[of],
            )
        ),
        sep=",",
    )


def redcap_labels(survey):
    """`question (choice=option)`, Checked or Unchecked in the language of the project.

    https://github.com/redcap-tools/PyCap/issues/19
    """
    columns = plan(survey, ticked("{q} (choice={a})", "Coché", "Non coché"))
    return csv(rows_of(columns), sep=",", encoding="utf-8-sig", quoting=1)


def kobo_codes(survey):
    """Names and codes; several answers in one cell, parted by blanks.

    https://rdrr.io/cran/KoboconnectR/man/kobo_export_create.html: multi_sel "summary", "details"
    or "both"; grp_sep "/".
    """
    return xlsx(rows_of(_kobo(survey, joined(" "))))


def kobo_details(survey):
    """Names below their group, a column of 0 and 1 for each option."""
    columns = _kobo(survey, ticked("pratique/{name}/{code}", "1", "0"))
    return xlsx(rows_of([(h if "/" in h else f"pratique/{h}", cells) for h, cells in columns]))


def _kobo(survey, several):
    names = {name: name for name in survey.wording.questions}
    codes = {key: key[1] for key in survey.wording.options}
    others = {row["other_of"]: row["name"] for row in survey.variables()}
    coded = survey._replace(wording=Wording(names, codes))
    return plan(coded, several, other=lambda s, of: others[of])


def kobo_both(survey):
    """Labels; a summary parted by blanks beside a column of 0 and 1 for each option."""

    def several(survey, name, asked):
        return joined(" ")(survey, name, asked) + ticked("{q}/{a}", "1", "0")(survey, name, asked)

    return xlsx(rows_of(plan(survey, several)))


def framaforms(survey):
    """Three rows: the form, the question over its options, the headings; X for a tick; tabs.

    drupalprojects/webform, includes/webform.report.inc and components/select.inc.
    """
    columns = plan(survey, ticked("{q}\0{a}", "X"))
    pairs = [(["", *heading.split("\0")])[-2:] for heading, _ in columns]
    upper = [q if q != (pairs[at - 1][0] if at else "") else "" for at, (q, _) in enumerate(pairs)]
    title = ["Sécurité des échanges", *[""] * (len(pairs) - 1)]
    upper[0] = "Détails de la soumission"
    return csv(
        [title, upper, [text for _, text in pairs], *rows_of(columns)[1:]], sep="\t", quoting=1
    )


def typeform(survey):
    """Each option is a heading of its own; its text stands in the cells of those who chose it."""
    return csv(rows_of(plan(survey, ticked("{a}", None))), sep=",")


def r_names(survey):
    """`write.csv2` after `make.names`: dots for all signs, row names in front.

    https://stat.ethz.ch/R-manual/R-devel/library/base/html/make.names.html
    """
    rows = rows_of(plan(survey, joined("; ")))
    names = pd.Series([re.sub(r"[^\w.]", ".", heading) for heading in rows[0]])
    times = names.groupby(names).cumcount()
    unique = names.where(times == 0, names + "." + times.astype(str))
    return csv([["", *unique[1:]], *rows[1:]], quoting=1)


def pandas_index(survey):
    """`to_csv` twice: an index without heading, then `Unnamed: 0`; a second equal heading gets `.1`."""
    rows = rows_of(plan(survey, joined(" | ")))
    frame = pd.read_csv(io.BytesIO(csv(rows)), sep=";", dtype=str, keep_default_na=False)
    again = pd.read_csv(io.BytesIO(frame.to_csv().encode()), dtype=str, keep_default_na=False)
    return again.to_csv().encode()


def excel(sep, encoding):
    def write(survey):
        return csv(rows_of(plan(survey, joined("\n"))), sep=sep, encoding=encoding)

    return write


def labelled(write, most):
    """Names and labels of variables, codes and labels of values."""

    def save(survey, folder):
        columns = plan(survey, ticked("{q} : {a}", "Oui", "Non"))
        frame = pd.DataFrame({f"v{at}": cells for at, (_, cells) in enumerate(columns)})
        labels = {}
        for name in frame:
            texts = [text for text in dict.fromkeys(frame[name]) if text]
            if 0 < len(texts) <= 4:
                labels[name] = {float(n): text for n, text in enumerate(texts, start=1)}
                codes = {text: n for n, text in labels[name].items()}
                frame[name] = [codes.get(text) for text in frame[name]]
        path = folder / "export"
        write(
            frame,
            path,
            column_labels=[heading[:most] for heading, _ in columns],
            variable_value_labels=labels,
        )
        return path.read_bytes()

    return save


TOOLS = {
    "plain": plain,
    "Sphinx": sphinx,
    "LimeSurvey": limesurvey,
    "LimeSurvey, code and text": limesurvey_code_text,
    "LimeSurvey, underscores": limesurvey_underscores,
    "Google Forms": google,
    "Microsoft Forms": microsoft,
    "SurveyMonkey": surveymonkey,
    "Qualtrics": qualtrics,
    "REDCap, names": redcap_names,
    "REDCap, labels": redcap_labels,
    "KoboToolbox, codes": kobo_codes,
    "KoboToolbox, details in groups": kobo_details,
    "KoboToolbox, both": kobo_both,
    "Framaforms": framaforms,
    "Typeform": typeform,
    "R": r_names,
    "pandas": pandas_index,
    "Excel in French": excel(";", "cp1252"),
    "Excel in English": excel(",", "utf-8-sig"),
    "Excel, Unicode text": excel("\t", "utf-16"),
    "SPSS": labelled(pyreadstat.write_sav, 250),
    "Stata": labelled(pyreadstat.write_dta, 80),
}


def written_by(tool, survey, folder):
    """Return the file that a tool writes."""
    write = TOOLS[tool]
    return write(survey, folder) if tool in {"SPSS", "Stata"} else write(survey)
