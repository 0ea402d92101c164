"""Which sources of the project a notebook depends on: imports are read, and not run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("esslib", "printed")
_NAMES = "|".join(PACKAGES)
# Statements that may import from the library, also over several lines in parentheses. Only these
# are parsed: parsing all sources would take most of the time of a run that has nothing to do.
_IMPORT = re.compile(
    rf"^[ \t]*((?:import|from)[ \t]+(?:\.|[^\n]*\b(?:{_NAMES})\b)[^\n(]*(?:\([^)]*\))?[^\n]*)",
    re.MULTILINE,
)


def sources_of(code: Iterable[str]) -> list[Path]:
    """Return the files of `esslib` and `printed` that running `code` may use.

    Modules are followed through imports, those inside functions too. Files that are not Python
    (styles, vocabularies) count as used by every module that stands in their folder or above it.

    Parameters
    ----------
    code : iterable of str
        Python sources, for example the code cells of a notebook.

    Returns
    -------
    list of Path
        Sorted; empty when nothing of them is imported.
    """
    waiting = {name for text in code for name in imported(text, package="")}
    found: set[Path] = set()
    while waiting:
        file = module_file(waiting.pop())
        if file is None or file in found:
            continue
        found.add(file)
        waiting |= _imports_of(file)
    data = (path for folder in {f.parent for f in found} for path in _data_files(folder))
    return sorted(found.union(data))


def imported(code: str, *, package: str) -> set[str]:
    """Return the dotted names of the project's packages that `code` imports, and all parents.

    Parameters
    ----------
    code : str
        Python source.
    package : str
        Package that relative imports start from.

    Examples
    --------
    >>> sorted(imported("from esslib import paths", package=""))
    ['esslib', 'esslib.paths']
    """
    names = {name for node in _imports_in(code) for name in _targets(node, package)}
    mine = {name for name in names if name.split(".")[0] in PACKAGES}
    return {".".join(name.split(".")[: n + 1]) for name in mine for n in range(name.count(".") + 1)}


def module_file(name: str) -> Path | None:
    """Return the file of a module of the project; None for a name that is a function or a class."""
    path = ROOT.joinpath(*name.split("."))
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)


def _imports_in(code: str) -> Iterator[ast.stmt]:
    for statement in _IMPORT.findall(code):
        try:
            yield from ast.parse(statement).body
        except SyntaxError:  # a sentence of a docstring, or a statement that the pattern has cut
            if re.match(rf"from \.|(from|import) ({_NAMES})\b", statement):
                yield from (n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.stmt))


def _targets(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            parents = package.split(".")[: len(package.split(".")) - level + 1] if level else []
            base = ".".join([*parents, *([module] if module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in names)


@cache
def _imports_of(file: Path) -> set[str]:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return imported(file.read_text(encoding="utf-8"), package=".".join(parts[:-1]))


@cache
def _data_files(folder: Path) -> tuple[Path, ...]:
    def is_data(path: Path) -> bool:
        return (
            path.is_file() and path.suffix not in {".py", ".pyc"} and "templates" not in path.parts
        )

    own = (path for path in folder.iterdir() if is_data(path))
    below = (path for sub in folder.iterdir() if _is_data_folder(sub) for path in sub.rglob("*"))
    return tuple(sorted({*own, *(path for path in below if is_data(path))}))


def _is_data_folder(folder: Path) -> bool:
    return (
        folder.is_dir() and folder.name != "__pycache__" and not (folder / "__init__.py").exists()
    )
