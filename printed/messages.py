"""What is to be said, in a language chosen later: a message by name, with its facts.

A catalogue is a folder of Fluent files, one per language (``fr.ftl``, ``en.ftl``), read by
`printed.phrasebook`. What a program reads is English too: a message may have other words for it, in
its attribute ``code``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from printed.numerals import localised
from printed.phrasebook import phrasebook

FOR_PROGRAMS = "code"


class Name(str):
    """A word that stands as it is, or as its label: a row, level, group or table; quoted text."""


@dataclass(frozen=True)
class Message:
    """What is to be said: the name of a message, and its facts.

    A fact is a count (it chooses the plural), a number as text with a decimal point, a `Name`,
    another message, or several of these as `Listed`.
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
    """The messages of a folder, in each of its languages."""

    folder: Path

    def say(self, message: str, /, *, lang: str, **facts: str | int) -> str:
        """Write a message for people, as `Phrasebook.say` does."""
        return phrasebook(lang, self.folder).say(message, **facts)

    def knows(self, message: str, *, lang: str) -> bool:
        """Whether the catalogue has a message of this name, or ``name-attribute``."""
        return phrasebook(lang, self.folder).has(message)

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
            code = f"{fact.id}-{FOR_PROGRAMS}"
            is_coded = not lang and self.knows(code, lang="en")
            return self.say(code if is_coded else fact.id, lang=lang or "en", **facts)
        if isinstance(fact, Listed):
            parts = [self.text(part, lang=lang, labels=known) for part in fact.parts]
            return self.say(fact.joint, lang=lang or "en").join(parts)
        if isinstance(fact, Name):
            return known.get(fact, str(fact)) if lang else str(fact)
        return localised(str(fact), lang=lang) if lang else str(fact)

    def code(self, kind: str, code: str) -> Fact:
        """Return the message ``kind-code`` for a technical name, or the name itself without one."""
        message = f"{kind}-{code}"
        return say(message) if self.knows(message, lang="en") else Name(code)

    def _fact(self, fact: Fact, lang: str, labels: Mapping[str, str]) -> str | int:
        if isinstance(fact, int) and fact >= 0:
            return fact
        return self.text(fact, lang=lang, labels=labels)


OWN = Catalogue(Path(__file__).parent / "locale")
