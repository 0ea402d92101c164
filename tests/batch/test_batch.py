"""Many cohorts: the list, the tables without notebooks, the cluster, the summary."""

import os
import shutil
import signal
import threading
import time

import pandas as pd
import pytest
from conftest import Project
from distributed import LocalCluster

from esslib.batch.__main__ import cluster, main
from esslib.batch.analyse import CHAPTERS, Job, analyse, code_digest
from esslib.batch.cohort_list import Cohort, read_cohorts
from esslib.batch.summary import MOST_SHOWN, write_summary
from esslib.paths import resolve
from esslib.run.graph import make_plan
from esslib.run.notebook import RunError
from esslib.survey.export import ExportError

EXPORT = resolve("data/raw/synthetic_export.csv")
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def notebooks():
    return make_plan(resolve(".")).notebooks


@pytest.fixture
def listed(tmp_path):
    """Write a list of cohorts."""

    def write(*rows):
        path = tmp_path / "cohorts.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    return write


# ---------------------------------------------------------------- the list


def test_a_list_is_read(listed, notebooks):
    path = listed(
        "label;export;alpha;na_rule", "Lens - Hénin;a/synthetic.csv;;", "Douai;/x/synthetic.csv;.1;"
    )
    assert read_cohorts(path, notebooks) == [
        Cohort("Lens - Hénin", (path.parent / "a/synthetic.csv").resolve(), {}),
        Cohort("Douai", resolve("/x/synthetic.csv").resolve(), {"alpha": 0.1}),
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["label,exprt", "a,b.csv"], "column exprt .* did you mean export"),
        (["label,export,scor_direction", "a,b,c"], "did you mean score_direction"),
        (["label,export,zzz", "a,b,c"], "known: .*alpha, .*secured_definition"),
        (["label,alpha", "a,0.1"], "has no column export"),
        (["label,export,export", "a,b,c"], "column export stands twice"),
        (["label,export,alpha", "a,b.csv,high"], "row 2: alpha=high: expected float"),
        (["label,export,results_dir", "a,b.csv,x"], "row 2: results_dir follows from out"),
        (["label,export", "a,b", "A,c"], "row 3: label 'A' stands in row 2 too"),
        (["label,export", "../a,b"], "row 2: label '../a' cannot name a folder"),
        (["label,export", "a.,b"], "label 'a.' cannot name a folder"),
        (["label,export,alpha", "a,,0.1"], "row 2: export is empty"),
        (["label,export", "a,synthetic.csv", "b,real.csv"], "'b' is no synthetic cohort"),
    ],
)
def test_a_faulty_list_is_refused_in_one_sentence(listed, notebooks, rows, message):
    with pytest.raises(RunError, match=message) as error:
        read_cohorts(listed(*rows), notebooks)
    assert "\n" not in str(error.value)


