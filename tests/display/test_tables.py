"""Tables for people: what the cells say, what the HTML is, and that both stay the same."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from helpers import speaking, surroundings

from esslib.display import tables
from esslib.display.tables import plain, word
from printed.numerals import NO_BREAK

MEASURES = ["mean", "sd", "median", "q1", "q3"]
ABSENT = [None] * len(MEASURES)
WHO = pd.DataFrame(
    [
        ["population", "population", "users", 20, 20, 100, *ABSENT],
        ["population", "population", "non_users", 60, 60, 100, *ABSENT],
        ["gender", "male", "users", 8, 19, 42.105, *ABSENT],
        ["gender", "male", "non_users", 35, 60, 58.333, *ABSENT],
        ["gender", "female", "users", 11, 19, 57.895, *ABSENT],
        ["gender", "female", "non_users", 25, 60, 41.667, *ABSENT],
        ["age", "age", "users", 20, 20, None, 41.09, 8.39, 41, 34.25, 48],
        ["age", "age", "non_users", 60, 60, None, 41.71, 11.55, 37, 32, 51],
        ["zone", "zip", "users", 20, 20, 100, *ABSENT],
        ["zone", "zip", "non_users", 6, 60, 10, *ABSENT],
        ["zone", "urban", "users", 10, 20, 50, *ABSENT],
        ["zone", "urban", "non_users", 0, 60, 0, *ABSENT],
        ["zone", "others", "users", 47, 20, None, *ABSENT],
        ["zone", "others", "non_users", 136, 60, None, *ABSENT],
    ],
    columns=["section", "level", "group", "n", "n_answered", "percent", *MEASURES],
).astype(dict.fromkeys(["percent", *MEASURES], "float64"))
SCORES = pd.DataFrame(
    {
        "contrast": ["primary", "primary"],
        "group": ["users", "non_users"],
        "n": [21, 60],
        "mean": [63.9, 47.25],
        "sd": [10.5, 12.0],
        "median": [64.5, 47.0],
        "q1": [57.0, 38.0],
        "q3": [71.0, 55.5],
        "shapiro_p": [0.3204, 0.0001],
    }
)
TESTS = pd.DataFrame(
    {
        "contrast": ["primary"],
        "difference": [16.6],
        "ci_low": [-0.04],
        "ci_high": [22.3],
        "p_value": [0.00002],
        "rank_biserial": [-0.664],
    }
)
ONE_BY_ONE = pd.DataFrame(
    {
        "covariate": ["male", "urban"],
        "secured_exposed": [17, 1],
        "secured_unexposed": [15, 31],
        "other_exposed": [26, 48],
        "other_unexposed": [23, 1],
        "odds_ratio": [1.0026, 0.0007],
        "ci_low": [0.41, 0.00004],
        "ci_high": [2.446, 0.011],
        "p_value": [0.99547, 1e-12],
        "p_fisher": [1.0, 0.0004],
    }
)
TOGETHER = pd.DataFrame(
    {
        "covariate": ["urban", "male"],
        "coefficient": [-0.76, 9.0],
        "ci_low": [-1.76, -3.0],
        "ci_high": [0.24, 21.0],
        "p_value": [0.136, float("nan")],
        "firth_coefficient": [-0.655, 4.0],
        "firth_ci_low": [-1.5, 1.0],
        "firth_ci_high": [0.2, float("inf")],
        "firth_p": [0.14, 0.0304],
    }
)
ITEMS = pd.DataFrame(
    {
        "item": ["ess_q01", "ess_q02"],
        "n": [81, 81],
        "n_agree": [60, 20],
        "n_not_applicable": [20, 61],
        "n_unanswered": [1, 0],
        "median": [3.0, 2.5],
        "item_total": [0.412, -0.05],
        "alpha_if_dropped": [0.884, 0.9],
    }
)
BY_CLASS = pd.DataFrame(
    {
        "item": ["ess_q01", "ess_q01"],
        "tool_class": ["users", "non_secured"],
        "n_agree": [12, 18],
        "n_not_applicable": [0, 10],
        "na_percent": [0.0, 23.26],
        "na_ci_low": [0.0, 13.2],
        "na_ci_high": [15.5, 37.7],
    }
)
ENDS = pd.DataFrame(
    {"variable": ["ess_q01", "ess_total"], "n": [68, 0], "n_floor": [2, 0], "n_ceiling": [40, 0]}
)
BETWEEN = pd.DataFrame(
    {
        "variable": ["ess_total", "ess_q01"],
        "group_a": "users",
        "group_b": "non_secured",
        "n_a": [21, 21],
        "n_b": [43, 0],
        "mean_a": [63.46, float("nan")],
        "mean_b": [46.35, float("nan")],
        "difference": [17.11, float("nan")],
        "ci_low": [11.5, float("nan")],
        "ci_high": [22.7, float("nan")],
        "cliff_delta": [0.76, float("nan")],
        "delta_ci_low": [0.584, float("nan")],
        "delta_ci_high": [0.931, float("nan")],
        "p_holm": [0.00001, float("nan")],
        "share_percent": [100.0, -2.25],
    }
)
AMONG = pd.DataFrame(
    {
        "statistic": ["n_complete", "alpha_complete", "difference", "share_percent"],
        "variable": ["", "", "ess_total", "ess_q01"],
        "groups": ["", "", "users - non_users", "users - non_users"],
        "estimate": [11.0, 0.9416, 17.11, 0.29],
        "n_cohorts": [20, 19, 20, 20],
        "minimum": [4.0, 0.9, 15.0, -1.5],
        "maximum": [14.0, 0.998, 18.24, 3.03],
    }
)
BESIDE = pd.DataFrame(
    {
        "row": ["primary", "primary", "male"],
        "group": ["users", "all", ""],
        "statistic": ["mean", "p_value", "coefficient"],
        "printed": ["63.9", "<0.001", "-0.76"],
        "shown": ["63.9", "<0.001", "-0.75"],
        "match": ["truncated", "nearest", "differs"],
    }
)
SIZES = pd.DataFrame(
    {
        "contrast": "primary",
        "statistic": ["hedges_g", "hedges_g", "cles", "cles"],
        "method": ["noncentral_t", "bootstrap", "brunner_munzel", "bootstrap"],
        "estimate": [1.409, 1.409, 0.826, 0.826],
        "ci_low": [0.867, 0.934, 0.7329, 0.718],
        "ci_high": [1.944, 1.924, 1.0, float("nan")],
    }
)
RETESTS = pd.DataFrame(
    {
        "contrast": ["primary", "primary", "secondary_1"],
        "test": ["mann_whitney", "welch", "mann_whitney"],
        "statistic": [1041.0, -5.996, float("nan")],
        "p_value": [0.00002, 0.0132, 0.8],
        "p_holm": [0.00004, 0.0264, 0.8],
    }
)
LABELS = {
    "users": "Utilisateurs",
    "non_users": "Non-utilisateurs",
    "primary": "Les deux groupes",
    "gender": "Genre",
    "gender.male": "Masculin",
    "age": "Âge (années)",
    "zone": "Zone",
    "male": "Sexe masculin",
    "urban": "Zone : urbaine",
    "n_agree": "Plutôt d'accord",
    "ess_q01": "Accès verrouillé",
}
MAKERS = {
    "tableau_1": (tables.characteristics, WHO, None),
    "comparison": (tables.comparison, SCORES, TESTS),
    "bivariate": (tables.association, ONE_BY_ONE),
    "multivariate": (tables.association, TOGETHER),
    "items": (tables.items, ITEMS),
    "items_by_class": (tables.items_by_class, BY_CLASS),
    "floor_ceiling": (tables.floor_ceiling, ENDS),
    "known_groups": (tables.known_groups, BETWEEN),
    "item_differences": (tables.item_differences, BETWEEN),
    "ranges": (tables.ranges, AMONG),
    "beside_printed": (tables.beside_printed, BESIDE),
    "effect_sizes": (tables.difference_sizes, SIZES),
    "robust_tests": (tables.retests, RETESTS),
}


def make(name, *, frames=None, labels=LABELS, synthetic=True, **given):
    maker, *own = MAKERS[name]
    return maker(*(frames or own), speaking(labels=labels, is_synthetic=synthetic, **given))


def spaced(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def rows(name, **options) -> list[list[str]]:
    return [[spaced(cell) for cell in row] for row in make(name, **options).rows()]


def headings(name, **options) -> list[str]:
    return [spaced(heading) for heading in make(name, **options).cells.columns]


class Page(HTMLParser):
    """The elements of a page in order, the text of each, and whether each is closed."""

    VOID = ("meta", "link", "img", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[list[str]] = []
        self.open: list[int] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.texts.append([])
        if tag not in self.VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag):
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data):
        for place in self.open:
            self.texts[place].append(data)

    def all(self, tag, **wanted) -> list[tuple[str, dict[str, str | None]]]:
        return [
            (spaced("".join(text)).strip(), attributes)
            for (name, attributes), text in zip(self.elements, self.texts, strict=True)
            if name == tag and wanted.items() <= attributes.items()
        ]


def test_tableau_1_shows_counts_shares_and_numbers():
    assert rows("tableau_1") == [
        ["Masculin", "8 (42 %)", "35 (58 %)"],
        ["gender.female", "11 (58 %)", "25 (42 %)"],
        ["Ont répondu", "19 sur 20", "60 sur 60"],
        ["Moyenne ± écart type", "41,1 ± 8,4", "41,7 ± 11,6"],
        ["Médiane [Q1 ; Q3]", "41,0 [34,3 ; 48,0]", "37,0 [32,0 ; 51,0]"],
        ["zone.zip", "20 (100 %)", "6 (10 %)"],
        ["zone.urban", "10 (50 %)", "0"],
        ["zone.others", "47", "136"],
    ]
    assert headings("tableau_1") == [
        "Caractéristique",
        "Utilisateurs (n = 20)",
        "Non-utilisateurs (n = 60)",
    ]


def test_tableau_1_says_where_several_answers_were_allowed():
    titles = [title for title, _ in make("tableau_1").blocks()]
    assert titles == ["Genre", "Âge (années)", "Zone (plusieurs réponses possibles)"]


def test_a_row_for_no_answer_is_no_second_answer():
    rest = {"section": "gender", "level": "no_answer", **dict.fromkeys(MEASURES)}
    missing = [
        {**rest, "group": "users", "n": 1, "n_answered": 20, "percent": 5.0},
        {**rest, "group": "non_users", "n": 0, "n_answered": 60, "percent": 0.0},
    ]
    frame = pd.concat([WHO, pd.DataFrame(missing).astype(WHO.dtypes)], ignore_index=True)
    shown = make("tableau_1", frames=[frame, None])
    assert shown.blocks()[0][0] == "Genre"
    assert "Ont répondu" not in shown.cells["Caractéristique"].tolist()


def test_tableau_1_leaves_a_dash_where_a_group_has_no_row():
    frame = WHO.drop(index=WHO.index[(WHO["level"] == "male") & (WHO["group"] == "users")])
    assert rows("tableau_1", frames=[frame, None])[0] == ["Masculin", "–", "35 (58 %)"]


def test_tableau_1_reads_whole_numbers_with_missing_cells():
    frame = WHO.astype({"n": "Int64", "n_answered": "Int64"})
    assert rows("tableau_1", frames=[frame, None]) == rows("tableau_1")


BALANCE = pd.DataFrame(
    {
        "section": ["gender", "age", "zone", "zone", "elsewhere"],
        "level": [None, None, "zip", "urban", None],
        "standardised_difference": [-0.333, 0.06, float("inf"), float("nan"), 9.0],
        "test": ["chi2", "mann_whitney", "fisher", "fisher", "chi2"],
        "p_value": [0.2214, 0.9999, 0.00001, float("nan"), 0.5],
    }
)


def test_tableau_1_can_show_balance_and_names_the_tests():
    before = BALANCE.copy(deep=True)
    table = make("tableau_1", frames=[WHO, BALANCE])
    pd.testing.assert_frame_equal(BALANCE, before)
    assert [spaced(heading) for heading in table.cells.columns[-2:]] == [
        "Différence standardisée",
        "p",
    ]
    assert [[spaced(cell) for cell in row[-2:]] for row in table.rows()] == [
        ["−0,33", "0,221 a"],
        ["", ""],
        ["", ""],
        ["0,06", "> 0,999 b"],
        ["", ""],
        ["∞", "< 0,001 c"],
        ["–", "–"],
        ["", ""],
    ]
    tests = "a = khi-deux sans correction, b = Mann-Whitney, c = exact de Fisher"
    assert spaced(table.notes[-1]) == f"Tests, sans ajustement pour leur nombre : {tests}."
    assert table.cells.iloc[:, :3].equals(make("tableau_1").cells)


def test_balance_needs_its_columns():
    with pytest.raises(ValueError, match="balance: the frame has no column 'test'"):
        make("tableau_1", frames=[WHO, BALANCE.drop(columns="test")])


def test_comparison_shows_each_group_and_the_test_once():
    first = ["Utilisateurs", "21", "63,9 ± 10,5", "64,5 [57,0 ; 71,0]", "0,320"]
    second = ["Non-utilisateurs", "60", "47,3 ± 12,0", "47,0 [38,0 ; 55,5]", "< 0,001"]
    test = ["16,6 [0,0 ; 22,3]", "< 0,001", "−0,66"]
    assert rows("comparison") == [first + test, second + [""] * 3]
    assert make("comparison").sections == ("Les deux groupes",) * 2


def test_effect_sizes_name_the_method_of_each_interval():
    assert rows("effect_sizes") == [
        ["g de Hedges", "t non central", "1,41 [0,87 ; 1,94]"],
        ["g de Hedges", "bootstrap (BCa)", "1,41 [0,93 ; 1,92]"],
        ["Probabilité de supériorité", "Brunner-Munzel", "0,83 [0,73 ; 1,00]"],
        ["Probabilité de supériorité", "bootstrap (BCa)", "0,83 [0,72 ; –]"],
    ]
    assert make("effect_sizes").sections == ("Les deux groupes",) * 4


def test_robust_tests_show_both_p():
    assert rows("robust_tests") == [
        ["Mann-Whitney", "1 041,00", "< 0,001", "< 0,001"],
        ["t de Welch", "−6,00", "0,013", "0,026"],
        ["Mann-Whitney", "–", "0,800", "0,800"],
    ]


RESULTS = {
    "group_summaries": SCORES,
    "group_tests": TESTS,
    "effect_sizes": SIZES,
    "robust_tests": RETESTS,
}


def test_bivariate_never_prints_zero_or_certainty():
    assert rows("bivariate") == [
        ["Sexe masculin", "17 sur 32", "26 sur 49", "1,00 [0,41 ; 2,45]", "0,995", "> 0,999"],
        [
            "Zone : urbaine",
            "1 sur 32",
            "48 sur 49",
            "0,00070 [0,00004 ; 0,01100]",
            "< 0,001",
            "< 0,001",
        ],
    ]


def test_multivariate_shows_both_estimators_and_the_odds_ratio():
    assert rows("multivariate") == [
        [
            "Zone : urbaine",
            "−0,76 [−1,76 ; 0,24]",
            "0,47",
            "0,136",
            "−0,66 [−1,50 ; 0,20]",
            "0,140",
        ],
        ["Sexe masculin", "9,00 [−3,00 ; 21,00]", "> 1 000", "–", "4,00 [1,00 ; ∞]", "0,030"],
    ]


@pytest.mark.parametrize(
    ("alpha", "level"), [(0.05, "95 %"), (0.1, "90 %"), (0.001, "99,9 %"), (0.01, "99 %")]
)
def test_heading_names_the_level_of_the_interval(alpha, level):
    for name in ("bivariate", "multivariate", "comparison", "effect_sizes"):
        shown = make(name, alpha=alpha).cells.columns
        assert any(f"[IC {level}]" in spaced(heading) for heading in shown)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.9996, "> 0,99"),
        (-0.9951, "< −0,99"),
        (1.0, "1,00"),
        (-1.0, "−1,00"),
        (0.994, "0,99"),
        (float("nan"), "–"),
    ],
)
def test_coefficient_is_one_only_when_it_is_one(value, text):
    assert rows("comparison", frames=[SCORES, TESTS.assign(rank_biserial=value)])[0][-1] == text


def test_items_follow_the_columns_of_the_frame():
    assert headings("items") == [
        "Item",
        "Plutôt d'accord",
        "n_not_applicable",
        "Sans réponse",
        "Médiane (points)",
        "r item-reste",
        "Alpha sans l'item",
    ]
    assert rows("items") == [
        ["Accès verrouillé", "60", "20", "1", "3,0", "0,41", "0,88"],
        ["ess_q02", "20", "61", "0", "2,5", "−0,05", "0,90"],
    ]


def test_classes_show_their_answers_and_how_often_none_applied():
    assert rows("items_by_class")[1] == ["non_secured", "18", "10", "23 [13 ; 38]"]
    assert make("items_by_class").sections == ("Accès verrouillé", "Accès verrouillé")


def test_ends_are_counted_and_nobody_has_no_share():
    assert rows("floor_ceiling") == [
        ["Accès verrouillé", "68", "2 (3 %)", "40 (59 %)"],
        ["Score e-Santé Sécurité", "0", "0 (–)", "0 (–)"],
    ]


def test_score_and_items_stand_in_two_tables():
    assert rows("known_groups") == [
        [
            "Utilisateurs − non_secured", "63,5 (n = 21)", "46,4 (n = 43)", "17,1 [11,5 ; 22,7]",
            "0,76 [0,58 ; 0,93]", "< 0,001",
        ]
    ]  # fmt: skip
    ((item, first, *_, share),) = rows("item_differences")
    assert (item, first, share) == ("Accès verrouillé", "– (n = 21)", "−2 %")
    assert make("item_differences").sections == ("Utilisateurs − non_secured",)


def test_ranges_write_each_statistic_in_its_own_way():
    assert [row[1:] for row in rows("ranges")] == [
        ["11", "4 à 14", "20"],
        ["0,94", "0,90 à > 0,99", "19"],
        ["17,1", "15,0 à 18,2", "20"],
        ["0 %", "−2 % à 3 %", "20"],
    ]
    assert [row[0] for row in rows("ranges")][2:] == [
        "Utilisateurs − Non-utilisateurs",
        "Accès verrouillé",
    ]
    assert make("ranges").sections == (
        *("Ensemble des items", "Ensemble des items", "Différence des moyennes"),
        "Part de la différence, Utilisateurs − Non-utilisateurs",
    )


def test_beside_printed_says_in_words_whether_numbers_agree():
    assert rows("beside_printed") == [
        ["Les deux groupes · Utilisateurs", "Moyenne", "63,9", "63,9", "✓ identique (troncature)"],
        ["Les deux groupes", "p", "< 0,001", "< 0,001", "✓ identique"],
        ["Sexe masculin", "Coefficient", "−0,76", "−0,75", "≠ différent"],
    ]


def test_english_has_a_decimal_point():
    assert rows("comparison", lang="en")[0][2:4] == ["63.9 ± 10.5", "64.5 [57.0, 71.0]"]
    assert rows("beside_printed", lang="en")[2][2:] == ["−0.76", "−0.75", "≠ different"]
    assert headings("bivariate", lang="en")[3] == "OR [95% CI]"


@pytest.mark.parametrize("name", MAKERS)
def test_french_numbers_have_a_comma_and_hold_together(name):
    for row in make(name).rows():
        for cell in row[1:]:
            assert "." not in cell
            assert " ±" not in cell and " ;" not in cell and " %" not in cell


@pytest.mark.parametrize("name", MAKERS)
def test_inputs_stay_unchanged(name):
    frames = [frame for frame in MAKERS[name][1:] if frame is not None]
    before, labels = [frame.copy(deep=True) for frame in frames], dict(LABELS)
    make(name, labels=labels)
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    assert labels == LABELS


@pytest.mark.parametrize("name", MAKERS)
def test_every_column_is_needed_and_named_when_missing(name):
    frames = MAKERS[name][1:]
    is_free = name.startswith("items")  # which show the answers that are there
    for place, frame in enumerate(frames):
        for column in frame if frame is not None else ():
            if not (is_free and column.startswith("n_")) and (name, column) != ("items", "n"):
                lacking = [*frames[:place], frame.drop(columns=column), *frames[place + 1 :]]
                with pytest.raises(ValueError, match=f"no column '{column}'"):
                    make(name, frames=lacking)


@pytest.mark.parametrize("name", MAKERS)
def test_no_table_speaks_without_a_voice(name):
    maker, *frames = MAKERS[name]
    with pytest.raises(TypeError, match="voice"):
        maker(*frames)


def test_words_are_set_to_the_left_and_numbers_to_the_right():
    assert make("beside_printed").sides() == ["left", "left", "right", "right", "left"]
    assert set(make("bivariate").sides()[1:]) == {"right"}
    page = Page(tables.as_html(make("beside_printed")))
    classes = [str(attributes["class"]).split()[-1] for _, attributes in page.all("td")[:4]]
    assert classes == ["gt_left", "gt_right", "gt_right", "gt_left"]


def test_a_folded_table_stands_behind_its_caption():
    table = replace(make("bivariate"), caption="p < 0,05 & autres")
    for shown, summary in [
        (tables.folded(table), table.caption),
        (tables.folded(table, summary="<b>"), "<b>"),
    ]:
        html = shown._repr_html_()
        page = Page(html)
        assert [tag for tag, _ in page.elements][:3] == ["details", "summary", "div"]
        assert "open" not in page.all("details")[0][1]
        assert page.all("summary")[0][0] == summary
        assert tables.as_html(table) in html


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_html_is_one_table_with_caption_and_headers(name, lang):
    table = make(name, lang=lang)
    page = Page(tables.as_html(table))
    assert len(page.all("table")) == 1
    [(caption, attributes)] = page.all("caption")
    mark = speaking(lang).say("synthetic")
    assert caption == spaced(table.caption) + spaced(mark)
    assert page.all("div")[0][1]["aria-labelledby"] == attributes["id"]
    assert page.all("div")[0][1]["tabindex"] == "0"
    assert [text for text, _ in page.all("th", scope="col")] == [spaced(c) for c in table.cells]
    assert [text for text, _ in page.all("th", scope="row")] == [
        spaced(row[0]) for _, block in table.blocks() for row in block
    ]
    assert [text for text, _ in page.all("th", scope="colgroup")] == [
        spaced(title) for title, _ in table.blocks() if title
    ]
    assert [text for text, _ in page.all("td")] == [
        spaced(cell) for _, block in table.blocks() for row in block for cell in row[1:]
    ]
    assert [text for text, _ in page.all("p")] == [spaced(note) for note in table.notes]


@pytest.mark.parametrize("name", MAKERS)
def test_every_cell_points_to_headers_that_exist(name):
    page = Page(tables.as_html(make(name)))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.all("td"):
        assert set(str(attributes["headers"]).split()) <= set(ids)


@pytest.mark.parametrize("name", MAKERS)
def test_page_asks_nothing_of_the_network_and_runs_nothing(name, tmp_path):
    path = tables.write_html(make(name), tmp_path / "new" / f"{name}.html")
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    html = path.read_text(encoding="utf-8")
    page = Page(html.removeprefix("<!DOCTYPE html>\n"))
    assert page.elements[0] == ("html", {"lang": "fr"})
    assert len(page.all("h1")) == 1
    assert not page.all("script") and not page.all("link") and not page.all("img")
    assert "http" not in html and "url(" not in html and "@import" not in html
    assert all("src" not in attributes for _, attributes in page.elements)


def test_style_touches_only_its_own_table():
    html = tables.as_html(make("tableau_1"))
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    for line in style.splitlines():
        if line.strip() not in ("", "}") and "{" in line and not line.startswith("@media"):
            assert line.strip().startswith("#tableau_1")
    assert not re.search(r"(?<!-)width: *\d", style)


def test_text_from_an_export_is_never_markup():
    evil = '<script>alert("x")</script>&amp;'
    labels = {code: f"{evil}{code}" for code in [*LABELS, "gender.female", "n_not_applicable"]}
    for name in MAKERS:
        table = make(name, labels=labels)
        page = Page(tables.as_html(replace(table, caption=evil, notes=(evil,))))
        assert not page.all("script")
        assert page.all("caption")[0][0].startswith(evil)
        assert page.all("p")[0][0] == evil
        assert any(evil in text for text, _ in page.all("th"))


def test_mark_is_only_on_synthetic_data():
    assert "synthétiques" in tables.as_html(make("items"))
    assert "synthétiques" not in tables.as_html(make("items", synthetic=False))


def test_notebook_shows_the_same_html():
    table = make("bivariate")
    assert table._repr_html_() == tables.as_html(table)


WRITERS = {
    "html": tables.write_html,
    "docx": word.write_docx,
    "csv": plain.write_csv,
    "tex": plain.write_latex,
}
PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = {tests!r}
from test_tables import MAKERS, WRITERS, make
for name in MAKERS:
    for suffix, write in WRITERS.items():
        write(make(name), f"{{sys.argv[1]}}/{{name}}.{{suffix}}")
"""


@pytest.mark.long
def test_files_are_the_same_in_another_process(tmp_path):
    here = Path(__file__).parent
    program = PROGRAM.format(tests=[str(here), str(here.parent)])
    place = {"TZ": "Asia/Tokyo", "LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8"}
    env = surroundings(**place, PYTHONHASHSEED="7")
    command = [sys.executable, "-W", "error", "-c", program, str(tmp_path)]
    subprocess.run(command, env=env, check=True)
    for name in MAKERS:
        for suffix, write in WRITERS.items():
            here = write(make(name), tmp_path / "here")
            assert (tmp_path / f"{name}.{suffix}").read_bytes() == here.read_bytes()
