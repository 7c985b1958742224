"""Fetching: which watch is due, one page at a time, and what its failure means for the account."""

import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from socialdesk.domain.account import AccountState, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    CredentialError,
    RateLimitedError,
    Refusal,
    RefusedError,
    StoreError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.domain.spend import SpendCapError
from socialdesk.engine.fate import KEYRING_PAUSE_S, SPENT_PAUSE_S, back_off_s
from socialdesk.engine.fetching.ingest import Filing, pages_to_save
from socialdesk.engine.fetching.news import LONGER
from socialdesk.engine.intake import Intake
from socialdesk.engine.kit import Kit
from socialdesk.networks.base import Page
from socialdesk.store import accounts
from socialdesk.store.accounts import DueWatch
from socialdesk.store.crisis.lock import is_watched_closely
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions.pages import PageToSave, SavedPage, save_page

# Searches cost a network more than a look at one's own mentions: how many times rarer they are.
PACE = {
    WatchKind.MENTIONS: 1.0,
    WatchKind.FEED: 1.0,
    WatchKind.HASHTAG: 3.0,
    WatchKind.KEYWORD: 5.0,
}
MISSING_MS = 7 * 24 * 3_600_000  # a source that was not there for so long is asked no more
LONGEST_INTERVAL_S = 24 * 3600.0
# Of a flood a watch fetches page after page before others have their turn: 2026-11, by the
# clockwork alone each page waited up to 60 ms for the next look at all that may be due.
TURN_MS, TURN_PAGES = 1_000, 50
PATIENCE_S = 5.0  # a reply that waits takes its turn in a few ms
UNSAVED_PAUSE_MS = 30_000  # the file takes nothing: fetching on would only cost the network calls

log = logging.getLogger(__name__)


@frozen
class Fetched:
    """What one job brought. `fault`: class name of the error that ended it, "" = none."""

    n_new: int = 0
    fault: str = ""


