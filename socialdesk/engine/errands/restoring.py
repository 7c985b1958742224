"""A copy's content in place of the workspace's, while the window is open.

The content changes inside the file, through the engine's own writing connection: no file is
swapped, so no window has to let go of one. What the engine holds in memory is of the old content:
whoever asks for a restore ends the engine after it, and the supervisor starts a new one.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands.owning import RestoreCopy
from socialdesk.engine.kit import Kit
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr
from socialdesk.store.copies import backups, recovery
from socialdesk.store.file.sqlite import SIDE_FILES

WIRE_TIMEOUT_S: Final = 60.0

Answer = dict[str, Any]


class Restoring:
    """`folder`: of the backups, in the workspace's. `tell`: the window's listeners."""

    def __init__(self, kit: Kit, folder: Path, tell: Callable[[Changes], None]) -> None:
        self._kit, self._folder, self._tell = kit, folder, tell
        self._database = folder.parent / "workspace.db"
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {RestoreCopy: self._restore}

    def _restore(self, command: RestoreCopy, _: str) -> Answer:
        backup = Path(command.path).expanduser()
        if not backup.is_file():
            raise CommandError(CommandFault.NOT_FOUND)
        if not self._kit.turns.wait_free(WIRE_TIMEOUT_S):
            raise CommandError(CommandFault.BAD_INPUT, what=tr("a call is on the wire"))
        person = self._kit.writer.submit(here_of).result()
        made = recovery.prepare(backup, self._database, self._kit.clock, person=person)
        try:
            n_pictures = recovery.bring_pictures(made.pictures, backup, self._database)
            kept = self._keep()
            self._kit.writer.submit_alone(
                lambda conn: recovery.put_inside(made.fresh, conn)
            ).result()
        finally:
            for side in ("", *SIDE_FILES):
                made.fresh.with_name(f"{made.fresh.name}{side}").unlink(missing_ok=True)
        self._tell(Changes(areas=frozenset({Area.ALL})))
        return {"n_mentions": made.n_mentions, "n_held": made.n_held, "n_pictures": n_pictures,
                "kept": str(kept)}  # fmt: skip

    def _keep(self) -> Path:
        """All that is replaced, opened and counted as a backup is."""
        now = self._kit.clock.now_ms()
        target = self._folder.parent / f"kept-{now}" / "workspace.db"
        self._kit.readers.here(lambda conn: backups.back_up(conn, self._folder, now, target))
        return target
