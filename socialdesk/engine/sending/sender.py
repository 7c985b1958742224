"""Replies and posts of our own on their way: released when their time has come, with their
pictures. How they reach their network exactly once is in `delivery.py`."""

from collections.abc import Callable
from functools import partial

from socialdesk.domain.errors import CommandError
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.engine.fate import LONGEST_PAUSE_S
from socialdesk.engine.kit import Kit
from socialdesk.engine.sending.delivery import Delivery
from socialdesk.engine.sending.uploads import with_uploads
from socialdesk.networks.base import Connector, find_sent, send
from socialdesk.store.outbox import outbox_pictures, outbox_sent
from socialdesk.store.outbox.claims import Claim
from socialdesk.store.replies import outbox, outbox_holds

# A large picture takes a busy server a minute; after a quarter of an hour it never will.
PICTURE_WAIT_S, LONGEST_PICTURE_WAIT_S, MAX_PICTURE_WAITS = 2.0, 30.0, 30
READING, STUCK, NO_PICTURE = "pictures", "picture_stuck", "picture_missing"  # reasons


class Sender:
    """`account_dead` hears which account must sign in again."""

    def __init__(self, kit: Kit, account_dead: Callable[[int, BaseException], None]) -> None:
        self._kit = kit
        self._delivery = Delivery(kit, "reply", outbox, self, account_dead)

    def recover(self) -> int:
        """As `Delivery.recover`."""
        return self._delivery.recover()

    def after_jump(self) -> None:
        """Due times are wall-clock times: a clock that was set back must not keep a reply here."""
        self._delivery.settle(partial(
            outbox_holds.shorten_waits, longest_ms=int(LONGEST_PAUSE_S * 1000),
            back_ms=self._delivery.set_back_ms(),
        ))  # fmt: skip

    def step(self) -> float:
        """Release what was held long enough, send what is queued, look for what is in doubt."""
        wanted: frozenset[int] = frozenset()
        try:
            self._delivery.note_clock()
            self.recover()
            pause_s, wanted = self._send_due()
        finally:
            self._kit.turns.want(wanted)
        return pause_s

    def _send_due(self) -> tuple[float, frozenset[int]]:
        """Seconds until the next thing, and the accounts that replies wait for."""
        if self._kit.readers.here(outbox_holds.has_written):
            self._delivery.settle(outbox_holds.drop_written)
        now = self._kit.clock.now_ms()
        due = self._kit.readers.here(outbox.next_due)
        if due is None:
            return 3600.0, frozenset()
        if due > now:
            return (due - now) / 1000, frozenset()
        self._delivery.settle(outbox_holds.release_due)
        self._delivery.work(now)
        due = self._kit.readers.here(outbox.next_due)
        if due is None:
            return 3600.0, frozenset()
        wanted: frozenset[int] = frozenset()
        if due <= now:
            # A row of a busy account stays due: its job's end wakes us, and until then nobody who
            # is patient takes the account: page after page could keep a reply waiting.
            wanted = self._kit.turns.busy()
        return max(0.5, (due - self._kit.clock.now_ms()) / 1000), wanted

    # --- its side of the delivery ---

    def ready(self, claim: Claim[Outgoing]) -> Callable[[], Posted] | None:
        """None: it waits for its pictures, or lacks one."""
        try:
            connector = self._kit.connections.connector(claim.account)
            outgoing = self._with_uploads(connector, claim)
        except CommandError:  # a picture's file is not there
            self._fail(claim, NO_PICTURE)
            return None
        if outgoing is None:
            self._wait_for_pictures(claim)
            return None
        return partial(send, connector, outgoing)

    def find(self, claim: Claim[Outgoing]) -> Posted | None:
        """None also for a post that is known as another reply."""
        posted = find_sent(self._kit.connections.connector(claim.account), claim.content)
        return None if self._is_anothers(claim, posted) else posted

    def handed_over(self, claim: Claim[Outgoing]) -> None:
        """It is shown where all that waits is."""

    def _with_uploads(self, connector: Connector, claim: Claim[Outgoing]) -> Outgoing | None:
        """The reply with its pictures on the network; None while that still reads them."""
        folder = self._kit.readers.here(outbox_pictures.folder_of)

        def keep(names: tuple[str, ...]) -> None:
            self._delivery.settle(
                partial(outbox_pictures.keep_names, outbox_id=claim.id, names=names)
            )

        return with_uploads(connector, claim.content, folder, keep)

    def _wait_for_pictures(self, claim: Claim[Outgoing]) -> None:
        """Nothing has left: asked again soon, but not for ever."""
        if claim.n_tries > MAX_PICTURE_WAITS:
            self._fail(claim, STUCK)
            return
        pause_s = min(PICTURE_WAIT_S * claim.n_tries, LONGEST_PICTURE_WAIT_S)
        self._delivery.requeue(claim, pause_s, READING)

    def _fail(self, claim: Claim[Outgoing], reason: str) -> None:
        self._delivery.settle(partial(outbox.settle_failed, outbox_id=claim.id, reason=reason))

    def _is_anothers(self, claim: Claim[Outgoing], posted: Posted | None) -> bool:
        return posted is not None and self._kit.readers.here(partial(
            outbox_sent.is_anothers, outbox_id=claim.id, account_id=claim.account.id,
            remote_id=posted.remote_id,
        ))  # fmt: skip
