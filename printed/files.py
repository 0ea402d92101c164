"""How a file comes to stand whole: the one writer of files."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PART = ".part"  # how the name of a file ends that is being written


def write_atomically(path: str | Path, content: str | bytes) -> Path:
    """Write a file so that other programs see the old content or the new, never a part.

    Text is written as UTF-8, its lines ended by LF. The folder is made when it is missing.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
    return target


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Name a file to write, which then takes the place of `path` at once."""
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}{PART}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def move(file: Path, target: Path) -> None:
    """Replace `target` at once, also where a link or a mount puts it on another file system."""
    try:
        file.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with replacing(target) as part:
            shutil.copyfile(file, part)
