"""What an incident does by itself: gathers its mentions, ends its stand-down when it was quiet long
enough, and notes a wall clock that jumped. Everything else a person does.
"""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Final

from socialdesk.domain.crisis.incident import HOUR_MS, Incident, IncidentState
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.playbooks.playbook_words import watch_hits
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.intake import Finish
from socialdesk.engine.kit import Kit
from socialdesk.engine.playbooks import read_playbook_of
from socialdesk.store import journal
from socialdesk.store.crisis import (
    incident_guards,
    incident_life,
    incident_mentions,
    incident_moves,
    incidents,
)
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions.pages import SavedPage

JUMP_MS: Final = 120_000  # of the wall clock against the monotonic one: told in the log
EARLIER_MS: Final = 24 * HOUR_MS  # older than that before the first bad post: another matter
GATHERING: Final = frozenset(
    {IncidentState.DECLARED, IncidentState.HOLDING, IncidentState.RESPONDING,
     IncidentState.STAND_DOWN}
)  # fmt: skip

log = logging.getLogger(__name__)
Matched = Sequence[tuple[int, frozenset[str]]]
"""(incident id, uris of mentions with a watch word of its playbook)"""


class Incidents:
    """A part of the clockwork and a step of the intake, after the understanding."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._offset = self._offset_now()

    # --- the intake ---

    def prepare(self, network: str, mentions: Sequence[Mention]) -> Finish:
        """Watch words are looked for here, threads where the page is stored."""
        if not mentions:
            return _nothing
        matched = self._kit.readers.here(lambda conn: _matched(conn, mentions))

        def finish(tx: Transaction, saved: SavedPage) -> None:
            if saved.new_ids:
                _link(tx, saved.new_ids, matched)

        return finish

    # --- the clockwork ---

    def step(self) -> float:
        """Stand-downs that were quiet long enough go to review; seconds until the next may."""
        left_ms = self._kit.readers.here(self._stand_downs)
        for incident_id, left in left_ms:
            if not left:
                review = partial(incident_life.review, incident_id=incident_id)
                self._kit.writer.submit(review).result()
        waiting = [left / 1000 for _, left in left_ms if left]
        return min([TICK_S, *waiting])

    def after_jump(self) -> None:
        """The log of every open incident says by how much; without one the journal does."""
        offset = self._offset_now()
        jumped_ms, self._offset = offset - self._offset, offset
        if abs(jumped_ms) > JUMP_MS:
            self._kit.writer.submit(
                lambda tx: _note_jump(tx, jumped_ms), priority=Priority.SEND
            ).result()

    def _stand_downs(self, conn: Connection) -> list[tuple[int, int]]:
        now = self._kit.clock.now_ms()
        return [
            (one.id, incident_guards.quiet_left_ms(conn, one, now))
            for one in incidents.open_incidents(conn)
            if one.state is IncidentState.STAND_DOWN
        ]

    def _offset_now(self) -> int:
        return self._kit.clock.now_ms() - self._kit.clock.monotonic_ms()


def _nothing(tx: Transaction, saved: SavedPage) -> None:
    """An empty page belongs to no incident."""


def _matched(conn: Connection, mentions: Sequence[Mention]) -> Matched:
    found = []
    for incident in incidents.open_incidents(conn):
        if incident.state not in GATHERING:
            continue
        book = read_playbook_of(conn, incident.playbook, incident.playbook_version)
        hits = (
            m.uri
            for m in mentions
            if book is not None and watch_hits(f"{m.title}\n{m.body}\n{m.warning}", book)
        )
        found.append((incident.id, frozenset(hits)))
    return found


def _link(tx: Transaction, new_ids: Sequence[int], matched: Matched) -> None:
    """By the playbook's words, or because something of their thread belongs to it."""
    for incident_id, uris in matched:
        incident = incident_moves.read(tx.conn, incident_id)
        if incident.state not in GATHERING:
            continue
        by_words = incident_mentions.with_uris(
            tx.conn, new_ids, uris, since=incident.detected_at - EARLIER_MS
        )
        by_thread = incident_mentions.in_linked_threads(tx.conn, incident_id, new_ids)
        ids = sorted({*_in_scope(tx.conn, incident, by_words), *by_thread})
        incident_mentions.link(tx, incident, ids, how=incident_mentions.RULE, person=None)


def _in_scope(conn: Connection, incident: Incident, ids: Sequence[int]) -> list[int]:
    if not incident.scope.accounts:
        return list(ids)
    known = incident_mentions.accounts_of(conn, ids)
    return [one for one in ids if known.get(one) in incident.scope.accounts]


def _note_jump(tx: Transaction, jumped_ms: int) -> None:
    log.info("the wall clock jumped by %d s", jumped_ms // 1000)
    is_open = [i for i in incidents.open_incidents(tx.conn) if i.state in GATHERING]
    for incident in is_open:
        incident_moves.note(tx, incident, "clock_jumped", None, ms=jumped_ms)
    if not is_open:
        journal.append(tx, "clock_jumped", {"ms": jumped_ms}, person=None)
