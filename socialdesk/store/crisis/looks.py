"""Second looks at the texts of an incident, and whether they let a text go.

Subjects: a version of a statement, a prepared reply line, a decision to be silent, a reply in the
outbox. Journal: look_given, check_skipped (`statement_publishing.py`, `lines.py` write it).
How long a text has rested: `cooldowns.py`.
"""

from collections.abc import Collection, Sequence
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import Look, TeamMode
from socialdesk.domain.crisis.crisis_rows import LookRow
from socialdesk.domain.crisis.fact import FactState
from socialdesk.domain.crisis.gate import Facts
from socialdesk.domain.crisis.incident import HOUR_MS
from socialdesk.domain.crisis.look import (
    COUNTING,
    Written,
    ends_at,
    is_enough,
    is_named,
    is_own_text,
    n_self_needed,
    unanswered,
)
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.crisis.statement import StatementKind, may_publish
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.store import approvals, journal, people, settings
from socialdesk.store.approvals import Approval
from socialdesk.store.crisis import (
    cooldowns,
    facts,
    incident_moves,
    look_ends,
    skips,
    statement_gate,
    statement_leaning,
    statements,
)
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

SHORT: Final = statement_gate.SHORT
MAX_HOW: Final = 300


@frozen
class Given:
    """`n_missing`: further looks by the same person that it takes."""

    approval_id: int
    ends_at: int
    n_missing: int
    seq: int


# --- read ---


