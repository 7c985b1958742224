"""Where a text names people, links and tags, and how Qt counts those places.

Only for showing: what a network really links is decided by the network.
"""

import re
from collections.abc import Iterator

from socialdesk.domain.frozen import frozen

MAX_CHARS = 20_000  # a longer text is shown unmarked
_MARK = re.compile(
    r"(?P<link>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])"
    r"|(?<![\w/@])(?P<person>@[\w.-]*\w(?:@[\w.-]*\w)?)"
    r"|(?<![\w/#&])(?P<tag>\#\w*[^\W\d]\w*)"
)


@frozen
class Mark:
    """Characters `start` to `end` are a `kind`: link, person or tag."""

    kind: str
    start: int
    end: int


def marks(text: str) -> Iterator[Mark]:
    """People, links and tags in order."""
    for found in _MARK.finditer(text[:MAX_CHARS]):
        yield Mark(str(found.lastgroup), found.start(), found.end())


def qt_offset(text: str, n: int) -> int:
    """Where Qt puts the `n`-th character: it counts UTF-16 units, Python code points."""
    return n + sum(c > "\uffff" for c in text[:n])


def py_offset(text: str, n: int) -> int:
    """The character that Qt calls the `n`-th UTF-16 unit of `text`."""
    units = 0
    for i, c in enumerate(text):
        if units >= n:
            return i
        units += 2 if c > "\uffff" else 1
    return len(text)
