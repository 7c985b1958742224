"""Reply lines: prepared once, sent many times, ended with their facts."""

import pytest

from socialdesk.domain.crisis.incident import IncidentState, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError
from socialdesk.store.crisis import facts, incident_moves, lines, looks
from tests.store.crisis.incident_file import CONFIRMING, a_fact, an_incident
from tests.store.crisis.statement_file import REASON, look, prepared
from tests.store.queue_file import QueueFile

DAY_S = 86_400


def missing(file: QueueFile, incident_id: int, name: str = "common/ack") -> str | None:
    found = file.read(lines.line_for, incident_id, name, "en", file.clock.now)
    return found.missing if found else None


def test_a_line_is_sent_after_its_look(file: QueueFile):
    incident = an_incident(file)
    assert missing(file, incident.id) is None
    line = prepared(file, incident.id)
    assert missing(file, incident.id) == "R25"
    with pytest.raises(CrisisRefusedError) as error:
        look(file, line.id, line.hash, subject="line")
    assert error.value.code == "R28"
    file.clock.advance(15 * 60)
    look(file, line.id, line.hash, subject="line")
    assert missing(file, incident.id) == ""


def test_preparing_it_again_goes_on_with_the_cool_down(file: QueueFile):
    incident = an_incident(file)
    line = prepared(file, incident.id)
    file.clock.advance(15 * 60)
    again = prepared(file, incident.id)
    assert (again.id, again.at, again.seq) == (line.id, line.at, 0)
    look(file, line.id, line.hash, subject="line")


def test_other_words_are_another_line(file: QueueFile):
    incident = an_incident(file)
    line, other = prepared(file, incident.id), prepared(file, incident.id, text="{name}, hello.")
    assert other.id != line.id and other.hash != line.hash


def test_a_claim_waits_for_the_first_statement_and_names_its_facts(file: QueueFile):
    incident = an_incident(file)
    with pytest.raises(CrisisRefusedError) as error:
        prepared(file, incident.id, is_claim=True)
    assert error.value.code == "R23"
    fact = a_fact(file, incident, *CONFIRMING)
    line = prepared(file, incident.id, is_claim=True, facts=(fact,))
    file.clock.advance(15 * 60)
    look(file, line.id, line.hash, subject="line")
    assert missing(file, incident.id) == "R11"
    file.write(lambda tx: incident_moves.quiet_change(
        tx, incident, state=IncidentState.HOLDING, first_statement_at=tx.now
    ))  # fmt: skip
    assert missing(file, incident.id) == ""


def test_a_claim_ends_with_its_facts_and_needs_a_new_look(file: QueueFile):
    incident = an_incident(file, state=IncidentState.HOLDING, first_statement_at=1)
    fact = a_fact(file, incident, *CONFIRMING)
    line = prepared(file, incident.id, is_claim=True, facts=(fact,))
    file.clock.advance(15 * 60)
    look(file, line.id, line.hash, subject="line")
    file.write(lambda tx: facts.check(tx, fact, "person", "Dana", "no", file.ann))
    assert missing(file, incident.id) == "R23"
    file.write(lambda tx: facts.check(tx, fact, "person", "Dana", "yes", file.ann))
    assert missing(file, incident.id) == "R27"
    look(file, line.id, line.hash, subject="line")
    assert missing(file, incident.id) == ""


def test_a_line_of_quiet_times_serves_every_incident_for_half_a_year(file: QueueFile):
    line = prepared(file, 0)
    file.clock.advance(10 * 60)
    look(file, line.id, line.hash, subject="line")
    incident = an_incident(file)
    found = file.read(lines.line_for, incident.id, "common/ack", "en", file.clock.now)
    assert found is not None and (found.id, found.incident_id, found.missing) == (line.id, 0, "")
    file.write(lambda tx: looks.end_all(tx, incident.id, "closed", None))
    assert missing(file, incident.id) == ""
    file.clock.advance(180 * DAY_S)
    assert missing(file, incident.id) == "R27"


def test_no_claim_is_approved_in_quiet_times(file: QueueFile):
    with pytest.raises(CommandError) as error:
        prepared(file, 0, is_claim=True)
    assert error.value.facts["what"] == "incident_id"


def test_lines_of_an_incident_end_with_it(file: QueueFile):
    incident = an_incident(file)
    line = prepared(file, incident.id)
    file.clock.advance(15 * 60)
    look(file, line.id, line.hash, subject="line")
    file.write(lambda tx: looks.end_all(tx, incident.id, "closed", None))
    assert missing(file, incident.id) == "R27"


def test_a_safety_line_of_the_worst_kind_may_go_unchecked_and_that_is_written(file: QueueFile):
    incident = an_incident(file)
    line = prepared(file, incident.id, is_safety=True, skip_reason=REASON)
    assert line.missing == "" == missing(file, incident.id)
    ((data,),) = file.sql("SELECT data FROM journal WHERE kind = 'check_skipped'")
    assert '"codes":["R25"]' in data


@pytest.mark.parametrize(
    ("severity", "is_safety", "reason"), [(1, False, REASON), (2, True, REASON), (1, True, "short")]
)
def test_no_other_line_goes_unchecked(file: QueueFile, severity: int, is_safety: bool, reason: str):
    incident = an_incident(file, severity=Severity(severity))
    with pytest.raises(CommandError) as error:
        prepared(file, incident.id, is_safety=is_safety, skip_reason=reason)
    assert error.value.facts["what"] == "skip_reason"


def test_words_changed_behind_the_programs_back_are_no_line(file: QueueFile):
    incident = an_incident(file)
    line = prepared(file, incident.id)
    file.clock.advance(15 * 60)
    look(file, line.id, line.hash, subject="line")
    file.execute("UPDATE line_approval SET text = 'Anything.'")
    assert missing(file, incident.id) == "R26"
