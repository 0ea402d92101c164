"""A notebook runs in a copy of the project that holds only its declared inputs.

So an input that is not declared is not found, an output that is not declared is noticed, and what a
notebook has written reaches the project only when all of it is there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from esslib.run.notebook import RunError
from printed.files import move


@contextmanager
def staged(folder: Path, reads: Mapping[str, Path], writes: Iterable[str]) -> Iterator[Path]:
    """Make the copy, and remove it in the end.

    Parameters
    ----------
    folder : Path
        Of this notebook alone; on the file system of the results, so that files can be moved at
        once. What a killed run has left there is removed.
    reads : Mapping
        Path within the copy -> file to copy.
    writes : iterable of str
        Paths that will be written; their folders are made.

    Yields
    ------
    Path
        New folder in `folder`, where a kernel that outlives its runner for a moment writes nothing;
        it has an empty subfolder ``notebooks`` to work in.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy = Path(tempfile.mkdtemp(dir=folder))
        for path in (*reads, *writes, "notebooks/."):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / "notebooks").mkdir(exist_ok=True)
        for path, file in reads.items():
            shutil.copyfile(file, copy / path)
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(
    folder: Path, writes: Mapping[str, Path], *, reads: Iterable[str], notebook: str
) -> None:
    """Check what a notebook has written in its copy, then move it into the project.

    Raises
    ------
    RunError
        A declared output was not written, or something else was. Nothing has been moved then.
    """
    missing = [path for path in writes if not (folder / path).is_file()]
    if missing:
        raise RunError(f"{notebook} declares but did not write: {', '.join(missing)}")
    extra = sorted(set(_written(folder)) - set(writes) - set(reads))
    if extra:
        raise RunError(
            f"{notebook} wrote without declaring it in metadata.ess.writes: {', '.join(extra)}"
        )
    for path, target in writes.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        move(folder / path, target)


def _written(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        inner = path.relative_to(folder)
        if path.is_file() and not any(
            part.startswith((".", "__pycache__")) for part in inner.parts
        ):
            yield inner.as_posix()
