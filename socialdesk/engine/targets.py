"""Due times as the settings want them: of a new mention at once, of others in the background."""

from collections.abc import Callable
from datetime import UTC, datetime

from socialdesk.domain.mentions.mention import Mention
from socialdesk.engine import holidays
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.kit import Kit
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.triage import targets
from socialdesk.store.triage.targets import Face

SLICE = 200  # mentions a transaction: some 25 ms, measured
SLICES_A_TURN = 8  # then the other parts of the engine have theirs


class Targets:
    """A part of the clockwork. What remains to be done is in the file: the mark of what its due
    times were worked out with differs from the settings."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._face: tuple[str, Face] | None = None
        self._next_id = 0  # of the slice to come
        self._under_way = ""  # for which settings

    def due_on(self, network: str) -> Callable[[Mention], int]:
        """When mentions that just came from a network are due, ms UTC; 0 = never. One that says it
        was written tomorrow counts from now."""
        face, now = self._kit.readers.here(self._face_in), self._kit.clock.now_ms()

        def due_at(mention: Mention) -> int:
            published = int(mention.published_at.timestamp() * 1000)
            return face.due_at(network, (), min(published, now))

        return due_at

    def after_jump(self) -> None:
        """Due times are moments: a jump of the clock moves none."""

    def step(self) -> float:
        """Keep the holidays of this year, and work out anew what other settings have moved."""
        self._keep_holidays()
        wanted, done = self._kit.readers.here(
            lambda conn: (targets.fingerprint(conn), settings.read(conn, targets.MARK))
        )
        if wanted == done:
            return TICK_S
        if wanted != self._under_way:
            self._under_way, self._next_id = wanted, 0
        for _ in range(SLICES_A_TURN):
            if self._retime(wanted):
                return TICK_S
        return 0.0

    def _retime(self, wanted: str) -> bool:
        """One slice; True when it was the last."""
        last = self._next_id
        ids = self._kit.readers.here(lambda conn: targets.undecided_after(conn, last, SLICE))
        face = self._kit.readers.here(self._face_in)

        def write(tx: Transaction) -> None:
            targets.retime(tx, None, ids, face)
            if not ids:
                settings.put(tx, targets.MARK, wanted)

        self._kit.writer.submit(write, priority=Priority.BACKGROUND, durable=False).result()
        self._next_id = ids[-1] if ids else 0
        return not ids

    def _keep_holidays(self) -> None:
        now = datetime.fromtimestamp(self._kit.clock.now_ms() / 1000, UTC)
        hours, days = self._kit.readers.here(
            lambda conn: (settings.read(conn, targets.HOURS), settings.read(conn, targets.HOLIDAYS))
        )
        if holidays.is_stale(hours, days, now.year):
            found = holidays.resolved(hours, now.year)
            self._kit.writer.submit(lambda tx: settings.put(tx, targets.HOLIDAYS, found)).result()

    def _face_in(self, conn: Connection) -> Face:
        """Worked out once per setting: days once counted are kept in it."""
        mark = targets.fingerprint(conn)
        if self._face is None or self._face[0] != mark:
            self._face = mark, targets.read_face(conn)
        return self._face[1]
