"""Import a library without the optional packages that make its start slow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# jsonschema compiles a grammar for internationalised addresses (2 s), papermill looks for Hadoop
# (0.5 s).
UNNEEDED = ("rfc3987_syntax", "pyarrow")


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Let imports inside the block find these packages absent, unless they are loaded already.

    Examples
    --------
    >>> with hidden("antigravity"):
    ...     import antigravity
    Traceback (most recent call last):
    ModuleNotFoundError: import of antigravity halted; None in sys.modules
    """
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
