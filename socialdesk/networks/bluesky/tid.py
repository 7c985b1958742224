"""Record keys of the AT Protocol, made from what is fixed before the first try of a reply."""

import hashlib
from datetime import UTC, datetime, timedelta

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
N_CHARS = 13
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tid_of(made_at: datetime, dedupe_key: str) -> str:
    """The key of a reply: the same one for every try, another one for every other reply.

    Milliseconds come from `made_at` (the store keeps no more), the microseconds below and the
    clock id from a hash of `dedupe_key`. Source: atproto.com/specs/tid: a zero bit, 53 bits of
    microseconds since 1970, 10 bits of clock id, as 13 sortable base32 characters.
    """
    since = (made_at - _EPOCH) // timedelta(milliseconds=1)
    drawn = int.from_bytes(hashlib.sha256(dedupe_key.encode()).digest()[:8], "big")
    below, clock_id = drawn % 1000, drawn // 1000 % 1024
    return _base32((since * 1000 + below) % (1 << 53) << 10 | clock_id)


def _base32(number: int) -> str:
    """`number`: 0 to 2**65 - 1."""
    shifts = range(5 * (N_CHARS - 1), -1, -5)
    return "".join(ALPHABET[number >> shift & 31] for shift in shifts)
