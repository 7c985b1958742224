"""What can be typed after `socialdesk`, and what it means."""

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime

from socialdesk import __version__
from socialdesk.cli import bring_in, leaving, people, readiness, settings
from socialdesk.cli.parsing import Parser, add_help, count, number, one_of, speed
from socialdesk.i18n import tr

_OF_WINDOW = ("--workspace", "--speed")  # each with a value
_RULE_ACTS = ("list", "dry-run", "on", "off", "apply", "undo")

Commands = Callable[..., argparse.ArgumentParser]


def wants_window(args: Sequence[str]) -> bool:
    """True when nothing is given but options of the window."""
    rest = iter(args)
    for word in rest:
        if word in _OF_WINDOW:
            next(rest, None)
        elif word.partition("=")[0] not in _OF_WINDOW:
            return False
    return True


def parser() -> argparse.ArgumentParser:
    """The whole command line. `workspace` is "" when it was not named."""
    top = Parser(
        prog="socialdesk",
        description=tr("Answer every public word about your brand, from one local queue."),
        epilog=tr(
            "Without a command the window opens. Exit codes: 0 done, 1 refused or not well, "
            "2 wrong words, 3 network, 4 keyring, 5 file, 6 unsure, 130 stopped."
        ),
    )
    top.add_argument(
        "--version", action="version", version=f"SocialDesk {__version__}",
        help=tr("say which version this is and end"),
    )  # fmt: skip
    top.set_defaults(workspace="", json=False)
    # Before or after the command: a default here would wipe out what was given before it.
    common = Parser(argument_default=argparse.SUPPRESS)
    for place in (top, common):
        add_help(place)
        place.add_argument(
            "--workspace",
            default=argparse.SUPPRESS,
            metavar=tr("NAME"),
            help=tr("name or folder of the workspace"),
        )
        place.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help=tr("print JSON, one value"),
        )
    commands = top.add_subparsers(dest="command", required=True, metavar=tr("COMMAND"))

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=text, description=text)

    _reading(add)
    _answering(add)
    _owning(add)
    leaving.add_arguments(add)
    bring_in.add_arguments(add)
    people.add_arguments(add)
    _practising(add)
    _drilling(add)
    _ruling(add)
    _planning(add)
    readiness.add_arguments(add)
    settings.add_arguments(add)
    return top


def _reading(add: Commands) -> None:
    sync = add("sync", tr("fetch every account once"))
    sync.add_argument(
        "--account", type=number, default=0, metavar=tr("NUMBER"),
        help=tr("only this account (its number)"),
    )  # fmt: skip
    search = add("search", tr("search everything stored"))
    search.add_argument(
        "words", nargs="+", metavar=tr("WORDS"),
        help=tr("words and operators, e.g. label:press refund"),
    )  # fmt: skip
    queue = add("queue", tr("show what needs a reply"))
    queue.add_argument(
        "--view", default="needs_reply", metavar=tr("NAME"), help=tr("another view, e.g. waiting")
    )
    for listing in (search, queue):
        listing.add_argument(
            "--limit", type=count, default=20, metavar=tr("NUMBER"),
            help=tr("how many to show, 20 when left out"),
        )  # fmt: skip
    add("accounts", tr("show accounts and their health"))
    add("templates", tr("show templates and their state"))


def _answering(add: Commands) -> None:
    reply = add("reply", tr("answer a mention with an approved template"))
    reply.add_argument(
        "mention", type=number, metavar=tr("NUMBER"),
        help=tr("number of the mention, as queue prints it"),
    )  # fmt: skip
    reply.add_argument(
        "--template", required=True, metavar=tr("NAME"), help=tr("name of the template")
    )
    reply.add_argument(
        "--lang", default="", metavar=tr("LANGUAGE"),
        help=tr("language variant; the mention's when left out"),
    )  # fmt: skip
    reply.add_argument(
        "--slot", action="append", type=_slot, default=[], metavar=tr("NAME=VALUE"),
        help=tr("fill in a slot"),
    )  # fmt: skip
    reply.add_argument(
        "--yes", action="store_true", help=tr("send although it was answered already")
    )


