"""Whether a version's own words may be approved and published: R20 to R24, asked in order.

The second look is asked apart, in `looks.py`.
"""

from typing import Final

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.crisis.statement import (
    longest_gap_min,
    missing_blocks,
    next_update_fault,
    unfilled_places,
)
from socialdesk.store.crisis import facts, incident_moves, statements
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


def _refuse(version: Version, code: str, **known: str | int) -> None:
    raise CrisisRefusedError(code, incident_id=version.incident_id, **known)
