"""Fluent files of one language: read, typeset, and refused where one is faulty.

Fluent chooses among variants only. A fact that is printed leaves its place to be filled in later:
thus no number is formatted anew and no text is too long.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from printed.numerals import NO_BREAK

BLANK = re.compile("\ue000(.+?)\ue001")  # the place of a fact; letters of no language
PLURALS = {"zero", "one", "two", "few", "many"}


class Needs(NamedTuple):
    """The facts of a message, and those of them that choose a plural."""

    facts: set[str]
    counts: set[str]


class Words(NamedTuple):
    """The messages of a language; an attribute counts as a message ``name-attribute``."""

    bundle: FluentBundle
    needs: dict[str, Needs]
    places: dict[str, tuple[str, str]]

    def template(self, name: str, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """Return the variants chosen by `values`, facts still blank, and what is wrong."""
        entry, attribute = self.places[name]
        found = self.bundle.get_message(entry)
        pattern = found.attributes[attribute] if attribute else found.value
        text, faults = self.bundle.format_pattern(pattern, dict(values)) if pattern else ("", [])
        return str(text), list(faults)


def read_words(paths: Iterable[Path]) -> Words:
    """Read files of one language, which their common name tells.

    Raises
    ------
    ValueError
        A file is not Fluent (with its line), or says a name that has been said.
    """
    files = list(paths)
    words = Words(FluentBundle([files[0].stem], use_isolating=False), {}, {})
    for path in files:
        source = path.read_text(encoding="utf-8")
        resource = FluentResource(source)
        for junk in (entry for entry in resource.body if isinstance(entry, ast.Junk)):
            fault = junk.annotations[0]
            line = source.count("\n", 0, fault.span.start if fault.span else 0) + 1
            raise ValueError(f"{path}, line {line}: {fault.message}")
        for entry in resource.body:
            for name, attribute, pattern in _patterns(entry):
                whole = f"{name}-{attribute}" if attribute else name
                if whole in words.places:
                    raise ValueError(f"{path}: message {whole!r} stands twice; keep one.")
                words.places[whole] = (name, attribute)
                needs = _prepare(pattern, path.stem, is_term=name[0] == "-")
                if name[0] != "-":
                    words.needs[whole] = needs
        words.bundle.add_resource(resource)
    return words


def typeset(text: str, *, lang: str = "fr") -> str:
    """Put the no-break spaces that French typography asks for around ``: ; ! ? % « »``."""
    return re.sub(r"(?<=«) | (?=[:;!?%»])", NO_BREAK, text) if lang == "fr" else text


def _patterns(entry: ast.EntryType) -> Iterator[tuple[str, str, ast.Pattern]]:
    if isinstance(entry, ast.Message | ast.Term):
        name = "-" * isinstance(entry, ast.Term) + entry.id.name
        if entry.value:
            yield name, "", entry.value
        for attribute in entry.attributes:
            yield name, attribute.id.name, attribute.value


def _prepare(pattern: ast.Pattern, lang: str, *, is_term: bool) -> Needs:
    """Typeset a pattern and leave places for its facts; return what it needs.

    What a term refers to is no fact, but what its message says with it.
    """
    needs = Needs(set(), set())
    for at, element in enumerate(pattern.elements):
        inner = element.expression if isinstance(element, ast.Placeable) else element
        if isinstance(inner, ast.TextElement | ast.StringLiteral):
            inner.value = typeset(inner.value, lang=lang)
        elif isinstance(inner, ast.VariableReference) and not is_term:
            needs.facts.add(inner.id.name)
            pattern.elements[at] = ast.TextElement(f"\ue000{inner.id.name}\ue001")
        elif isinstance(inner, ast.SelectExpression):
            if isinstance(inner.selector, ast.VariableReference) and not is_term:
                needs.facts.add(inner.selector.id.name)
                if any(_is_number(variant.key) for variant in inner.variants):
                    needs.counts.add(inner.selector.id.name)
            for variant in inner.variants:
                within = _prepare(variant.value, lang, is_term=is_term)
                needs.facts.update(within.facts)
                needs.counts.update(within.counts)
    return needs


def _is_number(key: ast.Identifier | ast.NumberLiteral) -> bool:
    return isinstance(key, ast.NumberLiteral) or key.name in PLURALS