def _owning(add: Commands) -> None:
    export = add("export", tr("write mentions to a file, or everything"))
    export.add_argument(
        "file", metavar=tr("FILE"), help=tr("name ending in .csv or .json; with --all in .zip")
    )
    export.add_argument(
        "--all", action="store_true", help=tr("everything of the workspace, in open formats")
    )
    export.add_argument(
        "--search", default="", metavar=tr("WORDS"), help=tr("only what this search finds")
    )
    report = add("report", tr("say how a period went"))
    report.add_argument(
        "--period",
        default="last-week",
        metavar=tr("PERIOD"),
        help=tr(
            "today, yesterday, week, last-week, month, last-month, 2026-11-21, 2026-W47, "
            "2026-11 or 2026-11-01..2026-11-15"
        ),
    )
    report.add_argument(
        "--to", default="", metavar=tr("FILE"), help=tr("write it whole: .html, .pdf or .csv")
    )
    report.add_argument(
        "--plain-utf8", action="store_true", help=tr("CSV without the mark that Excel needs")
    )
    backup = add("backup", tr("make a backup and check it"))
    backup.add_argument(
        "--to", default="", metavar=tr("FILE"),
        help=tr("file to write; the backups folder when left out"),
    )  # fmt: skip
    restore = add("restore", tr("bring a backup back"))
    restore.add_argument("file", metavar=tr("FILE"), help=tr("the backup"))
    add("doctor", tr("check file, keyring and accounts"))
    verify = add("verify-journal", tr("check that the journal is whole"))
    verify.add_argument(
        "--file", default="", metavar=tr("FILE"), help=tr("a backup or a copied workspace file")
    )


def _practising(add: Commands) -> None:
    practice = add("practice", tr("open the practice brand; no account needed"))
    practice.add_argument(
        "--terminal", action="store_true", help=tr("play the day in the terminal")
    )
    practice.add_argument(
        "--speed", type=speed, default=None, metavar=tr("NUMBER"),
        help=tr("how fast time passes there, 1 = as it is"),
    )  # fmt: skip
    practice.add_argument("--remove", action="store_true", help=tr("remove it without trace"))


def _drilling(add: Commands) -> None:
    drill = add("drill", tr("rehearse a crisis; nothing leaves this computer"))
    drill.add_argument(
        "stream", nargs="?", default="", metavar=tr("CRISIS"),
        help=tr("which crisis; all are listed when left out"),
    )  # fmt: skip
    drill.add_argument(
        "--speed", type=number, default=1, choices=(1, 4, 10), help=tr("how fast its time passes")
    )
    drill.add_argument("--scores", action="store_true", help=tr("show the scores so far"))


def _ruling(add: Commands) -> None:
    rules = add("rules", tr("show the rules; try one, switch it on or off, take back what it did"))
    rules.add_argument(
        "act", nargs="?", default="list", choices=_RULE_ACTS, metavar=one_of(_RULE_ACTS),
        help=tr("what to do, list when left out; apply = to what needs a reply now"),
    )  # fmt: skip
    rules.add_argument(
        "rule", nargs="?", type=count, default=0, metavar=tr("NUMBER"),
        help=tr("number of the rule, as list prints it"),
    )  # fmt: skip
    rules.add_argument(
        "--newest", type=count, default=0, metavar=tr("NUMBER"),
        help=tr("dry run on so many mentions, on everything stored when left out"),
    )  # fmt: skip
    rules.add_argument("--yes", action="store_true", help=tr("switch on although it was not tried"))


def _planning(add: Commands) -> None:
    check = add("temperature", tr("check a planned post against the mood around its words"))
    check.add_argument(
        "words", nargs="+", metavar=tr("WORDS"), help=tr("the post, with its hashtags")
    )
    check.add_argument(
        "--account", type=count, default=0, metavar=tr("NUMBER"),
        help=tr("number of the account that will post it; elsewhere when left out"),
    )  # fmt: skip
    check.add_argument(
        "--at", type=_moment, default=0, metavar="2026-12-16T10:00",
        help=tr("when it will be posted, local time; now when left out"),
    )  # fmt: skip
    check.add_argument(
        "--reason", default="", metavar=tr("WORDS"),
        help=tr("why it shall be posted all the same; kept in the journal"),
    )  # fmt: skip


def _moment(text: str) -> int:
    """ms UTC of a local time."""
    try:
        return round(datetime.fromisoformat(text).timestamp() * 1000)
    except (ValueError, OverflowError, OSError) as e:
        raise argparse.ArgumentTypeError(
            tr("a time goes here, such as 2026-12-16T10:00")
        ) from e  # fmt: skip


def _slot(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(tr("write it as NAME=VALUE"))
    return name.strip(), value
