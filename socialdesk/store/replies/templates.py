"""Templates and their versions. A version is immutable; editing makes a new, unapproved one."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import Look, approval_hash, canonical_text, may_approve
from socialdesk.domain.crisis.gate import Wording
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState, bad_braces, clashing_slots, together
from socialdesk.store import approvals, journal, settings
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MAX_NAME_CHARS = 80


@frozen
class SavedVersion:
    """What saving made. `hash`: what an approval must name; `seq`: the journal entry."""

    template_id: int
    version_id: int
    hash: str
    seq: int


def save_version(
    tx: "Transaction",
    *,
    name: str,
    body: str,
    lang: str,
    person: int,
    folder: str = "",
    template_id: int = 0,
    is_light: bool | None = None,
) -> SavedVersion:
    """A new, unapproved version; `template_id` 0 makes a new template. `is_light`: the tone of the
    template, None = as it was.

    Raises CommandError EMPTY, NOT_FOUND, BAD_INPUT (`what`: the brace that belongs to no slot, or
    the slot that is written as two kinds).
    """
    text, clean = canonical_text(body), " ".join(name.split())[:MAX_NAME_CHARS]
    if not text.strip() or not clean:
        raise CommandError(CommandFault.EMPTY)
    if braces := bad_braces(text):
        raise CommandError(CommandFault.BAD_INPUT, what=braces[0])
    if clash := clashing_slots(text):
        raise CommandError(CommandFault.BAD_INPUT, what=f"{{{clash[0]}}}")
    template_id = _template(tx, template_id, clean, folder.strip())
    if is_light is not None:
        sql = "UPDATE template SET is_light = ? WHERE id = ?"
        tx.conn.execute(sql, (int(is_light), template_id))
    (n,) = tx.conn.execute(
        "SELECT coalesce(max(n), 0) + 1 FROM template_version WHERE template_id = ? AND lang = ?",
        (template_id, lang),
    ).fetchone()
    digest = approval_hash(kind="template", lang=lang, text=text)
    version = tx.conn.execute(
        "INSERT INTO template_version(template_id, n, lang, body, person_id, at, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (template_id, n, lang, text, person, tx.now, digest),
    ).lastrowid
    tx.touch(Area.TEMPLATES)
    data = {"template": template_id, "version": version, "lang": lang, "hash": digest}
    seq = journal.append(tx, "template_saved", data, person=person)
    return SavedVersion(template_id, int(version or 0), digest, seq)


def approve(tx: "Transaction", version_id: int, digest: str, person: int) -> int:
    """One deliberate step that showed the text with this hash. The journal entry.

    Raises CommandError NOT_FOUND, CHANGED_SINCE (another text was shown), SAME_PERSON.
    """
    row = tx.conn.execute(
        "SELECT hash, person_id FROM template_version WHERE id = ?", (version_id,)
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    known, writer = row
    look = look_of(tx.conn, writer=writer, approver=person)
    if digest != known or wording(tx.conn, version_id) is None:
        raise CommandError(CommandFault.CHANGED_SINCE)
    approvals.add(tx, approvals.TEMPLATE, version_id, digest, person, look)
    tx.touch(Area.TEMPLATES)
    data = {"version": version_id, "hash": digest, "look": look.value}
    return journal.append(tx, "template_approved", data, person=person)


def look_of(conn: Connection, *, writer: int, approver: int) -> Look:
    """The kind of look this is in normal times. Raises CommandError SAME_PERSON (pair mode)."""
    mode = settings.team_mode(conn)
    if not may_approve(mode, writer=writer, approver=approver):
        raise CommandError(CommandFault.SAME_PERSON)
    return Look.SELF if writer == approver else Look.PERSON_HERE


def archive(tx: "Transaction", template_id: int, is_archived: bool, person: int) -> int:
    """Out of the picker, or back. The journal entry. Raises CommandError NOT_FOUND."""
    n = tx.conn.execute(
        "UPDATE template SET is_archived = ? WHERE id = ?", (int(is_archived), template_id)
    ).rowcount
    if not n:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.TEMPLATES)
    kind = "template_archived" if is_archived else "template_brought_back"
    return journal.append(tx, kind, {"template": template_id}, person=person)


def wording(conn: Connection, version_id: int, now: int | None = None) -> Wording | None:
    """The version's words and whether they were approved; None when there is no such version or its
    words no longer fit its hash (damage). Archiving a template takes no approval away."""
    row = conn.execute(
        "SELECT v.body, v.lang, v.hash, t.name, t.is_light FROM template_version v "
        "JOIN template t ON t.id = v.template_id WHERE v.id = ?",
        (version_id,),
    ).fetchone()
    if row is None:
        return None
    body, lang, digest, name, is_light = row
    if approval_hash(kind="template", lang=lang, text=body) != digest:
        return None
    approved = approvals.standing(conn, approvals.TEMPLATE, version_id, digest, now)
    return Wording(body, bool(approved), name, bool(is_light))


def wording_together(
    conn: Connection, version_ids: Sequence[int], now: int | None = None
) -> Wording | None:
    """Several versions as one reply (see `domain.replies.template.together`), approved when each
    is; None when one is not there or damaged."""
    found = [wording(conn, version, now) for version in version_ids]
    known = [w for w in found if w is not None]
    if not known or len(known) < len(found):
        return None
    if len(known) == 1:
        return known[0]
    return Wording(
        together([w.body for w in known]), all(w.is_approved for w in known),
        ", ".join(w.name for w in known), any(w.is_light for w in known),
    )  # fmt: skip


def is_approved(conn: Connection, version_id: int, now: int | None = None) -> bool:
    """Whether exactly this version was approved and is undamaged."""
    found = wording(conn, version_id, now)
    return found is not None and found.is_approved


def count_use(tx: "Transaction", version_id: int) -> None:
    """One more reply was made of it."""
    tx.conn.execute(
        "UPDATE template SET n_uses = n_uses + 1 "
        "WHERE id = (SELECT template_id FROM template_version WHERE id = ?)",
        (version_id,),
    )


def list_templates(
    conn: Connection, search: str = "", *, with_archived: bool = False
) -> list[TemplateRow]:
    """By folder and name; of each language the newest version, and the newest approved one when
    that is another. `search` matches name and words."""
    rows = conn.execute(_LIST, (int(with_archived),)).fetchall()
    found = [_row(list(of_one)) for _, of_one in groupby(rows, key=itemgetter(0))]
    wanted = search.casefold().split()
    fits = (t for t in found if all(word in _haystack(t) for word in wanted))
    return sorted(fits, key=lambda t: (t.folder.casefold(), t.name.casefold(), t.id))


def list_versions(conn: Connection, template_id: int) -> list[VersionRow]:
    """Every version in every language, newest first; [] for no such template."""
    rows = conn.execute(f"{_VERSIONS} WHERE t.id = ? ORDER BY v.id DESC", (template_id,))
    return [_version(row) for row in rows]


_VERSIONS = """
SELECT t.id, t.name, t.folder, t.n_uses, t.is_archived, t.is_light,
  v.id, v.n, v.lang, v.body, w.name, v.at, v.hash, p.name, a.kind
