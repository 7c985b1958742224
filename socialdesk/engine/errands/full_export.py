"""Everything of a workspace as one ZIP of open formats, whole or not at all.

In it: README.txt (what each table and column means), mentions.csv (for a spreadsheet and for our
own import), tables/NAME.jsonl (every row as it is stored, an object a line) and media/. No secret
is in it: those lie in the keyring. It is for other programs and for people; what comes back here
exactly is a backup.
"""

import base64
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from socialdesk import __version__
from socialdesk.domain.crisis.drill import OF_DRILL
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import ExportRow
from socialdesk.engine.commands.owning import CancelExport, ExportAll, ExportProgress
from socialdesk.engine.kit import Kit
from socialdesk.engine.mention_files.exporting import not_exported
from socialdesk.engine.mention_files.tables import write_csv
from socialdesk.engine.whole_files import cannot_write, whole_file
from socialdesk.engine.words.drills import drill_file
from socialdesk.i18n import tr
from socialdesk.store import accounts, settings
from socialdesk.store.copies import whole
from socialdesk.store.copies.whole import Table
from socialdesk.store.file import schema
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.outbox import media_files
from socialdesk.store.outbox.outbox_pictures import folder_of
from socialdesk.store.queue import exports

PAGE: Final = 500
COMPRESSION: Final = 6  # 1 is a third faster and a quarter larger

Answer = dict[str, Any]


class StoppedError(Exception):
    """A person cancelled; never leaves this module."""


class FullExport:
    """One at a time; `work`: which command is done by what."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._busy, self._stop = threading.Lock(), threading.Event()
        self._n_done = self._n_total = 0
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            ExportAll: self._export,
            CancelExport: self._cancel,
            ExportProgress: self._progress,
        }

    def _cancel(self, command: CancelExport, _: str) -> Answer:
        self._stop.set()
        return {}

    def _progress(self, command: ExportProgress, _: str) -> Answer:
        return {"n_done": self._n_done, "n_total": self._n_total,
                "is_running": self._busy.locked()}  # fmt: skip

    def _export(self, command: ExportAll, command_id: str) -> Answer:
        with self._kit.readers.connection() as conn:
            is_drill = bool(settings.read(conn, OF_DRILL))
        target = Path(drill_file(command.path) if is_drill else command.path).expanduser()
        if target.suffix.lower() != ".zip":
            raise _refused(tr("«{name}»: name a file that ends in .zip", name=target.name))
        if (filled := _filled_before(target, command_id)) is not None:
            return {"path": str(target), "is_whole": True, **filled}
        if not self._busy.acquire(blocking=False):
            raise _refused(tr("another export is being written"))
        try:
            self._stop.clear()
            with _new_file(target) as file:
                filled = self._fill(file, command_id)
            return {"path": str(target), "is_whole": True, **filled}
        except StoppedError:
            return {"path": str(target), "is_whole": False}
        finally:
            self._n_done = self._n_total = 0
            self._busy.release()

    def _fill(self, file: IO[bytes], command_id: str) -> Answer:
        """How much is in it. The file keeps that too, with the id: both are there or neither."""
        with (
            self._kit.readers.connection() as conn,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as archive,
        ):
            used = [account.network for account in accounts.list_accounts(conn)]
            without = not_exported(used)
            found, ids = whole.tables(conn, without), whole.mention_ids(conn, without)
            n_left_out = whole.count_left_out(conn, without)
            self._n_total = sum(table.n_rows for table in found) + len(ids)
            archive.writestr("README.txt", readme(found, n_left_out, self._kit.clock.now_ms()))
            with _member(archive, "mentions.csv", "utf-8-sig") as text:
                write_csv(text, self._mentions(conn, ids))
            for table in found:
                self._table(archive, conn, table, without)
            n_files = self._media(archive, conn)
            filled = {"n_mentions": len(ids), "n_files": n_files, "n_left_out": n_left_out}
            archive.comment = json.dumps({"command": command_id, "filled": filled}).encode()
        return filled

    def _mentions(self, conn: Connection, ids: Sequence[int]) -> Iterator[ExportRow]:
        for start in range(0, len(ids), PAGE):
            page = ids[start : start + PAGE]
            yield from exports.export_rows(conn, page)
            self._step(len(page))

    def _table(
        self, archive: zipfile.ZipFile, conn: Connection, table: Table, without: Sequence[str]
    ) -> None:
        with _member(archive, f"tables/{table.name}.jsonl", "utf-8") as text:
            for batch in whole.rows(conn, table.name, without):
                for row in batch:
                    text.write(json.dumps(row, ensure_ascii=False, default=_packed) + "\n")
                self._step(len(batch))

    def _media(self, archive: zipfile.ZipFile, conn: Connection) -> int:
        folder, n = folder_of(conn), 0
        for name in sorted(media_files.used(conn)):
            if (folder / name).is_file():
                archive.write(folder / name, f"media/{name}", zipfile.ZIP_STORED)
                n += 1
        return n

    def _step(self, n: int) -> None:
        self._n_done += n
        if self._stop.is_set():
            raise StoppedError


def readme(tables: Sequence[Table], n_left_out: int, now_ms: int) -> str:
    """What is in the archive, in plain text."""
    at = datetime.fromtimestamp(now_ms / 1000, UTC).isoformat(" ", "minutes")
    left_out = (
        f"{n_left_out} mentions are not in it: the terms of their networks forbid copies.\n"
        if n_left_out else ""
    )  # fmt: skip
    parts = [_INTRO.format(version=__version__, schema=schema.VERSION, at=at, left_out=left_out)]
    for table in tables:
        about = f": {table.about}" if table.about else ""
        parts.append(f"\n{table.name}.jsonl ({table.n_rows} rows){about}\n")
        parts += [f"  {name:22} {meaning}".rstrip() + "\n" for name, meaning in table.columns]
    return "".join(parts)


_INTRO: Final = """SocialDesk: everything of one workspace
Written {at} by SocialDesk {version}, form {schema} of the file.

