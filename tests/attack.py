"""What an attacker can work out from all released tables together, by integer programming.

One system of equations per question. Unknown is how many respondents of each atom (group and class
of tool, under every definition) gave each possible answer. Known is every number of the released
tables and, as if the attacker had them from elsewhere, the sizes of the atoms that the rules show.
"""

from itertools import chain, combinations

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from esslib.chapters.outcomes import group_summaries
from esslib.chapters.questionnaire import score_contrasts
from esslib.paths import resolve
from esslib.predictors import bivariate
from esslib.privacy import disclosure
from esslib.score import instrument, known_groups
from esslib.score.scoring import points, scale_of
from esslib.survey import describe
from esslib.survey.classes import OUTCOME, predictor_frame, secured, tool_classes
from esslib.survey.cleaning import included
from esslib.survey.codebook import SEPARATOR, records
from esslib.survey.rules import answers, meets

GROUPS = ["users", "non_users"]
DEFINITION = {"bivariate": "regression", "classes": "methods"}
MOST_OPTIONS = 8  # of a question with several answers, all of whose combinations are unknowns


def sample_export(path, *, n, seed):
    """Write an export of `n` records of the shipped one, without saying it is synthetic."""
    heading, *rows = resolve("data/raw/synthetic_export.csv").read_text("utf-8").splitlines()
    kept = np.random.default_rng(seed).choice(len(rows), size=n, replace=False)
    path.write_text("\n".join([heading, *(rows[i] for i in sorted(kept))]) + "\n", encoding="utf-8")
    return path


def tables_of(tidy, codebook):
    """All tables that count respondents, as the notebooks make them."""
    people, scale = included(tidy), scale_of(codebook)
    frame = predictor_frame(
        people, codebook, analysis="bivariate", definition=DEFINITION["bivariate"]
    )
    names = frame.columns.drop(OUTCOME).tolist()
    scored = score_contrasts(people, codebook)
    classes = tool_classes(people, codebook, definition=DEFINITION["classes"])
    by_class = instrument.count_answers(
        people.assign(tool_class=classes), scale=scale, by="tool_class"
    )
    given = points(people, scale=scale, direction="agreement_is_secure")
    nobody = pd.DataFrame({"step": [], "n": []})
    return scored, {
        "flow": describe.flow(tidy, nobody, codebook),
        "tableau_1": describe.tableau_1(people, codebook),
        "places": describe.places(people, codebook),
        "bivariate": bivariate(frame, outcome=OUTCOME, exposures=names),
        "items": instrument.item_table(people, scale=scale, direction="agreement_is_secure"),
        "answers_by_group": instrument.count_answers(people, scale=scale, by="group"),
        "items_by_class": known_groups.not_applicable_rates(by_class),
        "floor_ceiling": known_groups.floor_and_ceiling(given, low=1, high=4),
        "group_summaries": group_summaries(scored, codebook),
    }


def released(tidy, codebook, *, min_count):
    """What the library shows of `tables_of`."""
    scored, tables = tables_of(tidy, codebook)
    rules = disclosure.decide(tidy, codebook, min_count=min_count)
    rules = disclosure.with_scores(rules, tidy, codebook, scored=scored)
    return {name: disclosure.release(frame, name, rules) for name, frame in tables.items()}


def without_small_cells(tables, *, min_count):
    """The same tables with nothing but the small counts left out: what the control attacks."""
    hidden = {}
    for name, frame in tables.items():
        counts = frame.select_dtypes("integer").columns.drop("n_answered", errors="ignore")
        small = frame[counts].gt(0) & frame[counts].lt(min_count)
        hidden[name] = frame.assign(**frame[counts].astype(float).mask(small))
    return hidden


