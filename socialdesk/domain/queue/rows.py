"""What a screen shows: flat values read from the store, never written back. All times are ms UTC,
0 = none; screens turn them into local time."""

from array import array
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Sentiment
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import NO_PLAN, Plan
from socialdesk.domain.replies.reply import HoldReason, OutboxState

if TYPE_CHECKING:  # the window's first list has none of them
    from socialdesk.domain.account import AccountState, Card, Watch
    from socialdesk.domain.replies.template import TemplateState


class View(Enum):
    """The views every workspace has; saved views are searches."""

    NEEDS_REPLY = "needs_reply"
    NEW = "new"
    OVERDUE = "overdue"  # needs a reply, and its target has passed
    DUE_SOON = "due_soon"  # needs a reply within `due_soon_min` of open time
    WAITING = "waiting"
    SNOOZED = "snoozed"
    APPROVAL = "approval"  # outbox rows
    OUTBOX = "outbox"  # outbox rows
    DONE = "done"
    SPAM = "spam"
    MUTED = "muted"
    ALL = "all"
    PROBLEMS = "problems"  # accounts and set-aside items


class Order(Enum):
    """How a list of mentions is ordered."""

    NEED = "need"  # needs an answer soonest
    LONGEST = "longest"  # longest waiting
    NEWEST = "newest"
    REACH = "reach"


# The orders each list of mentions has an index for; the first stands in for all others.
ORDERS: dict[View, tuple[Order, ...]] = {
    View.NEEDS_REPLY: (Order.NEED, Order.LONGEST, Order.NEWEST, Order.REACH),
    View.NEW: (Order.NEED, Order.LONGEST, Order.NEWEST, Order.REACH),
    View.OVERDUE: (Order.NEED,),  # need: due first
    View.DUE_SOON: (Order.NEED,),
    View.WAITING: (Order.LONGEST, Order.NEWEST),
    View.SNOOZED: (Order.NEED, Order.LONGEST, Order.NEWEST),  # need: the snooze that ends first
    View.DONE: (Order.NEWEST, Order.LONGEST),
    View.SPAM: (Order.NEWEST, Order.LONGEST),
    View.MUTED: (Order.NEWEST, Order.LONGEST),
    View.ALL: (Order.NEWEST, Order.LONGEST),
}


@frozen
class QueueRow:
    """One row of the list. A row that is gone has `author == ""` and `status is DONE`."""

    id: int
    network: str
    author: str = ""
    handle: str = ""
    body: str = ""  # first 280 characters, one line
    at: int = 0
    due_at: int = 0
    status: Status = Status.DONE
    disposition: Disposition = Disposition.NONE
    priority: int = 0  # 0 none, 1 highest … 4
    snoozed_until: int = 0
    is_woken: bool = False  # a snooze ended: at the top, marked
    is_vip: bool = False
    is_edited: bool = False
    deleted_at: int = 0  # when that was seen; 0 = it is there
    n_reposts: int = 0
    reach: int = -1  # followers, -1 unknown
    assignee: str = ""
    labels: tuple[str, ...] = ()
    outbox: OutboxState | None = None  # the newest reply to it
    has_draft: bool = False
    is_damaged: bool = False  # its checksum does not fit
    is_pinned: bool = False
    sentiment: Sentiment = Sentiment.NOT_RATED  # what holds: corrected, else read
    n_alike: int = 1  # mentions with nearly the same words, this one included
    is_alarming: bool = False  # words of danger: on top
    promise_at: int = 0  # when what we promised them is due; 0 = nothing is open
    leaves_at: int = 0  # when the newest reply goes out by its schedule; 0 = it has none
    is_expired: bool = False  # its words were taken out: the network's terms


@frozen
class Badge:
    """One view's live count; capped counts end with +."""

    key: str
    n: int


@frozen
class Earlier:
    """Words a post had before an edit."""

    seen_at: int
    body: str
    warning: str = ""
    title: str = ""


@frozen
class ThreadPost:
    """One post of a thread, theirs or ours; `outbox_id` when it left (or will leave) from here."""

    mention_id: int  # 0 for a reply that is not on the network yet
    author: str
    handle: str
    body: str
    at: int
    is_own: bool = False
    url: str = ""
    warning: str = ""
    lang: str = ""
    is_edited: bool = False
    is_deleted: bool = False
    deleted_at: int = 0  # when that was seen; 0 = it is there, or nobody knows
    earlier: tuple[Earlier, ...] = ()
    attachments: tuple[tuple[str, str, str], ...] = ()  # url, kind, alt
    outbox_id: int = 0
    outbox: OutboxState | None = None
    by: str = ""  # the person here who wrote it
    leaves_at: int = 0  # when it goes out by its schedule; 0 = it has none
    is_expired: bool = False  # its words were taken out: the network's terms


@frozen
class Note:
    """A team's note on a mention; never leaves the machine."""

    id: int
    at: int
    person: str
    text: str


@frozen
class Draft:
    """An unsent reply as it was last saved."""

    mention_id: int
    text: str
    version_id: int = 0  # the template version it came from
    values: tuple[tuple[str, str], ...] = ()  # slot name, value
    lang: str = ""
    at: int = 0
    plan: Plan = NO_PLAN


