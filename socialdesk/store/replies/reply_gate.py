"""The gate as replies meet it: when written, moved, released, edited, and when they are claimed.

Every way a text can leave asks `domain.crisis.gate.may_send`, here and nowhere else in the store.
"""

from collections.abc import Sequence
from typing import Final

from socialdesk.domain.crisis.approval import Look, Policy, may_approve
from socialdesk.domain.crisis.gate import Around, Pass, may_send
from socialdesk.domain.errors import CommandError
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import unpacked_versions
from socialdesk.store import approvals, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.outbox import drafts, outbox_moves
from socialdesk.store.outbox.outbox_moves import Entry
from socialdesk.store.replies import gate_facts, templates
from socialdesk.store.replies.gate_facts import Text

# Another person looked, whoever was at the keys when it was written down.
TWO_PEOPLE: Final = frozenset({Look.PERSON_HERE.value, Look.PERSON_AWAY.value})


def check_text(
    conn: Connection,
    text: Text,
    now: int,
    versions: Sequence[int] = (),
    values: Sequence[tuple[str, str]] = (),
) -> Pass:
    """A text that has no row yet. `versions`: of the templates it is made of. Raises as
    `domain.crisis.gate.may_send`."""
    around = gate_facts.around_text(conn, text, now)
    return _asked(conn, text.text, around, now, versions, values)


def check_row(conn: Connection, row: Entry, now: int) -> Pass:
    """A row of the outbox, as it is. Raises as `domain.crisis.gate.may_send`."""
    versions = (row.version_id, *unpacked_versions(row.more_versions)) if row.version_id else ()
    values = drafts.unpacked_values(row.slot_values)
    around = gate_facts.around_row(conn, row, now)
    return _asked(conn, row.text, around, now, versions, values)


def check_edit(conn: Connection, outbox_id: int, text: str, now: int) -> Pass:
    """Other words for a post that is out. They are no template, and no line."""
    row = outbox_moves.read(conn, outbox_id)
    seen_by = Visibility(row.visibility)
    written = Text(text, row.mention_id, row.account_id, row.lang, visibility=seen_by)
    return check_text(conn, written, now)


def refuse_locked(conn: Connection, row: Entry, now: int) -> None:
    """Raises CrisisRefusedError where a lock, or a statement's own looks, stop it; what normal
    times ask of it is asked when it is claimed."""
    try:
        check_row(conn, row, now)
    except CommandError:
        return


def is_allowed(conn: Connection, row: Entry, now: int) -> bool:
    """The policy in force now, and approvals of exactly this text by whom it allows. Raises
    CrisisRefusedError."""
    try:
        passed = check_row(conn, row, now)
    except CommandError:
        return False
    if row.statement_version_id or passed.keeps_line:
        return True  # its looks were asked by the gate
    beside = needs_look_beside(conn, row.mention_id, row.pictures, row.warning)
    if not (passed.needs_look or beside):
        return True
    mode = settings.team_mode(conn)
    looks = approvals.standing(conn, approvals.REPLY, row.id, row.hash, now)
    return any(
        kind in TWO_PEOPLE or may_approve(mode, writer=row.person_id, approver=person)
        for person, kind in looks
    )


def needs_look_beside(
    conn: Connection, mention_id: int, pictures: Sequence[Picture], warning: str
) -> bool:
    """Pictures are nobody's approved words, nor is a content warning other than the mention's own:
    where free text needs a second look, so do they."""
    if settings.policy(conn) is Policy.FREE:
        return False
    return bool(pictures) or is_own_warning(conn, mention_id, warning)


def is_own_warning(conn: Connection, mention_id: int, warning: str) -> bool:
    """A content warning that is not the one of the mention."""
    if not warning:
        return False
    theirs = conn.execute("SELECT warning FROM mention WHERE id = ?", (mention_id,)).fetchone()
    return theirs is None or theirs[0] != warning


def _asked(
    conn: Connection,
    text: str,
    around: Around,
    now: int,
    versions: Sequence[int],
    values: Sequence[tuple[str, str]],
) -> Pass:
    wording = templates.wording_together(conn, versions, now)
    return may_send(
        text, wording=wording, values=dict(values), policy=settings.policy(conn), around=around
    )
