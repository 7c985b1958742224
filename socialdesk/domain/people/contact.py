"""The person behind one or several authors: what we know of them, and how it is typed."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from typing import Final

from socialdesk.domain.frozen import frozen

MAX_NAME_CHARS: Final = 200
MAX_VALUE_CHARS: Final = 1_000
MAX_NOTE_CHARS: Final = 20_000
MAX_FIELDS: Final = 100  # of one person


_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f]")  # category Cc
_SURROGATES: Final = re.compile("[\ud800-\udfff]")  # category Cs


class FieldKind(Enum):
    """What a field of a contact holds; a person may have several of each."""

    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    ADDRESS = "address"
    BIRTHDAY = "birthday"  # as it was written: "1990-04-12", "--0412"
    ROLE = "role"
    HANDLE = "handle"  # a name on a network


_KINDS: Final = {kind.value: kind for kind in FieldKind}  # FieldKind(…) is six times as slow
_ORDER: Final = {value: n for n, value in enumerate(_KINDS)}
Fields = tuple[tuple[str, str], ...]  # (FieldKind value, text)
CHANNELS: Final = (FieldKind.EMAIL.value, FieldKind.PHONE.value)  # beside the networks' keys


@frozen
class Profile:
    """What can be typed about a person. `channel`: a network's key, email, phone, "" = not told."""

    name: str
    org: str = ""
    channel: str = ""
    crm_url: str = ""
    fields: Fields = ()


@frozen
class Imported:
    """A person as a file tells them. `line`: where they begin, from 1."""

    line: int
    profile: Profile
    labels: tuple[str, ...] = ()
    note: str = ""


def clean_text(text: str, longest: int = MAX_NAME_CHARS) -> str:
    """On one line, NFC, without control characters and lone surrogates; cut at `longest`."""
    if not (text.isascii() and text.isprintable()):
        text = _CONTROLS.sub(" ", _SURROGATES.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(text.split())[:longest].strip()


def clean_note(text: str) -> str:
    """Lines are kept; control characters and lone surrogates are not."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = (_CONTROLS.sub("", _SURROGATES.sub("", line.replace("\t", " "))) for line in lines)
    return "\n".join(kept).strip()[:MAX_NOTE_CHARS]


def clean_field(kind: str, value: str) -> tuple[str, str] | None:
    """The field as it is kept; None when nothing is left. Mail addresses are folded, so that one
    person's is found whatever its spelling. Raises ValueError on an unknown kind."""
    known = _KINDS[kind] if kind in _KINDS else FieldKind(kind)
    text = clean_text(value, MAX_VALUE_CHARS)
    if known is FieldKind.EMAIL:
        text = text.removeprefix("mailto:").casefold()
    elif known is FieldKind.PHONE:
        text = text.removeprefix("tel:")
    return (known.value, text) if text else None


def clean_profile(profile: Profile) -> Profile:
    """Every part of it as it is kept; fields once each, in the order of their kinds. Raises
    ValueError on an unknown kind of field."""
    cleaned = (clean_field(kind, value) for kind, value in profile.fields)
    fields = dict.fromkeys(field for field in cleaned if field is not None)
    return Profile(
        name=clean_text(profile.name),
        org=clean_text(profile.org),
        channel=clean_text(profile.channel),
        crm_url=clean_text(profile.crm_url, MAX_VALUE_CHARS),
        fields=tuple(sorted(fields, key=lambda f: (_ORDER[f[0]], f[1])))[:MAX_FIELDS],
    )


def is_email(text: str) -> bool:
    """Looks like a mail address: one @ with something on both sides, no blanks."""
    local, at, host = text.partition("@")
    return bool(at and local and host) and "@" not in host and not any(c.isspace() for c in text)


def folded(*texts: str) -> str:
    """For order and search, whatever the case and the accents' spelling."""
    joined = " ".join(text for text in texts if text).casefold()
    if joined.isascii():
        return joined
    joined = unicodedata.normalize("NFKD", joined)
    return "".join(c for c in joined if unicodedata.category(c) != "Mn" or c == "\u0306")


def bare_handle(handle: str) -> str:
    """A handle without its @ and in folded letters, as it is compared."""
    return handle.strip().removeprefix("@").casefold()


def fill_gaps(kept: Profile, told: Profile) -> Profile:
    """`kept` with what it did not know; nothing of it is replaced, fields come together."""
    return clean_profile(
        Profile(
            name=kept.name or told.name,
            org=kept.org or told.org,
            channel=kept.channel or told.channel,
            crm_url=kept.crm_url or told.crm_url,
            fields=(*kept.fields, *told.fields),
        )
    )


def values_of(fields: Iterable[tuple[str, str]], kind: FieldKind) -> list[str]:
    """The texts of one kind, in their order."""
    return [value for found, value in fields if found == kind.value]


# --- as screens show people ---


@frozen
class ContactRow:
    """One person of the list. One that is gone has `name == ""`. Times in ms UTC, 0 = none;
    `n_mentions` is counted up to a cap. `networks`: keys."""

    id: int
    name: str = ""
    org: str = ""
    labels: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    last_at: int = 0
    last_words: str = ""
    n_mentions: int = 0
    is_vip: bool = False


@frozen
class AuthorRow:
    """One of a person's authors. `n_followers` -1 = the network did not say."""

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
    last_at: int


@frozen
class ContactNote:
    """Ours alone."""

    id: int
    at: int
    person: str
    text: str


@frozen
class MergeRow:
    """Somebody who was taken to be the same person. `why`: code of the suggestion, "" by hand."""

    contact_id: int
    name: str
    at: int
    person: str
    why: str


@frozen
class PersonDetail:
    """A person across networks. `contact_id` 0: nothing was added to them yet, they are their one
    author. `row`: for the first lines of a pane."""

    contact_id: int
    profile: Profile
    authors: tuple[AuthorRow, ...]
    labels: tuple[str, ...] = ()
    notes: tuple[ContactNote, ...] = ()
    merges: tuple[MergeRow, ...] = ()

    @property
    def n_mentions(self) -> int:
        return sum(a.n_mentions for a in self.authors)

    @property
    def n_replies(self) -> int:
        return sum(a.n_replies for a in self.authors)

    @property
    def first_seen_at(self) -> int:
        return min((a.first_seen_at for a in self.authors), default=0)

    @property
    def last_at(self) -> int:
        return max((a.last_at for a in self.authors), default=0)

    @property
    def is_vip(self) -> bool:
        return any(a.is_vip for a in self.authors)

    @property
    def is_muted(self) -> bool:
        return bool(self.authors) and all(a.is_muted for a in self.authors)


@frozen
class Said:
    """One mention of a person, and what we answered. `replies`: (at, text) of those sent."""

    mention_id: int
    network: str
    at: int
    words: str
    replies: tuple[tuple[int, str], ...] = ()


@frozen
class Somebody:
    """One side of a suggestion: a contact, or an author nobody wrote anything about yet."""

    contact_id: int
    author_id: int
    name: str
    networks: tuple[str, ...]
    handle: str = ""


@frozen
class Suggestion:
    """Two who may be one person. `reasons`: (code, what they share); codes: email, link, handle,
    name."""

    one: Somebody
    other: Somebody
    reasons: tuple[tuple[str, str], ...]
