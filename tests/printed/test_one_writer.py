"""One writer of numbers: `printed.numerals` alone gives a number decimals, signs or groups."""

import ast
import re

import pytest

from esslib.run.sources import PACKAGES, ROOT
from printed.numerals import MINUS

WRITER = "printed/numerals.py"
# Files that write decimals for programs, and why `printed.numerals` is not asked.
FOR_PROGRAMS = {
    "esslib/display/tables/plain.py": "widths of LaTeX columns",
    "esslib/results.py": "result tables as CSV",
}
LIBRARIES = {"babel", "locale"}
TICKERS = re.compile(r"(Scalar|FormatStr|StrMethod|Percent|Eng)Formatter")
SPEC = re.compile(r"[-+ ]?[<>=^]?0?\d*([,_]|\.\d*)+[a-zA-Z%]?|[-+ <>=^]*\d*[efgnEFGN%]")
PERCENT = re.compile(r"%[-+ #0]*\d*(\.(\d+|\*))?[efgEFG]\b")
BRACES = re.compile(r"\{\w*:([^{}]+)\}")
COMMAS = ([".", ","], [r"\.", ","])


def text_of(node):
    """What stands in a string; a 1 for each part that is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            text_of(part) if isinstance(part, ast.Constant) else "1" for part in node.values
        )
    return ""


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def numbers_written(source):
    """Lines on which a source writes numbers in its own way."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found = {alias.name.split(".")[0] for alias in node.names} & LIBRARIES
        elif isinstance(node, ast.ImportFrom):
            named = [*(alias.name for alias in node.names)]
            is_library = (node.module or "").split(".")[0] in LIBRARIES
            found = is_library or any(map(TICKERS.fullmatch, named))
        elif isinstance(node, ast.FormattedValue):
            found = node.format_spec is not None and SPEC.fullmatch(text_of(node.format_spec))
        elif isinstance(node, ast.Call):
            given = [*map(text_of, node.args)]
            is_swap = called(node) in ("replace", "sub") and given[:2] in COMMAS
            is_format = called(node) == "format" and any(map(SPEC.fullmatch, given[1:]))
            is_decimal = any(k.arg == "decimal" and text_of(k.value) == "," for k in node.keywords)
            found = is_swap or is_format or is_decimal
        elif text := text_of(node):
            braces = [] if isinstance(node, ast.JoinedStr) else BRACES.findall(text)
            found = PERCENT.search(text) or any(map(SPEC.fullmatch, braces)) or MINUS in text
        else:
            found = False
        if found:
            yield node.lineno


def writers():
    """Files with the lines on which each writes numbers."""
    files = (file for name in PACKAGES for file in sorted((ROOT / name).rglob("*.py")))
    found = {
        f.relative_to(ROOT).as_posix(): {*numbers_written(f.read_text("utf-8"))} for f in files
    }
    return {name: sorted(lines) for name, lines in found.items() if lines}


def test_numbers_are_written_in_one_place():
    """A line of the list that is no longer true has to go."""
    assert [*writers()] == sorted([WRITER, *FOR_PROGRAMS]), writers()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from babel.numbers import format_decimal", True),
        ("import locale", True),
        ("from matplotlib.ticker import PercentFormatter", True),
        ("text.replace('.', ',')", True),
        ("frame.to_csv(decimal=',')", True),
        ("f'{x:.2f}'", True),
        ("f'{x:>8.1%}'", True),
        ("f'{n:,}'", True),
        ("f'{x:.{decimals}f}'", True),
        ("f'{x:g}'", True),
        ("format(x, '.3g')", True),
        ("'{:.2f}'.format(x)", True),
        ("'%.3f' % x", True),
        ("f'%.{digits}g'", True),
        ("'\N{MINUS SIGN}' + text", True),
        ("text.replace(',', '.')", False),
        ("text.replace('.', '')", False),
        ("f'{name:<28}{n:>4}'", False),
        ("f'{hour:02d}'", False),
        ("f'{error!r}'", False),
        ("f'{lang}.ftl, {n} of 3'", False),
        ("'5 % of each'", False),
        ("from printed.numerals import number", False),
    ],
)
def test_what_writes_a_number_is_noticed(source, found):
    assert bool([*numbers_written(source)]) is found
