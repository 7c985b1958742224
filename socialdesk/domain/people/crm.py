"""Cases and tasks made of mentions for a CRM, and what a CRM knows of a person.

A case is made once: its key is fixed before the first try, and what is in doubt is looked for
before anything is repeated, as with replies (`domain/replies/reply.py`).
"""

from datetime import datetime
from enum import Enum
from typing import Final

from socialdesk.domain.frozen import frozen

NOT_TIED: Final = "not_tied"  # it is there, and the person's record could not be joined to it
MAX_SUBJECT, MAX_BODY = 255, 30_000  # characters; what every CRM here takes


class CaseKind(Enum):
    """What is made there."""

    CASE = "case"  # a ticket somebody answers for
    TASK = "task"  # a thing to do


@frozen
class CrmPerson:
    """Whom to look for; any of it may be "". Nothing else of the person leaves the machine."""

    name: str = ""
    email: str = ""
    handle: str = ""
    phone: str = ""


@frozen
class CrmRecord:
    """A person as the CRM knows them. `facts`: label and value, as they come there."""

    remote_id: str
    name: str
    url: str
    facts: tuple[tuple[str, str], ...] = ()


@frozen
class CrmCase:
    """What is pushed. `key`: our own id of it, fixed before the first try: where the CRM honours
    it, a repeat makes no second one. `person_remote_id`: the record it belongs to, "" = none."""

    key: str
    kind: CaseKind
    subject: str
    body: str
    made_at: datetime
    person_remote_id: str = ""


@frozen
class CrmPushed:
    """The case as the CRM made it. `state`: in the CRM's own words, "" = not told. `note`: what is
    not as it was asked for, as a code: NOT_TIED."""

    remote_id: str
    url: str
    state: str = ""
    note: str = ""


class CaseState(Enum):
    """Where a case is. The program says `sent` only after the CRM did."""

    QUEUED = "queued"  # until its first try it can still be taken back
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # may be there: looked for, never pushed again blindly
    DISCARDED = "discarded"


CASE_STEPS: Final[dict[CaseState, frozenset[CaseState]]] = {
    CaseState.QUEUED: frozenset({CaseState.SENDING, CaseState.DISCARDED, CaseState.FAILED}),
    CaseState.SENDING: frozenset(
        {CaseState.SENT, CaseState.FAILED, CaseState.UNCERTAIN, CaseState.QUEUED}
    ),
    CaseState.UNCERTAIN: frozenset(
        {CaseState.SENT, CaseState.QUEUED, CaseState.DISCARDED, CaseState.UNCERTAIN}
    ),
    CaseState.FAILED: frozenset({CaseState.QUEUED, CaseState.DISCARDED, CaseState.SENT}),
    CaseState.SENT: frozenset(),
    CaseState.DISCARDED: frozenset(),
}

# Besides, of a case that was on the wire before: not to be repeated any more, or found there while
# a person said that it is not.
STEPS_AFTER_TRY: Final = {
    CaseState.QUEUED: frozenset({CaseState.UNCERTAIN, CaseState.SENT}),
}
ENDED: Final = frozenset(state for state, steps in CASE_STEPS.items() if not steps)


def may_step(before: CaseState, after: CaseState, n_tries: int) -> bool:
    """Whether a case that was on the wire `n_tries` times goes from `before` to `after`."""
    tried = STEPS_AFTER_TRY.get(before, frozenset()) if n_tries else frozenset()
    return after in CASE_STEPS[before] or after in tried


@frozen
class CaseRow:
    """One case for people. Times are ms UTC, 0 = none. `next_at` of an uncertain one: 0 = the
    program has looked often enough, a person decides. `remote_state`: in the CRM's own words."""

    id: int
    mention_id: int
    account_id: int
    account: str
    kind: CaseKind
    subject: str
    state: CaseState
    made_at: int
    person: str = ""
    reason: str = ""
    detail: str = ""
    n_tries: int = 0
    next_at: int = 0
    url: str = ""
    remote_state: str = ""
    checked_at: int = 0

    @property
    def is_held(self) -> bool:
        """Whether nothing of it has left: it can be taken back without a trace."""
        return self.state is CaseState.QUEUED and not self.n_tries


@frozen
class RecordRow:
    """What a CRM showed of an author when somebody last looked. `is_chosen`: a person said that
    this is them."""

    account_id: int
    account: str
    record: CrmRecord
    is_chosen: bool
    looked_at: int


@frozen
class CrmAccount:
    """A CRM that cases can be made in. `is_on`: signed in. `looks_up`: people are looked up when
    their mention is shown, without a click."""

    id: int
    name: str
    network: str
    is_on: bool = True
    looks_up: bool = False
