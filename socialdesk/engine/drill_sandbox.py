"""A drill's sandbox, as the real engine makes it: a folder of its own with texts and people."""

import shutil

from socialdesk.domain.clock import Clock
from socialdesk.domain.drill import DrillNow
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.drill_mark import DrillMark, write_mark
from socialdesk.engine.settings import KEY_PREFIX, KNOWN
from socialdesk.places import Workspace, resource
from socialdesk.practice.drill_streams import DRILLS, SPEEDS, DrillStream, load_drill
from socialdesk.store import drills
from socialdesk.store.writer import Writer

# What a sandbox has in its own way: it sends and fetches, and ends with its window.
_OWN_SETTINGS = frozenset({"sender", "fetching", "keep_watching", "weekly_report", "columns"})


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
    return key.startswith(KEY_PREFIX) or (key in KNOWN and key not in _OWN_SETTINGS)


def make(place: Workspace, copy: drills.Copy, now: DrillNow, *, real: str, clock: Clock) -> None:
    """The sandbox, made anew: what an earlier drill left is gone. Raises OSError, StoreError."""
    if place.folder.exists():
        shutil.rmtree(place.folder)
    place.prepare()
    write_mark(place.drill_mark, DrillMark(now.stream, now.speed, real, clock.now_ms()))
    writer = Writer(place.database, clock=clock, announce=lambda changes: None)
    writer.start()
    try:
        writer.submit(lambda tx: drills.paste(tx, copy)).result()
        writer.submit(lambda tx: drills.begin(tx, now)).result()
    finally:
        writer.close()
