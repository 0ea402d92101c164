"""The runner, on small real notebooks."""

import ast
import errno
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import faults
import pytest
from conftest import CLEAN, Project, chain

from esslib.paths import resolve
from esslib.run.executed import merge, outputs_of
from esslib.run.graph import check_parameters, make_plan
from esslib.run.html import Surroundings, index_to_html
from esslib.run.notebook import RunError, read_notebook, read_parameters
from esslib.run.record import Step, exclusive, is_current, perform
from esslib.run.sources import PACKAGES, ROOT, imported, sources_of
from esslib.run.stage import publish, staged
from esslib.run.steps import TEMPLATES, Task, tasks
from esslib.run.turns import Turns
from printed.files import PART
from printed.numerals import typeset

slow = pytest.mark.slow


def run(project, **options):
    """Bring a project up to date; return the names of the tasks that had something to do."""
    done = []
    for task in tasks(make_plan(project.root, **options)):
        if not task.is_current():
            task.run()
            done.append(task.step.name)
    return done


def _until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# ---------------------------------------------------------------- notebooks and graph


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("alpha = f()", "malformed"),
        ("import os", "line 1"),
        ("a, b = 1, 2", "line 1"),
        ("x: int", "line 1"),
    ],
)
def test_parameters_are_plain_literals(code, message):
    with pytest.raises(ValueError, match=message):
        read_parameters(code)


@pytest.mark.parametrize(
    ("prose", "question"),
    [
        ("# Somme\n\nUn **mot** gras.\n\n**Quelle somme ?**\n\n**Et puis ?**", "Quelle somme ?"),
        ("# Somme\n\nUn **mot** gras.", ""),
    ],
)
def test_a_notebook_has_a_title_and_may_ask_a_question(project, prose, question):
    notebook = read_notebook(project.notebook("01_clean", prose, "x = 1"))
    assert (notebook.title, notebook.question) == ("01_clean", question)
    page = index_to_html(
        {"01.html": (notebook.title, notebook.question)},
        [],
        surroundings=Surroundings(synthetic=False, versions={}, lock=""),
    )
    assert "**" not in page and '<a href="01.html">01_clean</a>' in page
    assert typeset(question) in page


def test_a_notebook_without_declaration_is_refused(project):
    path = project.notebook("01_clean", CLEAN)
    edit(path, '"ess"', '"other"')
    with pytest.raises(RunError, match="metadata lack"):
        make_plan(project.root)


def test_the_graph_follows_the_declared_files(chained):
    plan = make_plan(chained.root)
    assert [plan.upstream(n) for n in plan.notebooks] == [[], ["00_numbers"], ["01_clean"]]


def test_the_longest_chains_are_known(chained):
    chained.notebook("03_aside", "1", reads=["data/raw/synthetic.csv"])
    plan = make_plan(chained.root)
    cells = {n.name: len(n.code) for n in plan.notebooks}
    chains = plan.chains()
    assert chains["00_numbers"] == sum(cells.values()) - cells["03_aside"]
    assert chains["03_aside"] == cells["03_aside"]
    assert [t.urgency for t in tasks(plan)][:4] == list(chains.values())


def test_a_circle_of_notebooks_is_refused(project):
    project.notebook("00_a", "1", reads=["b.csv"], writes=["a.csv"])
    project.notebook("01_b", "1", reads=["a.csv"], writes=["b.csv"])
    with pytest.raises(RunError, match=r"wait for each other: 0\d_\w > 0\d_\w > 0\d_\w"):
        list(tasks(make_plan(project.root)))


def test_patterns_find_shipped_and_future_files(project):
    project.path("data").mkdir()
    project.path("data", "a.csv").write_text("")
    project.notebook("00_make", "1", writes=["data/b.csv"])
    project.notebook("01_use", "1", reads=["data/*.csv"])
    plan = make_plan(project.root)
    assert list(plan.inputs(plan.notebooks[1])) == ["data/a.csv", "data/b.csv"]
    assert plan.upstream(plan.notebooks[1]) == ["00_make"]


