"""Facts, statements, reply lines and publishing. Second looks are an errand, because a PIN is asked
of the keyring: `engine/errands/statement_looks.py`."""

from typing import Any, Final

from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.statement import StatementKind
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS, POSTURES, Line
from socialdesk.domain.replies.picture import Picture, fault_of
from socialdesk.domain.replies.plan import unpacked_pictures
from socialdesk.engine import playbooks
from socialdesk.engine.commands import statements as c
from socialdesk.engine.crisis import statement_drafts
from socialdesk.engine.sending.media import size_of
from socialdesk.engine.settings import number_of, value_of
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import accounts, settings
from socialdesk.store.crisis import (
    facts,
    incident_moves,
    lines,
    statement_gate,
    statement_publishing,
    statements,
)
from socialdesk.store.crisis.facts import Moved
from socialdesk.store.crisis.statements import NewVersion
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.writer import Transaction
from socialdesk.store.outbox import outbox_pictures

MAX_BLOCKS: Final = 20


def save_fact(tx: Transaction, command: c.SaveFact, person: int) -> Outcome:
    moved = facts.save(
        tx, command.incident_id, person, fact_id=command.fact_id, question=command.question,
        answer=command.answer, claim=command.claim, gate=command.gate, state=command.state,
    )  # fmt: skip
    return moved.seq, {"fact_id": moved.fact_id, **_told(tx, moved, person)}


def check_fact(tx: Transaction, command: c.CheckFact, person: int) -> Outcome:
    made, moved = facts.check(
        tx, command.fact_id, command.source_kind, command.source_ref, command.says, person
    )
    fact = facts.read(tx.conn, command.fact_id)
    answer = {"check_id": made, "n_checks": fact.tally.n_yes, "n_needed": fact.n_needed}
    return moved.seq, {**answer, **_told(tx, moved, person)}


def _told(tx: Transaction, moved: Moved, person: int) -> dict[str, Any]:
    """What the change of a fact did, with a ready correction for what is out."""
    corrections = statement_drafts.draft_corrections(tx, moved, person)
    return {"state": moved.state.value, "ended": list(moved.ended), "held": list(moved.held),
            "published": list(moved.published), "corrections": corrections}  # fmt: skip


def save_statement(tx: Transaction, command: c.SaveStatement, person: int) -> Outcome:
    new = _new_version(command)
    _check_thread(tx.conn, new)
    statement_drafts.check_posture(tx.conn, new)
    _check_pictures(tx.conn, new)
    saved = statements.save(tx, statement_drafts.with_words(tx.conn, new, tx.now), person)
    answer = {"statement_id": saved.statement_id, "version_id": saved.version_id,
              "hash": saved.hash, "text": saved.text}  # fmt: skip
    return saved.seq, answer


def _new_version(command: c.SaveStatement) -> NewVersion:
    """Raises CommandError BAD_INPUT."""
    try:
        kind = StatementKind(command.kind)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what="kind") from e
    pictures = unpacked_pictures(command.pictures)
    if command.posture not in ("", *POSTURES):
        raise CommandError(CommandFault.BAD_INPUT, what="posture")
    if len(pictures) != len(command.pictures):
        raise CommandError(CommandFault.BAD_INPUT, what="pictures")
    if len(command.blocks) > MAX_BLOCKS or command.next_update_at < 0:
        raise CommandError(CommandFault.BAD_INPUT, what="blocks")
    return NewVersion(
        command.incident_id, kind, command.lang, command.text, command.statement_id,
        command.blocks, command.values, command.accounts, command.facts, pictures,
        command.next_update_at, command.audience_id, command.mention_id, command.supersedes_id,
        command.posture, command.posture_reason,
    )  # fmt: skip


