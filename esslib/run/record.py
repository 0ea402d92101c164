"""Is a step of the run up to date? Decided by content alone, never by dates.

After a step, a record with the SHA-256 of its inputs and outputs is written. The step is current as
long as its key (code, parameters, library sources, lock) and all these files are what the record
says. A run that is killed leaves no record of what it was doing, so nothing half-written is taken
as good.
"""

from __future__ import annotations

import errno
import glob
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from printed.files import PART, write_atomically

# What locking says of a file that another process holds; anything else means that there are no
# locks.
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@dataclass(frozen=True)
class Step:
    """One unit of work with its declared files.

    Attributes
    ----------
    name : str
        Unique within a run, for example ``"notebook:01_cleaning"``.
    key : str
        Digest of everything that matters to the step and is not one of its input files.
    inputs, outputs : Mapping
        Path as the manifest prints it -> file.
    record : Path
        Where the record of the last complete execution stands.
    """

    name: str
    key: str
    inputs: Mapping[str, Path]
    outputs: Mapping[str, Path]
    record: Path


def is_current(step: Step) -> bool:
    """Tell whether the step's last record agrees with its key and with every file."""
    record = read_record(step.record)
    return (
        record.get("key") == step.key
        and record.get("inputs") == digests(step.inputs)
        and record.get("outputs") == digests(step.outputs)
    )


def perform(step: Step, action: Callable[[], None]) -> None:
    """Run `action` and record what it read and wrote, unless another run has just done so.

    Two runs in one folder wait for each other here; a killed run releases its lock by dying.
    """
    with exclusive(step.record.with_suffix(".lock"), step.name):
        if is_current(step):
            return
        _remove_parts(step)
        before = digests(step.inputs)
        action()
        content = {"key": step.key, "inputs": before, "outputs": digests(step.outputs)}
        write_atomically(step.record, json.dumps(content, indent=1, sort_keys=True) + "\n")


def read_record(path: Path) -> dict[str, Any]:
    """Return a record, empty when there is none or it cannot be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def digests(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the SHA-256 of each file, ``"missing"`` where there is none."""
    return {
        name: digest(path) if path.is_file() else "missing" for name, path in sorted(files.items())
    }


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(*parts: Any) -> str:
    """Return one SHA-256 for values that JSON can express."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def digest_files(files: Iterable[Path], *, base: Path) -> dict[str, str]:
    """Return the SHA-256 of files by their path below `base`."""
    return {file.relative_to(base).as_posix(): digest(file) for file in files}


def _remove_parts(step: Step) -> None:
    """Remove what a killed run was writing."""
    for path in (*step.outputs.values(), step.record):
        for part in path.parent.glob(f".{glob.escape(path.name)}.*{PART}"):
            part.unlink(missing_ok=True)


@contextmanager
def exclusive(path: Path, what: str) -> Iterator[None]:
    """Hold a lock that only one process has at a time, and that ends with its process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not _lock(file, wait=False):
            print(f"{what}: another run is at work here, waiting for it", file=sys.stderr)
            _lock(file, wait=True)
        yield


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        if error.errno not in _HELD:
            print(
                f"{file.name}: this file system cannot lock files ({error}); start one run at a time",
                file=sys.stderr,
            )
            return True
        return _lock(file, wait=True) if wait else False
    return True