@pytest.mark.parametrize(
    ("declared", "paths"),
    [
        ("a.csv", ["a.csv"]),
        ("{x}/a.{html,excel.csv}", ["{x}/a.html", "{x}/a.excel.csv"]),
        ("{a,b}/{x}.{c,d}", ["a/{x}.c", "a/{x}.d", "b/{x}.c", "b/{x}.d"]),
    ],
)
def test_braces_with_a_comma_declare_several_files(project, declared, paths):
    project.notebook("00_make", "1", reads=[declared], writes=[declared])
    notebook = read_notebook(project.path("notebooks/00_make.ipynb"))
    assert list(notebook.reads) == list(notebook.writes) == paths


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ({"reads": ["data/none.csv"]}, "does not exist and no notebook writes it"),
        ({"reads": ["{unknown}"]}, "unknown parameter 'unknown'"),
        ({"writes": ["../outside.csv"]}, "does not stay within"),
        ({"writes": ["/tmp/outside.csv"]}, "does not stay within"),
        ({"writes": ["data/raw/synthetic.csv"]}, "written by both"),
        ({"reads": ["x.csv"], "writes": ["x.csv"]}, "both reads and writes"),
    ],
)
def test_impossible_declarations_are_refused(chained, declared, message):
    chained.notebook("03_more", "1", **declared)
    with pytest.raises(RunError, match=message):
        make_plan(chained.root)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"scal": "2"}, "did you mean scale"),
        ({"zzz": "2"}, "known: export, results_dir, scale"),
        ({"scale": "big"}, "expected float"),
        ({"results_dir": "elsewhere"}, "out=FOLDER"),
    ],
)
def test_parameters_are_checked(chained, settings, message):
    with pytest.raises(RunError, match=message):
        check_parameters(make_plan(chained.root).notebooks, settings)


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("007", "a", "007"),
        ("2", 0.5, 2.0),
        ("True", False, True),
        ("3", 1, 3),
        ("x", None, "x"),
        (2, 1.0, 2.0),
    ],
)
def test_text_takes_the_type_of_the_default(project, value, default, expected):
    project.notebook("01_a", "1", parameters=f"value = {default!r}  # a value")
    found = check_parameters(make_plan(project.root).notebooks, {"value": value})["value"]
    assert (found, type(found)) == (expected, type(expected))


def test_other_parameters_need_their_own_folder(chained):
    with pytest.raises(RunError, match="give out=FOLDER"):
        make_plan(chained.root, settings={"scale": "2"})


def test_another_cohort_has_its_own_folder(chained, tmp_path):
    export = tmp_path / "answers.csv"
    export.write_text("5\n")
    plan = make_plan(chained.root, out="build/x", settings={"export": str(export)})
    clean, total = plan.notebooks
    assert plan.inputs(clean) == {"data/private/answers.csv": export}
    assert plan.outputs(clean)["data/interim/tidy.txt"] == chained.path("build/x/interim/tidy.txt")
    assert plan.outputs(total)["results/tables/sum.csv"] == chained.path(
        "build/x/results/tables/sum.csv"
    )


def test_an_export_within_the_project_keeps_its_name(chained):
    chained.path("data/private").mkdir(parents=True)
    chained.path("data/private/a.csv").write_text("1\n")
    plan = make_plan(chained.root, out="build/x", settings={"export": "./data/private/a.csv"})
    assert plan.parameters["export"] == "data/private/a.csv"


# ---------------------------------------------------------------- sources


def test_sources_follow_imports():
    code = "%matplotlib inline\nfrom esslib.paths import require"
    assert {p.name for p in sources_of([code]) if p.suffix == ".py"} == {"__init__.py", "paths.py"}
    assert sources_of(["import pandas as pd"]) == []


@pytest.mark.parametrize(
    "code",
    [
        "from esslib import (\n    paths,\n    lang,\n)",
        "def f():\n    from esslib import paths  # late\n",
        "from esslib import (  # of course (yes)\n    paths,\n)",
        "import pandas as pd; import esslib.paths\n",
        '"""Not an import:\nfrom esslib one takes what one needs."""\nimport esslib.paths',
        "import esslib.paths as where",
    ],
)
def test_every_way_to_import_is_seen(code):
    assert "esslib.paths" in imported(code, package="")


