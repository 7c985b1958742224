"""An approved reply text with named slots. One pass, by name only: no formats, no attributes."""

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum

SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
MAX_VALUE_CHARS = 200


class TemplateState(Enum):
    """Whether a version may be inserted."""

    DRAFT = "draft"  # not approved yet
    APPROVED = "approved"
    ARCHIVED = "archived"


def slots(text: str) -> list[str]:
    """The slot names in order of first use, each once."""
    return list(dict.fromkeys(SLOT.findall(text)))


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
