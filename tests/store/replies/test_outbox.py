"""A reply's way: written, held, claimed once, settled; and what must not leave."""

from dataclasses import replace

import pytest

from socialdesk.domain.account import AccountState
from socialdesk.domain.crisis.approval import Policy, TeamMode
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Draft, Order, OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState, Outgoing, Posted
from socialdesk.store import accounts, journal, settings
from socialdesk.store.outbox import drafts, outbox_rows, outbox_sent
from socialdesk.store.outbox.claims import Claim
from socialdesk.store.queue import detail, lists
from socialdesk.store.replies import outbox, outbox_holds, replies
from socialdesk.store.replies.replies import NewReply
from socialdesk.store.triage import acts
from tests.makers import a_mention
from tests.store.queue_file import SHOP, QueueFile

S = OutboxState
POSTED = Posted("900", "https://pond.example/posts/900", "https://pond.example/@shop/900")


def write_reply(file: QueueFile, mention: int, text: str = "From nine.", **facts) -> replies.Added:
    new = NewReply(mention, text, facts.pop("person", file.ann), f"key {text} {mention}", **facts)
    return file.write(lambda tx: replies.add(tx, new))


def claim(file: QueueFile, busy: frozenset[int] = frozenset()) -> Claim[Outgoing] | None:
    file.write(outbox_holds.release_due)
    return file.write(lambda tx: outbox.claim_next(tx, busy))


def claimed(file: QueueFile, mention: int) -> Claim[Outgoing]:
    """A reply on the wire."""
    write_reply(file, mention)
    file.clock.advance(10)
    found = claim(file)
    assert found is not None
    return found


def row(file: QueueFile, outbox_id: int = 1) -> OutboxRow:
    rows = file.read(outbox_rows.list_outbox, only_open=False)
    return next(r for r in rows if r.id == outbox_id)


def journal_kinds(file: QueueFile) -> list[str]:
    kinds = [e.kind for e in file.read(lambda conn: list(journal.entries(conn)))]
    return [kind for kind in kinds if kind.startswith("reply")]


def fault(file: QueueFile, write) -> CommandFault:
    with pytest.raises(CommandError) as refusal:
        file.write(write)
    return refusal.value.fault


def test_a_reply_knows_whether_its_account_is_on(file):
    (mention,) = file.fill(1)
    write_reply(file, mention)
    assert row(file).is_account_on
    file.write(lambda tx: accounts.set_state(tx, file.account, AccountState.SIGN_IN))
    assert not row(file).is_account_on


def test_a_reply_is_held_then_claimed_once_then_sent(file):
    (mention,) = file.fill(1)
    added = write_reply(file, mention)
    assert (added.state, row(file).state) == (S.HELD, S.HELD)
    assert claim(file) is None
    assert file.read(outbox.next_due) == file.clock.now + 10_000
    file.clock.advance(10)
    found = claim(file)
    assert found is not None
    assert claim(file) is None
    assert found.content.text == "From nine."
    assert found.content.dedupe_key == f"key From nine. {mention}"
    assert found.content.parent_uri == file.sql("SELECT uri FROM mention")[0][0]
    assert (row(file).state, found.n_tries) == (S.SENDING, 1)
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    assert (row(file).state, row(file).url) == (S.SENT, POSTED.url)
    assert journal_kinds(file) == ["reply_written", "reply_queued", "reply_claimed", "reply_sent"]
    assert file.read(journal.verify) is None


def test_the_claim_and_its_journal_entry_are_one(file):
    (mention,) = file.fill(1)
    claimed(file, mention)
    (kind,) = file.sql("SELECT j.kind FROM outbox o JOIN journal j ON j.seq = o.claim_seq")[0]
    assert kind == "reply_claimed"


def test_a_sent_reply_makes_the_mention_wait_and_stands_in_its_thread_once(file):
    (mention,) = file.fill(1)
    found = claimed(file, mention)
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    own = a_mention("From nine.", n=900, author=SHOP, is_own=True, at=file.clock.now)
    file.save(replace(own, parent_uri=found.content.parent_uri))  # a fetch brings it, too
    thread = file.read(detail.read_detail, mention)
    assert [(p.is_own, p.outbox, p.by) for p in thread.thread] == [
        (False, None, ""), (True, S.SENT, "Ann"),
    ]  # fmt: skip
    assert not thread.answered_elsewhere
    assert file.statuses([mention]) == [Status.WAITING]
    found_ids = file.read(lists.list_ids, View.ALL, "nine ", Order.NEWEST, 9, file.clock.now).ids
    assert mention in found_ids
    assert len(found_ids) == 2


def test_an_answer_of_the_brand_that_did_not_leave_from_here_is_noticed(file):
    post = a_mention(n=1)
    (mention,) = file.save(post)
    file.save(a_mention("We called you.", n=2, author=SHOP, is_own=True, parent_uri=post.uri,
                        at=file.clock.now))  # fmt: skip
    assert file.read(detail.read_detail, mention).answered_elsewhere


