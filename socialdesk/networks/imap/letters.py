"""A letter as far as we read it: who sent it, what it is about, its words."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.networks.html_text import one_line, plain, to_text
from socialdesk.networks.imap.grammar import Value, number
from socialdesk.networks.imap.parts import TextPart, text_parts
from socialdesk.networks.imap.trust import Verdict, verdict
from socialdesk.networks.imap.words import header_text, part_text

MAX_TEXT_CHARS: Final = 64 * 1024
MAX_HEADERS_BYTES: Final = 64 * 1024

_HEADERS: Final = "FROM SUBJECT DATE MESSAGE-ID AUTHENTICATION-RESULTS RECEIVED"
OUTLINE: Final = (
    "UID INTERNALDATE RFC822.SIZE BODYSTRUCTURE "
    f"BODY.PEEK[HEADER.FIELDS ({_HEADERS})]<0.{MAX_HEADERS_BYTES}>"
)
"""What to ask FETCH for first."""

_FIELD: Final = re.compile(rb"^([!-9;-~]+)[ \t]*:[ \t]*")
_MESSAGE_ID: Final = re.compile(r"<([^<>\s]{3,500})>")
_ADDRESS: Final = re.compile(r"[^@\s\"(),:;<>\[\]\\]{1,200}@[a-z0-9.-]{1,253}")


@frozen
class Outline:
    """What the server told of one letter before any of its words were asked for. `n_bytes`: of the
    parts to ask for, at most."""

    uid: int
    received_at: datetime | None
    headers: tuple[tuple[str, bytes], ...] = field(repr=False)
    parts: tuple[TextPart, ...]
    n_bytes: int


@frozen
class Letter:
    """One letter. `address`: of the sender, lower case, "" when there is none or several; `texts`:
    its words once for each form they were sent in, the plain one first."""

    message_id: str
    address: str
    name: str
    subject: str
    sent_at: datetime | None
    texts: tuple[str, ...] = field(repr=False)
    verdict: Verdict
    digest: str

    @property
    def uri(self) -> str:
        """The same wherever a copy of the letter lies. Source: RFC 2392."""
        return f"mid:{self.message_id}" if self.message_id else f"mail-sha256:{self.digest}"


def read_outline(uid: int, said: Mapping[bytes, Value]) -> Outline:
    """Raises ValueError, TypeError, KeyError, IndexError when it makes no sense."""
    key = next(key for key in said if key.startswith(b"BODY[HEADER"))
    raw = said[key]
    if not isinstance(raw, bytes):
        raise TypeError("a letter without headers")
    parts = text_parts(said[b"BODYSTRUCTURE"])
    n_bytes = number(said[b"RFC822.SIZE"])
    return Outline(uid, _internal(said.get(b"INTERNALDATE")), _fields(raw), parts, n_bytes)


def read_letter(outline: Outline, said: Mapping[bytes, Value]) -> Letter:
    """With its words. `said`: what FETCH answered for `outline.parts`. Raises ValueError,
    TypeError, IndexError for headers that make no sense."""
    raw = {part: part.of(said) for part in outline.parts}
    texts = _texts({part: text for part, text in raw.items() if isinstance(text, bytes)})
    first = dict(reversed(outline.headers))
    address, name = _sender([value for key, value in outline.headers if key == "from"])
    domain = address.rpartition("@")[2]
    spoken = [(key, value.decode("ascii", "replace")) for key, value in outline.headers]
    found = _MESSAGE_ID.search(first.get("message-id", b"").decode("ascii", "replace"))
    return Letter(
        found[1] if found else "",
        address,
        name,
        header_text(first.get("subject", b""))[:500],
        _sent_at(first.get("date", b"")),
        texts,
        verdict(spoken, domain) if domain else Verdict.FAILED,
        _digest(first, texts),
    )


def _fields(raw: bytes) -> tuple[tuple[str, bytes], ...]:
    """Names in lower case and unfolded values, top first. Anything else is passed over."""
    found: list[tuple[str, bytes]] = []
    for line in raw.replace(b"\r\n", b"\n").split(b"\n"):
        named = _FIELD.match(line)
        if named:
            found.append((named[1].decode("ascii").lower(), line[named.end() :]))
        elif line[:1] in (b" ", b"\t") and found:
            name, value = found[-1]
            found[-1] = (name, value + b" " + line.strip())
    return tuple(found)


def _texts(raw: Mapping[TextPart, bytes]) -> tuple[str, ...]:
    """The plain words, then those of the HTML, each where there are any."""
    words = {part: part_text(one, part) for part, one in raw.items()}
    simple = [plain(text) for part, text in words.items() if not part.is_html]
    rich = [to_text(text) for part, text in words.items() if part.is_html]
    both = ("\n\n".join(filter(None, map(str.strip, texts))) for texts in (simple, rich))
    return tuple(text[:MAX_TEXT_CHARS] for text in both if text)


def _sender(values: Sequence[bytes]) -> tuple[str, str]:
    """Address and name. With two From lines, or two people in one, each program shows another
    sender: then there is none."""
    if len(values) != 1:
        return "", header_text(values[0]) if values else ""
    text = values[0][:4000].decode("utf-8", "replace")
    people = [(name, address) for name, address in getaddresses([text]) if address]
    if len(people) != 1 or not _ADDRESS.fullmatch(people[0][1].lower()):
        return "", header_text(values[0])[:200]
    name, address = people[0]
    return address.lower(), header_text(name.encode("utf-8", "surrogateescape"))[:200]


def _internal(value: Value) -> datetime | None:
    """INTERNALDATE, such as "21-Nov-2026 09:00:00 +0000": when our server got it."""
    if not isinstance(value, bytes):
        return None
    try:
        text = value.decode("ascii", "replace").strip().replace("-", " ", 2)
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sent_at(raw: bytes) -> datetime | None:
    """The sender's claim."""
    try:
        return parsedate_to_datetime(raw[:100].decode("ascii", "replace")).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _digest(headers: Mapping[str, bytes], texts: tuple[str, ...]) -> str:
    """A name for a letter that bears none: the same words from the same sender at the same time."""
    parts = [one_line(repr(headers.get(key, b""))) for key in ("from", "date", "subject")]
    return hashlib.sha256("\0".join([*parts, *texts]).encode("utf-8", "replace")).hexdigest()[:40]
