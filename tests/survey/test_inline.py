"""Texts typed under "Other" among the answers: moved when they can be nothing else."""

import pandas as pd
import pytest

from esslib.survey.cleaning import tidy_answers
from esslib.survey.codebook import SEPARATOR
from esslib.survey.export import ExportError, read_export


def export(path, codebook, tools, correspondents, **more):
    """An export without a column for free texts, as Google Forms writes it."""
    labels = dict(zip(codebook.variables["name"], codebook.variables["label_fr"], strict=True))
    free = {v["name"] for v in codebook.variables.to_dict("records") if v["other_of"]}
    frame = pd.DataFrame(
        {label: "" for name, label in labels.items() if name not in free}, range(len(tools))
    )
    given = {"usual_tool": tools, "correspondents": correspondents, "uses_predice_pro": "Non"}
    frame = frame.assign(**{labels[name]: texts for name, texts in given.items()}, **more)
    frame.to_csv(path, sep=",", index=False)
    return read_export(path, codebook)


def test_a_typed_text_is_the_free_text_of_other(codebook, tmp_path):
    tools = ["Healphi", "SMS ou MMS"]
    answered = ["Pharmacien, Orthophoniste, Infirmier libéral", "Pharmacien"]
    found = export(tmp_path / "a.csv", codebook, tools, answered)
    assert found.answers["usual_tool_other"].tolist()[0] == "Healphi"
    assert found.answers["correspondents_other"].tolist()[0] == "Orthophoniste"
    tidy = tidy_answers(found, codebook)
    assert tidy["tool"].tolist() == ["healphi", "sms"]
    assert tidy.filter(like=f"correspondents{SEPARATOR}").iloc[0].sum() == 3  # two, and Other
    notice = found.reading[found.reading["method"] == "typed_under_other"]
    assert notice[["text", "n"]].values.tolist() == [["2", 1]]


@pytest.mark.parametrize(
    "text", ["SMS ou MSM", "Fax du cabinet", "pas de fax", "Lifen / Olvid", "12"]
)
def test_a_text_that_holds_or_resembles_a_level_stays_wrong(text, codebook, tmp_path):
    found = export(tmp_path / "a.csv", codebook, [text, "Fax"], ["", ""])
    with pytest.raises(ExportError, match="1 problem"):
        tidy_answers(found, codebook)


def test_where_the_file_has_free_texts_a_strange_answer_is_wrong(codebook, tmp_path):
    more = {"Outil habituel (autre)": ["", "Healphi"]}
    found = export(tmp_path / "a.csv", codebook, ["Olvid", ""], ["", ""], **more)
    with pytest.raises(ExportError, match="Olvid"):
        tidy_answers(found, codebook)