@pytest.mark.parametrize("turn", [acts.undo, lambda tx, person: replies.take_back(tx, 1, person)])
def test_a_held_reply_is_taken_back_to_its_draft(file, turn):
    (mention,) = file.fill(1)
    file.write(lambda tx: drafts.save(tx, Draft(mention, "From"), file.ann))
    write_reply(file, mention)
    assert file.read(drafts.read, mention) is None
    file.write(lambda tx: turn(tx, file.ann))
    assert file.read(drafts.read, mention).text == "From nine."
    assert row(file).state is S.TAKEN_BACK
    file.clock.advance(60)
    assert claim(file) is None
    assert file.read(acts.peek, file.ann) == ("", "")


def test_a_reply_that_waits_for_approval_is_taken_back_by_undo(file):
    (mention,) = file.fill(1)
    for key, choice in (("team_mode", TeamMode.PAIR), ("policy", Policy.APPROVAL)):
        file.write(lambda tx, k=key, c=choice: settings.set_value(tx, k, c.value, file.ann))
    added = write_reply(file, mention)
    assert added.state is S.APPROVAL
    assert file.statuses([mention]) == [Status.WAITING]
    assert file.read(acts.peek, file.ben) == ("", "")  # it is its writer's
    file.write(lambda tx: acts.undo(tx, file.ann))
    assert row(file).state is S.TAKEN_BACK
    assert file.read(drafts.read, mention).text == "From nine."
    assert file.statuses([mention]) == [Status.NEW]
    assert fault(file, lambda tx: acts.redo(tx, file.ann)) is CommandFault.NOTHING_TO_REDO


def test_a_reply_that_left_is_not_taken_back_and_undo_goes_past_it(file):
    (mention,) = file.fill(1)
    claimed(file, mention)
    assert file.read(acts.peek, file.ann) == ("", "")
    assert fault(file, lambda tx: acts.undo(tx, file.ann)) is CommandFault.NOTHING_TO_UNDO
    assert fault(file, lambda tx: replies.take_back(tx, 1, file.ann)) is CommandFault.TOO_LATE
    assert fault(file, lambda tx: replies.discard(tx, 1, file.ann)) is CommandFault.TOO_LATE


@pytest.mark.parametrize(
    "damage",
    ["text = 'Everything is free'", "checksum = checksum + 1", "hash = 'x'", "dedupe_key = 'other'",
     "mention_id = mention_id + 1"],
)  # fmt: skip
def test_a_damaged_row_is_never_sent(file, damage):
    (mention,) = file.fill(1)
    write_reply(file, mention)
    file.execute(f"UPDATE outbox SET {damage}")
    file.clock.advance(10)
    assert claim(file) is None
    assert (row(file).state, row(file).reason) == (S.FAILED, "damaged")
    file.write(lambda tx: replies.send_now(tx, 1, file.ann))
    assert claim(file) is None


def test_a_doubtful_reply_is_looked_for_and_never_claimed(file):
    (mention,) = file.fill(1)
    found = claimed(file, mention)
    at = file.clock.now + 5000
    file.write(lambda tx: outbox.mark_uncertain(tx, found.id, at, "UnreachableError", "time-out"))
    assert claim(file) is None
    assert file.read(outbox.looks_due, file.clock.now) == []
    file.clock.advance(5)
    (look,) = file.read(outbox.looks_due, file.clock.now)
    assert (look.content, look.n_looks) == (found.content, 0)
    file.write(lambda tx: outbox.look_later(tx, look.id, file.clock.now + 1))
    assert file.read(outbox.next_due) == file.clock.now + 1
    file.write(lambda tx: outbox.note_look(tx, look.id, 0))
    assert file.read(outbox.next_due) is None
    file.clock.advance(1e6)
    assert file.read(outbox.looks_due, file.clock.now) == []
    assert claim(file) is None


def test_a_person_settles_a_doubtful_reply_and_the_key_stays(file):
    (mention,) = file.fill(1)
    found = claimed(file, mention)
    file.write(lambda tx: outbox.mark_uncertain(tx, found.id, 0, "UnreachableError"))
    file.write(lambda tx: replies.settle_uncertain(tx, 1, is_there=False, person=file.ann))
    again = claim(file)
    assert again is not None
    assert again.content == found.content
    assert again.n_tries == 2
    file.write(lambda tx: outbox.mark_uncertain(tx, found.id, 0, "UnreachableError"))
    file.write(
        lambda tx: replies.settle_uncertain(tx, 1, is_there=True, person=file.ann, url="https://x")
    )
    assert (row(file).state, row(file).url) == (S.SENT, "https://x")
    assert file.statuses([mention]) == [Status.WAITING]


def test_what_was_on_the_wire_at_a_crash_is_in_doubt_at_the_next_start(file):
    (mention,) = file.fill(1)
    claimed(file, mention)
    file.reopen()
    look_at = file.clock.now + 5000
    assert file.write(lambda tx: outbox.doubt_unanswered(tx, look_at)) == 1
    assert row(file).state is S.UNCERTAIN
    assert claim(file) is None
    assert file.write(lambda tx: outbox.doubt_unanswered(tx, look_at)) == 0