def test_imports_are_those_that_the_parser_finds():
    """The quick reading of statements misses nothing in the library itself."""
    for path in (path for name in PACKAGES for path in (ROOT / name).rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        nodes = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.ImportFrom) and n.module]
        wanted = {n.module for n in nodes if n.module.split(".")[0] in PACKAGES}
        assert wanted <= imported(code, package="")


def test_data_beside_a_module_count_as_its_sources():
    assert {p.suffix for p in sources_of(["import esslib.study"])} >= {".py", ".mplstyle", ".ftl"}


def test_relative_imports_count():
    assert imported("from . import stage", package="esslib.run") == {
        "esslib",
        "esslib.run",
        "esslib.run.stage",
    }
    assert "esslib.paths" in imported("from ..paths import resolve", package="esslib.run")


@pytest.mark.parametrize(
    ("file", "notebook"),
    [
        ("printed/lattice.py", "06_published_numbers"),
        ("printed/locale/fr.ftl", "06_published_numbers"),
        ("esslib/display/locale/fr.ftl", "03_primary_outcome"),
        ("esslib/planning/power.py", "08_next_study"),
    ],
)
def test_an_edit_in_any_package_reruns_what_uses_it(tmp_path, monkeypatch, file, notebook):
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name)
    for module in ("sources", "steps"):
        monkeypatch.setattr(f"esslib.run.{module}.ROOT", tmp_path)
    monkeypatch.setattr("esslib.run.steps.TEMPLATES", tmp_path / TEMPLATES.relative_to(ROOT))
    plan = make_plan(resolve("."))
    before = {task.step.name: task.step.key for task in tasks(plan)}
    with (tmp_path / file).open("a") as edited:
        edited.write("# edited\n")
    after = {task.step.name: task.step.key for task in tasks(plan)}
    changed = {name for name, key in after.items() if key != before[name]}
    assert f"notebook:{notebook}" in changed
    assert ("notebook:03_primary_outcome" in changed) == file.endswith(".ftl")  # all may speak


def test_pages_follow_the_words_of_the_study():
    inputs = {task.step.name: set(task.step.inputs) for task in tasks(make_plan(resolve(".")))}
    assert {"data/codebook/variables.csv", "data/locale/fr.ftl"} <= inputs["index"]
    assert "data/locale/fr.ftl" in inputs["page:01_cleaning"]


# ---------------------------------------------------------------- records


@pytest.fixture
def step(tmp_path):
    (tmp_path / "in").write_text("1")
    return Step("s", "key", {"in": tmp_path / "in"}, {"out": tmp_path / "out"}, tmp_path / "s.json")


def test_a_step_is_current_by_content(step):
    out = step.outputs["out"]
    perform(step, lambda: out.write_text("a"))
    assert is_current(step)
    out.touch()
    assert is_current(step)
    out.write_text("b")
    assert not is_current(step)
    perform(step, lambda: out.write_text("a"))
    step.inputs["in"].write_text("2")
    assert not is_current(step)


def test_a_step_that_fails_is_not_recorded(step):
    def half():
        step.outputs["out"].write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        perform(step, half)
    assert not is_current(step)


def test_an_unreadable_record_means_not_current(step):
    perform(step, lambda: step.outputs["out"].write_text("a"))
    step.record.write_text('{"key": ')
    assert not is_current(step)


