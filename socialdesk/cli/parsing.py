"""argparse in the user's language: its headings, its help and what it says of wrong words.

argparse looks its own words up in a catalogue that nobody ships, by the environment's language and
not by ours. Its headings pass through two methods of the formatter, and every fault through one
method of the parser, as English text; here they are said anew. Source: Python's argparse, 3.11 to
3.14, read 2026-11.
"""

import argparse
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, NoReturn

from socialdesk.cli.exit_codes import USAGE
from socialdesk.i18n import tr

_ABOUT: Final = re.compile(r"argument (?P<name>.+?): (?P<what>.+)", re.DOTALL)
_QUOTES: Final = "'\""


class Headings(argparse.HelpFormatter):
    """The shape of the help, with headings of our own."""

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:  # fmt: skip
        words = tr("usage: ") if prefix is None else prefix
        super().add_usage(usage, actions, groups, words)

    def start_section(self, heading: str | None) -> None:
        known = {"positional arguments": tr("what goes there"), "options": tr("options")}
        super().start_section(known.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """Takes no shortened option, says its faults through tr, and has no -h until `add_help`."""

    def __init__(self, *, prog: str | None = None, **more: Any) -> None:
        fixed = {"add_help": False, "allow_abbrev": False, "formatter_class": Headings}
        super().__init__(prog=prog, **{**more, **fixed})

    def error(self, message: str) -> NoReturn:
        """What is wrong and where to look; argparse calls this for every fault."""
        said = tr("{command}: {what}", command=self.prog, what=fault(message))
        hint = tr("To see all it takes: {command} --help", command=self.prog)
        self.exit(USAGE, f"{self.format_usage()}{said}\n{hint}\n")


def add_help(parser: argparse.ArgumentParser) -> None:
    """-h and --help."""
    parser.add_argument(
        "-h", "--help", action="help", default=argparse.SUPPRESS, help=tr("show this help and end")
    )


def fault(message: str) -> str:
    """What argparse says is wrong, in the language in use. A text of ours stays as it is."""
    about = _ABOUT.fullmatch(message)
    name, what = (about["name"], about["what"]) if about else ("", message)
    for pattern, words in _FAULTS:
        if found := re.fullmatch(pattern, what, re.DOTALL):
            return words(name, *found.groups())
    if about:
        return tr("{name}: {what}", name=name, what=what)  # one of the types below said it
    return tr("these words do not fit together")


_FAULTS: Final[tuple[tuple[str, Callable[..., str]], ...]] = (
    (r"the following arguments are required: (.+)",
     lambda _, names: tr("still needed: {names}", names=names)),
    (r"one of the arguments (.+) is required",
     lambda _, names: tr("one of these is needed: {names}", names=", ".join(names.split()))),
    (r"unrecognized arguments: (.+)",
     lambda _, words: tr("not understood: {words}", words=words)),
    (r"not allowed with argument (.+)",
     lambda name, other: tr("{name} and {other} exclude each other", name=name, other=other)),
    (r"expected (?:one|at least one|\d+) arguments?",
     lambda name: tr("{name} needs a value after it", name=name)),
    (r"ignored explicit argument .+",
     lambda name: tr("{name} takes no value", name=name)),
    (r"invalid choice: (.+?) \(choose from (.+?)\)", lambda *found: _no_such_word(*found)),
)  # fmt: skip


def _no_such_word(name: str, value: str, choices: str) -> str:
    """Python before 3.12 quotes the choices too."""
    what = tr(
        "«{value}» does not go there. One of these does: {choices}",
        value=value.strip(_QUOTES), choices=re.sub(f"[{_QUOTES}]", "", choices),
    )  # fmt: skip
    return tr("{name}: {what}", name=name, what=what) if name.startswith("-") else what


def one_of(words: Iterable[str]) -> str:
    """How a choice stands in the usage: argparse would call it by its English name elsewhere."""
    return "{" + ",".join(words) + "}"


def number(text: str) -> int:
    """A type for arguments: the number of something."""
    try:
        return int(text)
    except ValueError as e:
        raise argparse.ArgumentTypeError(tr("a whole number goes here")) from e


def count(text: str) -> int:
    """A type for arguments: how many."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(tr("a whole number above 0 goes here"))
    return int(text)


def speed(text: str) -> float:
    """A type for arguments: how fast time passes."""
    if not re.fullmatch(r"\d{1,4}(\.\d+)?", text) or not float(text):
        raise argparse.ArgumentTypeError(tr("a number above 0 and below 10000 goes here"))
    return float(text)
