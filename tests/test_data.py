"""The data folder: every committed file is listed with its checksum."""

import hashlib
import subprocess

import pytest

from esslib.paths import resolve

DATA = resolve("data")


def listed():
    lines = (DATA / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def test_every_listed_file_has_its_checksum():
    found = {name: hashlib.sha256((DATA / name).read_bytes()).hexdigest() for name in listed()}
    assert found == listed(), "after a change on purpose: make checksums"


def test_every_committed_file_is_listed():
    try:
        run = subprocess.run(
            ["git", "ls-files", "data"], cwd=DATA.parent, capture_output=True, text=True, check=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    committed = {path.removeprefix("data/") for path in run.stdout.split()} - {"SHA256SUMS"}
    assert committed == set(listed())
