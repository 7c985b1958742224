"""Mentions as a table that spreadsheets and our own import read: columns, CSV, JSON.

CSV begins with a byte order mark: without it Excel takes UTF-8 for the system's old code page, and
Cyrillic becomes noise. Cells that a spreadsheet would run are marked (`domain/sheet.py`).
"""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any, Final

from socialdesk.domain.queue.rows import ExportRow
from socialdesk.domain.sheet import safe_cell

COLUMNS: Final = ("id", "network", "author", "handle", "published", "status", "labels", "language",
                  "body", "url", "reply")  # fmt: skip


def write_csv(file: IO[str], rows: Iterator[ExportRow]) -> int:
    """Labels in one cell, with semicolons. How many rows."""
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
    """A list with an object a line: never whole in memory. How many rows."""
    n = 0
    file.write("[")
    for row in rows:
        file.write(",\n" if n else "\n")
        json.dump(_values(row), file, ensure_ascii=False)
        n += 1
    file.write("\n]\n")
    return n


def _values(row: ExportRow) -> dict[str, Any]:
    found = (row.id, row.network, row.author, row.handle, _iso(row.at), row.status,
             list(row.labels), row.lang, row.body, row.url, row.reply)  # fmt: skip
    return dict(zip(COLUMNS, found, strict=True))


def _iso(ms: int) -> str:
    """With its offset, in the local zone; "" for 0."""
    if not ms:
        return ""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().isoformat(" ", "milliseconds")
