"""The style checks and the types, as `make check` runs them."""

import subprocess
import sys

import pytest

from esslib.paths import resolve


@pytest.mark.parametrize(
    "words",
    [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        pytest.param(["mypy"], marks=[pytest.mark.slow, pytest.mark.long]),
    ],
    ids=" ".join,
)
def test_checks_are_clean(words):
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=resolve("."),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
