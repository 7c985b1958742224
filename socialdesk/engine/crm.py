"""Cases on their way to a CRM: claim, push, and settle; look before a repeat. As `sender.py`.

A row is `sending` in the file before the first byte leaves. Whatever ends there without an answer
is looked for in the CRM before a second try, and repeated by itself only where the CRM is known to
honour the key. Beside it the state of cases made lately is asked for, four times an hour.
"""

import logging
from collections.abc import Callable
from functools import partial

from socialdesk.domain.errors import (
    CommandError,
    ConnectorError,
    CredentialError,
    Refusal,
    RefusedError,
    SocialDeskError,
)
from socialdesk.domain.people.crm import CrmPushed
from socialdesk.domain.replies.reply import LOOK_AFTER_S, NextStep, after_look
from socialdesk.engine.desk import Notice
from socialdesk.engine.fate import LONGEST_PAUSE_S, Fate, Outcome, after_try, back_off_s
from socialdesk.engine.kit import Kit
from socialdesk.i18n import tr
from socialdesk.networks.crm import Crm
from socialdesk.store.accounts import AccountSpec, read_account
from socialdesk.store.crm import crm_cases
from socialdesk.store.crm.crm_cases import Claim
from socialdesk.store.file.writer import Priority

CHECK_MS = 15 * 60_000  # between two looks at the state of a case
CHECKED_MS = 30 * 86_400_000  # an older case is asked about on demand only

log = logging.getLogger(__name__)


