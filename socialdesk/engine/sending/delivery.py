"""Exactly once on a network: claim, push, and settle; look before a repeat.

A row is `sending` in the file before the first byte leaves. Whatever ends there without an answer
(time-out, crash, kill, full disk) is looked for on the network before a second try, and repeated by
itself only where the network is known to honour the key. Replies (`sender.py`) and cases for a CRM
(`engine/crm.py`) leave by it; each plugs in its rows of the file and its calls.
"""

import logging
from collections.abc import Callable, Collection
from typing import Generic, Protocol, TypeVar

from socialdesk.domain.errors import (
    CommandError,
    CommandFault,
    ConnectorError,
    CredentialError,
    SocialDeskError,
    StoreError,
)
from socialdesk.domain.replies.reply import LOOK_AFTER_S, NextStep, after_look
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.fate import Fate, after_try, back_off_s
from socialdesk.engine.kit import Kit
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.outbox.claims import REPEAT, Claim

# What became of a row cannot be kept: a push would end in doubt, and a look only cost a call.
UNSETTLED_PAUSE_MS = 30_000
SIGN_IN_PAUSE_S = 60.0
MAX_DETAIL = 500  # characters

log = logging.getLogger(__name__)

T = TypeVar("T")  # what its network gets
P = TypeVar("P")  # what the network made of it
P_in = TypeVar("P_in", contravariant=True)
P_out = TypeVar("P_out", covariant=True)
R = TypeVar("R")


class Rows(Protocol[T, P_in]):
    """The rows of one kind in the file. What each of these does stands in `store.replies.outbox`,
    which is one, as `store.crm.crm_cases` is."""

    def has_unanswered(self, conn: Connection, busy: Collection[int], /) -> bool: ...
    def doubt_unanswered(self, tx: Transaction, look_at: int, busy: Collection[int], /) -> int: ...
    def claim_next(self, tx: Transaction, busy: Collection[int], /) -> Claim[T] | None: ...
    def looks_due(self, conn: Connection, now: int, /) -> list[Claim[T]]: ...
    def settle_sent(self, tx: Transaction, id: int, made: P_in, /) -> int: ...
    def settle_failed(self, tx: Transaction, id: int, reason: str, detail: str, /) -> int: ...
    def mark_uncertain(
        self, tx: Transaction, id: int, look_at: int, reason: str, detail: str, /
    ) -> int: ...
    def requeue(
        self, tx: Transaction, id: int, next_at: int, reason: str, detail: str, /
    ) -> int: ...
    def note_look(self, tx: Transaction, id: int, next_at: int, /) -> int: ...
    def look_later(self, tx: Transaction, id: int, next_at: int, /) -> None: ...


class Kind(Protocol[T, P_out]):
    """What is different on the wire. Jobs of the pool call it, with the account's turn."""

    def ready(self, claim: Claim[T]) -> Callable[[], P_out] | None:
        """What puts it on the wire; None when it cannot leave now, and is settled. Nothing leaves
        here. Raises SocialDeskError."""
        ...

    def find(self, claim: Claim[T]) -> P_out | None:
        """What an earlier try may have made. Raises ConnectorError, CredentialError."""
        ...

    def handed_over(self, claim: Claim[T]) -> None:
        """From now on it waits for a person."""
        ...