class Attack:
    """The unknowns of one question, what is known of them, and the range of any count."""

    def __init__(self, people, codebook, variable):
        outcomes = [secured(people, codebook, definition=d) for d in ("methods", "regression")]
        atoms = pd.concat([people["group"], *outcomes], axis=1).astype("str").fillna("")
        self.atom_of = atoms.agg(" ".join, axis=1)
        self.atoms = sorted(self.atom_of.unique())
        self.patterns = _patterns(codebook, variable, people)
        self.equations = []
        for atom in self.atoms:
            self.know(self.everybody, [atom], (self.atom_of == atom).sum())

    @property
    def everybody(self):
        return np.ones(len(self.patterns))

    def flag(self, rule):
        """How many times each pattern counts under a rule of the codebook."""
        keys = {key: rule[key] for key in ("variable", "rule", "value")}
        if rule["rule"] in {"describe", "answers_outside"}:
            given = answers(self.patterns, rule["variable"])
            if rule["rule"] == "describe":
                return given.notna().any(axis=1).to_numpy(float)
            return given.drop(columns=rule["value"].split()).sum(axis=1).to_numpy(float)
        return meets(self.patterns, **keys).fillna(False).to_numpy(float)

    def within(self, words, place=0):
        """Atoms of a group (place 0), or of the outcome under a definition (1 or 2)."""
        return [atom for atom in self.atoms if atom.split(" ")[place] == str(words)]

    def know(self, flag, atoms, value):
        if not pd.isna(value):
            self.equations.append((self.row(flag, atoms), float(value)))

    def row(self, flag, atoms):
        return np.concatenate([flag * (atom in atoms) for atom in self.atoms])

    def bounds(self, flag, atoms):
        """Smallest and largest count that the known numbers allow."""
        rows, values = zip(*self.equations, strict=True)
        # unknowns that stand in the same equations are one
        *matrix, wanted = np.unique(np.array([*rows, self.row(flag, atoms)]), axis=1)
        known = LinearConstraint(csr_array(np.array(matrix)), values, values)
        options = {"constraints": known, "bounds": Bounds(0, np.inf)}
        found = [
            milp(sign * wanted, integrality=np.ones_like(wanted), **options) for sign in (1, -1)
        ]
        assert all(each.success for each in found)  # the truth is a solution
        return round(found[0].fun), round(-found[1].fun)


def _patterns(codebook, variable, people):
    """Every possible answer to a question, as tidy rows; no answer is one of them."""
    if variable in people:
        kinds = people[variable]
        if not isinstance(kinds.dtype, pd.CategoricalDtype):
            limit = 45  # ages matter on this side or the other
            return pd.DataFrame({variable: pd.array([limit - 1, limit, pd.NA], dtype="Float64")})
        return pd.DataFrame({variable: pd.Categorical([*kinds.cat.categories, None])})
    levels = answers(people, variable).columns
    most = int(codebook.variable(variable)["max_answers"] or len(levels))
    ticked = chain.from_iterable(combinations(levels, r) for r in range(1, most + 1))
    rows = [{level: level in each for level in levels} for each in ticked]
    frame = pd.DataFrame([*rows, dict.fromkeys(levels, pd.NA)], dtype="boolean")
    return frame.add_prefix(variable + SEPARATOR)


def questions(people, codebook):
    """Questions whose answers Tableau 1 or a characteristic counts."""
    for variable in codebook.tableau_1["variable"].unique():
        if variable != "group" and (
            variable in people or answers(people, variable).shape[1] <= MOST_OPTIONS
        ):
            yield variable


