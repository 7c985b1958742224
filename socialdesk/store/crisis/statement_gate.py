"""Whether a version's own words may be approved and published: R20 to R24, asked in order.

Whom it answers is asked too: no employee in public (R16). The second look is asked apart, in
`looks.py`.
"""

from collections.abc import Sequence
from typing import Final

from socialdesk.domain.crisis.gate import refuse_to_staff as refuse_in_public
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.crisis.statement import (
    longest_gap_min,
    missing_blocks,
    next_update_fault,
    unfilled_places,
)
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.store.crisis import facts, incident_moves, lock, statements
from socialdesk.store.crisis.statements import Version
from socialdesk.store.file.sqlite import Connection

NO_SKIP: Final[frozenset[str]] = frozenset()
SHORT: Final = 12  # digits of a hash that people see


def refuse_unready(
    conn: Connection, version: Version, now: int, skip: frozenset[str] = NO_SKIP
) -> None:
    """Raises CrisisRefusedError R20, R21, R22, R23, R24. `skip`: codes broken by hand."""
    places = unfilled_places(version.blocks, version.text, version.slots)
    if places:
        _refuse(version, "R20", n=len(places), list=", ".join(f"{{{p}}}" for p in places))
    missing = missing_blocks(version.kind, version.blocks, version.text, version.slots)
    if missing:
        _refuse(version, "R21", list=", ".join(missing))
    refuse_time(conn, version, now)
    facts.refuse_unconfirmed(conn, version.facts, version.incident_id, skip=skip)


def refuse_time(conn: Connection, version: Version, now: int) -> None:
    """Raises CrisisRefusedError R22; asked again when its row is claimed: time passes, and the
    severity may have changed."""
    incident = incident_moves.read(conn, version.incident_id)
    limit = longest_gap_min(incident, now)
    why = next_update_fault(version.kind, version.next_update_at, now, limit)
    if why:
        _refuse(version, "R22", why=why, m=limit, n=int(incident.severity) or 1)


def refuse_older(conn: Connection, version: Version) -> None:
    """Raises CrisisRefusedError R26 where somebody wrote other words since."""
    newest = statements.newest(conn, version.statement_id, version.lang)
    if newest is not None and newest.id != version.id:
        _refuse(version, "R26", old12=version.hash[:SHORT], new12=newest.hash[:SHORT])


def refuse_to_staff(
    conn: Connection, mention_id: int, account_ids: Sequence[int], lang: str
) -> None:
    """Raises CrisisRefusedError R16 where it would answer an employee before everybody's eyes.
    `mention_id` 0: it answers nobody."""
    if not mention_id:
        return
    is_private = visibility(conn, mention_id) is Visibility.DIRECT
    for account_id in account_ids:
        refuse_in_public(
            lock.lock_of(conn, account_id, mention_id, lang), is_private=is_private
        )  # fmt: skip


def visibility(conn: Connection, mention_id: int) -> Visibility:
    """An answer is as wide as what it answers; a statement is for everybody."""
    if not mention_id:
        return Visibility.PUBLIC
    row = conn.execute("SELECT visibility FROM mention WHERE id = ?", (mention_id,)).fetchone()
    return Visibility(row[0]) if row else Visibility.PUBLIC


def _refuse(version: Version, code: str, **known: str | int) -> None:
    raise CrisisRefusedError(code, incident_id=version.incident_id, **known)
