"""Command line: `python -m printed audit my_numbers.csv`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from printed.consistency import audit, count_verdicts, read_links
from printed.files import write_atomically
from printed.messages import OWN, InputError, Message, Name, say
from printed.numerals import LANGUAGES, localised
from printed.published import read_published


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str, *, lang: str, **options: Any) -> None:
        super().__init__(prog, **options)
        self.lang = lang

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        prefix = f"{OWN.say('usage', lang=self.lang)} " if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix)


class _Parser(argparse.ArgumentParser):
    """Knows its language: argparse itself speaks English only."""

    def __init__(self, lang: str, **options: Any) -> None:
        super().__init__(formatter_class=partial(_Help, lang=lang), add_help=False, **options)
        self.lang = lang

    def add_options(self, **options: str) -> None:
        """Add help, language and paths, each path with its help, below what was added before."""
        word = partial(OWN.say, lang=self.lang)
        group = self.add_argument_group(word("options"))
        group.add_argument("-h", "--help", action="help", help=word("help"))
        group.add_argument("--lang", choices=LANGUAGES, help=word("language"))
        for name, text in options.items():
            group.add_argument(f"--{name}", type=Path, help=text)

    def error(self, message: str) -> NoReturn:
        if self.lang == "en":
            super().error(message)
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {OWN.say('wrong-arguments', lang=self.lang)}\n")


def parser(lang: str = "en") -> argparse.ArgumentParser:
    """Build the parser of the command line, its help in French or English."""
    word = partial(OWN.say, lang=lang)
    top = _Parser(lang, prog="python -m printed", description=word("command"))
    commands = top.add_subparsers(dest="command", required=True, title=word("arguments"))
    one = commands.add_parser("audit", help=word("audit"), lang=lang)
    needed = one.add_argument_group(word("arguments"))
    needed.add_argument("numbers", type=Path, help=word("numbers"))
    one.add_options(links=word("links"), output=word("output"))
    top.add_options()
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit one file; print what does not hold, and counts. Returns 2 for an unreadable file."""
    asked = argparse.ArgumentParser(prog="python -m printed", add_help=False, allow_abbrev=False)
    asked.add_argument("--lang", choices=LANGUAGES, default="en")
    language, others = asked.parse_known_args(arguments)
    given, lang = parser(language.lang).parse_args(others), language.lang
    spoken = "" if lang == "en" else lang
    try:
        links = None if given.links is None else read_links(given.links)
        found = audit(read_published(given.numbers), links, lang=spoken)
    except InputError as error:
        return _refused(error.message, lang)
    except (OSError, ValueError) as error:
        return _refused(say("unreadable", error=Name(error)), lang)
    if given.output is not None:
        write_atomically(given.output, found.to_csv(index=False, lineterminator="\n"))
    print(report(found, lang=lang))
    return 0


def _refused(fault: Message, lang: str) -> int:
    print(f"printed: {OWN.text(fault, lang=lang)}", file=sys.stderr)
    return 2


def report(found: pd.DataFrame, *, lang: str = "en") -> str:
    """Write the findings that do not hold, one paragraph each, then the counts.

    In English, checks and verdicts bear the names that programs read.
    """
    open_rows = found[found["verdict"] != "consistent"].to_dict("records")
    paragraphs = [_paragraph(row, lang) for row in open_rows]
    if found.empty:
        return OWN.say("no-check", lang=lang)
    counts = count_verdicts(found)
    counts["check"] = [_name("check", check, lang) for check in counts["check"]]
    counts.columns = pd.Index([_name("verdict", name, lang) for name in counts.columns])
    return "\n\n".join([*paragraphs, counts.to_string(index=False)])


def _paragraph(row: dict[Any, str], lang: str) -> str:
    names = {kind: _name(kind, row[kind], lang) for kind in ("verdict", "check")}
    told = {
        "numbers-printed": localised(row["printed"], lang=lang) if lang == "fr" else row["printed"],
        "at": row["where"],
        "proof": row["proof"],
        **({"expected": row["expected"]} if row["expected"] else {}),
    }
    lines = (f"  {OWN.say(key, lang=lang):<10}{text}" for key, text in told.items())
    return "\n".join([OWN.say("heading", lang=lang, **names), *lines])


def _name(kind: str, code: str, lang: str) -> str:
    return OWN.text(OWN.code(kind, code), lang="" if lang == "en" else lang)


if __name__ == "__main__":
    raise SystemExit(main())
