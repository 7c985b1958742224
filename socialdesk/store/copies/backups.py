"""Backups: whole compact copies, opened again and counted before they count as made.

The newest of each of 7 days is kept, and the oldest of each of 4 weeks; what a person put
elsewhere, and what was saved before an update or a restore, is never rotated away. The pictures of
replies and drafts lie in a folder beside each ("backup-….media").
"""

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.frozen import frozen
from socialdesk.store.file.migrations import identity_of, vacuum_into
from socialdesk.store.file.sqlite import (
    NO_SPACE,
    Connection,
    open_plain,
    open_untouched,
    store_errors,
)
from socialdesk.store.outbox import media_files
from socialdesk.store.outbox.outbox_pictures import FOLDER

DAY_MS: Final = 86_400_000
KEPT_DAYS: Final = 7
KEPT_WEEKS: Final = 4
LONGEST_MS: Final = (7 * KEPT_WEEKS + 7) * DAY_MS  # after so long a daily run has removed it

_STAMP: Final = "%Y%m%d-%H%M%S"
_NAME: Final = re.compile(r"backup-(\d{8}-\d{6})\.db")


@frozen
class Backup:
    """A backup that was opened again. `n_mentions`: counted in it; `n_pictures`: beside it."""

    path: Path
    n_mentions: int
    n_pictures: int


@frozen
class BackupFile:
    """One in the backups folder. `at`: ms UTC, by its name."""

    path: Path
    at: int
    n_bytes: int


def back_up(conn: Connection, folder: Path, now_ms: int, target: Path | None = None) -> Backup:
    """A copy of the file behind `conn`, into `folder` or to `target`. Raises StoreError.

    It gets its name only when it is whole, so that a killed backup is never taken for one.
    """
    source = Path(conn.execute("PRAGMA database_list").fetchone()[2])
    path = target or _free_name(folder, now_ms)
    part = path.with_name(f"{path.name}.part")
    with store_errors():
        part.unlink(missing_ok=True)
        before = _count(conn)
        own = open_plain(source)  # VACUUM INTO runs in no transaction and under no query_only
        try:
            vacuum_into(own, part)
        finally:
            own.close()
        n, pictures = _checked(part, min(before, _count(conn)))
    beside = media_files.folder_beside(path)
    try:
        n_pictures = media_files.copy_into(
            pictures, source.parent / FOLDER, beside, may_share=target is None
        )
        sync(part)
        os.replace(part, path)
    except OSError as e:
        part.unlink(missing_ok=True)
        media_files.remove_folder(beside)
        fault = StoreFault.FULL if e.errno in NO_SPACE else StoreFault.READ_ONLY
        raise StoreError(fault, type(e).__name__) from e
    return Backup(path, n, n_pictures)


def _checked(part: Path, n_least: int) -> tuple[int, set[str]]:
    """A fresh copy as `_counted`. One that cannot be read, or holds fewer than `n_least` mentions,
    is thrown away: StoreError BACKUP, for whatever is wrong with it says nothing of the file."""
    try:
        with store_errors():
            n, pictures = _counted(part)
        if n < n_least:
            raise StoreError(StoreFault.DAMAGED, f"{n} mentions of {n_least}")
    except StoreError as e:
        part.unlink(missing_ok=True)
        raise StoreError(StoreFault.BACKUP, str(e)) from e
    return n, pictures


def _free_name(folder: Path, now_ms: int) -> Path:
    """By the second; a second that has one already gives its name to none."""
    while (path := folder / f"backup-{_utc(now_ms).strftime(_STAMP)}.db").exists():
        now_ms += 1000
    return path


def list_backups(folder: Path) -> list[BackupFile]:
    """Those this program made by itself, newest first."""
    found = []
    for path in folder.glob("backup-*.db"):
        if name := _NAME.fullmatch(path.name):
            at = datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC)
            found.append(BackupFile(path, round(at.timestamp() * 1000), path.stat().st_size))
    return sorted(found, key=lambda b: b.at, reverse=True)


