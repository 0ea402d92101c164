"""``python -m esslib.run.licences`` lists the licences of all that requirements.lock pins.

A package that every machine installs says its licence itself; what only some systems or Pythons
install, and what is silent, stands in `KNOWN`, so that every machine writes the same table.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from esslib.paths import resolve
from esslib.run.conda import locked
from printed.files import write_atomically

FILE = "THIRD_PARTY.md"
FIELDS = ("License-Expression", "License")
# Installed on some systems or Python versions only, or without a licence in their metadata: read in
# the packages' own metadata or licence files.
KNOWN = {
    "aiohappyeyeballs": "PSF-2.0",
    "aiohttp": "Apache-2.0 AND MIT",
    "aiosignal": "Apache-2.0",
    "appnope": "BSD-2-Clause",
    "atheris": "Apache-2.0",
    "axe-playwright-python": "MIT, with axe-core under MPL-2.0",
    "colorama": "BSD-3-Clause",
    "frozenlist": "Apache-2.0",
    "lazy-importer": "Apache-2.0",
    "libcst": "MIT License",
    "librt": "MIT",
    "linkify-it-py": "MIT License",
    "markdown-it-py": "MIT License",
    "mdit-py-plugins": "MIT License",
    "mdurl": "MIT License",
    "multidict": "Apache-2.0",
    "mutmut": "BSD-3-Clause",
    "overrides": "Apache License, Version 2.0",
    "pexpect": "ISC License (ISCL)",
    "propcache": "Apache-2.0",
    "ptyprocess": "ISC License (ISCL)",
    "pycparser": "BSD-3-Clause",
    "pywinpty": "MIT",
    "pyyaml-ft": "MIT",
    "rich": "MIT License",
    "setproctitle": "BSD-3-Clause",
    "soupsieve": "MIT",
    "textual": "MIT License",
    "yarl": "Apache-2.0",
}
HEADER = """\
# Licences of the dependencies

Made by `python -m esslib.run.licences` from `requirements.lock` and the packages' own metadata; a test
compares them. None of these packages is part of this repository: `make` installs them. (Three fonts of
matplotlib are, shortened, with their licence: `esslib/display/figures/dejavu/`.) pingouin is under the GPL: who
hands on the compendium together with it does so under the terms of the GPL.

| package | version | licence |
|---|---|---|
"""


def licence_of(name: str) -> str:
    """Return the licence of a package in its own short words.

    Raises
    ------
    LookupError
        Neither the installed package nor `KNOWN` tells.
    """
    if name in KNOWN:
        return KNOWN[name]
    try:
        said = metadata(name)
    except PackageNotFoundError:
        raise LookupError(f"{name} is not installed: add its licence to KNOWN") from None
    classes = [
        text.rpartition(" :: ")[2]
        for text in said.get_all("Classifier", [])
        if text.startswith("License ::")
    ]
    expression, whole = (next(iter(said.get_all(key, [])), "") for key in FIELDS)
    short = whole if whole != "UNKNOWN" and len(whole.splitlines()) == 1 and len(whole) < 40 else ""
    found = expression or " / ".join(classes) or short
    if not found:
        raise LookupError(f"{name} does not tell its licence: add it to KNOWN")
    return found


def licences(root: Path) -> str:
    """Return the table of a project's locked packages with their licences.

    Parameters
    ----------
    root : Path
        Folder of ``requirements.lock``.
    """
    versions: dict[str, list[str]] = {}
    for name, version in locked(root):
        versions.setdefault(name, []).append(version)
    rows = (f"| {n} | {', '.join(found)} | {licence_of(n)} |\n" for n, found in versions.items())
    return HEADER + "".join(rows)


if __name__ == "__main__":
    write_atomically(resolve(FILE), licences(resolve(".")))
