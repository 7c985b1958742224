"""Replies and posts of our own on their way: claim, send, and settle; read back before a repeat.

A row is `sending` in the file before the first byte leaves. Whatever ends there without an answer
(time-out, crash, kill) is looked for on the network before a second try, and repeated by itself
only where the network is known to honour the key.
"""

import logging
from collections.abc import Callable
from functools import partial

from socialdesk.domain.errors import (
    CommandError,
    ConnectorError,
    CredentialError,
    Refusal,
    SocialDeskError,
    StoreError,
)
from socialdesk.domain.replies.reply import LOOK_AFTER_S, NextStep, Outgoing, Posted, after_look
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.fate import LONGEST_PAUSE_S, Fate, Outcome, after_try, back_off_s
from socialdesk.engine.kit import Kit
from socialdesk.engine.sending.uploads import with_uploads
from socialdesk.networks.base import Connector, find_sent, send
from socialdesk.store.file.writer import Priority
from socialdesk.store.outbox import outbox_pictures, outbox_sent
from socialdesk.store.replies import outbox, outbox_holds
from socialdesk.store.replies.outbox import Claim

# A large picture takes a busy server a minute; after a quarter of an hour it never will.
PICTURE_WAIT_S, LONGEST_PICTURE_WAIT_S, MAX_PICTURE_WAITS = 2.0, 30.0, 30
UNSETTLED_PAUSE_MS = 30_000  # what a look found cannot be kept: looking on would only cost calls
READING, STUCK, NO_PICTURE = "pictures", "picture_stuck", "picture_missing"  # reasons

log = logging.getLogger(__name__)


