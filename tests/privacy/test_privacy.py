"""A small cohort like a real one goes through the notebooks: what leaves them names nobody."""

import json
import re
import shutil
import zipfile

import attack
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from pypdf import PdfReader

from esslib.paths import resolve
from esslib.privacy.guard import suspicion
from esslib.run.notebook import read_notebook

MARK = "Quetzalcoatl"
POSTCODE = re.compile(r"(?<![\d.])599[1-4]\d(?![\d.])")
# Pictures as bytes; each is also there as an SVG, shown or in a file.
UNREAD = {"image/png", "application/pdf"}
PICTURE = re.compile(r"(?<=;base64,)[\w+/=]+")
# A number of people in a sentence, and not the threshold itself.
WHO = r"(?:répondant|personne|utilisateur|participant|soignant|médecin)"
PEOPLE = re.compile(rf"(?<![\d.,])(?<!oins de )(\d+) {WHO}|\bn = (\d+)(?![\d.,])")
NOTEBOOKS = resolve("notebooks")
NAMES = ("01_cleaning", "02_score_construction", "03_primary_outcome", "04_secondary_outcomes")
NAMES += ("05_predictors", "08_next_study")  # 06 and 07 read released tables, and take long
QUICK = {"n_resamples": 20, "largest_group": 60}


def marked_export(path):
    """Put a word in every free text and town, and a postcode of nobody else in every row."""
    attack.sample_export(path, n=60, seed=2)
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    texts = ["Ville", *(name for name in frame if name.endswith("(autre)"))]
    blank = frame[texts].eq("")
    marked = frame[texts].mask(blank, MARK)
    marked["Ville"] = [f"{MARK}-{number}" for number in range(len(frame))]
    inside = frame["Code postal"].str[:2].isin(["02", "59", "60", "62", "80"])
    postcodes = pd.Series([f"59{910 + number % 40}" for number in range(len(frame))])
    frame = frame.assign(**marked, **{"Code postal": postcodes.where(inside, "75011")})
    frame.to_csv(path, sep=";", index=False, encoding="utf-8-sig")
    return frame


def run_notebook(name, **parameters):
    """Run a notebook's cells in this process; return all that they show, as text."""
    notebook = read_notebook(NOTEBOOKS / f"{name}.ipynb")
    given = {key: value for key, value in parameters.items() if key in notebook.defaults}
    shell = InteractiveShell.instance()
    first, *others = notebook.code
    shown = []
    for code in (first, "\n".join(f"{k} = {v!r}" for k, v in given.items()), *others):
        with capture_output() as captured:
            result = shell.run_cell(code, store_history=False)
        result.raise_error()
        shown += [captured.stdout, captured.stderr]
        outputs = [(each.data, each.metadata) for each in captured.outputs]
        if result.result is not None:
            outputs.append(shell.display_formatter.format(result.result))
        for data, metadata in outputs:
            texts = (value for kind, value in data.items() if kind not in UNREAD)
            shown += [PICTURE.sub("", str(text)) for text in texts]
            shown.append(str(metadata))
    shell.reset(new_session=False)
    return "\n".join(shown)


@pytest.mark.parametrize(
    "code",
    [
        "import pandas as pd; pd.DataFrame({'a': ['LEAK']})",
        "display('LEAK'); None",
        "print('LEAK')",
        "import sys; print('LEAK', file=sys.stderr)",
        "class A:\n    def __repr__(self):\n        return 'LEAK'\nA()",
        "class A:\n    def _repr_html_(self):\n        return 'LEAK'\nA()",
        "class A:\n    def _repr_html_(self):\n        return 'LEAK'\ndisplay(A())",
        "from IPython.display import display_markdown; display_markdown('LEAK', raw=True)",
    ],
)
def test_whatever_a_cell_shows_is_read(code, tmp_path, monkeypatch):
    cells = [{"cell_type": "code", "source": text, "metadata": {}} for text in ("x = 1", code)]
    cells[0]["metadata"] = {"tags": ["parameters"]}
    path = tmp_path / "leak.ipynb"
    path.write_text(
        json.dumps({"cells": cells, "metadata": {"ess": {"reads": [], "writes": []}}}),
        encoding="utf-8",
    )
    monkeypatch.setitem(run_notebook.__globals__, "NOTEBOOKS", tmp_path)
    assert "LEAK" in run_notebook("leak")


