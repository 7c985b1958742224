"""Answering: drafts, replies on their way, approvals of replies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """An empty text removes the draft."""

    mention_id: int
    text: str
    version_id: int = 0
    values: tuple[tuple[str, str], ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class SendReply:
    """Into the outbox: held for the undo time, for approval, or refused (CommandError).

    `version_id` with `values`: the text is that approved template with its slots filled; other
    words make it free text under the policy. `visibility` "" = as the network's custom is.
    `is_sure`: the operator was told that the thread moved on or was answered, and goes on."""

    mention_id: int
    text: str
    version_id: int = 0
    values: tuple[tuple[str, str], ...] = ()
    lang: str = ""
    visibility: str = ""
    warning: str = ""
    is_sure: bool = False
    known_posts: tuple[int, ...] = ()  # mention ids of the thread the operator saw


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A reply that is still held: back to a draft."""

    outbox_id: int


@dataclass(frozen=True, slots=True)
class SendNow:
    """A held row: end the waiting. A failed row: try again. (Never an uncertain one.)"""

    outbox_id: int


@dataclass(frozen=True, slots=True)
class Discard:
    """A row that shall never be sent: held, queued, failed, uncertain, for approval."""

    outbox_id: int


@dataclass(frozen=True, slots=True)
class SettleUncertain:
    """A person looked on the network. `is_there`: count it as sent (at `url`), else queue it."""

    outbox_id: int
    is_there: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class ApproveReply:
    """A second look at the exact text with this hash."""

    outbox_id: int
    hash: str


@dataclass(frozen=True, slots=True)
class MarkAnswered:
    """Answered by hand in the browser; `url` of the answer, "" when not told."""

    mention_id: int
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class EditSent:
    """Change a sent reply on the network (an approved text or free text under the policy)."""

    outbox_id: int
    text: str


@dataclass(frozen=True, slots=True)
class DeleteSent:
    """Take a sent reply off the network."""

    outbox_id: int


AnsweringCommand = (
    SaveDraft | SendReply | TakeBack | SendNow | Discard | SettleUncertain | ApproveReply
    | MarkAnswered | EditSent | DeleteSent
)  # fmt: skip
