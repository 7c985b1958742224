"""Hearing at once that something came, where a network can tell: long polls and IDLE.

A listener saves nothing and shows nothing: it only makes its watch due, and the poller fetches as
always. So what it misses costs a minute, and what it hears twice costs a call.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from socialdesk.domain.account import AccountState, Can, WatchKind
from socialdesk.domain.errors import ConnectorError, CredentialError, RateLimitedError, StoreError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.fate import KEYRING_PAUSE_S, back_off_s
from socialdesk.engine.kit import Kit
from socialdesk.networks.base import WaitsForNews
from socialdesk.store import accounts
from socialdesk.store.accounts import DueWatch
from socialdesk.store.file.writer import Priority

LOOK_S: Final = 30.0  # how soon a new account is listened to
FETCH_S: Final = 60.0  # patience for the fetch that news asked for
STEP_S: Final = 0.5
LONGER: Final = 5.0  # polling is so many times rarer where a listener waits

log = logging.getLogger(__name__)


class _Ear(threading.Thread):
    """Waits for one account's news until told to stop."""

    def __init__(self, kit: Kit, account_id: int, watch_id: int) -> None:
        super().__init__(name=f"news {account_id}", daemon=True)
        self.account_id, self.watch_id = account_id, watch_id
        self._kit = kit
        self._stop = threading.Event()
        self.is_well = False

    def stop(self) -> None:
        """It ends within a second, or with the call it waits in; nobody waits for it."""
        self._stop.set()

    def run(self) -> None:
        n_failures = 0
        while not self._stop.is_set():
            pause_s = self._listen_once(n_failures + 1)
            n_failures = n_failures + 1 if pause_s else 0
            self.is_well = not pause_s
            self._stop.wait(pause_s)

    def _listen_once(self, n: int) -> float:
        """Seconds to leave the network in peace; 0.0 when all is well."""
        try:
            due = self._read()
            if due is None:
                return LOOK_S
            connector = self._kit.connections.connector(due.account)
            if not isinstance(connector, WaitsForNews):
                return LOOK_S
            cursor = None if due.cursor is None else Cursor(due.cursor)
            if cursor is None:  # not fetched yet: there is nothing to wait after
                return STEP_S
            self.is_well = True
            if connector.wait(due.watch, cursor, self._stop.is_set):
                self._fetch()
        except RateLimitedError as e:
            return e.retry_after_s
        except CredentialError:
            return KEYRING_PAUSE_S
        except (ConnectorError, StoreError) as e:  # the poller tells what is wrong
            log.info("account %d: cannot listen (%s)", self.account_id, type(e).__name__)
            return back_off_s(n)
        except Exception:
            if not self._stop.is_set():
                log.exception("account %d: listening failed", self.account_id)
            return back_off_s(n)
        return 0.0

    def _read(self) -> DueWatch | None:
        return self._kit.readers.here(partial(accounts.read_watch, watch_id=self.watch_id))

    def _fetch(self) -> None:
        """Make the watch due, and wait until it was fetched: else the same news come again."""
        if self._stop.is_set():
            return
        self._kit.writer.submit(
            lambda tx: accounts.hasten_watch(tx, self.watch_id),
            priority=Priority.PAGE,
            durable=False,
        ).result()
        self._kit.done()
        for _ in range(int(FETCH_S / STEP_S)):
            if self._stop.wait(STEP_S):
                return
            if not self._kit.readers.here(partial(accounts.is_due_at_once, watch_id=self.watch_id)):
                return


class News:
    """A part of the clockwork: one listener for each account that can be listened to and is well.
    `is_fetching`: whether the person lets the program fetch at all."""

    def __init__(self, kit: Kit, is_fetching: Callable[[], bool] = lambda: True) -> None:
        self._kit, self._is_fetching = kit, is_fetching
        self._ears: dict[int, _Ear] = {}

    def hears(self, account_id: int) -> bool:
        """Whether a listener waits there now and all is well."""
        ear = self._ears.get(account_id)
        return ear is not None and ear.is_alive() and ear.is_well

    def after_jump(self) -> None:
        """A line that slept with the machine is dead without knowing it: listen anew."""
        self.close()

    def step(self) -> float:
        """Listeners begin and end with what their accounts can and may."""
        wanted = self._wanted() if self._is_fetching() else {}
        for account_id, ear in list(self._ears.items()):
            if wanted.get(account_id) != ear.watch_id or not ear.is_alive():
                ear.stop()
                del self._ears[account_id]
        for account_id, watch_id in wanted.items():
            if account_id not in self._ears:
                self._ears[account_id] = _Ear(self._kit, account_id, watch_id)
                self._ears[account_id].start()
        return LOOK_S

    def close(self) -> None:
        """Tell all to stop; they are daemons and hold nothing."""
        for ear in self._ears.values():
            ear.stop()
        self._ears.clear()

    def _wanted(self) -> dict[int, int]:
        rows = self._kit.readers.here(accounts.list_accounts)
        return {row.id: watch_id for row in rows if (watch_id := _watch_of(row))}


def _watch_of(row: AccountRow) -> int:
    """The watch to listen for; 0 = none."""
    can_wait = row.card is not None and bool(row.card.can & Can.WAIT)
    if row.state is not AccountState.ON or not can_wait:
        return 0
    well = [w for w in row.watches if w.is_on and not w.fault]
    return next((w.id for w in well if w.watch.kind is WatchKind.MENTIONS), 0)