def texts_of(folder):
    """Everything written below a folder that can be read."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                for part in archive.namelist():
                    yield f"{path.name}/{part}", archive.read(part).decode("utf-8", "replace")
        elif path.suffix == ".pdf":
            yield path.name, "".join(sheet.extract_text() for sheet in PdfReader(path).pages)
        elif path.suffix != ".png":
            yield path.name, path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The folders that the notebooks read, and an export that does not say it is synthetic."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("codebook", "locale", "map", "published"):
        shutil.copytree(resolve(f"data/{folder}"), root / "data" / folder)
    for folder in ("raw", "private", "interim"):
        (root / "data" / folder).mkdir()
    shutil.copy(resolve("data/raw/recruitment.csv"), root / "data/raw")
    marked_export(root / "data/private/survey.csv")
    return root


@pytest.fixture(scope="module")
def shown(project):
    """What each notebook shows of that export."""
    plt.switch_backend("agg")
    with pytest.MonkeyPatch.context() as patch, plt.rc_context():
        patch.setenv("ESSLIB_ROOT", str(project))
        return {n: run_notebook(n, export="data/private/survey.csv", **QUICK) for n in NAMES}


@pytest.mark.slow
def test_every_notebook_ends_and_says_that_counts_are_withheld(shown, project):
    assert [name for name, text in shown.items() if "Moins de 5 personnes" not in text] == []
    pictures = [path.read_text(encoding="utf-8") for path in (project / "figures").glob("*.svg")]
    assert len(pictures) > 10
    assert all('id="withheld"' in picture for picture in pictures)
    for name, text in texts_of(project / "results/tables"):
        if name.endswith(".html"):
            assert "Moins de 5 personnes" in text, name


@pytest.mark.slow
def test_no_free_text_and_no_postcode_leave_the_tidy_file(shown, project):
    rows = pd.read_parquet(project / "data/interim/tidy.parquet")
    assert rows["town"].str.contains(MARK).all()
    assert rows["postcode"].str.fullmatch(POSTCODE.pattern).mean() > 0.8
    found = [*shown.items(), *texts_of(project / "results"), *texts_of(project / "figures")]
    assert len(found) > 40
    assert [name for name, text in found if MARK in text] == []
    assert [name for name, text in found if POSTCODE.search(text)] == []


@pytest.mark.slow
def test_no_sentence_counts_few_people(shown, project):
    """Neither prose, alt texts nor the words in figures; "fewer than 5" says what is withheld."""
    found = [*shown.items(), *texts_of(project / "results"), *texts_of(project / "figures")]
    counts = [
        (name, match[0])
        for name, text in found
        for match in PEOPLE.finditer(text.replace("\N{NO-BREAK SPACE}", " "))
        if 0 < int(match[1] or match[2]) < 5
    ]
    assert sum(len(PEOPLE.findall(text)) for _, text in found) > 10
    assert counts == []


@pytest.mark.slow
def test_no_table_shows_a_small_count_or_a_row_per_respondent(shown, project, codebook):
    vocabulary = pd.read_csv(resolve("data/codebook/results.csv"))
    people = vocabulary[
        (vocabulary["kind"] == "count")
        & vocabulary["table"].isin(["flow", "tableau_1", "group_summaries", "bivariate", "items"])
    ]
    for table, columns in people.groupby("table")["column"]:
        frame = pd.read_csv(project / f"results/tables/{table}.csv")
        counts = frame[[*columns]].to_numpy(dtype=float)
        # few use the tool that the two definitions class differently: no table by class is shown
        assert np.isfinite(counts).any() == (table != "bivariate"), table
        assert not ((counts > 0) & (counts < 5)).any(), table
    written = [p for p in (project / "results").rglob("*") if p.suffix in {".csv", ".html"}]
    assert [p.name for p in written if suspicion(p, codebook)] == []
