"""`socialdesk import`: mentions out of a file of another program, looked at first."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from socialdesk.cli.exit_codes import OK
from socialdesk.cli.output import Output, visible
from socialdesk.engine.commands.mention_files import ImportMentions, PreviewMentions
from socialdesk.engine.desk import Desk
from socialdesk.engine.mention_files.words import counted
from socialdesk.engine.words.contacts import fault
from socialdesk.i18n import tr, trn

SHOWN_FAULTS: Final = 20
_COUNTS: Final = ("n_new", "n_known", "n_broken")


def add_arguments(add: Callable[..., ArgumentParser]) -> None:
    """What can be typed after the command."""
    made = add("import", tr("bring in mentions from a CSV or JSON export"))
    made.add_argument("file", metavar=tr("FILE"), help=tr("the file to read"))
    made.add_argument("--encoding", default="", metavar=tr("NAME"),
                      help=tr("of the file; found out when left out"))  # fmt: skip
    made.add_argument("--delimiter", default="", metavar=tr("SIGN"),
                      help=tr("between cells; found out as well"))  # fmt: skip
    made.add_argument("--columns", default="", metavar=tr("KINDS"),
                      help=tr("what each column holds: at,author,,text,url"))  # fmt: skip
    made.add_argument("--order", choices=("day", "month"), default="",
                      help=tr("what stands first in short dates; found out as well"))  # fmt: skip
    made.add_argument("--open", action="store_true", dest="is_open",
                      help=tr("they need a reply; without it they are filed as done"))  # fmt: skip
    made.add_argument("--skip-broken", action="store_true",
                      help=tr("leave broken rows out and import the rest"))  # fmt: skip
    made.add_argument("--dry-run", action="store_true", help=tr("only say what would happen"))


def bring_in(desk: Desk, options: Namespace, out: Output) -> int:
    """Looks first, as the window does; broken rows are named by their line."""
    path = str(Path(options.file).expanduser().absolute())
    columns = tuple(c.strip() for c in options.columns.split(",")) if options.columns else ()
    look = PreviewMentions(path, options.encoding, options.delimiter, columns, options.order)
    seen = out.wait(desk.do(look)).answer
    for line, code, what in seen["faults"][:SHOWN_FAULTS]:
        out.hint(tr("Line {n}: {why}", n=line, why=visible(fault(code, what))))
    if seen["n_broken"] > SHOWN_FAULTS:
        more = seen["n_broken"] - SHOWN_FAULTS
        out.hint(trn("… and {n} more broken row", "… and {n} more broken rows", more))
    done: Any = seen
    if not options.dry_run:
        command = ImportMentions(
            path, seen["digest"], seen["encoding"], seen["delimiter"], tuple(seen["columns"]),
            seen["order"], options.is_open, options.skip_broken,
        )  # fmt: skip
        done = out.wait(desk.do(command)).answer
    out.say(counted(*(int(done[key]) for key in _COUNTS), is_cut=bool(seen["is_cut"])))
    out.value({key: done[key] for key in _COUNTS})
    return OK
