"""The catalogue of words: every message in both languages, none lacking, none idle."""

import ast
import re
from pathlib import Path

import pandas as pd
import pytest
from helpers import speaking

from esslib.display.tables import audited
from esslib.paths import resolve
from esslib.run.notebook import read_notebook
from esslib.voice import Voice, voice_of
from printed.numerals import LANGUAGES
from printed.phrasebook import phrasebook, plain

MODULES = [
    path for path in sorted(resolve("esslib").rglob("*.py")) if "synthetic" not in path.parts
]
NOTEBOOKS = [read_notebook(path) for path in sorted(resolve("notebooks").glob("*.ipynb"))]
SOURCES = [path.read_text(encoding="utf-8") for path in MODULES]
TREES = [ast.parse(code) for code in [*SOURCES, *(c for n in NOTEBOOKS for c in n.code)]]
TEMPLATES = "".join(
    path.read_text(encoding="utf-8") for path in resolve("esslib/display/pages").rglob("*.j2")
)
VOICES = {lang: speaking(lang) for lang in LANGUAGES}
BOOKS = {lang: voice.words.messages for lang, voice in VOICES.items()}
HOLE = r"[\w-]+"
# What the voice, tables and the flow chart put around a name that others give them.
FRAMES = ("{}", "table_{}", "table_{}-caption", "table_{}-note", "table_label-{}", "flow-{}")
VAGUE = re.compile(r"(table_|table_label-|flow-|figure_title-|where-)?\[")


def pattern(node):
    """Return a string of a source as a pattern: what is filled in is any part of a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(pattern(part) or HOLE for part in node.values)
    return ""


def calls():
    """Yield what is said or looked for: its pattern, the facts it is given, and the call."""
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and re.search(
            r"\b(say|voice\.find)$", ast.unparse(node.func)
        ):
            given = {keyword.arg for keyword in node.keywords}
            yield pattern(node.args[0]), given, ast.unparse(node)
    for name, facts in re.findall(r"'([\w-]+)' \| say(?=(?:\((.*?)\) }})?)", TEMPLATES):
        yield re.escape(name), set(re.findall(r"(\w+)=", facts)), name


def meant_by_data():
    """Names that follow from data: rows that are printed, figures that are written, places."""
    published = pd.read_csv(resolve("data/published/published.csv"), dtype=str)
    judged = pd.read_csv(resolve("data/codebook/reporting.csv"), dtype=str)["where"].dropna()
    figures = {Path(path).stem for n in NOTEBOOKS for path in n.writes if path.endswith(".svg")}
    yield from (f"table_label-{plain(row)}" for row in published["row"].dropna())
    yield from (f"where-{plain(place)}" for place in [*published["where"], *judged])
    yield from (f"figure_title-{name}" for name in figures)


def test_both_languages_have_the_same_messages_with_the_same_facts():
    french, english = (BOOKS[lang] for lang in LANGUAGES)
    assert list(french) == list(english)
    assert [name for name in french if french[name].facts != english[name].facts] == []


def test_what_is_said_exists_and_is_given_its_facts():
    """A name is written out where it is said, but for parts of it that are filled in."""
    own = "self.words.say(message, **facts)"
    said = [call for call in calls() if call[2] != own]
    assert len(said) > 150
    book = BOOKS["fr"]
    lacking = [
        call
        for name, given, call in said
        if not any(
            None in given or book[each].facts <= given for each in book if re.fullmatch(name, each)
        )
    ]
    assert lacking == []


def test_no_message_is_idle():
    """Every message is a string of the code, begins as one that is filled in, or data name it."""
    given = {pattern(node) for tree in TREES for node in ast.walk(tree)} - {""}
    given |= {name for name, _, _ in calls()}
    parts = {re.sub(r"\\[.-]", "-", each) for each in given}
    framed = {frame.format(part) for part in parts for frame in FRAMES}
    known = [re.compile(each) for each in framed if not VAGUE.match(each)]
    names = [name for name in BOOKS["fr"] if name not in set(meant_by_data())]
    assert [n for n in names if not any(each.fullmatch(n) for each in known)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_message_names_the_nearest(lang):
    with pytest.raises(
        ValueError, match=rf"{lang}\.ftl: there is no message 'box-tik'; .*'box-tick'"
    ):
        Voice(lang).say("box-tik")


def test_the_library_alone_knows_no_word_of_a_study():
    with pytest.raises(ValueError, match=r"fr\.ftl: there is no message 'score-axis'"):
        Voice().say("score-axis", low="20", high="80")
    assert Voice().find("score-axis", "x") == "x"


def test_lines_break_alike_in_both_languages():
    facts = {fact: f"{{{fact}}}" for needs in BOOKS["fr"].values() for fact in needs.facts}
    texts = {
        n: [voice.say(n, **facts).count("\n") for voice in VOICES.values()] for n in BOOKS["fr"]
    }
    assert [name for name, (french, english) in texts.items() if french != english] == []


def test_messages_stand_by_families():
    """Each file says its families in the same order, under comments, and no family twice."""
    for folder in ("esslib/display/locale", "data/locale"):
        files = [resolve(f"{folder}/{lang}.ftl").read_text(encoding="utf-8") for lang in LANGUAGES]
        heads = [re.findall(r"^## (.+)$", text, re.MULTILINE) for text in files]
        assert len(heads[0]) == len(heads[1]) == len(set(heads[0])) == len(set(heads[1]))
        blocks = [re.split(r"^## .+$", text, flags=re.MULTILINE) for text in files]
        names = [
            [re.findall(r"^([a-z][\w-]*) =", block, re.MULTILINE) for block in b] for b in blocks
        ]
        assert names[0] == names[1]
        assert names[0][0] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_printed_number_has_a_name(lang, codebook):
    """Row, statistic and table of each, whichever of them a cohort does not reproduce."""
    voice = voice_of(codebook, lang=lang).knowing(resolve("data/locale"))
    published = pd.read_csv(resolve("data/published/published.csv"), dtype=str)
    assert [row for row in published["row"].unique() if audited._row(row, voice) == row] == []
    names = [f"statistic.{name}" for name in published["statistic"].unique()]
    names += [f"place.{name}" for name in published["table"].unique()]
    assert [name for name in names if voice.label(name) == name] == []


CATALOGUES = sorted(
    folder for room in ("esslib", "printed", "data") for folder in resolve(room).rglob("locale")
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_no_catalogue_lacks_a_message_of_another_language(folder, lang):
    """What a new language still has to say is listed; codes are for programs, in English alone."""
    said = {path.stem: phrasebook(path.stem, folder).messages for path in folder.glob("*.ftl")}
    every = dict.fromkeys(name for messages in said.values() for name in messages)
    assert [name for name in every if name not in said[lang] and not name.endswith("-code")] == []
