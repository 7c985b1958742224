"""Accounts and watches: connected, fetched, failing, given up, connected again."""

from dataclasses import replace

import pytest

from socialdesk.domain.account import AccountState, Can, Card, Watch, WatchKind
from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.store import accounts
from socialdesk.store.mentions import cards, coverage, rejects
from tests.fakes import NOON
from tests.makers import an_author
from tests.store.queue_file import SHOP, QueueFile

CARD = Card(
    own=an_author("cafe", n_followers=7),
    can=Can.FETCH | Can.REPLY | Can.THREAD,
    length=LengthRule(300, Unit.GRAPHEME, 23, True, 3000),
    software="pond 2.1",
    server="pond.example",
    min_poll_s=90,
    repeat_safe_s=3000,
    default_visibility=Visibility.UNLISTED,
)
FAR = 10**15


def connect(file: QueueFile, card: Card = CARD, account_id: int = 0, **settings: str) -> int:
    return file.write(
        lambda tx: accounts.sign_in(
            tx, network="mastodon", signed_settings=settings, card=card,
            watches=[("mentions", "", ""), ("hashtag", "bread", "+rye")],
            backfill_days=2, account_id=account_id,
        )
    )  # fmt: skip


def switch_on(file: QueueFile, account: int) -> int:
    return file.write(lambda tx: accounts.switch_on(tx, account, 1))


def due(file: QueueFile, now: int = FAR) -> list[accounts.DueWatch]:
    return [d for d in file.read(accounts.watches_due, now) if d.account.id != file.account]


def test_a_new_account_waits_until_its_secret_is_kept(file) -> None:
    account = connect(file, server="https://pond.example")
    spec = file.read(accounts.read_account, account)
    assert (spec.state, spec.card) == (AccountState.PAUSED, CARD)
    assert spec.settings == {"server": "https://pond.example"}
    assert due(file) == []
    assert switch_on(file, account) > 0
    assert [d.watch.kind for d in due(file)] == [WatchKind.MENTIONS, WatchKind.HASHTAG]
    first = due(file)[1]
    assert first.watch == Watch(WatchKind.HASHTAG, "bread", "+rye")
    assert (first.since, first.added_at, first.cursor) == (NOON - 2 * 86_400_000, NOON, None)
    assert first == file.read(accounts.read_watch, first.id)
    assert Area.ACCOUNTS in file.told[-1].areas


def test_a_crm_is_nothing_that_is_watched(file) -> None:
    assert file.read(coverage.is_any_watched)
    file.execute("UPDATE account SET card = '{'")  # damaged: it is asked for again
    assert file.read(coverage.is_any_watched)
    crm = replace(CARD, can=Can.CRM | Can.PROFILE)
    file.execute("UPDATE account SET card = ?", cards.packed(crm))
    assert not file.read(coverage.is_any_watched)
    connect(file)
    assert file.read(coverage.is_any_watched)


def test_an_account_whose_secret_could_not_be_kept_leaves_nothing(file) -> None:
    account = connect(file)
    file.write(lambda tx: accounts.remove_unfinished(tx, account))
    assert file.read(accounts.read_account, account) is None
    assert file.sql("SELECT count(*) FROM watch WHERE account_id = ?", account) == [(0,)]
    file.write(lambda tx: accounts.remove_unfinished(tx, file.account))
    assert file.read(accounts.read_account, file.account) is not None


def test_the_same_identity_connected_again_is_the_same_account(file) -> None:
    account = connect(file)
    switch_on(file, account)
    file.write(lambda tx: accounts.disconnect(tx, account, 1))
    assert due(file) == []
    assert connect(file, scope="new") == account
    assert file.read(accounts.read_account, account).state is AccountState.STOPPED
    switch_on(file, account)
    assert len(due(file)) == 2
    assert file.read(accounts.read_account, account).settings == {"scope": "new"}


def test_signing_in_again_as_somebody_else_is_refused(file) -> None:
    account = connect(file)
    other = Card(own=an_author("other"), can=Can.FETCH, length=LengthRule(500))
    with pytest.raises(CommandError) as refused:
        connect(file, other, account_id=account)
    assert refused.value.fault is CommandFault.BAD_INPUT
    with pytest.raises(CommandError) as refused:
        connect(file, other, account_id=999)
    assert refused.value.fault is CommandFault.NOT_FOUND
    assert connect(file, account_id=account) == account


def test_keyless_sources_are_each_an_account_of_their_own(file) -> None:
    feed = Card(own=an_author("", remote_id="", handle="", name="News"), can=Can.FETCH,
                length=LengthRule(0))  # fmt: skip
    assert connect(file, feed) != connect(file, feed)


