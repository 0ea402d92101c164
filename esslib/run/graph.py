"""The graph of a run: notebooks, parameters, and where each declared file stands.

Only the standard library is imported: this is done before every build, even one with nothing to do.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath
from typing import Any

from esslib.run.notebook import Notebook, RunError, read_notebook

OWN_FOLDERS = {
    *(".ci", ".git", "benchmarks", "data", "esslib"),
    *("figures", "notebooks", "printed", "results", "tests"),
}


@dataclass(frozen=True)
class Plan:
    """The notebooks of one run, its parameters and where its files stand.

    Attributes
    ----------
    root : Path
        Project root: notebooks, data and lock file.
    out : Path
        Folder of what the run writes; the root itself for the shipped cohort.
    notebooks : tuple of Notebook
        In order of their names.
    parameters : Mapping
        Values that differ from the notebooks' defaults.
    aliases : Mapping
        Inputs from outside the project: path inside a notebook's copy of the project -> file.
    """

    root: Path
    out: Path
    notebooks: tuple[Notebook, ...]
    parameters: Mapping[str, Any]
    aliases: Mapping[str, Path]

    def place(self, path: str) -> Path:
        """Return where a file declared as `path` really stands."""
        if path in self.aliases:
            return self.aliases[path]
        if self.out == self.root or path not in self.writers:
            return self.root / path
        return (
            self.out / path.removeprefix("data/")
            if path.startswith("data/interim/")
            else self.out / path
        )

    @cached_property
    def writers(self) -> dict[str, str]:
        """Return the notebook that writes each declared output."""
        return {path: n.name for n in self.notebooks for path in self.fill(n, n.writes)}

    def fill(self, notebook: Notebook, templates: Iterable[str]) -> list[str]:
        """Put the values of the parameters into declared paths."""
        values = {**notebook.defaults, **self.own_parameters(notebook)}
        try:
            paths = [template.format_map(values) for template in templates]
        except KeyError as error:
            raise RunError(
                f"{notebook.name}: metadata.ess names the unknown parameter {error}"
            ) from None
        for path in paths:
            if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
                raise RunError(f"{notebook.name}: {path} does not stay within the project")
        return paths

    def own_parameters(self, notebook: Notebook) -> dict[str, Any]:
        """Return the given parameters that this notebook has."""
        return {k: v for k, v in self.parameters.items() if k in notebook.defaults}

    def inputs(self, notebook: Notebook) -> dict[str, Path]:
        """Return the files that a notebook reads, patterns expanded: declared path -> file."""
        found: dict[str, Path] = {}
        for template, filled in zip(
            notebook.reads, self.fill(notebook, notebook.reads), strict=True
        ):
            # a name such as "survey[1].csv" in a parameter is no pattern
            paths = self._expand(filled) if any(c in template for c in "*?[") else [filled]
            found.update((path, self.place(path)) for path in paths)
        return dict(sorted(found.items()))

    def outputs(self, notebook: Notebook) -> dict[str, Path]:
        """Return the files that a notebook must write: declared path -> file."""
        return {path: self.place(path) for path in self.fill(notebook, notebook.writes)}

    def upstream(self, notebook: Notebook) -> list[str]:
        """Return the notebooks whose outputs this one reads."""
        writers = self.writers
        return sorted({writers[path] for path in self.inputs(notebook) if path in writers})

    def chains(self) -> dict[str, int]:
        """Return the cells of the longest chain of notebooks that begins with each one.

        Raises
        ------
        RunError
            Notebooks read each other's outputs in a circle.
        """
        before = {n.name: self.upstream(n) for n in self.notebooks}
        cells = {n.name: len(n.code) for n in self.notebooks}
        try:
            order = list(TopologicalSorter(before).static_order())
        except CycleError as error:
            raise RunError(f"notebooks wait for each other: {' > '.join(error.args[1])}") from None
        chains = dict(cells)
        for name in reversed(order):
            for earlier in before[name]:
                chains[earlier] = max(chains[earlier], cells[earlier] + chains[name])
        return chains

    def moved_by(self, parameter: str) -> list[str]:
        """Return the notebooks that have a parameter, and those whose inputs follow from them."""
        names = {n.name for n in self.notebooks if parameter in n.defaults}
        readers = {n.name: set(self.upstream(n)) for n in self.notebooks}
        while more := {name for name, before in readers.items() if before & names} - names:
            names |= more
        return sorted(names)

    def _expand(self, pattern: str) -> list[str]:
        made = self.writers
        shipped = (
            p.relative_to(self.root).as_posix() for p in self.root.glob(pattern) if p.is_file()
        )
        return sorted({*shipped, *(path for path in made if fnmatch(path, pattern))})


def make_plan(
    root: Path, *, out: str | None = None, settings: Mapping[str, Any] | None = None
) -> Plan:
    """Read the notebooks of `root` and set up a run.

    Parameters
    ----------
    root : Path
        Project root.
    out : str, optional
        Folder of the results of another cohort, relative to the root: anywhere below it but in the
        compendium's own folders, or, as an absolute path, anywhere else.
    settings : Mapping, optional
        Parameters by name. Text is converted to the type of the parameter's default.

    Raises
    ------
    RunError
        Unknown parameter, value of the wrong type, two notebooks that write one file, a missing
        input, or an output folder that holds the compendium or is one of its own.
    """
    notebooks = tuple(
        read_notebook(path) for path in sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    )
    parameters = check_parameters(notebooks, settings or {})
    if parameters and out is None:
        raise RunError(
            f"{', '.join(parameters)}: give out=FOLDER too, or the shipped results would be lost"
        )
    parameters, aliases = _bring_inside(parameters, root)
    if "export" in parameters:
        notebooks = tuple(n for n in notebooks if not n.shipped_only)
    plan = Plan(root, _output_folder(root, out), notebooks, parameters, aliases)
    _check(plan)
    return plan


def _output_folder(root: Path, out: str | None) -> Path:
    """Return where a run writes; another cohort's run writes over nothing of the compendium."""
    if out is None:
        return root
    own, folder = root.resolve(), (root / Path(out).expanduser()).resolve()
    inner = folder.relative_to(own).parts if folder.is_relative_to(own) else ()
    leaves = not inner and not Path(out).expanduser().is_absolute()
    if leaves or own.is_relative_to(folder) or (inner and _is_own(inner)):
        raise RunError(
            f"out={out}: give a folder of its own, such as build/{folder.name or 'cohort'}; a "
            "relative one stays within the project and out of the compendium's folders"
        )
    return root / Path(out).expanduser()


