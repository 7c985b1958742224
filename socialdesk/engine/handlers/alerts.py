"""Alerts: dismissed, linked to an incident."""

from typing import Final

from socialdesk.domain.crisis.alert import Alert
from socialdesk.domain.crisis.incident import DismissReason, IncidentState
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.answers import alerts as alert_answers
from socialdesk.engine.commands import alerts as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import journal
from socialdesk.store.crisis import alerts, incident_mentions, incidents
from socialdesk.store.file.transaction import Transaction

MAX_NOTE: Final = 2_000


def dismiss(tx: Transaction, command: c.DismissAlert, person: int) -> Outcome:
    alert = _read(tx, command.alert_id)
    if command.reason not in {r.value for r in DismissReason}:
        raise CommandError(CommandFault.BAD_INPUT, what=command.reason[:40])
    incident = incidents.find(tx.conn, alert.incident_id) if alert.incident_id else None
    if incident is not None and incident.state is IncidentState.SUSPECTED:
        raise CommandError(CommandFault.TOO_LATE, state=incident.state.value)
    alerts.clear(tx, alert.id)
    alerts.hush(tx, alert.kind.value, alert.topic)
    topic = incidents.logged_topic(alert.topic)
    data = {"alert": alert.id, "kind": alert.kind.value, "topic": topic,
            "reason": command.reason, "note": command.note.strip()[:MAX_NOTE]}  # fmt: skip
    return journal.append(tx, "alert_dismissed", data, person=person), {}


def link(tx: Transaction, command: c.LinkAlert, person: int) -> Outcome:
    alert, incident = _read(tx, command.alert_id), incidents.find(tx.conn, command.incident_id)
    if incident is None:
        raise CommandError(CommandFault.NOT_FOUND)
    if not incident.is_open:
        raise CommandError(CommandFault.TOO_LATE, state=incident.state.value)
    ids = alert_answers.mentions_of(tx.conn, alert)
    alerts.link(tx, alert.id, incident.id)
    incident_mentions.link(tx, incident, ids, how=incident_mentions.HAND, person=person)
    topic = incidents.logged_topic(alert.topic)
    data = {"alert": alert.id, "kind": alert.kind.value, "topic": topic, "n": len(ids)}
    seq = journal.append(tx, "alert_linked", data, person=person, incident=incident.id)
    return seq, {"n": len(ids)}


def _read(tx: Transaction, alert_id: int) -> Alert:
    alert = alerts.find(tx.conn, alert_id)
    if alert is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return alert


HANDLERS: Final[dict[type, Handler]] = {c.DismissAlert: dismiss, c.LinkAlert: link}
