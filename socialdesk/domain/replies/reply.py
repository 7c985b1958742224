"""A reply's only path: draft → approval → outbox, and what happens after a doubtful send."""

from datetime import datetime
from enum import Enum

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.picture import Picture


class OutboxState(Enum):
    """Where an outgoing reply is. The program says `sent` only after the network did."""

    APPROVAL = "approval"  # waits for a second look
    HELD = "held"  # can still be taken back, or is held for a reason
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # may be on the network: read back, never sent again blindly
    TAKEN_BACK = "taken_back"
    DISCARDED = "discarded"


class HoldReason(Enum):
    """Why a row is held."""

    UNDO = "undo"  # the ten seconds in which one key takes it back
    SCHEDULED = "scheduled"
    CRISIS = "crisis"
    RESTORED = "restored"  # the file came from a backup: a person decides
    ASK = "ask"  # the thread moved on meanwhile, or it is late: a person decides


ALLOWED: dict[OutboxState, frozenset[OutboxState]] = {
    OutboxState.APPROVAL: frozenset(
        {OutboxState.HELD, OutboxState.TAKEN_BACK, OutboxState.DISCARDED}
    ),
    OutboxState.HELD: frozenset(
        {OutboxState.QUEUED, OutboxState.HELD, OutboxState.TAKEN_BACK, OutboxState.DISCARDED}
    ),
    OutboxState.QUEUED: frozenset(  # failed without a try: the row itself is damaged
        {OutboxState.SENDING, OutboxState.HELD, OutboxState.FAILED, OutboxState.DISCARDED}
    ),
    OutboxState.SENDING: frozenset(
        {OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN, OutboxState.QUEUED}
    ),
    OutboxState.UNCERTAIN: frozenset(
        {OutboxState.SENT, OutboxState.QUEUED, OutboxState.DISCARDED, OutboxState.FAILED}
    ),
    OutboxState.FAILED: frozenset({OutboxState.QUEUED, OutboxState.DISCARDED, OutboxState.SENT}),
    OutboxState.SENT: frozenset(),
    OutboxState.TAKEN_BACK: frozenset(),
    OutboxState.DISCARDED: frozenset(),
}

# Besides, of a row that was on the wire before: not to be repeated any more, or found there while a
# person said that it is not.
ALLOWED_AFTER_TRY = {OutboxState.QUEUED: frozenset({OutboxState.UNCERTAIN, OutboxState.SENT})}
ENDED = frozenset(state for state, steps in ALLOWED.items() if not steps)

HOLD_MS = 10_000  # one key takes a reply back meanwhile
LATE_MIN = 10  # minutes after its time a scheduled reply asks instead of leaving
LOOK_AFTER_S = (5.0, 20.0, 120.0, 600.0)  # read-back after a doubtful send
LOOK_BACK_S = 120.0  # a found post may be older than our first try by clock skew
ON_THE_WAY_S = 60.0  # a repeat is decided so long, at most, before it is on its network


@frozen
class Outgoing:
    """One reply as a connector gets it, or a post of our own: that has no parent ("").

    `dedupe_key` and `made_at` are fixed before the first try and never change: a network that
    honours them answers a repeat with the same post."""

    parent_remote_id: str
    parent_uri: str
    text: str
    dedupe_key: str
    made_at: datetime
    lang: str = ""
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    pictures: tuple[Picture, ...] = ()  # each with its `name`: they were uploaded before

    @property
    def is_answer(self) -> bool:
        """False: a post of our own, under nobody's."""
        return bool(self.parent_remote_id)


@frozen
class Posted:
    """The post a network made of an outgoing text."""

    remote_id: str
    uri: str
    url: str = ""
    cost: int = 0  # millionths of a US dollar


@frozen
class BegunWith:
    """The approved words a reply was begun with, for who looks at the difference. `template`: with
    the slots filled as the writer filled them, "" = it began as free text."""

    template: str = ""
    name: str = ""


def may_move(before: OutboxState, after: OutboxState, n_tries: int) -> bool:
    """Whether a row that was on the wire `n_tries` times goes from `before` to `after`."""
    tried = ALLOWED_AFTER_TRY.get(before, frozenset()) if n_tries else frozenset()
    return after in ALLOWED[before] or after in tried


def addressed(text: str, handle: str, *, names_author: bool) -> str:
    """The text as it is posted: where the network tells nobody who is not named, "@handle " goes
    first, unless the text names them already. Composer, length check and connector all use it."""
    name = "@" + handle.lstrip("@")
    if not names_author or len(name) < 2 or name.casefold() in text.casefold():
        return text
    return f"{name} {text}"


class NextStep(Enum):
    """What the sender does with an uncertain row after looking."""

    SENT = "sent"
    LOOK_AGAIN = "look_again"
    REPEAT = "repeat"  # with the same key, where that is known to be harmless
    ASK = "ask"  # a person decides


def may_repeat(age_s: float, repeat_safe_s: int) -> bool:
    """Whether a doubtful try may go out again under its key, `age_s` seconds after the first one.
    Not by a clock that was set back behind it: how old the try is cannot be told then."""
    return 0 <= age_s < repeat_safe_s - ON_THE_WAY_S


def after_look(
    *, found: bool, n_looks: int, age_s: float, repeat_safe_s: int, reads_back: bool = True
) -> NextStep:
    """What to do after the `n_looks`-th look (from 1), `age_s` seconds after the first try.
    `reads_back` False: looking tells nothing there, so a person decides at once."""
    if found:
        return NextStep.SENT
    if may_repeat(age_s, repeat_safe_s):
        return NextStep.REPEAT
    return NextStep.LOOK_AGAIN if reads_back and n_looks < len(LOOK_AFTER_S) else NextStep.ASK
