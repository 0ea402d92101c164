"""The audit: every known contradiction derived, no false alarm on sound numbers, fidelity, CLI."""

from fractions import Fraction as F
from math import exp, log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from printed.__main__ import main
from printed.book import VERDICTS, open_book
from printed.consistency import audit, count_verdicts, read_links
from printed.declared import CONVENTIONS, DECLARED
from printed.published import as_printed, parse, read_published
from printed.reproduction import reproduction
from printed.rows import estimate_tables
from printed.score_checks import tie_share
from printed.slips import mended, single_slips
from printed.two_by_two import p_values
from printed.wald import least_error, triple_of

FOLDER = Path(__file__).parents[2] / "data" / "published"
TABLES = Path(__file__).parents[2] / "results" / "tables"


@pytest.fixture(scope="module")
def published():
    return read_published(FOLDER / "published.csv")


@pytest.fixture(scope="module")
def links():
    return read_links(FOLDER / "links.csv")


@pytest.fixture(scope="module")
def audited(published, links):
    return audit(published, links)


def about(audited, check, name=""):
    """Rows of one check that bear on a number whose id holds `name`."""
    return audited[(audited["check"] == check) & audited["where"].str.contains(name, regex=False)]


def only(audited, check, name=""):
    rows = about(audited, check, name)
    assert len(rows) == 1
    return rows.iloc[0]


def test_contract(audited, published):
    assert list(audited.columns) == [
        "check",
        "where",
        "printed",
        "verdict",
        "readings",
        "expected",
        "proof",
    ]
    assert set(audited["verdict"]) <= set(VERDICTS)
    named = set(" ".join(audited["where"]).split())
    assert named <= set(published["id"])
    assert audited.loc[audited["verdict"] == "needs", "readings"].str.startswith("only ").all()
    assert named == set(published.loc[published["printed"].ne(""), "id"])


def test_the_audit_is_the_shipped_one(audited):
    shipped = pd.read_csv(TABLES / "audit.csv", dtype=str, keep_default_na=False)
    assert audited.to_dict("records") == shipped.to_dict("records")


@pytest.mark.parametrize(
    ("check", "name", "verdict", "expected", "proof"),
    [
        ("score_direction", "ess_points", "needs", "4 3 2 1", "bears 1 of at most 4"),
        ("outcome_definition", "male", "needs", "32 with", "doctolib_team or tool.mssante"),
        ("outcome_definition", "male", "needs", "32 with", "10 rows are exact"),
        ("two_by_two", ".male.", "consistent", "", "17, 15, 26, 23"),
        ("two_by_two", "over_3_corr", "consistent", "", "20, 12, 35, 14"),
        ("two_by_two", ".urban.", "consistent", "", "15, 17, 28, 21"),
        ("two_by_two", "zip_zone", "consistent", "", "5, 27, 8, 41"),
        ("two_by_two", "over_30_p", "consistent", "", "12, 20, 15, 34"),
        ("two_by_two", "home_visits", "consistent", "", "14, 18, 9, 40"),
        ("two_by_two", "teleconsultation", "consistent", "", "18, 14, 20, 29"),
        ("two_by_two", "over_75", "consistent", "", "21, 11, 22, 27"),
        ("two_by_two", "follow_up", "consistent", "", "9, 23, 10, 39"),
        ("two_by_two", "weekly", "consistent", "", "27, 5, 42, 7"),
        ("two_by_two", "liberal", "needs", "yates 0.6878", "interval has p 0.942"),
        ("two_by_two", "age_under_45", "needs", "", "none of the 0 2x2 tables of 81"),
        ("whole_from_parts", "primary", "needs", "with 17 and 43", "0 allow the mean"),
        ("standard_error_bound", "bivariate.age_under", "needs", "", "no 81 people"),
        ("levels_add_up", "consultation_reason.acute.users", "needs", "21", "sum 23"),
        ("exposed_against_counts", "zone.zip", "needs", "zone.zac (7)", "13 exposed"),
        ("exposed_against_counts", "teleconsultation", "needs", "no answer (2)", "38"),
        ("exposed_against_counts", "over_75", "needs", "43", "of that label 31"),
        ("exposed_against_counts", "follow_up", "needs", "19", "of that label 20"),
        ("exposed_against_counts", "weekly", "needs", "69", "of that label 55"),
        ("exposed_against_counts", "gender.male", "consistent", "", "43"),
        ("exposed_against_counts", "zone.urban", "consistent", "", "43"),
        ("exposed_against_counts", "over_30", "consistent", "", "27"),
        ("criteria", "salaried", "needs", "0", "3 are counted"),
        ("duplicated_cells", "liberal", "needs", "", "over_30_patients repeats"),
        ("interval_symmetry", "multivariate.excellent", "needs", "2.05", "midpoint"),
        ("interval_symmetry", "bivariate.excellent", "needs", "ci_low 0.99 (digit)", "geometric"),
        ("p_from_interval", "multivariate.weekly", "needs", "0.06", "Wald p"),
        ("p_from_interval", "multivariate.zip_zone", "needs", "0.27", "Wald p"),
        ("claimed_significance", "text.weekly", "needs", "not significant", "no effect"),
        ("interval_symmetry", "bivariate.over_3_dev", "needs", "7.90 (swapped)", "geometric"),
        ("percentages", "response_rate", "consistent", "450 invitations", "438 to 462"),
        ("rows_lacking", "male", "needs", "liberal_practice male", "2 rows of bivariate"),
        ("granularity", "age_years.users", "needs", "mean 41.10", "no attainable whole sum"),
    ],
)
def test_known_contradictions_are_derived(audited, check, name, verdict, expected, proof):
    row = only(audited, check, name)
    assert row["verdict"] == verdict
    assert expected in row["expected"]
    assert proof in row["proof"]


