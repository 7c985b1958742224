"""The quiet that an incident waits for is time that passed, not what a clock was set to."""

from socialdesk.domain.crisis.incident import HOUR_MS, IncidentState, Severity
from socialdesk.store.crisis import incident_guards, incident_life, incident_moves
from tests.store.crisis.incident_file import an_incident
from tests.store.queue_file import QueueFile


def test_a_clock_set_forward_is_no_quiet(file: QueueFile):
    now = file.clock.now
    incident = an_incident(
        file, state=IncidentState.STAND_DOWN, severity=Severity.SEV3, stand_down_at=now
    )
    file.clock.jump(3 * 3600)
    file.write(lambda tx: incident_moves.note(tx, incident, "clock_jumped", None, ms=3 * HOUR_MS))
    left = file.read(incident_guards.quiet_left_ms, incident, file.clock.now)
    assert left == 2 * HOUR_MS
    assert file.write(lambda tx: incident_life.review(tx, incident.id)) == 0
    file.clock.advance(2 * 3600)
    assert file.write(lambda tx: incident_life.review(tx, incident.id)) > 0
