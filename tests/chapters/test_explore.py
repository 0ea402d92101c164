"""Exploring: every choice has a view, and the notebook's menus move what it shows."""

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from helpers import speaking, tidy_of
from nbclient import NotebookClient
from pandas.testing import assert_frame_equal

from esslib.chapters import explore
from esslib.chapters.outcomes import group_summaries
from esslib.chapters.questionnaire import score_contrasts
from esslib.display import figures, sentences
from esslib.paths import resolve
from esslib.survey.cleaning import included, tidy_answers
from esslib.survey.codebook import read_codebook
from esslib.survey.export import read_export
from esslib.voice import voice_of

CODEBOOK = read_codebook(resolve("data/codebook"))
LABELS = CODEBOOK.labels("groups")
VOICE = speaking(labels=LABELS, groups=tuple(LABELS))
MENUS = explore.options(CODEBOOK)


@pytest.fixture(scope="module")
def people():
    export = read_export(resolve("data/raw/synthetic_export.csv"), CODEBOOK)
    return included(tidy_answers(export, CODEBOOK))


def total(people, **chosen):
    return explore.view_of(people, CODEBOOK, **chosen).scores["ess_total"]


def test_the_first_view_is_the_analysis(people):
    scored = score_contrasts(people, CODEBOOK)
    expected = group_summaries(scored[scored["contrast"] == "primary"], CODEBOOK)
    view = explore.view_of(people, CODEBOOK, **first_of_each_menu())
    assert_frame_equal(view.summary, expected)
    assert_frame_equal(view.reference, expected)


def first_of_each_menu():
    return {name: codes[0] for name, codes in MENUS.items()}


@pytest.mark.parametrize(
    ("rule", "contrast"), [("item_mean", "secondary_1"), ("person_mean", "secondary_2")]
)
def test_items_add_up_to_the_total(people, rule, contrast):
    chosen = {"na_rule": rule, "contrast": contrast}
    items = sum(total(people, outcome=item, **chosen) for item in CODEBOOK.items)
    np.testing.assert_allclose(items, total(people, **chosen))


@pytest.mark.parametrize("outcome", ["ess_total", "ess_q13"])
def test_the_directions_mirror_each_other(people, outcome):
    low, high = explore.view_of(people, CODEBOOK, outcome=outcome).limits
    secure, literal = (
        total(people, outcome=outcome, score_direction=code) for code in MENUS["score_direction"]
    )
    np.testing.assert_allclose(secure + literal, low + high)


@pytest.mark.parametrize("name", ["na_rule", "na_scope", "secured_definition"])
def test_each_choice_moves_the_scores(people, name):
    views = [
        explore.view_of(people, CODEBOOK, contrast="secondary_1", **{name: code})
        for code in MENUS[name]
    ]
    assert len({tuple(view.summary["mean"]) for view in views}) == len(views)
    assert len({tuple(view.reference["mean"]) for view in views}) == 1


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"contrast": "first"}, "contrast is 'first'; choose one of primary"),
        ({"outcome": "ess_q21"}, "outcome is 'ess_q21'; choose one of ess_total, ess_q01"),
        ({"na_rule": "zero"}, "na_rule is 'zero'; choose one of item_median"),
        ({"secured_definition": "mine"}, "definition: 'mine' is unknown"),
    ],
)
def test_an_unknown_choice_is_refused(people, chosen, message):
    with pytest.raises(ValueError, match=message):
        total(people, **chosen)


def test_a_group_without_scores_is_said():
    people = tidy_of(
        CODEBOOK,
        {"uses_predice_pro": "yes"},
        {"ess_q01": "not_applicable"},
        {"uses_predice_pro": "yes", "ess_q02": "disagree"},
    )
    view = explore.view_of(people, CODEBOOK, na_rule="complete_case")
    said = sentences.explored(view.summary, view.test, VOICE)
    assert view.test is None
    assert [sentence.split(" : ")[-1][:5] for sentence in map(plain, said[:2])] == [
        "n = 2",
        "n = 0",
    ]
    assert "rien à comparer" in said[2]


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_figure_keeps_the_reference_in_sight(people):
    view = explore.view_of(people, CODEBOOK, outcome="ess_q02", na_rule="item_mean")
    _, ax = plt.subplots()
    alt = figures.explored_boxes(ax, view, voice_of(CODEBOOK).knowing(resolve("data/locale")))
    assert alt.count(" n = ") == len(view.summary)
    marks = [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "D"]
    assert marks[-2:] == view.reference["mean"].tolist()
    label = CODEBOOK.labels("variables")["ess_q02"]
    assert ax.get_ylabel() == f"{label} (1 à 4 points)"
    assert all(tick == round(tick) for tick in ax.get_yticks())
    plt.close()


MOVE = """
for name, value in {chosen!r}.items():
    controls[name].value = value
"""


@pytest.mark.long
@pytest.mark.slow
def test_menus_move_the_picture(people, tmp_path):
    """In a kernel: the first view stands in the page, and menus replace the second one."""
    notebook = nbformat.read(resolve("notebooks/explore.ipynb"), as_version=4)
    chosen = {"contrast": "secondary_1", "outcome": "ess_q13", "na_rule": "person_mean"}
    notebook.cells.append(nbformat.v4.new_code_cell(MOVE.format(chosen=chosen)))
    # nbclient at times sees the reply to a widget's cell when its patience ends, and no sooner:
    # https://github.com/jupyter/nbclient/issues/312
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}, timeout=30).execute()

    static = [output.data for cell in notebook.cells for output in cell.get("outputs", [])]
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    moved = [
        model["state"]["outputs"]
        for model in state.values()
        if model["model_name"] == "OutputModel"
    ]
    assert [len(outputs) for outputs in moved] == [2]
    assert written(static) == written_for(people)
    assert written([output["data"] for output in moved[0]]) == written_for(people, **chosen)
    assert ["image/svg+xml" in output["data"] for output in moved[0]] == [True, False]
    assert list(tmp_path.iterdir()) == []


def written(bundles):
    texts = ["".join(data["text/markdown"]) for data in bundles if "text/markdown" in data]
    return texts[0].replace("- ", "").splitlines()


def written_for(people, **chosen):
    view = explore.view_of(people, CODEBOOK, **chosen, seed=2022)
    return sentences.explored(view.summary, view.test, VOICE)
