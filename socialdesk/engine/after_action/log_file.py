"""The journal from one entry to another as a file of JSON lines, and its proof on another machine.

The first line says what it is. Between the events of an incident lie those of everything else: the
chain holds only as a whole, and all of it are ids, codes and texts of ours.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

from socialdesk.domain.journal import Entry, canonical_json, first_break
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection

MARK: Final = "socialdesk_journal"
VERSION: Final = 1
MAX_LINE: Final = 1 << 20  # characters


class LogFileError(ValueError):
    """The file is no log of this program; says in which line."""


def write_log(file: IO[str], conn: Connection, incident_id: int, code: str) -> int:
    """How many entries. Nothing of an incident that has no event."""
    first, last = conn.execute(
        "SELECT coalesce(min(seq), 0), coalesce(max(seq), 0) FROM journal WHERE incident = ?",
        (incident_id,),
    ).fetchone()
    head = {MARK: VERSION, "incident": incident_id, "code": code, "first": first, "last": last}
    file.write(canonical_json(head) + "\n")
    n = 0
    for entry in journal.entries(conn, first - 1, last - first + 1) if first else ():
        file.write(canonical_json(asdict(entry)) + "\n")
        n += 1
    return n


def is_log(path: Path) -> bool:
    """Whether the file says it is one. Raises OSError."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return MARK in file.readline(MAX_LINE)


def broken_line(path: Path) -> int | None:
    """The `seq` of the first entry that was changed, taken out or put in; None when all follow.
    Raises LogFileError, OSError."""
    with open(path, encoding="utf-8", errors="strict") as file:
        head = _object(file.readline(MAX_LINE), 1)
        if head.get(MARK) != VERSION:
            raise LogFileError("line 1")
        first, last = int(head.get("first", 0)), int(head.get("last", 0))
        entries = _entries(file)
        begin = next(entries, None)
        if begin is None:
            return first or None
        n = [begin.seq]
        found = first_break(
            _counted(chain([begin], entries), n), prev=begin.prev_hash, expected=first
        )
        return found if found is not None else None if n[0] == last else n[0] + 1


def _counted(entries: Iterator[Entry], n: list[int]) -> Iterator[Entry]:
    for entry in entries:
        n[0] = entry.seq
        yield entry


def _entries(file: IO[str]) -> Iterator[Entry]:
    number = 1
    while line := file.readline(MAX_LINE):
        number += 1
        try:
            yield Entry(**_object(line, number))
        except TypeError as e:
            raise LogFileError(f"line {number}") from e


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as e:
        raise LogFileError(f"line {number}") from e
    if not isinstance(found, dict):
        raise LogFileError(f"line {number}")
    return found