def _is_own(inner: tuple[str, ...]) -> bool:
    return inner[:2] != ("data", "private") and inner[0] in OWN_FOLDERS


def check_parameters(notebooks: Iterable[Notebook], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings, converted; refuse names that no notebook knows.

    Raises
    ------
    RunError
        The message lists the nearest known name, or the type that the parameter needs.
    """
    known = {name: value for n in notebooks for name, value in n.defaults.items()}
    for name in settings:
        if name in {"results_dir", "figures_dir"}:
            raise RunError(f"{name} follows from out=FOLDER; it is not set by itself")
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            raise RunError(f"no notebook has a parameter {name}; {hint}")
    return {name: _convert(name, value, known[name]) for name, value in settings.items()}


def _convert(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, str):
        return str(value)
    try:
        literal = ast.literal_eval(value) if isinstance(value, str) else value
    except (SyntaxError, ValueError):
        literal = value
    if isinstance(default, float) and type(literal) is int:
        return float(literal)
    if default is not None and type(literal) is not type(default):
        raise RunError(f"{name}={value}: expected {type(default).__name__}, like {default!r}")
    return literal


def _bring_inside(parameters: dict[str, Any], root: Path) -> tuple[dict[str, Any], dict[str, Path]]:
    """Name an export within the notebook's copy of the project, wherever the file really is."""
    if "export" not in parameters:
        return parameters, {}
    file = (root / Path(parameters["export"]).expanduser()).resolve()
    if file.is_relative_to(root.resolve()):
        return {**parameters, "export": file.relative_to(root.resolve()).as_posix()}, {}
    alias = f"data/private/{file.name}"
    return {**parameters, "export": alias}, {alias: file}


def _check(plan: Plan) -> None:
    writers = plan.writers
    for notebook in plan.notebooks:
        for path in plan.outputs(notebook):
            if writers[path] != notebook.name:
                raise RunError(f"{path} is written by both {notebook.name} and {writers[path]}")
        for path, file in plan.inputs(notebook).items():
            if writers.get(path) == notebook.name:
                raise RunError(f"{notebook.name} both reads and writes {path}")
            if path not in writers and not file.is_file():
                raise RunError(
                    f"{path}, which {notebook.name} reads, does not exist and no notebook writes it"
                )