class Sender:
    """`account_dead` hears which account must sign in again."""

    def __init__(self, kit: Kit, account_dead: Callable[[int, BaseException], None]) -> None:
        self._kit, self._account_dead = kit, account_dead
        self._offset_ms = _offset_ms(kit.clock)  # at the last step
        self._rests_until_ms = 0  # on the monotonic clock

    def recover(self) -> int:
        """What was on the wire when the last engine died, or when the file took nothing, is in
        doubt. Its count."""
        busy = self._kit.turns.busy()  # before the file is asked: what it says has a job, or had
        if not self._kit.readers.here(partial(outbox.has_unanswered, busy=busy)):
            return 0
        look_at = self._kit.clock.now_ms() + int(LOOK_AFTER_S[0] * 1000)
        return self._kit.writer.submit(
            lambda tx: outbox.doubt_unanswered(tx, look_at, busy), priority=Priority.SEND
        ).result()

    def after_jump(self) -> None:
        """Due times are wall-clock times: a clock that was set back must not keep a reply here."""
        self._settle(partial(
            outbox_holds.shorten_waits, longest_ms=int(LONGEST_PAUSE_S * 1000),
            back_ms=max(0, self._offset_ms - _offset_ms(self._kit.clock)),
        ))  # fmt: skip

    def step(self) -> float:
        """Release what was held long enough, send what is queued, look for what is in doubt."""
        self._offset_ms = _offset_ms(self._kit.clock)
        wanted: frozenset[int] = frozenset()
        try:
            pause_s, wanted = self._send_due()
        finally:
            self._kit.turns.want(wanted)
        return pause_s

    def _send_due(self) -> tuple[float, frozenset[int]]:
        """Seconds until the next thing, and the accounts that replies wait for."""
        self.recover()
        if self._kit.readers.here(outbox_holds.has_written):
            self._kit.writer.submit(outbox_holds.drop_written, priority=Priority.SEND).result()
        now = self._kit.clock.now_ms()
        due = self._kit.readers.here(outbox.next_due)
        if due is None:
            return 3600.0, frozenset()
        if due > now:
            return (due - now) / 1000, frozenset()
        self._kit.writer.submit(outbox_holds.release_due, priority=Priority.SEND).result()
        while self._start_next():
            pass
        self._look_for_doubtful(now)
        due = self._kit.readers.here(outbox.next_due)
        if due is None:
            return 3600.0, frozenset()
        wanted: frozenset[int] = frozenset()
        if due <= now:
            # A row of a busy account stays due: its job's end wakes us, and until then nobody who
            # is patient takes the account: page after page could keep a reply waiting.
            wanted = self._kit.turns.busy()
        return max(0.5, (due - self._kit.clock.now_ms()) / 1000), wanted

    def _start_next(self) -> bool:
        busy = self._kit.turns.busy()
        claim = self._kit.writer.submit(
            lambda tx: outbox.claim_next(tx, busy), priority=Priority.SEND
        ).result()
        if claim is None:
            return False
        if not self._kit.turns.take(claim.account.id):  # a fetch began in between: it ends soon
            self._settle(partial(outbox.requeue, outbox_id=claim.id, next_at=0, reason=""))
            return False
        self._kit.pool.submit(self._job, self._send, claim)
        return True

    def _look_for_doubtful(self, now: int) -> None:
        if self._kit.clock.monotonic_ms() < self._rests_until_ms:
            return
        for claim in self._kit.readers.here(lambda conn: outbox.looks_due(conn, now)):
            if self._kit.turns.take(claim.account.id):
                self._kit.pool.submit(self._job, self._look, claim)

    def _job(self, work: Callable[[Claim], None], claim: Claim) -> None:
        try:
            work(claim)
        except StoreError:
            log.warning("reply %d: what became of it could not be kept", claim.id, exc_info=True)
            self._rests_until_ms = self._kit.clock.monotonic_ms() + UNSETTLED_PAUSE_MS
        except Exception:  # a bug: the row stays as the file has it
            log.exception("reply %d: could not be settled", claim.id)
            self._rests_until_ms = self._kit.clock.monotonic_ms() + UNSETTLED_PAUSE_MS
        finally:
            self._kit.turns.give_back(claim.account.id)
            self._kit.done()

    def _send(self, claim: Claim) -> None:
        try:
            connector = self._kit.connections.connector(claim.account)
            outgoing = self._with_uploads(connector, claim)
        except CommandError:  # a picture's file is not there: nothing has left
            self._settle(partial(outbox.settle_failed, outbox_id=claim.id, reason=NO_PICTURE))
            return
        except SocialDeskError as e:  # nothing has left
            self._settle_failed_try(claim, after_try(e, claim.n_tries), e)
            return
        if outgoing is None:
            self._wait_for_pictures(claim)
            return
        try:
            posted = send(connector, outgoing)
        except Exception as e:
            if not isinstance(e, (ConnectorError, CredentialError)):
                log.exception("reply %d: the connector failed in a way it should not", claim.id)
            self._settle_failed_try(claim, after_try(e, claim.n_tries), e)
        else:
            self._settle_sent(claim, posted)

    def _with_uploads(self, connector: Connector, claim: Claim) -> Outgoing | None:
        """The reply with its pictures on the network; None while that still reads them."""
        folder = self._kit.readers.here(outbox_pictures.folder_of)

        def keep(names: tuple[str, ...]) -> None:
            self._settle(partial(outbox_pictures.keep_names, outbox_id=claim.id, names=names))

        return with_uploads(connector, claim.outgoing, folder, keep)

    def _wait_for_pictures(self, claim: Claim) -> None:
        """Nothing has left: asked again soon, but not for ever."""
        if claim.n_tries > MAX_PICTURE_WAITS:
            self._settle(partial(outbox.settle_failed, outbox_id=claim.id, reason=STUCK))
            return
        pause_s = min(PICTURE_WAIT_S * claim.n_tries, LONGEST_PICTURE_WAIT_S)
        next_at = self._kit.clock.now_ms() + int(pause_s * 1000)
        self._settle(partial(outbox.requeue, outbox_id=claim.id, next_at=next_at, reason=READING))

    def _settle_failed_try(self, claim: Claim, outcome: Outcome, error: BaseException) -> None:
        now = self._kit.clock.now_ms()
        log.info("reply %d: %s, %s", claim.id, outcome.fate.value, outcome.reason)
        match outcome.fate:
            case Fate.AGAIN:
                next_at = now + int(outcome.pause_s * 1000)
                self._settle(partial(outbox.requeue, outbox_id=claim.id, next_at=next_at,
                                     reason=outcome.reason, detail=outcome.detail))  # fmt: skip
            case Fate.SIGN_IN:
                self._settle(partial(outbox.requeue, outbox_id=claim.id, next_at=now + 60_000,
                                     reason=outcome.reason))  # fmt: skip
                self._account_dead(claim.account.id, error)
            case Fate.DOUBT:
                look_at = now + int(LOOK_AFTER_S[0] * 1000) if claim.reads_back else 0
                self._settle(partial(outbox.mark_uncertain, outbox_id=claim.id, next_at=look_at,
                                     reason=outcome.reason, detail=outcome.detail))  # fmt: skip
            case Fate.FAILED:
                self._settle(partial(outbox.settle_failed, outbox_id=claim.id,
                                     reason=outcome.reason, detail=outcome.detail))  # fmt: skip

    def _look(self, claim: Claim) -> None:
        try:
            posted = find_sent(self._kit.connections.connector(claim.account), claim.outgoing)
        except (ConnectorError, CredentialError) as e:  # could not look: that tells nothing
            outcome = after_try(e, claim.n_looks + 1)
            if outcome.fate is Fate.SIGN_IN:
                self._account_dead(claim.account.id, e)
            pause_s = outcome.pause_s or back_off_s(claim.n_looks + 1)
            next_at = self._kit.clock.now_ms() + int(pause_s * 1000)
            self._settle(partial(outbox.look_later, outbox_id=claim.id, next_at=next_at))
        else:
            self._settle_look(claim, None if self._is_anothers(claim, posted) else posted)

    def _is_anothers(self, claim: Claim, posted: Posted | None) -> bool:
        return posted is not None and self._kit.readers.here(partial(
            outbox_sent.is_anothers, outbox_id=claim.id, account_id=claim.account.id,
            remote_id=posted.remote_id,
        ))  # fmt: skip

    def _settle_look(self, claim: Claim, posted: Posted | None) -> None:
        now, n_looks = self._kit.clock.now_ms(), claim.n_looks + 1
        step = after_look(
            found=posted is not None,
            n_looks=n_looks,
            age_s=(now - claim.first_try_at) / 1000,
            repeat_safe_s=_repeat_safe_s(claim),
            reads_back=claim.reads_back,
        )
        log.info("reply %d: look %d, %s", claim.id, n_looks, step.value)
        match step:
            case NextStep.SENT if posted is not None:
                self._settle_sent(claim, posted)
            case NextStep.REPEAT:
                pause_s = back_off_s(claim.n_tries - 1) if claim.n_tries > 1 else 0.0
                self._settle(partial(outbox.requeue, outbox_id=claim.id, reason=outbox.REPEAT,
                                     next_at=now + int(pause_s * 1000)))  # fmt: skip
            case NextStep.LOOK_AGAIN:
                wait_ms = int((LOOK_AFTER_S[n_looks] - LOOK_AFTER_S[n_looks - 1]) * 1000)
                self._settle(partial(outbox.note_look, outbox_id=claim.id, next_at=now + wait_ms))
            case _:
                self._settle(partial(outbox.note_look, outbox_id=claim.id, next_at=0))

    def _settle_sent(self, claim: Claim, posted: Posted) -> None:
        self._settle(partial(outbox.settle_sent, outbox_id=claim.id, posted=posted))

    def _settle(self, write: Callable[..., object]) -> None:
        self._kit.writer.submit(lambda tx: write(tx), priority=Priority.SEND).result()


def _offset_ms(clock: Clock) -> int:
    return clock.now_ms() - clock.monotonic_ms()


def _repeat_safe_s(claim: Claim) -> int:
    """What a network called a duplicate and does not show is not sent again: it would say so for
    ever."""
    if claim.account.card is None or claim.reason == Refusal.DUPLICATE.value:
        return 0
    return claim.account.card.repeat_safe_s