def written(conn: Connection, subject: str, subject_id: int) -> Written:
    """What is looked at. Raises CommandError NOT_FOUND, BAD_INPUT (subject)."""
    if subject == approvals.STATEMENT:
        version = statements.read(conn, subject_id)
        return Written(
            subject, subject_id, statements.digest_of(conn, version), version.person_id,
            version.edited_at, version.kind.value, version.kind is StatementKind.FIRST,
            incident_moves.read(conn, version.incident_id),
        )  # fmt: skip
    sql = _WRITTEN.get(subject)
    if sql is None:
        raise CommandError(CommandFault.BAD_INPUT, what="subject")
    row = conn.execute(sql, (subject_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    digest, author, edited_at, incident_id = row
    incident = incident_moves.read(conn, incident_id) if incident_id else None
    return Written(
        subject, subject_id, digest, author, edited_at,
        is_first=subject == approvals.SILENCE, incident=incident,
    )  # fmt: skip


def list_looks(conn: Connection, subject: str, subject_id: int, digest: str, now: int) -> (
    tuple[LookRow, ...]
):  # fmt: skip
    """Every look at it, newest first, each with why it counts no more, if so: old, other_text, or
    what `approval_end` says."""
    found = look_ends.given_to(conn, written(conn, subject, subject_id))
    return tuple(_row(conn, one, digest, now) for one in found if one.look in COUNTING)


def standing(conn: Connection, what: Written, now: int) -> list[Approval]:
    """The looks at the exact text that count now, newest first. One of normal times, which never
    ends, counts for nothing here."""
    return [
        one for one in look_ends.given_to(conn, what)
        if one.look in COUNTING and one.ends_at and one.stands(what.hash, now)
    ]  # fmt: skip


def has_enough(conn: Connection, what: Written, now: int, newer_than: int = 0) -> bool:
    """Whether the looks let it go, under the team mode in force. `newer_than`: ms UTC; a text that
    was held needs a look after that."""
    looks = [one.look for one in standing(conn, what, now) if one.at >= newer_than]
    return is_enough(what, settings.team_mode(conn), looks)


def leaving_refusal(conn: Connection, version_id: int, digest: str, now: int) -> tuple[str, Facts]:
    """Why a version must not leave now, with what its sentence names: a refusal code; "" = it may.
    For the sender, in the transaction that claims its row. `digest`: of the row as it is."""
    try:
        version = statements.read(conn, version_id)
        skip = skips.standing(conn, version.incident_id, "version", version.id, digest)
        refuse_leaving(conn, version, digest, now, skip)
        statement_gate.refuse_older(conn, version)
        statement_gate.refuse_time(conn, version, now)
    except CrisisRefusedError as e:
        return e.code, tuple(e.facts.items())
    except CommandError:
        return "R25", ()
    return "", ()


def reply_may_leave(conn: Connection, outbox_id: int, now: int) -> bool:
    """Whether a reply under a lock had its second look."""
    return has_enough(conn, written(conn, approvals.REPLY, outbox_id), now)


def refuse_leaving(
    conn: Connection,
    version: statements.Version,
    digest: str,
    now: int,
    skip: frozenset[str] = statement_gate.NO_SKIP,
) -> None:
    """Raises CrisisRefusedError R26, R27, R25, CommandError TOO_LATE; asked at publishing and when
    the row is claimed."""
    what = written(conn, approvals.STATEMENT, version.id)
    _refuse_changed(version, what, digest)
    _refuse_state(conn, version, what)
    for fact_id in version.facts:
        fact = facts.read(conn, fact_id)
        if fact.state is not FactState.CONFIRMED and not fact.may_skip(skip):
            _refuse(what, "R27", time=now, why="fact", f=fact.name, state=fact.state.value)
    if "R25" not in skip and not has_enough(conn, what, now):
        _refuse_unseen(conn, version, what, now)


# --- write ---


def give(
    tx: Transaction,
    subject: str,
    subject_id: int,
    digest: str,
    look: Look,
    *,
    here: int,
    person: int = 0,
    how: str = "",
    answers: Sequence[tuple[str, str]] = (),
    questions: Collection[str] = (),
    is_pin_checked: bool = False,
) -> Given:
    """A second look at the exact text with this hash.

    `here`: who is at the keys; `person`: who looked, for person_here. `is_pin_checked`: their PIN
    was right, or a drill needs none. Raises CrisisRefusedError R20 to R24, R26, R28, R29, and
    CommandError NOT_FOUND, BAD_INPUT (answers, how, person, pin, kind), SAME_PERSON, TOO_LATE,
    PERSON (away).
    """
    what = written(tx.conn, subject, subject_id)
    looker = _looker(tx.conn, look, here, person, is_pin_checked)
    _refuse_unready(tx, what, digest)
    mode = settings.team_mode(tx.conn)
    _refuse_own(tx.conn, what, look, mode, looker, how)
    rested = _rested_ms(tx, what, look)
    if look is Look.PERSON_AWAY and not how.strip():
        raise CommandError(CommandFault.BAD_INPUT, what="how")
    if unanswered(look, questions, answers):
        raise CommandError(CommandFault.BAD_INPUT, what="answers")
    until = ends_at(what, tx.now, settings.crisis_limits(tx.conn))
    told = str(rested) if look is Look.SELF_COOLDOWN else how.strip()[:MAX_HOW]
    made = approvals.add(
        tx, subject, subject_id, digest, looker, look, how=told, answers=answers, ends_at=until
    )
    tx.touch(Area.INCIDENTS)
    data = {"subject": subject, "id": subject_id, "hash": digest, "look": look.value,
            "approval": made, "person": looker, "how": told, "answers": dict(answers),
            "author": what.author, "ends_at": until}  # fmt: skip
    seq = journal.append(
        tx, cooldowns.GIVEN_KIND, data, person=here, incident=what.incident_id or None
    )
    return Given(made, until, _n_missing(tx, what, mode), seq)


def end_all(tx: Transaction, incident_id: int, state: str, person: int | None) -> int:
    """The incident's state allows its texts no more: every approval of its statements and lines
    ends. How many subjects."""
    n = 0
    why = f"{statement_leaning.STATE}:{state}"
    for statement_id in statements.ids_of(tx.conn, incident_id):
        for version_id in statements.version_ids(tx.conn, statement_id):
            if not statements.is_out(tx.conn, version_id):
                n += statement_leaning.end(
                    tx, approvals.STATEMENT, version_id, why, incident_id, person
                )
    rows = tx.conn.execute("SELECT id FROM line_approval WHERE incident_id = ?", (incident_id,))
    for (line_id,) in rows.fetchall():
        n += statement_leaning.end(tx, approvals.LINE, line_id, why, incident_id, person)
    return n


# --- inside ---


def _looker(conn: Connection, look: Look, here: int, person: int, is_pin_checked: bool) -> int:
    if look not in COUNTING:
        raise CommandError(CommandFault.BAD_INPUT, what="kind")
    if look is not Look.PERSON_HERE:
        return here
    if not person or not people.name_of(conn, person):
        raise CommandError(CommandFault.BAD_INPUT, what="person")
    people.require_at_work(conn, person)
    if not is_pin_checked:
        raise CommandError(CommandFault.BAD_INPUT, what="pin")
    return person


def _refuse_unready(tx: Transaction, what: Written, digest: str) -> None:
    if what.subject == approvals.STATEMENT:
        version = statements.read(tx.conn, what.subject_id)
        if version.dropped_at:
            raise CommandError(CommandFault.TOO_LATE, state="dropped")
        if what.incident is None or what.incident.state.value in ("closed", "dismissed"):
            raise CommandError(CommandFault.TOO_LATE, state="closed")
        statement_gate.refuse_unready(tx.conn, version, tx.now)
    elif what.subject == approvals.LINE:
        leaning = tx.conn.execute(
            "SELECT value FROM line_approval, json_each(facts) WHERE line_approval.id = ?",
            (what.subject_id,),
        ).fetchall()
        facts.refuse_unconfirmed(
            tx.conn, [fact for (fact,) in leaning], what.incident_id, skip=statement_gate.NO_SKIP
        )
    if digest != what.hash:
        _refuse(what, "R26", old12=digest[:SHORT], new12=what.hash[:SHORT])


def _refuse_own(
    conn: Connection, what: Written, look: Look, mode: TeamMode, looker: int, how: str
) -> None:
    author = people.name_of(conn, what.author)
    is_own = is_own_text(look, mode, what.author, looker)
    if look is Look.PERSON_AWAY:
        is_own = any(is_named(how, name) for name in people.names_of(conn, what.author))
    if not is_own:
        return
    if mode is TeamMode.SOLO:
        raise CommandError(CommandFault.SAME_PERSON)
    _refuse(what, "R29", person=author)


def _rested_ms(tx: Transaction, what: Written, look: Look) -> int:
    """How long since the last edit. Raises R28 where the same person may not look yet."""
    left = 0
    if look is Look.SELF_COOLDOWN:
        looks = standing(tx.conn, what, tx.now)
        left = cooldowns.left_ms(tx, what, looks)
    if left:
        minutes, seconds = divmod(-(-left // 1000), 60)
        _refuse(what, "R28", m=minutes, s=seconds, time=what.edited_at)
    return cooldowns.rested_ms(tx, what)


def _n_missing(tx: Transaction, what: Written, mode: TeamMode) -> int:
    if has_enough(tx.conn, what, tx.now):
        return 0
    n_self = sum(
        one.look is Look.SELF_COOLDOWN for one in standing(tx.conn, what, tx.now)
    )  # fmt: skip
    return max(0, n_self_needed(what, mode) - n_self)


def _refuse_changed(version: statements.Version, what: Written, digest: str) -> None:
    for known in (digest, version.hash):
        if known != what.hash:
            _refuse(what, "R26", old12=known[:SHORT], new12=what.hash[:SHORT])


def _refuse_state(conn: Connection, version: statements.Version, what: Written) -> None:
    """Raises R27 where the incident's state allows the text no more, CommandError TOO_LATE where it
    never did."""
    if what.incident is None or may_publish(version.kind, what.incident.state):
        return
    state = what.incident.state.value
    given = approvals.list_all(conn, what.subject, version.id)
    if not given:
        raise CommandError(CommandFault.TOO_LATE, state=state)
    _refuse(what, "R27", time=given[0].ended_at or given[0].at, why="state", state=state)


def _refuse_unseen(conn: Connection, version: statements.Version, what: Written, now: int) -> None:
    """Which refusal fits best: the approval ended, the text changed since, or there was none."""
    ended = [one for one in look_ends.given_to(conn, what)
             if one.look in COUNTING and not one.stands(what.hash, now)]  # fmt: skip
    if ended:
        _refuse_ended(conn, what, ended[0])
    earlier = _approved_before(conn, version)
    if earlier is not None:
        _refuse(what, "R26", old12=earlier[:SHORT], new12=what.hash[:SHORT])
    _refuse(what, "R25")


def _refuse_ended(conn: Connection, what: Written, approval: Approval) -> None:
    why, _, rest = approval.ended_why.partition(":")
    if approval.hash != what.hash or why == statement_leaning.CHANGED:
        new = _hash_of(conn, rest) or what.hash
        _refuse(what, "R26", old12=approval.hash[:SHORT], new12=new[:SHORT])
    if why == statement_leaning.FACT:
        fact_id, _, state = rest.partition(":")
        name = facts.read(conn, int(fact_id)).name
        _refuse(what, "R27", time=approval.ended_at, why="fact", f=name, state=state)
    if why == statement_leaning.STATE:
        _refuse(what, "R27", time=approval.ended_at, why="state", state=rest)
    hours = (approval.ends_at - approval.at) // HOUR_MS
    _refuse(what, "R27", time=approval.ends_at, why="old", h=hours)


def _approved_before(conn: Connection, version: statements.Version) -> str | None:
    """The hash of an earlier version that was approved and that this one is a change of: of its
    language, or with the very same text in another one."""
    for other_id in statements.version_ids(conn, version.statement_id):
        if other_id >= version.id:
            continue
        other = statements.read(conn, other_id)
        if other.hash == version.hash:
            continue
        is_change = other.lang == version.lang or other.text == version.text
        if is_change and approvals.list_all(conn, approvals.STATEMENT, other_id):
            return other.hash
    return None


def _hash_of(conn: Connection, version_id: str) -> str:
    row = conn.execute(
        "SELECT hash FROM statement_version WHERE id = ?", (version_id or 0,)
    ).fetchone()
    return str(row[0]) if row else ""


def _refuse(what: Written, code: str, **known: str | int) -> None:
    raise CrisisRefusedError(code, incident_id=what.incident_id, **known)


def _row(conn: Connection, one: Approval, digest: str, now: int) -> LookRow:
    ended = one.ended_why or ("other_text" if one.hash != digest else "")
    if not ended and one.ends_at and one.ends_at <= now:
        ended = "old"
    is_self = one.look is Look.SELF_COOLDOWN
    rested = int(one.how) if is_self and one.how.isdecimal() else 0
    return LookRow(
        one.id, one.look.value, people.name_of(conn, one.person_id), one.at, one.ends_at,
        "" if is_self else one.how, ended, rested,
    )  # fmt: skip


_WRITTEN: Final = {
    approvals.LINE: "SELECT hash, person_id, at, incident_id FROM line_approval WHERE id = ?",
    approvals.SILENCE: "SELECT hash, person_id, at, incident_id FROM silence WHERE id = ?",
    approvals.REPLY: (
        "SELECT hash, person_id, made_at, coalesce(nullif(incident_id, 0), hold_incident, 0)"
        " FROM outbox WHERE id = ?"
    ),
}