@frozen
class Detail:
    """Everything the detail pane shows of one mention."""

    row: QueueRow
    account_id: int
    account: str  # "@shop@server"
    kind: Kind
    title: str
    body: str
    url: str
    lang: str
    visibility: Visibility
    warning: str
    n_stars: int
    can_reply: CanReply
    reply_note: str
    thread: tuple[ThreadPost, ...]
    notes: tuple[Note, ...]
    draft: Draft | None
    card: "Card | None"
    parent_remote_id: str
    answered_elsewhere: bool = False  # somebody of the brand replied on the network itself
    is_trimmed: bool = False  # the thread is longer than what is shown


@frozen
class AuthorCard:
    """The context pane: a person on one network and our history with them."""

    id: int
    network: str
    name: str
    handle: str
    url: str
    n_followers: int
    is_bot: bool
    is_vip: bool
    is_muted: bool
    first_seen_at: int
    n_mentions: int
    n_replies: int
    recent: tuple[QueueRow, ...] = ()


@frozen
class OutboxRow:
    """One outgoing reply."""

    id: int
    mention_id: int
    state: OutboxState
    account: str
    to: str  # the author answered
    text: str
    made_at: int
    hold: HoldReason | None = None
    held_until: int = 0
    reason: str = ""  # code of the last failure; engine/words/messages.py has the words
    detail: str = ""
    n_tries: int = 0
    url: str = ""
    sent_at: int = 0
    seen_public_at: int = 0
    person: str = ""
    template: str = ""
    next_at: int = 0
    hash: str = ""  # of the exact text and its pictures: what ApproveReply approves
    pictures: tuple[Picture, ...] = ()
    is_dropped_if_written: bool = False  # scheduled: not sent when they write first
    promise_at: int = 0  # what it promises, once it is out
    is_moderated: bool = False  # its network can tell when everybody sees it
    is_account_on: bool = True  # while it is not, nothing is tried


@frozen
class VersionRow:
    """One immutable version of a template in one language."""

    id: int
    n: int
    lang: str
    body: str
    author: str
    at: int
    state: "TemplateState"
    approved_by: str = ""
    look: str = ""  # kind of the approval
    hash: str = ""


@frozen
class TemplateRow:
    """A template with its newest versions, one per language and state."""

    id: int
    name: str
    folder: str
    n_uses: int
    versions: tuple[VersionRow, ...] = ()
    is_archived: bool = False
    is_light: bool = False  # of a light tone: locked in most crises


@frozen
class WatchHealth:
    """How one watch is doing."""

    id: int
    watch: "Watch"
    is_on: bool
    last_ok_at: int = 0
    next_at: int = 0
    n_failures: int = 0
    fault: str = ""  # error class of the last failure, "" when well
    detail: str = ""
    n_rejects: int = 0


@frozen
class AccountRow:
    """One account with its health."""

    id: int
    network: str
    name: str
    server: str
    state: "AccountState"
    fault: str = ""
    detail: str = ""
    added_at: int = 0
    card: "Card | None" = None
    watches: tuple[WatchHealth, ...] = ()
    is_session_only: bool = False
    has_main_password: bool = False  # signed in with the password of the whole account

    @property
    def is_crm(self) -> bool:
        """Nothing is fetched from it, and nothing posted there."""
        from socialdesk.domain.account import Can

        return self.card is not None and Can.CRM in self.card.can

    is_priced: bool = False  # its network takes money for each call


@frozen
class LabelRow:
    """A free tag and how many mentions wear it."""

    id: int
    name: str
    n: int = 0


@frozen
class SavedView:
    """A search with a name and a live count."""

    id: int
    name: str
    search: str
    position: int = 0
    order: str = ""  # value of Order, "" = the usual one
    notice: str = ""  # of new mentions in it: "" none, once, repeat


@frozen
class PersonRow:
    """Somebody who works here."""

    id: int
    name: str
    is_here: bool = False  # who is at the keys
    is_put_away: bool = False  # left the team: named where they worked, chosen for nothing


@frozen
class SearchFault:
    """What is wrong in a search, where (character offsets), for a sentence in place."""

    start: int
    end: int
    code: str  # unknown_operator, bad_value, unknown_value, open_quote, empty_operator
    word: str = ""
    operator: str = ""  # of a value, without its colon
    known: tuple[str, ...] = ()  # values that may be meant by an unknown one


@frozen
class Listing:
    """Ids of a list in its order. `ids`: int64 array. `n_total` is capped when `is_capped`."""

    ids: "array[int]" = field(repr=False)
    n_total: int = 0
    is_capped: bool = False
    faults: tuple[SearchFault, ...] = ()


@frozen
class JournalRow:
    """One journal entry for people."""

    seq: int
    at: int
    person: str
    kind: str
    data: str  # JSON


@frozen
class ExportRow:
    """One mention for a file: whole words. `reply`: the newest one that was sent, "" = none."""

    id: int
    network: str
    author: str
    handle: str
    at: int
    status: str
    labels: tuple[str, ...]
    lang: str
    body: str
    url: str
    reply: str