def test_both_significant_coefficients_rest_on_a_misprint(audited):
    claims = about(audited, "claimed_significance", "multivariate")
    assert claims["verdict"].eq("needs").all() and len(claims) == 2
    assert claims["proof"].str.contains("holds no effect").all()


def test_crude_row_repeats_the_adjusted_one(audited):
    repeated = about(audited, "between_tables").query("verdict == 'needs'")
    same = repeated[repeated["proof"].str.contains("the same within one unit")]
    assert same["where"].str.contains("excellent_it_skills|over_3_devices").all()
    assert len(same) == 2


def test_eleven_other_secured_would_need_many_ties(published):
    p = parse(published.set_index("id")["printed"]["text.secondary_2.all.p_value"]).interval()
    assert tie_share(p, 21, 17) == 1.0
    assert tie_share(p, 21, 11) < 0.7


def test_without_links_fewer_checks_and_no_error(published, audited):
    alone = audit(published)
    assert len(alone) < len(audited)
    assert set(alone["check"]) < set(audited["check"])


def test_inputs_unchanged(published, links):
    before = published.copy(), links.copy()
    audit(published, links)
    pd.testing.assert_frame_equal(published, before[0])
    pd.testing.assert_frame_equal(links, before[1])


def row_of(table, row, statistic, printed, group="all", **declared):
    name = f"{table}.{row}.{group}.{statistic}"
    return {
        "id": name,
        "where": "",
        "table": table,
        "row": row,
        "column": "",
        "group": group,
        "statistic": statistic,
        "printed": printed,
        "note": "",
        **dict.fromkeys(DECLARED, ""),
        **declared,
    }


CRUDE = {"adjusted": "crude", "kind": "binary", "interval": "wald", "level": "95", "test": "chi2"}
ADJUSTED = {**CRUDE, "adjusted": "adjusted", "model": "logistic", "test": "wald"}


def sound_study(seed, rounding):
    """Printed numbers of synthetic people, declared: what an error-free paper would print."""
    rng = np.random.default_rng(seed)
    n, n_outcome = 60, 24
    outcome = np.arange(n) < n_outcome
    rows = [row_of("text", "population", "n", str(n))]
    for name in "abcd":
        exposed = rng.random(n) < np.where(outcome, 0.6, 0.4)
        table = tuple(
            int((exposed == e)[outcome == o].sum()) for o in (True, False) for e in (True, False)
        )
        a, b, c, d = table
        centre, error = log(a * d / (b * c)), sqrt(sum(1 / x for x in table))
        numbers = {
            "odds_ratio": F(a * d, b * c),
            "ci_low": F(exp(centre - 1.96 * error)),
            "ci_high": F(exp(centre + 1.96 * error)),
        }
        rows += [
            row_of("crude", name, k, as_printed(v, 2, rounding=rounding), **CRUDE)
            for k, v in numbers.items()
        ]
        p = as_printed(F(p_values(table)["pearson"]), 3, rounding=rounding)
        rows.append(row_of("crude", name, "p_value", p, **CRUDE))
        rows += [
            row_of("logs", name, k, text, **ADJUSTED)
            for k, text in adjusted(centre, error, rounding).items()
        ]
        rows += [
            row_of("counts", f"{name}.{level}", "n", str(count))
            for level, count in (("yes", a + c), ("no", b + d))
        ]
    scores = rng.integers(1, 8, n)
    rows.append(
        row_of("text", "score", "mean", as_printed(F(int(scores.sum()), n), 2, rounding=rounding))
    )
    rows.append(
        row_of(
            "text", "score", "sd", as_printed(F(float(scores.std(ddof=1))), 2, rounding=rounding)
        )
    )
    names = {name: declared for declared, name in CONVENTIONS.items()} | {"trunc": "truncated"}
    return pd.DataFrame(rows).assign(convention=names[rounding])


