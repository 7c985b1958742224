"""A statement is on the network once, as a post of its own, whatever happened on the way."""

import uuid

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import DeleteSent, EditSent, SetSetting, SettleUncertain, TakeBack
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.queries import ListAccounts, ReadDetail
from socialdesk.networks.testing_pictures import PIXEL
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.kinds import Kind
from socialdesk.store.crisis import statement_posts
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import approval_hashes
from tests.engine.conftest import Bench, StartBench

POSTS = "/api/v1/statuses"
TEXT = "We are sorry: the oven is out of order & nobody was hurt.\n\nNext update: 14:30."


def publish(
    bench: Bench, text: str = TEXT, pictures: tuple[Picture, ...] = (), hold_ms: int = 10_000
) -> int:
    """A row as the statement's command makes one."""
    (account,) = bench.desk.ask(ListAccounts()).result()

    def write(tx: Transaction) -> int:
        digest = approval_hashes.reply_hash(tx.conn, account.id, "en", text, pictures)
        return statement_posts.add(
            tx, account_id=account.id, text=text, lang="en", digest=digest, incident_id=0,
            statement_version_id=0, person=1, dedupe_key=str(uuid.uuid4()), pictures=pictures,
            hold_ms=hold_ms,
        )  # fmt: skip

    return bench.desk._writer.submit(write).result()


def only(bench: Bench) -> OutboxState:
    (row,) = bench.outbox()
    return row.state


def on_the_network(bench: Bench) -> list[tuple[str, str]]:
    return [(post.now.text, post.to) for post in bench.network.posts_by_us()]


def test_a_statement_is_held_then_posted_once_under_nobody(bench: Bench) -> None:
    publish(bench)
    bench.turn(5)
    assert only(bench) is OutboxState.HELD
    bench.turn(10)
    assert only(bench) is OutboxState.SENT
    assert on_the_network(bench) == [(TEXT, "")]
    (row,) = bench.outbox()
    assert row.url and row.mention_id == 0


def test_one_taken_back_never_leaves(bench: Bench) -> None:
    outbox_id = publish(bench)
    bench.desk.do(TakeBack(outbox_id)).result()
    bench.turn(60)
    assert only(bench) is OutboxState.TAKEN_BACK
    assert on_the_network(bench) == []


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("trouble", [Trouble.TIME_OUT, Trouble.BROKEN, Trouble.SERVER_ERROR,
                                     Trouble.WEB_PAGE, Trouble.MALFORMED])  # fmt: skip
def test_silence_after_it_was_stored_leaves_one_post(
    start_bench: StartBench, kind: Kind, trouble: Trouble
) -> None:
    bench = start_bench(kind=kind)
    bench.turn(120)
    bench.network.faults.add(Fault(trouble, "POST", POSTS, is_stored=True))
    publish(bench)
    bench.turn(1200)
    assert on_the_network(bench) == [(TEXT, "")]
    expected = OutboxState.UNCERTAIN if kind is Kind.NEITHER else OutboxState.SENT
    assert only(bench) is expected


@pytest.mark.parametrize("kind", list(Kind))
def test_silence_before_it_was_stored_never_makes_two(start_bench: StartBench, kind: Kind) -> None:
    bench = start_bench(kind=kind)
    bench.turn(120)
    bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS))
    outbox_id = publish(bench)
    bench.turn(1200)
    if kind is not Kind.HONOURS_KEY:
        assert only(bench) is OutboxState.UNCERTAIN
        assert on_the_network(bench) == []
        bench.desk.do(SettleUncertain(outbox_id, is_there=False)).result()
        bench.turn(60)
    assert only(bench) is OutboxState.SENT
    assert on_the_network(bench) == [(TEXT, "")]


def test_its_picture_goes_with_it(bench: Bench) -> None:
    source = bench.desk.backups.parent / "loaf.png"
    source.write_bytes(PIXEL)
    made = bench.desk.do(AddMedia(str(source))).result().answer
    publish(bench, pictures=(Picture(made["file"], made["mime"], "The oven"),))
    bench.turn(60)
    (post,) = bench.network.posts_by_us()
    assert [one.alt for one in bench.network.pictures_of(post)] == ["The oven"]


def test_a_text_that_the_network_refuses_fails_and_is_not_repeated(bench: Bench) -> None:
    publish(bench, "x" * 501)
    bench.turn(600)
    (row,) = bench.outbox()
    assert (row.state, row.reason, row.n_tries) == (OutboxState.FAILED, "text", 1)


def test_the_mentions_in_the_queue_are_as_they_were(bench: Bench) -> None:
    before = bench.rows()
    publish(bench, hold_ms=0)
    bench.turn(1)
    assert only(bench) is OutboxState.SENT
    there = {row.id for row in before}  # the network may bring new ones meanwhile
    assert [row for row in bench.rows() if row.id in there] == before
    for row in before:
        detail = bench.desk.ask(ReadDetail(row.id)).result()
        assert detail is not None and TEXT not in [post.body for post in detail.thread]


def test_a_closed_sender_keeps_it(bench: Bench) -> None:
    bench.desk.do(SetSetting("sender", "off")).result()
    publish(bench)
    bench.turn(300)
    assert only(bench) is OutboxState.QUEUED
    assert on_the_network(bench) == []


def test_a_published_statement_is_never_given_other_words(bench: Bench) -> None:
    outbox_id = publish(bench, hold_ms=0)
    bench.turn(1)

    def name_version(tx: Transaction) -> None:
        tx.conn.execute("UPDATE outbox SET statement_version_id = 1")

    bench.desk._writer.submit(name_version).result()
    with pytest.raises(CommandError) as caught:
        bench.desk.do(EditSent(outbox_id, "We are not sorry.")).result()
    assert caught.value.fault is CommandFault.NOT_APPROVED
    assert on_the_network(bench) == [(TEXT, "")]
    bench.desk.do(DeleteSent(outbox_id)).result()
    assert on_the_network(bench) == []
