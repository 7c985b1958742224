"""Erasing somebody whose post belongs to an incident, and was answered there."""

from socialdesk.domain.crisis.approval import Look
from socialdesk.store.crisis import incident_mentions, statements
from socialdesk.store.erasing import erasing
from tests.store.crisis.incident_file import an_incident
from tests.store.crisis.statement_file import look, publish, saved
from tests.store.queue_file import QueueFile


def test_what_answered_them_loses_its_words_and_stays_a_statement(file: QueueFile):
    incident = an_incident(file)
    (mention,) = file.fill(1)
    file.write(lambda tx: incident_mentions.link(tx, incident, [mention], how="hand", person=1))
    text = saved(
        file, incident, kind="oneoff", next_update_at=0, mention_id=mention, blocks=(),
        text="Wanda, we are sorry.",
    )  # fmt: skip
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    publish(file, text.version_id)
    ((author,),) = file.sql("SELECT author_id FROM mention WHERE id = ?", mention)
    file.write(lambda tx: erasing.erase(tx, 0, author, file.ann))
    assert file.sql("SELECT count(*) FROM incident_mention") == [(0,)]
    assert file.sql("PRAGMA foreign_key_check") == []
    kept = file.read(statements.read, text.version_id)
    assert (kept.text, kept.mention_id, kept.dropped_at > 0) == ("", 0, True)
    assert file.sql("SELECT count(*) FROM journal WHERE instr(data, 'Wanda') > 0") == [(0,)]
