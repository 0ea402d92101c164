"""The key results of a run, as the cell of a notebook would show them, for the first page.

A run on another cohort may lack some of the result tables: what is there is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from esslib.display.sentences import multiplicity
from esslib.display.tables import comparison
from esslib.results import read_result, read_vocabulary
from esslib.survey.codebook import read_codebook
from esslib.voice import Voice, voice_of

SHOWN = [0, 1, 2, 5, 6]  # of the table of the compared groups: group, n, mean, difference, p


def key_results(
    files: Mapping[str, Path],
    displayed: Iterable[Mapping[str, Any]],
    *,
    codebook_dir: Path,
    options: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """Return the comparisons, the primary figure, and what predictors and printed numbers come to.

    Parameters
    ----------
    files : Mapping
        Name of each result table that the run makes -> its file.
    displayed : iterable of mappings
        What the notebooks show, among it the primary figure.
    codebook_dir : Path
        The codebook.
    options : Mapping
        `alpha`, `lang` and `is_synthetic`, as the notebooks have them.
    """
    if not files:
        return []
    vocabulary = read_vocabulary(codebook_dir / "results.csv")
    frames = {name: read_result(name, file.parent, vocabulary) for name, file in files.items()}
    codebook = read_codebook(codebook_dir)
    figure = codebook.contrasts["figure"].iloc[0]
    voice = voice_of(codebook, **options).knowing(codebook_dir.parent / "locale")
    shown = [*_comparisons(frames, voice)]
    shown += [_display(o["data"], o["metadata"]) for o in displayed if _name(o) == figure]
    if sentences := [*_sentences(frames, voice)]:
        text = "\n".join(f"- {sentence}" for sentence in sentences)
        shown.append(_display({"text/markdown": text}))
    return shown


def _comparisons(frames: Mapping[str, pd.DataFrame], voice: Voice) -> Iterator[dict[str, Any]]:
    if {"group_summaries", "group_tests"} <= frames.keys():
        table = comparison(frames["group_summaries"], frames["group_tests"], voice)
        brief = replace(table, cells=table.cells.iloc[:, SHOWN], notes=())
        yield _display({"text/html": brief._repr_html_()})


def _sentences(frames: Mapping[str, pd.DataFrame], voice: Voice) -> Iterator[str]:
    if "bivariate_checks" in frames:
        said = multiplicity(frames["bivariate_checks"], voice)
        yield f"**{voice.say('index-heading-predictors')}.** {said}"
    if {"fidelity", "audit"} <= frames.keys():
        statuses, verdicts = frames["fidelity"]["status"], frames["audit"]["verdict"]
        counts = {
            "total": len(statuses),
            **{code: (statuses == code).sum() for code in ("reproduced", "differs", "impossible")},
            "other_reading": (statuses == "needs").sum(),
            "checks": len(verdicts),
            **{code: (verdicts == code).sum() for code in ("consistent", "needs", "not_checked")},
            "contradictory": (verdicts == "impossible").sum(),
        }
        texts = {name: voice.number(count) for name, count in counts.items()}
        said = voice.say("index-printed", **texts)
        yield f"**{voice.say('index-heading-printed')}.** {said}"


def _display(data: Mapping[str, Any], metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata or {})}


def _name(output: Mapping[str, Any]) -> str:
    about = output.get("metadata", {}).get("image/svg+xml", {})
    return str(about.get("name", ""))
