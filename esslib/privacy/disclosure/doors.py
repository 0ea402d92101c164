"""What of each frame may be shown: a rule for every table, and for every number in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from esslib.privacy.disclosure.coarse import coarsened
from esslib.privacy.disclosure.decide import Rules

# How many times `min_count` people a statistic needs.
FOLDS = {"mean": 1, "sd": 1, "shapiro_w": 4, "shapiro_p": 4, "median": 2, "q1": 4, "q3": 4}
EXTREMES = ["min", "max"]
SCORE = "ess_total"
INVITED = "invited"  # a count of the survey's organisation, of nobody's answers
Door = Callable[[pd.DataFrame, Rules], pd.DataFrame]


def _keep(frame: pd.DataFrame, is_shown: pd.Series | bool, columns: Iterable[str]) -> pd.DataFrame:
    """Empty the cells of `columns` in the rows that are not shown."""
    rows = pd.Series(is_shown, index=frame.index)
    return frame.assign(**{name: frame[name].astype("float64").where(rows) for name in columns})


def numbers_of(frame: pd.DataFrame) -> list[str]:
    """Return the columns of numbers."""
    return frame.select_dtypes("number").columns.tolist()


def _among(frame: pd.DataFrame, column: str, template: str, rules: Rules) -> pd.Series:
    """Rows whose code in `column` the rules show."""
    return frame[column].map(lambda code: template.format(code) in rules.shown)


def _when(key: str) -> Door:
    """A table of which all numbers are shown, or none."""
    return lambda frame, rules: (
        frame if key in rules.shown else _keep(frame, False, numbers_of(frame))
    )


def _where(column: str, template: str) -> Door:
    """A table of which whole rows are shown."""

    def door(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
        return _keep(frame, _among(frame, column, template, rules), numbers_of(frame))

    return door


def _enough(frame: pd.DataFrame, n: pd.Series, rules: Rules) -> pd.DataFrame:
    """Keep statistics of enough people."""
    for name, fold in FOLDS.items():
        if name in frame:
            frame = _keep(frame, n >= fold * rules.min_count, [name])
    return _keep(frame, False, [name for name in EXTREMES if name in frame])


def _flow(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    needed = {"responses": "responses", "included": "included", "excluded": "reasons"}
    needed |= {"no_response": "responses", "analysed": "groups", "without_score": "groups"}
    is_shown = frame["step"].map(lambda step: step == INVITED or needed.get(step) in rules.shown)
    without = frame["step"] == "without_score"
    n = frame.groupby("group")["n"]
    scored = n.transform("first") - frame["n"]  # the groups' own sizes come first
    is_safe = rules.safe([*frame.loc[without, "n"], *scored[without]])
    return _keep(frame, is_shown & (~without | is_safe), ["n"])


def _tableau_1(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    kept = _where("section", "question:{}")(frame, rules)
    return _enough(kept, frame["n_answered"], rules)


def _group_summaries(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    kept = _enough(_where("contrast", "contrast:{}")(frame, rules), frame["n"], rules)
    return coarsened(kept, rules)


def _scores(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Put the mean of `min_count` neighbours, or a few more, in place of each score."""
    shown = frame[_among(frame, "contrast", "contrast:{}", rules)].dropna(subset="ess_total")
    by_group = shown.groupby(["contrast", "group"], observed=True)["ess_total"]
    rank = by_group.rank(method="first") - 1
    n_sets = by_group.transform("size") // rules.min_count
    sets = (rank // rules.min_count).clip(upper=n_sets - 1).rename("set")
    means = shown.groupby(["contrast", "group", sets], observed=True)["ess_total"]
    return shown[["contrast", "group"]].assign(ess_total=means.transform("mean"))


def _items(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    counts = [name for name in map(str, frame) if name.startswith("n_")]
    answered = frame["n"] - frame["n_not_applicable"] - frame["n_unanswered"]
    is_shown = _among(frame, "item", "item:{}:all", rules)
    kept = _keep(frame, "included" in rules.shown, ["n"])
    kept = _enough(_keep(kept, is_shown, [*counts, "median"]), answered, rules)
    return _keep(kept, "complete" in rules.shown, ["item_total", "alpha_if_dropped"])


def _item_means(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    is_shown = [f"item:{item}:class" in rules.shown for item in frame.index]
    return _keep(frame, pd.Series(is_shown, index=frame.index), map(str, frame))


def _known_groups(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Of an item that is not shown by class nothing is said: its p would give its counts back."""
    is_score = frame["variable"] == SCORE
    is_item = _among(frame, "variable", "item:{}:class", rules)
    is_shown = is_item | (is_score & ("medians" in rules.shown))
    kept = _keep(frame, is_shown, numbers_of(frame))
    # the shares of a pair add up to 100, and to its difference: all, or none
    hidden = (kept["n_a"].isna() & ~is_score).groupby([frame["group_a"], frame["group_b"]])
    return _keep(kept, ~hidden.transform("any"), ["share_percent"])


def _floor_ceiling(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    between = frame["n"] - frame["n_floor"] - frame["n_ceiling"]
    parts = zip(rules.n - frame["n"], frame["n_floor"], frame["n_ceiling"], between, strict=True)
    is_safe = pd.Series([rules.safe(counts) for counts in parts], index=frame.index)
    is_item = _among(frame, "variable", "item:{}:all", rules)
    is_shown = is_item | ((frame["variable"] == SCORE) & is_safe)
    return _keep(frame, is_shown & ("included" in rules.shown), numbers_of(frame))


def _reliability(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    is_complete = frame["statistic"].str.endswith("_complete")
    key = is_complete.map({True: "complete", False: "several"})
    return _keep(frame, key.isin(rules.shown), numbers_of(frame))


def _rows_when(key: str) -> Door:
    """A table that is shown whole or not at all, its keys included."""
    return lambda frame, rules: frame if key in rules.shown else frame.iloc[:0]


def _calibration(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    events = (frame["n"] * frame["observed"]).round()
    is_safe = "model" in rules.shown and rules.safe([*events, *(frame["n"] - events)])
    return _keep(frame, is_safe, numbers_of(frame))


def _by_definition(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    crude, adjusted = (
        _among(frame, "covariate", f"{key}:{{}}", rules) for key in ("both", "adjusted")
    )
    return _keep(frame, crude.where(frame["analysis"] == "bivariate", adjusted), numbers_of(frame))


def _multiverse(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Adjusted estimates and comparisons of scores; how many people each rests on is not shown."""
    adjusted = _among(frame, "contrast", "adjusted:{}", rules) & (frame["adjustment"] != "none")
    is_shown = adjusted | _among(frame, "contrast", "scores:{}", rules)
    kept = _keep(frame, is_shown, ["estimate", "ci_low", "ci_high", "p_value"])
    return _keep(kept, False, ["n"])


def _next_study(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    is_regression = frame["question"] == "question.regression"
    scored = "contrasts" in rules.shown
    is_shown = (is_regression & ("model" in rules.shown)) | (~is_regression & scored)
    return _keep(frame, is_shown, [name for name in numbers_of(frame) if name != "target"])


def _next_study_basis(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    kept = _keep(frame, "model" in rules.shown, ["n", "n_events", "n_parameters"])
    return _keep(kept, "contrasts" in rules.shown, ["difference"])


def _power_curve(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    is_shown = "contrasts" in rules.shown
    return _keep(frame, is_shown, ["power", "power_low", "power_high", "noether", "half_width"])


def _risk(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Whole rows, of characteristics whose values are not counted one by one elsewhere."""
    parts = zip(
        frame["n_unique"],
        frame["n_below"] - frame["n_unique"],
        rules.n - frame["n_below"],
        frame["n_classes_below"],
        strict=True,
    )
    is_safe = pd.Series([rules.safe(counts) for counts in parts], index=frame.index)
    counted = frame["known"].isin(["gender", "departement", "tool", "profession", "activity"])
    kept = _keep(frame, is_safe & ~counted & ("included" in rules.shown), numbers_of(frame))
    return _keep(kept, (frame["k"] >= rules.min_count) & kept["k"].notna(), ["k"])


def _none(frame: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    return frame.iloc[:0]


DOORS: dict[str, Door] = {
    "parallel_analysis": _when("several"),
    "flow": _flow,
    "tools": _none,
    "within_ranges": _none,  # beside a synthetic cohort only
    "places": _when("places"),
    "risk": _risk,
    "tableau_1": _tableau_1,
    "tableau_1_tests": _where("section", "question:{}"),
    "answers_by_group": _where("item", "item:{}:group"),
    "items": _items,
    "item_means": _item_means,
    "items_by_class": _where("item", "item:{}:class"),
    "known_groups": _known_groups,
    "floor_ceiling": _floor_ceiling,
    "reliability": _reliability,
    "scores": _scores,
    "group_summaries": _group_summaries,
    "score_summary": _group_summaries,
    "group_tests": _where("contrast", "median:{}"),
    "effect_sizes": _where("contrast", "median:{}"),
    "robust_tests": _where("contrast", "median:{}"),
    "bivariate": _where("covariate", "covariate:{}"),
    "bivariate_checks": _where("covariate", "covariate:{}"),
    "multivariate": _where("covariate", "adjusted:{}"),
    "multivariate_checks": _where("covariate", "adjusted:{}"),
    "model_gaps": _rows_when("model"),
    "model_fit": _when("model"),
    "model_validation": _when("model"),
    "calibration": _calibration,
    "predictors_by_definition": _by_definition,
    "multiverse": _multiverse,
    "power_curve": _power_curve,
    "next_study": _next_study,
    "next_study_basis": _next_study_basis,
}
# Made from printed numbers, judgements or released tables alone: nothing to withhold.
PUBLIC = frozenset(
    {
        *("audit", "fidelity", "multiverse_verdicts", "multiverse_shares", "reporting_checklist"),
        *("cohorts", "cohorts_pooled", "findings"),
    }
)
# Tables of which some numbers hang on how many people have no score.
OF_SCORES = ("scores", "group_summaries", "score_summary", "group_tests", "effect_sizes")
NEEDS_SCORES = frozenset(
    [*OF_SCORES, "robust_tests", "known_groups", "power_curve", "next_study", "next_study_basis"]
)
