"""Which drills count as a rehearsal."""

from dataclasses import replace

from socialdesk.domain.crisis.drill import DrillFacts, score
from socialdesk.domain.crisis.incident import Severity
from socialdesk.store.crisis import drills
from socialdesk.store.crisis.drills import Played
from tests.store.queue_file import QueueFile


def kept(file: QueueFile, **facts) -> int:
    found = replace(DrillFacts(severity=Severity.SEV2, onset_at=1_000), **facts)
    played = Played("outage", 4, 1, 2, "gone", found, score(found), ())
    return file.write(lambda tx: drills.keep(tx, played))[0]


def test_a_drill_broken_off_before_it_was_declared_rehearsed_nothing(file: QueueFile):
    assert file.read(drills.last_led) is None
    led = kept(file, declared_at=61_000)
    kept(file)
    assert len(file.read(drills.list_past)) == 2
    last = file.read(drills.last_led)
    assert last is not None and last.incident_id == led
