"""The key results of a run, as the cell of a notebook would show them, for the first page.

A run on another cohort may lack some of the result tables: what is there is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from esslib.display.lang import number, read_words
from esslib.display.sentences import multiplicity
from esslib.display.tables import comparison
from esslib.results import read_result, read_vocabulary
from esslib.survey.codebook import Codebook, read_codebook
from esslib.voice import Voice

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
        `alpha`, `lang` and `synthetic`, as the notebooks have them.
    """
    if not files:
        return []
    vocabulary = read_vocabulary(codebook_dir / "results.csv")
    frames = {name: read_result(name, file.parent, vocabulary) for name, file in files.items()}
    codebook = read_codebook(codebook_dir)
    figure = codebook.contrasts["figure"].iloc[0]
    shown = [*_comparisons(frames, codebook, options)]
    shown += [_display(o["data"], o["metadata"]) for o in displayed if _name(o) == figure]
    if sentences := [*_sentences(frames, options)]:
        text = "\n".join(f"- {sentence}" for sentence in sentences)
        shown.append(_display({"text/markdown": text}))
    return shown


def _comparisons(
    frames: Mapping[str, pd.DataFrame], codebook: Codebook, options: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if {"group_summaries", "group_tests"} <= frames.keys():
        both = frames["group_summaries"].merge(frames["group_tests"], on="contrast")
        names = (codebook.labels(table, lang=options["lang"]) for table in ("contrasts", "groups"))
        labels = {code: label for found in names for code, label in found.items()}
        table = comparison(both, labels=labels, **options)
        brief = replace(table, cells=table.cells.iloc[:, SHOWN], notes=())
        yield _display({"text/html": brief._repr_html_()})


def _sentences(frames: Mapping[str, pd.DataFrame], options: Mapping[str, Any]) -> Iterator[str]:
    lang, words = options["lang"], read_words(options["lang"])
    if "bivariate_checks" in frames:
        said = multiplicity(frames["bivariate_checks"], Voice(lang, alpha=options["alpha"]))
        yield f"**{words['index.heading.predictors']}.** {said}"
    if {"fidelity", "audit"} <= frames.keys():
        statuses, verdicts = frames["fidelity"]["status"], frames["audit"]["verdict"]
        counts = {
            "total": len(statuses),
            **{code: (statuses == code).sum() for code in ("reproduced", "differs", "impossible")},
            "checks": len(verdicts),
            **{code: (verdicts == code).sum() for code in ("consistent", "inconsistent")},
            "contradictory": (verdicts == "impossible").sum(),
        }
        texts = {name: number(count, lang=lang) for name, count in counts.items()}
        yield f"**{words['index.heading.printed']}.** {words['index.printed'].format(**texts)}"


def _display(data: Mapping[str, Any], metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata or {})}


def _name(output: Mapping[str, Any]) -> str:
    about = output.get("metadata", {}).get("image/svg+xml", {})
    return str(about.get("name", ""))
