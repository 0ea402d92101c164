"""The executed notebook, made of the source's prose and code and of the outputs of its last run.

Outputs are kept apart from prose: an edited sentence needs no new execution. Nothing that differs
between machines, folders or moments is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from esslib.run.notebook import Notebook, source

INJECTED = "injected-parameters"
# Default representations of objects end in where they stood in memory.
_ADDRESS = re.compile(r" at 0x[0-9a-f]+>")


def outputs_of(cells: Iterable[Mapping[str, Any]], *, hide: Iterable[str]) -> list[dict[str, Any]]:
    """Return source and cleaned outputs of each executed code cell.

    Parameters
    ----------
    cells : iterable of mappings
        Cells of an executed notebook.
    hide : iterable of str
        Folders to cut from texts, so that paths are relative to the project.

    Returns
    -------
    list of dict
        ``source``, ``injected`` (was it added by papermill?) and ``outputs``. Warnings and other
        text on the error stream are left out.
    """
    prefixes = sorted({f"{folder}/" for folder in hide}, key=len, reverse=True)
    return [
        {
            "source": source(cell),
            "injected": INJECTED in cell["metadata"].get("tags", []),
            "outputs": _clean(cell["outputs"], prefixes),
        }
        for cell in cells
        if cell["cell_type"] == "code"
    ]


def error_text(cells: Iterable[Mapping[str, Any]]) -> str:
    """Return what the cells wrote on the error stream."""
    outputs = (output for cell in cells for output in cell.get("outputs", ()))
    return "".join(o["text"] for o in outputs if o.get("name") == "stderr")


def merge(notebook: Notebook, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    """Put the outputs of a run into the notebook as it is now.

    Parameters
    ----------
    notebook : Notebook
        Source; its code cells are those that were executed.
    outputs : list of dict
        From `outputs_of`.

    Returns
    -------
    dict
        Notebook in format 4.5.
    """
    remaining = iter(outputs)
    cells: list[dict[str, Any]] = []
    count = 0
    for number, cell in enumerate(notebook.cells, start=1):
        cells.append(_base(cell, f"cell-{number:02d}"))
        if cell["cell_type"] != "code":
            continue
        results = [next(remaining)]
        if "parameters" in cell["metadata"].get("tags", []) and outputs[len(results)]["injected"]:
            results.append(next(remaining))
            cells.append(_injected(results[-1]))
        for target, result in zip(cells[-len(results) :], results, strict=True):
            count += bool(result["source"].strip())
            target["execution_count"] = count if result["source"].strip() else None
            target["outputs"] = [_numbered(output, count) for output in result["outputs"]]
    metadata = {k: v for k, v in notebook.metadata.items() if k in {"ess", "kernelspec", "title"}}
    language = {"name": "python", "pygments_lexer": "ipython3"}
    return {
        "cells": cells,
        "metadata": {**metadata, "language_info": language},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _base(cell: Mapping[str, Any], fallback_id: str) -> dict[str, Any]:
    kept = {k: v for k, v in cell.items() if k in {"attachments", "cell_type", "metadata"}}
    return {**kept, "id": cell.get("id", fallback_id), "source": source(cell)}


def _injected(result: Mapping[str, Any]) -> dict[str, Any]:
    cell = {"cell_type": "code", "metadata": {"tags": [INJECTED]}, "source": result["source"]}
    return _base(cell, INJECTED)


def _numbered(output: Mapping[str, Any], count: int) -> dict[str, Any]:
    extra = {"execution_count": count} if output["output_type"] == "execute_result" else {}
    return {**output, **extra}


def _clean(outputs: Iterable[Mapping[str, Any]], prefixes: list[str]) -> list[dict[str, Any]]:
    """Join the pieces in which a text happened to arrive, drop the error stream, cut paths."""
    shown = [output for output in outputs if output.get("name") != "stderr"]
    cleaned: list[dict[str, Any]] = []
    for name, group in groupby(shown, key=lambda output: output.get("name")):
        if name:
            text = "".join(output["text"] for output in group)
            cleaned.append({"output_type": "stream", "name": name, "text": _cut(text, prefixes)})
        else:
            cleaned.extend(_portable(output, prefixes) for output in group)
    return cleaned


def _portable(output: Mapping[str, Any], prefixes: list[str]) -> dict[str, Any]:
    data = {
        mime: _cut(value, prefixes)
        if mime.startswith("text/") and isinstance(value, str)
        else value
        for mime, value in output.get("data", {}).items()
    }
    kept = {k: v for k, v in output.items() if k in {"output_type", "metadata"}}
    return {**kept, "data": data}


def _cut(text: str, prefixes: list[str]) -> str:
    for prefix in prefixes:
        text = text.replace(prefix, "")
    return _ADDRESS.sub(">", text)
