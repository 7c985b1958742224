"""Erasing a person: not a byte of them is left in the file, and everything else is whole."""

import json
import zlib
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.journal import canonical_json
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.queue.search import parse
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.commands.insight import CorrectInsight
from socialdesk.store import journal
from socialdesk.store.contacts import contact_rows
from socialdesk.store.copies import backups, recovery
from socialdesk.store.erasing import cleaning, erasing, target
from socialdesk.store.file.checksum import mention_checksum, outbox_checksum, version_checksum
from socialdesk.store.mentions import counters, pages
from socialdesk.store.queue import lists
from socialdesk.store.triage import acts, tags, triage
from tests.fakes import NOON
from tests.makers import a_mention, an_author
from tests.store.contacts.test_contacts import author_of, do

CANARY = "quokkaword"
HANDLE = "@zyxwanda@pond.example"
ZYX = an_author("zyxwanda", name="Wanda Zyxcanary", url="https://pond.example/@zyxwanda",
                avatar_url="https://pond.example/zyxavatar.png", n_followers=77)  # fmt: skip
TRACES = (CANARY, "zyxwanda", "Zyxcanary", "zyxavatar", "zyxnote", "zyxfield", "zyxdraft",
          "zyxreply", "zyxold", "zyxreject")  # fmt: skip


def bytes_of(path: Path) -> bytes:
    """Everything that lies on the disk for this file."""
    parts = [p.read_bytes() for p in sorted(path.parent.glob(f"{path.name}*")) if p.is_file()]
    return b"".join(parts).lower()


def found_in(path: Path) -> list[str]:
    raw = bytes_of(path)
    return [t for t in TRACES if any(
        t.lower().encode(code) in raw for code in ("utf-8", "utf-16-le", "utf-16-be")
    )]  # fmt: skip


def clean(file) -> None:
    is_first = True
    while file.write(lambda tx, f=is_first: cleaning.merge_index(tx, is_first=f)):
        is_first = False
    assert file.writer.submit_alone(cleaning.rewrite).result()
    file.write(cleaning.note_clean)
    assert file.writer.submit_alone(cleaning.cut_wal).result()


@pytest.fixture
def full(file):
    """A person with a trace in every table that can hold one, among others who stay."""
    others = file.fill(30, body="The others stay where they are")
    first = a_mention(f"Where is my {CANARY} zyxold cake?", author=ZYX, n=71)
    ids = file.save(
        first, a_mention(f"Hello? {CANARY}", author=ZYX, n=72, parent_uri=first.uri,
                         warning=CANARY, title=CANARY),
        a_mention("ours @zyxwanda@pond.example zyxreply", n=73, is_own=True, parent_uri=first.uri),
        a_mention("I saw @zyxwanda@pond.example there", author="ben", n=74, parent_uri=first.uri),
        a_mention(n=75, author=ZYX, repost_of=a_mention(n=1).uri),
    )  # fmt: skip
    file.save(a_mention(f"Where is my {CANARY} new cake?", author=ZYX, n=71))  # an edit
    author = author_of(file, ids[0])
    do(file, c.AddContactNote("zyxnote about Wanda", author_id=author))
    do(file, c.SaveContact("Wanda Zyxcanary", fields=(("email", "zyxfield@pond.example"),),
                           author_id=author))  # fmt: skip
    do(file, c.LabelContact("regular", author_id=author))

    def ours(tx):
        act = acts.begin(tx, "noted", 1, {})
        tags.add_note(tx, act, ids[0], 1, "zyxnote on a mention")
        act = acts.begin(tx, "labelled", 1, {})
        tags.add_label(tx, act, [ids[0], others[0]], "late")
        act = acts.begin(tx, "status_set", 1, {})
        triage.snooze(tx, act, [ids[1], others[1]], NOON + 1)
        tx.conn.execute("INSERT INTO draft(mention_id, text, person_id, at)"
                        " VALUES (?, 'zyxdraft', 1, 1)", (ids[1],))  # fmt: skip
        for n, state in enumerate(("sent", "held")):
            tx.conn.execute(
                "INSERT INTO outbox(mention_id, account_id, state, text, slot_values, hash,"
                " person_id, made_at, dedupe_key, checksum)"
                " VALUES (?, 1, ?, 'Dear zyxreply', '[[\"name\",\"Zyxcanary\"]]', 'h', 1, 1, ?, 0)",
                (ids[0], state, f"k{n}"),
            )
        tx.conn.execute("INSERT INTO promise(mention_id, due_at, words, state, person_id, made_at)"
                        " VALUES (?, 1, 'zyxreply by noon', 'open', 1, 1)", (ids[0],))  # fmt: skip
        tx.conn.execute("INSERT INTO faq_gap(mention_id, words, at) VALUES (?, 'zyxold', 1)",
                        (ids[0],))  # fmt: skip
        tx.conn.execute("INSERT INTO notice(at, code, facts) VALUES (1, 'far', ?)",
                        (json.dumps({"who": "Wanda Zyxcanary"}),))  # fmt: skip
        raw = json.dumps({"account": {"url": ZYX.remote_id}, "body": "zyxreject"}).encode()
        for n, item in enumerate((raw.replace(b"/", b"\\/"), raw, b'{"ok": 1}')):
            tx.conn.execute(
                "INSERT INTO reject(account_id, watch_id, at, reason, digest, raw)"
                " VALUES (1, 1, 1, 'bad', ?, ?)", (str(n), zlib.compress(item)),
            )  # fmt: skip

    file.write(ours)
    return file, author, ids, others


