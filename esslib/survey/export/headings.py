"""From one heading to what its column answers: a question, one of its options, or a typed answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from esslib.survey.codebook import Codebook, fold, records
from esslib.survey.export.answers import level_reader
from esslib.survey.export.dialects import LAST_NUMBER, NUMBERING, is_other, pattern, tidied

PARTING = re.compile(r"__+|[:\[\](){}/_?|>\n]|\s[-–—]\s")
CUTS = 40  # a heading in which more signs could part question and level is none
GROUPS = re.compile(r"[/.:-]")  # that part the name of a group from the name of a question
LABELS = ("label_en", "label_fr", "name")
LEVEL_TEXTS = ("label_en", "label_fr", "code")


class Hit(NamedTuple):
    """What a column answers, and how that was found out.

    Attributes
    ----------
    variable : str
        The question.
    level : str or None
        The option of a multiple-answer question, if the column is for one.
    method : str
        "label", "wording", "option" or "other".
    text : str
        What the heading calls the option.
    """

    variable: str
    level: str | None = None
    method: str = "label"
    text: str = ""


class Questionnaire:
    """What the headings and options of one survey may be called.

    Attributes
    ----------
    others : dict
        Question to the variable that holds the text typed under "Other".
    """

    def __init__(self, codebook: Codebook) -> None:
        rows = records(codebook.variables)
        self.plain = {row[text].casefold(): row["name"] for row in rows for text in LABELS}
        self.folded = {fold(text): name for text, name in self.plain.items()}
        self.patterns = [(row["name"], re.compile(row["match"])) for row in rows if row["match"]]
        self.others = {row["other_of"]: row["name"] for row in rows if row["other_of"]}
        self.levels = {name: codebook.level_rows(name) for name in codebook.names(kind="multiple")}
        self.joined = {
            fold(f"{row[label]} {level[text]}"): Hit(
                row["name"], level["code"], "option", level[text]
            )
            for row in rows
            for level in self.levels.get(row["name"], [])
            for label, text in zip(LABELS, LEVEL_TEXTS, strict=True)
        }
        self.other_level = {
            name: level["code"]
            for name in self.others
            for level in codebook.level_rows(name)
            if is_other(level["label_fr"]) or is_other(level["label_en"])
        }
        self.readers = {name: level_reader(codebook, name) for name in self.levels}
        self.level = cache(self._level)
        self.questions = cache(self._questions)

    def _level(self, name: str, text: str) -> str | None:
        """Return the option of a question that a text calls, if it calls one."""
        said = self.readers[name](text) if name in self.readers else None
        return said.level if said else None

    def _questions(self, heading: str) -> list[Hit]:
        """Return the questions that a heading fits, whole or else by its last part."""
        hits = self._whole(heading)
        if len(hits) != 1:
            narrowed = (self._whole(part) for part in _last_parts(heading))
            hits = next((found for found in narrowed if len(found) == 1), hits)
        return hits

    def _whole(self, heading: str) -> list[Hit]:
        text = fold(NUMBERING.sub("", heading))
        if text in self.folded:
            return [Hit(self.folded[text])]
        return [Hit(name, None, "wording") for name, match in self.patterns if match.search(text)]

    def within(self, group: str, heading: str) -> list[Hit]:
        """Return the option that a heading is below the question in the row of headings above."""
        for hit in self.questions(tidied(group)) if group else []:
            if not pattern("typed").search(heading) and (code := self.level(hit.variable, heading)):
                return [Hit(hit.variable, code, "option", heading)]
            is_typed = is_other(heading) or pattern("typed").search(heading)
            if is_typed and hit.variable in self.others:
                return [Hit(self.others[hit.variable], None, "other")]
        return []

    def one_level(self, heading: str) -> list[Hit]:
        """Recognise "question: level" or "level [question]"."""
        for cut in islice(PARTING.finditer(heading), CUTS):
            parts = heading[: cut.start()], heading[cut.end() :]
            for question, answer in (parts, parts[::-1]):
                for name in {hit.variable for hit in self.questions(question)}:
                    if code := self.level(name, answer):
                        return [Hit(name, code, "option", answer.strip(" -–—"))]
                    if name not in self.levels and name in self.others and is_other(answer):
                        return [Hit(self.others[name], None, "other")]
        return []


def recogniser(codebook: Codebook) -> Callable[..., list[Hit]]:
    """Return the function that maps a heading to what its column answers.

    It takes the heading; the question before it, which a bare "Other:" completes; and the heading
    in the row above, if there is one. It returns nothing for a heading that it does not know, and
    several hits for one that fits several questions.
    """
    book = Questionnaire(codebook)

    def recognise(heading: str, previous: str = "", group: str = "") -> list[Hit]:
        text = tidied(heading)
        for name in (NUMBERING.sub("", text), *_names(text)):
            if exact := book.plain.get(" ".join(name.split()).casefold()):
                return [Hit(exact)]
        if found := book.within(group, text):
            return found
        if previous in book.others and is_other(text):
            return [Hit(book.others[previous], None, "other")]
        if typed := pattern("typed").search(text):
            asked = {hit.variable for hit in book.questions(text[: typed.start()])}
            return [Hit(book.others[name], None, "other") for name in asked & {*book.others}]
        if fold(text) in book.joined:
            return [book.joined[fold(text)]]
        return book.one_level(text) or book.questions(text)

    return recognise


def _names(heading: str) -> Iterator[str]:
    """Yield a heading without one group after the other in front of it."""
    for group in GROUPS.finditer(heading) if " " not in heading.strip() else ():
        yield heading[group.end() :]
    yield from (heading[cut.end() :] for cut in re.finditer("/", heading))


def _last_parts(heading: str) -> Iterator[str]:
    """Yield what may be the question where the heading says more: the last part, or all but a number."""
    yield from (part[1] for part in re.finditer(r"\[([^\[\]]+)\]\s*$", heading))
    for sign in (r"\s[-–—]\s", "/", r"\n"):
        yield re.split(sign, heading)[-1]
    yield LAST_NUMBER.sub("", heading)
