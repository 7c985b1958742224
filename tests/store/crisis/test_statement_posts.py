"""A statement's way: a row per account, claimed once, settled as a conversation of its own."""

import json

import pytest

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import approval_hash
from socialdesk.domain.mentions.mention import Kind
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import OutboxState, Outgoing, Posted
from socialdesk.store import journal
from socialdesk.store.crisis import statement_posts
from socialdesk.store.figures import figures
from socialdesk.store.outbox import approval_hashes, outbox_moves, outbox_rows, outbox_sent
from socialdesk.store.outbox.claims import Claim
from socialdesk.store.queue import detail, lists
from socialdesk.store.replies import outbox, outbox_holds, replies
from tests.makers import a_mention
from tests.store.queue_file import SHOP, QueueFile

S = OutboxState
TEXT = "We are sorry.\nNext update: 14:30."
KEY = "8f0e4d0c-7a9f-4a8e-9c64-3a2b1c0d9e8f"
POSTED = Posted("900", "https://pond.example/posts/900", "https://pond.example/@shop/900")
LOAF = Picture(f"{'ab' * 32}.png", "image/png", "A loaf")


@pytest.fixture
def version(file: QueueFile) -> int:
    """An incident with one text of kind "first"; its version."""
    accounts = json.dumps([file.account])
    file.execute("INSERT INTO incident(id, code, state) VALUES (1, 'INC-2026-0001', 'declared')")
    file.execute(
        "INSERT INTO statement(id, incident_id, kind, person_id, at) VALUES (1, 1, 'first', 1, 1)"
    )
    file.execute(
        "INSERT INTO statement_version(id, statement_id, n, lang, text, accounts, person_id,"
        " edited_at, hash) VALUES (1, 1, 1, 'en', ?, ?, 1, 1, ?)",
        TEXT, accounts, digest(file),
    )  # fmt: skip
    return 1


def digest(file: QueueFile, text: str = TEXT, media: tuple[str, ...] = ()) -> str:
    ((name,),) = file.sql("SELECT network || ':' || name FROM account WHERE id = ?", file.account)
    return approval_hash(
        kind="first", incident="INC-2026-0001", lang="en", text=text, accounts=[name], media=media
    )


def add(file: QueueFile, version: int, **changes) -> int:
    given = {
        "account_id": file.account, "text": TEXT, "lang": "en", "digest": digest(file),
        "statement_version_id": version, "incident_id": 1, "person": file.ann, "dedupe_key": KEY,
        "hold_ms": 0,
    }  # fmt: skip
    return file.write(lambda tx: statement_posts.add(tx, **{**given, **changes}))


def own_post(file: QueueFile) -> int:
    """A text of our own that belongs to no incident: what a statement is to the sender."""
    digest = file.read(approval_hashes.reply_hash, file.account, "en", TEXT)
    return add(file, 0, incident_id=0, digest=digest)


def claim(file: QueueFile) -> Claim[Outgoing] | None:
    file.write(outbox_holds.release_due)
    return file.write(lambda tx: outbox.claim_next(tx, frozenset()))


def claimed(file: QueueFile) -> Claim[Outgoing]:
    own_post(file)
    found = claim(file)
    assert found is not None
    return found


def state(file: QueueFile) -> tuple[str, str]:
    ((value, reason),) = file.sql("SELECT state, reason FROM outbox")
    return value, reason


def test_a_statement_is_held_for_undo_and_one_without_hold_is_queued(file, version):
    add(file, version, hold_ms=10_000)
    assert state(file) == ("held", "")
    assert file.read(outbox.next_due) == file.clock.now + 10_000
    file.clock.advance(10)
    file.write(outbox_holds.release_due)
    assert state(file) == ("queued", "")
    add(file, version, dedupe_key="k2")
    assert [row.state for row in file.read(outbox_rows.list_outbox)] == [S.QUEUED, S.QUEUED]


def test_the_same_key_is_the_same_row(file, version):
    assert add(file, version) == add(file, version, text="other words")
    assert file.sql("SELECT count(*) FROM outbox") == [(1,)]


