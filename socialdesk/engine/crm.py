"""Cases on their way to a CRM, which they reach exactly once as replies do: `sending/delivery.py`.

Beside it the state of cases made lately is asked for, four times an hour.
"""

import logging
from collections.abc import Callable
from functools import partial

from socialdesk.domain.errors import ConnectorError, CredentialError, Refusal, RefusedError
from socialdesk.domain.people.crm import CrmCase, CrmPushed
from socialdesk.engine.desk import Notice
from socialdesk.engine.fate import LONGEST_PAUSE_S
from socialdesk.engine.kit import Kit
from socialdesk.engine.sending.delivery import Delivery
from socialdesk.i18n import tr
from socialdesk.networks.crm import Crm
from socialdesk.store.accounts import AccountSpec, read_account
from socialdesk.store.crm import crm_cases, crm_states
from socialdesk.store.outbox.claims import Claim

CHECK_MS = 15 * 60_000  # between two looks at the state of a case
CHECKED_MS = 30 * 86_400_000  # an older case is asked about on demand only

log = logging.getLogger(__name__)


class CrmPusher:
    """`account_dead` hears which account must sign in again, `tell` what waits for a person."""

    def __init__(
        self, kit: Kit, account_dead: Callable[[int, BaseException], None],
        tell: Callable[[Notice], None],
    ) -> None:  # fmt: skip
        self._kit, self._tell = kit, tell
        self._delivery = Delivery(kit, "case", crm_cases, self, account_dead)
        self._checked_at: dict[int, int] = {}

    def recover(self) -> int:
        """As `Delivery.recover`."""
        return self._delivery.recover()

    def after_jump(self) -> None:
        """Due times are wall-clock times: a clock that was set back must not keep a case here."""
        self._delivery.settle(partial(
            crm_cases.shorten_waits, longest_ms=int(LONGEST_PAUSE_S * 1000),
            back_ms=self._delivery.set_back_ms(),
        ))  # fmt: skip

    def step(self) -> float:
        """Push what is queued, look for what is in doubt, ask for the state of the rest."""
        self._delivery.note_clock()
        self.recover()
        now = self._kit.clock.now_ms()
        self._check_states(now)
        if self._kit.readers.here(crm_cases.has_expired):
            self._delivery.settle(crm_cases.forget_expired)
        due = self._kit.readers.here(crm_cases.next_due)
        if due is None:
            return CHECK_MS / 1000
        if due > now:
            return (due - now) / 1000
        self._delivery.work(now)
        due = self._kit.readers.here(crm_cases.next_due)
        return CHECK_MS / 1000 if due is None else max(0.5, (due - now) / 1000)

    def check(self, account_id: int, remote_ids: list[str]) -> int:
        """Ask for the state of these cases now; how many were told. Raises ConnectorError,
        CredentialError. The caller holds the account's turn."""
        spec = self._kit.readers.here(partial(read_account, account_id=account_id))
        if spec is None:
            return 0
        states = crm_of(self._kit, spec).states(remote_ids)
        self._delivery.settle(partial(
            crm_states.note_states, account_id=account_id, asked=remote_ids, states=states
        ))  # fmt: skip
        return len(states)

    # --- its side of the delivery ---

    def ready(self, claim: Claim[CrmCase]) -> Callable[[], CrmPushed]:
        """A case has nothing to wait for."""
        return partial(crm_of(self._kit, claim.account).push, claim.content)

    def find(self, claim: Claim[CrmCase]) -> CrmPushed | None:
        """What an earlier push may have made."""
        return crm_of(self._kit, claim.account).find_case(claim.content)

    def handed_over(self, claim: Claim[CrmCase]) -> None:
        """A case that waits for a person is seen only where its mention is: say so at once."""
        text = tr(
            "A case for {crm} waits for you: «{subject}». Look under «Cases that wait…».",
            crm=claim.account.name, subject=claim.content.subject,
        )  # fmt: skip
        self._tell(Notice("crm_case", {"text": text}))

    # --- their state ---

    def _check_states(self, now: int) -> None:
        found = self._kit.readers.here(partial(
            crm_states.to_check, before=now - CHECK_MS, made_after=now - CHECKED_MS
        ))  # fmt: skip
        for account, remote_ids in found.items():
            is_due = self._checked_at.get(account, -CHECK_MS) + CHECK_MS <= now
            if is_due and self._kit.turns.take(account):
                self._checked_at[account] = now
                self._kit.pool.submit(self._check_job, account, remote_ids)

    def _check_job(self, account: int, remote_ids: list[str]) -> None:
        try:
            self.check(account, remote_ids)
        except (ConnectorError, CredentialError) as e:  # asked again in a quarter of an hour
            log.info("account %d: no states of cases (%s)", account, type(e).__name__)
        except Exception:
            log.exception("account %d: states of cases could not be asked for", account)
        finally:
            self._kit.turns.give_back(account)
            self._kit.done()


def crm_of(kit: Kit, account: AccountSpec) -> Crm:
    """The account's connector. Raises CredentialError, AuthExpiredError; RefusedError when the
    account is no CRM."""
    connector = kit.connections.connector(account)
    if not isinstance(connector, Crm):
        raise RefusedError(Refusal.PERMISSION, "this account is no CRM")
    return connector
