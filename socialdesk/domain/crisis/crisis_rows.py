"""What screens, the command line and reports read of an incident. Times are ms UTC, 0 = none."""

from collections.abc import Mapping
from dataclasses import field

from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.status import NEEDS_REPLY, UNDECIDED, Status
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import OutboxState


@frozen
class HeldRow:
    """A row of the outbox that an incident holds."""

    outbox_id: int
    mention_id: int
    account: str
    to: str
    text: str
    held_at: int
    was_due_at: int  # a scheduled reply's own time
    decision: str = ""
    incident_id: int = 0


@frozen
class FlightRow:
    """A row that was on the wire when it was declared, with what became of it."""

    outbox_id: int
    mention_id: int
    account: str
    to: str
    state: str  # OutboxState


@frozen
class StepRow:
    """One line of the checklist."""

    id: int
    key: str
    phase: str
    role: str
    text: str
    due_at: int
    done_at: int
    by: str = ""
    note: str = ""
    skipped_why: str = ""


@frozen
class CheckRow:
    """One look at a fact."""

    id: int
    at: int
    person: str
    source_kind: str
    source_ref: str
    says: str


@frozen
class FactRow:
    """`n_checks`: independent yes checks so far, of `n_needed`."""

    id: int
    key: str
    gate: str
    question: str
    answer: str
    claim: str
    state: str
    n_checks: int
    n_needed: int
    checks: tuple[CheckRow, ...] = ()
    leaning: tuple[int, ...] = ()  # published version ids that lean on it
    sentences: tuple[str, ...] = ()  # what they say of it, ours
    replies: tuple[int, ...] = ()  # outbox ids of lines that were sent and lean on it


@frozen
class LookRow:
    """An approval as it is named: `kind` is a Look; `ended` says why it counts no more."""

    approval_id: int
    kind: str
    person: str
    at: int
    ends_at: int
    how: str = ""
    ended: str = ""
    cooldown_ms: int = 0  # self_cooldown: how long after the last edit


@frozen
class VersionText:
    """One version of a statement in one language, with its looks and where it went out."""

    version_id: int
    n: int
    lang: str
    text: str
    hash: str
    blocks: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    accounts: tuple[int, ...]
    facts: tuple[int, ...]
    next_update_at: int
    person: str
    person_id: int
    edited_at: int
    looks: tuple[LookRow, ...] = ()
    published: tuple[tuple[int, str, str, int], ...] = ()  # (outbox id, account, state, sent at)
    cooled_at: int = 0  # when the same person may look (again), ms UTC, by the wall clock
    skipped: tuple[str, ...] = ()  # codes of checks that were skipped for this exact text
    pictures: tuple[Picture, ...] = ()

    @property
    def standing(self) -> tuple[LookRow, ...]:
        """The looks that still count."""
        return tuple(look for look in self.looks if not look.ended)


@frozen
class StatementRow:
    """One statement with the newest version of each language first."""

    id: int
    kind: str
    audience_id: int
    audience: str
    mention_id: int
    supersedes_id: int
    posture: str
    at: int
    dropped_at: int
    versions: tuple[VersionText, ...] = ()


@frozen
class LineRow:
    """A reply line for this incident and language. `state`: approved, none, ended; `missing`: why
    it cannot be sent now, a refusal code or "" (R11, R23, R25, R26, R27). `line_id` 0: nobody
    prepared it yet."""

    playbook: str
    key: str
    lang: str
    text: str
    is_claim: bool
    is_safety: bool
    line_id: int = 0
    hash: str = ""
    state: str = "none"
    missing: str = ""
    facts: tuple[int, ...] = ()
    looks: tuple[LookRow, ...] = ()
    prepared_at: int = 0
    person: str = ""  # who prepared it
    person_id: int = 0
    is_quiet: bool = False  # approved in quiet times


@frozen
class DueRow:
    """A promise: to the public, to an audience, or to one asker. `state`: open, kept, late,
    broken."""

    id: int
    to_kind: str  # public, audience, mention
    to: str
    due_at: int
    state: str
    mention_id: int = 0
    kept_at: int = 0


@frozen
class AudienceRow:
    """One audience; in an incident with when it was last told."""

    id: int
    name: str
    kind: str
    channel: str
    address: str
    lang: str
    spokesperson: str
    contact: str
    tested_at: int
    told_at: int = 0
    is_in_incident: bool = False


@frozen
class LogRow:
    """One event of the incident's log. `data` holds our ids, codes and texts."""

    seq: int
    at: int
    person: str
    kind: str
    data: Mapping[str, object] = field(default_factory=dict)


@frozen
class LinkedRow:
    """A mention of the incident, in the order of the queue under a lock. `is_answered`: the network
    has a reply. `reply`: the newest one that stands in the outbox, None = there is none."""

    mention_id: int
    category: str
    is_asked: bool
    is_answered: bool
    author: str
    words: str
    reach: int
    at: int
    status: Status = Status.NEW
    reply: OutboxState | None = None

    @property
    def is_open(self) -> bool:
        """Nobody has answered it or decided about it; a reply on its way is no answer yet."""
        is_on_its_way = self.reply is not None
        return not self.is_answered and (is_on_its_way or self.status in UNDECIDED)

    @property
    def needs_reply(self) -> bool:
        """Nobody has written one, and nobody has decided that it needs none."""
        return not self.is_answered and self.reply is None and self.status in NEEDS_REPLY


@frozen
class TaskRow:
    """An action of the review. `owner_id` 0 = nobody yet."""

    id: int
    text: str
    owner: str = ""
    owner_id: int = 0
    due_at: int = 0
    done_at: int = 0


@frozen
class Review:
    """The review as it was last saved. `fields`: cause, went_well, went_badly, public_message;
    one that nobody wrote is missing."""

    fields: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[TaskRow, ...] = ()


@frozen
class Standing:
    """Everything a bar or title shows of what is open: the worst first. `next_due_at`: of the next
    promise. `n_held`: rows nobody decided about."""

    incident: Incident
    next_due_at: int = 0
    is_late: bool = False
    n_held: int = 0
    n_mentions: int = 0
    commander: str = ""
    mode: str = "solo"
