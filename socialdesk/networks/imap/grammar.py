"""What IMAP lines mean, and how values are written into them.

Source: RFC 3501 §4 and §9 (formal syntax), §5.1.3 (folder names), RFC 9051.
"""

import base64
import re
from collections.abc import Iterable
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError

Value = Any
"""bytes for an atom, a string or a literal; None for NIL; a list of Values for (...)."""

MAX_DEPTH: Final = 120

# An atom may carry a section: BODY[HEADER.FIELDS (FROM TO)]<0>. No group here is possessive: Python
# before 3.11.5, Debian 12's among them, goes on wrongly after one (gh-106052).
_TOKEN: Final = re.compile(
    rb'\s*(?:(?P<open>\()|(?P<close>\))|"(?P<quoted>(?:[^"\\]|\\.)*)"'
    rb'|(?P<atom>[^\s()"\[]*+(?:\[[^\]]*+\](?:<\d+>)?)?))',
    re.DOTALL,
)
_ESCAPE: Final = re.compile(rb"\\(.)", re.DOTALL)
_LITERAL: Final = re.compile(rb"~?\{(\d{1,10})\+?\}$")
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f]")


class Literal(bytes):
    """A string sent by its length: taken as it is."""


def literal_size(line: bytes) -> int | None:
    """How long the literal is that follows this line; None when none does."""
    found = _LITERAL.search(line[-16:])
    return int(found[1]) if found else None


def read_values(pieces: Iterable[bytes]) -> list[Value]:
    """The values of one response: pieces of lines, and Literals between them. Raises
    BadAnswerError when the brackets do not fit."""
    top: list[Value] = []
    stack = [top]
    for piece in pieces:
        if isinstance(piece, Literal):
            stack[-1].append(bytes(piece))
        else:
            _read_piece(_LITERAL.sub(b"", piece), stack)
    if len(stack) != 1:
        raise BadAnswerError("a mail server's answer ends too early")
    return top


def _read_piece(piece: bytes, stack: list[list[Value]]) -> None:
    at, end = 0, len(piece.rstrip())
    while at < end:
        found = _TOKEN.match(piece, at)
        if found is None or found.end() == at:
            raise BadAnswerError("a mail server's answer makes no sense")
        at = found.end()
        if found["open"]:
            stack.append([])
            stack[-2].append(stack[-1])
        elif found["close"]:
            stack.pop()
        elif found["quoted"] is not None:
            stack[-1].append(_ESCAPE.sub(rb"\1", found["quoted"]))
        else:
            stack[-1].append(None if found["atom"].upper() == b"NIL" else found["atom"])
        if not 1 <= len(stack) <= MAX_DEPTH:
            raise BadAnswerError("the brackets of a mail server's answer do not fit")


def quoted(text: str) -> bytes:
    """A string for a command line. Raises ValueError for what no such string can hold."""
    if not text.isascii() or _UNSAFE.search(text):
        raise ValueError("not a string that fits into a line")
    return b'"' + re.sub(rb'(["\\])', rb"\\\1", text.encode("ascii")) + b'"'


def folder_name(name: str) -> bytes:
    """A folder's name as servers write it: modified UTF-7, quoted. Raises ValueError."""
    parts: list[str] = []
    for plain, other in re.findall(r"([\x20-\x7e]+)|([^\x20-\x7e]+)", name):
        if plain:
            parts.append(plain.replace("&", "&-"))
        else:
            code = base64.b64encode(other.encode("utf-16-be")).decode("ascii")
            parts.append("&" + code.rstrip("=").replace("/", ",") + "-")
    if _UNSAFE.search(name):
        raise ValueError("a folder's name holds no control characters")
    return quoted("".join(parts))


def number(value: Value) -> int:
    """A number as the server wrote it. Raises ValueError."""
    if not isinstance(value, bytes) or not value.isdigit() or len(value) > 18:
        raise ValueError("a number expected")
    return int(value)


def pairs(values: list[Value]) -> dict[bytes, Value]:
    """(KEY value KEY value ...) by upper-case key; an odd one at the end is left out."""
    keys, found = values[::2], values[1::2]
    return {k.upper(): v for k, v in zip(keys, found, strict=False) if isinstance(k, bytes)}
