"""THIRD_PARTY.md names a licence for everything that the lock pins."""

import re

import pytest

from esslib.paths import resolve
from esslib.run.conda import locked
from esslib.run.licences import FILE, KNOWN, licence_of, licences


def rows():
    text = resolve(FILE).read_text(encoding="utf-8")
    return re.findall(r"^\| ([\w.-]+) \| ([\d][\d.a-z, ]*) \| (.+) \|$", text, re.MULTILINE)


def test_every_locked_package_stands_in_the_table():
    pinned = locked(resolve("."))
    assert {(n, v) for n, vs, _ in rows() for v in vs.split(", ")} == set(pinned)
    assert len(rows()) == len(dict(pinned))


def test_the_command_writes_the_table():
    assert licences(resolve(".")) == resolve(FILE).read_text(encoding="utf-8")


def test_what_only_some_machines_install_is_known_on_all():
    lock = resolve("requirements.lock").read_text(encoding="utf-8")
    marked = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==[^\s;]+ *;", lock, re.MULTILINE)
    assert marked
    assert sorted(set(marked) - KNOWN.keys()) == []


def test_licences_come_from_the_packages():
    assert licence_of("pingouin") == "GPL-3.0"
    assert "BSD" in licence_of("scipy")
    assert KNOWN.keys() <= {name for name, *_ in rows()}


def test_a_package_without_licence_is_said():
    with pytest.raises(LookupError, match="no-such-package is not installed: add its licence"):
        licence_of("no-such-package")
