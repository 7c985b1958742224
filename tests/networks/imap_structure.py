"""BODYSTRUCTURE and sections of a letter, as a mail server tells them; for the fake one."""

import email
import re
from email.message import Message
from email.policy import compat32

EMPTY = b'("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL NIL NIL)'


def structure_of(raw: bytes) -> bytes:
    """The BODYSTRUCTURE of a whole letter."""
    return _structure(_parsed(raw))


def section_of(raw: bytes, section: str) -> bytes:
    """HEADER.FIELDS (...) or the encoded body of a part such as 1.2."""
    fields = re.fullmatch(r"HEADER\.FIELDS \((.+)\)", section)
    if fields:
        return _header(raw, {name.upper() for name in fields[1].split()})
    part = _parsed(raw)
    for number in section.split("."):
        part = _child(part, int(number))
    payload = part.get_payload()
    return payload.encode("latin-1") if isinstance(payload, str) else b""


def _parsed(raw: bytes) -> Message:
    """As Latin-1, in which every byte is itself: nothing is decoded here."""
    return email.message_from_string(raw.decode("latin-1"), policy=compat32)


def _child(part: Message, number: int) -> Message:
    if part.get_content_type() == "message/rfc822":
        part = _inside(part)
    payload = part.get_payload()
    if isinstance(payload, list) and part.is_multipart():
        child = payload[number - 1]
        assert isinstance(child, Message)
        return child
    return part


def _inside(part: Message) -> Message:
    payload = part.get_payload()
    assert isinstance(payload, list)
    inner = payload[0]
    assert isinstance(inner, Message)
    return inner


def _header(raw: bytes, wanted: set[str]) -> bytes:
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    lines = re.split(rb"\r?\n(?![ \t])", head)
    kept = [line for line in lines if _name(line) in wanted]
    return b"".join(line + b"\r\n" for line in kept) + b"\r\n"


def _name(line: bytes) -> str:
    return line.partition(b":")[0].strip().decode("ascii", "replace").upper()


def _structure(part: Message) -> bytes:
    kind, _, subtype = part.get_content_type().upper().partition("/")
    payload = part.get_payload()
    if isinstance(payload, list) and kind == "MULTIPART":
        inner = b"".join(_structure(child) for child in payload if isinstance(child, Message))
        return b"(" + (inner or EMPTY) + b" " + _string(subtype) + b")"
    text = payload if isinstance(payload, str) else ""
    encoding = str(part.get("Content-Transfer-Encoding", "7bit")).strip().upper()
    size = str(len(text.encode("latin-1"))).encode()
    values = [_string(kind), _string(subtype), _parameters(part), b"NIL", b"NIL",
              _string(encoding), size]  # fmt: skip
    if kind == "MESSAGE" and isinstance(payload, list):
        values += [b"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)", _structure(_inside(part)), b"1"]
    elif kind == "TEXT":
        values.append(b"1")
    return b"(" + b" ".join([*values, b"NIL", _disposition(part)]) + b" NIL NIL)"


def _parameters(part: Message) -> bytes:
    pairs = _pairs(part, "content-type")
    return _listed(pairs)


def _pairs(part: Message, header: str) -> list[tuple[str, str]]:
    found = part.get_params(header=header) or []
    return [(k, v) for k, v in found[1:] if isinstance(k, str) and isinstance(v, str)]


def _listed(pairs: list[tuple[str, str]]) -> bytes:
    words = [_string(word) for pair in pairs for word in pair]
    return b"(" + b" ".join(words) + b")" if words else b"NIL"


def _disposition(part: Message) -> bytes:
    kind = part.get_content_disposition()
    if not kind:
        return b"NIL"
    return b"(" + _string(kind) + b" " + _listed(_pairs(part, "content-disposition")) + b")"


def _string(text: str) -> bytes:
    raw = re.sub(r"[^ -~]", "?", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{raw}"'.encode()
