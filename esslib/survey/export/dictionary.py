"""The dictionary that lies beside an export of codes: what its headings and codes stand for.

LimeSurvey's survey structure (``.lss``) and REDCap's data dictionary are known.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from esslib.survey.export.dialects import tidied
from esslib.survey.export.errors import ExportError
from esslib.survey.export.limits import refuse_beyond

LIMESURVEY, REDCAP = "*.lss", "*DataDictionary*.csv"
FIELD, LABEL = "Variable / Field Name", "Field Label"
CHOICES = "Choices, Calculations, OR Slider Labels"
YES_NO = {"Y": "yes", "N": "no", "1": "yes", "0": "no"}
OTHER = {"-oth-": "other"}
TICKED = "MP"  # LimeSurvey's types of question with several answers
KNOWN = 0.5  # of the headings that the dictionary of the same survey has


class Meaning(NamedTuple):
    """What a heading stands for: its wording, and the label of each code."""

    text: str
    labels: dict[str, str]


def dictionary_beside(path: Path, headings: list[str]) -> tuple[str, dict[str, Meaning]]:
    """Return the name of the dictionary in the export's folder, and its entries by heading.

    Parameters
    ----------
    path : Path
        The export.
    headings : list of str
        Those of the export; a dictionary of another survey has others, and is not used.

    Raises
    ------
    ExportError
        The dictionary cannot be read.
    """
    for pattern, read in ((LIMESURVEY, _limesurvey), (REDCAP, _redcap)):
        for found in sorted(path.parent.glob(pattern)):
            if found == path:
                continue
            refuse_beyond("bytes", found.stat().st_size, name=found.name)
            try:
                entries = read(found)
            except (ElementTree.ParseError, UnicodeError, csv.Error, KeyError, OSError) as error:
                raise ExportError(
                    f"{found.name} beside {path.name} is no dictionary that can be read ({error}): "
                    "export it again, or move it elsewhere"
                ) from None
            here = {heading: entries[heading] for heading in headings if heading in entries}
            if len(here) > KNOWN * len([*filter(None, headings)]):
                return found.name, here
    return "", {}


def _redcap(path: Path) -> dict[str, Meaning]:
    entries: dict[str, Meaning] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := {FIELD, LABEL, CHOICES, "Field Type"} - {*(rows.fieldnames or ())}:
            raise KeyError(f"no column {min(missing)!r}")
        for row in rows:
            name, text = row[FIELD], tidied(row[LABEL])
            pairs = (choice.split(",", 1) for choice in row[CHOICES].split("|"))
            labels = {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}
            if row["Field Type"] == "checkbox":
                options = {f"{name}___{code.lower()}": label for code, label in labels.items()}
                entries |= {key: Meaning(f"{text} [{label}]", {}) for key, label in options.items()}
            else:
                is_yes_no = row["Field Type"] in ("yesno", "truefalse")
                entries[name] = Meaning(text, YES_NO if is_yes_no else labels)
    return entries


def _limesurvey(path: Path) -> dict[str, Meaning]:
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ExportError(f"{path.name} declares entities, which LimeSurvey does not")
    root = ElementTree.fromstring(data)
    texts = {row["qid"]: row.get("question", "") for row in _rows(root, "question_l10ns")}
    said = {row["aid"]: row.get("answer", "") for row in _rows(root, "answer_l10ns")}
    labels: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(root, "answers"):
        labels[row["qid"]][row["code"]] = row.get("answer") or said.get(row.get("aid", ""), "")
    asked = {row["qid"]: row for row in _rows(root, "questions")}
    entries = {}
    for qid, row in asked.items():
        text = tidied(row.get("question") or texts.get(qid, ""))
        own = YES_NO if row["type"] == "Y" else labels[qid] | OTHER
        entries[row["title"]] = Meaning(text, own)
        entries |= _both(row["title"], "other", Meaning(f"{text} [other]", {}))
    for row in _rows(root, "subquestions"):
        parent = asked[row["parent_qid"]]
        whole = entries[parent["title"]]
        part = tidied(row.get("question") or texts.get(row["qid"], ""))
        own = {} if parent["type"] in TICKED else whole.labels
        entries |= _both(parent["title"], row["title"], Meaning(f"{whole.text} [{part}]", own))
    return entries


def _both(title: str, part: str, entry: Meaning) -> dict[str, Meaning]:
    """Return the entry below both ways in which LimeSurvey joins codes."""
    return {f"{title}[{part}]": entry, f"{title}_{part}": entry}


def _rows(root: ElementTree.Element, table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, those of a further language left out."""
    seen = set()
    for row in root.iterfind(f"{table}/rows/row"):
        cells = {re.sub(r"\W", "", cell.tag): (cell.text or "").strip() for cell in row}
        key = cells.get("aid") or f"{cells.get('qid')} {cells.get('code')}"
        if key not in seen:
            seen.add(key)
            yield cells
