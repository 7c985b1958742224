"""How long a text is, as each network counts it."""

from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """What a network counts."""

    GRAPHEME = "grapheme"  # what a person calls a character (UAX #29)
    CODE_POINT = "code_point"
    UTF16 = "utf16"
    UTF8 = "utf8"


@dataclass(frozen=True, slots=True)
class LengthRule:
    """`limit` of `unit`s. `url_length`: what each link counts, 0 = as written. `local_mentions`:
    @user@host counts as @user. `max_bytes`: a second limit in UTF-8 bytes, 0 = none."""

    limit: int
    unit: Unit = Unit.CODE_POINT
    url_length: int = 0
    local_mentions: bool = False
    max_bytes: int = 0