def _check_thread(conn: Connection, new: NewVersion) -> None:
    """What may answer in one thread: a first statement only where harm is small, nothing to an
    employee. Raises CommandError BAD_INPUT, CrisisRefusedError R16."""
    statement_gate.refuse_to_staff(conn, new.mention_id, new.accounts, new.lang)
    if not new.mention_id or new.kind in (StatementKind.ONEOFF, StatementKind.CORRECTION):
        return
    severity = incident_moves.read(conn, new.incident_id).severity
    if new.kind is not StatementKind.FIRST or severity is not Severity.SEV3:
        raise CommandError(CommandFault.BAD_INPUT, what="mention_id")


def _check_pictures(conn: Connection, new: NewVersion) -> None:
    """As the cards of all its accounts allow. Raises CommandError PICTURE."""
    if not new.pictures:
        return
    folder = outbox_pictures.folder_of(conn)
    sizes = [size_of(folder, one) for one in new.pictures]
    needs_alt = value_of(settings.read_all(conn), "alt_text") == "required"
    for account_id in new.accounts:
        _check_account(conn, account_id, new.pictures, sizes, needs_alt=needs_alt)


def _check_account(
    conn: Connection,
    account_id: int,
    pictures: tuple[Picture, ...],
    sizes: list[int],
    *,
    needs_alt: bool,
) -> None:
    spec = accounts.read_account(conn, account_id)
    rule = spec.card.pictures if spec and spec.card else None
    found = fault_of(rule, pictures, sizes, needs_alt=needs_alt)
    if found is not None:
        raise CommandError(CommandFault.PICTURE, why=found[0].value, limit=found[1])


def drop_statement(tx: Transaction, command: c.DropStatement, person: int) -> Outcome:
    return statements.drop(tx, command.statement_id, person), {}


def publish(tx: Transaction, command: c.PublishStatement, person: int) -> Outcome:
    hold_ms = number_of(settings.read_all(tx.conn), "hold_s") * 1000
    done = statement_publishing.publish(
        tx, command.version_id, person, hold_ms=hold_ms, skip_reason=command.skip_reason
    )
    answer = {"outbox": list(done.outbox), "by_hand": [id for id, _ in done.by_hand],
              "why_by_hand": [why for _, why in done.by_hand],
              "is_staff_told": done.is_staff_told}  # fmt: skip
    return done.seq, answer


def note_by_hand(tx: Transaction, command: c.NotePublishedByHand, person: int) -> Outcome:
    row_id, seq = statement_publishing.publish_by_hand(
        tx, command.version_id, command.account_id, command.url, person
    )
    return seq, {"outbox_id": row_id}


def prepare_line(tx: Transaction, command: c.PrepareLine, person: int) -> Outcome:
    line = _line(tx.conn, command)
    if command.lang not in LANGS:
        raise CommandError(CommandFault.BAD_INPUT, what="lang")
    new = lines.NewLine(
        command.incident_id, command.playbook, line.key, command.lang, line.text[command.lang],
        line.is_claim, line.is_safety, command.facts,
    )  # fmt: skip
    made = lines.prepare(tx, new, person, command.skip_reason)
    return made.seq, {"line_id": made.id, "hash": made.hash, "text": made.text,
                      "missing": made.missing}  # fmt: skip


def _line(conn: Connection, command: c.PrepareLine) -> Line:
    """As it reads in the version the incident was declared with. Raises CommandError NOT_FOUND."""
    if command.playbook == COMMON_ID:
        known = playbooks.read_common(conn).lines
    elif command.incident_id:
        incident = incident_moves.read(conn, command.incident_id)
        book = statement_drafts.playbook_of(conn, incident)
        known = book.lines if book and book.id == command.playbook else ()
    else:
        book = playbooks.read_playbook(conn, command.playbook)
        known = book.lines if book else ()
    found = next((line for line in known if line.key == command.line), None)
    if found is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return found


HANDLERS: Final[dict[type, Handler]] = {
    c.SaveFact: save_fact,
    c.CheckFact: check_fact,
    c.SaveStatement: save_statement,
    c.DropStatement: drop_statement,
    c.PublishStatement: publish,
    c.NotePublishedByHand: note_by_hand,
    c.PrepareLine: prepare_line,
}
