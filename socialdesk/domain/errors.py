"""Everything that can go wrong outside our code, as facts. Words: `engine/words/messages.py`."""

from enum import Enum


class SocialDeskError(Exception):
    """The base of all expected errors; anything else is a bug."""


class StoreFault(Enum):
    """Why the workspace file cannot be used as asked."""

    NEWER = "newer"  # written by a later program: never touched
    OLDER = "older"  # for a reader: the engine is about to bring it up to date
    DAMAGED = "damaged"  # a check failed; recovery is offered
    FULL = "full"  # no space on the disk, nothing was half written
    LOCKED = "locked"  # another program holds the file
    READ_ONLY = "read_only"
    FOREIGN = "foreign"  # SQLite, but not ours; or no SQLite file at all
    CLOSED = "closed"  # the writer has ended
    BACKUP = "backup"  # a fresh backup failed its check; the workspace itself did not
    OTHER = "other"


class StoreError(SocialDeskError):
    """The workspace file refused. `detail` never holds a stranger's words."""

    def __init__(self, fault: StoreFault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault, self.detail = fault, detail


class CredentialFault(Enum):
    """Why the system keyring cannot be used."""

    NONE = "none"  # no keyring service on this machine
    LOCKED = "locked"
    TIMEOUT = "timeout"  # silent, or a prompt that nobody answered
    REFUSED = "refused"  # denied, or what it gave back was damaged
    PRACTICE = "practice"  # where everything is invented no real service's secret is kept


class CredentialError(SocialDeskError):
    """The system keyring refused. Holds no secret."""

    def __init__(self, fault: CredentialFault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault, self.detail = fault, detail


class ConnectorError(SocialDeskError):
    """A network did not do what was asked."""


class AuthExpiredError(ConnectorError):
    """The sign-in is dead: stop the account, ask to sign in again."""


class RateLimitedError(ConnectorError):
    """Too many requests; wait `retry_after_s` seconds (already capped and positive)."""

    def __init__(self, retry_after_s: float, detail: str = "") -> None:
        super().__init__(detail or f"wait {retry_after_s:.0f} s")
        self.retry_after_s = retry_after_s


class UnreachableError(ConnectorError):
    """No answer, or a transient one. `maybe_done`: the request may have reached the network,
    so a post may exist (time-out, broken connection, 5xx); False when it surely never left.
    `is_missing`: nothing is at the address; after some days it is taken for gone."""

    def __init__(
        self, detail: str = "", *, maybe_done: bool = True, is_missing: bool = False
    ) -> None:
        super().__init__(detail)
        self.maybe_done, self.is_missing = maybe_done, is_missing


class Refusal(Enum):
    """Why a network refused for good. Source: networks sheet, rules for all adapters."""

    PERMISSION = "permission"
    DUPLICATE = "duplicate"
    GONE = "gone"
    TEXT = "text"
    NOT_APPROVED = "not_approved"
    NO_CREDIT = "no_credit"
    UNSAFE = "unsafe"  # our own refusal: private address, insecure redirect, too large
    OTHER = "other"


class RefusedError(ConnectorError):
    """The network said no: show why, never repeat by itself."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason, self.detail = reason, detail


class BadAnswerError(ConnectorError):
    """A whole answer we cannot read: the cursor stays where it was. `is_html`: a web page came, as
    proxies, captive portals and maintenance screens send."""

    def __init__(self, detail: str = "", *, is_html: bool = False) -> None:
        super().__init__(detail)
        self.is_html = is_html


class CommandFault(Enum):
    """Why the desk did not do what was asked; each has a sentence in `engine/words/messages.py`."""

    NOT_FOUND = "not_found"
    SLOT_EMPTY = "slot_empty"
    SLOT_WRONG = "slot_wrong"  # filled with something of another kind
    NOT_APPROVED = "not_approved"
    POLICY = "policy"
    SAME_PERSON = "same_person"  # pair mode: somebody else must look
    TOO_LONG = "too_long"
    EMPTY = "empty"
    CHANGED_SINCE = "changed_since"  # undo: somebody changed those rows since
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING_TO_REDO = "nothing_to_redo"
    TOO_LATE = "too_late"  # the reply is no longer held
    BROWSER_ONLY = "browser_only"
    ALREADY_ANSWERED = "already_answered"
    THREAD_MOVED = "thread_moved"
    BAD_INPUT = "bad_input"
    LOCKED = "locked"  # crisis lock
    NOT_WRITTEN = "not_written"  # a file of ours; facts: file, why (the system's words)
    NOT_PRINTED = "not_printed"  # the printing process; facts: why (slow, ended, empty)
    RULE = "rule"  # a rule makes no sense; facts: code and fact of a RuleFault
    NOT_TRIED = "not_tried"  # a rule whose dry run nobody saw
    PIN = "pin"  # facts: why (none, short, wrong, wait, old, reason), n left or minutes
    PERSON = "person"  # facts: why (away, here, last, role, name), name, code (of an incident)
    NOT_NOTIFIED = "not_notified"  # the notify service; facts: why
    PASTED = "pasted"  # what was pasted is not what this sign-in waits for
    PORTS_TAKEN = "ports_taken"  # nothing can come back from the browser; facts: list
    SPENT = "spent"  # the month's cap would be passed; facts: cap, spent (US dollars)
    LIMITS = "limits"  # red would begin below amber; facts: red, amber (settings), n, of (values)
    PICTURE = "picture"  # a picture cannot go with it; facts: why (PictureFault), limit


class CommandError(SocialDeskError):
    """A command was refused and changed nothing. `facts`: plain values for the sentence."""

    def __init__(self, fault: CommandFault, **facts: str | int) -> None:
        super().__init__(fault.value)
        self.fault, self.facts = fault, facts


class EngineLostError(SocialDeskError):
    """The engine ended before it answered, and nobody can tell any more: it may be done."""


class EngineMuteError(SocialDeskError):
    """The engine has an answer that cannot be written down, which is a bug: it may be done."""


class EngineDeafError(SocialDeskError):
    """The engine stands still and too much waits for it: this command was not taken."""
