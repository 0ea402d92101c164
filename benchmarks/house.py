"""Measure how heavy the library is: its size, its functions, and what the notebooks ask of it.

``python benchmarks/house.py`` prints a table; ``--repo DIR``, given once or more, measures other
checkouts by the same rules, side by side; ``--list`` adds what stands behind some counts. Files are
read, never run; the packages are `esslib` and, where there is one, `printed`.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path, PurePosixPath
from typing import Any

PACKAGES = ("esslib", "printed")
VERBS = {"show", "draw", "tell"}  # methods of a study that could take a table or a figure by name
KEYS = ("name", "code", "tool", "class", "covariate", "contrast", "group", "reason")
SCORE = "ess_total"  # column of the study's score
# Keys of the codebook that are words of any program.
GENERIC = (
    "average both duplicate female good male multiple none number other single text total urban"
)
# A table and a figure of one frame may have one name.
TWINS = [{"esslib/display/figures", "esslib/display/tables"}]
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = Function | ast.ClassDef


class House:
    """The packages of one checkout, and its notebooks 01 to 05."""

    def __init__(self, root: Path) -> None:
        self.root = root
        files = [file for name in PACKAGES for file in sorted((root / name).rglob("*.py"))]
        self.trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}
        self.nodes = [(file, node) for file, tree in self.trees.items() for node in ast.walk(tree)]
        self.public = [found for tree in self.trees.values() for found in public(tree.body)]
        stems = [(file.stem, file) for file in files if not file.stem.startswith("__")]
        named = [(k, f) for f, tree in self.trees.items() for k, _ in public(tree.body)]
        self.defined = {k for k, _ in named if "." not in k and k != "main"}
        self.twice = [self._twice(stems), self._twice(n for n in named if n[0] in self.defined)]
        self.names, self.modules, self.behind = set[str](), set[str](), set[Path]()
        self.cells, self.after_prose = list[int](), 0
        for path in sorted((root / "notebooks").glob("0[1-5]_*.ipynb")):
            self._read_notebook(json.loads(path.read_text(encoding="utf-8"))["cells"])

    def _read_notebook(self, cells: Sequence[dict[str, Any]]) -> None:
        code = ""
        for before, cell in pairwise([{"cell_type": ""}, *cells]):
            source = "".join(cell["source"])
            if cell["cell_type"] == "code":
                code += source + "\n"
                if "parameters" not in cell["metadata"].get("tags", ()):
                    self.cells.append(sum(bool(line.strip()) for line in source.splitlines()))
                    self.after_prose += before["cell_type"] == "markdown"
        self._look_for_names(ast.parse(code))

    def _look_for_names(self, tree: ast.Module) -> None:
        """Add names of the library as they are written, and the modules that they are from."""
        known = {"study": ""}
        for dotted, written, local in imports(tree):
            self.names.add(written)
            self.modules.add(dotted if self.file_of(dotted) else dotted.rpartition(".")[0])
            known[local] = local if local in PACKAGES else dotted
            self._follow(dotted)
        for node in ast.walk(tree):
            self.names.update(self._in_strings(node))
            if isinstance(node, ast.Attribute):
                first, *rest = ast.unparse(node).split(".")
                inner = ".".join([known.get(first, ""), *rest[:-1]])
                if first in known and (len(rest) == 1 or self.file_of(inner)):
                    self.names.add(".".join([first, *rest]))
                    self.modules.update({inner} if self.file_of(inner) else ())

    def _in_strings(self, node: ast.AST) -> Iterator[str]:
        """Yield what a verb of the study is given by name: its first string, or a public name."""
        match node:
            case ast.Call(ast.Attribute(ast.Name("study"), verb), given) if verb in VERBS:
                texts = [str(a.value) if isinstance(a, ast.Constant) else "" for a in given]
                named = [*texts[:1], *(text for text in texts[1:] if text in self.defined)]
                yield from (f'"{name}"' for name in named if name.replace(".", "").isidentifier())

    def _follow(self, dotted: str) -> None:
        """Add a module, its parents, and what they import, in functions too."""
        for part in accumulate(dotted.split("."), "{}.{}".format):
            file = self.file_of(part)
            if file and file not in self.behind:
                self.behind.add(file)
                package = file.relative_to(self.root).parent.parts
                for name, *_ in imports(self.trees[file], package):
                    self._follow(name)

    def file_of(self, dotted: str) -> Path | None:
        """Return the file of a module of the packages; None for any other name."""
        path = self.root.joinpath(*dotted.split("."))
        files = (path.with_suffix(".py"), path / "__init__.py")
        return next((file for file in files if file in self.trees), None)

    def _twice(self, named: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
        """Return the files of names that stand in several of them, but for `TWINS`."""
        files: dict[str, list[str]] = {}
        for name, file in named:
            files.setdefault(name, []).append(file.relative_to(self.root).as_posix())
        return {
            name: found
            for name, found in sorted(files.items())
            if len(found) > 1 and {str(PurePosixPath(file).parent) for file in found} not in TWINS
        }

    def keys(self) -> set[str]:
        """Return the keys of the codebook that only this study has."""
        files = (self.root / "data" / "codebook").glob("*.csv")
        rows = [row for f in files for row in csv.DictReader(f.read_text("utf-8").splitlines())]
        keys = {key for row in rows for column in KEYS if len(key := row.get(column) or "") > 3}
        return (keys | {SCORE}) - {*GENERIC.split()}

    def strings(self) -> dict[str, list[str]]:
        """Return `keys` by the file of the packages that holds them."""
        keys, found = self.keys(), dict[str, list[str]]()
        for file, node in self.nodes:
            if mine := [text for text in written(node) if text in keys]:
                found.setdefault(file.relative_to(self.root).as_posix(), []).extend(mine)
        return found

    def measures(self) -> dict[str, str]:
        """Return what is measured and how much."""
        functions = [node for _, node in self.nodes if isinstance(node, Function)]
        bodies = [lines_of_body(function) for function in functions]
        n_many = sum(n_parameters(function) > 5 for function in functions)
        told = sum(bool(ast.get_docstring(node)) for _, node in self.public) / len(self.public)
        rooms = {p: [f for f in self.trees if self.root / p in f.parents] for p in PACKAGES}
        prose = self.after_prose / len(self.cells)
        return {
            "library: lines / modules": size(self.trees),
            **{f"… in `{name}`": size(files) for name, files in rooms.items()},
            "… at the top of a package": str(sum(f.parents[1] == self.root for f in self.trees)),
            "function bodies: median / p90 / max lines": spread(bodies, 0.5, 0.9, 1),
            "functions with over five parameters": f"{n_many} of {len(functions):,}",
            "public names documented": f"{told:.1%} of {len(self.public):,}",
            "defined twice: file names / public names": " / ".join(f"{len(t)}" for t in self.twice),
            "strings of the study in the code": str(sum(map(len, self.strings().values()))),
            "notebooks 01–05: names of the library": str(len(self.names)),
            "… from modules": str(len(self.modules)),
            "… behind them: lines / modules": size(self.behind),
            "… code cells: median / p90 lines": spread(self.cells, 0.5, 0.9),
            "… code cells after prose": f"{prose:.0%} of {len(self.cells)}",
        }


def public(body: Sequence[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Documented]]:
    """Yield public functions, classes and their methods, named from the top of the module."""
    for node in body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


def imports(tree: ast.AST, package: Sequence[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Yield each import from the packages: in full, as it is written, and as the code calls it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module, level = getattr(node, "module", None), getattr(node, "level", 0)
            above = package[: len(package) - level + 1] if level else ()
            for alias in node.names:
                full = ".".join(part for part in (*above, module, alias.name) if part)
                if full.split(".")[0] in PACKAGES:
                    yield full, alias.name, alias.asname or alias.name.split(".")[0]


def written(node: ast.AST) -> list[str]:
    """Return what is written as a string, part by part where dots part it, or as a new column."""
    match node:
        case ast.Constant(str(text)):
            return text.split(".") if len(text.split()) == 1 else []
        case ast.Call(ast.Attribute(attr="assign"), keywords=columns):
            return [column.arg or "" for column in columns]
    return []


def lines_of_body(function: Function) -> int:
    """Return the lines from the first statement after the docstring to the last."""
    body = function.body[ast.get_docstring(function) is not None :]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def n_parameters(function: Function) -> int:
    """Return the number of named parameters, without `self` and `cls`."""
    given = function.args
    names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def size(files: Collection[Path]) -> str:
    """Return lines and number of files."""
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    return f"{lines:,} / {len(files)}" if files else "–"


def spread(counts: Sequence[int], *shares: float) -> str:
    """Return the counts that so large a share of all reach at most."""
    ordered, n = sorted(counts), len(counts)
    return " / ".join(str(ordered[min(n - 1, int(n * share))]) for share in shares)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how heavy the library is.")
    parser.add_argument("--repo", type=Path, action="append", metavar="DIR", help="a checkout")
    parser.add_argument("--list", action="store_true", help="add what stands behind some counts")
    given = parser.parse_args()
    houses = [House(root.resolve()) for root in given.repo or [Path(__file__).parents[1]]]
    columns = [house.measures() for house in houses]
    print(f"| {'measure':<41} |", *(f"{house.root.name:>14} |" for house in houses))
    print("|---|" + "---:|" * len(houses))
    for name in columns[0]:
        print(f"| {name:<41} |", *(f"{column[name]:>14} |" for column in columns))
    for house in houses if given.list else ():
        print(f"\n{house.root.name}: names in notebooks", *sorted(house.names), sep="\n  ")
        for title, found in (
            ("defined twice", house.twice[0] | house.twice[1]),
            ("strings of the study", house.strings()),
        ):
            lines = (f"{name}: {' '.join(sorted({*each}))}" for name, each in found.items())
            print(f"\n{house.root.name}: {title}", *lines, sep="\n  ")


if __name__ == "__main__":
    main()
