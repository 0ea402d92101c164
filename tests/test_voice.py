"""How a study speaks: what it is bound to once."""

from dataclasses import replace

import pytest

from esslib.paths import resolve
from esslib.survey.codebook import read_codebook
from esslib.voice import Voice, voice_of
from printed.numerals import LANGUAGES


@pytest.fixture(scope="module")
def codebook():
    return read_codebook(resolve("data/codebook"))


def test_a_voice_knows_every_label_of_a_codebook(codebook):
    voice = voice_of(codebook)
    known = ("users", "gender", "gender.male", "primary", "phone", "59", "n_not_applicable")
    assert [code for code in known if voice.label(code) == code] == []
    assert voice.label("n_not_applicable") == "Non applicable"
    assert voice.label("strange") == "strange"
    assert voice.groups[:2] == ("users", "non_users")
    assert voice.limits == (20, 80)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_covariate_is_called_as_its_analysis_cuts_it(codebook, lang):
    voice = voice_of(codebook, lang=lang)
    names = {voice.covariate("weekly_exchanges", analysis) for analysis in voice.covariates}
    assert len(voice.covariates) == len(names) == 2
    assert voice.covariate("users", "bivariate") == voice.label("users")


@pytest.mark.parametrize(
    ("is_synthetic", "min_count", "is_protected"),
    [(False, 5, True), (False, 2, True), (False, 0, False), (True, 5, False)],
)
def test_small_counts_are_withheld_of_a_real_cohort(is_synthetic, min_count, is_protected):
    voice = Voice(is_synthetic=is_synthetic, min_count=min_count)
    assert voice.is_protected == voice.averages == is_protected
    assert bool(voice.withheld) != is_synthetic
    assert ("Rien n'est retenu" in voice.withheld) == (min_count == 0)


def test_what_rests_on_no_respondent_bears_no_mark():
    voice = Voice("en", is_synthetic=True)
    assert voice.mark.startswith("Synthetic data")
    assert voice.unmarked == replace(voice, is_synthetic=False)
    assert voice.unmarked.marked("So.") == "So."


def test_every_group_looks_its_own_way_or_is_refused():
    many = Voice(groups=tuple("abcdefgh"))
    assert len({many.look(group) for group in many.groups}) == 8
    assert many.look("a") == ("C0", "o")
    with pytest.raises(ValueError, match="group 'i': 9 groups, and figures tell 8 apart"):
        many.look("i")


@pytest.mark.parametrize(
    ("alpha", "level"), [(0.05, "95%"), (0.1, "90%"), (0.001, "99.9%"), (0.01, "99%")]
)
def test_the_level_goes_with_alpha(alpha, level):
    assert Voice("en", alpha=alpha).level == level
