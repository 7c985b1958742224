"""Undo and redo: rows come back exactly, or nothing is touched."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters
from socialdesk.store.queue import lists
from socialdesk.store.triage import acts, tags, triage
from socialdesk.store.triage.acts import Act
from tests.store.queue_file import HOUR_MS, QueueFile

TABLES = ("triage", "mention_label", "author", "note", "counter")
Change = Callable[[Transaction, Act, list[int]], Any]

CHANGES: dict[str, Change] = {
    "done": lambda tx, act, ids: triage.set_status(
        tx, act, ids, Status.DONE, Disposition.NO_REPLY_NEEDED
    ),
    "spam": lambda tx, act, ids: triage.set_status(tx, act, ids, Status.SPAM),
    "unread": lambda tx, act, ids: triage.set_status(tx, act, ids, Status.NEW),
    "snooze": lambda tx, act, ids: triage.snooze(tx, act, ids, tx.now + HOUR_MS),
    "priority": lambda tx, act, ids: triage.set_priority(tx, act, ids, 2),
    "no priority": lambda tx, act, ids: triage.set_priority(tx, act, ids, 0),
    "assign": lambda tx, act, ids: triage.assign(tx, act, ids, 2),
    "label": lambda tx, act, ids: tags.add_label(tx, act, ids, "late"),
    "label 2": lambda tx, act, ids: tags.add_label(tx, act, ids, "Ärger"),
    "no label": lambda tx, act, ids: (
        tags.add_label(tx, None, [], "late") or tags.remove_label(tx, act, ids, "late")
    ),
    "mute": lambda tx, act, ids: triage.set_muted(tx, act, ids, True),
    "unmute": lambda tx, act, ids: triage.set_muted(tx, act, ids, False),
    "vip": lambda tx, act, ids: triage.set_vip(tx, act, ids, True),
    "no vip": lambda tx, act, ids: triage.set_vip(tx, act, ids, False),
    "note": lambda tx, act, ids: tags.add_note(tx, act, ids[0], act.person, "Call back"),
}


def do(file: QueueFile, name: str, ids: list[int], person: int = 1) -> int:
    def write(tx: Transaction) -> int:
        act = acts.begin(tx, name, person, acts.named(ids))
        CHANGES[name](tx, act, ids)
        return act.seq

    return file.write(write)


def undo(file: QueueFile, person: int = 1) -> acts.UndoneAct:
    return file.write(lambda tx: acts.undo(tx, person))


def redo(file: QueueFile, person: int = 1) -> acts.UndoneAct:
    return file.write(lambda tx: acts.redo(tx, person))


def state(file: QueueFile) -> dict[str, list[tuple[Any, ...]]]:
    dump = file.dump(*TABLES)
    dump["counter"] = [row for row in dump["counter"] if row[1]]
    return dump


def fault_of(turn: Callable[..., object], *values: Any) -> CommandFault:
    with pytest.raises(CommandError) as refusal:
        turn(*values)
    return refusal.value.fault


@pytest.mark.parametrize("name", CHANGES)
def test_undo_brings_the_rows_back_exactly_and_redo_does_it_again(file, name):
    ids = file.fill(4)
    do(file, "label", ids[:1])
    do(file, "priority", ids[2:])
    before = state(file)
    do(file, name, ids[:3])
    after = state(file)
    if after == before:
        assert file.read(acts.peek, 1) == ("priority", "")  # it changed nothing: not in the stack
        return
    undone = undo(file)
    assert undone.kind == name
    assert state(file) == before
    assert redo(file).act_seq == undone.act_seq
    assert state(file) == after


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    script=st.lists(
        st.tuples(
            st.sampled_from([*CHANGES, "undo", "redo"]), st.sets(st.integers(0, 4), min_size=1)
        ),
        max_size=12,
    )
)
def test_any_sequence_can_be_undone_to_its_beginning(tmp_path_factory, script):
    file = QueueFile(tmp_path_factory.mktemp("acts"))
    try:
        ids = file.fill(5)
        file.write(lambda tx: [tags.add_label(tx, None, [], n) for n in ("late", "Ärger")])
        beginning = state(file)
        for name, chosen in script:
            if name in ("undo", "redo"):
                try:
                    (undo if name == "undo" else redo)(file)
                except CommandError as e:
                    assert e.fault.value == f"nothing_to_{name}"
            else:
                file.clock.advance(1)
                do(file, name, [ids[i] for i in sorted(chosen)])
            assert not file.write(counters.recount)
        while file.read(acts.peek, 1)[0]:
            undo(file)
        assert state(file) == beginning
    finally:
        file.close()


def test_undo_goes_back_through_many_acts_and_outlives_a_restart(file):
    ids = file.fill(3)
    states = [state(file)]
    for name in ("label", "done", "note", "unread"):
        do(file, name, ids)
        states.append(state(file))
    file.reopen()
    for before in reversed(states[:-1]):
        undo(file)
        assert state(file) == before
    assert fault_of(undo, file) is CommandFault.NOTHING_TO_UNDO
    file.reopen()
    for after in states[1:]:
        redo(file)
        assert state(file) == after


def test_what_somebody_changed_since_is_left_alone(file):
    ids = file.fill(3)
    do(file, "done", ids)
    do(file, "unread", ids[1:2], person=2)
    before = state(file)
    assert fault_of(undo, file) is CommandFault.CHANGED_SINCE
    assert state(file) == before


def test_a_change_of_something_else_is_no_reason_to_refuse(file):
    ids = file.fill(1)
    do(file, "label", ids)
    file.write(lambda tx: triage.open_mention(tx, ids[0]))
    assert undo(file).kind == "label"
    assert file.statuses(ids) == [Status.OPEN]


def test_the_program_waking_a_snooze_makes_its_undo_too_late(file):
    ids = file.fill(1)
    do(file, "snooze", ids)
    file.clock.advance(4000)
    file.write(triage.wake_snoozes)
    assert fault_of(undo, file) is CommandFault.CHANGED_SINCE


def test_everybody_undoes_only_their_own(file):
    ids = file.fill(2)
    do(file, "done", ids[:1], person=1)
    do(file, "spam", ids[1:], person=2)
    undo(file, person=1)
    assert file.statuses(ids) == [Status.NEW, Status.SPAM]
    assert fault_of(undo, file, 1) is CommandFault.NOTHING_TO_UNDO


def test_a_new_act_ends_the_redo(file):
    ids = file.fill(2)
    do(file, "done", ids[:1])
    undo(file)
    assert file.read(acts.peek, 1) == ("", "done")
    do(file, "label", ids)
    assert file.read(acts.peek, 1) == ("label", "")
    assert fault_of(redo, file) is CommandFault.NOTHING_TO_REDO


def test_undo_of_a_mute_brings_back_what_it_filed_but_not_what_came_since(file):
    ids = file.fill(2, author="troll")
    do(file, "mute", ids[:1])
    later = file.fill(1, author="troll")
    undo(file)
    assert file.statuses(ids) == [Status.NEW, Status.NEW]
    assert file.statuses(later) == [Status.DONE]


def test_labels_and_notes_are_found_and_after_undo_are_not(file):
    ids = file.fill(2)

    def found(text: str) -> list[int]:
        listing = file.read(lists.list_ids, View.ALL, text, Order.NEWEST, 10, file.clock.now)
        return list(listing.ids)

    do(file, "label 2", ids[:1])
    do(file, "note", ids[:1])
    assert found("label:ÄRGER") == found('"call back"') == ids[:1]
    undo(file)
    undo(file)
    assert found("label:ärger") == found('"call back"') == []


def test_acts_are_in_the_journal_and_a_bulk_act_names_its_first_rows_only(file):
    ids = file.fill(150)
    seq = do(file, "done", ids)
    (kind, data), *_ = file.sql("SELECT kind, data FROM journal WHERE seq = ?", seq)
    assert kind == "done"
    assert '"n":150' in data
    assert data.count(",") < 110
    assert undo(file).n == 150


def test_only_the_newest_acts_are_kept(file, monkeypatch):
    monkeypatch.setattr(acts, "KEPT", 3)
    ids = file.fill(1)
    for name in ("label", "priority", "done", "unread", "note"):
        do(file, name, ids)
    undone = []
    while file.read(acts.peek, 1)[0]:
        undone.append(undo(file).kind)
    assert undone == ["note", "unread", "done"]
    assert file.sql("SELECT count(*) FROM act_row WHERE seq NOT IN (SELECT seq FROM act)") == [(0,)]