mentions.csv   what people wrote, for a spreadsheet; SocialDesk reads it again (Import mentions).
               UTF-8 with a mark, commas. A ' before = + - @ keeps a spreadsheet from running it.
tables/        every table as it is stored: JSON Lines, UTF-8, one object a line. Bytes are base64.
media/         pictures of replies and drafts, named by the SHA-256 of their bytes.

{left_out}No password and no token is in it. Times are milliseconds since 1970, UTC; 0 = none.
What SocialDesk brings back exactly is a backup, not this file: from here come back the mentions,
with author, time, labels and address, and not their replies, history or incidents.

Tables
"""


@contextmanager
def _new_file(target: Path) -> Iterator[IO[bytes]]:
    """For its owner only; there under its name when all of it is on the disk, and never over
    something. Raises CommandError BAD_INPUT."""
    try:
        _require_free(target)
        with whole_file(target) as file:
            yield file
            _require_free(target)
    except OSError as e:
        raise cannot_write(target, e) from e


def _filled_before(target: Path, command_id: str) -> Answer | None:
    """How much is in an export that was written under this id, and its answer lost."""
    try:
        with zipfile.ZipFile(target) as archive:
            kept = json.loads(archive.comment)
        return dict(kept["filled"]) if kept["command"] == command_id else None
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError):
        return None  # not there, or nothing of this errand's


def _require_free(target: Path) -> None:
    if target.exists():
        raise _refused(tr("«{name}» is there already and was not touched. Name a new file",
                          name=target.name))  # fmt: skip


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, encoding: str) -> Iterator[IO[str]]:
    with archive.open(name, "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="")
        yield text
        text.flush()
        text.detach()


def _packed(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


def _refused(what: str) -> CommandError:
    return CommandError(CommandFault.BAD_INPUT, what=what)
