"""The form of a stored secret: a head with a digest, and parts where one entry is too small.

Windows takes 2,560 bytes of UTF-16 an entry, 1,280 units; longer ones fail with no clear reason.
Source: CREDENTIALW, CRED_MAX_CREDENTIAL_BLOB_SIZE.
"""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import field
from typing import Final, Self

from socialdesk.domain.frozen import frozen

MAX_PART_UNITS: Final = 1000  # UTF-16 units; with the head's own 90 below 1,280
MAX_PARTS: Final = 2000  # 2 million characters: no secret, but a damaged number
MAGIC: Final = "sdk1"


@frozen
class Head:
    """`sdk1:DIGEST:GENERATION:N_PARTS:INLINE`; a secret that fits is inline, with no parts."""

    digest: str
    generation: str
    n_parts: int
    inline: str = field(default="", repr=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None when the text is not ours or was cut."""
        magic, *fields = text.split(":", 4)
        if magic != MAGIC or len(fields) != 4:
            return None
        digest, generation, n_parts, inline = fields
        if not n_parts.isdecimal() or int(n_parts) > MAX_PARTS:
            return None
        return cls(digest, generation, int(n_parts), inline)

    def text(self) -> str:
        return f"{MAGIC}:{self.digest}:{self.generation}:{self.n_parts}:{self.inline}"

    def places(self, service: str) -> list[tuple[str, str]]:
        """Service and user of each part."""
        return [(f"{service}/{self.generation}", str(n)) for n in range(self.n_parts)]


def packed(secret: str) -> tuple[Head, list[str]]:
    """The head of a new generation, and its parts in order."""
    parts = list(_split(secret))
    if len(parts) <= 1:
        return Head(digest_of(secret), "-", 0, secret), []
    return Head(digest_of(secret), secrets.token_hex(4), len(parts)), parts


def _split(text: str) -> Iterator[str]:
    """Pieces of at most MAX_PART_UNITS UTF-16 units, no character cut in two."""
    start = units = 0
    for end, letter in enumerate(text):
        width = 2 if ord(letter) > 0xFFFF else 1
        if units + width > MAX_PART_UNITS:
            yield text[start:end]
            start, units = end, 0
        units += width
    if start < len(text):
        yield text[start:]


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