def test_what_surely_did_not_leave_goes_again_under_the_same_key(file):
    (mention,) = file.fill(1)
    found = claimed(file, mention)
    later = file.clock.now + 30_000
    file.write(lambda tx: outbox.requeue(tx, found.id, later, "UnreachableError"))
    assert claim(file) is None
    file.clock.advance(30)
    again = claim(file)
    assert again is not None
    assert (again.content, again.n_tries) == (found.content, 2)
    assert again.first_try_at == found.first_try_at


def test_a_turn_that_was_lost_counts_as_no_try(file):
    (mention,) = file.fill(1)
    found = claimed(file, mention)
    file.write(lambda tx: outbox.requeue(tx, found.id, 0))
    again = claim(file)
    assert again is not None
    assert again.n_tries == 1


def test_busy_stopped_and_switched_off_senders_claim_nothing(file):
    (mention,) = file.fill(1)
    write_reply(file, mention)
    file.clock.advance(10)
    assert claim(file, frozenset({file.account})) is None
    file.execute("UPDATE account SET state = 'sign_in'")
    assert claim(file) is None
    assert file.read(outbox.next_due) is None
    file.execute("UPDATE account SET state = 'on'")
    file.execute("INSERT INTO setting VALUES ('sender', 'off')")
    assert claim(file) is None
    assert file.read(outbox.next_due) is None
    file.execute("DELETE FROM setting WHERE key = 'sender'")
    assert claim(file) is not None


def test_a_late_reply_asks_first_when_its_author_wrote_again(file):
    post = a_mention(n=1, author="ann")
    (mention,) = file.save(post)
    write_reply(file, mention)
    file.clock.advance(600)  # no network meanwhile
    file.save(a_mention("Never mind!", n=2, author="ann", parent_uri=post.uri, at=file.clock.now))
    assert claim(file) is None
    assert (row(file).state, row(file).reason) == (S.HELD, "thread_moved")
    file.clock.advance(60)
    assert claim(file) is None
    file.write(lambda tx: replies.send_now(tx, 1, file.ann))
    assert claim(file) is not None


def test_a_failed_reply_can_be_tried_again_or_discarded(file):
    first, second = file.fill(2)
    found = claimed(file, first)
    file.write(lambda tx: outbox.settle_failed(tx, found.id, "text", "too long"))
    assert (row(file).reason, row(file).detail) == ("text", "too long")
    file.write(lambda tx: replies.send_now(tx, found.id, file.ann))
    again = claim(file)
    assert again is not None
    file.write(lambda tx: outbox.settle_failed(tx, again.id, "text"))
    file.write(lambda tx: replies.discard(tx, again.id, file.ann))
    assert row(file).state is S.DISCARDED
    assert fault(file, lambda tx: replies.send_now(tx, again.id, file.ann)) is CommandFault.TOO_LATE
    assert file.read(outbox_rows.list_outbox) == []
    assert file.row(second).outbox is None


def test_an_answer_by_hand_is_kept_and_the_mention_waits(file):
    (mention,) = file.fill(1)
    facts = {"dedupe_key": "k", "url": "https://x.example/1", "text": "By hand"}
    file.write(lambda tx: replies.mark_answered(tx, mention, file.ann, **facts))
    assert file.statuses([mention]) == [Status.WAITING]
    assert (row(file).state, row(file).reason) == (S.SENT, "by_hand")
    posts = file.read(detail.read_detail, mention).thread
    assert [(p.body, p.url) for p in posts if p.is_own] == [("By hand", "https://x.example/1")]


@pytest.mark.parametrize("is_scheduled", [True, False])
def test_a_reply_that_waits_asks_when_somebody_answered_by_hand_meanwhile(file, is_scheduled):
    (mention,) = file.fill(1)
    write_reply(file, mention, send_at=file.clock.now + 600_000 if is_scheduled else 0)
    file.clock.advance(60)
    file.write(lambda tx: replies.mark_answered(tx, mention, file.ann, dedupe_key="by hand"))
    file.clock.advance(545)  # held until now, or without a network
    assert claim(file) is None
    assert row(file).state is S.HELD
    assert row(file).reason == ("answered" if is_scheduled else "thread_moved")
    file.write(lambda tx: replies.send_now(tx, 1, file.ann))
    assert claim(file) is not None


def test_an_edited_and_a_deleted_reply_say_so(file):
    (mention,) = file.fill(1)
    found = claimed(file, mention)
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    sent = file.read(outbox_sent.read_sent, found.id)
    assert (sent.remote_id, sent.account.id) == ("900", file.account)
    file.clock.advance(60)
    file.write(lambda tx: outbox_sent.note_edited(tx, found.id, "From ten.", file.ann))
    assert row(file).text == "From ten."
    search = file.read(lists.list_ids, View.ALL, "ten ", Order.NEWEST, 9, file.clock.now)
    assert mention in search.ids
    file.write(lambda tx: outbox_sent.note_deleted(tx, found.id, file.ann))
    assert [p.is_deleted for p in file.read(detail.read_detail, mention).thread] == [False, True]
    assert row(file).reason == "deleted"
