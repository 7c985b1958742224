"""An approved reply text with named slots. One pass, by name only: no formats, no attributes.

A slot is `{name}`, `{name:kind}` or a choice list, `{size:small|large}`. Kind and list are part of
the approved words: nothing beside the text says what may be filled in.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum

from socialdesk.domain.frozen import frozen

_CHOICES = r"[^{}|\n]{1,80}(?:\|[^{}|\n]{1,80}){1,29}"
_KIND = rf"(?:text|number|code|date|time|link|email|{_CHOICES})"
SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)(?::" + _KIND + r")?\}")
MAX_VALUE_CHARS = 200
MAX_TOGETHER = 5  # templates in one reply
BETWEEN = "\n\n"  # what stands between the templates of one reply


class SlotKind(Enum):
    """What may be filled in; the value is how it is written in a template."""

    TEXT = "text"
    NUMBER = "number"  # "3", "1 024,50", "10–12"
    CODE = "code"  # letters, digits and - / # _: an order number
    DATE = "date"  # something with a digit, in any language's form
    TIME = "time"
    LINK = "link"
    EMAIL = "email"
    CHOICE = "choice"  # one of a list


@frozen
class Slot:
    """One slot as its template writes it. `choices`: of a choice list, in order."""

    name: str
    kind: SlotKind = SlotKind.TEXT
    choices: tuple[str, ...] = ()


class TemplateState(Enum):
    """Whether a version may be inserted."""

    DRAFT = "draft"  # not approved yet
    APPROVED = "approved"
    ARCHIVED = "archived"


def slots(text: str) -> list[str]:
    """The slot names in order of first use, each once."""
    return list(dict.fromkeys(SLOT.findall(text)))


def typed_slots(text: str) -> list[Slot]:
    """The slots in order of first use, each name once, as its first use says."""
    found: dict[str, Slot] = {}
    for m in SLOT.finditer(text):
        found.setdefault(m[1], _slot(m))
    return list(found.values())


def _slot(found: re.Match[str]) -> Slot:
    written = found[0][len(found[1]) + 2 : -1]
    if not written:
        return Slot(found[1])
    if "|" in written:
        choices = dict.fromkeys(clean_value(c) for c in written.split("|"))
        return Slot(found[1], SlotKind.CHOICE, tuple(c for c in choices if c))
    return Slot(found[1], SlotKind(written))


def clashing_slots(text: str) -> list[str]:
    """Names that are written as two different kinds: nobody could know which is meant."""
    kinds: dict[str, set[Slot]] = {}
    for m in SLOT.finditer(text):
        if m[0] != f"{{{m[1]}}}":  # a bare name takes the kind said elsewhere
            kinds.setdefault(m[1], set()).add(_slot(m))
    return [name for name, said in kinds.items() if len(said) > 1]


_FITS = {
    SlotKind.NUMBER: re.compile(r"[\d\s.,:/+–-]*\d[\d\s.,:/+%–-]*"),
    SlotKind.CODE: re.compile(r"[^\W_](?:[\w#/ .-]*\w)?|#[\w/.-]+"),
    SlotKind.DATE: re.compile(r".*\d.*"),
    SlotKind.TIME: re.compile(r".*\d.*"),
    SlotKind.LINK: re.compile(r"https?://[^\s/]+\.[^\s]+"),
    SlotKind.EMAIL: re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
}


def fits(slot: Slot, value: str) -> bool:
    """Whether a value that is not empty is of the slot's kind."""
    clean = clean_value(value)
    if slot.kind is SlotKind.CHOICE:
        return clean in slot.choices
    return slot.kind is SlotKind.TEXT or _FITS[slot.kind].fullmatch(clean) is not None


def wrong_slots(text: str, values: Mapping[str, str]) -> list[str]:
    """Slots that are filled with something of another kind, in order."""
    return [
        slot.name
        for slot in typed_slots(text)
        if clean_value(values.get(slot.name, "")) and not fits(slot, values[slot.name])
    ]


def together(bodies: list[str]) -> str:
    """Several templates as one reply, in order. Slots of the same name are one slot."""
    return BETWEEN.join(body.strip() for body in bodies)


def clean_value(value: str) -> str:
    """One line, NFC, without control characters and bidi overrides, at most 200 characters."""
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    kept = (c for c in text if unicodedata.category(c) not in {"Cc", "Cs"} and c not in _BIDI)
    return "".join(kept)[:MAX_VALUE_CHARS]


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each filled slot replaced; a slot without a value stays as it is written.

    A value that itself holds braces is not looked at again.
    """

    def value(found: re.Match[str]) -> str:
        return clean_value(values.get(found[1], "")) or found[0]

    return SLOT.sub(value, text)


def empty_slots(text: str, values: Mapping[str, str]) -> list[str]:
    """The slots that block sending, in order."""
    return [name for name in slots(text) if not clean_value(values.get(name, ""))]


def bad_braces(text: str) -> list[str]:
    """Every brace that belongs to no slot, with ten characters around it; [] when all is well."""
    rest = SLOT.sub(lambda m: "\0" * len(m[0]), text)
    return [text[max(0, i - 10) : i + 10] for i, c in enumerate(rest) if c in "{}"]
