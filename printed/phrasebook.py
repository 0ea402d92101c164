"""Sentences by name: code gives a name and facts, Fluent files have the words of one language.

Plurals, zero cases and variants stand in the files. Fluent chooses among them only: a fact that is
printed leaves its place to be filled in later, thus no number is formatted anew and no text is too
long.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, SupportsIndex

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Transformer

from printed.numerals import check_language, typeset

BLANK = re.compile("\ue000(.+?)\ue001")  # the place of a fact; letters of no language
PLURALS = {"zero", "one", "two", "few", "many"}


class Counted(NamedTuple):
    """A number as it is printed: its value chooses the plural, nan (withheld) the default."""

    value: float
    text: str


Given = str | SupportsIndex | Counted


class Needs(NamedTuple):
    """The facts of a message, and those of them that choose a plural."""

    facts: set[str]
    counts: set[str]


@dataclass(frozen=True, eq=False)
class Phrasebook:
    """The messages of some folders in one language, in the order of the files."""

    lang: str
    bundle: FluentBundle
    messages: Mapping[str, Needs]
    folders: tuple[Path, ...]

    def say(self, name: str, /, **facts: Given) -> str:
        """Write a message with its facts.

        Parameters
        ----------
        name
            As in the files; that of an attribute is ``name-attribute``.
        facts
            Texts, whole numbers (printed without grouping), or a `Counted`. Others than those of
            the message are ignored.

        Raises
        ------
        ValueError
            The message is unknown, a fact is missing or of another type, or a file is faulty.
        """
        if not self.has(name):
            near = [f"the nearest is {n!r}" for n in get_close_matches(name, self.messages, n=1)]
            hint = [*near, "none is near"][0]
            where = ", ".join(str(folder / f"{self.lang}.ftl") for folder in self.folders)
            raise ValueError(f"{where}: there is no message {name!r}; {hint}.")
        needs, where = self.messages[name], f"{self.lang}.ftl, message {name!r}"
        if missing := sorted(needs.facts - facts.keys()):
            raise ValueError(f"{where}: facts {missing} are missing; given: {sorted(facts)}.")
        values = {key: _value(fact, f"{where}: {key} is") for key, fact in facts.items()}
        for key in needs.counts:
            if isinstance(text := values[key], str) and re.search(r"\d", text):
                raise ValueError(f"{where}: {key} chooses a plural; give a Counted, not {text!r}.")
        pattern: Any = self.bundle.get_message(name).value
        template, faults = self.bundle.format_pattern(pattern, dict(values))
        blanks = BLANK.findall(str(template))
        if lacking := [*faults, *(f"{key} is missing" for key in blanks if key not in facts)]:
            raise ValueError(f"{where}: {lacking[0]}.")
        return BLANK.sub(lambda blank: _text(facts[blank[1]]), str(template))

    def say_or(self, name: str, default: str, /) -> str:
        """Write a message without facts, or `default` where there is none of this name."""
        return self.say(name) if self.has(name) else default

    def has(self, name: str, /) -> bool:
        """Whether there are words for this message."""
        return name in self.messages


@cache
def phrasebook(lang: str, *folders: Path) -> Phrasebook:
    """Read the messages of a language, once for the same folders.

    Raises
    ------
    ValueError
        The language is unknown, a file is not Fluent (with its line), or it says a name that has
        been said.
    """
    bundle, found = FluentBundle([check_language(lang)], use_isolating=False), dict[str, Needs]()
    for path in (folder / f"{lang}.ftl" for folder in folders):
        resource = _parsed(path)
        for name, pattern in _named(resource):
            if name in found:
                raise ValueError(f"{path}: message {name!r} stands twice; keep one.")
            reader = _Blanks(lang, name)
            reader.visit(pattern)
            found[name] = reader.needs
        bundle.add_resource(resource)
    said = {name: needs for name, needs in found.items() if not name.startswith("-")}
    return Phrasebook(lang, bundle, said, folders)


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


def _parsed(path: Path) -> ast.Resource:
    source = path.read_text(encoding="utf-8")
    resource = FluentResource(source)
    for junk in (entry for entry in resource.body if isinstance(entry, ast.Junk)):
        fault = junk.annotations[0]
        line = source.count("\n", 0, fault.span.start if fault.span else 0) + 1
        raise ValueError(f"{path}, line {line}: {fault.message}")
    return resource


def _named(resource: ast.Resource) -> Iterator[tuple[str, ast.Pattern]]:
    """Patterns by name, a term's with a hyphen; an attribute becomes a message of its own too."""
    for entry in list(resource.body):
        if isinstance(entry, ast.Message | ast.Term):
            name = "-" * isinstance(entry, ast.Term) + entry.id.name
            if entry.value:
                yield name, entry.value
            for attribute in entry.attributes:
                own = f"{name}-{attribute.id.name}"
                if isinstance(entry, ast.Message):
                    resource.body.append(ast.Message(ast.Identifier(own), attribute.value))
                yield own, attribute.value


class _Blanks(Transformer):
    """Leaves blank the places of facts, sets French spaces, and keeps what a message needs.

    What a term refers to is no fact, but what its message says with it.
    """

    def __init__(self, lang: str, name: str) -> None:
        self.lang, self.is_term, self.needs = lang, name.startswith("-"), Needs(set(), set())

    def visit_Placeable(self, node: ast.Placeable) -> Any:
        if isinstance(node.expression, ast.VariableReference) and not self.is_term:
            self.needs.facts.add(node.expression.id.name)
            return ast.TextElement(f"\ue000{node.expression.id.name}\ue001")
        return self.generic_visit(node)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> Any:
        keys = [variant.key for variant in node.variants]
        if isinstance(node.selector, ast.VariableReference) and not self.is_term:
            self.needs.facts.add(node.selector.id.name)
            if any(isinstance(key, ast.NumberLiteral) or key.name in PLURALS for key in keys):
                self.needs.counts.add(node.selector.id.name)
        return self.generic_visit(node)

    def visit_TextElement(self, node: ast.TextElement | ast.StringLiteral) -> Any:
        return type(node)(typeset(node.value, lang=self.lang))

    visit_StringLiteral = visit_TextElement
