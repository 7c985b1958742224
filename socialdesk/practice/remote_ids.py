"""Ids as servers make them: time first, then bits that depend on nothing but the post's key."""

import hashlib

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECOND_MS = 1000


def bits(key: str, n_bits: int) -> int:
    """The same `n_bits` bits for the same key, on every machine."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()) >> (256 - n_bits)


def post_id(at_ms: int, key: str, *, has_digits: bool) -> str:
    """Mastodon's snowflake (48 bits of ms, 16 of the rest) or a ULID."""
    return str(at_ms << 16 | bits(key, 16)) if has_digits else _ulid(at_ms, key)


def notification_id(at_ms: int, key: str, *, has_digits: bool) -> str:
    """Follows time only to the second: what comes in one burst is listed in another order than it
    was written, as parallel workers do on real servers."""
    second = at_ms // _SECOND_MS
    if has_digits:
        return str(second << 20 | bits(key, 20))
    return _ulid(second * _SECOND_MS, key)


def account_id(key: str, *, has_digits: bool) -> str:
    """Carries no time."""
    if has_digits:
        return str(10**17 + bits(key, 56))
    return _ulid(bits(f"time/{key}", 40), key)


def order(remote_id: str) -> tuple[int, str]:
    """Sort key of ids of one server: length, then letters."""
    return len(remote_id), remote_id


def _ulid(at_ms: int, key: str) -> str:
    value = at_ms << 80 | bits(key, 80)
    return "".join(_CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))
