"""Which view holds a mention, as far as the window can tell before the store does."""

from socialdesk.domain.mentions.status import NEEDS_REPLY, Disposition, Status
from socialdesk.domain.queue.rows import QueueRow, View

_STAYS = {
    View.NEEDS_REPLY: NEEDS_REPLY, View.NEW: NEEDS_REPLY, View.WAITING: (Status.WAITING,),
    View.OVERDUE: NEEDS_REPLY, View.DUE_SOON: NEEDS_REPLY,
    View.SNOOZED: (Status.SNOOZED,), View.DONE: (Status.DONE,), View.SPAM: (Status.SPAM,),
}  # fmt: skip


def stays(view: View, status: Status) -> bool:
    """Whether a mention stays in the list after an act gave it this status. One just read stays
    under New until the list is made anew."""
    return view not in _STAYS or status in _STAYS[view]


def belongs(view: View, row: QueueRow) -> bool:
    """Whether a mention that just came or changed would be found in this view."""
    if view is View.NEW:
        return row.status is Status.NEW
    if view in {View.OVERDUE, View.DUE_SOON}:
        return False  # time moves these: the list is asked for anew with each tick
    if view is View.MUTED:
        return row.disposition is Disposition.MUTED
    return bool(row.author) and stays(view, row.status)
