"""Triage; every act of it can be undone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetStatus:
    """`status`, `disposition`: values of `domain.status`. Mark unread is Status.NEW. `mutes`: their
    authors too, in the same act."""

    ids: tuple[int, ...]
    status: int
    disposition: int = 0
    mutes: bool = False


@dataclass(frozen=True, slots=True)
class OpenMention:
    """Shown in the detail pane: new becomes open. Not in the undo stack."""

    id: int


@dataclass(frozen=True, slots=True)
class Snooze:
    """Away until `until` (ms UTC)."""

    ids: tuple[int, ...]
    until: int


@dataclass(frozen=True, slots=True)
class AddLabel:
    """The label is made when there is none of that name."""

    ids: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class RemoveLabel:
    ids: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class SetPriority:
    """0 = none, 1 = highest … 4."""

    ids: tuple[int, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Assign:
    """To a named person; 0 = to nobody."""

    ids: tuple[int, ...]
    person_id: int


@dataclass(frozen=True, slots=True)
class SetMuted:
    """The authors of these mentions: what they write is filed as done and counted."""

    ids: tuple[int, ...]
    is_muted: bool


@dataclass(frozen=True, slots=True)
class SetVip:
    """The authors of these mentions."""

    ids: tuple[int, ...]
    is_vip: bool


@dataclass(frozen=True, slots=True)
class AddNote:
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class SetPinned:
    """Pinned ones stand on top of what needs a reply, in every order."""

    ids: tuple[int, ...]
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class Unmute:
    """Authors by their own ids, from the list of muted people. Files nothing back."""

    author_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes back this operator's newest act not yet undone, or a reply still held. Answer: kind, n,
    ids, n_left, job_id. When somebody changed its rows since it is refused (CHANGED_SINCE with the
    facts act, kind, n, n_moved); `past` that act it takes back what nobody changed, if only to get
    at older acts. A very large act is taken back by a job."""

    past: int = 0


@dataclass(frozen=True, slots=True)
class Redo:
    """Does again what this operator undid last; as Undo."""

    past: int = 0


TriageCommand = (
    SetStatus | OpenMention | Snooze | AddLabel | RemoveLabel | SetPriority | Assign
    | SetMuted | SetVip | SetPinned | Unmute | AddNote | Undo | Redo
)  # fmt: skip