def adjusted(centre, error, rounding):
    """A coefficient a little away from the crude one, with a wider interval and its Wald p."""
    centre, error = centre + 0.1, 1.1 * error
    p = 2 * float(stats.norm.sf(abs(centre / error)))
    ends = {"ci_low": centre - 1.96 * error, "ci_high": centre + 1.96 * error}
    numbers = {"coefficient": centre, **ends}
    texts = {name: as_printed(F(value), 2, rounding=rounding) for name, value in numbers.items()}
    return {**texts, "p_value": as_printed(F(p), 2, rounding=rounding)}


@pytest.mark.parametrize("rounding", ["up", "trunc"])
@pytest.mark.parametrize("seed", range(6))
def test_no_false_alarm_on_sound_numbers(seed, rounding):
    declared = sound_study(seed, rounding)
    found = audit(declared)
    wrong = found[found["verdict"].isin(["needs", "impossible"])]
    assert wrong[~wrong["check"].isin(["between_tables", "duplicated_cells"])].empty
    assert found["check"].eq("two_by_two").sum() == 4
    undeclared = audit(declared.assign(**dict.fromkeys(DECLARED, "")))
    assert not undeclared["verdict"].eq("impossible").any()


@given(st.floats(-2, 2), st.floats(0.2, 1), st.booleans(), st.sampled_from(["up", "trunc", "even"]))
def test_true_intervals_are_symmetric_and_give_their_p(centre, error, is_ratio, rounding):
    z = 1.96
    texts = {
        name: as_printed(F(exp(x) if is_ratio else x), 2, rounding=rounding)
        for name, x in (
            ("odds_ratio" if is_ratio else "coefficient", centre),
            ("ci_low", centre - z * error),
            ("ci_high", centre + z * error),
        )
    }
    triple = triple_of({name: parse(text) for name, text in texts.items()}, rounding)
    assert triple.symmetry() in ("yes", "tie")
    p = 2 * float(stats.norm.sf(abs(centre / error)))
    implied = triple.p_value()
    assert implied.low - 1e-6 <= p <= implied.high + 1e-6


