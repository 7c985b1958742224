"""Everything a person can do. Each command is written with its journal entry (and its inverse, when
it can be undone) in the transaction of its effect. Field types are those JSON has (`codec.py`).
What may hold a secret stays out of a `repr`."""

from dataclasses import dataclass, field

# --- triage: undoable ---


@dataclass(frozen=True, slots=True)
class SetStatus:
    """`status`, `disposition`: values of `domain.status`. Mark unread is Status.NEW."""

    ids: tuple[int, ...]
    status: int
    disposition: int = 0


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
class Undo:
    """Takes back this operator's newest act not yet undone, or a reply still held."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Does again what this operator undid last."""


# --- answering ---


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


# --- templates ---


@dataclass(frozen=True, slots=True)
class SaveTemplate:
    """A new, unapproved version. `template_id` 0 makes a new template. Answer: template_id,
    version_id, hash."""

    name: str
    body: str
    lang: str
    folder: str = ""
    template_id: int = 0


@dataclass(frozen=True, slots=True)
class ApproveVersion:
    """One deliberate step that showed the text; `hash` is what was shown."""

    version_id: int
    hash: str


@dataclass(frozen=True, slots=True)
class ArchiveTemplate:
    template_id: int
    is_archived: bool = True


@dataclass(frozen=True, slots=True)
class InstallPack:
    """The templates of a pack that ships with the program, or of a file: unapproved. Answer:
    versions, a list of [version_id, hash]; templates already there by name are left alone."""

    name: str  # a pack's name, or a path


# --- accounts ---


@dataclass(frozen=True, slots=True)
class AddAccount:
    """Sign in with typed fields. `session_only`: keep the secret in memory only, because the
    person agreed. Answer: account_id, or `needs_browser`. `backfill_days`: how far back."""

    network: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    watches: tuple[tuple[str, str, str], ...] = ()  # kind, query, brand words
    backfill_days: int = 7
    session_only: bool = False
    account_id: int = 0  # sign in again, in place


@dataclass(frozen=True, slots=True)
class BeginSignIn:
    """Answer: `url` for the asker to open and `ticket` for `FinishSignIn`."""

    network: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FinishSignIn:
    """Waits for the browser (5 minutes at most), or takes a pasted `code`. As AddAccount."""

    ticket: str
    code: str = field(default="", repr=False)
    watches: tuple[tuple[str, str, str], ...] = ()
    backfill_days: int = 7
    session_only: bool = False
    account_id: int = 0


@dataclass(frozen=True, slots=True)
class CancelSignIn:
    ticket: str


@dataclass(frozen=True, slots=True)
class ListNetworks:
    """Which kinds of source can be added. Answer: `networks`, a list of NetworkRow as lists.

    A command, because connectors live in the engine's process."""


@dataclass(frozen=True, slots=True)
class TestFetch:
    """Try a source without keeping it. Answer: n, examples (author, words), card facts."""

    network: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    watch: tuple[str, str, str] = ("mentions", "", "")


@dataclass(frozen=True, slots=True)
class SetAccountOn:
    account_id: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Revoke and forget the sign-in; mentions stay."""

    account_id: int


@dataclass(frozen=True, slots=True)
class AddWatch:
    account_id: int
    kind: str
    query: str = ""
    brand_words: str = ""
    backfill_days: int = 7


@dataclass(frozen=True, slots=True)
class RemoveWatch:
    watch_id: int


@dataclass(frozen=True, slots=True)
class FetchNow:
    """0 = every account. Answer (when `wait`): n_new, n_failed."""

    account_id: int = 0
    wait: bool = False


@dataclass(frozen=True, slots=True)
class FetchThread:
    """Fetch the posts around a mention and its author's profile, for the detail pane."""

    mention_id: int


# --- workspace ---


@dataclass(frozen=True, slots=True)
class SetSetting:
    """Known keys are in `engine/settings.py`; "" goes back to the default."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class AddPerson:
    name: str


@dataclass(frozen=True, slots=True)
class BePerson:
    """ "I am …": who is at the keys."""

    person_id: int


@dataclass(frozen=True, slots=True)
class SaveView:
    """`view_id` 0 makes a new one."""

    name: str
    search: str
    view_id: int = 0


@dataclass(frozen=True, slots=True)
class DeleteView:
    view_id: int


@dataclass(frozen=True, slots=True)
class BackUp:
    """Answer: path, n_mentions (counted in the backup, opened again)."""

    path: str = ""  # "" = the workspace's backups folder


@dataclass(frozen=True, slots=True)
class Quit:
    """The engine finishes the reply on the wire, closes the file and ends."""


Command = (
    SetStatus | OpenMention | Snooze | AddLabel | RemoveLabel | SetPriority | Assign | SetMuted
    | SetVip | AddNote | Undo | Redo | SaveDraft | SendReply | TakeBack | SendNow | Discard
    | SettleUncertain | ApproveReply | MarkAnswered | EditSent | DeleteSent | SaveTemplate
    | ApproveVersion | ArchiveTemplate | InstallPack | AddAccount | BeginSignIn | FinishSignIn
    | CancelSignIn
    | ListNetworks | TestFetch | SetAccountOn | Disconnect | AddWatch | RemoveWatch | FetchNow
    | FetchThread
    | SetSetting | AddPerson | BePerson | SaveView | DeleteView | BackUp | Quit
)  # fmt: skip