def test_its_journal_entry_belongs_to_the_incident_and_holds_no_words(file, version):
    row = add(file, version, hold_ms=10_000)
    file.write(lambda tx: replies.take_back(tx, row, file.ann))
    events = [e for e in file.read(lambda conn: list(journal.entries(conn))) if e.incident == 1]
    assert [e.kind for e in events] == ["statement_written", "reply_taken_back"]
    assert events[0].data["statement_version"] == version
    assert events[0].data["hash"] == digest(file)
    assert "sorry" not in json.dumps([e.data for e in events])
    assert file.read(journal.verify) is None


def test_one_taken_back_makes_no_draft(file, version):
    row = add(file, version, hold_ms=10_000)
    file.write(lambda tx: replies.take_back(tx, row, file.ann))
    assert state(file)[0] == "taken_back"
    assert file.sql("SELECT count(*) FROM draft") == [(0,)]


def test_the_hash_of_a_row_is_the_statements_over_all_its_accounts(file, version):
    row = add(file, version)
    entry = file.read(lambda conn: outbox_moves.read(conn, row))
    assert file.read(approval_hashes.row_hash, entry) == digest(file)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE outbox SET text = 'We are not sorry.'",
        "UPDATE outbox SET lang = 'kk'",
        "UPDATE outbox SET account_id = account_id, checksum = checksum + 1",
        "UPDATE statement SET kind = 'update'",
        "UPDATE statement_version SET accounts = '[]'",
        "UPDATE statement_version SET accounts = 'broken'",
        "UPDATE incident SET code = 'INC-2026-0002'",
        "UPDATE outbox SET statement_version_id = 7",
        "UPDATE outbox SET attachments = '[[\"" + "cd" * 32 + '.png", "image/png", ""]]\'',
    ],
)
def test_one_that_is_not_what_was_approved_never_leaves(file, version, change):
    add(file, version)
    file.execute(change)
    assert claim(file) is None
    assert state(file) == ("failed", "damaged")


def test_pictures_are_part_of_what_was_approved(file, version):
    approved = digest(file, media=(LOAF.approved_as(),))
    row = add(file, version, digest=approved, pictures=(LOAF,))
    entry = file.read(lambda conn: outbox_moves.read(conn, row))
    assert entry.pictures == (LOAF,)
    assert file.read(approval_hashes.row_hash, entry) == approved


def test_a_post_of_our_own_is_handed_over_without_a_parent_and_claimed_once(file):
    found = claimed(file)
    assert (found.content.parent_remote_id, found.content.parent_uri) == ("", "")
    assert not found.content.is_answer
    assert (found.content.text, found.content.dedupe_key) == (TEXT, KEY)
    assert claim(file) is None


def test_it_never_asks_whether_a_thread_moved_on(file):
    own_post(file)
    file.clock.advance(3600)
    file.save(a_mention("Anybody there?", at=file.clock.now))
    file.clock.advance(3600)
    assert claim(file) is not None


def test_a_sent_one_is_a_conversation_of_its_own_and_touches_no_mention(file):
    (mention,) = file.fill(1)
    found = claimed(file)
    file.told.clear()
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    assert state(file)[0] == "sent"
    own = file.sql("SELECT uri, role, kind, parent_uri, conversation_id FROM mention WHERE role=1")
    ((uri, _, kind, parent_uri, conversation),) = own
    assert (uri, kind, parent_uri) == (POSTED.uri, Kind.POST.value, "")
    ((other,),) = file.sql("SELECT conversation_id FROM mention WHERE id = ?", mention)
    assert conversation != other
    assert file.statuses([mention]) == [Status.NEW]
    assert 0 not in [id for changes in file.told for id in (*changes.added, *changes.updated)]
    assert Area.OUTBOX in {area for changes in file.told for area in changes.areas}


