"""What the playbooks' screen asks: the list, one with all its texts, its versions."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS, TYPES
from socialdesk.domain.playbooks.playbook_check import Fault, PlaybookError
from socialdesk.domain.playbooks.playbook_load import common_of, playbook_of
from socialdesk.domain.playbooks.playbook_sheet import (
    PlaybookRow,
    PlaybookVersion,
    Prepared,
    Sheet,
)
from socialdesk.domain.playbooks.playbook_texts import changes, parts_of
from socialdesk.engine.playbooks import (
    OWN_MARK,
    Raw,
    parse,
    read_common,
    read_playbooks,
    shipped_common,
    shipped_raw,
)
from socialdesk.engine.queries import playbooks as q
from socialdesk.store import playbooks as store
from socialdesk.store.file.sqlite import Connection


@frozen
class Present:
    """A playbook's file as it counts now. `faults`: of an own copy that cannot be used."""

    raw: Raw
    version: str
    reviewed: Mapping[str, bool]
    is_own: bool
    faults: tuple[Fault, ...] = ()


def present(conn: Connection, playbook: str) -> Present:
    """The own copy, else what ships. `playbook`: of TYPES, or COMMON_ID."""
    return _present(playbook, store.newest(conn).get(playbook, (0, "")))


def list_playbooks(conn: Connection) -> list[PlaybookRow]:
    """The shared texts last."""
    own, read = store.newest(conn), store.list_read(conn)
    return [_row(id_, _present(id_, own.get(id_, (0, ""))), read) for id_ in (*TYPES, COMMON_ID)]


def read_sheet(conn: Connection, playbook: str) -> Sheet | None:
    """None for an id that is neither of TYPES nor COMMON_ID."""
    if playbook not in (*TYPES, COMMON_ID):
        return None
    now = present(conn, playbook)
    own = None if playbook == COMMON_ID else playbook_of(now.raw, shipped_common(), playbook)
    return Sheet(
        _row(playbook, now, store.list_read(conn)), parts_of(now.raw),
        own.lines if own else common_of(now.raw).lines,
        shipped_common().placeholders, str(shipped_raw(playbook)["version"]), own, now.faults,
    )  # fmt: skip


def list_versions(conn: Connection, playbook: str) -> list[PlaybookVersion]:
    """Newest first, each with what it changed."""
    if playbook not in (*TYPES, COMMON_ID):
        return []
    found: list[PlaybookVersion] = []
    before = _readable(playbook, "")
    for version in reversed(store.list_versions(conn, playbook)):
        after = _readable(playbook, version.body)
        found.append(
            PlaybookVersion(version.n, version.person, version.at, not version.body,
                            changes(before, after))
        )  # fmt: skip
        before = after
    return found[::-1]


def _present(playbook: str, own: tuple[int, str]) -> Present:
    n, body = own
    faults: tuple[Fault, ...] = ()
    if body:
        try:
            raw = parse(playbook, body)
            version = f"{raw['version']}{OWN_MARK}{n}"
            return Present(raw, version, raw.get("review", {}), is_own=True)
        except PlaybookError as e:
            faults = e.faults
    raw = shipped_raw(playbook)
    return Present(raw, str(raw["version"]), shipped_common().reviewed, is_own=False, faults=faults)


def _row(playbook: str, now: Present, read: list[store.ReadMark]) -> PlaybookRow:
    marks = [m for m in read if m.playbook == playbook and m.version == now.version]
    return PlaybookRow(
        playbook, now.raw.get("title", {}), now.version, now.is_own,
        {lang: now.reviewed.get(lang, False) for lang in LANGS},
        tuple(m.person for m in marks), marks[0].at if marks else 0,
    )  # fmt: skip


def _readable(playbook: str, body: str) -> Raw:
    """What counted while this version was the newest, with who has read it."""
    try:
        found = parse(playbook, body) if body else shipped_raw(playbook)
    except PlaybookError:
        found = shipped_raw(playbook)
    return {"review": shipped_common().reviewed, **found}


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ReadPrepared: lambda c, x, now: Prepared(read_common(c), read_playbooks(c)),
    q.ListPlaybooks: lambda c, x, now: list_playbooks(c),
    q.ReadPlaybookSheet: lambda c, x, now: read_sheet(c, x.playbook),
    q.ListPlaybookVersions: lambda c, x, now: list_versions(c, x.playbook),
}
