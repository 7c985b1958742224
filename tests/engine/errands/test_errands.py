"""Commands that talk to a network: threads, profiles, edits, sign-ins."""

import pytest

from socialdesk.domain.account import AccountState
from socialdesk.domain.errors import AuthExpiredError, CommandError, CommandFault, UnreachableError
from socialdesk.domain.queue.rows import View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import (
    AddAccount,
    AddWatch,
    DeleteSent,
    Disconnect,
    EditSent,
    FetchThread,
    ListNetworks,
    RemoveWatch,
    SetSetting,
)
from socialdesk.engine.commands import TestAccount as TryAccount  # names pytest would collect
from socialdesk.engine.commands import TestFetch as TryFetch
from socialdesk.engine.queries import ListAccounts, ReadAuthor, ReadDetail
from socialdesk.networks import registry
from socialdesk.practice import brand
from socialdesk.practice.faults import Fault, Trouble
from tests.engine.conftest import Bench

FIELDS = tuple(brand.account_fields().items())


def test_a_thread_is_fetched_with_what_is_around_it_and_who_wrote_it(bench: Bench) -> None:
    bench.turn(400)
    answers = [r for r in bench.rows(View.ALL) if "@breaddiary" in r.body]
    done = bench.desk.do(FetchThread(answers[0].id)).result()
    assert done.answer["n"] > 0
    detail = bench.desk.ask(ReadDetail(answers[0].id)).result()
    assert detail is not None and len(detail.thread) > 1
    author = bench.desk.ask(ReadAuthor(answers[0].id)).result()
    assert author is not None and author.n_followers > 0


def test_a_thread_that_cannot_be_fetched_says_why_and_changes_nothing(bench: Bench) -> None:
    bench.network.faults.add(Fault(Trouble.NO_ROUTE, "GET", remaining=None))
    mention = bench.rows()[0]
    before = bench.desk.ask(ReadDetail(mention.id)).result()
    with pytest.raises(UnreachableError):
        bench.desk.do(FetchThread(mention.id)).result()
    assert bench.desk.ask(ReadDetail(mention.id)).result() == before


def test_a_sent_reply_is_edited_and_deleted_on_the_network(bench: Bench) -> None:
    outbox_id = bench.reply("Open until six.")
    bench.turn(30)
    bench.desk.do(EditSent(outbox_id, "Open until seven.")).result()
    (post,) = bench.network.posts_by_us()
    assert "seven" in str(post)
    bench.desk.do(DeleteSent(outbox_id)).result()
    assert bench.network.n_posts_by_us() == 0
    assert bench.outbox()[0].state is OutboxState.SENT


def test_the_networks_that_can_be_added_are_listed_with_their_fields(bench: Bench) -> None:
    found = bench.desk.do(ListNetworks()).result().answer["networks"]
    assert [n[0] for n in found] == list(registry.networks())
    assert all(n[3] for n in found if n[0] != "import")


def test_a_source_is_tried_before_it_is_kept(bench: Bench) -> None:
    before = bench.desk.ask(ListAccounts()).result()
    answer = bench.desk.do(TryFetch("mastodon", FIELDS)).result().answer
    assert answer["n"] > 0
    assert 0 < len(answer["examples"]) <= 3
    assert bench.desk.ask(ListAccounts()).result() == before


def test_a_wrong_token_is_refused_and_leaves_no_account(bench: Bench) -> None:
    before = len(bench.desk.ask(ListAccounts()).result())
    fields = (("server", "practice.example"), ("token", "wrong"))
    with pytest.raises(AuthExpiredError):
        bench.desk.do(AddAccount("mastodon", fields)).result()
    assert len(bench.desk.ask(ListAccounts()).result()) == before


def test_signing_in_again_is_the_same_account(bench: Bench) -> None:
    (account,) = bench.desk.ask(ListAccounts()).result()
    bench.network.faults.add(Fault(Trouble.SIGNED_OUT, remaining=None))
    bench.turn(60)
    bench.network.faults.clear()
    bench.desk.do(AddAccount("mastodon", FIELDS, account_id=account.id)).result()
    (again,) = bench.desk.ask(ListAccounts()).result()
    assert again.id == account.id
    assert again.state is AccountState.ON


def test_disconnecting_revokes_forgets_and_keeps_the_mentions(bench: Bench) -> None:
    (account,) = bench.desk.ask(ListAccounts()).result()
    n = len(bench.rows(View.ALL))
    answer = bench.desk.do(Disconnect(account.id)).result().answer
    assert answer["revoked"]
    (after,) = bench.desk.ask(ListAccounts()).result()
    assert after.state is AccountState.STOPPED
    bench.turn(120)
    assert len(bench.rows(View.ALL)) == n


def test_watches_are_added_and_removed(bench: Bench) -> None:
    (account,) = bench.desk.ask(ListAccounts()).result()
    made = bench.desk.do(AddWatch(account.id, "hashtag", "#rye")).result().answer
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert "rye" in {w.watch.query for w in account.watches}
    bench.desk.do(RemoveWatch(int(made["watch_id"]))).result()
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert "rye" not in {w.watch.query for w in account.watches}


@pytest.mark.parametrize("watch", [("hashtag", " "), ("keyword", ""), ("gossip", "x")])
def test_a_watch_without_words_or_of_no_kind_is_refused(
    bench: Bench, watch: tuple[str, str]
) -> None:
    with pytest.raises(CommandError) as refused:
        bench.desk.do(AddWatch(1, *watch)).result()
    assert refused.value.fault in (CommandFault.EMPTY, CommandFault.BAD_INPUT)


@pytest.mark.parametrize("policy", ["approval", "templates"])
def test_sent_words_are_not_changed_past_the_policy(bench: Bench, policy: str) -> None:
    outbox_id = bench.reply("Open until six.")
    bench.turn(30)
    bench.desk.do(SetSetting("policy", policy)).result()
    n_requests = bench.requests.n
    with pytest.raises(CommandError) as refused:
        bench.desk.do(EditSent(outbox_id, "Open until seven.")).result()
    assert refused.value.fault is CommandFault.POLICY
    assert bench.requests.n == n_requests
    assert bench.outbox()[0].text == "Open until six."


def test_sent_words_are_not_changed_to_nothing(bench: Bench) -> None:
    outbox_id = bench.reply("Open until six.")
    bench.turn(30)
    with pytest.raises(CommandError) as refused:
        bench.desk.do(EditSent(outbox_id, " \n")).result()
    assert refused.value.fault is CommandFault.EMPTY
    assert "six" in str(bench.network.posts_by_us()[0])


def test_an_account_is_tested_in_place(bench: Bench) -> None:
    account = bench.desk.ask(ListAccounts()).result()[0]
    answer = bench.desk.do(TryAccount(account.id)).result().answer
    assert answer["name"] and str(answer["name"]) in account.name
    assert answer["n_failed"] == 0


def test_a_test_of_a_dead_sign_in_says_so(bench: Bench) -> None:
    account = bench.desk.ask(ListAccounts()).result()[0]
    bench.network.faults.add(Fault(Trouble.SIGNED_OUT, remaining=None))
    with pytest.raises(AuthExpiredError):
        bench.desk.do(TryAccount(account.id)).result()
