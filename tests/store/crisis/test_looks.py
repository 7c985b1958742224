"""Second looks: at one exact text, after a cool-down, by the right person, for a time."""

from dataclasses import replace
from typing import Any

import pytest

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.crisis.incident import HOUR_MS, IncidentState, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import people
from socialdesk.store.crisis import facts, incident_moves, looks
from tests.store.crisis.incident_file import CONFIRMING, a_fact, an_incident
from tests.store.crisis.statement_file import look, pair, saved
from tests.store.queue_file import QueueFile

MINUTE_S = 60


def may_leave(file: QueueFile, version_id: int, digest: str) -> str:
    return file.read(looks.leaving_refusal, version_id, digest, file.clock.now)[0]


def refused(file: QueueFile, *args, **values) -> CrisisRefusedError:
    with pytest.raises(CrisisRefusedError) as error:
        look(file, *args, **values)
    return error.value


def test_the_same_person_looks_after_the_cool_down(file: QueueFile):
    text = saved(file, an_incident(file))
    file.clock.advance(2 * MINUTE_S)
    error = refused(file, text.version_id, text.hash)
    assert (error.code, error.facts["m"], error.facts["s"]) == ("R28", 1, 0)
    file.clock.advance(MINUTE_S)
    given = look(file, text.version_id, text.hash)
    assert given.n_missing == 0
    assert may_leave(file, text.version_id, text.hash) == ""


def test_setting_the_clock_forward_shortens_no_cool_down(file: QueueFile):
    text = saved(file, an_incident(file), kind="resolution", next_update_at=0)
    file.clock.jump(3600)
    assert refused(file, text.version_id, text.hash).facts["m"] == 15
    file.clock.jump(-7200)
    file.clock.advance(15 * MINUTE_S)
    assert look(file, text.version_id, text.hash).n_missing == 0


def test_another_edit_starts_the_cool_down_anew(file: QueueFile):
    incident = an_incident(file)
    text = saved(file, incident)
    file.clock.advance(3 * MINUTE_S)
    again = saved(
        file, incident, statement_id=text.statement_id, text="About sorry. Now.", blocks=()
    )  # fmt: skip
    assert again.version_id != text.version_id
    with pytest.raises(CrisisRefusedError) as error:
        look(file, again.version_id, again.hash)
    assert error.value.code == "R21"  # what is missing is said before anybody waits


def test_a_serious_text_of_the_worst_kind_takes_two_looks_with_a_pause(file: QueueFile):
    text = saved(file, an_incident(file), kind="serious")
    file.clock.advance(15 * MINUTE_S)
    assert look(file, text.version_id, text.hash).n_missing == 1
    assert may_leave(file, text.version_id, text.hash) == "R25"
    assert refused(file, text.version_id, text.hash).code == "R28"
    file.clock.advance(4 * MINUTE_S)
    assert refused(file, text.version_id, text.hash).facts["m"] == 11


def test_in_pair_mode_nobody_looks_at_an_own_text(file: QueueFile):
    pair(file)
    text = saved(file, an_incident(file), kind="resolution", next_update_at=0)
    file.clock.advance(3600)
    error = refused(file, text.version_id, text.hash, look=Look.PERSON_HERE, person=file.ann)
    assert (error.code, error.facts["person"]) == ("R29", "Ann")
    assert refused(file, text.version_id, text.hash).code == "R29"


def test_somebody_else_looks_at_once(file: QueueFile):
    pair(file)
    text = saved(file, an_incident(file))
    look(file, text.version_id, text.hash, look=Look.PERSON_HERE, person=file.ben)
    (row,) = file.read(
        looks.list_looks, "statement", text.version_id, text.hash, file.clock.now
    )  # fmt: skip
    assert (row.kind, row.person, row.ended) == ("person_here", "Ben", "")


def test_who_was_asked_by_message_is_recorded_never_signed(file: QueueFile):
    pair(file)
    text = saved(file, an_incident(file))
    with pytest.raises(CommandError) as error:
        look(file, text.version_id, text.hash, look=Look.PERSON_AWAY, how=" ")
    assert error.value.facts["what"] == "how"
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY, how="Dana, by text message",
         answers=())  # fmt: skip
    (row,) = file.read(
        looks.list_looks, "statement", text.version_id, text.hash, file.clock.now
    )  # fmt: skip
    assert (row.kind, row.person, row.how) == ("person_away", "Ann", "Dana, by text message")


def test_the_writer_is_nobody_else_by_message_either(file: QueueFile):
    text = saved(file, an_incident(file))
    with pytest.raises(CommandError) as alone:
        look(file, text.version_id, text.hash, look=Look.PERSON_AWAY, how="ANN, by phone, 14:30")
    assert alone.value.fault is CommandFault.SAME_PERSON
    pair(file)
    error = refused(
        file, text.version_id, text.hash, look=Look.PERSON_AWAY, how="Ann, by phone, 14:30"
    )
    assert (error.code, error.facts["person"]) == ("R29", "Ann")
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY, how="Ann Lee, by phone, 14:30")


