"""vCards: 2.1, 3.0 and 4.0 read card by card, so that a broken one costs itself alone; 3.0 and 4.0
written. Source: RFC 2426, RFC 6350, versit vCard 2.1, read 2026-11."""

import re
import warnings
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

from socialdesk.domain.people.contact import FieldKind, Imported, Profile, clean_note
from socialdesk.engine.contact_files.parsed import Parsed, checked
from socialdesk.engine.table_files.rows import Fault
from socialdesk.engine.table_files.source import MAX_PEOPLE

VERSIONS: Final = ("2.1", "3.0", "4.0")
MAX_CARD_CHARS: Final = 200_000  # without its pictures
_DROPPED: Final = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|AGENT)[;:]", re.IGNORECASE)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/=]+")
_SIMPLE: Final = {
    "email": FieldKind.EMAIL, "tel": FieldKind.PHONE, "url": FieldKind.URL,
    "bday": FieldKind.BIRTHDAY, "title": FieldKind.ROLE, "role": FieldKind.ROLE,
    "nickname": FieldKind.HANDLE, "impp": FieldKind.HANDLE, "x-socialprofile": FieldKind.HANDLE,
}  # fmt: skip
_CHANNEL, _CRM = "x-socialdesk-channel", "x-socialdesk-crm"


def read_vcards(text: str) -> Parsed:
    """Every card a person or a fault with the line it begins in."""
    parsed = Parsed()
    for line, card in _cards(text):
        found = card if isinstance(card, Fault) else _person(line, card)
        if isinstance(found, Fault):
            parsed.faults.append(found)
        elif len(parsed.people) == MAX_PEOPLE:
            parsed.is_cut = True
            break
        else:
            parsed.people.append(found)
    return parsed


def _cards(text: str) -> Iterator[tuple[int, "str | Fault"]]:
    """The lines of each card without its pictures, and where it begins."""
    card: list[str] = []
    begun, is_dropping = 0, False
    for number, line in enumerate(text.splitlines(), 1):
        mark = line.strip().upper()
        if mark == "BEGIN:VCARD":
            if begun:
                yield begun, Fault(begun, "end")
            card, begun, is_dropping = [line.strip()], number, False
        elif begun and mark == "END:VCARD":
            card.append(line.strip())
            is_long = sum(map(len, card)) > MAX_CARD_CHARS
            yield begun, Fault(begun, "long", str(MAX_CARD_CHARS)) if is_long else "\r\n".join(card)
            begun = 0
        elif begun:
            is_more = line.startswith((" ", "\t")) or not mark
            # 2.1 lets the lines of a picture begin without a blank
            is_dropping = bool(_DROPPED.match(line)) or (
                is_dropping and (is_more or _BASE64.fullmatch(mark.strip()) is not None)
            )
            if not is_dropping and mark:
                card.append(line)
    if begun:
        yield begun, Fault(begun, "end")


def _person(line: int, card: str) -> Imported | Fault:
    version = re.search(r"^VERSION[^:\r\n]*:\s*([\d.]+)", card, re.IGNORECASE | re.MULTILINE)
    if version is None or version[1] not in VERSIONS:
        return Fault(line, "version", version[1][:10] if version else "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import vobject  # 90 ms, and only this needs it

            contents = vobject.readOne(card, allowQP=True).contents
    except Exception as e:  # vobject raises what its parts raise: any of them is a broken card
        return Fault(line, "card", type(e).__name__)
    return _told(line, contents)


def _told(line: int, contents: dict[str, list[Any]]) -> Imported | Fault:
    fields = [
        (kind.value, _text(entry.value))
        for name, kind in _SIMPLE.items()
        for entry in contents.get(name, ())
    ]
    fields += [(FieldKind.ADDRESS.value, _address(e.value)) for e in contents.get("adr", ())]
    profile = Profile(
        _first(contents, "fn") or _name(contents), _first(contents, "org"),
        _first(contents, _CHANNEL), _first(contents, _CRM), tuple(f for f in fields if f[1]),
    )  # fmt: skip
    labels = [
        part.strip()
        for entry in contents.get("categories", ())
        for part in (entry.value if isinstance(entry.value, list) else entry.value.split(","))
        if part.strip()
    ]
    note = clean_note("\n".join(str(entry.value) for entry in contents.get("note", ())))
    return checked(line, profile, tuple(dict.fromkeys(labels)), note)


def _first(contents: dict[str, list[Any]], name: str) -> str:
    found = contents.get(name)
    return _text(found[0].value) if found else ""


def _name(contents: dict[str, list[Any]]) -> str:
    """Of N, where there is no FN."""
    if "n" not in contents:
        return ""
    n = contents["n"][0].value
    return " ".join(" ".join(_text(part).split()) for part in (n.given, n.additional, n.family))


def _address(value: Any) -> str:
    parts = (value.box, value.extended, value.street, value.city, value.region, value.code,
             value.country)  # fmt: skip
    return ", ".join(text for part in parts if (text := _text(part)))


def _text(value: Any) -> str:
    """vobject gives a list where a value has several parts."""
    parts = value if isinstance(value, list) else [value]
    return ", ".join(text for part in parts if (text := str(part).strip()))


def write_vcards(
    file: IO[str], people: Sequence[tuple[Profile, tuple[str, ...]]], version: str
) -> None:
    """(profile, labels) each; `version` "4.0" or "3.0". Notes stay here: they are the team's."""
    for profile, labels in people:
        lines = ["BEGIN:VCARD", f"VERSION:{version}", f"FN:{_escaped(profile.name)}",
                 f"N:{_escaped(profile.name)};;;;"]  # fmt: skip
        if profile.org:
            lines.append(f"ORG:{_escaped(profile.org)}")
        lines += [_line(kind, value, version) for kind, value in profile.fields]
        if labels:
            lines.append(f"CATEGORIES:{','.join(map(_escaped, labels))}")
        for name, value in ((_CHANNEL, profile.channel), (_CRM, profile.crm_url)):
            if value:
                lines.append(f"{name.upper()}:{_escaped(value)}")
        lines.append("END:VCARD")
        file.write("".join(f"{_folded(line)}\r\n" for line in lines))


def _line(kind: str, value: str, version: str) -> str:
    match FieldKind(kind):
        case FieldKind.EMAIL:
            return f"EMAIL:{_escaped(value)}"
        case FieldKind.PHONE:
            kind = ";VALUE=text" if version == "4.0" else ""
            return f"TEL{kind}:{_escaped(value)}"
        case FieldKind.URL:
            return f"URL:{_escaped(value)}"
        case FieldKind.ADDRESS:
            return f"ADR:;;{_escaped(value)};;;;"
        case FieldKind.BIRTHDAY:
            return f"BDAY{';VALUE=text' if version == '4.0' else ''}:{_escaped(value)}"
        case FieldKind.ROLE:
            return f"TITLE:{_escaped(value)}"
        case FieldKind.HANDLE:
            return f"X-SOCIALPROFILE:{_escaped(value)}"


def _escaped(text: str) -> str:
    for sign in ("\\", ",", ";"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, no character cut in two."""
    out, width = [], 0
    for char in line:
        size = len(char.encode())
        if width + size > 75:
            out.append("\r\n ")
            width = 1
        out.append(char)
        width += size
    return "".join(out)
