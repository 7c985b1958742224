"""Playbooks as a workspace has them: the nine files that ship, and a person's own copies over them.

Asked on every fetched page (watch words) and at every draft, so a file is parsed once: what ships
for the life of the process, an own copy as long as its words stay the same. An own copy that no
longer passes the load check (a newer program asks for more) counts as if it were not there; its
page says so.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from socialdesk.domain.playbooks.playbook import COMMON_ID, TYPES, Common, Playbook
from socialdesk.domain.playbooks.playbook_check import Fault, FaultKind, PlaybookError
from socialdesk.domain.playbooks.playbook_load import common_of, playbook_of
from socialdesk.places import resource
from socialdesk.store import playbooks as store
from socialdesk.store.file.sqlite import Connection

Raw = Mapping[str, Any]
OWN_MARK = "+"  # stands between the version it was made from and the number of an own copy


def read_common(conn: Connection) -> Common:
    """The texts all share."""
    own = store.newest(conn).get(COMMON_ID)
    return _common(own) or shipped_common()


def read_playbook(conn: Connection, playbook: str) -> Playbook | None:
    """One type of crisis, as it is now; None for an id that is none of TYPES."""
    if playbook not in TYPES:
        return None
    own = store.newest(conn).get(playbook)
    return _playbook(playbook, own) or shipped_playbook(playbook)


def read_playbooks(conn: Connection) -> tuple[Playbook, ...]:
    """All eight, in the order of TYPES."""
    own = store.newest(conn)
    return tuple(_playbook(type_, own.get(type_)) or shipped_playbook(type_) for type_ in TYPES)


def read_playbook_of(conn: Connection, playbook: str, version: str) -> Playbook | None:
    """The version that an incident was declared with, or the present one when that is not here any
    more (the program was updated meanwhile)."""
    if playbook not in TYPES:
        return None
    base, mark, n = version.partition(OWN_MARK)
    if mark and n.isdecimal():
        body = store.read_version(conn, playbook, int(n))
        found = _playbook(playbook, (int(n), body)) if body else None
        if found and found.version == version:
            return found
    elif base == shipped_playbook(playbook).version:
        return shipped_playbook(playbook)
    return read_playbook(conn, playbook)


@cache
def shipped_raw(playbook: str) -> Raw:
    """The parsed file that ships; not to be changed."""
    return tomllib.loads(resource("playbooks", f"{playbook}.toml").read_text("utf-8"))


@cache
def shipped_common() -> Common:
    """Raises PlaybookError on a broken installation."""
    return common_of(shipped_raw(COMMON_ID))


@cache
def shipped_playbook(playbook: str) -> Playbook:
    """Raises PlaybookError on a broken installation."""
    return playbook_of(shipped_raw(playbook), shipped_common(), playbook)


@lru_cache(64)
def parse(playbook: str, body: str) -> Raw:
    """The body of an own copy, checked; not to be changed. Raises PlaybookError."""
    try:
        raw = tomllib.loads(body)
    except (ValueError, RecursionError) as e:
        raise PlaybookError((Fault(playbook, "", FaultKind.NOT_TOML, str(e)),)) from e
    check(playbook, raw)
    return raw


def check(playbook: str, raw: Raw) -> None:
    """Raises PlaybookError, with all that is wrong. Places are those of the shipped texts: an own
    copy words things differently, but fills in what the program knows."""
    if playbook == COMMON_ID:
        if raw.get("placeholders") != shipped_raw(COMMON_ID)["placeholders"]:
            raise PlaybookError((Fault(playbook, "placeholders", FaultKind.BAD_VALUE),))
        common_of(raw)
    else:
        playbook_of(raw, shipped_common(), playbook)


def _common(own: tuple[int, str] | None) -> Common | None:
    return _own_common(*own) if own and own[1] else None


def _playbook(playbook: str, own: tuple[int, str] | None) -> Playbook | None:
    return _own_playbook(playbook, *own) if own and own[1] else None


@lru_cache(8)
def _own_common(n: int, body: str) -> Common | None:
    try:
        made = common_of(parse(COMMON_ID, body))
    except PlaybookError:
        return None
    return replace(made, version=f"{made.version}{OWN_MARK}{n}")


@lru_cache(32)
def _own_playbook(playbook: str, n: int, body: str) -> Playbook | None:
    try:
        made = playbook_of(parse(playbook, body), shipped_common(), playbook)
    except PlaybookError:
        return None
    return replace(made, version=f"{made.version}{OWN_MARK}{n}")
