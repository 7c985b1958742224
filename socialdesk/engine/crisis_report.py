"""The report of an incident that closes: frozen, with its hash in the log."""

import hashlib

from socialdesk.domain.incident import Incident
from socialdesk.domain.journal import canonical_json
from socialdesk.store import incident_log, incidents
from socialdesk.store.transaction import Transaction


def freeze(tx: Transaction, incident: Incident) -> str:
    """SHA-256 of what the report is made of: the review and every entry of the log so far."""
    value = {
        "code": incident.code, "review": incidents.review_of(tx.conn, incident.id),
        "log": incident_log.hashes(tx.conn, incident.id),
    }  # fmt: skip
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
