"""Sentences by name: code gives a message and its facts, a catalogue has the words of each language.

A catalogue is a folder of Fluent files, one per language (``fr.ftl``, ``en.ftl``), with plurals and
variants. What a program reads is English too: a message may have other words for it, in its
attribute ``code``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentInt
from fluent.syntax import ast

from printed.numerals import check_language, localised

FOR_PROGRAMS = "code"
LONGEST = 2000  # characters of one fact; Fluent refuses more than 2,500


class Name(str):
    """A word that stands as it is, or as its label: a row, level, group or table; quoted text."""


@dataclass(frozen=True)
class Message:
    """What is to be said: the name of a message, and its facts.

    A fact is a count (it chooses the plural), a number as text with a decimal point, a `Name`, another message, or
    several of these as `Listed`.
    """

    id: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Listed:
    """Facts in a row; `joint` is the message that stands between two of them."""

    parts: Sequence[Fact]
    joint: str = "comma"


Fact = int | str | Message | Listed


class InputError(ValueError):
    """What is wrong with given numbers or files; its text is English, its message any language.

    Parameters
    ----------
    message
        A message of `OWN`.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return OWN.text(self.message)


def say(message: str, /, **facts: Fact) -> Message:
    """Return a message with its facts.

    >>> say("sum", total=81).facts["total"]
    81
    """
    return Message(message, facts)


def clauses(*parts: Fact) -> Listed:
    """Return statements in one sentence, parted by semicolons."""
    return Listed(parts, "semicolon")


@dataclass(frozen=True)
class Catalogue:
    """The messages of a folder, in each of its languages; files are read when first needed."""

    folder: Path

    def say(self, message: str, /, *, lang: str, **facts: str | int) -> str:
        """Write a message for people; facts are texts, or counts, which choose a plural.

        Parameters
        ----------
        message
            Its name, or ``name.attribute``.

        Raises
        ------
        ValueError
            The language or the message is unknown, a fact is missing or of another type, or a file
            of the catalogue is faulty.
        """
        return self._written(message, facts, check_language(lang))

    def knows(self, message: str, *, lang: str) -> bool:
        """Whether the catalogue has a message of this name, or ``name.attribute``."""
        name, _, attribute = message.partition(".")
        bundle = _read(self.folder / f"{lang}.ftl")
        found = bundle.get_message(name) if bundle.has_message(name) else None
        return found is not None and (not attribute or attribute in found.attributes)

    def text(self, fact: Fact, *, lang: str = "", labels: Mapping[str, str] | None = None) -> str:
        """Write a message, or any fact, in English for programs or in a language for people.

        Parameters
        ----------
        fact
            What is to be said.
        lang
            "fr" or "en" for people, who read labels and the numbers of their language; empty for
            programs, which read names and decimal points.
        labels
            Labels of names; a name without one stands for itself.

        Raises
        ------
        ValueError
            As `say`.
        """
        known = {} if labels is None else labels
        if isinstance(fact, Message):
            facts = {key: self._fact(each, lang, known) for key, each in fact.facts.items()}
            code = f"{fact.id}.{FOR_PROGRAMS}"
            is_coded = not lang and self.knows(code, lang="en")
            return self._written(code if is_coded else fact.id, facts, lang or "en")
        if isinstance(fact, Listed):
            parts = [self.text(part, lang=lang, labels=known) for part in fact.parts]
            return self._written(fact.joint, {}, lang or "en").join(parts)
        if isinstance(fact, Name):
            return known.get(fact, str(fact)) if lang else str(fact)
        return localised(str(fact), lang=lang) if lang else str(fact)

    def code(self, kind: str, code: str) -> Fact:
        """Return the message ``kind-code`` for a technical name, or the name itself without one."""
        message = f"{kind}-{code}"
        return say(message) if self.knows(message, lang="en") else Name(code)

    def _fact(self, fact: Fact, lang: str, labels: Mapping[str, str]) -> str | int:
        if isinstance(fact, int) and fact >= 0:
            return FluentInt(fact, useGrouping=False)
        return self.text(fact, lang=lang, labels=labels)

    def _written(self, message: str, facts: Mapping[str, Any], lang: str) -> str:
        name, _, attribute = message.partition(".")
        path = self.folder / f"{lang}.ftl"
        if not self.knows(message, lang=lang):
            raise ValueError(f"{path.name} has no message {message!r}.")
        bundle = _read(path)
        found = bundle.get_message(name)
        long = {key: fact for key, fact in facts.items() if len(str(fact)) > LONGEST}
        given = {**facts, **{key: f"\ue000{key}\ue001" for key in long}}
        pattern = found.attributes[attribute] if attribute else found.value
        text, faults = bundle.format_pattern(pattern, given) if pattern else ("", ["no text"])
        if faults:
            raise ValueError(f"{path.name}, message {message!r}: {faults[0]}.")
        for key, fact in long.items():
            text = str(text).replace(f"\ue000{key}\ue001", fact)
        return str(text)


@cache
def _read(path: Path) -> FluentBundle:
    """Read a file of a catalogue; one that is not Fluent, or says a name twice, is an error."""
    source = path.read_text(encoding="utf-8")
    resource = FluentResource(source)
    for junk in (entry for entry in resource.body if isinstance(entry, ast.Junk)):
        fault = junk.annotations[0]
        line = source.count("\n", 0, fault.span.start if fault.span else 0) + 1
        raise ValueError(f"{path.name}, line {line}: {fault.message}")
    names = [e.id.name for e in resource.body if isinstance(e, ast.Message | ast.Term)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{path.name}: messages {twice} stand twice.")
    bundle = FluentBundle([path.stem], use_isolating=False)
    bundle.add_resource(resource)
    return bundle


OWN = Catalogue(Path(__file__).parent / "locale")
