"""The library keeps the shape of design.md: imports point down, modules are small, inputs unchanged."""

import ast
import re

import pytest

from esslib.paths import resolve
from esslib.run.notebook import read_notebook
from esslib.run.sources import PACKAGES, ROOT, imported, sources_of

MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))

# From the bottom to the top; a module imports from lower layers only, a package also from itself.
LAYERS = (
    {"lean", "paths", "printed"},
    {"results", "compare", "planning", "predictors", "survey"},
    {"privacy", "score"},
    {"multiverse"},
    {"chapters", "voice"},
    {"display"},
    {"study"},
    {"run", "synthetic"},
    {"batch"},
)
# To be emptied: words where numbers are computed, and the words themselves.
PENDING = {"esslib.voice"}
LAYER = {name: depth for depth, layer in enumerate(LAYERS) for name in layer}
DISPLAY = {"display", "voice"}
SPEECH = {"printed.messages", "printed.numerals"}  # words and numbers for people
# Statements behind notebooks 01 to 05: what computes, and what shows. The published analysis takes
# 1500 and 1200; the rest is what stands beside it: the balance of the groups (01), the
# questionnaire itself (02), effect sizes, robust tests and normal quantiles (03, 04), what the
# predictors are worth (05), every table as CSV and LaTeX, disclosure control (all; 330), the
# limits that no unsafe workbook passes (100), what makes a million respondents quick (300), the
# fonts of a PDF (20), and imports without what slows them (10). The tables of all notebooks stand in
# one package (200 for those of the others), and so do the figures (130).
THIN = {"computing": 2850, "display": 2240}
WRITERS = {
    *("os.link", "os.rename", "os.renames", "os.replace", "shutil.move"),
    *("tempfile.mkstemp", "tempfile.NamedTemporaryFile"),
}
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def part_of(module):
    """Room of a module: a folder of `esslib`, or `printed` as a whole."""
    package, _, rest = module.partition(".")
    return package if package == "printed" else rest.split(".")[0]


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def neighbours(path):
    """Parts of the library that a module imports, other than its own."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    names = imported(path.read_text(encoding="utf-8"), package=package)
    return {part_of(name) for name in names} - {"", part_of(name_of(path))}


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


@each_module
def test_imports_point_down(path):
    part = part_of(name_of(path))
    if part and name_of(path) not in PENDING:
        upward = {other for other in neighbours(path) if LAYER[other] >= LAYER[part]}
        assert upward == set()


@each_module
def test_display_does_not_compute(path):
    if part_of(name_of(path)) in DISPLAY:
        assert {
            other for other in neighbours(path) if other in {"chapters", "multiverse", "study"}
        } == set()


@each_module
def test_modules_are_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 340


def public_definitions(body, prefix=""):
    for node in body:
        if isinstance(node, (*FUNCTION, ast.ClassDef)) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node.body, f"{node.name}.")


@each_module
def test_public_names_have_docstrings(path):
    tree = tree_of(path)
    bare = [name for name, node in public_definitions(tree.body) if not ast.get_docstring(node)]
    assert ast.get_docstring(tree)
    assert bare == []


@each_module
def test_nothing_happens_at_import(path):
    """A module defines; its only statements that act are a loop over constants or a script's guard."""
    acting = [
        node.lineno
        for node in tree_of(path).body
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    ]
    assert acting == []


