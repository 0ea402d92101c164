"""Time the checks of printed numbers, beside other programs where they are installed.

``python benchmarks/printed_numbers.py`` prints processor times. scrutipy (Rust, from PyPI) is
measured in the same run when it can be imported; the project does not depend on it. The times
quoted for R programs were measured elsewhere and give the order of magnitude only.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from esslib.paths import resolve
from printed.granularity import count_samples, grimmer_map, sample
from printed.published import read_published
from printed.two_by_two import common_split

ROWS = 6000
DRAWS = 200
QUOTED = {
    "grimmer_map": "scrutiny (R): about 130 s",
    "count_samples": "scrutipy: about 23 s",
    "sample": "rsprite2 (R): about 95 ms a draw",
    "common_split": "none known",
}


def main() -> None:
    """Measure and print."""
    rng = np.random.default_rng(2)
    cases, rows = grimmer_cases(rng), predictor_rows(resolve("data/published/published.csv"))
    drawing = ("47.3", "12.0", 60, 20, 80)
    sample(*drawing, rng)
    ours = {
        "grimmer_map": spent(lambda: grimmer_map(cases)),
        "count_samples": spent(lambda: count_samples("2.7", "1.9", 130, 1, 5)),
        "sample": spent(lambda: [sample(*drawing, rng) for _ in range(DRAWS)]) / DRAWS,
        "common_split": spent(lambda: common_split(rows, range(60, 86))),
    }
    theirs = other_programs(cases)
    print(f"{'check':<16}{'ours (s)':>10}{'scrutipy (s)':>14}{'ratio':>9}  quoted elsewhere")
    for name, seconds in ours.items():
        other = theirs.get(name)
        beside = "" if other is None else f"{other:.4f}"
        ratio = "" if other is None else f"{other / seconds:.1f}"
        print(f"{name:<16}{seconds:>10.4f}{beside:>14}{ratio:>9}  {QUOTED[name]}")


def grimmer_cases(rng: np.random.Generator) -> pd.DataFrame:
    """Random means and SDs with two decimals, of 10 to 150 people."""
    columns = {"mean": rng.uniform(1, 75, ROWS), "sd": rng.uniform(0.5, 30, ROWS)}
    texts = {name: [f"{value:.2f}" for value in values] for name, values in columns.items()}
    return pd.DataFrame({**texts, "n": rng.integers(10, 151, ROWS)})


def predictor_rows(path: Path) -> pd.DataFrame:
    """The bivariate table of the study, one covariate a row."""
    frame = read_published(path).query("table == 'bivariate' and statistic != 'threshold'")
    return frame.pivot(index="row", columns="statistic", values="printed").reset_index()


def spent(work: Callable[[], object]) -> float:
    """Processor seconds of one call, all threads together."""
    start = time.process_time()
    work()
    return time.process_time() - start


def other_programs(cases: pd.DataFrame) -> dict[str, float]:
    """Processor seconds of scrutipy for the same work, empty when it is not installed."""
    try:
        scrutipy: Any = importlib.import_module("scrutipy")
    except ImportError:
        return {}
    columns: Sequence[list[Any]] = [cases[name].tolist() for name in ("mean", "sd", "n")]
    return {
        "grimmer_map": spent(
            lambda: scrutipy.grimmer(*columns, rounding="up_or_down", items=[1] * len(cases))
        ),
        "count_samples": spent(lambda: len(scrutipy.closure(2.7, 1.9, 130, 1, 5, 0.05, 0.05))),
    }


if __name__ == "__main__":
    main()
