"""Notices that a version of a network's API ends; each told once for each warning."""

from typing import Final

from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.notices import notices

CODE: Final = "version_ending"


def is_told(conn: Connection, version: str, phase: int) -> bool:
    """Whether this warning, or a tighter one, was told. `phase`: days that were left, at most."""
    found = conn.execute(
        "SELECT 1 FROM notice WHERE code = ? AND json_extract(facts, '$.version') = ?"
        " AND json_extract(facts, '$.phase') <= ? LIMIT 1",
        (CODE, version, phase),
    )
    return found.fetchone() is not None


def tell(tx: Transaction, network: str, version: str, until: str, phase: int) -> None:
    """`network`: its label; `until`: the day as ISO 8601."""
    notices.add(tx, CODE, {"network": network, "version": version, "until": until, "phase": phase})
