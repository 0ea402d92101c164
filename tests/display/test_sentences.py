"""Sentences: what result frames come to, on small typed frames."""

import numpy as np
import pandas as pd
import pytest
from helpers import speaking
from test_tables import RESULTS
from test_tables_trust import EITHER, FIT, ONE_BY_ONE, OWN_LABELS, TOGETHER, VALIDATION

from esslib.display import sentences
from printed.numerals import NO_BREAK

VOICE = speaking(labels={"a": "Âge < 45 ans", "b": "Zone urbaine"})
GROUPS = {
    "users": "Utilisateurs",
    "non_users": "Non-utilisateurs",
    "primary": "Les deux groupes",
}


def gaps(**reasons):
    rows = [[code, reason] for reason, codes in reasons.items() for code in codes]
    return pd.DataFrame(rows, columns=["covariate", "reason"])


NO_GAPS = gaps()


def plain(text):
    return text.replace(NO_BREAK, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_ends_are_said_with_their_numbers():
    frame = pd.DataFrame(
        {
            "variable": ["q1", "q2", "ess_total"],
            "floor_percent": [15.0, 15.1, 0.0],
            "ceiling_percent": [50.0, 16.0, 2.4],
        }
    )

    said = sentences.ends(frame, speaking()).replace("\N{NO-BREAK SPACE}", " ")

    assert "plancher) : 1 sur 2 ; au maximum (effet plafond) : 2 sur 2" in said
    assert said.endswith("0 % des répondants au minimum, 2 % au maximum.")


def test_items_that_carry_a_difference_are_named():
    shares = pd.Series({"q1": 60.0, "q2": 45.4, "q3": -5.4, "q4": float("nan")})

    said = sentences.carriers(shares, speaking(labels={"q1": "Accès"}, is_synthetic=True))
    said = said.replace("\N{NO-BREAK SPACE}", " ")

    assert "le plus la différence : Accès (60 %), q2 (45 %), q3 (−5 %) ; ensemble, 100 %" in said
    assert "le moins : q2 (45 %), q3 (−5 %). Données synthétiques" in said
    nothing = sentences.carriers(shares * float("nan"), speaking())
    assert "ne peuvent être comparées" in nothing


def test_the_spread_over_cohorts_is_said():
    rows = [["alpha_complete", "", "", 19, 0.903, 0.98], ["omega_ordinal", "", "", 20, 0.8, 0.9]]
    others = [["na_percent", "q1", "", 20, 1.0, 2.0], ["na_percent", "", "users", 20, 1.0, 2.0]]
    columns = ["statistic", "variable", "groups", "n_cohorts", "minimum", "maximum"]

    said = sentences.spread(pd.DataFrame([*rows, *others], columns=columns), speaking())

    assert said.startswith("Sur 19 cohortes")
    assert "va de 0,90 à 0,98 et l'oméga de 0,80 à 0,90" in said


def test_multiplicity_counts_tests_that_were_made():
    text = plain(sentences.multiplicity(ONE_BY_ONE, speaking(alpha=0.02)))
    assert "au seuil de 2 % : 1 sur 1 sans correction, 0 après Holm, 1 après" in text
    assert "0,0 en moyenne" in text


def test_significance_is_told_method_by_method():
    first, second = sentences.significance(ONE_BY_ONE, TOGETHER, ["a", "b"], VOICE)
    assert plain(first) == (
        "« Âge < 45 ans » : association significative avec le khi-deux (p = 0,013), "
        "Holm (p = 0,026), Benjamini-Hochberg (p < 0,001), le profil (p = 0,040) ; "
        "non significative avec Wald (p = 0,051), Firth (p = 0,066)."
    )
    assert "non significative quelle que soit la méthode" in second
    (strict,) = sentences.significance(ONE_BY_ONE, TOGETHER, ["a"], speaking(alpha=0.5))
    assert "significative avec toutes les méthodes" in strict


def test_the_rarer_outcome_is_what_counts():
    events, separation, expected = (
        plain(text) for text in sentences.model_limits(FIT, VALIDATION, NO_GAPS, VOICE)
    )
    assert "12 coefficients avec 32 répondants dans le plus petit des deux groupes" in events
    assert "(49 ont un outil sécurisé, sur 81), soit 2,7 événements" in events
    assert "ces données en soutiennent 3. C'est trop peu" in events
    assert "Dans 23 des 1 000 rééchantillonnages" in separation
    assert "74 % des cas ici" in expected and "60 % chez de nouveaux" in expected
    assert expected.endswith("multiplier par 0,44.")


def test_enough_events_are_said_to_be_enough():
    many = FIT.assign(events_per_variable=10.0)
    assert "c'est assez" in sentences.model_limits(many, VALIDATION, NO_GAPS, VOICE)[0]


def test_a_model_without_an_answer_says_what_stands_in_its_way():
    lacking = gaps(constant=["a"], separating=["b", "a"])
    nothing = VALIDATION.assign(apparent=np.nan, corrected=np.nan, n_used=0)
    events, separated, constant = sentences.model_limits(FIT, nothing, lacking, VOICE)
    assert "3. C'est trop peu" in plain(events)
    assert plain(separated).startswith("Zone urbaine, Âge < 45 ans : ces caractéristiques séparent")
    assert plain(constant).startswith("Âge < 45 ans : même réponse")


def test_methods_without_an_answer_are_not_told():
    lone = TOGETHER.assign(p_value=np.nan, profile_p=np.nan)
    (told,) = sentences.significance(ONE_BY_ONE, lone, ["b"], VOICE)
    assert plain(told).endswith("quelle que soit la méthode, Firth (p = 0,169).")


def test_tests_that_change_their_verdict_are_named():
    voice = speaking(covariates=OWN_LABELS)
    assert plain(sentences.changing_tests(EITHER, voice)).endswith(
        ": 1 sur 2 (« Chaque semaine », analyse multivariée)."
    )
    assert "aucun des 1 tests" in plain(sentences.changing_tests(EITHER.iloc[:2], voice))
    lacking = EITHER.assign(p_value=[0.038, 0.013, None, 0.041])
    assert "aucun des 1 tests" in plain(sentences.changing_tests(lacking, voice))


def test_printed_numbers_that_are_met_are_counted():
    beside = pd.DataFrame({"match": ["nearest", "truncated", "differs"]})
    assert (
        plain(sentences.printed_met(beside, speaking()))
        == "Nombres imprimés retrouvés : 2 sur 3 (67 %)."
    )
    assert "0 sur 0" in plain(sentences.printed_met(beside.iloc[:0], speaking()))


def test_a_sentence_tells_the_comparison():
    french = sentences.contrasts(
        *RESULTS.values(), speaking(labels=GROUPS, is_synthetic=True, alpha=0.1)
    )
    assert list(french) == ["primary"]
    assert plain(french["primary"]) == (
        "Les deux groupes : le score moyen est de 63,9 ± 10,5 points (médiane et quartiles : "
        "64,5 [57,0 ; 71,0] ; n = 21) dans le groupe « Utilisateurs », et de 47,3 ± 12,0 points "
        "(médiane et quartiles : 47,0 [38,0 ; 55,5] ; n = 60) dans le groupe « Non-utilisateurs ». "
        "La différence des moyennes est de 16,6 points, IC 90 % [0,0 ; 22,3] (test de "
        "Mann-Whitney : p < 0,001 ; après correction de Holm pour 2 comparaisons : p < 0,001). "
        "La probabilité de supériorité du premier groupe est de 0,83, IC 90 % [0,72 ; –], et le "
        "g de Hedges de 1,41, IC 90 % [0,93 ; 1,92] (intervalles par bootstrap). "
        "Données synthétiques : aucune réponse réelle n'a été utilisée."
    )
    english = sentences.contrasts(*RESULTS.values(), speaking("en", labels=GROUPS))["primary"]
    assert plain(english).endswith("Hedges' g is 1.41, 95% CI [0.93, 1.92] (bootstrap intervals).")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("group_summaries", "sd"),
        ("group_tests", "p_value"),
        ("effect_sizes", "method"),
        ("robust_tests", "p_holm"),
    ],
)
def test_a_sentence_needs_its_columns(table, column):
    lacking = {**RESULTS, table: RESULTS[table].drop(columns=column)}
    with pytest.raises(ValueError, match=f"{table}: the frame has no column '{column}'"):
        sentences.contrasts(*lacking.values(), VOICE)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_blank_stays_open(lang):
    voice = speaking(lang, covariates=OWN_LABELS)
    lacking = gaps(constant=["a"], separating=["b"])
    texts = [
        *sentences.model_limits(FIT, VALIDATION, NO_GAPS, voice),
        *sentences.model_limits(FIT, VALIDATION, lacking, voice),
        sentences.multiplicity(ONE_BY_ONE, voice),
        sentences.changing_tests(EITHER, voice),
    ]
    assert not [text for text in texts if "{" in text]