def test_a_list_that_cannot_be_used_ends_the_command(listed, tmp_path, capsys):
    assert main([str(listed("label,exprt", "a,b")), "--out", str(tmp_path / "out")]) == 2
    assert main([str(tmp_path / "none.csv"), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in said] == ["esslib.batch"] * 2
    assert not (tmp_path / "out").exists()


def test_a_missing_list_is_an_export_error(notebooks, tmp_path):
    with pytest.raises(ExportError, match="cannot read"):
        read_cohorts(tmp_path / "none.csv", notebooks)


# ---------------------------------------------------------------- one cohort


def job(out, *, export=EXPORT, label="a", tables_only=True, **parameters):
    return Job(Cohort(label, export, parameters), out, tables_only, code_digest())


def content(folder):
    """Return the bytes of all results below a folder, the runner's own state apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".state" not in path.parts
    }


@slow
def test_tables_are_those_of_the_notebooks_byte_for_byte(notebooks, tmp_path):
    """The shipped tables come from the notebooks; the batch has made these without them."""
    asked = job(tmp_path)
    row = analyse(asked)
    assert row["status"] == "done", row
    found = content(asked.folder / "results" / "tables")
    written = {
        path.rpartition("/")[2]
        for notebook in notebooks
        if notebook.name in CHAPTERS
        for path in notebook.writes
        if path.endswith(".csv") and not path.endswith(".excel.csv")
    }
    assert {*found, "reading.csv"} == written
    assert "Healphi" in (asked.folder / "interim" / "reading.csv").read_text(encoding="utf-8-sig")
    shipped = {name: (resolve("results/tables") / name).read_bytes() for name in found}
    assert [name for name in found if found[name] != shipped[name]] == []

    tests = pd.read_csv(resolve("results/tables/group_tests.csv")).set_index("contrast")
    assert row["difference"] == pytest.approx(tests.loc["primary", "difference"])
    assert row["n"] == row["n_a"] + row["n_b"] == 81


def test_a_bad_cohort_is_an_error_in_words(tmp_path):
    broken = tmp_path / "synthetic_broken.csv"
    broken.write_text("Genre;Age\nFemme;41\n", encoding="utf-8")
    cases = {
        "there is no export": job(tmp_path, export=tmp_path / "synthetic_none.csv"),
        "synthetic_broken.csv": job(tmp_path, export=broken),
        "na_rule is 'mean'; choose one of": job(tmp_path, na_rule="mean"),
    }
    for message, asked in cases.items():
        row = analyse(asked)
        assert row["status"] == "failed"
        assert message in row["error"]
        assert str(tmp_path) not in row["error"]
        assert not (asked.folder / "results" / "tables").exists()


def test_other_code_than_the_clients_is_refused(tmp_path):
    row = analyse(Job(Cohort("a", EXPORT, {}), tmp_path, True, "another digest"))
    assert "runs other code" in row["error"]
    assert not list(tmp_path.iterdir())


COPY = """\
from pathlib import Path
from esslib.paths import prepare, require
assert scale != 2, "scale is two"
for name in ("flow", "group_summaries", "group_tests"):
    text = require(f"data/made/{name}.csv", written_by="nobody").read_text()
    prepare(f"{results_dir}/tables/{name}.csv").write_text(text)"""


@slow
def test_notebooks_run_by_default_and_only_once(tmp_path, monkeypatch):
    project = Project(tmp_path / "project")
    for folder in ("data/codebook", "data/locale"):
        shutil.copytree(resolve(folder), project.path(folder))
    names = ("flow", "group_summaries", "group_tests")
    for name in names:
        project.path("data/made").mkdir(exist_ok=True)
        shutil.copy(resolve(f"results/tables/{name}.csv"), project.path(f"data/made/{name}.csv"))
    writes = [f"{{results_dir}}/tables/{name}.csv" for name in names]
    project.notebook("01_copy", "# Pourquoi ?", COPY, reads=["data/made/*.csv"], writes=writes)
    monkeypatch.setenv("ESSLIB_ROOT", str(project.root))

    good, bad = (
        job(tmp_path / "out", label=label, tables_only=False, scale=scale)
        for label, scale in (("good", 1.0), ("bad", 2.0))
    )
    first = analyse(good)
    assert first["status"] == "done", first
    assert (good.folder / "results/report/01_copy.html").is_file()
    before = content(good.folder)
    stamp = (good.folder / "results/tables/flow.csv").stat().st_mtime_ns
    assert analyse(good) == first
    assert (good.folder / "results/tables/flow.csv").stat().st_mtime_ns == stamp
    assert content(good.folder) == before

    failure = analyse(bad)
    assert "AssertionError: scale is two" in failure["error"]
    assert str(tmp_path) not in failure["error"]

    frame = write_summary([good, bad], [first, failure])
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert frame["status"].tolist() == ["done", "failed"]
    assert 'href="cohorts/good/results/report/index.html"' in page
    assert "cohorts/bad/" not in page


# ---------------------------------------------------------------- the summary


def measured(n):
    """Rows of `n` cohorts whose differences rise from 0."""
    row = {"status": "done", "n": 81, "n_a": 21, "n_b": 60, "mean_a": 60.0, "mean_b": 50.0}
    return [
        {**row, "difference": d, "se": 2.0, "ci_low": d - 4, "ci_high": d + 4, "p_value": 0.01}
        for d in (10 * number / n for number in range(n))
    ]


def test_the_summary_pools_what_is_there_and_tells_the_rest(tmp_path):
    jobs = [job(tmp_path, label=label) for label in ("Lens", "Douai", "Arras")]
    rows = [*measured(2), {"status": "failed", "error": "<script>"}]
    frame = write_summary(jobs, rows)
    assert frame["cohort"].tolist() == ["Lens", "Douai", "Arras"]
    assert frame["weight_percent"].tolist()[:2] == pytest.approx([50, 50])
    pooled = pd.read_csv(tmp_path / "tables/cohorts_pooled.csv")
    assert pooled["estimate"].tolist() == pytest.approx([2.5, 2.5])
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Cohortes analysées\N{NO-BREAK SPACE}: 2. Échecs\N{NO-BREAK SPACE}: 1." in page
    assert "&lt;script&gt;" in page and "<script" not in page
    assert 'alt="Graphique en forêt de la différence principale dans 2 cohortes' in page
    assert page.count("Données synthétiques") >= 3
    first = content(tmp_path)
    write_summary(jobs, rows)
    assert content(tmp_path) == first


@pytest.mark.parametrize("rows", [[{"status": "failed", "error": "why"}], measured(1)])
def test_a_summary_of_too_few_says_so(tmp_path, rows):
    frame = write_summary([job(tmp_path)], rows)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "au moins deux cohortes" in page
    assert (tmp_path / "figures/forest_cohorts.svg").exists() == (frame["status"] == "done").all()
    assert pd.read_csv(tmp_path / "tables/cohorts_pooled.csv")["n_cohorts"].unique() == [
        len(rows)
    ] or (rows[0]["status"] == "failed")


@pytest.mark.long
@slow
def test_a_summary_of_thousands_stays_small(tmp_path):
    n = 3000
    jobs = [job(tmp_path, label=f"c{number}") for number in range(n)]
    write_summary(jobs, measured(n))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.count("<th class=") < MOST_SHOWN + 50
    assert "tables/cohorts.csv" in page
    sizes = {path.name: path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()}
    assert max(sizes.values()) < 1_000_000, sizes


# ---------------------------------------------------------------- the cluster


def test_the_default_cluster_is_processes_of_one_thread(monkeypatch):
    asked = {}

    class Refused(LocalCluster):
        def __init__(self, **options):
            asked.update(options)
            raise RuntimeError("enough")

    monkeypatch.setattr("esslib.batch.__main__.LocalCluster", Refused)
    with pytest.raises(RuntimeError, match="enough"), cluster(None, n_workers=3):
        pass
    assert (asked["n_workers"], asked["threads_per_worker"]) == (3, 1)
    assert asked.get("processes", True)


def kill_a_busy_worker(client):
    """Wait until a worker has a cohort, then end its process without warning."""
    pids = client.run(os.getpid)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        busy = [address for address, keys in client.processing().items() if keys]
        if len(busy) == len(pids):
            os.kill(pids[busy[0]], signal.SIGKILL)
            return
        time.sleep(0.05)


@pytest.mark.long
@slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_results_are_the_same_whatever_the_workers_and_whoever_dies(listed, tmp_path, capsys):
    path = listed(
        "label,export,na_rule",
        f"c,{EXPORT},",
        f"a,{EXPORT},person_mean",
        "bad,synthetic_none.csv,",
        f"b,{EXPORT},item_mean",
    )

    def run(name, address):
        words = [str(path), "--out", str(tmp_path / name), "--tables-only", "--scheduler", address]
        return main(words)

    with cluster(None, n_workers=2) as client:
        address = client.scheduler.address
        before = client.run(os.getpid)
        killer = threading.Thread(target=kill_a_busy_worker, args=[client])
        killer.start()
        assert run("two", address) == 1
        killer.join()
        client.wait_for_workers(2, timeout=120)
        assert set(client.run(os.getpid).values()) != set(before.values())
        two = content(tmp_path / "two")

        stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "two/cohorts").rglob("*.csv")}
        assert run("two", address) == 1
        assert {p: p.stat().st_mtime_ns for p in stamps} == stamps
        assert content(tmp_path / "two") == two
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as one:
        assert run("one", one.scheduler_address) == 1
    assert content(tmp_path / "one") == two
    frame = pd.read_csv(tmp_path / "two/tables/cohorts.csv")
    assert frame["cohort"].tolist() == ["c", "a", "bad", "b"]
    assert frame["status"].tolist() == ["done", "done", "failed", "done"]
    assert "3 of 4 cohorts done" in capsys.readouterr().out
