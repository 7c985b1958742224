"""Commands about the data itself: export, backup, restore, doctor, verify-journal."""

import csv
import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from socialdesk.cli.output import Output, iso
from socialdesk.cli.tools import Tools
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rows import ExportRow, Order, View
from socialdesk.domain.sheet import safe_cell
from socialdesk.engine.commands import BackUp
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListMentions, ReadExport
from socialdesk.i18n import tr, trn
from socialdesk.places import private_opener, workspace

PAGE = 500
COLUMNS = ("id", "network", "author", "handle", "published", "status", "labels", "language",
           "body", "url", "reply")  # fmt: skip


def export(desk: Desk, options: Namespace, out: Output) -> int:
    """One row per mention; the file appears whole or not at all."""
    target = Path(options.file).expanduser()
    if target.suffix.lower() not in (".csv", ".json"):
        raise CommandError(CommandFault.BAD_INPUT, what=tr("name ending in .csv or .json"))
    listing = desk.ask(ListMentions(View.ALL, options.search, Order.NEWEST)).result()
    draft = target.with_name(target.name + ".part")
    try:
        with open(draft, "w", encoding="utf-8", newline="", opener=private_opener) as file:
            rows = _rows(desk, list(listing.ids), out)
            n = (
                _write_csv(file, rows)
                if target.suffix.lower() == ".csv"
                else _write_json(file, rows)
            )
        draft.replace(target)
    except OSError as e:
        draft.unlink(missing_ok=True)
        raise CommandError(CommandFault.BAD_INPUT, what=f"{target.name}: {e.strerror}") from e
    out.say(trn("{n} mention written to {file}", "{n} mentions written to {file}", n, file=target))
    out.value({"file": str(target), "n": n})
    return 0


def _rows(desk: Desk, ids: list[int], out: Output) -> Iterator[ExportRow]:
    for start in range(0, len(ids), PAGE):
        yield from desk.ask(ReadExport(tuple(ids[start : start + PAGE]))).result()
        out.progress(min(start + PAGE, len(ids)), len(ids))


def _values(row: ExportRow) -> tuple[str, ...]:
    return (str(row.id), row.network, row.author, row.handle, iso(row.at), row.status,
            "; ".join(row.labels), row.lang, row.body, row.url, row.reply)  # fmt: skip


def _write_csv(file: "object", rows: Iterator[ExportRow]) -> int:
    writer = csv.writer(file)  # type: ignore[arg-type]  # a text file; csv wants only `write`
    writer.writerow(COLUMNS)
    n = 0
    for row in rows:
        writer.writerow([safe_cell(v) for v in _values(row)])
        n += 1
    return n


def _write_json(file: "object", rows: Iterator[ExportRow]) -> int:
    values = [dict(zip(COLUMNS, _values(row), strict=True)) for row in rows]
    json.dump(values, file, ensure_ascii=False, indent=1)  # type: ignore[arg-type]  # as above
    return len(values)


def back_up(desk: Desk, options: Namespace, out: Output) -> int:
    """A backup that was opened again and counted."""
    answer = desk.do(BackUp(options.to)).result().answer
    out.say(trn("Backup of {n} mention: {file}", "Backup of {n} mentions: {file}",
                int(answer["n_mentions"]), file=answer["path"]))  # fmt: skip
    out.value(dict(answer))
    return 0


def restore(options: Namespace, out: Output, tools: Tools) -> int:
    """The backup in place of the file; sending stays off until a person says on."""
    done = tools.restore(workspace(options.workspace), Path(options.file).expanduser())
    out.say(trn("Restored {n} mention.", "Restored {n} mentions.", done.n_mentions))
    if done.kept is not None:
        out.say(tr("The file that was there is kept: {file}", file=done.kept))
    out.say(tr("Sending is off, and replies that had not left are held: look at the outbox."))
    out.value({"mentions": done.n_mentions, "held": done.n_held, "kept": str(done.kept or "")})
    return 0


def doctor(options: Namespace, out: Output, tools: Tools) -> int:
    """Every check as a line; the exit code is 1 when something is not well."""
    found = list(tools.checks(workspace(options.workspace)))
    for check in found:
        mark = tr("well") if check.is_well else tr("LOOK")
        out.say(f"[{mark}] {check.text} {check.next_step}".rstrip())
    out.value([{"name": c.name, "well": c.is_well, "text": c.text} for c in found])
    return 0 if all(c.is_well for c in found) else 1


def verify_journal(options: Namespace, out: Output, tools: Tools) -> int:
    """Whether the hash chain is whole, in this workspace's file or in a copy of one."""
    place = workspace(options.workspace)
    path = Path(options.file).expanduser() if options.file else place.database
    check = tools.verify_journal(path)
    (out.say if check.is_well else out.fail)(f"{check.text} {check.next_step}".rstrip())
    if check.is_well:
        out.value({"whole": True})
    return 0 if check.is_well else 1
