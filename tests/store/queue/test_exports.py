"""A mention as it is written to a file: whole, with its labels and the newest reply."""

from collections.abc import Sequence

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import ExportRow
from socialdesk.domain.replies.reply import Posted
from socialdesk.store.queue import exports
from socialdesk.store.replies import outbox, outbox_holds, replies
from socialdesk.store.replies.replies import NewReply
from tests.fakes import NOON
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

LONG = "Нан 🥐 " * 900


def exported(file: QueueFile, ids: Sequence[int]) -> list[ExportRow]:
    return file.read(exports.export_rows, ids)


def reply(file: QueueFile, mention: int, text: str) -> None:
    """Written, and on the network."""
    new = NewReply(mention, text, file.ann, f"key {text}")
    file.write(lambda tx: replies.add(tx, new))
    file.clock.advance(10)
    file.write(outbox_holds.release_due)
    claim = file.write(lambda tx: outbox.claim_next(tx, frozenset()))
    assert claim is not None
    posted = Posted(text, f"https://pond.example/posts/{text}", "")
    file.write(lambda tx: outbox.settle_sent(tx, claim.id, posted))


def test_a_mention_is_exported_with_all_its_words(file: QueueFile) -> None:
    (number,) = file.save(a_mention(LONG, n=7, at=NOON, title="Bread", lang="ru"))
    (row,) = exported(file, [number])
    assert row == ExportRow(
        id=number, network="mastodon", author="Ann", handle="@ann@pond.example", at=NOON,
        status="new", labels=(), lang="ru", body=f"Bread\n{LONG}",
        url="https://pond.example/posts/7", reply="",
    )  # fmt: skip


def test_a_title_alone_and_words_alone_have_no_blank_line(file: QueueFile) -> None:
    ids = file.save(a_mention("", title="Bread", at=NOON - 2000), a_mention("Rye", at=NOON - 1000))
    assert [row.body for row in exported(file, ids)] == ["Bread", "Rye"]


def test_the_order_asked_for_is_kept_and_what_is_gone_is_left_out(file: QueueFile) -> None:
    ids = file.fill(5)
    asked = [ids[3], 12345, ids[0], ids[4]]
    assert [row.id for row in exported(file, asked)] == [ids[3], ids[0], ids[4]]
    assert exported(file, []) == []


def test_labels_are_sorted_and_may_hold_any_character(file: QueueFile) -> None:
    (number,) = file.fill(1)
    for n, name in enumerate(["press; radio", "a,b", '"q"'], 1):
        file.execute("INSERT INTO label(id, name) VALUES(?, ?)", n, name)
        file.execute("INSERT INTO mention_label(mention_id, label_id) VALUES(?, ?)", number, n)
    assert exported(file, [number])[0].labels == ('"q"', "a,b", "press; radio")


def test_every_status_has_its_word(file: QueueFile) -> None:
    for status in Status:
        (number,) = file.save(a_mention(), status=status, disposition=Disposition.NONE)
        assert exported(file, [number])[0].status == status.name.lower()


def test_the_newest_reply_that_was_sent_is_exported(file: QueueFile) -> None:
    (number,) = file.fill(1)
    reply(file, number, "From nine.")
    reply(file, number, "Until six.")
    waiting = NewReply(number, "Not sent yet.", file.ann, "key of it")
    file.write(lambda tx: replies.add(tx, waiting))
    assert exported(file, [number])[0].reply == "Until six."
