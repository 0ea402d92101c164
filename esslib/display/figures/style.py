"""What all figures share: size, markers, labels, checks and saving."""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from esslib.display.figures.fonts import short_fonts
from esslib.paths import prepare
from esslib.voice import Voice
from printed.files import replacing

WIDTH_CM = 16.0
INCH_CM = 2.54
MOST_MARKS = 500  # in a group
SCREEN_DPI = 150
SALT = "esslib"
INK = "#222222"
POINTED: dict[str, Any] = {"marker": "D", "color": "C1", "mec": INK, "ms": 6, "zorder": 4}
Rows = TypeVar("Rows", pd.Series, pd.DataFrame)
Drawing = TypeVar("Drawing", bound=Callable[..., str])
METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def height(height_cm: float | Callable[..., float]) -> Callable[[Drawing], Drawing]:
    """Say how high a figure is, in centimetres or as a function of the frames that it shows.

    Examples
    --------
    >>> @height(8)
    ... def empty(ax, voice):
    ...     return "Nothing."
    >>> empty.height_cm
    8
    """

    def tell(drawing: Drawing) -> Drawing:
        @wraps(drawing)
        def drawn(*frames: Any) -> str:
            return drawing(*frames)

        drawn.height_cm = height_cm  # type: ignore[attr-defined]
        return drawn  # type: ignore[return-value]

    return tell


def figure_size(height_cm: float) -> tuple[float, float]:
    """Size in inches of a figure as wide as the text of an A4 page (16 cm)."""
    return WIDTH_CM / INCH_CM, height_cm / INCH_CM


def require_columns(frame: pd.DataFrame, columns: Iterable[str], *, figure: str) -> None:
    """Check that a frame has the columns that a figure shows.

    Raises
    ------
    ValueError
        A column is missing; the message lists those that are there.
    """
    if absent := [column for column in columns if column not in frame]:
        raise ValueError(
            f"{figure}: the frame has no column {', '.join(map(repr, absent))}; "
            f"it has {', '.join(map(repr, frame.columns))}."
        )


def write_numbers(axis: Axis, voice: Voice, *, percent: bool = False) -> None:
    """Write whole numbers, or percentages, along an axis as the study does."""
    write = voice.percent if percent else voice.number
    axis.set_major_formatter(FuncFormatter(lambda value, _: write(value)))


def thinned(rows: Rows) -> Rows:
    """Return sorted rows, both ends kept; beyond `MOST_MARKS`, that many evenly spaced by rank.

    More could not be told apart, and would make the file as large as the cohort.
    """
    if len(rows) <= MOST_MARKS:
        return rows
    return rows.iloc[np.linspace(0, len(rows) - 1, MOST_MARKS).round().astype(int)]


def wrap(text: str, *, width: int) -> str:
    """Break a label into lines of at most `width` characters; no-break spaces hold."""
    return "\n".join(textwrap.wrap(text.replace("\N{NO-BREAK SPACE}", "\0"), width)).replace(
        "\0", "\N{NO-BREAK SPACE}"
    )


def mark(fig: Figure, voice: Voice) -> None:
    """Write once, under the figure, that data are synthetic or small counts withheld."""
    for gid, text in {"synthetic": voice.mark, "withheld": voice.withheld}.items():
        if text and not any(found.get_gid() == gid for found in fig.texts):
            look: dict[str, Any] = {"ha": "right", "fontsize": 8, "fontstyle": "italic"}
            fig.supxlabel(text, x=0.99, color="#555555", gid=gid, **look)


def save_figure(
    fig: Figure, path: str | Path, voice: Voice, *, formats: Iterable[str] = ("svg", "png")
) -> list[Path]:
    """Mark a figure and write it with each suffix; the same figure gives the same bytes.

    Parameters
    ----------
    path : path
        Without suffix; a relative one starts from the project root. Its folder is made when it
        is missing.
    formats : iterable of str
        Any of ``svg``, ``png`` (300 dpi) and ``pdf``.

    Returns
    -------
    list of Path
        The files written. Each one replaces an older one in a single step.
    """
    mark(fig, voice)
    base = prepare(path)
    first, *others = (base.with_name(f"{base.name}.{suffix}") for suffix in formats)
    written = [_write(fig, first)]
    with _settled(fig):  # the other formats have the places that the first one found
        return written + [_write(fig, target) for target in others]


def for_screen(fig: Figure) -> bytes:
    """Return a saved figure as a PNG of the resolution of a screen, always of the same bytes."""
    file = BytesIO()
    with _settled(fig):
        fig.savefig(file, format="png", dpi=SCREEN_DPI, metadata=METADATA["png"])
    return file.getvalue()


@contextmanager
def _settled(fig: Figure) -> Iterator[None]:
    """Keep everything in the places that the layout found, inside the block."""
    layout = fig.get_layout_engine()
    fig.set_layout_engine("none")
    try:
        yield
    finally:
        fig.set_layout_engine(layout)


def _write(fig: Figure, target: Path) -> Path:
    suffix = target.suffix[1:]
    fonts = short_fonts() if suffix == "pdf" else nullcontext()
    lines = mpl.rc_context({"svg.hashsalt": SALT, "svg.fonttype": "path"})
    with replacing(target) as part, lines, fonts:
        fig.savefig(part, format=suffix, dpi=300, metadata=METADATA[suffix])
    return target
