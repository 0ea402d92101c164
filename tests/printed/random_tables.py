"""Random tables of known numbers, printed in the styles of papers."""

from dataclasses import dataclass, field

from table_writer import KINDS

WORDS = {
    "en": {
        "mean_sd": ("mean (SD)", "Mean ± SD", "mean (standard deviation)", "M (SD)"),
        "mean_se": ("mean (SE)", "mean ± SEM"),
        "median_iqr": ("median [IQR]", "Median (Q1–Q3)", "median (25th–75th percentile)"),
        "median_range": ("median (range)", "Median [min–max]"),
        "n_percent": ("n (%)", "No. (%)", "N (%)", "number (%)"),
        "ratio": (
            "OR (95% CI)",
            "Odds ratio [95% CI]",
            "aOR (90% CI)",
            "HR (95 % CI)",
            "RR [99% CI]",
        ),
        "p": ("p", "P value", "p-value", "P"),
        "groups": ("Users", "Non-users", "Control group", "M", "F", "Diet A", "Total"),
        "levels": ("Male", "Female", "Yes", "No", "≥ 65", "1–3 visits", "Other"),
        "variables": ("Age (years)", "Weight", "BMI, kg/m²", "Vitamin B", "Score at week 12"),
    },
    "fr": {
        "mean_sd": ("moyenne (ET)", "Moyenne ± écart-type", "moy. (DS)"),
        "mean_se": ("moyenne ± erreur standard",),
        "median_iqr": ("médiane [EIQ]", "Médiane (Q1–Q3)", "médiane [intervalle interquartile]"),
        "median_range": ("médiane (étendue)", "Médiane [min–max]"),
        "n_percent": ("n (%)", "effectif (%)", "N (%)"),
        "ratio": ("OR [IC 95 %]", "OR ajusté (IC 90 %)", "Odds ratio (IC à 95 %)", "RR (IC95%)"),
        "p": ("p", "Valeur de p", "p-valeur"),
        "groups": ("Utilisateurs", "Témoins", "Non-utilisateurs", "H", "F", "Ensemble"),
        "levels": ("Homme", "Femme", "Oui", "Non", "≥ 65 ans", "Autre"),
        "variables": ("Âge (années)", "Poids", "IMC", "Score à 12 mois"),
    },
}
STATISTICS = {
    "mean_sd": ("mean", "sd"),
    "mean_se": ("mean", "se"),
    "median_iqr": ("median", "q1", "q3"),
    "median_range": ("median", "min", "max"),
    "n_percent": ("n", "percent"),
    "ratio": ("*", "ci_low", "ci_high"),
    "p": ("p_value",),
}


@dataclass
class Table:
    """A table as printed, and its truth: numbers by place, group by column, where told."""

    rows: list
    kind: str
    caption: str = ""
    truth: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)


