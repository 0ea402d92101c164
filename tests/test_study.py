"""What every notebook opens first."""

from base64 import b64encode
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from esslib.paths import MissingInputError
from esslib.results import ResultError
from esslib.study import open_study
from esslib.tables import counts


@pytest.fixture
def study(tmp_path):
    folders = {"results_dir": tmp_path / "results", "figures_dir": tmp_path / "figures"}
    with plt.style.context({}):
        yield replace(open_study(export="somewhere/synthetic_export.csv"), **folders)


@pytest.mark.parametrize(
    ("export", "is_synthetic"),
    [("data/raw/synthetic_export.csv", True), ("data/private/synthetic/survey.xlsx", False)],
)
def test_the_name_of_the_export_says_whether_it_is_synthetic(export, is_synthetic):
    with plt.style.context({}):
        assert open_study(export=export).is_synthetic is is_synthetic


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="lang"):
        open_study(export="x.csv", lang="de")


def test_a_saved_figure_is_marked_closed_and_carries_its_text(study, tmp_path):
    ax = study.axes(height_cm=4)

    shown = study.save_figure(ax, "figure", alt="Une phrase.")

    data, metadata = shown._repr_mimebundle_()
    assert data["image/svg+xml"] == (tmp_path / "figures/figure.svg").read_text(encoding="utf-8")
    assert metadata == {"image/svg+xml": {"alt": "Une phrase."}}
    assert (tmp_path / "figures/figure.png").exists()
    assert plt.get_fignums() == []
    assert [text.get_gid() for text in ax.figure.texts] == ["synthetic"]


def test_a_folded_figure_stands_behind_its_text(study, tmp_path):
    shown = study.save_figure(study.axes(height_cm=4), "figure", alt="p < 0,05").folded()

    html = shown._repr_html_()
    picture = b64encode((tmp_path / "figures/figure.svg").read_bytes()).decode()
    assert html.startswith('<details><summary lang="fr">p &lt; 0,05</summary>')
    assert f'src="data:image/svg+xml;base64,{picture}" alt="p &lt; 0,05"' in html


def test_a_result_is_written_under_the_contract_and_read_back(study):
    flow = pd.DataFrame(
        {"step": ["included"], "group": ["all"], "n": [81], "excluded_because": ["none"]}
    )

    assert study.save_table(flow, "flow") is flow
    assert study.read_table("flow", written_by="01_cleaning")["n"].tolist() == [81]
    with pytest.raises(ResultError, match="columns"):
        study.save_table(flow.drop(columns="n"), "flow")


def test_a_missing_result_names_the_notebook_that_writes_it(study):
    with pytest.raises(MissingInputError, match="05_predictors"):
        study.read_table("bivariate", written_by="05_predictors")


def test_a_table_for_people_becomes_a_page_and_a_document(study, tmp_path):
    table = counts(pd.Series(["a"], name="tool"), labels={}, synthetic=True)

    assert study.show(table) is table
    assert {path.name for path in (tmp_path / "results/tables").iterdir()} == {
        "counts.html",
        "counts.docx",
    }


def test_labels_speak_the_language_of_the_study(study):
    assert study.labels("groups")["users"] == "Utilisateurs de Predice PRO"
    assert study.covariate_labels("multivariate")["urban"] == "Zone urbaine"
    assert study.answer_labels()["n_not_applicable"] == "Non applicable"
    assert study.limits == (20, 80)
