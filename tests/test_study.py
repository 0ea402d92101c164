"""What every notebook opens first."""

from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from helpers import speaking

from esslib.display.figures.style import height
from esslib.display.shown import SavedFigure
from esslib.display.tables import counts, folded
from esslib.paths import MissingInputError, resolve
from esslib.privacy.disclosure import DisclosureError, Rules
from esslib.results import ResultError
from esslib.run.notebook import read_notebook
from esslib.study import open_study
from printed.numerals import LANGUAGES


@pytest.fixture
def study(tmp_path):
    with plt.style.context({}):
        opened = open_study(export="somewhere/synthetic_export.csv")
        yield replace(opened, results_dir=tmp_path / "results", figures_dir=tmp_path / "figures")


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
    svg = data.pop("image/svg+xml")
    assert svg == (tmp_path / "figures/figure.svg").read_text(encoding="utf-8")
    assert data.pop("text/plain") == "<Figure figure>"
    assert b64decode(data.pop("image/png")).startswith(b"\x89PNG")
    assert b64decode(data.pop("application/pdf")).startswith(b"%PDF")
    assert 'alt="Une phrase."' in data.pop("text/html")
    assert data == {}
    about = {"alt": "Une phrase.", "lang": "fr", "name": "figure", "title": ""}
    assert metadata == dict.fromkeys(("image/svg+xml", "image/png"), about)
    assert all((tmp_path / f"figures/figure.{suffix}").exists() for suffix in ("png", "pdf"))
    assert plt.get_fignums() == []
    assert [text.get_gid() for text in ax.figure.texts] == ["synthetic"]


@pytest.mark.parametrize("name", ["", "mine"], ids=["shown", "kept"])
@pytest.mark.parametrize("folded", [False, True])
def test_a_figure_is_drawn_at_its_height_in_the_voice_of_the_study(study, name, folded):
    @height(lambda n: 2.54 * n)
    def figure(ax, n, voice):
        assert ax.figure.get_size_inches()[1] == n
        return f"{n}, {voice.label('users')}"

    shown = study.draw(figure, 3, name=name, folded=folded)
    saved = shown.figure if folded else shown
    assert (saved.alt, saved.name) == ("3, Utilisateurs de Predice PRO", name)
    assert study.figures_dir.exists() == bool(name)


def test_a_folded_figure_stands_behind_its_text(study, tmp_path):
    shown = study.save_figure(study.axes(height_cm=4), "figure", alt="p < 0,05").folded()

    html = shown._repr_html_()
    picture = b64encode((tmp_path / "figures/figure.svg").read_bytes()).decode()
    assert html.startswith('<details><summary lang="fr">p &lt; 0,05</summary>')
    assert f'src="data:image/svg+xml;base64,{picture}" alt="p &lt; 0,05"' in html


@pytest.mark.parametrize(
    ("lang", "title"),
    [("fr", "Carte. Répondants par département"), ("en", "Map. Respondents by département")],
)
def test_a_figure_of_the_notebooks_has_a_title_in_its_language(lang, title):
    assert speaking(lang).find("figure_title-map_respondents") == title
    shown = SavedFigure("<svg/>", "Lille : 3", lang, title=title)
    assert f"<figcaption>{title}</figcaption></figure>" in shown.folded()._repr_html_()


def test_what_shows_no_html_shows_one_line_or_a_picture(study):
    ax = study.axes(height_cm=4)
    shown = study.save_figure(ax, "map_respondents", alt="Lille : 3").folded()
    data, metadata = shown._repr_mimebundle_()
    assert set(data) == {"text/html", "image/png", "application/pdf", "text/plain"}
    assert set(metadata) == {"image/png"}
    assert data["text/plain"] == repr(shown)
    assert repr(shown) == "<Figure map_respondents: Carte. Répondants par département>"
    assert repr(SavedFigure("<svg/>", "Lille\n3")) == "<Figure Lille 3>"
    table = counts(pd.Series(["a"], name="tool", dtype="str"), study.voice)
    assert repr(table) == f"<Table counts: {table.caption}>"
    assert repr(folded(table)) == f"<Folded: {table.caption}>"


def test_every_figure_of_the_notebooks_has_a_title():
    notebooks = map(read_notebook, resolve("notebooks").glob("[0-9]*.ipynb"))
    names = {Path(path).stem for n in notebooks for path in n.writes if path.endswith(".svg")}
    assert names
    assert [
        n
        for n in sorted(names)
        for lang in LANGUAGES
        if not speaking(lang).find(f"figure_title-{n}")
    ] == []


def test_a_result_is_written_under_the_contract_and_read_back(study):
    flow = pd.DataFrame(
        {"step": ["included"], "group": ["all"], "n": [81], "excluded_because": ["none"]}
    )

    assert study.save({"flow": flow})["flow"] is flow
    assert study.read_table("flow", written_by="01_cleaning")["n"].tolist() == [81]
    with pytest.raises(ResultError, match="columns"):
        study.save({"flow": flow.drop(columns="n")})