def newest_backup_at(folder: Path, now_ms: int | None = None) -> int:
    """ms UTC; 0 when there is none. One made while the clock was ahead of `now_ms` says nothing."""
    made = (b.at for b in list_backups(folder))
    return max((at for at in made if now_ms is None or at <= now_ms), default=0)


def is_due(folder: Path, now_ms: int) -> bool:
    """Whether this day (UTC, as the rotation counts) has no backup yet. By the day and not by 24
    hours: a program that is open for minutes only would miss the hour again and again."""
    return _utc(newest_backup_at(folder, now_ms)).date() != _utc(now_ms).date()


def next_day_ms(now_ms: int) -> int:
    """When the next day begins (ms UTC)."""
    return (now_ms // DAY_MS + 1) * DAY_MS


def rotate(folder: Path, now_ms: int) -> list[Path]:
    """Remove what is past keeping; which went. Not while a backup is made."""
    backups = list_backups(folder)
    kept = to_keep([b.at for b in backups], now_ms)
    gone = [b.path for b in backups if b.at not in kept]
    for path in gone:
        remove(path)
    _remove_killed(folder)
    return gone


def _remove_killed(folder: Path) -> None:
    """What backups and updates that were killed left behind. Not while one is made."""
    for part in (*folder.glob("backup-*.db.part"), *folder.glob("before-update-*.db.part")):
        part.unlink(missing_ok=True)
    for beside in folder.glob("backup-*.media"):
        if not beside.with_suffix(".db").exists():
            media_files.remove_folder(beside)


def remove(path: Path) -> None:
    """A backup and its pictures."""
    path.unlink(missing_ok=True)
    media_files.remove_folder(media_files.folder_beside(path))


def to_keep(times: Iterable[int], now_ms: int) -> set[int]:
    """Of backups made at these times (ms UTC): `daily` and `weekly`. What the clock says is still
    to come is kept by the same rule apart: nobody knows which of the two times is wrong."""
    made = list(times)
    past, ahead = ([at for at in made if (at <= now_ms) is is_past] for is_past in (True, False))
    return daily(past) | weekly(past) | daily(ahead) | weekly(ahead)


def daily(times: Iterable[int]) -> set[int]:
    """The newest of each of the last 7 days that have one."""
    return set(_newest_of_days(times)[:KEPT_DAYS])


def weekly(times: Iterable[int]) -> set[int]:
    """The oldest of each of the last 4 weeks that have one."""
    weeks: dict[tuple[int, int], int] = {}
    for at in _newest_of_days(times):
        weeks[_utc(at).date().isocalendar()[:2]] = at  # newest first: the last one stays
    return set(list(weeks.values())[:KEPT_WEEKS])


def _newest_of_days(times: Iterable[int]) -> list[int]:
    days: dict[int, int] = {}
    for at in sorted(times, reverse=True):
        days.setdefault(at // DAY_MS, at)
    return list(days.values())


def sync(path: Path) -> None:
    """On the disk, whatever happens to the power. Not for a file SQLite has open. OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def count_again(path: Path) -> Backup:
    """A backup that lies there, opened and counted as when it was made. Raises StoreError."""
    with store_errors():
        n, pictures = _counted(path)
    beside = media_files.folder_beside(path)
    return Backup(path, n, sum((beside / name).is_file() for name in pictures))


def _counted(path: Path) -> tuple[int, set[str]]:
    """Mentions, and the pictures it needs."""
    conn = open_untouched(path)
    try:
        (answer,) = conn.execute("PRAGMA quick_check(1)").fetchone()
        if answer != "ok" or not identity_of(conn).is_ours:
            raise StoreError(StoreFault.DAMAGED, "the backup cannot be read again")
        return _count(conn), media_files.used(conn)
    finally:
        conn.close()


def _count(conn: Connection) -> int:
    (n,) = conn.execute("SELECT count(*) FROM mention").fetchone()
    return int(n)


def _utc(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
