"""Pinned mentions stand on top; muted people are listed and heard again; mine are mine."""

import pytest

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands import SetStatus
from socialdesk.engine.handlers import HANDLERS
from socialdesk.store import settings
from socialdesk.store.queue import lists
from socialdesk.store.triage import acts, muted, pins, triage
from tests.store.triage.test_acts import state, undo


def act_of(file, kind, change, person=1):
    def write(tx):
        act = acts.begin(tx, kind, person, {})
        return change(tx, act)

    return file.write(write)


def listed(file, view=View.NEEDS_REPLY, search="", order=Order.NEED, limit=100):
    return list(file.read(lists.list_ids, view, search, order, limit, file.clock.now).ids)


@pytest.mark.parametrize("order", [Order.NEED, Order.LONGEST, Order.NEWEST, Order.REACH])
def test_pinned_ones_are_on_top_in_every_order_the_last_pin_first(file, order):
    ids = file.fill(6)
    plain = listed(file, order=order)
    for pinned in (plain[4], plain[2]):
        file.clock.advance(1)
        act_of(file, "pinned", lambda tx, act, one=pinned: pins.set_pinned(tx, act, [one], True))
    rest = [i for i in plain if i not in (plain[4], plain[2])]
    assert listed(file, order=order) == [plain[2], plain[4], *rest]
    assert listed(file, View.NEW, order=order)[:2] == [plain[2], plain[4]]
    assert listed(file, order=order, limit=3) == [plain[2], plain[4], rest[0]]
    assert sorted(listed(file, search="is:pinned", view=View.ALL)) == sorted([plain[2], plain[4]])
    undo(file)
    assert listed(file, order=order)[0] == plain[4]
    assert set(listed(file, order=order)) == set(ids)


def test_what_is_pinned_and_done_is_on_top_of_nothing(file):
    ids = file.fill(3)
    file.write(lambda tx: pins.set_pinned(tx, None, ids[:1], True))
    file.write(lambda tx: triage.set_status(tx, None, ids[:1], Status.DONE))
    assert listed(file) == ids[1:]


def test_muted_people_are_listed_with_what_was_filed_and_heard_again(file):
    first = file.fill(2, author="troll")
    file.clock.advance(1)
    others = file.fill(1, author="bore")
    act_of(file, "muted", lambda tx, act: triage.set_muted(tx, act, first[:1], True))
    file.clock.advance(1)
    act_of(file, "muted", lambda tx, act: triage.set_muted(tx, act, others, True))
    file.clock.advance(1)
    since = file.fill(1, author="troll")
    rows = file.read(muted.list_muted)
    assert [(row.n, row.newest) for row in rows] == [(1, others[0]), (3, since[0])]
    assert act_of(file, "unmuted", lambda tx, act: muted.unmute(tx, act, [rows[1].id])) == 1
    assert [row.id for row in file.read(muted.list_muted)] == [rows[0].id]
    assert file.statuses(since) == [Status.DONE]
    undo(file)
    assert [row.id for row in file.read(muted.list_muted)] == [rows[0].id, rows[1].id]


def test_mine_are_those_handed_to_who_is_at_the_keys(file):
    ids = file.fill(3)
    file.write(lambda tx: triage.assign(tx, None, ids[:1], file.ann))
    file.write(lambda tx: triage.assign(tx, None, ids[1:2], file.ben))
    here = {"here": ""}
    for person, own in ((file.ann, ids[:1]), (file.ben, ids[1:2])):
        here["here"] = str(person)
        file.write(lambda tx: settings.set_value(tx, "here", here["here"], 1))
        assert listed(file, View.ALL, "is:mine") == own
        assert listed(file, View.ALL, "is:mine where") == [
            i for i in own if i in listed(file, View.ALL, "where")
        ]
    assert sorted(listed(file, View.ALL, "is:assigned")) == ids[:2]


def test_spam_that_mutes_is_one_act_and_one_undo(file):
    ids = file.fill(3, author="troll")
    before = state(file)
    command = SetStatus((ids[0],), Status.SPAM.value, 0, True)
    file.write(lambda tx: HANDLERS[SetStatus](tx, command, 1))
    assert file.statuses(ids) == [Status.SPAM, Status.DONE, Status.DONE]
    assert len(file.read(muted.list_muted)) == 1
    undo(file)
    assert state(file) == before
