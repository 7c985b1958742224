"""A drill's sandbox, as the real engine makes it: a folder of its own with texts and people."""

import shutil
from itertools import count

from filelock import FileLock, Timeout

from socialdesk.domain.crisis.drill import DrillNow
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.drills.mark import DrillMark, write_mark
from socialdesk.engine.settings import KEY_PREFIX, KNOWN
from socialdesk.places import Workspace, resource, workspace
from socialdesk.practice.drill_streams import DRILLS, SPEEDS, DrillStream, load_drill
from socialdesk.store import people
from socialdesk.store.crisis import drills
from socialdesk.store.file.writer import Writer

# What a sandbox has in its own way: it sends and fetches, and ends with its window.
_OWN_SETTINGS = frozenset(
    {"sender", "fetching", "keep_watching", "weekly_report", "columns", "release_check"}
)


def stream_of(name: str) -> DrillStream:
    """One of the built-in streams. Raises ValueError where it is unknown."""
    return load_drill(resource("practice"), resource("drills"), name)


def require_known(stream: str, speed: int) -> None:
    """Raises CommandError BAD_INPUT."""
    if stream not in DRILLS:
        raise CommandError(CommandFault.BAD_INPUT, what=stream[:40])
    if speed not in SPEEDS:
        raise CommandError(CommandFault.BAD_INPUT, what=str(speed))


def is_copied(key: str) -> bool:
    """Whether a setting of the real workspace holds in the sandbox too."""
    is_setting = key in KNOWN and key not in _OWN_SETTINGS
    return is_setting or key.startswith(KEY_PREFIX) or key == people.PUT_AWAY


def new_place(real: Workspace, now_ms: int) -> Workspace:
    """A folder for the next drill; those of earlier ones are removed, but for one whose window is
    still open with its score."""
    if real.drills.is_dir():
        for folder in real.drills.iterdir():
            if not is_in_use(workspace(str(folder))):
                shutil.rmtree(folder, ignore_errors=True)
    names = (f"{now_ms + n}" for n in count())
    return workspace(str(next(p for n in names if not (p := real.drills / n).exists())))


def is_in_use(place: Workspace) -> bool:
    """Whether an engine has this folder: the system frees its lock when it dies."""
    try:
        FileLock(place.engine_lock, mode=0o600).acquire(timeout=0).lock.release()
    except Timeout:
        return True
    except OSError:
        return False
    return False


def make(place: Workspace, copy: drills.Copy, now: DrillNow, *, real: str, clock: Clock) -> None:
    """The sandbox, in a folder that is not there yet. Raises OSError, StoreError."""
    place.prepare()
    write_mark(place.drill_mark, DrillMark(now.stream, now.speed, real, clock.now_ms()))
    writer = Writer(place.database, clock=clock, announce=lambda changes: None)
    writer.start()
    try:
        writer.submit(lambda tx: drills.paste(tx, copy)).result()
        writer.submit(lambda tx: drills.begin(tx, now)).result()
    finally:
        writer.close()