class Maker:
    """Makes one table from a source of chance."""

    def __init__(self, chance):
        self.chance = chance
        self.lang = chance.choice(("en", "fr"))
        self.words = WORDS[self.lang]
        self.comma = self.lang == "fr" and chance.random() < 0.8
        self.thousands = (
            chance.choice(("", "\u202f", "\u00a0"))
            if self.comma
            else chance.choice(("", ",", "\u202f"))
        )
        self.minus = chance.choice("-−–")
        self.marks = chance.random() < 0.3

    def table(self):
        """A table of groups, or one of estimates."""
        made = Table([], self.chance.choice(KINDS))
        self.chance.choice((self.estimates, self.compared, self.compared, self.split))(made)
        if self.chance.random() < 0.4:
            made.caption += (
                f"Table {self.chance.randint(1, 9)}. {self.chance.choice(('Results', 'Patients'))}"
            )
        return made

    def number(self, low, high, decimals):
        """A text as printed, and the same with a decimal point."""
        value = self.chance.uniform(low, high)
        plain = f"{value:.{decimals}f}"
        plain = plain.replace("-", "") if float(plain) == 0 else plain
        shown = f"{float(plain):,.{decimals}f}".replace(",", "T").replace(".", "P")
        shown = shown.replace("P", "," if self.comma else ".").replace("T", self.thousands)
        return shown.replace("-", self.minus), plain

    def cell(self, kind, size):
        """A cell, and its numbers."""
        chance, decimals = self.chance, self.chance.choice((0, 1, 1, 2, 2, 3))
        if kind == "n_percent":
            return self.share(size)
        if kind == "p":
            return self.p()
        if kind == "ratio":
            return self.ratio()
        middle, true = self.number(*chance.choice(((20, 90), (900, 4000), (-5, 5))), decimals)
        if kind.startswith("mean"):
            spread, other = self.number(0.1, 30, decimals)
            style = chance.choice(("{} ± {}", "{} ({})", "{}±{}", "{} (± {})", "{} [{}]"))
            return self.marked(style.format(middle, spread)), (true, other)
        (low, least), (high, most) = self.number(0, 40, decimals), self.number(41, 3000, decimals)
        style = self.chance.choice(("{} [{}–{}]", "{} ({}-{})", "{} [{} ; {}]", "{} ({} to {})"))
        return self.marked(style.format(middle, low, high)), (true, least, most)

    def share(self, size):
        count = self.chance.randint(0, size)
        percent, true = self.number(0, 100, self.chance.choice((0, 1)))
        style = self.chance.choice(("{} ({})", "{} ({} %)", "{} ({}%)", f"{{}}/{size} ({{}}%)"))
        return self.marked(style.format(count, percent)), (str(count), true)

    def p(self):
        shown, true = self.number(0, 1, 3)
        style = self.chance.choice(("{}", "{}", "<{}", "< {}", "{}*", "p = {}", "≤{}"))
        comparator = {"<": "<", "≤": "<="}.get(style[0], "")
        return style.format(shown), (comparator + true,)

    def ratio(self):
        decimals = self.chance.choice((1, 2, 2, 3))
        numbers = [self.number(*ends, decimals) for ends in ((0.2, 9), (0.1, 2), (3, 2000))]
        style = self.chance.choice(
            (
                "{} [{}–{}]",
                "{} ({}-{})",
                "{} ({} to {})",
                "{} [{}; {}]",
                "{} ({}, {})",
                "{} ({} – {})",
            )
        )
        shown, true = zip(*numbers, strict=True)
        return self.marked(style.format(*shown)), true

    def marked(self, text):
        mark = self.chance.choice(("*", "†", "**", " *")) if self.marks else ""
        return text + (mark if self.chance.random() < 0.3 else "")

    def compared(self, made):
        """Variables by group, with means, medians, counts, and perhaps p."""
        chance = self.chance
        groups = chance.sample(self.words["groups"], chance.randint(1, 3))
        sizes = [
            chance.choice((chance.randint(5, 99), chance.randint(1000, 15000))) for _ in groups
        ]
        has_p = chance.random() < 0.5
        by_column = chance.choice([*STATISTICS][:5]) if chance.random() < 0.3 else ""
        heading = [self.heading(g, n, by_column) for g, n in zip(groups, sizes, strict=True)]
        made.rows.append(
            [
                chance.choice(("", "Variable")),
                *heading,
                *([chance.choice(self.words["p"])] if has_p else []),
            ]
        )
        made.groups = dict(enumerate(groups, 1))
        legend = (
            chance.sample([*STATISTICS][:5], chance.randint(1, 2)) if chance.random() < 0.3 else []
        )
        if legend and not by_column:
            ways = (" or " if self.lang == "en" else " ou ").join(self.words[k][0] for k in legend)
            made.caption = f"{'Values are' if self.lang == 'en' else 'Valeurs :'} {ways}. "
        for _ in range(chance.randint(1, 6)):
            kind = by_column or chance.choice([*STATISTICS][:5])
            is_told = not by_column and chance.random() < (0.5 if legend else 0.8)
            kind = kind if is_told or by_column or not legend else chance.choice(legend)
            told = f", {chance.choice(self.words[kind])}" if is_told else ""
            label = chance.choice(self.words["variables"]) + told
            if kind == "n_percent" and chance.random() < 0.6:
                made.rows.append([label, *[""] * (len(groups) + has_p)])
                indent = chance.choice(("", "  ", "   "))
                for level in chance.sample(self.words["levels"], chance.randint(1, 3)):
                    self.line(made, indent + level, kind, sizes, has_p)
            else:
                self.line(made, label, kind, sizes, has_p)

    def heading(self, group, size, kind):
        shown = f"{size:,}".replace(",", self.thousands)
        style = self.chance.choice(("{} (n = {})", "{} (N={})", "{}, n = {}", "{}"))
        told = f" {self.chance.choice(self.words[kind])}" if kind else ""
        return style.format(group, shown) + told

    def line(self, made, label, kind, sizes, has_p):
        row = [label]
        for size in sizes:
            if self.chance.random() < 0.05:
                row.append(self.chance.choice(("", "–", "NA")))
                continue
            text, numbers = self.cell(kind, size)
            made.truth[len(made.rows), len(row)] = (*zip(STATISTICS[kind], numbers, strict=True),)
            row.append(text)
        if has_p:
            text, numbers = self.p()
            made.truth[len(made.rows), len(row)] = (("p_value", *numbers),)
            row.append(text)
        made.rows.append(row)

    def estimates(self, made):
        """Covariates with one or two kinds of estimates, their intervals and p."""
        chance = self.chance
        kinds = [
            k
            for _ in range(chance.randint(1, 2))
            for k in ("ratio", *(["p"] * (chance.random() < 0.6)))
        ]
        made.rows.append(["", *(chance.choice(self.words[kind]) for kind in kinds)])
        for _ in range(chance.randint(2, 6)):
            row = [chance.choice(self.words["levels"] + self.words["variables"])]
            for x, kind in enumerate(kinds, 1):
                text, numbers = self.cell(kind, 0)
                told = made.rows[0][x].lower()
                name = (
                    "hazard_ratio"
                    if "hr" in told
                    else "risk_ratio"
                    if "rr" in told
                    else "odds_ratio"
                )
                names = (name if s == "*" else s for s in STATISTICS[kind])
                made.truth[len(made.rows), x] = (*zip(names, numbers, strict=True),)
                row.append(text)
            made.rows.append(row)

    def split(self, made):
        """Mean and SD of each group in columns of their own, under a heading over both."""
        chance = self.chance
        groups = chance.sample(self.words["groups"], chance.randint(1, 3))
        has_p = chance.random() < 0.5
        names = ("Mean", "SD") if self.lang == "en" else ("Moyenne", "ET")
        last = [chance.choice(self.words["p"])] * has_p
        above = [
            part for g in groups for part in (self.heading(g, chance.randint(5, 20000), ""), "")
        ]
        made.rows += [["", *above, *[""] * has_p], ["", *names * len(groups), *last]]
        made.groups = {x: group for i, group in enumerate(groups) for x in (2 * i + 1, 2 * i + 2)}
        for label in chance.sample(self.words["variables"], chance.randint(2, 4)):
            row, decimals = [label], chance.choice((1, 2))
            for name in ("mean", "sd") * len(groups):
                shown, true = self.number(1, 90, decimals)
                made.truth[len(made.rows), len(row)] = ((name, true),)
                row.append(shown)
            if has_p:
                text, numbers = self.p()
                made.truth[len(made.rows), len(row)] = (("p_value", *numbers),)
                row.append(text)
            made.rows.append(row)
