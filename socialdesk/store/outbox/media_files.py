"""The files of pictures: which are in use, and how they go into backups and out again.

A file in the media folder is named by the hash of its bytes and never written again, so a backup
on the same disk shares it (a hard link) where the file system can, and costs no room.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox.outbox_pictures import folder_of

UNUSED_MS: Final = 7 * 86_400_000  # so long a picture stays that no draft and no reply has
GONE: Final = "pictures_gone"  # setting: file names to delete, after an erasing
_NAME: Final = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|gif|webp)")
_USED: Final = (
    "SELECT attachments FROM outbox WHERE attachments <> ''"
    " UNION ALL SELECT plan FROM draft WHERE instr(plan, 'pictures')"
)
_OF_MENTIONS: Final = (
    "SELECT attachments FROM outbox WHERE mention_id IN (SELECT value FROM json_each(:ids))"
    " UNION ALL SELECT plan FROM draft WHERE mention_id IN (SELECT value FROM json_each(:ids))"
)


def used(conn: Connection) -> set[str]:
    """The files of every reply, sent ones too, and of every draft."""
    return _names(text for (text,) in conn.execute(_USED))


def used_for(conn: Connection, mentions: Iterable[int]) -> set[str]:
    """The files of replies and drafts to these mentions."""
    rows = conn.execute(_OF_MENTIONS, {"ids": json.dumps(list(mentions))})
    return _names(text for (text,) in rows)


def folder_beside(database: Path) -> Path:
    """Where the pictures of a backup lie: "backup-….media" beside "backup-….db"."""
    return database.with_name(f"{database.stem}.media")


def copy_into(names: Iterable[str], source: Path, target: Path, *, may_share: bool = True) -> int:
    """How many of the files are whole in `target` now. One that is missing at the source is left
    out: a lost picture must not prevent a backup. Raises OSError (a full disk)."""
    n = 0
    for name in sorted(names):
        if not (source / name).is_file():
            continue
        target.mkdir(0o700, exist_ok=True)
        if not (target / name).exists():
            _bring(source / name, target / name, may_share=may_share)
        n += 1
    return n


def remove_folder(folder: Path) -> None:
    """A backup's pictures, with the backup."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(conn: Connection, now_ms: int) -> int:
    """Delete what nothing uses for some days, and torn copies; how many."""
    folder, kept, n = folder_of(conn), used(conn), 0
    for path in folder.glob("*") if folder.is_dir() else ():
        is_ours = _NAME.fullmatch(path.name) is not None or path.suffix == ".part"
        if is_ours and path.name not in kept and path.stat().st_mtime * 1000 + UNUSED_MS < now_ms:
            path.unlink(missing_ok=True)
            n += 1
    return n


def note_gone(tx: Transaction, names: Iterable[str]) -> int:
    """These may be deleted where nothing else uses them: noted with the erasing, done after it,
    so that a killed engine goes on with it. How many will go."""
    gone = set(names) - used(tx.conn)
    noted = gone | _names([settings.read(tx.conn, GONE)])
    settings.put(tx, GONE, json.dumps(sorted(noted)) if noted else "")
    return len(gone)


def is_gone_noted(conn: Connection) -> bool:
    """Something is to be deleted."""
    return bool(settings.read(conn, GONE))


def delete_gone(conn: Connection) -> bool:
    """Delete what `note_gone` noted. True when there was something noted. Raises OSError."""
    names = _names([settings.read(conn, GONE)])
    for name in names - used(conn) if names else ():
        (folder_of(conn) / name).unlink(missing_ok=True)
    return bool(names)


def forget_gone(tx: Transaction) -> None:
    """They are deleted."""
    settings.put(tx, GONE, "")


def _names(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in _NAME.findall(text or "")}


def _bring(source: Path, target: Path, *, may_share: bool) -> None:
    if may_share:
        try:
            os.link(source, target)
            return
        except OSError:  # another disk, or one that knows no links
            pass
    part = target.with_name(f"{target.name}.part")
    with source.open("rb") as read, open(part, "wb", opener=_private) as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())
    os.replace(part, target)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