def test_two_runs_do_a_step_once(step, capsys):
    calls = []

    def work():
        calls.append(1)
        time.sleep(0.2)
        step.outputs["out"].write_text("a")

    threads = [threading.Thread(target=perform, args=(step, work)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [1]
    assert "another run is at work" in capsys.readouterr().err


def test_a_lock_ends_with_its_process(tmp_path):
    lock = tmp_path / "a.lock"
    code = (
        "import sys, time, pathlib; from esslib.run.record import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1]), 'x'): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdout=subprocess.PIPE, cwd=resolve(".")
    )
    with holder:
        assert holder.stdout.readline() == b"held\n"
        holder.send_signal(signal.SIGKILL)
    with exclusive(lock, "x"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="other locks")
def test_a_file_system_without_locks_is_told(tmp_path, monkeypatch, capsys):
    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    with exclusive(tmp_path / "a.lock", "x"):
        pass
    assert "a.lock: this file system cannot lock files" in capsys.readouterr().err


def test_what_a_killed_run_was_writing_is_removed(step):
    out = step.outputs["out"]
    mine, other = (out.with_name(name) for name in (f".out.12{PART}", f".outer.12{PART}"))
    mine.write_text("hal")
    other.write_text("hal")
    perform(step, lambda: out.write_text("a"))
    assert not mine.exists()
    assert other.exists()


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "make room, then start the same command again"),
        (errno.EROFS, "give a folder that can be written, with out=FOLDER"),
        (errno.EIO, "b.csv'$"),
    ],
)
def test_what_cannot_be_written_is_told(step, number, advice):
    def work():
        raise OSError(number, os.strerror(number), "b.csv")

    task = Task(step, work, ())
    with pytest.raises(RunError, match=rf"s was not finished: .*b\.csv.*{advice}|{advice}"):
        task.run()
    assert not task.is_current()


# ---------------------------------------------------------------- stage


def test_the_stage_holds_only_declared_inputs(tmp_path):
    (tmp_path / "a").write_text("1")
    with staged(tmp_path / "stage", {"data/a": tmp_path / "a"}, ["results/b"]) as folder:
        files = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
        assert files == ["data/a"]
        (folder / "data/a").write_text("changed")
        (folder / "results/b").write_text("2")
        publish(folder, {"results/b": tmp_path / "out/b"}, reads=["data/a"], notebook="n")
    assert (tmp_path / "a").read_text() == "1"
    assert (tmp_path / "out/b").read_text() == "2"
    assert not (tmp_path / "stage").exists()


def test_results_may_stand_on_another_disk(tmp_path, monkeypatch):
    replace = Path.replace

    def between_disks(file, target):
        if "stage" in file.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(file, target)

    monkeypatch.setattr(Path, "replace", between_disks)
    with staged(tmp_path / "stage", {}, ["b"]) as folder:
        (folder / "b").write_text("2")
        publish(folder, {"b": tmp_path / "out/b"}, reads=[], notebook="n")
    assert [(p.name, p.read_text()) for p in (tmp_path / "out").iterdir()] == [("b", "2")]


def test_a_stage_is_new_even_when_the_last_one_is_still_written_to(tmp_path):
    with (
        staged(tmp_path / "stage", {}, ["b"]) as first,
        staged(tmp_path / "stage", {}, ["b"]) as new,
    ):
        assert not first.exists()
        assert new != first


@pytest.mark.parametrize(
    ("written", "message"), [([], "did not write: b"), (["b", "c"], "without declaring it.*c")]
)
def test_nothing_is_published_unless_all_is_declared(tmp_path, written, message):
    with staged(tmp_path / "stage", {}, ["b"]) as folder:
        for name in written:
            (folder / name).write_text("")
        with pytest.raises(RunError, match=message):
            publish(folder, {"b": tmp_path / "b"}, reads=[], notebook="n")
    assert not (tmp_path / "b").exists()


# ---------------------------------------------------------------- executed notebooks


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def test_outputs_are_freed_of_chance():
    result = {"output_type": "execute_result", "execution_count": 7, "metadata": {}}
    shown = {**result, "data": {"text/plain": "<Axes at 0x7f00aa>", "image/png": "/root/project/"}}
    cell = {"cell_type": "code", "metadata": {}, "source": ["a\n", "b"]}
    cell["outputs"] = [stream("/tmp/s/x "), stream("warning", "stderr"), stream("more"), shown]
    (found,) = outputs_of([cell], hide=["/tmp/s"])
    assert found["source"] == "a\nb"
    assert found["outputs"] == [
        stream("x more"),
        {
            "output_type": "execute_result",
            "metadata": {},
            "data": {"text/plain": "<Axes>", "image/png": "/root/project/"},
        },
    ]


