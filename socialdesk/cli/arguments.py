"""What can be typed after `socialdesk`, and what it means."""

import argparse
from collections.abc import Sequence

from socialdesk import __version__
from socialdesk.i18n import tr

COMMANDS = ("sync", "search", "queue", "reply", "accounts", "templates", "export", "backup",
            "restore", "doctor", "verify-journal", "practice")  # fmt: skip


def wants_window(args: Sequence[str]) -> bool:
    """True when no command is given, only options of the window."""
    return not any(a in COMMANDS or a in ("-h", "--help", "--version") for a in args)


def parser() -> argparse.ArgumentParser:
    """The whole command line. Every text goes through tr()."""
    top = argparse.ArgumentParser(
        prog="socialdesk",
        description=tr("Answer every public word about your brand, from one local queue."),
        epilog=tr("Without a command the window opens."),
    )
    top.add_argument("--version", action="version", version=f"SocialDesk {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--workspace", default="main", help=tr("name or folder of the workspace"))
    common.add_argument("--json", action="store_true", help=tr("print JSON, one value"))
    commands = top.add_subparsers(dest="command", required=True, metavar=tr("COMMAND"))
    _reading(commands, common)
    _answering(commands, common)
    _owning(commands, common)
    return top


def _reading(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    sync = commands.add_parser("sync", parents=[common], help=tr("fetch every account once"))
    sync.add_argument("--account", type=int, default=0, help=tr("only this account (its number)"))
    search = commands.add_parser("search", parents=[common], help=tr("search everything stored"))
    search.add_argument("words", nargs="+", help=tr("words and operators, e.g. label:press refund"))
    search.add_argument("--limit", type=int, default=20)
    queue = commands.add_parser("queue", parents=[common], help=tr("show what needs a reply"))
    queue.add_argument("--view", default="needs_reply", help=tr("another view, e.g. waiting"))
    queue.add_argument("--limit", type=int, default=20)
    commands.add_parser("accounts", parents=[common], help=tr("show accounts and their health"))
    commands.add_parser("templates", parents=[common], help=tr("show templates and their state"))


def _answering(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    reply = commands.add_parser(
        "reply", parents=[common], help=tr("answer a mention with an approved template")
    )
    reply.add_argument("mention", type=int, help=tr("number of the mention, as queue prints it"))
    reply.add_argument("--template", required=True, help=tr("name of the template"))
    reply.add_argument(
        "--lang", default="", help=tr("language variant; the mention's when left out")
    )
    reply.add_argument(
        "--slot", action="append", default=[], metavar="NAME=VALUE", help=tr("fill in a slot")
    )
    reply.add_argument(
        "--yes", action="store_true", help=tr("send although it was answered already")
    )
    practice = commands.add_parser(
        "practice", parents=[common], help=tr("open the practice brand; no account needed")
    )
    practice.set_defaults(workspace="practice")
    practice.add_argument(
        "--terminal", action="store_true", help=tr("play the day in the terminal")
    )
    practice.add_argument(
        "--speed", type=float, default=None, help=tr("how fast time passes there")
    )
    practice.add_argument("--remove", action="store_true", help=tr("remove it without trace"))


def _owning(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    export = commands.add_parser("export", parents=[common], help=tr("write mentions to a file"))
    export.add_argument("file", help=tr("name ending in .csv or .json"))
    export.add_argument("--search", default="", help=tr("only what this search finds"))
    backup = commands.add_parser("backup", parents=[common], help=tr("make a backup and check it"))
    backup.add_argument(
        "--to", default="", help=tr("file to write; the backups folder when left out")
    )
    restore = commands.add_parser("restore", parents=[common], help=tr("bring a backup back"))
    restore.add_argument("file", help=tr("the backup"))
    commands.add_parser("doctor", parents=[common], help=tr("check file, keyring and accounts"))
    verify = commands.add_parser(
        "verify-journal", parents=[common], help=tr("check that the journal is whole")
    )
    verify.add_argument("--file", default="", help=tr("an exported or copied workspace file"))
