"""From all headings of a file to what each of its columns answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from esslib.survey.export.dialects import is_other
from esslib.survey.export.headings import Hit, Questionnaire
from esslib.survey.export.layout import Heading


def assign(
    headings: list[Heading], recognise: Callable[..., list[Hit]], book: Questionnaire
) -> tuple[dict[int, Hit], list[str]]:
    """Return what each column answers, by its place, and the headings that fit several questions."""
    hits: dict[int, Hit] = {}
    problems = []
    for at, heading in enumerate(headings):
        fits = recognise(heading.text, group=heading.group)
        for other in reversed(heading.others):
            fits = fits or recognise(other)
        if len(fits) == 1:
            hits[at] = fits[0]
        elif fits:
            asked = [hit.variable for hit in fits]
            problems.append(f"column {heading.text!r} fits {asked}: name the question in full")
    for name in book.levels:
        if not any(hit[:2] == (name, None) for hit in hits.values()):
            hits |= _bare_options(name, headings, hits, book)
    _complete(headings, hits, recognise)
    _type_second_other(hits, book)
    problems += _unknown_options(headings, hits, book)
    return dict(sorted(hits.items())), problems


def _bare_options(
    name: str, headings: list[Heading], hits: dict[int, Hit], book: Questionnaire
) -> dict[int, Hit]:
    """Return the options of a question that stand side by side as headings of their own."""
    runs: list[dict[int, Hit]] = [{}]
    times = Counter(hit.variable for hit in hits.values())
    # a wording that fits a question with a column of its own may be an option after all
    sure = {at for at, hit in hits.items() if hit.method != "wording" or times[hit.variable] == 1}
    sure -= {at for at, hit in hits.items() if hit.variable == name}
    for at, heading in enumerate(headings):
        code = None if at in sure else book.level(name, heading.text)
        if code is None or code in {hit.level for hit in runs[-1].values()}:
            runs.append({})
        if code is not None:
            own = Hit(name, code, "option", heading.text)
            runs[-1][at] = hits[at] if at in hits and hits[at][:2] == own[:2] else own
    longest = max(runs, key=len)
    return longest if len(longest) >= max(2, len(book.levels[name]) / 2) else {}


def _complete(
    headings: list[Heading], hits: dict[int, Hit], recognise: Callable[..., list[Hit]]
) -> None:
    """Give a bare "Other:" to the question before it."""
    previous = ""
    for at, heading in enumerate(headings):
        if at not in hits and previous and is_other(heading.text):
            hits.update((at, hit) for hit in recognise(heading.text, previous))
        previous = hits[at].variable if at in hits else previous


def _type_second_other(hits: dict[int, Hit], book: Questionnaire) -> None:
    """Let the second column of the option "Other" be that of the text typed there."""
    found = {hit.variable for hit in hits.values()}
    for name, typed in book.others.items():
        level = book.other_level.get(name)
        places = [at for at, hit in hits.items() if hit[:2] == (name, level)]
        if len(places) == 2 and typed not in found:
            hits[places[1]] = Hit(typed, None, "other")


def _unknown_options(
    headings: list[Heading], hits: dict[int, Hit], book: Questionnaire
) -> list[str]:
    """Return the headings that stand beside options and may be one that is not recognised."""
    problems = []
    for name, levels in book.levels.items():
        places = {at: hit.level for at, hit in hits.items() if hit.variable == name and hit.level}
        lacking = [v["label_fr"] for v in levels if v["code"] not in places.values()]
        near = {at + step for at in places for step in (-1, 1)} - {*hits}
        unknown = [headings[at].text for at in sorted(near) if 0 <= at < len(headings)]
        if lacking and unknown:
            problems.append(
                f"column {unknown[0]!r} stands beside the options of {name} and is none that is "
                f"known; expected {lacking}: write it as in the questionnaire, or move the column "
                "to the end if it asks something else"
            )
    return problems