class CrmPusher:
    """`account_dead` hears which account must sign in again, `tell` what waits for a person."""

    def __init__(
        self, kit: Kit, account_dead: Callable[[int, BaseException], None],
        tell: Callable[[Notice], None],
    ) -> None:  # fmt: skip
        self._kit, self._account_dead, self._tell = kit, account_dead, tell
        self._checked_at: dict[int, int] = {}

    def recover(self) -> int:
        """At start: what was on the wire when the last engine died is in doubt. Its count."""
        look_at = self._kit.clock.now_ms() + int(LOOK_AFTER_S[0] * 1000)
        return self._kit.writer.submit(
            lambda tx: crm_cases.doubt_unanswered(tx, look_at), priority=Priority.SEND
        ).result()

    def after_jump(self) -> None:
        """Due times are wall-clock times: a clock that was set back must not keep a case here."""
        longest_ms = int(LONGEST_PAUSE_S * 1000)
        self._settle(partial(crm_cases.shorten_waits, longest_ms=longest_ms))

    def step(self) -> float:
        """Push what is queued, look for what is in doubt, ask for the state of the rest."""
        now = self._kit.clock.now_ms()
        self._check_states(now)
        if self._kit.readers.here(crm_cases.has_expired):
            self._settle(crm_cases.forget_expired)
        due = self._kit.readers.here(crm_cases.next_due)
        if due is None:
            return CHECK_MS / 1000
        if due > now:
            return (due - now) / 1000
        while self._start_next():
            pass
        self._look_for_doubtful(now)
        due = self._kit.readers.here(crm_cases.next_due)
        return CHECK_MS / 1000 if due is None else max(0.5, (due - now) / 1000)

    def check(self, account_id: int, remote_ids: list[str]) -> int:
        """Ask for the state of these cases now; how many were told. Raises ConnectorError,
        CredentialError. The caller holds the account's turn."""
        spec = self._kit.readers.here(partial(read_account, account_id=account_id))
        if spec is None:
            return 0
        states = crm_of(self._kit, spec).states(remote_ids)
        self._settle(partial(
            crm_cases.note_states, account_id=account_id, asked=remote_ids, states=states
        ))  # fmt: skip
        return len(states)

    # --- starting ---

    def _start_next(self) -> bool:
        busy = self._kit.turns.busy()
        claim = self._kit.writer.submit(
            lambda tx: crm_cases.claim_next(tx, busy), priority=Priority.SEND
        ).result()
        if claim is None:
            return False
        if not self._kit.turns.take(claim.account.id):  # another job began in between
            self._settle(partial(crm_cases.requeue, case_id=claim.id, next_at=0, reason=""))
            return False
        self._kit.pool.submit(self._job, self._push, claim)
        return True

    def _look_for_doubtful(self, now: int) -> None:
        for claim in self._kit.readers.here(lambda conn: crm_cases.looks_due(conn, now)):
            if self._kit.turns.take(claim.account.id):
                self._kit.pool.submit(self._job, self._look, claim)

    def _job(self, work: Callable[[Claim], None], claim: Claim) -> None:
        try:
            work(claim)
        except CommandError:  # its person was erased meanwhile, and the row with them
            log.info("case %d is not there any more", claim.id)
        except Exception:  # a bug, or the file refused: the row stays as the file has it
            log.exception("case %d: could not be settled", claim.id)
        finally:
            self._kit.turns.give_back(claim.account.id)
            self._kit.done()

    # --- on the wire ---

    def _push(self, claim: Claim) -> None:
        try:
            crm = crm_of(self._kit, claim.account)
        except SocialDeskError as e:  # nothing has left
            self._settle_failed_try(claim, after_try(e, claim.n_tries), e)
            return
        try:
            pushed = crm.push(claim.case)
        except Exception as e:
            if not isinstance(e, (ConnectorError, CredentialError)):
                log.exception("case %d: the connector failed in a way it should not", claim.id)
            self._settle_failed_try(claim, after_try(e, claim.n_tries), e)
        else:
            self._settle_sent(claim, pushed)

    def _settle_failed_try(self, claim: Claim, outcome: Outcome, error: BaseException) -> None:
        now, id = self._kit.clock.now_ms(), claim.id
        log.info("case %d: %s, %s", id, outcome.fate.value, outcome.reason)
        reason, detail = outcome.reason, outcome.detail[:500]
        match outcome.fate:
            case Fate.AGAIN:
                next_at = now + int(outcome.pause_s * 1000)
                self._settle(partial(crm_cases.requeue, case_id=id, next_at=next_at,
                                     reason=reason, detail=detail))  # fmt: skip
            case Fate.SIGN_IN:
                self._settle(partial(crm_cases.requeue, case_id=id, next_at=now + 60_000,
                                     reason=reason))  # fmt: skip
                self._account_dead(claim.account.id, error)
            case Fate.DOUBT:
                look_at = now + int(LOOK_AFTER_S[0] * 1000)
                self._settle(partial(crm_cases.mark_uncertain, case_id=id, look_at=look_at,
                                     reason=reason, detail=detail))  # fmt: skip
            case Fate.FAILED:
                self._settle(partial(crm_cases.settle_failed, case_id=id, reason=reason,
                                     detail=detail))  # fmt: skip
                self._tell_person(claim)

    def _look(self, claim: Claim) -> None:
        try:
            pushed = crm_of(self._kit, claim.account).find_case(claim.case)
        except (ConnectorError, CredentialError) as e:  # could not look: that tells nothing
            outcome = after_try(e, claim.n_looks + 1)
            if outcome.fate is Fate.SIGN_IN:
                self._account_dead(claim.account.id, e)
            pause_s = outcome.pause_s or back_off_s(claim.n_looks + 1)
            next_at = self._kit.clock.now_ms() + int(pause_s * 1000)
            self._settle(partial(crm_cases.look_later, case_id=claim.id, next_at=next_at))
        else:
            self._settle_look(claim, pushed)

    def _settle_look(self, claim: Claim, pushed: CrmPushed | None) -> None:
        now, n_looks = self._kit.clock.now_ms(), claim.n_looks + 1
        step = after_look(
            found=pushed is not None,
            n_looks=n_looks,
            age_s=(now - claim.first_tried_at) / 1000,
            repeat_safe_s=claim.account.card.repeat_safe_s if claim.account.card else 0,
        )
        log.info("case %d: look %d, %s", claim.id, n_looks, step.value)
        match step:
            case NextStep.SENT if pushed is not None:
                self._settle_sent(claim, pushed)
            case NextStep.REPEAT:
                next_at = now + int(back_off_s(claim.n_tries) * 1000)
                self._settle(partial(crm_cases.requeue, case_id=claim.id, next_at=next_at,
                                     reason=crm_cases.REPEAT))  # fmt: skip
            case NextStep.LOOK_AGAIN:
                wait_ms = int((LOOK_AFTER_S[n_looks] - LOOK_AFTER_S[n_looks - 1]) * 1000)
                self._settle(partial(crm_cases.note_look, case_id=claim.id, next_at=now + wait_ms))
            case _:
                self._settle(partial(crm_cases.note_look, case_id=claim.id, next_at=0))
                self._tell_person(claim)

    def _tell_person(self, claim: Claim) -> None:
        """A case that waits for a person is seen only where its mention is: say so at once."""
        text = tr(
            "A case for {crm} waits for you: «{subject}». Look under «Cases that wait…».",
            crm=claim.account.name, subject=claim.case.subject,
        )  # fmt: skip
        self._tell(Notice("crm_case", {"text": text}))

    # --- their state ---

    def _check_states(self, now: int) -> None:
        found = self._kit.readers.here(partial(
            crm_cases.to_check, before=now - CHECK_MS, made_after=now - CHECKED_MS
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

    def _settle_sent(self, claim: Claim, pushed: CrmPushed) -> None:
        self._settle(partial(crm_cases.settle_sent, case_id=claim.id, pushed=pushed))

    def _settle(self, write: Callable[..., object]) -> None:
        self._kit.writer.submit(lambda tx: write(tx), priority=Priority.SEND).result()


def crm_of(kit: Kit, account: AccountSpec) -> Crm:
    """The account's connector. Raises CredentialError, AuthExpiredError; RefusedError when the
    account is no CRM."""
    connector = kit.connections.connector(account)
    if not isinstance(connector, Crm):
        raise RefusedError(Refusal.PERMISSION, "this account is no CRM")
    return connector
