"""The fonts of a PDF: DejaVu Sans without what no figure uses, which is embedded sooner."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

FOLDER = Path(__file__).with_name("dejavu")
FULL, SHORT = "DejaVu Sans", "Short DejaVu Sans"


@contextmanager
def short_fonts() -> Iterator[None]:
    """Inside the block, take letters from the short fonts, and those that they lack from the full.

    The outlines are the same, so that a layout found with the full fonts holds.

    Raises
    ------
    FileNotFoundError
        The folder `dejavu` lacks a font.
    """
    _register()
    families = mpl.rcParams["font.sans-serif"]
    if FULL in mpl.rcParams["font.family"]:  # else it would not stand in for what is missing
        families = [SHORT if family == FULL else family for family in families]
    with mpl.rc_context({"font.sans-serif": families}):
        yield


@cache
def _register() -> None:
    for style in ("", "-Bold", "-Oblique"):
        font_manager.fontManager.addfont(FOLDER / f"ShortDejaVuSans{style}.ttf")
