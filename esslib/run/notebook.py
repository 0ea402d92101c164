"""A notebook file: its cells, its parameters and the files that it declares.

Each notebook declares in its metadata what it reads and writes::

    "ess": {"reads": ["data/codebook/*.csv", "{export}"], "writes": ["data/interim/tidy.parquet"]}

Paths are relative to the project root; ``{name}`` stands for the value of that parameter,
``items.{html,docx}`` for one file of each kind. A notebook
about the shipped cohort alone says ``"shipped_only": true``: a run on another export leaves it out.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class RunError(Exception):
    """A run cannot start or go on; the message is for the person who started it."""


@dataclass(frozen=True)
class Notebook:
    """What the runner needs to know of one notebook.

    Attributes
    ----------
    name : str
        File name without ``.ipynb``.
    path : Path
        The file.
    cells : tuple of dict
        Cells as stored in the file.
    defaults : Mapping
        Parameter names and default values, from the cell tagged ``parameters``.
    reads, writes : tuple of str
        Declared files, parameters still in braces.
    shipped_only : bool
        Whether it speaks of the shipped cohort alone, so that other exports leave it out.
    """

    name: str
    path: Path
    cells: tuple[dict[str, Any], ...]
    metadata: Mapping[str, Any]
    defaults: Mapping[str, Any]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    shipped_only: bool = False

    @property
    def code(self) -> tuple[str, ...]:
        """Sources of the code cells, in order."""
        return tuple(source(cell) for cell in self.cells if cell["cell_type"] == "code")

    @property
    def title(self) -> str:
        """First heading of the notebook."""
        headings = (line for line in self._prose() if line.startswith("# "))
        return next(headings, self.name).removeprefix("# ").strip()

    @property
    def question(self) -> str:
        """First line that is bold as a whole: what the notebook asks; empty where none is."""
        bold = (line for line in self._prose() if re.fullmatch(r"\*\*[^*]+\*\*", line))
        return next(bold, "").strip("*")

    def _prose(self) -> Iterator[str]:
        for cell in self.cells:
            if cell["cell_type"] == "markdown":
                yield from source(cell).splitlines()


def source(cell: Mapping[str, Any]) -> str:
    """Return a cell's text; the format allows a list of lines as well as one string."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def read_notebook(path: Path) -> Notebook:
    """Read a notebook and its declarations.

    Raises
    ------
    RunError
        The metadata lack the declaration, or the parameter cell holds more than plain literals.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    declared = content["metadata"].get("ess")
    if declared is None:
        raise RunError(f'{path.name}: the metadata lack "ess": {{"reads": [...], "writes": [...]}}')
    cells = tuple(content["cells"])
    tagged = [c for c in cells if "parameters" in c.get("metadata", {}).get("tags", [])]
    try:
        defaults = read_parameters(source(tagged[0])) if tagged else {}
    except (SyntaxError, ValueError) as error:
        raise RunError(f"{path.name}, parameter cell: {error}") from None
    return Notebook(
        name=path.stem,
        path=path,
        cells=cells,
        metadata=content["metadata"],
        defaults=defaults,
        reads=tuple(path for text in declared.get("reads", ()) for path in alternatives(text)),
        writes=tuple(path for text in declared.get("writes", ()) for path in alternatives(text)),
        shipped_only=bool(declared.get("shipped_only", False)),
    )


def alternatives(path: str) -> list[str]:
    """Return the paths that a declared one stands for; braces with a comma list alternatives.

    Examples
    --------
    >>> alternatives("{results_dir}/items.{html,excel.csv}")
    ['{results_dir}/items.html', '{results_dir}/items.excel.csv']
    """
    before, *rest = re.split(r"\{([^{}]*,[^{}]*)\}", path, maxsplit=1)
    if not rest:
        return [path]
    choices, after = rest
    return [
        f"{before}{choice}{end}" for choice in choices.split(",") for end in alternatives(after)
    ]


def read_parameters(code: str) -> dict[str, Any]:
    """Return the names and literal values that a parameter cell assigns.

    Raises
    ------
    ValueError
        A line is not ``name = literal``.

    Examples
    --------
    >>> read_parameters('alpha = 0.05  # two-sided level')
    {'alpha': 0.05}
    """
    values = {}
    for statement in ast.parse(code).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                raise ValueError(f"line {statement.lineno} is not `name = literal`")
        values[name] = ast.literal_eval(value)
    return values
