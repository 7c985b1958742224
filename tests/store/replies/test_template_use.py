"""Suggestions from past use, and how much templates are changed before they are sent."""

import pytest

from socialdesk.store.replies import template_use, templates
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

LATE = "Sorry, {name}."


@pytest.fixture
def late(file: QueueFile) -> tuple[int, int]:
    """Template and version, used for two late orders: once kept, once changed by 7 characters."""
    made = file.write(
        lambda tx: templates.save_version(tx, name="Late", body=LATE, lang="en", person=file.ann)
    )
    first, second, *free = file.save(
        a_mention("my order is late", n=1), a_mention("late again", n=2),
        a_mention("lovely bread", n=6), a_mention("lovely people", n=7), a_mention("hi", n=8),
    )  # fmt: skip
    for mention in free:
        sent(file, mention)
    sent(file, first, version=made.version_id, at=100)
    sent(file, second, began=made.version_id, n_edited=7, at=200)
    return made.template_id, made.version_id


def sent(file: QueueFile, mention: int, *, version=0, began=0, n_edited=-1, at=1) -> None:
    file.execute(
        "INSERT INTO outbox(mention_id, account_id, state, text, lang, hash, person_id, made_at,"
        " dedupe_key, checksum, version_id, began_version, n_edited, sent_at)"
        " VALUES(?, 1, 'sent', 'x', 'en', 'h', 1, 1, ?, 0, ?, ?, ?, ?)",
        mention, f"key-{mention}", version, began or version, n_edited, at,
    )  # fmt: skip


def test_the_template_that_answered_such_words_is_suggested(file: QueueFile, late):
    template, _ = late
    other, elsewhere = file.save(
        a_mention("why is my order late?", n=3), a_mention("lovely bread", n=4)
    )
    (found,) = file.read(template_use.suggested, other)
    assert (found.template_id, found.n_uses) == (template, 2)
    assert "late" in found.because
    assert file.read(template_use.suggested, elsewhere) == []
    assert file.read(template_use.suggested, 99) == []


def test_an_archived_template_is_not_suggested(file: QueueFile, late):
    (mention,) = file.save(a_mention("order late", n=5))
    file.write(lambda tx: templates.archive(tx, late[0], True, file.ann))
    assert file.read(template_use.suggested, mention) == []


def test_the_report_counts_what_was_kept_and_what_was_changed(file: QueueFile, late):
    (use,) = file.read(template_use.read_use, 0, 1_000)
    assert (use.name, use.n_sent, use.n_kept, use.n_edited) == ("Late", 2, 1, 7)
    assert (use.langs, use.last_at) == ((("en", 2),), 200)
    (use,) = file.read(template_use.read_use, 0, 200)  # the end of the period is outside it
    assert (use.n_sent, use.n_edited) == (1, -1)
    assert file.read(template_use.read_use, 300, 400) == []
