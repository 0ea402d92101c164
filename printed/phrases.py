"""The findings of the audit as people read them: phrases as data, names as labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from printed.numerals import MINUS

TRANSLATED = ["expected", "proof", "reading"]
DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
HYPHEN = re.compile(r"(?<![\w.,-])-(?=\d)")


def read_phrases(path: str | Path) -> pd.DataFrame:
    """Read phrases: columns pattern (a regular expression) and its replacement, as text.

    Raises
    ------
    ValueError
        When there are not two columns, or a pattern is no regular expression (line and reason).
    """
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if frame.shape[1] != 2:
        raise ValueError(f"{Path(path).name} has {frame.shape[1]} columns; give pattern, phrase.")
    for line, pattern in enumerate(frame.iloc[:, 0], start=2):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{Path(path).name}, line {line}: {error}.") from error
    return frame


def localised(
    found: pd.DataFrame, phrases: pd.DataFrame, labels: Mapping[str, str], *, lang: str = "fr"
) -> pd.DataFrame:
    """Write what the checks found in the language of the phrases.

    Parameters
    ----------
    found
        As `printed.audit.audit` returns it (`expected` and `proof` are written), or
        `esslib.synthetic.readings.describe_choices` (`reading`).
    phrases
        As `read_phrases` returns it; applied in order, a text that no pattern meets stays.
    labels
        Names of rows, levels (`variable.level`) and groups to labels; longer names first.
    lang
        Language of the phrases: "fr" or "en".

    Returns
    -------
    A new frame; hyphens before digits become minus signs, in French decimal points commas.
    """
    pairs = [(re.compile(p), text) for p, text in zip(*phrases.T.to_numpy(), strict=True)]
    names = sorted(labels, key=len, reverse=True)
    known = (
        re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, names))})(?![\w.])") if names else None
    )
    texts = {
        column: [_numbers(_localised(text, pairs, known, labels), lang) for text in found[column]]
        for column in found.columns.intersection(TRANSLATED)
    }
    return found.assign(**texts)


def _localised(
    text: str,
    pairs: list[tuple[re.Pattern[str], str]],
    known: re.Pattern[str] | None,
    labels: Mapping[str, str],
) -> str:
    for pattern, replacement in pairs:
        text = pattern.sub(replacement, text)
    return text if known is None else known.sub(lambda match: labels[match[1]], text)


def _numbers(text: str, lang: str) -> str:
    return HYPHEN.sub(MINUS, DECIMAL_POINT.sub(",", text) if lang == "fr" else text)
