"""What counts as the first statement: to everybody, or in a small incident in one thread."""

import pytest

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.crisis.incident import IncidentState, Severity
from socialdesk.domain.errors import CommandError
from socialdesk.domain.replies.reply import Posted
from socialdesk.engine.commands.statements import SaveStatement
from socialdesk.engine.handlers.statements import save_statement
from socialdesk.store.crisis import incident_moves
from socialdesk.store.replies import outbox
from tests.store.crisis.incident_file import an_incident
from tests.store.crisis.statement_file import let_post, look, publish, saved
from tests.store.queue_file import QueueFile


@pytest.mark.parametrize(
    ("kind", "severity", "is_reply", "is_first"),
    [
        ("first", Severity.SEV1, False, True),
        ("first", Severity.SEV3, True, True),
        ("oneoff", Severity.SEV3, True, True),
        ("oneoff", Severity.SEV3, False, False),
        ("oneoff", Severity.SEV1, True, False),
    ],
)
def test_a_reply_is_the_first_statement_of_a_small_incident_only(
    file: QueueFile, kind: str, severity: Severity, is_reply: bool, is_first: bool
):
    let_post(file)
    incident = an_incident(file, severity=severity)
    mention = file.fill(1)[0] if is_reply else 0
    text = saved(file, incident, kind=kind, mention_id=mention)
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    (row_id,) = publish(file, text.version_id).outbox
    assert file.write(lambda tx: outbox.claim_next(tx, set())) is not None
    posted = Posted("9", "https://pond.example/9", "https://pond.example/9")
    file.write(lambda tx: outbox.settle_sent(tx, row_id, posted))
    state = file.read(incident_moves.read, incident.id).state
    assert (state is IncidentState.HOLDING) is is_first


@pytest.mark.parametrize("severity", [Severity.SEV1, Severity.SEV3])
def test_a_first_statement_answers_in_a_thread_where_harm_is_small(
    file: QueueFile, severity: Severity
):
    incident = an_incident(file, severity=severity)
    command = SaveStatement(
        incident.id, "first", "en", text="We are sorry.", accounts=(file.account,),
        mention_id=file.fill(1)[0],
    )  # fmt: skip
    if severity is Severity.SEV3:
        assert file.write(lambda tx: save_statement(tx, command, file.ann))[1]["version_id"]
        return
    with pytest.raises(CommandError) as error:
        file.write(lambda tx: save_statement(tx, command, file.ann))
    assert error.value.facts["what"] == "mention_id"