@pytest.mark.parametrize("is_synthetic", [True, False], ids=["synthetic", "real"])
def test_results_are_released_and_those_of_the_contract_written(study, tmp_path, is_synthetic):
    opened = replace(study, is_synthetic=is_synthetic)
    opened.__dict__["rules"] = Rules(shown=frozenset({"several"}), n=81, min_count=5)
    names = opened.vocabulary.loc[opened.vocabulary["table"] == "parallel_analysis", "column"]
    components = pd.DataFrame([[1, 1.25, 1.0, 0.75, 1]], columns=[*names])
    places = pd.DataFrame({"group": ["users"], "departement": ["59"], "n": [3.0]})

    saved = opened.save({"parallel_analysis": components, "places": places})

    assert list(saved) == ["parallel_analysis", "places"]
    pd.testing.assert_frame_equal(saved["parallel_analysis"], components)
    assert saved["places"]["n"].notna().all() == is_synthetic
    written = [path.name for path in (tmp_path / "results/tables").iterdir()]
    assert written == ["parallel_analysis.csv"]
    with pytest.raises(ResultError, match="columns"):
        opened.save({"model_fit": pd.DataFrame({"n": [3.0]})})


def test_a_result_without_a_rule_is_not_shown_of_a_real_cohort(study):
    opened = replace(study, is_synthetic=False)
    opened.__dict__["rules"] = Rules(shown=frozenset(), n=81, min_count=5)
    with pytest.raises(DisclosureError, match="reconstruction: no rule"):
        opened.save({"reconstruction": pd.DataFrame()})
    for cohort in (study, opened):
        with pytest.raises(ResultError, match="strange is no result of a study: name its columns"):
            cohort.save({"strange": pd.DataFrame()})


def test_a_study_gives_a_chapter_what_it_binds(study, tmp_path):
    opened = replace(study, alpha=0.1, min_count=7)
    asked = {}

    def chapter(frame, codebook, *, alpha, seed):
        asked.update(codebook=codebook, alpha=alpha, seed=seed)
        return {"flow": frame}

    flow = pd.DataFrame({"step": ["a"], "group": ["all"], "n": [1], "excluded_because": ["none"]})
    opened.run(chapter, flow, seed=3, kept=False)
    assert asked == {"codebook": opened.codebook, "alpha": 0.1, "seed": 3}
    opened.run(lambda voice, min_count: asked.update(locals()) or {})
    assert (asked["voice"], asked["min_count"]) == (opened.voice, 7)
    assert not (tmp_path / "results/tables/flow.csv").exists()
    assert opened.run(chapter, flow, seed=3)["flow"] is flow
    assert (tmp_path / "results/tables/flow.csv").exists()


def test_a_missing_result_names_the_notebook_that_writes_it(study):
    with pytest.raises(MissingInputError, match="05_predictors"):
        study.read_table("bivariate", written_by="05_predictors")


@pytest.mark.parametrize(
    ("name", "answers"), [("", ["a"]), ("tools", ["a"]), ("none", [])], ids=str
)
def test_a_table_for_people_is_written_in_every_format(study, tmp_path, name, answers):
    codes = pd.Series(answers, name="tool", dtype="str")
    table = counts(codes, study.voice)

    shown = study.show(counts, codes, name=name)

    stem = name or "counts"
    pd.testing.assert_frame_equal(shown.cells, table.cells)
    assert vars(shown) | {"name": table.name, "cells": table.cells} == vars(table)
    assert shown.name == stem
    assert {path.name for path in (tmp_path / "results/tables").iterdir()} == {
        f"{stem}.{suffix}" for suffix in ("html", "docx", "excel.csv", "tex")
    }


def test_labels_speak_the_language_of_the_study(study):
    assert study.voice.label("users") == "Utilisateurs de Predice PRO"
    assert study.voice.covariate("urban", "multivariate") == "Zone urbaine"
    assert study.voice.label("n_not_applicable") == "Non applicable"
    assert study.voice.limits == (20, 80)


def test_a_figure_of_everybody_needs_a_word_for_a_real_cohort():
    open_study(export="data/raw/synthetic.csv").show_everybody()
    open_study(export="data/private/real.csv", min_count=0).show_everybody()
    with pytest.raises(DisclosureError, match="set min_count to 0"):
        open_study(export="data/private/real.csv").show_everybody()


def test_what_cannot_be_shown_says_why(study):
    codes = pd.Series(["a"], name="tool", dtype="str")
    with pytest.raises(TypeError, match=r"counts takes \w+; 0 given"):
        study.show(counts)
    with pytest.raises(TypeError, match=r"counts takes \w+; 2 given"):
        study.show(counts, codes, codes)

    def bare(ax, frame, voice):
        return "never drawn"

    with pytest.raises(TypeError, match=r"bare does not say how high it is: put @height"):
        study.draw(bare, codes)
    with pytest.raises(TypeError, match=r"bare takes frame; 0 given"):
        study.tell(bare)
