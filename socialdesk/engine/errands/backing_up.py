"""A backup each day the program runs, and when a person asks; what lies there, and deleting it."""

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault, StoreError
from socialdesk.engine.commands import BackUp
from socialdesk.engine.commands.owning import DeleteCopy, ListCopies
from socialdesk.engine.kit import Kit
from socialdesk.engine.owning.upkeep import tidy
from socialdesk.store.copies import backup_list, backups
from socialdesk.store.copies.backup_list import Copy, Reason
from socialdesk.store.file.writer import Priority
from socialdesk.store.outbox import media_files

AGAIN_MS: Final = 3_600_000  # after a failure
OWN_TURN: Final = 0  # no account has this number

Answer = dict[str, Any]
log = logging.getLogger(__name__)


class BackingUp:
    """A part of the clockwork, and `work`: which command is done by what."""

    def __init__(self, kit: Kit, folder: Path) -> None:
        self._kit, self._folder = kit, folder
        self._look_at = 0  # at the first turn: the folder tells when the last one was made
        self._failed_at, self._failure = 0, ""
        self._one_at_a_time = threading.Lock()  # the day's, and one that a person asks for
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            BackUp: self._back_up,
            ListCopies: self._list,
            DeleteCopy: self._delete,
        }

    def after_jump(self) -> None:
        """It may be another day."""
        self._look_at = 0

    def step(self) -> float:
        """Begin what is due; seconds until the next day."""
        now = self._kit.clock.now_ms()
        if now >= self._look_at and self._kit.turns.take(OWN_TURN):
            self._look_at = now + AGAIN_MS
            self._kit.pool.submit(self._daily, now)  # 5 s at a million: fetching goes on
        return max(0.5, (self._look_at - now) / 1000)

    def _daily(self, now: int) -> None:
        try:
            if self._make_due(now):
                self._kit.writer.submit(tidy, priority=Priority.BACKGROUND).result()
                self._kit.readers.here(lambda conn: media_files.sweep(conn, now))
            self._look_at = backups.next_day_ms(now)
        except Exception as e:
            self._failed_at, self._failure = now, e.fault.value if isinstance(e, StoreError) else ""
            log.warning("the daily backup failed; next try in an hour", exc_info=True)
        finally:
            self._kit.turns.give_back(OWN_TURN)
            self._kit.done()

    def _make_due(self, now: int) -> bool:
        """Whether the day had none yet; now it has."""
        with self._one_at_a_time:
            is_due = backups.is_due(self._folder, now)
            if is_due:
                self._make(now)
                backups.rotate(self._folder, now)
        return is_due

    def _make(self, now: int, target: Path | None = None) -> backups.Backup:
        made = self._kit.readers.here(lambda conn: backups.back_up(conn, self._folder, now, target))
        if target is None:
            backup_list.note(self._folder, made)
            self._failed_at = 0
        return made

    def _back_up(self, command: BackUp, _: str) -> Answer:
        target = Path(command.path) if command.path else None
        with self._one_at_a_time:
            made = self._make(self._kit.clock.now_ms(), target)
        return {"path": str(made.path), "n_mentions": made.n_mentions,
                "n_pictures": made.n_pictures}  # fmt: skip

    def _list(self, command: ListCopies, _: str) -> Answer:
        if command.counts_all:
            backup_list.count_missing(self._folder)
        return {
            "folder": str(self._folder), "failed_at": self._failed_at, "failure": self._failure,
            "copies": [_packed(copy) for copy in backup_list.list_copies(self._folder)],
        }  # fmt: skip

    def _delete(self, command: DeleteCopy, _: str) -> Answer:
        if not backup_list.delete(self._folder, Path(command.path)):
            raise CommandError(CommandFault.NOT_FOUND)
        return {}


def _packed(copy: Copy) -> list[Any]:
    rotates = copy.reason in (Reason.DAILY, Reason.WEEKLY)
    until = copy.at + backups.LONGEST_MS if rotates else 0
    return [str(copy.path), copy.at, copy.reason.value, copy.n_bytes, copy.n_mentions,
            copy.n_pictures, until]  # fmt: skip
