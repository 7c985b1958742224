"""Takes what was erased out of the file itself: at once, and after a crash when next started."""

import logging
import threading
from typing import Final

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.kit import Kit
from socialdesk.store.erasing import cleaning
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.writer import Priority
from socialdesk.store.outbox import media_files

AGAIN_S: Final = 300.0  # a reader held the WAL, or the disk was full
IDLE_S: Final = 3600.0
TRIES: Final = 5

log = logging.getLogger(__name__)


class Cleaner:
    """A part of the clockwork, and asked directly after an erasing. One at a time."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._lock = threading.Lock()

    def is_due(self, conn: Connection) -> bool:
        return cleaning.is_due(conn) or media_files.is_gone_noted(conn)

    def after_jump(self) -> None:
        """Nothing here waits for a time."""

    def step(self) -> float:
        """What a killed engine left undone; seconds until the next look."""
        if not self._kit.readers.here(self.is_due):
            return IDLE_S
        if self._lock.acquire(blocking=False):
            self._lock.release()
            self._kit.pool.submit(self.clean)
        return AGAIN_S

    def clean(self) -> bool:
        """The index merged, the file written anew, the WAL cut. False: to be done again later."""
        with self._lock:
            self._delete_pictures()
            if not self._kit.readers.here(cleaning.is_due):
                return True
            try:
                return self._clean()
            except StoreError as e:  # a full disk: the words are deleted, not yet overwritten
                if e.fault is StoreFault.CLOSED:  # the engine ends, and goes on when it starts
                    return False
                log.warning("the file could not be written anew after an erasing: %s", e)
                return False

    def _delete_pictures(self) -> None:
        if self._kit.readers.here(media_files.delete_gone):
            self._kit.writer.submit(media_files.forget_gone, priority=Priority.BACKGROUND).result()

    def _clean(self) -> bool:
        is_first = True
        while self._merge_slice(is_first):
            is_first = False
        writer = self._kit.writer
        is_cut = writer.submit_alone(cleaning.rewrite).result()
        for _ in range(TRIES):
            if is_cut:
                break
            is_cut = writer.submit_alone(cleaning.cut_wal).result()
        if is_cut:
            writer.submit(cleaning.note_clean, priority=Priority.BACKGROUND).result()
        return is_cut

    def _merge_slice(self, is_first: bool) -> bool:
        return self._kit.writer.submit(
            lambda tx: cleaning.merge_index(tx, is_first=is_first), priority=Priority.BACKGROUND
        ).result()
