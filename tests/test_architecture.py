"""The library keeps its shape: imports point down, modules are small, inputs unchanged."""

import ast
import re

import pytest

from esslib.paths import resolve
from esslib.run.notebook import read_notebook
from esslib.run.sources import PACKAGES, ROOT, module_file, sources_of

MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))

# From the bottom to the top; a module imports from lower layers only, a package also from itself.
LAYERS = (
    {"printed"},
    {"lean", "paths"},
    {"results", "compare", "planning", "predictors", "survey"},
    {"privacy", "score", "check"},
    {"multiverse"},
    {"voice"},
    {"chapters"},
    {"display"},
    {"holdings"},
    {"study"},
    {"run", "synthetic"},
    {"batch"},
)
# To be emptied: rooms that a module imports though they stand above it, and circles of modules. A
# line that is no longer true has to go.
PENDING_UPWARD: dict[str, set[str]] = {}
PENDING_CIRCLES: list[set[str]] = []
LAYER = {name: depth for depth, layer in enumerate(LAYERS) for name in layer}
DISPLAY = {"display", "voice"}
STATISTICS = {"pingouin", "scipy", "statsmodels"}
# words and numbers for people
SPEECH = {"printed.messages", "printed.numerals", "printed.phrasebook"}
# Statements behind notebooks 01 to 05, at most: what computes, and what shows.
THIN = {"computing": 4010, "display": 2380}
# Of these, room by room, at most: a third is the reading of exports and of the codebook, and a
# tenth is disclosure control. What shows stands in one package for all notebooks.
THIN_ROOMS = {
    "computing": {
        "survey": 1850,
        "score": 400,
        "compare": 350,
        "privacy": 380,
        "predictors": 310,
        "chapters": 250,
        "printed": 350,
        "study": 120,
        "holdings": 70,
        "results": 40,
        "paths": 40,
        "lean": 20,
        "": 1,  # esslib itself
    },
    "display": {"display": 2000, "voice": 130, "printed": 260},
}
FORMATS = {"csv", "excel", "feather", "hdf", "html", "json", "latex", "parquet", "pickle", "xml"}
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


def parts_at_runtime(node):
    """Nodes of a module, functions included, but for what only a type checker reads."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        yield from (below for child in node.orelse for below in parts_at_runtime(child))
        return
    yield node
    yield from (below for child in ast.iter_child_nodes(node) for below in parts_at_runtime(child))


def imports_of(path):
    """Modules that a module imports: those of the project in full, of others the package."""
    package = name_of(path) if path.stem == "__init__" else name_of(path.with_name("__init__.py"))
    for node in parts_at_runtime(tree_of(path)):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*parents, *filter(None, [node.module])])
            inner = [f"{base}.{alias.name}" for alias in node.names]
            found = [name if module_file(name) else base for name in inner]
        else:
            continue
        yield from (name if module_file(name) else name.split(".")[0] for name in found)


IMPORTS = {name_of(path): {*imports_of(path)} - {name_of(path)} for path in MODULES}


def neighbours(path):
    """Parts of the library that a module imports, other than its own."""
    names = {name for name in IMPORTS[name_of(path)] if name.split(".")[0] in PACKAGES}
    return {part_of(name) for name in names} - {"", part_of(name_of(path))}


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


@each_module
def test_imports_point_down(path):
    part = part_of(name_of(path))
    upward = {other for other in neighbours(path) if part and LAYER[other] >= LAYER[part]}
    assert upward == PENDING_UPWARD.get(name_of(path), set())


def circles(graph):
    """Largest sets of modules, each of which imports all others of its set, by way of them."""
    reached = {}
    for name in graph:
        waiting, found = [name], set()
        while waiting:
            new = graph.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        reached[name] = found
    sets = ({b for b in reached[a] if a in reached.get(b, ())} for a in graph if a in reached[a])
    return [set(names) for names in sorted({tuple(sorted(circle)) for circle in sets})]


def test_no_import_leads_back():
    assert circles(IMPORTS) == PENDING_CIRCLES
    assert len(IMPORTS) > 150


def test_the_check_on_circles_notices_one():
    graph = {"a": {"b"}, "b": {"c", "x"}, "c": {"a"}, "d": {"a"}, "e": {"f"}, "f": {"e"}}
    assert circles(graph) == [{"a", "b", "c"}, {"e", "f"}]
    code = "if TYPE_CHECKING:\n    import a\nelse:\n    import b\ndef f():\n    import c\n"
    nodes = parts_at_runtime(ast.parse(code))
    assert [n.names[0].name for n in nodes if isinstance(n, ast.Import)] == ["b", "c"]


@each_module
def test_display_does_not_compute(path):
    if part_of(name_of(path)) in DISPLAY:
        assert neighbours(path) & {"chapters", "multiverse", "study"} == set()
        assert IMPORTS[name_of(path)] & STATISTICS == set()


@each_module
def test_the_audit_of_printed_numbers_stands_alone(path):
    if part_of(name_of(path)) == "printed":
        assert neighbours(path) == set()


@each_module
def test_modules_are_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


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
    """A module defines; all that acts is a loop over constants or a script's guard."""
    acting = [
        node.lineno
        for node in tree_of(path).body
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    ]
    assert acting == []


