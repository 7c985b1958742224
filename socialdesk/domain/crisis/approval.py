"""What is approved is one exact text: its hash. Source: crisis-mode specification, section 5."""

import unicodedata
from collections.abc import Iterable
from enum import Enum

from socialdesk.domain.journal import canonical_json


class Look(Enum):
    """Who looked before a text was approved. Only the first means two people."""

    PERSON_HERE = "person_here"
    PERSON_AWAY = "person_away"
    SELF_COOLDOWN = "self_cooldown"
    SELF = "self"  # same person, normal times only


class TeamMode(Enum):
    """How many people stand behind a reply."""

    SOLO = "solo"
    PAIR = "pair"


class Policy(Enum):
    """What a reply needs beyond an approved template."""

    FREE = "free"  # free text allowed
    APPROVAL = "approval"  # free text waits for a second look
    TEMPLATES = "templates"  # approved templates only


DEFAULT_POLICY = {TeamMode.SOLO: Policy.FREE, TeamMode.PAIR: Policy.APPROVAL}


def canonical_text(text: str) -> str:
    """NFC, LF line ends, no blanks at line ends, no empty lines at both ends; nothing else."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n")


def approval_hash(
    *,
    kind: str,
    lang: str,
    text: str,
    incident: str | None = None,
    accounts: Iterable[str] = (),
    media: Iterable[str] = (),
) -> str:
    """SHA-256 hex over text, language, accounts and media. `accounts`: "network:name"; `media`:
    SHA-256 hex of each file. The order of both does not count."""
    import hashlib  # its library takes 3 ms, and the window hashes nothing while it starts

    value = {
        "v": 1, "incident": incident, "kind": kind, "lang": lang, "text": canonical_text(text),
        "accounts": sorted(accounts), "media": sorted(media),
    }  # fmt: skip
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def may_approve(mode: TeamMode, *, writer: int, approver: int) -> bool:
    """In normal times: solo = the owner in a deliberate step; pair = somebody else."""
    return mode is TeamMode.SOLO or writer != approver
