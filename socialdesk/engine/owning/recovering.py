"""The ways back from a damaged file, done beside the window: it never waits for the disk."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError, StoreError, StoreFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.desk import EngineState, Notice
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.places import Workspace
from socialdesk.store.copies import backup_list, recovery, salvage
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import SIDE_FILES

log = logging.getLogger(__name__)


@frozen
class KeptBackup:
    """A backup to choose. `at`: ms UTC; `n_mentions`: as counted when it was made, -1 = not."""

    path: str
    at: int
    n_mentions: int = -1


class Recovering:
    """`readers` let go of the file before it is swapped. `tell`: the window's listeners. `again`:
    start the engine on what lies there now."""

    def __init__(
        self,
        place: Workspace,
        readers: Readers,
        clock: Clock,
        *,
        tell: Callable[[Changes | Notice | EngineState], None],
        again: Callable[[], None],
    ) -> None:
        self._place, self._readers, self._clock = place, readers, clock
        self._tell, self._again = tell, again
        self._busy = threading.Lock()

    def backups(self) -> list[KeptBackup]:
        """Newest first; those from before an update and before a restore too."""
        return [
            KeptBackup(str(c.path), c.at, c.n_mentions)
            for c in backup_list.list_copies(self._place.backups)
        ]

    def restore(self, backup: str) -> None:
        """That backup in the file's place; the sender stays off until a person says on."""
        self._begin(lambda: recovery.restore(Path(backup), self._place.database, self._clock).kept)

    def salvage(self) -> None:
        """What can be read, in a new file; the damaged one is kept beside."""
        self._begin(self._salvage)

    def start_new(self) -> None:
        """An empty file; the old one is kept beside, byte for byte."""
        self._begin(self._put_aside)

    def _salvage(self) -> Path | None:
        fresh = self._place.database.with_name("workspace.salvaged.db")
        _remove(fresh)
        try:
            salvage.salvage(self._place.database, fresh, self._clock)
            kept = recovery.keep_original(self._place.database, self._clock.now_ms())
            recovery.put_in_place(fresh, self._place.database)
        except BaseException:
            _remove(fresh)
            raise
        return kept

    def _put_aside(self) -> Path | None:
        kept = recovery.keep_original(self._place.database, self._clock.now_ms())
        _remove(self._place.database)
        return kept

    def _begin(self, work: Callable[[], Path | None]) -> None:
        threading.Thread(target=self._do, args=(work,), name="recovery", daemon=True).start()

    def _do(self, work: Callable[[], Path | None]) -> None:
        with self._busy:
            self._tell(EngineState.UPDATING)
            try:
                self._readers.let_go()
                kept = work()
            except SocialDeskError as e:
                log.warning("recovery failed: %s", e)
                self._tell(Notice("recovery_failed", {"text": self._why(e, work)}))
                self._tell(EngineState.DAMAGED)
                return
        self._tell(Changes(areas=frozenset({Area.ALL})))
        if kept is not None:
            text = tr("The old file is kept as it was: {path}", path=kept)
            self._tell(Notice("recovered", {"text": text}))
        self._again()

    def _why(self, error: SocialDeskError, work: Callable[[], Path | None]) -> str:
        """That a file is damaged was said before; of a salvage it means that all of it is lost."""
        is_all_lost = isinstance(error, StoreError) and error.fault is StoreFault.DAMAGED
        if is_all_lost and work == self._salvage:
            return tr("Nothing in it could be read. Restore a backup or start a new file.")
        said = sentence(error)
        return f"{said.text} {said.next_step}"


def _remove(database: Path) -> None:
    for side in ("", *SIDE_FILES):
        database.with_name(f"{database.name}{side}").unlink(missing_ok=True)
