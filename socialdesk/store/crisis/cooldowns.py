"""How long a text has rested since its last edit, before the same person may look at it again.

Told by the monotonic times of the journal, not by the wall clock alone (see
`domain.crisis.look.elapsed_ms`): setting the computer's clock forward shortens no cool-down.
Screens ask `left_now_ms`, which the wall clock answers; the look itself asks `left_ms`.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.crisis.look import Written, cooldown_ms, elapsed_ms
from socialdesk.store import approvals, settings
from socialdesk.store.approvals import Approval
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

GIVEN_KIND: Final = "look_given"
# The event that tells of the last edit, and the name of the subject's id in it.
_EDITED: Final = {
    approvals.STATEMENT: ("statement_saved", "version"),
    approvals.LINE: ("line_prepared", "line"),
    approvals.SILENCE: ("silence_chosen", "silence"),
    approvals.REPLY: ("reply_written", "outbox"),
}


class Moment(NamedTuple):
    """`at`: ms UTC; `mono_ms` counts within the run `boot_id` of the computer; `seq`: of the
    journal, 0 = it tells nothing of it."""

    at: int
    mono_ms: int
    boot_id: str
    seq: int


def left_ms(tx: Transaction, what: Written, looks: Sequence[Approval]) -> int:
    """Until the same person may look; 0 = now. `looks`: those that stand, newest first; a second
    look by the same person counts from the one before."""
    own = [one for one in looks if one.look is Look.SELF_COOLDOWN]
    since = _of_look(tx.conn, own[0]) if own else _of_edit(tx.conn, what)
    return max(0, _cooldown_ms(tx.conn, what) - _elapsed(tx, since))


def rested_ms(tx: Transaction, what: Written) -> int:
    """Since the last edit."""
    return _elapsed(tx, _of_edit(tx.conn, what))


def left_now_ms(conn: Connection, what: Written, looks: Sequence[Approval], now: int) -> int:
    """`left_ms` as a screen counts it down, by the wall clock (ms UTC)."""
    own = [one for one in looks if one.look is Look.SELF_COOLDOWN]
    since = own[0].at if own else what.edited_at
    return max(0, _cooldown_ms(conn, what) - max(0, now - since))


def _cooldown_ms(conn: Connection, what: Written) -> int:
    return cooldown_ms(what, settings.crisis_limits(conn))


def _elapsed(tx: Transaction, since: Moment) -> int:
    begun = None
    if since.boot_id != tx.boot_id:
        begun = tx.conn.execute(
            "SELECT at, mono_ms FROM journal WHERE seq > ? AND boot_id = ? ORDER BY seq LIMIT 1",
            (since.seq, tx.boot_id),
        ).fetchone()
    return elapsed_ms(
        (since.at, since.mono_ms, since.boot_id), (tx.now, tx.mono_ms, tx.boot_id),
        begun or (tx.now, tx.mono_ms),
    )  # fmt: skip


def _of_edit(conn: Connection, what: Written) -> Moment:
    kind, name = _EDITED[what.subject]
    return _moment(conn, kind, name, what.subject_id) or Moment(what.edited_at, 0, "", 0)


def _of_look(conn: Connection, one: Approval) -> Moment:
    return _moment(conn, GIVEN_KIND, "approval", one.id) or Moment(one.at, 0, "", 0)


def _moment(conn: Connection, kind: str, name: str, subject_id: int) -> Moment | None:
    """When the journal says that this was done last."""
    row: Any = conn.execute(
        "SELECT at, mono_ms, boot_id, seq FROM journal WHERE kind = ?"
        " AND json_extract(data, '$.' || ?) = ? ORDER BY seq DESC LIMIT 1",
        (kind, name, subject_id),
    ).fetchone()
    return Moment(*row) if row else None
