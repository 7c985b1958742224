"""The words of the newest mentions."""

from socialdesk.domain.rules.words_trial import Stored
from socialdesk.store.mentions.newest import newest
from tests.makers import a_mention
from tests.store.queue_file import SHOP, QueueFile


def test_others_words_newest_first_with_their_titles(file: QueueFile):
    now = file.clock.now
    file.save(
        a_mention("the old one", at=now - 3_000),
        a_mention("two stars", title="Cold coffee", author="ben", at=now - 2_000),
        a_mention("our own", author=SHOP, is_own=True, at=now - 1_000),
    )
    said = [Stored("Ben", "Cold coffee\ntwo stars"), Stored("Ann", "\nthe old one")]
    assert file.read(newest, 9) == said
    assert file.read(newest, 1) == said[:1]


def test_words_that_were_taken_out_are_not_tried(file: QueueFile):
    file.fill(2)
    file.execute("UPDATE mention SET expired_at = 1, body = '' WHERE id % 2 >= 0")
    assert file.read(newest, 9) == []
