"""Sentences by name: code gives a name and facts, a catalogue has the words of one language.

Plurals, zero cases and variants stand in its files. A fact is printed as it is given; its value
only chooses among variants.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, SupportsIndex

from printed.ftl import BLANK, Words, read_words
from printed.numerals import check_language


class Counted(NamedTuple):
    """A number as it is printed: its value chooses the plural, nan (withheld) the default."""

    value: float
    text: str


Given = str | SupportsIndex | Counted


@dataclass(frozen=True)
class Phrasebook:
    """The messages of some folders in one language; the files are read when first needed."""

    lang: str
    folders: tuple[Path, ...]

    def say(self, name: str, /, **facts: Given) -> str:
        """Write a message with its facts.

        Parameters
        ----------
        name
            As in the files; that of an attribute is ``name-attribute``.
        facts
            Texts, whole numbers (printed without grouping), or a `Counted`. Others than those of the
            message are ignored.

        Raises
        ------
        ValueError
            The message is unknown, a fact is missing or of another type, or a file is faulty.
        """
        if not self.has(name):
            raise ValueError(self._unknown(name))
        needs, where = self._words.needs[name], f"{self.lang}.ftl, message {name!r}"
        if missing := sorted(needs.facts - facts.keys()):
            raise ValueError(f"{where}: facts {missing} are missing; given: {sorted(facts)}.")
        values = {key: _value(fact, f"{where}: {key} is") for key, fact in facts.items()}
        for key in needs.counts:
            if isinstance(text := values[key], str) and re.search(r"\d", text):
                raise ValueError(f"{where}: {key} chooses a plural; give a Counted, not {text!r}.")
        template, faults = self._words.template(name, values)
        faults += [f"{key} is missing" for key in BLANK.findall(template) if key not in facts]
        if faults:
            raise ValueError(f"{where}: {faults[0]}.")
        return BLANK.sub(lambda blank: _text(facts[blank[1]]), template)

    def say_or(self, name: str, default: str, /) -> str:
        """Write a message without facts, or `default` where there is none of this name."""
        return self.say(name) if self.has(name) else default

    def has(self, name: str, /) -> bool:
        """Whether there are words for this message."""
        return name in self._words.needs

    def needs(self, name: str, /) -> set[str]:
        """Return the facts that a message needs."""
        return self._words.needs[name].facts

    @property
    def names(self) -> list[str]:
        """Names of all messages, in the order of the files."""
        return list(self._words.needs)

    @cached_property
    def _words(self) -> Words:
        return read_words([folder / f"{self.lang}.ftl" for folder in self.folders])

    def _unknown(self, name: str) -> str:
        langs = sorted({path.stem for folder in self.folders for path in folder.glob("*.ftl")})
        others = [
            f"{lang}.ftl has it" for lang in langs if Phrasebook(lang, self.folders).has(name)
        ]
        near = [f"the nearest is {each!r}" for each in get_close_matches(name, self.names, n=1)]
        hint = [*others, *near, "none is near"][0]
        return f"{self.lang}.ftl has no message {name!r}; {hint}."


@cache
def phrasebook(lang: str, *folders: Path) -> Phrasebook:
    """Return the catalogue of a language: the same one for the same folders."""
    return Phrasebook(check_language(lang), folders)


def plain(text: str) -> str:
    """Make a part of a name of any text: letters without accents, hyphens for signs.

    >>> plain("Méthodes, 1 d")
    'Methodes-1_d'
    """
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^\w-]+", lambda sign: "_" if sign[0].isspace() else "-", ascii_only)
    return words.strip("-_")


def _value(fact: Given, what: str) -> str | float:
    if isinstance(fact, Counted):
        return fact.text if math.isnan(fact.value) else fact.value
    if isinstance(fact, str) or hasattr(fact, "__index__"):
        return fact if isinstance(fact, str) else fact.__index__()
    raise ValueError(f"{what} {fact!r}; give a text, a whole number or a Counted.")


def _text(fact: Given) -> str:
    return fact.text if isinstance(fact, Counted) else str(fact)
