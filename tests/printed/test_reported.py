"""Statistics of tests with their p, and standard errors: verdicts, and curves beside scipy's."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from test_audit_cases import study

from printed.consistency import audit
from printed.curves import chi_square_tail, f_tail, normal_tails, t_tails
from printed.declared import DECLARED
from printed.reported import t_quantile


def test_curves_are_those_of_scipy():
    rng = np.random.default_rng(5)
    for _ in range(300):
        x, df, whole = rng.exponential(4), rng.uniform(0.5, 300), int(rng.integers(1, 30))
        near = {"rel": 1e-9, "abs": 1e-11}
        assert t_tails(x, df) == pytest.approx(2 * stats.t.sf(x, df), **near)
        assert f_tail(x, whole, df) == pytest.approx(stats.f.sf(x, whole, df), **near)
        assert chi_square_tail(x, whole) == pytest.approx(stats.chi2.sf(x, whole), **near)
        assert normal_tails(-x) == pytest.approx(2 * stats.norm.sf(x), **near)
        assert t_quantile(0.9, df) == pytest.approx(stats.t.ppf(0.95, df), rel=1e-6)


def found(check, numbers, **declared):
    cells = [pair.split("=") for pair in numbers.split()]
    frame = study("\n".join(f"t x all {name} {text}" for name, text in cells))
    size = study("t population all n 30")
    rows = frame.assign(**{**dict.fromkeys(DECLARED, ""), **declared})
    both = pd.concat([rows, size]).fillna("").reset_index(drop=True)
    findings = audit(both).query("check == @check")[["verdict", "readings"]]
    return [tuple(each) for each in findings.to_numpy()]


ONE, CORRECTED = "only for a one-sided test", "only for a p corrected for several comparisons"


@pytest.mark.parametrize(
    ("numbers", "verdict", "readings"),
    [
        ("t=2.20 df=28 p_value=.036", "consistent", ""),
        ("t=2.20 df=28 p_value=<.05", "consistent", ""),
        ("t=2.20 df=28 p_value=.018", "needs", ONE),
        ("t=2.20 df=28 p_value=.072", "needs", CORRECTED),
        ("t=2.20 df=28 p_value=.003", "impossible", ""),
        ("t=-1.8608 df=17.776 p_value=0.07939", "consistent", ""),
        ("f=4.846 df1=2 df2=27 p_value=0.0159", "consistent", ""),
        ("f=4.846 df1=2 df2=27 p_value=0.008", "impossible", ""),
        ("chi2=12.6 df=3 p_value=0.005585", "consistent", ""),
        ("chi2=12.6 df=3 p_value=0.00279", "impossible", ""),
        ("r=0.57 df=7 p_value=0.11", "consistent", ""),
        ("r=0.57 df=7 p_value=0.01", "impossible", ""),
        ("z=1.96 p_value=0.05", "consistent", ""),
        ("q=9.0 df=4 p_value=0.061", "consistent", ""),
    ],
)
def test_p_is_that_of_the_statistic(numbers, verdict, readings):
    assert found("p_of_statistic", numbers) == [(verdict, readings)]


def test_a_declared_two_sided_test_is_not_one_sided():
    numbers = "t=2.20 df=28 p_value=.018"
    assert found("p_of_statistic", numbers, tails="two") == [("impossible", "")]
    assert found("p_of_statistic", numbers, tails="one") == [("consistent", "")]


@pytest.mark.parametrize(
    ("check", "numbers", "declared", "verdict"),
    [
        ("error_of_mean", "mean=5.0 sd=5.48 se=1.00", {"n": "30", "adjusted": "crude"}, "consistent"),
        ("error_of_mean", "mean=5.0 sd=5.48 se=5.48", {"n": "30", "adjusted": "crude"}, "impossible"),
        ("ratio_of_error", "coefficient=2.8261 se=1.263 z=2.238", {}, "consistent"),
        ("ratio_of_error", "coefficient=-2.8261 se=1.263 z=2.238", {}, "impossible"),
        (
            "interval_of_error",
            "coefficient=1.4825 se=0.4474 ci_low=0.6056 ci_high=2.3594",
            {"interval": "wald"},
            "consistent",
        ),
        (
            "interval_of_error",
            "coefficient=1.4825 se=0.4474 ci_low=0.3300 ci_high=2.6350",
            {"interval": "wald", "level": "95"},
            "impossible",
        ),
        (
            "interval_of_error",
            "coefficient=-3.87783 se=0.63273 df=29 ci_low=-5.17192 ci_high=-2.58375",
            {"interval": "t", "level": "95"},
            "consistent",
        ),
    ],
)  # fmt: skip
def test_standard_errors(check, numbers, declared, verdict):
    assert [each for each, _ in found(check, numbers, **declared)] == [verdict]


@pytest.mark.parametrize(
    ("numbers", "check"),
    [
        ("odds_ratio=1.36 ci_low=3.48 ci_high=0.53", "interval_symmetry"),
        ("percent=30 ci_low=40 ci_high=20", "order_of_values"),
    ],
)
def test_ends_are_in_order(numbers, check):
    assert found(check, numbers)[0][0] == "impossible"
