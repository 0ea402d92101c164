"""Tables of the reconstruction."""

import pandas as pd
import pytest
from helpers import speaking

from esslib.display import tables

LABELS = {
    "primary": "Deux groupes",
    "users": "Utilisateurs",
    "gender.male": "Masculin",
    "gender": "Genre",
    "male": "Sexe masculin",
}
FAMILIES = pd.DataFrame({"family": ["tableau_1", "primary"], "n": [3, 2], "n_met": [3, 1]})
READINGS = pd.DataFrame(
    {
        "target": ["tableau_1.gender.users", "multivariate.male.ci_low"],
        "kind": ["totals", "left_out"],
        "reading": ["1 sans réponse", "abandonnée"],
    }
)
TARGETS = pd.DataFrame(
    [
        ("tableau_1.gender.male.users.n", "8", 8.0, 1, 0.0),
        ("primary.all.p_value", "<0.001", 0.00012, 1, 0.0),
        ("multivariate.male.coefficient", "-0.86", -0.8712, 0, 0.0062),
    ],
    columns=["target", "printed", "achieved", "met", "missed_by"],
)
PROOF = pd.DataFrame(
    [("male", -0.865, -0.855, -0.875, -0.865)],
    columns=["covariate", "coefficient_low", "coefficient_high", "middle_low", "middle_high"],
)
MAKERS = {
    "families": (tables.families, FAMILIES),
    "readings": (tables.readings, READINGS),
    "targets": (tables.targets, TARGETS),
    "attainable": (tables.attainable, PROOF),
}


def make(name, *, lang="fr"):
    maker, frame = MAKERS[name]
    return maker(frame, speaking(lang, labels=LABELS, is_synthetic=True))


def rows(name, **options):
    return [
        [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row]
        for row in make(name, **options).rows()
    ]


def test_families_say_how_many_are_met():
    assert rows("families") == [["Tableau 1", "3", "3"], ["Deux groupes", "2", "1"]]


def test_readings_are_named_by_kind():
    assert make("readings").sections == (
        "Effectifs qui ne font pas le total",
        "Cases hors d'atteinte",
    )
    assert rows("readings") == [
        ["Tableau 1", "Genre · Utilisateurs", "1 sans réponse"],
        ["Analyse multivariée", "Sexe masculin · Borne inférieure de l'intervalle", "abandonnée"],
    ]


def test_targets_are_met_or_missed_by_so_much():
    assert make("targets").sections == ("Tableau 1", "Deux groupes", "Analyse multivariée")
    assert rows("targets") == [
        ["Masculin · Utilisateurs", "8", "8", "✓"],
        ["p", "< 0,001", "< 0,001", "✓"],
        ["Sexe masculin · Coefficient", "−0,86", "−0,871", "0,006"],
    ]


def test_the_two_intervals_of_a_proof():
    assert rows("attainable") == [["Sexe masculin", "[−0,865 ; −0,855]", "[−0,875 ; −0,865]"]]
    assert rows("attainable", lang="en")[0][1] == "[−0.865, −0.855]"


@pytest.mark.parametrize("name", MAKERS)
def test_every_column_is_needed_and_the_frame_stays(name):
    maker, frame = MAKERS[name]
    before = frame.copy()
    assert ("synthétiques" in make(name).mark) == (name != "attainable")  # which is of the print
    pd.testing.assert_frame_equal(frame, before)
    for column in frame:
        with pytest.raises(ValueError, match=f"no column '{column}'"):
            maker(frame.drop(columns=column), speaking(labels=LABELS))
