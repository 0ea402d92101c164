"""What all figures share: size, markers, labels, checks and saving."""

import os
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from esslib.display import lang as language
from esslib.display.figures.fonts import short_fonts
from esslib.paths import prepare

WIDTH_CM = 16.0
INCH_CM = 2.54
MARKERS = "os^D"
MOST_MARKS = 500  # in a group
SALT = "esslib"
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


def require(frame: pd.DataFrame, columns: Iterable[str], *, figure: str) -> None:
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


def in_order(codes: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    """Distinct codes in the order of `labels`; codes without a label come last."""
    known = list(labels)
    distinct = codes.unique() if isinstance(codes, pd.Series) else dict.fromkeys(codes)
    return sorted(distinct, key=lambda c: known.index(c) if c in labels else len(known))


def look(code: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """Colour and marker of a group: they follow its place in `labels`, not in the figure."""
    place = list(labels).index(code) if code in labels else len(labels)
    return f"C{place % len(MARKERS)}", MARKERS[place % len(MARKERS)]


def write_numbers(*axes: Axis, lang: str, percent: bool = False) -> None:
    """Write whole numbers, or percentages, along axes as the language does."""
    write = language.percent if percent else language.number
    for axis in axes:
        axis.set_major_formatter(FuncFormatter(lambda value, _: write(value, lang=lang)))


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


def mark_synthetic(fig: Figure, *, lang: str = "fr") -> Figure:
    """Write once, under the figure, that it shows synthetic data."""
    return mark(fig, language.read_words(lang)["synthetic"], gid="synthetic")


def mark(fig: Figure, text: str, *, gid: str) -> Figure:
    """Write a sentence about the whole figure once, under it; `gid` says which."""
    if not any(found.get_gid() == gid for found in fig.texts):
        look: dict[str, Any] = {"ha": "right", "fontsize": 8, "fontstyle": "italic"}
        fig.supxlabel(text, x=0.99, color="#555555", gid=gid, **look)
    return fig


def save_figure(
    fig: Figure,
    path: str | Path,
    *,
    synthetic: bool,
    lang: str = "fr",
    formats: Iterable[str] = ("svg", "png"),
) -> list[Path]:
    """Write a figure to `path` with each suffix; the same figure gives the same bytes.

    Parameters
    ----------
    fig : Figure
        Gains the mark of `mark_synthetic` where `synthetic` is true.
    path : path
        Without suffix; a relative one starts from the project root. Its folder is made when it
        is missing.
    formats : iterable of str
        Any of ``svg``, ``png`` (300 dpi) and ``pdf``.

    Returns
    -------
    list of Path
        The files written. Each one replaces an older one in a single step.

    Examples
    --------
    >>> save_figure(fig, "figures/figure_2_primary", synthetic=True)  # doctest: +SKIP
    [PosixPath('figures/figure_2_primary.svg'), PosixPath('figures/figure_2_primary.png')]
    """
    if synthetic:
        mark_synthetic(fig, lang=lang)
    base = prepare(path)
    layout = fig.get_layout_engine()
    written = []
    for suffix in formats:
        written.append(_write(fig, base.with_name(f"{base.name}.{suffix}")))
        fig.set_layout_engine("none")  # the other formats have the places that the first one found
    fig.set_layout_engine(layout)
    return written


def _write(fig: Figure, target: Path) -> Path:
    suffix = target.suffix[1:]
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder, target.name)
        fonts = short_fonts() if suffix == "pdf" else nullcontext()
        with mpl.rc_context({"svg.hashsalt": SALT, "svg.fonttype": "path"}), fonts:
            fig.savefig(draft, format=suffix, dpi=300, metadata=METADATA[suffix])
        os.replace(draft, target)
    return target
