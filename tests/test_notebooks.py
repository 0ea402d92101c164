"""The notebooks have the shape that style.md asks for."""

import ast
import json
import math
import re
import runpy
import shutil
import tokenize
from io import StringIO
from itertools import pairwise
from statistics import median, quantiles

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from helpers import tidy_of

from esslib.display import tables
from esslib.paths import resolve
from esslib.run.graph import make_plan
from esslib.run.notebook import read_notebook, read_parameters, source

PATHS = sorted(resolve("notebooks").glob("*.ipynb"))
MEASURE = runpy.run_path(str(resolve("benchmarks/house.py")))
HOUSE = MEASURE["House"](resolve("."))
NUMBERED = [path for path in PATHS if path.name[0].isdigit()]
MAGIC = re.compile(r"^[%!?].*$", re.MULTILINE)
# Digits in code spans, links, headings such as "## 2. …" and figure numbers are not results.
NOT_RESULTS = re.compile(r"`[^`]*`|\]\([^)]*\)|^#+ .*$", re.MULTILINE)
DECIMAL = re.compile(r"\d[.,]\d|\d\s?%")


def cells_of(path, kind=None):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if kind in (None, cell["cell_type"])]


def lines(code):
    return [line for line in code.splitlines() if line.strip()]


def sizes(path):
    """Lines of the cells of code, the list of parameters apart."""
    tags = (cell["metadata"].get("tags", []) for cell in cells_of(path, "code"))
    cells = zip(cells_of(path, "code"), tags, strict=True)
    return [len(lines(source(cell))) for cell, tag in cells if "parameters" not in tag]


def tags(cell):
    return cell["metadata"].get("tags", [])


every = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
numbered = pytest.mark.parametrize("path", NUMBERED, ids=lambda path: path.stem)


def test_there_are_notebooks():
    assert NUMBERED


@every
def test_cells_are_short(path):
    found = sizes(path)
    assert median(found) <= 4
    assert quantiles(found, n=10)[-1] <= 12
    assert max(found) <= 25


def test_cells_of_the_analysis_are_short_and_know_few_names():
    """As `benchmarks/house.py` counts over notebooks 01 to 05."""
    cells = sorted(HOUSE.cells)
    assert len(cells) > 50
    assert median(cells) <= 2
    assert cells[math.ceil(0.9 * len(cells)) - 1] <= 8
    assert len(HOUSE.names) <= 60


ANALYSIS = [path for path in NUMBERED if "01" <= path.name[:2] <= "05"]
analysis = pytest.mark.parametrize("path", ANALYSIS, ids=lambda path: path.stem)


@analysis
def test_one_cell_looks_at_a_frame(path):
    looks = [source(c) for c in cells_of(path, "code") if "lab" in c["metadata"].get("tags", [])]
    assert len(looks) == 1
    assert looks[0].endswith(".head()")


@every
def test_prose_stands_in_one_cell_unless_a_section_opens(path):
    pairs = [(a, b) for a, b in pairwise(cells_of(path)) if a["cell_type"] == b["cell_type"]]
    doubled = [source(b) for _, b in pairs if b["cell_type"] == "markdown"]
    assert [text for text in doubled if not text.startswith("#")] == []


@numbered
def test_no_section_is_empty(path):
    """Every heading is followed by code before the next one; introduction and end are prose."""
    cells = [(cell["cell_type"], source(cell)) for cell in cells_of(path)]
    opened = [at for at, (kind, text) in enumerate(cells) if kind == "markdown" and text[0] == "#"]
    bodies = [cells[at + 1 : end] for at, end in pairwise(opened)]
    assert [cells[at][1] for at, body in zip(opened, bodies, strict=False) if not body] == []


SHOWING = ("show", "draw", "tell", "save", "notice")
BOUND = {"alpha", "min_count", "is_synthetic", "limits", "lang", "labels", "voice", "codebook"}


def code_of(path):
    """Parsed cells, the parameters apart."""
    return [ast.parse(source(c)) for c in cells_of(path, "code") if "parameters" not in tags(c)]


def shown_by(tree):
    """Expressions of a cell that stand alone, in an `if` too: what is shown, if anything."""
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]


def is_of_the_study(node):
    """Whether a verb of the study makes it; `display` may put two of these under one cell."""
    match node:
        case ast.Call(ast.Name("display"), [shown], []):
            return is_of_the_study(shown)
        case ast.Call(ast.Attribute(ast.Name("study"), verb)):
            return verb in SHOWING
    return False


