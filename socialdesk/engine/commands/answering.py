"""Answering: drafts, replies on their way, approvals of replies."""

from socialdesk.domain.frozen import frozen


@frozen
class SaveDraft:
    """Without words and plan the draft is removed. `plan`: JSON, see `domain/replies/plan.py`."""

    mention_id: int
    text: str
    version_id: int = 0
    values: tuple[tuple[str, str], ...] = ()
    lang: str = ""
    plan: str = "{}"


@frozen
class SendReply:
    """Into the outbox: held for the undo time, for approval, or refused (CommandError).

    `version_id` with `values`: the text is that approved template with its slots filled, and
    below it those of `more_versions`; other words make it free text under the policy.
    `visibility` "" = as the network's custom is.
    `pictures`: (file in the media folder, MIME type, alt text) each, see `AddMedia`. `send_at`
    (ms UTC, 0 = now): it leaves then, or comes back as a draft when they write first, if
    `is_dropped_if_written`. `promise_at` (ms UTC, 0 = none): what the words promise.
    `line` ("outage/ack", "common/dont_know"): under a lock the text is that approved line with
    its slots filled by `values`; `facts`: what its claim leans on.
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
    pictures: tuple[tuple[str, str, str], ...] = ()
    send_at: int = 0
    is_dropped_if_written: bool = True
    promise_at: int = 0
    promise_words: str = ""
    more_versions: tuple[int, ...] = ()
    line: str = ""
    facts: tuple[int, ...] = ()


@frozen
class TakeBack:
    """A reply that is still held: back to a draft."""

    outbox_id: int


@frozen
class SendNow:
    """A held row: end the waiting. A failed row: try again. (Never an uncertain one.)"""

    outbox_id: int


@frozen
class Discard:
    """A row that shall never be sent: held, queued, failed, uncertain, for approval. `reason`: of a
    second look that rejects it; a note on the mention."""

    outbox_id: int
    reason: str = ""


@frozen
class SettleUncertain:
    """A person looked on the network. `is_there`: count it as sent (at `url`), else queue it."""

    outbox_id: int
    is_there: bool
    url: str = ""


@frozen
class ApproveReply:
    """A second look at the exact text with this hash."""

    outbox_id: int
    hash: str


@frozen
class MarkAnswered:
    """Answered by hand in the browser; `url` of the answer, "" when not told."""

    mention_id: int
    url: str = ""
    text: str = ""


@frozen
class EditSent:
    """Change a sent reply on the network (an approved text or free text under the policy)."""

    outbox_id: int
    text: str


@frozen
class DeleteSent:
    """Take a sent reply off the network."""

    outbox_id: int


@frozen
class Reschedule:
    """A reply that is held, or waits for approval: it leaves at `send_at` (ms UTC) instead."""

    outbox_id: int
    send_at: int
    is_dropped_if_written: bool = True


@frozen
class SendBack:
    """The second look asks for a change: a draft again, with `comment` for its writer."""

    outbox_id: int
    comment: str


@frozen
class MakePromise:
    """By hand: the mention comes back before `due_at` (ms UTC)."""

    mention_id: int
    due_at: int
    words: str = ""


@frozen
class DropPromise:
    """A promise that need not be kept any more."""

    promise_id: int


@frozen
class AddMedia:
    """Copies the picture at `path` into the workspace's media folder, without what a camera wrote
    into it (place, time, owner). Answers its file, MIME type and size: `file`, `mime`, `n_bytes`,
    and `n_before`: bytes of the one at `path`.

    `max_bytes`: a larger one is made smaller, as JPEG; what cannot be goes on as it is. 0 = any.
    A picture that the window wrote down only for this (`small_pictures.is_passing`) is removed.
    """

    path: str
    max_bytes: int = 0


@frozen
class MakeThumbnail:
    """A picture of the media folder, small: answers `png`, base64 of a PNG of at most `side` px in
    each direction, "" when it cannot be shown."""

    file: str
    side: int


AnsweringCommand = (
    SaveDraft | SendReply | TakeBack | SendNow | Discard | SettleUncertain | ApproveReply
    | MarkAnswered | EditSent | DeleteSent | Reschedule | SendBack | MakePromise | DropPromise
    | AddMedia | MakeThumbnail
)  # fmt: skip
