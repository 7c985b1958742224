"""Edits: earlier words are kept, and no stale copy brings them back."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from socialdesk.domain.account import Can, Card
from socialdesk.domain.length.length import LengthRule
from socialdesk.store import accounts
from socialdesk.store.file.checksum import mention_checksum, version_checksum
from socialdesk.store.mentions import mentions
from socialdesk.store.mentions.pages import PageToSave, save_page
from socialdesk.store.queue.detail import read_detail
from tests.fakes import NOON
from tests.makers import a_mention, an_author
from tests.store.mentions.stored import read_mention
from tests.store.queue_file import QueueFile

FIRST = a_mention("teh bread", n=1)


def at(hour: int) -> datetime:
    return datetime(2026, 11, 21, hour, tzinfo=UTC)


def edit(body: str, hour: int = 0):
    """The same post with other words; `hour` 0 = the network does not say when."""
    return replace(FIRST, body=body, edited_at=at(hour) if hour else None)


def words(file: QueueFile) -> list[str]:
    """Earlier words, oldest first, then those that stand."""
    earlier = file.sql("SELECT body FROM mention_version ORDER BY n")
    return [body for (body,) in earlier + file.sql("SELECT body FROM mention")]


def other_account(file: QueueFile) -> int:
    card = Card(own=an_author("shop2"), can=Can.FETCH, length=LengthRule(500))
    return file.write(
        lambda tx: accounts.sign_in(tx, network="mastodon", signed_settings={}, card=card)
    )


def save_by(file: QueueFile, account: int, post) -> None:
    page = PageToSave(account, 99, "mastodon", [post], lambda m: None, lambda m: 0)  # type: ignore
    file.write(lambda tx: save_page(tx, page))


def test_an_edit_keeps_the_earlier_words_with_their_time(file) -> None:
    (id,) = file.save(FIRST)
    file.clock.advance(60)
    file.save(edit("the bread", 11))
    assert words(file) == ["teh bread", "the bread"]
    assert file.sql("SELECT n, seen_at FROM mention_version") == [(1, NOON + 60_000)]
    assert file.read(read_mention, id).edited_at == at(11)
    assert file.told[-1].updated == (id,)


def test_an_edit_without_a_time_counts_from_when_we_noticed(file) -> None:
    (id,) = file.save(FIRST)
    file.clock.advance(60)
    file.save(edit("the bread"))
    assert words(file) == ["teh bread", "the bread"]
    edited_at = file.read(read_mention, id).edited_at
    assert mentions.to_ms(edited_at) == file.clock.now


@pytest.mark.parametrize("field", ["title", "warning"])
def test_title_and_warning_are_words_too(file, field) -> None:
    file.save(FIRST)
    changed: dict[str, Any] = {field: "changed"}
    file.save(replace(FIRST, **changed))
    assert file.sql("SELECT count(*) FROM mention_version") == [(1,)]


def test_a_thread_tells_all_the_words_before_an_edit(file) -> None:
    first = replace(FIRST, title="Worst oven", warning="rant")
    (id,) = file.save(first)
    file.save(replace(first, title="An oven", warning="", edited_at=at(12)))
    (post,) = file.read(read_detail, id).thread
    assert post.is_edited and post.warning == ""
    (before,) = post.earlier
    assert (before.title, before.warning, before.body) == ("Worst oven", "rant", FIRST.body)


def test_three_edits_are_kept_in_order(file) -> None:
    file.save(FIRST)
    for hour, body in ((9, "a"), (10, "b"), (11, "c")):
        file.save(edit(body, hour))
    assert words(file) == ["teh bread", "a", "b", "c"]


@pytest.mark.parametrize(
    "stale", [edit("teh bread"), edit("a", 9), edit("older rendering", 9), edit("no time told")]
)
def test_a_stale_copy_undoes_no_edit(file, stale) -> None:
    file.save(FIRST)
    file.save(edit("a", 9))
    file.save(edit("b", 10))
    file.save(stale)
    assert words(file) == ["teh bread", "a", "b"]


def test_words_replaced_before_do_not_come_and_go_for_ever(file) -> None:
    file.save(FIRST)
    for _ in range(3):  # two feeds tell two states of one article, and no times
        file.save(edit("the bread"))
        file.save(FIRST)
    assert words(file) == ["teh bread", "the bread"]


def test_another_account_is_believed_only_with_a_later_edit_time(file) -> None:
    file.save(FIRST)
    other = other_account(file)
    save_by(file, other, edit("as another server renders it"))
    assert words(file) == ["teh bread"]
    save_by(file, other, edit("the bread", 11))
    assert words(file) == ["teh bread", "the bread"]


def test_two_states_within_one_page_are_an_edit(file) -> None:
    file.save(FIRST, edit("the bread", 11))
    assert words(file) == ["teh bread", "the bread"]


def test_what_the_first_account_answers_with_is_not_another_ones(file) -> None:
    file.save(FIRST)
    save_by(file, other_account(file), replace(FIRST, reply_note="blocked", lang="xx"))
    assert file.sql("SELECT lang, reply_note FROM mention") == [("", "")]
    file.save(replace(FIRST, lang="en"))
    assert file.sql("SELECT lang FROM mention") == [("en",)]


def test_checksums_fit_before_and_after_an_edit(file) -> None:
    file.save(FIRST)
    file.save(edit("the bread", 11))
    uri, author, at_ms = FIRST.uri, FIRST.author.remote_id, NOON - 60_000
    assert file.sql("SELECT checksum FROM mention") == [
        (mention_checksum(uri, author, "", "the bread", "", at_ms),)
    ]
    ((id, checksum),) = file.sql("SELECT mention_id, checksum FROM mention_version")
    assert checksum == version_checksum(id, 1, "", "teh bread", "")
