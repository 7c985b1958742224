"""The settings on the command line: what differs from the defaults, and the file they travel in."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from socialdesk.cli.exit_codes import OK, USAGE
from socialdesk.cli.output import Output, cut, visible
from socialdesk.cli.parsing import one_of
from socialdesk.engine.commands.settings_file import (
    ExportSettings,
    ImportSettings,
    PreviewSettings,
    TakeBackSettings,
)
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import KEY_PREFIX, KNOWN
from socialdesk.engine.settings_files.file import Change
from socialdesk.engine.settings_files.words import carried_words, change_words
from socialdesk.i18n import tr, trn

ACTS = ("list", "export", "import", "undo")
WORDS = 60  # characters of a value on a line


def add_arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """What can be typed after the command."""
    made = add("settings", tr("show the settings; carry them in a file; take an import back"))
    made.add_argument(
        "act", nargs="?", default="list", choices=ACTS, metavar=one_of(ACTS),
        help=tr("what to do, list when left out; undo = as before the last import"),
    )  # fmt: skip
    made.add_argument("file", nargs="?", default="", metavar=tr("FILE"), help=tr("the file, JSON"))
    made.add_argument(
        "--dry-run",
        action="store_true",
        help=tr("show what an import would change, change nothing"),
    )


def settings(desk: Desk, options: Namespace, out: Output) -> int:
    """What `socialdesk settings …` asks for."""
    if options.act in ("export", "import") and not options.file:
        out.fail(tr("Name the file: socialdesk settings {act} FILE", act=options.act))
        return USAGE
    # The engine may be another process, with a working folder of its own.
    file = str(Path(options.file).expanduser().absolute())
    match options.act:
        case "export":
            return _export(desk, file, out)
        case "import":
            return _import(desk, file, out, is_dry=options.dry_run)
        case "undo":
            return _undo(desk, out)
        case _:
            return _list(desk, out)


def _list(desk: Desk, out: Output) -> int:
    kept = desk.ask(ReadSettings()).result()
    own = {k: v for k, v in sorted(kept.items()) if k in KNOWN or k.startswith(KEY_PREFIX)}
    for key, value in own.items():
        out.say(f"{key:22} {cut(visible(value), WORDS)}")
    if not own:
        out.say(tr("Every setting is at its default."))
    out.value(own)
    return OK


def _export(desk: Desk, file: str, out: Output) -> int:
    answer = desk.do(ExportSettings(file)).result().answer
    out.say(tr("Written: {path}", path=visible(str(answer["path"]))))
    out.say(carried_words())
    out.value(dict(answer))
    return OK


def _import(desk: Desk, file: str, out: Output, *, is_dry: bool) -> int:
    answer = desk.do(PreviewSettings(file)).result().answer
    found = [Change(*row) for row in answer["changes"]]
    for change in found:
        out.say(visible(change_words(change)))
    if not found:
        out.say(tr("The settings are as in the file."))
    elif is_dry:
        out.say(tr("Nothing was changed."))
    else:
        desk.do(ImportSettings(file, answer["digest"])).result()
        out.say(
            trn("{n} change. To take it back: socialdesk settings undo",
                "{n} changes. To take them back: socialdesk settings undo", len(found))
        )  # fmt: skip
    out.value({"changes": answer["changes"], "done": bool(found) and not is_dry})
    return OK


def _undo(desk: Desk, out: Output) -> int:
    answer = desk.do(TakeBackSettings()).result().answer
    out.say(tr("The settings are as before the last import."))
    out.value(dict(answer))
    return OK
