"""How long strangers' words stay, as a person set it: looked at each hour and at every change.

A network's own terms (`keeping.py`) run beside it on the same rows, so the stricter of the two
always wins. What goes: words, pictures, earlier versions, what the index, drafts, notices and the
weekly pages repeat, and what could not be read. What stays: the row with its link, times and state,
our notes and labels, every figure, and our own replies, which are ours to account for.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.keep import DAY_MS, PREFIX, limits
from socialdesk.engine.kit import Kit
from socialdesk.store import accounts, settings
from socialdesk.store.erasing import cleaning
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions import lapses, retention

EVERY_MS: Final = 3_600_000
AGAIN_MS: Final = 300_000  # after a failure: a full disk
BUSY_S: Final = 1.0
OWN_TURN: Final = -2  # no account has this number
SLICE: Final = 200  # mentions a transaction
CLEANED: Final = "keep_cleaned_at"  # setting: when the file was last written anew for this, ms
CLEAN_EVERY_MS: Final = 7 * DAY_MS  # 8 s per GB each time

log = logging.getLogger(__name__)


class Retention:
    """A part of the clockwork. `reports`: the folder of the weekly pages."""

    def __init__(self, kit: Kit, reports: Path, in_force: Callable[[], Mapping[str, str]]) -> None:
        self._kit, self._reports, self._settings = kit, reports, in_force
        self._next_at = 0
        self._done_with: dict[int, int] = {}

    def after_jump(self) -> None:
        """Much may be past its time."""
        self._next_at = 0

    def step(self) -> float:
        """Begin what is due, beside the clockwork: looking through a million takes half a second
        for each account. Seconds until the next."""
        now, wanted = self._kit.clock.now_ms(), self._limits()
        is_due = now >= self._next_at or wanted != self._done_with
        if is_due and wanted and not self._kit.turns.take(OWN_TURN):
            return BUSY_S  # the run before this one goes on
        if is_due:
            self._done_with, self._next_at = wanted, now + EVERY_MS
            if wanted:
                self._kit.pool.submit(self._run, wanted, now)
        return max(BUSY_S, (self._next_at - now) / 1000)

    def _limits(self) -> dict[int, int]:
        chosen = self._settings()
        if not any(key.startswith(PREFIX) for key in chosen):
            return {}
        return limits(chosen, [a.id for a in self._kit.readers.here(accounts.list_accounts)])

    def _run(self, wanted: Mapping[int, int], now: int) -> None:
        try:
            gone = {id: self._take_out(id, days, now) for id, days in wanted.items()}
            self._end(wanted, gone, now)
        except StoreError as e:
            if e.fault is not StoreFault.CLOSED:  # else the next start goes on
                self._next_at = now + AGAIN_MS
                log.warning("words past their time could not be taken out: %s", e)
        except Exception:
            log.exception("taking out words past their time met a bug")
        finally:
            self._kit.turns.give_back(OWN_TURN)
            self._kit.done()

    def _take_out(self, account_id: int, days: int, now: int) -> int:
        """All of one account, a slice a transaction; how many went."""
        before, after, n = now - days * DAY_MS, 0, 0
        while ids := self._kit.readers.here(
            partial(retention.due, account_id=account_id, before=before, now=now, n=SLICE,
                    after=after)
        ):  # fmt: skip
            take = partial(retention.take_out, ids=ids, account_id=account_id, before=before,
                           now=now)  # fmt: skip
            n += self._kit.writer.submit(take, priority=Priority.BACKGROUND).result()
            after = ids[-1]
        return n

    def _end(self, wanted: Mapping[int, int], gone: Mapping[int, int], now: int) -> None:
        """What is no mention: rejects and weekly pages; the entry; the file's free space."""

        def finish(tx: Transaction) -> None:
            for account_id, days in wanted.items():
                lapses.drop_rejects(tx, account_id, now - days * DAY_MS)
                if gone[account_id]:
                    retention.note(tx, account_id, days, now - days * DAY_MS, gone[account_id])
            if any(gone.values()) and self._may_clean(tx, now):
                settings.put(tx, CLEANED, str(now))
                cleaning.ask_for(tx)

        self._kit.writer.submit(finish, priority=Priority.BACKGROUND).result()
        self._drop_pages(now - min(wanted.values()) * DAY_MS)
        if n := sum(gone.values()):
            log.info("the words of %d mentions were taken out: they are past the time set", n)

    def _may_clean(self, tx: Transaction, now: int) -> bool:
        last = settings.read(tx.conn, CLEANED)
        return not last.isdecimal() or abs(now - int(last)) >= CLEAN_EVERY_MS

    def _drop_pages(self, before: int) -> None:
        """Weekly pages quote people, and do not say of which account."""
        for page in self._reports.glob("week-*.html"):
            if page.stat().st_mtime * 1000 < before:
                page.unlink(missing_ok=True)
