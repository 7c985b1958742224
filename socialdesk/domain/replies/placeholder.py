"""Places to fill in a crisis text: `{name}` and nothing else, replaced in one pass.

Narrower than a template's slots (`template.py`, which cleans the values for both): no kinds, no
choice lists, no digits in a name, and a first name is short.
"""

import re
from collections.abc import Mapping
from typing import Final

from socialdesk.domain.replies import template
from socialdesk.domain.replies.template import MAX_VALUE_CHARS

PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
MAX_CHARS: Final = {"name": 40}
"""Where a value is shorter than MAX_VALUE_CHARS."""


def placeholders(text: str) -> list[str]:
    """The names in order of first use, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def clean_value(name: str, value: str) -> str:
    """One line, NFC, without control characters and bidi overrides, cut to what `name` may hold."""
    line = " ".join(template.clean_value(value).split())  # what was removed may leave two blanks
    return line[: MAX_CHARS.get(name, MAX_VALUE_CHARS)].rstrip()


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each place filled; one without a value stays as it is written.

    A value that itself holds braces is not looked at again.
    """

    def value(found: re.Match[str]) -> str:
        return clean_value(found[1], values.get(found[1], "")) or found[0]

    return PLACEHOLDER.sub(value, text)


def unfilled(text: str, values: Mapping[str, str] | None = None) -> list[str]:
    """The places that block approval (R20), in order.

    `text`: as prepared, with the `values` given so far. A finished text alone is asked the same
    way; a value with braces of its own then counts as a place, so ask with values where you can.
    """
    known = values or {}
    return [name for name in placeholders(text) if not clean_value(name, known.get(name, ""))]


def odd_braces(text: str) -> list[str]:
    """Every brace that belongs to no place, with ten characters around it; [] when all is well."""
    rest = PLACEHOLDER.sub(lambda m: "\0" * len(m[0]), text)
    return [text[max(0, i - 10) : i + 10] for i, c in enumerate(rest) if c in "{}"]
