"""Rebuild the synthetic cohort: ``python -m esslib.synthetic``."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from esslib.paths import resolve
from esslib.survey.codebook import read_codebook, records
from esslib.survey.writer import write_export
from esslib.synthetic import Reconstruction, Settings, published_targets, reconstruct
from esslib.synthetic.checks import by_family
from esslib.synthetic.excluded import Fieldwork, with_excluded
from esslib.synthetic.export_rows import raw_answers
from esslib.synthetic.readings import describe_choices
from printed.files import write_atomically
from printed.numerals import fixed
from printed.published import read_published

CODEBOOK = "data/codebook"
PUBLISHED = "data/published/published.csv"
EXPORT = "data/raw/synthetic_export.csv"
SEED = 2


def read_settings(folder: str | Path = CODEBOOK) -> Settings:
    """Read what is invented about the cohort: profiles of the items, coherence, places, texts."""
    base = resolve(folder)
    coherence, places, texts = (
        _text(base / f"{name}.csv") for name in ("coherence", "places", "free_texts")
    )
    return Settings(pd.read_csv(base / "item_profiles.csv"), coherence, places, texts)


def main(arguments: list[str] | None = None) -> None:
    """Rebuild the cohort from a seed, with a progress bar, and write it as an export."""
    parser = argparse.ArgumentParser(description="Rebuild the synthetic cohort from its seed.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", default=EXPORT, help="export to be written")
    parser.add_argument("--checks", help="CSV for target against achieved")
    options = parser.parse_args(arguments)
    codebook, settings = read_codebook(resolve(CODEBOOK)), read_settings()
    rng = np.random.default_rng(options.seed)
    targets = published_targets(read_published(resolve(PUBLISHED)), codebook)
    with tqdm(total=settings.plan.n_steps, desc="covariates") as bar:
        found = reconstruct(targets, codebook, rng, settings=settings, progress=_shown(bar))
    fieldwork = _fieldwork(settings)
    export = with_excluded(raw_answers(found.people, codebook), codebook, fieldwork, rng)
    write_export(export, resolve(options.out), codebook)
    if options.checks:
        write_atomically(options.checks, found.checks.to_csv(index=False))
    print(_summary(found, describe_choices(targets, codebook)))


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _fieldwork(settings: Settings) -> Fieldwork:
    records, days = (
        _text(resolve(CODEBOOK) / name) for name in ("excluded_records.csv", "fieldwork.csv")
    )
    return Fieldwork(records, days, settings.places, settings.coherence)


class _shown:
    """Moves a progress bar and writes the misfit of the stage behind it."""

    def __init__(self, bar: tqdm) -> None:
        self._bar = bar

    def __call__(self, stage: str, misfit: float) -> None:
        if self._bar.desc != f"{stage}: ":
            self._bar.set_description(stage)
        self._bar.set_postfix_str(f"misfit {fixed(misfit, 4)}", refresh=False)
        self._bar.update()


def _summary(found: Reconstruction, choices: pd.DataFrame) -> str:
    """Name every choice between readings, every target that is missed, and the totals."""
    checks = found.checks
    lines = ["Where the printed numbers contradict each other or say too little:"]
    lines += [f"  {row['target']}: {row['reading']}" for row in records(choices)]
    lines += ["Targets missed:"]
    lines += [
        f"  {row['target']}: printed {row['printed']}, achieved {fixed(float(row['achieved']), 4)}"
        for row in records(checks[~checks["met"].astype(bool)])
    ]
    met = [f"{row['family']} {row['n_met']} of {row['n']}" for row in records(by_family(checks))]
    lines += [f"Targets met: {', '.join(met)} (misfit {fixed(found.misfit, 4)})."]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
