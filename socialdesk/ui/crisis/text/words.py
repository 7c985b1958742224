"""What statements, looks, facts and checks are called."""

from collections.abc import Callable, Mapping
from typing import Final

from socialdesk.domain.crisis.crisis_rows import FactRow, LookRow
from socialdesk.domain.crisis.incident import MINUTE_MS
from socialdesk.engine.words.incidents import look_name, statement_name
from socialdesk.i18n import LANGUAGES, tr, trn

KINDS: Final = (
    "first", "update", "nochange", "serious", "correction", "resolution", "staff", "oneoff",
)  # fmt: skip
SOURCE_KINDS: Final = ("seen", "document", "person", "authority", "system", "post")
SAYS: Final = ("yes", "no", "unclear")
GATES: Final = ("holding", "serious")
HASH_CHARS: Final = 12
TONES: Final[Mapping[str, str]] = {
    "open": "warn", "confirmed": "ok", "false": "danger", "unknowable": "plain",
}  # fmt: skip
Names = Mapping[str, Callable[[], str]]

_STATES: Final[Names] = {
    "open": lambda: tr("Open"),
    "confirmed": lambda: tr("Confirmed"),
    "false": lambda: tr("False"),
    "unknowable": lambda: tr("Cannot be known"),
}
_GATES: Final[Names] = {
    "holding": lambda: tr("Before the first statement"),
    "serious": lambda: tr("Before the serious statement"),
}
_SOURCES: Final[Names] = {
    "seen": lambda: tr("Seen with own eyes"),
    "document": lambda: tr("Document"),
    "person": lambda: tr("Person"),
    "authority": lambda: tr("Authority"),
    "system": lambda: tr("System"),
    "post": lambda: tr("Post on a network"),
}
_SAYS: Final[Names] = {
    "yes": lambda: tr("Yes"),
    "no": lambda: tr("No"),
    "unclear": lambda: tr("Unclear"),
}
_OUTBOX: Final[Names] = {
    "held": lambda: tr("held"),
    "approval": lambda: tr("waits for approval"),
    "queued": lambda: tr("queued"),
    "sending": lambda: tr("being sent"),
    "sent": lambda: tr("sent"),
    "failed": lambda: tr("failed"),
    "uncertain": lambda: tr("uncertain"),
    "taken_back": lambda: tr("taken back"),
    "discarded": lambda: tr("discarded"),
    "by_hand": lambda: tr("posted by hand"),
}


def kind_word(kind: str) -> str:
    """The name of a kind of statement."""
    return statement_name(kind)


def fact_state_word(state: str) -> str:
    """Where a fact stands."""
    return _named(_STATES, state)


def gate_word(gate: str) -> str:
    """What waits for a fact."""
    return _named(_GATES, gate)


def source_word(kind: str) -> str:
    """What a check leaned on."""
    return _named(_SOURCES, kind)


def says_word(says: str) -> str:
    """What a check came to."""
    return _named(_SAYS, says)


def look_word(look: LookRow) -> str:
    """A second look, never more than it was."""
    return look_name(look.kind, look.person, look.cooldown_ms // MINUTE_MS)


def outbox_word(state: str) -> str:
    """Where a published text stands."""
    return _named(_OUTBOX, state)


def lang_word(lang: str) -> str:
    """A language by its own name."""
    return LANGUAGES.get(lang, lang)


def hash12(digest: str) -> str:
    """An approval hash as screens show it."""
    return digest[:HASH_CHARS]


def checks_word(fact: FactRow) -> str:
    """ "2 of 3 checks"."""
    return trn("{k} of {n} check", "{k} of {n} checks", fact.n_needed, k=fact.n_checks,
               n=fact.n_needed)  # fmt: skip


def _named(names: Names, key: str) -> str:
    found = names.get(key)
    return found() if found else key
