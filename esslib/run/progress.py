"""How far a run has come: "3/10" and the time left, on a terminal and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from tqdm import tqdm

LINE = "{n_fmt}/{total_fmt} {desc}, {remaining} left"


class Progress:
    """Counts notebooks; the line stands below what is written, and goes with the run.

    Parameters
    ----------
    total : int
        Notebooks of the run, those included that are up to date.
    terminal : text stream
        Where the line is shown, if it is a terminal.

    Examples
    --------
    >>> from io import StringIO
    >>> progress = Progress(3, StringIO())  # no terminal: nothing is shown
    >>> progress.skip()
    >>> progress.start()
    >>> progress.skip()
    >>> progress.done()
    >>> progress.close()
    """

    def __init__(self, total: int, terminal: TextIO) -> None:
        self._total = total
        self._terminal = terminal
        self._skipped = 0
        self._bar: tqdm[None] | None = None

    def start(self) -> None:
        """Show the line: a notebook has work to do."""
        from tqdm import tqdm  # not needed to find out that nothing is to be done

        if self._bar is None and self._terminal.isatty():
            self._bar = tqdm(
                total=self._total,
                initial=self._skipped,
                desc="notebooks",
                file=self._terminal,
                leave=False,
                bar_format=LINE,
                mininterval=0,
                miniters=1,
                smoothing=0,  # the time left follows from the mean of all so far
            )

    def skip(self) -> None:
        """Count a notebook that is up to date: it says nothing about the time that others take."""
        self._skipped += 1
        if self._bar is not None:
            self._bar.initial += 1
            self.done()

    def done(self) -> None:
        """Count a notebook that has run."""
        if self._bar is not None:
            self._bar.update()

    def write(self, text: str, stream: TextIO) -> None:
        """Write a text where the line does not stand in its way."""
        if self._bar is None:
            stream.write(text)
        else:
            self._bar.write(text, file=stream, end="")

    def close(self) -> None:
        """Take the line away."""
        if self._bar is not None:
            self._bar.close()
