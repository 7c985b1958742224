"""An account from before pictures learns what its server takes, by itself."""

from dataclasses import replace

from socialdesk.domain.account import Can
from socialdesk.engine.queries import ListAccounts
from socialdesk.practice.kinds import Kind
from socialdesk.store import accounts
from tests.engine.conftest import Bench, StartBench


def forget_pictures(bench: Bench) -> None:
    """The card as version 1 kept it."""
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert account.card is not None
    old = replace(account.card, can=account.card.can & ~Can.MEDIA, pictures=None)
    bench.desk._writer.submit(lambda tx: accounts.set_card(tx, account.id, old)).result()


def test_an_old_card_is_asked_for_again(start_bench: StartBench) -> None:
    bench = start_bench()
    bench.turn(60)
    forget_pictures(bench)
    bench.turn(700)
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert account.card is not None and account.card.pictures is not None
    assert Can.MEDIA in account.card.can


def test_an_account_learns_by_itself_that_it_may_post(start_bench: StartBench) -> None:
    bench = start_bench()
    bench.turn(60)
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert account.card is not None and Can.POST in account.card.can
    old = replace(account.card, can=account.card.can & ~Can.POST)
    bench.desk._writer.submit(lambda tx: accounts.set_card(tx, account.id, old)).result()
    bench.turn(700)
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert account.card is not None and Can.POST in account.card.can


def test_a_server_that_takes_none_is_asked_once_a_day(start_bench: StartBench) -> None:
    bench = start_bench(kind=Kind.NEITHER)
    bench.turn(60)
    asked = bench.desk.clockwork._parts
    (cards,) = [part for part in asked if type(part).__name__ == "Cards"]
    before = dict(cards._next_at)  # type: ignore[attr-defined]
    bench.turn(3600)
    assert cards._next_at == before and before  # type: ignore[attr-defined]
