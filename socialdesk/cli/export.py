"""`export`: mentions in a file for a spreadsheet or a program, whole or not at all.

CSV begins with a byte order mark: without it Excel takes UTF-8 for the system's old code page, and
Cyrillic becomes noise. Cells that a spreadsheet would run are marked (`domain/sheet.py`).
"""

import csv
import json
import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from socialdesk.cli.exit_codes import FILE, OK, USAGE
from socialdesk.cli.output import Output, iso
from socialdesk.domain.drill import OF_DRILL
from socialdesk.domain.rows import ExportRow, Listing, Order, View
from socialdesk.domain.sheet import safe_cell
from socialdesk.engine.desk import Desk
from socialdesk.engine.drill_words import drill_file
from socialdesk.engine.phrases import search_fault
from socialdesk.engine.queries import ListMentions, ReadExport, ReadSettings
from socialdesk.i18n import tr, trn
from socialdesk.places import private_opener

PAGE: Final = 500
COLUMNS: Final = ("id", "network", "author", "handle", "published", "status", "labels", "language",
                  "body", "url", "reply")  # fmt: skip

Write = Callable[[IO[str], Iterator[ExportRow]], int]


def export(desk: Desk, options: Namespace, out: Output) -> int:
    """One row per mention, newest first."""
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
        n = write_whole(target, write, _rows(desk, listing, out))
    except OSError as e:
        out.fail(tr("«{file}» could not be written: {why}. Nothing is left half written; name "
                    "another place, or make room there.", file=target, why=e.strerror))  # fmt: skip
        return FILE
    out.say(trn("{n} mention written to {file}", "{n} mentions written to {file}", n, file=target))
    is_whole = not listing.is_capped and len(listing.ids) >= listing.n_total
    if not is_whole:
        out.say(tr("These are the newest; there are more. Narrow it with --search before:"))
    out.value({"file": str(target), "n": n, "whole": is_whole})
    return OK


def write_whole(target: Path, write: Write, rows: Iterator[ExportRow]) -> int:
    """How many rows. `target` is for its owner only, and stays as it was until all of it is on the
    disk, whatever ends this. Raises OSError."""
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)  # of a run that was killed: maybe with wider rights
    encoding = "utf-8-sig" if write is write_csv else "utf-8"
    try:
        with open(draft, "x", encoding=encoding, newline="", opener=private_opener) as file:
            n = write(file, rows)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return n


def _place(desk: Desk, file: str) -> Path:
    """Where it goes; what leaves a drill says so by its name."""
    if desk.ask(ReadSettings()).result().get(OF_DRILL):
        return Path(drill_file(file)).expanduser()
    return Path(file).expanduser()


def _rows(desk: Desk, listing: Listing, out: Output) -> Iterator[ExportRow]:
    ids = listing.ids
    for start in range(0, len(ids), PAGE):
        yield from desk.ask(ReadExport(tuple(ids[start : start + PAGE]))).result()
        out.progress(min(start + PAGE, len(ids)), len(ids))


def _values(row: ExportRow) -> dict[str, Any]:
    found = (row.id, row.network, row.author, row.handle, iso(row.at, "milliseconds"), row.status,
             list(row.labels), row.lang, row.body, row.url, row.reply)  # fmt: skip
    return dict(zip(COLUMNS, found, strict=True))


def write_csv(file: IO[str], rows: Iterator[ExportRow]) -> int:
    """Labels in one cell, with semicolons."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    n = 0
    for row in rows:
        values = _values(row)
        values["labels"] = "; ".join(values["labels"])
        writer.writerow([safe_cell(str(value)) for value in values.values()])
        n += 1
    return n


def write_json(file: IO[str], rows: Iterator[ExportRow]) -> int:
    """A list with an object a line: never whole in memory."""
    n = 0
    file.write("[")
    for row in rows:
        file.write(",\n" if n else "\n")
        json.dump(_values(row), file, ensure_ascii=False)
        n += 1
    file.write("\n]\n")
    return n


WRITERS: Final[dict[str, Write]] = {".csv": write_csv, ".json": write_json}