def test_answers_to_it_stand_under_it(file):
    found = claimed(file)
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    file.clock.advance(60)
    (answer,) = file.save(a_mention("Is anybody hurt?", at=file.clock.now, parent_uri=POSTED.uri))
    thread = file.read(detail.read_detail, answer).thread
    assert [(post.is_own, post.body) for post in thread] == [
        (True, TEXT), (False, "Is anybody hurt?"),
    ]  # fmt: skip
    assert not file.read(detail.read_detail, answer).answered_elsewhere


def test_answers_that_came_before_we_knew_of_it_join_it(file):
    found = claimed(file)
    (answer,) = file.save(a_mention("Already?", at=file.clock.now, parent_uri=POSTED.uri))
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    assert {post.body for post in file.read(detail.read_detail, answer).thread} == {
        TEXT, "Already?",
    }  # fmt: skip


def test_a_fetch_that_meets_it_again_makes_no_second_one(file):
    found = claimed(file)
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    own = a_mention(TEXT, n=900, author=SHOP, is_own=True, at=file.clock.now)
    file.save(own)
    assert file.sql("SELECT count(*) FROM mention WHERE role = 1") == [(1,)]
    found_ids = file.read(lists.list_ids, View.ALL, "sorry ", Order.NEWEST, 9, file.clock.now).ids
    assert len(found_ids) == 1


def test_one_in_doubt_is_looked_for_and_failed_and_given_up_without_a_mention(file):
    found = claimed(file)
    file.write(lambda tx: outbox.mark_uncertain(tx, found.id, file.clock.now + 5_000, "timeout"))
    file.clock.advance(5)
    (look,) = file.read(outbox.looks_due, file.clock.now)
    assert look.content == found.content
    file.write(lambda tx: outbox.note_look(tx, found.id, 0))
    assert file.write(
        lambda tx: replies.settle_uncertain(tx, found.id, is_there=True, person=file.ann)
    )
    assert state(file)[0] == "sent"


def test_one_that_was_refused_can_be_sent_again_or_discarded(file):
    found = claimed(file)
    file.write(lambda tx: outbox.settle_failed(tx, found.id, "refused"))
    file.write(lambda tx: replies.send_now(tx, found.id, file.ann))
    assert claim(file) is not None
    file.write(lambda tx: outbox.settle_failed(tx, found.id, "refused"))
    file.write(lambda tx: replies.discard(tx, found.id, file.ann))
    assert state(file)[0] == "discarded"


def test_a_kill_on_the_wire_leaves_it_in_doubt(file):
    claimed(file)
    assert file.write(lambda tx: outbox.doubt_unanswered(tx, file.clock.now)) == 1
    assert state(file) == ("uncertain", "interrupted")


def test_it_can_be_deleted_and_its_post_says_so(file):
    found = claimed(file)
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    file.write(lambda tx: outbox_sent.note_deleted(tx, found.id, file.ann))
    assert file.sql("SELECT deleted_at > 0 FROM mention WHERE role = 1") == [(1,)]


def test_the_outbox_lists_it_and_no_figure_counts_it_as_a_reply(file):
    found = claimed(file)
    (listed,) = file.read(outbox_rows.list_outbox)
    assert (listed.mention_id, listed.to, listed.text, listed.person) == (0, "", TEXT, "Ann")
    file.write(lambda tx: outbox.settle_sent(tx, found.id, POSTED))
    span = (file.clock.now - 3_600_000, file.clock.now + 3_600_000)
    for question in ("replied", "free_text", "person"):
        assert not file.read(figures.count, question, span, value=str(file.ann))


def test_a_one_off_answer_goes_under_its_mention(file, version):
    (mention,) = file.fill(1)
    row = add(file, version, mention_id=mention)
    entry = file.read(lambda conn: outbox_moves.read(conn, row))
    claim_ = file.read(lambda conn: outbox._handed(conn, entry))
    ((remote_id, uri),) = file.sql("SELECT remote_id, uri FROM mention WHERE id = ?", mention)
    assert (claim_.content.parent_remote_id, claim_.content.parent_uri) == (remote_id, uri)