def test_merge_keeps_the_prose_of_today(chained):
    notebook = read_notebook(chained.path("notebooks/02_sum.ipynb"))
    results = [
        {"source": code, "injected": False, "outputs": [stream(code[:3])]} for code in notebook.code
    ]
    results.insert(1, {"source": "# Parameters\nscale = 2\n", "injected": True, "outputs": []})
    merged = merge(notebook, results)
    kinds = [cell["cell_type"] for cell in merged["cells"]]
    assert kinds == ["markdown", "code", "code", "markdown", "code", "markdown", "code"]
    assert [c["execution_count"] for c in merged["cells"] if c["cell_type"] == "code"] == [
        1,
        2,
        3,
        4,
    ]
    assert merged["cells"][2]["id"] == "injected-parameters"
    assert merged["cells"][-1]["outputs"] == [stream(notebook.code[-1][:3])]


# ---------------------------------------------------------------- whole runs


@slow
def test_a_run_makes_everything_and_then_nothing(chained, capsys):
    assert [name for name in run(chained) if name.startswith("notebook")] == [
        "notebook:00_numbers",
        "notebook:01_clean",
        "notebook:02_sum",
    ]
    assert chained.path("results/tables/sum.csv").read_text() == "4.5\n"
    assert "02_sum" in capsys.readouterr().err
    assert run(chained) == []

    manifest = json.loads(chained.path("results/manifest.json").read_text())
    assert "data/interim/tidy.txt" in manifest["outputs"]
    assert {"notebooks/02_sum.ipynb", "requirements.lock"} <= set(manifest["inputs"])
    assert manifest["versions"]["pandas"]

    page = chained.path("results/report/02_sum.html").read_text()
    assert '<html lang="fr">' in page
    assert 'alt="Une somme"' in page
    assert "02_sum.ipynb" in page
    assert "synthétique" in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert "<script" not in page
    assert 'href="02_sum.html"' in chained.path("results/report/index.html").read_text()
    names = ("00_numbers", "01_clean", "02_sum", "index")
    pages = {name: chained.path(f"results/report/{name}.html").read_text() for name in names}
    found = {
        name: re.findall(r'<nav [^>]*class="around".*?</nav>', pages[name], re.DOTALL)
        for name in names
    }
    links = {
        name: [re.findall(r'href="(\w+)\.html"', nav) for nav in found[name]] for name in names
    }
    assert links == {
        "00_numbers": [["index", "01_clean"]] * 2,
        "01_clean": [["00_numbers", "index", "02_sum"]] * 2,
        "02_sum": [["01_clean", "index"]] * 2,
        "index": [],
    }


@slow
def test_only_what_a_change_touches_runs_again(chained):
    run(chained)
    assert run(chained) == []
    edit(chained.path("notebooks/02_sum.ipynb"), "Quelle somme ?", "Combien ?")
    assert run(chained) == ["page:02_sum", "manifest"]
    assert "Combien" in chained.path("results/notebooks/02_sum.ipynb").read_text()

    edit(chained.path("notebooks/01_clean.ipynb"), "numbers = ", "values = numbers = ")
    done = run(chained)
    assert "notebook:01_clean" in done
    assert "notebook:02_sum" not in done

    chained.path("results/tables/sum.csv").write_text("tampered")
    assert [name for name in run(chained) if name.startswith("notebook")] == ["notebook:02_sum"]
    assert chained.path("results/tables/sum.csv").read_text() == "4.5\n"


@slow
def test_same_bytes_in_another_folder_and_environment(tmp_path, monkeypatch):
    first, second = (
        chain(Project(tmp_path / "first")),
        chain(Project(tmp_path / "deeper" / "second")),
    )
    show = 'import os, time\nprint(os.getcwd(), time.tzname, hash("a"), os.environ["LC_ALL"])\nobject()'
    for one in (first, second):
        one.notebook("03_where", show)
    run(first)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    monkeypatch.setenv("PYTHONHASHSEED", "3")
    monkeypatch.setenv("MPLBACKEND", "svg")
    run(second)
    assert first.files() == second.files()


