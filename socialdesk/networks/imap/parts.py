"""Which parts of a letter hold its words, told from BODYSTRUCTURE: nothing else is ever fetched.

Source: RFC 3501 §7.4.2 (fields of a body structure), RFC 2045-2049, 2183, 3676.
"""

from collections.abc import Mapping
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.networks.imap.grammar import Value, number, pairs

MAX_PART_BYTES: Final = 512 * 1024  # as they lie there, encoded
MAX_TEXTS: Final = 6  # of one letter
_MAX_LOOKS: Final = 300  # parts of one letter that are looked at: some are made of thousands
_MAX_DEPTH: Final = 30


@frozen
class TextPart:
    """A text/plain or text/html part. `section`: its name for FETCH, such as 1.2."""

    section: str
    is_html: bool
    charset: str
    encoding: str
    is_flowed: bool = False
    is_joined: bool = False  # DelSp=yes: the blank at a soft line end is no part of the words
    is_forwarded: bool = False  # inside an attached letter

    @property
    def item(self) -> str:
        """What to ask FETCH for."""
        return f"BODY.PEEK[{self.section}]<0.{MAX_PART_BYTES}>"

    def of(self, said: Mapping[bytes, Value]) -> Value:
        """What FETCH answered to that; a server that gives the whole part names no beginning."""
        key = f"BODY[{self.section}]".encode("ascii")
        return said.get(key + b"<0>", said.get(key))


def text_parts(structure: Value) -> tuple[TextPart, ...]:
    """The parts to read, in order; those of attached letters only where there are no others.
    Raises ValueError, TypeError, IndexError for what is no body structure."""
    found: list[TextPart] = []
    waiting: list[tuple[Value, str, bool]] = [(structure, "", False)]
    n_looks = 0
    while waiting and n_looks < _MAX_LOOKS and len(found) < MAX_TEXTS:
        body, section, is_forwarded = waiting.pop()
        n_looks += 1
        if section.count(".") > _MAX_DEPTH:
            continue
        if isinstance(body[0], list):
            inside = [part for part in body if isinstance(part, list)]
            named = [
                (part, f"{section}.{n}" if section else str(n), is_forwarded)
                for n, part in enumerate(_children(inside, body), start=1)
            ]
            waiting += reversed(named)
            continue
        waiting += _letter_inside(body, section or "1")
        part = _text_part(body, section or "1", is_forwarded)
        if part is not None:
            found.append(part)
    own = tuple(part for part in found if not part.is_forwarded)
    return own or tuple(found)


def _children(lists: list[Value], body: list[Value]) -> list[Value]:
    """The parts stand first; lists behind the subtype are parameters."""
    n = next((n for n, one in enumerate(body) if not isinstance(one, list)), len(body))
    return lists[:n]


def _letter_inside(body: list[Value], section: str) -> list[tuple[Value, str, bool]]:
    """The body of an attached letter. One with several parts numbers them below the section, one
    with a single part calls it `.1`."""
    if _lower(body[0]) != "message" or _lower(body[1]) != "rfc822" or len(body) < 9:
        return []
    inside = body[8]
    if not isinstance(inside, list) or not inside:
        return []
    return [(inside, section if isinstance(inside[0], list) else f"{section}.1", True)]


def _text_part(body: list[Value], section: str, is_forwarded: bool) -> TextPart | None:
    subtype = _lower(body[1])
    if _lower(body[0]) != "text" or subtype not in ("plain", "html") or number(body[6]) == 0:
        return None
    named = _parameters(body[2])
    kind, more = _disposition(body)
    if kind == "attachment" or "filename" in more or (kind and "name" in named):
        return None
    return TextPart(
        section,
        subtype == "html",
        named.get("charset", ""),
        _lower(body[5]),
        named.get("format", "").lower() == "flowed",
        named.get("delsp", "").lower() == "yes",
        is_forwarded,
    )


def _disposition(body: list[Value]) -> tuple[str, Mapping[str, str]]:
    """("attachment", {"filename": "x"}); ("", {}) where the server tells none."""
    told = body[9] if len(body) > 9 else None
    if isinstance(told, bytes):  # pymap 0.36 gives the header as it stands
        return _lower(told).partition(";")[0].strip(), {}
    if not isinstance(told, list) or not told:
        return "", {}
    return _lower(told[0]), _parameters(told[1] if len(told) > 1 else None)


def _parameters(value: Value) -> dict[str, str]:
    if not isinstance(value, list):
        return {}
    return {_lower(key): _text(one) for key, one in pairs(value).items()}


def _text(value: Value) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else ""


def _lower(value: Value) -> str:
    return _text(value).lower()
