"""An incident in a queue file, for the tests of what belongs to it."""

import json
from typing import Any

import pytest

from socialdesk.domain.crisis.incident import Incident, IncidentState, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.store.crisis import facts, incident_moves, incidents
from tests.store.queue_file import QueueFile

DECLARED_BEFORE_MS = 60_000


def an_incident(file: QueueFile, **values: Any) -> Incident:
    """One that was declared a minute ago, of the worst severity."""
    now = file.clock.now
    defaults: dict[str, Any] = {
        "state": IncidentState.DECLARED, "severity": Severity.SEV1, "title": "Shop down",
        "playbook": "outage", "roles": {"commander": file.ann},
        "declared_at": now - DECLARED_BEFORE_MS,
    }  # fmt: skip
    code = f"INC-2026-{1 + len(file.sql('SELECT 1 FROM incident')):04}"
    new = Incident(id=0, code=code, **(defaults | values))
    return file.write(lambda tx: incident_moves.insert(tx, new, "declared", file.ann))


def suspect(file: QueueFile, *mentions: int, kind: str = "volume", topic: str = "") -> Incident:
    return file.write(lambda tx: incidents.suspect(
        tx, kind=kind, topic=topic, mentions=mentions, baseline_15m=2.0, detected_at=tx.now
    ))  # fmt: skip


def a_fact(file: QueueFile, incident: Incident, *checks: tuple[str, str, str], **words: Any) -> int:
    """A fact with its checks (source kind, source, says)."""
    values = {"question": "Since when?", "claim": "The shop is down since 14:05."} | words
    fact_id: int = file.write(lambda tx: facts.save(tx, incident.id, file.ann, **values)).fact_id

    def check(kind: str, ref: str, says: str) -> None:
        file.write(lambda tx: facts.check(tx, fact_id, kind, ref, says, file.ann))

    for one in checks:
        check(*one)
    return fact_id


def refused(write: Any) -> CrisisRefusedError:
    with pytest.raises(CrisisRefusedError) as refusal:
        write()
    return refusal.value


def events(file: QueueFile, kind: str) -> list[dict[str, Any]]:
    rows = file.sql("SELECT data FROM journal WHERE kind = ? AND incident IS NOT NULL", kind)
    return [json.loads(data) for (data,) in rows]


CONFIRMING = (("seen", "monitor", "yes"), ("system", "log", "yes"), ("person", "Cem", "yes"))
"""Enough for every severity."""
