"""What can be changed of an account without asking its network."""

from typing import Final

from socialdesk.domain.account import AccountState, Watch, WatchKind
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.spend import read_cap
from socialdesk.engine import commands as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import accounts, journal, spend
from socialdesk.store.file.writer import Transaction

DAY_MS: Final = 86_400_000


def set_account_on(tx: Transaction, command: c.SetAccountOn, person: int) -> Outcome:
    state = AccountState.ON if command.is_on else AccountState.PAUSED
    accounts.set_state(tx, command.account_id, state)
    if command.is_on:
        accounts.make_due(tx, command.account_id)
    kind = "account_on" if command.is_on else "account_paused"
    return journal.append(tx, kind, {"account": command.account_id}, person=person), {}


def set_monthly_cap(tx: Transaction, command: c.SetMonthlyCap, person: int) -> Outcome:
    try:
        cap = read_cap(command.cap)
    except ValueError:
        raise CommandError(CommandFault.BAD_INPUT, what=command.cap[:40]) from None
    before = spend.set_cap(tx, command.account_id, cap)
    data = {"account": command.account_id, "before": before, "cap": cap}
    return journal.append(tx, "cap_changed", data, person=person), {"cap": cap}


def add_watch(tx: Transaction, command: c.AddWatch, person: int) -> Outcome:
    watch = watch_of(command.kind, command.query, command.brand_words)
    since = tx.now - max(0, command.backfill_days) * DAY_MS
    watch_id = accounts.add_watch(tx, command.account_id, watch, since=since)
    data = {"account": command.account_id, "watch": watch_id, "kind": watch.kind.value}
    return journal.append(tx, "watch_added", data, person=person), {"watch_id": watch_id}


def remove_watch(tx: Transaction, command: c.RemoveWatch, person: int) -> Outcome:
    accounts.remove_watch(tx, command.watch_id)
    return journal.append(tx, "watch_removed", {"watch": command.watch_id}, person=person), {}


def watch_of(kind: str, query: str, brand_words: str) -> Watch:
    """Raises CommandError BAD_INPUT, EMPTY."""
    try:
        found = Watch(WatchKind(kind), query.strip().lstrip("#"), brand_words.strip())
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=kind) from e
    if found.kind in (WatchKind.HASHTAG, WatchKind.KEYWORD) and not found.query:
        raise CommandError(CommandFault.EMPTY)
    return found


HANDLERS: Final[dict[type, Handler]] = {
    c.SetAccountOn: set_account_on,
    c.SetMonthlyCap: set_monthly_cap,
    c.AddWatch: add_watch,
    c.RemoveWatch: remove_watch,
}