def replacements(tree):
    """Lines that put a file in the place of another, or make one with a passing name."""
    pandas = any(isinstance(n, ast.Import) and n.names[0].name == "pandas" for n in tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, given = ast.unparse(node.func), len(node.args) + len(node.keywords)
            of_a_file = {"replace": given == 1, "rename": given == 1 and not pandas}
            if called in WRITERS or of_a_file.get(node.func.attr):
                yield f"line {node.lineno}: {called}"
        elif isinstance(node, ast.ImportFrom) and node.module in {"os", "shutil", "tempfile"}:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (f"line {node.lineno}: {name}" for name in sorted(names & WRITERS))


@each_module
def test_files_are_replaced_in_one_place(path):
    """Only `esslib.paths` knows how a file is written so that nobody sees half of it."""
    assert (list(replacements(tree_of(path))) == []) == (name_of(path) != "esslib.paths")


def test_the_check_on_files_notices_a_second_writer():
    code = "import os\nfrom shutil import move\nos.replace(a, b)\na.rename(b)\na.replace(b)\n"
    assert len(list(replacements(ast.parse(code)))) == 4
    code = "import pandas as pd\ns.rename('x')\ntext.replace('a', 'b')\nreplace(frame, name=1)\n"
    assert list(replacements(ast.parse(code))) == []


def arguments(function):
    declared = function.args
    listed = [*declared.posonlyargs, *declared.args, *declared.kwonlyargs]
    return {argument.arg for argument in listed} - {"self", "cls"}


def rebound(function):
    stored = (
        n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    )
    return {name.id for name in stored}


def changed_arguments(function):
    """Arguments into which a function assigns, or from which it deletes."""
    fixed = arguments(function) - rebound(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            base = node
            while isinstance(base, ast.Subscript | ast.Attribute):
                base = base.value
            if isinstance(base, ast.Name) and base.id in fixed:
                yield f"{function.name}: {ast.unparse(node)}"


def in_place(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "inplace":
            yield f"line {node.lineno}: inplace="


@each_module
def test_inputs_are_not_changed(path):
    tree = tree_of(path)
    functions = [
        n for n in ast.walk(tree) if isinstance(n, FUNCTION) and not n.name.startswith("_")
    ]
    assert [change for function in functions for change in changed_arguments(function)] == []
    assert list(in_place(tree)) == []


def test_the_check_on_inputs_notices_a_change():
    code = "def f(frame, other):\n    frame.loc[0, 'a'] = 1\n    other = other.copy()\n    other['b'] = 2\n"
    function = ast.parse(code).body[0]
    assert list(changed_arguments(function)) == ["f: frame.loc[0, 'a']"]


FRAMES = re.compile(r"^(?!Callable).*\b(DataFrame|Series|ndarray|NDArray)\b")


def compared_by_frames(tree):
    """Dataclasses that hold a frame or an array and yet compare field by field."""
    for node in ast.walk(tree):
        made = [ast.unparse(d) for d in getattr(node, "decorator_list", [])]
        if isinstance(node, ast.ClassDef) and any("dataclass" in text for text in made):
            kinds = [ast.unparse(n.annotation) for n in node.body if isinstance(n, ast.AnnAssign)]
            if any(map(FRAMES.search, kinds)) and not any("eq=False" in text for text in made):
                yield node.name


@each_module
def test_nothing_compares_frames_by_chance(path):
    """`==` of two frames is a frame: whether dataclasses survive it depends on the Python version."""
    assert list(compared_by_frames(tree_of(path))) == []


def test_the_check_on_comparisons_notices_a_frame():
    code = "@dataclass(frozen=True)\nclass A:\n    cells: pd.DataFrame\n"
    assert list(compared_by_frames(ast.parse(code))) == ["A"]
    assert list(compared_by_frames(ast.parse(code.replace("True", "True, eq=False")))) == []


@each_module
def test_few_parameters(path):
    """At most five, apart from `ax`; a printed mean, SD and n with their limits make seven.

    What opens a study, and a chapter, takes the parameters of a notebook, however many they are.
    """
    most = {"printed": 7, "synthetic": 7, "chapters": 13}.get(part_of(name_of(path)), 5)
    functions = [n for n in ast.walk(tree_of(path)) if isinstance(n, FUNCTION)]
    assert [
        f.name for f in functions if len(arguments(f) - {"ax"}) > most and f.name != "open_study"
    ] == []


def statements(path):
    """Number of statements, docstrings apart: what is left whatever the line breaks."""
    nodes = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.stmt | ast.excepthandler)]
    text = [n for n in nodes if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)]
    return len(nodes) - len(text)


def notebook_code(pattern):
    paths = sorted(resolve("notebooks").glob(pattern))
    return [code for path in paths for code in read_notebook(path).code]


def shows(path):
    return part_of(name_of(path)) in DISPLAY or name_of(path) in SPEECH


@pytest.mark.parametrize("kind", THIN)
def test_the_part_behind_the_main_notebooks_is_thin(kind):
    used = [path for path in sources_of(notebook_code("0[1-5]_*.ipynb")) if path.suffix == ".py"]
    counted = [path for path in used if shows(path) == (kind == "display")]
    assert counted
    assert sum(map(statements, counted)) <= THIN[kind]


def test_notebooks_use_public_names_only():
    private = re.compile(r"\bfrom esslib[\w.]* import .*\b_\w+|\besslib[\w.]*\._\w+")
    assert [code for code in notebook_code("*.ipynb") if private.search(code)] == []