def test_not_a_byte_is_left(full):
    file, author, _ids, _others = full
    assert found_in(file.path)  # the search finds what is there
    _, counts = file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    clean(file)
    assert found_in(file.path) == []
    assert (counts["mentions"], counts["replies"], counts["rejects"]) == (2, 2, 2)
    file.reopen()
    assert found_in(file.path) == []


def test_rejects_are_read_inside_their_compression(full):
    file, author, *_ = full
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    left = [zlib.decompress(raw) for (raw,) in file.sql("SELECT raw FROM reject")]
    assert left == [b'{"ok": 1}']


def test_everything_else_is_whole(full):
    file, author, _ids, _others = full
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    clean(file)
    assert file.sql("PRAGMA integrity_check") == [("ok",)]
    assert file.sql("PRAGMA foreign_key_check") == []
    assert file.read(journal.verify) is None
    assert not file.write(counters.recount)  # the live counts were right
    for uri, author_uri, title, body, warning, at, checksum in file.sql(
        "SELECT m.uri, a.remote_id, m.title, m.body, m.warning, m.published_at, m.checksum"
        " FROM mention m JOIN author a ON a.id = m.author_id"
    ):
        assert checksum == mention_checksum(uri, author_uri, title, body, warning, at)
    for mention, n, *words, checksum in file.sql(
        "SELECT mention_id, n, title, body, warning, checksum FROM mention_version"
    ):
        assert checksum == version_checksum(mention, n, *words)
    for text, mention, account, key, hash, state, checksum in file.sql(
        "SELECT text, mention_id, account_id, dedupe_key, hash, state, checksum FROM outbox"
    ):
        assert (text, state) in (("", "sent"), ("", "discarded"))
        assert checksum == outbox_checksum(
            text=text, mention_id=mention, account_id=account, dedupe_key=key, hash=hash
        )
    find = lambda text: file.read(lists.list_ids, View.ALL, text, Order.NEWEST, 99, NOON)  # noqa: E731
    assert len(find("stay").ids) == 30
    assert len(find(CANARY).ids) == 0
    assert parse(CANARY).faults == ()


def test_others_keep_their_words_without_the_handle(full):
    file, author, _ids, _ = full
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    assert file.sql("SELECT body, parent_uri FROM mention WHERE uri LIKE '%/74'") == [
        (f"I saw @{erasing.STRUCK} there", "")
    ]


def test_acts_about_others_can_still_be_undone(full):
    file, author, _ids, others = full
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    assert file.row(others[1]).snoozed_until
    file.write(lambda tx: acts.undo(tx, 1))
    assert not file.row(others[1]).snoozed_until