class Delivery(Generic[T, P]):
    """`name`: of one of its rows, in the log; `account_dead` hears which account must sign in
    again."""

    def __init__(
        self, kit: Kit, name: str, rows: Rows[T, P], kind: Kind[T, P],
        account_dead: Callable[[int, BaseException], None],
    ) -> None:  # fmt: skip
        self._kit, self._name, self._rows, self._kind = kit, name, rows, kind
        self._account_dead = account_dead
        self._offset_ms = _offset_ms(kit.clock)  # at the last turn
        self._pushes_from_ms = self._looks_from_ms = 0  # on the monotonic clock

    def recover(self) -> int:
        """What was on the wire when the last engine died, or when the file took nothing, is in
        doubt. Its count."""
        busy = self._kit.turns.busy()  # before the file is asked: what it says has a job, or had
        if not self._kit.readers.here(lambda conn: self._rows.has_unanswered(conn, busy)):
            return 0
        look_at = self._in_ms(LOOK_AFTER_S[0])
        return self.settle(lambda tx: self._rows.doubt_unanswered(tx, look_at, busy))

    def note_clock(self) -> None:
        """At each turn, for `set_back_ms`."""
        self._offset_ms = _offset_ms(self._kit.clock)

    def set_back_ms(self) -> int:
        """By how much the clock was set back since the last turn."""
        return max(0, self._offset_ms - _offset_ms(self._kit.clock))

    def work(self, now: int) -> None:
        """Push what is queued, look for what is in doubt since before `now` (ms UTC)."""
        while self._start_next():
            pass
        if self._kit.clock.monotonic_ms() < self._looks_from_ms:
            return
        for claim in self._kit.readers.here(lambda conn: self._rows.looks_due(conn, now)):
            if self._kit.turns.take(claim.account.id):
                self._kit.pool.submit(self._job, self._look, claim)

    def settle(self, write: Callable[[Transaction], R]) -> R:
        """Write it down before anything else. Raises StoreError, and what `write` does."""
        return self._kit.writer.submit(write, priority=Priority.SEND).result()

    def requeue(
        self, claim: Claim[T], pause_s: float = 0.0, reason: str = "", detail: str = ""
    ) -> None:
        """Surely not there, or harmless to repeat: again after `pause_s`. Without a reason it never
        left, and does not count as a try."""
        next_at = self._in_ms(pause_s)
        self.settle(lambda tx: self._rows.requeue(tx, claim.id, next_at, reason, detail))

    # --- starting ---

    def _start_next(self) -> bool:
        if self._kit.clock.monotonic_ms() < self._pushes_from_ms:
            return False
        busy = self._kit.turns.busy()
        claim = self.settle(lambda tx: self._rows.claim_next(tx, busy))
        if claim is None:
            return False
        if not self._kit.turns.take(claim.account.id):  # another job began in between: it ends soon
            self.requeue(claim)
            return False
        self._kit.pool.submit(self._job, self._push, claim)
        return True

    def _job(self, work: Callable[[Claim[T]], None], claim: Claim[T]) -> None:
        try:
            work(claim)
        except Exception as e:
            self._note_unsettled(claim, e)
        finally:
            self._kit.turns.give_back(claim.account.id)
            self._kit.done()

    def _note_unsettled(self, claim: Claim[T], error: Exception) -> None:
        """The row stays as the file has it, and `recover` finds it there."""
        if isinstance(error, CommandError) and error.fault is CommandFault.NOT_FOUND:
            log.info("%s %d is not there any more", self._name, claim.id)  # its person was erased
            return
        rests_until = self._kit.clock.monotonic_ms() + UNSETTLED_PAUSE_MS
        self._looks_from_ms = rests_until
        if isinstance(error, StoreError):
            self._pushes_from_ms = rests_until
            log.warning("%s %d: what became of it could not be kept", self._name, claim.id,
                        exc_info=error)  # fmt: skip
        else:  # a bug, and of this row alone
            log.error("%s %d: could not be settled", self._name, claim.id, exc_info=error)

    # --- on the wire ---

    def _push(self, claim: Claim[T]) -> None:
        try:
            push = self._kind.ready(claim)
        except SocialDeskError as e:  # nothing has left
            self._settle_failed_try(claim, e)
            return
        if push is None:
            return
        try:
            made = push()
        except Exception as e:
            if not isinstance(e, (ConnectorError, CredentialError)):
                log.exception("%s %d: the connector failed in a way it should not", self._name,
                              claim.id)  # fmt: skip
            self._settle_failed_try(claim, e)
        else:
            self._settle_sent(claim, made)

    def _settle_failed_try(self, claim: Claim[T], error: BaseException) -> None:
        outcome = after_try(error, claim.n_tries)
        reason, detail = outcome.reason, outcome.detail[:MAX_DETAIL]
        log.info("%s %d: %s, %s", self._name, claim.id, outcome.fate.value, reason)
        match outcome.fate:
            case Fate.AGAIN:
                self.requeue(claim, outcome.pause_s, reason, detail)
            case Fate.SIGN_IN:
                self.requeue(claim, SIGN_IN_PAUSE_S, reason)
                self._account_dead(claim.account.id, error)
            case Fate.DOUBT:
                look_at = self._in_ms(LOOK_AFTER_S[0]) if claim.reads_back else 0
                self.settle(lambda tx: self._rows.mark_uncertain(
                    tx, claim.id, look_at, reason, detail
                ))  # fmt: skip
            case Fate.FAILED:
                self.settle(lambda tx: self._rows.settle_failed(tx, claim.id, reason, detail))
                self._kind.handed_over(claim)

    # --- looking ---

    def _look(self, claim: Claim[T]) -> None:
        try:
            made = self._kind.find(claim)
        except (ConnectorError, CredentialError) as e:  # could not look: that tells nothing
            outcome = after_try(e, claim.n_looks + 1)
            if outcome.fate is Fate.SIGN_IN:
                self._account_dead(claim.account.id, e)
            next_at = self._in_ms(outcome.pause_s or back_off_s(claim.n_looks + 1))
            self.settle(lambda tx: self._rows.look_later(tx, claim.id, next_at))
        else:
            self._settle_look(claim, made)

    def _settle_look(self, claim: Claim[T], made: P | None) -> None:
        n_looks = claim.n_looks + 1
        step = after_look(
            found=made is not None,
            n_looks=n_looks,
            age_s=claim.age_s(self._kit.clock.now_ms()),
            repeat_safe_s=claim.repeat_safe_s,
            reads_back=claim.reads_back,
        )
        log.info("%s %d: look %d, %s", self._name, claim.id, n_looks, step.value)
        match step:
            case NextStep.SENT if made is not None:
                self._settle_sent(claim, made)
            case NextStep.REPEAT:
                pause_s = back_off_s(claim.n_tries - 1) if claim.n_tries > 1 else 0.0
                self.requeue(claim, pause_s, REPEAT)
            case NextStep.LOOK_AGAIN:
                pause_s = LOOK_AFTER_S[n_looks] - LOOK_AFTER_S[n_looks - 1]
                self._note_look(claim, self._in_ms(pause_s))
            case _:
                if self._note_look(claim, 0):
                    self._kind.handed_over(claim)

    def _note_look(self, claim: Claim[T], next_at: int) -> int:
        """The journal entry; 0 where a person decided meanwhile."""
        return self.settle(lambda tx: self._rows.note_look(tx, claim.id, next_at))

    def _settle_sent(self, claim: Claim[T], made: P) -> None:
        self.settle(lambda tx: self._rows.settle_sent(tx, claim.id, made))

    def _in_ms(self, pause_s: float) -> int:
        """When that is, ms UTC."""
        return self._kit.clock.now_ms() + int(pause_s * 1000)


def _offset_ms(clock: Clock) -> int:
    return clock.now_ms() - clock.monotonic_ms()
