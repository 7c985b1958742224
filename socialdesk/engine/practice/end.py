"""The practice brand removed without trace: files, logs, locks, and the engine that holds them.

Its window is closed by whoever asks; an engine that goes on watching is told to end.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from socialdesk.domain.errors import CommandError, CommandFault, StoreError, StoreFault
from socialdesk.engine.commands.first_run import RemovePractice
from socialdesk.engine.commands.workspace import Quit
from socialdesk.engine.process import codec
from socialdesk.engine.process.supervisor import dial
from socialdesk.places import PRACTICE_WORKSPACE, Workspace, workspace

PATIENCE_S: Final = 5.0  # for an engine that ends by itself after its window
LAST_PATIENCE_S: Final = 20.0  # for one that was told to; it finishes the call on the wire


class PracticeEnd:
    """`own`: the folder of this engine's workspace, which cannot remove itself."""

    def __init__(self, own: Path) -> None:
        self._own = own
        self.work: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {
            RemovePractice: self._remove
        }

    def _remove(self, command: RemovePractice, _: str) -> dict[str, Any]:
        place = workspace(PRACTICE_WORKSPACE)
        if not place.is_practice or self._own.is_relative_to(place.folder):
            raise CommandError(CommandFault.BAD_INPUT, what=place.name)
        end_engine(place)
        remove(place)
        return {"is_gone": True}


def end_engine(place: Workspace, patience_s: float = PATIENCE_S) -> None:
    """Wait until no engine has the workspace; after `patience_s` one that is there is told to end.
    Raises StoreError LOCKED: it did not."""
    if not place.folder.exists():
        return
    try:
        require_free(place, patience_s)
    except StoreError:
        _tell_quit(place)
        require_free(place, LAST_PATIENCE_S)


def remove(place: Workspace) -> None:
    """The whole folder and its logs. Raises StoreError LOCKED while an engine has it or one of its
    drills, OTHER when the system refuses."""
    if place.folder.exists():
        require_free(place)
    try:
        for folder in (place.folder, place.logs):
            if folder.exists():
                shutil.rmtree(folder)
    except OSError as e:
        raise StoreError(StoreFault.OTHER, f"{e.filename}: {e.strerror}") from e


def require_free(place: Workspace, timeout_s: float = 0.0) -> None:
    """Raises StoreError LOCKED while an engine holds this workspace or a drill in it."""
    drills = place.drills.glob(f"*/{place.engine_lock.name}") if place.drills.exists() else ()
    for lock in (place.engine_lock, *drills):
        try:
            FileLock(lock, mode=0o600).acquire(timeout=timeout_s).lock.release()
        except Timeout as e:
            raise StoreError(StoreFault.LOCKED, "the practice brand is open") from e


def _tell_quit(place: Workspace) -> None:
    connection = dial(place)
    if connection is None:
        return
    try:
        connection.send_bytes(codec.to_bytes({"id": "remove", "do": codec.command_to_json(Quit())}))
        connection.poll(LAST_PATIENCE_S)  # its greeting; the message is on its way by then
    except (OSError, EOFError):
        return
    finally:
        connection.close()
