"""`export`: mentions in a file for a spreadsheet or a program, or everything as one ZIP; whole or
not at all."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from typing import IO, Final

from socialdesk.cli.exit_codes import FILE, OK, USAGE
from socialdesk.cli.output import Output
from socialdesk.domain.crisis.drill import OF_DRILL
from socialdesk.domain.queue.rows import ExportRow, Listing, Order, View
from socialdesk.engine.commands.owning import CancelExport, ExportAll, ExportProgress
from socialdesk.engine.desk import Desk
from socialdesk.engine.mention_files.exporting import not_exported
from socialdesk.engine.mention_files.tables import write_csv, write_json
from socialdesk.engine.queries import ListAccounts, ListMentions, ReadExport, ReadSettings
from socialdesk.engine.whole_files import whole_text
from socialdesk.engine.words.drills import drill_file
from socialdesk.engine.words.phrases import search_fault
from socialdesk.i18n import tr, trn

PAGE: Final = 500
LOOK_EVERY_S: Final = 0.3

Write = Callable[[IO[str], Iterator[ExportRow]], int]


def export(desk: Desk, options: Namespace, out: Output) -> int:
    """One row per mention, newest first; with --all everything there is."""
    if options.all:
        return export_all(desk, options, out)
    target = _place(desk, options.file)
    write = WRITERS.get(target.suffix.lower())
    if write is None:
        out.fail(tr("«{name}» has another ending. Name a file that ends in .csv or .json",
                    name=target.name))  # fmt: skip
        return USAGE
    listing = desk.ask(ListMentions(View.ALL, options.search, Order.NEWEST)).result()
    if listing.faults:
        out.fail(" ".join(search_fault(fault) for fault in listing.faults))
        return USAGE
    try:
        with whole_text(target, for_excel=write is write_csv) as file:
            n = write(file, _rows(desk, listing, _left_out(desk), out))
    except OSError as e:
        out.fail(tr("«{file}» could not be written: {why}. Nothing is left half written; name "
                    "another place, or make room there.", file=target, why=e.strerror))  # fmt: skip
        return FILE
    out.say(trn("{n} mention written to {file}", "{n} mentions written to {file}", n, file=target))
    if left := len(listing.ids) - n:
        out.say(
            trn("{n} mention was left out: its network's terms forbid copies.",
                "{n} mentions were left out: their networks' terms forbid copies.", left)
        )  # fmt: skip
    is_whole = not listing.is_capped and len(listing.ids) >= listing.n_total
    if not is_whole:
        out.say(tr("These are the newest; there are more. Narrow it with --search before:"))
    out.value({"file": str(target), "n": n, "whole": is_whole})
    return OK


def export_all(desk: Desk, options: Namespace, out: Output) -> int:
    """Everything of the workspace as one ZIP; Ctrl+C leaves nothing."""
    # The engine may be another process, with a working folder of its own.
    target = str(Path(options.file).expanduser().absolute())
    writing = desk.do(ExportAll(target))
    try:
        while True:
            try:
                answer = writing.result(LOOK_EVERY_S).answer
                break
            except FutureTimeoutError:
                seen = desk.do(ExportProgress()).result().answer
                out.progress(int(seen["n_done"]), int(seen["n_total"]))
    except KeyboardInterrupt:
        desk.do(CancelExport()).result()
        writing.result()
        raise
    out.say(trn("Everything is written to {file}, with {n} mention.",
                "Everything is written to {file}, with {n} mentions.",
                int(answer["n_mentions"]), file=answer["path"]))  # fmt: skip
    if left := int(answer["n_left_out"]):
        out.say(
            trn("{n} mention was left out: its network's terms forbid copies.",
                "{n} mentions were left out: their networks' terms forbid copies.", left)
        )  # fmt: skip
    out.value({"file": answer["path"], "mentions": answer["n_mentions"],
               "pictures": answer["n_files"], "left_out": left})  # fmt: skip
    return OK


def _place(desk: Desk, file: str) -> Path:
    """Where it goes; what leaves a drill says so by its name."""
    if desk.ask(ReadSettings()).result().get(OF_DRILL):
        return Path(drill_file(file)).expanduser()
    return Path(file).expanduser()


def _left_out(desk: Desk) -> tuple[str, ...]:
    accounts = desk.ask(ListAccounts()).result()
    return not_exported(account.network for account in accounts)


def _rows(
    desk: Desk, listing: Listing, without: tuple[str, ...], out: Output
) -> Iterator[ExportRow]:
    ids = listing.ids
    for start in range(0, len(ids), PAGE):
        yield from desk.ask(ReadExport(tuple(ids[start : start + PAGE]), without)).result()
        out.progress(min(start + PAGE, len(ids)), len(ids))


WRITERS: Final[dict[str, Write]] = {".csv": write_csv, ".json": write_json}
