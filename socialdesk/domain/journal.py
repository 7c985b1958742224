"""The append-only record of who did what: one hash chain for the whole program.

The hash shows accidental or clumsy edits; it proves nothing against the computer's owner.
"""

import json
from collections.abc import Iterable
from typing import Any

from socialdesk.domain.frozen import frozen

GENESIS = "0" * 64


@frozen
class Entry:
    """One row. `at`: ms UTC; `mono_ms`: ms of the monotonic clock of boot `boot_id`; `person`: id
    or None for the program itself; `data`: our ids, codes and texts, never a stranger's words."""

    seq: int
    incident: int | None
    at: int
    mono_ms: int
    boot_id: str
    person: int | None
    kind: str
    data: dict[str, Any]
    prev_hash: str
    hash: str


def canonical_json(value: Any) -> str:
    """One spelling per value: sorted keys, no spaces, no ASCII escaping."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(
    prev_hash: str,
    *,
    seq: int,
    incident: int | None,
    at: int,
    mono_ms: int,
    boot_id: str,
    person: int | None,
    kind: str,
    data: dict[str, Any],
) -> str:
    """SHA-256 hex of `prev_hash` and the row's canonical JSON."""
    import hashlib  # its library takes 3 ms, and the window hashes nothing while it starts

    row = {"seq": seq, "incident": incident, "at": at, "mono_ms": mono_ms, "boot_id": boot_id,
           "person": person, "kind": kind, "data": data}  # fmt: skip
    return hashlib.sha256((prev_hash + canonical_json(row)).encode()).hexdigest()


def first_break(entries: Iterable[Entry], *, prev: str = GENESIS, expected: int = 1) -> int | None:
    """The `seq` of the first row that does not follow from the one before; None when whole. A part
    of the chain is checked from its first row's own `prev` hash and `expected` number on."""
    for e in entries:
        right = entry_hash(
            prev, seq=e.seq, incident=e.incident, at=e.at, mono_ms=e.mono_ms,
            boot_id=e.boot_id, person=e.person, kind=e.kind, data=e.data,
        )  # fmt: skip
        if e.seq != expected or e.prev_hash != prev or e.hash != right:
            return e.seq
        prev, expected = e.hash, e.seq + 1
    return None
