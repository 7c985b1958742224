"""Every function of ours that writes meets a locked file: StoreError, and nothing was changed."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from socialdesk.domain.errors import CommandError, CommandFault, StoreError, StoreFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Draft
from socialdesk.domain.replies.reply import Posted
from socialdesk.store import approvals, people, settings
from socialdesk.store.file.sqlite import open_writer, store_errors
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters
from socialdesk.store.outbox import drafts, outbox_sent
from socialdesk.store.replies import outbox, outbox_holds, replies, templates
from socialdesk.store.replies.replies import NewReply
from socialdesk.store.rules import rule_hits, rules
from socialdesk.store.triage import acts, labels, saved_views, tags, triage
from tests.rule_makers import a_rule
from tests.store.queue_file import QueueFile


def some(tx: Transaction) -> list[int]:
    """The one mention there is."""
    return [id for (id,) in tx.conn.execute("SELECT mention_id FROM triage")]


WRITES: dict[str, Callable[[Transaction], Any]] = {
    "begin": lambda tx: acts.begin(tx, "x", 1, {}),
    "undo": lambda tx: acts.undo(tx, 1),
    "redo": lambda tx: acts.redo(tx, 1),
    "set_status": lambda tx: triage.set_status(tx, None, some(tx), Status.DONE),
    "open": lambda tx: triage.open_mention(tx, some(tx)[0]),
    "snooze": lambda tx: triage.snooze(tx, None, some(tx), tx.now + 1),
    "wake": triage.wake_snoozes,
    "quiet": triage.quiet_waiting,
    "after_reply": lambda tx: triage.after_reply(tx, some(tx)[0]),
    "priority": lambda tx: triage.set_priority(tx, None, some(tx), 1),
    "assign": lambda tx: triage.assign(tx, None, some(tx), 1),
    "mute": lambda tx: triage.set_muted(tx, None, some(tx), True),
    "vip": lambda tx: triage.set_vip(tx, None, some(tx), True),
    "label": lambda tx: tags.add_label(tx, None, some(tx), "x"),
    "unlabel": lambda tx: tags.remove_label(tx, None, some(tx), "x"),
    "note": lambda tx: tags.add_note(tx, None, some(tx)[0], 1, "x"),
    "make label": lambda tx: labels.find_or_make(tx, "x"),
    "recount": counters.recount,
    "add": lambda tx: replies.add(tx, NewReply(some(tx)[0], "x", 1, "k")),
    "take_back": lambda tx: replies.take_back(tx, 1, 1),
    "send_now": lambda tx: replies.send_now(tx, 1, 1),
    "discard": lambda tx: replies.discard(tx, 1, 1),
    "approve reply": lambda tx: replies.approve(tx, 1, "x", 1),
    "settle_uncertain": lambda tx: replies.settle_uncertain(tx, 1, is_there=True, person=1),
    "mark_answered": lambda tx: replies.mark_answered(tx, some(tx)[0], 1, dedupe_key="k"),
    "release": outbox_holds.release_due,
    "claim": lambda tx: outbox.claim_next(tx, ()),
    "doubt": lambda tx: outbox.doubt_unanswered(tx, 1),
    "sent": lambda tx: outbox.settle_sent(tx, 1, Posted("1", "u")),
    "failed": lambda tx: outbox.settle_failed(tx, 1, "x"),
    "uncertain": lambda tx: outbox.mark_uncertain(tx, 1, 1, "x"),
    "requeue": lambda tx: outbox.requeue(tx, 1, 1, "x"),
    "look": lambda tx: outbox.note_look(tx, 1, 1),
    "look later": lambda tx: outbox.look_later(tx, 1, 1),
    "edited": lambda tx: outbox_sent.note_edited(tx, 1, "x", 1),
    "deleted": lambda tx: outbox_sent.note_deleted(tx, 1, 1),
    "template": lambda tx: templates.save_version(tx, name="x", body="x", lang="en", person=1),
    "approve": lambda tx: templates.approve(tx, 1, "x", 1),
    "archive": lambda tx: templates.archive(tx, 1, True, 1),
    "end approval": lambda tx: approvals.end(tx, "reply", 1, "x"),
    "draft": lambda tx: drafts.save(tx, Draft(1, "x"), 1),
    "person": lambda tx: people.add_person(tx, "x", 1),
    "be": lambda tx: people.be_person(tx, 1, 1),
    "setting": lambda tx: settings.set_value(tx, "theme", "dark", 1),
    "workspace": settings.workspace_id,
    "view": lambda tx: saved_views.save_view(tx, "x", "x", 1),
    "delete view": lambda tx: saved_views.delete_view(tx, 1, 1),
    "rule": lambda tx: rules.save(tx, a_rule(id=0), 1),
    "rule off": lambda tx: rules.switch_off(tx, 1, "slow"),
    "rule trial": lambda tx: rules.remember_trial(tx, a_rule()),
    "rule hit": lambda tx: rule_hits.apply(tx, a_rule(), some(tx)),
    "rule attempt": lambda tx: rules.attempt(tx, lambda: rule_hits.apply(tx, a_rule(), some(tx))),
    "rule acts": lambda tx: rule_hits.forget_before(tx, tx.now),
}


# What finds nothing to do, and so never comes to a write.
IDLE = {"undo", "redo", "unlabel", "wake", "quiet", "release", "claim", "doubt", "recount"}
# What is asked for a row that is not there.
MISSING = {"take_back", "send_now", "discard", "approve reply", "settle_uncertain", "sent",
           "failed", "uncertain", "requeue", "look", "look later", "edited", "deleted",
           "approve"}  # fmt: skip


@pytest.fixture
def locked(file: QueueFile) -> Iterator[QueueFile]:
    """Another program holds the file for writing."""
    file.fill(1)
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield file
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("name", WRITES)
def test_a_write_into_a_locked_file_is_a_store_error_and_changes_nothing(locked, name):
    before = locked.dump("triage", "outbox", "journal", "setting", "person")
    conn = open_writer(locked.path, busy_ms=0)
    conn.execute("BEGIN")  # without IMMEDIATE, so that the function itself meets the lock
    tx = Transaction(conn, now=locked.clock.now, mono_ms=1, boot_id="x")
    try:
        with store_errors():
            WRITES[name](tx)
    except StoreError as e:
        assert e.fault is StoreFault.LOCKED
    except CommandError as e:
        nothing = {
            CommandFault.NOT_FOUND, CommandFault.NOTHING_TO_UNDO, CommandFault.NOTHING_TO_REDO,
        }  # fmt: skip
        assert name in IDLE | MISSING
        assert e.fault in nothing
    else:
        assert name in IDLE
    finally:
        conn.execute("ROLLBACK")
        conn.close()
    assert locked.dump("triage", "outbox", "journal", "setting", "person") == before


def test_the_writer_itself_tells_of_the_lock(file, monkeypatch):
    monkeypatch.setattr("socialdesk.store.file.sqlite.BUSY_MS", 0)
    file.close()
    file.open()
    other = sqlite3.connect(file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    future = file.writer.submit(lambda tx: tx.conn.execute("DELETE FROM setting"))
    try:
        with pytest.raises(StoreError) as refusal:
            future.result()
        assert refusal.value.fault is StoreFault.LOCKED
    finally:
        other.execute("ROLLBACK")
        other.close()
