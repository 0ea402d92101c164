"""Where files stand.

Every path of the compendium is relative to the project root: a notebook may be started from any
folder, so nothing is resolved against the working folder.
"""

from __future__ import annotations

import os
from pathlib import Path

# The runner executes a notebook in a copy of the project that holds only what the notebook
# declares.
ROOT_VARIABLE = "ESSLIB_ROOT"
_CHECKOUT = Path(__file__).resolve().parents[1]


class MissingInputError(FileNotFoundError):
    """An input that another notebook should have written is not there."""


def project_root() -> Path:
    """Return the folder that relative paths start from.

    Returns
    -------
    Path
        The checkout that holds ``esslib``, or the folder named by ``ESSLIB_ROOT`` (set by the
        runner).
    """
    return Path(os.environ.get(ROOT_VARIABLE) or _CHECKOUT)


def resolve(path: str | Path) -> Path:
    """Return `path` as an absolute path; a relative one starts from the project root.

    Examples
    --------
    >>> resolve("data/raw") == project_root() / "data" / "raw"
    True
    """
    return project_root() / path


def prepare(path: str | Path) -> Path:
    """Resolve the path of a file to be written, and make its folder.

    Returns
    -------
    Path
        Absolute path whose parent folder exists.
    """
    target = resolve(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def within_project(path: str | Path, *, parameter: str) -> Path:
    """Return the output folder that a notebook's parameter names, unless it leaves the project.

    Raises
    ------
    ValueError
        The folder, links followed, does not stand below the project root.
    """
    root = project_root().resolve()
    folder = resolve(path).resolve()
    if folder == root or not folder.is_relative_to(root):
        raise ValueError(
            f"{parameter} is {str(path)!r}, outside of the project: name a folder below {root}, or "
            "run `doit out=FOLDER` to write elsewhere."
        )
    return Path(path)


def says_synthetic(path: str | Path) -> bool:
    """Tell whether a file says in its name, not in its folder's, that its data are synthetic.

    Whatever else is a real cohort, and protected as one.

    Examples
    --------
    >>> says_synthetic("data/raw/synthetic_export.csv"), says_synthetic("synthetic/survey.csv")
    (True, False)
    """
    return "synthetic" in Path(path).name


def require(path: str | Path, *, written_by: str) -> Path:
    """Resolve the path of an input, and say who writes it when it is missing.

    Parameters
    ----------
    path : str or Path
        File, relative to the project root.
    written_by : str
        Notebook that writes it, for example ``"01_cleaning"``.

    Raises
    ------
    MissingInputError
        The file is not there; the message names the notebook to run first.
    """
    target = resolve(path)
    if target.exists():
        return target
    if project_root() != _CHECKOUT and (_CHECKOUT / path).exists():
        raise MissingInputError(
            f"{path} is not among the inputs that this notebook declares: "
            "add it to `ess.reads` in the notebook's metadata."
        )
    raise MissingInputError(
        f"{path} is missing. The notebook {written_by} writes it: "
        f"run notebooks/{written_by}.ipynb first, or `doit` for everything."
    )
