"""Audiences and silences: kept, told, refused where a word is missing."""

from pathlib import Path

import pytest

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError
from socialdesk.store.crisis import audiences, incident_dues, silences
from tests.store.queue_file import QueueFile

MINUTE = 60_000
STAFF = {"name": "Team", "kind": "staff", "channel": "email", "address": "team@shop.example",
         "lang": "ru", "spokesperson": "Ann", "contact": "", "is_tested": True,
         "is_archived": False, "incident_id": 0}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path):
    made = QueueFile(tmp_path)
    made.execute("INSERT INTO incident(id, code, state) VALUES (1, 'INC-2026-0001', 'declared')")
    yield made
    made.close()


def save(file: QueueFile, audience_id: int = 0, **changes) -> int:
    facts = {**STAFF, **changes}
    return file.write(lambda tx: audiences.save(tx, audience_id, person=file.ann, **facts))[0]


def test_one_is_kept_changed_and_put_away(file) -> None:
    made = save(file)
    save(file, made, name="All staff")
    (row,) = file.read(audiences.list_audiences)
    assert (row.name, row.kind, row.lang) == ("All staff", "staff", "ru") and row.tested_at
    save(file, made, is_archived=True)
    assert file.read(audiences.list_audiences) == []


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"name": "x" * 300}, {"kind": "friends"}, {"channel": "pigeon"},
    {"incident_id": 7},
])  # fmt: skip
def test_what_makes_no_sense_is_refused(file, wrong) -> None:
    with pytest.raises(CommandError):
        save(file, **wrong)
    assert file.read(audiences.list_audiences) == []


def test_who_is_added_in_an_incident_must_be_told_there(file) -> None:
    save(file, name="Neighbours")
    save(file, incident_id=1)
    belongs = {row.name: row.is_in_incident for row in file.read(audiences.list_audiences, 1)}
    assert belongs == {"Neighbours": False, "Team": True}


def test_a_name_is_given_once(file) -> None:
    save(file)
    with pytest.raises(CommandError):
        save(file, name="TEAM")


def test_being_told_belongs_to_the_incident_and_keeps_their_promise(file) -> None:
    staff = save(file)
    at = file.clock.now + 30 * MINUTE
    file.write(lambda tx: incident_dues.statement_published(tx, 1, 4, at, staff))
    file.write(lambda tx: audiences.note_told(tx, 1, staff, 4, "by mail", file.ann))
    (row,) = file.read(audiences.list_audiences, 1)
    assert row.told_at and row.is_in_incident
    assert [d.state for d in file.read(incident_dues.list_dues, 1)] == ["kept"]


@pytest.mark.parametrize(("reason", "in_min"), [("", 30), ("court asks", 0), ("court asks", 61)])
def test_a_silence_without_reason_or_time_is_refused(file, reason, in_min) -> None:
    at = file.clock.now + in_min * MINUTE
    with pytest.raises(CrisisRefusedError, match="R42"):
        file.write(lambda tx: silences.choose(tx, 1, reason, at, file.ann))


def test_a_silence_runs_a_timer_once_it_was_looked_at(file) -> None:
    at = file.clock.now + 60 * MINUTE
    made, digest, _ = file.write(lambda tx: silences.choose(tx, 1, "court asks", at, file.ann))
    assert len(digest) == 64 and file.read(incident_dues.list_dues, 1) == []
    assert file.write(lambda tx: silences.take_effect(tx, made, file.ann)) == 1
    (row,) = file.read(incident_dues.list_dues, 1)
    assert (row.to_kind, row.due_at) == ("silence", at)
    assert file.read(incident_dues.count_standing, 1) == 0


def test_a_second_look_that_comes_too_late_gives_no_silence(file) -> None:
    at = file.clock.now + 5 * MINUTE
    made, *_ = file.write(lambda tx: silences.choose(tx, 1, "court asks", at, file.ann))
    file.clock.advance(600)
    with pytest.raises(CrisisRefusedError, match="R42"):
        file.write(lambda tx: silences.take_effect(tx, made, file.ann))
