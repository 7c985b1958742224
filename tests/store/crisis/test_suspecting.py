"""Suspected incidents: what joins one, how it is numbered, logged and dismissed."""

import pytest

from socialdesk.domain.crisis.alert import AlertKind, Found, Level
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.store import settings
from socialdesk.store.crisis import alerts, incident_mentions, incidents, lock
from tests.store.crisis.incident_file import events, refused, suspect
from tests.store.queue_file import QueueFile

DAY = 86_400_000


@pytest.mark.parametrize(("topic", "logged"), [("outage", "outage"), ("anna petrova", "")])
def test_the_log_names_a_playbook_but_no_words_of_strangers(
    file: QueueFile, topic: str, logged: str
):
    found = suspect(file, topic=topic)
    suspect(file, topic=topic)
    told = file.sql(
        "SELECT json_extract(data, '$.topic') FROM journal WHERE incident = ?", found.id
    )
    assert told == [(logged,), (logged,)] and found.alert_topic == topic


def test_an_alert_of_the_same_kind_and_topic_joins_what_nobody_decided(file: QueueFile):
    one, two, three = file.fill(3)
    first = suspect(file, one, topic="outage")
    again = suspect(file, two, topic="outage")
    other = suspect(file, three, topic="recall")
    assert (again.id, other.id) == (first.id, first.id + 1)
    assert file.read(incident_mentions.count, first.id) == 2
    assert len(events(file, "incident_joined")) == 1
    assert file.read(lock.lock_of, file.account) is None  # locks nothing


def test_codes_are_numbered_through_a_year(file: QueueFile):
    assert [suspect(file, topic=t).code for t in "ab"] == ["INC-2026-0001", "INC-2026-0002"]
    file.clock.advance(60 * 86_400)
    assert suspect(file, topic="c").code == "INC-2027-0001"


def test_a_dismissal_mutes_its_alert_for_a_day(file: QueueFile):
    found = suspect(file, topic="outage")
    file.write(lambda tx: incidents.dismiss(tx, found.id, "false_alarm", "", 0, file.ann))
    assert file.read(incidents.read, found.id).state is IncidentState.DISMISSED
    until = file.clock.now + DAY
    assert file.sql("SELECT * FROM alert_mute") == [("volume", "outage", until)]
    assert suspect(file, topic="outage").id != found.id


def test_how_long_it_mutes_is_a_setting_and_what_rang_with_it_is_muted_too(file: QueueFile):
    found = suspect(file, topic="outage")
    rang = Found(AlertKind.COPY, Level.ALERT, (), topic="7")
    file.write(lambda tx: alerts.add(tx, rang, found.id))
    file.write(lambda tx: settings.set_value(tx, "crisis_mute_h", "2", file.ann))
    file.write(lambda tx: incidents.dismiss(tx, found.id, "false_alarm", "", 0, file.ann))
    both = {("volume", "outage"), ("copy", "7")}
    file.write(lambda tx: settings.set_value(tx, "crisis_mute_h", "1", file.ann))
    assert file.read(alerts.muted, file.clock.now + 2 * 3_600_000 - 1) == both
    assert file.read(alerts.muted, file.clock.now + 2 * 3_600_000) == set()


def test_safety_reports_want_a_second_look_before_a_dismissal(file: QueueFile):
    (mention,) = file.fill(1)
    file.execute("UPDATE triage SET is_alarming = 1")
    found = suspect(file, mention)

    def dismiss(by: int) -> int:
        return file.write(lambda tx: incidents.dismiss(tx, found.id, "known", "", by, file.ann))

    assert refused(lambda: dismiss(0)).facts == {"n": 1}
    assert refused(lambda: dismiss(file.ann)).code == "R03"
    file.clock.advance(180)
    assert dismiss(file.ann)  # solo: the same person, after three minutes


def test_in_pair_mode_somebody_else_looks_before_a_dismissal(file: QueueFile):
    (mention,) = file.fill(1)
    file.execute("UPDATE triage SET is_alarming = 1")
    file.write(lambda tx: settings.set_value(tx, "team_mode", "pair", file.ann))
    found = suspect(file, mention)
    file.clock.advance(3600)

    def dismiss(by: int) -> int:
        return file.write(lambda tx: incidents.dismiss(tx, found.id, "known", "", by, file.ann))

    assert refused(lambda: dismiss(file.ann)).code == "R03"
    assert dismiss(file.ben)