@given(st.integers(0, 2**32 - 1))
def test_least_error_holds_for_weighted_least_squares(seed):
    """The bound of a logistic information matrix with any weights up to 1/4."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(12, 40))
    exposed = (rng.permutation(n) < rng.integers(3, n - 3)).astype(float)
    design = np.column_stack([np.ones(n), exposed, rng.normal(size=(n, 2))])
    weight = rng.uniform(0.01, 0.25, n)
    error = sqrt(np.linalg.inv(design.T @ (weight[:, None] * design))[1, 1])
    assert error >= least_error(n, int(exposed.sum())) - 1e-9
    assert least_error(n, int(exposed.sum())) >= least_error(n) - 1e-9


@pytest.mark.parametrize(
    ("printed", "right"),
    [("2.99", "0.99"), ("0.7", "0.79"), ("7.09", "7.90"), ("0.59", "-0.59"), ("0.59", "0.9")],
)
def test_single_slips(printed, right):
    assert right in {text for _, text in single_slips(printed)}


def test_every_single_slip_of_a_text():
    digits = "0123456789"
    replaced = {("digit", f"-{d}.2") for d in digits} | {("digit", f"-1.{d}") for d in digits}
    other = {("sign", "1.2"), ("added", "-.2"), ("added", "-12"), ("added", "-1.")}
    other |= {("point", "-1.2"), ("point", "-12")}
    swapped = {("swapped", "-.12"), ("swapped", "-12."), ("swapped", "-1.2")}
    lost = {("lost", f"-1.2{d}") for d in digits}
    assert set(single_slips("-1.2")) == replaced | other | swapped | lost
    assert {("sign", "-7"), *(("lost", f"7.{d}") for d in digits)} < set(single_slips("7"))


def test_a_mended_number_is_another_with_no_more_decimals():
    numbers = {"low": parse("1.2"), "high": parse("3.41")}
    found = mended(numbers, ["low", "high"], lambda changed: changed["high"].value < 100)
    texts = {name: [text for one, _, text in found if one == name] for name in numbers}
    assert "1.2" not in texts["low"] and "3.41" not in texts["high"]
    assert {"-1.2", "1.29", "12", "9.2"} <= set(texts["low"])
    assert {"34.1", "3.4", "341"} & set(texts["high"]) == {"34.1", "3.4"}
    assert all(parse(text).decimals <= 2 for every in texts.values() for text in every)


def test_fidelity_statuses(published, audited):
    rows = published[published["printed"].ne("")]
    numbers = {name: parse(text) for name, text in zip(rows["id"], rows["printed"], strict=True)}
    values = pd.Series(
        {name: float(x.value) / (2 if x.comparator == "<" else 1) for name, x in numbers.items()}
    )
    same = reproduction(published, values, audited)
    assert same["id"].tolist() == published["id"].tolist()
    assert same["status"].eq("reproduced").all()
    moved = reproduction(published, values + 1000, audited).set_index("id")
    assert set(moved["status"]) == {"differs", "needs", "reproduced"}
    assert moved.loc["bivariate.excellent_it_skills.all.ci_low", "status"] == "needs"
    assert "interval_symmetry" in moved.loc["bivariate.excellent_it_skills.all.ci_low", "reason"]
    assert moved.loc["bivariate.male.all.ci_low", "status"] == "differs"
    told = " ".join(audited.loc[audited["verdict"] == "needs", "where"]).split()
    assert set(moved.index[moved["status"] == "needs"]) <= set(told)


def test_fidelity_follows_the_convention_of_the_table(published, audited):
    ages = {"tableau_1.age_years.users.mean": 863 / 21, "tableau_1.age_years.non_users.mean": 41.73}
    found = reproduction(published, pd.Series(ages), audited).set_index("id")
    assert found.loc["tableau_1.age_years.users.mean", ["status", "reason"]].tolist() == [
        "reproduced",
        "truncated",
    ]
    other = found.loc["tableau_1.age_years.non_users.mean"]
    assert (other["status"], other["reason"]) == ("needs", "granularity")


def test_fidelity_of_repetitions_and_of_what_is_only_stated(published, audited):
    values = pd.Series({"bivariate.excellent_it_skills.all.odds_ratio": 4.46})
    found = reproduction(published, values, audited).set_index("id")
    assert found.loc["text.excellent_it_skills.all.odds_ratio", "recomputed"] == "4.46"
    assert found.loc["methods.cpts.users.n", "reason"].startswith("stated by the study")


def test_summary_counts_every_row(audited):
    counts = count_verdicts(audited)
    assert counts[list(VERDICTS)].to_numpy().sum() == len(audited)


def test_command_line(tmp_path, capsys):
    output = tmp_path / "audit.csv"
    arguments = ["audit", str(FOLDER / "published.csv"), "--links", str(FOLDER / "links.csv")]
    assert main([*arguments, "--output", str(output)]) == 1
    assert "needs: whole_from_parts" in capsys.readouterr().out
    assert len(pd.read_csv(output)) > 100


def test_command_line_on_another_study_with_decimal_commas(capsys):
    assert main(["audit", str(FOLDER / "example_other_study.csv")]) == 0
    out = capsys.readouterr().out
    assert "interval_symmetry" in out and "impossible:" not in out


def test_command_line_finds_a_slip_in_another_study(tmp_path, capsys):
    text = (FOLDER / "example_other_study.csv").read_text(encoding="utf-8")
    path = tmp_path / "slip.csv"
    path.write_text(text.replace("4,00", "1,00"), encoding="utf-8")
    assert main(["audit", str(path)]) == 1
    assert "needs: interval_symmetry" in (out := capsys.readouterr().out)
    assert "ci_low 4.00 (digit)" in out


def test_command_line_errors(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text("id,table\n", encoding="utf-8")
    assert main(["audit", str(path)]) == 2
    assert main(["audit", str(tmp_path / "none.csv")]) == 2
    assert main(["audit", str(FOLDER / "published.csv"), "--links", str(path)]) == 2
    err = capsys.readouterr().err
    assert "missing" in err and "none.csv" in err and "['kind', 'name', 'rows']" in err


def test_open_book_names_missing_columns(published, links):
    with pytest.raises(ValueError, match=r"published: columns \['note'\]"):
        open_book(published.drop(columns="note"), links)


def test_rows_know_their_scale(published):
    tables = estimate_tables(open_book(published))
    assert {name: rows[0].triple.is_ratio for name, rows in tables.items()} == {
        "bivariate": True,
        "multivariate": False,
    }
    assert {name: len(rows) for name, rows in tables.items()} == {
        "bivariate": 14,
        "multivariate": 12,
    }
