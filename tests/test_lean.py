"""Imports without what makes them slow."""

import json
import sys

import pytest

from esslib.lean import hidden


def test_hidden_packages_are_absent_inside_only():
    with hidden("antigravity", "json"), pytest.raises(ImportError):
        import antigravity  # noqa: F401
    assert "antigravity" not in sys.modules
    assert sys.modules["json"] is json