def test_a_correction_of_others_can_be_undone_after_it(full):
    file, author, ids, others = full
    do(file, CorrectInsight((ids[0], others[2]), "sentiment", "positive"))
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    file.write(lambda tx: acts.undo(tx, 1))
    told = "SELECT own_sentiment FROM insight WHERE mention_id = ?"
    assert file.sql(told, others[2]) == [(0,)]


def test_a_later_fetch_brings_nothing_back_and_counts_it(full):
    file, author, _ids, _ = full
    (_n_before,) = file.sql("SELECT count(*) FROM mention")[0]
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    clean(file)
    again = a_mention(f"{CANARY} again", author=ZYX, n=71)
    answer = a_mention("An answer", author="ben", n=90, parent_uri=again.uri)
    assert len(file.save(again, answer)) == 1
    file.write(lambda tx: pages.save_context(tx, file.account, "mastodon", [again]))
    assert file.sql("SELECT sum(n_met) FROM erased") == [(2,)]
    assert found_in(file.path) == []
    assert file.sql("SELECT count(*) FROM author WHERE handle = ?", HANDLE) == [(0,)]


def test_the_name_must_be_typed(full):
    file, author, *_ = full
    with pytest.raises(CommandError) as caught:
        file.write(lambda tx: erasing.erase(tx, 0, author, 1, "Wanda"))
    assert caught.value.fault is CommandFault.BAD_INPUT
    assert file.read(target.weigh, 0, author)["counts"]["mentions"] == 2
    file.write(lambda tx: erasing.erase(tx, 0, author, 1, "wanda zyxcanary "))
    assert file.read(target.weigh, 0, author) is None


def test_nothing_is_erased_while_a_reply_is_on_its_way(full):
    file, author, _ids, _ = full
    file.execute("UPDATE outbox SET state = 'sending' WHERE state = 'held'")
    assert file.read(target.weigh, 0, author)["is_busy"]
    with pytest.raises(CommandError):
        file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    assert file.sql("SELECT count(*) FROM author WHERE id = ?", author) == [(1,)]


def test_the_brand_itself_cannot_be_erased(full):
    file, *_ = full
    ((own,),) = file.sql("SELECT author_id FROM mention WHERE role = 1")
    with pytest.raises(CommandError):
        file.write(lambda tx: erasing.erase(tx, 0, own, 1))


def test_the_journal_says_what_went_and_names_nobody(full):
    file, author, *_ = full
    seq, counts = file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    ((kind, data),) = file.sql("SELECT kind, data FROM journal WHERE seq = ?", seq)
    assert kind == erasing.KIND
    assert json.loads(data)["mentions"] == counts["mentions"] == 2
    assert not any(t in canonical_json(json.loads(data)).lower() for t in TRACES)


def test_everybody_merged_into_the_person_goes_too(full):
    file, author, *_ = full
    other = do(file, c.SaveContact("Zyxcanary two", fields=(("phone", "zyxfield"),)))["contact_id"]
    do(file, c.MergePeople(author_id=author, from_contact_id=other))
    person = file.read(contact_rows.read_person, author=author)
    file.write(lambda tx: erasing.erase(tx, person.contact_id, 0, 1))
    clean(file)
    assert found_in(file.path) == []
    assert file.sql("SELECT count(*) FROM contact") == [(0,)]


def test_cleaning_is_owed_until_it_is_done(full):
    file, author, *_ = full
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    file.reopen()
    assert file.read(cleaning.is_due)
    clean(file)
    assert not file.read(cleaning.is_due)


def test_a_restored_backup_does_not_bring_them_back(full, tmp_path):
    file, author, *_ = full
    made = file.read(backups.back_up, tmp_path / "backups", NOON)
    file.write(lambda tx: erasing.erase(tx, 0, author, 1))
    clean(file)
    file.close()
    try:
        assert found_in(made.path)
        recovery.restore(made.path, file.path, file.clock)
        assert found_in(file.path) == []
    finally:
        file.open()
    assert file.sql("SELECT count(*) FROM author WHERE handle = ?", HANDLE) == [(0,)]
    assert file.read(journal.verify) is None
    assert not file.read(cleaning.is_due)
    assert len(file.save(a_mention("again", author=ZYX, n=71))) == 0