def test_another_name_makes_the_writer_nobody_else(file: QueueFile):
    text = saved(file, an_incident(file))
    pair(file)
    by_ann = {"look": Look.PERSON_AWAY, "how": "Ann, by phone, 14:30"}
    file.write(lambda tx: people.rename_person(tx, file.ann, "Anna Lee", file.ann))
    assert refused(file, text.version_id, text.hash, **by_ann).code == "R29"
    file.write(lambda tx: people.rename_person(tx, file.ben, "Ann", file.ben))  # now it is his
    look(file, text.version_id, text.hash, **by_ann)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"answers": (("aloud", "no"),)}, "answers"),
        ({"look": Look.SELF}, "kind"),
        ({"look": Look.PERSON_HERE, "person": 99}, "person"),
        ({"look": Look.PERSON_HERE, "person": 2, "is_pin_checked": False}, "pin"),
        ({"subject": "template"}, "subject"),
    ],
)
def test_half_a_look_is_none(file: QueueFile, values: dict[str, Any], what: str):
    text = saved(file, an_incident(file))
    file.clock.advance(3 * MINUTE_S)
    with pytest.raises(CommandError) as error:
        look(file, text.version_id, text.hash, **values)
    assert (error.value.fault, error.value.facts["what"]) == (CommandFault.BAD_INPUT, what)


def test_a_look_is_at_the_text_with_that_hash(file: QueueFile):
    text = saved(file, an_incident(file))
    file.clock.advance(3 * MINUTE_S)
    error = refused(file, text.version_id, "0" * 64)
    assert (error.code, error.facts["old12"]) == ("R26", "0" * 12)
    assert error.facts["new12"] == text.hash[:12]


def test_an_approval_grows_old(file: QueueFile):
    incident = an_incident(file)
    text = saved(file, incident, kind="resolution", next_update_at=0)
    file.clock.advance(15 * MINUTE_S)
    look(file, text.version_id, text.hash)
    file.clock.advance(4 * HOUR_MS / 1000 - 1)
    assert may_leave(file, text.version_id, text.hash) == ""
    file.clock.advance(1)
    assert may_leave(file, text.version_id, text.hash) == "R27"


def test_an_approval_ends_with_its_facts(file: QueueFile):
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING)
    text = saved(file, incident, facts=(fact,))
    file.clock.advance(3 * MINUTE_S)
    look(file, text.version_id, text.hash)
    moved = file.write(
        lambda tx: facts.save(tx, incident.id, file.ann, fact_id=fact, state="false",
                              claim="The shop is down since 14:05.")
    )  # fmt: skip
    assert moved.ended == (text.version_id,)
    assert may_leave(file, text.version_id, text.hash) == "R27"
    (row,) = file.read(looks.list_looks, "statement", text.version_id, text.hash, 0)
    assert row.ended == f"fact:{fact}:false"


def test_an_approval_ends_when_the_incident_is_over(file: QueueFile):
    incident = an_incident(file)
    text = saved(file, incident, kind="resolution", next_update_at=0)
    file.clock.advance(15 * MINUTE_S)
    look(file, text.version_id, text.hash)
    assert file.write(lambda tx: looks.end_all(tx, incident.id, "review", None)) == 1
    file.write(
        lambda tx: incident_moves.quiet_change(tx, incident, state=IncidentState.REVIEW)
    )  # fmt: skip
    assert may_leave(file, text.version_id, text.hash) == "R27"


def test_a_small_incident_waits_longer_before_a_first_and_less_before_an_update(file: QueueFile):
    incident = an_incident(file, severity=Severity.SEV3)
    first, update = saved(file, incident), saved(file, incident, kind="update")
    file.clock.advance(4 * MINUTE_S)
    assert refused(file, first.version_id, first.hash).code == "R28"
    file.clock.advance(MINUTE_S)
    assert look(file, first.version_id, first.hash).n_missing == 0
    file.clock.advance(4 * MINUTE_S)
    assert refused(file, update.version_id, update.hash).code == "R28"
    file.clock.advance(MINUTE_S)
    assert look(file, update.version_id, update.hash).n_missing == 0


def test_a_renamed_account_is_another_one(file: QueueFile):
    text = saved(file, an_incident(file))
    file.clock.advance(3 * MINUTE_S)
    look(file, text.version_id, text.hash)
    file.execute("UPDATE account SET name = 'other'")
    assert may_leave(file, text.version_id, text.hash) == "R26"


def test_words_changed_behind_the_programs_back_do_not_leave(file: QueueFile):
    text = saved(file, an_incident(file))
    file.clock.advance(3 * MINUTE_S)
    look(file, text.version_id, text.hash)
    file.execute("UPDATE statement_version SET text = 'About anything.'")
    assert may_leave(file, text.version_id, text.hash) == "R26"


def test_a_promise_that_passed_on_the_way_is_not_made(file: QueueFile):
    text = saved(file, an_incident(file))
    file.clock.advance(3 * MINUTE_S)
    look(file, text.version_id, text.hash)
    file.clock.advance(17 * MINUTE_S)
    assert may_leave(file, text.version_id, text.hash) == "R22"


def test_no_statement_leaves_that_nobody_knows(file: QueueFile):
    assert may_leave(file, 99, "0" * 64) == "R25"


def test_looks_keep_who_asked_what_and_when(file: QueueFile):
    text = saved(file, an_incident(file))
    file.clock.advance(3 * MINUTE_S)
    given = look(file, text.version_id, text.hash)
    ((kind, person, how, answers),) = file.sql(
        "SELECT kind, person_id, how, answers FROM approval WHERE id = ?", given.approval_id
    )
    assert (kind, person, how) == ("self_cooldown", file.ann, str(3 * 60_000))
    assert answers == '{"aloud": "no", "keep": "yes"}'
    (row,) = file.read(looks.list_looks, "statement", text.version_id, text.hash, 0)
    assert row.cooldown_ms == 3 * 60_000
    assert replace(row, cooldown_ms=0).how == ""
