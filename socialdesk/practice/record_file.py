"""The file a practice network lives in: one JSON object a line, only ever appended to.

A record is on the disk before `append` returns. A line torn by a crash is cut off at the next
opening: nobody was told about it. Not shared: one process at a time, under the workspace's lock.
"""

import json
import os
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from socialdesk.domain.errors import StoreError, StoreFault

_OWNER_ONLY = 0o600
_BLOCK_BYTES = 1 << 20


class RecordFile:
    """An open file; `found` is what it held when it was opened.

    Raises StoreError(DAMAGED) for a whole line that cannot be read, and OSError.
    """

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._handle = os.open(path, flags, _OWNER_ONLY)
        self._closing = weakref.finalize(self, os.close, self._handle)
        self.found = self._read_whole_lines()
        if is_new:
            _sync_folder(path.parent)

    def append(self, record: Mapping[str, Any]) -> None:
        """Write one record through to the disk. Raises OSError, StoreError(CLOSED)."""
        if not self._closing.alive:
            raise StoreError(StoreFault.CLOSED, "the practice network was shut down")
        # ASCII: a lone surrogate in a post is written as its escape and read back as itself.
        line = json.dumps(record, separators=(",", ":")).encode("ascii") + b"\n"
        while line:
            line = line[os.write(self._handle, line) :]
        os.fsync(self._handle)

    def close(self) -> None:
        """No effect the second time."""
        self._closing()

    def _read_whole_lines(self) -> list[dict[str, Any]]:
        content = b"".join(iter(lambda: os.read(self._handle, _BLOCK_BYTES), b""))
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.ftruncate(self._handle, len(whole))
        try:
            records = [json.loads(line) for line in whole.splitlines()]
        except ValueError as e:
            raise StoreError(StoreFault.DAMAGED, "a line of the practice network") from e
        if not all(isinstance(record, dict) and "act" in record for record in records):
            raise StoreError(StoreFault.DAMAGED, "a record of the practice network")
        return records


def _sync_folder(folder: Path) -> None:
    """Make the new file's name outlive a power cut, where folders can be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
