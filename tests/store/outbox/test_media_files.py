"""The files of pictures: with every backup, back with it, swept when nothing uses them."""

import os
from pathlib import Path

import pytest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import Plan, packed_plan
from socialdesk.store.copies import backups, recovery
from socialdesk.store.erasing import erasing
from socialdesk.store.outbox import media_files
from socialdesk.store.outbox.outbox_pictures import packed
from tests.makers import a_mention, an_author
from tests.store.contacts.test_contacts import author_of
from tests.store.queue_file import QueueFile

OUTBOX = """INSERT INTO outbox(mention_id, account_id, state, text, hash, person_id, made_at,
 dedupe_key, checksum, attachments) VALUES(?, 1, 'sent', 'Yes', 'h', 1, 1, ?, 0, ?)"""
DRAFT = "INSERT INTO draft(mention_id, text, person_id, at, plan) VALUES (?, '', 1, 1, ?)"
OF_REPLY, OF_DRAFT, UNUSED, SHARED = (f"{digit * 64}.png" for digit in "abcd")


def media_of(file: QueueFile) -> Path:
    return file.path.parent / "media"


@pytest.fixture
def ids(file: QueueFile) -> list[int]:
    """Mentions: one of Wanda's with a reply and a draft, one of Ben's; four picture files."""
    media_of(file).mkdir(exist_ok=True)
    for name in (OF_REPLY, OF_DRAFT, UNUSED, SHARED):
        (media_of(file) / name).write_bytes(name.encode())
    made = file.save(
        a_mention("Where?", author=an_author("wanda", name="Wanda"), n=1),
        a_mention("And I?", author="ben", n=2),
    )
    file.write(lambda tx: _attach(tx, made))
    return list(made)


def _attach(tx, ids):
    both = packed((Picture(OF_REPLY, "image/png", "A loaf"), Picture(SHARED, "image/png")))
    tx.conn.execute(OUTBOX, (ids[0], "one", both))
    tx.conn.execute(OUTBOX, (ids[1], "two", packed((Picture(SHARED, "image/png"),))))
    plan = packed_plan(Plan(pictures=(Picture(OF_DRAFT, "image/png"),)))
    tx.conn.execute(DRAFT, (ids[0], plan))


def back_up(file: QueueFile, target: Path | None = None) -> backups.Backup:
    folder = file.path.parent / "backups"
    return file.readers.here(lambda conn: backups.back_up(conn, folder, file.clock.now, target))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


USED = {OF_REPLY, OF_DRAFT, SHARED}


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_pictures_go_with_a_backup_and_come_back_with_it(file, ids, tmp_path, is_elsewhere):
    made = back_up(file, tmp_path / "stick.db" if is_elsewhere else None)
    beside = media_files.folder_beside(made.path)
    assert names(beside) == USED and made.n_pictures == 3
    assert (beside / OF_REPLY).read_bytes() == OF_REPLY.encode()
    is_shared = (beside / OF_REPLY).stat().st_ino == (media_of(file) / OF_REPLY).stat().st_ino
    assert is_shared is not is_elsewhere
    for name in USED:
        (media_of(file) / name).unlink()
    file.close()
    restored = recovery.restore(made.path, file.path, file.clock)
    assert restored.n_pictures == 3
    assert names(media_of(file)) == USED | {UNUSED}
    file.open()


def test_where_no_file_can_be_shared_it_is_copied_for_its_owner_alone(file, ids, monkeypatch):
    def no_links(*_: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    beside = media_files.folder_beside(back_up(file).path)
    assert names(beside) == USED
    assert {(beside / name).stat().st_mode & 0o777 for name in USED} == {0o600}


def test_a_lost_picture_prevents_no_backup(file, ids):
    (media_of(file) / OF_REPLY).unlink()
    assert back_up(file).n_pictures == 2


def test_a_full_disk_leaves_no_half_of_a_backup(file, ids, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(media_files, "_bring", full)
    with pytest.raises(StoreError) as caught:
        back_up(file)
    assert caught.value.fault is StoreFault.FULL
    assert names(file.path.parent / "backups") == set()


def test_pictures_go_when_their_backup_is_past_keeping(file, ids):
    folder = file.path.parent / "backups"
    first = back_up(file)
    for left in ("backup-20200101-000000", "backup-20200102-000000"):  # of two that were killed
        (folder / f"{left}.media").mkdir()
    (folder / "backup-20200102-000000.db.part").touch()
    (folder / "before-update-from-3-7.db.part").touch()
    for _ in range(60):
        file.clock.advance(86_400)
        back_up(file)
        backups.rotate(folder, file.clock.now)
    kept = {path.stem for path in folder.glob("*.db")}
    assert first.path.stem not in kept
    assert {path.stem for path in folder.glob("*.media")} == kept
    assert list(folder.glob("*.part")) == []


def test_what_nothing_uses_is_swept_after_a_week(file, ids):
    now = file.clock.now
    (media_of(file) / "torn.part").touch()
    (media_of(file) / "letter.txt").touch()  # none of ours
    for path in media_of(file).iterdir():
        os.utime(path, (now / 1000, now / 1000))
    assert file.read(media_files.sweep, now + media_files.UNUSED_MS) == 0
    assert file.read(media_files.sweep, now + media_files.UNUSED_MS + 1) == 2
    assert names(media_of(file)) == USED | {"letter.txt"}


def test_erasing_somebody_takes_the_pictures_that_were_for_them_alone(file, ids):
    wanda = author_of(file, ids[0])
    _, counts = file.write(lambda tx: erasing.erase(tx, 0, wanda, file.ann))
    assert counts["pictures"] == 2
    assert file.read(media_files.is_gone_noted)
    assert names(media_of(file)) == USED | {UNUSED}  # the words first, in one transaction
    assert file.read(media_files.delete_gone)
    file.write(media_files.forget_gone)
    assert names(media_of(file)) == {SHARED, UNUSED}
    assert not file.read(media_files.delete_gone)


def test_a_restore_brings_no_picture_of_an_erased_person_back(file, ids):
    made = back_up(file)
    wanda = author_of(file, ids[0])
    file.write(lambda tx: erasing.erase(tx, 0, wanda, file.ann))
    file.read(media_files.delete_gone)
    file.close()
    assert recovery.restore(made.path, file.path, file.clock).n_pictures == 1
    assert names(media_of(file)) == {SHARED, UNUSED}
    file.open()