@pytest.mark.long
@slow
def test_another_cohort_leaves_the_shipped_results_alone(chained, tmp_path):
    run(chained)
    before = chained.files("results")
    export = tmp_path / "answers.csv"
    export.write_text("10\n20\n")
    run(chained, out="build/x", settings={"export": str(export), "scale": "2"})
    assert chained.path("build/x/results/tables/sum.csv").read_text() == "60.0\n"
    assert chained.path("build/x/.gitignore").read_text() == "*\n"
    assert "synthétique" not in chained.path("build/x/results/report/02_sum.html").read_text()
    assert str(tmp_path) not in "".join(
        data.decode()
        for name, data in chained.files("build/x").items()
        if name.endswith(("json", "ipynb", "html"))
    )
    assert chained.files("results") == before


@slow
@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "a = 1\nraise ValueError('wrong\\nage')",
            r"(?s)stopped in cell 3:\n    a = 1\n    raise ValueError.*ValueError: wrong",
        ),
        ("import os\nos._exit(1)", r"(?s)stopped in cell 3.*DeadKernelError"),
        ("1", "declares but did not write: data/out.txt"),
        ("open('../data/out.txt', 'w').close()\nopen('../data/more.txt', 'w').close()", "more.txt"),
        (
            "from esslib.paths import require\nrequire('dodo.py', written_by='x')",
            "not among the inputs",
        ),
    ],
)
def test_a_failure_says_where_and_keeps_nothing_half_done(project, code, message):
    project.notebook("01_bad", code, writes=["data/out.txt"])
    with pytest.raises(RunError, match=message):
        run(project)
    assert not project.path("data/out.txt").exists()
    assert not project.path("results/.state/notebook-01_bad.json").exists()
    assert not project.path("results/.state/stage-01_bad").exists()


@slow
def test_a_failed_notebook_is_kept_until_it_succeeds(project):
    project.notebook("01_bad", "print('before')\n1 / 0")
    failed = project.path("results/notebooks/01_bad.failed.ipynb")
    with pytest.raises(RunError, match="Kept for reading"):
        run(project)
    cells = json.loads(failed.read_text())["cells"]
    assert [output["output_type"] for output in cells[-1]["outputs"]] == ["stream", "error"]
    project.notebook("01_bad", "print('before')")
    run(project)
    assert not failed.exists()


@slow
def test_a_cell_that_hangs_is_stopped(project):
    from esslib.run.execute import execute

    path = project.notebook("01_hangs", faults.HANG)
    with (
        pytest.raises(RunError, match=r"(?s)stopped in cell 3.*CellTimeoutError.*ESSLIB_MINUTES"),
        staged(project.path("s"), {}, []) as folder,
    ):
        execute(path, parameters={}, root=folder, failed=project.path("failed.ipynb"), seconds=1)
    assert project.path("failed.ipynb").exists()


def test_the_time_of_a_notebook_is_a_number(project, monkeypatch):
    project.notebook("01_good", "print(1)")
    monkeypatch.setenv("ESSLIB_MINUTES", "long")
    with pytest.raises(RunError, match="ESSLIB_MINUTES=long: expected a number of minutes"):
        run(project)


@slow
def test_a_kernel_that_never_answers_is_given_up(project, monkeypatch):
    monkeypatch.setattr("esslib.run.execute.START_SECONDS", 1)
    monkeypatch.setenv("PYTHONPATH", str(project.path("broken")))
    project.path("broken").mkdir()
    project.path("broken/ipykernel.py").write_text("import time; time.sleep(1000)")
    project.notebook("01_good", "print(1)")
    with pytest.raises(RunError, match=r"could not be started.*didn't respond in 1 seconds"):
        run(project)
    assert not project.path("results/.state/stage-01_good").exists()


