"""Command line: `python -m printed read table.docx`, `python -m printed check my_numbers.csv`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from printed.book import FINDING_COLUMNS, Finding
from printed.consistency import UNSEEN, count_verdicts, examine, read_links
from printed.files import write_atomically
from printed.messages import OWN, InputError, Message, Name, say
from printed.numerals import LANGUAGES, localised
from printed.proposal import Proposal, open_numbers, unread_lines
from printed.published import REQUIRED
from printed.report_page import page

STATUS = {"consistent": 0, "not_checked": 0, "needs": 1, "impossible": 3}


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

    def add_options(self, *, is_table: bool = False, **options: str) -> None:
        """Add help, language and paths, each path with its help, below what was added before."""
        word = partial(OWN.say, lang=self.lang)
        group = self.add_argument_group(word("options"))
        group.add_argument("-h", "--help", action="help", help=word("help"))
        group.add_argument("--lang", choices=LANGUAGES, help=word("language"))
        for name, text in options.items():
            group.add_argument(f"--{name}", type=Path, help=text)
        if is_table:
            group.add_argument("--legend", default="", help=word("legend"))
            group.add_argument("--decimal", choices=(".", ","), default="", help=word("decimal"))

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
    read = commands.add_parser("read", help=word("read"), lang=lang)
    check = commands.add_parser("check", aliases=["audit"], help=word("audit"), lang=lang)
    for one, what in ((read, "printed-table"), (check, "numbers")):
        needed = one.add_argument_group(word("arguments"))
        needed.add_argument("numbers", type=Path, help=word(what))
    read.add_options(is_table=True)
    paths = {name: word(name) for name in ("links", "output", "html")}
    check.add_options(is_table=True, **paths)
    top.add_options()
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Read or check one file; print rows, or what does not hold.

    Returns the worst verdict: 0 nothing to say, 1 numbers that need a reading, 3 impossible ones; 2
    when a file cannot be read.
    """
    asked = argparse.ArgumentParser(prog="python -m printed", add_help=False, allow_abbrev=False)
    asked.add_argument("--lang", choices=LANGUAGES, default="en")
    language, others = asked.parse_known_args(arguments)
    given, lang = parser(language.lang).parse_args(others), language.lang
    try:
        return (_read if given.command == "read" else _check)(given, lang)
    except InputError as error:
        return _refused(error.message, lang)
    except (OSError, ValueError) as error:
        return _refused(say("unreadable", error=Name(error)), lang)


def _opened(given: argparse.Namespace, lang: str) -> Proposal:
    """Read the file; of a printed table, say to stderr what was not understood."""
    found = open_numbers(given.numbers, legend=given.legend, mark=given.decimal)
    if found.is_table:
        counts = {"numbers": len(found.rows), "unread": len(found.unread)}
        print(
            OWN.say("numbers-read", lang=lang, file=given.numbers.name, **counts), file=sys.stderr
        )
        print(*unread_lines(found, lang=lang), sep="\n", file=sys.stderr)
    return found


def _read(given: argparse.Namespace, lang: str) -> int:
    rows = _opened(given, lang).rows
    kept = [name for name in rows if name in REQUIRED or rows[name].ne("").any()]
    rows[kept].to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0


def _check(given: argparse.Namespace, lang: str) -> int:
    spoken = "" if lang == "en" else lang
    read = _opened(given, lang)
    links = None if given.links is None else read_links(given.links)
    findings = examine(read.rows, links)
    found = _frame(findings, spoken, read)
    if given.output is not None:
        write_atomically(given.output, found.to_csv(index=False, lineterminator="\n"))
    if given.html is not None:
        text = page(read, _frame(findings, lang, read), name=given.numbers.name, lang=lang)
        write_atomically(given.html, text)
    print(report(found, lang=lang))
    return max((STATUS[verdict] for verdict in found["verdict"]), default=0)


def _frame(findings: Sequence[Finding], lang: str, read: Proposal) -> pd.DataFrame:
    """Write findings as `printed.consistency.audit` does, in a language."""
    rows = [each.row(lang=lang, labels=read.labels) for each in findings]
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS), dtype="str")


def _refused(fault: Message, lang: str) -> int:
    print(f"printed: {OWN.text(fault, lang=lang)}", file=sys.stderr)
    return 2


def report(found: pd.DataFrame, *, lang: str = "en") -> str:
    """Write the findings that do not hold, one paragraph each, then the counts.

    In English, checks and verdicts bear the names that programs read.
    """
    is_told = found["verdict"].isin(["needs", "impossible"]) | found["check"].eq(UNSEEN)
    paragraphs = [_paragraph(row, lang) for row in found[is_told].to_dict("records")]
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
        **({"readings": row["readings"]} if row["readings"] else {}),
        "proof": row["proof"],
        **({"expected": row["expected"]} if row["expected"] else {}),
    }
    lines = (f"  {OWN.say(key, lang=lang):<10}{text}" for key, text in told.items())
    return "\n".join([OWN.say("heading", lang=lang, **names), *lines])


def _name(kind: str, code: str, lang: str) -> str:
    return OWN.text(OWN.code(kind, code), lang="" if lang == "en" else lang)


if __name__ == "__main__":
    raise SystemExit(main())
