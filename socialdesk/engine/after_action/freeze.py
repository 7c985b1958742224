"""The report as it stood when the incident was closed: kept for good, its hashes in the log."""

import hashlib
from dataclasses import replace

from socialdesk.domain.crisis.incident import Incident, IncidentState
from socialdesk.engine.after_action.counting import count_incident
from socialdesk.engine.after_action.html import html_of
from socialdesk.engine.after_action.markdown import markdown_of
from socialdesk.engine.after_action.wire import json_of
from socialdesk.store.crisis import incident_moves, incident_reports
from socialdesk.store.file.transaction import Transaction


def freeze(tx: Transaction, incident: Incident) -> str:
    """In the transaction that closes it. The SHA-256 (hex) of the JSON."""
    counted = replace(
        count_incident(tx.conn, incident.id, tx.now), state=IncidentState.CLOSED.value
    )  # as it will be once this is committed
    bodies = {"json": json_of(counted), "markdown": markdown_of(counted), "html": html_of(counted)}
    hashes = {shape: sha256(body) for shape, body in bodies.items()}
    incident_reports.keep(tx, incident.id, bodies, hashes)
    incident_moves.note(tx, incident, "report_frozen", None, **hashes)
    return hashes["json"]


def sha256(text: str) -> str:
    """Hex, of the text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