@slow
def test_kernels_are_this_python_wherever_temporary_files_stand(project, monkeypatch):
    """Neither a user's kernel of the same name nor a path too long for sockets matters."""
    project.path("kernels/python3").mkdir(parents=True)
    project.path("kernels/python3/kernel.json").write_text(
        json.dumps({"argv": ["false"], "display_name": "", "language": "python"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(project.root))
    monkeypatch.setattr(tempfile, "tempdir", str(project.path("x" * 100)))
    project.path("x" * 100).mkdir()
    project.notebook("01_good", "import sys\nprint(sys.executable)")
    run(project)
    assert sys.executable in project.path("results/notebooks/01_good.ipynb").read_text()
    assert list(project.path("x" * 100).iterdir()) == []


@slow
def test_a_kernel_that_does_not_start_is_tried_again(project, monkeypatch):
    from papermill.clientwrap import PapermillNotebookClient

    from esslib.run.execute import execute

    path, starts = project.notebook("01_good", "print(1)"), []
    start = PapermillNotebookClient.execute

    def fragile(self, **options):
        starts.append(options["cwd"])
        if len(starts) < 3:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return start(self, **options)

    monkeypatch.setattr(PapermillNotebookClient, "execute", fragile)
    with staged(project.path("s"), {}, []) as folder:
        done = execute(path, parameters={}, root=folder, failed=project.path("failed.ipynb"))
    assert len(starts) == 3
    assert done.cells[-1].outputs[0].text == "1\n"


@pytest.mark.long
@slow
def test_kernels_start_side_by_side(project):
    from esslib.run.execute import execute

    path, errors = project.notebook("01_good", "print(1)"), []

    def one(number):
        try:
            with staged(project.path(f"s{number}"), {}, []) as folder:
                execute(path, parameters={}, root=folder, failed=project.path("failed.ipynb"))
        except RunError as error:
            errors.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
def test_a_killed_run_leaves_no_kernel_and_is_taken_up_again(chained):
    edit(
        chained.path("notebooks/02_sum.ipynb"),
        "numbers = require",
        "import time; time.sleep(1.5); numbers = require",
    )
    killed = faults.start(chained)
    stage = chained.path("results/.state/stage-02_sum")
    deadline = time.monotonic() + 60
    while not (stage.exists() and faults.kernels(chained)) and time.monotonic() < deadline:
        time.sleep(0.05)
    killed.kill()
    killed.communicate()
    assert stage.exists()
    assert not chained.path("results/tables/sum.csv").exists()
    while faults.kernels(chained) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert faults.sockets(chained) == []
    assert "notebook:01_clean" not in run(chained)
    assert chained.path("results/tables/sum.csv").read_text() == "4.5\n"
    assert faults.left(chained) == []


def test_the_most_urgent_step_has_the_next_turn():
    turns, order = Turns(2), []

    def work(urgency, gate):
        with turns.wait(urgency):
            order.append(urgency)
            gate.wait()

    first, later = threading.Event(), threading.Event()
    working = [threading.Thread(target=work, args=[9, first]) for _ in range(2)]
    for thread in working:
        thread.start()
    _until(lambda: order == [9, 9])
    waiting = [threading.Thread(target=work, args=[urgency, later]) for urgency in (1, 3, 2)]
    for thread in waiting:
        thread.start()
    _until(lambda: len(turns._waiting) == 3)
    assert order == [9, 9]
    first.set()
    _until(lambda: len(order) == 4)
    assert order == [9, 9, 3, 2]
    later.set()
    for thread in [*working, *waiting]:
        thread.join()
    assert order == [9, 9, 3, 2, 1]


def test_a_step_that_fails_gives_its_turn_back():
    turns = Turns(1)
    with pytest.raises(RunError), turns.wait(urgency=1):
        raise RunError
    with turns.wait(urgency=0):
        pass


# ---------------------------------------------------------------- benchmark


def test_the_floor_is_the_longest_chain(chained):
    longest_chain = runpy.run_path(str(resolve("benchmarks/run.py")))["longest_chain"]
    chained.notebook("03_aside", "1", reads=["data/raw/synthetic.csv"])
    seconds = {"00_numbers": 1.0, "01_clean": 2.0, "02_sum": 3.0, "03_aside": 4.0}
    plan = make_plan(chained.root)
    assert longest_chain(plan, seconds) == ["00_numbers", "01_clean", "02_sum"]
    assert longest_chain(plan, {**seconds, "03_aside": 6.0}) == ["00_numbers", "03_aside"]