def attack_question(people, codebook, tables, variable, *, min_count):
    """Yield each small count about a question, with the range in which the tables leave it."""
    attack = Attack(people, codebook, variable)
    rows = codebook.tableau_1[codebook.tableau_1["variable"] == variable]
    wanted = []
    for row in records(rows):
        flag = attack.flag(row)
        for group in GROUPS:
            at = tables["tableau_1"].set_index(["section", "level", "group"])
            seen, atoms = at.loc[(row["section"], row["level"], group)], attack.within(group)
            attack.know(flag, atoms, seen["n"])
            if row["rule"] != "missing":
                answered = answers(attack.patterns, variable).notna().any(axis=1).to_numpy(float)
                attack.know(answered, atoms, seen["n_answered"])
            if row["rule"] != "answers_outside":  # a sum of answers counts no people
                wanted.append((flag, atoms, f"{row['level']} {group}"))
    crude = codebook.covariates[codebook.covariates["analysis"].isin(["bivariate", "both"])]
    for row in records(crude[crude["variable"] == variable]):
        exposed = attack.flag(row)
        silent = attack.flag({**row, "rule": "missing"})
        if row["missing"] == "exposed":
            exposed, silent = exposed + silent, 0 * silent
        seen = tables["bivariate"].set_index("covariate").loc[row["covariate"]]
        for outcome, name in ((1, "secured"), (0, "other")):
            atoms = attack.within(outcome, place=2)
            for flag, kind in ((exposed, "exposed"), (1 - exposed - silent, "unexposed")):
                attack.know(flag, atoms, seen[f"{name}_{kind}"])
                wanted.append((flag, atoms, f"{row['covariate']} {name} {kind}"))
    if variable == "tool":
        wanted = [each for each in wanted if "users" not in each[2].split(" ")[1:]]
    yield from _small(attack, people, variable, wanted, min_count)


def attack_item(people, codebook, tables, item, *, min_count):
    """The same of an item: its answers among all, by group and by class of tool."""
    attack = Attack(people, codebook, item)
    codes = [*codebook.points, "not_applicable"]
    flags = {
        code: attack.flag({"variable": item, "rule": "any_of", "value": code}) for code in codes
    }
    flags["unanswered"] = attack.flag({"variable": item, "rule": "missing", "value": ""})
    users = attack.within("users")
    classes = {
        "users": users,
        "secured_other": [a for a in attack.within("1", place=1) if a not in users],
        "non_secured": attack.within("0", place=1),
    }
    groups = {group: attack.within(group) for group in GROUPS}
    rows = {name: frame[frame.iloc[:, 0] == item] for name, frame in tables.items()}
    by_group, by_class = rows["answers_by_group"], rows["items_by_class"]
    seen = {
        "all": [(attack.atoms, rows["items"])],
        "group": [(a, by_group[by_group["group"] == name]) for name, a in groups.items()],
        "class": [(a, by_class[by_class["tool_class"] == name]) for name, a in classes.items()],
    }
    wanted = []
    for place, (atoms, frame) in ((p, pair) for p, pairs in seen.items() for pair in pairs):
        for code, flag in flags.items():
            for value in frame[f"n_{code}"]:
                attack.know(flag, atoms, value)
            wanted.append((flag, atoms, f"{item} {code} {place} {atoms}"))
    (ends,) = rows["floor_ceiling"].to_dict("records")
    numbered = sum(flags[code] for code in codebook.points)
    attack.know(numbered, attack.atoms, ends["n"])
    attack.know(flags[max(codebook.points, key=codebook.points.get)], attack.atoms, ends["n_floor"])
    yield from _small(attack, people, item, wanted, min_count)


def _small(attack, people, variable, wanted, min_count):
    """Ranges of the counts that are small, or leave out few."""
    given = answers(people, variable).astype("str").fillna("").agg(" ".join, axis=1)
    if variable == "age_years":
        limit = 45
        number = people[variable].astype("float64")
        given = pd.Series(
            np.select([number < limit, number >= limit], ["a", "b"], ""), people.index
        )
        keys = pd.Index(["a", "b", ""])
    else:
        keys = pd.Index(
            answers(attack.patterns, variable).astype("str").fillna("").agg(" ".join, axis=1)
        )
    place = keys.get_indexer(given)
    assert (place >= 0).all()
    for flag, atoms, name in wanted:
        inside = attack.atom_of.isin(atoms).to_numpy()
        true = int(flag[place[inside]].sum())
        if 0 < true < min_count or 0 < inside.sum() - true < min_count:
            yield name, true, attack.bounds(flag, atoms)
