"""The catalogue of words: every message in both languages, none lacking where it is said, none idle."""

import ast
import re

import pytest

from esslib.paths import resolve
from esslib.run.notebook import read_notebook
from esslib.voice import Voice

SOURCES = [
    *(path.read_text(encoding="utf-8") for path in sorted(resolve("esslib").rglob("*.py"))),
    *(
        code
        for path in sorted(resolve("notebooks").glob("*.ipynb"))
        for code in read_notebook(path).code
    ),
]
LANGUAGES = ("fr", "en")
BOOKS = {lang: Voice(lang).words for lang in LANGUAGES}
NUMBER = re.compile(r"\d")


def strings(code):
    """Every string of a source as a pattern, what is filled in standing for any text."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = (
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                for part in node.values
            )
            yield "".join(parts)


def said(code):
    """Names that a source says word by word."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            first = node.args[0] if node.args else None
            if name == "say" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_both_languages_have_the_same_messages_with_the_same_facts():
    french, english = (BOOKS[lang] for lang in LANGUAGES)
    assert french.names == english.names
    needs = [(french.needs(name), english.needs(name)) for name in french.names]
    assert [pair for pair in needs if pair[0] != pair[1]] == []


def test_what_is_said_word_by_word_exists():
    names = {
        name
        for path in sorted(resolve("esslib").rglob("*.py"))
        if "synthetic" not in path.parts
        for name in said(path.read_text(encoding="utf-8"))
    }
    assert len(names) > 50
    assert [name for name in sorted(names) if not BOOKS["fr"].has(name)] == []


def test_no_message_is_idle():
    """Every message is a string of the code, or begins as one that is filled in."""
    given = {pattern for code in SOURCES for pattern in strings(code)} - {".+", ""}
    known = [re.compile(pattern.replace(r"\.", "[.-]")) for pattern in given if len(pattern) > 3]
    tables = [re.compile(f"table_{pattern.pattern}") for pattern in known]
    idle = [
        name
        for name in BOOKS["fr"].names
        if not any(pattern.fullmatch(name) for pattern in [*known, *tables])
    ]
    assert idle == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_message_names_the_nearest(lang):
    with pytest.raises(ValueError, match=rf"{lang}\.ftl has no message 'box-tik'; .*'box-tick'"):
        Voice(lang).say("box.tik")


def test_lines_break_alike_in_both_languages():
    facts = {
        name: f"{{{name}}}"
        for book in BOOKS.values()
        for need in map(book.needs, book.names)
        for name in need
    }
    texts = [[BOOKS[lang].say(name, **facts) for lang in LANGUAGES] for name in BOOKS["fr"].names]
    assert [pair for pair in texts if pair[0].count("\n") != pair[1].count("\n")] == []