class Poller:
    """`intake`: what is done with every page; `pace` scales every interval (practice). `hears`:
    whether an account's news come by themselves, so that it is polled more rarely."""

    def __init__(
        self,
        kit: Kit,
        intake: Intake,
        pace: float = 1.0,
        hears: Callable[[int], bool] = lambda account_id: False,
    ) -> None:
        self._kit, self._intake, self._pace, self._hears = kit, intake, pace, hears
        self._started_at = _utc(kit.clock.now_ms())
        self._rests_until_ms: dict[int, int] = {}  # by watch, on the monotonic clock

    def after_jump(self) -> None:
        """The machine slept: what was missed is fetched at once, whatever the plan said."""
        self._kit.writer.submit(accounts.hasten, priority=Priority.SEND, durable=False).result()

    def step(self) -> float:
        """Start a job for each watch that is due and whose account is free."""
        now, monotonic_ms = self._kit.clock.now_ms(), self._kit.clock.monotonic_ms()
        for due in self._kit.readers.here(lambda conn: accounts.watches_due(conn, now)):
            if monotonic_ms < self._rests_until_ms.get(due.id, 0):
                continue
            if self._kit.turns.take(due.account.id, is_patient=True):
                self._kit.pool.submit(self._job, due)
        next_at = self._kit.readers.here(accounts.next_watch_at)
        return 30.0 if next_at is None else max(0.5, (next_at - now) / 1000)

    def fetch_all(self, due: DueWatch, timeout_s: float, max_pages: int = 500) -> Fetched:
        """Every page there is for one watch, on the caller's thread, until the program ends.
        Between two pages others have the account's turn, for which this waits `timeout_s` at most.
        Raises UnreachableError."""
        turns, n_new = self._kit.turns, 0
        for _ in range(max_pages):
            with turns.turn(due.account.id, timeout_s, patience_s=PATIENCE_S):
                fetched, more = self._fetch_page(due)
            n_new += fetched.n_new
            if turns.is_awaited(due.account.id):
                self._kit.done()
            if fetched.fault or not more or turns.is_closing:
                return Fetched(n_new, fetched.fault)
            due = self._kit.readers.here(partial(accounts.read_watch, watch_id=due.id)) or due
        return Fetched(n_new)

    def _job(self, due: DueWatch) -> None:
        try:
            self._fetch_turn(due)
        except StoreError:
            log.warning("watch %d: the page could not be stored", due.id, exc_info=True)
            self._rests_until_ms[due.id] = self._kit.clock.monotonic_ms() + UNSAVED_PAUSE_MS
        except Exception:
            log.exception("watch %d: the connector failed in a way it should not", due.id)
            self._note_failed(due, "UnreachableError", "", back_off_s(due.n_failures + 1))
        finally:
            self._kit.turns.give_back(due.account.id)
            self._kit.done()

    def _fetch_turn(self, due: DueWatch) -> None:
        """Page after page, until there are no more, somebody waits for the turn to end, or others
        have waited long enough."""
        end = self._kit.clock.monotonic_ms() + TURN_MS
        for _ in range(TURN_PAGES):
            _, more = self._fetch_page(due)
            is_over = self._kit.clock.monotonic_ms() >= end
            if not more or is_over or self._kit.turns.is_awaited(due.account.id):
                return
            now = self._kit.clock.now_ms()
            all_due = self._kit.readers.here(partial(accounts.watches_due, now=now))
            again = next((other for other in all_due if other.id == due.id), None)
            if again is None:  # switched off meanwhile
                return
            due = again

    def _fetch_page(self, due: DueWatch) -> tuple[Fetched, bool]:
        try:
            connector = self._kit.connections.connector(due.account)
            cursor = None if due.cursor is None else Cursor(due.cursor)
            page = connector.fetch(due.watch, cursor, since=_utc(due.since))
        except (ConnectorError, CredentialError) as e:
            self._note_error(due, e)
            return Fetched(fault=type(e).__name__), False
        return Fetched(self._save(due, page)), page.more

    def _save(self, due: DueWatch, page: Page) -> int:
        filing = Filing(_utc(due.added_at), self._started_at)
        parts = pages_to_save(
            page, account_id=due.account.id, watch_id=due.id, network=due.account.network,
            filing=filing, intake=self._intake,
        )  # fmt: skip
        wait_ms = 0 if page.more else int(self._interval_s(due, page) * 1000)
        next_at = self._kit.clock.now_ms() + wait_ms

        def write(tx: Transaction, part: PageToSave) -> SavedPage:
            saved = save_page(tx, part)
            if part is parts[-1]:
                accounts.note_fetched(tx, due.id, next_at, moved_to=page.moved_to)
            return saved

        n_new = 0
        for part in parts:
            saved = self._kit.writer.submit(
                partial(write, part=part), priority=Priority.PAGE, durable=page.is_forgotten
            ).result()
            n_new += len(saved.new_ids)
        return n_new

    def _interval_s(self, due: DueWatch, page: Page) -> float:
        floor = due.account.card.min_poll_s if due.account.card else 60
        is_close = self._kit.readers.here(partial(is_watched_closely, account_id=due.account.id))
        is_heard = due.watch.kind is WatchKind.MENTIONS and self._hears(due.account.id)
        pace = LONGER if is_heard else 1.0 if is_close else PACE[due.watch.kind]
        wish = max(floor * pace, page.next_poll_s)
        return min(LONGEST_INTERVAL_S, wish) * random.uniform(0.9, 1.1) * self._pace

    def _note_error(self, due: DueWatch, error: ConnectorError | CredentialError) -> None:
        n = due.n_failures + 1
        if isinstance(error, UnreachableError) and error.is_missing and self._is_long(due, error):
            error = RefusedError(Refusal.GONE, str(error))
        name, detail = type(error).__name__, str(error)
        match error:
            case AuthExpiredError():
                self.account_dead(due.account.id, error)
                pause_s = back_off_s(n)
            case RateLimitedError():
                pause_s = error.retry_after_s * random.uniform(1.0, 1.1)
            case CredentialError():
                pause_s = KEYRING_PAUSE_S
            case SpendCapError():
                pause_s = SPENT_PAUSE_S
            case RefusedError():
                pause_s = LONGEST_INTERVAL_S
            case _:
                pause_s = back_off_s(n)
        self._note_failed(due, name, detail, pause_s, stop=isinstance(error, RefusedError))

    def _is_long(self, due: DueWatch, error: UnreachableError) -> bool:
        """Whether the first of the tries that ended like this one, with no other between them, was
        MISSING_MS ago. One that was given up for it is tried once more, when a person asks."""
        given_up = RefusedError(Refusal.GONE, str(error))
        ends = [(type(end).__name__, str(end)) for end in (error, given_up)]
        since = self._kit.writer.submit(lambda tx: accounts.note_missing(tx, due.id, ends)).result()
        return since <= self._kit.clock.now_ms() - MISSING_MS

    def _note_failed(
        self, due: DueWatch, fault: str, detail: str, pause_s: float, *, stop: bool = False
    ) -> None:
        next_at = self._kit.clock.now_ms() + int(pause_s * 1000)
        self._kit.writer.submit(
            lambda tx: accounts.note_failed(tx, due.id, fault, detail, next_at, stop=stop),
            priority=Priority.PAGE,
            durable=False,
        ).result()

    def account_dead(self, account: int, error: BaseException) -> None:
        """The network no longer accepts the sign-in: nothing is asked until a person signs in."""
        self._kit.connections.drop(account)  # type: ignore[arg-type]
        self._kit.writer.submit(
            lambda tx: accounts.set_state(
                tx, account, AccountState.SIGN_IN, fault=type(error).__name__, detail=str(error)
            )
        ).result()


def _utc(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
