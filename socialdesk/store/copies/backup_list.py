"""What lies beside the workspace's file: copies by what they are for, and what was counted in them.

The counts stand in a small file among the backups and not in the workspace: a restore must not take
them back.
"""

import json
import os
import re
from enum import Enum
from pathlib import Path
from typing import Final

from socialdesk.domain.errors import StoreError
from socialdesk.domain.frozen import frozen
from socialdesk.store.copies import backups
from socialdesk.store.copies.backups import Backup
from socialdesk.store.outbox import media_files

NOTES: Final = "counted.json"
UNKNOWN: Final = -1
_UPDATE: Final = re.compile(r"before-update-from-\d+-(\d+)\.db")
_KEPT: Final = re.compile(r"kept-(\d+)")


class Reason(Enum):
    """Why a copy was made, and so how long it stays."""

    DAILY = "daily"  # 7 days
    WEEKLY = "weekly"  # 4 weeks
    UPDATE = "update"  # before an update of the file's form: until a person deletes it
    KEPT = "kept"  # the file that a restore replaced: until a person deletes it


@frozen
class Copy:
    """One copy of the workspace. `at`: ms UTC. `n_mentions`: UNKNOWN where it was not counted, or
    cannot be read."""

    path: Path
    at: int
    reason: Reason
    n_bytes: int
    n_mentions: int = UNKNOWN
    n_pictures: int = 0


def list_copies(folder: Path) -> list[Copy]:
    """`folder`: of the backups, in the workspace's. Newest first."""
    found = backups.list_backups(folder)
    days = backups.daily(b.at for b in found)
    copies = [_copy(b.path, b.at, Reason.DAILY if b.at in days else Reason.WEEKLY) for b in found]
    for path in folder.glob("before-update-*.db"):
        if name := _UPDATE.fullmatch(path.name):
            copies.append(_copy(path, int(name[1]), Reason.UPDATE))
    for path in folder.parent.glob("kept-*/*.db"):
        if name := _KEPT.fullmatch(path.parent.name):
            copies.append(_copy(path, int(name[1]), Reason.KEPT))
    return _with_counts(folder, sorted(copies, key=lambda c: c.at, reverse=True))


def count_missing(folder: Path) -> None:
    """Open and count what nobody has counted yet; what cannot be read stays uncounted."""
    for copy in list_copies(folder):
        if copy.n_mentions == UNKNOWN and copy.reason is not Reason.KEPT:
            try:
                note(folder, backups.count_again(copy.path))
            except StoreError:
                continue


def delete(folder: Path, path: Path) -> bool:
    """A copy of the list, with its pictures. False when it is none of them."""
    for copy in list_copies(folder):
        if copy.path == path:
            if copy.reason is Reason.KEPT:
                media_files.remove_folder(path.parent)
            else:
                backups.remove(path)
            return True
    return False


def note(folder: Path, made: Backup) -> None:
    """What was counted in a backup. A full disk costs the note, not the backup."""
    there = {path.name for path in folder.glob("*.db")}
    notes = {name: counts for name, counts in _notes(folder).items() if name in there}
    notes[made.path.name] = [made.n_mentions, made.n_pictures]
    draft = folder / f"{NOTES}.part"
    try:
        with open(draft, "w", encoding="utf-8", opener=_private) as file:
            json.dump(notes, file)
        os.replace(draft, folder / NOTES)
    except OSError:
        draft.unlink(missing_ok=True)


def _copy(path: Path, at: int, reason: Reason) -> Copy:
    return Copy(path, at, reason, path.stat().st_size)


def _with_counts(folder: Path, copies: list[Copy]) -> list[Copy]:
    notes = _notes(folder)
    return [
        Copy(c.path, c.at, c.reason, c.n_bytes, *notes[c.path.name])
        if c.reason is not Reason.KEPT and c.path.name in notes
        else c
        for c in copies
    ]


def _notes(folder: Path) -> dict[str, list[int]]:
    """By file name; nothing where the file is gone or was meddled with."""
    try:
        read = json.loads((folder / NOTES).read_text(encoding="utf-8"))
        return {str(name): [int(counts[0]), int(counts[1])] for name, counts in read.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError):
        return {}


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