FROM template t JOIN template_version v ON v.template_id = t.id
LEFT JOIN person w ON w.id = v.person_id
LEFT JOIN approval a ON a.id = (
  SELECT max(id) FROM approval x WHERE x.subject = 'template' AND x.subject_id = v.id
    AND x.hash = v.hash AND x.ends_at = 0
    AND NOT EXISTS (SELECT 1 FROM approval_end e WHERE e.approval_id = x.id))
LEFT JOIN person p ON p.id = a.person_id"""
_LIST = f"{_VERSIONS} WHERE t.is_archived <= ? ORDER BY t.id, v.lang, v.n DESC"


def _row(rows: list[tuple[Any, ...]]) -> TemplateRow:
    """One template from its versions, newest first in each language."""
    template, name, folder, n_uses, is_archived, is_light = rows[0][:6]
    shown: dict[tuple[str, bool], VersionRow] = {}
    for row in rows:
        v = _version(row)
        key = (v.lang, bool(v.look))
        is_newest = not any(known == v.lang for known, _ in shown)
        if key not in shown and (is_newest or v.look):
            shown[key] = v
    return TemplateRow(
        template, name, folder, n_uses, tuple(shown.values()), bool(is_archived), bool(is_light)
    )


def _version(row: tuple[Any, ...]) -> VersionRow:
    """One row of `_VERSIONS`."""
    is_archived, _, version, n, lang, body, writer, at, digest, approver, look = row[4:]
    state = TemplateState.APPROVED if look else TemplateState.DRAFT
    state = TemplateState.ARCHIVED if is_archived else state
    return VersionRow(
        version, n, lang, body, writer or "", at, state, approver or "", look or "", digest
    )


def _haystack(row: TemplateRow) -> str:
    return "\n".join([row.name, row.folder, *(v.body for v in row.versions)]).casefold()


def _template(tx: "Transaction", template_id: int, name: str, folder: str) -> int:
    if not template_id:
        sql = "INSERT INTO template(name, folder, added_at) VALUES (?, ?, ?)"
        return int(tx.conn.execute(sql, (name, folder, tx.now)).lastrowid or 0)
    n = tx.conn.execute(
        "UPDATE template SET name = ?, folder = ? WHERE id = ?", (name, folder, template_id)
    ).rowcount
    if not n:
        raise CommandError(CommandFault.NOT_FOUND)
    return template_id