def passed_by_hand(tree):
    """What a cell gives, by name or as an attribute, though the study knows it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) != "open_study":
            yield from {k.arg for k in node.keywords} & BOUND
            given = [ast.unparse(a) for a in [*node.args, *(k.value for k in node.keywords)]]
            yield from (a for a in given if a.split(".")[-1] in BOUND and a.startswith("study."))


@numbered
def test_a_study_shows_what_a_notebook_shows(path):
    """Verbs of the study make what is seen, but for the one look at a frame."""
    found = [node for tree in code_of(path) for node in shown_by(tree)]
    others = [ast.unparse(node) for node in found if not is_of_the_study(node)]
    assert len(found) > len(others)
    assert len(others) == (path in ANALYSIS)  # see `test_one_cell_looks_at_a_frame`
    assert [text for text in others if not text.endswith(".head()")] == []


@numbered
def test_nothing_is_passed_that_the_study_knows(path):
    assert [name for tree in code_of(path) for name in passed_by_hand(tree)] == []


@pytest.mark.parametrize(
    ("code", "n_shown", "n_passed"),
    [
        ("Markdown(text)", 1, 0),
        ("print(x)", 1, 0),
        ("display(frame)", 1, 0),
        ("frame", 1, 0),
        ("study.save_table(frame, 'flow')", 1, 0),
        ("if study.is_synthetic:\n    HTML(text)", 1, 0),
        ("display(study.tell(sentences.ends, ends))\nstudy.show(tables.x, ends)", 0, 0),
        ("x = outcomes(scored, study.codebook, alpha=alpha)", 0, 2),
        ("x = audit(published, lang=study.lang, labels=labels)", 0, 3),
        ("study = open_study(alpha=alpha, min_count=min_count, lang=lang)", 0, 0),
    ],
)
def test_the_checks_on_what_is_shown_and_passed_notice(code, n_shown, n_passed):
    tree = ast.parse(code)
    assert sum(not is_of_the_study(node) for node in shown_by(tree)) == n_shown
    assert len(list(passed_by_hand(tree))) == n_passed


FREE = [path for path in NUMBERED if path.name[:2] in ("01", "02", "03", "04", "05", "07", "08")]


@pytest.mark.parametrize("path", FREE, ids=lambda path: path.stem)
def test_no_key_of_the_codebook_stands_in_code(path):
    """A reader chooses among keys in the list of parameters, which is not read here."""
    nodes = [node for tree in code_of(path) for node in ast.walk(tree)]
    texts = {text for node in nodes for text in MEASURE["written"](node)}
    assert texts & HOUSE.keys() == set()
    assert {"secondary_1", "weekly_exchanges", "phone", "ess_total"} <= HOUSE.keys()


@every
def test_code_is_announced_by_prose(path):
    kinds = [cell["cell_type"] for cell in cells_of(path)]
    announced = [before == "markdown" for before, kind in pairwise(kinds) if kind == "code"]
    assert kinds[0] == "markdown"
    assert sum(announced) >= 0.8 * len(announced)


@numbered
def test_parameters_are_literals_with_one_comment_each(path):
    tagged = [c for c in cells_of(path, "code") if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    code = source(tagged[0])
    tokens = list(tokenize.generate_tokens(StringIO(code).readline))
    commented = {t.start[0] for t in tokens if t.type == tokenize.COMMENT}
    assert read_parameters(code)
    assert [s.lineno for s in ast.parse(code).body if s.end_lineno not in commented] == []


# The printed score comparisons and the printed bivariate table class one tool differently.
DIFFERS_BY_DESIGN = {"secured_definition"}


def test_parameters_agree_between_notebooks():
    seen = {}
    for path in NUMBERED:
        for cell in cells_of(path, "code"):
            if "parameters" in cell["metadata"].get("tags", []):
                for name, value in read_parameters(source(cell)).items():
                    seen.setdefault(name, set()).add(repr(value))
    assert {name for name, values in seen.items() if len(values) > 1} <= DIFFERS_BY_DESIGN


@every
def test_at_most_one_local_function(path):
    code = "\n".join(MAGIC.sub("", source(cell)) for cell in cells_of(path, "code"))
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    assert len(functions) <= 1


@every
def test_no_output_is_stored(path):
    stored = [
        cell["id"]
        for cell in cells_of(path, "code")
        if cell["outputs"] or cell["execution_count"] is not None
    ]
    assert stored == []
    assert set(json.loads(path.read_text(encoding="utf-8"))["metadata"]) <= {
        "ess",
        "kernelspec",
        "language_info",
    }


@every
def test_no_result_is_typed_in_prose(path):
    prose = "\n".join(NOT_RESULTS.sub("", source(cell)) for cell in cells_of(path, "markdown"))
    assert DECIMAL.findall(prose) == []


@numbered
def test_opens_with_a_title_and_closes_with_prose(path):
    cells = cells_of(path)
    assert source(cells[0]).startswith("# ")
    assert cells[-1]["cell_type"] == "markdown"


# Beside the synthetic cohort only, so that other runs cannot promise its files.
ONLY_SHOWN = {"ranges"}


@every
def test_every_table_that_is_shown_is_written(path):
    """A table is named where `study.show` is told to write and show it, and nowhere else."""
    code = " ".join("\n".join(source(cell) for cell in cells_of(path, "code")).split())
    makers = {
        name
        for name, found in vars(tables).items()
        if getattr(found, "__annotations__", {}).get("return") == "TextTable"
    }
    named = re.findall(r"(study\.show\( ?)?\btables\.(\w+)", code)
    assert {name for shown, name in named if name in makers and not shown} <= ONLY_SHOWN


def test_declared_files_make_one_graph():
    """Every input is shipped or written by a notebook with a smaller number."""
    plan = make_plan(resolve("."))
    for notebook in plan.notebooks:
        assert all(name < notebook.name for name in plan.upstream(notebook))


def test_the_start_notebook_lists_every_notebook():
    """Each with its title and its question, as they stand in the notebook itself."""
    text = "\n".join(map(source, cells_of(resolve("notebooks/index.ipynb"), "markdown")))
    for notebook in make_plan(resolve(".")).notebooks:
        link = f"[{notebook.name}]({notebook.name}.ipynb)"
        assert f"| {link} | {notebook.title} | {notebook.question} |" in text
    linked = set(re.findall(r"\]\((\w+)\.ipynb\)", text))
    assert linked == {path.stem for path in PATHS} - {"index"}


def cohort(codebook, *, n, tools, n_complete):
    """Answers of `n` people who use `tools` by turns: nobody varies on item 3, most have a gap."""
    rng = np.random.default_rng(5)
    people = []
    for number in range(n):
        answers = {item: str(rng.choice([*codebook.points])) for item in codebook.items}
        if number >= n_complete:
            answers[str(rng.choice(codebook.items))] = "not_applicable"
        tool = tools[number % len(tools)]
        used = {"uses_predice_pro": "yes"} if tool == "predice_pro" else {"usual_tool": tool}
        people.append({**answers, "ess_q03": "agree", **used})
    return tidy_of(codebook, *people)


def run_cells(notebook, script, **parameters):
    """Run the code of a notebook in this process, as `script`, and return its variables."""
    given = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    first, *others = notebook.code  # the parameters come first
    script.write_text("\n".join([first, given, *others]), encoding="utf-8")
    return runpy.run_path(str(script))


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(
    ("export", "options"),
    [
        ("real.csv", {"n": 30, "tools": ("predice_pro", "mssante", "phone"), "n_complete": 12}),
        ("real.csv", {"n": 8, "tools": ("predice_pro", "phone"), "n_complete": 0}),
        ("real.csv", {"n": 5, "tools": ("phone",), "n_complete": 2}),
        ("synthetic.csv", {"n": 24, "tools": ("predice_pro", "mssante", "sms"), "n_complete": 6}),
    ],
    ids=["constant item", "nobody complete", "one class of tools", "synthetic"],
)
def test_any_cohort_has_its_score(codebook, tmp_path, monkeypatch, export, options):
    """Notebook 02 runs where a statistic cannot be computed; ranges stand beside no real answer."""
    notebook = read_notebook(resolve("notebooks/02_score_construction.ipynb"))
    for folder in ("data/codebook", "data/locale"):
        shutil.copytree(resolve(folder), tmp_path / folder)
    for path in ("data/interim", "results/tables"):
        (tmp_path / path).mkdir(parents=True)
    shutil.copy(resolve("results/tables/instrument_ranges.csv"), tmp_path / "results/tables")
    cohort(codebook, **options).to_parquet(tmp_path / "data/interim/tidy.parquet")
    monkeypatch.setenv("ESSLIB_ROOT", str(tmp_path))
    plt.switch_backend("agg")

    with plt.rc_context():
        names = run_cells(notebook, tmp_path / "cells.py", export=export, min_count=0)

    folders = {"results_dir": "results", "figures_dir": "figures"}
    assert [p for p in notebook.writes if not (tmp_path / p.format(**folders)).is_file()] == []
    found = pd.read_csv(tmp_path / "results/tables/reliability.csv").set_index("statistic")
    n_complete = found.loc["n_complete", "estimate"]
    assert options["n_complete"] <= n_complete <= options["n_complete"] + 2  # item 3 has no gap
    assert np.isnan(found.loc["alpha_complete", "estimate"]) == (n_complete < 3)
    assert found.loc[["alpha_ordinal", "omega_ordinal"], "estimate"].isna().all()
    assert ("within" in names) == (export == "synthetic.csv")
