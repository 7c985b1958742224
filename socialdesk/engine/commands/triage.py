"""Triage; every act of it can be undone."""

from socialdesk.domain.frozen import frozen


@frozen
class SetStatus:
    """`status`, `disposition`: values of `domain.mentions.status`. Mark unread is Status.NEW.
    `mutes`: their authors too, in the same act."""

    ids: tuple[int, ...]
    status: int
    disposition: int = 0
    mutes: bool = False


@frozen
class OpenMention:
    """Shown in the detail pane: new becomes open. Not in the undo stack."""

    id: int


@frozen
class Snooze:
    """Away until `until` (ms UTC)."""

    ids: tuple[int, ...]
    until: int


@frozen
class AddLabel:
    """The label is made when there is none of that name."""

    ids: tuple[int, ...]
    name: str


@frozen
class RemoveLabel:
    ids: tuple[int, ...]
    name: str


@frozen
class SetPriority:
    """0 = none, 1 = highest … 4."""

    ids: tuple[int, ...]
    level: int


@frozen
class Assign:
    """To a named person; 0 = to nobody."""

    ids: tuple[int, ...]
    person_id: int


@frozen
class SetMuted:
    """The authors of these mentions: what they write is filed as done and counted."""

    ids: tuple[int, ...]
    is_muted: bool


@frozen
class SetVip:
    """The authors of these mentions."""

    ids: tuple[int, ...]
    is_vip: bool


@frozen
class AddNote:
    id: int
    text: str


@frozen
class SetPinned:
    """Pinned ones stand on top of what needs a reply, in every order."""

    ids: tuple[int, ...]
    is_pinned: bool


@frozen
class Unmute:
    """Authors by their own ids, from the list of muted people. Files nothing back."""

    author_ids: tuple[int, ...]


@frozen
class Undo:
    """Takes back this operator's newest act not yet undone, or a reply that is still held or waits
    for approval, or what is held of a statement. Answer: kind, n, ids, n_left, job_id. When
    somebody changed its rows since it is refused (CHANGED_SINCE with the facts act, kind, n,
    n_moved); `past` that act it takes back what nobody changed, if only to get at older acts. A
    very large act is taken back by a job."""

    past: int = 0


@frozen
class Redo:
    """Does again what this operator undid last; as Undo."""

    past: int = 0


TriageCommand = (
    SetStatus | OpenMention | Snooze | AddLabel | RemoveLabel | SetPriority | Assign
    | SetMuted | SetVip | SetPinned | Unmute | AddNote | Undo | Redo
)  # fmt: skip
