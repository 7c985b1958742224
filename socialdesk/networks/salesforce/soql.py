"""Questions in SOQL, with what people typed in them as plain text.

Source: SOQL and SOSL Reference, "Quoted String Escape Sequences", read 2026-11-22.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

MAX_TEXT: Final = 255  # characters of one value
_ESCAPED: Final = {
    "\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t",
    "\b": "\\b", "\f": "\\f",
}  # fmt: skip
_ID: Final = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")


def text(value: str) -> str:
    """A quoted value: whatever is in it ends no quotation."""
    kept = (c for c in value[:MAX_TEXT] if c.isprintable() or c in _ESCAPED)
    return "'" + "".join(_ESCAPED.get(c, c) for c in kept) + "'"


def time(value: datetime) -> str:
    """A point in time; SOQL has them without quotes."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ids(values: Iterable[str]) -> str:
    """A list of ids; what is none is left out."""
    return "(" + ", ".join(f"'{one}'" for one in values if is_id(one)) + ")"


def is_id(value: str) -> bool:
    """15 characters, or 18 with the check."""
    return bool(_ID.fullmatch(value))


def is_name(value: str) -> bool:
    """Of a field, as it may stand in a question."""
    return bool(_NAME.fullmatch(value))