def bound_to(tree, makers):
    """Names that stand for what a call of one of the makers gives."""
    pairs = [
        (i.optional_vars, i.context_expr)
        for n in ast.walk(tree)
        if isinstance(n, ast.With)
        for i in n.items
    ]
    pairs += [(t, n.value) for n in ast.walk(tree) if isinstance(n, ast.Assign) for t in n.targets]
    made = [(name, call) for name, call in pairs if isinstance(call, ast.Call)]
    return {
        ast.unparse(n) for n, call in made if n and ast.unparse(call.func).split(".")[-1] in makers
    }


def is_file(node, safe):
    """Whether what is given may be a file: no text, no constant, no buffer, no part to be moved."""
    return (
        not isinstance(node, ast.Constant)
        and ast.unparse(node) not in {*safe, "sys.stdout"}
        and not ast.unparse(node).isupper()
    )


def writers(tree):
    """Calls that write, replace or name a file by themselves."""
    safe = bound_to(tree, {"replacing", "BytesIO", "StringIO"})
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"os", "shutil", "tempfile"}:
            yield from sorted({f"{node.module}.{alias.name}" for alias in node.names} & WRITERS)
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        verb, inner = called.split(".")[-1], isinstance(node.func, ast.Attribute)
        files = [each for each in node.args[:1] if is_file(each, safe)]
        alone = bool(files) and len(node.args) + len(node.keywords) == 1
        modes = [
            ast.unparse(mode)
            for mode in [*node.args[not inner :], *(k.value for k in node.keywords)]
        ]
        if (
            called in WRITERS
            or verb in {"write_text", "write_bytes"}
            or (inner and verb in {"replace", "rename"} and alone)
            or (
                verb.startswith("to_")
                and verb[3:] in FORMATS
                and (files or (node.keywords[:1] and node.keywords[0].arg == "path_or_buf"))
            )
            or (verb == "savefig" and files)
            or (
                verb == "open"
                and any(re.fullmatch(r"'[rb+t]*[wax][rb+t]*\+?[bt]*'", mode) for mode in modes)
            )
        ):
            yield called


# A file that only one process sees, or one that grows: the page printed in a passing folder, a
# lock, the log of a cohort.
OWN_WRITERS = {
    "esslib.run.pdf": ["page.write_text"],
    "esslib.run.record": ["path.open"],
    "esslib.batch.analyse": ["log.open"],
}


@each_module
def test_files_are_written_in_one_place(path):
    """Only `printed.files` knows how a file is written so that nobody sees half of it."""
    if name_of(path) == "printed.files":
        assert {*writers(tree_of(path))} == {"part.write_bytes", "part.replace", "file.replace"}
    else:
        assert list(writers(tree_of(path))) == OWN_WRITERS.get(name_of(path), [])


@pytest.mark.parametrize(
    ("code", "n"),
    [
        ("import os\nfrom shutil import move\nos.replace(a, b)\na.rename(b)\na.replace(b)\n", 4),
        ("s.rename('x')\ns.rename(index=x)\ntext.replace('a', 'b')\nreplace(frame, name=1)\n", 0),
        ("f.to_csv(path, index=False)\nf.to_parquet(a / 'b')\nf.to_csv(path_or_buf=p)\n", 3),
        ("f.to_csv(index=False)\nf.to_numpy(x)\nf.to_dict(x)\n", 0),
        ("with replacing(p) as part:\n    f.to_parquet(part)\n", 0),
        (
            "open(p, 'w')\np.open(mode='a+b')\np.open('xb')\nopen(p, encoding='utf-8')\np.open('rb')\n",
            3,
        ),
        (
            "b = io.BytesIO()\nfig.savefig(b, format='png')\nfig.savefig(path)\np.write_text('')\n",
            2,
        ),
    ],
)
def test_the_check_on_files_notices_a_second_writer(code, n):
    assert len(list(writers(ast.parse(code)))) == n


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
    """`==` of two frames is a frame: dataclasses survive it on some versions of Python only."""
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
    assert sum(map(statements, counted)) <= THIN[kind]
    found = dict.fromkeys(map(part_of, map(name_of, counted)), 0)
    for path in counted:
        found[part_of(name_of(path))] += statements(path)
    assert {room: n for room, n in found.items() if n > THIN_ROOMS[kind].get(room, 0)} == {}
    assert sorted(found) == sorted(THIN_ROOMS[kind])


def test_notebooks_use_public_names_only():
    private = re.compile(r"\bfrom esslib[\w.]* import .*\b_\w+|\besslib[\w.]*\._\w+")
    assert [code for code in notebook_code("*.ipynb") if private.search(code)] == []
