"""Commands about the data itself: backup, restore, doctor, verify-journal."""

from argparse import Namespace
from pathlib import Path

from socialdesk.cli.exit_codes import FILE, OK, REFUSED
from socialdesk.cli.output import Output, visible
from socialdesk.cli.tools import Tools
from socialdesk.engine.commands import BackUp
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr, trn
from socialdesk.places import Workspace


def back_up(desk: Desk, options: Namespace, out: Output) -> int:
    """A backup that was opened again and counted; never over something that is there."""
    # The engine may be another process, with a working folder of its own.
    target = str(Path(options.to).expanduser().absolute()) if options.to else ""
    if target and Path(target).exists():
        out.fail(tr("«{file}» is there already and was not touched. Name a new file.",
                    file=target))  # fmt: skip
        return FILE
    answer = out.wait(desk.do(BackUp(target))).answer
    out.say(trn("Backup of {n} mention: {file}", "Backup of {n} mentions: {file}",
                int(answer["n_mentions"]), file=answer["path"]))  # fmt: skip
    n = int(answer["n_pictures"])
    if n:
        out.say(trn("With {n} picture in the folder beside it: keep both together.",
                    "With {n} pictures in the folder beside it: keep both together.",
                    n))  # fmt: skip
    out.value({"file": answer["path"], "mentions": answer["n_mentions"], "pictures": n})
    return OK


def restore(place: Workspace, options: Namespace, out: Output, tools: Tools) -> int:
    """The backup in place of the file; sending stays off until a person says on."""
    backup = Path(options.file).expanduser().absolute()
    if not _is_file(backup, out):
        return FILE
    done = tools.restore(place, backup)
    out.say(trn("Restored {n} mention.", "Restored {n} mentions.", done.n_mentions))
    if done.n_pictures:
        out.say(trn("{n} picture of replies is there again.",
                    "{n} pictures of replies are there again.", done.n_pictures))  # fmt: skip
    if done.kept is not None:
        out.say(tr("The file that was there is kept: {file}", file=done.kept))
    out.say(tr("Sending is off, and replies that had not left are held: look at the outbox."))
    kept = None if done.kept is None else str(done.kept)
    out.value(
        {
            "mentions": done.n_mentions,
            "held": done.n_held,
            "kept": kept,
            "pictures": done.n_pictures,
        }
    )
    return OK


def doctor(place: Workspace, options: Namespace, out: Output, tools: Tools) -> int:
    """Every check as a line; the exit code is 1 when something is not well."""
    found = list(tools.checks(place))
    for check in found:
        mark = tr("well") if check.is_well else tr("LOOK")
        out.say(visible(f"[{mark}] {check.text} {check.next_step}"))
    out.value([{"name": c.name, "well": c.is_well, "text": c.text, "next_step": c.next_step}
               for c in found])  # fmt: skip
    return OK if all(c.is_well for c in found) else REFUSED


def verify_journal(place: Workspace, options: Namespace, out: Output, tools: Tools) -> int:
    """Whether the hash chain is whole, in this workspace's file or in a copy of one."""
    path = Path(options.file).expanduser().absolute() if options.file else place.database
    if not _is_file(path, out):
        return FILE
    check = tools.verify_journal(path)
    text = f"{check.text} {check.next_step}".rstrip()
    (out.say if check.is_well else out.hint)(text)
    out.value({"whole": check.is_well, "text": text})
    return OK if check.is_well else REFUSED


def _is_file(path: Path, out: Output) -> bool:
    if path.is_file():
        return True
    out.fail(tr("There is no file «{file}».", file=path))
    return False
