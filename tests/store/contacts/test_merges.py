"""Any sequence of merges, taken apart in any order, gives back exactly what came with whom."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError
from socialdesk.engine.commands import contacts as c
from socialdesk.store.contacts import contact_rows, contacts, merges
from socialdesk.store.erasing import erasing
from socialdesk.store.triage import acts
from tests.makers import a_mention, an_author
from tests.store.contacts.test_contacts import author_of, do
from tests.store.queue_file import QueueFile

N = 5
pairs = st.lists(st.tuples(st.integers(1, N), st.integers(1, N)), max_size=8)


def fill(file: QueueFile) -> None:
    """Five people, each with an author, a field, a label and a note of their own."""
    for n in range(1, N + 1):
        (mention,) = file.save(a_mention(author=an_author(f"p{n}")))
        author = author_of(file, mention)
        fields = (("email", f"p{n}@pond.example"),)
        contact = do(file, c.SaveContact(f"Person {n}", fields=fields, author_id=author))
        assert contact["contact_id"] == n
        do(file, c.LabelContact(f"label {n}", contact_id=n))
        do(file, c.AddContactNote(f"note {n}", contact_id=n))


def seen(file: QueueFile) -> list[tuple[Any, ...]]:
    """Everybody as screens show them."""
    shown: list[tuple[Any, ...]] = []
    for n in range(1, N + 1):
        person = file.read(contact_rows.read_person, contact=n)
        assert person is not None
        notes = sorted(note.text for note in person.notes)
        authors = sorted(a.id for a in person.authors)
        shown.append((person.contact_id, person.profile, person.labels, notes, authors))
    return shown


def merged(file: QueueFile) -> list[int]:
    rows = file.sql("SELECT id FROM contact WHERE merged_into > 0 ORDER BY id")
    return [id for (id,) in rows]


@settings(max_examples=40)
@given(pairs=pairs, data=st.data())
def test_any_merges_taken_apart_in_any_order_restore_everybody(pairs, data):
    with tempfile.TemporaryDirectory() as folder:
        file = QueueFile(Path(folder))
        try:
            fill(file)
            before = seen(file)
            for into, from_ in pairs:
                try:
                    do(file, c.MergePeople(contact_id=into, from_contact_id=from_))
                except CommandError:
                    continue  # one person already
            together = seen(file)
            assert len({person[0] for person in together}) == N - len(merged(file))
            for contact in data.draw(st.permutations(merged(file))):
                do(file, c.UnmergePeople(contact))
            assert seen(file) == before
            assert file.sql("SELECT count(*) FROM contact_merge WHERE ended_at = 0") == [(0,)]
        finally:
            file.close()


@settings(max_examples=20)
@given(pairs=pairs)
def test_undo_of_every_merge_restores_everybody(pairs):
    with tempfile.TemporaryDirectory() as folder:
        file = QueueFile(Path(folder))
        try:
            fill(file)
            before, n_done = seen(file), 0
            for into, from_ in pairs:
                try:
                    do(file, c.MergePeople(contact_id=into, from_contact_id=from_))
                    n_done += 1
                except CommandError:
                    continue
            for _ in range(n_done):
                file.write(lambda tx: acts.undo(tx, 1))
            assert seen(file) == before
        finally:
            file.close()


def test_what_is_added_after_a_merge_stays_with_the_kept_one(file):
    fill(file)
    do(file, c.MergePeople(contact_id=1, from_contact_id=2))
    do(file, c.MergePeople(contact_id=3, from_contact_id=1))
    do(file, c.AddContactNote("after", contact_id=2))  # goes to whom it belongs to now
    (mention,) = file.save(a_mention(author=an_author("later")))
    do(file, c.LinkAuthor(author_of(file, mention), 2))
    do(file, c.UnmergePeople(2))
    do(file, c.UnmergePeople(1))
    two = file.read(contact_rows.read_person, contact=2)
    three = file.read(contact_rows.read_person, contact=3)
    assert [n.text for n in two.notes] == ["note 2"]
    assert {n.text for n in three.notes} == {"note 3", "after"}
    assert len(three.authors) == 2


def test_a_ring_of_merges_cannot_be_made(file):
    fill(file)
    do(file, c.MergePeople(contact_id=1, from_contact_id=2))
    do(file, c.MergePeople(contact_id=3, from_contact_id=1))
    for into, from_ in ((2, 3), (1, 3), (2, 1)):
        try:
            do(file, c.MergePeople(contact_id=into, from_contact_id=from_))
        except CommandError:
            continue
        raise AssertionError("they were one already")
    assert file.read(contacts.root_of, 2) == 3
    assert file.read(contacts.members, 3) == [1, 2, 3]


def shared(file: QueueFile) -> list[int]:
    """Two on two networks with one name; the ids of their authors."""
    for network in ("bluesky", "mastodon"):
        file.execute(
            "INSERT INTO author(network, remote_id, handle, name, first_seen_at)"
            " VALUES (?1, ?1 || '/1', '@annakim@' || ?1 || '.example', 'Anna Kim', 1)",
            network,
        )
    return [id for (id,) in file.sql("SELECT id FROM author WHERE name = 'Anna Kim' ORDER BY id")]


def test_two_who_are_kept_apart_are_never_suggested_again(file):
    one, other = shared(file)
    assert len(file.read(merges.suggest)) == 1
    do(file, c.KeepApart(author_id=one, other_author_id=other))
    assert file.read(merges.suggest) == []
    do(file, c.MakeContact(one))  # who they are is another row now
    assert file.read(merges.suggest) == []
    third = do(file, c.SaveContact("Anna Kim"))["contact_id"]
    do(file, c.MergePeople(contact_id=third, from_author_id=other))
    assert file.read(merges.suggest) == []


def test_keeping_apart_can_be_undone_and_goes_with_who_is_erased(file):
    one, other = shared(file)
    do(file, c.KeepApart(author_id=other, other_author_id=one))
    file.write(lambda tx: acts.undo(tx, 1))
    assert len(file.read(merges.suggest)) == 1
    do(file, c.KeepApart(author_id=one, other_author_id=other))
    file.write(lambda tx: erasing.erase(tx, 0, one, 1))
    assert file.sql("SELECT count(*) FROM contact_apart") == [(0,)]
    assert file.sql("SELECT * FROM act_row WHERE table_name = 'contact_apart'") == []


@pytest.mark.parametrize("command", [
    c.KeepApart(author_id=1, other_author_id=1), c.KeepApart(author_id=1, other_author_id=99),
    c.KeepApart(contact_id=99, other_author_id=1),
])  # fmt: skip
def test_nobody_is_kept_apart_from_themselves_or_from_nobody(file, command):
    shared(file)
    with pytest.raises(CommandError):
        do(file, command)
    assert file.sql("SELECT count(*) FROM contact_apart") == [(0,)]
