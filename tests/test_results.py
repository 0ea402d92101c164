"""Result tables keep to the contract of `results.csv` and survive writing."""

import ast

import numpy as np
import pandas as pd
import pytest
from helpers import unchanged

from esslib.holdings import ROWS
from esslib.paths import resolve
from esslib.privacy.disclosure.doors import DOORS, PUBLIC
from esslib.results import (
    SHOWN_ONLY,
    ResultError,
    check_known,
    check_result,
    read_result,
    read_vocabulary,
    write_result,
)

# The contract of the design, its columns in order; more may follow.
DESIGN = {
    "flow": "step group n excluded_because",
    "tableau_1": "section level group n n_answered percent mean sd median q1 q3",
    "group_summaries": "contrast group n mean sd median q1 q3 min max shapiro_w shapiro_p",
    "group_tests": "contrast difference ci_low ci_high hodges_lehmann u p_value rank_biserial cles",
    "bivariate": "covariate secured_exposed secured_unexposed other_exposed other_unexposed "
    "odds_ratio ci_low ci_high chi2 p_value p_fisher",
    "multivariate": "covariate coefficient se ci_low ci_high p_value firth_coefficient "
    "firth_ci_low firth_ci_high firth_p",
    "reliability": "statistic estimate ci_low ci_high",
    "fidelity": "id where printed recomputed status reason",
    "audit": "check where printed verdict readings expected proof",
}


@pytest.fixture(scope="module")
def vocabulary():
    return read_vocabulary(resolve("data/codebook/results.csv"))


@pytest.fixture
def flow():
    columns = {"step": ["invited", "excluded"], "group": ["all", "NA"], "n": [450, 0]}
    return pd.DataFrame({**columns, "excluded_because": ["", "no_tool"]})


@pytest.mark.parametrize("table", DESIGN)
def test_the_vocabulary_holds_the_contract(vocabulary, table):
    columns = vocabulary.loc[vocabulary["table"] == table, "column"].tolist()
    expected = DESIGN[table].split()
    assert columns[: len(expected)] == expected


def test_the_vocabulary_is_closed(vocabulary):
    assert set(vocabulary["kind"]) == {"text", "count", "number"}
    assert not vocabulary.duplicated(["table", "column"]).any()
    assert (vocabulary["description"] != "").all()


def names_of_frames():
    """Names that chapters give to the frames that they return, and to parts of these."""
    files = [*resolve("esslib/chapters").glob("*.py"), resolve("esslib/score/properties.py")]
    files += [resolve("esslib/synthetic/readings.py")]
    nodes = [n for f in files for n in ast.walk(ast.parse(f.read_text(encoding="utf-8")))]
    functions = [n for n in nodes if isinstance(n, ast.FunctionDef) and n.returns]
    chapters = [f for f in functions if ast.unparse(f.returns) == "dict[str, pd.DataFrame]"]
    returned = [n.value for f in chapters for n in ast.walk(f) if isinstance(n, ast.Return)]
    keys = [key for value in returned if isinstance(value, ast.Dict) for key in value.keys]
    return {key.value for key in keys if isinstance(key, ast.Constant)}


def test_every_frame_of_a_chapter_is_kept_or_listed_as_shown_only(vocabulary):
    contract, names = set(vocabulary["table"]), names_of_frames()
    assert {"flow", "group_tests", "multivariate", "fidelity", "audit", "next_study"} <= names
    assert names - contract - ROWS.keys() == SHOWN_ONLY
    assert SHOWN_ONLY & contract == set()
    assert (DOORS.keys() | PUBLIC) - contract - SHOWN_ONLY == set()


def test_a_frame_that_nothing_names_is_refused(vocabulary):
    check_known("flow", vocabulary)
    check_known("places", vocabulary)
    with pytest.raises(ResultError, match=r"new is no result of a study: .* in SHOWN_ONLY"):
        check_known("new", vocabulary)


def test_a_frame_that_fits_is_returned(vocabulary, flow):
    assert check_result(flow, "flow", vocabulary) is flow


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda frame: frame.drop(columns="n"), r"flow: columns differ .* \['n'\]"),
        (lambda frame: frame.assign(p=1), r"flow: columns differ .* \['p'\]"),
        (lambda frame: frame[["group", "step", "n", "excluded_because"]], r"flow: .* their order"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(vocabulary, flow, change, message):
    with pytest.raises(ResultError, match=message):
        check_result(change(flow), "flow", vocabulary)


def test_an_unknown_table_is_refused(vocabulary, flow, tmp_path):
    with pytest.raises(ResultError, match="no table 'flows'"):
        write_result(flow, "flows", tmp_path, vocabulary)
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_reads_back(vocabulary, flow, tmp_path):
    with unchanged(flow, vocabulary):
        path = write_result(flow, "flow", tmp_path / "new", vocabulary)
    assert path == tmp_path / "new" / "flow.csv"
    assert [p.name for p in path.parent.iterdir()] == ["flow.csv"]
    back = read_result("flow", path.parent, vocabulary)
    expected = flow.replace({"excluded_because": {"": pd.NA}}).astype(
        {"step": "str", "group": "str", "n": "Int64", "excluded_because": "str"}
    )
    pd.testing.assert_frame_equal(back, expected)


def test_the_text_na_is_no_missing_value(vocabulary, flow, tmp_path):
    write_result(flow, "flow", tmp_path, vocabulary)
    assert read_result("flow", tmp_path, vocabulary)["group"].tolist() == ["all", "NA"]


def test_numbers_keep_ten_significant_digits(vocabulary, tmp_path):
    statistics = pd.DataFrame(
        {
            "statistic": ["thirds", "tiny", "none"],
            "estimate": [2 / 3, 1.5e-300, np.nan],
            "ci_low": [1e6 / 3, -0.0, np.inf],
            "ci_high": [5.0, 0.1 + 0.2, -np.inf],
        }
    )
    path = write_result(statistics, "reliability", tmp_path, vocabulary)
    assert path.read_bytes() == (
        b"statistic,estimate,ci_low,ci_high\n"
        b"thirds,0.6666666667,333333.3333,5\n"
        b"tiny,1.5e-300,-0,0.3\n"
        b"none,,inf,-inf\n"
    )
    back = read_result("reliability", tmp_path, vocabulary)
    np.testing.assert_allclose(back["estimate"], statistics["estimate"], rtol=1e-9)


def test_a_failed_write_leaves_the_old_file(vocabulary, flow, tmp_path):
    path = write_result(flow, "flow", tmp_path, vocabulary)
    before = path.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        write_result(flow.assign(step="\ud800"), "flow", tmp_path, vocabulary)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