def test_a_fetch_that_fails_is_noted_and_one_that_works_clears_it(file) -> None:
    account = connect(file)
    switch_on(file, account)
    watch = due(file)[0].id
    file.write(lambda tx: accounts.note_failed(tx, watch, "UnreachableError", "x" * 900, NOON + 9))
    file.write(lambda tx: accounts.note_failed(tx, watch, "RateLimitedError", "", NOON + 99))
    health = next(w for a in file.read(accounts.list_accounts) for w in a.watches if w.id == watch)
    assert (health.n_failures, health.fault, health.next_at) == (2, "RateLimitedError", NOON + 99)
    assert file.read(accounts.read_watch, watch).n_failures == 2
    assert file.read(coverage.list_hours, NOON) == [(account, coverage.hour_of(NOON), 0, 1, 1)]
    assert watch not in [d.id for d in due(file, NOON)]
    file.write(lambda tx: accounts.note_fetched(tx, watch, NOON + 60_000))
    row = next(a for a in file.read(accounts.list_accounts) if a.id == account)
    assert row.watches[0].last_ok_at == NOON
    assert (row.watches[0].n_failures, row.watches[0].fault) == (0, "")


def test_a_watch_given_up_is_tried_again_only_when_a_person_asks(file) -> None:
    account = connect(file)
    switch_on(file, account)
    watch = due(file)[0].id
    file.write(lambda tx: accounts.note_failed(tx, watch, "RefusedError", "gone", NOON, stop=True))
    assert watch not in [d.id for d in due(file)]
    file.write(lambda tx: accounts.make_due(tx, account))
    assert due(file, NOON)[0].id == watch
    assert file.read(accounts.next_watch_at) == 0


def test_the_next_look_is_the_earliest_of_those_that_are_on(file) -> None:
    file.write(lambda tx: accounts.note_fetched(tx, file.watch, NOON + 5))
    account = connect(file)
    assert file.read(accounts.next_watch_at) == NOON + 5
    switch_on(file, account)
    assert file.read(accounts.next_watch_at) == 0
    file.execute("UPDATE account SET state = 'paused'")
    assert file.read(accounts.next_watch_at) is None


def test_a_source_that_moved_is_watched_at_its_new_address(file) -> None:
    watch = file.write(
        lambda tx: accounts.add_watch(tx, file.account, Watch(WatchKind.FEED, "old"), since=0)
    )
    file.write(lambda tx: accounts.note_fetched(tx, watch, NOON, moved_to="new"))
    assert file.read(accounts.read_watch, watch).watch.query == "new"


def test_a_watch_added_twice_is_one_and_one_removed_is_gone(file) -> None:
    def add(words: str):
        watch = Watch(WatchKind.KEYWORD, "rye", words)
        return file.write(lambda tx: accounts.add_watch(tx, file.account, watch, since=0))

    watch = add("")
    assert add("+bread") == watch
    assert file.read(accounts.read_watch, watch).watch.brand_words == "+bread"
    file.write(lambda tx: accounts.remove_watch(tx, watch))
    assert file.read(accounts.read_watch, watch) is None
    for act in (
        lambda tx: accounts.remove_watch(tx, watch),
        lambda tx: accounts.add_watch(tx, 999, Watch(WatchKind.FEED, "x"), since=0),
        lambda tx: accounts.set_state(tx, 999, AccountState.ON),
    ):
        with pytest.raises(CommandError) as refused:
            file.write(act)
        assert refused.value.fault is CommandFault.NOT_FOUND


def test_the_list_shows_each_account_with_its_set_aside_items(file) -> None:
    file.write(lambda tx: rejects.save(tx, file.account, file.watch, [(b"{", "bad")]))
    (row,) = file.read(accounts.list_accounts)
    assert (row.name, row.card.own) == (SHOP.handle, SHOP)
    assert [w.n_rejects for w in row.watches] == [1]


def test_an_account_signed_in_with_its_main_password_says_so(file) -> None:
    def told() -> list[bool]:
        return [a.has_main_password for a in file.read(accounts.list_accounts)]

    account = connect(file, main_password="1")
    assert told() == [False, True]
    connect(file, account_id=account)  # again, with an app password
    assert told() == [False, False]


def test_a_record_no_one_can_read_is_asked_for_again(file) -> None:
    assert cards.unpacked("{}") is None
    assert cards.unpacked("{broken") is None
    assert cards.unpacked(cards.packed(CARD)) == CARD
    file.execute("""UPDATE account SET card = '{"own": 1}'""")
    assert file.read(accounts.read_account, file.account).card is None


def test_a_card_is_renewed_in_place(file) -> None:
    file.write(lambda tx: accounts.set_card(tx, file.account, CARD))
    spec = file.read(accounts.read_account, file.account)
    assert spec.card == CARD
