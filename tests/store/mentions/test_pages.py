"""A fetched page: each post once, facts from the network, decisions untouched."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.changes import Changes
from socialdesk.domain.mentions.mention import Attachment, CanReply, Kind, Visibility, second_of
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store import accounts
from socialdesk.store.mentions import coverage, pages, rejects
from socialdesk.store.mentions.pages import PageToSave, SavedPage
from tests.fakes import NOON
from tests.makers import a_mention, an_author
from tests.store.mentions.stored import read_mention
from tests.store.queue_file import HOUR_MS, SHOP, QueueFile


def page_of(file: QueueFile, *posts, **facts) -> PageToSave:
    values: dict[str, Any] = {
        "account_id": file.account, "watch_id": file.watch, "network": "mastodon",
        "mentions": posts, "filing": lambda m: (Status.NEW, Disposition.NONE),
        "due_at": lambda m: int(m.published_at.timestamp() * 1000) + HOUR_MS,
    }  # fmt: skip
    return PageToSave(**(values | facts))


def save(file: QueueFile, *posts, **facts) -> SavedPage:
    page = page_of(file, *posts, **facts)
    return file.write(lambda tx: pages.save_page(tx, page))


def triage(file: QueueFile, id: int) -> tuple[Any, ...]:
    return file.sql("SELECT status, disposition FROM triage WHERE mention_id = ?", id)[0]


def everything(file: QueueFile) -> dict[str, Any]:
    return file.dump(
        "mention", "triage", "author", "anchor", "mention_watch", "mention_version", "repost",
        "reject", "counter", "watch",
    )  # fmt: skip


FULL = a_mention(
    "Жақсы нан! 美味しい 🥐\nSecond line\0",
    n=1,
    author=an_author("li", name="李", url="https://pond.example/@li", n_followers=12, is_bot=True),
    kind=Kind.REPLY,
    title="Rye",
    url="https://pond.example/@li/1",
    lang="kk",
    parent_uri="https://pond.example/posts/0",
    visibility=Visibility.UNLISTED,
    warning="food",
    edited_at=datetime(2026, 11, 21, 11, tzinfo=UTC),
    n_reposts=3,
    n_stars=4,
    attachments=(Attachment("https://pond.example/a.png", "image", "a loaf"),),
    can_reply=CanReply.BROWSER,
    reply_note="not_supported",
)


def test_what_was_saved_is_read_back_as_it_was(file) -> None:
    (id,) = save(file, FULL).new_ids
    assert file.read(read_mention, id) == FULL
    assert file.read(read_mention, 1) is None


def test_a_new_mention_is_new_due_and_counted(file) -> None:
    at = NOON - 90_000
    (id,) = save(file, a_mention(at=at, author=an_author("bo", n_followers=41))).new_ids
    rows = file.sql("SELECT status, need_at, due_at, reach FROM triage WHERE mention_id = ?", id)
    assert rows == [(0, at + HOUR_MS, at + HOUR_MS, 41)]
    assert file.sql("SELECT key, n FROM counter") == [("status:0", 1)]
    assert file.told[-1] == Changes(added=(id,))


def test_a_page_that_comes_again_changes_nothing_and_is_not_told(file) -> None:
    page = [FULL, a_mention(), a_mention(is_own=True), a_mention(repost_of=FULL.uri)]
    first = save(file, *page, cursor="7", rejects=[(b"{", "ValueError")])
    before, told = everything(file), len(file.told)
    again = save(file, *page, cursor="7", rejects=[(b"{", "ValueError")])
    assert everything(file) == before
    assert len(file.told) == told
    assert (again.new_ids, again.own_ids, again.n_rejects, again.n_known) == ((), (), 0, 3)
    assert first.n_rejects == 1


def test_a_refetch_never_undoes_a_decision(file) -> None:
    (id,) = save(file, a_mention("first", n=5)).new_ids
    file.execute("UPDATE triage SET status = 5 WHERE mention_id = ?", id)
    save(file, a_mention("edited", n=5))
    assert triage(file, id) == (5, 0)


def test_the_same_post_met_by_two_watches_is_one_mention(file) -> None:
    other = file.write(
        lambda tx: accounts.add_watch(tx, file.account, Watch(WatchKind.HASHTAG, "bread"), since=0)
    )
    post = a_mention()
    (id,) = save(file, post).new_ids
    assert save(file, post, watch_id=other).n_known == 1
    watches = file.sql("SELECT watch_id FROM mention_watch WHERE mention_id = ? ORDER BY 1", id)
    assert watches == [(file.watch,), (other,)]


def test_the_cursor_is_saved_with_the_page_or_left(file) -> None:
    save(file, cursor="abc")
    save(file, cursor=None)
    assert file.sql("SELECT cursor FROM watch") == [("abc",)]


def test_a_page_that_fails_half_way_leaves_rows_and_cursor_as_they_were(file) -> None:
    save(file, a_mention(), cursor="1")
    before = everything(file)

    def due_at(m):
        raise RuntimeError("a bug in a rule")

    with pytest.raises(RuntimeError):
        save(file, a_mention(), rejects=[(b"x", "y")], cursor="2", due_at=due_at)
    assert everything(file) == before


def test_filing_decides_and_done_mentions_have_no_due_time(file) -> None:
    (id,) = save(
        file, a_mention(at=NOON - 9 * HOUR_MS),
        filing=lambda m: (Status.DONE, Disposition.BACKFILL),
    ).new_ids  # fmt: skip
    assert triage(file, id) == (4, 5)
    assert file.sql("SELECT due_at FROM triage") == [(0,)]
    assert file.sql("SELECT key, n FROM counter ORDER BY 1") == [
        ("disposition:5", 1), ("status:4", 1),
    ]  # fmt: skip


def test_a_muted_authors_mention_is_filed_as_done_and_counted(file) -> None:
    save(file, a_mention(author="troll"))
    file.execute("UPDATE author SET muted_at = 1")
    (id,) = save(file, a_mention(author="troll")).new_ids
    assert triage(file, id) == (Status.DONE.value, Disposition.MUTED.value)
    assert ("disposition:3", 1) in file.sql("SELECT key, n FROM counter")


def test_a_vip_needs_an_answer_sooner(file) -> None:
    save(file, a_mention(author="star"))
    file.execute("UPDATE author SET is_vip = 1")
    (id,) = save(file, a_mention(author="star")).new_ids
    ((need, due),) = file.sql("SELECT need_at, due_at FROM triage WHERE mention_id = ?", id)
    assert need < due


def test_own_posts_stay_out_of_the_queue_also_those_of_our_other_account(file) -> None:
    saved = save(file, a_mention(is_own=True), a_mention(author=SHOP))
    assert (saved.new_ids, len(saved.own_ids)) == ((), 2)
    assert file.sql("SELECT count(*) FROM triage") == [(0,)]
    assert file.sql("SELECT DISTINCT role FROM mention") == [(1,)]


def test_an_own_post_known_by_its_remote_id_is_the_same_post_under_its_new_uri(file) -> None:
    reply = a_mention("Yes, from nine.", n=7, is_own=True)
    (id,) = file.write(lambda tx: pages.save_context(tx, file.account, "mastodon", [reply]))
    child = a_mention("Thanks", parent_uri="https://pond.example/posts/true")
    save(file, child)
    saved = save(file, replace(reply, uri="https://pond.example/posts/true"))
    assert (saved.own_ids, saved.n_known) == ((), 1)
    assert file.sql("SELECT id FROM mention WHERE role = 1") == [(id,)]
    assert len(file.sql("SELECT DISTINCT conversation_id FROM mention")) == 1
    assert file.read(read_mention, id).uri == "https://pond.example/posts/true"


def test_reposts_fold_into_a_count_whatever_comes_first(file) -> None:
    original = a_mention(n=1)
    early = [a_mention(n=n, repost_of=original.uri) for n in (2, 3)]
    assert save(file, *early).new_ids == ()
    (id,) = save(file, original).new_ids
    save(file, early[0], a_mention(n=4, repost_of=original.uri))
    assert file.sql("SELECT n_reposts FROM mention") == [(3,)]
    assert file.told[-1].updated == (id,)


def test_the_networks_own_count_of_reposts_is_taken_when_it_is_higher(file) -> None:
    post = a_mention(n=1)
    save(file, post, a_mention(n=2, repost_of=post.uri))
    save(file, replace(post, n_reposts=9))
    assert file.sql("SELECT n_reposts FROM mention") == [(9,)]


def test_a_deleted_post_stays_with_its_words_and_its_status(file) -> None:
    post = a_mention("I take it all back")
    (id,) = save(file, post).new_ids
    file.execute("UPDATE triage SET status = 1")
    saved = save(file, gone=[post.uri, "https://pond.example/never-seen"])
    assert saved.deleted_ids == (id,)
    assert file.read(read_mention, id).body == "I take it all back"
    assert triage(file, id) == (1, 0)
    assert file.sql("SELECT deleted_at FROM mention") == [(file.clock.now,)]
    assert file.told[-1].updated == (id,)
    assert save(file, gone=[post.uri]).deleted_ids == ()


def test_a_post_that_is_there_after_all_is_not_deleted(file) -> None:
    post = a_mention()
    save(file, post)
    save(file, gone=[post.uri])
    save(file, post)
    assert file.sql("SELECT deleted_at FROM mention") == [(0,)]


def test_a_context_post_that_a_watch_meets_joins_the_queue_once(file) -> None:
    post = a_mention("seen in a thread")
    (id,) = file.write(lambda tx: pages.save_context(tx, file.account, "mastodon", [post]))
    assert file.sql("SELECT role, (SELECT count(*) FROM triage) FROM mention") == [(2, 0)]
    assert save(file, post).new_ids == (id,)
    assert save(file, post).new_ids == ()
    assert file.sql("SELECT role, (SELECT count(*) FROM triage) FROM mention") == [(0, 1)]
    assert file.sql("SELECT n FROM counter") == [(1,)]


def test_a_queue_post_fetched_as_context_stays_in_the_queue(file) -> None:
    post = a_mention()
    (id,) = save(file, post).new_ids
    assert file.write(lambda tx: pages.save_context(tx, file.account, "mastodon", [post])) == [id]
    assert file.sql("SELECT role FROM mention") == [(0,)]


def test_they_wrote_again_so_the_new_one_is_open_and_the_waiting_one_done(file) -> None:
    first = a_mention(n=1, at=NOON - 600_000)
    (old,) = save(file, first).new_ids
    file.execute("UPDATE triage SET status = 2")
    file.execute("UPDATE counter SET key = 'status:2'")
    (new,) = save(file, a_mention(n=2, parent_uri=first.uri)).new_ids
    assert triage(file, new) == (Status.OPEN.value, 0)
    assert triage(file, old) == (Status.DONE.value, Disposition.REPLIED.value)
    counts = dict(file.sql("SELECT key, n FROM counter WHERE n <> 0"))
    assert counts == {"status:1": 1, "status:4": 1, "disposition:1": 1}
    assert file.told[-1] == Changes(added=(new,), updated=(old,))


@pytest.mark.parametrize("case", ["other author", "other thread", "older post", "backfill"])
def test_waiting_goes_on_unless_it_is_they_who_wrote_there_again(file, case) -> None:
    first = a_mention(n=1, at=NOON - 600_000)
    (old,) = save(file, first).new_ids
    file.execute("UPDATE triage SET status = 2")
    done = case == "backfill"
    save(
        file,
        a_mention(
            author="bob" if case == "other author" else "ann",
            parent_uri="" if case == "other thread" else first.uri,
            at=NOON - (1_200_000 if case == "older post" else 60_000),
        ),
        filing=lambda m: (Status.DONE if done else Status.NEW, Disposition.NONE),
    )
    assert triage(file, old) == (Status.WAITING.value, 0)


def test_ids_follow_time_and_are_unique_within_a_second_also_across_pages(file) -> None:
    same = [a_mention(at=NOON - 5_000) for _ in range(3)]
    late = a_mention(at=NOON - 9_000)
    save(file, same[0])
    ids = [*save(file, same[1], late).new_ids, *save(file, same[2]).new_ids]
    stored = file.sql("SELECT uri FROM mention ORDER BY id")
    assert [uri for (uri,) in stored] == [p.uri for p in (late, *same)]
    assert len(set(ids)) == 3
    assert second_of(ids[0]) == NOON // 1000 - 9


@pytest.mark.parametrize(
    ("at", "second", "published"),
    [
        (NOON + 2 * 86_400_000, NOON, NOON),  # over a day ahead
        (NOON + 3_600_000, NOON, NOON + 3_600_000),  # a clock that runs fast
        (788_918_399_000, NOON, NOON),  # before 1995
        (NOON - 1_001, NOON - 1_001, NOON - 1_001),
    ],
)
def test_a_time_that_cannot_be_is_when_we_saw_it(file, at, second, published) -> None:
    (id,) = save(file, a_mention(at=at)).new_ids
    assert second_of(id) == second // 1000
    assert file.sql("SELECT published_at, first_seen_at FROM mention") == [(published, NOON)]


def test_rejects_are_kept_with_raw_bytes_and_reason_once(file) -> None:
    bad = [(b'{"id": \xff}', "KeyError: 'account'"), (b"{", "ValueError")]
    assert save(file, a_mention(), rejects=bad).n_rejects == 2
    assert save(file, rejects=bad[:1]).n_rejects == 0
    assert file.read(rejects.newest) == [
        (NOON, SHOP.handle, "ValueError", "{"),
        (NOON, SHOP.handle, "KeyError: 'account'", '{"id": �}'),
    ]
    assert file.read(rejects.newest, 999) == []
    assert file.read(rejects.count) == {file.watch: 2}


def test_the_hours_ledger_counts_fetches_and_shows_gaps_as_gaps(file) -> None:
    save(file, a_mention(at=NOON), a_mention(at=NOON - HOUR_MS))
    save(file)
    hours = file.read(coverage.list_hours, NOON - 5 * HOUR_MS)
    assert hours == [(file.account, coverage.hour_of(NOON), 2, 0, 0)]
    assert file.read(coverage.list_hours, 0, coverage.hour_of(NOON)) == []
    assert file.read(coverage.list_hours, 0, coverage.hour_of(NOON) + 1) == hours
    assert file.read(coverage.count_per_hour, NOON, 3) == [-1, 1, 1]
    file.clock.advance(3600)
    save(file)
    assert file.read(coverage.count_per_hour, file.clock.now, 3) == [1, 1, 0]


def test_a_second_look_finds_edits_and_deletions_and_is_noted(file) -> None:
    kept, edited, gone = (a_mention(n=n) for n in (1, 2, 3))
    ids = save(file, kept, edited, gone).new_ids
    saved = file.write(
        lambda tx: pages.save_recheck(
            tx, file.account, "mastodon",
            [kept, replace(edited, body="new words"), a_mention(n=77)], ["3", "404"],
        )
    )  # fmt: skip
    assert (saved.edited_ids, saved.deleted_ids, saved.n_known) == ((ids[1],), (ids[2],), 2)
    assert file.sql("SELECT count(*) FROM mention") == [(3,)]
    looked_at = file.sql("SELECT id FROM mention WHERE checked_at = ?", file.clock.now)
    assert [id for (id,) in looked_at] == list(ids)


def test_half_characters_and_endless_texts_do_not_cost_the_page(file) -> None:
    broken = replace(
        a_mention("a \ud83d b"), author=an_author("x", name="\udc00"), url="https://\ud800.example",
        attachments=(Attachment("https://pond.example/x", "image", "\udfff"),),
    )  # fmt: skip
    endless = a_mention("word " * 100_000, title="t" * 5_000)
    saved = save(file, a_mention(), broken, endless)
    bodies = [file.read(read_mention, id) for id in saved.new_ids]
    assert bodies[1].body == "a ? b"
    assert (len(bodies[2].body), len(bodies[2].title)) == (65_536, 1_000)


def test_a_uri_with_a_nul_is_still_one_post(file) -> None:
    post = a_mention(uri="https://pond.example/\0x", remote_id="1\0")
    assert len(save(file, post).new_ids) == 1
    assert save(file, post).n_known == 1
    assert file.sql("SELECT uri, remote_id FROM mention") == [
        ("https://pond.example/%00x", "1%00"),
    ]  # fmt: skip


def test_a_new_post_in_a_thread_is_told_for_the_rows_of_that_thread(file) -> None:
    first = a_mention(n=1)
    (id,) = save(file, first).new_ids
    save(file, a_mention(is_own=True, parent_uri=first.uri))
    assert file.told[-1].updated == (id,)
